/** Whom PagerDuty reaches off duty, and which of its services gets the policies of a service: who agrees to a change. */
import { describe, expect, test } from 'vitest';
import { restrict } from '../../actions/lib/timeline.ts';
import { foundInPull } from '../found.ts';
import { aHandbook, at, between, but, checked, compared } from '../handbook.ts';

const NOW = '2026-11-21T12:00:00Z';
const ROTA = `name: Days
timezone: Europe/London
hours: all
covers: [day]
handover: {day: monday, time: "10:00"}
roles:
  engineer:
    rotation: [{first_turn: 2026-11-02, people: [ben]}]
    pagerduty: {schedule: PDAYS01, off_duty: inbox}`;

const base = `${aHandbook({
  people: {
    ben: 'name: Ben, github: ben-a, pagerduty: PBEN001',
    mallory: 'name: Mallory, github: mallory-m, pagerduty: PMALL01',
    nia: 'name: Nia, github: nia-r',
    oz: 'name: Oz, github: oz-k',
  },
  policies: {
    notice: 'consent: []',
    'support-hours/all': `name: All
timezone: Europe/London
windows:
  day: [{days: every, from: "09:00", to: "17:00"}]`,
    'service-levels/all':
      'name: All\nhours: all\npriorities: {P1: {name: One, in_hours: {respond: 1 hour}}}\nclock: {day: in_hours}\nexample: true',
    'escalation/direct':
      'name: Direct\napplies_in: [day]\nlevels: [{notify: [person: ben]}]\npagerduty: {policy: PDIRECT}',
    services: `services:
  desk: {name: Desk, team: dxw, service_level: all, escalation: {day: direct}, pagerduty: {service: PDESK01}}
  lab: {name: Lab, team: paas, service_level: all, escalation: {day: direct}, pagerduty: {service: PLAB001}}`,
  },
  rotas: {
    'dxw/team': 'name: dxw\nleads: [oz]',
    'paas/team': 'name: PaaS\nleads: [nia]',
    'paas/days': ROTA,
  },
})}
== rotas/people/contacts.yaml
contacts:
  inbox: {name: Inbox, pagerduty: PINBOX1}
  desk: {name: The desk, pagerduty: PCHAT01}
  bens-phone: {name: The other telephone of Ben, pagerduty: PBEN001}
`;
const changed = (head: string) => foundInPull('identity', base, head, NOW);
const missing = (head: string, ...approvals: readonly string[]) =>
  foundInPull('consent', base, head, NOW, { author: 'mallory-m', approvals })
    .map((line) => /anyOf: \[(.*)\]\}/.exec(line)?.[1] ?? line)
    .toSorted();

test('nothing changes', () => {
  expect(checked(base)).toEqual([]);
  expect(changed(base)).toEqual([]);
});

