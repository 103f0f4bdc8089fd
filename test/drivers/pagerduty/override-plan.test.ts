/** What is added and removed on one schedule: tables of who is to be on and what stands, and laws for any of them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ExistingOverride } from '../../../actions/lib/drivers/pagerduty/actual.ts';
import type { DesiredSchedule } from '../../../actions/lib/drivers/pagerduty/desired.ts';
import { coverAfter, overridePlan } from '../../../actions/lib/drivers/pagerduty/override-plan.ts';
import { MINUTE } from '../../../actions/lib/time/date.ts';
import { zoneOf } from '../../../actions/lib/time/zone.ts';
import { layered, overlay, type Timeline } from '../../../actions/lib/timeline.ts';

/** Numbers are minutes. */
const NOW = 10 * MINUTE;
const END = 40;

/** `amara 12-20, ben 20-30`: who is on, from when to when, in order of making. */
const spans = (text: string) =>
  text
    .split(', ')
    .filter((part) => part !== '')
    .map((part) => {
      const [value = '', startAt, endAt] = part.split(/[ -]/);
      return { value, startAt: Number(startAt) * MINUTE, endAt: Number(endAt) * MINUTE };
    });

const overridesOf = (text: string): readonly ExistingOverride[] =>
  spans(text).map(({ value, ...span }, i) => ({ ...span, user: value, id: `Q${i + 1}` }));

const seat = (
  wanted: string | Timeline<string>,
  applied: readonly (string | Timeline<string>)[] = [],
): DesiredSchedule => {
  const lineOf = (it: string | Timeline<string>) => (typeof it === 'string' ? layered(spans(it)) : it);
  return {
    role: 'team/rota/role',
    schedule: 'PROTA01',
    zone: zoneOf('UTC'),
    isNamed: true,
    cover: lineOf(wanted),
    current: lineOf(wanted),
    applied: applied.map(lineOf),
    undecidedAt: undefined,
    location: { file: 'f', path: [] },
  };
};

/** `+amara now-20`, `-Q2`, `kept Q1`. */
const told = (wanted: string, standing: string, ...applied: readonly string[]): string[] => {
  const { add, remove, manual } = overridePlan(seat(wanted, applied), overridesOf(standing), NOW);
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
  test.each<[what: string, wanted: string, standing: string, applied: string, ...changes: string[]]>([
    ['nothing stands', 'amara 12-20', '', '', '+amara 12-20'],
    ['what stands is what is wanted', 'amara 12-20', 'amara 12-20', ''],
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
    ['somebody by hand where nobody is wanted', '', 'dee 12-20', '', 'kept Q1'],
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
      'somebody by hand who is wanted next door only',
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
  ])('%s', (_, wanted, standing, applied, ...changes) => {
    expect(told(wanted, standing, applied)).toEqual(changes);
  });

  test('what any of the revisions applied may have made is ours, but not what only several together say', () => {
    const applied = ['amara 12-20', 'ben 12-20', 'amara 20-30'];
    expect(told('', 'amara 12-20, ben 12-20, amara 20-30', ...applied)).toEqual(['-Q1', '-Q2', '-Q3']);
    expect(told('', 'amara 12-30', ...applied)).toEqual(['kept Q1']);
  });
});

