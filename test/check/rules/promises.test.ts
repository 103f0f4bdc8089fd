/** Promises without a chain, out of order or without a clock, and promises that fit together. */
import { describe, expect, test } from 'vitest';
import { promises } from '../../../actions/lib/check/rules/promises.ts';
import { foundBy } from '../../found.ts';
import { aHandbook, but } from '../../handbook.ts';
import { type WordTable, worded } from '../word-table.ts';

const LEVEL = 'policies/service-levels/paas.yaml';
const kept = aHandbook({
  policies: {
    'support-hours/paas': `name: PaaS
timezone: Europe/London
windows:
  day: [{days: every, from: "09:00", to: "17:00"}]
  night: {outside: [day]}`,
    'service-levels/paas': `name: PaaS
hours: paas
priorities:
  P1: {name: Critical, in_hours: {respond: 20 minutes, update: 1 hour}, out_of_hours: {respond: 40 minutes}}
  P2: {name: Major, in_hours: {respond: 2 hours}}
  P3: {name: Minor, in_hours: {respond: 1 working day, update: 2 working days}}
  P4: {name: Other}
clock: {day: in_hours, night: out_of_hours}`,
    'escalation/paas': `name: PaaS
applies_in: [day, night]
levels: [{notify: [paas/nights/engineer]}]`,
    services: `services:
  web: {name: Web, team: paas, service_level: paas, escalation: {day: paas, night: paas}}`,
  },
});
const findings = (text: string) => foundBy('promises', text).map((line) => line.replace(/^policies\//, ''));

test('promises that have chains, grow with urgency and have a clock are fine', () => {
  expect(findings(kept)).toEqual([]);
});

describe('a service', () => {
  const NO_NIGHT =
    'services.yaml:2:3 no-chain {service: web, windows: [night], serviceLevel: paas, priority: P1}';
  test.each<[what: string, passage: string, other: string, ...found: string[]]>([
    ['without a chain for a window with a promise', 'day: paas, night: paas', 'day: paas', NO_NIGHT],
    [
      'without any chain',
      ', escalation: {day: paas, night: paas}',
      '',
      'services.yaml:2:3 no-chain {service: web, windows: [day, night], serviceLevel: paas, priority: P1}',
    ],
    ['without a level', ', service_level: paas, escalation: {day: paas, night: paas}', ''],
  ])('%s', (_, passage, other, ...found) => expect(findings(but(kept, passage, other))).toEqual(found));

  test('needs no chain where its level promises nothing', () => {
    const byDay = but(kept, 'day: paas, night: paas', 'day: paas');
    expect(findings(but(byDay, ', out_of_hours: {respond: 40 minutes}', ''))).toEqual([]);
    expect(findings(but(byDay, 'night: out_of_hours', 'night: none'))).toEqual([]);
  });
});

describe('a priority', () => {
  const more = (line: number, column: number, args: string) =>
    `service-levels/paas.yaml:${line}:${column} more-than-higher {${args}}`;

  test.each<[what: string, passage: string, other: string, ...found: string[]]>([
    [
      'that is answered sooner than one above it',
      'respond: 2 hours',
      'respond: 19 minutes',
      more(
        5,
        31,
        'priority: P2, clock: in_hours, above: P1, target: respond, lower: 19 minutes, higher: 20 minutes',
      ),
    ],
    ['that is answered as soon as the one above it', 'respond: 2 hours', 'respond: 20 minutes'],
    [
      'that is answered as soon as possible, below figures',
      'respond: 2 hours',
      'as_soon_as_possible: true',
      more(
        5,
        31,
        'priority: P2, clock: in_hours, above: P1, target: respond, lower: as soon as possible, higher: 20 minutes',
      ),
    ],
    ['below one that is answered as soon as possible', 'respond: 20 minutes', 'as_soon_as_possible: true'],
    [
      'that hears more often than one above it',
      'update: 2 working days',
      'update: 59 minutes',
      more(
        6,
        31,
        'priority: P3, clock: in_hours, above: P1, target: update, lower: 59 minutes, higher: 1 hour',
      ),
    ],
    [
      'that is promised something where one above it is not',
      'name: Major, in_hours: {respond: 2 hours}',
      'name: Major',
      more(6, 31, 'priority: P3, clock: in_hours, above: P2, target: respond, lower: 1 working day'),
    ],
    [
      'whose updates only are promised below others without',
      'name: Other',
      'name: Other, in_hours: {update: 3 working days}',
    ],
    [
      'in working hours that are shorter than the hours above it',
      'respond: 1 working day',
      'respond: 1 working hour',
      more(
        6,
        31,
        'priority: P3, clock: in_hours, above: P2, target: respond, lower: 1 working hour, higher: 2 hours',
      ),
    ],
    [
      'whose solution is promised sooner than above it',
      'respond: 20 minutes, update: 1 hour}, out_of_hours: {respond: 40 minutes}}\n  P2: {name: Major, in_hours: {respond: 2 hours}}',
      'respond: 20 minutes, resolve: 8 hours}}\n  P2: {name: Major, in_hours: {respond: 2 hours, resolve: 7 hours}}',
      more(
        5,
        31,
        'priority: P2, clock: in_hours, above: P1, target: resolve, lower: 7 hours, higher: 8 hours',
      ),
    ],
  ])('%s', (_, passage, other, ...found) => {
    const text = but(kept, passage, other);
    expect(findings(text)).toEqual(found);
  });

  test('is compared in every amendment that is not over, also beyond the horizon', () => {
    const amended = (...days: readonly string[]) =>
      but(
        kept,
        'clock: {day: in_hours, night: out_of_hours}',
        `clock: {day: in_hours, night: out_of_hours}\namendments: [${days.map((first) => `{first_day: ${first}, priorities: {P1: {name: One, in_hours: {respond: 2 hours}}, P2: {name: Two, in_hours: {respond: 1 hour}}}}`).join(', ')}]`,
      );
    expect(findings(amended('2035-01-01')).map((line) => line.split(' {')[0])).toEqual([
      'service-levels/paas.yaml:9:124 more-than-higher',
    ]);
    const past = amended('2026-01-01', '2026-02-01').replace(/respond: 1 hour(?=}}}}\])/, 'respond: 3 hours');
    expect(findings(past)).toEqual([]);
  });
});

