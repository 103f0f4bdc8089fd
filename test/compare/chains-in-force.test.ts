/** Which chain of a service PagerDuty has in force, also where no window of the service has one, and who gains by it. */
import { expect, test } from 'vitest';
import { aHandbook, compared, loaded, local } from '../handbook.ts';

/** A Thursday, in the window `day`. */
const NOW = '2026-11-26T12:00:00Z';
const ID = ', pagerduty: {service: PSITE01}';

const chain = (levels: string) => `name: Chain\napplies_in: [day, night, feast, fair]\nlevels: [${levels}]`;
/** `site` has these chains; so has its twin, which PagerDuty does not know. */
const handbook = (escalation: string, id = ID, main = '{notify: [person: amara]}'): string =>
  aHandbook({
    people: { amara: 'name: Amara', ben: 'name: Ben', chi: 'name: Chi', dee: 'name: Dee' },
    policies: {
      'holidays/days':
        'name: Days\ncomplete_from: 2026-01-01\ncomplete_until: 2027-12-31\nholidays: {2026-04-03: Good Friday}',
      'support-hours/all': `name: All
timezone: Europe/London
holidays: days
working_days: [monday, tuesday, wednesday, thursday, friday]
windows:
  day: [{days: every, from: "09:00", to: "17:00"}]
  night: [{days: every, from: "17:00", to: "08:00"}]
  feast: [{days: holidays, from: "08:00", to: "08:30"}]
  fair: [{days: holidays, from: "08:30", to: "09:00"}]`,
      'service-levels/all':
        'name: All\nhours: all\npriorities: {P1: {name: One, in_hours: {respond: 1 hour}}, P4: {name: Four, in_hours: {respond: 1 hour}}}\nclock: {day: in_hours, night: none, feast: none, fair: none}',
      'escalation/main': chain(main),
      'escalation/other': chain('{notify: [person: chi]}'),
      services: `services:
  a-twin: {name: Twin, team: paas, service_level: all, escalation: ${escalation}}
  site: {name: Site, team: paas, service_level: all, escalation: ${escalation}${id}}`,
    },
    rotas: { 'paas/team': 'name: PaaS' },
  });

/** Who is called for `site` from then on, and the first time at which they gain. */
const gained = (before: string, after: string): readonly string[] =>
  (compared(before, after, NOW).against?.reached ?? []).flatMap(({ subject, callee, gained: [first] }) =>
    subject.id === 'site'
      ? `${callee.id} ${first === undefined ? 'gains nothing' : local(first.startAt, 'Europe/London')}`
      : [],
  );

const BEN_FIRST = '{notify: [person: ben], escalate_after: 5 minutes}, {notify: [person: amara]}';
const FIRST_BEN_LAST = '{notify: [person: amara], escalate_after: 5 minutes}, {notify: [person: ben]}';
const BOTH = '{day: main, night: other}';

test('the handbook of these tests can be read', () => {
  expect(loaded(handbook(BOTH)).findings).toEqual([]);
});

test.each<[what: string, before: string, after: string, gained: readonly string[]]>([
  ['nothing', handbook(BOTH), handbook(BOTH), []],
  [
    'a window that loses its chain, also where another service without a counterpart has the same chains',
    handbook(BOTH),
    handbook('{day: main}'),
    ['amara 2026-11-26T17:00+00:00'],
  ],
  [
    'a pause that has the chain of before',
    handbook(BOTH),
    handbook(BOTH, ID, BEN_FIRST),
    ['ben 2026-11-26T12:00+00:00'],
  ],
  [
    'a service that gets a counterpart, whose chain goes on from then',
    handbook('{day: main}', ''),
    handbook('{day: main}'),
    ['amara 2026-11-26T17:00+00:00'],
  ],
  ['the same, that has no chain to go on', handbook('{}', ''), handbook('{}'), []],
  [
    'a service without a counterpart, which calls nobody in between',
    handbook('{day: main}', ''),
    handbook('{day: main}', '', BEN_FIRST),
    ['ben 2026-11-26T12:00+00:00'],
  ],
  [
    'a chain that is in force since a holiday in April',
    handbook('{feast: main}'),
    handbook('{feast: main}', ID, BEN_FIRST),
    ['ben 2026-11-26T12:00+00:00'],
  ],
  [
    'whoever moves up in a chain that is in force since a holiday in April',
    handbook('{feast: main}', ID, FIRST_BEN_LAST),
    handbook('{feast: main}', ID, BEN_FIRST),
    ['ben gains nothing'],
  ],
  [
    'a service without any chain from then on: whichever is in force at the merge stays so',
    handbook(BOTH),
    handbook('{}'),
    ['amara 2026-11-26T17:00+00:00', 'chi 2026-11-27T09:00+00:00'],
  ],
  [
    'other windows from then on: in the pause before them, whichever is in force at the merge stays so',
    handbook(BOTH),
    handbook('{feast: other}'),
    ['chi 2026-11-27T09:00+00:00', 'amara 2026-11-26T17:00+00:00'],
  ],
  [
    'a chain that is changed while it loses its window, in which the merge can be',
    handbook('{day: other, night: main}'),
    handbook('{day: other}', ID, BEN_FIRST),
    ['ben 2026-11-26T17:00+00:00', 'chi 2026-11-26T17:00+00:00'],
  ],
])('%s', (_, before, after, lines) => expect(gained(before, after).toSorted()).toEqual(lines.toSorted()));

