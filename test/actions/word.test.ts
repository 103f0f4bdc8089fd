// Whose word a pull request carries, and when nobody's is known, by the action as GitHub runs it.
import { describe, expect, test } from 'vitest';
import { load } from '../../actions/lib/load/load.ts';
import { requestDigest } from '../../actions/lib/requests/read-issue.ts';
import { REQUEST_MARKER, type RequestState, stateLine } from '../../actions/lib/requests/stored-state.ts';
import { bodyOf, CHANGE } from '../requests/bodies.ts';
import {
  AT,
  approved,
  check,
  checkPull,
  commentOn,
  EARLY,
  FILES,
  type Files,
  LATE,
  openedBy,
  PEOPLE,
  type Repository,
  ROTA,
  repository,
  shove,
  statusesOf,
  TAKEN,
} from './pull-request.ts';

const consentOf = (repo: Repository, sha: string) => statusesOf(repo, sha)['rota / consent'];

/** A time of the same hour as the others. */
const minute = (count: number) => EARLY.replace(':00:00', `:${String(count).padStart(2, '0')}:00`);

const AGREED = 'success: everyone whose time changes has agreed';

/** A pull request of somebody that changes files, judged once. */
async function judged(files: Files, user: string, before: Files = {}, now = EARLY) {
  const repo = await repository(before);
  const head = repo.commit(repo.base, files);
  repo.open(7, user, head);
  repo.merge(repo.base, head);
  const ran = await checkPull(repo, now);
  return { repo, head, ran, consent: () => consentOf(repo, head) };
}

