/** Whose branch and pull request it is: others have the names of ours, push to them, and merge them elsewhere. */
import { describe, expect, test } from 'vitest';
import { but } from '../handbook.ts';
import { changeBody, swapBody } from '../requests/bodies.ts';
import {
  approved,
  checkOutMain,
  daily,
  issueIn,
  PLANNED,
  type Repository,
  repositoryWith,
  rewrite,
  run,
  shownTitle,
  statusesOf,
} from './request-repository.ts';

const ROTA = 'rotas/paas/in-hours.yaml';
const MALLORY = 'mallory-muir';
const OURS = 'github-actions[bot]';

const open = () => repositoryWith({ body: swapBody(), user: 'amara-osei' });

/** A commit on main that changes a file. */
function commitOf(
  { github: { state }, commit }: Repository,
  file: string,
  text: string,
  parent = commit,
): string {
  const { git } = state;
  const tree = git.tree(git.commits.get(parent)?.tree ?? '', [[file, text]]) ?? '';
  return git.commit({ tree, parents: [parent], message: 'x' }) ?? '';
}

/** Mallory's own branch of a name, which changes a note. */
function branchOfMallory(there: Repository, name: string): string {
  const sha = commitOf(there, 'note.md', `the note of ${name}`);
  there.github.move(name, sha, MALLORY);
  return sha;
}

const changeText = ({ github: { state } }: Repository) =>
  Object.assign(state.pulls[0] ?? {}, { body: 'Nothing' });

const pulls = ({ github: { state } }: Repository) =>
  state.pulls.map((it) => `${it.number} ${it.head.ref} → ${it.base.ref}, ${it.state}, by ${it.user}`);
const swapped = ({ github: { state } }: Repository, branch: string) =>
  state.git.filesAt(branch)?.get(ROTA)?.includes('turn: 2027-03-08') === true;
const isClosed = (there: Repository) => issueIn(there).state === 'closed';

describe('a branch of the name of ours that somebody made beforehand', () => {
  test.each(['main', 'wip'])(
    'with a pull request into %s is left alone, and merging it is not the swap',
    async (base) => {
      const there = await open();
      const { github } = there;
      const theirs = branchOfMallory(there, 'swap/issue-77');
      github.open({
        number: 78,
        user: MALLORY,
        head: { ref: 'swap/issue-77', sha: theirs },
        base: { ref: base },
      });
      await run(there, 'issues-opened');
      expect(pulls(there)).toEqual([
        `78 swap/issue-77 → ${base}, open, by ${MALLORY}`,
        `79 swap/issue-77-2 → main, open, by ${OURS}`,
      ]);
      expect(github.state.git.refs.get('heads/swap/issue-77')).toBe(theirs);
      github.merge(78, MALLORY);
      if (base === 'main') checkOutMain(there);
      await run(there, github.event('pull-request-closed', 78));
      expect([shownTitle(there), isClosed(there)]).toEqual(['This can be done', false]);
      github.merge(79);
      checkOutMain(there);
      await run(there, github.event('pull-request-closed', 79));
      expect([shownTitle(there), isClosed(there), swapped(there, 'main')]).toEqual(['Done', true, true]);
      expect(github.violations).toEqual([]);
    },
  );

  test('without a pull request is left alone, by every later run, too', async () => {
    const there = await open();
    for (const name of ['swap/issue-77', 'swap/issue-77-2', 'swap/issue-770']) branchOfMallory(there, name);
    await run(there, 'issues-opened');
    await run(there, daily);
    expect(pulls(there)).toEqual([`78 swap/issue-77-3 → main, open, by ${OURS}`]);
    there.github.merge(78);
    await run(there, there.github.event('pull-request-closed', 78));
    expect([shownTitle(there), isClosed(there)]).toEqual(['Done', true]);
    expect(there.github.violations).toEqual([]);
  });

  test('under twenty names is an error, and no branch of theirs is moved', async () => {
    const there = await open();
    for (let i = 1; i <= 20; i++) branchOfMallory(there, i === 1 ? 'swap/issue-77' : `swap/issue-77-${i}`);
    const before = [...there.github.state.git.refs];
    const { status, report } = await run(there, 'issues-opened');
    expect([status, report]).toEqual([1, [expect.stringContaining("up to swap/issue-77-20 is another's")]]);
    expect([[...there.github.state.git.refs], pulls(there)]).toEqual([before, []]);
  });

  test('by our own account, in a run that was stopped, is used', async () => {
    const there = await open();
    there.github.move('swap/issue-77', there.commit, OURS);
    await run(there, 'issues-opened');
    expect(pulls(there)).toEqual([`78 swap/issue-77 → main, open, by ${OURS}`]);
  });
});

