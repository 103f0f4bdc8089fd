/** Refusals of a plan: each reason at its exact limit, how it is allowed, and a passing counterpart. */
import { describe, expect, test } from 'vitest';
import { desiredAtLastApply, desiredState } from '../../../actions/lib/drivers/pagerduty/desired.ts';
import {
  type GuardedPlan,
  type GuardOptions,
  guard,
  REASONS,
} from '../../../actions/lib/drivers/pagerduty/guard.ts';
import type { Beneath } from '../../../actions/lib/drivers/pagerduty/kinds.ts';
import { refusalText } from '../../../actions/lib/drivers/pagerduty/refusal-text.ts';
import { DAY, MINUTE } from '../../../actions/lib/time/date.ts';
import { zoneOf } from '../../../actions/lib/time/zone.ts';
import { at, but, sound } from '../../handbook.ts';
import { PAAS } from '../../pagerduty/kit.ts';

const NOW = at('2026-11-21T12:00:00Z');
const WANTED = desiredState(sound(PAAS), [], NOW);
const TERMS: GuardOptions = {
  allow: [],
  mostWrites: 500,
  revision: 'abc',
  tip: 'abc',
  unreadable: [],
  unagreed: [],
  approved: undefined,
};
const PLAN: GuardedPlan = { schedules: [], coverage: [], policies: [], taken: [], writes: 1, digest: 'd1' };

const refused = (plan: Partial<GuardedPlan>, terms: Partial<GuardOptions> = {}, desired = WANTED): string[] =>
  guard(desired, { ...PLAN, ...plan }, { ...TERMS, ...terms }).map(
    (refusal) => `${refusal.reason}: ${refusalText(refusal)}`,
  );

/** `amara 17:00-20:00, ben 20:00-22:00` of 2 December. */
const line = (text: string) =>
  text.split(', ').flatMap((part) => {
    const [, value, from, to] = /^(\w+) (\S+)-(\S+)$/.exec(part) ?? [];
    return value === undefined
      ? []
      : [{ value, startAt: at(`2026-12-02T${from}Z`), endAt: at(`2026-12-02T${to}Z`) }];
  });
const cover = (before: string, after: string, beneath: Beneath = 'layers') => ({
  schedules: [
    {
      role: 'paas/nights/engineer',
      schedule: 'PNIGHTS',
      zone: zoneOf('Europe/London'),
      beneath,
      before: line(before),
      after: line(after),
    },
  ],
});
const LOST = (when: string) =>
  `lost-cover: paas/nights/engineer would have nobody in PagerDuty's PNIGHTS ${when}, where somebody is now; give the schedule a layer there that it falls back to, or, if this is intended, allow lost-cover`;

const ladder = (...levels: readonly number[]) => ({
  levels: levels.map((count) => ({
    delayMinutes: 5,
    targets: Array.from({ length: count }, (_, i) => ({ type: 'user_reference', id: `P${i}` })),
  })),
  repeats: 0,
});
const policy = (before: ReturnType<typeof ladder>, after: ReturnType<typeof ladder>) => ({
  policies: [{ chain: 'nights', policy: 'PPOLICY', before, after, body: {} }],
});

describe('a minute that loses its last person', () => {
  test.each<[what: string, before: string, after: string, ...found: string[]]>([
    ['none: somebody else has it', 'amara 17:00-20:00', 'ben 17:00-20:00'],
    ['none: several have it together', 'amara 17:00-20:00', 'ben 17:00-18:30, chi 18:30-20:00'],
    ['none: nobody was there before', '', ''],
    ['none: somebody more', 'amara 17:00-20:00', 'amara 16:00-21:00'],
    ['all of it', 'amara 17:00-20:00', '', LOST('Wed 2 Dec 17:00 – 20:00')],
    [
      'one minute in the middle',
      'amara 17:00-20:00',
      'ben 17:00-18:30, chi 18:31-20:00',
      LOST('Wed 2 Dec 18:30 – 18:31'),
    ],
    ['two times', 'amara 17:00-20:00', 'ben 17:30-19:30', LOST('Wed 2 Dec 17:00 – 17:30 and 1 more time')],
    [
      'three times',
      'amara 17:00-20:00',
      'ben 17:30-18:00, ben 18:30-19:00',
      LOST('Wed 2 Dec 17:00 – 17:30 and 2 more times'),
    ],
    [
      'of two people in a row, reported as one time',
      'amara 17:00-18:00, ben 18:00-19:00',
      '',
      LOST('Wed 2 Dec 17:00 – 19:00'),
    ],
  ])('%s', (_, before, after, ...found) => {
    expect(refused(cover(before, after))).toEqual(found);
  });
});

describe('a minute that loses its last person where no layer lies beneath', () => {
  test.each(['rotations', 'nothing'] as const)('%s: the remedy is not a layer', (beneath) => {
    expect(refused(cover('amara 17:00-20:00', '', beneath))).toEqual([
      "lost-cover: paas/nights/engineer would have nobody in PagerDuty's PNIGHTS Wed 2 Dec 17:00 – 20:00, where somebody is now; put somebody on in the handbook, or in PagerDuty by hand, or, if this is intended, allow lost-cover",
    ]);
  });
});