describe('having written a pull request is agreement', () => {
  test('to what its author pushed', async () => {
    const repo = await shove();
    await checkPull(repo);
    expect(consentOf(repo, repo.head)).toBe('pending: waiting for amara-osei');
  });

  test.each<[what: string, by: string | null, says: RegExp]>([
    [
      'somebody else pushed',
      'amara-osei',
      /@mallory-muir opened this, but somebody else pushed its latest commit/,
    ],
    [
      'nobody known pushed',
      null,
      /@mallory-muir opened this, but GitHub does not say who pushed its latest commit/,
    ],
  ])('and not to what %s', async (_, by, says) => {
    const repo = await repository();
    const head = repo.commit(repo.base, TAKEN);
    repo.github.open({
      number: 7,
      user: 'mallory-muir',
      head: { sha: head, ref: 'shove', by },
      base: { ref: 'main' },
    });
    repo.merge(repo.base, head);
    await checkPull(repo);
    expect(consentOf(repo, head)).toBe('pending: waiting for mallory-muir, amara-osei');
    expect(commentOn(repo)).toMatch(says);
    expect(repo.github.violations).toEqual([]);
  });

  describe('unless somebody else made an issue of theirs that pull request', () => {
    type Run = () => Promise<unknown>;
    const MADE =
      'somebody else made their issue this pull request; an author cannot approve, so they close it';
    const NO_COMMENT = 'no comment was written here when they opened it or pushed to it';
    test.each<[run: string, why: string, opening: (repo: Repository, run: Run) => Promise<unknown>]>([
      ['shows it', MADE, (_, run) => run()],
      [
        'shows it, in a comment that somebody edits',
        MADE,
        async ({ github }, run) => {
          await run();
          const { id = 0, body = '' } = github.state.pulls[0]?.comments[0] ?? {};
          github.editComment(id, { body: `${body} `, by: 'amara-osei' });
        },
      ],
      [
        'can show nothing, in a locked conversation',
        NO_COMMENT,
        async ({ github }, run) => {
          const pull = github.state.pulls[0] ?? {};
          Object.assign(pull, { locked: true });
          await run();
          Object.assign(pull, { locked: false });
        },
      ],
      [
        'shows it, in a comment that somebody deletes',
        MADE,
        async ({ github }, run) => {
          await run();
          github.state.pulls[0]?.comments.splice(0);
        },
      ],
      [
        'fails',
        MADE,
        async ({ github }, run) => {
          github.fault('issues/list-events', { status: 403 });
          await run();
        },
      ],
    ])('also where the run for the opening %s', async (_, why, opening) => {
      const repo = await repository();
      const head = repo.commit(repo.base, TAKEN);
      repo.open(7, 'mallory-muir', head);
      repo.merge(repo.base, head);
      await opening(repo, () => check(repo, EARLY, openedBy(repo, 'amara-osei')));
      repo.github.label(7, 'bug', 'mallory-muir');
      await checkPull(repo, EARLY, 7, 'pull-request-labeled');
      repo.github.review(7, { user: 'amara-osei', state: 'APPROVED' });
      await checkPull(repo, EARLY, 7, 'pull-request-review-submitted');
      expect(consentOf(repo, head)).toBe('pending: waiting for mallory-muir');
      expect(commentOn(repo)).toContain(`@mallory-muir is its author, but ${why}`);

      const empty = repo.commit(head, {});
      repo.github.push(7, empty, 'mallory-muir');
      repo.merge(repo.base, empty);
      await checkPull(repo, EARLY, 7, 'pull-request-synchronize');
      await approved(repo, ['amara-osei']);
      expect(consentOf(repo, empty)).toBe(why === MADE ? 'pending: waiting for mallory-muir' : AGREED);
    });

    test('also where the run for the opening sees another head', async () => {
      const repo = await repository();
      const { github } = repo;
      const head = repo.commit(repo.base, TAKEN);
      repo.open(7, 'mallory-muir', head);
      const opening = openedBy(repo, 'amara-osei');
      const other = repo.commit(head, { 'notes.md': 'Not hers.\n' });
      github.push(7, other, 'amara-osei');
      repo.merge(repo.base, head);
      await check(repo, EARLY, opening);
      expect(consentOf(repo, other)).toBe('pending: this commit has not been checked yet');
      const next = repo.commit(other, {});
      github.push(7, next, 'mallory-muir');
      repo.merge(repo.base, next);
      await checkPull(repo, EARLY, 7, 'pull-request-synchronize');
      await approved(repo, ['amara-osei']);
      expect(consentOf(repo, next)).toBe('pending: waiting for mallory-muir');
      expect(commentOn(repo)).toContain(`@mallory-muir is its author, but ${MADE}`);
    });

    test('also where nothing was to be agreed to then, and until they reopen it', async () => {
      const repo = await repository();
      const first = repo.commit(repo.base, { 'notes.md': 'To be agreed.\n' });
      repo.open(7, 'mallory-muir', first);
      repo.merge(repo.base, first);
      await check(repo, EARLY, openedBy(repo, 'amara-osei'));
      const head = repo.commit(first, TAKEN);
      repo.github.push(7, head, 'mallory-muir');
      repo.merge(repo.base, head);
      await checkPull(repo, EARLY, 7, 'pull-request-synchronize');
      await approved(repo, ['amara-osei']);
      expect(consentOf(repo, head)).toBe('pending: waiting for mallory-muir');
      repo.github.close(7, 'mallory-muir');
      repo.github.reopen(7, 'mallory-muir');
      const { eventName, event } = repo.github.event('pull-request-opened', 7);
      await check(repo, EARLY, { eventName, event: { ...event, action: 'reopened' } });
      await approved(repo, ['amara-osei']);
      expect(consentOf(repo, head)).toBe(AGREED);
    });
  });

  describe('until more is published than when they wrote it', () => {
    /** Weeks that three exchange, beyond the published span of December. */
    const LATER = ROTA.replace(
      'chi-wong]}',
      'chi-wong]}\n      - {first_turn: 2027-07-07, people: [ben-adeyemi, mallory-muir, amara-osei, chi-wong]}',
    );
    const JANUARY = '2027-01-02T12:00:00Z';
    const EVERYONE = /^pending: waiting for mallory-muir, (ben-adeyemi, amara-osei|amara-osei, ben-adeyemi)$/;

    test.each([true, false])(
      'also where the run for the opening is started again, after another one: %s',
      async (isLabelled) => {
        const repo = await repository();
        const head = repo.commit(repo.base, { [AT.rota]: LATER });
        repo.open(7, 'ben-adeyemi', head);
        repo.merge(repo.base, head);
        const opened = repo.github.event('pull-request-opened', 7);
        await check(repo, EARLY, opened);
        expect(consentOf(repo, head)).toBe("success: nobody's time changes");
        repo.github.state.now = JANUARY;
        if (isLabelled) {
          repo.github.label(7, 'bug', 'mallory-muir');
          await checkPull(repo, JANUARY, 7, 'pull-request-labeled');
          expect(consentOf(repo, head)).toMatch(EVERYONE);
        }
        await check(repo, JANUARY, opened);
        expect(consentOf(repo, head)).toMatch(EVERYONE);
        expect(commentOn(repo)).toContain('the base branch or the published span has moved on since');

        const empty = repo.commit(head, {});
        repo.github.push(7, empty, 'ben-adeyemi');
        repo.merge(repo.base, empty);
        await checkPull(repo, JANUARY, 7, 'pull-request-synchronize');
        expect(consentOf(repo, empty)).toBe('pending: waiting for mallory-muir, amara-osei');
      },
    );

    test.each([
      ['the same day', EARLY, /^success: everyone/],
      ['in January', JANUARY, EVERYONE],
    ])(
      'as with an approval while GitHub takes no comment, which it takes again %s',
      async (_, now, consent) => {
        const repo = await repository({}, { now: EARLY });
        const turn = 'overrides:\n  - {role: engineer, turn: 2027-02-17, person: amara-osei}\n';
        const head = repo.commit(repo.base, { [AT.rota]: `${LATER}${turn}` });
        repo.open(7, 'mallory-muir', head);
        repo.merge(repo.base, head);
        const pull = repo.github.state.pulls[0] ?? {};
        Object.assign(pull, { locked: true });
        await checkPull(repo);
        repo.github.review(7, { user: 'amara-osei', state: 'APPROVED' });
        await checkPull(repo, EARLY, 7, 'pull-request-review-submitted');
        Object.assign(pull, { locked: false });
        repo.github.state.now = now;
        await checkPull(repo, now);
        expect(consentOf(repo, head)).toMatch(consent);
      },
    );
  });

  test.each<[what: string, base: string, act: (repo: Repository) => void]>([
    [
      'chose its base',
      'wip',
      ({ github, base: sha }) => github.exchangeBase(7, { sha, ref: 'main' }, 'amara-osei'),
    ],
    [
      'left its base to GitHub',
      'wip',
      ({ github, base: sha }) =>
        github.exchangeBase(7, { sha, ref: 'main' }, 'mallory-muir', 'automatic_base_change_succeeded'),
    ],
    [
      'reopened it',
      'main',
      ({ github }) => {
        github.close(7, 'mallory-muir');
        github.reopen(7, 'amara-osei');
      },
    ],
    ['made it ready', 'main', ({ github }) => github.ready(7, 'amara-osei')],
  ])(
    'unless somebody else %s, whatever the author pushes since, until they reopen it',
    async (_, base, act) => {
      const repo = await repository();
      const first = repo.commit(repo.base, TAKEN);
      repo.open(7, 'mallory-muir', first, { base });
      act(repo);
      const head = repo.commit(first, {});
      repo.github.push(7, head, 'mallory-muir');
      repo.merge(repo.base, head);
      await checkPull(repo, EARLY, 7, 'pull-request-synchronize');
      await approved(repo, ['amara-osei']);
      expect(consentOf(repo, head)).toBe('pending: waiting for mallory-muir');
      expect(commentOn(repo)).toContain('so they close it and reopen it');
      repo.github.close(7, 'mallory-muir');
      repo.github.reopen(7, 'mallory-muir');
      await checkPull(repo);
      await approved(repo, ['amara-osei']);
      expect(consentOf(repo, head)).toBe(AGREED);
    },
  );

  describe('of what somebody else pushed', () => {
    /** A commit on top of both, as a button of GitHub makes it. */
    const updated = ({ git, github }: Repository, head: string, tip: string, by: string) => {
      git('checkout', '-q', '--detach', head);
      git('merge', '-q', '--no-ff', '-m', 'Merge branch main', tip);
      const merge = git('rev-parse', 'HEAD');
      github.push(7, merge, by);
      return merge;
    };

    /**
     * Ben's branch, to which somebody pushes what takes a week away, which a run shows or not; then main moves, and
     * `act` is Ben's.
     */
    async function pushedBy(
      who: string,
      act: (repo: Repository, head: string, tip: string) => string,
      isShown = false,
    ): Promise<string | undefined> {
      const repo = await repository();
      const { github } = repo;
      const first = repo.commit(repo.base, { 'notes.md': 'To be agreed.\n' });
      repo.open(7, 'ben-adeyemi', first);
      const taken = repo.commit(first, {
        [AT.rota]: TAKEN[AT.rota]?.replace('amara-osei}\n', 'ben-adeyemi}\n') ?? '',
      });
      github.push(7, taken, who);
      if (isShown) {
        github.state.now = minute(1);
        repo.merge(repo.base, taken);
        await checkPull(repo, EARLY, 7, 'pull-request-synchronize');
        github.state.now = minute(2);
      }
      const tip = repo.commit(repo.base, { 'notes-of-main.md': 'Nothing of the rota.\n' });
      github.move('main', tip, 'chi-wong');
      const head = act(repo, taken, tip);
      repo.merge(tip, head);
      await checkPull(repo);
      expect(github.violations).toEqual([]);
      return consentOf(repo, head);
    }
    const forced = (repo: Repository, sha: string) => {
      repo.github.push(7, sha, 'ben-adeyemi');
      const last = repo.github.state.activities.at(-1);
      Object.assign(last ?? {}, { activity_type: 'force_push' });
      return sha;
    };

    test.each<[what: string, act: Parameters<typeof pushedBy>[1]]>([
      ['they bring up to date', (repo, head, tip) => updated(repo, head, tip, 'ben-adeyemi')],
      [
        'they bring up to date twice',
        (repo, head, tip) => {
          const merge = updated(repo, head, repo.commit(repo.base, {}), 'ben-adeyemi');
          return updated(repo, merge, tip, 'ben-adeyemi');
        },
      ],
      [
        'they bring up to date twice in one push',
        (repo, head, tip) => {
          const { git, github } = repo;
          const other = repo.commit(repo.base, { 'more-of-main.md': 'Nothing of the rota.\n' });
          git('checkout', '-q', '--detach', head);
          git('merge', '-q', '--no-ff', '-m', 'Merge branch main', other);
          git('merge', '-q', '--no-ff', '-m', 'Merge branch main', tip);
          const merge = git('rev-parse', 'HEAD');
          github.push(7, merge, 'ben-adeyemi');
          return merge;
        },
      ],
      [
        'they bring up to date, and push after somebody deleted the branch',
        (repo, head, tip) => {
          const { activities } = repo.github.state;
          repo.github.push(7, '0'.repeat(40), 'mallory-muir');
          Object.assign(activities.at(-1) ?? {}, { activity_type: 'branch_deletion' });
          return updated(repo, head, tip, 'ben-adeyemi');
        },
      ],
      [
        'they bring up to date after somebody else did',
        (repo, head, tip) =>
          updated(repo, updated(repo, head, repo.commit(repo.base, {}), 'chi-wong'), tip, 'ben-adeyemi'),
      ],
      [
        'they rebase',
        (repo, head, tip) => {
          repo.git('checkout', '-q', '--detach', head);
          repo.git('rebase', '-q', tip);
          return forced(repo, repo.git('rev-parse', 'HEAD'));
        },
      ],
      [
        'they restore it after more movements than are read',
        ({ github, base }, head) => {
          const { activities } = github.state;
          const deleted = () => {
            github.push(7, '0'.repeat(40), 'mallory-muir');
            Object.assign(activities.at(-1) ?? {}, { activity_type: 'branch_deletion' });
          };
          const created = (sha: string, by: string) => {
            github.push(7, sha, by);
            Object.assign(activities.at(-1) ?? {}, { activity_type: 'branch_creation' });
          };
          deleted();
          for (let i = 0; i < 250; i++) {
            created(base, 'mallory-muir');
            deleted();
          }
          created(head, 'ben-adeyemi');
          return head;
        },
      ],
      [
        'they restore',
        ({ github }, head) => {
          const { activities } = github.state;
          github.push(7, '0'.repeat(40), 'mallory-muir');
          Object.assign(activities.at(-1) ?? {}, { activity_type: 'branch_deletion' });
          github.push(7, head, 'ben-adeyemi');
          return head;
        },
      ],
    ])('none, if %s', async (_, act) => {
      expect(await pushedBy('mallory-muir', act)).toBe('pending: waiting for mallory-muir, ben-adeyemi');
    });

    /** What somebody else wrote comes into a branch by a pull request that the branch's owner merges. */
    const byPullMerge = ({ github }: Repository, head: string) => {
      const moved = github.state.activities.findLast(({ after }) => after === head);
      Object.assign(moved ?? {}, { activity_type: 'pr_merge' });
    };

    test('none, if they merge its pull request into their branch', async () => {
      const repo = await repository();
      const first = repo.commit(repo.base, { 'notes.md': 'To be agreed.\n' });
      repo.open(7, 'ben-adeyemi', first);
      const taken = repo.commit(first, {
        [AT.rota]: TAKEN[AT.rota]?.replace('amara-osei}\n', 'ben-adeyemi}\n') ?? '',
      });
      repo.github.push(7, taken, 'ben-adeyemi');
      byPullMerge(repo, taken);
      repo.merge(repo.base, taken);
      await checkPull(repo);
      expect(consentOf(repo, taken)).toBe('pending: waiting for mallory-muir, ben-adeyemi');
    });

    test('none, if they bring that up to date', async () => {
      const merged: Parameters<typeof pushedBy>[1] = (repo, head, tip) => {
        byPullMerge(repo, head);
        return updated(repo, head, tip, 'ben-adeyemi');
      };
      expect(await pushedBy('ben-adeyemi', merged)).toBe('pending: waiting for mallory-muir, ben-adeyemi');
    });

    test.each<[what: string, who: string, act: Parameters<typeof pushedBy>[1]]>([
      ['they pushed all of it', 'ben-adeyemi', (repo, head, tip) => updated(repo, head, tip, 'ben-adeyemi')],
      [
        'they push a commit, which may be empty',
        'mallory-muir',
        (repo, head, tip) => {
          const own = repo.commit(updated(repo, head, tip, 'ben-adeyemi'), {});
          repo.github.push(7, own, 'ben-adeyemi');
          return own;
        },
      ],
    ])('once %s', async (_, who, act) => {
      expect(await pushedBy(who, act, true)).toBe('pending: waiting for mallory-muir');
    });

    // GitHub has buttons that commit to a branch, in pages that need not show its latest commit yet.
    describe('and then to it themselves', () => {
      /** A branch of Amara's, whose pull request each run judges a minute after the last thing that happened. */
      async function branch(files: Files = {}) {
        const repo = await repository(files, { now: EARLY });
        const { github } = repo;
        let [head, main, minutes] = [repo.base, repo.base, 0];
        const passes = () => {
          minutes += 1;
          github.state.now = minute(minutes);
        };
        const moved = (sha: string, by: string) => {
          head = sha;
          if (github.state.pulls.length === 0) repo.open(7, by, sha);
          else github.push(7, sha, by);
        };
        const ran = async (event: Parameters<typeof checkPull>[3] = 'pull-request-synchronize') => {
          passes();
          repo.merge(main, head);
          await checkPull(repo, github.state.now, 7, event);
          expect(github.violations).toEqual([]);
          return consentOf(repo, head);
        };
        const branch = {
          repo,
          ran,
          head: () => head,
          push: (changed: Files, by: string) => {
            passes();
            moved(repo.commit(head, changed), by);
          },
          restore: (sha: string, by: string) => {
            passes();
            moved(sha, by);
          },
          update: () => {
            passes();
            head = updated(repo, head, main, 'amara-osei');
          },
          main: (changed: Files) => {
            passes();
            main = repo.commit(main, changed);
            github.move('main', main, 'nia-rhys');
          },
          approve: (by: string) => {
            passes();
            github.review(7, { user: by, state: 'APPROVED' });
          },
        };
        branch.push({ 'notes.md': 'To be agred.\n' }, 'amara-osei');
        await ran('pull-request-opened');
        return branch;
      }
      const NOTES: Files = { 'notes.md': 'To be agreed.\n' };
      const BOTH = 'pending: waiting for mallory-muir, amara-osei';

      test('none, until they push once more after a comment has shown the result', async () => {
        const { repo, ran, push, update, main, head, restore } = await branch();
        push(TAKEN, 'mallory-muir');
        push(NOTES, 'amara-osei');
        expect(await ran()).toBe(BOTH);
        expect(commentOn(repo)).toContain(
          '@amara-osei opened this, but somebody else has pushed to it as well, and what it changes had not been shown',
        );
        expect(await ran()).toBe(BOTH);
        push({}, 'amara-osei');
        expect(await ran()).toBe('pending: waiting for mallory-muir');
        // That stays so, however often they update the branch then.
        for (const file of ['one.md', 'two.md']) {
          main({ [file]: 'Nothing of the rota.\n' });
          update();
          expect(await ran()).toBe('pending: waiting for mallory-muir');
        }
        // What they had pushed themselves, and left, is somebody else's once these restore it.
        const left = head();
        push({ [AT.rota]: ROTA }, 'amara-osei');
        restore(left, 'mallory-muir');
        push({}, 'amara-osei');
        expect(await ran()).toBe(BOTH);
      });

      test('to what a comment showed before', async () => {
        const { ran, push } = await branch();
        push(TAKEN, 'mallory-muir');
        expect(await ran()).toBe(BOTH);
        push(NOTES, 'amara-osei');
        expect(await ran()).toBe('pending: waiting for mallory-muir');
      });

      test('none, if a comment showed it when it was no change', async () => {
        const { ran, push, update, main, approve } = await branch();
        const own = '    turns: {2027-01-06: amara-osei}\n';
        main(TAKEN);
        push({ [AT.rota]: `${ROTA}${own}` }, 'amara-osei');
        push({ [AT.rota]: `${TAKEN[AT.rota]}${own}` }, 'mallory-muir');
        expect(await ran()).toBe('pending: waiting for ben-adeyemi, amara-osei');
        push(NOTES, 'amara-osei');
        expect(await ran()).toBe('pending: waiting for ben-adeyemi');
        main({ [AT.rota]: ROTA });
        update();
        await ran();
        for (const by of ['mallory-muir', 'ben-adeyemi']) approve(by);
        expect(await ran('pull-request-review-submitted')).toBe('pending: waiting for amara-osei');
      });

      test('none, if a comment had no room for it', async () => {
        const hours =
          'name: All\ntimezone: Europe/London\nwindows: {day: [{days: every, from: "09:00", to: "17:00"}]}\n';
        const { repo, ran, push } = await branch({ 'policies/support-hours/all.yaml': hours });
        const chains = Array.from({ length: 150 }, (_, i) => [
          `policies/escalation/${'x'.repeat(60)}-${i}.yaml`,
          `name: Trial ${i}\napplies_in: [day]\nlevels: [{notify: [{person: ben-adeyemi}]}]\n`,
        ]);
        push({ ...TAKEN, ...Object.fromEntries(chains) }, 'mallory-muir');
        expect(await ran()).toMatch(/^pending: changes too much at once/);
        push({}, 'amara-osei');
        await ran();
        expect(commentOn(repo)).toContain('what it changes had not been shown');
      });

      test('none, if a comment showed it after that, although somebody had approved it before', async () => {
        const { repo, ran, push, main, approve } = await branch();
        push(TAKEN, 'mallory-muir');
        approve('mallory-muir');
        main({ 'one.md': 'Nothing of the rota.\n' });
        repo.github.meanwhile('issues/create-comment', () => push(NOTES, 'amara-osei'));
        await ran();
        expect(await ran()).toBe(BOTH);
      });
    });

    // Each merge that is looked at may have to be fetched.
    test.each<[times: number, missing: string]>([
      [3, 'mallory-muir'],
      [21, 'mallory-muir, ben-adeyemi'],
    ])(
      'of a commit of theirs that they brought up to date %i times, each time by a push',
      async (times, missing) => {
        const act: Parameters<typeof pushedBy>[1] = (repo, taken, tip) => {
          let head = repo.commit(taken, {});
          repo.github.push(7, head, 'ben-adeyemi');
          let main = repo.base;
          for (let i = 1; i < times; i++) {
            main = repo.commit(main, { 'more-of-main.md': `${i}\n` });
            head = updated(repo, head, main, 'ben-adeyemi');
          }
          return updated(repo, head, tip, 'ben-adeyemi');
        };
        expect(await pushedBy('mallory-muir', act, true)).toBe(`pending: waiting for ${missing}`);
      },
    );
  });
});

