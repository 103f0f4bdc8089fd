/** A run that is stopped at any point, or loses a response, is completed by the next. */
import { describe, expect, test } from 'vitest';
import { changeBody, JOIN_ITEMS, joinBody, swapBody } from '../requests/bodies.ts';
import { sampled } from '../sampled.ts';
import { kept, type Repository, repositoryWith, run, writes } from './request-repository.ts';

describe('stopped at any point and run again, it reaches the same state', () => {
  const flows = [
    ['a change that is approved', changeBody(), 'service-team', 'issue-comment-created'],
    ['a swap', swapBody(), 'amara-osei', 'issues-opened'],
    ['somebody who joins', joinBody(), 'zoe-quinn', 'issues-opened'],
  ] as const;

  const WRITES = [
    'issues/create-comment',
    'git/create-ref',
    'pulls/create',
    'issues/update-comment',
    'issues/create-label',
    'issues/add-labels',
    'git/create-tree',
    'git/create-commit',
    'pulls/request-reviewers',
    'repos/create-commit-status',
  ] as const;

  /** The state before the run that writes most. */
  async function ready(body: string, user: string): Promise<Repository> {
    const there = await repositoryWith({ body, user });
    if (user === 'zoe-quinn') {
      there.github.state.permissions[user] = 'read';
      there.github.comment(77, { user: 'leah-goldstein', body: `/done ${JOIN_ITEMS}` });
    }
    if (user !== 'service-team') return there;
    await run(there, 'issues-opened');
    there.github.comment(77, { user: 'helene-marchetti', body: '/approve' });
    return there;
  }

  /** Three at a time, because a lost response means waiting. */
  async function each<T>(items: readonly T[], look: (item: T) => Promise<void>): Promise<void> {
    const rest = [...items];
    const worker = async () => {
      for (let item = rest.shift(); item !== undefined; item = rest.shift()) await look(item);
    };
    await Promise.all([worker(), worker(), worker()]);
  }

  test.each(flows)(
    '%s, when the answer to a write is lost',
    { timeout: 240_000 },
    async (_, body, user, event) => {
      const plain = await ready(body, user);
      await run(plain, event);
      const expected = kept(plain);
      await each(sampled(WRITES, 3), async (operation) => {
        const there = await ready(body, user);
        there.github.fault(operation, 'dropAfter');
        await run(there, event);
        expect(kept(there), operation).toEqual(expected);
        await run(there, event);
        expect(kept(there), operation).toEqual(expected);
        expect(there.github.violations).toEqual([]);
      });
    },
  );

  test.each(flows)(
    '%s, when it is killed after a write',
    { timeout: 240_000 },
    async (_, body, user, event) => {
      const plain = await ready(body, user);
      const before = writes(plain).length;
      await run(plain, event);
      const [expected, count] = [kept(plain), writes(plain).length - before];
      expect(count).toBeGreaterThan(8);
      await each(sampled([...Array(count).keys()], 3), async (done) => {
        const there = await ready(body, user);
        there.github.stopAfter(done);
        const { status } = await run(there, event);
        there.github.stopAfter(Number.POSITIVE_INFINITY);
        await run(there, event);
        expect([status, kept(there)], `after ${done} writes`).toEqual([1, expected]);
      });
    },
  );
});
