/**
 * The changes on one schedule of shifts: tables of desired cover and what PagerDuty has, and properties. PagerDuty is
 * simulated minute by minute: everybody who has a shift or a turn of a rotation is on, as the newest override has it.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ExistingRecord, RenderedShift } from '../../../actions/lib/drivers/pagerduty/actual.ts';
import type { ScheduleChanges } from '../../../actions/lib/drivers/pagerduty/changes.ts';
import type { DesiredSchedule } from '../../../actions/lib/drivers/pagerduty/desired.ts';
import { beneathOf } from '../../../actions/lib/drivers/pagerduty/kinds.ts';
import {
  coverOfShifts,
  isSettled,
  rotationsAtOnce,
  shiftPlan,
} from '../../../actions/lib/drivers/pagerduty/shift-plan.ts';
import { MINUTE } from '../../../actions/lib/time/date.ts';
import { zoneOf } from '../../../actions/lib/time/zone.ts';
import { layered, type Timeline } from '../../../actions/lib/timeline.ts';

/** Numbers are minutes. */
const NOW = 10 * MINUTE;
const END = 60;

interface Piece {
  readonly value: string;
  readonly startAt: number;
  readonly endAt: number;
}

/** `amara 12-20, ben 20-30`: who is on from when to when. */
const spans = (text: string): readonly Piece[] =>
  text
    .split(', ')
    .filter((part) => part !== '')
    .map((part) => {
      const [value = '', startAt, endAt] = part.split(/[ -]/);
      return { value, startAt: Number(startAt) * MINUTE, endAt: Number(endAt) * MINUTE };
    });

/**
 * What PagerDuty has. `amara 12-20` is a custom shift of the id S1; in a rotation, a turn of it; as an override,
 * `ben:amara@S1 12-20` puts ben on for amara in S1, and `-` stands for nobody.
 */
interface Has {
  readonly shifts?: string;
  readonly rotation?: string;
  readonly other?: string;
  readonly overrides?: string;
}

/** The records and the rotations of a schedule, the latter by their own turns. */
interface World {
  readonly records: readonly ExistingRecord[];
  readonly rotations: ReadonlyMap<string, readonly Piece[]>;
}

const memberOf = (name: string): string => (name === '-' ? '' : name);

function worldOf({ shifts = '', rotation = '', other = '', overrides = '' }: Has): World {
  const custom = spans(shifts).map(({ value, ...times }, i) => ({
    ...times,
    id: `S${i + 1}`,
    user: memberOf(value),
  }));
  const replacing = spans(overrides).map(({ value, ...times }, i) => {
    const [user = '', member = '', id = ''] = value.split(/[:@]/);
    const source = id.startsWith('S') ? ('shift' as const) : ('rotation' as const);
    return {
      ...times,
      id: `O${i + 1}`,
      user: memberOf(user),
      over: { source, id, member: memberOf(member) },
    };
  });
  const lines = [
    ['R1', spans(rotation)],
    ['R2', spans(other)],
  ] as const;
  return {
    records: [...custom, ...replacing],
    rotations: new Map(lines.filter(([, turns]) => turns.length > 0)),
  };
}

const covers = ({ startAt, endAt }: Omit<Piece, 'value'>, t: number): boolean => startAt <= t && t < endAt;

/** PagerDuty's rendering from now on, in pieces of a minute. */
function rendered({ records, rotations }: World): readonly RenderedShift[] {
  const found: RenderedShift[] = [];
  const shifts = records.filter(({ over }) => over === undefined);
  for (let t = NOW; t < END * MINUTE; t += MINUTE) {
    const on = [
      ...[...rotations].flatMap(([id, turns]) =>
        turns.filter((it) => covers(it, t)).map(({ value }) => ({ source: 'rotation' as const, id, value })),
      ),
      ...shifts
        .filter((it) => covers(it, t))
        .map(({ id, user }) => ({ source: 'shift' as const, id, value: user })),
    ];
    for (const { source, id, value } of on) {
      const override = records.findLast(
        (it) => it.over?.id === id && it.over.member === memberOf(value) && covers(it, t),
      );
      found.push({
        startAt: t,
        endAt: t + MINUTE,
        user: override === undefined ? memberOf(value) : override.user,
        source: { source, id },
        override: override?.id,
      });
    }
  }
  return found;
}

