/** People assigned to planned changes that give no cover, because they hold the role then anyway. */
import { describe, expect, test } from 'vitest';
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
const found = (head: string, now = '2026-11-21T12:00:00Z') => foundInPull('identity', BASE, head, now, {});

describe('an assignment is a change', () => {
  test('for another service, whose chain calls them first', () => {
    const services = (text: string) =>
      but(text, 'team: paas}}', 'team: paas}, api: {name: API, team: paas}}');
    const head = services(BASE).replace('service: website', 'service: api');
    const [one = ''] = foundInPull('identity', services(BASE), head, '2026-11-21T12:00:00Z', {});
    expect(one).toContain('key: ben');
    expect(one).toMatch(/before: \S+ – \S+, for website, after: \S+ – \S+, for api\}/);
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

test('what is the same, or over, is none', () => {
  expect(found(BASE)).toEqual([]);
  expect(found(planned('Asia/Tokyo', '20:00', 'ben'), '2026-12-05T12:00:00Z')).toEqual([]);
});
