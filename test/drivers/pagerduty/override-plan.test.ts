/** The overrides to add and remove on one schedule: tables of desired cover and existing overrides, and properties. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ExistingRecord } from '../../../actions/lib/drivers/pagerduty/actual.ts';
import type { DesiredSchedule } from '../../../actions/lib/drivers/pagerduty/desired.ts';
import { coverAfter, overridePlan } from '../../../actions/lib/drivers/pagerduty/override-plan.ts';
import { MINUTE } from '../../../actions/lib/time/date.ts';
import { zoneOf } from '../../../actions/lib/time/zone.ts';
import { layered, overlay, type Timeline } from '../../../actions/lib/timeline.ts';

/** Numbers are minutes. */
const NOW = 10 * MINUTE;
const END = 40;

/** `amara 12-20, ben 20-30`: who is on from when to when, in order of creation. */
const spans = (text: string) =>
  text
    .split(', ')
    .filter((part) => part !== '')
    .map((part) => {
      const [value = '', startAt, endAt] = part.split(/[ -]/);
      return { value, startAt: Number(startAt) * MINUTE, endAt: Number(endAt) * MINUTE };
    });

const overridesOf = (text: string): readonly ExistingRecord[] =>
  spans(text).map(({ value, ...span }, i) => ({ ...span, user: value, id: `Q${i + 1}` }));

const seat = (
  desired: string | Timeline<string>,
  applied: readonly (string | Timeline<string>)[] = [],
): DesiredSchedule => {
  const lineOf = (it: string | Timeline<string>) => (typeof it === 'string' ? layered(spans(it)) : it);
  return {
    role: 'team/rota/role',
    schedule: 'PROTA01',
    zone: zoneOf('UTC'),
    isNamed: true,
    offDuty: { reaches: { kind: 'unstated' }, time: [] },
    cover: lineOf(desired),
    current: lineOf(desired),
    applied: applied.map(lineOf),
    undecidedAt: undefined,
    location: { file: 'f', path: [] },
  };
};

/** `+amara now-20`, `-Q2`, `kept Q1`. */
const changesOf = (desired: string, existing: string, ...applied: readonly string[]): string[] => {
  const { add, remove, manual } = overridePlan(seat(desired, applied), overridesOf(existing), NOW);
  return [
    ...add.map(
      ({ user, startAt, endAt }) =>
        `+${user} ${startAt === undefined ? 'now' : startAt / MINUTE}-${endAt / MINUTE}`,
    ),
    ...remove.map(({ id }) => `-${id}`),
    ...manual.map(({ id }) => `kept ${id}`),
  ];
};

