/** Hostile values of the keys of chains, promises, guides and reach: each with its line and the text to write. */
import { describe, expect, test } from 'vitest';
import { but, checked, everything, sound } from '../handbook.ts';

const CHAIN = 'policies/escalation/nights.yaml';
const LEVELS = 'policies/service-levels/paas.yaml';
const SERVICES = 'policies/services.yaml';
const PEOPLE = 'rotas/people.yaml';
const NIGHTS = 'rotas/paas/nights.yaml';
const NOTICE = 'policies/notice.yaml';

/** Findings that begin with the places and words given; the rest of a line is not compared. */
function expectFindings(text: string, ...starts: readonly string[]): void {
  const found = checked(text);
  expect(found.map((line, i) => line.slice(0, starts[i]?.length))).toEqual(starts);
}

describe('a level', () => {
  const LAST = '{notify: [person: nia-rhys]}';
  const level = (other: string) => but(everything, LAST, other);

  test.each<[other: string, ...starts: string[]]>([
    ['{notify: [contact: inbox]}'],
    ['{notify: [contact: inbox, person: nia-rhys], only_for: [P1], at_once_for: [P1]}'],
    ['{notify: [person: nia-rhys], at_once_for: [P1]}'],
    ['{notify: [contact: in-box]}', `${CHAIN}:6:24 there is no contact "in-box"; did you mean "inbox"?`],
    ['{notify: [contact: nia-rhys]}', `${CHAIN}:6:24 for a person write {person: nia-rhys}`],
    ['{notify: [person: inbox]}', `${CHAIN}:6:23 for a contact write {contact: inbox}`],
    ['{notify: [inbox]}', `${CHAIN}:6:15 for a contact write {contact: inbox}`],
    ['{notify: [{contact: inbox, person: nia-rhys}]}', `${CHAIN}:6:32 "person" is not a key of a contact`],
    ['{notify: [contact: 7]}', `${CHAIN}:6:24 this is a number, and an id is text; put it in quotes`],
    ['{notify: [person: nia-rhys], only_for: P1}', `${CHAIN}:6:44 this is text, and "only_for" is a list`],
    ['{notify: [person: nia-rhys], only_for: []}', `${CHAIN}:6:44 this has too few entries`],
    [
      '{notify: [person: nia-rhys], only_for: [p1]}',
      `${CHAIN}:6:45 there is no priority "p1"; did you mean "P1"?`,
    ],
    ['{notify: [person: nia-rhys], only_for: [P1, P1]}', `${CHAIN}:6:44 the same entry appears twice`],
    ['{notify: [person: nia-rhys], only_for: [P2]}', `${CHAIN}:6:45 there is no priority "P2"`],
    ['{notify: [person: nia-rhys], at_once_for: [P9]}', `${CHAIN}:6:48 there is no priority "P9"`],
    [
      '{notify: [person: nia-rhys], onlyfor: [P1]}',
      `${CHAIN}:6:34 "onlyfor" is not a key of a level; did you mean "only_for"?`,
    ],
    ['{notify: [person: nia-rhys], example: yes}', `${CHAIN}:6:43 this is "yes", and only "true" is allowed`],
    [
      '{notify: [person: nia-rhys], example: true, source: The manual}',
      `${CHAIN}:6:49 "source" is not allowed with the other keys here; remove one of them`,
    ],
  ])('%s', (other, ...starts) => expectFindings(level(other), ...starts));

  test('that is at once but first, or for a priority that it is not for', () => {
    const first = '{notify: [paas/nights/engineer], escalate_after: 5 minutes}';
    expectFindings(
      but(everything, first, `${first.slice(0, -1)}, at_once_for: [P1]}`),
      `${CHAIN}:4:65 level 1 is called at once anyway; take out at_once_for [escalation-ends]`,
    );
    const two = but(
      everything,
      'update: 1 hour}}\n',
      'update: 1 hour}}\n  P2: {name: Other, in_hours: {respond: 1 hour}}\n',
    );
    expectFindings(
      but(two, LAST, '{notify: [person: nia-rhys], only_for: [P1], at_once_for: [P1, P2]}'),
      `${CHAIN}:6:68 level 3 is not called for P2 at all, by its only_for; name it there too, or take it out here`,
      `${LEVELS}:6:31 P2 is promised`,
      `${SERVICES}:2:3 paas promises P2 something in in-hours, and website has no chain for that`,
    );
  });

  test('names the priorities of the services that use its chain, and no others', () => {
    const other = but(
      everything,
      '== policies/escalation/nights.yaml',
      '== policies/service-levels/other.yaml\nname: Other\nhours: paas\npriorities: {URGENT: {name: Urgent}}\nclock: {in-hours: none, waking: none, overnight: none}\n== policies/escalation/nights.yaml',
    );
    expectFindings(
      but(other, LAST, '{notify: [person: nia-rhys], only_for: [URGENT]}'),
      `${CHAIN}:6:45 there is no priority "URGENT"`,
    );
    const unused = but(other, 'escalation: {waking: nights, overnight: nights}', 'escalation: {}');
    expect(
      checked(but(unused, LAST, '{notify: [person: nia-rhys], only_for: [URGENT]}')).filter((line) =>
        line.includes('known-names'),
      ),
    ).toEqual([]);
  });
});

