/** Calls by name of people who cannot be called then. */
import { expect, test } from 'vitest';
import { newCalls } from '../../../actions/lib/check/rules/new-calls.ts';
import { foundInPull } from '../../found.ts';
import { aHandbook, at, but } from '../../handbook.ts';
import { type WordTable, worded } from '../word-table.ts';

const NOW = '2026-11-26T12:00:00Z';
const base = aHandbook({
  people: {
    amara: 'name: Amara',
    ben: 'name: Ben',
    chi: 'name: Chi',
    dee: 'name: Dee, pagerduty: PDEE, on_call_since: 2020-01-01',
  },
  policies: {
    'support-hours/all': `name: All
timezone: Europe/London
windows:
  day: [{days: every, from: "09:00", to: "17:00"}]
  night: {outside: [day]}`,
    'service-levels/all': `name: All
hours: all
priorities: {P1: {name: One, in_hours: {respond: 1 hour}, out_of_hours: {respond: 2 hours}}}
clock: {day: in_hours, night: out_of_hours}`,
    'escalation/main': 'name: Main\napplies_in: [day, night]\nlevels: [{notify: [paas/nights/engineer]}]',
    services:
      'services:\n  site: {name: Site, team: paas, service_level: all, escalation: {day: main, night: main}}',
  },
});
/** `dee` is called from then on, by name, and has other facts. */
const called = (facts: string, own = base) =>
  but(own, 'on_call_since: 2020-01-01', facts || 'on_call_since: 2020-01-01').replace(
    '[paas/nights/engineer]',
    '[paas/nights/engineer, person: dee]',
  );
const LINE = 'policies/escalation/main.yaml:3:42';
const found = (head: string, own = base) => foundInPull('new-calls', own, head, NOW);

test.each<[what: string, head: string, found: readonly string[]]>([
  ['somebody who has started and opted in', called(''), []],
  [
    'somebody who has not opted in is called at night',
    called('skills: []'),
    [
      `${LINE} error not-opted-in {person: dee, service: site, startAt: 2026-11-26T17:00+00:00, endAt: 2026-11-27T09:00+00:00, more: 186}`,
    ],
  ],
  [
    'but may be called by day',
    called('skills: []').replace('night: main', '').replace('day: main, ', 'day: main'),
    [],
  ],
  [
    'somebody who opts in a week later',
    called('on_call_since: 2026-12-03'),
    [
      `${LINE} error not-opted-in {person: dee, service: site, startAt: 2026-11-26T17:00+00:00, endAt: 2026-11-27T09:00+00:00, more: 6}`,
    ],
  ],
  [
    'somebody who begins on Monday',
    called('on_call_since: 2020-01-01, first_day: 2026-11-30'),
    [
      `${LINE} error not-started {person: dee, service: site, startAt: 2026-11-26T12:00+00:00, endAt: 2026-11-26T17:00+00:00, more: 7}`,
    ],
  ],
  [
    'somebody who leaves in May',
    called('on_call_since: 2020-01-01, last_day: 2027-05-30'),
    [
      `${LINE} error has-left {person: dee, service: site, startAt: 2027-05-31T00:00+01:00, endAt: 2027-05-31T09:00+01:00, more: 2}`,
    ],
  ],
  [
    'somebody who is away for a day',
    called('on_call_since: 2020-01-01, away: [{first_day: 2026-12-01, last_day: 2026-12-01}]'),
    [
      `${LINE} warning away {person: dee, service: site, startAt: 2026-12-01T00:00+00:00, endAt: 2026-12-01T09:00+00:00, more: 2}`,
    ],
  ],
  [
    'somebody whose account a contact has',
    but(base, 'people:\n', 'contacts: {box: {name: Box, pagerduty: PDEE}}\npeople:\n')
      .replace('on_call_since: 2020-01-01', 'skills: []')
      .replace('[paas/nights/engineer]', '[contact: box]'),
    [
      `${LINE.replace('42', '20')} error not-opted-in {person: dee, service: site, startAt: 2026-11-26T17:00+00:00, endAt: 2026-11-27T09:00+00:00, more: 186}`,
    ],
  ],
])('%s', (_, head, lines) => expect(found(head)).toEqual(lines));

test('whoever was called before is not looked at again', () => {
  const before = called('skills: []');
  expect(found(before.replace('name: Main', 'name: Other'), before)).toEqual([]);
});

const first = {
  zone: 'Europe/London',
  startAt: at('2026-11-26T17:00Z'),
  endAt: at('2026-11-27T09:00Z'),
  more: 0,
};
const who = { person: 'dee', service: 'site', ...first };
const ADVICE =
  'and is called for site Thu 26 Nov 17:00 – Fri 27 Nov 09:00 from this change on; name somebody else, or correct people';
const WORDS: WordTable<{
  readonly 'not-started': typeof who;
  readonly 'has-left': typeof who;
  readonly 'not-opted-in': typeof who;
  readonly away: typeof who;
}> = {
  'not-started': [[who, `dee has not started by then (first_day), ${ADVICE}`]],
  'has-left': [[who, `dee has left by then (last_day), ${ADVICE}`]],
  'not-opted-in': [[who, `dee has not opted in to out-of-hours work by then (on_call_since), ${ADVICE}`]],
  away: [[who, `dee is away, ${ADVICE}`]],
};

test.each(worded(newCalls, WORDS))('%s: %s', (_, expected, made) => expect(made).toBe(expected));
