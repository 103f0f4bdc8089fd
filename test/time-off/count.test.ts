/** What alerts earn: the agreed examples one by one, both clock changes, amendments, and who held what at the minute. */
import { describe, expect, test } from 'vitest';
import { sound } from '../handbook.ts';
import { claimsIn, countOf, opsText } from './alerts.ts';

/** Four alerts within ten minutes of one night. */
const FOUR = ['02:00', '02:03', '02:07', '02:10'].map((time) => `amara 2026-12-03T${time} woken`);

const withPart = (part: string) =>
  sound(opsText(`extra: {after: 1 hour, each: 1 hour, days: 0.25, part: ${part}}`));

describe('the agreed examples', () => {
  test.each<[what: string, alerts: readonly string[], ...claims: string[]]>([
    ['four alerts in ten minutes', FOUR, 'amara 2026-12-03T02:00:00Z woken 0.5 + 0, 0 min'],
    [
      'one more a minute before the hour is over',
      [...FOUR, 'amara 2026-12-03T02:59 woken'],
      'amara 2026-12-03T02:00:00Z woken 0.5 + 0, 0 min',
    ],
    [
      'one more as the hour is over',
      [...FOUR, 'amara 2026-12-03T03:00 woken'],
      'amara 2026-12-03T02:00:00Z woken 0.5 + 0, 0 min',
      'amara 2026-12-03T03:00:00Z woken 0.5 + 0, 0 min',
    ],
    [
      'four alerts in ten minutes of an evening, the example of the playbook',
      ['20:00', '20:03', '20:07', '20:10'].map((time) => `amara 2026-12-03T${time}`),
      'amara 2026-12-03T20:00:00Z awake 0.25 + 0, 0 min',
    ],
    [
      'awake first, woken later in the same hour',
      ['amara 2026-12-03T21:30', 'amara 2026-12-03T22:15 woken'],
      'amara 2026-12-03T21:30:00Z woken 0.5 + 0, 0 min',
    ],
    [
      'the window of an hour is fixed: a third alert after it opens a claim, whatever came between',
      ['amara 2026-12-03T19:00', 'amara 2026-12-03T19:50', 'amara 2026-12-03T20:10'],
      'amara 2026-12-03T19:00:00Z awake 0.25 + 0, 0 min',
      'amara 2026-12-03T20:10:00Z awake 0.25 + 0, 0 min',
    ],
    [
      'two people alerted by one alert, under one id',
      ['amara 2026-12-03T02:00 id a1', 'chi 2026-12-03T02:05 awake id a1'],
      'amara 2026-12-03T02:00:00Z woken 0.5 + 0, 0 min',
      'chi 2026-12-03T02:05:00Z awake 0.25 + 0, 0 min',
    ],
  ])('%s', (_, alerts, ...claims) => {
    expect(claimsIn(alerts)).toEqual(claims);
  });

  test.each([
    ['up', 0.75],
    ['down', 0.5],
    ['exact', 0.5625],
  ])('2 h 15 min of work while awake, part hours %s', (part, days) => {
    const { claims, people } = countOf(
      ['amara 2026-12-03T20:00 awake until 2026-12-03T22:15'],
      withPart(part),
    );
    expect(claims[0]).toMatchObject({ days: 0.25, extra_days: days - 0.25, worked_minutes: 135 });
    expect(people).toEqual([{ person: 'amara', days, hours: days * 7 }]);
  });
});

describe('the hours of sleep', () => {
  test.each([
    ['are a default from 22:00', 'amara 2026-12-03T22:00', 'woken'],
    ['not before', 'amara 2026-12-03T21:59', 'awake'],
    ['until 08:00', 'amara 2026-12-03T07:59', 'woken'],
    ['not after', 'amara 2026-12-03T08:00', 'awake'],
    ['are overruled by the word of the person', 'amara 2026-12-03T03:00 awake', 'awake'],
    ['both ways', 'amara 2026-12-03T20:00 woken', 'woken'],
    [
      'are those of the zone of the person: 02:00 in London is 21:00 in New York',
      'chi 2026-12-03T02:00',
      'awake',
    ],
    ['who sleeps when London works', 'chi 2026-12-03T09:00', 'woken'],
  ])('%s', (_, text, kind) => {
    expect(countOf([text]).claims.map((it) => it.kind)).toEqual([kind]);
  });
});

