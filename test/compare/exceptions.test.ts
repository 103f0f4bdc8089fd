/** What is shown of an exception, span by span, and what is counted together when a short cover is measured. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CoverChange } from '../../actions/lib/compare/changes.ts';
import { exceptionsIn } from '../../actions/lib/compare/exceptions.ts';
import { verdictOf } from '../../actions/lib/compare/verdict.ts';
import { countedText, spanText } from '../../actions/lib/compare/words.ts';
import { HOUR } from '../../actions/lib/time/date.ts';
import { zoneOf } from '../../actions/lib/time/zone.ts';
import { aHandbook, at, but, compared } from '../handbook.ts';

const NOW = '2026-12-04T12:00:00Z';
const POLICIES = {
  notice: 'rota_change: {minimum: 7 days}\nshort_cover: {longest: 1 day}\nconsent: [both-people]',
};

/** Ben is on from Wednesday 2 December, round the clock or in office hours; chi from the 9th, amara from the 16th. */
const base = aHandbook({ policies: POLICIES });
const office = `${base.replace('timezone: Europe/London\nhandover', 'timezone: Europe/London\nhours: office\nhandover')}
== policies/support-hours/office.yaml
name: Office
timezone: Europe/London
windows: {day: [{days: [monday, tuesday, wednesday, thursday, friday], from: "09:00", to: "17:00"}]}
`;
const overridden = (text: string, ...overrides: string[]) =>
  text.replace(
    'handover:',
    `overrides:\n${overrides.map((it) => `  - {role: engineer, ${it}}\n`).join('')}handover:`,
  );
const cover = (from: string, to: string, person = 'amara') => `person: ${person}, from: ${from}, to: ${to}`;

/** Each exception ahead: what is shown, what is counted, and the verdict. */
function judged(head: string, own = base, now = NOW): string[] {
  const { against } = compared(own, head, now, {});
  if (against === undefined) throw new Error('there is nothing to compare with');
  return against.ahead.map((it) => {
    const { kind } = verdictOf(it, against, at(now));
    const counted = it.counted.spans > 1 ? `${countedText(it)}; ` : '';
    return `${it.before} → ${it.after} ${spanText(it, at(now))}; ${counted}${kind}`;
  });
}

