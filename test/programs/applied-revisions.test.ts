/** Applied handbooks read from real repositories, and the state of a checkout. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readApplied, standing } from '../../actions/lib/programs/applied-revisions.ts';
import { clone, commit, ROTA, repository, run, three } from '../git/repository.ts';
import { fill } from '../process.ts';

describe('the revision of a checkout', () => {
  /** A checkout in which git ignores part of the handbook. */
  function ignoring(): string {
    const { root } = three();
    const own = clone(root);
    writeFileSync(join(own, '.git/info/exclude'), 'mine*\n.cache\n');
    return own;
  }

  test('is a commit if nothing but notes and hidden files differs from it', () => {
    const own = ignoring();
    fill(
      own,
      new Map([
        ['rotas/paas/mine.md', 'x'],
        ['rotas/.cache/a.yaml', 'x'],
        ['src/mine.yaml', 'x'],
      ]),
    );
    const head = run(own, 'rev-parse', 'HEAD');
    expect(standing(own)).toEqual({ revision: head, tip: head });
  });

  test.each([
    ['changed', ROTA],
    ['not committed', 'rotas/paas/days.yaml'],
    ['ignored by git, and read all the same', 'rotas/paas/mine.yaml'],
    ['in a folder that git ignores', 'rotas/mine/days.yaml'],
  ])('is no commit where a file is %s', (_, file) => {
    const own = ignoring();
    fill(own, new Map([[file, 'x']]));
    expect(standing(own).revision).toBeUndefined();
  });
});

describe('the applied handbook', () => {
  const PEOPLE = 'people: {amara: {name: Amara}}';
  const DAYS =
    'name: Days\ntimezone: Europe/London\nhandover: {day: monday, time: "10:00"}\nroles: {lead: {rotation: [{first_turn: 2026-11-02, people: [amara]}]}}';

  test.each<[what: string, files: Readonly<Record<string, string>>, lost: string | undefined]>([
    ['all of it', {}, undefined],
    ['a rota with an unknown key', { 'rotas/paas/days.yaml': `${DAYS}\nx: 1` }, 'rota paas/days'],
    ['people that are no YAML', { 'rotas/people.yaml': 'people: {' }, 'rotas/people.yaml'],
    ['one person of several', { 'rotas/people.yaml': `${PEOPLE.slice(0, -1)}, b: {}}` }, 'people b'],
    ['service levels, which move nobody', { 'policies/service-levels/a.yaml': 'x: 1' }, undefined],
  ])('is read as far as it can be: %s', (_, files, lost) => {
    const root = repository();
    commit(root, { 'rotas/people.yaml': PEOPLE, 'rotas/paas/days.yaml': DAYS, ...files });
    const it = readApplied(root, 'HEAD');
    expect([it.kind, 'trouble' in it ? it.trouble : undefined]).toEqual(
      lost === undefined ? ['read', undefined] : ['unread', `the current version cannot read ${lost}`],
    );
  });

  test('lists three unreadable parts and counts the others', () => {
    const root = repository();
    commit(root, { 'rotas/people.yaml': 'people: {a: {}, b: {}, c: {}, d: {}}' });
    expect(readApplied(root, 'HEAD')).toHaveProperty(
      'trouble',
      'the current version cannot read people a, people b, people c and 1 more',
    );
  });

  test('cannot be read at all', () => {
    expect(readApplied(three().root, 'mian').kind).toBe('unknown');
  });
});