describe('work', () => {
  test.each<[what: string, alerts: readonly string[], ...claims: string[]]>([
    [
      'of an hour is included',
      ['amara 2026-12-03T20:00 until 2026-12-03T21:00'],
      'amara 2026-12-03T20:00:00Z awake 0.25 + 0, 60 min',
    ],
    [
      'of a minute more earns a period',
      ['amara 2026-12-03T20:00 until 2026-12-03T21:01'],
      'amara 2026-12-03T20:00:00Z awake 0.25 + 0.25, 61 min',
    ],
    [
      'on several alerts of a claim is one stretch with one hour included',
      [
        'amara 2026-12-03T19:00 until 2026-12-03T19:50',
        'amara 2026-12-03T19:30 until 2026-12-03T20:10',
        'amara 2026-12-03T19:55 until 2026-12-03T20:30',
      ],
      'amara 2026-12-03T19:00:00Z awake 0.25 + 0.25, 90 min',
    ],
    [
      'over midnight is that of the first day',
      ['amara 2026-12-03T23:30 until 2026-12-04T02:00'],
      'amara 2026-12-03T23:30:00Z woken 0.5 + 0.5, 150 min',
    ],
    [
      'into working hours counts until they begin',
      ['amara 2026-12-03T08:30 until 2026-12-03T12:00'],
      'amara 2026-12-03T08:30:00Z awake 0.25 + 0.25, 90 min',
    ],
    [
      'through a working day counts before and after it',
      ['amara 2026-12-03T09:30 until 2026-12-03T19:00'],
      'amara 2026-12-03T09:30:00Z awake 0.25 + 0.25, 90 min',
    ],
    [
      'beyond the end of a shift counts',
      ['amara 2026-12-09T09:00 until 2026-12-09T09:59', 'ben 2026-12-09T18:00 until 2026-12-09T20:00'],
      'amara 2026-12-09T09:00:00Z awake 0.25 + 0, 59 min',
      'ben 2026-12-09T18:00:00Z awake 0.25 + 0.25, 120 min',
    ],
    [
      'that runs into the next claim counts in the first only',
      ['amara 2026-12-03T19:00 until 2026-12-03T21:30', 'amara 2026-12-03T20:15 until 2026-12-03T22:30'],
      'amara 2026-12-03T19:00:00Z awake 0.25 + 0.5, 150 min',
      'amara 2026-12-03T20:15:00Z awake 0.25 + 0, 60 min',
    ],
    [
      'that an earlier claim has whole counts there, two claims later, too',
      [
        'amara 2026-12-03T18:00 until 2026-12-03T21:59',
        'amara 2026-12-03T19:00 until 2026-12-03T19:10',
        'amara 2026-12-03T20:30 until 2026-12-03T21:30',
      ],
      'amara 2026-12-03T18:00:00Z awake 0.25 + 0.75, 239 min',
      'amara 2026-12-03T19:00:00Z awake 0.25 + 0, 0 min',
      'amara 2026-12-03T20:30:00Z awake 0.25 + 0, 0 min',
    ],
  ])('%s', (_, alerts, ...claims) => {
    expect(claimsIn(alerts)).toEqual(claims);
  });
});

describe('the night on which the clocks go', () => {
  test('back: the hour of a group is elapsed time', () => {
    const first = 'amara 2026-10-25T00:30Z awake';
    expect(claimsIn([first, 'amara 2026-10-25T01:29Z awake'])).toHaveLength(1);
    expect(claimsIn([first, 'amara 2026-10-25T01:30Z awake'])).toHaveLength(2);
    // Written in local time, a time that occurs twice is the first.
    expect(claimsIn(['amara 2026-10-25T01:30 awake'])).toEqual([
      'amara 2026-10-25T00:30:00Z awake 0.25 + 0, 0 min',
    ]);
  });

  test('forward: work from 00:30 to 03:30 takes two hours', () => {
    expect(claimsIn(['amara 2027-03-28T00:30 woken until 2027-03-28T03:30'])).toEqual([
      'amara 2027-03-28T00:30:00Z woken 0.5 + 0.25, 120 min',
    ]);
  });
});

