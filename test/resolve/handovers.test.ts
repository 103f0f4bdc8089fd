/**
 * Hand-overs that are not weekly: every few weeks, monthly, by working days, on weekdays, several a day; by example, and
 * against an oracle that walks day by day with luxon.
 */
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import type { Role, Rota } from '../../actions/lib/model.ts';
import { type Turn, turnsOf } from '../../actions/lib/resolve/rotation.ts';
import { handoverFinder, turnFinder } from '../../actions/lib/resolve/turn-finder.ts';
import { DAY, dateText, dayOf, MINUTE, WEEKDAYS } from '../../actions/lib/time/date.ts';
import { clockText } from '../../actions/lib/time/format.ts';
import { turnOnOfText, turnText } from '../../actions/lib/time/turn-name.ts';
import { isZoneName, zoneNames } from '../../actions/lib/time/zone.ts';
import { firstShowing } from '../clock-changes.ts';
import { between, folk, local, shiftsOf, sound } from '../handbook.ts';

const FOLK = ['amara-osei', 'ben-adeyemi', 'chi-wong', 'dee-novak', 'eli-shah'] as const;

/** Support hours whose working days are Monday to Friday without holidays; the list has the years 2026 to 2030. */
const hours = (holidays: readonly string[]) => `== policies/support-hours/office.yaml
name: Office
timezone: Europe/London
holidays: list
windows: {office: [{days: working, from: "09:00", to: "17:00"}], rest: {outside: [office]}}
== policies/holidays/list.yaml
name: List
complete_from: 2026-01-01
complete_until: 2030-12-31
holidays: {${holidays.map((day) => `${day}: Holiday`).join(', ')}}
`;

interface Written {
  readonly handover: string;
  readonly first: string;
  readonly people?: number;
  readonly zone?: string;
  readonly holidays?: readonly string[];
  /** The next entry of the rotation. */
  readonly next?: string;
  /** More lines of the role, and of the file. */
  readonly role?: string;
  readonly rest?: string;
}

const rota = ({
  handover,
  first,
  people = 3,
  zone = 'Europe/London',
  holidays = [],
  next,
  role = '',
  rest = '',
}: Written) =>
  `${folk(...FOLK)}${hours(holidays)}== rotas/paas/support.yaml
name: Support
timezone: ${zone}
hours: office
handover: ${handover}
roles:
  second: {follows: {role: engineer, by: 1}}
  last: {follows: {role: engineer, by: -1}}
  engineer:
    rotation:
      - {first_turn: ${first}, people: [${FOLK.slice(0, people).join(', ')}]}
${next === undefined ? '' : `      - ${next}\n`}${role}${rest}`;

const listOf = (text: string, from: string, to: string, id = 'engineer'): readonly Turn[] => {
  const handbook = sound(text);
  const own = handbook.rotas.get('paas/support') as Rota;
  return turnsOf(handbook, own, own.roles.get(id) as Role, between(from, to));
};

/** One line for each turn: its name, its local start, and the first letter of its person (– for nobody). */
const turns = (written: Written, from: string, to: string, id?: string): string[] =>
  listOf(rota(written), from, to, id).map(
    ({ on, startAt, value }) =>
      `${turnText(on)} ${local(startAt, written.zone ?? 'Europe/London')} ${value?.person[0] ?? '–'}`,
  );

