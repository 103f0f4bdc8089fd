/** Who may speak for a person, or for what several teams use: nobody gains that without being given it. */
import { describe, expect, test } from 'vitest';
import { foundInPull } from '../found.ts';
import { aHandbook, but, NIGHTS_ROTA } from '../handbook.ts';

const NOW = '2026-11-21T12:00:00Z';

const base = aHandbook({
  people: {
    amara: 'name: Amara, github: amara-o',
    ben: 'name: Ben, github: ben-a',
    chi: 'name: Chi, github: chi-w',
    mallory: 'name: Mallory, github: mallory-m',
    nia: 'name: Nia, github: nia-r',
  },
  policies: {
    notice: 'rota_change: {minimum: 7 days}\nconsent: [both-people]',
    'holidays/bank':
      'name: Bank\ncomplete_from: 2025-01-01\ncomplete_until: 2030-12-31\nholidays: {2026-12-25: Christmas Day}',
    'support-hours/all': `name: All
timezone: Europe/London
holidays: bank
windows:
  day: [{days: working, from: "09:00", to: "17:00"}]
  night: {outside: [day]}`,
    'service-levels/all':
      'name: All\nhours: all\npriorities: {P1: {name: One, in_hours: {respond: 1 hour}}}\nclock: {day: in_hours, night: none}',
    'escalation/box': 'name: Box\napplies_in: [day, night]\nlevels: [{notify: [{contact: inbox}]}]',
    'escalation/mine': 'name: Mine\napplies_in: [day, night]\nlevels: [{notify: [{person: mallory}]}]',
    services: 'services:\n  desk: {name: Desk, team: paas, service_level: all, escalation: {day: box}}\n',
  },
  rotas: {
    'mal/team': 'name: Mal\nleads: [mallory]',
    'paas/team': 'name: PaaS\nleads: [nia]',
    'paas/nights': NIGHTS_ROTA.replaceAll('nia', 'ben'),
  },
}).replace('people:\n', 'contacts:\n  inbox: {name: Inbox, pagerduty: PINBOX1}\npeople:\n');

/** For each consent that is missing, the people any of whom may agree, where Mallory wrote the pull request. */
const missing = (head: string, own = base) =>
  foundInPull('consent', own, head, NOW, { author: 'mallory-m' })
    .map((line) => /anyOf: \[(.*)\]\}/.exec(line)?.[1] ?? line)
    .toSorted();

const rota = (rest: string) => `== rotas/mal/later.yaml
name: Later
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles:
  helper:
    rotation:
      - {first_turn: ${rest}
`;

