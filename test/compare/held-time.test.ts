/** For any two handbooks: time that somebody held within the windows keeps the notice of a rota, whatever takes its place. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Pull } from '../../actions/lib/compare/against.ts';
import { compare } from '../../actions/lib/compare/compare.ts';
import { verdictOf } from '../../actions/lib/compare/verdict.ts';
import type { Assignment, Handbook } from '../../actions/lib/model.ts';
import { publishedSpan, resolve } from '../../actions/lib/resolve/resolve.ts';
import { DAY, HOUR } from '../../actions/lib/time/date.ts';
import { combine, type Span, type Timeline } from '../../actions/lib/timeline.ts';
import { at, loaded, local } from '../handbook.ts';

const NOW = at('2026-12-01T12:00:00Z');

const FIXED = `== rotas/people.yaml
people: {mallory: {name: Mallory}, amara: {name: Amara}, ben: {name: Ben}}
== policies/publishing.yaml
back: 1 week
ahead: 4 weeks
== policies/notice.yaml
rota_change: {minimum: 7 days}
short_cover: {longest: 1 day}
out_of_hours_change: {minimum: 48 hours}
== policies/support-hours/paas.yaml
name: PaaS
timezone: Europe/London
windows:
  day: [{days: every, from: "09:00", to: "18:00"}]
  night: [{days: every, from: "18:00", to: "09:00"}]
  never: [{days: [sunday], from: "03:00", to: "03:01"}]
`;

const two = (value: number): string => String(value).padStart(2, '0');
const person = fc.constantFrom('mallory', 'amara', 'ben');
const windows = fc.constantFrom('[day]', '[night]', '[day, night]', '[never]');
const span = fc
  .tuple(fc.integer({ min: 1, max: 14 }), fc.integer({ min: 0, max: 7 }), fc.constantFrom(0, 9, 18))
  .map(([day, days, hour]) => ({
    from: `2026-12-${two(day)}T${two(hour)}:00`,
    to: `2026-12-${two(day + days)}T${two(hour + 5)}:00`,
  }));
const override = fc.oneof(
  fc
    .tuple(person, fc.constantFrom('2026-11-25', '2026-12-02', '2026-12-09'))
    .map(([who, turn]) => `{role: ROLE, turn: ${turn}, person: ${who}}`),
  fc
    .tuple(person, span, fc.constantFrom('', ', extra: true'))
    .map(([who, { from, to }, extra]) => `{role: ROLE, person: ${who}, from: ${from}, to: ${to}${extra}}`),
);
const planned = fc.tuple(person, span, fc.constantFrom('2026-10-01T00:00:00Z', '2026-11-30T00:00:00Z'));
const roles = fc.constantFrom(
  'engineer: {COUNTS rotation: [{first_turn: 2026-09-02, people: PEOPLE}]}',
  'primary: {COUNTS rotation: [{first_turn: 2026-09-02, people: PEOPLE}]}',
  'engineer: {COUNTS rotation: [{first_turn: 2026-09-02, people: []}]}',
  'engineer: {COUNTS follows: {role: other, by: 1}}, other: {rotation: [{first_turn: 2026-09-02, people: PEOPLE}]}',
  'engineer: {COUNTS rotation: [{first_turn: 2026-09-02, people: PEOPLE}, {first_turn: 2026-12-02, people: [amara]}]}',
);

const handbook = fc
  .record({
    name: fc.constantFrom('on-call', 'on-call', 'on-call', 'other'),
    covers: windows,
    role: roles,
    people: fc.constantFrom('[mallory, amara, ben]', '[mallory]', '[amara, mallory]'),
    counts: fc.constantFrom('', '', '', 'counts: false,'),
    amendment: fc.option(fc.tuple(fc.integer({ min: 1, max: 9 }), windows)),
    overrides: fc.array(override, { maxLength: 3 }),
    planned: fc.array(planned, { maxLength: 2 }),
  })
  .map(({ name, covers, role, people, counts, amendment, overrides, planned: changes }) => {
    const id = role.slice(0, role.indexOf(':'));
    return [
      `${FIXED}== rotas/paas/${name}.yaml\nname: On call\ntimezone: Europe/London\nhours: paas\ncovers: ${covers}`,
      'handover: {day: wednesday, time: "10:00"}',
      `roles: {${role.replaceAll('PEOPLE', people).replace('COUNTS', counts)}}`,
      ...(overrides.length === 0 ? [] : [`overrides: [${overrides.join(', ').replaceAll('ROLE', id)}]`]),
      ...(amendment === null
        ? []
        : [`amendments: [{first_day: 2026-12-${two(amendment[0])}, covers: ${amendment[1]}}]`]),
      ...(changes.length === 0 ? [] : ['== rotas/paas/planned-changes.yaml', 'changes:']),
      ...changes.map(
        ([who, { from, to }, requestedAt], i) =>
          `  move-${i}: {service: website, summary: Move, timezone: Europe/London, from: ${from}, to: ${to}, ` +
          `requested_at: ${requestedAt}, assigned: [{role: paas/${name}/${id}, person: ${who}}]}`,
      ),
      '',
    ].join('\n');
  });

function read(text: string): Handbook {
  const { handbook: own, findings } = loaded(text);
  fc.pre(findings.every(({ rule }) => rule === 'known-names'));
  expect(own.unread).toEqual([]);
  return own;
}

/** Who holds each role within the windows, where it counts. */
function heldIn(of: Handbook, base: Handbook): ReadonlyMap<string, Timeline<Assignment>> {
  const { roles: covers } = resolve(of, publishedSpan(base, NOW));
  return new Map(
    [...covers].map(([seat, cover]) => [
      seat,
      cover.role.counts ? cover.cover().filter(({ value }) => value.by !== 'extra') : [],
    ]),
  );
}

