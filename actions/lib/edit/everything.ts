/** Gives everything that a person has in some time, in all rotas, to another person. */
import type { Role, Rota } from '../model.ts';
import type { Zone } from '../time/zone.ts';
import type { Interval } from '../timeline.ts';
import { badRequest, impossible } from './refusal.ts';
import { type EditableSeat, hoursOf, parseTime, requirePerson, requireZone } from './seat.ts';
import type { EditSession } from './session.ts';

/** Everything that one person has from one time to another, in all rotas, is for a second person. */
export interface RequestedStandIn {
  readonly person: string;
  readonly by: string;
  readonly from: string;
  readonly to: string;
  readonly zone?: string | undefined;
}

/** The steps: whole turns inside the time are given away as such, and the rest hour by hour. */
export function everythingOf(session: EditSession, requested: RequestedStandIn): void {
  const person = requirePerson(session.loaded, requested.person);
  const by = requirePerson(session.loaded, requested.by);
  if (person === by)
    throw badRequest(`${person} cannot stand in for themselves; name somebody else with --by`);
  const seats = seatsOf(session, person);
  const span = hoursOf(zoneFor(seats, requested), [requested.from, requested.to], session.now);
  const given = seats.filter((seat) => standIn(session, seat, span, person, by));
  if (given.length === 0)
    throw impossible(
      `${person} is on no rota from ${requested.from} to ${requested.to}; there is nothing to cover`,
    );
  for (const change of session.loaded.handbook.changes.values())
    if (change.startAt < span.endAt && change.endAt > span.startAt)
      for (const assigned of change.assigned)
        if (assigned.person === person)
          session.note(
            `${person} is also assigned to the planned change ${change.id}; change that in ${change.location.file}`,
          );
}

/** The roles that name a person, whose turns they may have. */
const seatsOf = (session: EditSession, person: string): readonly EditableSeat[] =>
  [...session.loaded.handbook.rotas.values()]
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .flatMap((rota) => [...rota.roles.values()].map((role) => ({ rota, role })))
    .filter(({ rota, role }) => mayHave(rota, role, person));

function mayHave(rota: Rota, role: Role, person: string): boolean {
  const followed = rota.roles.get(role.follows?.role ?? '');
  return (
    role.rotation.some(({ people }) => people.some((it) => it.person === person)) ||
    [...role.turns.values()].some((it) => it.person === person) ||
    rota.overrides.some((it) => it.role === role.id && it.assignment.person === person) ||
    (followed !== undefined && followed !== role && mayHave(rota, followed, person))
  );
}

/** The zone of the times: that which is named, or the only one of the person's rotas. */
function zoneFor(seats: readonly EditableSeat[], { person, from, to, zone }: RequestedStandIn): Zone {
  if (zone !== undefined) return requireZone(zone);
  const zones = [...new Set(seats.map(({ rota }) => rota.zone))];
  const [only] = zones;
  if (only === undefined) throw impossible(`${person} is in no rota; there is nothing to cover`);
  const isLocal = [from, to].some((text) => 'wall' in parseTime(text));
  if (zones.length > 1 && isLocal) {
    const names = zones.map(({ name }) => name).toSorted();
    throw badRequest(
      `the rotas of ${person} are in ${names.join(' and ')}, so a local time can mean several instants; ` +
        `add --zone ${names[0]}, or write instants such as 2026-12-21T09:00:00Z`,
    );
  }
  return only;
}

/** Gives what a person has of one role in a span to another; returns whether that is anything. */
function standIn(
  session: EditSession,
  seat: EditableSeat,
  span: Interval,
  person: string,
  by: string,
): boolean {
  let isAny = false;
  for (const turn of session.turnsWithin(seat, span)) {
    if (turn.holder !== person) continue;
    session.giveTurn(seat, turn, by, 'cover');
    isAny = true;
  }
  const rests = [...session.held(seat, span), ...session.extraTime(seat, span)];
  for (const { startAt, endAt, holder } of rests)
    if (holder === person) isAny = session.giveHours(seat, { startAt, endAt }, by) || isAny;
  return isAny;
}
