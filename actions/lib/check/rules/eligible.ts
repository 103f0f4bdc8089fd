/**
 * "You won't be added to the support rotas until you've completed your vetting", and on call is opt-in (dxw, "Support
 * and on call"). Everyone who holds a role from now on has its skills, is vetted and opted in on the first day of the
 * shift, and has not left by its last. Told once for a person in a role, at the line that puts them there.
 */
import type { Assignment, Person } from '../../model.ts';
import type { RoleCover } from '../../resolve/cover.ts';
import { byPerson } from '../../resolve/resolve.ts';
import { clip, type Span } from '../../timeline.ts';
import { firstOf, ineligibility, type Rule, seat, upcoming } from '../rule.ts';

export const eligible: Rule = {
  name: 'eligible',
  severity: 'error',
  asks: "does everyone on a shift meet the role's `needs` on that day (skills, vetted, opted in), and has nobody left?",
  playbook: 'dxw, Support and on call',
  *check({ handbook, resolved, ahead }) {
    for (const cover of resolved.roles.values()) {
      const found = new Map<string, Span<Assignment>[]>();
      for (const span of upcoming(byPerson(cover.cover), ahead)) {
        const person = handbook.people.get(span.value.person);
        if (person === undefined) continue;
        const why = ineligibility(cover, person, Math.max(span.startAt, ahead.startAt), span.endAt);
        if (why === undefined) continue;
        const key = `${person.id} ${why}`;
        found.set(key, [...(found.get(key) ?? []), { ...span, value: culprit(cover, person, span) }]);
      }
      for (const [why, spans] of found) {
        const message = `${why}, and is ${seat(cover)} ${firstOf(cover.rota.zone, spans)}; put somebody else there, or correct people`;
        yield { location: (spans[0] as Span<Assignment>).value.location, message };
      }
    }
  },
};

/** Of what makes up one shift, the part that the person may not hold: they may leave in the turn that an override gives them. */
const culprit = (cover: RoleCover, person: Person, span: Span<Assignment>): Assignment =>
  clip(cover.cover, span).find(
    ({ startAt, endAt }) => ineligibility(cover, person, startAt, endAt) !== undefined,
  )?.value ?? span.value;