describe('an approval', () => {
  test('counts from accounts with access, whatever the case of their login', async () => {
    const repo = await shove();
    await checkPull(repo);
    await approved(repo, ['Amara-Osei']);
    expect(consentOf(repo, repo.head)).toBe(AGREED);
  });

  test('does not count from an account without', async () => {
    const repo = await shove({ permissions: { 'mallory-muir': 'write' } });
    await checkPull(repo);
    await approved(repo, ['amara-osei']);
    expect(consentOf(repo, repo.head)).toBe('pending: waiting for amara-osei');
    expect(commentOn(repo)).toContain('@amara-osei approved, but has no access to this repository');
  });

  test('does not count of what the comment did not show yet', async () => {
    const repo = await shove();
    await checkPull(repo);
    // A new head, approved while the comment still shows the old one.
    const both = ROTA.replace('mallory-muir, amara-osei', 'amara-osei, mallory-muir');
    const head = repo.commit(repo.head, { [AT.rota]: both });
    repo.github.push(7, head, 'mallory-muir');
    repo.merge(repo.base, head);
    await approved(repo, ['amara-osei']);
    expect(consentOf(repo, head)).toBe('pending: waiting for amara-osei');
    expect(commentOn(repo)).toContain(
      '@amara-osei approved before a comment showed what this changes; approve it again',
    );
    await approved(repo, ['amara-osei']);
    expect(consentOf(repo, head)).toBe(AGREED);
    // What is posted stays as it is.
    const edited = repo.github.state.pulls[0]?.comments[0]?.updated_at;
    await checkPull(repo);
    expect(repo.github.state.pulls[0]?.comments[0]?.updated_at).toBe(edited);
  });

  test('does not count of a commit that the comment did not show yet, although it changes the same', async () => {
    const repo = await shove();
    await checkPull(repo);
    const head = repo.commit(repo.head, { 'notes.md': 'Another commit.\n' });
    repo.github.push(7, head, 'mallory-muir');
    repo.merge(repo.base, head);
    await approved(repo, ['amara-osei']);
    expect(consentOf(repo, head)).toBe('pending: waiting for amara-osei');
    await approved(repo, ['amara-osei']);
    expect(consentOf(repo, head)).toBe(AGREED);
  });

  test('does not count of a comment of ours that somebody else edited', async () => {
    const repo = await shove();
    await checkPull(repo);
    const head = repo.commit(repo.head, { [AT.team]: 'name: PaaS\nleads: [nia-rhys]\n' });
    repo.github.push(7, head, 'mallory-muir');
    repo.merge(repo.base, head);
    const [comment] = repo.github.state.pulls[0]?.comments ?? [];
    const body = comment?.body.replaceAll(repo.head, head) ?? '';
    repo.github.editComment(comment?.id ?? 0, { body, by: 'mallory-muir' });
    await approved(repo, ['amara-osei']);
    expect(consentOf(repo, head)).toBe('pending: waiting for mallory-muir, amara-osei');
    expect(repo.github.state.pulls[0]?.comments.map((it) => it.body === body)).toEqual([true, false]);
    await approved(repo, ['amara-osei', 'mallory-muir']);
    expect(consentOf(repo, head)).toBe(AGREED);
    expect(repo.github.violations).toEqual([]);
  });

  test('counts although our comment was edited more than a hundred times, as by a check every day', async () => {
    const repo = await shove();
    await checkPull(repo);
    await approved(repo, ['amara-osei']);
    const [comment] = repo.github.state.pulls[0]?.comments ?? [];
    const { id = 0, body = '' } = comment ?? {};
    const at = '2026-12-01T12:30:00Z';
    for (let i = 0; i < 150; i++)
      repo.github.editComment(id, { body: `${body}\n${i % 2}`, by: 'github-actions[bot]', at });
    await checkPull(repo, '2026-12-02T12:00:00Z');
    expect([consentOf(repo, repo.head), repo.github.state.pulls[0]?.comments.length]).toEqual([AGREED, 1]);
    // One edit by somebody else, below a hundred of ours, is found as well.
    comment?.edits.splice(20, 1, { editor: 'mallory-muir', at });
    await checkPull(repo, '2026-12-03T12:00:00Z');
    expect(consentOf(repo, repo.head)).toBe('pending: waiting for mallory-muir, amara-osei');
    expect(repo.github.violations).toEqual([]);
  });

  test('is void when main has moved on, so that the same commit takes the week of somebody else', async () => {
    const repo = await shove();
    await checkPull(repo);
    await approved(repo, ['amara-osei']);
    const tip = repo.commit(repo.base, {
      [AT.rota]: ROTA.replace('[mallory-muir, amara-osei, ben-adeyemi', '[ben-adeyemi'),
    });
    repo.merge(tip, repo.head);
    repo.github.move('main', tip, 'chi-wong');
    await checkPull(repo);
    expect(consentOf(repo, repo.head)).toBe('pending: waiting for ben-adeyemi, amara-osei');
    await approved(repo, ['amara-osei', 'ben-adeyemi']);
    expect(consentOf(repo, repo.head)).toBe(AGREED);
  });

  test('is void when half of what it was of is over, and on record as it was', async () => {
    const turns = '    turns: {2026-12-23: ben-adeyemi, 2027-01-06: mallory-muir}\n';
    const repo = await repository();
    const head = repo.commit(repo.base, { [AT.rota]: ROTA + turns });
    repo.open(7, 'mallory-muir', head);
    repo.merge(repo.base, head);
    await checkPull(repo);
    await approved(repo, ['ben-adeyemi']);
    expect(consentOf(repo, head)).toBe(AGREED);
    // Mallory was on, as before, and says so.
    const later = '2026-12-30T12:00:00Z';
    const pinned = 'overrides:\n  - {role: engineer, turn: 2026-12-23, person: mallory-muir}\ntimezone';
    const tip = repo.commit(repo.base, { [AT.rota]: ROTA.replace('timezone', pinned) });
    repo.github.move('main', tip, 'mallory-muir');
    repo.merge(tip, head);
    await checkPull(repo, later);
    expect(consentOf(repo, head)).toBe('pending: waiting for ben-adeyemi, mallory-muir');
  });

  test('does not count of more than a comment can show, not even when main has the rest of it', async () => {
    const hours =
      'name: All\ntimezone: Europe/London\nwindows: {day: [{days: every, from: "09:00", to: "17:00"}]}\n';
    const repo = await repository({ 'policies/support-hours/all.yaml': hours });
    const chains = Array.from({ length: 150 }, (_, i): [string, string] => [
      `policies/escalation/${'x'.repeat(60)}-${i}.yaml`,
      `name: Trial ${i}\napplies_in: [day]\nlevels: [{notify: [{person: ben-adeyemi}]}]\n`,
    ]);
    const head = repo.commit(repo.base, { ...TAKEN, ...Object.fromEntries(chains) });
    repo.open(7, 'mallory-muir', head);
    repo.merge(repo.base, head);
    const tooMuch = 'pending: changes too much at once to show what people agree to; split it';
    for (const people of [[], ['amara-osei', 'ben-adeyemi']]) {
      await (people.length === 0 ? checkPull(repo) : approved(repo, people));
      expect(consentOf(repo, head)).toBe(tooMuch);
      expect(commentOn(repo)).toContain('❌ Not ready: this changes too much at once');
    }
    const tip = repo.commit(repo.base, Object.fromEntries(chains.slice(1)));
    repo.merge(tip, head);
    repo.github.move('main', tip, 'chi-wong');
    await checkPull(repo);
    expect(consentOf(repo, head)).toBe('pending: waiting for mallory-muir, amara-osei, ben-adeyemi');
    await approved(repo, ['mallory-muir', 'amara-osei', 'ben-adeyemi']);
    expect(consentOf(repo, head)).toMatch(/^success: everyone whose time changes has agreed/);
  });

  describe('of before the first verdict', () => {
    const HALF: Files = {
      [AT.rota]: ROTA.replace(
        'timezone',
        'overrides:\n  - {role: engineer, turn: 2027-01-06, person: mallory-muir}\ntimezone',
      ),
    };
    const ONE = '    turns: {2026-12-23: ben-adeyemi}\n';

    /** Mallory's exchange of two turns with Ben, in a commit for each; `first` has only what Ben takes. */
    async function exchange() {
      const repo = await repository();
      repo.github.state.now = EARLY;
      repo.github.move('main', repo.base, 'nia-rhys');
      const first = repo.commit(repo.base, { [AT.rota]: ROTA + ONE });
      const head = repo.commit(first, { [AT.rota]: HALF[AT.rota] + ONE });
      return { repo, first, head };
    }

    /** Ben approves at once; then main moves, if it does, before anything is judged. */
    async function early(move: (repo: Repository, head: string) => string | undefined) {
      const { repo, head } = await exchange();
      repo.open(7, 'mallory-muir', head);
      repo.github.review(7, { user: 'ben-adeyemi', state: 'APPROVED' });
      const tip = move(repo, head);
      if (tip !== undefined) repo.github.move('main', tip, 'mallory-muir');
      repo.merge(tip ?? repo.base, head);
      const consents: (string | undefined)[] = [];
      for (const _ of [1, 2]) {
        await checkPull(repo);
        consents.push(consentOf(repo, head));
      }
      return { repo, head, consents };
    }
    const WAITING = expect.stringMatching(/^pending: waiting for (mallory-muir|ben-adeyemi), (?!\1)[-a-z]+$/);

    test('counts, and so does having opened it, while main stays at the same commit', async () => {
      const { repo, consents } = await early(() => undefined);
      expect(consents).toEqual([AGREED, AGREED]);
      expect(repo.github.violations).toEqual([]);
    });

    test.each<[what: string, move: Parameters<typeof early>[0]]>([
      ['main has half of the exchange by then', ({ base, commit }) => commit(base, HALF)],
      ['main has other files', ({ base, commit }) => commit(base, { 'notes.md': 'Nothing of the rota.\n' })],
      [
        'main has half of its history, and the same files',
        ({ base, git }, head) => {
          git('checkout', '-q', '--detach', base);
          git('merge', '-q', '-s', 'ours', '--no-ff', '-m', 'Take half', `${head}^`);
          return git('rev-parse', 'HEAD');
        },
      ],
    ])('does not count if %s, and neither does having opened it', async (_, move) => {
      const { repo, head, consents } = await early(move);
      expect(consents).toEqual([WAITING, WAITING]);
      expect(commentOn(repo)).toContain(
        '@ben-adeyemi approved before a comment showed what this changes; approve it again',
      );
      expect(commentOn(repo)).toContain(
        'opened this when it may have changed something else, because the base branch or the published span has moved on since',
      );
      await approved(repo, ['ben-adeyemi', 'mallory-muir']);
      expect(consentOf(repo, head)).toBe(AGREED);
      expect(repo.github.violations).toEqual([]);
    });

    test('having pushed another commit does not count if main has half of it by then', async () => {
      const { repo, first, head } = await exchange();
      repo.open(7, 'mallory-muir', first);
      repo.merge(repo.base, first);
      await checkPull(repo);
      const moved = async (next: string, tip: string) => {
        repo.github.push(7, next, 'mallory-muir');
        repo.github.move('main', tip, 'ben-adeyemi');
        repo.merge(tip, next);
        for (const _ of [1, 2]) await checkPull(repo);
        await approved(repo, ['ben-adeyemi']);
        return consentOf(repo, next);
      };
      expect(await moved(head, repo.commit(repo.base, HALF))).toBe('pending: waiting for mallory-muir');
      const again = repo.commit(head, {});
      repo.github.push(7, again, 'mallory-muir');
      await approved(repo, []);
      repo.merge(
        repo.github.state.activities.findLast(({ ref }) => ref === 'refs/heads/main')?.after ?? '',
        again,
      );
      await checkPull(repo);
      await approved(repo, ['ben-adeyemi']);
      expect(consentOf(repo, again)).toBe(AGREED);
    });

    test('is no approval of an emergency if there was enough notice by then, whatever the labels', async () => {
      const repo = await shove();
      repo.github.label(7, 'emergency-cover', 'mallory-muir');
      repo.github.review(7, { user: 'amara-osei', state: 'APPROVED', submitted_at: '2026-12-01T12:30:00Z' });
      repo.github.review(7, { user: 'nia-rhys', state: 'APPROVED', submitted_at: '2026-12-01T12:30:00Z' });
      const { annotations } = await checkPull(repo, LATE, 7, 'pull-request-labeled');
      expect(annotations.map(({ title }) => title)).toContain('notice');
    });

    test('is no approval of a label that lets it pass by then', async () => {
      const repo = await shove({ now: LATE });
      repo.github.review(7, { user: 'amara-osei', state: 'APPROVED' });
      repo.github.review(7, { user: 'nia-rhys', state: 'APPROVED' });
      repo.github.label(7, 'emergency-cover', 'mallory-muir');
      for (const event of ['pull-request-opened', 'pull-request-labeled'] as const) {
        const { annotations } = await checkPull(repo, LATE, 7, event);
        expect(annotations.map(({ title }) => title)).toContain('notice');
        expect(consentOf(repo, repo.head)).toBe(AGREED);
      }
      await approved(repo, ['nia-rhys'], LATE);
      expect(statusesOf(repo, repo.head)).toEqual({
        rota: expect.stringMatching(/^success/),
        'rota / consent': AGREED,
      });
    });
  });

  test('does not count of what was to go into another branch, and neither does having opened it', async () => {
    const repo = await repository();
    const head = repo.commit(repo.base, TAKEN);
    repo.open(7, 'mallory-muir', head, { base: 'wip' });
    repo.github.review(7, { user: 'amara-osei', state: 'APPROVED' });
    repo.github.exchangeBase(7, { sha: repo.base, ref: 'main' }, 'chi-wong');
    repo.merge(repo.base, head);
    await checkPull(repo, EARLY, 7, 'pull-request-edited');
    expect(consentOf(repo, head)).toBe('pending: waiting for mallory-muir, amara-osei');
    expect(commentOn(repo)).toContain(
      'somebody else was the last to reopen it, make it ready or choose its base',
    );
  });

  test('does not count if GitHub itself chose another base, because the branch that was the base was deleted', async () => {
    const repo = await repository();
    const head = repo.commit(repo.base, TAKEN);
    repo.open(7, 'mallory-muir', head, { base: 'wip' });
    repo.github.review(7, { user: 'amara-osei', state: 'APPROVED' });
    const automatic = 'automatic_base_change_succeeded';
    repo.github.exchangeBase(7, { sha: repo.base, ref: 'main' }, 'chi-wong', automatic);
    repo.merge(repo.base, head);
    await checkPull(repo, EARLY, 7, 'pull-request-review-submitted');
    expect(consentOf(repo, head)).toBe('pending: waiting for mallory-muir, amara-osei');
  });

  test('counts of a private member of the organisation, whose relation to the repository GitHub does not tell', async () => {
    const consents: (string | undefined)[] = [];
    for (const permission of ['write', 'read'] as const) {
      const repo = await shove();
      Object.assign(repo.github.state, {
        associations: { 'amara-osei': 'CONTRIBUTOR' },
        permissions: { ...repo.github.state.permissions, 'amara-osei': permission },
      });
      await checkPull(repo);
      await approved(repo, ['amara-osei']);
      consents.push(consentOf(repo, repo.head));
    }
    expect(consents).toEqual([AGREED, 'pending: waiting for amara-osei']);
  });

  test('counts of a private member who is new, too', async () => {
    const repo = await repository();
    const head = repo.commit(repo.base, {
      [AT.people]: `${PEOPLE}  dana-cho: {name: Dana Cho, github: dana-cho}\n`,
      [AT.rota]: TAKEN[AT.rota]?.replace('amara-osei}\n', 'dana-cho}\n') ?? '',
    });
    repo.open(7, 'mallory-muir', head);
    repo.merge(repo.base, head);
    const { state } = repo.github;
    Object.assign(state, {
      associations: { 'dana-cho': 'CONTRIBUTOR' },
      permissions: { ...state.permissions, 'dana-cho': 'write' },
    });
    await checkPull(repo);
    expect(consentOf(repo, head)).toBe('pending: waiting for dana-cho');
    await approved(repo, ['dana-cho']);
    expect(consentOf(repo, head)).toBe(AGREED);
  });

  test('of a pull request of ours does not count once that was closed, as the request behind it may be over', async () => {
    const ours = 'github-actions[bot]';
    const repo = await repository();
    const head = repo.commit(repo.base, TAKEN);
    repo.open(7, ours, head, { ref: 'swap/issue-9' });
    repo.merge(repo.base, head);
    await checkPull(repo);
    await approved(repo, ['mallory-muir', 'amara-osei']);
    expect(consentOf(repo, head)).toBe(AGREED);
    repo.github.close(7, ours);
    repo.github.reopen(7, 'amara-osei');
    await checkPull(repo);
    expect(consentOf(repo, head)).toBe('pending: waiting for mallory-muir, amara-osei');
    expect(commentOn(repo)).toContain('approve it again');
    await approved(repo, ['mallory-muir', 'amara-osei']);
    expect(consentOf(repo, head)).toBe(AGREED);
  });

  test('does not count on a merge that the base branch has left behind', async () => {
    const repo = await shove();
    await checkPull(repo);
    const tip = repo.commit(repo.base, { [AT.team]: 'name: PaaS\nleads: [nia-rhys]\n' });
    repo.github.move('main', tip, 'chi-wong');
    repo.merge(repo.base, repo.head);
    await approved(repo, ['amara-osei']);
    expect(Object.values(statusesOf(repo, repo.head))).toEqual([
      expect.stringContaining('the base branch has moved on since this merge was made; update the branch'),
      expect.stringContaining('the base branch has moved on since this merge was made; update the branch'),
    ]);
  });

  test('of an ordinary change is none of an emergency, whose label came later', async () => {
    const repo = await shove();
    await checkPull(repo);
    await approved(repo, ['amara-osei', 'nia-rhys'], '2026-12-10T12:00:00Z');
    const late = '2026-12-20T12:00:00Z';
    repo.github.label(7, 'emergency-cover', 'mallory-muir');
    await checkPull(repo, late);
    expect(statusesOf(repo, repo.head).rota).toMatch(/^failure: /);
    repo.github.state.now = late;
    await approved(repo, ['amara-osei', 'nia-rhys'], late);
    expect(statusesOf(repo, repo.head).rota).toMatch(/^success: /);
  });

  test('counts however many statuses others have set', async () => {
    const repo = await shove();
    await checkPull(repo);
    await approved(repo, ['amara-osei']);
    const ours = repo.github.state.statuses[repo.head] ?? [];
    const [one] = ours;
    const noise = Array.from({ length: 150 }, (_, i) => ({
      ...one,
      id: 9000 + i,
      context: `x${i}`,
      creator: 'mallory-muir',
    }));
    repo.github.state.statuses[repo.head] = [...ours, ...noise] as typeof ours;
    await checkPull(repo);
    expect(consentOf(repo, repo.head)).toBe(AGREED);
    expect(repo.github.state.statuses[repo.head]).toHaveLength(ours.length + noise.length);
  });

  test('is of nothing where the verdict then was that nothing changes', async () => {
    const same = {
      [AT.rota]: ROTA.replace(
        'timezone',
        'overrides:\n  - {role: engineer, turn: 2026-12-23, person: mallory-muir}\ntimezone',
      ),
    };
    const { repo, head, consent } = await judged(same, 'chi-wong');
    await approved(repo, ['mallory-muir']);
    expect([consent(), commentOn(repo)]).toEqual(["success: nobody's time changes", '']);
    const tip = repo.commit(repo.base, {
      [AT.rota]: ROTA.replace('[mallory-muir, amara-osei', '[amara-osei'),
    });
    repo.merge(tip, head);
    repo.github.move('main', tip, 'chi-wong');
    for (const _ of [1, 2]) {
      await checkPull(repo);
      expect(consent()).toBe('pending: waiting for amara-osei, mallory-muir');
    }
    await approved(repo, ['amara-osei', 'mallory-muir']);
    expect(consent()).toBe(AGREED);
  });

  test('is not of hours that become visible later, which another team keeps', async () => {
    const rota = (people: string, amendment = '') => `name: On call
timezone: Europe/London
hours: days
${amendment}handover: {day: wednesday, time: "10:00"}
roles:
  engineer:
    rotation: [{first_turn: 2026-09-02, people: [${people}]}]
`;
    const amended = (day: string) => `amendments: [{first_day: ${day}, hours: longer-days}]\n`;
    const hours = (until: string) => `name: Days
timezone: Europe/London
windows: {day: [{days: every, from: "09:00", to: "${until}"}], night: {outside: [day]}}
`;
    const WEB = 'rotas/web/on-call.yaml';
    const { repo, consent } = await judged(
      {
        [AT.rota]: rota('amara-osei', amended('2027-01-06')),
        [WEB]: rota('ben-adeyemi', amended('2027-07-14')),
      },
      'mallory-muir',
      {
        [AT.rota]: rota('amara-osei'),
        [WEB]: rota('ben-adeyemi'),
        'rotas/web/team.yaml': 'name: Web\nleads: [chi-wong]\n',
        'policies/time-off.yaml': 'in_hours: [day]\n',
        'policies/support-hours/days.yaml': hours('17:00'),
        'policies/support-hours/longer-days.yaml': hours('18:00'),
      },
    );
    await approved(repo, ['nia-rhys', 'chi-wong']);
    expect(consent()).toBe('success: the change of who somebody is has been agreed to');
    const january = '2027-01-02T12:00:00Z';
    for (const _ of [1, 2]) {
      await checkPull(repo, january);
      expect(consent()).toBe('pending: waiting for nia-rhys, chi-wong');
    }
    expect(commentOn(repo)).toContain('people of web&#47;on-call hold counts as in hours');
    await approved(repo, ['nia-rhys', 'chi-wong'], january);
    expect(consent()).toBe('success: the change of who somebody is has been agreed to');
  });

  test('is nobody’s where two people share a login', async () => {
    const shared = PEOPLE.replace('github: chi-wong', 'github: Amara-Osei');
    const { repo, consent } = await judged(TAKEN, 'mallory-muir', { [AT.people]: shared });
    await approved(repo, ['amara-osei']);
    expect(consent()).toBe('pending: waiting for amara-osei');
    expect(commentOn(repo)).toContain('share one github name');
  });
});

