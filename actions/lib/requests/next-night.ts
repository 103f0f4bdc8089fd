/** The next night of somebody who was woken: whether they are on call then, and who could take it instead. Pure. */
import { ineligibility } from '../check/duty.ts';
import type { Handbook, Person, Rota } from '../model.ts';
import { tallies } from '../query/workload.ts';
import { isAvailable } from '../resolve/availability.ts';
import type { Resolved, RoleCover } from '../resolve/cover.ts';
import { byPerson, coversOf, resolve } from '../resolve/resolve.ts';
import { DAY, HOUR } from '../time/date.ts';
import type { Zone } from '../time/zone.ts';
import type { Claim, TimeOffCount } from '../time-off/claim.ts';
import { clip, type Instant, type Interval } from '../timeline.ts';

/** A night on call, and colleagues who could take it. */
export interface NextNight extends Interval {
  /** `paas/out-of-hours/engineer`. */
  readonly role: string;
  readonly zone: Zone;
  /** Those with the fewest hours on call lately come first. */
  readonly colleagues: readonly Colleague[];
}

interface Colleague {
  readonly person: string;
  /** Out-of-hours roles in the last twelve weeks. */
  readonly hours: number;
}

/** How far back the burden of colleagues is counted. */
export const BURDEN_WEEKS = 12;

/** The most colleagues that are named. */
const MOST_NAMED = 5;

/** The night after the last claim that woke somebody, if it is still to come and they are on call in it. */
export function nextNight(handbook: Handbook, now: Instant, { claims }: TimeOffCount): NextNight | undefined {
  const claim = claims.findLast(({ kind }) => kind === 'woken');
  if (claim === undefined) return undefined;
  const night = nightAfter(claim);
  if (night.startAt <= now) return undefined;
  const before = night.startAt - BURDEN_WEEKS * 7 * DAY;
  const resolved = resolve(handbook, { startAt: before, endAt: night.endAt + 2 * DAY });
  for (const role of claim.roles) {
    const cover = resolved.roles.get(role);
    const held = cover && heldIn(cover, claim, night);
    if (cover === undefined || held === undefined) continue;
    const colleagues = colleaguesFor(resolved, cover, claim, held);
    return { ...held, role, zone: claim.zone, colleagues };
  }
  return undefined;
}

/** The next time of sleep that begins after the last work of a claim. */
function nightAfter({ until, zone, terms: { asleep } }: Claim): Interval {
  const wall = zone.wallOf(until);
  const midnight = Math.floor(wall / DAY) * DAY;
  const from = midnight + asleep.from > wall ? midnight + asleep.from : midnight + DAY + asleep.from;
  const sameDay = from - (from % DAY) + asleep.to;
  const to = sameDay > from ? sameDay : sameDay + DAY;
  return { startAt: zone.instantOf(from), endAt: zone.instantOf(to) };
}

/** The shift of a person that a night is part of, from the noon before it to the noon after. */
function heldIn({ cover }: RoleCover, { person, zone }: Claim, night: Interval): Interval | undefined {
  const noon = (at: Instant) => zone.instantOf(Math.floor(zone.wallOf(at) / DAY) * DAY + DAY / 2);
  const noons = { startAt: noon(night.startAt), endAt: noon(night.endAt) };
  const around = {
    startAt: Math.min(noons.startAt, night.startAt),
    endAt: Math.max(noons.endAt, night.endAt),
  };
  const shifts = clip(byPerson(cover()), around).filter(({ value }) => value.person === person);
  const shift = shifts.find(({ startAt, endAt }) => startAt < night.endAt && endAt > night.startAt);
  return shift === undefined ? undefined : { startAt: shift.startAt, endAt: shift.endAt };
}

/** Colleagues in the team's rotas who are eligible, free and rested, the least burdened first. */
function colleaguesFor(
  resolved: Resolved,
  seat: RoleCover,
  { person: own, terms }: Claim,
  span: Interval,
): readonly Colleague[] {
  const { handbook } = resolved;
  const restedSince = { startAt: span.startAt - terms.restHours * HOUR, endAt: span.startAt };
  const onCall = [...resolved.roles.values()].filter((it) => it.role.needs.onCall || it.role === seat.role);
  const lately = { startAt: resolved.span.startAt, endAt: span.startAt };
  const burden = tallies(handbook, onCall, lately);
  const isFree = ({ id }: Person) => !isOn(coversOf(resolved, id), id, span);
  const isRested = ({ id }: Person) => !isOn(onCall, id, restedSince);
  return [...teamOf(handbook, seat.rota)]
    .flatMap((id) => (id === own ? [] : (handbook.people.get(id) ?? [])))
    .filter((it) => ineligibility(seat, it, span.startAt, span.endAt) === undefined)
    .filter((it) => isAvailable(handbook, it, seat, span) && isFree(it) && isRested(it))
    .map(({ id }) => ({ person: id, hours: burden.get(id)?.hours ?? 0 }))
    .toSorted((one, other) => one.hours - other.hours || (one.person < other.person ? -1 : 1))
    .slice(0, MOST_NAMED);
}

/** Whether somebody holds a role that counts at any time of a span. */
const isOn = (covers: readonly RoleCover[], person: string, span: Interval): boolean =>
  span.startAt < span.endAt &&
  covers.some(
    ({ role, cover }) => role.counts && clip(cover(), span).some(({ value }) => value.person === person),
  );

/** Everybody whom a rota of the same team names in a rotation or a turn. */
function teamOf({ rotas }: Handbook, { team }: Rota): ReadonlySet<string> {
  const roles = [...rotas.values()].filter((it) => it.team === team).flatMap((it) => [...it.roles.values()]);
  const lists = roles.flatMap(({ rotation, turns }) => [
    ...rotation.flatMap(({ people }) => people),
    ...turns.values(),
  ]);
  return new Set(lists.map(({ person }) => person));
}
