/** Handbooks read out of real repositories: as they were at a revision, whatever lies in the working tree. */
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describe as inWords } from '../../actions/lib/check/describe.ts';
import { parentsOf, type Revision, readBase, readRevision } from '../../actions/lib/git/revision.ts';
import { MOST_BYTES, readFolder } from '../../actions/lib/git/working-tree.ts';
import { contents, fill, folder } from '../process.ts';
import { clone, commit, ROTA, repository, run, three } from './repository.ts';

/** Files by path, a line each; or what kept them from being read. */
const said = (revision: Revision): readonly string[] =>
  'trouble' in revision
    ? [revision.trouble]
    : [
        ...[...revision.texts].map(([file, text]) => `${file}: ${text}`),
        ...revision.findings.map((finding) => `${finding.location.file}: ${inWords(finding)}`),
      ].toSorted();

test('a revision is named by a branch, a tag, a commit, or the way to it', () => {
  const { root, commits } = three();
  run(root, 'branch', 'older', 'HEAD~1');
  run(root, 'branch', 'swap/v1.2', 'HEAD~2');
  run(root, 'tag', 'first', 'HEAD~2');
  run(root, 'tag', '--annotate', '--message=x', 'noted', 'HEAD~1');
  const [one = '', two = ''] = commits;
  const read = (name: string) => [name, ...said(readRevision(root, name))];
  expect(
    ['main', 'older', 'refs/heads/older', 'swap/v1.2', 'first', 'noted', two, one.slice(0, 9)].map(read),
  ).toEqual([
    ['main', `${ROTA}: three`],
    ['older', `${ROTA}: two`],
    ['refs/heads/older', `${ROTA}: two`],
    ['swap/v1.2', `${ROTA}: one`],
    ['first', `${ROTA}: one`],
    ['noted', `${ROTA}: two`],
    [two, `${ROTA}: two`],
    [one.slice(0, 9), `${ROTA}: one`],
  ]);
  expect(['HEAD', 'HEAD^1', 'HEAD~2', 'main@{1}'].map(read)).toEqual([
    ['HEAD', `${ROTA}: three`],
    ['HEAD^1', `${ROTA}: two`],
    ['HEAD~2', `${ROTA}: one`],
    ['main@{1}', `${ROTA}: two`],
  ]);
  expect(readRevision(root, 'noted')).toHaveProperty('commit', two);
});

describe('the working tree and the index', () => {
  const state = (root: string) => [
    run(root, 'status', '--porcelain=v2', '--branch', '--untracked-files=all'),
    run(root, 'diff', '--cached'),
    run(root, 'diff'),
    run(root, 'for-each-ref'),
    [...contents(root)].filter(([file]) => !/^\.git\/(objects\/|FETCH_HEAD$)/.test(file)),
  ];

  test('stay as they are, with edits that are not committed, and none of these is read', () => {
    const { root } = three();
    fill(
      root,
      new Map([
        [ROTA, 'four'],
        ['rotas/people.yaml', 'staged'],
      ]),
    );
    run(root, 'add', '--all');
    fill(
      root,
      new Map([
        [ROTA, 'five'],
        ['policies/notice.yaml', 'untracked'],
      ]),
    );
    const before = state(root);
    expect(said(readRevision(root, 'HEAD'))).toEqual([`${ROTA}: three`]);
    expect(said(readRevision(root, 'HEAD^1'))).toEqual([`${ROTA}: two`]);
    expect(said(readBase(root, 'main'))).toEqual([`${ROTA}: three`]);
    expect(said(readRevision(root, 'nothing'))).toHaveLength(1);
    expect(state(root)).toEqual(before);
    expect(readFolder(root)?.texts.get(ROTA)).toBe('five');
  });

  test('need not be there', () => {
    const { root } = three();
    expect(said(readRevision(join(root, '.git'), 'HEAD~1'))).toEqual([`${ROTA}: two`]);
  });
});

