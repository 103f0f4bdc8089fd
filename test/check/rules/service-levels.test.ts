/** Service levels that cannot be counted, that say nothing of their source, or whose figures contradict each other. */
import { describe, expect, test } from 'vitest';
import { serviceLevels } from '../../../actions/lib/check/rules/service-levels.ts';
import { type ServiceLevel, type ServiceLevelTerms, TARGETS } from '../../../actions/lib/model.ts';
import { type CountedTime, Counter } from '../../../actions/lib/tickets/counted-time.ts';
import { boundsOf, dueAt, type Promised } from '../../../actions/lib/tickets/due.ts';
import { day, foundBy } from '../../found.ts';
import { aHandbook, at, but, loaded } from '../../handbook.ts';
import { type WordTable, worded } from '../word-table.ts';

const sound = aHandbook({
  policies: {
    'support-hours/paas': `name: PaaS
timezone: Europe/London
windows:
  day: [{days: every, from: "09:00", to: "17:00"}]
  night: {outside: [day]}`,
    'service-levels/paas': `name: PaaS
hours: paas
source: The manual
default_priority: P3
first_response: 5 working days
priorities:
  P1: {name: Critical, in_hours: {respond: 20 minutes, resolve: 8 hours}, out_of_hours: {respond: 40 minutes}}
  P2: {name: Major, in_hours: {respond: 2 days}, out_of_hours: {respond: 2 days}}
  P3: {name: Minor, in_hours: {respond: 3 working days, update: 2 working days}}
clock: {day: in_hours, night: out_of_hours}
pauses: {update: [on-hold, pending]}`,
    'tickets/desk': 'statuses: {fresh: {}, busy: {}, waiting: {}}',
    services: `services:
  web: {name: Web, team: paas, service_level: paas}
  api: {name: API, team: paas, service_level: paas}`,
  },
});
const LEVEL = 'policies/service-levels/paas.yaml:';

/** The findings of the rule, by line and column of the service level. */
const findings = (text: string) =>
  foundBy('service-levels', text).map((line) => (line.startsWith(LEVEL) ? line.slice(LEVEL.length) : line));

type Row = readonly [what: string, passage: string, other: string, ...found: string[]];
const rows = (...all: readonly Row[]) =>
  test.each(all)('%s', (_, passage, other, ...found) =>
    expect(findings(but(sound, passage, other))).toEqual(found),
  );

test('service levels that can be counted and say where they are promised are fine', () => {
  expect(findings(sound)).toEqual([]);
});

describe('a status that pauses a clock', () => {
  rows(
    [
      'and that no ticket has',
      '[on-hold, pending]',
      '[on-hold, waiting]',
      '11:28 unknown-status {status: waiting, services: [web, api], statuses: [new, open, on-hold, pending]}',
    ],
    [
      'of several clocks',
      '{update: [on-hold, pending]}',
      '{respond: [closed], update: [], resolve: [pending, gone]}',
      '11:20 unknown-status {status: closed, services: [web, api], statuses: [new, open, on-hold, pending]}',
      '11:60 unknown-status {status: gone, services: [web, api], statuses: [new, open, on-hold, pending]}',
    ],
  );

  const policies = (web: string, api: string) =>
    but(
      but(sound, 'web: {name: Web, team: paas, ', `web: {name: Web, team: paas, ${web}`),
      'api: {name: API, team: paas, ',
      `api: {name: API, team: paas, ${api}`,
    );

  test('exists if a policy of one of the services has it', () => {
    const one = but(policies('tickets: desk, ', ''), '[on-hold, pending]', '[on-hold, waiting]');
    expect(findings(one)).toEqual([]);
    expect(findings(policies('tickets: desk, ', 'tickets: desk, '))).toEqual([
      '11:19 unknown-status {status: on-hold, services: [web, api], statuses: [fresh, busy, waiting]}',
      '11:28 unknown-status {status: pending, services: [web, api], statuses: [fresh, busy, waiting]}',
    ]);
  });

  test('is not known where a policy does not exist, or where nothing has these service levels', () => {
    expect(findings(policies('tickets: dask, ', 'tickets: desk, '))).toEqual([]);
    const none = but(
      but(sound, 'web: {name: Web, team: paas, service_level: paas}', ''),
      'API, team: paas, service_level: paas',
      'API, team: paas',
    );
    expect(findings(but(none, '[on-hold, pending]', '[gone]'))).toEqual([]);
  });

  test('is looked for in an amendment, too', () => {
    const text = but(
      sound,
      'pauses: {update: [on-hold, pending]}',
      'pauses: {update: [on-hold, pending]}\namendments: [{first_day: 2032-01-01, pauses: {update: [gone]}}]',
    );
    expect(findings(text).map((line) => line.split(' {')[0])).toEqual(['12:56 unknown-status']);
  });
});