describe('the schedule of a role that goes', () => {
  const idle = (schedule: string, rest = '') => `${base}== rotas/paas/idle.yaml
name: Idle
timezone: Europe/London
handover: {day: monday, time: "10:00"}
roles:
  spare:
    rotation: [{first_turn: 2026-11-02, people: []}]
${schedule}${rest}`;
  const HELD = '    pagerduty: {schedule: PIDLE01}\n';
  const OTHER = '  other: {rotation: [{first_turn: 2026-11-02, people: []}]}\n';

  test.each<[what: string, before: string, head: string]>([
    ['with its rota', idle(HELD), base],
    ['alone', idle(HELD, OTHER), idle('', OTHER).replace(/ {2}spare:\n.*\n/, '')],
    ['for another one, which does not get it', idle(HELD), idle('').replace('spare:', 'substitute:')],
  ])('%s is agreed to by a lead of its team, although nobody holds the role', (_, before, head) => {
    const asked = foundInPull('consent', before, head, NOW, { author: 'mallory-m' });
    expect(asked).toEqual([
      expect.stringMatching(/id: paas\/idle\/spare, keys: \[schedule\], anyOf: \[nia\]/),
    ]);
    const approved = { author: 'mallory-m', approvals: ['nia-r'] };
    expect(foundInPull('consent', before, head, NOW, approved)).toEqual([]);
  });

  test.each<[what: string, own: string, other: string]>([
    ['a role leaves it', '    pagerduty: {schedule: PDAYS01}\n', '    pagerduty: {schedule: PIDLE01}\n'],
    ['a role of it goes', '    pagerduty: {schedule: PDAYS01}\n', ''],
  ])('where %s, a lead of each team that shares it agrees', (_, own, other) => {
    const of = (text: string) => text.replace('rotas/paas/idle', 'rotas/dxw/idle');
    const head = other === '' ? base : of(idle(other));
    const asked = foundInPull('consent', of(idle(own)), head, NOW, { author: 'mallory-m' });
    expect(asked.map((line) => /anyOf: \[(.*)\]/.exec(line)?.[1]).toSorted()).toEqual(['nia', 'oz']);
  });

  test('is asked about once, where another role gets it', () => {
    const head = idle(HELD).replace('spare:', 'substitute:');
    expect(foundInPull('consent', idle(HELD), head, NOW, { author: 'mallory-m' })).toEqual([
      expect.stringMatching(/id: paas\/idle\/substitute, keys: \[schedule\], anyOf: \[nia\]/),
    ]);
  });

  test('concerns nobody where it has none', () => {
    expect(foundInPull('consent', idle(''), base, NOW, { author: 'mallory-m' })).toEqual([]);
  });
});