describe('of a repository', () => {
  test('only the handbook is read, without notes and hidden files', () => {
    const root = repository();
    commit(root, {
      [ROTA]: 'a',
      'rotas/people/paas.yaml': 'b',
      'policies/holidays/england.yaml': 'c',
      'rotas/README.md': 'x',
      'rotas/.swap.yaml': 'x',
      'rotas/.old/days.yaml': 'x',
      'rotas.yaml': 'x',
      'rotasx/days.yaml': 'x',
      'src/rotas/days.yaml': 'x',
      'README.md': 'x',
    });
    expect(said(readRevision(root, 'HEAD'))).toEqual([
      'policies/holidays/england.yaml: c',
      'rotas/paas/nights.yaml: a',
      'rotas/people/paas.yaml: b',
    ]);
  });

  test.each(['handbook', 'docs/our handbook/ümlaut'])('a folder is read: %s', (below) => {
    const root = repository();
    commit(root, { [`${below}/${ROTA}`]: 'one', [ROTA]: 'another', [`x/${below}/${ROTA}`]: 'another' });
    commit(root, { [`${below}/${ROTA}`]: 'two' });
    expect(said(readRevision(join(root, below), 'HEAD^1'))).toEqual([`${ROTA}: one`]);
    expect(said(readBase(join(root, below), 'main'))).toEqual([`${ROTA}: two`]);
  });

  test('names are read as they are written', () => {
    const root = repository();
    commit(root, { 'rotas/zoë "q"\ttab.yaml': 'one' });
    expect(said(readRevision(root, 'HEAD'))).toEqual(['rotas/zoë "q"\ttab.yaml: one']);
  });

  test('texts are read to the byte: empty ones, line ends, other scripts, what looks like git’s own answer', () => {
    const root = repository();
    const files = {
      'rotas/a.yaml': '',
      'rotas/b.yaml': 'a\r\nb\n\n',
      'rotas/c.yaml': 'Zoë דנה 👩‍👩‍👧\n',
      'rotas/d.yaml': `${'0'.repeat(40)} blob 3\nabc\n`,
      'rotas/e.yaml': '\ufeffname: E\n',
      'rotas/f.yaml': 'x'.repeat(MOST_BYTES),
    };
    run(root, 'config', 'core.autocrlf', 'false');
    commit(root, files);
    const revision = readRevision(root, 'HEAD');
    expect('texts' in revision && Object.fromEntries(revision.texts)).toEqual(files);
    expect(readFolder(root)).toEqual('texts' in revision && { texts: revision.texts, findings: [] });
  });

  test('a revision in which there was no handbook yet has none', () => {
    const root = repository();
    commit(root, { 'README.md': 'x' });
    commit(root, { [ROTA]: 'one' });
    expect(said(readRevision(root, 'HEAD^1'))).toEqual([]);
  });

  test('what is no plain file is told as in a folder, and the rest is read', () => {
    const root = repository();
    const blob = (bytes: string | Buffer) => {
      writeFileSync(join(root, 'bytes'), bytes);
      return run(root, 'hash-object', '-w', '--no-filters', 'bytes');
    };
    const put = (mode: string, oid: string, path: string) =>
      run(root, 'update-index', '--add', '--cacheinfo', `${mode},${oid},${path}`);
    fill(root, new Map([[ROTA, 'fine']]));
    symlinkSync('nights.yaml', join(root, 'rotas/paas/link.yaml'));
    run(root, 'add', '--all');
    put('160000', '1'.repeat(40), 'rotas/submodule');
    put('100644', blob('x'.repeat(MOST_BYTES + 1)), 'rotas/paas/large.yaml');
    put('100644', blob(Buffer.from('name: Zo\xeb\n', 'latin1')), 'rotas/paas/latin.yaml');
    put('100755', blob('runs'), 'rotas/paas/script.yaml');
    put('100644', blob('last'), 'rotas/paas/zzz.yaml');
    put('120000', blob('../rotas'), 'policies');
    run(root, 'commit', '--quiet', '--message=x');
    expect(said(readRevision(root, 'HEAD'))).toEqual([
      'policies: this is a symbolic link and is not read; put the file itself here',
      'rotas/paas/large.yaml: this file is larger than 256 KiB and is not read; split it or remove old entries',
      'rotas/paas/latin.yaml: this file is not UTF-8 text and is not read; save it as UTF-8',
      'rotas/paas/link.yaml: this is a symbolic link and is not read; put the file itself here',
      `${ROTA}: fine`,
      'rotas/paas/script.yaml: runs',
      'rotas/paas/zzz.yaml: last',
      'rotas/submodule: this is not a regular file and is not read',
    ]);
  });
});

