/**
 * Whom a service calls at each instant, through its window, its chain and the levels of that, down to accounts and
 * schedules of PagerDuty. A level that reaches nobody is passed over at once. Pure.
 */
import {
  childLocation,
  type Escalation,
  type Handbook,
  type Notified,
  type PathLocation,
  type RoleRef,
  roleText,
  type Service,
  scheduleLocation,
} from '../model.ts';
import { type ChainLevel, levelsFor } from '../resolve/chain.ts';
import type { RoleCover } from '../resolve/cover.ts';
import { combine, merge, overlay, restrict, type Timeline, without } from '../timeline.ts';
import { ownersIn } from './account-owners.ts';
import { counterpartOf } from './counterpart.ts';
import { isWider, joined, type Priorities } from './priorities.ts';

/** Whom a call goes to: whoever holds a role that counts, one person, or an inbox. */
export type Callee =
  | { readonly kind: 'role'; readonly id: string }
  | { readonly kind: 'person'; readonly id: string }
  | { readonly kind: 'contact'; readonly id: string };

/** What else than a name in the chain leads a call to somebody, and the line that says so. */
interface Via {
  readonly kind: 'account' | 'contact' | 'schedule';
  /** The person or contact that has their account, or the role that fills the schedule. */
  readonly of: string;
  /** Of a schedule: whether it is the one that the role has in the same handbook, not only the one of the base. */
  readonly isCurrent?: boolean;
  readonly location: PathLocation;
}

/** How somebody is called at an instant. */
export interface Call {
  /** Before, or beside, everybody else; otherwise where those before do not answer. */
  readonly isFirst: boolean;
  /** For which priorities, first or not. */
  readonly priorities: Priorities;
  readonly window: string;
  readonly chain: string;
  readonly target: Notified;
  readonly via: Via | undefined;
}

/** A call that a service did not make before, or made after others, or for fewer priorities. */
export interface NewCall extends Call {
  /** Whether the service called them then, after others or for fewer priorities. */
  readonly wasCalled: boolean;
  readonly isForMore: boolean;
}

/** Somebody whom a target reaches, and when. */
interface Reach {
  readonly callee: Callee;
  readonly via: Via | undefined;
  readonly when: Timeline<unknown>;
}

/** The people whom a schedule reaches off duty by a contact, and when. */
export interface OffDutyReach {
  readonly people: readonly string[];
  /** Those of them whom it reached in the base, too, or who are asked about the contact of a role by itself. */
  readonly known: readonly string[];
  readonly contact: string;
  readonly location: PathLocation;
  readonly when: Timeline<unknown>;
}

/** Everybody whom a service calls, by a key of each, and when. */
export type Calls = ReadonlyMap<string, { readonly callee: Callee; readonly calls: Timeline<Call> }>;

/** What lies between services and people in one of two handbooks. */
export interface Wiring {
  readonly handbook: Handbook;
  /** The windows of support hours; undefined where they could not be read. */
  readonly windowsOf: (hours: string) => Timeline<string> | undefined;
  readonly reach: (target: Notified) => readonly Reach[];
}

/** Who holds a role, in the handbook as changed; undefined for a role that it does not have. */
export type Holders = (role: RoleRef) => RoleCover | undefined;

const ALWAYS: Timeline<unknown> = [
  { startAt: Number.NEGATIVE_INFINITY, endAt: Number.POSITIVE_INFINITY, value: true },
];

/**
 * The wiring of one of two handbooks. Roles are held as in the head on both sides, because a change of cover is judged
 * by itself. An account wakes whoever has it in the base, and a call for a role goes to whichever
 * roles fill the schedule that it has in either, and off duty to the people behind its contact, `offDuty`.
 */
