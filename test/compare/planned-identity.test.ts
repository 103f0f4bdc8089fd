/** People assigned to planned changes that give no cover, because they hold the role then anyway. */
import { describe, expect, test } from 'vitest';
import type { Pull } from '../../actions/lib/compare/against.ts';
import { foundInPull } from '../found.ts';
import { aHandbook, but, NIGHTS_ROTA } from '../handbook.ts';

const planned = (zone: string, from: string, person: string) =>
  aHandbook({
    people: { amara: 'name: Amara, github: amara-o', ben: 'name: Ben', chi: 'name: Chi' },
    policies: { services: 'services: {website: {name: Website, team: paas}}' },
    rotas: {
      'paas/team': 'name: PaaS',
      'paas/nights': NIGHTS_ROTA,
      'paas/planned-changes': `changes:
  move:
    service: website
    summary: Move
    timezone: ${zone}
    from: 2026-12-03T${from}
    to: 2026-12-03T23:00
    requested_at: 2026-11-01T09:00:00Z
    assigned: [{role: paas/nights/engineer, person: ${person}}]`,
    },
  });

const BASE = planned('Europe/London', '20:00', 'ben');
const found = (head: string, now = '2026-11-21T12:00:00Z', base = BASE) =>
  foundInPull('identity', base, head, now, {}).filter((line) => !line.includes('key: first call'));

describe('an assignment is a change', () => {
  test('for another service, whose chain calls them first', () => {
    const services = (text: string) =>
      but(text, 'team: paas}}', 'team: paas}, api: {name: API, team: paas}}');
    const head = services(BASE).replace('service: website', 'service: api');
    const [one = ''] = foundInPull('identity', services(BASE), head, '2026-11-21T12:00:00Z', {});
    expect(one).toContain('key: ben');
    expect(one).toMatch(/before: \S+ – \S+, for website, after: \S+ – \S+, for api\}/);
  });

  test.each<[what: string, edit: (text: string) => string]>([
    ['for another service', (text) => text.replace('service: website', 'service: api')],
    [
      'from hours before in which they are on duty anyway',
      (text) => but(text, 'from: 2026-12-03T20:00', 'from: 2026-12-03T09:00'),
    ],
  ])('%s, whatever cover they agree to beside it', (_, edit) => {
    const own = but(
      but(BASE, 'team: paas}}', 'team: paas}, api: {name: API, team: paas}}'),
      'handover:',
      'hours: office\nhandover:',
    ).concat(
      '== policies/support-hours/office.yaml\nname: Office\ntimezone: Europe/London\nwindows:\n  day: [{days: every, from: "09:00", to: "17:00"}]\n',
    );
    const head = but(edit(own), 'to: 2026-12-03T23:00', 'to: 2026-12-03T23:01');
    const asked = foundInPull('identity', own, head, '2026-11-21T12:00:00Z', {}).filter((it) =>
      it.includes('key: ben'),
    );
    expect(asked).toHaveLength(1);
  });

  test.each([
    ['at another time', planned('Europe/London', '21:00', 'ben')],
    ['in another zone, although its local time is the same', planned('Asia/Tokyo', '20:00', 'ben')],
  ])('%s', (_, head) => {
    expect(found(head)).toHaveLength(1);
    expect(found(head)[0]).toContain('kind: planned-change, id: paas/move, key: ben');
  });

  test('with the same words a year before', () => {
    const head = planned('Asia/Tokyo', '20:00', 'ben');
    expect(found(head, '2025-11-21T12:00:00Z')).toEqual(found(head));
  });
});

test('in another role within the hours of duty, which the assigned person agrees to', () => {
  const two = (text: string) =>
    `${text}`.replace(
      '  engineer:\n',
      '  lead:\n    counts: false\n    rotation: [{first_turn: 2026-09-02, people: [ben]}]\n  engineer:\n',
    );
  const own = two(BASE);
  const head = but(own, 'role: paas/nights/engineer', 'role: paas/nights/lead');
  const [one = '', ...more] = found(head, '2026-11-21T12:00:00Z', own);
  expect(more).toEqual([]);
  expect(one).toMatch(/key: ben, before: .*, as paas\/nights\/engineer, after: .*, as paas\/nights\/lead\}/);
});

