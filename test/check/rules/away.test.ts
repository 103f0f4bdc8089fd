/** Absences that overlap a shift, and absences that end the day before or begin the day after. */
import { describe, expect, test } from 'vitest';
import { away as awayRule } from '../../../actions/lib/check/rules/away.ts';
import { day, foundBy, wordsOf } from '../../found.ts';
import { at, but, folk } from '../../handbook.ts';

const ABSENCE = '{first_day: 2026-12-01, last_day: 2026-12-06}';

/** Amara has the turn from Monday 7 December 10:00; dee has the one before, ben and then chi those after. */
const sound = `${folk('ben', 'chi', 'dee')}  amara: {name: Amara, away: [${ABSENCE}]}
== rotas/team/rota.yaml
name: Rota
timezone: Europe/London
handover: {day: monday, time: "10:00"}
roles:
  lead:
    needs: {}
    rotation: [{first_turn: 2026-11-16, people: [ben, chi, dee, amara]}]
`;
const CLASH = but(sound, ABSENCE, '{first_day: 2026-12-08, last_day: 2026-12-10}');
const away = (text: string, now?: string): string[] =>
  foundBy('away', text, now).map((line) => line.replace('rotas/people.yaml:', 'people:'));

describe('amara has the turn from 10:00 on 7 December to 10:00 on the 14th and is away', () => {
  test.each<[first: string, last: string, found?: string]>([
    ['2026-12-01', '2026-12-06'],
    ['2026-12-15', '2026-12-20'],
    [
      '2026-12-01',
      '2026-12-07',
      `on-shift {person: amara, role: team/rota/lead, firstOn: 2026-12-01, lastOn: 2026-12-07, startAt: 2026-12-07T10:00+00:00, endAt: 2026-12-08T00:00+00:00, colleague: ben}`,
    ],
    [
      '2026-12-14',
      '2026-12-20',
      `on-shift {person: amara, role: team/rota/lead, firstOn: 2026-12-14, lastOn: 2026-12-20, startAt: 2026-12-14T00:00+00:00, endAt: 2026-12-14T10:00+00:00, colleague: ben}`,
    ],
    [
      '2026-12-09',
      '2026-12-09',
      `on-shift {person: amara, role: team/rota/lead, firstOn: 2026-12-09, lastOn: 2026-12-09, startAt: 2026-12-09T00:00+00:00, endAt: 2026-12-10T00:00+00:00, colleague: ben}`,
    ],
    [
      '2026-11-30',
      '2027-01-10',
      `on-shift {person: amara, role: team/rota/lead, firstOn: 2026-11-30, lastOn: 2027-01-10, startAt: 2026-12-07T10:00+00:00, endAt: 2026-12-14T10:00+00:00, more: 1, colleague: ben}`,
    ],
  ])('from %s to %s', (first, last, found) => {
    const text = but(sound, ABSENCE, `{first_day: ${first}, last_day: ${last}}`);
    expect(away(text)).toEqual(found === undefined ? [] : [`people:5:31 ${found}`]);
  });
});

