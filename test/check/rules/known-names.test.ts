/** Names that nobody has; every place that names something is in `load/references.test.ts`. */
import { expect, test } from 'vitest';
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