describe('a minute in which a policy loses the last person that it notifies', () => {
  const reach = (before: string, after: string) => ({
    coverage: [
      {
        chain: 'nights',
        policy: 'PPOLICY',
        zone: zoneOf('Europe/London'),
        before: line(before).map((it) => ({ ...it, value: true as const })),
        after: line(after).map((it) => ({ ...it, value: true as const })),
      },
    ],
  });
  const UNREACHED = (when: string) =>
    `lost-cover: nights would reach nobody through PagerDuty's PPOLICY ${when}, where it reaches somebody now; call a person at its last level, or, if this is intended, allow lost-cover`;

  test.each<[what: string, before: string, after: string, ...found: string[]]>([
    ['none: as before', 'x 17:00-20:00', 'x 17:00-20:00'],
    ['none: it reached nobody', '', ''],
    ['one', 'x 17:00-20:00', 'x 17:00-18:30, x 18:31-20:00', UNREACHED('Wed 2 Dec 18:30 – 18:31')],
    ['all of them', 'x 17:00-20:00', '', UNREACHED('Wed 2 Dec 17:00 – 20:00')],
  ])('%s', (_, before, after, ...found) => {
    expect(refused(reach(before, after))).toEqual(found);
  });
});

describe('a level that is emptied', () => {
  test.each<
    [what: string, before: ReturnType<typeof ladder>, after: ReturnType<typeof ladder>, ...found: string[]]
  >([
    ['none: as many as before', ladder(1, 2), ladder(2, 1)],
    ['none: a level more', ladder(1), ladder(1, 1)],
    [
      'one that calls nobody',
      ladder(1, 1),
      ladder(1, 0),
      "emptied-level: level 2 of nights would call nobody in PagerDuty's PPOLICY; if this is intended, allow emptied-level",
    ],
    [
      'a level less',
      ladder(1, 1),
      ladder(1),
      "emptied-level: nights has 1 level and PagerDuty's PPOLICY has 2 levels; if this is intended, allow emptied-level",
    ],
  ])('%s', (_, before, after, ...found) => {
    expect(refused(policy(before, after))).toEqual(found);
  });
});

describe('more changes than the limit', () => {
  test.each([
    [500, 500, []],
    [
      501,
      500,
      [
        'many-writes: this makes 501 changes, and 500 are allowed at once; review them, and if this is intended, allow many-writes',
      ],
    ],
    [
      3,
      2,
      [
        'many-writes: this makes 3 changes, and 2 are allowed at once; review them, and if this is intended, allow many-writes',
      ],
    ],
    [0, 0, []],
  ])('%i of %i', (writes, mostWrites, found) => {
    expect(refused({ writes }, { mostWrites })).toEqual(found);
  });
});

describe('a revision that is not the tip of the main branch', () => {
  const UNKNOWN =
    'not-the-tip: it is not known whether this is the tip of the main branch; commit, push and fetch, or, if this is intended, allow not-the-tip';
  test.each<[what: string, revision: string | undefined, tip: string | undefined, ...found: string[]]>([
    ['none: it is', 'abc', 'abc'],
    [
      'another',
      'a'.repeat(40),
      'b'.repeat(40),
      'not-the-tip: this is aaaaaaaaaa, and the tip of the main branch is bbbbbbbbbb; apply that, or, if this is intended, allow not-the-tip',
    ],
    ['changes that are not committed', undefined, 'abc', UNKNOWN],
    ['no remote', 'abc', undefined, UNKNOWN],
    ['no repository', undefined, undefined, UNKNOWN],
  ])('%s', (_, revision, tip, ...found) => {
    expect(refused({}, { revision, tip })).toEqual(found);
  });

  test('is not refused if there is nothing to do', () => {
    expect(refused({ writes: 0 }, { revision: undefined })).toEqual([]);
  });
});

describe('a revision that was applied and cannot be read', () => {
  const unreadable = (extent: 'wholly' | 'partly') => [{ revision: 'abc', why: 'it is gone', extent }];
  const FORGOTTEN =
    'forgotten: what was applied at abc cannot be read (it is gone), so what it wrote would count as made by hand and stay; ';

  test.each([
    ['wholly', 'wholly' as const, `${FORGOTTEN}fetch it, or, if this is intended, allow forgotten`],
    ['in part', 'partly' as const, `${FORGOTTEN}if this is intended, allow forgotten`],
  ])('%s', (_, extent, found) => {
    expect(refused({}, { unreadable: unreadable(extent) })).toEqual([found]);
  });

  test('is refused even if nothing changes, because changes cannot be detected', () => {
    expect(refused({ writes: 0 }, { unreadable: unreadable('wholly') })).toHaveLength(1);
  });
});