describe('who somebody is', () => {
  const STOLEN = PEOPLE.replace('github: amara-osei', 'github: mallory-too');

  test('changes with the word of the login that stood before, or of a lead', async () => {
    for (const user of ['amara-osei', 'nia-rhys']) {
      const { repo, consent, ran } = await judged({ [AT.people]: STOLEN }, 'mallory-muir');
      expect(ran.annotations).toMatchObject([{ level: 'warning', title: 'identity' }]);
      expect(consent()).toMatch(/^pending: waiting for /);
      await approved(repo, [user]);
      expect(consent()).toBe('success: the change of who somebody is has been agreed to');
    }
  });

  test('does not change with the word of the login that would stand then', async () => {
    const { repo, consent } = await judged({ [AT.people]: STOLEN }, 'mallory-muir');
    repo.github.state.permissions['mallory-too'] = 'write';
    await approved(repo, ['mallory-too']);
    expect(consent()).toMatch(/^pending: waiting for /);
    expect(commentOn(repo)).toContain('the GitHub name of Amara Osei changes from amara-osei to mallory-too');
  });
});

describe('what the base cannot say', () => {
  const BROKEN = { [AT.people]: PEOPLE.replace('name: Amara Osei, github', 'nme: Amara Osei, github') };
  const MENDED = { ...TAKEN, [AT.people]: PEOPLE.replace('github: amara-osei', 'github: mallory-too') };

  test('a lead of the base says instead', async () => {
    const { repo, consent } = await judged(MENDED, 'mallory-muir', BROKEN);
    await approved(repo, ['nia-rhys']);
    expect(consent()).toMatch(/^success: /);
  });

  test.each([
    ['nia-rhys', /^success: /],
    ['mallory-muir', /^pending: rotas\/people.yaml could not be read, so a lead has to approve/],
  ])(
    'a lead who opened it does, and not one whose issue somebody made a pull request: %s',
    async (by, then) => {
      const repo = await repository(BROKEN);
      const head = repo.commit(repo.base, { [AT.people]: PEOPLE });
      repo.open(7, 'nia-rhys', head);
      repo.merge(repo.base, head);
      await check(repo, EARLY, openedBy(repo, by));
      expect(consentOf(repo, head)).toMatch(then);
      await approved(repo, ['chi-wong']);
      expect(consentOf(repo, head)).toMatch(then);
    },
  );

  test('the head does not', async () => {
    const { repo, consent } = await judged(MENDED, 'mallory-muir', BROKEN);
    repo.github.state.permissions['mallory-too'] = 'write';
    await approved(repo, ['mallory-too', 'amara-osei']);
    expect(consent()).toMatch(/^pending: /);
  });
});

