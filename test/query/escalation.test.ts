/** Who is called for a service: levels that reach nobody, contacts, priorities, and planned changes under way. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Escalation, Level, Service } from '../../actions/lib/model.ts';
import { escalationFor } from '../../actions/lib/query/escalation.ts';
import { levelsFor, stepsOf } from '../../actions/lib/resolve/chain.ts';
import { MINUTE } from '../../actions/lib/time/date.ts';
import { at, but, checked, sound } from '../handbook.ts';
import { runs } from '../sampled.ts';

/** Weekdays have a rota of their own, and a lead is there at all times: weeks of Cy and Dee from 2 November. */
const mill = `
== rotas/people.yaml
people:
  ada: {name: Ada}
  ben: {name: Ben}
  cy: {name: Cy}
  dee: {name: Dee}
  eve: {name: Eve}
contacts:
  desk: {name: The desk}
== rotas/mill/weekdays.yaml
name: Weekdays
timezone: America/Chicago
hours: mill
covers: [weekdays]
handover: {day: monday, time: "00:00"}
roles:
  engineer: {rotation: [{first_turn: 2026-11-02, people: [ada, ben]}]}
== rotas/mill/fallback.yaml
name: Fallback
timezone: America/Chicago
handover: {day: monday, time: "00:00"}
roles:
  lead: {rotation: [{first_turn: 2026-11-02, people: [cy, dee]}]}
== rotas/mill/planned-changes.yaml
changes:
  by-night:
    service: bakery
    summary: Move the oven
    timezone: America/Chicago
    from: 2026-11-24T22:00
    to: 2026-11-25T02:00
    requested_at: 2026-11-20T10:30:00Z
    assigned: [{role: mill/weekdays/engineer, person: eve}]
  by-day:
    service: shop
    summary: Move the till
    timezone: America/Chicago
    from: 2026-11-25T10:00
    to: 2026-11-25T12:00
    requested_at: 2026-11-20T10:30:00Z
    assigned: [{role: mill/fallback/lead, person: dee}]
== policies/support-hours/mill.yaml
name: Mill
timezone: America/Chicago
windows:
  weekdays: [{days: [monday, tuesday, wednesday, thursday, friday], from: "08:00", to: "20:00"}]
  weekend: [{days: [saturday, sunday], from: "00:00", to: "00:00"}]
== policies/service-levels/mill.yaml
name: Mill
hours: mill
priorities:
  P1: {name: Down, in_hours: {respond: 1 hour}, out_of_hours: {respond: 1 hour}}
  P2: {name: Slow, in_hours: {respond: 2 hours}, out_of_hours: {respond: 2 hours}}
clock: {weekdays: in_hours, weekend: out_of_hours}
== policies/escalation/mill.yaml
name: Mill
applies_in: [weekdays, weekend]
levels:
  - {notify: [mill/weekdays/engineer], escalate_after: 30 minutes}
  - {notify: [mill/fallback/lead], escalate_after: 10 minutes}
  - {notify: [contact: desk]}
== policies/services.yaml
services:
  shop: {name: Shop, team: mill, service_level: mill, escalation: {weekdays: mill, weekend: mill}}
  bakery: {name: Bakery, team: mill, service_level: mill, escalation: {weekdays: mill, weekend: mill}}
`;
const SATURDAY = '2026-11-28T16:00:00Z';
const MONDAY = '2026-11-23T16:00:00Z';

/** Each level as "after: who and who". */
function calls(text: string, iso: string, priority?: string, service = 'shop'): string[] {
  const handbook = sound(text);
  const { levels } = escalationFor(handbook, handbook.services.get(service) as Service, at(iso), priority);
  return levels.map(({ after_minutes: after, notify, change }) => {
    const who = notify.map(({ person, contact }) => person ?? contact ?? 'nobody').join(' and ');
    return `${after}: ${who}${change === undefined ? '' : ` (${change})`}`;
  });
}

const chain = (levels: string): string =>
  mill.replace(/levels:\n[\s\S]*?(?=== policies\/services)/, `levels:\n${levels}\n`);

test('a level that reaches nobody takes no time, and a contact is always there', () => {
  expect(calls(mill, MONDAY)).toEqual(['0: ben', '30: dee', '40: desk']);
  expect(calls(mill, SATURDAY)).toEqual(['0: nobody', '0: dee', '10: desk']);
  const handbook = sound(mill);
  const { levels } = escalationFor(handbook, handbook.services.get('shop') as Service, at(SATURDAY));
  expect(JSON.stringify(levels.at(-1))).toBe(
    '{"after_minutes":10,"notify":[{"rota":null,"role":null,"person":null,"contact":"desk"}]}',
  );
});

