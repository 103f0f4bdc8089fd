/**
 * Whose turn it is: hand-overs of every kind in every zone, orders that change, agreed turns, followers, amendments.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Role, Rota } from '../../actions/lib/model.ts';
import { type Turn, turnsOf } from '../../actions/lib/resolve/rotation.ts';
import { DAY, dateText, dayOf, MINUTE, WEEKDAYS, weekdayOf } from '../../actions/lib/time/date.ts';
import { clockText } from '../../actions/lib/time/format.ts';
import { isZoneName, zoneNames } from '../../actions/lib/time/zone.ts';
import { firstShowing } from '../clock-changes.ts';
import { at, between, folk, local, shiftsOf, sound } from '../handbook.ts';

const FOLK = ['amara-osei', 'ben-adeyemi', 'chi-wong', 'dee-novak', 'eli-shah'] as const;

/** A rota round the clock. */
const rota = (rest: string, zone = 'Europe/London') =>
  `${folk(...FOLK)}== rotas/paas/support.yaml\nname: Support\ntimezone: ${zone}\n${rest}`;

const held = (text: string, from: string, to: string, role = 'engineer') =>
  shiftsOf(text, `paas/support/${role}`, from, to);

const listOf = (text: string, from: string, to: string, id = 'engineer'): readonly Turn[] => {
  const handbook = sound(text);
  const own = handbook.rotas.get('paas/support') as Rota;
  return turnsOf(handbook, own, own.roles.get(id) as Role, between(from, to));
};

/**
 * One line per turn, by the day that names it; `nobody` for an entry without people, and `open` where no line decides.
 */
const turns = (text: string, from: string, to: string, id?: string): string[] =>
  listOf(text, from, to, id)
    .filter(({ endAt }) => endAt > at(from))
    .map(
      ({ on, startAt, value, decided }) =>
        `${dateText(on)} ${local(startAt, 'Europe/London').slice(11)} ${value?.person ?? (decided ? 'nobody' : 'open')}`,
    );

const rotation = (firstTurn: string, people: number) =>
  `{engineer: {rotation: [{first_turn: ${firstTurn}, people: [${FOLK.slice(0, people).join(', ')}]}]}}`;

const WEEKLY = 'handover: {day: wednesday, time: "10:00"}';