describe('what is added, removed and kept at 10', () => {
  test.each<[what: string, desired: string, existing: string, applied: string, ...changes: string[]]>([
    ['nothing stands', 'amara 12-20', '', '', '+amara 12-20'],
    ['what stands is what is desired', 'amara 12-20', 'amara 12-20', ''],
    ['it stands in pieces', 'amara 12-20', 'amara 12-15, amara 15-20', ''],
    ['it stands in pieces over each other', 'amara 12-20', 'amara 12-16, amara 15-20', ''],
    ['a piece is missing', 'amara 12-20', 'amara 12-15, amara 17-20', '', '+amara 15-17'],
    ['its end is missing', 'amara 12-20', 'amara 12-19', '', '+amara 19-20'],
    ['it goes on for longer', 'amara 12-20', 'amara 12-21', 'amara 12-21', '+amara 12-20', '-Q1'],
    ['it begins earlier', 'amara 12-20', 'amara 11-20', 'amara 11-20', '+amara 12-20', '-Q1'],
    ['a shift in progress', 'amara 5-20', 'amara 5-20', ''],
    ['a shift in progress that began at another time', 'amara 5-20', 'amara 2-20', ''],
    ['a shift in progress of which the answer shows what is left', 'amara 5-20', 'amara 10-20', ''],
    ['a shift in progress that nobody pushed', 'amara 5-20', '', '', '+amara now-20'],
    ['a shift that begins now', 'amara 10-20', '', '', '+amara now-20'],
    ['a shift that is over', 'amara 5-10', '', ''],
    ['a shift that is over in a minute', 'amara 5-11', '', ''],
    [
      'a shift that is over in a minute, with somebody on who goes',
      'amara 5-11',
      'ben 5-20',
      'ben 5-20',
      '+amara now-11',
      '-Q1',
    ],
    ['a shift of one minute that is to come', 'amara 12-13', '', '', '+amara 12-13'],
    ['an override that is over', '', 'ben 2-10', ''],
    ['an override that is over in a moment', '', 'ben 2-11', '', 'kept Q1'],
    ['another in progress', 'ben 5-20', 'amara 5-20', 'amara 5-20', '+ben now-20', '-Q1'],
    [
      'a swap',
      'ben 12-20, amara 20-30',
      'amara 12-20, ben 20-30',
      'amara 12-20, ben 20-30',
      '+ben 12-20',
      '+amara 20-30',
      '-Q1',
      '-Q2',
    ],
    [
      'an hour of a shift',
      'amara 12-15, ben 15-16, amara 16-20',
      'amara 12-20',
      'amara 12-20',
      '+amara 12-15',
      '+ben 15-16',
      '+amara 16-20',
      '-Q1',
    ],
    ['nobody any more', '', 'amara 12-20', 'amara 12-20', '-Q1'],
    ['somebody by hand where nobody is desired', '', 'dee 12-20', '', 'kept Q1'],
    ['somebody by hand for all of it', 'amara 12-20', 'dee 12-20', '', 'kept Q1'],
    [
      'somebody by hand in the middle',
      'amara 12-20',
      'dee 14-16',
      '',
      '+amara 12-14',
      '+amara 16-20',
      'kept Q1',
    ],
    ['somebody by hand over ours', 'amara 12-20', 'amara 12-20, dee 14-16', 'amara 12-20', 'kept Q2'],
    [
      'somebody by hand over ours that goes',
      'ben 12-20',
      'amara 12-20, dee 14-16',
      'amara 12-20',
      '+ben 12-14',
      '+ben 16-20',
      '-Q1',
      'kept Q2',
    ],
    ['somebody by hand who is whom the handbook has by now', 'dee 12-20', 'dee 12-20', 'amara 12-20'],
    [
      'somebody by hand who is desired next door only',
      'amara 12-14, dee 14-20',
      'dee 12-16',
      '',
      '+dee 16-20',
      'kept Q1',
    ],
    [
      'the same person, but longer than was ever applied',
      'amara 12-20',
      'amara 12-24',
      'amara 12-20',
      'kept Q1',
    ],
    ['a crash after adding: both stand', 'ben 12-20', 'amara 12-20, ben 12-20', 'amara 12-20', '-Q1'],
  ])('%s', (_, desired, existing, applied, ...changes) => {
    expect(changesOf(desired, existing, applied)).toEqual(changes);
  });

  test('an override within any one applied revision is ours, but not one within several only together', () => {
    const applied = ['amara 12-20', 'ben 12-20', 'amara 20-30'];
    expect(changesOf('', 'amara 12-20, ben 12-20, amara 20-30', ...applied)).toEqual(['-Q1', '-Q2', '-Q3']);
    expect(changesOf('', 'amara 12-30', ...applied)).toEqual(['kept Q1']);
  });
});

