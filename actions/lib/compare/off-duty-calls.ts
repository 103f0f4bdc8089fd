/**
 * Whom a schedule of PagerDuty reaches off duty: a contact can have the account of a person, who agreed to be reached
 * outside the hours that its roles had. A schedule is off duty when all roles that fill it are. Pure.
 */
import { type Handbook, isUnread, offDutyLocation, type Role, type RoleRef, roleText } from '../model.ts';
import type { RoleCover } from '../resolve/cover.ts';
import { outsideWindows } from '../resolve/off-duty.ts';
import { type Interval, overlay, restrict, type Timeline, without } from '../timeline.ts';
import { calledIn } from './account-owners.ts';
import type { Callee, Holders, OffDutyReach } from './call-wiring.ts';
import { counterpartOf } from './counterpart.ts';
import { EVERY_PRIORITY } from './priorities.ts';
import { holdersIn } from './role-holders.ts';
import type { NewCall } from './service-calls.ts';

/** Somebody whom a schedule reaches from then on. */
export interface OffDutyCall {
  readonly subject: { readonly kind: 'role'; readonly id: string };
  /** The schedule of PagerDuty that reaches them. */
  readonly schedule: string | undefined;
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

/** The time that all of some roles have in common, such as that in which they are off duty. */
function commonTime(
  timeOf: (cover: RoleCover) => Timeline<true>,
  roles: readonly PlacedRole[],
  holders: Holders,
): Timeline<true> {
  const [first = [], ...others] = roles.flatMap(({ ref }) => {
    const cover = holders(ref);
    return cover === undefined ? [] : [timeOf(cover)];
  });
  return others.reduce((all, it) => restrict(all, it), first);
}

/** By role of a handbook, whom its schedule reaches off duty, and when. */
type ReachOffDuty = (role: RoleRef) => readonly OffDutyReach[];

/** Whom schedules reach off duty by either of two handbooks, and who is reached from then on. */
export interface OffDuty {
  readonly was: ReachOffDuty;
  readonly is: ReachOffDuty;
  readonly calls: readonly OffDutyCall[];
}

/** Nothing is resolved but what is asked for, and no calls where no schedule of the head reaches a person. */
export function offDutyIn(sides: Sides): OffDuty {
  const { base, head, span } = sides;
  // Whoever has an account by either handbook is woken from then on.
  const ownersNow = calledIn(head, [base, head]);
  const [holdersBefore, holders] = [holdersIn(base, span), holdersIn(head, span)];
  // Whoever agrees to be reached outside the hours agrees to that of extra time, too, which can be cancelled.
  const offDuty = (handbook: Handbook) => (cover: RoleCover) => outsideWindows(handbook, cover, span);
  const was = reachIn(base, calledIn(base, [base]), holdersBefore, offDuty(base));
  const is = reachIn(head, ownersNow, holders, offDuty(head));
  return { was, is, calls: newCalls(sides, was, is, ownersNow) };
}

type Called = ReturnType<typeof calledIn>;

/** The people who have the account of the contact that a role has off duty. */
const peopleBehind = ({ offDuty, location }: Role, called: Called): readonly string[] =>
  offDuty === undefined ? [] : [...new Set(called([{ kind: 'contact', contact: offDuty, location }]))];

function reachIn(
  handbook: Handbook,
  called: Called,
  holders: Holders,
  timeOf: (cover: RoleCover) => Timeline<true>,
): ReachOffDuty {
  const schedules = Map.groupBy(placedRoles(handbook), ({ role }) => role.schedule);
  const known = new Map<string, readonly OffDutyReach[]>();
  const compute = (schedule: string): readonly OffDutyReach[] => {
    const roles = schedules.get(schedule) ?? [];
    const stating = roles.filter(({ role }) => handbook.contacts.has(role.offDuty ?? ''));
    if (stating.length === 0) return [];
    const when = commonTime(timeOf, roles, holders);
    return stating.map(({ role }) => ({
      ...{ people: peopleBehind(role, called), when },
      ...{ contact: role.offDuty ?? '', location: offDutyLocation(role) },
    }));
  };
  return ({ rota, role }) => {
    const schedule = handbook.rotas.get(rota)?.roles.get(role)?.schedule;
    if (schedule === undefined) return [];
    const own = known.get(schedule) ?? compute(schedule);
    known.set(schedule, own);
    return own;
  };
}

/**
 * The people who are reached through a contact in time in which the schedule did not reach them, nor the one that the
 * role had: a role of the schedule covers less, joins or leaves it, or a contact or an account differs.
 */
function newCalls(
  { base, head }: Sides,
  was: ReachOffDuty,
  is: ReachOffDuty,
  called: Called,
): readonly OffDutyCall[] {
  const having = Map.groupBy(placedRoles(base), ({ role }) => role.schedule);
  return placedRoles(head).flatMap(({ ref, role }): OffDutyCall[] => {
    if (peopleBehind(role, called).length === 0 || isUnread(base, 'rota', ref.rota)) return [];
    const counterpart = counterpartOf(base.rotas.get(ref.rota), role);
    const earlier = [
      ...(counterpart === undefined ? [] : [{ rota: ref.rota, role: counterpart.id }]),
      ...(role.schedule === undefined ? [] : (having.get(role.schedule) ?? []).map((it) => it.ref)),
    ];
    const [own] = is(ref).filter(({ contact }) => contact === role.offDuty);
    return (own?.people ?? []).flatMap((id): OffDutyCall[] => {
      const before = earlier
        .flatMap((it) => was(it))
        .filter(({ people }) => people.includes(id))
        .reduce<Timeline<unknown>>((all, { when }) => overlay(all, when), []);
      const calls = without(own?.when ?? [], before).map((it) => ({ ...it, value: callOf(role) }));
      const subject = { kind: 'role', id: roleText(ref) } as const;
      const { schedule } = role;
      return calls.length === 0 ? [] : [{ subject, schedule, callee: { kind: 'person', id }, calls }];
    });
  });
}

function callOf(role: Role): NewCall {
  const { offDuty: contact = '' } = role;
  const location = offDutyLocation(role);
  return {
    ...{ first: EVERY_PRIORITY, priorities: EVERY_PRIORITY, window: '', isPause: false, chain: '' },
    ...{ wasCalled: false, isForMore: false, isEarlier: false },
    target: { kind: 'contact', contact, location },
    via: { kind: 'contact', of: contact, location },
  };
}
