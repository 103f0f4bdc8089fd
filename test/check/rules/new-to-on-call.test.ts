/** Newcomers to the day, beside fellows whose experience is counted to the day. */
import { describe, expect, test } from 'vitest';
import { checked } from '../../handbook.ts';

interface Given {
  readonly amara?: string;
  readonly ben?: string;
  readonly lead?: string;
  readonly second?: string;
  readonly more?: string;
}

/** Amara leads from Monday 30 November 2026 for a week, ben is second; 60 and 180 days before it are 1 October and 3 June. */
const pair = (given: Given, now?: string): string[] =>
  checked(
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
const alone = (when = 'Mon 30 Nov 10:00 – Mon 7 Dec 10:00', asked = '180 days') =>
  `rotas/team/rota.yaml:5:79 amara is new to on call and is team/rota/lead ${when} with nobody beside them who has ${asked} of experience; let somebody experienced take the other role [new-to-on-call]`;

describe('amara leads with ben beside her', () => {
  test.each<[what: string, given: Given, ...found: string[]]>([
    ['on her 60th day on call', { amara: '2026-10-01' }],
    ['on her 59th', { amara: '2026-10-02' }, alone()],
    ['on her first', { amara: '2026-11-30', ben: '2026-06-04' }, alone()],
    ['on her first, and he has 180 days', { amara: '2026-11-30', ben: '2026-05-27' }],
    ['on her 59th, and he has none', { ben: '2026-11-23' }, alone()],
    ['in a role that is no out-of-hours role', { lead: 'on_call: false' }],
    ['and he but learns', { ben: '2020-01-01', second: 'counts: false, ' }, alone()],
  ])('%s', (_, given, ...found) => {
    expect(pair(given)).toEqual(found);
  });

  test('and his experience is counted on the day that hers is, however long his shift already goes on', () => {
    expect(pair({ ben: '2026-06-03' })).toEqual([]);
    expect(pair({ ben: '2026-06-04' })).toEqual([alone()]);
  });

  test('by the lengths that the policy names', () => {
    const policy = (first: string, after: string) =>
      pair({
        amara: '2026-10-02',
        ben: '2026-10-01',
        more: `== policies/on-call.yaml\nnewcomers: {first: ${first}, experienced_after: ${after}}\n`,
      });
    expect(policy('59 days', '180 days')).toEqual([]);
    expect(policy('60 days', '53 days')).toEqual([]);
    expect(policy('9 weeks', '90 days')).toEqual([alone(undefined, '90 days')]);
  });

  test('but for some hours, which are told', () => {
    const leaves = (person: string) =>
      pair({
        ben: '2020-01-01',
        more: `overrides: [{role: second, person: ${person}, from: 2026-12-01T10:00, to: 2026-12-01T12:00}]\n== rotas/people/more.yaml\npeople:\n  chi: {name: Chi, on_call_since: 2020-01-01}\n  dee: {name: Dee}\n`,
      });
    expect(leaves('chi')).toEqual([]);
    expect(leaves('dee')).toEqual([alone('Tue 1 Dec 10:00 – 12:00')]);
  });
});

test('a fellow in another rota is none', () => {
  const apart = (ben: string) =>
    pair({
      ...(ben === 'here' ? { ben: '2020-01-01' } : {}),
      more: '== rotas/team/other.yaml\nname: Other\ntimezone: Europe/London\nhandover: {day: monday, time: "10:00"}\nroles: {lead: {rotation: [{first_turn: 2026-11-30, people: [chi]}]}}\n== rotas/people/more.yaml\npeople: {chi: {name: Chi, on_call_since: 2020-01-01}}\n',
    });
  expect(apart('here')).toEqual([]);
  expect(apart('there')).toEqual([alone()]);
});

test('what is over is not told, and of what goes on only the rest', () => {
  expect(pair({}, '2026-12-07T09:59:00Z')).toEqual([alone('Mon 7 Dec 09:59 – 10:00')]);
  expect(pair({}, '2026-12-07T10:00:00Z')).toEqual([]);
});

test('somebody who holds a role for months is new in the first of them only', () => {
  const months = (first: string) =>
    checked(`== rotas/people.yaml
people:
  amara: {name: Amara, on_call_since: 2026-11-30}
  ben: {name: Ben, on_call_since: 2020-01-01}
== rotas/team/rota.yaml
name: Rota
timezone: Europe/London
handover: {day: monday, time: "10:00"}
roles:
  lead: {needs: {on_call: true}, rotation: [{first_turn: 2026-11-30, people: [amara]}]}
  second: {rotation: [{first_turn: 2026-11-30, people: [ben]}, {first_turn: ${first}, people: []}]}
== policies/on-call.yaml
rest: {turns_between: 0}
`);
  expect(months('2027-06-07')).toEqual([]);
  expect(months('2027-02-01')).toEqual([]);
});
