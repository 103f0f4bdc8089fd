/**
 * An apply is killed at each of its requests, before and after the effect of the request, and run again: the result is
 * the same as without the interruption, and no state on the way loses cover. This holds for schedules of layers, of
 * shifts, and of shifts over a rotation, and for a mixture of them.
 *
 * The schedules here have nothing to fall back to, so that lost cover is visible; in a rotation there is the inbox, who
 * is never on where somebody else was or should be. A run tests a sample of the requests, by its seed; `NIGHTLY=1` tests
 * all of them.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { desiredState } from '../../../actions/lib/drivers/pagerduty/desired.ts';
import { DAY, MINUTE } from '../../../actions/lib/time/date.ts';
import { clip, combine, spanAt, type Timeline, without } from '../../../actions/lib/timeline.ts';
import { at, but, local, sound } from '../../handbook.ts';
import { accountFor } from '../../pagerduty/account.ts';
import type { Fault } from '../../pagerduty/faults.ts';
import { type Organisation, organisation, PAAS } from '../../pagerduty/kit.ts';
import { coverOf } from '../../pagerduty/rendering.ts';
import { type Schedule, type State, withSchedule } from '../../pagerduty/state.ts';
import { upgraded } from '../../pagerduty/upgrade.ts';
import { isNightly, sampled } from '../../sampled.ts';

/** A Saturday some two and a half weeks before the horizon: with fewer shifts, more requests can be tested. */
const NOW = '2026-11-14T12:00:00Z';
const HORIZON = at('2026-12-01T00:00:00Z');
const FOREIGN = {
  id: 'QBYHAND',
  startAt: at('2026-11-19T20:00Z'),
  endAt: at('2026-11-19T22:00Z'),
  user: 'PDEE001',
};

/** The afternoon of the shift in progress, a future turn on each schedule, and another number of repeats. */
const SWAPS = [
  ['people: [chi, dee]}]', 'people: [chi, dee]}]\n    turns: {2026-11-18: chi}'],
  [
    'overrides: []',
    `overrides:
  - {role: engineer, person: ben, instead_of: amara, from: 2026-11-14T12:00, to: 2026-11-14T18:00}
  - {role: engineer, turn: 2026-11-18, person: amara, instead_of: ben, reason: swap}`,
  ],
  ['repeats: 2', 'repeats: 3'],
].reduce((text, [passage = '', other = '']) => but(text, passage, other), PAAS);

/** The chain changes to a new schedule, which is filled before that, and the old one is emptied after it. */
const MOVED = PAAS.replaceAll('PDAYS01', 'POTHERS');

interface Change {
  readonly next: string;
  readonly allow: readonly string[];
}
const CHANGES: Readonly<Record<string, Change>> = {
  'swaps, one of them in progress, and a policy': { next: SWAPS, allow: [] },
  'a role that moves to another schedule': { next: MOVED, allow: ['lost-cover'] },
};

const FAULTS: readonly Fault[] = [
  { kind: 'outage', effect: 'before' },
  { kind: 'outage', effect: 'after' },
  { kind: 'drop', effect: 'before' },
  { kind: 'drop', effect: 'after' },
  { kind: 'timeout' },
  { kind: 'bare 429' },
  { kind: 'refused item', item: 1 },
];

/** The number of requests tested, of about thirty to forty. */
const SAMPLE = 3;

const SCHEDULES = ['PDAYS01', 'PNIGHTS', 'POTHERS'] as const;

/** How the schedules of the account are made. */
type Made = 'layers' | 'shifts' | 'upgraded';
const ACCOUNTS: Readonly<Record<string, Readonly<Record<(typeof SCHEDULES)[number], Made>>>> = {
  layers: { PDAYS01: 'layers', PNIGHTS: 'layers', POTHERS: 'layers' },
  shifts: { PDAYS01: 'shifts', PNIGHTS: 'shifts', POTHERS: 'shifts' },
  'shifts over a rotation': { PDAYS01: 'upgraded', PNIGHTS: 'upgraded', POTHERS: 'upgraded' },
  'a mixture': { PDAYS01: 'shifts', PNIGHTS: 'upgraded', POTHERS: 'layers' },
};
type AccountKinds = (typeof ACCOUNTS)[string];