describe('off duty', () => {
  test.each<[what: string, passage: string, other: string, line: string, anyOf: readonly string[]]>([
    [
      'another contact',
      'off_duty: inbox',
      'off_duty: desk',
      'rotas/paas/days.yaml:9:46 warning changed {kind: schedule, id: paas/days/engineer, key: off_duty, before: inbox, after: desk}',
      ['nia'],
    ],
    [
      'nobody any more',
      'off_duty: inbox',
      'off_duty: nobody',
      'rotas/paas/days.yaml:9:46 warning changed {kind: schedule, id: paas/days/engineer, key: off_duty, before: inbox, after: nobody}',
      ['nia'],
    ],
    [
      'no opinion any more',
      ', off_duty: inbox',
      '',
      'rotas/paas/days.yaml:9:16 warning changed {kind: schedule, id: paas/days/engineer, key: off_duty, before: inbox}',
      ['nia'],
    ],
  ])('%s is agreed to by a lead of the team', (_, passage, other, line, anyOf) => {
    const head = but(base, passage, other);
    expect(changed(head)).toEqual([line]);
    expect(missing(head)).toEqual(anyOf);
    expect(missing(head, 'nia-r')).toEqual([]);
    expect(missing(head, 'oz-k')).toEqual(anyOf);
  });

  test('a contact with the account of a person needs their word, too', () => {
    const head = but(base, 'off_duty: inbox', 'off_duty: bens-phone');
    expect(missing(head)).toEqual(['ben', 'nia']);
    expect(missing(head, 'nia-r')).toEqual(['ben']);
    expect(missing(head, 'nia-r', 'ben-a')).toEqual([]);
  });

  test.each<[what: string, passage: string, other: string]>([
    ['the role covers less', 'covers: [day]', 'covers: [eve]'],
    [
      'the role covers less from a day on',
      'roles:\n',
      'amendments: [{first_day: 2026-12-07, covers: [eve]}]\nroles:\n',
    ],
  ])(
    'where %s, whoever has the account of that contact is reached in more time, and asked',
    (_, passage, other) => {
      const hours = but(
        base,
        'day: [{days: every, from: "09:00", to: "17:00"}]',
        'day: [{days: every, from: "09:00", to: "17:00"}]\n  eve: [{days: every, from: "20:00", to: "21:00"}]',
      );
      const own = but(hours, 'off_duty: inbox', 'off_duty: bens-phone');
      const head = but(own, passage, other);
      const lines = foundInPull('consent', own, head, NOW, { author: 'mallory-m', approvals: ['nia-r'] });
      expect(lines.map((line) => /anyOf: \[(.*)\]\}/.exec(line)?.[1])).toContain('ben');
      expect(foundInPull('consent', own, own, NOW, { author: 'mallory-m' })).toEqual([]);
    },
  );

  /** Ben is not on duty, and Mallory is, day and night, in two roles that fill one schedule. */
  const shared = but(
    but(but(base, 'people: [ben]', 'people: [mallory]'), 'off_duty: inbox', 'off_duty: bens-phone'),
    'windows:\n  day: [{days: every, from: "09:00", to: "17:00"}]',
    'windows:\n  day: [{days: every, from: "09:00", to: "17:00"}]\n  night: {outside: [day]}',
  )
    .replace('applies_in: [day]', 'applies_in: [day, night]')
    .replace('clock: {day: in_hours}', 'clock: {day: in_hours, night: none}')
    .replace(
      '== rotas/people/contacts.yaml',
      `== rotas/paas/nights.yaml\n${ROTA.replace('name: Days', 'name: Nights').replace('covers: [day]', 'covers: [night]').replace('people: [ben]', 'people: [mallory]').replace(', off_duty: inbox', '')}\n== rotas/people/contacts.yaml`,
    );
  const anyOf = (head: string) =>
    foundInPull('consent', shared, head, NOW, { author: 'mallory-m', approvals: ['nia-r', 'oz-k'] }).map(
      (line) => /anyOf: \[(.*)\]\}/.exec(line)?.[1],
    );

  test('a schedule that another role fills then is not off duty, until that role leaves it', () => {
    expect(checked(shared)).toEqual([]);
    expect(anyOf(shared)).toEqual([]);
    const nights = shared.slice(shared.indexOf('== rotas/paas/nights.yaml'));
    expect(anyOf(but(shared, nights, nights.replace('PDAYS01', 'PNIGHT1')))).toContain('ben');
    expect(anyOf(but(shared, nights, nights.replace('    pagerduty: {schedule: PDAYS01}\n', '')))).toContain(
      'ben',
    );
  });

  test('extra time that is cancelled, or hours that move between roles of one schedule, are nothing new', () => {
    const extra =
      'overrides: [{role: engineer, from: 2026-12-09T20:00, to: 2026-12-09T21:00, person: mallory, extra: true}]';
    const alone = but(base, 'off_duty: inbox', 'off_duty: bens-phone');
    const planned = but(alone, 'roles:\n', `${extra}\nroles:\n`);
    const asked = (head: string, own: string) =>
      foundInPull('consent', own, head, NOW, { author: 'mallory-m', approvals: ['nia-r'] });
    expect(asked(alone, planned).join()).not.toContain('[ben]');
    // They agreed to that time of the contact, too.
    const inboxed = but(planned, 'off_duty: bens-phone', 'off_duty: inbox');
    const reached = compared(inboxed, planned, NOW).against?.reached ?? [];
    const calls = reached.flatMap((it) => (it.callee.id === 'ben' ? it.calls : []));
    expect(
      restrict(calls, [{ ...between('2026-12-09T20:00Z', '2026-12-09T21:00Z'), value: true }]),
    ).toHaveLength(1);
    const uncalled = but(shared, 'notify: [person: ben]', 'notify: [person: mallory]');
    const moved = but(
      uncalled,
      '{days: every, from: "09:00", to: "17:00"}',
      '{days: every, from: "09:00", to: "16:00"}',
    );
    expect(asked(moved, uncalled).join()).not.toContain('[ben]');
  });

  test('a role on duty round the clock, which gets hours from a day on, reaches them in the rest of them', () => {
    const whole = but(
      but(base, 'hours: all\ncovers: [day]\n', ''),
      'off_duty: inbox',
      'off_duty: bens-phone',
    );
    const own = but(whole, 'people: [ben]', 'people: [mallory]');
    const head = but(
      own,
      'roles:\n',
      'amendments: [{first_day: 2026-12-07, hours: all, covers: [day]}]\nroles:\n',
    );
    const lines = foundInPull('consent', own, head, NOW, { author: 'mallory-m', approvals: ['nia-r'] });
    expect(lines.map((line) => /anyOf: \[(.*)\]\}/.exec(line)?.[1])).toContain('ben');
  });

  describe('whoever is reached through a contact from then on has notice of it, called by a chain or not', () => {
    const called = but(
      but(base, 'notify: [person: ben]', 'notify: [paas/days/engineer]'),
      '[ben]',
      '[mallory]',
    );
    const uncalled = but(but(base, 'notify: [person: ben]', 'notify: [person: nia]'), '[ben]', '[mallory]');
    test.each<[what: string, own: string, passage: string, other: string]>([
      ['a role that is called has another contact', called, 'off_duty: inbox', 'off_duty: bens-phone'],
      ['a role that no chain calls has', uncalled, 'off_duty: inbox', 'off_duty: bens-phone'],
      ['the contact has their account', called, 'pagerduty: PINBOX1', 'pagerduty: PBEN001'],
      ['they have the account of the contact', called, 'pagerduty: PBEN001}\n', 'pagerduty: PINBOX1}\n'],
    ])('%s', (_, own, passage, other) => {
      const head = own.replace(passage, other);
      const bens = (compared(own, head, NOW).against?.reached ?? []).filter(
        ({ callee }) => callee.id === 'ben',
      );
      expect(bens.flatMap(({ gained }) => gained.slice(0, 1)).map(({ startAt }) => startAt)).toEqual([
        at('2026-11-21T17:00:00Z'),
      ]);
    });
  });

  test('whom a chain comes to call through a schedule is asked about it, whatever other schedule reaches them anew', () => {
    const eves = ROTA.replace('name: Days', 'name: Eves').replace('PDAYS01, off_duty: inbox', 'PEVES01');
    const own = but(base, 'off_duty: inbox', 'off_duty: bens-phone')
      .replaceAll('people: [ben]', 'people: [mallory]')
      .concat(`== rotas/paas/eves.yaml\n${eves.replace('[ben]', '[mallory]')}\n`)
      .replace('notify: [person: ben]', 'notify: [person: nia]');
    const called = but(own, 'notify: [person: nia]', 'notify: [paas/days/engineer]');
    const both = but(called, '{schedule: PEVES01}', '{schedule: PEVES01, off_duty: bens-phone}');
    const reasons = (head: string) =>
      foundInPull('consent', own, head, NOW, { author: 'mallory-m', approvals: ['nia-r', 'oz-k'] }).filter(
        (line) => line.includes('anyOf: [ben]'),
      );
    expect(reasons(called)).toHaveLength(1);
    expect(reasons(both)).toEqual(expect.arrayContaining(reasons(called)));
    expect(reasons(both).length).toBeGreaterThan(1);
  });

  test('whoever is called as the holder of a role without cover is asked about that, whatever its schedule asks', () => {
    const own = but(base, '  engineer:\n', '  engineer:\n    counts: false\n').replace(
      'notify: [person: ben]',
      'notify: [person: nia]',
    );
    const called = but(own, 'notify: [person: nia]', 'notify: [paas/days/engineer]');
    const both = but(called, 'off_duty: inbox', 'off_duty: bens-phone');
    const reasons = (head: string) =>
      foundInPull('consent', own, head, NOW, { author: 'mallory-m', approvals: ['nia-r', 'oz-k'] }).filter(
        (line) => line.includes('anyOf: [ben]'),
      );
    expect(reasons(called)).toHaveLength(1);
    expect(reasons(both)).toEqual(expect.arrayContaining(reasons(called)));
  });

  test('whom a chain comes to call by the contact of a role, it asks', () => {
    const alone = shared.replace('{schedule: PDAYS01}', '{schedule: PNIGHT1}');
    const called = but(alone, 'notify: [person: ben]', 'notify: [paas/days/engineer]').replaceAll(
      'escalation: {day: direct}',
      'escalation: {day: direct, night: direct}',
    );
    const before = but(called, 'notify: [paas/days/engineer]', 'notify: [person: mallory]');
    const lines = foundInPull('consent', before, called, NOW, {
      author: 'mallory-m',
      approvals: ['nia-r', 'oz-k'],
    });
    expect(lines.map((line) => /anyOf: \[(.*)\]\}/.exec(line)?.[1])).toContain('ben');
  });
});

