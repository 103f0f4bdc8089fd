/** When files last changed, in real repositories: by the first-parent history, and now if a change is not committed. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { revisions } from '../../actions/lib/git/history.ts';
import { instantText } from '../../actions/lib/time/format.ts';
import { at } from '../handbook.ts';
import { fill, folder, git } from '../process.ts';

const NOW = at('2026-11-21T12:00:00Z');
const ROTA = 'rotas/paas/desk.yaml';
const PEOPLE = 'rotas/people.yaml';

/** A repository in which a rota was last changed on Monday and people on Tuesday. */
function repository(below = ''): string {
  const root = folder();
  git(root, '2026-11-16T09:00:00+01:00', 'init', '--quiet', '--initial-branch=main');
  const commit = (when: string, path: string, text: string) => {
    fill(root, new Map([[below + path, text]]));
    git(root, when, 'add', '.');
    git(root, when, 'commit', '--quiet', '--message=x');
  };
  commit('2026-11-15T09:00:00Z', ROTA, 'one');
  commit('2026-11-15T10:00:00Z', PEOPLE, 'one');
  commit('2026-11-16T09:00:00+01:00', ROTA, 'two');
  commit('2026-11-17T09:00:00-05:00', PEOPLE, 'two');
  commit('2026-11-18T09:00:00Z', 'README.md', 'elsewhere');
  return root;
}

const changeTimes = (root: string, ...files: readonly string[]): string[] => {
  const revisedAt = revisions(root, NOW, 'folder');
  return files.map((file) => instantText(revisedAt(file)));
};

describe('a file', () => {
  test('changed at its last commit time, not at the author time', () => {
    expect(changeTimes(repository(), ROTA, PEOPLE)).toStrictEqual([
      '2026-11-16T08:00:00Z',
      '2026-11-17T14:00:00Z',
    ]);
  });

  test('that changed on a branch changed when the branch was merged', () => {
    const root = repository();
    git(root, '', 'switch', '--quiet', '--create', 'swap', 'HEAD~3');
    fill(root, new Map([['policies/notice.yaml', 'new']]));
    git(root, '', 'add', '.');
    git(root, '2026-11-17T08:00:00Z', 'commit', '--quiet', '--message=x');
    fill(root, new Map([[ROTA, 'three']]));
    git(root, '2026-11-17T09:00:00Z', 'commit', '--quiet', '--all', '--message=y');
    git(root, '', 'switch', '--quiet', 'main');
    git(
      root,
      '2026-11-19T10:00:00Z',
      'merge',
      '--quiet',
      '--no-ff',
      '--strategy-option=theirs',
      '--message=m',
      'swap',
    );
    expect(changeTimes(root, ROTA, 'policies/notice.yaml', PEOPLE)).toStrictEqual([
      '2026-11-19T10:00:00Z',
      '2026-11-19T10:00:00Z',
      '2026-11-17T14:00:00Z',
    ]);
  });

  test.each([
    ['modified', (root: string) => fill(root, new Map([[ROTA, 'mine']]))],
    [
      'modified and staged',
      (root: string) => {
        fill(root, new Map([[ROTA, 'mine']]));
        git(root, '', 'add', '.');
      },
    ],
    ['deleted', (root: string) => rmSync(join(root, ROTA))],
  ])('that is %s changes now, and the others do not', (_, edit) => {
    const root = repository();
    edit(root);
    expect(changeTimes(root, ROTA, PEOPLE)).toStrictEqual(['2026-11-21T12:00:00Z', '2026-11-17T14:00:00Z']);
  });

  test('that is renamed changes now under both names', () => {
    const root = repository();
    git(root, '', 'mv', ROTA, 'rotas/paas/table.yaml');
    expect(changeTimes(root, ROTA, 'rotas/paas/table.yaml', PEOPLE)).toStrictEqual([
      '2026-11-21T12:00:00Z',
      '2026-11-21T12:00:00Z',
      '2026-11-17T14:00:00Z',
    ]);
  });

  test('that was renamed changed under both names at the commit', () => {
    const root = repository();
    git(root, '', 'mv', ROTA, 'rotas/paas/table.yaml');
    git(root, '2026-11-19T09:00:00Z', 'commit', '--quiet', '--message=x');
    expect(changeTimes(root, ROTA, 'rotas/paas/table.yaml', PEOPLE)).toStrictEqual([
      '2026-11-19T09:00:00Z',
      '2026-11-19T09:00:00Z',
      '2026-11-17T14:00:00Z',
    ]);
  });

  test('that is not tracked changes now, even in an untracked folder', () => {
    const root = repository();
    fill(
      root,
      new Map([
        ['rotas/new/one/desk.yaml', 'x'],
        ['policies/on call ü.yaml', 'x'],
      ]),
    );
    expect(changeTimes(root, 'rotas/new/one/desk.yaml', 'policies/on call ü.yaml', ROTA)).toStrictEqual([
      '2026-11-21T12:00:00Z',
      '2026-11-21T12:00:00Z',
      '2026-11-16T08:00:00Z',
    ]);
  });

  test('with a name that is not ASCII is found by that name', () => {
    const root = repository();
    fill(root, new Map([['rotas/paas/früh dienst.yaml', 'x']]));
    git(root, '', 'add', '.');
    git(root, '2026-11-19T09:00:00Z', 'commit', '--quiet', '--message=x');
    expect(changeTimes(root, 'rotas/paas/früh dienst.yaml')).toStrictEqual(['2026-11-19T09:00:00Z']);
  });

  test('that never existed has the time 0', () => {
    expect(changeTimes(repository(), 'rotas/paas/team.yaml')).toStrictEqual(['1970-01-01T00:00:00Z']);
  });
});

describe('a handbook', () => {
  test('in a folder of a repository uses paths relative to that folder, with and without changes', () => {
    const top = repository('hand/book/');
    const root = join(top, 'hand/book');
    fill(top, new Map([[ROTA, 'somebody else’s']]));
    expect(changeTimes(root, ROTA, PEOPLE)).toStrictEqual(['2026-11-16T08:00:00Z', '2026-11-17T14:00:00Z']);
    fill(
      root,
      new Map([
        [PEOPLE, 'mine'],
        ['policies/notice.yaml', 'mine'],
      ]),
    );
    expect(changeTimes(root, ROTA, PEOPLE, 'policies/notice.yaml')).toStrictEqual([
      '2026-11-16T08:00:00Z',
      '2026-11-21T12:00:00Z',
      '2026-11-21T12:00:00Z',
    ]);
  });

  test('outside a repository, or in one without commits, changes now', () => {
    const root = folder(new Map([[ROTA, 'x']]));
    expect(changeTimes(root, ROTA)).toStrictEqual(['2026-11-21T12:00:00Z']);
    git(root, '', 'init', '--quiet');
    expect(changeTimes(root, ROTA)).toStrictEqual(['2026-11-21T12:00:00Z']);
  });

  test('does not depend on the git settings of the user', () => {
    const root = repository();
    for (const setting of [
      'color.ui=always',
      'status.showUntrackedFiles=no',
      'status.relativePaths=true',
      'log.date=iso',
    ])
      git(root, '', 'config', ...setting.split('='));
    fill(root, new Map([['policies/notice.yaml', 'mine']]));
    expect(changeTimes(root, ROTA, PEOPLE, 'policies/notice.yaml')).toStrictEqual([
      '2026-11-16T08:00:00Z',
      '2026-11-17T14:00:00Z',
      '2026-11-21T12:00:00Z',
    ]);
  });
});