describe('less than 14 days of decided cover', () => {
  const until = (undecidedAt: number) => ({
    ...WANTED,
    seats: WANTED.seats.slice(1).map((seat) => ({ ...seat, undecidedAt })),
  });
  test.each([
    ['in exactly 14 days', 14 * DAY, []],
    [
      'a minute before that',
      14 * DAY - MINUTE,
      [
        'undecided: nobody is decided for paas/nights/engineer from Sat 5 Dec 11:59 on, less than 14 days ahead; add turns or a rotation entry, or, if this is intended, allow undecided',
      ],
    ],
  ])('of a role whose turns run out %s', (_, ahead, found) => {
    expect(refused({}, {}, until(NOW + ahead))).toEqual(found);
  });

  test('of a role that gives no cover, or that is decided', () => {
    expect(refused({}, {}, WANTED)).toEqual([]);
  });

  const BARE = (undecidedAt: string) =>
    `undecided: nobody is decided for paas/nights/engineer from ${undecidedAt} on, before the horizon (Fri 1 Jan 00:00), and nobody else is on PagerDuty's PNIGHTS, which has shifts only; add turns or a rotation entry, or, if this is intended, allow undecided`;
  test.each([
    ['nothing', '2026-12-31T23:59:00Z', [BARE('Thu 31 Dec 23:59')]],
    ['nothing', '2027-01-01T00:00:00Z', []],
    ['rotations', '2026-12-31T23:59:00Z', []],
    ['layers', '2026-12-31T23:59:00Z', []],
  ] as const)('with %s beneath, of a role that is decided until %s', (beneath, undecidedAt, found) => {
    const desired = until(at(undecidedAt));
    expect(refused(cover('', '', beneath), {}, desired)).toEqual(found);
  });

  const PUBLISHED =
    'undecided: the handbook is published less than 14 days ahead; raise "ahead" in policies/publishing.yaml, or, if this is intended, allow undecided';
  test.each([
    ['exactly 14 days', '2026-11-17T00:00:00Z', []],
    ['a minute less', '2026-11-17T00:01:00Z', [PUBLISHED]],
  ])('of a handbook that is published for %s', (_, now, found) => {
    const short = desiredState(sound(but(PAAS, 'ahead: 2 weeks', 'ahead: 1 day')), [], at(now));
    expect(refused({}, {}, short)).toEqual(found);
  });

  test('of a handbook for which only the cover pushed on the 1st is considered', () => {
    const now = at('2026-12-19T12:00:00Z');
    const drift = desiredAtLastApply(sound(PAAS), [], now);
    expect(drift.horizon).toBeLessThan(now + 14 * DAY);
    expect(refused({}, {}, drift)).toEqual([]);
  });

  test('is refused even if nothing changes', () => {
    expect(refused({ writes: 0 }, {}, until(NOW))).toHaveLength(1);
  });
});

describe('another plan than the one approved', () => {
  test('is refused, and no reason allows it', () => {
    const found = [
      'another-plan: the plan that was approved is d0, and this one is d1; review it, and approve it again',
    ];
    expect(refused({}, { approved: 'd0' })).toEqual(found);
    expect(refused({}, { approved: 'd0', allow: [...REASONS, 'another-plan'] })).toEqual(found);
  });

  test('is neither the approved one nor a plan without required approval', () => {
    expect(refused({}, { approved: 'd1' })).toEqual([]);
    expect(refused({}, { approved: undefined })).toEqual([]);
  });
});

describe('allowed by its own reason only', () => {
  const wrong = {
    'lost-cover': () => [cover('amara 17:00-20:00', ''), {}],
    'emptied-level': () => [policy(ladder(1, 1), ladder(1)), {}],
    'many-writes': () => [{ writes: 501 }, {}],
    'not-the-tip': () => [{}, { tip: 'b' }],
    forgotten: () => [{}, { unreadable: [{ revision: 'a', why: 'b', extent: 'partly' }] }],
    undecided: () => [{}, {}],
    unagreed: () => [{}, { unagreed: [{ name: '#7', missing: ['ben-adeyemi'], leads: ['nia-rhys'] }] }],
    'nothing-applied': () => [{}, { unagreed: [{ name: undefined, missing: [], leads: ['nia-rhys'] }] }],
  } as const satisfies Record<
    (typeof REASONS)[number],
    () => readonly [Partial<GuardedPlan>, Partial<GuardOptions>]
  >;

  test.each(REASONS)('%s', (reason) => {
    const [plan, terms] = wrong[reason]();
    const desired =
      reason === 'undecided'
        ? { ...WANTED, seats: WANTED.seats.slice(1).map((seat) => ({ ...seat, undecidedAt: NOW })) }
        : WANTED;
    const others = REASONS.filter((it) => it !== reason);
    expect(refused(plan, { ...terms, allow: others }, desired)).toHaveLength(1);
    expect(refused(plan, { ...terms, allow: [reason] }, desired)).toEqual([]);
  });
});

test('all refusals are returned, in the order of their reasons', () => {
  const all = refused(
    { ...cover('amara 17:00-20:00', ''), ...policy(ladder(1, 1), ladder(1)), writes: 501 },
    { tip: 'b', approved: 'd0' },
  );
  expect(all.map((it) => it.split(':')[0])).toEqual([
    'lost-cover',
    'emptied-level',
    'many-writes',
    'not-the-tip',
    'another-plan',
  ]);
});