describe('hand-overs', () => {
  const weekly = (day: string, time: string, first: string) =>
    `handover: {day: ${day}, time: "${time}"}\nroles: ${rotation(first, 2)}`;
  const daily = (time: string, first: string) =>
    `handover: {every: day, time: "${time}"}\nroles: ${rotation(first, 2)}`;

  test.each<[string, string, string, string, string, string[]]>([
    [
      'weekly in London, in spring',
      'Europe/London',
      weekly('wednesday', '10:00', '2026-03-18'),
      '2026-03-18T10:00Z',
      '2026-04-08T10:00+01:00',
      [
        '2026-03-18T10:00+00:00 2026-03-25T10:00+00:00 amara-osei',
        '2026-03-25T10:00+00:00 2026-04-01T10:00+01:00 ben-adeyemi',
        '2026-04-01T10:00+01:00 2026-04-08T10:00+01:00 amara-osei',
      ],
    ],
    [
      'weekly in London, in autumn',
      'Europe/London',
      weekly('wednesday', '10:00', '2026-10-14'),
      '2026-10-14T10:00+01:00',
      '2026-11-04T10:00Z',
      [
        '2026-10-14T10:00+01:00 2026-10-21T10:00+01:00 amara-osei',
        '2026-10-21T10:00+01:00 2026-10-28T10:00+00:00 ben-adeyemi',
        '2026-10-28T10:00+00:00 2026-11-04T10:00+00:00 amara-osei',
      ],
    ],
    [
      'in the hour that London skips',
      'Europe/London',
      weekly('sunday', '01:30', '2027-03-21'),
      '2027-03-21T01:30Z',
      '2027-04-04T01:30+01:00',
      [
        '2027-03-21T01:30+00:00 2027-03-28T02:00+01:00 amara-osei',
        '2027-03-28T02:00+01:00 2027-04-04T01:30+01:00 ben-adeyemi',
      ],
    ],
    [
      'in the hour that London repeats',
      'Europe/London',
      weekly('sunday', '01:30', '2027-10-24'),
      '2027-10-24T01:30+01:00',
      '2027-11-07T01:30Z',
      [
        '2027-10-24T01:30+01:00 2027-10-31T01:30+01:00 amara-osei',
        '2027-10-31T01:30+01:00 2027-11-07T01:30+00:00 ben-adeyemi',
      ],
    ],
    [
      'in the hour that Auckland skips',
      'Pacific/Auckland',
      weekly('sunday', '02:30', '2026-09-20'),
      '2026-09-20T02:30+12:00',
      '2026-10-04T02:30+13:00',
      [
        '2026-09-20T02:30+12:00 2026-09-27T03:00+13:00 amara-osei',
        '2026-09-27T03:00+13:00 2026-10-04T02:30+13:00 ben-adeyemi',
      ],
    ],
    [
      'in the hour that Auckland repeats',
      'Pacific/Auckland',
      weekly('sunday', '02:30', '2026-03-29'),
      '2026-03-29T02:30+13:00',
      '2026-04-12T02:30+12:00',
      [
        '2026-03-29T02:30+13:00 2026-04-05T02:30+13:00 amara-osei',
        '2026-04-05T02:30+13:00 2026-04-12T02:30+12:00 ben-adeyemi',
      ],
    ],
    [
      'in the half hour that Lord Howe repeats',
      'Australia/Lord_Howe',
      daily('01:45', '2026-04-04'),
      '2026-04-04T01:45+11:00',
      '2026-04-06T01:45+10:30',
      [
        '2026-04-04T01:45+11:00 2026-04-05T01:45+11:00 amara-osei',
        '2026-04-05T01:45+11:00 2026-04-06T01:45+10:30 ben-adeyemi',
      ],
    ],
    [
      'in the half hour that Lord Howe skips',
      'Australia/Lord_Howe',
      daily('02:15', '2026-10-03'),
      '2026-10-03T02:15+10:30',
      '2026-10-05T02:15+11:00',
      [
        '2026-10-03T02:15+10:30 2026-10-04T02:30+11:00 amara-osei',
        '2026-10-04T02:30+11:00 2026-10-05T02:15+11:00 ben-adeyemi',
      ],
    ],
    [
      'at the midnight that Havana skips',
      'America/Havana',
      daily('00:00', '2026-03-07'),
      '2026-03-07T00:00-05:00',
      '2026-03-10T00:00-04:00',
      [
        '2026-03-07T00:00-05:00 2026-03-08T01:00-04:00 amara-osei',
        '2026-03-08T01:00-04:00 2026-03-09T00:00-04:00 ben-adeyemi',
        '2026-03-09T00:00-04:00 2026-03-10T00:00-04:00 amara-osei',
      ],
    ],
    [
      'at the midnight that Havana repeats',
      'America/Havana',
      weekly('sunday', '00:00', '2026-10-25'),
      '2026-10-25T00:00-04:00',
      '2026-11-08T00:00-05:00',
      [
        '2026-10-25T00:00-04:00 2026-11-01T00:00-04:00 amara-osei',
        '2026-11-01T00:00-04:00 2026-11-08T00:00-05:00 ben-adeyemi',
      ],
    ],
    [
      'daily over the leap day',
      'Europe/London',
      daily('09:00', '2028-02-27'),
      '2028-02-27T09:00Z',
      '2028-03-02T09:00Z',
      [
        '2028-02-27T09:00+00:00 2028-02-28T09:00+00:00 amara-osei',
        '2028-02-28T09:00+00:00 2028-02-29T09:00+00:00 ben-adeyemi',
        '2028-02-29T09:00+00:00 2028-03-01T09:00+00:00 amara-osei',
        '2028-03-01T09:00+00:00 2028-03-02T09:00+00:00 ben-adeyemi',
      ],
    ],
    [
      'weekly on the leap day',
      'Europe/London',
      weekly('tuesday', '09:00', '2028-02-22'),
      '2028-02-22T09:00Z',
      '2028-03-07T09:00Z',
      [
        '2028-02-22T09:00+00:00 2028-02-29T09:00+00:00 amara-osei',
        '2028-02-29T09:00+00:00 2028-03-07T09:00+00:00 ben-adeyemi',
      ],
    ],
  ])('%s', (_, zone, rest, from, to, expected) => {
    expect(held(rota(rest, zone), from, to)).toEqual(expected);
  });

  const split = (first: string, people: number) =>
    rota(`handover:
  - {day: friday, time: "17:00"}
  - {day: monday, time: "09:00"}
roles: ${rotation(first, people)}
`);

  test('two a week separate weekdays from weekends', () => {
    expect(held(split('2026-11-02', 2), '2026-11-02T09:00Z', '2026-11-16T09:00Z')).toEqual([
      '2026-11-02T09:00+00:00 2026-11-06T17:00+00:00 amara-osei',
      '2026-11-06T17:00+00:00 2026-11-09T09:00+00:00 ben-adeyemi',
      '2026-11-09T09:00+00:00 2026-11-13T17:00+00:00 amara-osei',
      '2026-11-13T17:00+00:00 2026-11-16T09:00+00:00 ben-adeyemi',
    ]);
  });

  test('two a week among three people, who begin with a weekend', () => {
    expect(turns(split('2026-11-06', 3), '2026-11-06T17:00Z', '2026-11-23T09:00Z')).toEqual([
      '2026-11-06 17:00+00:00 amara-osei',
      '2026-11-09 09:00+00:00 ben-adeyemi',
      '2026-11-13 17:00+00:00 chi-wong',
      '2026-11-16 09:00+00:00 amara-osei',
      '2026-11-20 17:00+00:00 ben-adeyemi',
    ]);
  });
});