describe('amendments of the policy', () => {
  const amended = sound(
    opsText(
      'amendments: [{first_day: 2026-12-04, woken: 1 day, day: 8 hours, group: 2 hours, ' +
        'extra: {after: 30 minutes, each: 30 minutes, days: 0.1, part: up}}]',
    ),
  );

  test('apply from the local day of a claim, which judges all of it', () => {
    const before = 'amara 2026-12-03T23:59 until 2026-12-04T01:30';
    const from = 'amara 2026-12-04T02:00 until 2026-12-04T02:31';
    const { claims, people } = countOf([before, from, 'amara 2026-12-04T03:59'], amended);
    expect(claims.map(({ days, extra_days: extra, alerts }) => [days, extra, alerts.length])).toEqual([
      [0.5, 0.25, 1],
      [1, 0.1, 2],
    ]);
    expect(people).toEqual([{ person: 'amara', days: 1.85, hours: 0.75 * 7 + 1.1 * 8 }]);
    expect(claims[1]?.why).toContain('by the policy from 2026-12-04 on');
  });

  test('of a day that begins elsewhere: in New York it is still the day before', () => {
    expect(claimsIn(['chi 2026-12-04T04:00Z woken', 'chi 2026-12-04T06:00Z woken'], amended)).toEqual([
      'chi 2026-12-04T04:00:00Z woken 0.5 + 0, 0 min',
      'chi 2026-12-04T06:00:00Z woken 1 + 0, 0 min',
    ]);
  });
});

describe('who held the role at the very minute', () => {
  const covered = sound(
    opsText(
      '',
      `overrides:
  - {role: engineer, person: ben, instead_of: amara, from: 2026-12-03T20:00, to: 2026-12-03T22:00}
  - {role: engineer, person: dee, from: 2026-12-04T12:00, to: 2026-12-04T13:00, extra: true}`,
    ),
  );
  test.each([
    ['a cover begins', '2026-12-03T19:59', ['amara']],
    ['a cover began', '2026-12-03T20:00', ['ben']],
    ['a cover ends', '2026-12-03T21:59', ['ben']],
    ['a cover ended', '2026-12-03T22:00', ['amara']],
    ['a turn ends', '2026-12-09T09:59', ['amara']],
    ['the next turn has begun', '2026-12-09T18:00', ['ben']],
    ['working hours begin', '2026-12-03T10:00', []],
    ['a holiday has none', '2026-12-25T10:00', ['ben']],
    ['extra cover lies in working hours', '2026-12-04T12:30', []],
  ])('as %s', (_, time, people) => {
    const { claims } = countOf(
      ['amara', 'ben', 'dee'].map((person) => `${person} ${time}`),
      covered,
    );
    expect(claims.map(({ person }) => person)).toEqual(people);
  });

  test('extra cover at night counts, where nobody else is on', () => {
    const handbook = sound(
      opsText(
        '',
        'overrides:\n  - {role: engineer, person: dee, from: 2026-12-04T12:00, to: 2026-12-04T13:00, extra: true}',
      ).replaceAll('{outside: [in-hours]}', '[{days: every, from: "18:00", to: "22:00"}]'),
    );
    const night = sound(
      opsText(
        '',
        'overrides:\n  - {role: engineer, person: dee, from: 2026-12-04T23:00, to: 2026-12-05T01:00, extra: true}',
      ).replaceAll('{outside: [in-hours]}', '[{days: every, from: "18:00", to: "22:00"}]'),
    );
    expect(claimsIn(['dee 2026-12-04T23:30'], handbook)).toEqual([]);
    expect(
      claimsIn(['amara 2026-12-04T23:30', 'dee 2026-12-04T23:30 until 2026-12-05T01:45'], night),
    ).toEqual(['dee 2026-12-04T23:30:00Z woken 0.5 + 0.5, 135 min']);
  });

  test('a swap of turns moves the claim with it', () => {
    const swapped = sound(
      opsText('', 'overrides:\n  - {role: engineer, turn: 2026-12-02, person: ben, instead_of: amara}'),
    );
    expect(claimsIn(['amara 2026-12-03T20:00', 'ben 2026-12-03T20:00'], swapped)).toEqual([
      'ben 2026-12-03T20:00:00Z awake 0.25 + 0, 0 min',
    ]);
  });

  test('two roles held at once are one person', () => {
    const both = sound(
      opsText('', 'overrides:\n  - {role: engineer, turn: 2026-12-02, person: chi, instead_of: amara}'),
    );
    const { claims } = countOf(['chi 2026-12-03T20:00 awake', 'chi 2026-12-03T20:10 awake'], both);
    expect(claims.map(({ days, alerts }) => [days, alerts.length])).toEqual([[0.25, 2]]);
    expect(claims[0]?.why).toContain('ops/on-call/engineer and ops/second-line/lead');
  });
});