describe('what is shown is what changes, and the sum decides:', () => {
  const SATURDAY = cover('2026-12-05T13:00', '2026-12-05T15:00');
  const SUNDAY = cover('2026-12-06T13:00', '2026-12-06T15:00');

  test('two short covers of one pair are two spans of four hours', () => {
    expect(judged(overridden(base, SATURDAY, SUNDAY))).toEqual([
      'ben → amara Sat 5 Dec 13:00 – 15:00 and Sun 6 Dec 13:00 – 15:00; counted together: 4 hours in 2 spans; short',
    ]);
  });

  test('each to another colleague are counted together too', () => {
    expect(judged(overridden(base, SATURDAY, SUNDAY.replace('amara', 'chi')))).toEqual([
      'ben → amara Sat 5 Dec 13:00 – 15:00; counted together: 4 hours in 2 spans; short',
      'ben → chi Sun 6 Dec 13:00 – 15:00; counted together: 4 hours in 2 spans; short',
    ]);
  });

  test('more than a day in sum is late, exactly a day is not', () => {
    const halves = (hour: string) =>
      judged(
        overridden(
          base,
          cover('2026-12-05T06:00', '2026-12-05T18:00'),
          cover('2026-12-06T06:00', `2026-12-06T${hour}`),
        ),
      );
    expect(halves('18:00')[0]).toContain('counted together: 24 hours in 2 spans; short');
    expect(halves('18:01')[0]).toContain('counted together: 24 hours 1 minute in 2 spans; late');
  });

  test('all that somebody gives away of a turn, whatever the pauses, but not of another turn', () => {
    const THURSDAY = cover('2026-12-10T17:00', '2026-12-11T07:00');
    const MONDAY = cover('2026-12-14T17:00', '2026-12-15T07:00', 'ben');
    const soon = (...covers: string[]) => judged(overridden(base, ...covers), base, '2026-12-08T12:00:00Z');
    expect(soon(THURSDAY, MONDAY)).toEqual([
      'chi → amara Thu 10 Dec 17:00 – Fri 11 Dec 07:00; counted together: 28 hours in 2 spans; late',
      'chi → ben Mon 14 Dec 17:00 – Tue 15 Dec 07:00; counted together: 28 hours in 2 spans; late',
    ]);
    const evening = (day: number) => cover(`2026-12-${day}T17:00`, `2026-12-${day}T19:00`);
    expect(soon(evening(10), evening(14))).toEqual([
      'chi → amara Thu 10 Dec 17:00 – 19:00; counted together: 4 hours in 2 spans; short',
      'chi → amara Mon 14 Dec 17:00 – 19:00; counted together: 4 hours in 2 spans; short',
    ]);
    // The turn of the 9th is chi's, and so is that of the 30th.
    const NEXT = cover('2026-12-31T17:00', '2027-01-01T07:00');
    for (const it of soon(THURSDAY, NEXT)) expect(it).not.toContain('counted');
  });

  test('a turn in office hours is one span, and as long as it is', () => {
    expect(judged(overridden(office, 'turn: 2026-12-09, person: amara'), office)).toEqual([
      'chi → amara Wed 9 Dec 10:00 – Wed 16 Dec 10:00; late',
    ]);
  });

  test('the last hours of a day and the first of the next are two spans, where two lines say so', () => {
    const head = overridden(
      office,
      cover('2026-12-10T15:00', '2026-12-10T17:00'),
      cover('2026-12-11T09:00', '2026-12-11T11:00'),
    );
    expect(judged(head, office)).toEqual([
      'chi → amara Thu 10 Dec 15:00 – 17:00 and Fri 11 Dec 09:00 – 11:00; counted together: 4 hours in 2 spans; short',
    ]);
  });

  test('they are two spans as well when both lines are removed, and one turn when its line is', () => {
    const own = overridden(
      office,
      cover('2026-12-10T15:00', '2026-12-10T17:00'),
      cover('2026-12-11T09:00', '2026-12-11T11:00'),
    );
    expect(judged(office, own)).toEqual([
      'amara → chi Thu 10 Dec 15:00 – 17:00 and Fri 11 Dec 09:00 – 11:00; counted together: 4 hours in 2 spans; short',
    ]);
    expect(judged(office, overridden(office, 'turn: 2026-12-09, person: amara'))).toEqual([
      'amara → chi Wed 9 Dec 10:00 – Wed 16 Dec 10:00; late',
    ]);
  });

  test('an hour less a day is an hour of each day, whatever lies between', () => {
    const [shown = ''] = judged(office.replace('to: "17:00"', 'to: "16:00"'), office);
    expect(shown).toContain('ben → undefined Fri 4 Dec 16:00 – 17:00, Mon 7 Dec 16:00 – 17:00');
  });

  test('separate weeks by one line are listed, each whole, also beyond the horizon', () => {
    const head = base.replace('[amara, ben, chi]', '[amara, chi, ben]');
    const shown = judged(head, base, '2026-12-05T12:00:00Z');
    expect(shown[0]).toMatch(/^ben → chi .* Wed \d+ \w+ 10:00; /);
    for (const line of shown) expect(line).not.toContain('00:00');
  });
});