describe('time that somebody held', () => {
  const SUPPORT = `name: PaaS
timezone: Europe/London
windows:
  days: [{days: every, from: "08:00", to: "18:00"}]
  nights: [{days: [sunday], from: "20:00", to: "21:00"}]
`;
  const duty = ROTA.replace('handover', 'hours: paas\ncovers: [days]\nhandover');
  const base = { 'policies/support-hours/paas.yaml': SUPPORT, [AT.rota]: duty };
  /** Five days before the week, which is too little for a rota and enough for a planned change. */
  const now = '2026-12-18T12:00:00Z';
  const extra = (rota: string, from: string, to: string) =>
    `${rota}overrides:\n  - {role: engineer, person: amara-osei, extra: true, from: ${from}, to: ${to}}\n`;

  test('has the notice of a rota, and what nobody held that of a planned change', async () => {
    const evening = extra(duty, '2026-12-24T19:00', '2026-12-24T21:00');
    const { ran } = await judged({ [AT.rota]: evening }, 'amara-osei', base, now);
    expect([ran.status, ran.annotations.map(({ title }) => title)]).toEqual([0, []]);
  });

  test('even where windows are taken away first, so that somebody else can be extra', async () => {
    const amended = `${duty}amendments:
  - {first_day: 2026-12-24, covers: [nights]}
  - {first_day: 2026-12-27, covers: [days]}
`;
    const days = extra(amended, '2026-12-24T08:00', '2026-12-26T18:00');
    const { ran } = await judged({ [AT.rota]: days }, 'amara-osei', base, now);
    expect(ran.annotations.map(({ title, message }) => `${title}: ${message}`)).toContainEqual(
      expect.stringMatching(
        /^notice: mallory-muir gives up .* to amara-osei with 5 days' notice .*; .* asks 7 days/,
      ),
    );
  });
});

