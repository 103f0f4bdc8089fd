/** What one person is on, over all their rotas: the input of the rules on rest and on unbroken duty. Pure. */
import { type Assignment, type Handbook, type OnCallTerms, termsFor } from '../model.ts';
import type { Resolved, RoleCover } from '../resolve/cover.ts';
import { byPerson, coversOf } from '../resolve/resolve.ts';
import { type Duration, lengthOf } from '../time/duration.ts';
import type { Zone } from '../time/zone.ts';
import type { Span } from '../timeline.ts';

/** A shift of a person, and the role it is in. */
export interface Duty extends Span<Assignment> {
  readonly cover: RoleCover;
}

/** The counting roles that a person may hold. */
export const countingSeats = (resolved: Resolved, person: string): readonly RoleCover[] =>
  coversOf(resolved, person).filter(({ role }) => role.counts);

/** The shifts of a person in some roles, by start. */
export const dutiesOf = (seats: readonly RoleCover[], person: string): readonly Duty[] =>
  seats
    .flatMap((cover) =>
      byPerson(cover.cover().filter(({ value }) => value.person === person)).map(
        (span): Duty => ({ ...span, cover }),
      ),
    )
    .sort((one, other) => one.startAt - other.startAt);

/** The zone in which a person is told of times: their own, or that of a role. */
export const zoneFor = ({ people }: Handbook, person: string, { rota }: RoleCover): Zone =>
  people.get(person)?.zone ?? rota.zone;

/** The rest that the policies of some teams ask for. */
export const restTerms = ({ onCall }: Handbook, covers: readonly RoleCover[]): OnCallTerms['rest'][] =>
  [...new Set(covers.map(({ rota }) => rota.team))].map((team) => termsFor(onCall, team).rest);

/** Durations from the shortest to the longest. */
export const byLength = (durations: readonly Duration[]): readonly Duration[] =>
  durations.toSorted((one, other) => lengthOf(one) - lengthOf(other));