describe('who is called first for a service is agreed to by a lead of its team', () => {
  const led = BASE.replace('name: PaaS', 'name: PaaS\nleads: [amara]').replace(
    'name: Ben',
    'name: Ben, github: ben-a',
  );
  const none = led.replace(/== rotas\/paas\/planned-changes[\s\S]*/, '');
  const asked = (base: string, head: string, pull: Partial<Pull> = {}, now = '2026-11-21T12:00:00Z') =>
    foundInPull('consent', base, head, now, { author: 'ben-a', ...pull }).filter((line) =>
      line.includes('keys: [first call]'),
    );
  const more = (text: string) =>
    but(text, 'person: ben}]', 'person: ben}, {role: paas/nights/engineer, person: chi}]');
  const twice = (text: string) =>
    but(text, 'person: ben}]', 'person: ben}, {role: paas/nights/lead, person: ben}]');
  const services = (text: string) => but(text, 'team: paas}}', 'team: paas}, api: {name: API, team: paas}}');
  const other = services(led).replace('service: website', 'service: api');

  test.each<[what: string, base: string, head: string, isAsked: boolean]>([
    ['a new change', none, led, true],
    ['a longer one', led, but(led, 'T23:00', 'T23:30'), true],
    ['an earlier one', led, but(led, 'T20:00', 'T19:30'), true],
    ['one of another service', services(led), other, true],
    ['one in another role', led, but(led, 'nights/engineer, p', 'nights/lead, p'), true],
    ['one with more people', led, more(led), true],
    ['one with more people, in as many roles', twice(led), more(led), true],
    ['a shorter one', led, but(led, 'T23:00', 'T22:30'), false],
    ['one that is removed', led, none, false],
    ['one with fewer people', more(led), led, false],
  ])('%s', (_, base, head, isAsked) => {
    expect(asked(base, head)).toHaveLength(isAsked ? 1 : 0);
    expect(asked(base, head, { approvals: ['amara-o'] })).toEqual([]);
  });

  test('also once it is over, if it was not when its pull request was opened and pushed', () => {
    const [before, after] = ['2026-11-21T12:00:00Z', '2026-12-05T12:00:00Z'].map((it) => Date.parse(it)) as [
      number,
      number,
    ];
    const whenPushed = (pushedAt: number) =>
      asked(none, led, { openedAt: before, pushedAt }, '2026-12-06T12:00:00Z');
    expect([whenPushed(before).length, whenPushed(after).length]).toEqual([1, 0]);
  });

  test('and by none where our own pull request carries out a request, to which one has agreed', () => {
    expect(asked(none, led, { authorDoubt: 'ours', isRequested: true })).toEqual([]);
    expect(asked(none, led, { authorDoubt: 'ours' })).toHaveLength(1);
  });
});

describe('who holds a role of another team by a planned change is agreed to by a lead of that team', () => {
  const WEB = '== rotas/web/team.yaml\nname: Web\nleads: [chi]\n';
  const both = BASE.replace('name: PaaS', 'name: PaaS\nleads: [amara]')
    .replace('name: Chi', 'name: Chi, github: chi-c')
    .replace('team: paas}}', 'team: web}}')
    .replace('rotas/paas/planned-changes', 'rotas/web/planned-changes')
    .concat(WEB);
  const none = both.replace(/== rotas\/web\/planned-changes[\s\S]*?(?===)/, '');
  const asked = (base: string, head: string, approvals: readonly string[]) =>
    foundInPull('consent', base, head, '2026-11-21T12:00:00Z', { author: 'nobody', approvals }).filter(
      (line) => line.includes('keys: ['),
    );
  const OTHER = 'keys: [paas/nights/engineer]';

  test.each<[what: string, base: string, head: string, isAsked: boolean]>([
    ['a new change', none, both, true],
    ['a longer one', both, but(both, 'T23:00', 'T23:30'), true],
    ['one that had a role of its own team', but(both, 'paas/nights/e', 'web/nights/e'), both, true],
    ['a shorter one', both, but(both, 'T23:00', 'T22:30'), false],
    ['one that is removed', both, none, false],
  ])('%s', (_, base, head, isAsked) => {
    const lines = asked(base, head, ['chi-c']);
    expect(lines.filter((it) => it.includes(OTHER))).toHaveLength(isAsked ? 1 : 0);
    expect(asked(base, head, ['chi-c', 'amara-o']).filter((it) => !it.includes('[ben]'))).toEqual([]);
  });

  test('also where our own pull request carries out a request, to which only a lead of the service has agreed', () => {
    const ours = { authorDoubt: 'ours', isRequested: true } as const;
    const lines = foundInPull('consent', none, both, '2026-11-21T12:00:00Z', ours);
    expect(lines.filter((it) => it.includes(OTHER))).toHaveLength(1);
  });
});

test('what is the same, or over, is none', () => {
  expect(found(BASE)).toEqual([]);
  expect(found(planned('Asia/Tokyo', '20:00', 'ben'), '2026-12-05T12:00:00Z')).toEqual([]);
});