describe('questions instead of claims', () => {
  test.each([
    [
      'without a role',
      'ben 2026-12-03T20:00',
      'counts nothing: they held no role then; is the rota right, and was it them?',
    ],
    [
      'in working hours, with work that ran out of them',
      'dee 2026-12-03T17:55 until 2026-12-03T19:30',
      'counts nothing: it was in hours for ops/first-line/second; was the work out of hours?',
    ],
    [
      "with a learner's role only",
      'kit 2026-12-03T20:00',
      "counts nothing: they held only a learner's role, ops/on-call/shadow; did they work on it?",
    ],
    [
      'after the end of the holiday list',
      'amara 2029-01-03T20:00',
      'is not counted: the holiday list of ops does not reach that day; extend it with "rota holidays"',
    ],
  ])('%s', (_, text, question) => {
    const span = { startAt: 0, endAt: Date.UTC(2030, 0) };
    const { claims, questions, people } = countOf([text], undefined, span);
    expect([claims, people, questions.map((it) => it.question)]).toEqual([[], [], [question]]);
  });

  test('an id that occurs twice counts once, the earlier alert', () => {
    const { claims, questions } = countOf([
      'amara 2026-12-03T22:30 id a1',
      'amara 2026-12-03T20:00 id a1',
      'amara 2026-12-03T20:30 id a2',
    ]);
    expect(claims.map(({ at, alerts }) => [at, ...alerts])).toEqual([['2026-12-03T20:00:00Z', 'a1', 'a2']]);
    expect(questions).toEqual([
      {
        person: 'amara',
        at: '2026-12-03T22:30:00Z',
        alert: 'a1',
        question: 'counts once: another alert of theirs has the same id; are these two alerts?',
      },
    ]);
  });
});

test('windows that the policy does not name are out of hours', () => {
  const none = sound(opsText('in_hours: []'));
  expect(claimsIn(['dee 2026-12-03T12:00'], none)).toEqual([
    'dee 2026-12-03T12:00:00Z awake 0.25 + 0, 0 min',
  ]);
});

test('claims are listed by their first alert, and grouped by alerts outside the span, too', () => {
  const span = { startAt: Date.UTC(2026, 11, 3, 20), endAt: Date.UTC(2026, 11, 3, 22) };
  const { claims } = countOf(
    ['amara 2026-12-03T19:30', 'amara 2026-12-03T20:10', 'amara 2026-12-03T21:00', 'amara 2026-12-03T22:00'],
    undefined,
    span,
  );
  expect(claims.map(({ at }) => at)).toEqual(['2026-12-03T21:00:00Z']);
});

/** Dee, who is on first line every week, covers a part of a night. */
const RESTED = sound(
  opsText(
    '',
    `overrides:
  - {role: engineer, person: dee, instead_of: ben, from: 2026-11-26T03:00, to: 2026-11-26T04:00}`,
  ),
);