describe('a turn that is given away whole, in pieces, is judged as one override of it', () => {
  const clock = (hours: number) => `${String(hours).padStart(2, '0')}:00`;
  const rotaOf = (handover: string, from: number, to: number, others = '') =>
    but(
      office.replace('from: "09:00", to: "17:00"', `from: "${clock(from)}", to: "${clock(to)}"`),
      'handover: {day: wednesday, time: "10:00"}',
      `handover: ${handover}`,
    ).replace('handover:', `${others}handover:`);
  const compareWith = (own: string, head: string) => {
    const { against } = compared(own, head, '2026-12-08T12:00:00Z', {});
    if (against === undefined) throw new Error('there is nothing to compare with');
    return against;
  };
  const NOON = at('2026-12-08T12:00:00Z');
  /** The verdict of the earliest part, which decides about the whole, and what was counted of each. */
  const outcome = (against: ReturnType<typeof compareWith>) => {
    const [first] = against.ahead;
    return [
      first && verdictOf(first, against, NOON).kind,
      ...new Set(against.ahead.map(({ counted }) => `${counted.startAt} ${counted.milliseconds}`)),
    ];
  };

  test('whoever takes the pieces, be the turn a week or a day', () => {
    const found = new Set<string>();
    fc.assert(
      fc.property(
        fc.constantFrom(
          '{day: wednesday, time: "10:00"}',
          '{every: day, time: "00:00"}',
          '{every: day, time: "12:00"}',
        ),
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.tuple(fc.nat(1), fc.boolean()), { minLength: 7, maxLength: 7 }),
        fc.option(fc.nat(6), { nil: undefined }),
        (handover, from, length, given, kept) => {
          const own = rotaOf(handover, from, from + length);
          const turnOf = (person: string) =>
            compareWith(own, overridden(own, `turn: 2026-12-09, person: ${person}`));
          const [holder] = turnOf('nobody').changes.flatMap(({ before }) => before ?? []);
          const takers = ['amara', 'ben', 'chi'].filter((it) => it !== holder);
          const whole = turnOf(takers[0] as string);
          const pieces = whole.changes.flatMap(({ startAt, endAt }, i) => {
            const [taker, isHalved] = given[i] as [number, boolean];
            const middle = startAt + HOUR / 2;
            const spans = isHalved
              ? [
                  [startAt, middle],
                  [middle, endAt],
                ]
              : [[startAt, endAt]];
            return spans.map(([one = 0, other = 0], half) =>
              cover(local(one), local(other), takers[(taker + half) % 2]),
            );
          });
          if (pieces.length === 0) return;
          const shared = compareWith(own, overridden(own, ...pieces));
          expect(outcome(shared)).toEqual(outcome(whole));
          found.add(outcome(whole)[0] ?? '');
          if (kept === undefined || pieces.length <= kept + 1) return;
          // With one piece less it is what it was: the sum of the hours on duty.
          const rest = compareWith(own, overridden(own, ...pieces.toSpliced(kept, 1)));
          const sum = rest.changes.reduce((all, { startAt, endAt }) => all + endAt - startAt, 0);
          for (const { counted } of rest.ahead) expect(counted.milliseconds).toBe(sum);
        },
      ),
    );
    expect([...found].toSorted()).toEqual(['late', 'short']);
  });

  const local = (instant: number) => new Date(instant).toISOString().slice(0, 16);

  test('also where somebody else has a day of it already', () => {
    const day = (date: number, person = 'amara') =>
      `  - {role: engineer, ${cover(`2026-12-${date}T10:00`, `2026-12-${date}T14:00`, person)}}\n`;
    const weekly = '{day: monday, time: "09:00"}';
    const days = (...dates: readonly number[]) => `overrides:\n${dates.map((it) => day(it)).join('')}`;
    const own = rotaOf(weekly, 10, 14, days(15));
    const all = compareWith(own, rotaOf(weekly, 10, 14, days(14, 15, 16, 17, 18)));
    expect(outcome(all)[0]).toBe('late');
    expect(all.ahead.map(countedText)).toEqual(Array(2).fill('counted together: 56 hours in 2 spans'));
    expect(outcome(compareWith(own, rotaOf(weekly, 10, 14, days(14, 15, 16, 17))))[0]).toBe('short');
    const none = rotaOf(weekly, 10, 14);
    const whole = compareWith(none, rotaOf(weekly, 10, 14, days(14, 15, 16, 17, 18)));
    expect(whole.ahead.map(countedText)).toEqual(['counted as the whole turn: 100 hours']);
  });

  test('whatever is written outside the hours between the pieces, in the same change or before', () => {
    const pieces = (person: string, from: string, to: string, more = '') =>
      [14, 15, 16, 17, 18].map(
        (it) =>
          `  - {role: engineer, ${cover(`2026-12-${it}T${from}`, `2026-12-${it}T${to}`, person)}${more}}\n`,
      );
    const given = (before: readonly string[], also: readonly string[] = []) => {
      const [own, head] = [before, [...before, ...pieces('amara', '10:00', '14:00'), ...also]].map((all) =>
        rotaOf('{day: monday, time: "09:00"}', 10, 14, all.length === 0 ? '' : `overrides:\n${all.join('')}`),
      ) as [string, string];
      return compareWith(own, head)
        .ahead.filter(({ extra }) => !extra)
        .map(countedText);
    };
    const minutes = pieces('ben', '18:00', '18:01', ', extra: true');
    const asWhole = ['counted as the whole turn: 100 hours'];
    expect([given([]), given(minutes), given([], minutes)]).toEqual([asWhole, asWhole, asWhole]);
  });

  test('but two covers that are given back are no turn', () => {
    const weekly = '{day: monday, time: "09:00"}';
    const days = (person: string) =>
      rotaOf(
        weekly,
        10,
        14,
        `overrides:\n${[15, 16].map((it) => `  - {role: engineer, ${cover(`2026-12-${it}T10:00`, `2026-12-${it}T14:00`, person)}}\n`).join('')}`,
      );
    const [holder = ''] = compareWith(rotaOf(weekly, 10, 14), days('amara')).changes.map((it) => it.before);
    const back = compareWith(days('amara'), days(holder));
    expect(back.ahead.map(countedText)).toEqual(['counted together: 8 hours in 2 spans']);
  });
});