const INBOX_LAYER = { virtualStart: '2026-01-07T10:00:00Z', turnSeconds: 604_800, users: ['PINBOX1'] };

/** An account to which PAAS was applied, whose schedules somebody upgraded then, and added a shift to by hand. */
async function pushed(kinds: AccountKinds): Promise<Organisation> {
  const made = (id: string) => Object.entries(kinds).find(([name]) => name === id)?.[1] ?? 'layers';
  const org = await organisation(PAAS, {
    now: NOW,
    // Of a batch with a refused item, PagerDuty keeps the first half.
    shifts: { bulk: 'those before' },
    account: (handbook) => {
      const account = accountFor(handbook);
      const [first, ...others] = account.schedules ?? [];
      if (first === undefined) throw new Error('there are schedules');
      const all = [first, ...others, { ...first, id: 'POTHERS', name: 'Others' }];
      return {
        ...account,
        schedules: all.map((one) => ({
          ...one,
          kind: made(one.id) === 'shifts' ? ('v3' as const) : ('v2' as const),
          layers: made(one.id) === 'upgraded' ? [INBOX_LAYER] : [],
        })),
      };
    },
  });
  expect((await org.apply(PAAS)).audit.trouble).toEqual([]);
  for (const id of SCHEDULES)
    if (made(id) === 'upgraded') org.change('an upgrade', (state) => upgraded(state, id, org.clock.now));
  org.change('by hand', (state) => withSchedule(state, 'PNIGHTS', (one) => withForeign(one)));
  return org;
}

/** The schedule with somebody's own override, or custom shift. */
function withForeign(one: Schedule): Schedule {
  if (one.kind === 'v2') return { ...one, overrides: [...one.overrides, FOREIGN] };
  const { id, startAt, endAt, user } = FOREIGN;
  const [rotation] = one.rotations;
  const base = { id, startAt, endAt, createdAt: 0 };
  if (rotation === undefined)
    return { ...one, customShifts: [...one.customShifts, { ...base, member: user }] };
  const own = { ...base, source: { rotationId: rotation.id }, overridden: 'PINBOX1', overriding: user };
  return { ...one, shiftOverrides: [...one.shiftOverrides, own] };
}

/** Runs as in a workflow: a failure is reported, and the workflow is run again. */
async function run(org: Organisation, { next, allow }: Change): Promise<boolean> {
  try {
    const { audit } = await org.apply(next, { applied: [PAAS, next], options: { allow } });
    return audit.outcome === 'verified';
  } catch {
    return false;
  }
}

const covers = (state: State, startAt: number): Readonly<Record<string, Timeline<string>>> =>
  Object.fromEntries(SCHEDULES.map((id) => [id, coverOf(state, id, { startAt, endAt: HORIZON + 20 * DAY })]));

/** Every override and every custom shift that is not over. */
const existing = (state: State, now: number) =>
  state.schedules.flatMap(({ id: schedule, overrides, customShifts, shiftOverrides }) =>
    [
      ...overrides.map((it) => ({ ...it, over: '' })),
      ...customShifts.map(({ member = '', ...it }) => ({ ...it, user: member, over: '' })),
      ...shiftOverrides.map(({ overriding = '', overridden, source, ...it }) => ({
        ...it,
        user: overriding,
        over: JSON.stringify([overridden, source]),
      })),
    ]
      .filter(({ startAt, endAt }) => endAt > now && startAt < endAt)
      .map(({ id, startAt, endAt, user, over }) => ({ id, startAt, endAt, user, over, schedule })),
  );

/** Two overlapping records of one person. */
const doubled = (state: State, now: number): readonly string[] => {
  const all = existing(state, now);
  return all.flatMap((one, i) =>
    all
      .slice(i + 1)
      .filter(
        (other) =>
          other.schedule === one.schedule &&
          other.user === one.user &&
          other.over === one.over &&
          other.startAt < one.endAt &&
          one.startAt < other.endAt,
      )
      .map((other) => `${one.schedule} ${one.user} ${one.id} ${other.id}`),
  );
};

