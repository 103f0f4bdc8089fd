/** Whom a service calls from then on: everyone newly called agrees, and a lead of each team concerned. */
import { expect, test } from 'vitest';
import { foundInPull } from '../found.ts';
import { aHandbook, but, judged, NIGHTS_ROTA } from '../handbook.ts';

const NOW = '2026-11-21T12:00:00Z';
const chain = (levels: string) => `name: Chain\napplies_in: [day, night]\nlevels: [${levels}]`;
const named = (...people: readonly string[]) =>
  `{notify: [${people.map((it) => `person: ${it}`).join(', ')}]}`;

const base = aHandbook({
  people: {
    amara: 'name: Amara, github: amara-o',
    ben: 'name: Ben, github: ben-a',
    chi: 'name: Chi, github: chi-w',
    mallory: 'name: Mallory, github: mallory-m',
    nia: 'name: Nia, github: nia-r',
    oz: 'name: Oz, github: oz-k',
  },
  policies: {
    notice: 'consent: []',
    'support-hours/all': `name: All
timezone: Europe/London
windows:
  day: [{days: every, from: "09:00", to: "17:00"}]
  night: {outside: [day]}`,
    'service-levels/all':
      'name: All\nhours: all\npriorities: {P1: {name: One, in_hours: {respond: 1 hour}}}\nclock: {day: in_hours, night: none}',
    'escalation/direct': chain(named('ben')),
    'escalation/pair': chain(`{notify: [person: mallory], escalate_after: 5 minutes}, ${named('ben')}`),
    'escalation/paas': chain(
      `{notify: [paas/nights/engineer], escalate_after: 5 minutes}, ${named('mallory')}`,
    ),
    'escalation/mine': chain(named('mallory')),
    services: `services:
  desk: {name: Desk, team: dxw, service_level: all, escalation: {day: direct}}
  lab: {name: Lab, team: dxw, service_level: all, escalation: {day: pair}}`,
  },
  rotas: {
    'dxw/team': 'name: dxw\nleads: [oz]',
    'paas/team': 'name: PaaS\nleads: [nia]',
    'paas/nights': NIGHTS_ROTA,
  },
});

const services = (was: string, is: string) => but(base, was, is);
const added = (escalation: string, team = 'paas') =>
  services(
    'services:\n',
    `services:\n  evil: {name: Evil, team: ${team}, service_level: all, escalation: ${escalation}}\n`,
  );
/** For each consent that is missing, the people any of whom may agree. */
const missing = (head: string, ...approvals: readonly string[]) =>
  foundInPull('consent', base, head, NOW, { author: 'mallory-m', approvals })
    .map((line) => /anyOf: \[(.*)\]\}/.exec(line)?.[1] ?? line)
    .toSorted();

test.each<[what: string, head: string, anyOf: readonly string[]]>([
  ['one that goes to a chain of its author alone', services('day: direct', 'day: mine'), ['oz']],
  ['one that is called at night as well', services('day: pair}', 'day: pair, night: pair}'), ['ben', 'oz']],
  [
    'one that is called at night by another chain',
    services('day: pair}', 'day: pair, night: direct}'),
    ['ben', 'oz'],
  ],
  ['one that calls the role of another team', services('day: pair}', 'day: paas}'), ['nia', 'nia', 'oz']],
  ['one that is called no more', services('escalation: {day: direct}', 'escalation: {}'), ['oz']],
  ['other hours', but(base, 'from: "09:00", to', 'from: "07:00", to'), ['ben', 'ben', 'oz', 'oz']],
  ['a new one that calls a colleague', added('{day: pair}'), ['ben', 'oz']],
  ['a new one that calls the role of a team', added('{day: paas}', 'dxw'), ['nia', 'nia']],
  ['a new one that only calls its author', added('{day: mine, night: mine}'), []],
])('%s', (_, head, anyOf) => {
  expect(missing(head)).toEqual(anyOf);
  const logins = { ben: 'ben-a', nia: 'nia-r', oz: 'oz-k' };
  const all = [...new Set(anyOf)].map((id) => logins[id as 'ben']);
  expect(missing(head, ...all)).toEqual([]);
  for (const login of all) expect(missing(head, ...all.filter((it) => it !== login))).not.toEqual([]);
});

test.each<[what: string, head: string]>([
  ['a new service', added('{day: later}', 'dxw')],
  ['another chain of a service', services('escalation: {day: direct}', 'escalation: {day: later}')],
])('%s that calls a role of a new rota asks a lead of its team', (_, head) => {
  const rota = NIGHTS_ROTA.replaceAll('nia', 'mallory').replaceAll('amara', 'mallory');
  const later = `${chain('{notify: [paas/later/engineer]}')}\n== rotas/paas/later.yaml\n${rota}\n`;
  const whole = `${head}== policies/escalation/later.yaml\n${later}`;
  const about = foundInPull('consent', base, whole, NOW, { author: 'mallory-m', approvals: ['oz-k'] });
  expect(about.join('\n')).toMatch(/chain.*later.*anyOf: \[nia\]/);
  const people = ['ben-a', 'chi-w'];
  expect(missing(whole, 'oz-k', ...people)).not.toEqual([]);
  expect(missing(whole, 'oz-k', 'nia-r', ...people)).toEqual([]);
});