describe('a target', () => {
  rows(
    [
      'in working days out of hours and minutes in hours',
      'out_of_hours: {respond: 40 minutes}',
      'out_of_hours: {respond: 1 working day}',
      '7:99 two-units {priority: P1, target: respond, inHours: 20 minutes, outOfHours: 1 working day}',
    ],
    [
      'in days out of hours and minutes in hours',
      'out_of_hours: {respond: 40 minutes}',
      'out_of_hours: {respond: 1 day}',
      '7:99 two-units {priority: P1, target: respond, inHours: 20 minutes, outOfHours: 1 day}',
    ],
    [
      'in two numbers of days',
      'out_of_hours: {respond: 2 days}',
      'out_of_hours: {respond: 3 days}',
      '8:74 two-units {priority: P2, target: respond, inHours: 2 days, outOfHours: 3 days}',
    ],
    [
      'in two numbers of working days',
      'update: 2 working days}}',
      'update: 2 working days}, out_of_hours: {update: 4 working days}}',
      '9:105 two-units {priority: P3, target: update, inHours: 2 working days, outOfHours: 4 working days}',
    ],
    [
      'in the same number of working days',
      'update: 2 working days}}',
      'update: 2 working days}, out_of_hours: {update: 2 working days}}',
    ],
    [
      'in hours and in working hours, which are another word for the same',
      'out_of_hours: {respond: 40 minutes}',
      'out_of_hours: {respond: 3 working hours}',
    ],
    [
      'in working days out of hours only',
      'update: 2 working days}}',
      'update: 2 working days}, out_of_hours: {resolve: 4 working days}}',
      '9:106 days-out-of-hours {priority: P3, target: resolve, amount: 4 working days}',
    ],
    [
      'as soon as possible in hours, and an amount out of hours',
      'in_hours: {respond: 20 minutes, resolve: 8 hours}',
      'in_hours: {as_soon_as_possible: true}',
    ],
    [
      'for the solution that is shorter than that for the response',
      'resolve: 8 hours',
      'resolve: 19 minutes',
      '7:65 solved-first {priority: P1, clock: in_hours, respond: 20 minutes, resolve: 19 minutes}',
    ],
    [
      'that the first response always precedes',
      '{respond: 3 working days,',
      '{respond: 6 working days,',
      '9:41 above-first-response {priority: P3, respond: 6 working days, firstResponse: 5 working days}',
    ],
    ['as long as the first response', '{respond: 3 working days,', '{respond: 5 working days,'],
    [
      'in another unit than the first response',
      '{respond: 20 minutes,',
      '{respond: 900 hours,',
      '7:64 solved-first {priority: P1, clock: in_hours, respond: 900 hours, resolve: 8 hours}',
    ],
  );
});

describe('working days', () => {
  const IDLE = ['5:17', '9:41', '9:65'];
  const args = [
    'target: respond, amount: 5 working days',
    'priority: P3, target: respond, amount: 3 working days',
    'priority: P3, target: update, amount: 2 working days',
  ];
  const all = (more: string) =>
    IDLE.map((place, i) => `${place} no-working-time {${args[i]}, clock: in_hours, hours: paas${more}}`);

  rows(
    ['without a window in hours', 'day: in_hours,', 'day: out_of_hours,', ...all('')],
    [
      'whose window in hours is no more from some day on',
      '  night: {outside: [day]}',
      '  night: {outside: [day]}\namendments: [{first_day: 2033-02-01, windows: {night: [{days: every, from: "17:00", to: "09:00"}]}}]',
      ...all(', fromOn: 2033-02-01'),
    ],
    [
      'whose window in hours was not there in the past',
      '  day: [{days: every, from: "09:00", to: "17:00"}]\n  night: {outside: [day]}',
      '  night: [{days: every, from: "17:00", to: "09:00"}]\namendments: [{first_day: 2026-02-01, windows: {day: [{days: every, from: "09:00", to: "17:00"}], night: {outside: [day]}}}]',
    ],
    [
      'that an amendment of the clock leaves without hours',
      'pauses: {update',
      'amendments: [{first_day: 2034-01-01, clock: {day: none, night: out_of_hours}}]\npauses: {update',
      ...all(''),
    ],
  );
});

test('a first response is never due without a window in hours, whatever its unit', () => {
  const amount = but(sound, 'first_response: 5 working days', 'first_response: 3 hours');
  expect(findings(but(amount, 'day: in_hours,', 'day: none,'))[0]).toBe(
    '5:17 no-working-time {target: respond, amount: 3 hours, clock: in_hours, hours: paas}',
  );
});

