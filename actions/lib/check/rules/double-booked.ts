/**
 * Nobody holds two counting roles at once: a first line that is also the second line would escalate to itself. Roles
 * that do not count (a shadow) may be held next to others, but nobody holds two seats of one role. Reported at the
 * override that causes it, otherwise at the second role. Of somebody in very many roles, each is reported once and not
 * beside every other.
 */
import { once } from '../../compare/once.ts';
import { type Assignment, writtenRole } from '../../model.ts';
import { eachPossibleHolder, type RoleCover } from '../../resolve/cover.ts';
import { coversOf } from '../../resolve/resolve.ts';
import { clip, combine, layered, restrict, type Span, type Timeline } from '../../timeline.ts';
import { moreSpecific, seat } from '../duty.ts';
import { rule } from '../rule.ts';
import { type FirstSpan, firstOf, firstWords } from '../spans.ts';

/** Up to so many roles of somebody, every two that they hold at once are reported. */
const MOST_PAIRED = 20;

interface Codes {
  readonly 'two-roles': FirstSpan & { readonly person: string; readonly one: string; readonly other: string };
}

export const doubleBooked = rule<Codes>({
  name: 'double-booked',
  severity: 'error',
  summary:
    'Nobody holds two counting roles, or two seats of a role, at once, first and second line included.',
  *check({ resolved, ahead }) {
    for (const person of resolved.people().keys()) {
      const seats = coversOf(resolved, person).filter(({ role }) => role.counts || role.seat !== undefined);
      if (seats.length < 2) continue;
      const possible = seats.map((cover) => possiblyHeldBy(cover, person));
      const held = seats.map((cover) => once(() => heldBy(cover, person)));
      for (const [i, cover] of seats.entries()) {
        for (const [j, earlier] of seats.slice(0, i).entries()) {
          if (!excludeEachOther(cover, earlier) || !meet(possible[j] ?? [], possible[i] ?? [])) continue;
          const both = clip(together(held[j]?.() ?? [], held[i]?.() ?? []), ahead);
          const [first] = both;
          if (first === undefined) continue;
          const args = { person, one: seat(earlier), other: seat(cover), ...firstOf(cover.rota.zone, both) };
          yield { code: 'two-roles', args, location: first.value.location };
          if (i >= MOST_PAIRED) break;
        }
      }
    }
  },
  describe: {
    'two-roles': ({ person, one, other, ...first }) =>
      `${person} is ${one} and ${other} at once, ${firstWords(first)}; give one of them to somebody else`,
  },
});

/** Two roles that count, or two seats of one role. */
const excludeEachOther = (one: RoleCover, other: RoleCover): boolean =>
  (one.role.counts && other.role.counts) ||
  (one.rota === other.rota && writtenRole(one.role) === writtenRole(other.role));

/** When somebody may hold a role, on duty or not. */
function possiblyHeldBy(cover: RoleCover, person: string): Timeline<boolean> {
  const spans: Span<boolean>[] = [];
  eachPossibleHolder(cover, (holder, startAt, endAt) => {
    if (holder === person) spans.push({ startAt, endAt, value: true });
  });
  return layered(spans);
}

const meet = (one: Timeline<unknown>, other: Timeline<unknown>): boolean => restrict(one, other).length > 0;

const heldBy = ({ cover }: RoleCover, person: string): Timeline<Assignment> =>
  cover().filter(({ value }) => value.person === person);

/** The time in which both have a value, with the more specific assignment. */
const together = (one: Timeline<Assignment>, other: Timeline<Assignment>): Timeline<Assignment> =>
  combine(one, other, (first, second) =>
    first === undefined || second === undefined ? undefined : moreSpecific(second, first),
  );