describe('critical reasons', () => {
  const reasons = (escalation: string) =>
    but(
      kept,
      'escalation: {day: paas, night: paas}}',
      `${escalation}critical_reasons: [The platform is down]}`,
    );
  test.each<[what: string, escalation: string, ...found: string[]]>([
    ['of a service that is supported at night', 'escalation: {day: paas, night: paas}, '],
    [
      'of a service that is supported by day only',
      'escalation: {day: paas}, ',
      'services.yaml:2:78 never-critical {service: web}',
    ],
    ['of a service that is not supported at all', '', 'services.yaml:2:53 never-critical {service: web}'],
  ])('%s', (_, escalation, ...found) => {
    expect(findings(reasons(escalation)).filter((line) => !line.includes('no-chain'))).toEqual(found);
  });
});

describe('a clock', () => {
  test.each<[what: string, other: string, ...found: string[]]>([
    [
      'that leaves a window out',
      '{night: out_of_hours}',
      `${LEVEL.slice(9)}:8:1 no-clock {windows: [day], hours: paas}`,
    ],
    ['that says none of it', '{day: none, night: out_of_hours}'],
  ])('%s', (_, other, ...found) => {
    expect(findings(but(kept, '{day: in_hours, night: out_of_hours}', other))).toEqual(found);
  });

  test('knows the windows of amendments too', () => {
    const later = but(
      kept,
      '  night: {outside: [day]}',
      '  night: {outside: [day]}\namendments: [{first_day: 2027-01-01, windows: {day: [{days: every, from: "09:00", to: "17:00"}], night: [{days: every, from: "17:00", to: "00:00"}], small-hours: {outside: [day, night]}}}]',
    );
    expect(findings(later)).toEqual([
      'service-levels/paas.yaml:8:1 no-clock {windows: [small-hours], hours: paas}',
    ]);
  });
});

const table: WordTable<{
  'no-chain': { service: string; windows: readonly string[]; serviceLevel: string; priority: string };
  'more-than-higher': Record<string, unknown>;
  'no-clock': { windows: readonly string[]; hours: string };
  'never-critical': { service: string };
}> = {
  'no-chain': [
    [
      { service: 'web', windows: ['waking', 'night'], serviceLevel: 'paas', priority: 'P1' },
      'paas promises P1 something in waking and night, and web has no chain for that; add "waking: <chain>" to escalation, or name a service level that promises nothing then',
    ],
  ],
  'more-than-higher': [
    [
      {
        priority: 'P2',
        above: 'P1',
        clock: 'in_hours',
        target: 'respond',
        lower: { count: 19, unit: 'minute' },
        higher: { count: 20, unit: 'minute' },
      },
      'P2 is promised a response within 19 minutes in hours, and P1, which is more urgent, only within 20 minutes; put the most urgent priority first, or correct one of them',
    ],
    [
      {
        priority: 'P3',
        above: 'P2',
        clock: 'out_of_hours',
        target: 'respond',
        lower: 'as soon as possible',
        higher: undefined,
      },
      'P3 is promised a response as soon as possible out of hours, and P2, which is more urgent, nothing; put the most urgent priority first, or correct one of them',
    ],
  ],
  'no-clock': [
    [
      { windows: ['night'], hours: 'paas' },
      'clock does not say what is promised in night of paas; write "night: none" if that is nothing',
    ],
  ],
  'never-critical': [
    [
      { service: 'web' },
      'web has critical_reasons for the time out of hours, and nobody is called for it then; add a chain for a window whose clock is out_of_hours, or take critical_reasons out',
    ],
  ],
};
test.each(worded(promises, table))('its message for %s: %s', (_, expected, made) =>
  expect(made).toBe(expected),
);