describe('orders of people', () => {
  test('before the first turn nobody holds the role', () => {
    const text = rota(`${WEEKLY}\nroles: ${rotation('2026-11-04', 2)}`);
    expect(held(text, '2026-01-01T00:00Z', '2026-11-11T00:00Z')).toEqual([
      '2026-11-04T10:00+00:00 2026-11-11T00:00+00:00 amara-osei',
    ]);
    expect(turns(text, '2026-10-29T00:00Z', '2026-11-05T00:00Z')).toEqual([
      '2026-10-28 10:00+00:00 open',
      '2026-11-04 10:00+00:00 amara-osei',
    ]);
  });

  const entries = `${WEEKLY}
roles:
  engineer:
    rotation:
      - {first_turn: 2026-11-04, people: [amara-osei, ben-adeyemi, chi-wong]}
      - {first_turn: 2026-12-02, people: [chi-wong, dee-novak]}
      - {first_turn: 2026-12-30, people: []}
      - {first_turn: 2027-01-13, people: [eli-shah, amara-osei]}
`;

  test('a new entry moves no turn before it, begins with its first person, and can be empty', () => {
    expect(turns(rota(entries), '2026-11-04T10:00Z', '2027-01-27T00:00Z')).toEqual([
      '2026-11-04 10:00+00:00 amara-osei',
      '2026-11-11 10:00+00:00 ben-adeyemi',
      '2026-11-18 10:00+00:00 chi-wong',
      '2026-11-25 10:00+00:00 amara-osei',
      '2026-12-02 10:00+00:00 chi-wong',
      '2026-12-09 10:00+00:00 dee-novak',
      '2026-12-16 10:00+00:00 chi-wong',
      '2026-12-23 10:00+00:00 dee-novak',
      '2026-12-30 10:00+00:00 nobody',
      '2027-01-06 10:00+00:00 nobody',
      '2027-01-13 10:00+00:00 eli-shah',
      '2027-01-20 10:00+00:00 amara-osei',
    ]);
    expect(held(rota(entries), '2026-12-29T00:00Z', '2027-01-14T00:00Z')).toEqual([
      '2026-12-29T00:00+00:00 2026-12-30T10:00+00:00 dee-novak',
      '2027-01-13T10:00+00:00 2027-01-14T00:00+00:00 eli-shah',
    ]);
  });

  test.each([
    ['one a week', WEEKLY, 261],
    ['two a week', 'handover: [{day: tuesday, time: "17:00"}, {day: wednesday, time: "10:00"}]', 521],
    ['one a day', 'handover: {every: day, time: "10:00"}', 1826],
  ])('resolving any one turn gives the same as resolving five years of %s', (_, handover, count) => {
    const text = rota(`${handover}\nroles: ${rotation('2026-11-04', 5)}`);
    const all = turns(text, '2026-11-04T10:00Z', '2031-11-04T10:00Z');
    expect(all).toHaveLength(count);
    const handbook = sound(text);
    const own = handbook.rotas.get('paas/support') as Rota;
    for (const [i, line] of all.entries()) {
      const startAt = at(`${line.slice(0, 10)}T22:00Z`);
      const found = turnsOf(handbook, own, own.roles.get('engineer') as Role, {
        startAt,
        endAt: startAt + MINUTE,
      });
      expect(found.map(({ on, value }) => `${dateText(on)} ${value?.person}`)).toEqual([
        `${line.slice(0, 10)} ${FOLK[i % 5]}`,
      ]);
      expect(line.split(' ')[2]).toBe(FOLK[i % 5]);
    }
  });

  test('agreed turns take precedence over the rotation, before it begins too, and move no other turn', () => {
    const text = rota(`${WEEKLY}
roles:
  engineer:
    rotation: [{first_turn: 2026-11-04, people: [amara-osei, ben-adeyemi]}]
    turns: {2026-10-28: dee-novak, 2026-11-11: chi-wong, 2026-11-25: eli-shah}
`);
    expect(turns(text, '2026-10-22T00:00Z', '2026-12-03T00:00Z')).toEqual([
      '2026-10-21 10:00+01:00 open',
      '2026-10-28 10:00+00:00 dee-novak',
      '2026-11-04 10:00+00:00 amara-osei',
      '2026-11-11 10:00+00:00 chi-wong',
      '2026-11-18 10:00+00:00 amara-osei',
      '2026-11-25 10:00+00:00 eli-shah',
      '2026-12-02 10:00+00:00 amara-osei',
    ]);
  });

  test('turns can all be agreed, without a rotation', () => {
    const text = rota(
      `${WEEKLY}\nroles: {engineer: {turns: {2026-11-11: amara-osei, 2026-11-25: ben-adeyemi}}}`,
    );
    expect(held(text, '2026-11-01T00:00Z', '2027-11-01T00:00Z')).toEqual([
      '2026-11-11T10:00+00:00 2026-11-18T10:00+00:00 amara-osei',
      '2026-11-25T10:00+00:00 2026-12-02T10:00+00:00 ben-adeyemi',
    ]);
  });

  test('a rotation of one person is one shift', () => {
    const text = rota(`${WEEKLY}\nroles: ${rotation('2026-11-04', 1)}`);
    expect(held(text, '2026-11-01T00:00Z', '2027-11-01T00:00Z')).toEqual([
      '2026-11-04T10:00+00:00 2027-11-01T00:00+00:00 amara-osei',
    ]);
  });
});

