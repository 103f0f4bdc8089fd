/** Names that do not exist; every place with a name is in `load/references.test.ts`. */
import { expect, test } from 'vitest';
import {
  type KnownNameCodes,
  knownNames as knownNamesRule,
} from '../../../actions/lib/check/rules/known-names.ts';
import { foundBy } from '../../found.ts';
import { checked, folk } from '../../handbook.ts';
import { type WordTable, worded } from '../word-table.ts';

const team = (lead: string) =>
  checked(`${folk('amara', 'ben')}== rotas/paas/team.yaml\nname: PaaS\nleads: [ben, ${lead}]\n`);

test('a name that exists is fine', () => {
  expect(team('amara')).toEqual([]);
});

test('a name that does not exist is reported at the name, with the nearest one that does', () => {
  expect(team('amarra')).toEqual([
    'rotas/paas/team.yaml:2:14 there is no person "amarra"; did you mean "amara"? [known-names]',
  ]);
  expect(team('somebody')).toEqual(['rotas/paas/team.yaml:2:14 there is no person "somebody" [known-names]']);
});

test('a GitHub name belongs to one person, regardless of case', () => {
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

const WORDS: WordTable<KnownNameCodes> = {
  'covered-window-gone': [
    [
      { window: 'day', rota: 'team/rota' },
      'these windows have no "day", which team/rota covers; add it here, or amend "covers" of team/rota from that day on',
    ],
  ],
  'covers-without-hours': [
    [{}, '"covers" is allowed only with "hours", and this rota has none on that day; amend "hours" too'],
  ],
  'curly-quotes': [[{ meant: 'nia-rhys' }, 'these are curly quotes; use plain ones: "nia-rhys"']],
  'defined-twice': [
    [
      { person: 'amara-osei', file: 'rotas/people/a.yaml' },
      '"amara-osei" is also in rotas/people/a.yaml; a person is in one file',
    ],
  ],
  'item-twice': [[{ item: 'vpn' }, '"vpn" is in this list already; give each item an id of its own']],
  'name-a-seat': [
    [
      { role: 'engineer', seats: 2 },
      'engineer has 2 seats, and one of them is named here; write "engineer-1" or "engineer-2"',
    ],
    [{ role: 'helper', seats: 1 }, 'helper has 1 seat, and one of them is named here; write "helper-1"'],
    [
      { role: 'helper', seats: 4 },
      'helper has 4 seats, and one of them is named here; write "helper-1" to "helper-4"',
    ],
  ],
  'name-of-a-seat': [
    [
      { name: 'engineer-1', role: 'engineer' },
      '"engineer-1" is a seat of engineer, which has seats; give this role another name',
    ],
  ],
  'follows-itself': [
    [
      { role: 'second', follows: 'third' },
      '"second" follows "third", which leads back to it; one of them needs a rotation of its own',
    ],
  ],
  'hours-without-window': [
    [{ window: 'day' }, 'these hours have no window "day", which the rota covers; amend "covers" too'],
  ],
  'no-such-name': [
    [
      { noun: 'team', name: 'pass', nearest: 'paas', within: undefined },
      'there is no team "pass"; did you mean "paas"?',
    ],
    [{ noun: 'window', name: 'day', within: undefined, nearest: undefined }, 'there is no window "day"'],
    [
      { noun: 'role', name: 'secnd', within: 'paas/nights', nearest: 'second' },
      'there is no role "secnd" in paas/nights; did you mean "second"?',
    ],
    [
      { noun: 'role', name: 'comms', within: 'this rota', nearest: undefined },
      'there is no role "comms" in this rota',
    ],
  ],
  'no-such-zone': [
    [
      { name: 'GMT', zones: ['Europe/London', 'Etc/GMT'] },
      'there is no time zone "GMT" of the form Area/Place; write "Europe/London", or "Etc/GMT" for the same time all year',
    ],
    [
      { name: 'BST', zones: ['Europe/London'] },
      'there is no time zone "BST" of the form Area/Place; write "Europe/London"',
    ],
  ],
  'other-callee': [
    [{ callee: 'person', id: 'nia-rhys' }, 'for a person write {person: nia-rhys}'],
    [{ callee: 'contact', id: 'inbox' }, 'for a contact write {contact: inbox}'],
  ],
  'promised-window-gone': [
    [
      { window: 'day' },
      'these windows have no "day", which "covered_by" names; add it here, or amend "covered_by" too',
    ],
  ],
  'run-together': [
    [
      { first: 'in-hours', second: 'waking', byDashes: false },
      'a comma is missing between "in-hours" and "waking"',
    ],
    [
      { first: 'nia-rhys', second: 'chi-wong', byDashes: true },
      '"nia-rhys" and "chi-wong" are two names; write each on a line of its own, after a dash',
    ],
  ],
  'shared-login': [
    [
      { login: 'amara-osei', other: 'amara', person: 'ben' },
      '"amara-osei" is already the GitHub name of amara; give ben their own',
    ],
  ],
};

test.each(worded(knownNamesRule, WORDS))('%s: %s', (_, expected, made) => expect(made).toBe(expected));