describe('a planned change', () => {
  const SERVICES = 'services:\n  platform: {name: Platform, team: paas}\n';
  const HOURS =
    'name: PaaS\ntimezone: Europe/London\nwindows:\n  days: [{days: every, from: "08:00", to: "18:00"}]\n';
  const base = {
    'policies/services.yaml': SERVICES,
    'policies/support-hours/paas.yaml': HOURS,
    [AT.rota]: ROTA.replace('handover', 'hours: paas\nhandover'),
  };
  const planned = (requested: string) => ({
    'rotas/paas/planned-changes.yaml': `changes:
  routers:
    service: platform
    summary: Replace the routers
    timezone: Europe/London
    from: 2026-12-24T19:00
    to: 2026-12-24T21:00
    requested_at: ${requested}
    assigned: [{role: paas/on-call/engineer, person: amara-osei}]
`,
  });
  async function opened(requested: string, pushed: string, author = 'amara-osei') {
    const repo = await repository(base, { now: pushed });
    const head = repo.commit(repo.base, planned(requested));
    repo.open(7, author, head);
    repo.merge(repo.base, head);
    return { repo, head };
  }
  const notice = async (requested: string, now: string, pushed = '2026-12-01T09:00:00Z') => {
    const { repo } = await opened(requested, pushed);
    const { annotations } = await checkPull(repo, now);
    const others = annotations.filter(({ title }) => title !== 'identity');
    return others.map(({ level, title, message }) => `${level} ${title}${title === 'notice' ? '' : message}`);
  };

  test('counts from the time at which it was pushed, by GitHub’s clock, whatever its file says', async () => {
    const asked = '2026-12-01T08:00:00Z';
    expect(await notice(asked, '2026-12-22T12:00:00Z')).toEqual([]);
    expect(await notice(asked, '2026-12-23T12:00:00Z')).toEqual(['warning notice']);
    expect(await notice(asked, '2026-12-23T12:00:00Z', '2026-12-23T11:00:00Z')).toEqual(['error notice']);
  });

  test.each<[when: string, shownAt: string, agreedAt: string]>([
    ['is under way', '2026-12-24T20:00:00Z', '2026-12-24T20:10:00Z'],
    ['is over', '2026-12-24T22:00:00Z', '2026-12-24T22:10:00Z'],
  ])('can be agreed to where a comment shows it first when it %s', async (_, shownAt, agreedAt) => {
    const { repo, head } = await opened('2026-12-01T08:00:00Z', '2026-12-01T09:00:00Z', 'mallory-muir');
    repo.github.state.now = shownAt;
    await checkPull(repo, shownAt);
    expect(consentOf(repo, head)).toBe('pending: waiting for amara-osei, nia-rhys');
    repo.github.state.now = agreedAt;
    await approved(repo, ['amara-osei', 'nia-rhys'], agreedAt);
    expect(consentOf(repo, head)).toMatch(/^success: /);
  });

  /** A pull request of a planned change that an issue requests, and that a lead has approved there or not. */
  async function requested(author: string, isApproved = true, more: Files = {}) {
    const [asked, pushed] = ['2026-12-01T08:00:00Z', '2026-12-01T09:00:00Z'];
    const body = bodyOf({
      ...CHANGE,
      ...{ Service: 'Platform (platform)', Summary: 'Replace the routers' },
      ...{ 'Scheduled start': '2026-12-31T19:00', 'Scheduled end': '2026-12-31T21:00' },
    });
    const issue = {
      number: 5,
      title: 'Routers',
      body,
      user: 'chi-wong',
      created_at: asked,
      updated_at: asked,
    };
    const files = {
      ...base,
      'policies/support-hours/paas.yaml': `${HOURS}  nights: {outside: [days]}\n`,
      [AT.rota]: ROTA.replace('handover', 'hours: paas\ncovers: [days]\nhandover'),
      'policies/service-levels/desk.yaml':
        'name: Desk\nhours: paas\nexample: true\npriorities: {P1: {name: One, in_hours: {respond: 1 hour}}}\nclock: {days: in_hours, nights: none}\n',
      'policies/escalation/all.yaml':
        'name: All\napplies_in: [days, nights]\nlevels: [{notify: [paas/on-call/engineer], escalate_after: 5 minutes}, {notify: [{person: nia-rhys}]}]\n',
      'policies/services.yaml':
        'services:\n  platform: {name: Platform, team: paas, service_level: desk, escalation: {days: all, nights: all}}\n',
      ...more,
    };
    const repo = await repository(files, { now: asked, issues: [issue] });
    const { handbook } = load({ texts: new Map([...FILES, ...Object.entries(files)]), findings: [] });
    const digest = requestDigest(handbook, body);
    const shown = (decision: RequestState['decision']) => {
      const state = { digest: digest ?? '', decisive: digest ?? '', requestedAt: Date.parse(asked) };
      const none = { ignored: undefined, written: undefined, proposed: 7 };
      return `${REQUEST_MARKER}\n${stateLine({ form: 'change', seen: 0, decision, ...state, ...none })}`;
    };
    const ours = repo.github.comment(5, { user: 'github-actions[bot]', body: shown(undefined) });
    repo.github.state.now = '2026-12-01T08:30:00Z';
    if (isApproved) {
      const { id: comment } = repo.github.comment(5, { user: 'nia-rhys', body: '/approve' });
      const decision = { kind: 'approved', digest: digest ?? '', by: 'nia-rhys', comment } as const;
      repo.github.editComment(ours.id, { body: shown(decision), by: 'github-actions[bot]' });
    }
    repo.github.state.now = pushed;
    const { owner, name } = repo.github.state;
    const text = planned(asked)
      ['rotas/paas/planned-changes.yaml'].replaceAll('2026-12-24', '2026-12-31')
      .replace('    assigned', `    request: "https://github.com/${owner}/${name}/issues/5"\n    assigned`);
    const head = repo.commit(repo.base, { 'rotas/paas/planned-changes.yaml': text });
    repo.open(7, author, head);
    repo.merge(repo.base, head);
    return { repo, head };
  }

  test('that a person wrote needs a lead of the team of the service, and one that our account wrote does not', async () => {
    const states = async (author: string, pushedBy?: string, isApproved?: boolean) => {
      const { repo, head } = await requested(author, isApproved);
      if (pushedBy !== undefined) repo.github.push(7, head, pushedBy);
      await checkPull(repo, '2026-12-02T12:00:00Z');
      return statusesOf(repo, head)['rota / consent'];
    };
    expect(await states('amara-osei')).toBe('pending: waiting for nia-rhys');
    const ours = 'github-actions[bot]';
    expect(await states(ours)).toBe('pending: waiting for amara-osei');
    expect(await states(ours, undefined, false)).toBe('pending: waiting for amara-osei, nia-rhys');
    expect(await states(ours, 'amara-osei')).toBe('pending: waiting for amara-osei, nia-rhys');
  });

  test('of our account needs a lead again where somebody made an older issue of ours another pull request', async () => {
    const ours = 'github-actions[bot]';
    const { repo, head } = await requested(ours);
    // The issue is locked, so no run could record that.
    repo.github.close(7, 'nia-rhys');
    repo.open(8, ours, head);
    await checkPull(repo, '2026-12-02T12:00:00Z', 8);
    expect(consentOf(repo, head)).toBe('pending: waiting for amara-osei, nia-rhys');
  });

  test('of our account needs a lead who is still there: one who left before the published span does not count', async () => {
    const left = {
      [AT.people]: PEOPLE.replace('github: nia-rhys', 'github: nia-rhys, last_day: 2026-09-30'),
      [AT.team]: 'name: GOV.UK PaaS\nleads: [nia-rhys, ben-adeyemi]\n',
    };
    const { repo, head } = await requested('github-actions[bot]', true, left);
    await checkPull(repo, '2026-12-02T12:00:00Z');
    expect(statusesOf(repo, head)['rota / consent']).toBe('pending: waiting for amara-osei, ben-adeyemi');
  });

  test('of our account that somebody reopened, or brought back from another branch, needs a lead again', async () => {
    const ours = 'github-actions[bot]';
    const offered: readonly ((repo: Repository, by: string) => void)[] = [
      ({ github }, by) => {
        github.close(7, ours);
        github.reopen(7, by);
      },
      ({ github, base: sha }, by) => {
        github.exchangeBase(7, { sha, ref: 'wip' }, by);
        github.exchangeBase(7, { sha, ref: 'main' }, by);
      },
    ];
    for (const [i, offer] of offered.entries())
      for (const by of ['chi-wong', ours]) {
        const { repo, head } = await requested(ours);
        await checkPull(repo, '2026-12-02T12:00:00Z');
        repo.github.state.now = '2026-12-02T13:00:00Z';
        offer(repo, by);
        await checkPull(
          repo,
          '2026-12-02T14:00:00Z',
          7,
          i === 0 ? 'pull-request-opened' : 'pull-request-edited',
        );
        expect([by, statusesOf(repo, head)['rota / consent']]).toEqual([
          by,
          `pending: waiting for amara-osei${by === ours ? '' : ', nia-rhys'}`,
        ]);
      }
  });
});

