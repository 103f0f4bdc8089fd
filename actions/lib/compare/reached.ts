/**
 * Who is called from then on, although no cover changes: a chain, a service, a contact, support hours, an account or a
 * schedule differs. Whoever is called at a time at which nothing called them before, and who is not on duty then, gets
 * time that they did not have: it is judged like a change of cover. Others are told. Pure.
 */
import {
  type Handbook,
  isUnread,
  type Notified,
  type PathLocation,
  roleText,
  type Service,
} from '../model.ts';
import {
  clip,
  combine,
  type Instant,
  type Interval,
  merge,
  overlay,
  type Span,
  type Timeline,
  without,
} from '../timeline.ts';
import { type Callee, type Holders, othersWoken, roleNow, type Wiring, wiringOf } from './call-wiring.ts';
import { targetsOf } from './chain-targets.ts';
import { chainsInForce } from './chains-in-force.ts';
import { crossingsIn } from './crossings.ts';
import { callDigests } from './identity-content.ts';
import { type OffDutyCall, offDutyIn } from './off-duty-calls.ts';
import { placesOf } from './people.ts';
import { EVERY_PRIORITY, isWider } from './priorities.ts';
import { type CallPlace, type CallSubject, causeIn, placesFor } from './reached-places.ts';
import { holdersIn } from './role-holders.ts';
import {
  type Call,
  type Calls,
  calleeKey,
  callsByChain,
  callsFor,
  isSameCall,
  type NewCall,
} from './service-calls.ts';

/** Somebody who is called for something from then on, or called first. */
export interface Reached extends CallPlace {
  readonly subject: CallSubject;
  readonly callee: Callee;
  readonly calls: Timeline<NewCall>;
  /** The time of these calls in which nothing called them before and they are not on duty. */
  readonly gained: Timeline<NewCall>;
  /** All that this person gains, for whatever it is: when it begins, and its sum. */
  readonly counted: { readonly startAt: Instant; readonly milliseconds: number };
  /** The line of the head that causes it. */
  readonly cause: PathLocation;
}

/** Two handbooks, over a span from now on. */
export interface Sides {
  readonly base: Handbook;
  readonly head: Handbook;
  readonly span: Interval;
}

const of = (subject: CallSubject, fresh: FreshCalls) => ({ ...fresh, subject });

/** New calls of one callee. */
type FreshCalls = Pick<Reached, 'callee' | 'calls'>;

/** Who is called from then on, and the services of which there is too much to compare. */
export interface NewlyReached {
  readonly reached: readonly Reached[];
  readonly uncompared: readonly string[];
}

/** Everybody who is called from then on; nothing is resolved where whom services call is the same in both. */
export function reachedBetween(sides: Sides): NewlyReached {
  const { base, head } = sides;
  const crossings = crossingsIn(sides);
  const all = servicesToCompare(sides, crossings.isAny);
  const offDuty = offDutyIn(sides);
  if (all.length + offDuty.calls.length === 0 && !crossings.isAny) return { reached: [], uncompared: [] };
  const holders = holdersIn(head, sides.span);
  const inForce = chainsInForce(sides);
  const { callsBefore, callsNow } = inForce;
  const most = [...base.services.values()].reduce((sum, it) => sum + callsBefore(it), 0);
  const services = firstWithin(all, (id) => callsNow(head.services.get(id)), Math.max(MOST_CALLS, 2 * most));
  const was = wiringOf(base, sides, holdersOfBase(sides, holders), inForce.was, offDuty.was);
  const is = wiringOf(head, sides, holders, inForce.is, offDuty.is);
  const newIn = servicePairs(was, is);
  const others = [
    ...services.flatMap((id) => newIn(id).map((it) => of({ kind: 'service', id }, it))),
    ...crossings.roles.flatMap((role) => {
      const target: Notified = { kind: 'role', role, location: { file: '', path: [] } };
      const before = callsOfRole(was, crossings.before(role), sides.span);
      const after = callsOfRole(is, target, sides.span);
      return newCallsIn(before, after).map((it) => of({ kind: 'role', id: roleText(role) }, it));
    }),
  ];
  const fresh = [...others.flatMap((it) => withoutOffDuty(it, offDuty.calls, head)), ...offDuty.calls];
  const anyway = calledAnyway(sides, was, holders);
  const gains = new Map<Timeline<NewCall>, Timeline<NewCall>>();
  const gainedIn = ({ callee, calls }: FreshCalls) => {
    const own = gains.get(calls) ?? (callee.kind === 'person' ? without(calls, anyway(callee.id)) : []);
    gains.set(calls, own);
    return own;
  };
  const gained = fresh.map((it) => ({ ...it, gained: gainedIn(it) }));
  const counted = countedIn(gained);
  const place = placesFor(sides);
  const reached = gained.map((it) => ({
    ...it,
    ...place(it.subject, it.callee),
    counted: counted(it.callee),
    cause: causeIn(sides, it.subject, (it.gained[0] ?? it.calls[0])?.value),
  }));
  return { reached, uncompared: all.slice(services.length) };
}