describe('properties', () => {
  const user = fc.constantFrom('amara', 'ben', 'chi');
  const heap = fc.array(
    fc.record({
      value: user,
      startAt: fc.integer({ min: 0, max: END }),
      length: fc.integer({ min: 1, max: 12 }),
    }),
    { maxLength: 6 },
  );
  const spansIn = heap.map((all) =>
    all.map(({ value, startAt, length }) => ({
      value,
      startAt: startAt * MINUTE,
      endAt: (startAt + length) * MINUTE,
    })),
  );
  const timeline = spansIn.map((all) => layered(all));
  /** Many of them are parts of the applied cover, as our overrides are. */
  const given = fc
    .record({
      desired: timeline,
      applied: fc.array(timeline, { maxLength: 2 }),
      made: spansIn,
      base: timeline,
      picks: fc.array(fc.nat(20), { maxLength: 5 }),
    })
    .map(({ desired, applied, made, base, picks }) => {
      const pieces = [desired, ...applied].flat();
      const own = picks.flatMap((i) => pieces[i % Math.max(pieces.length, 1)] ?? []);
      const existing = [...own, ...made].map(({ value, startAt, endAt }, i) => ({
        id: `Q${i}`,
        user: value,
        startAt,
        endAt,
      }));
      return { desired, applied, existing, base };
    });

  const at = (line: Timeline<string>, t: number) =>
    line.find(({ startAt, endAt }) => startAt <= t && t < endAt)?.value;
  const INSTANTS = Array.from({ length: END + 12 - NOW / MINUTE }, (_, i) => NOW + i * MINUTE);
  /** The latest takes precedence. */
  const shown = (base: Timeline<string>, made: readonly ExistingRecord[]): Timeline<string> =>
    overlay(base, layered(made.map(({ startAt, endAt, user: value }) => ({ startAt, endAt, value }))));
  const carriedOut = (
    existing: readonly ExistingRecord[],
    plan: ReturnType<typeof overridePlan>,
  ): readonly ExistingRecord[] => [
    ...existing.filter(({ id }) => !plan.remove.some((it) => it.id === id)),
    ...plan.add.map(({ startAt = NOW, ...it }, i) => ({ ...it, startAt, id: `QNEW${i}` })),
  ];
  /** Whether a timeline has the override's person for all of its remaining time. */
  const says = (line: Timeline<string>, { startAt, endAt, user: own }: ExistingRecord) =>
    INSTANTS.filter((t) => t >= startAt && t < endAt).every((t) => at(line, t) === own);

  test('afterwards the desired cover is in force, except for manual overrides', () => {
    fc.assert(
      fc.property(given, ({ desired, applied, existing, base }) => {
        const plan = overridePlan(seat(desired, applied), existing, NOW);
        const line = shown(base, carriedOut(existing, plan));
        // A gap of a minute from now is not filled, unless an override in progress is removed.
        const isQuiet = !plan.remove.some(({ startAt }) => startAt <= NOW);
        for (const t of isQuiet ? INSTANTS.slice(1) : INSTANTS) {
          const byHand = plan.manual.filter(({ startAt, endAt }) => startAt <= t && t < endAt);
          const fine =
            byHand.length > 0
              ? [at(desired, t), ...byHand.map((it) => it.user)]
              : [at(desired, t) ?? at(base, t)];
          expect(fine).toContain(at(line, t));
        }
      }),
    );
  });

  test('between adding and removing, everyone who is on either was on or should be', () => {
    fc.assert(
      fc.property(given, ({ desired, applied, existing, base }) => {
        const plan = overridePlan(seat(desired, applied), existing, NOW);
        const before = shown(base, existing);
        const between = shown(base, carriedOut(existing, { ...plan, remove: [] }));
        for (const t of INSTANTS) expect([at(before, t), at(desired, t)]).toContain(at(between, t));
      }),
    );
  });

  test('only overrides from an applied handbook are removed; other differing overrides are kept', () => {
    fc.assert(
      fc.property(given, ({ desired, applied, existing }) => {
        const { remove, unchanged, manual } = overridePlan(seat(desired, applied), existing, NOW);
        const left = existing.filter(({ endAt }) => endAt > NOW);
        const isRight = (it: ExistingRecord) => says(desired, it);
        const isOurs = (it: ExistingRecord) => applied.some((line) => says(line, it));
        expect(unchanged).toEqual(left.filter(isRight));
        expect(remove).toEqual(left.filter((it) => !isRight(it) && isOurs(it)));
        expect(manual).toEqual(left.filter((it) => !isRight(it) && !isOurs(it)));
      }),
    );
  });

  test('a second plan is empty, and keeps the same overrides', () => {
    fc.assert(
      fc.property(given, ({ desired, applied, existing }) => {
        const first = overridePlan(seat(desired, applied), existing, NOW);
        const again = overridePlan(seat(desired, [...applied, desired]), carriedOut(existing, first), NOW);
        expect([again.add, again.remove, again.manual]).toEqual([[], [], first.manual]);
      }),
    );
  });

  test('nothing is added twice: additions overlap neither each other nor kept overrides', () => {
    fc.assert(
      fc.property(given, ({ desired, applied, existing }) => {
        const { add, unchanged, manual } = overridePlan(seat(desired, applied), existing, NOW);
        for (const t of INSTANTS) {
          const added = add.filter(({ startAt = NOW, endAt }) => startAt <= t && t < endAt);
          const stays = [...unchanged, ...manual].some(({ startAt, endAt }) => startAt <= t && t < endAt);
          expect(added.length).toBeLessThanOrEqual(stays ? 0 : 1);
        }
      }),
    );
  });

  test('the predicted cover is the resulting cover', () => {
    fc.assert(
      fc.property(given, ({ desired, applied, existing, base }) => {
        const plan = overridePlan(seat(desired, applied), existing, NOW);
        // If the same person has a kept override below a removed one, the rendering does not show which of them is
        // visible.
        const twice = plan.remove.some((own) =>
          [...plan.unchanged, ...plan.manual].some(
            (other) => other.user === own.user && other.startAt < own.endAt && own.startAt < other.endAt,
          ),
        );
        fc.pre(!twice);
        const span = { startAt: NOW, endAt: (END + 12) * MINUTE };
        const promised = coverAfter(plan, { final: shown(base, existing), base }, span);
        const line = shown(base, carriedOut(existing, plan));
        // Below a removed override, the rendering does not show which of two others is hidden.
        for (const t of INSTANTS) {
          const hidden = plan.remove.some(({ startAt, endAt }) => startAt <= t && t < endAt);
          if (!hidden) expect(at(promised, t)).toBe(at(line, t));
        }
      }),
    );
  });
});
