/** Files that cannot be read; the traps of YAML itself are in `load/source.test.ts`, links and sizes in `load/files.test.ts`. */
import { expect, test } from 'vitest';
import { checked, folk } from '../../handbook.ts';

const team = (path: string, text: string) => checked(`${folk('amara')}== ${path}\n${text}`);

test('a file of a known kind and in plain YAML is read', () => {
  expect(team('rotas/paas/team.yaml', 'name: PaaS\nleads: [amara]\n')).toEqual([]);
});

test('a text that is no YAML is told where it stops being YAML', () => {
  expect(team('rotas/paas/team.yaml', 'name: PaaS\nleads: amara]\nleads: [amara]\n')).toEqual([
    'rotas/paas/team.yaml:3:1 this key is there twice; keep one of them [yaml]',
  ]);
});

test('a file of no known kind is told at its first line', () => {
  expect(team('rotas/paas/team.yml', 'name: PaaS\nleads: [amara]\n')).toEqual([
    'rotas/paas/team.yml:1:1 this file ends in ".yml" and is not read; rename it to "team.yaml" [yaml]',
  ]);
});
