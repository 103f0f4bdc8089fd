/** When a request got its dates, by GitHub's clock, and when the state in our comment is accepted. */
import { describe, expect, test } from 'vitest';
import { readIssue } from '../../actions/lib/requests/read-issue.ts';
import { at } from '../handbook.ts';
import {
  CHANGE_77,
  closed,
  commented,
  contextOf,
  edited,
  later,
  opened,
  ran,
  reopened,
  shownIn,
  type World,
} from './machine.ts';

const change = opened(CHANGE_77, 'service-team');
const judged = ran(change);
const requestedAt = (world: World) => readIssue(contextOf(world), world)?.state.requestedAt;

describe('a request is as old as what decides who has to be there', () => {
  const summary = edited(judged, CHANGE_77.replace('Replace the network routers', 'Other routers'));
  const dates = edited(judged, CHANGE_77.replace('2027-01-06T23:00', '2027-01-06T23:30'));
  const people = edited(judged, CHANGE_77.replace('Two of us, on the channel.', 'Three of us.'));

  test('it counts from its opening, or from its last edit where nobody saw what that changed', () => {
    expect(requestedAt(change)).toBe(change.now);
    expect(requestedAt(later(change))).toBe(change.now);
    const unseen = edited(change, CHANGE_77.replace('Replace the network routers', 'Other routers'));
    expect(requestedAt(later(unseen))).toBe(unseen.now);
  });

  test('an edit of dates or people starts the notice again, an edit of anything else does not', () => {
    expect(requestedAt(summary)).toBe(change.now);
    for (const world of [dates, people]) expect(requestedAt(world)).toBe(world.now);
    expect(requestedAt(edited(ran(dates), CHANGE_77))).toBe(dates.now + 60_000);
  });

  test('an edit counts from its own time, and once', () => {
    const processed = ran(later(dates, dates.now + 300_000));
    expect(requestedAt(processed)).toBe(dates.now);
    expect(requestedAt(later(processed))).toBe(dates.now);
  });

  test('short notice becomes enough by an edit of the dates, not by waiting', () => {
    const short = ran(opened(CHANGE_77.replace('2027-01-06T23:00', '2027-01-05T11:58'), 'x'));
    const waited = ran(later(short, at('2027-01-04T00:00:00Z')));
    const shifted = ran(edited(waited, CHANGE_77));
    expect([short, waited, shifted].map(({ label }) => label)).toEqual([
      'needs-more-notice',
      'needs-more-notice',
      'accepted-for-review',
    ]);
  });
});

describe('the state in a comment', () => {
  const state = (world: World) => readIssue(contextOf(world), world)?.stored?.state;
  const [own] = judged.comments;
  if (own === undefined) throw new Error('there is no comment');
  const approved = ran(commented(judged, 'lee-h', '/approve'));

  test('is read back as it was written', () => {
    expect(state(later(approved))).toMatchObject({ decision: { kind: 'approved', by: 'lee' } });
    expect(state(later(approved))?.requestedAt).toBe(change.now);
  });

  test.each<[string, World]>([
    ['of somebody else', { ...judged, comments: [{ ...own, author: 'mallory' }] }],
    [
      'without its marker',
      { ...judged, comments: [{ ...own, body: own.body.slice(own.body.indexOf('\n') + 1) }] },
    ],
    ['that others edited', { ...judged, comments: [{ ...own, editedBy: 'others' }] }],
    ['whose history is not known', { ...judged, comments: [{ ...own, editedBy: 'unknown' }] }],
    ['from before the issue', { ...judged, issue: { ...judged.issue, createdAt: judged.now + 1 } }],
    ['from the future', { ...judged, now: judged.now - 1 }],
    [
      'with a digest that is none',
      { ...judged, comments: [{ ...own, body: own.body.replace(/"digest":"\w/, '"digest":"x') }] },
    ],
    ['that is no JSON', { ...judged, comments: [{ ...own, body: own.body.replace('{', '(') }] }],
  ])('%s is none', (_, world) => {
    expect(state(world)).toBeUndefined();
  });

  test('of an older version, with the dates alone, starts the clock again', () => {
    const comments = judged.comments.map((it) => ({ ...it, body: it.body.replace('"decisive"', '"dates"') }));
    const old = edited(
      { ...judged, comments },
      CHANGE_77.replace('Replace the network routers', 'Other routers'),
    );
    const body = old.comments[0]?.body.replace(/"dates":"\w+"/, `"dates":"${'0'.repeat(64)}"`) ?? '';
    expect(requestedAt({ ...old, comments: [{ ...own, body }] })).toBe(old.now);
  });

  test('under the key of an older version still counts', () => {
    const world = ran(commented(judged, 'lee-h', '/approve 0123456789ab'));
    const comments = world.comments.map((it) => ({ ...it, body: it.body.replace('"ignored"', '"unheard"') }));
    expect(state({ ...world, comments })?.ignored).toEqual({ why: 'changed', comment: 1001 });
  });
});

test('an edit or a reopening after a decline removes the decline', () => {
  const declined = ran(commented(judged, 'lee-h', '/decline no'));
  const decision = (world: World) => readIssue(contextOf(world), world)?.state.decision?.kind;
  expect(decision(later(declined))).toBe('declined');
  expect(decision(reopened(declined))).toBeUndefined();
  expect(decision(edited(declined, CHANGE_77.replace('routers', 'switches')))).toBeUndefined();
  const approved = ran(commented(judged, 'lee-h', '/approve'));
  expect(decision(reopened(ran(closed(approved))))).toBe('approved');
});

test('a request keeps its form once that is stored', () => {
  const broken = edited(judged, CHANGE_77.replace('### Service', '### Servant'));
  expect(ran(broken).label).toBe('needs-information');
  expect(shownIn(ran(broken))).toContain('This needs more information');
});