describe('a promise', () => {
  test.each<[passage: string, other: string, ...starts: string[]]>([
    ['respond: 40 minutes, update', 'as_soon_as_possible: true, update'],
    [
      'respond: 40 minutes, update',
      'as_soon_as_possible: true, respond: 40 minutes, update',
      `${LEVELS}:5:66 "respond" is not allowed with the other keys here; remove one of them`,
    ],
    [
      'respond: 40 minutes, update',
      'as_soon_as_possible: false, update',
      `${LEVELS}:5:60 this is "false", and only "true" is allowed`,
    ],
    ['example: true', 'source: <b>', `${LEVELS}:7:9 "<" and ">" are not allowed in a source; remove them`],
    ['example: true', `source: ${'x'.repeat(201)}`, `${LEVELS}:7:9 this has 201 characters`],
    [
      'in-hours: in_hours,',
      'in-hours: nothing,',
      `${LEVELS}:6:19 "nothing" is not one of in_hours, out_of_hours and none`,
    ],
  ])('%s, now %s', (passage, other, ...starts) => expectFindings(but(everything, passage, other), ...starts));
});

describe('the figures of a policy', () => {
  test.each<[passage: string, other: string, ...starts: string[]]>([
    ['recommended: 14 days}', 'recommended: 14 days, example: true}'],
    ['published_ahead: 13 weeks', 'published_ahead: 13 weeks\nsource: dxw playbook'],
    ['minimum: 7 days, recommended: 14 days}', 'example: true}', `${NOTICE}:1:14 `],
    ['minimum: 7 days, recommended: 14 days}', 'recommended: 14 days, source: dxw playbook}'],
    ['minimum: 7 days, recommended: 14 days}', '}', `${NOTICE}:1:14 `],
    [
      'recommended: 14 days}',
      'recommended: 14 days, example: true, source: dxw playbook}',
      `${NOTICE}:1:69 "source" is not allowed with the other keys here; remove one of them`,
    ],
    [
      'rest: {turns_between: 1}',
      'rest: {turns_between: 1, example: 1}',
      'policies/on-call.yaml:1:35 this is "1", and only "true" is allowed',
    ],
  ])('%s, now %s', (passage, other, ...starts) => expectFindings(but(everything, passage, other), ...starts));
});