describe('followers', () => {
  const text = rota(`${WEEKLY}
roles:
  engineer:
    rotation:
      - {first_turn: 2026-11-04, people: [amara-osei, ben-adeyemi, chi-wong]}
      - {first_turn: 2026-11-25, people: [dee-novak, eli-shah]}
      - {first_turn: 2026-12-09, people: []}
    turns: {2026-11-11: eli-shah}
  second: {follows: {role: engineer, by: 1}}
  third: {follows: {role: second, by: 1}}
  fourth: {follows: {role: engineer, by: 3}}
overrides:
  - {role: engineer, turn: 2026-11-18, person: amara-osei, instead_of: chi-wong}
`);

  test.each([
    ['engineer', 'open', 'amara-osei', 'eli-shah', 'chi-wong', 'dee-novak', 'eli-shah', 'nobody'],
    ['second', 'nobody', 'eli-shah', 'chi-wong', 'dee-novak', 'eli-shah', 'nobody', 'nobody'],
    ['third', 'nobody', 'chi-wong', 'dee-novak', 'eli-shah', 'nobody', 'nobody', 'nobody'],
    ['fourth', 'nobody', 'dee-novak', 'eli-shah', 'nobody', 'nobody', 'nobody', 'nobody'],
  ])('the turns of the %s', (role, ...expected) => {
    const days = ['10-28', '11-04', '11-11', '11-18', '11-25', '12-02', '12-09'];
    expect(turns(text, '2026-10-29T00:00Z', '2026-12-10T00:00Z', role)).toEqual(
      expected.map((who, i) => `2026-${days[i]} 10:00+00:00 ${who}`),
    );
  });

  test('a follower uses the agreed turns of the other role but not its overrides', () => {
    expect(held(text, '2026-11-18T10:00Z', '2026-11-25T10:00Z')).toEqual([
      '2026-11-18T10:00+00:00 2026-11-25T10:00+00:00 amara-osei',
    ]);
    expect(held(text, '2026-11-04T10:00Z', '2026-11-18T10:00Z', 'second')).toEqual([
      '2026-11-04T10:00+00:00 2026-11-11T10:00+00:00 eli-shah',
      '2026-11-11T10:00+00:00 2026-11-18T10:00+00:00 chi-wong',
    ]);
  });
});