const actualOf = (world: World) => ({
  kind: 'shifts' as const,
  assignments: rendered(world),
  rotations: new Set(world.rotations.keys()),
  records: world.records,
});

const seat = (
  desired: string | Timeline<string>,
  applied: readonly (string | Timeline<string>)[] = [],
  current: string | Timeline<string> = desired,
): DesiredSchedule => {
  const lineOf = (it: string | Timeline<string>) => (typeof it === 'string' ? layered(spans(it)) : it);
  return {
    role: 'team/rota/role',
    schedule: 'PROTA01',
    zone: zoneOf('UTC'),
    isNamed: true,
    offDuty: { reaches: { kind: 'unstated' }, time: [] },
    cover: lineOf(desired),
    current: lineOf(current),
    applied: applied.map(lineOf),
    undecidedAt: undefined,
    location: { file: 'f', path: [] },
  };
};

const times = ({ startAt, endAt }: { startAt: number | undefined; endAt: number }) =>
  `${startAt === undefined ? 'now' : startAt / MINUTE}-${endAt / MINUTE}`;

/** `+amara 12-20`, `+amara:inbox@R1 12-20`, `S1=amara`, `-O2`, `kept S1`, `orphan O1`. */
const listed = ({ add, edit, remove, manual, orphans }: ScheduleChanges): string[] => [
  ...add.map(
    ({ user, over, ...it }) =>
      `+${user}${over === undefined ? '' : `:${over.member}@${over.id}`} ${times(it)}`,
  ),
  ...edit.map(({ record, user }) => `${record.id}=${user}`),
  ...remove.map(({ id }) => `-${id}`),
  ...manual.map(({ id }) => `kept ${id}`),
  ...orphans.map(({ id }) => `orphan ${id}`),
];

const changesOf = (desired: string, has: Has, applied = '', current = desired): string[] =>
  listed(shiftPlan(seat(desired, [applied], current), actualOf(worldOf(has)), NOW));

