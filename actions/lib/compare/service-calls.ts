/**
 * Whom a service calls at each instant, through its window, its chain and the levels of that, down to accounts and
 * schedules of PagerDuty. A level that reaches nobody is passed over at once. Pure.
 */
import type { Escalation, Notified, Service } from '../model.ts';
import { type ChainLevel, levelsFor } from '../resolve/chain.ts';
import { combine, merge, overlay, restrict, type Timeline, without } from '../timeline.ts';
import type { Callee, CallVia, ReachedCallee, Wiring } from './call-wiring.ts';
import type { ChainInForce } from './chains-in-force.ts';
import { allBut, isNone, isWider, joined, NONE, only, type Priorities } from './priorities.ts';

/** How somebody is called at an instant. */
export interface Call {
  /** For which priorities before, or beside, everybody else; for others where those before do not answer. */
  readonly first: Priorities;
  /** For which priorities, first or not. */
  readonly priorities: Priorities;
  readonly window: string;
  /** Whether it is in the time after that window, in which its chain is still in force. */
  readonly isPause: boolean;
  readonly chain: string;
  readonly target: Notified;
  readonly via: CallVia | undefined;
}

/** A call that a service did not make before, or made after others, or for fewer priorities. */
export interface NewCall extends Call {
  /** Whether the service called them then, after others or for fewer priorities. */
  readonly wasCalled: boolean;
  readonly isForMore: boolean;
  /** Whether they were called then, but for none, or not for all, of these priorities before others. */
  readonly isEarlier: boolean;
}

/** Everybody whom a service calls, by a key of each, and when. */
export type Calls = ReadonlyMap<string, { readonly callee: Callee; readonly calls: Timeline<Call> }>;

/**
 * Everybody whom a service calls by the chains that are in force, or by that of one window which only may be; undefined
 * where its support hours could not be read.
 */
export function callsFor(
  wiring: Wiring,
  service: Service | undefined,
  assumed: string | undefined,
): Calls | undefined {
  const calls = new Map<string, CalledSpans>();
  const parts = callsByChain(wiring, service, assumed);
  if (parts === undefined) return undefined;
  for (const own of parts.flatMap((it) => [...it.values()])) add(calls, own);
  return calls;
}

/** The same for each of its chains by itself; services with one chain have the same lists, not copies. */
export function callsByChain(
  wiring: Wiring,
  service: Service | undefined,
  assumed?: string,
): readonly Calls[] | undefined {
  if (service === undefined) return [];
  return wiring.inForce(service)?.flatMap((it) => {
    const chain = wiring.handbook.escalations.get(it.chain);
    const isAsked = assumed === undefined ? !it.isAssumed : it.isAssumed && it.window === assumed;
    return chain === undefined || !isAsked ? [] : [callsOfChain(wiring, chain, it)];
  });
}

type CalledSpans = { readonly callee: Callee; readonly calls: Timeline<Call> };

/** Whom chains call while they are in force, by wiring: services share them. */
const known = new WeakMap<Wiring, Map<ChainInForce, Calls>>();

/** Everybody whom a chain calls while it is in force. */
function callsOfChain(wiring: Wiring, chain: Escalation, inForce: ChainInForce): Calls {
  const all = known.get(wiring) ?? new Map<ChainInForce, Calls>();
  known.set(wiring, all);
  const found = all.get(inForce);
  if (found !== undefined) return found;
  const calls = new Map<string, CalledSpans>();
  // A policy of the handbook names the schedule that a role has from then on; others keep the one that it had.
  const isNamedAnew = chain.policy !== undefined;
  const reached = (to: Notified) =>
    isNamedAnew ? wiring.reach(to).filter(({ via }) => via?.isCurrent !== false) : wiring.reach(to);
  const reach = new Map(chain.levels.map((it) => [it, it.notify.map((to) => [to, reached(to)] as const)]));
  for (const way of waysIn(chain))
    for (const { callee, when, ...how } of stepsIn(way, inForce.when, (it) => reach.get(it.level) ?? [])) {
      const { window, isPause } = inForce;
      const call: Call = { ...how, window, isPause, chain: chain.id };
      const own = merge<unknown>(when, () => true).map((span) => ({ ...span, value: call }));
      add(calls, { callee, calls: own });
    }
  all.set(inForce, calls);
  return calls;
}

function add(all: Map<string, CalledSpans>, { callee, calls }: CalledSpans): void {
  const before = all.get(calleeKey(callee))?.calls ?? [];
  all.set(calleeKey(callee), { callee, calls: combine(before, calls, bothCalls, isSameCall) });
}

/** Called for all priorities that either is for; by the line that calls them first, if only one does. */
function bothCalls(one: Call | undefined, other: Call | undefined): Call | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const call = isNone(one.first) && !isNone(other.first) ? other : one;
  const [first, priorities] = [joined(one.first, other.first), joined(one.priorities, other.priorities)];
  return first === call.first && priorities === call.priorities ? call : { ...call, first, priorities };
}

const isSame = (one: Priorities, other: Priorities): boolean => !isWider(one, other) && !isWider(other, one);

export const isSameCall = (one: Call, other: Call): boolean =>
  one.window === other.window &&
  one.isPause === other.isPause &&
  one.target === other.target &&
  isSame(one.first, other.first) &&
  isSame(one.priorities, other.priorities);

/** The key of a callee among those of a service. */
export const calleeKey = ({ kind, id }: Callee): string => `${kind} ${id}`;

/** The levels that are called for some priorities. */
interface Way {
  readonly levels: readonly ChainLevel[];
  readonly priorities: Priorities;
}

/** The different ways of a chain: for the priorities that it names, and for any other, as PagerDuty calls. */
function waysIn(chain: Escalation): readonly Way[] {
  const named = [
    ...new Set(chain.levels.flatMap(({ onlyFor = [], atOnceFor }) => [...onlyFor, ...atOnceFor])),
  ];
  const ways = [
    { levels: levelsFor(chain, ''), priorities: allBut(named) },
    ...named.map((it) => ({ levels: levelsFor(chain, it), priorities: only([it]) })),
  ];
  const keyOf = ({ levels }: Way) => levels.map((it) => `${it.index} ${it.isAtOnce}`).join();
  return [...Map.groupBy(ways, keyOf).values()].map((same) => ({
    levels: same[0]?.levels ?? [],
    priorities: same.map(({ priorities }) => priorities).reduce(joined),
  }));
}

interface Step extends ReachedCallee, Pick<Call, 'first' | 'priorities' | 'target'> {}

/** Whom each level reaches, first where none before it reaches anybody, and else after those. */
function* stepsIn(
  { levels, priorities }: Way,
  mask: Timeline<unknown>,
  reachOf: (level: ChainLevel) => readonly (readonly [Notified, readonly ReachedCallee[]])[],
): Iterable<Step> {
  let rest = mask;
  for (const level of levels) {
    const reached = reachOf(level).flatMap(([target, all]) =>
      all.map((it) => ({ ...it, target, priorities, when: restrict(mask, it.when) })),
    );
    const held = reached.reduce<Timeline<unknown>>((all, { when }) => overlay(all, when), []);
    for (const it of reached) {
      const first = level.isAtOnce ? it.when : restrict(it.when, rest);
      const later = without(it.when, first);
      if (first.length > 0) yield { ...it, first: priorities, when: first };
      if (later.length > 0) yield { ...it, first: NONE, when: later };
    }
    if (!level.isAtOnce) rest = without(rest, held);
  }
}