/**
 * Roles of the base are held as in the head, because a change of cover is judged by itself; one that the head does not
 * have, or has under an id that does not follow from the base, as it was.
 */
function holdersOfBase({ base, head, span }: Sides, holders: Holders): Holders {
  const before = holdersIn(base, span);
  return (role) => holders(roleNow(base, head, role)) ?? before(role);
}

/** How many spans of calls are followed, unless the base has half as many: a few lines of YAML can ask for millions. */
const MOST_CALLS = 1_500_000;

/** The first services that have no more calls than these together. */
function firstWithin(
  ids: readonly string[],
  callsOf: (id: string) => number,
  most: number,
): readonly string[] {
  let left = most;
  const beyond = ids.findIndex((id) => {
    left -= callsOf(id);
    return left < 0;
  });
  return beyond < 0 ? ids : ids.slice(0, beyond);
}

/** Calls without those by a schedule off duty that are new as such, for whatever calls that schedule. */
function withoutOffDuty<T extends FreshCalls>(
  fresh: T,
  offDuty: readonly OffDutyCall[],
  { rotas }: Handbook,
): readonly T[] {
  const scheduleOf = ({ target, via }: NewCall) =>
    target.kind === 'role' && via?.kind === 'contact'
      ? rotas.get(target.role.rota)?.roles.get(target.role.role)?.schedule
      : undefined;
  const own = offDuty.filter(({ callee }) => fresh.callee.kind === 'person' && callee.id === fresh.callee.id);
  const calls = own.reduce<Timeline<NewCall>>((left, { schedule, calls: known }) => {
    const isOf = ({ value }: Span<NewCall>) => scheduleOf(value) === schedule;
    const others = left.filter((it) => !isOf(it));
    return overlay(others, without(left.filter(isOf), known));
  }, fresh.calls);
  return calls.length === 0 ? [] : [{ ...fresh, calls }];
}

/** The new calls of a service, by its id; where the chains in force are the same lists, so are these. */
function servicePairs(was: Wiring, is: Wiring): (id: string) => readonly FreshCalls[] {
  const known = new Map<string, readonly FreshCalls[]>();
  const numbers = new Map<unknown, number>();
  const numberOf = (list: unknown) => {
    const own = numbers.get(list) ?? numbers.size;
    numbers.set(list, own);
    return own;
  };
  const listIn = ({ handbook, inForce }: Wiring, id: string) => {
    const service = handbook.services.get(id);
    return service === undefined ? 'none' : inForce(service);
  };
  const compute = (id: string) => {
    const [one, other] = [was, is].map((it) => it.handbook.services.get(id));
    const now = (other && is.inForce(other)) ?? [];
    const assumed = now.flatMap(({ isAssumed, window }) => (isAssumed ? window : []));
    // What only may be in force is compared with itself, chain by chain.
    return [undefined, ...new Set(assumed)].flatMap((it) => {
      const [before, after] = [callsFor(was, one, it), callsFor(is, other, it)];
      return before === undefined || after === undefined ? [] : newCallsIn(before, after);
    });
  };
  return (id) => {
    const key = [was, is].map((it) => numberOf(listIn(it, id))).join();
    const calls = known.get(key) ?? compute(id);
    known.set(key, calls);
    return calls;
  };
}

/**
 * Services whose chains, support hours or counterparts in PagerDuty differ, or all of them; without those that one side
 * could not read. Another counterpart may have another chain in force.
 */
function servicesToCompare({ base, head }: Sides, isAll: boolean): readonly string[] {
  const [was, is] = [callDigests(base), callDigests(head)];
  const isOther = (id: string) =>
    was(id) !== is(id) || base.services.get(id)?.pagerduty !== head.services.get(id)?.pagerduty;
  const isReadable = (own: Handbook, id: string) => {
    const service = own.services.get(id);
    const level = service?.serviceLevel;
    const hours = own.serviceLevels.get(level ?? '')?.hours;
    return (
      !isUnread(own, 'services', id) &&
      (level === undefined || !isUnread(own, 'service-levels', level)) &&
      (hours === undefined || !isUnread(own, 'support-hours', hours)) &&
      ![...(service?.escalation.values() ?? [])].some((it) => isUnread(own, 'escalation', it))
    );
  };
  return [...head.services.keys()].filter(
    (id) => (isAll || isOther(id)) && isReadable(base, id) && isReadable(head, id),
  );
}