describe('by example', () => {
  test('a fortnight each is counted from the first turn, over both changes of the clocks', () => {
    const handover = '{day: monday, time: "09:00", weeks: 2}';
    expect(turns({ handover, first: '2027-03-08' }, '2027-03-08T09:00Z', '2027-05-02T00:00Z')).toEqual([
      '2027-03-08 2027-03-08T09:00+00:00 a',
      '2027-03-22 2027-03-22T09:00+00:00 b',
      '2027-04-05 2027-04-05T09:00+01:00 c',
      '2027-04-19 2027-04-19T09:00+01:00 a',
    ]);
    expect(turns({ handover, first: '2027-10-18' }, '2027-10-18T08:00Z', '2027-11-10T00:00Z')).toEqual([
      '2027-10-18 2027-10-18T09:00+01:00 a',
      '2027-11-01 2027-11-01T09:00+00:00 b',
    ]);
  });

  test('a new entry begins in any week, and its fortnights are counted from there', () => {
    const text = rota({
      handover: '{day: monday, time: "09:00", weeks: 2}',
      first: '2026-11-02',
      people: 2,
      next: '{first_turn: 2026-11-23, people: [chi-wong, amara-osei]}',
    });
    expect(shiftsOf(text, 'paas/support/engineer', '2026-11-02T09:00Z', '2026-12-21T09:00Z')).toEqual([
      '2026-11-02T09:00+00:00 2026-11-16T09:00+00:00 amara-osei',
      '2026-11-16T09:00+00:00 2026-11-23T09:00+00:00 ben-adeyemi',
      '2026-11-23T09:00+00:00 2026-12-07T09:00+00:00 chi-wong',
      '2026-12-07T09:00+00:00 2026-12-21T09:00+00:00 amara-osei',
    ]);
  });

  test.each([
    ['1', '2028-01-01', ['2028-01-01', '2028-02-01', '2028-03-01']],
    ['28', '2028-01-28', ['2028-01-28', '2028-02-28', '2028-03-28']],
    ['last', '2028-01-31', ['2028-01-31', '2028-02-29', '2028-03-31']],
    ['last', '2027-01-31', ['2027-01-31', '2027-02-28', '2027-03-31']],
    ['last', '2027-11-30', ['2027-11-30', '2027-12-31', '2028-01-31']],
  ])('a month each from date %s, from %s on', (date, first, names) => {
    const written = { handover: `{date: ${date}, time: "09:00"}`, first };
    const last = DateTime.fromISO(names[2] as string)
      .plus({ days: 1 })
      .toISODate();
    const found = turns(written, `${first}T12:00Z`, `${last}T00:00Z`);
    expect(found.map((line) => [line.slice(0, 10), line.at(-1)])).toEqual(
      names.map((name, i) => [name, 'abc'[i]]),
    );
  });

  const CHRISTMAS = ['2026-12-25', '2026-12-28'];

  test('by working days, a holiday takes nobody’s turn and the order continues after it', () => {
    const written = {
      handover: '{every: working_day, time: "09:00"}',
      first: '2026-12-23',
      holidays: CHRISTMAS,
    };
    expect(turns(written, '2026-12-23T09:00Z', '2026-12-31T00:00Z')).toEqual([
      '2026-12-23 2026-12-23T09:00+00:00 a',
      '2026-12-24 2026-12-24T09:00+00:00 b',
      '2026-12-29 2026-12-29T09:00+00:00 c',
      '2026-12-30 2026-12-30T09:00+00:00 a',
    ]);
  });

  test('on weekdays, the turn of a holiday is nobody’s, and nobody else moves', () => {
    const written = { handover: '{every: weekday, time: "09:00"}', first: '2026-12-23', holidays: CHRISTMAS };
    const days = [
      '2026-12-23 a',
      '2026-12-24 b',
      '2026-12-25 –',
      '2026-12-28 –',
      '2026-12-29 b',
      '2026-12-30 c',
    ];
    const found = turns(written, '2026-12-23T09:00Z', '2026-12-31T00:00Z');
    expect(found.map((line) => `${line.slice(0, 10)} ${line.at(-1)}`)).toEqual(days);
    // Who follows has the next day's person of the order, who is not there on that holiday, and is free on it too.
    expect(
      turns(written, '2026-12-23T09:00Z', '2026-12-31T00:00Z', 'second').map((line) => line.at(-1)),
    ).toEqual(['b', 'c', '–', '–', 'c', 'a']);
  });

  test('a holiday of any list counts, on the local day that has most of it', () => {
    const written = (kind: string) =>
      `${rota({
        handover: `{every: ${kind}, time: "09:00"}`,
        first: '2026-12-23',
        holidays: ['2026-12-25'],
      }).replace('holidays: list\n', 'holidays: [list, days]\n')}== policies/holidays/days.yaml
name: Days
timezone: Pacific/Auckland
complete_from: 2026-01-01
complete_until: 2027-12-31
holidays: {2026-12-29: Another}
`;
    const found = (kind: string) =>
      listOf(written(kind), '2026-12-23T12:00Z', '2026-12-31T00:00Z').map(
        ({ on, value }) => `${turnText(on).slice(8)} ${value?.person[0] ?? '–'}`,
      );
    expect(found('working_day')).toEqual(['23 a', '24 b', '29 c', '30 a']);
    expect(found('weekday')).toEqual(['23 a', '24 b', '25 –', '28 –', '29 b', '30 c']);
  });

  test('an agreed turn gives a holiday to somebody', () => {
    const written = {
      handover: '{every: weekday, time: "09:00"}',
      first: '2026-12-23',
      holidays: CHRISTMAS,
      role: '    turns: {2026-12-25: eli-shah}\n',
    };
    expect(turns(written, '2026-12-25T09:00Z', '2026-12-29T00:00Z').map((line) => line.at(-1))).toEqual([
      'e',
      '–',
    ]);
  });

  test('several a day are named by date and time, in first turns, agreed turns and overrides', () => {
    const written = {
      handover: '{every: day, times: ["18:00", "06:00"]}',
      first: '2026-12-01T18:00',
      role: '    turns: {2026-12-03T06:00: eli-shah}\n',
      rest: 'overrides: [{role: engineer, turn: 2026-12-02T18:00, person: dee-novak, instead_of: chi-wong}]\n',
    };
    expect(turns(written, '2026-12-01T18:00Z', '2026-12-03T18:00Z')).toEqual([
      '2026-12-01T18:00 2026-12-01T18:00+00:00 a',
      '2026-12-02T06:00 2026-12-02T06:00+00:00 b',
      '2026-12-02T18:00 2026-12-02T18:00+00:00 c',
      '2026-12-03T06:00 2026-12-03T06:00+00:00 e',
    ]);
    expect(
      shiftsOf(rota(written), 'paas/support/engineer', '2026-12-02T18:00Z', '2026-12-03T06:00Z'),
    ).toEqual(['2026-12-02T18:00+00:00 2026-12-03T06:00+00:00 dee-novak']);
  });

  test('two hand-overs in the hour that the clock skips leave no empty turn', () => {
    const written = { handover: '{every: day, times: ["01:15", "01:45"]}', first: '2027-03-27T01:15' };
    expect(turns(written, '2027-03-27T12:00Z', '2027-03-29T00:00Z')).toEqual([
      '2027-03-27T01:45 2027-03-27T01:45+00:00 b',
      '2027-03-28T01:45 2027-03-28T02:00+01:00 a',
    ]);
  });

  test('agreed turns alone: periods of several weeks are counted from the first', () => {
    const text = rota({ handover: '{day: monday, time: "09:00", weeks: 2}', first: '2026-11-02' }).replace(
      /rotation:\n.*\n/,
      'turns: {2026-12-14: ben-adeyemi, 2026-11-16: amara-osei}\n',
    );
    expect(shiftsOf(text, 'paas/support/engineer', '2026-11-01T00:00Z', '2027-02-01T00:00Z')).toEqual([
      '2026-11-16T09:00+00:00 2026-11-30T09:00+00:00 amara-osei',
      '2026-12-14T09:00+00:00 2026-12-28T09:00+00:00 ben-adeyemi',
    ]);
  });
});