test('what is counted is the sum of all that the giver loses in a turn or without a longer pause, whoever takes it', () => {
  const zone = zoneOf('UTC');
  const TURN = 100 * HOUR;
  const turnOf = (instant: number) => Math.floor(instant / TURN);
  const changes = fc
    .array(
      fc.record({
        gap: fc.integer({ min: 0, max: 40 }),
        length: fc.integer({ min: 1, max: 30 }),
        before: fc.constantFrom('amara', 'ben'),
        after: fc.constantFrom('chi', 'dee'),
        line: fc.integer({ min: 0, max: 2 }),
        continues: fc.boolean(),
        hasTurns: fc.boolean(),
        inGivenTurn: fc.boolean(),
      }),
      { maxLength: 12 },
    )
    .map((parts) => {
      let cursor = 0;
      return parts.map(({ gap, length, line, hasTurns, ...change }): CoverChange => {
        const startAt = cursor + gap * HOUR;
        cursor = startAt + length * HOUR;
        const cause = { file: 'rota.yaml', path: ['overrides', line] };
        const rest = { rota: 'paas/nights', role: 'engineer', zone, extra: false };
        const turnAt = hasTurns ? turnOf(startAt) * TURN : undefined;
        const none = { effect: undefined, change: undefined };
        return { ...rest, ...none, ...change, startAt, endAt: cursor, turnAt, cause, line: cause };
      });
    });
  fc.assert(
    fc.property(changes, (all) => {
      const exceptions = exceptionsIn(all, () => 24 * HOUR);
      expect(exceptions.flatMap((it) => it.changes).length).toBe(all.length);
      for (const { before, startAt, endAt, spans, counted, changes: own } of exceptions) {
        // Shown is nothing but the changes, and the pauses of one line in which nobody is on duty.
        expect([spans[0]?.startAt, spans.at(-1)?.endAt]).toEqual([startAt, endAt]);
        for (const it of own)
          expect(spans.filter((span) => span.startAt <= it.startAt && it.endAt <= span.endAt)).toHaveLength(
            1,
          );
        // The oracle extends the exception on both sides as long as anything is near.
        const lost = all.filter((it) => it.before === before);
        const isJoined = (it: CoverChange) => {
          const previous = all[all.indexOf(it) - 1];
          return (
            previous !== undefined &&
            it.continues &&
            previous.before === it.before &&
            previous.after === it.after &&
            previous.cause.path[1] === it.cause.path[1]
          );
        };
        const isCountedWith = (it: CoverChange) => isJoined(it) || (it.inGivenTurn && lost.indexOf(it) > 0);
        const near = (i: number) => {
          const [one, other] = [lost[i - 1], lost[i]];
          if (one === undefined || other === undefined) return false;
          const isSameTurn = other.turnAt !== undefined && turnOf(one.endAt - 1) === turnOf(other.startAt);
          return isSameTurn || other.startAt - one.endAt <= 24 * HOUR || isCountedWith(other);
        };
        let from = lost.findIndex((it) => it.startAt === startAt);
        let to = lost.findIndex((it) => it.endAt === endAt);
        while (near(from)) from--;
        while (near(to + 1)) to++;
        const parts = lost.slice(from, to + 1);
        const length = parts.reduce((sum, it) => {
          const pause = isCountedWith(it) ? it.startAt - (lost[lost.indexOf(it) - 1]?.endAt ?? 0) : 0;
          return sum + it.endAt - it.startAt + pause;
        }, 0);
        expect(counted).toEqual({
          startAt: parts[0]?.startAt,
          milliseconds: length,
          spans: parts.filter((it, i) => i === 0 || !isCountedWith(it)).length,
        });
      }
    }),
  );
});