/** Who is woken for a role through its schedule, at all times at which it is held. */
function callsOfRole(wiring: Wiring, target: Notified, span: Interval): Calls {
  const calls = new Map<string, { readonly callee: Callee; calls: Timeline<Call> }>();
  for (const { callee, via, when } of wiring.reach(target)) {
    const call: Call = {
      ...{ first: EVERY_PRIORITY, priorities: EVERY_PRIORITY, window: '', isPause: false, chain: '' },
      target,
      via,
    };
    const own = clip(
      merge<unknown>(when, () => true),
      span,
    ).map((it) => ({ ...it, value: call }));
    const known = calls.get(calleeKey(callee))?.calls ?? [];
    calls.set(calleeKey(callee), { callee, calls: overlay(own, known) });
  }
  return calls;
}

/** The calls of a subject that it did not make before, or made after others, or for fewer priorities. */
function newCallsIn(before: Calls, after: Calls): readonly FreshCalls[] {
  return [...after].flatMap(([key, { callee, calls: now }]) => {
    const calls = combine<Call, Call, NewCall>(
      before.get(key)?.calls ?? [],
      now,
      (was, is) => {
        if (is === undefined) return undefined;
        if (was === undefined) return { ...is, wasCalled: false, isForMore: false, isEarlier: false };
        const isForMore = isWider(was.priorities, is.priorities);
        const isEarlier = isWider(was.first, is.first);
        return isForMore || isEarlier ? { ...is, wasCalled: true, isForMore, isEarlier } : undefined;
      },
      isSameNewCall,
    );
    return calls.length > 0 ? [{ callee, calls }] : [];
  });
}

const isSameNewCall = (one: NewCall, other: NewCall): boolean =>
  one.wasCalled === other.wasCalled &&
  one.isForMore === other.isForMore &&
  one.isEarlier === other.isEarlier &&
  isSameCall(one, other);

/**
 * When a person is called by the base, for any service, or is on duty in a role that counts: then a further call takes
 * nothing from them that they had.
 */
function calledAnyway({ base, head }: Sides, was: Wiring, holders: Holders) {
  const places = Map.groupBy(placesOf(head), ({ person }) => person);
  const known = new Map<string, Timeline<unknown>>();
  let called: readonly Calls[] | undefined;
  const compute = (person: string): Timeline<unknown> => {
    called ??= [...new Set(servicesNaming(base).flatMap((it) => callsByChain(was, it) ?? []))];
    const rotas = new Set((places.get(person) ?? []).map(({ rota }) => rota));
    const onDuty = [...rotas].flatMap((rota) =>
      [...(head.rotas.get(rota)?.roles.values() ?? [])].map(({ id, counts }): Timeline<unknown> => {
        const cover = counts ? (holders({ rota, role: id })?.cover() ?? []) : [];
        return cover.filter(({ value }) => value.person === person);
      }),
    );
    const calls = called.map((it): Timeline<unknown> => it.get(`person ${person}`)?.calls ?? []);
    return [...onDuty, ...calls].reduce((all, one) => overlay(all, one), []);
  };
  return (person: string) => {
    const own = known.get(person) ?? compute(person);
    known.set(person, own);
    return own;
  };
}

/** The services that can call somebody otherwise than by a role that counts. */
function servicesNaming(base: Handbook): readonly Service[] {
  const services = [...base.services.values()];
  const others = othersWoken(base, base);
  if ([...base.people.keys()].some((id) => others(id).length > 0)) return services;
  const isDuty = (it: Notified) =>
    it.kind === 'role' && base.rotas.get(it.role.rota)?.roles.get(it.role.role)?.counts !== false;
  return services.filter(({ escalation }) =>
    [...escalation.values()].some((id) => !targetsOf(base.escalations.get(id)).every(isDuty)),
  );
}

/** By person, the sum of what they gain for every subject: time for two services at once counts once. */
function countedIn(
  all: readonly Pick<Reached, 'callee' | 'gained'>[],
): (callee: Callee) => Reached['counted'] {
  const known = new Map<string, Reached['counted']>();
  for (const [key, own] of Map.groupBy(all, ({ callee }) => calleeKey(callee))) {
    const different = new Set(own.map(({ gained }) => gained));
    const time = [...different].reduce<Timeline<unknown>>((sum, it) => overlay(sum, it), []);
    const milliseconds = time.reduce((sum, { startAt, endAt }) => sum + endAt - startAt, 0);
    known.set(key, { startAt: time[0]?.startAt ?? 0, milliseconds });
  }
  return (callee) => known.get(calleeKey(callee)) ?? { startAt: 0, milliseconds: 0 };
}
