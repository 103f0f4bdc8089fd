/** Who may hold a role, and when at most: never less than its cover has. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eachPossibleHolder } from '../../actions/lib/resolve/cover.ts';
import { resolve } from '../../actions/lib/resolve/resolve.ts';
import { dateText, dayOf } from '../../actions/lib/time/date.ts';
import { type Instant, layered } from '../../actions/lib/timeline.ts';
import { between, folk, loaded, NIGHTS_ROTA } from '../handbook.ts';
import { runs } from '../sampled.ts';

const SPAN = between('2026-09-16T00:00Z', '2026-10-21T00:00Z');
const FIRST = dayOf('2026-08-26') as number;
const day = (after: number) => dateText(FIRST + after);

const person = fc.constantFrom('amara', 'ben', 'chi', 'dee');
const overrides = fc.array(
  fc.oneof(
    fc.record({ week: fc.nat(10), person }).map((it) => `turn: ${day(7 * it.week)}, person: ${it.person}`),
    fc
      .record({ on: fc.nat(80), length: fc.integer({ min: 1, max: 9 }), person, extra: fc.boolean() })
      .map(
        ({ on, length, person, extra }) =>
          `from: ${day(on)}T12:00, to: ${day(on + length)}T08:00, person: ${person}${extra ? ', extra: true' : ''}`,
      ),
  ),
  { minLength: 1, maxLength: 6 },
);

const HOURS = `== policies/support-hours/day.yaml
name: Day
timezone: Europe/London
windows:
  day: [{days: every, from: "09:00", to: "17:00"}]
`;

test('a cover has nobody who may not hold the role, at any time', () => {
  fc.assert(
    fc.property(overrides, fc.boolean(), (all, hasHours) => {
      const rota = hasHours ? NIGHTS_ROTA.replace('handover:', 'hours: day\nhandover:') : NIGHTS_ROTA;
      const lines = all.map((it) => `  - {role: engineer, ${it}, reason: x}\n`).join('');
      const people = folk('amara', 'ben', 'chi', 'dee');
      const text = `${people}${HOURS}== rotas/paas/nights.yaml\n${rota}overrides:\n${lines}`;
      const cover = resolve(loaded(text).handbook, SPAN).roles.get('paas/nights/engineer');
      if (cover === undefined) throw new Error('the role is not resolved');
      const possible = new Map<string, { startAt: Instant; endAt: Instant; value: true }[]>();
      eachPossibleHolder(cover, (id, startAt, endAt) =>
        possible.set(id, [...(possible.get(id) ?? []), { startAt, endAt, value: true }]),
      );
      for (const { startAt, endAt, value } of cover.cover()) {
        const own = layered(possible.get(value.person) ?? []);
        expect(own.some((it) => it.startAt <= startAt && endAt <= it.endAt)).toBe(true);
      }
      expect(cover.cover().length).toBeGreaterThan(0);
    }),
    { numRuns: runs(300) },
  );
});
