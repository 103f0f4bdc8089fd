/** Handbooks read from real repositories at a revision, whatever the working tree contains. */
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describe as inWords } from '../../actions/lib/check/describe.ts';
import { gitBytes } from '../../actions/lib/git/git.ts';
import { parentsOf, type Revision, readBase, readRevision } from '../../actions/lib/git/revision.ts';
import { MOST_BYTES, readFolder } from '../../actions/lib/git/working-tree.ts';
import { contents, fill, folder } from '../process.ts';
import { clone, commit, ROTA, repository, run, three } from './repository.ts';

/** Files by path and findings, one line each; or the reason why the revision cannot be read. */
const contentsOf = (revision: Revision): readonly string[] =>
  'trouble' in revision
    ? [revision.trouble]
    : [
        ...[...revision.texts].map(([file, text]) => `${file}: ${text}`),
        ...revision.findings.map((finding) => `${finding.location.file}: ${inWords(finding)}`),
      ].toSorted();

test('a revision is named by a branch, a tag, a commit, or a path from one of these', () => {
  const { root, commits } = three();
  run(root, 'branch', 'older', 'HEAD~1');
  run(root, 'branch', 'swap/v1.2', 'HEAD~2');
  run(root, 'tag', 'first', 'HEAD~2');
  run(root, 'tag', '--annotate', '--message=x', 'noted', 'HEAD~1');
  const [one = '', two = ''] = commits;
  const read = (name: string) => [name, ...contentsOf(readRevision(root, name))];
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

describe('working tree and index', () => {
  const state = (root: string) => [
    run(root, 'status', '--porcelain=v2', '--branch', '--untracked-files=all'),
    run(root, 'diff', '--cached'),
    run(root, 'diff'),
    run(root, 'for-each-ref'),
    [...contents(root)].filter(([file]) => !/^\.git\/(objects\/|FETCH_HEAD$)/.test(file)),
  ];

  test('are not changed, and uncommitted edits are not read', () => {
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
    expect(contentsOf(readRevision(root, 'HEAD'))).toEqual([`${ROTA}: three`]);
    expect(contentsOf(readRevision(root, 'HEAD^1'))).toEqual([`${ROTA}: two`]);
    expect(contentsOf(readBase(root, 'main'))).toEqual([`${ROTA}: three`]);
    expect(contentsOf(readRevision(root, 'nothing'))).toHaveLength(1);
    expect(state(root)).toEqual(before);
    expect(readFolder(root)?.texts.get(ROTA)).toBe('five');
  });

  test('need not exist', () => {
    const empty = clone(three().root, '--no-checkout');
    expect(contentsOf(readRevision(empty, 'HEAD~1'))).toEqual([`${ROTA}: two`]);
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
    expect(contentsOf(readRevision(root, 'HEAD'))).toEqual([
      'policies/holidays/england.yaml: c',
      'rotas/paas/nights.yaml: a',
      'rotas/people/paas.yaml: b',
    ]);
  });

  test.each(['handbook', 'docs/our handbook/ümlaut'])('a folder is read: %s', (below) => {
    const root = repository();
    commit(root, { [`${below}/${ROTA}`]: 'one', [ROTA]: 'another', [`x/${below}/${ROTA}`]: 'another' });
    commit(root, { [`${below}/${ROTA}`]: 'two' });
    expect(contentsOf(readRevision(join(root, below), 'HEAD^1'))).toEqual([`${ROTA}: one`]);
    expect(contentsOf(readBase(join(root, below), 'main'))).toEqual([`${ROTA}: two`]);
  });

  test('file names are read unchanged', () => {
    const root = repository();
    commit(root, { 'rotas/zoë "q"\ttab.yaml': 'one' });
    expect(contentsOf(readRevision(root, 'HEAD'))).toEqual(['rotas/zoë "q"\ttab.yaml: one']);
  });

  test('texts are read unchanged: empty, with any line ends, in other scripts, or similar to the output of git', () => {
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

  test('a revision before the first handbook has no files', () => {
    const root = repository();
    commit(root, { 'README.md': 'x' });
    commit(root, { [ROTA]: 'one' });
    expect(contentsOf(readRevision(root, 'HEAD^1'))).toEqual([]);
  });

  test('anything but a regular file is reported as in a folder, and the rest is read', () => {
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
    expect(contentsOf(readRevision(root, 'HEAD'))).toEqual([
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

describe('a shallow checkout', () => {
  test('of one commit fetches the missing commit', () => {
    const { root, commits } = three();
    const shallow = clone(root, '--depth=1');
    expect(contentsOf(readRevision(shallow, commits[0] as string))).toEqual([`${ROTA}: one`]);
    expect(run(shallow, 'rev-list', '--count', 'HEAD')).toBe('1');
    expect(contentsOf(readRevision(shallow, 'HEAD'))).toEqual([`${ROTA}: three`]);
    expect(run(shallow, 'status', '--porcelain')).toBe('');
  });

  test('of one branch fetches another, and a pull request', () => {
    const { root } = three();
    run(root, 'branch', 'release', 'HEAD~1');
    run(root, 'update-ref', 'refs/pull/7/merge', 'HEAD~2');
    const shallow = clone(root, '--depth=1', '--branch=main');
    expect(contentsOf(readRevision(shallow, 'release'))).toEqual([`${ROTA}: two`]);
    expect(contentsOf(readRevision(shallow, 'refs/pull/7/merge'))).toEqual([`${ROTA}: one`]);
  });

  test('with a remote-tracking branch reads that', () => {
    const { root } = three();
    const full = clone(root, '--branch=main');
    run(root, 'branch', 'later', 'HEAD~2');
    run(full, 'fetch', '--quiet');
    expect(contentsOf(readRevision(full, 'later'))).toEqual([`${ROTA}: one`]);
    expect(contentsOf(readRevision(full, 'origin/later'))).toEqual([`${ROTA}: one`]);
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
    expect(contentsOf(readRevision(shallow, first as string))).toEqual([`${ROTA}: three`]);
    expect(contentsOf(readRevision(shallow, 'HEAD'))).toEqual([
      `${ROTA}: three`,
      'rotas/people.yaml: swapped',
    ]);
  });

  test('a complete history stays complete after a fetch', () => {
    const { root, commits } = three();
    const full = clone(root, '--branch=main');
    run(root, 'branch', 'release');
    run(root, 'switch', '--quiet', '--create', 'later');
    const later = commit(root, { [ROTA]: 'four' });
    expect(contentsOf(readRevision(full, 'release'))).toEqual([`${ROTA}: three`]);
    expect(contentsOf(readRevision(full, later))).toEqual([`${ROTA}: four`]);
    expect(run(full, 'rev-list', 'HEAD').split('\n')).toEqual(commits.toReversed());
    expect(run(full, 'rev-parse', '--is-shallow-repository')).toBe('false');
  });
});

describe('a connection that is down for a moment', () => {
  /** A shallow clone whose origin fails this many times before it responds. */
  function unsteady(failures: number): { own: string; first: string } {
    const { root, commits } = three();
    const own = clone(root, '--depth=1');
    const script = join(own, '.git', 'upload');
    writeFileSync(
      script,
      `echo x >> "${own}/.git/attempts"\n[ $(wc -l < "${own}/.git/attempts") -gt ${failures} ] || exit 1\nexec git-upload-pack "$@"\n`,
    );
    run(own, 'config', 'remote.origin.uploadpack', `sh '${script}'`);
    return { own, first: commits[0] as string };
  }
  const attempts = (own: string) => readFileSync(join(own, '.git/attempts'), 'utf8').split('\n').length - 1;

  test.each([0, 1, 2])('%i times: the commit is still fetched', (failures) => {
    const { own, first } = unsteady(failures);
    expect(contentsOf(readRevision(own, first, 1))).toEqual([`${ROTA}: one`]);
    expect(attempts(own)).toBe(failures + 1);
  });

  test('for longer than the retries is reported', () => {
    const { own, first } = unsteady(9);
    expect(readRevision(own, first, 1)).toHaveProperty('trouble');
    expect(attempts(own)).toBe(3);
  });

  test('is not retried for a name, which may be mistyped', () => {
    const { own } = unsteady(9);
    expect(readRevision(own, 'mian', 1)).toHaveProperty('trouble');
    expect(attempts(own)).toBe(1);
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

describe('a revision that cannot be read', () => {
  test('is reported with the remedy', () => {
    const { root } = three();
    const outcome = (name: string) => readRevision(root, name);
    const trouble = (name: string) =>
      `there is no revision "${name}" here, and it could not be fetched; run "git fetch origin ${name}", or check out with fetch-depth: 2`;
    expect(outcome('mian')).toEqual({ trouble: trouble('mian') });
    expect(outcome('HEAD^7')).toEqual({ trouble: trouble('HEAD^7') });
    expect(readRevision(root, '0'.repeat(40), 1)).toEqual({ trouble: trouble('0'.repeat(40)) });
    expect(readBase(root, 'mian')).toEqual({ trouble: trouble('mian') });
    const shallow = clone(root, '--depth=1');
    expect(readRevision(shallow, 'mian')).toEqual({ trouble: trouble('mian') });
  });

  test('is a file or a folder instead of a commit', () => {
    const { root } = three();
    expect(readRevision(root, `HEAD:${ROTA}`)).toHaveProperty('trouble');
    expect(readRevision(root, 'HEAD:rotas')).toHaveProperty('trouble');
  });

  test('looks like an option, is empty, or has a space', () => {
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
      expect(readRevision(own, name)).toEqual({ trouble: `"${name}" is not a revision` });
      expect(readBase(own, name)).toEqual({ trouble: `"${name}" is not a revision` });
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
  ])('is a refspec, and moves no local branch: %s', (name) => {
    const { root } = three();
    const own = clone(root);
    run(own, 'branch', 'mine', 'HEAD~1');
    run(root, 'branch', 'theirs');
    const before = run(own, 'for-each-ref');
    expect(readRevision(own, name)).toHaveProperty('trouble');
    expect(run(own, 'for-each-ref')).toBe(before);
  });

  test('is requested in a folder outside a repository', () => {
    const root = folder(new Map([[ROTA, 'one']]));
    expect(readRevision(root, 'main')).toEqual({
      trouble: `${root} is not in a git repository, so there is nothing to compare with`,
    });
  });

  test('is requested in a folder that does not exist', () => {
    expect(readRevision(join(folder(), 'none'), 'main')).toHaveProperty('trouble');
  });

  test('is HEAD before the first commit', () => {
    expect(readRevision(repository(), 'HEAD')).toHaveProperty('trouble');
  });
});

describe('the base is the merge base,', () => {
  /** A swap branch starts at three; main then advances to four. */
  function forked(): { root: string; base: string } {
    const { root, commits } = three();
    run(root, 'switch', '--quiet', '--create', 'swap');
    commit(root, { 'rotas/people.yaml': 'swapped' });
    run(root, 'switch', '--quiet', 'main');
    commit(root, { [ROTA]: 'four' });
    run(root, 'switch', '--quiet', 'swap');
    return { root, base: commits[2] as string };
  }

  test('not the current commit of the branch', () => {
    const { root, base } = forked();
    expect(contentsOf(readBase(root, 'main'))).toEqual([`${ROTA}: three`]);
    expect(readBase(root, 'main')).toHaveProperty('commit', base);
    expect(contentsOf(readRevision(root, 'main'))).toEqual([`${ROTA}: four`]);
  });

  test('also if only the remote has the branch', () => {
    const { root } = forked();
    const own = clone(root, '--branch=swap');
    expect(contentsOf(readBase(own, 'origin/main'))).toEqual([`${ROTA}: three`]);
    expect(contentsOf(readBase(own, 'main'))).toEqual([`${ROTA}: three`]);
  });

  test('or the revision itself if the checkout does not contain the merge base', () => {
    const { root } = forked();
    const shallow = clone(root, '--depth=1', '--branch=swap');
    expect(contentsOf(readBase(shallow, run(root, 'rev-parse', 'main')))).toEqual([`${ROTA}: four`]);
  });

  test('or an ancestor of HEAD itself', () => {
    const { root } = three();
    expect(contentsOf(readBase(root, 'HEAD~2'))).toEqual([`${ROTA}: one`]);
    expect(contentsOf(readBase(root, 'main'))).toEqual([`${ROTA}: three`]);
  });
});

describe('a revision that is too large is refused before its files are read', () => {
  /** A commit of files that have one content. */
  function many(count: number, text: string): string {
    const root = repository();
    fill(root, new Map([['policies/notice.yaml', text]]));
    const blob = run(root, 'hash-object', '-w', 'policies/notice.yaml');
    const rows = Array.from({ length: count }, (_, i) => `100644 ${blob}\trotas/paas/r${i}.yaml\n`).join('');
    gitBytes(root, ['update-index', '--add', '--index-info'], rows);
    run(root, 'commit', '--quiet', '--message=x');
    return root;
  }
  const read = (root: string) => {
    const revision = readRevision(root, 'HEAD');
    return 'trouble' in revision ? revision.trouble : revision.texts.size;
  };

  test.each<[what: string, files: number, text: string, found: string | number]>([
    ['20,000 files', 20_000, '', 20_000],
    [
      'one more',
      20_001,
      '',
      'HEAD is not read: it has 20001 files below rotas/ and policies/, and 20000 are the most',
    ],
    ['64 MiB', 256, '#'.repeat(MOST_BYTES), 256],
    ['more than that', 257, '#'.repeat(MOST_BYTES), 'HEAD is not read: it has more than 64 MiB of text'],
  ])('%s', (_, files, text, found) => {
    expect(read(many(files, text))).toBe(found);
  });
});
