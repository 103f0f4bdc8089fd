/** Whom a schedule reaches off duty, and which service gets the policies of its chains: what is wrong, and what is not. */
import { describe, expect, test } from 'vitest';
import { pagerduty as pagerdutyRule } from '../../../actions/lib/check/rules/pagerduty.ts';
import { found as findingsIn, foundBy, wordsOf } from '../../found.ts';
import { at, but, checked } from '../../handbook.ts';
import { PAAS } from '../../pagerduty/kit.ts';

const DAYS = 'rotas/paas/days.yaml';
const NIGHTS = 'rotas/paas/nights.yaml';
const SERVICES = 'policies/services.yaml';

const offDuty = (text: string, value: string, schedule = 'PDAYS01') =>
  but(text, `{schedule: ${schedule}}`, `{schedule: ${schedule}, off_duty: ${value}}`);

/** Days and nights, each with a chain of its own, and a service that switches between them. */
const sound = `${offDuty(
  but(
    PAAS,
    'name: PaaS\napplies_in: [in-hours, out-of-hours]\nlevels:\n  - {notify: [paas/days/engineer, paas/nights/engineer], escalate_after: 15 minutes}',
    'name: PaaS\napplies_in: [out-of-hours]\nlevels:\n  - {notify: [paas/nights/engineer], escalate_after: 15 minutes}',
  ),
  'inbox',
)}
== policies/escalation/days.yaml
name: Days
applies_in: [in-hours]
levels:
  - {notify: [paas/days/engineer]}
pagerduty: {policy: PDAYPOL}
== policies/service-levels/paas.yaml
name: PaaS
hours: paas
priorities: {P1: {name: Down, in_hours: {respond: 1 hour}, out_of_hours: {respond: 1 hour}}}
clock: {in-hours: in_hours, out-of-hours: out_of_hours}
example: true
== ${SERVICES}
services:
  web:
    name: Web
    team: paas
    service_level: paas
    escalation: {in-hours: days, out-of-hours: paas}
    pagerduty: {service: PSERVI1}
`;
const found = (text: string) => foundBy('pagerduty', text);

test('a contact off duty, and a service with a policy for each window', () => {
  expect(findingsIn(sound)).toEqual([]);
  expect(findingsIn(offDuty(sound, 'nobody', 'PNIGHTS'))).toEqual([]);
});

describe.each<[what: string, cases: [passage: string, other: string, ...found: string[]][]]>([
  [
    'off duty',
    [
      [
        'off_duty: inbox',
        'off_duty: inbix',
        `${DAYS}:9:46 there is no contact "inbix"; did you mean "inbox"? [known-names]`,
      ],
      ['off_duty: inbox', 'off_duty: chi', `${DAYS}:9:46 there is no contact "chi" [known-names]`],
      [
        'off_duty: inbox',
        'off_duty: 7',
        `${DAYS}:9:46 this is a number, and an id is text; put it in quotes [schema]`,
      ],
      ['off_duty: inbox', 'off_duty: [inbox]', `${DAYS}:9:46 this is a list, and an id is text [schema]`],
      [
        'off_duty: inbox',
        'off_duty: The Inbox',
        `${DAYS}:9:46 there is no contact "The Inbox" [known-names]`,
      ],
      [
        'off_duty: inbox',
        `off_duty: ${'x'.repeat(65)}`,
        `${DAYS}:9:46 there is no contact "${'x'.repeat(65)}" [known-names]`,
      ],
      [
        'off_duty: inbox',
        'offduty: inbox',
        `${DAYS}:9:36 "offduty" is not a key of "pagerduty"; did you mean "off_duty"? [schema]`,
      ],
      [
        'off_duty: inbox',
        'off_duty:',
        `${DAYS}:9:45 nothing is here; it should be an id such as "amara-osei" [schema]`,
      ],
    ],
  ],
  [
    'a service',
    [
      [
        '{service: PSERVI1}',
        'PSERVI1',
        `${SERVICES}:7:16 this is text, and "pagerduty" is a block of keys [schema]`,
      ],
      [
        '{service: PSERVI1}',
        '{service: pservi1}',
        `${SERVICES}:7:26 "pservi1" is not a pagerduty id such as "PAMARA1" [schema]`,
      ],
      ['{service: PSERVI1}', '{}', `${SERVICES}:7:16 "service" is missing from "pagerduty" [schema]`],
      [
        '{service: PSERVI1}',
        '{services: [PSERVI1]}',
        `${SERVICES}:7:17 "services" is not a key of "pagerduty"; did you mean "service"? [schema]`,
      ],
      [
        '{service: PSERVI1}',
        `{service: ${'P'.repeat(41)}}`,
        `${SERVICES}:7:26 "${'P'.repeat(41)}" is not a pagerduty id such as "PAMARA1" [schema]`,
      ],
    ],
  ],
])('a wrong value of %s', (_, cases) => {
  test.each(cases)('%s → %s', (passage, other, ...expected) => {
    const lines = checked(but(sound, passage, other));
    expect(lines).toEqual(expected);
  });
});