describe('amendments of the hand-over', () => {
  const amended = (entry: string) =>
    rota(`${WEEKLY}
amendments:
  - first_day: 2027-02-01
    handover: {day: monday, time: "09:00"}
roles:
  engineer:
    rotation:
      - {first_turn: 2027-01-06, people: [amara-osei, ben-adeyemi, chi-wong]}
${entry}
`);

  test('the turn in progress continues until an entry begins on a day of the new kind', () => {
    const entry = '      - {first_turn: 2027-02-15, people: [dee-novak, eli-shah]}';
    expect(held(amended(entry), '2027-01-20T10:00Z', '2027-03-01T09:00Z')).toEqual([
      '2027-01-20T10:00+00:00 2027-01-27T10:00+00:00 chi-wong',
      '2027-01-27T10:00+00:00 2027-02-15T09:00+00:00 amara-osei',
      '2027-02-15T09:00+00:00 2027-02-22T09:00+00:00 dee-novak',
      '2027-02-22T09:00+00:00 2027-03-01T09:00+00:00 eli-shah',
    ]);
  });

  test('an entry on the day of the amendment ends the turn in progress on that day', () => {
    const entry = '      - {first_turn: 2027-02-01, people: [ben-adeyemi, chi-wong, amara-osei]}';
    expect(held(amended(entry), '2027-01-27T10:00Z', '2027-02-08T09:00Z')).toEqual([
      '2027-01-27T10:00+00:00 2027-02-01T09:00+00:00 amara-osei',
      '2027-02-01T09:00+00:00 2027-02-08T09:00+00:00 ben-adeyemi',
    ]);
  });

  test('without an entry the turn in progress has no end, and a follower has nobody to follow', () => {
    expect(held(amended(''), '2027-01-27T10:00Z', '2030-01-01T00:00Z')).toEqual([
      '2027-01-27T10:00+00:00 2030-01-01T00:00+00:00 amara-osei',
    ]);
    const second = `${amended('')}  second: {follows: {role: engineer, by: 1}}\n`;
    expect(held(second, '2027-01-20T10:00Z', '2030-01-01T00:00Z', 'second')).toEqual([
      '2027-01-20T10:00+00:00 2027-01-27T10:00+00:00 amara-osei',
    ]);
  });

  test('several change it several times', () => {
    const text = rota(`${WEEKLY}
amendments:
  - {first_day: 2027-03-01, handover: {every: day, time: "08:00"}}
  - {first_day: 2027-02-01, handover: {day: monday, time: "09:00"}}
roles:
  engineer:
    rotation:
      - {first_turn: 2027-01-20, people: [amara-osei, ben-adeyemi, chi-wong]}
      - {first_turn: 2027-02-15, people: [dee-novak, eli-shah]}
      - {first_turn: 2027-03-01, people: [amara-osei, ben-adeyemi]}
`);
    expect(turns(text, '2027-01-20T10:00Z', '2027-03-03T00:00Z')).toEqual([
      '2027-01-20 10:00+00:00 amara-osei',
      '2027-01-27 10:00+00:00 ben-adeyemi',
      '2027-02-15 09:00+00:00 dee-novak',
      '2027-02-22 09:00+00:00 eli-shah',
      '2027-03-01 08:00+00:00 amara-osei',
      '2027-03-02 08:00+00:00 ben-adeyemi',
    ]);
  });

  test('an amendment with the same hand-over changes no turn', () => {
    const same = rota(`${WEEKLY}
amendments: [{first_day: 2026-11-16, handover: {day: wednesday, time: "10:00"}}]
roles: ${rotation('2026-11-04', 3)}
`);
    const without = rota(`${WEEKLY}\nroles: ${rotation('2026-11-04', 3)}`);
    const span = ['2026-11-01T00:00Z', '2027-11-01T00:00Z'] as const;
    expect(turns(same, ...span)).toEqual(turns(without, ...span));
  });
});