describe('who follows by a negative number', () => {
  const written = { handover: '{day: monday, time: "09:00"}', first: '2026-11-02' };
  const letters = (id: string, more = {}) =>
    turns({ ...written, ...more }, '2026-10-26T12:00Z', '2026-11-30T00:00Z', id)
      .map((line) => line.at(-1))
      .join('');

  test('holds last week’s turn, and nothing before there was one', () => {
    expect(letters('engineer')).toBe('–abca');
    expect(letters('second')).toBe('–bcab');
    expect(letters('last')).toBe('––abc');
  });

  test('takes agreed turns along, and follows others who follow', () => {
    expect(letters('last', { role: '    turns: {2026-11-09: eli-shah}\n' })).toBe('––aec');
    const third = (of: string, by: number) => ({ role: `  third: {follows: {role: ${of}, by: ${by}}}\n` });
    expect(letters('third', third('last', -1))).toBe('–––ab');
    expect(letters('third', third('second', -1))).toBe('––bca');
    expect(letters('third', third('last', 1))).toBe('––bca');
    expect(letters('third', third('last', 2))).toBe('––cab');
  });
});

test('any chain of roles that follow each other holds what each takes from the one before it', () => {
  const by = fc.integer({ min: -3, max: 3 }).filter((turns) => turns !== 0);
  const chain = fc.array(by, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(chain, fc.integer({ min: 1, max: 5 }), (steps, people) => {
      const followers = steps.map((turns, i) => {
        const of = i === 0 ? 'engineer' : `role-${i - 1}`;
        return `  role-${i}: {follows: {role: ${of}, by: ${turns}}}\n`;
      });
      const text = rota({
        handover: '{day: monday, time: "09:00"}',
        first: '2026-11-02',
        people,
        role: followers.join(''),
      });
      /** The holder of turn n of the first so many roles of the chain. */
      const holder = (roles: number, n: number): string | undefined => {
        if (n < 0) return undefined;
        if (roles === 0) return FOLK[n % people];
        const began = [...Array(20).keys()].find((i) => holder(roles - 1, i) !== undefined) as number;
        return n < began ? undefined : holder(roles - 1, n + (steps[roles - 1] as number));
      };
      const id = `role-${steps.length - 1}`;
      const found = listOf(text, '2026-10-12T12:00Z', '2027-01-11T00:00Z', id).map(
        ({ value }) => value?.person,
      );
      expect(found).toEqual([...Array(found.length).keys()].map((i) => holder(steps.length, i - 3)));
    }),
    { numRuns: 100 },
  );
});