test.each<[what: string, before: string, after: string, gained: readonly string[]]>([
  ['at once for some, then first for all', ', at_once_for: [P4]', '', ['ben gains nothing']],
  ['at once for more', ', at_once_for: [P4]', ', at_once_for: [P1, P4]', ['ben gains nothing']],
  ['at once for fewer', ', at_once_for: [P1, P4]', ', at_once_for: [P4]', []],
])('called earlier: %s', (_, one, other, lines) => {
  const second = (more: string) =>
    `{notify: [person: amara], escalate_after: 5 minutes}, {notify: [person: ben]${more}}`;
  const before = handbook(BOTH, ID, second(one));
  expect(gained(before, handbook(BOTH, ID, other === '' ? BEN_FIRST : second(other)))).toEqual(lines);
});

test.each<[what: string, before: string, after: string, gained: readonly string[]]>([
  [
    'the chain gets another id',
    handbook('{feast: main}'),
    handbook('{feast: renamed}', ID, BEN_FIRST).replace('escalation/main.yaml', 'escalation/renamed.yaml'),
    ['ben 2026-11-26T12:00+00:00'],
  ],
  [
    'two chains exchange their policies',
    handbook('{feast: main}'),
    handbook('{feast: main}'),
    ['chi 2026-11-26T12:00+00:00'],
  ],
])('what is in force is a policy of PagerDuty, also where %s', (_, before, after, lines) => {
  const withPolicies = (text: string) =>
    text
      .replace(/(escalation\/(?:main|renamed)\.yaml\nname: Chain\n)/, '$1pagerduty: {policy: PMAIN}\n')
      .replace(/(escalation\/other\.yaml\nname: Chain\n)/, '$1pagerduty: {policy: POTHER}\n');
  const exchanged = (text: string) =>
    text.replace('PMAIN', 'PX').replace('POTHER', 'PMAIN').replace('PX', 'POTHER');
  const head = withPolicies(after);
  expect(gained(withPolicies(before), before === after ? exchanged(head) : head)).toEqual(lines);
});

test('what is in force goes on where another service gets the counterpart, whose own windows are rare', () => {
  const before = handbook('{day: main, night: other}').replace(
    /( {2}a-twin: .*escalation: )\{.*?\}/,
    '$1{feast: main}, pagerduty: {service: PTWIN01}',
  );
  const swapped = before.replace('PSITE01', 'PX').replace('PTWIN01', 'PSITE01').replace('PX', 'PTWIN01');
  const reached = compared(before, swapped, NOW).against?.reached ?? [];
  expect(reached.flatMap(({ subject, callee }) => (subject.id === 'a-twin' ? callee.id : []))).toEqual([
    'chi',
  ]);
});

test('what is in force goes on where the service gets another id here, and keeps that of PagerDuty', () => {
  const before = handbook('{feast: main}');
  const after = handbook('{feast: main}', ID, BEN_FIRST).replace('  site:', '  website:');
  const reached = compared(before, after, NOW).against?.reached ?? [];
  expect(reached.map(({ callee, gained: [first] }) => [callee.id, first?.startAt])).toContainEqual([
    'ben',
    Date.parse(NOW),
  ]);
});

test('where no window of 400 days had a chain, each chain that may be in force is compared with itself', () => {
  const unknown = (text: string) => text.replace('2026-04-03: Good Friday', '2027-12-27: A day');
  const both = '{feast: main, fair: other}';
  const chiFirst = '{notify: [person: chi], escalate_after: 5 minutes}, {notify: [person: amara]}';
  const [before, same, after] = [undefined, undefined, chiFirst].map((main) =>
    unknown(handbook(both, ID, main)),
  );
  expect(gained(before ?? '', same ?? '')).toEqual([]);
  // That `other` calls Chi says nothing about `main`.
  expect(gained(before ?? '', after ?? '')).toEqual(['chi 2026-11-26T12:00+00:00']);
  const slower = before?.replace(
    'levels: [{notify: [person: amara]}]',
    'repeats: 2\nlevels: [{notify: [person: amara]}]',
  );
  expect(gained(before ?? '', slower ?? '')).toEqual([]);
});
