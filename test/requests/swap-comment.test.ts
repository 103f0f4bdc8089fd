/** The comment on a swap names the notice that the policy requires for each of its kinds of change. */
import { expect, test } from 'vitest';
import { requestComment } from '../../actions/lib/requests/issue-comment.ts';
import { durationOf } from '../../actions/lib/time/duration.ts';
import { at } from '../handbook.ts';
import { contextOf, decidedIn, later, opened, SWAP_77 } from './machine.ts';

test('each late change shows the notice that the policy requires for its kind', () => {
  const world = later(opened(SWAP_77), at('2027-02-26T12:00:00Z'));
  const decided = decidedIn(world);
  if (decided?.at.verdict.of !== 'swap' || decided.at.verdict.swap.kind !== 'late')
    throw new Error('this is not late');
  const { swap } = decided.at.verdict;
  const [late] = swap.late;
  if (late === undefined) throw new Error('nothing is late');
  const extra = { ...late, minimum: durationOf('48 hours') };
  const comment = requestComment({
    handbook: contextOf(world).handbook,
    now: world.now,
    verdict: { of: 'swap', swap: { ...swap, late: [late, extra] } },
    phase: { kind: 'judged' },
    state: decided.at.state,
    deciders: [],
  });
  expect(comment.match(/the policy asks .*/g)).toEqual([
    'the policy asks 7 days',
    'the policy asks 48 hours',
  ]);
});