describe('amendments between any two forms', () => {
  const forms = {
    weekly: '{day: monday, time: "09:00"}',
    fortnightly: '{day: monday, time: "09:00", weeks: 2}',
    twice: '[{day: monday, time: "09:00"}, {day: friday, time: "17:00"}]',
    daily: '{every: day, time: "09:00"}',
    'by working days': '{every: working_day, time: "09:00"}',
    'on weekdays': '{every: weekday, time: "09:00"}',
    'several a day': '{every: day, times: ["09:00", "21:00"]}',
  };
  const pairs = Object.keys(forms).flatMap((one) => Object.keys(forms).map((other) => [one, other] as const));

  test.each(pairs.filter(([one, other]) => one !== other))('%s, then %s', (one, other) => {
    const name = (kind: string, day: string) => (kind === 'several a day' ? `${day}T09:00` : day);
    const text = rota({
      handover: forms[one as keyof typeof forms],
      first: name(one, '2027-01-04'),
      next: `{first_turn: ${name(other, '2027-03-08')}, people: [dee-novak, eli-shah]}`,
      rest: `amendments: [{first_day: 2027-03-01, handover: ${forms[other as keyof typeof forms]}}]\n`,
    });
    const list = listOf(text, '2027-01-04T12:00Z', '2027-04-04T12:00Z');
    expect(list.slice(1).map(({ startAt }) => startAt)).toEqual(list.slice(0, -1).map(({ endAt }) => endAt));
    // Nobody of the old order has a turn that begins after the amendment, and the new one begins on its first turn.
    const begins = list.findIndex(({ value }) => value?.person === 'dee-novak');
    expect(turnText((list[begins] as Turn).on)).toBe(name(other, '2027-03-08'));
    expect(turnText((list[begins - 1] as Turn).on) < '2027-03-01').toBe(true);
    expect(
      list.slice(begins).every(({ value }, i) => value?.person === ['dee-novak', 'eli-shah'][i % 2]),
    ).toBe(true);
  });

  test('to a month each', () => {
    const text = rota({
      handover: forms.weekly,
      first: '2027-01-04',
      next: '{first_turn: 2027-03-31, people: [dee-novak, eli-shah]}',
      rest: 'amendments: [{first_day: 2027-03-01, handover: {date: last, time: "09:00"}}]\n',
    });
    expect(shiftsOf(text, 'paas/support/engineer', '2027-02-22T09:00Z', '2027-05-31T08:00Z')).toEqual([
      '2027-02-22T09:00+00:00 2027-03-31T09:00+01:00 ben-adeyemi',
      '2027-03-31T09:00+01:00 2027-04-30T09:00+01:00 dee-novak',
      '2027-04-30T09:00+01:00 2027-05-31T09:00+01:00 eli-shah',
    ]);
  });
});