const ROLES = ['paas/days/engineer', 'paas/nights/engineer'] as const;
type RoleName = (typeof ROLES)[number];

/** The desired cover of each role, without manual overrides. */
function desiredIn({ next }: Change, now: number): (role: RoleName) => Timeline<string> {
  const { seats } = desiredState(sound(next), [sound(PAAS)], now);
  return (role) => seats.find((seat) => seat.isNamed && seat.role === role)?.cover ?? [];
}

/** Whom the chain notifies for a role: on the schedule that it names for the role in that state. */
function reached(state: State, role: RoleName, startAt: number): Timeline<string> {
  const called = state.policies[0]?.rules[0]?.targets.map(({ id }) => id) ?? [];
  const schedule = called.find((id) => (id === 'PNIGHTS') === (role === 'paas/nights/engineer'));
  return schedule === undefined ? [] : coverOf(state, schedule, { startAt, endAt: HORIZON });
}

const people = (value: string | undefined): readonly string[] => value?.split(' + ') ?? [];

/** Somebody who neither was on nor should be, nor was put on by hand. */
const strangers = (
  role: RoleName,
  is: string | undefined,
  was: string | undefined,
  own: string | undefined,
) => {
  const fine = [...people(was), ...people(own), ...(role === 'paas/nights/engineer' ? [FOREIGN.user] : [])];
  return people(is).filter((it) => !fine.includes(it));
};

/** Times in a state from an instant on with lost cover, or with somebody who neither was on nor should be. */
function holes(org: Organisation, change: Change, from: number): readonly string[] {
  const start = org.history[from];
  if (start === undefined) throw new Error('there is no such state');
  const desired = desiredIn(change, start.at);
  return ROLES.flatMap((role) => {
    const first = reached(start.state, role, start.at);
    return org.history.slice(from).flatMap(({ at: since, by, state }) => {
      const was = clip(first, { startAt: since, endAt: HORIZON });
      const is = reached(state, role, since);
      const promised = combine(was, desired(role), (old, own) =>
        old === undefined || own === undefined ? undefined : `${old}/${own}`,
      );
      const strange = combine(promised, is, (both, now) => {
        const [old, own] = both?.split('/') ?? [];
        return both === undefined || strangers(role, now, old, own).length === 0 ? undefined : true;
      });
      return [...without(promised, is), ...strange].map(
        ({ startAt, endAt }) => `${by}: ${role} ${local(startAt, 'utc')} ${local(endAt, 'utc')}`,
      );
    });
  });
}

/** The requests and the final state of a run without interruption. */
async function undisturbed(change: Change, kinds: AccountKinds) {
  const org = await pushed(kinds);
  const [requests, states] = [org.requests.length, org.history.length - 1];
  expect(await run(org, change)).toBe(true);
  expect(holes(org, change, states)).toEqual([]);
  expect(doubled(org.state, org.clock.now)).toEqual([]);
  return { org, states, requests: org.requests.length - requests };
}

/** From this time on all final states are equal. */
const SETTLED = at('2026-11-14T12:30:00Z');

const ended = (org: Organisation) => ({ covers: covers(org.state, SETTLED), policies: org.state.policies });

const CASES = Object.entries(ACCOUNTS).flatMap(([account, kinds]) =>
  Object.entries(CHANGES).map(([what, change]) => [account, what, change, kinds] as const),
);

