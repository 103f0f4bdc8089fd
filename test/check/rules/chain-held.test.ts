/** Chains that reach nobody for some time, levels that are empty throughout a window, and chains that differ little. */
import { describe, expect, test } from 'vitest';
import { chainHeld } from '../../../actions/lib/check/rules/chain-held.ts';
import { foundBy } from '../../found.ts';
import { at, but, folk } from '../../handbook.ts';
import { type WordTable, worded } from '../word-table.ts';

const CHAIN = 'policies/escalation/chain.yaml';

/** Amara by day, Ben at all times; the chain serves both windows. */
const held = `${folk('amara', 'ben', 'boss')}contacts:
  desk: {name: Desk}
== rotas/team/day.yaml
name: Day
timezone: Europe/London
hours: hours
covers: [day]
handover: {day: monday, time: "10:00"}
roles:
  lead: {rotation: [{first_turn: 2026-11-16, people: [amara]}]}
  shadow: {counts: false, rotation: [{first_turn: 2026-11-16, people: [boss]}]}
== rotas/team/always.yaml
name: Always
timezone: Europe/London
hours: hours
handover: {day: monday, time: "10:00"}
roles:
  second: {rotation: [{first_turn: 2026-11-16, people: [ben]}]}
== policies/support-hours/hours.yaml
name: Hours
timezone: Europe/London
windows:
  day: [{days: every, from: "09:00", to: "17:00"}]
  night: {outside: [day]}
== policies/service-levels/level.yaml
name: Level
hours: hours
priorities:
  P1: {name: Critical, in_hours: {respond: 1 hour}, out_of_hours: {respond: 1 hour}}
  P2: {name: Serious, in_hours: {respond: 2 hours}}
clock: {day: in_hours, night: out_of_hours}
== policies/services.yaml
services:
  web: {name: Web, team: team, service_level: level, escalation: {day: chain, night: chain}}
== ${CHAIN}
name: Chain
applies_in: [day, night]
levels:
  - {notify: [team/always/second], escalate_after: 5 minutes}
  - {notify: [person: boss]}
`;
const DAY_ONLY =
  '  - {notify: [team/always/second], escalate_after: 5 minutes}\n  - {notify: [person: boss]}\n';
const findings = (text: string) => foundBy('chain-held', text).map((line) => line.replace(`${CHAIN}:`, ''));
const levels = (...lines: readonly string[]) =>
  but(held, DAY_ONLY, lines.map((line) => `  - {${line}}\n`).join(''));

const EMPTY = '4:5 empty-level {level: 1, windows: [night]}';
const NIGHTS = 'startAt: 2026-11-21T17:00+00:00, endAt: 2026-11-22T09:00+00:00, more: 191';