/** A hand-over as written, and as the oracle finds it: the times at which it happens on a day, in order. */
interface Form {
  readonly handover: string;
  readonly isTimed: boolean;
  readonly times: (
    day: DateTime,
    anchor: DateTime,
    isHoliday: (day: DateTime) => boolean,
  ) => readonly string[];
  /** Whether the turn of a holiday is nobody's. */
  readonly frees?: boolean;
}

const minute = fc.integer({ min: 0, max: 24 * 60 - 1 }).map((it) => clockText(it * MINUTE));

const weeks: fc.Arbitrary<Form> = fc
  .record({ weekday: fc.integer({ min: 0, max: 6 }), time: minute, every: fc.integer({ min: 1, max: 52 }) })
  .map(({ weekday, time, every }) => ({
    handover: `{day: ${WEEKDAYS[weekday]}, time: "${time}", weeks: ${every}}`,
    isTimed: false,
    times: (day, anchor) =>
      day.weekday === weekday + 1 && Math.round(day.diff(anchor, 'days').days) % (7 * every) === 0
        ? [time]
        : [],
  }));

const monthly: fc.Arbitrary<Form> = fc
  .record({ date: fc.oneof(fc.integer({ min: 1, max: 28 }), fc.constant('last')), time: minute })
  .map(({ date, time }) => ({
    handover: `{date: ${date}, time: "${time}"}`,
    isTimed: false,
    times: (day) => (day.day === (date === 'last' ? day.daysInMonth : date) ? [time] : []),
  }));

const daily: fc.Arbitrary<Form> = fc
  .record({ kind: fc.constantFrom('working_day', 'weekday'), time: minute })
  .map(({ kind, time }) => ({
    handover: `{every: ${kind}, time: "${time}"}`,
    isTimed: false,
    times: (day, _, isHoliday) =>
      day.weekday <= 5 && !(kind === 'working_day' && isHoliday(day)) ? [time] : [],
    frees: kind === 'weekday',
  }));

const several: fc.Arbitrary<Form> = fc.uniqueArray(minute, { minLength: 2, maxLength: 5 }).map((times) => ({
  handover: `{every: day, times: [${times.map((time) => `"${time}"`).join(', ')}]}`,
  isTimed: true,
  times: () => times.toSorted(),
}));

const holidays = fc.uniqueArray(
  fc.integer({ min: dayOf('2026-01-01') as number, max: dayOf('2028-12-31') as number }),
  {
    maxLength: 60,
  },
);