test('the same hours in another file ask nobody', () => {
  const head = but(base, 'support-hours/all.yaml', 'support-hours/every.yaml');
  expect(missing(but(head, 'hours: all', 'hours: every'))).toEqual([]);
});

test('what is agreed to names the windows', () => {
  const head = services('day: pair}', 'day: pair, night: pair}');
  expect(foundInPull('identity', base, head, NOW)).toEqual([
    'policies/services.yaml:3:63 warning changed {kind: service, id: lab, key: ben, after: called in night}',
    'policies/services.yaml:3:63 warning changed {kind: service, id: lab, key: mallory, after: called in night}',
    'policies/services.yaml:3:82 warning changed {kind: service, id: lab, key: window night, after: pair}',
  ]);
});

const DAY = '{days: every, from: "09:00", to: "17:00"}';
test.each<[what: string, head: string, before: string, after: string]>([
  [
    'by its times',
    but(base, DAY, '{days: [monday, friday], from: "09:00", to: "17:30"}'),
    'all (day every 09:00–17:00)',
    'all (day mon fri 09:00–17:30)',
  ],
  [
    'by what it lies outside of, or that it is no more',
    but(
      but(base, '  night: {outside: [day]}', `  eve: [${DAY.replace('09', '18').replace('17', '20')}]`),
      'night: none',
      'eve: none',
    ),
    'all (night outside day; eve never)',
    'all (night never; eve every 18:00–20:00)',
  ],
  [
    'from the day on from which it is another',
    but(
      base,
      '  night: {outside: [day]}',
      `  night: {outside: [day]}\namendments:\n  - first_day: 2027-01-04\n    windows: {day: [{days: every, from: "08:00", to: "17:00"}], night: {outside: [day]}}`,
    ),
    'all (day every 09:00–17:00; night outside day)',
    'all (day every 09:00–17:00, from 2027-01-04 on every 08:00–17:00; night outside day, from 2027-01-04 on outside day)',
  ],
  [
    'or what else differs',
    but(base, 'timezone: Europe/London\nwindows', 'timezone: Europe/Paris\nwindows'),
    'all',
    'all with another zone, or other working days or holidays',
  ],
])('other hours are named %s', (_, head, before, after) => {
  const found = foundInPull('identity', base, head, NOW).filter((line) =>
    line.includes('id: desk, key: hours'),
  );
  expect(found).toEqual([expect.stringContaining(`key: hours, before: ${before}, after: ${after}}`)]);
});

test('hours of many windows are named by these alone', () => {
  const many = Array.from({ length: 9 }, (_, i) => `  window-${i}: [${DAY}]\n`).join('');
  const head = but(base, '  night: {outside: [day]}\n', `  night: {outside: [day]}\n${many}`);
  const names = Array.from({ length: 9 }, (_, i) => `window-${i}`).join(', ');
  expect(foundInPull('identity', base, head, NOW).join('\n')).toContain(`after: all (windows ${names})}`);
});

test('windows can be named like other keys', () => {
  const named = (text: string) =>
    text
      .replaceAll('day: [{', 'team: [{')
      .replaceAll('[day]', '[team]')
      .replaceAll('{day: ', '{team: ')
      .replaceAll('[day, night]', '[team, night]');
  const head = but(named(base), 'team: direct', 'team: mine');
  expect(judged('identity', named(base), head, NOW)[1]).toContain(
    'the chain of the service desk in team changes from direct to mine, which decides who is woken from then on',
  );
});

test('a chain that calls the role of another team needs a lead of that team, not one of those it had', () => {
  const head = but(base, `[${named('ben')}]`, '[{notify: [paas/nights/engineer]}]');
  expect(missing(head)).toEqual(['nia', 'oz']);
});

test.each([
  ['["All is down; users wait"]', '[All is down, users wait]'],
  ['["All is down; users wait"]', `['"All is down', 'users wait"']`],
])('the reasons for which incidents are critical differ, however alike they read: %s, %s', (was, is) => {
  const desk = 'service_level: all, escalation: {day: direct}';
  const own = but(base, desk, `critical_reasons: ${was}, ${desk}`);
  const head = but(own, was, is);
  expect(foundInPull('identity', own, head, NOW).join()).toMatch(
    /kind: service, id: desk, key: critical_reasons/,
  );
});