describe('a chain that calls a role whose schedule reaches nobody off duty', () => {
  /** Ben is reached off duty by the schedule of the nights, which no chain calls. */
  const days = ROTA.replace('people: [ben]', 'people: [mallory]').replace(', off_duty: inbox', '');
  const nights = days.replace('name: Days', 'name: Nights').replace('covers: [day]', 'covers: [never]');
  const own = but(
    but(base, ROTA.trimEnd(), days.trimEnd()),
    '  day: [{days: every, from: "09:00", to: "17:00"}]',
    '  day: [{days: every, from: "09:00", to: "17:00"}]\n  never: [{days: [sunday], from: "03:00", to: "03:01"}]\n  night: {outside: [day, never]}',
  )
    .replace('applies_in: [day]', 'applies_in: [day, night]')
    .replace('clock: {day: in_hours}', 'clock: {day: in_hours, night: none}')
    .replaceAll('escalation: {day: direct}', 'escalation: {day: direct, night: direct}')
    .replace('notify: [person: ben]', 'notify: [paas/days/engineer]')
    .concat(
      `== rotas/paas/nights.yaml\n${nights.replace('{schedule: PDAYS01}', '{schedule: PNIGHT1, off_duty: bens-phone}')}\n`,
    );
  const asked = (head: string) =>
    foundInPull('consent', own, head, NOW, { author: 'mallory-m', approvals: ['nia-r', 'oz-k'] }).join();

  test.each<[what: string, was: string, is: string]>([
    ['gets the schedule of one that reaches somebody', '{schedule: PDAYS01}', '{schedule: PNIGHT1}'],
    ['is joined by such a role', '{schedule: PNIGHT1, off', '{schedule: PDAYS01, off'],
  ])('asks them, when it %s', (_, was, is) => {
    expect(asked(own)).not.toContain('[ben]');
    expect(asked(but(own, was, is))).toContain('[ben]');
  });
});