describe('custom shifts, at 10, where nothing lies beneath', () => {
  test.each<[what: string, desired: string, shifts: string, applied: string, ...changes: string[]]>([
    ['nothing stands', 'amara 15-20', '', '', '+amara 15-20'],
    ['what stands is what is desired', 'amara 15-20', 'amara 15-20', ''],
    ['it stands in pieces', 'amara 15-20', 'amara 15-18, amara 18-20', ''],
    ['it stands twice, as after a retry', 'amara 15-20', 'amara 15-20, amara 15-20', ''],
    ['somebody else has a future shift: one edit', 'ben 15-20', 'amara 15-20', 'amara 15-20', 'S1=ben'],
    [
      'a swap: one edit for each',
      'ben 15-20, amara 20-30',
      'amara 15-20, ben 20-30',
      'amara 15-20, ben 20-30',
      'S1=ben',
      'S2=amara',
    ],
    [
      'of two of one shift, one is edited, and the other goes',
      'ben 15-20',
      'amara 15-20, amara 15-20',
      'amara 15-20',
      'S2=ben',
      '-S1',
    ],
    [
      'hours in the middle',
      'amara 15-17, ben 17-18, amara 18-20',
      'amara 15-20',
      'amara 15-20',
      ...['+amara 15-17', '+ben 17-18', '+amara 18-20', '-S1'],
    ],
    ['it goes on for longer', 'amara 15-20', 'amara 15-21', 'amara 15-21', '+amara 15-20', '-S1'],
    ['a shift in progress', 'amara 5-20', 'amara 5-20', ''],
    ['another in progress is not edited', 'ben 5-20', 'amara 5-20', 'amara 5-20', '+ben now-20', '-S1'],
    [
      'another who begins within two minutes is not edited',
      'ben 12-20',
      'amara 12-20',
      'amara 12-20',
      ...['+ben 12-20', '-S1'],
    ],
    ['another who begins after two minutes is', 'ben 13-20', 'amara 13-20', 'amara 13-20', 'S1=ben'],
    ['a shift that is over', 'amara 5-10', '', ''],
    ['a shift that is over in a minute', 'amara 5-11', '', ''],
    ['nobody any more', '', 'amara 15-20', 'amara 15-20', '-S1'],
    [
      "somebody's own shift does not keep ours away",
      'amara 15-20',
      'dee 15-20',
      '',
      '+amara 15-20',
      'kept S1',
    ],
    ["somebody's own shift beside ours", 'amara 15-20', 'amara 15-20, dee 16-18', '', 'kept S2'],
    ["somebody's own shift of the desired person", 'amara 15-20', 'amara 15-25', '', 'kept S1'],
    ['a shift of nobody', 'amara 15-20', '- 15-20', '', '+amara 15-20', 'kept S1'],
    ['a crash after adding: both stand', 'ben 5-20', 'amara 5-20, ben 10-20', 'amara 5-20', '-S1'],
  ])('%s', (_, desired, shifts, applied, ...changes) => {
    expect(changesOf(desired, { shifts }, applied)).toEqual(changes);
  });

  test('a stale shift beyond the horizon is not removed without whoever the handbook has there', () => {
    const far = 'amara 15-20, ben 40-50';
    expect(changesOf('amara 15-20', { shifts: 'amara 15-20, dee 40-50' }, 'dee 40-50', far)).toEqual([
      'S2=ben',
    ]);
  });

  test('an override by hand on one of our shifts stays, and nothing is added beneath it', () => {
    const has = { shifts: 'amara 15-20', overrides: 'dee:amara@S1 16-18' };
    expect(changesOf('amara 15-20', has)).toEqual(['kept O1']);
  });
});