const given = fc.record({
  form: fc.oneof(weeks, monthly, daily, several),
  zone: fc.constantFrom(...zoneNames.filter(isZoneName)),
  people: fc.integer({ min: 1, max: 5 }),
  first: fc.integer({ min: dayOf('2026-01-01') as number, max: dayOf('2027-01-31') as number }),
  length: fc.integer({ min: 1, max: 420 }),
  skip: fc.integer({ min: 0, max: 200 }),
  holidays,
});

describe('any hand-over', () => {
  const dayAt = (day: number): DateTime => DateTime.fromMillis(day * DAY, { zone: 'utc' });

  /** The names of the turns from a day on, the first at `anchor`, walked day by day. */
  function* walk({ times, isTimed }: Form, anchor: number, isHoliday: (day: DateTime) => boolean) {
    for (let day = anchor; ; day++)
      for (const time of times(dayAt(day), dayAt(anchor), isHoliday))
        yield {
          name: isTimed ? `${dateText(day)}T${time}` : dateText(day),
          wall: `${dateText(day)}T${time}`,
        };
  }

  test('divides time into turns without gap or overlap, by person in order', () => {
    fc.assert(
      fc.property(given, ({ form, zone, people, first, length, skip, holidays: days }) => {
        const isHoliday = (day: DateTime) => days.includes(day.toMillis() / DAY);
        const anchor = [...Array(400).keys()]
          .map((i) => first + i)
          .find((day) => {
            return form.times(dayAt(day), dayAt(day), isHoliday).length > 0;
          }) as number;
        const walked = walk(form, anchor, isHoliday);
        const expected: { name: string; wall: string; who: string | undefined }[] = [];
        for (const { name, wall } of walked) {
          const isFree = form.frees === true && isHoliday(dayAt(dayOf(name.slice(0, 10)) as number));
          expected.push({ name, wall, who: isFree ? undefined : FOLK[expected.length % people] });
          if ((dayOf(name.slice(0, 10)) as number) > anchor + skip + length + 6) break;
        }
        const text = rota({
          handover: form.handover,
          first: (expected[0] as { name: string }).name,
          people,
          zone,
          holidays: days.map(dateText),
        });
        const handbook = sound(text);
        const own = handbook.rotas.get('paas/support') as Rota;
        const role = own.roles.get('engineer') as Role;
        const startAt = Date.UTC(1970, 0, 3 + anchor + skip, 12);
        const span = { startAt, endAt: startAt + length * DAY };
        const list = turnsOf(handbook, own, role, span);

        expect(list.slice(1).map((turn) => turn.startAt)).toEqual(
          list.slice(0, -1).map((turn) => turn.endAt),
        );
        expect(list.every((turn) => turn.startAt < turn.endAt)).toBe(true);
        expect((list[0] as Turn).startAt).toBeLessThanOrEqual(span.startAt);
        expect((list.at(-1) as Turn).endAt).toBeGreaterThanOrEqual(span.endAt);

        const known = new Map(expected.map((it) => [it.name, it]));
        const find = turnFinder(handbook, own, role);
        for (const { on, startAt: turnAt, endAt, value } of list) {
          const it = known.get(turnText(on));
          if (it === undefined) throw new Error(`${turnText(on)} is no turn`);
          expect(local(turnAt, zone)).toBe(local(firstShowing(it.wall, zone), zone));
          expect(value?.person).toBe(it.who);
          expect(turnOnOfText(it.name)).toBe(on);
          const found = find(on);
          expect(found?.startAt).toBe(turnAt);
          expect(found?.endAt).toBe(endAt);
        }
        // None of the walked turns is left out, but for those that a skipped hour makes empty.
        const names = new Set(list.map(({ on }) => turnText(on)));
        const within = expected.filter(({ name }) => {
          const found = find(turnOnOfText(name) as number);
          return (
            found !== undefined &&
            found.startAt < found.endAt &&
            found.endAt > startAt &&
            found.startAt < span.endAt
          );
        });
        expect(within.every(({ name }) => names.has(name))).toBe(true);
        expect(within.length).toBe(list.length);
      }),
      { numRuns: 120 },
    );
  });

  test('finds the names before and after a day that is no hand-over', () => {
    fc.assert(
      fc.property(given, ({ form, people, first, skip, holidays: days }) => {
        const isHoliday = (day: DateTime) => days.includes(day.toMillis() / DAY);
        const anchor = [...Array(400).keys()]
          .map((i) => first + i)
          .find((day) => {
            return form.times(dayAt(day), dayAt(day), isHoliday).length > 0;
          }) as number;
        const names: string[] = [];
        for (const { name } of walk(form, anchor, isHoliday)) {
          names.push(name);
          if ((dayOf(name.slice(0, 10)) as number) > anchor + skip + 400) break;
        }
        const handbook = sound(
          rota({ handover: form.handover, first: names[0] as string, people, holidays: days.map(dateText) }),
        );
        const own = handbook.rotas.get('paas/support') as Rota;
        const day = anchor + 1 + skip;
        const around = handoverFinder(handbook, own, own.roles.get('engineer') as Role)(day);
        expect(around.begins).toBe(names.includes(dateText(day)));
        expect(turnText(around.before as number)).toBe(names.findLast((name) => name < dateText(day)));
        expect(turnText(around.after as number)).toBe(names.find((name) => name > dateText(day)));
      }),
      { numRuns: 60 },
    );
  });
});