describe('laws', () => {
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
  /** Many of them pieces of what was applied, as ours are. */
  const given = fc
    .record({
      wanted: timeline,
      applied: fc.array(timeline, { maxLength: 2 }),
      made: spansIn,
      base: timeline,
      picks: fc.array(fc.nat(20), { maxLength: 5 }),
    })
    .map(({ wanted, applied, made, base, picks }) => {
      const pieces = [wanted, ...applied].flat();
      const own = picks.flatMap((i) => pieces[i % Math.max(pieces.length, 1)] ?? []);
      const standing = [...own, ...made].map(({ value, startAt, endAt }, i) => ({
        id: `Q${i}`,
        user: value,
        startAt,
        endAt,
      }));
      return { wanted, applied, standing, base };
    });

  const at = (line: Timeline<string>, t: number) =>
    line.find(({ startAt, endAt }) => startAt <= t && t < endAt)?.value;
  const INSTANTS = Array.from({ length: END + 12 - NOW / MINUTE }, (_, i) => NOW + i * MINUTE);
  /** The latest made wins. */
  const shown = (base: Timeline<string>, made: readonly ExistingOverride[]): Timeline<string> =>
    overlay(base, layered(made.map(({ startAt, endAt, user: value }) => ({ startAt, endAt, value }))));
  const carriedOut = (
    standing: readonly ExistingOverride[],
    plan: ReturnType<typeof overridePlan>,
  ): readonly ExistingOverride[] => [
    ...standing.filter(({ id }) => !plan.remove.some((it) => it.id === id)),
    ...plan.add.map(({ startAt = NOW, ...it }, i) => ({ ...it, startAt, id: `QNEW${i}` })),
  ];
  /** Whether a line has the override's person at every instant that is left of it. */
  const says = (line: Timeline<string>, { startAt, endAt, user: own }: ExistingOverride) =>
    INSTANTS.filter((t) => t >= startAt && t < endAt).every((t) => at(line, t) === own);

  test('afterwards whoever is wanted is on, but where somebody put themselves in by hand', () => {
    fc.assert(
      fc.property(given, ({ wanted, applied, standing, base }) => {
        const plan = overridePlan(seat(wanted, applied), standing, NOW);
        const line = shown(base, carriedOut(standing, plan));
        // A minute at once is not worth a change, unless somebody goes who is on.
        const isQuiet = !plan.remove.some(({ startAt }) => startAt <= NOW);
        for (const t of isQuiet ? INSTANTS.slice(1) : INSTANTS) {
          const byHand = plan.manual.filter(({ startAt, endAt }) => startAt <= t && t < endAt);
          const fine =
            byHand.length > 0
              ? [at(wanted, t), ...byHand.map((it) => it.user)]
              : [at(wanted, t) ?? at(base, t)];
          expect(fine).toContain(at(line, t));
        }
      }),
    );
  });

  test('between adding and removing nobody is on who neither was nor is to be', () => {
    fc.assert(
      fc.property(given, ({ wanted, applied, standing, base }) => {
        const plan = overridePlan(seat(wanted, applied), standing, NOW);
        const before = shown(base, standing);
        const between = shown(base, carriedOut(standing, { ...plan, remove: [] }));
        for (const t of INSTANTS) expect([at(before, t), at(wanted, t)]).toContain(at(between, t));
      }),
    );
  });

  test('only what the handbook said, now or when it was applied, is removed; the rest of what differs is kept', () => {
    fc.assert(
      fc.property(given, ({ wanted, applied, standing }) => {
        const { remove, unchanged, manual } = overridePlan(seat(wanted, applied), standing, NOW);
        const left = standing.filter(({ endAt }) => endAt > NOW);
        const isRight = (it: ExistingOverride) => says(wanted, it);
        const isOurs = (it: ExistingOverride) => applied.some((line) => says(line, it));
        expect(unchanged).toEqual(left.filter(isRight));
        expect(remove).toEqual(left.filter((it) => !isRight(it) && isOurs(it)));
        expect(manual).toEqual(left.filter((it) => !isRight(it) && !isOurs(it)));
      }),
    );
  });

  test('planned again afterwards there is nothing to do, and the same is kept', () => {
    fc.assert(
      fc.property(given, ({ wanted, applied, standing }) => {
        const first = overridePlan(seat(wanted, applied), standing, NOW);
        const again = overridePlan(seat(wanted, [...applied, wanted]), carriedOut(standing, first), NOW);
        expect([again.add, again.remove, again.manual]).toEqual([[], [], first.manual]);
      }),
    );
  });

  test('nothing is added twice: not over another addition, nor over what stays', () => {
    fc.assert(
      fc.property(given, ({ wanted, applied, standing }) => {
        const { add, unchanged, manual } = overridePlan(seat(wanted, applied), standing, NOW);
        for (const t of INSTANTS) {
          const added = add.filter(({ startAt = NOW, endAt }) => startAt <= t && t < endAt);
          const stays = [...unchanged, ...manual].some(({ startAt, endAt }) => startAt <= t && t < endAt);
          expect(added.length).toBeLessThanOrEqual(stays ? 0 : 1);
        }
      }),
    );
  });

  test('who is told to be on afterwards is who will be', () => {
    fc.assert(
      fc.property(given, ({ wanted, applied, standing, base }) => {
        const plan = overridePlan(seat(wanted, applied), standing, NOW);
        // Where the same person stands there twice, one to stay below one to go, the rendering cannot tell which it shows.
        const twice = plan.remove.some((own) =>
          [...plan.unchanged, ...plan.manual].some(
            (other) => other.user === own.user && other.startAt < own.endAt && own.startAt < other.endAt,
          ),
        );
        fc.pre(!twice);
        const span = { startAt: NOW, endAt: (END + 12) * MINUTE };
        const promised = coverAfter(plan, { final: shown(base, standing), base }, span);
        const line = shown(base, carriedOut(standing, plan));
        // Under one of ours that goes, the rendering does not tell which of two others it hides.
        for (const t of INSTANTS) {
          const hidden = plan.remove.some(({ startAt, endAt }) => startAt <= t && t < endAt);
          if (!hidden) expect(at(promised, t)).toBe(at(line, t));
        }
      }),
    );
  });
});