describe('a rota that names somebody of another team', () => {
  const beyond = `${base}${rota('2029-01-03, people: [mallory, ben]}')}`;
  const archive = `${base}${rota(
    '2029-01-03, people: [mallory]}\noverrides:\n  - {role: helper, person: ben, from: 2025-03-01T10:00, to: 2025-03-01T12:00}',
  )}`;

  test.each([
    ['beyond the published span', beyond],
    ['in the past', archive],
  ])('%s is agreed to by them, and says so', (_, head) => {
    expect(missing(head)).toEqual(['ben']);
    expect(foundInPull('identity', base, head, NOW)).toContainEqual(
      expect.stringMatching(/changed \{kind: named, id: mal\/later, key: ben, after: from 20(29|25)-0/),
    );
  });

  test.each([beyond, archive])(
    'makes no lead of its team speak for them while they are on another’s',
    (own) => {
      expect(missing(but(own, 'github: ben-a', 'github: ben-b'), own)).toEqual(['ben, nia']);
    },
  );

  test('lets a lead of its team agree for somebody who has left', () => {
    const left = but(base, 'github: ben-a', 'github: ben-a, last_day: 2025-06-30');
    const own = `${left}${rota('2025-01-01, people: [ben]}\n      - {first_turn: 2025-02-05, people: []}')}`;
    expect(missing(own.replace('rotas/mal/later', 'rotas/paas/later'), own)).toEqual(['ben, nia']);
  });

  test('makes no lead of its team speak alone for somebody who has left another', () => {
    const left = 'name: Olu, github: olu-a, last_day: 2025-06-30, delivery_lead: dee';
    const olu = `  dee: {name: Dee, github: dee-k}\n  olu: {${left}}\n`;
    const archive = rota('2025-01-01, people: [olu]}\n      - {first_turn: 2025-02-05, people: []}');
    const place = 'overrides: [{role: helper, person: olu, from: 2026-12-01T10:00, to: 2026-12-01T12:00}]';
    const own = [
      but(base, '  mallory:', `${olu}  mallory:`),
      archive.replace('rotas/mal/later', 'rotas/paas/later'),
      `${rota('2026-12-02, people: [mallory]}')}${place}\n`,
    ].join('');
    expect(missing(but(own, 'github: olu-a', 'github: olu-b'), own)).toEqual(['olu, nia']);
    // Nor for their delivery lead.
    expect(missing(but(own, 'github: dee-k', 'github: dee-b'), own)).toEqual(['dee, nia']);
  });

  test('asks somebody who gets another id, too', () => {
    const olu = (id: string) => but(base, '  mallory:', `  ${id}: {name: Olu, github: olu-a}\n  mallory:`);
    const later = rota('2029-01-03, people: [mallory, olu-two]}');
    expect(missing(`${olu('olu-two')}${later}`, olu('olu'))).toEqual(['olu-two']);
  });

  test('asks nobody twice whose time changes, nor about a line that moves within it', () => {
    const now = `${base}${rota('2026-12-02, people: [mallory, ben]}')}`;
    expect(foundInPull('identity', base, now, NOW).filter((line) => line.includes('key: ben'))).toEqual([]);
    expect(foundInPull('identity', beyond, but(beyond, '2029-01-03', '2029-01-10'), NOW)).toEqual([]);
  });
});

test('what somebody who has left was known by can go to another with the word of a lead', () => {
  const olu = 'name: Olu, github: olu-a, pagerduty: POLU001, last_day: 2025-06-30';
  const own = but(base, '  mallory:', `  olu: {${olu}}\n  mallory:`);
  for (const [passage, other] of [
    ['name: Mallory', 'pagerduty: POLU001, name: Mallory'],
    ['name: Mallory', 'name: olu'],
  ] as const) {
    const head = but(own, `  olu: {${olu}}\n`, '');
    expect(missing(but(head, passage, other), own).filter((it) => !it.includes('olu'))).toEqual([]);
    expect(missing(but(head, passage, other), own).every((it) => it.includes('nia'))).toBe(true);
  }
});

test('a lead who has left is asked about nothing any more, and the leads of other teams are', () => {
  const own = but(base, 'name: Nia, github: nia-r', 'name: Nia, github: nia-r, last_day: 2026-05-31');
  expect(missing(but(own, 'leads: [nia]', 'leads: [ben]'), own)).toEqual([]);
  const head = but(own, 'leads: [nia]', 'leads: [ben]');
  expect(foundInPull('consent', own, head, NOW, { author: 'ben-a' })).toEqual([
    expect.stringContaining('anyOf: [mallory]'),
  ]);
  const last = but(base, 'name: Nia, github: nia-r', 'name: Nia, github: nia-r, last_day: 2026-11-20');
  expect(missing(but(last, 'leads: [nia]', 'leads: [ben]'), last)).toEqual(['nia']);
});

describe('what a service of another team uses from then on', () => {
  const mine = (escalation: string) =>
    but(
      base,
      'services:\n',
      `services:\n  mine: {name: Mine, team: mal, service_level: all, escalation: ${escalation}}\n`,
    );

  test('is agreed to by a lead of a team that uses the chain, or the list of holidays', () => {
    expect(missing(mine('{day: box}'))).toEqual(['nia', 'nia']);
    expect(missing(mine('{day: mine}'))).toEqual(['nia']);
    expect(foundInPull('identity', base, mine('{day: box}'), NOW)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('{kind: chain, id: box, key: used by, before: paas, after: mal, paas}'),
        expect.stringContaining('{kind: holidays, id: bank, key: used by, before: paas, after: mal, paas}'),
      ]),
    );
  });

  test('is nobody’s else who uses it already', () => {
    const own = mine('{day: mine}');
    expect(missing(but(own, 'escalation: {day: mine}', 'escalation: {day: mine, night: mine}'), own)).toEqual(
      [],
    );
  });
});