describe('a holiday more in the list', () => {
  const people = (kind: string, days: readonly string[]) =>
    new Map(
      listOf(
        rota({ handover: `{every: ${kind}, time: "09:00"}`, first: '2027-01-04', people: 5, holidays: days }),
        '2027-01-04T12:00Z',
        '2027-12-31T12:00Z',
      ).map(({ on, value }) => [turnText(on), value?.person]),
    );
  const weekday = fc
    .integer({ min: dayOf('2027-01-05') as number, max: dayOf('2027-12-24') as number })
    .filter((day) => (day + 3) % 7 < 5)
    .map(dateText);

  test('on weekdays takes its own turn from its person, and moves nobody', () => {
    fc.assert(
      fc.property(fc.uniqueArray(weekday, { maxLength: 10 }), weekday, (days, more) => {
        fc.pre(!days.includes(more));
        const before = people('weekday', days);
        expect(before.get(more)).toBeDefined();
        expect(people('weekday', [...days, more])).toEqual(new Map([...before, [more, undefined]]));
      }),
      { numRuns: 15 },
    );
  });

  test('by working days moves everybody after it by one working day, and nobody before it', () => {
    fc.assert(
      fc.property(fc.uniqueArray(weekday, { maxLength: 10 }), weekday, (days, more) => {
        fc.pre(!days.includes(more));
        const before = [...people('working_day', days)];
        const after = [...people('working_day', [...days, more])];
        const at = before.findIndex(([day]) => day === more);
        expect(after.slice(0, at)).toEqual(before.slice(0, at));
        expect(after.slice(at).map(([day]) => day)).toEqual(before.slice(at + 1).map(([day]) => day));
        expect(after.slice(at).map(([, person]) => person)).toEqual(
          before.slice(at, -1).map(([, person]) => person),
        );
      }),
      { numRuns: 15 },
    );
  });
});

test('the seats of a role are given by turns of every kind', () => {
  const text = rota({
    handover: '{every: weekday, time: "09:00"}',
    first: '2026-12-21',
    people: 5,
    holidays: ['2026-12-25'],
  })
    .replace('  engineer:\n', '  engineer:\n    seats: 2\n')
    .replace(/ {2}(second|last): .*\n/g, '');
  const letters = (id: string) =>
    listOf(text, '2026-12-21T12:00Z', '2026-12-31T00:00Z', id)
      .map(({ value }) => value?.person[0] ?? '–')
      .join('');
  expect(['engineer-1', 'engineer-2'].map(letters)).toEqual(['aceb–ace', 'bdac–bda']);
});
