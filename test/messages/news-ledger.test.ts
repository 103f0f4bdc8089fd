// The record of what was told: it reads back what it wrote, and nothing that is written otherwise.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { News } from '../../actions/lib/messages/news.ts';
import { newsComments, withLedger } from '../../actions/lib/messages/news-comment.ts';
import {
  DELIVERY_STATES,
  type Delivery,
  ledgerLines,
  type NewsLedger,
  readLedger,
} from '../../actions/lib/messages/news-ledger.ts';
import { receiverId } from '../../actions/lib/messages/news-receivers.ts';
import { quietUntil } from '../../actions/lib/messages/quiet-hours.ts';
import { HOUR, timeOf } from '../../actions/lib/time/date.ts';
import { zoneOf } from '../../actions/lib/time/zone.ts';
import { at, loaded } from '../handbook.ts';

const hex = (length: number) =>
  fc
    .array(fc.constantFrom(...'0123456789abcdef'), { minLength: length, maxLength: length })
    .map((it) => it.join(''));
const delivery = fc.record({
  id: hex(16),
  way: fc.constantFrom('slack' as const, 'email' as const),
  state: fc.constantFrom(...DELIVERY_STATES),
});
const ledgers: fc.Arbitrary<NewsLedger> = fc.record({
  ...{
    handbook: fc.constantFrom('', 'c'.repeat(16)),
    from: hex(40),
    to: hex(40),
    part: fc.integer({ min: 1, max: 3 }),
    parts: fc.constant(3),
    at: fc.integer({ min: 1, max: 60_000 }).map((it) => at('2026-09-03T12:00:00Z') + it * 1000),
  },
  deliveries: fc.uniqueArray(delivery, { selector: ({ id, way }) => `${way} ${id}` }),
});
const nameOf = (id: string) => `somebody-${Number.parseInt(id, 16) % 10_000}`;
const keysOf = (deliveries: readonly Delivery[]) => deliveries.map((it) => JSON.stringify(it)).toSorted();

test('a record is read as it was written, also after its comment was brought up to date', () => {
  fc.assert(
    fc.property(ledgers, ledgers, (first, second) => {
      const body = withLedger(withLedger('### Text\n\n- more', first, nameOf), second, nameOf);
      const read = readLedger(body);
      expect(read).toEqual({ ...second, deliveries: expect.any(Array) });
      expect(keysOf(read?.deliveries ?? [])).toEqual(keysOf(second.deliveries));
      expect(body.match(/### Text\n\n- more/g)).toHaveLength(1);
      expect(withLedger(body, second, nameOf)).toBe(body);
    }),
    { numRuns: 30 },
  );
});

test('nothing else is a record', () => {
  const lines = ledgerLines({
    handbook: '',
    from: 'a'.repeat(40),
    to: 'b'.repeat(40),
    at: at('2026-09-03T12:00:00Z'),
    ...{ part: 1, parts: 1, deliveries: [] },
  });
  expect(readLedger(lines)).toBeDefined();
  for (const [old, text] of [
    ['a'.repeat(40), 'HEAD'],
    ['2026-09-03T12:00:00Z', '2026-09-33T12:00:00Z'],
    ['{}', '{"slack":{"waiting":["0123456789abcdef"]}}'],
    ['{}', '{"slack":{"waiting":"x"}}'],
    ['{}', '[]]'],
    ['<!-- rota', '> <!-- rota'],
  ] as const)
    expect(readLedger(lines.replace(old, text)), text).toBeUndefined();
});

test('comments about a thousand people are no longer than GitHub takes, and mention and record everybody once', () => {
  const ids = Array.from({ length: 1000 }, (_, i) => `somebody-${i}`);
  const people = ids
    .map((id) => `  ${id}: {name: ${id.replace('-', ' ')}, github: login-of-${id}}\n`)
    .join('');
  const { handbook } = loaded(`== rotas/people.yaml\npeople:\n${people}`);
  const news = ids.map(
    (to): News => ({
      ...{ id: '0'.repeat(16), to, kind: 'affected', subject: '', text: '', receiver: receiverId(to, false) },
      sections: [{ title: 'You gain', items: Array.from({ length: 20 }, () => 'x'.repeat(200)) }],
      ...{ closing: undefined, startAt: 0, zone: zoneOf('UTC'), about: [] },
    }),
  );
  const deliveries = [...news, ...news].map(
    ({ receiver: id }, i): Delivery => ({ id, way: i < 1000 ? 'slack' : 'email', state: 'unsure' }),
  );
  const range = { handbook: '', from: 'a'.repeat(40), to: 'b'.repeat(40), at: at('2026-09-03T12:00:00Z') };
  const ledger = { ...range, part: 1, parts: 1, deliveries };
  const comments = newsComments({ news, handbook, head: handbook, ledger, isDirect: false }, nameOf);
  expect(comments).toHaveLength(2);
  expect(Math.max(...comments.map(({ body }) => body.length))).toBeLessThan(65_536);
  const mentioned = comments.flatMap(({ body }) => body.match(/@login-of-somebody-\d+/g) ?? []);
  expect(mentioned.toSorted()).toEqual(ids.map((id) => `@login-of-${id}`).toSorted());
  const recorded = comments.flatMap(({ body }) => readLedger(body)?.deliveries ?? []);
  expect(keysOf(recorded)).toEqual(keysOf(deliveries));
  expect(comments.map(({ body }) => readLedger(body)?.part)).toEqual([1, 2]);
});

test.each([
  ['20:00', '08:00', '2026-09-03T18:59:00Z', undefined],
  ['20:00', '08:00', '2026-09-03T19:00:00Z', '2026-09-04T07:00:00Z'],
  ['20:00', '08:00', '2026-09-04T06:59:00Z', '2026-09-04T07:00:00Z'],
  ['20:00', '08:00', '2026-09-04T07:00:00Z', undefined],
  ['12:00', '13:00', '2026-09-03T11:30:00Z', '2026-09-03T12:00:00Z'],
  // The night on which clocks are put back is an hour longer.
  ['20:00', '08:00', '2026-10-24T20:00:00Z', '2026-10-25T08:00:00Z'],
])('quiet from %s to %s in London: at %s until %s', (from, to, now, until) => {
  const quietHours = { from: timeOf(from), to: timeOf(to) };
  const untilAt = quietUntil({ quietHours }, zoneOf('Europe/London'), at(now));
  expect(untilAt).toBe(until === undefined ? undefined : at(until));
  expect(quietUntil({ quietHours: undefined }, zoneOf('Europe/London'), at(now) + HOUR)).toBeUndefined();
});
