/** Files that do not keep their schema; every keyword's words are in `load/schema.test.ts`. */
import { expect, test } from 'vitest';
import { checked, folk } from '../../handbook.ts';

const team = (text: string) => checked(`${folk('amara')}== rotas/paas/team.yaml\n${text}`);

test('a file that keeps its schema is fine', () => {
  expect(team('name: PaaS\nleads: [amara]\n')).toEqual([]);
});

test('a misspelt key is told at the key', () => {
  expect(team('name: PaaS\nleeds: [amara]\n')).toEqual([
    'rotas/paas/team.yaml:2:1 "leeds" is no key of a team; did you mean "leads"? [schema]',
  ]);
});

test('a missing key is told at the thing that lacks it', () => {
  expect(team('leads: [amara]\n')).toEqual([
    'rotas/paas/team.yaml:1:1 "name" is missing from a team [schema]',
  ]);
});
