// The record of what was told: it reads back what it wrote, and nothing that is written otherwise.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { News } from '../../actions/lib/messages/news.ts';
import { newsComment, withLedger } from '../../actions/lib/messages/news-comment.ts';
import {
  DELIVERY_STATES,
  type Delivery,
  ledgerLines,
  type NewsLedger,
  readLedger,
} from '../../actions/lib/messages/news-ledger.ts';
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
    from: hex(40),
    to: hex(40),
    at: fc.integer({ min: 1, max: 60_000 }).map((it) => at('2026-09-03T12:00:00Z') + it * 1000),
  },
  deliveries: fc.uniqueArray(delivery, { selector: ({ id, way }) => `${way} ${id}` }),
});
const keysOf = (deliveries: readonly Delivery[]) => deliveries.map((it) => JSON.stringify(it)).toSorted();

test('a record is read as it was written, also after its comment was brought up to date', () => {
  fc.assert(
    fc.property(ledgers, ledgers, (first, second) => {
      const body = withLedger(withLedger('### Text\n\n- more', first, []), second, []);
      const read = readLedger(body);
      expect(read).toEqual({ ...second, deliveries: expect.any(Array) });
      expect(keysOf(read?.deliveries ?? [])).toEqual(keysOf(second.deliveries));
      expect(body.match(/### Text\n\n- more/g)).toHaveLength(1);
      expect(withLedger(body, second, [])).toBe(body);
    }),
    { numRuns: 30 },
  );
});

test('nothing else is a record', () => {
  const lines = ledgerLines({
    from: 'a'.repeat(40),
    to: 'b'.repeat(40),
    at: at('2026-09-03T12:00:00Z'),
    deliveries: [],
  });
  expect(readLedger(lines)).toBeDefined();
  for (const [old, text] of [
    ['a'.repeat(40), 'HEAD'],
    ['2026-09-03T12:00:00Z', '2026-09-33T12:00:00Z'],
    ['{}', '{"slack":{"waiting":"0123456789abcdef"}}'],
    ['{}', '{"slack":{"waiting":["x"]}}'],
    ['{}', '[]]'],
    ['<!-- rota', '> <!-- rota'],
  ] as const)
    expect(readLedger(lines.replace(old, text)), text).toBeUndefined();
});

test('a comment about a thousand people is no longer than GitHub takes, and leaves nobody out in silence', () => {
  const { handbook } = loaded('== rotas/people.yaml\npeople: {}\n');
  const news = Array.from(
    { length: 1000 },
    (_, i): News => ({
      ...{
        id: i.toString(16).padStart(16, '0'),
        to: `somebody-${i}`,
        kind: 'affected',
        subject: '',
        text: '',
      },
      sections: [{ title: 'You gain', items: Array.from({ length: 20 }, () => 'x'.repeat(200)) }],
      ...{ closing: undefined, startAt: 0, zone: zoneOf('UTC'), about: [], changes: [] },
    }),
  );
  const deliveries = [...news, ...news.slice(0, 200)].map(
    ({ id }, i): Delivery => ({ id, way: i < 1000 ? 'slack' : 'email', state: 'unsure' }),
  );
  const ledger = { from: 'a'.repeat(40), to: 'b'.repeat(40), at: 0, deliveries };
  const body = newsComment({ news, handbook, head: handbook, ledger, isDirect: false });
  expect(body.length).toBeLessThan(65_536);
  expect(body).toMatch(/\nAlso: \*\*somebody&#45;\d+|\nAlso: \*\*somebody-\d+/);
  expect(body).toMatch(/ and \d+ more\n/);
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
