/** Names that nobody has; every place that names something is in `load/references.test.ts`. */
import { expect, test } from 'vitest';
import { knownNames as knownNamesRule } from '../../../actions/lib/check/rules/known-names.ts';
import { foundBy, wordsOf } from '../../found.ts';
import { checked, folk } from '../../handbook.ts';

const team = (lead: string) =>
  checked(`${folk('amara', 'ben')}== rotas/paas/team.yaml\nname: PaaS\nleads: [ben, ${lead}]\n`);

test('a name that somebody has is fine', () => {
  expect(team('amara')).toEqual([]);
});

test('a name that nobody has is told at the name, with the nearest that somebody has', () => {
  expect(team('amarra')).toEqual([
    'rotas/paas/team.yaml:2:14 there is no person "amarra"; did you mean "amara"? [known-names]',
  ]);
  expect(team('somebody')).toEqual(['rotas/paas/team.yaml:2:14 there is no person "somebody" [known-names]']);
});

test('one name on GitHub is one person’s, in whatever case', () => {
  const people = (ben: string) =>
    foundBy(
      'known-names',
      `== rotas/people.yaml
people:
  amara: {name: Amara, github: Amara-Osei}
  ben: {name: Ben, github: ${ben}}
  chi: {name: Chi}
`,
    );
  expect(people('ben-adeyemi')).toEqual([]);
  expect(people('amara-osei')).toEqual([
    'rotas/people.yaml:3:28 shared-login {login: amara-osei, other: amara, person: ben}',
  ]);
});

const said = wordsOf(knownNamesRule);
test.each([
  [
    said({ code: 'shared-login', args: { login: 'amara-osei', other: 'amara', person: 'ben' } }),
    '"amara-osei" is the GitHub name of amara already; give ben their own',
  ],
])('its words: %s', (text, words) => expect(text).toBe(words));