describe('what whoever is on needs', () => {
  const role = (keys: string) =>
    but(
      everything,
      '    turns: {2027-01-06: chi-wong}\n',
      `    turns: {2027-01-06: chi-wong}\n    ${keys}\n`,
    );

  test.each<[keys: string, ...starts: string[]]>([
    ['duties: [Watch the alarms, Answer tickets]'],
    ['runbook: https://example.org/runbook?team=paas#first'],
    ['links: {Logs: https://example.org/logs, "Status page": https://example.org/status}'],
    ['duties: Watch the alarms', `${NIGHTS}:13:13 this is text, and "duties" is a list`],
    ['duties: []', `${NIGHTS}:13:13 this has too few entries`],
    [`duties: [${'x'.repeat(201)}]`, `${NIGHTS}:13:14 this has 201 characters`],
    ['duties: ["a\\u202eb"]', `${NIGHTS}:13:14 `],
    [
      'runbook: http://example.org/',
      `${NIGHTS}:13:14 "http://example.org/" is not a web address such as "https://example.org/runbook"`,
    ],
    ['runbook: "javascript:alert(1)"', `${NIGHTS}:13:14 "javascript:alert(1)" is not a web address`],
    [
      'runbook: https://user:secret@example.org/',
      `${NIGHTS}:13:14 "https://user:secret@example.org/" is not a web address`,
    ],
    ['runbook: https://example.org/"onload="x', `${NIGHTS}:13:14 `],
    ['links: {Logs: "data:text/html,x"}', `${NIGHTS}:13:19 "data:text/html,x" is not a web address`],
    ['links: [https://example.org/]', `${NIGHTS}:13:12 this is a list, and "links" is a block of keys`],
    ['links: {"<b>": https://example.org/}', `${NIGHTS}:13:13 `],
    [`runbook: https://example.org/${'x'.repeat(230)}`, `${NIGHTS}:13:14 this has 250 characters`],
  ])('%s', (keys, ...starts) => expectFindings(role(keys), ...starts));

  test('is the same of a service', () => {
    const service = (keys: string) => but(everything, '{name: Website, ', `{name: Website, ${keys}, `);
    expectFindings(
      service('duties: [Answer], runbook: https://example.org/, links: {Logs: https://example.org/}'),
    );
    expectFindings(
      service('runbook: ftp://example.org/'),
      `${SERVICES}:2:37 "ftp://example.org/" is not a web address`,
    );
  });
});

describe('how somebody is reached', () => {
  const nia = (reach: string) => but(everything, '{name: Nia Rhys,', `{name: Nia Rhys, reach: ${reach},`);

  test.each<[reach: string, ...starts: string[]]>([
    ['{slack: "@nia", phone: "+44 (0)20 7946-0123", email: nia@example.org}'],
    ['{}', `${PEOPLE}:20:37 this has too few entries`],
    ['{phone: 442079460123}', `${PEOPLE}:20:45 this is a number, and "phone" is text; put it in quotes`],
    ['{phone: "call me"}', `${PEOPLE}:20:45 "call me" is not a phone such as "+44 20 7946 0123"`],
    ['{fax: "1"}', `${PEOPLE}:20:38 "fax" is not a key of "reach"; its keys are slack, phone and email`],
    ['{email: nia}', `${PEOPLE}:20:45 "nia" is not an e-mail address`],
    ['{slack: "@a\\u202eb"}', `${PEOPLE}:20:45 `],
  ])('%s', (reach, ...starts) => expectFindings(nia(reach), ...starts));

  test('is published only as the policy says: chat, unless it says more', () => {
    const reach = (line: string) =>
      sound(but(everything, 'names: full', `names: full${line}`)).publishing.reach;
    expect(reach('')).toEqual(['slack']);
    expect(reach('\nreach: []')).toEqual([]);
    expect(sound(but(everything, 'names: full', 'names: initials')).publishing.reach).toEqual([]);
    expect(reach('\nreach: [phone, email]')).toEqual(['phone', 'email']);
    expectFindings(
      but(everything, 'names: full', 'names: full\nreach: [pigeon]'),
      'policies/publishing.yaml:3:9 "pigeon" is not one of slack, phone and email',
    );
  });
});

test('a figure that a team has instead is not said where the file as a whole is', () => {
  const text = but(
    everything,
    'consent: [both-people]',
    'consent: [both-people]\nsource: A playbook\nteams: {paas: {published_ahead: 2 months, short_cover: {longest: 1 day, source: Another}}}',
  );
  const { origins, teams } = sound(text).notice;
  const sources = (of: typeof origins | undefined) =>
    [of?.publishedAhead, of?.shortCover, of?.outOfHoursChange].map((it) => it?.source);
  expect(sources(origins)).toEqual(['A playbook', 'A playbook', 'A playbook']);
  expect(sources(teams.get('paas')?.origins)).toEqual([undefined, 'Another', 'A playbook']);
});
