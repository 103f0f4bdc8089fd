/** Newcomers, and colleagues whose experience is counted to the day: on each day of a shift, not only on its first. */
import { describe, expect, test } from 'vitest';
import { newToOnCall as newToOnCallRule } from '../../../actions/lib/check/rules/new-to-on-call.ts';
import { found as findingsIn, wordsOf } from '../../found.ts';
import { at } from '../../handbook.ts';

interface Given {
  readonly amara?: string;
  readonly ben?: string;
  readonly lead?: string;
  readonly second?: string;
  readonly more?: string;
}

/**
 * Amara leads from Monday 30 November 2026 for a week, ben is second; 60 and 180 days before it are 1 October and 3
 * June.
 */
const pair = (given: Given, now?: string): string[] =>
  findingsIn(
    `== rotas/people.yaml
people:
  amara: {name: Amara, on_call_since: ${given.amara ?? '2026-10-02'}}
  ben: {name: Ben${given.ben === undefined ? '' : `, on_call_since: ${given.ben}`}}
== rotas/team/rota.yaml
name: Rota
timezone: Europe/London
handover: {day: monday, time: "10:00"}
roles:
  lead: {needs: {${given.lead ?? 'on_call: true'}}, rotation: [{first_turn: 2026-11-30, people: [amara]}, {first_turn: 2026-12-07, people: []}]}
  second: {${given.second ?? ''}rotation: [{first_turn: 2026-11-23, people: [ben]}, {first_turn: 2026-12-07, people: []}]}
${given.more ?? ''}`,
    now,
  );
const alone = (when = 'startAt: 2026-11-30T10:00+00:00, endAt: 2026-12-07T10:00+00:00', after = '180 days') =>
  `rotas/team/rota.yaml:5:79 new-to-on-call/alone {person: amara, role: team/rota/lead, ${when}, experiencedAfter: ${after}}`;

const DAY_ONE = 'startAt: 2026-11-30T10:00+00:00, endAt: 2026-12-01T00:00+00:00';

describe('amara leads together with ben', () => {
  test.each<[what: string, given: Given, ...found: string[]]>([
    ['from her 60th day on call', { amara: '2026-10-01' }],
    ['from her 59th, on which she is new', { amara: '2026-10-02' }, alone(DAY_ONE)],
    ['from her first', { amara: '2026-11-30' }, alone()],
    ['from her first, and he has 180 days', { amara: '2026-11-30', ben: '2026-06-03' }],
    [
      'from her first, and he has 180 days tomorrow',
      { amara: '2026-11-30', ben: '2026-06-04' },
      alone(DAY_ONE),
    ],
    [
      'from her first, and he has 180 days when the week is over',
      { amara: '2026-11-30', ben: '2026-06-11' },
      alone(),
    ],
    [
      'from her first, in a role that is no out-of-hours role',
      { amara: '2026-11-30', lead: 'on_call: false' },
    ],
    [
      'from her first, and he but learns',
      { amara: '2026-11-30', ben: '2020-01-01', second: 'counts: false, ' },
      alone(),
    ],
  ])('%s', (_, given, ...found) => {
    expect(pair(given)).toEqual(found);
  });

  test('by the durations in the policy', () => {
    const policy = (first: string, after: string) =>
      pair({
        amara: '2026-10-02',
        ben: '2026-10-01',
        more: `== policies/on-call.yaml\nnewcomers: {first: ${first}, experienced_after: ${after}}\n`,
      });
    expect(policy('59 days', '180 days')).toEqual([]);
    expect(policy('60 days', '60 days')).toEqual([]);
    expect(policy('60 days', '61 days')).toEqual([alone(DAY_ONE, '61 days')]);
    expect(policy('9 weeks', '90 days')).toEqual([
      alone('startAt: 2026-11-30T10:00+00:00, endAt: 2026-12-04T00:00+00:00', '90 days'),
    ]);
  });

  test('except for some hours, which are reported', () => {
    const leaves = (person: string) =>
      pair({
        amara: '2026-11-30',
        ben: '2020-01-01',
        more: `overrides: [{role: second, person: ${person}, from: 2026-12-01T10:00, to: 2026-12-01T12:00}]\n== rotas/people/more.yaml\npeople:\n  chi: {name: Chi, on_call_since: 2020-01-01}\n  dee: {name: Dee}\n`,
      });
    expect(leaves('chi')).toEqual([]);
    expect(leaves('dee')).toEqual([alone('startAt: 2026-12-01T10:00+00:00, endAt: 2026-12-01T12:00+00:00')]);
  });
});

test('a colleague in another rota does not count', () => {
  const apart = (ben: string) =>
    pair({
      ...(ben === 'here' ? { ben: '2020-01-01' } : {}),
      more: '== rotas/team/other.yaml\nname: Other\ntimezone: Europe/London\nhandover: {day: monday, time: "10:00"}\nroles: {lead: {rotation: [{first_turn: 2026-11-30, people: [chi]}]}}\n== rotas/people/more.yaml\npeople: {chi: {name: Chi, on_call_since: 2020-01-01}}\n',
    });
  expect(apart('here')).toEqual([]);
  expect(apart('there')).toEqual([alone(DAY_ONE)]);
});

test('what is over is not reported, and of what continues only the rest', () => {
  expect(pair({ amara: '2026-11-30' }, '2026-12-07T09:59:00Z')).toEqual([
    alone('startAt: 2026-12-07T09:59+00:00, endAt: 2026-12-07T10:00+00:00'),
  ]);
  expect(pair({ amara: '2026-11-30' }, '2026-12-07T10:00:00Z')).toEqual([]);
});

test('somebody who holds a role for months is new for 60 days of them', () => {
  const months = (until: string) =>
    findingsIn(`== rotas/people.yaml
people:
  amara: {name: Amara, on_call_since: 2026-11-30}
  ben: {name: Ben, on_call_since: 2020-01-01}
== rotas/team/rota.yaml
name: Rota
timezone: Europe/London
handover: {day: friday, time: "00:00"}
roles:
  lead: {needs: {on_call: true}, rotation: [{first_turn: 2026-12-04, people: [amara]}]}
  second: {rotation: [{first_turn: 2026-12-04, people: [ben]}, {first_turn: ${until}, people: []}]}
== policies/on-call.yaml
rest: {turns_between: 0}
`);
  expect(months('2027-01-29')).toEqual([]);
  expect(months('2027-01-22')).toEqual([
    alone('startAt: 2027-01-22T00:00+00:00, endAt: 2027-01-29T00:00+00:00'),
  ]);
});

const format = wordsOf(newToOnCallRule);
test.each([
  [
    format({
      code: 'alone',
      args: {
        person: 'amara',
        role: 'team/rota/lead',
        zone: 'Europe/London',
        startAt: at('2026-11-30T10:00Z'),
        endAt: at('2026-12-01T00:00Z'),
        more: 0,
        experiencedAfter: { count: 180, unit: 'day' },
      },
    }),
    'amara is new to on call and is team/rota/lead Mon 30 Nov 10:00 – Tue 1 Dec 00:00 without a colleague who has 180 days of experience; assign somebody experienced to the other role',
  ],
])('its message: %s', (text, words) => expect(text).toBe(words));