describe.each(CASES)('%s: %s', (_, __, change, kinds) => {
  test.each(['before', 'after'] as const)(
    'killed at each request, %s its effect, and run again',
    async (effect) => {
      const clean = await undisturbed(change, kinds);
      expect(clean.requests).toBeGreaterThan(20);
      const requests = Array.from({ length: clean.requests }, (_, i) => i + 1);
      for (const from of sampled(requests, SAMPLE)) {
        const org = await pushed(kinds);
        const states = org.history.length - 1;
        org.stopServing({ from, effect });
        const stopped = `${effect} request ${from} of ${clean.requests}`;
        expect([stopped, await run(org, change)]).toEqual([stopped, false]);
        org.serveAgain();
        expect([stopped, await run(org, change)]).toEqual([stopped, true]);
        expect([stopped, ended(org)]).toEqual([stopped, ended(clean.org)]);
        expect([stopped, doubled(org.state, org.clock.now)]).toEqual([stopped, []]);
        expect([stopped, existing(org.state, org.clock.now).filter(({ id }) => id === FOREIGN.id)]).toEqual([
          stopped,
          [{ ...FOREIGN, schedule: 'PNIGHTS', over: expect.any(String) }],
        ]);
        expect([stopped, holes(org, change, states)]).toEqual([stopped, []]);
        const writes = org.writes.length;
        expect([stopped, await run(org, change), org.writes.length - writes]).toEqual([stopped, true, 0]);
      }
    },
  );

  test('killed several times, at any requests, minutes apart', async () => {
    const clean = await undisturbed(change, kinds);
    const kill = fc.record({
      from: fc.integer({ min: 1, max: clean.requests }),
      effect: fc.constantFrom('before' as const, 'after' as const),
      later: fc.integer({ min: 0, max: 4 * MINUTE }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(kill, { minLength: 2, maxLength: 4 }), async (kills) => {
        const org = await pushed(kinds);
        const states = org.history.length - 1;
        for (const { later, ...where } of kills) {
          org.stopServing(where);
          await run(org, change);
          org.serveAgain();
          org.clock.now += later;
        }
        expect(await run(org, change)).toBe(true);
        expect(ended(org)).toEqual(ended(clean.org));
        expect(doubled(org.state, org.clock.now)).toEqual([]);
        expect(holes(org, change, states)).toEqual([]);
      }),
      { numRuns: isNightly ? 12 : 2 },
    );
  });

  test('with a fault at each request: an error, a lost answer, the rate limit, half of a batch', async () => {
    const clean = await undisturbed(change, kinds);
    const all = FAULTS.flatMap((fault) =>
      Array.from(
        { length: fault.kind === 'refused item' ? 2 : clean.requests },
        (_, i) => [fault, i + 1] as const,
      ),
    );
    for (const [fault, nth] of sampled(all, SAMPLE)) {
      const org = await pushed(kinds);
      const states = org.history.length - 1;
      org.fault(fault, { nth, ...(fault.kind === 'refused item' ? { method: 'POST' } : {}) });
      const what = `${JSON.stringify(fault)} at ${nth} of ${clean.requests}`;
      if (!(await run(org, change))) expect([what, await run(org, change)]).toEqual([what, true]);
      expect([what, ended(org)]).toEqual([what, ended(clean.org)]);
      expect([what, doubled(org.state, org.clock.now)]).toEqual([what, []]);
      expect([what, holes(org, change, states)]).toEqual([what, []]);
    }
  });

  test('every minute of every state', async () => {
    const { org, states } = await undisturbed(change, kinds);
    const start = org.history[states];
    const desired = desiredIn(change, start?.at ?? 0);
    let looked = 0;
    for (const role of ROLES) {
      const was = reached(start?.state ?? org.state, role, start?.at ?? 0);
      const want = desired(role);
      for (const { at: since, state } of org.history.slice(states)) {
        const is = reached(state, role, since);
        for (let minute = Math.ceil(since / MINUTE) * MINUTE; minute < HORIZON; minute += MINUTE) {
          const [old, own] = [spanAt(was, minute)?.value, spanAt(want, minute)?.value];
          if (old === undefined || own === undefined) continue;
          looked++;
          const now = spanAt(is, minute)?.value;
          if (now === undefined || strangers(role, now, old, own).length > 0)
            expect.fail(`${role} at ${local(minute, 'utc')} has ${now ?? 'nobody'}, not ${old} or ${own}`);
        }
      }
    }
    expect(looked).toBeGreaterThan(100_000);
  });
});
