/**
 * Whom a service calls at each instant, through its window, its chain and the levels of that, down to accounts and
 * schedules of PagerDuty. A level that reaches nobody is passed over at once. Pure.
 */
import type { Escalation, Notified, Service } from '../model.ts';
import { type ChainLevel, levelsFor } from '../resolve/chain.ts';
import { combine, merge, overlay, restrict, type Timeline, without } from '../timeline.ts';
import type { Callee, CallVia, ReachedCallee, Wiring } from './call-wiring.ts';
import { isWider, joined, type Priorities } from './priorities.ts';

/** How somebody is called at an instant. */
export interface Call {
  /** Before, or beside, everybody else; otherwise where those before do not answer. */
  readonly isFirst: boolean;
  /** For which priorities, first or not. */
  readonly priorities: Priorities;
  readonly window: string;
  readonly chain: string;
  readonly target: Notified;
  readonly via: CallVia | undefined;
}

/** A call that a service did not make before, or made after others, or for fewer priorities. */
export interface NewCall extends Call {
  /** Whether the service called them then, after others or for fewer priorities. */
  readonly wasCalled: boolean;
  readonly isForMore: boolean;
}

/** Everybody whom a service calls, by a key of each, and when. */
export type Calls = ReadonlyMap<string, { readonly callee: Callee; readonly calls: Timeline<Call> }>;

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

interface Step extends ReachedCallee, Pick<Call, 'isFirst' | 'priorities' | 'target'> {}

/** Whom each level reaches, first where none before it reaches anybody, and else after those. */
function* stepsIn(
  levels: readonly ChainLevel[],
  mask: Timeline<unknown>,
  reachOf: (level: ChainLevel) => readonly (readonly [Notified, readonly ReachedCallee[]])[],
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
