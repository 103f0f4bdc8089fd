/** Hostile values of the keys of service levels, tickets and critical reasons: each with its line and the text to write. */
import { describe, expect, test } from 'vitest';
import { but, checked, everything } from '../handbook.ts';

const LEVELS = 'policies/service-levels/paas.yaml';
const TICKETS = 'policies/tickets/govpress.yaml';
const SERVICES = 'policies/services.yaml';

/** Findings that begin with the places and words given; the rest of a line is not compared. */
function expectFindings(text: string, ...starts: readonly string[]): void {
  const found = checked(text);
  expect(found.map((line, i) => line.slice(0, starts[i]?.length))).toEqual(starts);
}

describe('a service level', () => {
  const level = (keys: string) => but(everything, 'example: true\n', `example: true\n${keys}\n`);

  test.each<[keys: string, ...starts: string[]]>([
    ['default_priority: P1'],
    ['default_priority: p1', `${LEVELS}:8:19 `],
    ['default_priority: P2', `${LEVELS}:8:19 there is no priority "P2"; did you mean "P1"?`],
    ['default_priority: 1', `${LEVELS}:8:19 this is a number, and `],
    ['default_priority: [P1]', `${LEVELS}:8:19 this is a list, and `],
    ['defaultPriority: P1', `${LEVELS}:8:1 "defaultPriority" is not a key of service levels; did you mean`],
    ['pauses: {update: [pending, on-hold]}'],
    ['pauses: {}', `${LEVELS}:8:9 `],
    ['pauses: [pending]', `${LEVELS}:8:9 this is a list, and `],
    ['pauses: {update: pending}', `${LEVELS}:8:18 this is text, and statuses is a list`],
    ['pauses: {update: [Pending]}', `${LEVELS}:8:19 `],
    ['pauses: {update: [pending, pending]}', `${LEVELS}:8:18 the same entry appears twice`],
    ['pauses: {first_response: [pending]}', `${LEVELS}:8:10 "first_response" is not a key of `],
    ['pauses: {update: [waiting]}', `${LEVELS}:8:19 no ticket of website is ever in the status "waiting"`],
    ['pauses: {__proto__: [pending]}', `${LEVELS}:8:10 "__proto__" is not a key of `],
    ['amendments: []'],
    ['amendments: {first_day: 2027-04-01}', `${LEVELS}:8:13 `],
    [
      'amendments: [{first_response: 1 working day}]',
      `${LEVELS}:8:14 "first_day" is missing from an amendment`,
      `${LEVELS}:8:14 this has too few entries`,
    ],
    ['amendments: [{first_day: 2027-04-01}]', `${LEVELS}:8:14 `],
    ['amendments: [{first_day: 2027-04-31, first_response: 1 hour}]', `${LEVELS}:8:26 `],
    [
      'amendments: [{first_day: 2027-04-01, hours: paas}]',
      `${LEVELS}:8:38 "hours" is not a key of an amendment`,
    ],
    ['amendments: [{first_day: 2027-04-01, source: The manual}]', `${LEVELS}:8:38 "source" is not a key of`],
    [
      'amendments: [{first_day: 2027-04-01, first_response: 1 hour}, {first_day: 2027-04-01, pauses: {update: []}}]',
      `${LEVELS}:8:75 two amendments begin on 2027-04-01`,
    ],
    ['amendments: [{first_day: 2027-04-01, first_response: 0 hours}]', `${LEVELS}:8:54 "0 hours" is not `],
    [
      'amendments: [{first_day: 2027-04-01, default_priority: P7}]',
      `${LEVELS}:8:56 there is no priority "P7"`,
    ],
    [
      'amendments: [{first_day: 2027-04-01, clock: {dusk: in_hours}}]',
      `${LEVELS}:8:46 there is no window "dusk"`,
    ],
    [
      'source: The manual',
      `${LEVELS}:8:1 "source" is not allowed with the other keys here; remove one of them`,
    ],
  ])('%s', (keys, ...starts) => expectFindings(level(keys), ...starts));
});