describe('a checkout that holds too little history', () => {
  test('of one commit fetches the one that is missing', () => {
    const { root, commits } = three();
    const shallow = clone(root, '--depth=1');
    expect(said(readRevision(shallow, commits[0] as string))).toEqual([`${ROTA}: one`]);
    expect(run(shallow, 'rev-list', '--count', 'HEAD')).toBe('1');
    expect(said(readRevision(shallow, 'HEAD'))).toEqual([`${ROTA}: three`]);
    expect(run(shallow, 'status', '--porcelain')).toBe('');
  });

  test('of one branch fetches another, and a pull request', () => {
    const { root } = three();
    run(root, 'branch', 'release', 'HEAD~1');
    run(root, 'update-ref', 'refs/pull/7/merge', 'HEAD~2');
    const shallow = clone(root, '--depth=1', '--branch=main');
    expect(said(readRevision(shallow, 'release'))).toEqual([`${ROTA}: two`]);
    expect(said(readRevision(shallow, 'refs/pull/7/merge'))).toEqual([`${ROTA}: one`]);
  });

  test('with the branch of the remote only reads that', () => {
    const { root } = three();
    const full = clone(root, '--branch=main');
    run(root, 'branch', 'later', 'HEAD~2');
    run(full, 'fetch', '--quiet');
    expect(said(readRevision(full, 'later'))).toEqual([`${ROTA}: one`]);
    expect(said(readRevision(full, 'origin/later'))).toEqual([`${ROTA}: one`]);
  });

  test('of two commits reads the first parent of a merge, as it is on a pull request', () => {
    const { root } = three();
    run(root, 'switch', '--quiet', '--create', 'swap', 'HEAD~1');
    commit(root, { 'rotas/people.yaml': 'swapped' });
    run(root, 'switch', '--quiet', 'main');
    const base = run(root, 'rev-parse', 'HEAD');
    run(root, 'merge', '--quiet', '--no-ff', '--message=m', 'swap');
    const shallow = clone(root, '--depth=2');
    const [first, second] = parentsOf(shallow, 'HEAD');
    expect(first).toBe(base);
    expect(second).toBe(run(root, 'rev-parse', 'swap'));
    expect(said(readRevision(shallow, first as string))).toEqual([`${ROTA}: three`]);
    expect(said(readRevision(shallow, 'HEAD'))).toEqual([`${ROTA}: three`, 'rotas/people.yaml: swapped']);
  });

  test('a history that is whole stays whole, whatever is fetched', () => {
    const { root, commits } = three();
    const full = clone(root, '--branch=main');
    run(root, 'branch', 'release');
    run(root, 'switch', '--quiet', '--create', 'later');
    const later = commit(root, { [ROTA]: 'four' });
    expect(said(readRevision(full, 'release'))).toEqual([`${ROTA}: three`]);
    expect(said(readRevision(full, later))).toEqual([`${ROTA}: four`]);
    expect(run(full, 'rev-list', 'HEAD').split('\n')).toEqual(commits.toReversed());
    expect(run(full, 'rev-parse', '--is-shallow-repository')).toBe('false');
  });
});

describe('a line that is down for a moment', () => {
  /** A shallow clone whose origin fails so many times before it answers. */
  function unsteady(failures: number): { own: string; first: string } {
    const { root, commits } = three();
    const own = clone(root, '--depth=1');
    const script = join(own, '.git', 'upload');
    writeFileSync(
      script,
      `echo x >> "${own}/.git/asked"\n[ $(wc -l < "${own}/.git/asked") -gt ${failures} ] || exit 1\nexec git-upload-pack "$@"\n`,
    );
    run(own, 'config', 'remote.origin.uploadpack', `sh '${script}'`);
    return { own, first: commits[0] as string };
  }
  const asked = (own: string) => readFileSync(join(own, '.git/asked'), 'utf8').split('\n').length - 1;

  test.each([0, 1, 2])('%i times: the commit is fetched all the same', (failures) => {
    const { own, first } = unsteady(failures);
    expect(said(readRevision(own, first, 1))).toEqual([`${ROTA}: one`]);
    expect(asked(own)).toBe(failures + 1);
  });

  test('and not again: it cannot be had', () => {
    const { own, first } = unsteady(9);
    expect(readRevision(own, first, 1)).toHaveProperty('trouble');
    expect(asked(own)).toBe(3);
  });

  test('is not waited for where a name may be a slip', () => {
    const { own } = unsteady(9);
    expect(readRevision(own, 'mian', 1)).toHaveProperty('trouble');
    expect(asked(own)).toBe(1);
  });
});

describe('parents', () => {
  test('of a commit is one, of the first none, of a merge two', () => {
    const { root, commits } = three();
    expect(parentsOf(root, 'HEAD')).toEqual([commits[1]]);
    expect(parentsOf(root, commits[0] as string)).toEqual([]);
    expect(parentsOf(root, 'nothing')).toEqual([]);
  });
});