describe('overrides of a rotation, at 10', () => {
  const inbox = 'inbox 0-60';
  test.each<[what: string, desired: string, has: Has, applied: string, ...changes: string[]]>([
    ['the rotation has somebody else', 'amara 15-20', { rotation: inbox }, '', '+amara:inbox@R1 15-20'],
    ['the rotation has the desired person', 'amara 15-20', { rotation: 'amara 0-60' }, ''],
    [
      'it is cut where the member changes',
      'amara 15-25',
      { rotation: 'inbox 0-20, ben 20-60' },
      '',
      ...['+amara:inbox@R1 15-20', '+amara:ben@R1 20-25'],
    ],
    [
      'and left out where the rotation has the desired person',
      'amara 15-25',
      { rotation: 'inbox 0-18, amara 18-22, ben 22-60' },
      '',
      ...['+amara:inbox@R1 15-18', '+amara:ben@R1 22-25'],
    ],
    [
      'a custom shift fills a hole of the rotation',
      'amara 15-25',
      { rotation: 'inbox 0-18, inbox 20-60' },
      '',
      ...['+amara:inbox@R1 15-18', '+amara 18-20', '+amara:inbox@R1 20-25'],
    ],
    [
      'a turn of nobody is a hole',
      'amara 15-25',
      { rotation: 'inbox 0-18, - 18-60' },
      '',
      ...['+amara:inbox@R1 15-18', '+amara 18-25'],
    ],
    [
      'overrides of ours that were carried over by an upgrade',
      'amara 15-25',
      { rotation: 'inbox 0-20, ben 20-60', overrides: 'amara:inbox@R1 15-20, amara:ben@R1 20-25' },
      'amara 15-25',
    ],
    [
      'a swap: one edit for each override',
      'ben 15-20, amara 20-30',
      { rotation: inbox, overrides: 'amara:inbox@R1 15-20, ben:inbox@R1 20-30' },
      'amara 15-20, ben 20-30',
      ...['O1=ben', 'O2=amara'],
    ],
    [
      'a swap with the person of the rotation',
      'inbox 15-20',
      { rotation: inbox, overrides: 'amara:inbox@R1 15-20' },
      'amara 15-20',
      '-O1',
    ],
    [
      'another in progress',
      'ben 5-20',
      { rotation: inbox, overrides: 'amara:inbox@R1 5-20' },
      'amara 5-20',
      ...['+ben:inbox@R1 now-20', '-O1'],
    ],
    [
      'an override by hand takes precedence',
      'amara 15-25',
      { rotation: inbox, overrides: 'dee:inbox@R1 18-20' },
      '',
      ...['+amara:inbox@R1 15-18', '+amara:inbox@R1 20-25', 'kept O1'],
    ],
    [
      'an override by hand of somebody who is not on keeps nothing away',
      'amara 15-25',
      { rotation: inbox, overrides: 'dee:chi@R1 18-20' },
      '',
      ...['+amara:inbox@R1 15-25', 'kept O1'],
    ],
    [
      'an override of ours for a member who no longer is there',
      'amara 15-20',
      { rotation: inbox, overrides: 'amara:chi@R1 15-20' },
      'amara 15-20',
      '+amara:inbox@R1 15-20',
    ],
    [
      'a rotation that somebody adds to a schedule of ours',
      'amara 15-20',
      { rotation: inbox, shifts: 'amara 15-20' },
      'amara 15-20',
      '+amara:inbox@R1 15-20',
    ],
    [
      'an override whose custom shift is gone',
      'amara 15-20',
      { shifts: 'amara 15-20', overrides: 'ben:amara@S9 15-20' },
      'ben 15-20',
      'orphan O1',
    ],
    [
      'an override whose rotation is gone',
      'amara 15-20',
      { shifts: 'amara 15-20', overrides: 'ben:inbox@R9 15-20' },
      'ben 15-20',
      'orphan O1',
    ],
  ])('%s', (_, desired, has, applied, ...changes) => {
    expect(changesOf(desired, has, applied)).toEqual(changes);
  });
});

describe('the rendering alone', () => {
  test.each<[what: string, desired: string, has: Has, settled: boolean]>([
    ['ours', 'amara 15-20', { shifts: 'amara 15-20' }, true],
    [
      'ours over a rotation',
      'amara 15-20',
      { rotation: 'inbox 0-60', overrides: 'amara:inbox@R1 15-20' },
      true,
    ],
    ['the rotation itself', 'amara 15-20', { rotation: 'amara 0-60' }, true],
    ['nobody', 'amara 15-20', {}, false],
    ['somebody else', 'amara 15-20', { shifts: 'ben 15-20' }, false],
    ['somebody beside ours', 'amara 15-20', { shifts: 'amara 15-20', rotation: 'inbox 0-60' }, false],
    ['a shift that nobody desired', 'amara 15-20', { shifts: 'amara 15-20, dee 30-40' }, false],
    ['an override by hand', 'amara 15-20', { shifts: 'amara 15-20', overrides: 'dee:amara@S1 16-17' }, false],
    ['a piece is missing', 'amara 15-20', { shifts: 'amara 15-17, amara 18-20' }, false],
  ])('settles it or not: %s', (_, desired, has, settled) => {
    expect(isSettled(seat(desired), actualOf(worldOf(has)), NOW)).toBe(settled);
  });

  test('shows rotations with several people on at once, where somebody is desired', () => {
    const crowded = (has: Has) =>
      rotationsAtOnce(seat('amara 15-20, ben 20-25'), actualOf(worldOf(has))).map(times);
    expect(crowded({ rotation: 'inbox 0-18', other: 'dee 16-60' })).toEqual(['16-18']);
    expect(crowded({ rotation: 'inbox 0-18', other: 'dee 18-60' })).toEqual([]);
    expect(crowded({ rotation: 'amara 0-60', other: 'amara 16-18' })).toEqual([]);
    expect(crowded({ rotation: 'inbox 0-60, dee 16-18' })).toEqual(['16-18']);
    expect(crowded({ rotation: 'inbox 30-60', other: 'dee 30-60' })).toEqual([]);
  });

  test('shows whether anything lies beneath', () => {
    const beneath = (has: Has) => beneathOf(actualOf(worldOf(has)));
    expect(beneath({ shifts: 'amara 15-20' })).toBe('nothing');
    expect(beneath({ rotation: '- 0-60' })).toBe('nothing');
    expect(beneath({ rotation: 'inbox 0-60' })).toBe('rotations');
  });
});

