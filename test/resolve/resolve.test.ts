/** Who holds every role: turns within windows, holidays, amendments, whole shifts and the published span. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Role, Rota } from '../../actions/lib/model.ts';
import { firstTurnDay, isWithinHolidayLists } from '../../actions/lib/resolve/holiday-horizon.ts';
import {
  coverOf,
  coversOf,
  publishedSpan,
  resolve,
  shiftsTouching,
} from '../../actions/lib/resolve/resolve.ts';
import { handoverFinder } from '../../actions/lib/resolve/turn-finder.ts';
import { DAY, dateText, dayOf, MINUTE, WEEKDAYS } from '../../actions/lib/time/date.ts';
import { clockText } from '../../actions/lib/time/format.ts';
import { turnText } from '../../actions/lib/time/turn-name.ts';
import { isZoneName, zoneNames } from '../../actions/lib/time/zone.ts';
import { clip, type Instant, merge, restrict, spanAt } from '../../actions/lib/timeline.ts';
import { at, between, folk, lines, loaded, local, shiftsOf, sound } from '../handbook.ts';

const PEOPLE = folk('amara-osei', 'ben-adeyemi', 'chi-wong', 'dee-novak');

const HOLIDAYS = `
== policies/holidays/england-and-wales.yaml
name: England and Wales
complete_from: 2026-01-01
complete_until: 2027-12-31
holidays: {2026-12-25: Christmas Day, 2026-12-28: Boxing Day (substitute day)}
`;

const PAAS = `
== policies/support-hours/paas.yaml
name: PaaS
timezone: Europe/London
holidays: england-and-wales
windows:
  in-hours: [{days: working, from: "09:00", to: "17:00"}]
  waking: [{days: non-working, from: "09:00", to: "17:00"}]
  overnight: [{days: every, from: "17:00", to: "09:00"}]
`;

const hours = (windows: string, zone = 'Europe/London') =>
  `\n== policies/support-hours/office.yaml\nname: Office\ntimezone: ${zone}\n${windows}\n`;

const rota = (rest: string, zone = 'Europe/London') =>
  `\n== rotas/paas/support.yaml\nname: Support\ntimezone: ${zone}\n${rest}\n`;

const roles = (firstTurn: string, people = 'amara-osei, ben-adeyemi') =>
  `roles: {engineer: {rotation: [{first_turn: ${firstTurn}, people: [${people}]}]}}`;

const ENGINEER = 'paas/support/engineer';
const held = (text: string, from: string, to: string) => shiftsOf(PEOPLE + text, ENGINEER, from, to);

describe('turns within windows', () => {
  const paas = (covers: string, first = '2026-03-25', people?: string) =>
    `${HOLIDAYS}${PAAS}${rota(`hours: paas\n${covers}\nhandover: {day: wednesday, time: "12:00"}\n${roles(first, people)}`)}`;

  test('a hand-over within a window splits the shift', () => {
    expect(held(paas('covers: [in-hours]'), '2026-03-31T00:00Z', '2026-04-02T23:00Z')).toEqual([
      '2026-03-31T09:00+01:00 2026-03-31T17:00+01:00 amara-osei',
      '2026-04-01T09:00+01:00 2026-04-01T12:00+01:00 amara-osei',
      '2026-04-01T12:00+01:00 2026-04-01T17:00+01:00 ben-adeyemi',
      '2026-04-02T09:00+01:00 2026-04-02T17:00+01:00 ben-adeyemi',
    ]);
  });

  test('Friday evening to Monday morning is one shift', () => {
    expect(held(paas('covers: [waking, overnight]'), '2026-04-16T12:00Z', '2026-04-21T12:00Z')).toEqual([
      '2026-04-16T17:00+01:00 2026-04-17T09:00+01:00 ben-adeyemi',
      '2026-04-17T17:00+01:00 2026-04-20T09:00+01:00 ben-adeyemi',
      '2026-04-20T17:00+01:00 2026-04-21T09:00+01:00 ben-adeyemi',
    ]);
  });

  test('one person’s night is one shift across the hand-over', () => {
    const night = `${HOLIDAYS}${PAAS}${rota(`hours: paas\ncovers: [overnight]\nhandover: {day: wednesday, time: "00:00"}\n${roles('2026-03-25', 'amara-osei')}`)}`;
    expect(held(night, '2026-03-31T12:00Z', '2026-04-01T12:00Z')).toEqual([
      '2026-03-31T17:00+01:00 2026-04-01T09:00+01:00 amara-osei',
    ]);
  });

  test('a bank holiday leaves the seat of the day empty and gives the other person the day', () => {
    const span = ['2026-12-24T12:00Z', '2026-12-29T12:00Z'] as const;
    expect(held(paas('covers: [in-hours]', '2026-12-23'), ...span)).toEqual([
      '2026-12-24T12:00+00:00 2026-12-24T17:00+00:00 amara-osei',
      '2026-12-29T09:00+00:00 2026-12-29T12:00+00:00 amara-osei',
    ]);
    expect(held(paas('covers: [waking, overnight]', '2026-12-23'), ...span)).toEqual([
      '2026-12-24T17:00+00:00 2026-12-29T09:00+00:00 amara-osei',
    ]);
  });

  test('a rota without windows covers all of its hours, one without hours all time', () => {
    expect(held(paas(''), '2026-04-01T11:00Z', '2026-04-08T11:00Z')).toEqual([
      '2026-04-01T12:00+01:00 2026-04-08T12:00+01:00 ben-adeyemi',
    ]);
    const always = rota(`handover: {every: day, time: "09:00"}\n${roles('2026-04-01')}`);
    expect(held(always, '2026-04-01T08:00Z', '2026-04-03T08:00Z')).toEqual([
      '2026-04-01T09:00+01:00 2026-04-02T09:00+01:00 amara-osei',
      '2026-04-02T09:00+01:00 2026-04-03T09:00+01:00 ben-adeyemi',
    ]);
  });

  test('nobody holds a role after the end of the holiday list, nor before the first turn', () => {
    expect(held(paas('', '2027-12-29', 'amara-osei'), '2027-12-01T00:00Z', '2028-03-01T00:00Z')).toEqual([
      '2027-12-29T12:00+00:00 2028-01-01T00:00+00:00 amara-osei',
    ]);
  });

  const weekend = 'windows: {weekend: [{days: [saturday, sunday], from: "00:00", to: "00:00"}]}';
  const nights = 'windows: {night: [{days: every, from: "22:00", to: "06:00"}]}';
  const sundays = 'handover: {day: sunday, time: "02:30"}';

  test.each<[string, string, string, string, string, string, string[]]>([
    [
      'London in spring',
      'Europe/London',
      nights,
      'handover: {day: sunday, time: "01:30"}',
      '2026-03-22',
      '2026-03-29T12:00Z',
      [
        '2026-03-28T22:00+00:00 2026-03-29T02:00+01:00 amara-osei',
        '2026-03-29T02:00+01:00 2026-03-29T06:00+01:00 ben-adeyemi',
      ],
    ],
    [
      'London in autumn',
      'Europe/London',
      nights,
      'handover: {day: sunday, time: "01:30"}',
      '2026-10-18',
      '2026-10-25T12:00Z',
      [
        '2026-10-24T22:00+01:00 2026-10-25T01:30+01:00 amara-osei',
        '2026-10-25T01:30+01:00 2026-10-25T06:00+00:00 ben-adeyemi',
      ],
    ],
    [
      'London in the spring after',
      'Europe/London',
      nights,
      'handover: {day: sunday, time: "01:30"}',
      '2027-03-21',
      '2027-03-28T12:00Z',
      [
        '2027-03-27T22:00+00:00 2027-03-28T02:00+01:00 amara-osei',
        '2027-03-28T02:00+01:00 2027-03-28T06:00+01:00 ben-adeyemi',
      ],
    ],
    [
      'London in the autumn after',
      'Europe/London',
      nights,
      'handover: {day: sunday, time: "01:30"}',
      '2027-10-24',
      '2027-10-31T12:00Z',
      [
        '2027-10-30T22:00+01:00 2027-10-31T01:30+01:00 amara-osei',
        '2027-10-31T01:30+01:00 2027-10-31T06:00+00:00 ben-adeyemi',
      ],
    ],
    [
      'Auckland in its spring',
      'Pacific/Auckland',
      nights,
      sundays,
      '2026-09-20',
      '2026-09-27T12:00+13:00',
      [
        '2026-09-26T22:00+12:00 2026-09-27T03:00+13:00 amara-osei',
        '2026-09-27T03:00+13:00 2026-09-27T06:00+13:00 ben-adeyemi',
      ],
    ],
    [
      'Auckland in its autumn',
      'Pacific/Auckland',
      nights,
      sundays,
      '2026-03-29',
      '2026-04-05T12:00+12:00',
      [
        '2026-04-04T22:00+13:00 2026-04-05T02:30+13:00 amara-osei',
        '2026-04-05T02:30+13:00 2026-04-05T06:00+12:00 ben-adeyemi',
      ],
    ],
    [
      'Lord Howe in its autumn',
      'Australia/Lord_Howe',
      nights,
      'handover: {day: sunday, time: "01:45"}',
      '2026-03-29',
      '2026-04-05T12:00+10:30',
      [
        '2026-04-04T22:00+11:00 2026-04-05T01:45+11:00 amara-osei',
        '2026-04-05T01:45+11:00 2026-04-05T06:00+10:30 ben-adeyemi',
      ],
    ],
    [
      'Havana, where the midnight of the hand-over is skipped',
      'America/Havana',
      weekend,
      'handover: {day: sunday, time: "00:00"}',
      '2026-03-01',
      '2026-03-08T13:00-04:00',
      [
        '2026-03-07T12:00-05:00 2026-03-08T01:00-04:00 amara-osei',
        '2026-03-08T01:00-04:00 2026-03-08T13:00-04:00 ben-adeyemi',
      ],
    ],
  ])('in %s', (_, zone, windows, handover, first, to, expected) => {
    const text = `${hours(windows, zone)}${rota(`hours: office\n${handover}\n${roles(first)}`, zone)}`;
    const from = local(at(to) - DAY, zone);
    expect(held(text, from, to)).toEqual(expected);
  });

  test('windows are in the time zone of the hours, hand-overs in that of the rota', () => {
    const office = hours('windows: {day: [{days: every, from: "09:00", to: "17:00"}]}', 'America/New_York');
    const text = `${office}${rota(`hours: office\nhandover: {every: day, time: "18:00"}\n${roles('2026-03-20')}`)}`;
    // The clocks of New York went forward on 8 March, those of London on the 29th: five hours apart, and four in
    // between.
    expect(held(text, '2026-03-27T00:00Z', '2026-03-28T00:00Z')).toEqual([
      '2026-03-27T13:00+00:00 2026-03-27T18:00+00:00 amara-osei',
      '2026-03-27T18:00+00:00 2026-03-27T21:00+00:00 ben-adeyemi',
    ]);
    expect(held(text, '2026-03-31T00:00Z', '2026-04-01T00:00Z')).toEqual([
      '2026-03-31T14:00+01:00 2026-03-31T18:00+01:00 amara-osei',
      '2026-03-31T18:00+01:00 2026-03-31T22:00+01:00 ben-adeyemi',
    ]);
  });
});

describe('amendments', () => {
  test('of what a rota covers, cut at local midnight', () => {
    const text = `${HOLIDAYS}${PAAS}${rota(`hours: paas
covers: [overnight]
handover: {day: wednesday, time: "10:00"}
amendments: [{first_day: 2027-02-04, covers: [in-hours]}]
${roles('2027-01-27')}`)}`;
    expect(held(text, '2027-02-02T12:00Z', '2027-02-05T12:00Z')).toEqual([
      '2027-02-02T17:00+00:00 2027-02-03T09:00+00:00 amara-osei',
      '2027-02-03T17:00+00:00 2027-02-04T00:00+00:00 ben-adeyemi',
      '2027-02-04T09:00+00:00 2027-02-04T17:00+00:00 ben-adeyemi',
      '2027-02-05T09:00+00:00 2027-02-05T12:00+00:00 ben-adeyemi',
    ]);
  });

  test('of the hours of a rota, which may have had none', () => {
    const text = `${hours('windows: {day: [{days: every, from: "09:00", to: "17:00"}]}')}${rota(`
handover: {day: wednesday, time: "10:00"}
amendments: [{first_day: 2027-02-04, hours: office}]
${roles('2027-01-27', 'amara-osei')}`)}`;
    expect(held(text, '2027-02-03T00:00Z', '2027-02-05T00:00Z')).toEqual([
      '2027-02-03T00:00+00:00 2027-02-04T00:00+00:00 amara-osei',
      '2027-02-04T09:00+00:00 2027-02-04T17:00+00:00 amara-osei',
    ]);
  });

  test('of the hand-over, of covers and of the hours themselves combine', () => {
    const policy =
      hours(`windows: {day: [{days: every, from: "09:00", to: "17:00"}], late: [{days: every, from: "20:00", to: "22:00"}]}
amendments:
  - {first_day: 2027-02-02, windows: {day: [{days: every, from: "08:00", to: "12:00"}], late: [{days: every, from: "20:00", to: "22:00"}]}}`);
    const text = `${policy}${rota(`
hours: office
covers: [day]
handover: {day: wednesday, time: "10:00"}
amendments:
  - {first_day: 2027-02-03, covers: [day, late]}
  - {first_day: 2027-02-01, handover: {day: monday, time: "10:00"}}
roles:
  engineer:
    rotation:
      - {first_turn: 2027-01-27, people: [amara-osei, ben-adeyemi]}
      - {first_turn: 2027-02-01, people: [chi-wong]}`)}`;
    expect(held(text, '2027-01-31T00:00Z', '2027-02-04T00:00Z')).toEqual([
      '2027-01-31T09:00+00:00 2027-01-31T17:00+00:00 amara-osei',
      '2027-02-01T09:00+00:00 2027-02-01T10:00+00:00 amara-osei',
      '2027-02-01T10:00+00:00 2027-02-01T17:00+00:00 chi-wong',
      '2027-02-02T08:00+00:00 2027-02-02T12:00+00:00 chi-wong',
      '2027-02-03T08:00+00:00 2027-02-03T12:00+00:00 chi-wong',
      '2027-02-03T20:00+00:00 2027-02-03T22:00+00:00 chi-wong',
    ]);
  });
});

describe('what is resolved', () => {
  const office = hours('windows: {day: [{days: every, from: "09:00", to: "17:00"}]}');
  const extra = `${office}${rota(`hours: office
handover: {day: wednesday, time: "10:00"}
${roles('2026-11-04')}
overrides:
  - {role: engineer, person: dee-novak, from: 2026-11-12T16:00, to: 2026-11-12T19:00, extra: true, reason: change}`)}`;

  test('is what the span contains; extra time leaves windows to their holders', () => {
    expect(held(extra, '2026-11-12T16:30Z', '2026-11-12T18:00Z')).toEqual([
      '2026-11-12T16:30+00:00 2026-11-12T17:00+00:00 ben-adeyemi',
      '2026-11-12T17:00+00:00 2026-11-12T18:00+00:00 dee-novak',
    ]);
    expect(held(extra, '2026-11-12T18:00Z', '2026-11-12T20:00Z')).toEqual([
      '2026-11-12T18:00+00:00 2026-11-12T19:00+00:00 dee-novak',
    ]);
    expect(held(extra, '2026-12-01T00:00Z', '2026-12-01T10:00Z')).toEqual([
      '2026-12-01T09:00+00:00 2026-12-01T10:00+00:00 ben-adeyemi',
    ]);
  });

  test('is in order of rota and role, with the roles that each person may hold', () => {
    const other = `\n== rotas/govpress/on-call.yaml\nname: On call\ntimezone: UTC\nhandover: {every: day, time: "09:00"}
roles: {second: {follows: {role: lead, by: 1}}, lead: {rotation: [{first_turn: 2026-11-04, people: [dee-novak, chi-wong]}]}}`;
    const resolved = resolve(
      sound(PEOPLE + extra + other),
      between('2026-11-11T00:00Z', '2026-11-18T00:00Z'),
    );
    expect([...resolved.roles.keys()]).toEqual([
      'govpress/on-call/lead',
      'govpress/on-call/second',
      ENGINEER,
    ]);
    expect(coverOf(resolved, { rota: 'paas/support', role: 'engineer' })?.role.id).toBe('engineer');
    expect(coverOf(resolved, { rota: 'paas/support', role: 'comms' })).toBeUndefined();
    const seats = (person: string) =>
      coversOf(resolved, person).map((cover) => `${cover.rota.id}/${cover.role.id}`);
    expect(seats('dee-novak')).toEqual(['govpress/on-call/lead', 'govpress/on-call/second', ENGINEER]);
    expect(seats('nobody')).toEqual([]);
  });

  test('leaves out a rota whose hours cannot be read, and keeps the others', () => {
    const text = `${PEOPLE}${extra.replace('name: Office', 'nam: Office')}
== rotas/paas/other.yaml
name: Other
timezone: UTC
handover: {every: day, time: "09:00"}
${roles('2026-11-04')}`;
    const resolved = resolve(loaded(text).handbook, between('2026-11-11T00:00Z', '2026-11-18T00:00Z'));
    expect([...resolved.roles.keys()]).toEqual(['paas/other/engineer']);
  });
});

describe('shifts that overlap a span', () => {
  const touching = (text: string, from: string, to: string): string[] =>
    [...shiftsTouching(sound(PEOPLE + text), between(from, to))].flatMap(({ cover, shifts: own }) =>
      lines(
        own.map((span) => ({ ...span, value: span.value.person })),
        cover.rota.zone.name,
      ),
    );
  const weekly = 'handover: {day: wednesday, time: "10:00"}';

  test('are whole', () => {
    const text = rota(`${weekly}\n${roles('2026-11-04')}`);
    expect(touching(text, '2026-11-12T00:00Z', '2026-11-12T01:00Z')).toEqual([
      '2026-11-11T10:00+00:00 2026-11-18T10:00+00:00 ben-adeyemi',
    ]);
    expect(touching(text, '2026-11-11T10:00Z', '2026-11-18T10:00Z')).toEqual([
      '2026-11-11T10:00+00:00 2026-11-18T10:00+00:00 ben-adeyemi',
    ]);
    expect(touching(text, '2026-11-11T09:59Z', '2026-11-18T10:01Z')).toHaveLength(3);
  });

  test('are whole when they last for months, and for years', () => {
    const text = (until: string) =>
      rota(`${weekly}
roles:
  engineer: {rotation: [{first_turn: 2026-11-04, people: [amara-osei]}, {first_turn: ${until}, people: []}]}`);
    expect(touching(text('2027-06-02'), '2027-01-01T00:00Z', '2027-02-01T00:00Z')).toEqual([
      '2026-11-04T10:00+00:00 2027-06-02T10:00+01:00 amara-osei',
    ]);
    expect(touching(text('2032-06-02'), '2029-01-01T00:00Z', '2029-02-01T00:00Z')).toEqual([
      '2026-11-04T10:00+00:00 2032-06-02T10:00+01:00 amara-osei',
    ]);
  });

  test.each([
    ['2000-01-05', '2027-01-01T00:00Z', '2027-02-01T00:00Z'],
    ['2014-11-05', '2027-01-01T00:00Z', '2027-02-01T00:00Z'],
    ['2026-11-04', '2027-01-01T00:00Z', '2027-02-01T00:00Z'],
    ['2026-11-04', '2041-06-01T00:00Z', '2041-07-01T00:00Z'],
  ])(
    'since %s, are cut at the end of the century when they have no end, whatever the current day',
    (first, from, to) => {
      const text = rota(`${weekly}\n${roles(first, 'amara-osei')}`, 'UTC');
      expect(touching(text, from, to)).toEqual([`${first}T10:00+00:00 2100-01-01T00:00+00:00 amara-osei`]);
    },
  );

  test('are whole within windows, with hours off duty too', () => {
    const text = `${HOLIDAYS}${PAAS}${rota(`hours: paas\ncovers: [waking, overnight]\n${weekly}\n${roles('2026-11-04')}`)}`;
    expect(touching(text, '2026-11-14T12:00Z', '2026-11-14T13:00Z')).toEqual([
      '2026-11-13T17:00+00:00 2026-11-16T09:00+00:00 ben-adeyemi',
    ]);
    expect(touching(text, '2026-11-16T12:00Z', '2026-11-16T13:00Z')).toEqual([]);
  });
});

describe('the published span', () => {
  const span = (policy: string, now: string): string[] => {
    const text = policy === '' ? PEOPLE : `${PEOPLE}== policies/publishing.yaml\n${policy}\n`;
    const { startAt, endAt } = publishedSpan(sound(text), at(now));
    return lines([{ startAt, endAt, value: '' }], 'UTC').map((line) => line.trim());
  };

  test.each([
    ['', '2026-11-21T12:00Z', '2026-10-01T00:00+00:00 2027-06-01T00:00+00:00'],
    ['{back: 1 day, ahead: 1 day}', '2026-11-29T23:59Z', '2026-11-01T00:00+00:00 2026-12-01T00:00+00:00'],
    ['{back: 1 day, ahead: 1 day}', '2026-11-30T00:00Z', '2026-11-01T00:00+00:00 2027-01-01T00:00+00:00'],
    ['{back: 1 day, ahead: 1 week}', '2026-12-01T12:00Z', '2026-11-01T00:00+00:00 2027-01-01T00:00+00:00'],
    ['{back: 1 day, ahead: 1 week}', '2026-12-02T00:00Z', '2026-12-01T00:00+00:00 2027-01-01T00:00+00:00'],
    ['{back: 4 weeks, ahead: 8 weeks}', '2027-01-01T00:00Z', '2026-12-01T00:00+00:00 2027-03-01T00:00+00:00'],
    ['{back: 4 weeks, ahead: 4 weeks}', '2028-02-01T00:00Z', '2028-01-01T00:00+00:00 2028-03-01T00:00+00:00'],
  ])('with "%s" at %s is %s', (policy, now, expected) => {
    expect(span(policy, now)).toEqual([expected]);
  });
});

describe('what rules also need', () => {
  const text = `${PEOPLE}${HOLIDAYS}${PAAS}${rota(`hours: paas
handover: [{day: monday, time: "09:00"}, {day: friday, time: "17:00"}]
amendments: [{first_day: 2027-02-01, handover: {day: wednesday, time: "10:00"}}]
roles:
  engineer:
    rotation: [{first_turn: 2026-11-06, people: [amara-osei]}, {first_turn: 2027-02-03, people: [ben-adeyemi]}]
    turns: {2026-11-02: chi-wong}
  second: {follows: {role: engineer, by: 1}}
  comms: {rotation: [{first_turn: 2026-11-09, people: [dee-novak]}]}`)}`;
  const handbook = sound(text);
  const own = handbook.rotas.get('paas/support') as Rota;
  const role = (id: string) => own.roles.get(id) as Role;

  test.each([
    ['2026-11-02', true, '2026-10-30', '2026-11-06'],
    ['2026-11-04', false, '2026-11-02', '2026-11-06'],
    ['2026-11-06', true, '2026-11-02', '2026-11-09'],
    ['2027-01-29', true, '2027-01-25', '2027-02-03'],
    ['2027-02-01', false, '2027-01-29', '2027-02-03'],
    ['2027-02-03', true, '2027-01-29', '2027-02-10'],
  ])('%s: a turn begins then: %s; the nearest turns begin on %s and %s', (date, begins, before, after) => {
    const around = handoverFinder(handbook, own, role('engineer'))(dayOf(date) as number);
    const names = [around.before, around.after].map((on) => on && turnText(on));
    expect([around.begins, ...names]).toEqual([begins, before, after]);
  });

  test('a role begins with its first turn, agreed or not, and a follower with that of the other role', () => {
    expect(['engineer', 'second', 'comms'].map((id) => dateText(firstTurnDay(own, role(id))))).toEqual([
      '2026-11-02',
      '2026-11-02',
      '2026-11-09',
    ]);
  });

  test.each([
    ['2026-01-01T00:00Z', '2028-01-01T00:00Z', true],
    ['2025-12-31T23:59Z', '2027-01-01T00:00Z', false],
    ['2027-12-31T00:00Z', '2028-01-01T00:01Z', false],
  ])('%s to %s is within the holiday list: %s', (from, to, known) => {
    expect(isWithinHolidayLists(handbook, own, between(from, to))).toBe(known);
  });

  const list = (id: string, from: string, until: string) =>
    `== policies/holidays/${id}.yaml\nname: List\ncomplete_from: ${from}\ncomplete_until: ${until}\nholidays: {}\n`;
  const night = (id: string, more: string) =>
    `== policies/support-hours/${id}.yaml\nname: Hours\ntimezone: Europe/London\nwindows: {night: [{days: working, from: "22:00", to: "06:00"}]}\n${more}\n`;

  test.each([
    ['2026-12-31T00:00Z', '2027-01-02T00:00Z', true],
    ['2026-11-30T00:00Z', '2026-12-02T00:00Z', true],
    ['2025-12-31T00:00Z', '2026-01-02T00:00Z', false],
    ['2028-12-31T00:00Z', '2029-01-02T00:00Z', false],
  ])('%s to %s is within the lists in use then: %s', (from, to, known) => {
    const rotas = rota(`hours: none
handover: {day: wednesday, time: "10:00"}
amendments: [{first_day: 2026-12-01, hours: two}]
roles: {engineer: {rotation: [{first_turn: 2026-11-04, people: [amara-osei]}]}}`);
    const two = night('two', 'holidays: old\namendments: [{first_day: 2027-01-01, holidays: new}]');
    const lists = list('one', '2026-01-01', '2026-11-30') + list('old', '2026-12-01', '2026-12-31');
    const changed = sound(
      PEOPLE + lists + list('new', '2027-01-01', '2028-12-31') + night('none', 'holidays: one') + two + rotas,
    );
    expect(isWithinHolidayLists(changed, changed.rotas.get('paas/support') as Rota, between(from, to))).toBe(
      known,
    );
  });

  test('a night on which one list follows another is whole', () => {
    const two = night('two', 'holidays: old\namendments: [{first_day: 2027-01-01, holidays: new}]');
    const both = sound(
      two + list('old', '2026-12-01', '2026-12-31') + list('new', '2027-01-01', '2028-12-31'),
    );
    const windows = resolve(both, between('2026-12-31T12:00Z', '2027-01-01T12:00Z')).windows.get('two');
    expect(lines(windows?.get('night') ?? [], 'UTC')).toEqual([
      '2026-12-31T22:00+00:00 2027-01-01T06:00+00:00 night',
    ]);
  });
});

test('any rota: every minute on duty is held by the person whose turn it is', () => {
  const weekday = fc.integer({ min: 0, max: 6 });
  const minute = fc.integer({ min: 0, max: 24 * 60 - 1 });
  const zone = fc.constantFrom(...zoneNames.filter(isZoneName));
  fc.assert(
    fc.property(
      fc.record({
        zone,
        office: zone,
        days: fc.uniqueArray(weekday, { minLength: 1 }),
        window: fc.tuple(minute, minute),
        handover: fc.tuple(weekday, minute),
        people: fc.integer({ min: 1, max: 4 }),
        start: fc.integer({ min: dayOf('2020-01-01') as number, max: dayOf('2036-01-01') as number }),
        length: fc.integer({ min: 1, max: 60 }),
      }),
      ({ zone: here, office, days, window, handover: [day, time], people, start, length }) => {
        const named = (it: number) => WEEKDAYS[it] as string;
        const clock = (it: number) => clockText(it * MINUTE);
        const order = ['amara-osei', 'ben-adeyemi', 'chi-wong', 'dee-novak'].slice(0, people).join(', ');
        const first = dateText(start - ((start + 3 - day) % 7));
        const text = `${PEOPLE}${hours(`windows: {own: [{days: [${days.map(named).join(', ')}], from: "${clock(window[0])}", to: "${clock(window[1])}"}]}`, office)}${rota(`hours: office\nhandover: {day: ${named(day)}, time: "${clock(time)}"}\n${roles(first, order)}`, here)}`;
        const startAt: Instant = (start + 9) * DAY;
        const span = { startAt, endAt: startAt + length * DAY };
        const resolved = resolve(sound(text), span);
        const cover = coverOf(resolved, { rota: 'paas/support', role: 'engineer' });
        if (cover === undefined) throw new Error('no role');
        const everyone = merge(cover.cover(), () => true).map(({ startAt: from, endAt: to }) => [from, to]);
        const duty = clip(resolved.windows.get('office')?.get('own') ?? [], span);
        expect(everyone).toEqual(duty.map(({ startAt: from, endAt: to }) => [from, to]));
        const turns = cover.list.flatMap(({ startAt: from, endAt: to, value }) =>
          value === undefined ? [] : [{ startAt: from, endAt: to, value }],
        );
        expect(cover.cover()).toEqual(restrict(merge(turns), duty));
        for (const { startAt: from, endAt: to, value } of cover.cover())
          for (const instant of [from, (from + to) / 2, to - 1])
            expect(value.person).toBe(spanAt(turns, instant)?.value.person);
      },
    ),
  );
});