describe('a revision that cannot be had', () => {
  test('is told with what to do', () => {
    const { root } = three();
    const said = (name: string) => readRevision(root, name);
    const trouble = (name: string) =>
      `there is no revision "${name}" here, and it could not be fetched; run "git fetch origin ${name}", or check out with fetch-depth: 2`;
    expect(said('mian')).toEqual({ trouble: trouble('mian') });
    expect(said('HEAD^7')).toEqual({ trouble: trouble('HEAD^7') });
    expect(readRevision(root, '0'.repeat(40), 1)).toEqual({ trouble: trouble('0'.repeat(40)) });
    expect(readBase(root, 'mian')).toEqual({ trouble: trouble('mian') });
    const shallow = clone(root, '--depth=1');
    expect(readRevision(shallow, 'mian')).toEqual({ trouble: trouble('mian') });
  });

  test('is a file, or a folder, which are no commits', () => {
    const { root } = three();
    expect(readRevision(root, `HEAD:${ROTA}`)).toHaveProperty('trouble');
    expect(readRevision(root, 'HEAD:rotas')).toHaveProperty('trouble');
  });

  test('looks like an option, like nothing, or like two words', () => {
    const { root } = three();
    const own = clone(root);
    const names = [
      '--output=x',
      '-x',
      '--upload-pack=touch x',
      '',
      ' ',
      'main other',
      'main\nother',
      'main\0other',
      '--all',
    ];
    const before = [...contents(own)];
    for (const name of names) {
      expect(readRevision(own, name)).toEqual({ trouble: `"${name}" is no revision` });
      expect(readBase(own, name)).toEqual({ trouble: `"${name}" is no revision` });
    }
    expect([...contents(own)]).toEqual(before);
  });

  test.each([
    'main:refs/heads/made',
    '+main~1:refs/heads/main',
    'HEAD:rotas',
    'refs/heads/*:refs/heads/*',
    '+main',
    '^main',
  ])('is to git a way of fetching, which moves no branch here: %s', (name) => {
    const { root } = three();
    const own = clone(root);
    run(own, 'branch', 'mine', 'HEAD~1');
    run(root, 'branch', 'theirs');
    const before = run(own, 'for-each-ref');
    expect(readRevision(own, name)).toHaveProperty('trouble');
    expect(run(own, 'for-each-ref')).toBe(before);
  });

  test('is asked of a folder that is in no repository', () => {
    const root = folder(new Map([[ROTA, 'one']]));
    expect(readRevision(root, 'main')).toEqual({
      trouble: `${root} is not in a git repository, so there is nothing to compare with`,
    });
  });

  test('is asked of a folder that is not there', () => {
    expect(readRevision(join(folder(), 'none'), 'main')).toHaveProperty('trouble');
  });

  test('is HEAD before the first commit', () => {
    expect(readRevision(repository(), 'HEAD')).toHaveProperty('trouble');
  });
});

describe('the base is where a line of work left it,', () => {
  /** Main goes on to four after a swap has left it at three. */
  function forked(): { root: string; base: string } {
    const { root, commits } = three();
    run(root, 'switch', '--quiet', '--create', 'swap');
    commit(root, { 'rotas/people.yaml': 'swapped' });
    run(root, 'switch', '--quiet', 'main');
    commit(root, { [ROTA]: 'four' });
    run(root, 'switch', '--quiet', 'swap');
    return { root, base: commits[2] as string };
  }

  test('not where that has come to since', () => {
    const { root, base } = forked();
    expect(said(readBase(root, 'main'))).toEqual([`${ROTA}: three`]);
    expect(readBase(root, 'main')).toHaveProperty('commit', base);
    expect(said(readRevision(root, 'main'))).toEqual([`${ROTA}: four`]);
  });

  test('also where only the remote has that branch', () => {
    const { root } = forked();
    const own = clone(root, '--branch=swap');
    expect(said(readBase(own, 'origin/main'))).toEqual([`${ROTA}: three`]);
    expect(said(readBase(own, 'main'))).toEqual([`${ROTA}: three`]);
  });

  test('and the revision itself in a checkout that does not reach there', () => {
    const { root } = forked();
    const shallow = clone(root, '--depth=1', '--branch=swap');
    expect(said(readBase(shallow, run(root, 'rev-parse', 'main')))).toEqual([`${ROTA}: four`]);
  });

  test('and an ancestor of HEAD itself', () => {
    const { root } = three();
    expect(said(readBase(root, 'HEAD~2'))).toEqual([`${ROTA}: one`]);
    expect(said(readBase(root, 'main'))).toEqual([`${ROTA}: three`]);
  });
});
