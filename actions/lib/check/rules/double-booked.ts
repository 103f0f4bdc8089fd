/**
 * One person cannot answer two phones, and a first line that is its own second line escalates to itself. Roles that do
 * not count (a shadow) may be held beside others. Told at the exception that caused it, otherwise at the second role.
 */
import type { Assignment } from '../../model.ts';
import type { RoleCover } from '../../resolve/cover.ts';
import { coversOf } from '../../resolve/resolve.ts';
import { clip, combine, type Timeline } from '../../timeline.ts';
import { firstOf, type Rule, seat, telling } from '../rule.ts';

export const doubleBooked: Rule = {
  name: 'double-booked',
  severity: 'error',
  asks: 'does nobody hold two counting roles at once, first and second line included?',
  *check({ resolved, ahead }) {
    for (const person of resolved.people.keys()) {
      const seats = coversOf(resolved, person).filter(({ role }) => role.counts);
      if (seats.length < 2) continue;
      const held = seats.map((cover) => heldBy(cover, person));
      for (const [i, cover] of seats.entries()) {
        for (const [j, other] of seats.slice(0, i).entries()) {
          const both = clip(together(held[j] ?? [], held[i] ?? []), ahead);
          const [first] = both;
          if (first === undefined) continue;
          const message = `${person} is ${seat(other)} and ${seat(cover)} at once, ${firstOf(cover.rota.zone, both)}; give one of them to somebody else`;
          yield { location: first.value.location, message };
        }
      }
    }
  },
};

const heldBy = ({ cover }: RoleCover, person: string): Timeline<Assignment> =>
  cover.filter(({ value }) => value.person === person);

/** Where both have a value; the value is the assignment that says more. */
const together = (one: Timeline<Assignment>, other: Timeline<Assignment>): Timeline<Assignment> =>
  combine(one, other, (first, second) =>
    first === undefined || second === undefined ? undefined : telling(second, first),
  );