test('working days out of hours only need a window out of hours', () => {
  const only = but(
    sound,
    'in_hours: {respond: 3 working days, update: 2 working days}',
    'out_of_hours: {update: 2 working days}',
  );
  expect(findings(only)).toEqual([
    '9:44 days-out-of-hours {priority: P3, target: update, amount: 2 working days}',
  ]);
  expect(findings(but(only, 'night: out_of_hours', 'night: none'))).toEqual([
    '9:44 days-out-of-hours {priority: P3, target: update, amount: 2 working days}',
    '9:44 no-working-time {priority: P3, target: update, amount: 2 working days, clock: out_of_hours, hours: paas}',
  ]);
});

describe('what is not found is due at some time', () => {
  /** The targets of every priority that are never due for a ticket opened in 2035. */
  const neverDue = (text: string): string[] => {
    const { handbook } = loaded(text);
    const level = handbook.serviceLevels.get('paas') as ServiceLevel;
    const counted = new Counter(handbook).termsOf(level)?.at(-1) as CountedTime;
    const terms = level.terms.at(-1) as ServiceLevelTerms;
    const dueIn = (promised: Promised) => {
      try {
        return dueAt(counted, promised, at('2035-03-01T12:00:00Z'), []);
      } catch {
        return undefined;
      }
    };
    return [...terms.priorities.keys()].flatMap((priority) =>
      TARGETS.filter((target) =>
        boundsOf(terms, priority, target).some(({ promised }) => dueIn(promised) === undefined),
      ).map((target) => `${priority} ${target}`),
    );
  };
  const idle = (text: string) => but(text, 'day: in_hours,', 'day: out_of_hours,');

  test.each<[what: string, text: string, ...never: string[]]>([
    ['as the handbook of these tests', sound],
    [
      'in days in both clocks',
      but(sound, 'out_of_hours: {respond: 2 days}', 'out_of_hours: {update: 1 day}'),
    ],
    [
      'in working days out of hours only',
      but(
        sound,
        'in_hours: {respond: 3 working days, update: 2 working days}',
        'out_of_hours: {update: 2 working days}',
      ),
    ],
    [
      'but what is found is not',
      // A first response is counted nowhere without a clock in hours.
      idle(sound),
      'P1 resolve',
      'P3 respond',
      'P3 update',
    ],
    [
      'nor is it after an amendment of the hours',
      but(
        sound,
        '  night: {outside: [day]}',
        '  night: {outside: [day]}\namendments: [{first_day: 2033-02-01, windows: {night: [{days: every, from: "17:00", to: "09:00"}]}}]',
      ),
      'P1 respond',
      'P1 resolve',
      'P2 respond',
      'P3 respond',
      'P3 update',
    ],
  ])('%s', (_, text, ...never) => {
    expect(neverDue(text)).toEqual(never);
    expect(findings(text).some((line) => line.includes('no-working-time'))).toBe(never.length > 0);
  });
});

describe('a promise', () => {
  rows(
    [
      'whose clock no window has',
      'night: out_of_hours',
      'night: none',
      '10:1 never-counted {clock: out_of_hours, priority: P1}',
    ],
    ['with neither a source nor the word example', 'source: The manual\n', '', '1:1 no-source {}'],
    ['that is an example', 'source: The manual', 'example: true'],
  );

  test('has a source if each of its figures has one', () => {
    const own = but(but(sound, 'source: The manual\n', ''), 'first_response: 5 working days\n', '')
      .replace('{name: Critical,', '{name: Critical, source: The manual,')
      .replace('{name: Major,', '{name: Major, example: true,');
    expect(findings(own)).toEqual(['1:1 no-source {}']);
    expect(findings(own.replace('{name: Minor,', '{name: Minor, example: true,'))).toEqual([]);
  });
});