export function wiringOf(
  own: Handbook,
  { base, head }: { readonly base: Handbook; readonly head: Handbook },
  holders: Holders,
  windowsOf: Wiring['windowsOf'],
  offDuty: (role: RoleRef) => readonly OffDutyReach[],
): Wiring {
  const others = othersWoken(base, own);
  const fills = schedulesFilled(base, own);
  const owners = ownersIn(own === base ? [base] : [base, head]);
  const asNow = own === base ? (role: RoleRef) => roleNow(base, head, role) : (role: RoleRef) => role;
  const woken = (person: string, when: Timeline<unknown>): readonly Reach[] =>
    others(person).map((id) => ({
      ...{ callee: { kind: 'person', id }, when },
      via: { kind: 'account', of: person, location: accountOf(own, person) },
    }));
  const held = (role: RoleRef, via: Via | undefined): readonly Reach[] => {
    const cover = holders(asNow(role));
    if (cover === undefined) return [];
    const id = roleText({ rota: cover.rota.id, role: cover.role.id });
    const all: Timeline<{ readonly person: string }> = cover.cover();
    const { counts } = cover.role;
    return [
      ...(counts ? [{ callee: { kind: 'role', id }, via, when: all } as const] : []),
      ...[...Map.groupBy(all, ({ value }) => value.person)].flatMap(([person, when]) => [
        ...(counts ? [] : [{ callee: { kind: 'person', id: person }, via, when } as const]),
        ...woken(person, when),
      ]),
    ];
  };
  const reach = (target: Notified): readonly Reach[] => {
    if (target.kind === 'person') {
      const { person: id } = target;
      return [{ callee: { kind: 'person', id }, via: undefined, when: ALWAYS }, ...woken(id, ALWAYS)];
    }
    if (target.kind === 'role')
      return [
        ...held(target.role, undefined),
        ...fills(target.role).flatMap(({ role, location, isCurrent }) =>
          held(role, { kind: 'schedule', of: roleText(role), location, isCurrent }),
        ),
        ...offDuty(asNow(target.role)).flatMap(({ people, known, contact, location, when }) =>
          (own === base ? known : people).map((id): Reach => {
            const via: Via = { kind: 'contact', of: contact, location };
            return { callee: { kind: 'person', id }, via, when };
          }),
        ),
      ];
    const contact = own.contacts.get(target.contact);
    if (contact === undefined) return [];
    const { id, pagerduty, location } = contact;
    const via: Via = { kind: 'contact', of: id, location: childLocation(location, 'pagerduty') };
    return [
      { callee: { kind: 'contact', id }, via: undefined, when: ALWAYS },
      ...owners(pagerduty).map((it): Reach => ({ callee: { kind: 'person', id: it }, via, when: ALWAYS })),
    ];
  };
  return { handbook: own, windowsOf, reach };
}

const accountOf = ({ people }: Handbook, person: string): PathLocation =>
  childLocation(people.get(person)?.location ?? { file: 'rotas/people.yaml', path: [] }, 'pagerduty');

/** By person of a handbook, the others who have their account in the base: the rule `pagerduty` allows no two. */
export function othersWoken(base: Handbook, { people }: Handbook): (person: string) => readonly string[] {
  const owners = ownersIn([base]);
  return (person) => owners(people.get(person)?.pagerduty).filter((it) => it !== person);
}

/** A role that fills the schedule of another one. */
interface FillingRole {
  readonly role: RoleRef;
  readonly location: PathLocation;
  /** Whether the other role has that schedule in the same handbook. */
  readonly isCurrent: boolean;
}

/** By role of a handbook, the other roles that fill the schedule that it has there, or has in the base. */
export function schedulesFilled(
  base: Handbook,
  { rotas }: Handbook,
): (role: RoleRef) => readonly FillingRole[] {
  const filling = new Map<string, Omit<FillingRole, 'isCurrent'>[]>();
  for (const { id: rota, roles } of rotas.values())
    for (const own of roles.values()) {
      if (own.schedule === undefined) continue;
      const all = filling.get(own.schedule) ?? [];
      filling.set(own.schedule, all);
      all.push({ role: { rota, role: own.id }, location: scheduleLocation(own) });
    }
  return ({ rota, role }) => {
    const own = rotas.get(rota)?.roles.get(role);
    const before = own && counterpartOf(base.rotas.get(rota), own);
    return [...new Set([own?.schedule, before?.schedule])].flatMap((schedule) =>
      (filling.get(schedule ?? '') ?? [])
        .filter((it) => it.role.rota !== rota || it.role.role !== role)
        .map((it) => ({ ...it, isCurrent: schedule === own?.schedule })),
    );
  };
}

/** The name that a role of the base has in the head. */
function roleNow(base: Handbook, head: Handbook, role: RoleRef): RoleRef {
  const before = base.rotas.get(role.rota);
  const roles = [...(head.rotas.get(role.rota)?.roles.values() ?? [])];
  const now = roles.find((it) => counterpartOf(before, it)?.id === role.role);
  return now === undefined ? role : { rota: role.rota, role: now.id };
}

/** Everybody whom a service calls; undefined where its support hours could not be read. */
export function callsFor(wiring: Wiring, service: Service | undefined): Calls | undefined {
  const calls = new Map<string, CalledSpans>();
  const parts = callsByWindow(wiring, service);
  if (parts === undefined) return undefined;
  // Windows never overlap, whatever the order in which they are added.
  for (const [key, own] of parts.flatMap((it) => [...it]))
    calls.set(key, { ...own, calls: overlay(calls.get(key)?.calls ?? [], own.calls) });
  return calls;
}

/** The same for each window by itself; services with one chain have the same lists, not copies. */
export function callsByWindow(wiring: Wiring, service: Service | undefined): readonly Calls[] | undefined {
  const { escalations, serviceLevels } = wiring.handbook;
  const hours = serviceLevels.get(service?.serviceLevel ?? '')?.hours;
  if (service === undefined || hours === undefined) return [];
  const windows = wiring.windowsOf(hours);
  if (windows === undefined) return undefined;
  const isCarried = service.pagerduty !== undefined;
  const inForce = isCarried ? carriedOver(windows, service.escalation) : windows;
  return [...service.escalation].flatMap(([window, id]) => {
    const chain = escalations.get(id);
    if (chain === undefined) return [];
    const key = isCarried ? [...service.escalation.keys()].toSorted().join() : '';
    return [callsOfChain(wiring, chain, { hours, window, windows: inForce, key })];
  });
}