describe('the colleague who could take it is the next in the order who', () => {
  const clash = (colleague?: string) =>
    `people:5:31 on-shift {person: amara, role: team/rota/lead, firstOn: 2026-12-08, lastOn: 2026-12-10, startAt: 2026-12-08T00:00+00:00, endAt: 2026-12-11T00:00+00:00${colleague === undefined ? '' : `, colleague: ${colleague}`}}`;
  const edit = (passage: string, other: string) => away(but(CLASH, passage, other));

  test.each<[what: string, passage: string, other: string, colleague?: string]>([
    ['comes after', 'needs: {}', 'needs: {vetted: false}', 'ben'],
    [
      'is not away',
      'ben: {name: ben,',
      'ben: {name: ben, away: [{first_day: 2026-12-10, last_day: 2026-12-10}],',
      'chi',
    ],
    [
      'is back only on the next day',
      'ben: {name: ben,',
      'ben: {name: ben, away: [{first_day: 2026-12-01, last_day: 2026-12-08}],',
      'chi',
    ],
    [
      'is back on that very day',
      'ben: {name: ben,',
      'ben: {name: ben, away: [{first_day: 2026-12-01, last_day: 2026-12-07}],',
      'ben',
    ],
    [
      'is away on other days',
      'ben: {name: ben,',
      'ben: {name: ben, away: [{first_day: 2026-12-11, last_day: 2026-12-11}],',
      'ben',
    ],
    ['has started', 'ben: {name: ben,', 'ben: {name: ben, first_day: 2026-12-09,', 'chi'],
    ['has not left', 'ben: {name: ben,', 'ben: {name: ben, last_day: 2026-12-09,', 'chi'],
    [
      'is no fellow in another role',
      'roles:',
      'roles:\n  second: {rotation: [{first_turn: 2026-12-07, people: [ben]}, {first_turn: 2026-12-14, people: []}]}',
      'chi',
    ],
    [
      'is a shadow at most',
      'roles:',
      'roles:\n  second: {counts: false, rotation: [{first_turn: 2026-12-07, people: [ben]}, {first_turn: 2026-12-14, people: []}]}',
      'ben',
    ],
    ['exists at all', 'people: [ben, chi, dee, amara]', 'people: [amara]'],
  ])('%s', (_, passage, other, colleague) => {
    expect(edit(passage, other)).toEqual([clash(colleague)]);
  });

  test('meets the needs of the role', () => {
    const skilled = but(
      but(CLASH, 'needs: {}', 'needs: {skills: [dev]}'),
      'last_day: 2026-12-10}]',
      'last_day: 2026-12-10}], skills: [dev]',
    );
    expect(away(skilled.replaceAll(/(ben|chi|dee): \{name/g, '$1: {skills: [dev], name'))).toEqual([
      clash('ben'),
    ]);
    expect(
      away(skilled.replaceAll(/(chi|dee): \{name/g, '$1: {skills: [dev], name')).filter((line) =>
        line.startsWith('people'),
      ),
    ).toEqual([clash('chi')]);
  });
});

test('a person assigned by name despite the absence is reported at that line', () => {
  const put = (person: string) =>
    away(
      `${CLASH.replace('people: [ben, chi, dee, amara]', 'people: [ben, chi]')}    turns: {2026-12-07: ${person}}\n`,
    );
  expect(put('dee')).toEqual([]);
  expect(put('amara')).toEqual([
    `rotas/team/rota.yaml:8:25 on-shift {person: amara, role: team/rota/lead, firstOn: 2026-12-08, lastOn: 2026-12-10, startAt: 2026-12-08T00:00+00:00, endAt: 2026-12-11T00:00+00:00, colleague: ben}`,
  ]);
  const overridden = (person: string) =>
    away(
      `${CLASH.replace('dee, amara]', 'dee]')}overrides:\n  - {role: lead, person: ${person}, from: 2026-12-09T10:00, to: 2026-12-09T12:00}\n`,
    );
  expect(overridden('dee')).toEqual([]);
  expect(overridden('amara')).toEqual([
    `rotas/team/rota.yaml:9:5 on-shift {person: amara, role: team/rota/lead, firstOn: 2026-12-08, lastOn: 2026-12-10, startAt: 2026-12-09T10:00+00:00, endAt: 2026-12-09T12:00+00:00, colleague: ben}`,
  ]);
});

test('an absence from two roles is reported for each', () => {
  const two = (role: string) => `${CLASH}  ${role}: {counts: false, follows: {role: lead, by: 1}}\n`;
  expect(away(two('shadow'))).toEqual([
    `people:5:31 on-shift {person: amara, role: team/rota/lead, firstOn: 2026-12-08, lastOn: 2026-12-10, startAt: 2026-12-08T00:00+00:00, endAt: 2026-12-11T00:00+00:00, colleague: ben}`,
  ]);
  const long = (text: string) =>
    but(text, '2026-12-08, last_day: 2026-12-10', '2026-12-06, last_day: 2026-12-07');
  expect(away(long(two('shadow')))).toEqual([
    `people:5:31 on-shift {person: amara, role: team/rota/lead, firstOn: 2026-12-06, lastOn: 2026-12-07, startAt: 2026-12-07T10:00+00:00, endAt: 2026-12-08T00:00+00:00, colleague: ben}`,
    'people:5:31 on-shift {person: amara, role: team/rota/shadow, firstOn: 2026-12-06, lastOn: 2026-12-07, startAt: 2026-12-06T00:00+00:00, endAt: 2026-12-07T10:00+00:00, colleague: ben}',
  ]);
});

test('a past absence, or the past part of a shift in it, is not reported', () => {
  expect(away(CLASH, '2026-12-10T23:59:00Z')).toHaveLength(1);
  expect(away(CLASH, '2026-12-11T00:00:00Z')).toEqual([]);
});

describe('an absence of hours', () => {
  const hours = (absence: string, more = '') => away(but(sound, `[${ABSENCE}]`, `[${absence}]${more}`));
  const clash = (rest: string) => [
    `people:5:31 on-shift-then {person: amara, role: team/rota/lead, ${rest}, colleague: ben}`,
  ];

  test('may begin when the turn ends, or end when it begins', () => {
    expect(hours('{from: 2026-12-14T10:00, to: 2026-12-15T10:00}')).toEqual([]);
    expect(hours('{from: 2026-12-06T10:00, to: 2026-12-07T10:00}')).toEqual([]);
    expect(hours('{from: 2026-12-14T09:59, to: 2026-12-15T10:00}')).toEqual(
      clash(
        'fromAt: 2026-12-14T09:59+00:00, untilAt: 2026-12-15T10:00+00:00, startAt: 2026-12-14T09:59+00:00, endAt: 2026-12-14T10:00+00:00',
      ),
    );
  });

  test('is a time of the person, where they have a zone of their own', () => {
    expect(hours('{from: 2026-12-14T11:00, to: 2026-12-15T11:00}', ', zone: Europe/Berlin')).toEqual([]);
    expect(hours('{from: 2026-12-14T10:30, to: 2026-12-15T11:00}', ', zone: Europe/Berlin')).toEqual(
      clash(
        'fromAt: 2026-12-14T10:30+01:00, untilAt: 2026-12-15T11:00+01:00, startAt: 2026-12-14T10:30+01:00, endAt: 2026-12-14T11:00+01:00',
      ).map((line) => line.replace('colleague: ben', 'colleague: ben, isTheirZone: true')),
    );
  });

  test('need not end', () => {
    expect(hours('{from: 2026-12-14T10:00}', ', last_day: 2026-12-31')).toEqual([
      'people:5:31 on-shift-then {person: amara, role: team/rota/lead, fromAt: 2026-12-14T10:00+00:00, startAt: 2027-01-04T10:00+00:00, endAt: 2027-01-11T10:00+00:00, more: 5, colleague: ben}',
    ]);
    expect(away(but(sound, ABSENCE, '{first_day: 2026-12-15}'))).toEqual([
      'people:5:31 on-shift {person: amara, role: team/rota/lead, firstOn: 2026-12-15, startAt: 2027-01-04T10:00+00:00, endAt: 2027-01-11T10:00+00:00, more: 5, colleague: ben}',
    ]);
  });
});

describe('the weekdays on which somebody works', () => {
  const WEEKDAYS = 'monday, tuesday, wednesday, thursday';
  const works = (keys: string, needs = '{}') =>
    away(
      but(
        but(sound, `away: [${ABSENCE}]`, `on_call_since: 2020-01-01, works: ${keys}`),
        'needs: {}',
        `needs: ${needs}`,
      ),
    );
  const FRIDAY =
    'day-off {person: amara, role: team/rota/lead, startAt: 2026-12-11T00:00+00:00, endAt: 2026-12-14T00:00+00:00, more: 6, colleague: ben}';

  test('leave the others free, from the day on that is written', () => {
    expect(works(`[{days: [${WEEKDAYS}]}]`)).toEqual([`people:5:59 ${FRIDAY}`]);
    expect(works(`[{days: [${WEEKDAYS}], since: 2026-12-12}]`)).toEqual([
      `people:5:59 ${FRIDAY.replace('2026-12-11', '2026-12-12')}`,
    ]);
    expect(works(`[{days: [${WEEKDAYS}], since: 2028-01-01}]`)).toEqual([]);
    expect(
      works(`[{days: [${WEEKDAYS}]}, {days: [${WEEKDAYS}, friday, saturday, sunday], since: 2026-12-14}]`),
    ).toEqual([`people:5:59 ${FRIDAY.replace(', more: 6', '')}`]);
  });

  test('are those of working-hours roles, unless they say that they are all', () => {
    expect(works(`[{days: [${WEEKDAYS}]}]`, '{on_call: true}')).toEqual([]);
    expect(works(`[{days: [${WEEKDAYS}], on_call: true}]`, '{on_call: true}')).toEqual([
      `people:5:59 ${FRIDAY}`,
    ]);
  });

  test('keep a colleague from being proposed', () => {
    const text = but(CLASH, 'ben: {name: ben,', `ben: {name: ben, works: [{days: [monday]}],`);
    expect(away(text).filter((line) => line.includes('amara'))[0]).toContain('colleague: chi');
  });
});

describe('holidays of their own', () => {
  const LIST =
    '== policies/holidays/scotland.yaml\nname: Scotland\ncomplete_from: 2026-01-01\ncomplete_until: 2027-12-31\nholidays: {2026-12-08: A day}\n';
  const own = (keys: string, needs = '{}') =>
    away(
      but(
        but(sound, `away: [${ABSENCE}]`, `on_call_since: 2020-01-01, ${keys}`),
        'needs: {}',
        `needs: ${needs}`,
      ) + LIST,
    );
  const HOLIDAY =
    'people:5:61 own-holiday {person: amara, role: team/rota/lead, holiday: A day, startAt: 2026-12-08T00:00+00:00, endAt: 2026-12-09T00:00+00:00, colleague: ben}';

  test('keep somebody from working-hours roles only', () => {
    expect(own('holidays: scotland')).toEqual([HOLIDAY]);
    expect(own('holidays: [scotland]')).toEqual([HOLIDAY]);
    expect(own('holidays: scotland', '{on_call: true}')).toEqual([]);
    expect(own('skills: []')).toEqual([]);
  });
});

const format = wordsOf(awayRule);
test.each([
  [
    format({
      code: 'on-shift',
      args: {
        person: 'amara',
        role: 'team/rota/lead',
        firstOn: day('2026-12-01'),
        lastOn: day('2026-12-07'),
        zone: 'Europe/London',
        startAt: at('2026-12-07T10:00Z'),
        endAt: at('2026-12-08T00:00Z'),
        more: 0,
        colleague: 'ben',
      },
    }),
    'amara is away Tue 1 Dec to Mon 7 Dec and is team/rota/lead Mon 7 Dec 10:00 – Tue 8 Dec 00:00; ben could take it',
  ],
  [
    format({
      code: 'on-shift',
      args: {
        person: 'amara',
        role: 'team/rota/lead',
        firstOn: day('2026-12-09'),
        lastOn: day('2026-12-09'),
        zone: 'Europe/London',
        startAt: at('2026-12-09T00:00Z'),
        endAt: at('2026-12-10T00:00Z'),
        more: 0,
        colleague: 'ben',
      },
    }),
    'amara is away Wed 9 Dec and is team/rota/lead Wed 9 Dec 00:00 – Thu 10 Dec 00:00; ben could take it',
  ],
  [
    format({
      code: 'on-shift',
      args: {
        person: 'amara',
        role: 'team/rota/lead',
        firstOn: day('2026-11-30'),
        lastOn: day('2027-01-10'),
        zone: 'Europe/London',
        startAt: at('2026-12-07T10:00Z'),
        endAt: at('2026-12-14T10:00Z'),
        more: 1,
        colleague: 'ben',
      },
    }),
    'amara is away Mon 30 Nov to Sun 10 Jan and is team/rota/lead Mon 7 Dec 10:00 – Mon 14 Dec 10:00 and 1 more time; ben could take it',
  ],
  [
    format({
      code: 'on-shift',
      args: {
        person: 'amara',
        role: 'team/rota/lead',
        firstOn: day('2026-12-08'),
        lastOn: day('2026-12-10'),
        zone: 'Europe/London',
        startAt: at('2026-12-08T00:00Z'),
        endAt: at('2026-12-11T00:00Z'),
        more: 0,
        colleague: undefined,
      },
    }),
    'amara is away Tue 8 Dec to Thu 10 Dec and is team/rota/lead Tue 8 Dec 00:00 – Fri 11 Dec 00:00; nobody else in the rotation is free then',
  ],
  [
    format({
      code: 'on-shift-then',
      args: {
        person: 'amara',
        role: 'team/rota/lead',
        fromAt: at('2026-12-14T09:00Z'),
        untilAt: at('2026-12-14T13:00Z'),
        zone: 'Europe/Berlin',
        startAt: at('2026-12-14T09:00Z'),
        endAt: at('2026-12-14T10:00Z'),
        more: 0,
        colleague: 'ben',
        isTheirZone: true,
      },
    }),
    'amara is away Mon 14 Dec 10:00 – 14:00 and is team/rota/lead Mon 14 Dec 10:00 – 11:00 (Europe/Berlin); ben could take it',
  ],
  [
    format({
      code: 'on-shift-then',
      args: {
        person: 'amara',
        role: 'team/rota/lead',
        fromAt: at('2026-12-14T09:00Z'),
        untilAt: undefined,
        zone: 'Europe/London',
        startAt: at('2026-12-14T09:00Z'),
        endAt: at('2026-12-14T10:00Z'),
        more: 0,
        colleague: 'ben',
      },
    }),
    'amara is away from Mon 14 Dec 09:00 on and is team/rota/lead Mon 14 Dec 09:00 – 10:00; ben could take it',
  ],
  [
    format({
      code: 'day-off',
      args: {
        person: 'amara',
        role: 'team/rota/lead',
        zone: 'Europe/London',
        startAt: at('2026-12-11T09:00Z'),
        endAt: at('2026-12-11T17:00Z'),
        more: 0,
        colleague: 'ben',
      },
    }),
    'amara does not work on Fridays and is team/rota/lead Fri 11 Dec 09:00 – 17:00; ben could take it',
  ],
  [
    format({
      code: 'own-holiday',
      args: {
        person: 'amara',
        role: 'team/rota/lead',
        holiday: "St Andrew's Day",
        zone: 'Europe/London',
        startAt: at('2026-11-30T09:00Z'),
        endAt: at('2026-11-30T17:00Z'),
        more: 0,
        colleague: undefined,
      },
    }),
    "amara has a holiday (St Andrew's Day) and is team/rota/lead Mon 30 Nov 09:00 – 17:00; nobody else in the rotation is free then",
  ],
])('its message: %s', (text, words) => expect(text).toBe(words));