describe('a default priority', () => {
  const amended = (...amendments: readonly string[]) =>
    but(
      sound,
      'pauses: {update',
      `amendments:\n${amendments.map((it) => `  - {${it}}\n`).join('')}pauses: {update`,
    );
  const NEW = 'priorities: {A: {name: All}, B: {name: Rest}}';
  const GONE = 'no-default {defaultPriority: P3, priorities: [A, B]}';

  test.each<[what: string, amendments: readonly string[], ...found: string[]]>([
    ['that an amendment keeps', ['first_day: 2027-01-01, first_response: 3 working days']],
    ['that an amendment removes', [`first_day: 2031-01-01, ${NEW}`], `12:29 ${GONE}`],
    ['that an amendment removes and replaces', [`first_day: 2027-01-01, ${NEW}, default_priority: B`]],
    [
      'that one amendment sets, and a later one removes',
      [`first_day: 2027-02-01, ${NEW}`, 'first_day: 2027-01-01, default_priority: P2'],
      `12:29 no-default {defaultPriority: P2, priorities: [A, B]}`,
    ],
    [
      'that has been missing since a day in the past',
      [`first_day: 2026-01-01, ${NEW}`, 'first_day: 2026-02-01, first_response: 3 working days'],
      `12:29 ${GONE}`,
    ],
    [
      'that was missing in the past',
      [`first_day: 2026-01-01, ${NEW}`, 'first_day: 2026-02-01, default_priority: A'],
    ],
  ])('%s', (_, amendments, ...found) => {
    // The other figures of the file are gone with its priorities.
    expect(findings(amended(...amendments)).filter((line) => line.includes('no-default'))).toEqual(found);
  });

  test('that is written with the priorities is a name like others', () => {
    const text = amended(`first_day: 2027-01-01, ${NEW}, default_priority: P3`);
    expect(foundBy('known-names', text)).toEqual([`${LEVEL}12:94 no-such-name {noun: priority, name: P3}`]);
    expect(findings(text).filter((line) => line.includes('no-default'))).toEqual([]);
  });

  test('is one of the priorities of its own day', () => {
    const text = amended(
      `first_day: 2027-01-01, ${NEW}, default_priority: A`,
      'first_day: 2027-03-01, default_priority: P3',
    );
    expect(foundBy('known-names', text)).toEqual([`${LEVEL}13:47 no-such-name {noun: priority, name: P3}`]);
    const earlier = amended(
      `first_day: 2027-03-01, ${NEW}, default_priority: A`,
      'first_day: 2027-01-01, default_priority: B',
    );
    expect(foundBy('known-names', earlier)).toHaveLength(1);
  });
});

const amount = (count: number, unit: string) => ({ count, unit });
const table: WordTable<
  Record<
    | 'unknown-status'
    | 'two-units'
    | 'days-out-of-hours'
    | 'no-working-time'
    | 'no-default'
    | 'no-source'
    | 'never-counted'
    | 'solved-first'
    | 'above-first-response',
    object
  >
> = {
  'unknown-status': [
    [
      { status: 'closed', services: ['web', 'api'], more: 0, statuses: ['new', 'open'] },
      'no ticket of web, api is ever in the status "closed"; their statuses are new, open',
    ],
    [
      { status: 'closed', services: ['a', 'b', 'c'], more: 7, statuses: ['new', 'open'] },
      'no ticket of a, b, c and 7 more is ever in the status "closed"; their statuses are new, open',
    ],
  ],
  'two-units': [
    [
      {
        priority: 'P4',
        target: 'update',
        inHours: amount(2, 'working day'),
        outOfHours: amount(1, 'hour'),
      },
      'P4 is promised an update within 2 working days in hours and within 1 hour out of hours, which cannot be counted together; write the same number of days in both, or minutes or hours in both',
    ],
  ],
  'days-out-of-hours': [
    [
      { priority: 'P4', target: 'resolve', amount: amount(1, 'working day') },
      'P4 is promised a solution within 1 working day out of hours only, so that it ends out of hours, too; write it under in_hours if it ends in working hours',
    ],
  ],
  'no-working-time': [
    [
      {
        priority: 'P4',
        target: 'respond',
        amount: amount(1, 'working day'),
        clock: 'out_of_hours',
        hours: 'paas',
      },
      'P4 is promised a response within 1 working day, and no window of paas counts as out_of_hours; write "<window>: out_of_hours" in clock',
    ],
    [
      {
        target: 'respond',
        amount: amount(2, 'working day'),
        clock: 'in_hours',
        hours: 'paas',
        fromOn: day('2027-03-01'),
      },
      'a first response is promised within 2 working days, and no window of paas counts as in_hours from Mon 1 Mar 2027 on; write "<window>: in_hours" in clock',
    ],
  ],
  'no-default': [
    [
      { defaultPriority: 'P4', priorities: ['URGENT', 'NORMAL'] },
      'from here on there is no priority "P4", which is still the default_priority; write "default_priority: NORMAL", or another, beside first_day',
    ],
  ],
  'no-source': [
    [
      {},
      'nothing says where this is promised; write "source: <the agreement>", or "example: true" for figures of your own',
    ],
  ],
  'never-counted': [
    [
      { clock: 'out_of_hours', priority: 'P1' },
      'P1 is promised something out of hours, and no window counts as out_of_hours; write "<window>: out_of_hours", or take the promise out',
    ],
  ],
  'solved-first': [
    [
      { priority: 'P1', clock: 'in_hours', respond: amount(4, 'hour'), resolve: amount(2, 'hour') },
      'P1 is solved within 2 hours in hours, before somebody has to respond within 4 hours; correct one of them',
    ],
  ],
  'above-first-response': [
    [
      { priority: 'P4', respond: amount(3, 'working day'), firstResponse: amount(2, 'working day') },
      'everything gets a first response within 2 working days, so the 3 working days of P4 never apply; correct one of them',
    ],
  ],
};
test.each(worded(serviceLevels, table))('its message for %s: %s', (_, expected, made) =>
  expect(made).toBe(expected),
);