describe('priorities', () => {
  const some = chain(`  - {notify: [mill/weekdays/engineer], escalate_after: 30 minutes}
  - {notify: [mill/fallback/lead], escalate_after: 10 minutes, at_once_for: [P1]}
  - {notify: [person: eve], escalate_after: 5 minutes, only_for: [P2]}
  - {notify: [contact: desk]}`);

  test.each<[priority: string | undefined, iso: string, ...calls: string[]]>([
    [undefined, MONDAY, '0: ben', '30: dee', '40: eve', '45: desk'],
    ['P1', MONDAY, '0: ben', '0: dee', '30: desk'],
    ['P2', MONDAY, '0: ben', '30: dee', '40: eve', '45: desk'],
    // The first level is empty, so the one after it takes its place, beside the one that is called at once.
    ['P1', SATURDAY, '0: nobody', '0: dee', '0: desk'],
    ['P2', SATURDAY, '0: nobody', '0: dee', '10: eve', '15: desk'],
  ])('%s at %s', (priority, iso, ...expected) => expect(calls(some, iso, priority)).toEqual(expected));

  test('are named in JSON only where there are any', () => {
    const handbook = sound(some);
    const service = handbook.services.get('shop') as Service;
    expect(JSON.stringify(escalationFor(handbook, service, at(MONDAY), 'P2'))).toBe(
      '{"service":"shop","window":"weekdays","priority":"P2","levels":[' +
        '{"after_minutes":0,"notify":[{"rota":"mill/weekdays","role":"engineer","person":"ben"}]},' +
        '{"after_minutes":30,"notify":[{"rota":"mill/fallback","role":"lead","person":"dee"}],"at_once_for":["P1"]},' +
        '{"after_minutes":40,"notify":[{"rota":null,"role":null,"person":"eve"}],"only_for":["P2"]},' +
        '{"after_minutes":45,"notify":[{"rota":null,"role":null,"person":null,"contact":"desk"}]}]}',
    );
  });

  test('a level that is at once for all that it is for needs no time, and asks none of the level before', () => {
    const scs = chain(`  - {notify: [mill/weekdays/engineer], escalate_after: 30 minutes}
  - {notify: [mill/fallback/lead]}
  - {notify: [person: eve], only_for: [P1], at_once_for: [P1]}`);
    expect(checked(scs).filter((line) => line.includes('escalation-ends'))).toEqual([]);
    expect(calls(scs, MONDAY)).toEqual(['0: ben', '0: eve', '30: dee']);
    expect(calls(scs, MONDAY, 'P1')).toEqual(['0: ben', '0: eve', '30: dee']);
    expect(calls(scs, MONDAY, 'P2')).toEqual(['0: ben', '30: dee']);
  });
});

describe('a planned change under way', () => {
  test.each<[what: string, service: string, iso: string, ...calls: string[]]>([
    ['begins', 'bakery', '2026-11-25T03:59:59Z'],
    [
      'at night: its people, though no window is open',
      'bakery',
      '2026-11-25T04:00:00Z',
      '0: eve (mill/by-night)',
    ],
    ['to its last second', 'bakery', '2026-11-25T07:59:59Z', '0: eve (mill/by-night)'],
    ['is over', 'bakery', '2026-11-25T08:00:00Z'],
    [
      'by day: its people, then the chain after the time of its first level',
      'shop',
      '2026-11-25T17:00:00Z',
      '0: dee (mill/by-day)',
      '30: ben',
      '60: desk',
    ],
    ['of another service', 'bakery', '2026-11-25T17:00:00Z', '0: ben', '30: dee', '40: desk'],
  ])('%s', (_, service, iso, ...expected) => {
    expect(calls(mill, iso, undefined, service)).toEqual(expected);
  });

  test('does not call the same person again', () => {
    const own = but(
      mill,
      '[{role: mill/fallback/lead, person: dee}]',
      '[{role: mill/weekdays/engineer, person: ben}]',
    );
    expect(calls(own, '2026-11-25T17:00:00Z')).toEqual(['0: ben (mill/by-day)', '30: dee', '40: desk']);
  });
});

test('for every chain: who waits for whom, by an account of its own', () => {
  const level = fc.record({
    wait: fc.integer({ min: 1, max: 90 }),
    only: fc.option(fc.subarray(['P1', 'P2'], { minLength: 1 }), { nil: undefined }),
    atOnce: fc.subarray(['P1', 'P2']),
    isEmpty: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(level, { minLength: 1, maxLength: 6 }),
      fc.constantFrom('P1', 'P2'),
      (written, priority) => {
        const levels = written.map(({ wait, only, atOnce }): Level => {
          const escalateAfter = { count: wait, unit: 'minute' } as const;
          const provenance = { isExample: false, source: undefined };
          const location = { file: '', path: [] };
          return {
            notify: [],
            escalateAfter,
            onlyFor: only,
            atOnceFor: atOnce,
            origin: provenance,
            location,
          };
        });
        const empty = new Set(levels.filter((_, i) => written[i]?.isEmpty));
        const steps = stepsOf(levelsFor({ levels } as unknown as Escalation, priority), (it) =>
          empty.has(it),
        );
        // A level is called once every earlier one that is called in turn, and reaches somebody, has had its time.
        const isCalled = ({ only }: (typeof written)[number]) => only?.includes(priority) !== false;
        const waits = (it: (typeof written)[number], i: number) =>
          isCalled(it) && !it.isEmpty && (i === 0 || !it.atOnce.includes(priority)) ? it.wait : 0;
        const expected = written.flatMap((it, i) => {
          if (!isCalled(it)) return [];
          const isAtOnce = i > 0 && it.atOnce.includes(priority);
          const before = written.slice(0, i).reduce((sum, other, j) => sum + waits(other, j), 0);
          return [{ i, after: isAtOnce ? 0 : before }];
        });
        expect(steps.map(({ index, after }) => ({ i: index, after: after / MINUTE }))).toEqual(
          expected.toSorted((one, other) => one.after - other.after || one.i - other.i),
        );
      },
    ),
    { numRuns: runs(600) },
  );
});