/** The time from now on that each person held in a role, within the windows, and does not hold so any more. */
function lostIn(
  base: Handbook,
  head: Handbook,
): readonly { seat: string; who: string; lost: Timeline<string> }[] {
  const [was, is] = [heldIn(base, base), heldIn(head, base)];
  return [...was].flatMap(([seat, held]) =>
    ['mallory', 'amara', 'ben'].map((who) => {
      const own = (all: Timeline<Assignment> = []) => all.filter(({ value }) => value.person === who);
      const lost = combine<Assignment, Assignment, string>(own(held), own(is.get(seat)), (before, after) =>
        before !== undefined && after === undefined ? 'lost' : undefined,
      );
      const ahead = lost
        .map((it): Span<string> => ({ ...it, startAt: Math.max(it.startAt, NOW) }))
        .filter(({ startAt, endAt }) => startAt < endAt);
      return { seat, who, lost: ahead };
    }),
  );
}

/** Whether a piece is part of no more than a day, in sum, that somebody loses without a day's pause. */
function isBrief(lost: Timeline<string>, i: number): boolean {
  let [first, last] = [i, i];
  const gap = (j: number) => (lost[j + 1]?.startAt ?? Number.POSITIVE_INFINITY) - (lost[j]?.endAt ?? 0);
  while (first > 0 && gap(first - 1) <= DAY) first--;
  while (last < lost.length - 1 && gap(last) <= DAY) last++;
  const parts = lost.slice(first, last + 1);
  return parts.reduce((sum, { startAt, endAt }) => sum + endAt - startAt, 0) <= DAY;
}

const pulls: fc.Arbitrary<Pull | undefined> = fc.constantFrom(undefined, {
  author: 'mallory',
  labels: [],
  approvals: [],
  pushedAt: at('2026-10-01T00:00:00Z'),
});

describe('for any two handbooks,', () => {
  test('whatever takes away time that somebody held, with less notice than a rota has, is late or a short cover', () => {
    let taken = 0;
    fc.assert(
      fc.property(handbook, handbook, pulls, (one, other, pull) => {
        const [base, head] = [read(one), read(other)];
        const against = compare(base, head, NOW, [], pull);
        for (const { seat, who, lost } of lostIn(base, head))
          for (const [i, piece] of lost.entries()) {
            const late = { ...piece, endAt: Math.min(piece.endAt, NOW + 7 * DAY - HOUR) };
            if (late.startAt >= late.endAt) continue;
            taken += 1;
            for (let instant = late.startAt; instant < late.endAt; instant += HOUR) {
              const own = against.ahead.filter(
                ({ rota, role, before, changes }) =>
                  `${rota}/${role}` === seat &&
                  before === who &&
                  changes.some(({ startAt, endAt }) => startAt <= instant && instant < endAt),
              );
              const kinds = own.map((it) => verdictOf(it, against, NOW).kind);
              const label = `${who} in ${seat} at ${local(instant, 'Europe/London')}`;
              expect({ label, kinds }).toEqual({ label, kinds: [kinds[0] === 'short' ? 'short' : 'late'] });
              if (kinds[0] === 'short')
                expect({ label, brief: isBrief(lost, i) }).toEqual({ label, brief: true });
            }
          }
      }),
      { numRuns: 150 },
    );
    expect(taken).toBeGreaterThan(100);
  });
});