describe('a priority', () => {
  const P1 = 'P1: {name: Critical, out_of_hours: {respond: 40 minutes, update: 1 hour}}';
  test.each<[other: string, ...starts: string[]]>([
    ['P1: {name: Critical, when: Nothing works, out_of_hours: {respond: 40 minutes, resolve: 8 hours}}'],
    ['P1: {name: Critical, when: ""}', `${LEVELS}:5:30 "" is not a definition such as`],
    ['P1: {name: Critical, when: 7}', `${LEVELS}:5:30 this is a number, and `],
    ['P1: {name: Critical, when: [down]}', `${LEVELS}:5:30 this is a list, and `],
    [`P1: {name: Critical, when: ${'x'.repeat(301)}}`, `${LEVELS}:5:30 this has 301 characters`],
    [
      'P1: {name: Critical, wen: Down}',
      `${LEVELS}:5:24 "wen" is not a key of a priority; did you mean "when"?`,
    ],
    ['P1: {name: Critical, out_of_hours: {resolve: soon}}', `${LEVELS}:5:48 "soon" is not `],
    ['P1: {name: Critical, out_of_hours: {resolve: 10000 hours}}', `${LEVELS}:5:48 "10000 hours" is not `],
    ['P1: {name: Critical, out_of_hours: {resolve: 1.5 hours}}', `${LEVELS}:5:48 "1.5 hours" is not `],
    ['P1: {name: Critical, out_of_hours: {resolve: 2 weeks}}', `${LEVELS}:5:48 "2 weeks" is not `],
    ['P1: {name: Critical, out_of_hours: {}}', `${LEVELS}:5:38 `],
    [
      'P1: {name: Critical, in_hours: {respond: 1 working day}, out_of_hours: {respond: 1 hour}}',
      `${LEVELS}:5:84 P1 is promised a response within 1 working day in hours and within 1 hour out of hours, which`,
      `${SERVICES}:2:3 paas promises P1 something in in-hours`,
    ],
  ])('%s', (other, ...starts) => expectFindings(but(everything, P1, other), ...starts));
});