describe('properties', () => {
  const user = fc.constantFrom('amara', 'ben', 'chi');
  const heap = fc
    .array(
      fc.record({
        value: user,
        startAt: fc.integer({ min: 0, max: 40 }),
        length: fc.integer({ min: 1, max: 12 }),
      }),
      { maxLength: 5 },
    )
    .map((all) =>
      all.map(({ value, startAt, length }) => ({
        value,
        startAt: startAt * MINUTE,
        endAt: (startAt + length) * MINUTE,
      })),
    );
  const timeline = heap.map((all) => layered(all));

  /** Custom shifts, a rotation and overrides of either; many of them are as the handbook has or had them. */
  const given = fc
    .record({
      desired: timeline,
      applied: fc.array(timeline, { maxLength: 2 }),
      turns: timeline,
      made: heap,
      picks: fc.array(fc.nat(20), { maxLength: 5 }),
      overrides: fc.array(fc.tuple(fc.nat(30), user, user), { maxLength: 3 }),
    })
    .map(({ desired, applied, turns, made, picks, overrides }) => {
      const pieces = [desired, ...applied].flat();
      const own = picks.flatMap((i) => pieces[i % Math.max(pieces.length, 1)] ?? []);
      const shifts = [...own, ...made].map(({ value, ...it }, i) => ({ ...it, id: `S${i}`, user: value }));
      const places = [
        ...turns.map((it) => ({ ...it, over: { source: 'rotation' as const, id: 'R1', member: it.value } })),
        ...shifts.map((it) => ({ ...it, over: { source: 'shift' as const, id: it.id, member: it.user } })),
      ];
      const over = overrides.flatMap(([at, by], i) => {
        const place = places[at % Math.max(places.length, 1)];
        if (place === undefined) return [];
        const { startAt, endAt, over } = place;
        return [{ id: `O${i}`, user: by, startAt, endAt, over }];
      });
      const rotations = new Map(turns.length > 0 ? [['R1', turns] as const] : []);
      const records: readonly ExistingRecord[] = [...shifts, ...over];
      return { desired, applied, world: { records, rotations } };
    });

  const carriedOut = ({ records, rotations }: World, { add, edit, remove }: ScheduleChanges): World => ({
    records: [
      ...records
        .filter((it) => !remove.includes(it))
        .map((it) => ({ ...it, user: edit.find(({ record }) => record === it)?.user ?? it.user })),
      ...add.map((it, i) => ({ ...it, startAt: it.startAt ?? NOW, id: `N${i}` })),
    ],
    rotations,
  });
  const onAt = (world: World) => {
    const shown = Map.groupBy(
      rendered(world).filter(({ user: own }) => own !== ''),
      ({ startAt }) => startAt,
    );
    return (t: number) => [...new Set((shown.get(t) ?? []).map(({ user: own }) => own))].toSorted();
  };
  const at = (line: Timeline<string>, t: number) => line.find((it) => covers(it, t))?.value;
  /** Without the minute from now, which is not filled. */
  const LATER = Array.from({ length: END - NOW / MINUTE - 1 }, (_, i) => NOW + (i + 1) * MINUTE);
  const planOf = (desired: Timeline<string>, applied: readonly Timeline<string>[], world: World) =>
    shiftPlan(seat(desired, applied), actualOf(world), NOW);

  test('afterwards the desired person is on at every instant, unless an override by hand replaces somebody', () => {
    fc.assert(
      fc.property(given, ({ desired, applied, world }) => {
        const plan = planOf(desired, applied, world);
        const on = onAt(carriedOut(world, plan));
        for (const t of LATER) {
          const own = at(desired, t);
          const byHand = plan.manual.some((it) => it.over !== undefined && covers(it, t));
          if (own !== undefined && !byHand) expect(on(t)).toContain(own);
        }
      }),
    );
  });

  test('afterwards nobody else is on where somebody is desired, but by hand', () => {
    fc.assert(
      fc.property(given, ({ desired, applied, world }) => {
        const plan = planOf(desired, applied, world);
        const on = onAt(carriedOut(world, plan));
        for (const t of LATER) {
          const own = at(desired, t);
          if (own === undefined) continue;
          const byHand = plan.manual
            .filter((it) => covers(it, t))
            .flatMap((it) => [it.user, it.over?.member]);
          expect([own, ...byHand]).toEqual(expect.arrayContaining([...on(t)]));
        }
      }),
    );
  });

  test('between adding, editing and removing, nobody is missing who is on before and after', () => {
    fc.assert(
      fc.property(given, ({ desired, applied, world }) => {
        const plan = planOf(desired, applied, world);
        const states = [
          world,
          carriedOut(world, { ...plan, edit: [], remove: [] }),
          ...plan.edit.map((_, i) =>
            carriedOut(world, { ...plan, edit: plan.edit.slice(0, i + 1), remove: [] }),
          ),
          ...plan.remove.map((_, i) => carriedOut(world, { ...plan, remove: plan.remove.slice(0, i + 1) })),
        ].map(onAt);
        const [first, last] = [states[0], states.at(-1)];
        for (const t of LATER) {
          if (first === undefined || last === undefined) continue;
          if (first(t).length === 0 || last(t).length === 0) continue;
          for (const on of states) expect(on(t)).not.toEqual([]);
        }
      }),
    );
  });

  test('the predicted cover is the resulting cover', () => {
    fc.assert(
      fc.property(given, ({ desired, applied, world }) => {
        const plan = planOf(desired, applied, world);
        // Of two overrides over each other, the rendering does not show which is the newer where neither is in force.
        const over = world.records.filter((it) => it.over !== undefined);
        fc.pre(
          !over.some((one, i) =>
            over.slice(i + 1).some((it) => it.over?.id === one.over?.id && it.startAt < one.endAt),
          ),
        );
        const promised = coverOfShifts(plan, actualOf(world), NOW);
        const on = onAt(carriedOut(world, plan));
        for (const t of LATER) expect(at(promised, t) ?? '').toBe(on(t).join(' '));
      }),
    );
  });

  test('a second plan is empty, and keeps the same records', () => {
    fc.assert(
      fc.property(given, ({ desired, applied, world }) => {
        const first = planOf(desired, applied, world);
        const again = planOf(desired, [...applied, desired], carriedOut(world, first));
        expect(listed({ ...again, manual: [], orphans: [] })).toEqual([]);
        // An override on a shift that is removed is left over.
        const left = [...again.manual, ...again.orphans];
        expect(first.manual.filter((it) => !left.some(({ id }) => id === it.id))).toEqual([]);
        expect(again.manual.filter((it) => !first.manual.some(({ id }) => id === it.id))).toEqual([]);
      }),
    );
  });

  test('what the rendering alone settles needs no changes', () => {
    fc.assert(
      fc.property(given, ({ desired, applied, world }) => {
        fc.pre(isSettled(seat(desired, applied), actualOf(world), NOW));
        const { add, edit, remove } = planOf(desired, applied, world);
        expect([add, edit, remove.filter((it) => it.over === undefined)]).toEqual([[], [], []]);
      }),
    );
  });
});