describe('a role that stops to count', () => {
  test('needs whoever was on call, and notice', async () => {
    const shadow = ROTA.replace('  engineer:\n', '  engineer:\n    counts: false\n');
    const { repo, consent, ran } = await judged(
      { [AT.rota]: shadow },
      'nia-rhys',
      {},
      '2026-12-20T12:00:00Z',
    );
    expect(ran.annotations.map(({ title }) => title)).toContain('notice');
    expect(consent()).toBe('pending: waiting for mallory-muir, amara-osei, ben-adeyemi, chi-wong');
    expect(commentOn(repo)).toContain('is no longer on call');
  });

  test('is no change where its description changes', async () => {
    const { consent } = await judged({ [AT.rota]: ROTA.replace('On call', 'Night watch') }, 'nia-rhys');
    expect(consent()).toBe("success: nobody's time changes");
  });
});

describe('where GitHub cannot answer, both statuses are pending and say so', () => {
  test.each<[what: string, operation: Parameters<Repository['github']['fault']>[0], status: number]>([
    ['the reviews', 'pulls/list-reviews', 404],
    ['who moved the branch', 'repos/list-activities', 403],
    ['the pull requests of the commit', 'repos/list-pull-requests-associated-with-commit', 404],
    ['the pull request', 'pulls/get', 410],
    ['our comment', 'issues/list-comments', 403],
  ])('of %s', async (_, operation, status) => {
    const repo = await shove();
    await approved(repo, ['amara-osei']);
    expect(consentOf(repo, repo.head)).toBe(AGREED);
    repo.github.fault(operation, { status });
    const ran = await checkPull(repo);
    expect(ran.status).toBe(1);
    expect(Object.values(statusesOf(repo, repo.head))).toEqual([
      expect.stringMatching(/^pending: not judged, because GitHub did not answer \(/),
      expect.stringMatching(/^pending: not judged, because GitHub did not answer \(/),
    ]);
    await checkPull(repo);
    expect(consentOf(repo, repo.head)).toBe(AGREED);
  });

  // Anybody who may write can add as many as they like, so that a look has no time left for others.
  test.each<[what: string, add: (repo: Repository) => void]>([
    ['events', ({ github }) => github.label(7, 'bug', 'chi-wong')],
    ['reviews', ({ github }) => github.review(7, { user: 'chi-wong', state: 'COMMENTED' })],
    ['comments', ({ github }) => github.comment(7, { user: 'chi-wong', body: 'Hello.' })],
  ])('and so with more than a thousand %s', async (what, add) => {
    const repo = await shove();
    for (let i = 0; i < 1001; i++) add(repo);
    const before = repo.github.requests.length;
    const ran = await approved(repo, ['amara-osei']);
    const text = `not judged, because #7 has more than 1000 ${what}; close it, and open another one`;
    expect(ran.stdout).toContain(`::error::#7 has more than 1000 ${what}`);
    expect(statusesOf(repo, repo.head)).toEqual({
      rota: `pending: ${text}`,
      'rota / consent': `pending: ${text}`,
    });
    expect(repo.github.requests.length - before).toBeLessThan(30);
  });

  test('and so where our comment cannot be written', async () => {
    const repo = await shove();
    repo.github.fault('issues/create-comment', { status: 422 });
    await approved(repo, ['amara-osei']);
    expect(consentOf(repo, repo.head)).toMatch(/^pending: not judged, because GitHub did not answer/);
  });

  test('and a merge group fails to be judged', async () => {
    const repo = await shove();
    const { eventName, event } = repo.github.event('merge-group-checks-requested', 7);
    const { merge_group: group } = event as { merge_group: Readonly<Record<string, string>> };
    const head_sha = group.head_sha ?? '';
    repo.github.fault('pulls/get', { status: 404 });
    const asked = { ...event, merge_group: { ...group, base_sha: repo.base } };
    expect((await check(repo, EARLY, { eventName, event: asked })).status).toBe(1);
    expect(consentOf(repo, head_sha)).toMatch(/^pending: not judged, because GitHub did not answer/);
  });
});