describe('off duty', () => {
  test('needs a contact with an account, and a schedule', () => {
    expect(found(but(sound, ', pagerduty: PINBOX1}', '}'))).toEqual([
      `${DAYS}:9:46 contact-without-account {contact: inbox}`,
    ]);
    const loose = but(sound, '{schedule: PDAYS01, off_duty: inbox}', '{off_duty: inbox}');
    expect(found(loose)).toContain(`${DAYS}:9:27 off-duty-without-schedule {role: paas/days/engineer}`);
  });

  test('says nobody only where no contact has this name', () => {
    const nobody = but(
      offDuty(sound, 'nobody', 'PNIGHTS'),
      'contacts:\n',
      'contacts:\n  nobody: {name: No Body, pagerduty: PNOBODY}\n',
    );
    expect(found(nobody)).toEqual([`${NIGHTS}:9:46 contact-named-nobody {role: paas/nights/engineer}`]);
  });

  test('is the same for roles that share a schedule, or said by one of them', () => {
    const shared = but(sound, '{schedule: PNIGHTS}', '{schedule: PDAYS01}');
    expect(found(shared)).toEqual([]);
    expect(found(offDuty(shared, 'inbox'))).toEqual([]);
    expect(found(offDuty(shared, 'nobody'))).toEqual([
      `${NIGHTS}:9:46 off-duty-differs {schedule: PDAYS01, role: paas/nights/engineer, offDuty: nobody, other: paas/days/engineer, otherOffDuty: inbox}`,
    ]);
  });

  test('of a role with seats is reported once', () => {
    const seats = but(
      sound,
      'people: [chi, dee]}]\n    pagerduty: {schedule: PDAYS01, off_duty: inbox}',
      'people: [chi, dee]}]\n    seats: 2\n    pagerduty: {schedules: [PDAYS01, PDAYS02], off_duty: inbox}',
    );
    expect(found(seats)).toEqual([]);
    expect(found(but(seats, ', pagerduty: PINBOX1}', '}'))).toEqual([
      `${DAYS}:10:58 contact-without-account {contact: inbox}`,
    ]);
  });

  test('a level that is passed over, while PagerDuty calls the contact there, is a warning', () => {
    const one = but(sound, 'in-hours: days, out', 'in-hours: paas, out').replace(
      'applies_in: [out-of-hours]\nlevels:\n',
      'applies_in: [in-hours, out-of-hours]\nlevels:\n  - {notify: [paas/days/engineer], escalate_after: 5 minutes}\n',
    );
    const called = found(one).filter((line) => line.includes('off-duty-called'));
    expect(called).toEqual([
      expect.stringContaining(
        'policies/escalation/paas.yaml:4:5 off-duty-called {level: 1, contact: inbox, role: paas/days/engineer, window: out-of-hours, ',
      ),
    ]);
    expect(found(but(one, 'off_duty: inbox', 'off_duty: nobody'))).toEqual([]);
    expect(
      found(but(one, '[paas/days/engineer], esc', '[paas/days/engineer, paas/nights/engineer], esc')),
    ).toEqual([]);
  });
});

describe('a service', () => {
  test('has an id of its own', () => {
    const twice = `${sound}  api: {name: API, team: paas, service_level: paas, escalation: {in-hours: days}, pagerduty: {service: PSERVI1}}\n`;
    expect(found(twice)).toEqual([
      `${SERVICES}:8:104 shared-id {id: PSERVI1, noun: service, other: web, owner: api}`,
    ]);
    expect(found(but(twice, '{service: PSERVI1}}', '{service: PSERVI2}}'))).toEqual([]);
  });

  test('needs a policy in every window, and a chain at all', () => {
    expect(found(but(sound, 'pagerduty: {policy: PDAYPOL}\n', ''))).toEqual([
      `${SERVICES}:6:28 chain-without-policy {chain: days, window: in-hours, service: web}`,
    ]);
    expect(found(but(sound, '    escalation: {in-hours: days, out-of-hours: paas}\n', ''))).toEqual([
      `${SERVICES}:6:16 service-without-chain {service: web}`,
    ]);
    const unsent = but(
      but(sound, 'pagerduty: {policy: PDAYPOL}\n', ''),
      '    pagerduty: {service: PSERVI1}\n',
      '',
    );
    expect(found(unsent)).toEqual([]);
  });
});

const format = wordsOf(pagerdutyRule);
test.each([
  [
    format({ code: 'off-duty-without-schedule', args: { role: 'paas/days/engineer' } }),
    'paas/days/engineer has no schedule in PagerDuty that could reach anybody off duty; add schedule: with the id of one, or take out off_duty',
  ],
  [
    format({
      code: 'off-duty-differs',
      args: { schedule: 'PONE', role: 'a/b/c', offDuty: 'nobody', other: 'a/d/e', otherOffDuty: 'inbox' },
    }),
    'a/b/c has nobody off duty, and a/d/e on the same schedule PONE has inbox; a schedule is off duty outside all of its roles, so write the same, or only one of them',
  ],
  [
    format({ code: 'contact-named-nobody', args: { role: 'a/b/c' } }),
    'off_duty of a/b/c says nobody, which is also the id of a contact; give the contact another id',
  ],
  [
    format({
      code: 'off-duty-called',
      args: {
        level: 1,
        contact: 'inbox',
        role: 'a/b/c',
        window: 'night',
        zone: 'UTC',
        startAt: at('2026-11-23T17:00Z'),
        endAt: at('2026-11-24T09:00Z'),
        more: 2,
      },
    }),
    'level 1 is passed over Mon 23 Nov 17:00 – Tue 24 Nov 09:00 and 2 more times (night), but PagerDuty calls inbox there, by off_duty of a/b/c; use a chain of its own for night, or off_duty: nobody',
  ],
  [
    format({ code: 'chain-without-policy', args: { chain: 'days', window: 'in-hours', service: 'web' } }),
    'days has no escalation policy in PagerDuty for web in in-hours; add pagerduty: {policy: …} to the chain, or take out pagerduty here',
  ],
  [
    format({ code: 'service-without-chain', args: { service: 'web' } }),
    'no chain decides the escalation policy of web in PagerDuty; add escalation:, or take out pagerduty',
  ],
  [
    format({ code: 'unknown-service', args: { id: 'PSERVI1', service: 'web' } }),
    'PagerDuty has no service PSERVI1, which web names; create one there and put its id here',
  ],
])('its message: %s', (text, words) => expect(text).toBe(words));