test.each([
  ['2026-11-11T10:00Z', '2026-11-18T10:00Z', ['2026-11-11']],
  ['2026-11-11T09:59Z', '2026-11-18T10:01Z', ['2026-11-04', '2026-11-11', '2026-11-18']],
  ['2026-11-11T12:00Z', '2026-11-11T12:01Z', ['2026-11-11']],
  ['2026-11-13T12:00Z', '2026-11-13T12:01Z', ['2026-11-11']],
])('the turns of %s to %s are those that overlap it', (from, to, expected) => {
  const text = rota(`${WEEKLY}\nroles: ${rotation('2026-11-04', 3)}`);
  expect(listOf(text, from, to).map(({ on }) => dateText(on))).toEqual(expected);
});

describe('any rotation', () => {
  const weekday = fc.integer({ min: 0, max: 6 });
  const minute = fc.integer({ min: 0, max: 24 * 60 - 1 });
  const any = fc.record({
    zone: fc.constantFrom(...zoneNames.filter(isZoneName)),
    times: fc.uniqueArray(fc.tuple(weekday, minute), {
      selector: ([day]) => day,
      minLength: 1,
      maxLength: 7,
    }),
    people: fc.integer({ min: 1, max: 5 }),
    first: fc.integer({ min: dayOf('2020-01-01') as number, max: dayOf('2036-01-01') as number }),
    length: fc.integer({ min: 1, max: 400 }),
    skip: fc.integer({ min: 0, max: 200 }),
  });

  test('divides time into turns that begin where luxon finds the hand-overs, by person in order', () => {
    fc.assert(
      fc.property(any, ({ zone, times, people, first, length, skip }) => {
        const timeOn = new Map(times.map(([day, at]) => [day, clockText(at * MINUTE)]));
        const isHandover = (day: number) => timeOn.has(weekdayOf(day));
        const [firstOn = first] = [0, 1, 2, 3, 4, 5, 6].map((off) => first + off).filter(isHandover);
        const written = [...timeOn].map(([day, time]) => `{day: ${WEEKDAYS[day]}, time: "${time}"}`);
        const handbook = sound(
          rota(`handover: [${written.join(', ')}]\nroles: ${rotation(dateText(firstOn), people)}`, zone),
        );
        const own = handbook.rotas.get('paas/support') as Rota;
        const startAt = Date.UTC(1970, 0, 1 + firstOn + skip, 12);
        const span = { startAt, endAt: startAt + length * DAY };
        const list = turnsOf(handbook, own, own.roles.get('engineer') as Role, span);

        // Without gaps, and over the whole span.
        expect(list.slice(1).map((turn) => turn.startAt)).toEqual(
          list.slice(0, -1).map((turn) => turn.endAt),
        );
        expect((list[0] as Turn).startAt).toBeLessThanOrEqual(span.startAt);
        expect((list.at(-1) as Turn).endAt).toBeGreaterThanOrEqual(span.endAt);
        expect(list.every((turn) => turn.startAt < turn.endAt)).toBe(true);

        let number = 0;
        const expected = new Map<number, string>();
        for (let day = firstOn; day <= firstOn + skip + length + 2; day++)
          if (isHandover(day)) expected.set(day, FOLK[number++ % people] as string);
        for (const { on, startAt: turnAt, value } of list) {
          expect(local(turnAt, zone)).toBe(
            local(firstShowing(`${dateText(on)}T${timeOn.get(weekdayOf(on))}`, zone), zone),
          );
          expect(value?.person).toBe(expected.get(on));
        }
      }),
      { numRuns: 150 },
    );
  });

  test('keeps every turn before a new entry', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 5 }), (week, people) => {
        const changeOn = dateText((dayOf('2026-11-04') as number) + 7 * week);
        const one = rota(`${WEEKLY}\nroles: ${rotation('2026-11-04', 3)}`);
        const other = one.replace(
          ']}]}}',
          `]}, {first_turn: ${changeOn}, people: [${FOLK.slice(-people).join(', ')}]}]}}`,
        );
        const [before, after] = [one, other].map((text) =>
          turns(text, '2026-11-04T10:00Z', '2028-06-01T00:00Z'),
        ) as [string[], string[]];
        expect(after.slice(0, week)).toEqual(before.slice(0, week));
        expect(after[week]?.split(' ')[2]).toBe(FOLK.at(-people));
      }),
    );
  });
});