describe('rest', () => {
  test.each<[what: string, alerts: readonly string[], ...rest: string[]]>([
    [
      'to the next shift in hours',
      ['dee 2026-11-26T03:10'],
      'dee 2026-11-26T03:10:00Z: 410 min, may start 2026-11-26T14:10:00Z',
    ],
    [
      'from the end of the work',
      ['amara 2026-12-03T03:10 until 2026-12-03T04:40', 'amara 2026-12-03T12:00'],
      'amara 2026-12-03T03:10:00Z: 440 min, may start 2026-12-03T15:40:00Z',
    ],
    [
      'to the next alert, which opens the next claim',
      ['amara 2026-12-03T20:00', 'amara 2026-12-04T06:59'],
      'amara 2026-12-03T20:00:00Z: 659 min, may start 2026-12-04T07:00:00Z',
    ],
    ['of exactly eleven hours is enough', ['amara 2026-12-03T20:00', 'amara 2026-12-04T07:00']],
    ['without anything after it is enough', ['amara 2026-12-03T20:00']],
    [
      'begins after the work of an earlier claim that goes on',
      [
        'amara 2026-12-03T20:00 until 2026-12-04T00:00',
        'amara 2026-12-03T21:30 until 2026-12-03T22:00',
        'amara 2026-12-04T05:00',
      ],
      'amara 2026-12-03T21:30:00Z: 300 min, may start 2026-12-04T11:00:00Z',
    ],
  ])('%s', (_, alerts, ...rest) => {
    const found = countOf(alerts, RESTED).rest.map(
      ({ person, at, rest_minutes: minutes, start_from: from }) =>
        `${person} ${at}: ${minutes} min, may start ${from}`,
    );
    expect(found).toEqual(rest);
  });

  test('is not asked for by a policy of no hours', () => {
    expect(countOf(['ben 2026-11-26T03:10'], sound(opsText('rest: {hours: 0}'))).rest).toEqual([]);
  });

  test('is 0 where the work runs into the next shift in hours', () => {
    expect(countOf(['dee 2026-11-26T03:10 until 2026-11-26T11:00'], RESTED).rest).toEqual([
      { person: 'dee', at: '2026-11-26T03:10:00Z', rest_minutes: 0, start_from: '2026-11-26T22:00:00Z' },
    ]);
  });
});

test('the reason of each part, in words', () => {
  const { claims } = countOf([
    'amara 2026-12-03T08:10 awake until 2026-12-03T11:00',
    'amara 2026-12-03T08:20 woken until 2026-12-03T08:30',
    'amara 2026-12-03T09:15 until 2026-12-03T09:20',
    'amara 2026-12-03T18:00 until 2026-12-03T18:45',
    'amara 2026-12-04T02:00',
  ]);
  expect(claims.map(({ why }) => why.split('; '))).toEqual([
    [
      '0.5 days: alerted Thu 3 Dec 08:10 (Europe/London) as ops/on-call/engineer, woken by the alert at 08:20 (by their own word)',
      '0 days: 1 further alert within 1 hour of the first, before 09:10',
      '0.25 days: 1 h 50 min of work out of hours, 1 hour included, 50 min beyond are 1 × 1 hour at 0.25 days, part ones rounded up',
      '0 days: 1 h of work in hours (in-hours)',
    ],
    [
      '0.25 days: alerted Thu 3 Dec 09:15 (Europe/London) as ops/on-call/engineer, awake',
      '0 days: 5 min of work counted in the claim before',
    ],
    [
      '0.25 days: alerted Thu 3 Dec 18:00 (Europe/London) as ops/on-call/engineer, awake',
      '0 days: 45 min of work out of hours, 1 hour included',
    ],
    [
      '0.5 days: alerted Fri 4 Dec 02:00 (Europe/London) as ops/on-call/engineer, woken (asleep from 22:00 to 08:00 unless they say otherwise)',
    ],
  ]);
});