describe('a policy on tickets', () => {
  test.each<[passage: string, other: string, ...starts: string[]]>([
    ['  new: {}\n', '  new:\n', `${TICKETS}:2:`],
    ['  new: {}\n', '  New: {}\n', `${TICKETS}:2:3 `],
    ['  new: {}\n', '  new: {}\n  new: {}\n', `${TICKETS}:3:3 `],
    ['{asks: reason}', '{asks: why}', `${TICKETS}:4:19 `],
    ['{asks: reason}', '{asks: true}', `${TICKETS}:4:19 `],
    [
      '{asks: reason}',
      '{ask: reason}',
      `${TICKETS}:4:13 "ask" is not a key of a status; did you mean "asks"?`,
    ],
    ['solved_after: 4 days', 'solved_after: 4', `${TICKETS}:6:43 this is a number, and `],
    ['solved_after: 4 days', 'solved_after: 4 working days', `${TICKETS}:6:43 "4 working days" is not `],
    ['solved_after: 4 days', 'solved_after: 0 days', `${TICKETS}:6:43 "0 days" is not `],
    ['up_to: 1 hour', 'up_to: 1', `${TICKETS}:8:29 this is a number, and `],
    ['up_to: 1 hour', 'up_to: 0.00 hours', `${TICKETS}:8:29 "0.00 hours" is not `],
    ['up_to: 1 hour', 'up_to: 0.25 days'],
    ['up_to: 1 hour', 'up_to: 2 weeks', `${TICKETS}:8:29 "2 weeks" is not `],
    [
      'up_to: 1 hour',
      'upto: 1 hour',
      `${TICKETS}:8:22 "upto" is not a key of a group; did you mean "up_to"?`,
    ],
    [
      'up_to: 1 hour, ',
      '',
      `${TICKETS}:8:5 first-line takes tickets of any size, so that none is left for scoping`,
    ],
    [
      'id: scoping',
      'id: first-line',
      `${TICKETS}:9:10 there is a group first-line above; give this one another id`,
    ],
    ['id: scoping', 'id: scoping, up_to: 20 minutes', `${TICKETS}:9:26 scoping never takes a ticket`],
    [
      'hour, role: paas/nights/engineer',
      'hour, role: paas/nights/enginer',
      `${TICKETS}:8:43 there is no role "enginer"`,
    ],
    [
      'hour, role: paas/nights/engineer',
      'hour, role: engineer',
      `${TICKETS}:8:43 "engineer" is not a role such as`,
    ],
    ['notify: leads', 'notify: [leads]', `${TICKETS}:9:27 `],
    ['notify: leads', 'notify: nia-rhys', `${TICKETS}:9:27 this is "nia-rhys", and only "leads" is allowed`],
    [
      'notify: leads',
      'notify: leads, role: paas/nights/second',
      `${TICKETS}:9:19 "notify" is not allowed with the`,
    ],
    ['solved_after: 4 days}\ngroups:', 'solved_after: 4 days}\nday: 7.5 hours\ngroups:'],
    [
      'solved_after: 4 days}\ngroups:',
      'solved_after: 4 days}\nday: 24.5 hours\ngroups:',
      `${TICKETS}:7:6 "24.5 hours" is not `,
    ],
    [
      'solved_after: 4 days}\ngroups:',
      'solved_after: 4 days}\nday: 7\ngroups:',
      `${TICKETS}:7:6 this is a number, and `,
    ],
    ['solved_after: 4 days}\ngroups:', 'solved_after: 4 days}\nwarn_at: 80%\ngroups:'],
    [
      'solved_after: 4 days}\ngroups:',
      'solved_after: 4 days}\nwarn_at: 100%\ngroups:',
      `${TICKETS}:7:10 "100%" is not a percentage such as "75%"`,
    ],
    [
      'solved_after: 4 days}\ngroups:',
      'solved_after: 4 days}\nwarn_at: 80\ngroups:',
      `${TICKETS}:7:10 this is a number, and `,
    ],
    [
      'solved_after: 4 days}\ngroups:',
      'solved_after: 4 days}\nname: Desk\ngroups:',
      `${TICKETS}:7:1 "name" is not a key of tickets`,
    ],
    ['new: {}', 'new: {solved_after: 9 days}', `${TICKETS}:2:23 a ticket that nobody has looked at`],
  ])('%s, now %s', (passage, other, ...starts) => expectFindings(but(everything, passage, other), ...starts));

  test('has two statuses, and no more than twenty', () => {
    const statuses = /statuses:\n(?: {2}.*\n)+groups/;
    const many = (count: number) =>
      everything.replace(
        statuses,
        `statuses:\n${Array.from({ length: count }, (_, i) => `  s${i}: {}\n`).join('')}groups`,
      );
    expectFindings(many(2));
    expectFindings(many(1), `${TICKETS}:1:1 this has too few `);
    expectFindings(many(20));
    expectFindings(many(21), `${TICKETS}:1:1 this has more entries than the 20 `);
  });
});

describe('a service', () => {
  const service = (keys: string) => but(everything, 'name: Website, ', `name: Website, ${keys}, `);
  test.each<[keys: string, ...starts: string[]]>([
    ['tickets: govpress'],
    ['tickets: govpres', `${SERVICES}:2:37 there is no tickets policy "govpres"; did you mean "govpress"?`],
    ['tickets: 7', `${SERVICES}:2:37 this is a number, and an id is text; put it in quotes`],
    ['tickets: [govpress]', `${SERVICES}:2:37 this is a list, and `],
    ['ticket: govpress', `${SERVICES}:2:28 "ticket" is not a key of a service; did you mean "tickets"?`],
    ['critical_reasons: [The platform is down]'],
    [
      'critical_reasons: The platform is down',
      `${SERVICES}:2:46 this is text, and "critical_reasons" is a list`,
    ],
    ['critical_reasons: []', `${SERVICES}:2:46 this has too few entries`],
    ['critical_reasons: [7]', `${SERVICES}:2:47 this is a number, and `],
    ['critical_reasons: [Down, Down]', `${SERVICES}:2:46 the same entry appears twice`],
    [`critical_reasons: [${'x'.repeat(201)}]`, `${SERVICES}:2:47 this has 201 characters`],
    ['critical_reasons: [" Down"]', `${SERVICES}:2:47 `],
  ])('%s', (keys, ...starts) => expectFindings(service(keys), ...starts));
});