describe('the PagerDuty service of a service', () => {
  const key = 'key: PagerDuty service';
  test('another id is agreed to by a lead of the team', () => {
    const head = but(base, '{service: PDESK01}', '{service: PDESK02}');
    expect(changed(head)).toEqual([
      `policies/services.yaml:2:101 warning changed {kind: service, id: desk, ${key}, before: PDESK01, after: PDESK02}`,
    ]);
    expect(missing(head)).toEqual(['oz']);
    expect(missing(head, 'oz-k')).toEqual([]);
  });

  test('one that is taken from another team is agreed to by a lead of each', () => {
    const head = but(
      but(base, '{service: PLAB001}', '{service: PLAB002}'),
      '{service: PDESK01}',
      '{service: PLAB001}',
    );
    expect(missing(head)).toEqual(['nia', 'nia', 'oz']);
    expect(missing(head, 'nia-r', 'oz-k')).toEqual([]);
  });

  test('a new service that takes one over is agreed to, also where it calls nobody new', () => {
    const added = (pagerduty: string) =>
      but(
        base,
        'services:\n',
        `services:\n  evil: {name: Evil, team: dxw, service_level: all, escalation: {}${pagerduty}}\n`,
      );
    expect(missing(added(''))).toEqual([]);
    expect(missing(added(', pagerduty: {service: PEVIL01}'))).toEqual(['oz']);
  });
});