/**
 * Windows of a service that has a counterpart in PagerDuty: in a window without a chain, the policy of the last one
 * that had a chain stays in force there.
 */
function carriedOver(windows: Timeline<string>, escalation: Service['escalation']): Timeline<string> {
  const served = windows.filter(({ value }) => escalation.has(value));
  const endAt = windows.at(-1)?.endAt ?? 0;
  return served.map((it, i) => ({ ...it, endAt: served[i + 1]?.startAt ?? Math.max(it.endAt, endAt) }));
}

type CalledSpans = { readonly callee: Callee; readonly calls: Timeline<Call> };

/** A window of support hours, by id, and all of these hours. */
interface WindowOf {
  readonly hours: string;
  readonly window: string;
  readonly windows: Timeline<string>;
  /** What else decides when the window is in force. */
  readonly key: string;
}

/** Whom chains call in windows, by wiring: services share them. */
const known = new WeakMap<Wiring, Map<string, Calls>>();

/** Everybody whom a chain calls in a window. */
function callsOfChain(
  wiring: Wiring,
  chain: Escalation,
  { hours, window, windows, key: carried }: WindowOf,
): Calls {
  const all = known.get(wiring) ?? new Map<string, Calls>();
  known.set(wiring, all);
  const key = JSON.stringify([chain.id, hours, window, carried]);
  const found = all.get(key);
  if (found !== undefined) return found;
  const calls = new Map<string, CalledSpans>();
  const mask = windows.filter(({ value }) => value === window);
  // A policy of the handbook names the schedule that a role has from then on; others keep the one that it had.
  const isNamedAnew = chain.policy !== undefined;
  const reached = (to: Notified) =>
    isNamedAnew ? wiring.reach(to).filter(({ via }) => via?.isCurrent !== false) : wiring.reach(to);
  const reach = new Map(chain.levels.map((it) => [it, it.notify.map((to) => [to, reached(to)] as const)]));
  for (const levels of waysIn(chain))
    for (const { callee, isFirst, when, ...how } of stepsIn(
      levels,
      mask,
      (it) => reach.get(it.level) ?? [],
    )) {
      const before = calls.get(calleeKey(callee))?.calls ?? [];
      const call: Call = { ...how, isFirst, window, chain: chain.id };
      const own = merge<unknown>(when, () => true).map((span) => ({ ...span, value: call }));
      calls.set(calleeKey(callee), { callee, calls: combine(before, own, bothCalls, isSameCall) });
    }
  all.set(key, calls);
  return calls;
}

/** Whoever is called first for some priority is called first. */
function bothCalls(one: Call | undefined, other: Call | undefined): Call | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const call = other.isFirst ? other : one;
  const priorities = joined(one.priorities, other.priorities);
  return call.priorities === priorities ? call : { ...call, priorities };
}

export const isSameCall = (one: Call, other: Call): boolean =>
  one.isFirst === other.isFirst &&
  one.window === other.window &&
  one.target === other.target &&
  !isWider(one.priorities, other.priorities) &&
  !isWider(other.priorities, one.priorities);

/** The key of a callee among those of a service. */
export const calleeKey = ({ kind, id }: Callee): string => `${kind} ${id}`;

/** The different levels that are called for the priorities that a chain names, and for any other. */
function waysIn(chain: Escalation): readonly (readonly ChainLevel[])[] {
  const named = chain.levels.flatMap(({ onlyFor = [], atOnceFor }) => [...onlyFor, ...atOnceFor]);
  const ways = [...new Set(['', ...named])].map((priority) => levelsFor(chain, priority));
  const keyOf = (way: readonly ChainLevel[]) => way.map((it) => `${it.index} ${it.isAtOnce}`).join();
  return [...new Map(ways.map((way) => [keyOf(way), way])).values()];
}

interface Step extends Reach, Pick<Call, 'isFirst' | 'priorities' | 'target'> {}

/** Whom each level reaches, first where none before it reaches anybody, and else after those. */
function* stepsIn(
  levels: readonly ChainLevel[],
  mask: Timeline<unknown>,
  reachOf: (level: ChainLevel) => readonly (readonly [Notified, readonly Reach[]])[],
): Iterable<Step> {
  let rest = mask;
  for (const level of levels) {
    const priorities: Priorities = level.level.onlyFor && new Set(level.level.onlyFor);
    const reached = reachOf(level).flatMap(([target, all]) =>
      all.map((it) => ({ ...it, target, priorities, when: restrict(mask, it.when) })),
    );
    const held = reached.reduce<Timeline<unknown>>((all, { when }) => overlay(all, when), []);
    for (const it of reached) {
      const first = level.isAtOnce ? it.when : restrict(it.when, rest);
      const later = without(it.when, first);
      if (first.length > 0) yield { ...it, isFirst: true, when: first };
      if (later.length > 0) yield { ...it, isFirst: false, when: later };
    }
    if (!level.isAtOnce) rest = without(rest, held);
  }
}
