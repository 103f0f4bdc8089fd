/**
 * Whom a schedule of PagerDuty reaches off duty: a contact can have the account of a person, who agreed to be reached
 * outside the hours that its roles had. A schedule is off duty when all roles that fill it are. Pure.
 */
import { type Handbook, isUnread, offDutyLocation, type Role, type RoleRef, roleText } from '../model.ts';
import type { RoleCover } from '../resolve/cover.ts';
import { knownTime, offDutyTime, outsideWindows } from '../resolve/off-duty.ts';
import { type Interval, restrict, type Timeline, without } from '../timeline.ts';
import { calledIn } from './account-owners.ts';
import type { Callee, Holders, OffDutyReach } from './call-wiring.ts';
import { counterpartOf } from './counterpart.ts';
import { ALL } from './priorities.ts';
import { holdersIn } from './role-holders.ts';
import type { NewCall } from './service-calls.ts';

/** Somebody whom a schedule reaches from then on. */
export interface OffDutyCall {
  readonly subject: { readonly kind: 'role'; readonly id: string };
  readonly callee: Callee;
  readonly calls: Timeline<NewCall>;
}

interface Sides {
  readonly base: Handbook;
  readonly head: Handbook;
  readonly span: Interval;
}

/** A role with the rota that it is in. */
interface PlacedRole {
  readonly ref: RoleRef;
  readonly role: Role;
}

const placedRoles = ({ rotas }: Handbook): readonly PlacedRole[] =>
  [...rotas.values()].flatMap(({ id, roles }) =>
    [...roles.values()].map((role) => ({ ref: { rota: id, role: role.id }, role })),
  );

/** The roles of a handbook by the schedule that they fill. */
const filling = (handbook: Handbook): ReadonlyMap<string | undefined, readonly PlacedRole[]> =>
  Map.groupBy(placedRoles(handbook), ({ role }) => role.schedule);

/** The people who have the account of the contact that a role of the head has off duty, in either handbook. */
const peopleOf = ({ base, head }: Sides, { offDuty: contact = '', location }: Role): readonly string[] => [
  ...new Set(calledIn(head, [base, head])([{ kind: 'contact', contact, location }])),
];

type TimeOf = (handbook: Handbook, cover: RoleCover, span: Interval) => Timeline<true>;

/** The time that all of some roles have in common, such as that in which they are off duty. */
function commonTime(
  timeOf: TimeOf,
  handbook: Handbook,
  roles: readonly PlacedRole[],
  holders: Holders,
  span: Interval,
): Timeline<true> {
  const [first = [], ...others] = roles.flatMap(({ ref }) => {
    const cover = holders(ref);
    return cover === undefined ? [] : [timeOf(handbook, cover, span)];
  });
  return others.reduce((all, it) => restrict(all, it), first);
}

/**
 * Whom the schedule of a role of the head reaches off duty; nothing is resolved where that is no person. Another
 * schedule, or a role that joins it, can reach somebody whom the one of the base did not.
 */
export function offDutyReach(sides: Sides, holders: Holders): (role: RoleRef) => readonly OffDutyReach[] {
  const { base, head, span } = sides;
  const [schedulesBefore, schedules] = [filling(base), filling(head)];
  const before = ({ rota }: RoleRef, role: Role) => counterpartOf(base.rotas.get(rota), role);
  return (ref) => {
    const own = head.rotas.get(ref.rota)?.roles.get(ref.role);
    const roles = own?.schedule === undefined ? [] : (schedules.get(own.schedule) ?? []);
    const stating = roles.filter(
      (it) => it.role.offDuty !== undefined && peopleOf(sides, it.role).length > 0,
    );
    if (stating.length === 0) return [];
    const when = commonTime(offDutyTime, head, roles, holders, span);
    const scheduleBefore = own && before(ref, own)?.schedule;
    const rolesBefore = scheduleBefore === undefined ? [] : (schedulesBefore.get(scheduleBefore) ?? []);
    const reachedBefore = new Set(rolesBefore.flatMap((it) => peopleOf(sides, it.role)));
    return stating.map((it) => {
      const people = peopleOf(sides, it.role);
      const isAsked = before(it.ref, it.role)?.offDuty !== it.role.offDuty;
      return {
        people,
        known: isAsked ? people : people.filter((person) => reachedBefore.has(person)),
        contact: it.role.offDuty ?? '',
        location: offDutyLocation(it.role),
        when,
      };
    });
  };
}

/**
 * The people who are reached through a contact in time in which it did not reach them: a role of the schedule covers
 * less, leaves it, or has that contact from then on.
 */
export function offDutyCalls(sides: Sides): readonly OffDutyCall[] {
  const { base, head, span } = sides;
  const stating = placedRoles(head).flatMap((it) => {
    const people = it.role.offDuty === undefined ? [] : peopleOf(sides, it.role);
    if (people.length === 0 || isUnread(base, 'rota', it.ref.rota)) return [];
    return [{ ...it, people, counterpart: counterpartOf(base.rotas.get(it.ref.rota), it.role) }];
  });
  if (stating.length === 0) return [];
  const [was, is] = [holdersIn(base, span), holdersIn(head, span)];
  const [fillingBefore, fillingNow] = [filling(base), filling(head)];
  return stating.flatMap(({ ref, role, counterpart, people }): OffDutyCall[] => {
    const now = commonTime(offDutyTime, head, fillingNow.get(role.schedule) ?? [], is, span);
    const isSame = counterpart?.offDuty === role.offDuty;
    const before = (isSame && fillingBefore.get(counterpart?.schedule)) || [];
    // Extra time that is cancelled was off duty when they agreed to that.
    const then = commonTime(outsideWindows, base, before, was, span);
    // Nothing is new in time that the base knows nothing about yet.
    const known = commonTime(knownTime, base, before, was, span);
    const longer = isSame ? restrict(without(now, then), known) : now;
    const calls = longer.map((it) => ({ ...it, value: callOf(role) }));
    if (calls.length === 0) return [];
    const subject = { kind: 'role', id: roleText(ref) } as const;
    return people.map((id) => ({ subject, callee: { kind: 'person', id }, calls }));
  });
}

function callOf(role: Role): NewCall {
  const { offDuty: contact = '' } = role;
  const location = offDutyLocation(role);
  return {
    ...{ first: ALL, priorities: ALL, wasCalled: false, isForMore: false, window: '', chain: '' },
    target: { kind: 'contact', contact, location },
    via: { kind: 'contact', of: contact, location },
  };
}