describe('a chain', () => {
  test.each<[what: string, lines: readonly string[], ...found: string[]]>([
    [
      'that ends at a person',
      ['notify: [team/day/lead], escalate_after: 5 minutes', 'notify: [person: boss]'],
      EMPTY,
    ],
    ['of a role that is always held', ['notify: [team/always/second]']],
    ['of a role that is held by day', ['notify: [team/day/lead]'], `1:1 nobody {window: night, ${NIGHTS}}`],
    ['of that role and a contact', ['notify: [team/day/lead, contact: desk]']],
    [
      'whose last level alone reaches somebody at night',
      ['notify: [team/day/lead], escalate_after: 5 minutes', 'notify: [team/always/second]'],
      EMPTY,
    ],
    [
      'whose last level reaches nobody at night',
      ['notify: [team/always/second], escalate_after: 5 minutes', 'notify: [team/day/lead]'],
      '5:5 empty-level {level: 2, windows: [night]}',
    ],
    [
      'with a level that only a shadow holds',
      ['notify: [team/day/shadow], escalate_after: 5 minutes', 'notify: [team/always/second]'],
      EMPTY,
    ],
    [
      'that only a shadow holds',
      ['notify: [team/day/shadow]'],
      '1:1 nobody {window: day, startAt: 2026-11-21T12:00+00:00, endAt: 2026-11-21T17:00+00:00, more: 191}',
      `1:1 nobody {window: night, ${NIGHTS}}`,
    ],
  ])('%s', (_, lines, ...found) => expect(findings(levels(...lines))).toEqual(found));

  test('whose roles nobody holds for a week', () => {
    const week = but(
      levels('notify: [team/always/second]'),
      'people: [ben]}]',
      'people: [ben]}, {first_turn: 2026-12-07, people: []}, {first_turn: 2026-12-14, people: [ben]}]',
    );
    expect(findings(week)).toEqual([
      '1:1 nobody {window: day, startAt: 2026-12-07T10:00+00:00, endAt: 2026-12-07T17:00+00:00, more: 7}',
      '1:1 nobody {window: night, startAt: 2026-12-07T17:00+00:00, endAt: 2026-12-08T09:00+00:00, more: 6}',
    ]);
  });

  test('for several windows, each level of which is held in one of them', () => {
    const night = held.replace(
      '== policies/support-hours/hours.yaml',
      `== rotas/team/night.yaml
name: Night
timezone: Europe/London
hours: hours
covers: [night]
handover: {day: monday, time: "10:00"}
roles:
  lead: {rotation: [{first_turn: 2026-11-16, people: [boss]}]}
== policies/support-hours/hours.yaml`,
    );
    const turns = but(
      night,
      DAY_ONLY,
      '  - {notify: [team/day/lead], escalate_after: 5 minutes}\n  - {notify: [team/night/lead]}\n',
    );
    expect(findings(turns)).toEqual([EMPTY, '5:5 empty-level {level: 2, windows: [day]}']);
    // The last level has its time by night, so that nothing is missing at the end by day.
    expect(foundBy('escalation-ends', turns)).toEqual([]);
    const alone = but(turns, 'covers: [night]', 'covers: [day]');
    expect(findings(alone)).toEqual([`1:1 nobody {window: night, ${NIGHTS}}`]);
  });

  test('of a role with seats, of which one is held', () => {
    const seats = (first: string) =>
      but(
        levels('notify: [team/always/second]'),
        'second: {rotation: [{first_turn: 2026-11-16, people: [ben]}]}',
        `second: {seats: 2, rotation: [{first_turn: ${first}, seats: 1, people: [ben]}]}`,
      );
    expect(findings(seats('2026-11-16'))).toEqual([]);
    expect(findings(seats('2026-11-23'))).toHaveLength(2);
  });

  test('that calls nobody for a priority that is promised something then', () => {
    const only = levels('notify: [team/always/second], only_for: [P1]');
    expect(findings(only)).toEqual([
      '1:1 nobody {window: day, priority: P2, startAt: 2026-11-21T12:00+00:00, endAt: 2026-11-21T17:00+00:00, more: 191}',
    ]);
    // Nothing is promised to P2 at night.
    expect(findings(but(only, 'day: chain, night', 'night'))).toEqual([]);
  });

  test('in a window in which no service names it', () => {
    const byDay = levels('notify: [team/day/lead]');
    expect(findings(but(byDay, 'day: chain, night: chain', 'day: chain'))).toEqual([]);
  });

  test('that no service names is judged in the hours of its own rotas', () => {
    const own = levels('notify: [team/day/lead]').replace(
      /== policies\/service[\s\S]*?(?=== policies\/esc)/,
      '',
    );
    expect(findings(own)).toEqual([`1:1 nobody {window: night, ${NIGHTS}}`]);
  });

  test('of a rota that cannot be read is not judged', () => {
    expect(findings(but(levels('notify: [team/day/lead]'), 'name: Day\n', 'name: Day\nnames: x\n'))).toEqual(
      [],
    );
  });
});

const table: WordTable<{
  nobody: {
    window: string;
    priority: string | undefined;
    zone: string;
    startAt: number;
    endAt: number;
    more: number;
  };
  'empty-level': { level: number; windows: readonly string[] };
}> = {
  nobody: [
    [
      {
        window: 'night',
        priority: undefined,
        zone: 'Europe/London',
        startAt: at('2026-11-21T17:00Z'),
        endAt: at('2026-11-22T09:00Z'),
        more: 191,
      },
      'this chain reaches nobody Sat 21 Nov 17:00 – Sun 22 Nov 09:00 and 191 more times (night); cover one of its roles, or add a person or a contact',
    ],
    [
      {
        window: 'day',
        priority: 'P2',
        zone: 'Europe/London',
        startAt: at('2026-12-01T10:00Z'),
        endAt: at('2026-12-01T12:00Z'),
        more: 0,
      },
      'this chain reaches nobody Tue 1 Dec 10:00 – 12:00 (day, for P2); cover one of its roles, or add a person or a contact',
    ],
  ],
  'empty-level': [
    [
      { level: 1, windows: ['weekend'] },
      'level 1 reaches nobody in weekend and is passed over there; name a role that covers it, or use a chain of its own for it',
    ],
  ],
};
test.each(worded(chainHeld, table))('its message for %s: %s', (_, expected, made) =>
  expect(made).toBe(expected),
);
