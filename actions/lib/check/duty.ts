/** Shared by the rules about who holds a role: its name, its future, and why a person is not eligible. Pure. */
import { type Assignment, type Person, roleText } from '../model.ts';
import { zoneOfPerson } from '../resolve/availability.ts';
import type { Resolved, RoleCover } from '../resolve/cover.ts';
import type { Instant, Interval, Timeline } from '../timeline.ts';

/** The text of a role's id. */
export const seat = ({ rota, role }: RoleCover): string => roleText({ rota: rota.id, role: role.id });

/** The spans of a timeline that overlap the time ahead, uncut. */
export const upcoming = <T>(timeline: Timeline<T>, { startAt, endAt }: Interval): Timeline<T> =>
  timeline.filter((span) => span.endAt > startAt && span.startAt < endAt);

/** Why a person may not hold a role. */
export type Ineligibility =
  | { readonly kind: 'lacks-skills' | 'lacks-any-skill'; readonly skills: readonly string[] }
  | { readonly kind: 'not-vetted' | 'not-opted-in' | 'not-started' | 'has-left' };

/** Why a person may not hold a role during a span; undefined when they may. */
export function ineligibility(
  { rota, role }: RoleCover,
  person: Person,
  startAt: Instant,
  endAt: Instant,
): Ineligibility | undefined {
  const { needs } = role;
  const skills = needs.skills.filter((skill) => !person.skills.includes(skill));
  if (skills.length > 0) return { kind: 'lacks-skills', skills };
  if (needs.anySkill.length > 0 && !needs.anySkill.some((skill) => person.skills.includes(skill)))
    return { kind: 'lacks-any-skill', skills: needs.anySkill };
  const zone = zoneOfPerson(person, rota);
  const on = zone.dayOf(startAt);
  if (person.firstOn !== undefined && on < person.firstOn) return { kind: 'not-started' };
  if (needs.vetted && !(person.vettedOn !== undefined && person.vettedOn <= on))
    return { kind: 'not-vetted' };
  if (needs.onCall && !(person.onCallSince !== undefined && person.onCallSince <= on))
    return { kind: 'not-opted-in' };
  if (person.lastOn !== undefined && zone.dayOf(endAt - 1) > person.lastOn) return { kind: 'has-left' };
  return undefined;
}

/** The more specific of two assignments: an override before an agreed turn, an agreed turn before the rotation. */
export const moreSpecific = (one: Assignment, other: Assignment): Assignment => {
  const weight = { extra: 2, override: 2, turn: 1, rotation: 0 };
  return weight[other.by] > weight[one.by] ? other : one;
};

/** The covers of all seats of a role, its own first; of a role without seats, that alone. */
export const seatsBeside = ({ roles }: Resolved, cover: RoleCover): readonly RoleCover[] => {
  const { rota, role } = cover;
  if (role.seat === undefined) return [cover];
  const others = [...rota.roles.values()].flatMap((it) =>
    it.seat?.of === role.seat?.of && it !== role ? (roles.get(`${rota.id}/${it.id}`) ?? []) : [],
  );
  return [cover, ...others];
};