describe('our pull request', () => {
  test('on whose branch somebody put the same change with another message gets ours again', async () => {
    const there = await open();
    await run(there, 'issues-opened');
    const { git } = there.github.state;
    const [name = ''] = there.github.state.pulls.map(({ head }) => head.ref);
    const own = git.refs.get(`heads/${name}`) ?? '';
    const { tree = '', parents = [], message } = git.commits.get(own) ?? {};
    const sha = git.commit({ tree, parents, message: `${message} [skip ci]` }) ?? '';
    there.github.move(name, sha, MALLORY);
    await run(there, 'issues-edited');
    expect(git.commits.get(git.refs.get(`heads/${name}`) ?? '')?.message).toBe(message);
    expect(there.github.violations).toEqual([]);
  });

  test('on whose branch somebody put the same files on a commit that had one of them already gets ours again', async () => {
    const body = swapBody({ 'Their turn': 'paas/out-of-hours/engineer 2027-03-29' });
    const there = await repositoryWith({ body, user: 'amara-osei' });
    await run(there, 'issues-opened');
    const { git } = there.github.state;
    const own = git.commits.get(there.github.state.pulls[0]?.head.sha ?? '');
    const files = git.filesAt('swap/issue-77') ?? new Map<string, string>();
    const edited = [...files].filter(([file, text]) => there.files.get(file) !== text);
    const [[one, text] = ['', '']] = edited;
    // A merge into main would take the other file alone.
    const had = commitOf(there, one, `# x\n${text}`);
    const undone = commitOf(there, one, there.files.get(one) ?? '', had);
    there.github.move('main', undone, MALLORY);
    there.commit = undone;
    const tree = git.tree(git.commits.get(had)?.tree ?? '', edited) ?? '';
    const half = git.commit({ tree, parents: [had], message: own?.message ?? '' }) ?? '';
    there.github.push(78, half, MALLORY);
    await run(there, daily);
    const head = git.refs.get('heads/swap/issue-77') ?? '';
    expect([edited.length, git.commits.get(head)?.parents]).toEqual([2, [undone]]);
    expect(there.github.violations).toEqual([]);
  });

  test('is not green at the head that it had, once the request is another one', async () => {
    const there = await open();
    const { github } = there;
    await run(there, 'issues-opened');
    const first = github.state.pulls[0]?.head.sha ?? '';
    for (const user of ['amara-osei', 'ben-adeyemi']) github.review(78, { user, state: 'APPROVED' });
    await run(there, daily);
    expect(statusesOf(there, first)).toEqual({ rota: 'success', 'rota / consent': 'success' });
    github.edit(77, swapBody({ 'Their turn': 'paas/out-of-hours/engineer 2027-03-29' }));
    await run(there, 'issues-edited');
    expect(github.state.pulls[0]?.head.sha).not.toBe(first);
    expect(statusesOf(there, first)).toEqual({ rota: 'pending', 'rota / consent': 'pending' });
    expect(github.violations).toEqual([]);
  });

  test('stays as it is while main moves on in other files', async () => {
    const there = await open();
    await run(there, 'issues-opened');
    const { git } = there.github.state;
    const head = git.refs.get('heads/swap/issue-77');
    const moved = commitOf(there, 'note.md', 'something else');
    there.github.move('main', moved, MALLORY);
    there.commit = moved;
    await run(there, daily);
    expect(git.refs.get('heads/swap/issue-77')).toBe(head);
  });

  test('into which somebody pushed something else before merging it is not the swap; it is proposed again', async () => {
    const there = await open();
    await run(there, 'issues-opened');
    there.github.push(78, commitOf(there, 'note.md', 'no swap'), MALLORY);
    there.github.merge(78, MALLORY);
    checkOutMain(there);
    await run(there, there.github.event('pull-request-closed', 78));
    expect([shownTitle(there), isClosed(there)]).toEqual(['This can be done', false]);
    expect(pulls(there)[1]).toBe(`79 swap/issue-77 → main, open, by ${OURS}`);
    expect(swapped(there, 'swap/issue-77')).toBe(true);
    expect(there.github.violations).toEqual([]);
  });

  test('whose branch was brought up to date before it was merged is the swap', async () => {
    const there = await open();
    await run(there, 'issues-opened');
    const { git } = there.github.state;
    const main = commitOf(there, 'note.md', 'something else');
    there.github.move('main', main, MALLORY);
    const head = git.merge(there.github.state.pulls[0]?.head.sha ?? '', main);
    there.github.push(78, head, MALLORY);
    there.github.merge(78, MALLORY);
    checkOutMain(there);
    await run(there, there.github.event('pull-request-closed', 78));
    expect([shownTitle(there), isClosed(there)]).toEqual(['Done', true]);
  });

  test('that somebody sent into another branch is not ours any more, whether it is merged or not', async () => {
    const there = await open();
    await run(there, 'issues-opened');
    const { github } = there;
    github.move('wip', there.commit, MALLORY);
    github.exchangeBase(78, { ref: 'wip', sha: there.commit });
    github.merge(78, MALLORY);
    await run(there, github.event('pull-request-closed', 78));
    expect(pulls(there)).toEqual([
      `78 swap/issue-77 → wip, closed, by ${OURS}`,
      `79 swap/issue-77-2 → main, open, by ${OURS}`,
    ]);
    expect([shownTitle(there), isClosed(there)]).toEqual(['This can be done', false]);
    expect(github.violations).toEqual([]);
  });

  describe('that somebody sends into another branch, so that there is a second one', () => {
    const green = ({ github: { state } }: Repository) =>
      state.pulls
        .filter(({ head }) =>
          ['rota', 'rota / consent'].every(
            (name) =>
              state.statuses[head.sha]?.findLast(({ context }) => context === name)?.state === 'success',
          ),
        )
        .map(({ number }) => number);

    async function sentElsewhere() {
      const there = await open();
      await run(there, 'issues-opened');
      const { github } = there;
      github.move('wip', there.commit, MALLORY);
      github.exchangeBase(78, { ref: 'wip', sha: there.commit }, MALLORY);
      return there;
    }

    test('is closed, so that a withdrawal finds all of them', async () => {
      const there = await sentElsewhere();
      const { github } = there;
      await run(there, daily);
      expect(pulls(there)).toEqual([
        `78 swap/issue-77 → wip, closed, by ${OURS}`,
        `79 swap/issue-77-2 → main, open, by ${OURS}`,
      ]);
      for (const user of ['amara-osei', 'ben-adeyemi']) github.review(79, { user, state: 'APPROVED' });
      await run(there, daily);
      expect(green(there)).toEqual([79]);
      github.reopen(78, MALLORY);
      github.exchangeBase(78, { ref: 'main', sha: there.commit }, MALLORY);
      issueIn(there).state = 'closed';
      await run(there, 'issues-closed');
      expect([shownTitle(there), green(there)]).toEqual(['Closed', []]);
      expect(pulls(there).map((it) => it.replace(/.* main, (\w+),.*/, '$1'))).toEqual(['closed', 'closed']);
      expect(github.violations).toEqual([]);
    });

    test('is closed, too, when it is there at the withdrawal, and not green when it comes back', async () => {
      const there = await open();
      await run(there, 'issues-opened');
      const { github } = there;
      for (const user of ['amara-osei', 'ben-adeyemi']) github.review(78, { user, state: 'APPROVED' });
      await run(there, daily);
      expect(green(there)).toEqual([78]);
      github.move('wip', there.commit, MALLORY);
      github.exchangeBase(78, { ref: 'wip', sha: there.commit }, MALLORY);
      issueIn(there).state = 'closed';
      await run(there, 'issues-closed');
      expect([shownTitle(there), green(there)]).toEqual(['Closed', []]);
      expect(pulls(there)).toEqual([`78 swap/issue-77 → wip, closed, by ${OURS}`]);
    });

    test('is closed, too, where its issue is no request any more', async () => {
      const there = await sentElsewhere();
      there.github.remove(77);
      await run(there, daily);
      expect(pulls(there)).toEqual([`78 swap/issue-77 → wip, closed, by ${OURS}`]);
    });
  });

  test.each<[what: string, act: (there: Repository) => void, cause: Parameters<typeof run>[1]]>([
    [
      'is edited into another request',
      ({ github }) => github.edit(77, swapBody(), 'lukasz-zielinski'),
      'issues-edited',
    ],
    ['is closed by a lead', (there) => Object.assign(issueIn(there), { state: 'closed' }), 'issues-closed'],
    [
      'is no request any more',
      ({ github }) => github.edit(77, `x${changeBody()}`, 'lukasz-zielinski'),
      'issues-edited',
    ],
  ])('is closed when its issue, whose comment of ours somebody deleted, %s', async (_, act, cause) => {
    const there = await repositoryWith({ body: changeBody() });
    await approved(there);
    expect(pulls(there)).toEqual([`78 change/issue-77 → main, open, by ${OURS}`]);
    const issue = issueIn(there);
    issue.comments = issue.comments.filter(({ user }) => user !== OURS);
    act(there);
    await run(there, cause);
    expect(pulls(there)[0]).toBe(`78 change/issue-77 → main, closed, by ${OURS}`);
    expect(there.github.violations).toEqual([]);
  });

  test.each<[what: string, isOver: boolean, act: (there: Repository) => Parameters<typeof run>[1]]>([
    [
      'by the deletion of its issue',
      false,
      ({ github }) => {
        const { eventName, event } = github.issueEvent('issues-edited', 77);
        github.remove(77);
        return { eventName, event: { ...event, action: 'deleted' } };
      },
    ],
    [
      'again, when somebody reopens it after a withdrawal',
      true,
      ({ github }) => {
        const { eventName, event } = github.event('pull-request-closed', 78);
        github.reopen(78, MALLORY);
        return { eventName, event: { ...event, action: 'reopened' } };
      },
    ],
  ])('is closed %s', async (_, isOver, act) => {
    const there = await open();
    await run(there, 'issues-opened');
    if (isOver) {
      issueIn(there).state = 'closed';
      await run(there, 'issues-closed');
    }
    const cause = act(there);
    expect(pulls(there)).toEqual([`78 swap/issue-77 → main, open, by ${OURS}`]);
    await run(there, cause);
    expect(pulls(there)).toEqual([`78 swap/issue-77 → main, closed, by ${OURS}`]);
  });

  describe('for a planned change, closed by a lead who had approved that, needs their word again', () => {
    test.each<[what: string, act: (there: Repository) => void]>([
      ['once it is reopened', ({ github }) => github.reopen(78, MALLORY)],
      [
        'once it is reopened into another branch',
        ({ github, commit }) => {
          github.reopen(78, MALLORY);
          github.move('wip', commit, MALLORY);
          github.exchangeBase(78, { ref: 'wip', sha: commit }, MALLORY);
        },
      ],
      [
        'once somebody pushes to it',
        (there) => {
          there.github.reopen(78, MALLORY);
          there.github.push(78, commitOf(there, 'note.md', 'x'), MALLORY);
        },
      ],
    ])('%s', async (_, act) => {
      const there = await repositoryWith({ body: changeBody() });
      await approved(there);
      there.github.close(78, 'helene-marchetti');
      await run(there, there.github.event('pull-request-closed', 78));
      expect(shownTitle(there)).toBe('The pull request was closed');
      act(there);
      for (const now of [undefined, '2027-01-04T05:47:00Z']) await run(there, daily, now);
      expect(there.github.state.pulls.map(({ state }) => state)).toEqual(['closed']);
      expect(shownTitle(there)).toBe('Accepted for review');
      await approved(there);
      expect(there.github.state.pulls.map(({ state }) => state)).toEqual(['closed', 'open']);
      expect(there.github.violations).toEqual([]);
    });
  });

  test.each<[what: string, before: (there: Repository) => unknown, after?: (there: Repository) => unknown]>([
    ['whatever its text says after that', () => {}, changeText],
    ['whatever its text said before', changeText],
    [
      'whichever branch it went into',
      ({ github, commit }) => {
        github.move('wip', commit, MALLORY);
        github.exchangeBase(78, { ref: 'wip', sha: commit }, MALLORY);
      },
    ],
  ])('for a planned change, closed by a lead, is none any more, %s', async (_, before, after) => {
    const there = await repositoryWith({ body: changeBody() });
    await approved(there);
    const { github } = there;
    before(there);
    github.close(78, 'helene-marchetti');
    await run(there, github.event('pull-request-closed', 78));
    after?.(there);
    await run(there, daily);
    expect(shownTitle(there)).toBe('The pull request was closed');
    expect(github.state.pulls.map(({ state }) => state)).toEqual(['closed']);
  });

  test.each([false, true])(
    'for a planned change, closed by a lead and reopened into another branch before a run saw that, or recorded it, is none (locked: %s)',
    async (isLocked) => {
      const there = await repositoryWith({ body: changeBody() });
      await approved(there);
      const { github, commit } = there;
      issueIn(there).locked = isLocked;
      github.close(78, 'helene-marchetti');
      const closing = github.event('pull-request-closed', 78);
      github.reopen(78, MALLORY);
      github.move('wip', commit, MALLORY);
      github.exchangeBase(78, { ref: 'wip', sha: commit }, MALLORY);
      for (const event of [closing, daily, daily]) await run(there, event);
      expect(github.state.pulls.map(({ state }) => state)).toEqual(['closed']);
      if (!isLocked) expect(shownTitle(there)).toBe('Accepted for review');
    },
  );

  test('for a planned change, closed by somebody whom GitHub does not list yet, is none', async () => {
    const there = await repositoryWith({ body: changeBody() });
    await approved(there);
    const { github } = there;
    // Our account has closed it before, and somebody has reopened it.
    github.close(78, OURS);
    github.reopen(78, MALLORY);
    Object.assign(github.state.pulls[0] ?? {}, { state: 'closed' });
    await run(there, daily);
    expect(github.state.pulls.map(({ state }) => state)).toEqual(['closed']);
    expect(shownTitle(there)).toBe('The pull request was closed');
  });

  test('of an issue that was moved here is not one with the number of the other repository', async () => {
    const there = await repositoryWith({ body: changeBody() });
    await approved(there);
    const { state } = there.github;
    const [ours] = issueIn(there).comments.filter(({ body }) => body.includes('"proposed":78'));
    if (ours !== undefined) ours.body = ours.body.replace('"proposed":78', '"proposed":4');
    state.pulls = [];
    await run(there, daily);
    expect(pulls(there)).toEqual([expect.stringContaining('change/issue-77 → main, open')]);
    expect(there.github.violations).toEqual([]);
  });

  test('for a planned change, closed by a lead while a run makes it anew, stays closed', async () => {
    const there = await repositoryWith({ body: changeBody() });
    await approved(there);
    const { github } = there;
    github.push(78, commitOf(there, 'note.md', 'x'), MALLORY);
    github.meanwhile('git/update-ref', () => github.close(78, 'helene-marchetti'));
    const { status } = await run(there, daily);
    await run(there, github.event('pull-request-closed', 78));
    expect([status, shownTitle(there)]).toEqual([1, 'The pull request was closed']);
    expect(github.state.pulls.map(({ state }) => state)).toEqual(['closed']);
  });

  test('for a planned change, closed by a lead and reopened before a run saw that, has their word no more', async () => {
    const there = await repositoryWith({ body: changeBody() });
    await approved(there);
    const { github } = there;
    github.close(78, 'helene-marchetti');
    const closing = github.event('pull-request-closed', 78);
    github.reopen(78, MALLORY);
    await run(there, closing);
    github.push(78, commitOf(there, 'note.md', 'x'), MALLORY);
    await run(there, daily);
    expect(pulls(there)).toEqual([expect.stringContaining('78 change/issue-77 → main, open')]);
    expect(github.state.pulls[0]?.comments[0]?.body).toContain(
      '\n- @helene-marchetti (Hélène Marchetti): for ',
    );
  });

  test.each<[what: string, act: (there: Repository, head: string) => void]>([
    [
      'the same content to it',
      ({ github }, head) => {
        const { git } = github.state;
        const { tree = '', parents = [], message = '' } = git.commits.get(head) ?? {};
        const same = git.commit({ tree, parents, message });
        github.push(78, same, MALLORY);
      },
    ],
    [
      'something else, and then our commit',
      (there, head) => {
        there.github.push(78, commitOf(there, 'note.md', 'x'), MALLORY);
        there.github.push(78, head, MALLORY);
      },
    ],
  ])('is written again once somebody pushes %s, so that the word in the issue counts', async (_, act) => {
    const there = await repositoryWith({ body: changeBody() });
    await approved(there);
    const { state } = there.github;
    const headOf = () => state.pulls[0]?.head.sha ?? '';
    const waitingAt = (head: string) =>
      state.statuses[head]?.findLast(({ context }) => context === 'rota / consent')?.description;
    const head = headOf();
    const before = waitingAt(head);
    expect(before).toMatch('waiting for');
    expect(before).not.toMatch('helene');
    act(there, head);
    await run(there, daily);
    const after = headOf();
    expect([after === head, waitingAt(after)]).toEqual([false, before]);
    await run(there, daily);
    expect(headOf()).toBe(after);
    expect(there.github.violations).toEqual([]);
  });

  test('stays ours while its branch is merged into another branch', async () => {
    const there = await open();
    await run(there, 'issues-opened');
    const { github } = there;
    github.move('wip', there.commit, MALLORY);
    const { head } = github.state.pulls[0] as (typeof github.state.pulls)[0];
    github.open({ number: 79, user: MALLORY, head, base: { ref: 'wip', sha: there.commit } });
    github.merge(79, MALLORY);
    await run(there, github.event('pull-request-closed', 79));
    expect([shownTitle(there), isClosed(there), pulls(there).length]).toEqual(['This can be done', false, 2]);
  });

  test('is found behind a hundred that others opened from its branch and closed', async () => {
    const there = await open();
    await run(there, 'issues-opened');
    const { head, base } = there.github.state.pulls[0] as (typeof there.github.state.pulls)[0];
    for (let number = 79; number < 190; number++) {
      there.github.open({ number, user: MALLORY, head, base });
      there.github.close(number);
    }
    await run(there, daily);
    expect(pulls(there).filter((it) => it.endsWith(OURS))).toHaveLength(1);
    expect(there.github.violations).toEqual([]);
  });

  test('that is merged stays done, whatever becomes of the file and of the request', async () => {
    const there = await open();
    await run(there, 'issues-opened');
    const before = there.files.get(ROTA) ?? '';
    there.github.merge(78);
    checkOutMain(there);
    rewrite(there, ROTA, there.files.get(ROTA) ?? '', before);
    await run(there, there.github.event('pull-request-closed', 78));
    expect([shownTitle(there), isClosed(there)]).toEqual(['Done', true]);
    there.github.edit(77, but(swapBody(), '2027-03-08', '2027-03-22'));
    await run(there, 'issues-edited');
    expect([shownTitle(there), pulls(there).length]).toEqual(['Done', 1]);
    expect(there.github.violations).toEqual([]);
  });

  test('for some hours is done when one of the two took them from the other', async () => {
    const times = { 'My turn': '', 'Their turn': '', From: '2027-03-02T10:00', To: '2027-03-02T12:00' };
    const there = await repositoryWith({ body: swapBody(times), user: 'amara-osei' });
    await run(there, 'issues-opened');
    there.github.merge(78);
    checkOutMain(there);
    await run(there, there.github.event('pull-request-closed', 78));
    expect([shownTitle(there), isClosed(there), pulls(there).length]).toEqual(['Done', true, 1]);
  });

  test.each([
    ['with the change', undefined, 'Confirmed: it is in the calendars', 1],
    ['with something else', 'changes:\n', 'Approved: a pull request records it', 2],
  ])('for a planned change, merged %s', async (_, pushed, title, count) => {
    const there = await repositoryWith({ body: changeBody() });
    await approved(there);
    if (pushed !== undefined) there.github.push(78, commitOf(there, PLANNED, pushed), MALLORY);
    there.github.merge(78, MALLORY);
    // What GitHub runs may still be the checkout before the merge.
    await run(there, there.github.event('pull-request-closed', 78));
    expect([shownTitle(there), pulls(there).length]).toEqual([title, count]);
    expect(there.github.violations).toEqual([]);
  });
});

describe('a verdict that a run writes to the head of ours', () => {
  const states = ({ github: { state } }: Repository) => {
    const sha = state.pulls[0]?.head.sha ?? '';
    return (state.statuses[sha] ?? []).map((it) => `${it.context} ${it.state}: ${it.description}`);
  };

  test('is none where the main branch has moved on since its checkout, until the next run', async () => {
    const there = await open();
    const old = there.commit;
    rewrite(there, ROTA, 'name: ', 'name: New ');
    const latest = there.commit;
    there.commit = old;
    await run(there, 'issues-opened');
    expect(states(there)).toEqual([
      'rota / consent pending: waiting for amara-osei, ben-adeyemi',
      'rota pending: #78: the base branch has moved on since this merge was made; update the branch',
    ]);
    there.commit = latest;
    await run(there, daily);
    expect(states(there).at(-1)).toMatch(/^rota success/);
    expect(there.github.violations).toEqual([]);
  });
});
