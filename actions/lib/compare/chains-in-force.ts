/**
 * Which chain of a service is in force at each instant of a span. PagerDuty keeps the policy that a service has until
 * another window with a chain begins, so that the one of the last such window, however long ago, goes on. Pure.
 */
import type { Handbook, Service } from '../model.ts';
import { windowsOf, windowTimeline } from '../resolve/hours.ts';
import { DAY } from '../time/date.ts';
import { clip, type Interval, indexFrom, layered, type Timeline } from '../timeline.ts';
import { targetsOf } from './chain-targets.ts';

/** A chain of a service, the window that it is of, and when it is in force. */
export interface ChainInForce {
  readonly window: string;
  /** Whether this is the time after the window, up to another one that has a chain. */
  readonly isPause: boolean;
  /** Whether it only may be: no window of the last 400 days has a chain, and PagerDuty may have any of these. */
  readonly isAssumed: boolean;
  readonly chain: string;
  readonly when: Timeline<unknown>;
}

/** Services with the same hours and chains have the same list; undefined where their hours cannot be read. */
export type ChainsInForce = (service: Service) => readonly ChainInForce[] | undefined;

interface Sides {
  readonly base: Handbook;
  readonly head: Handbook;
  readonly span: Interval;
}

/** A chain in force from one instant to another. */
type Turn = Omit<ChainInForce, 'when'> & Interval;

/** Windows that recur at all recur within a year: a list of holidays has each of its days once. */
const LONGEST_PAUSE = 400 * DAY;

/** The chains in force by each of two handbooks, and how many spans of calls those of a service may have. */
interface InForce {
  readonly was: ChainsInForce;
  readonly is: ChainsInForce;
  /** Services with the same hours and chains are counted once. */
  readonly callsBefore: (service: Service | undefined) => number;
  readonly callsNow: (service: Service | undefined) => number;
}

/** The head takes over what the base has in force. */
export function chainsInForce({ base, head, span }: Sides): InForce {
  const [windowsOnce, windowsBefore, windows] = [
    windowsIn(base, { startAt: span.startAt - LONGEST_PAUSE, endAt: span.startAt }),
    windowsIn(base, span),
    windowsIn(head, span),
  ];
  const was = known(base, (service) => {
    const within = windowsBefore(service);
    return (
      within &&
      turnsIn(service, within, span, {
        begun: (pause) => turnsBefore(service, windowsOnce(service), pause),
        meanwhile: () => [],
      })
    );
  });
  const before = servedBefore(base);
  const chainNow = sameChain(base, head);
  const is = known(
    head,
    (service) => {
      const within = windows(service);
      const turns = was.turns(before(service)).map((value) => ({ ...value, value }));
      const begun = (pause: Interval) => takenOver(turns, chainNow, pause);
      const meanwhile = (pause: Turn) => begun(pause).filter(({ chain }) => chain !== pause.chain);
      return within && turnsIn(service, within, span, { begun, meanwhile });
    },
    (service) => was.key(before(service)),
  );
  const count = (handbook: Handbook, of: typeof was, windowsOf: typeof windows) => {
    const counted = new Set<string>();
    return (service: Service | undefined) => {
      const key = of.key(service);
      if (service === undefined || counted.has(key)) return 0;
      counted.add(key);
      const called = [...service.escalation.values()].map(
        (id) => targetsOf(handbook.escalations.get(id)).length,
      );
      // Each window can have a pause after it.
      return 2 * (windowsOf(service)?.length ?? 0) * called.reduce((most, it) => Math.max(most, it), 1);
    };
  };
  return {
    ...{ was: was.chains, is: is.chains },
    ...{ callsBefore: count(base, was, windowsBefore), callsNow: count(head, is, windows) },
  };
}

/** The service of the base with the same service of PagerDuty, whatever its id, or else with the same id. */
function servedBefore({ services }: Handbook): (service: Service) => Service | undefined {
  const known = new Map([...services.values()].map((it) => [it.pagerduty, it]));
  return ({ id, pagerduty }) => known.get(pagerduty ?? '') ?? services.get(id);
}

/** The chain of the head that writes the policy of a chain of the base, or else the one with the same id. */
function sameChain(base: Handbook, head: Handbook): (id: string) => string {
  const having = new Map([...head.escalations.values()].map(({ id, policy }) => [policy, id]));
  return (id) => {
    const policy = base.escalations.get(id)?.policy;
    return having.get(policy ?? '') ?? id;
  };
}

/** Lists of turns, and what they come to, each computed once for all services with the same hours and chains. */
function known(
  handbook: Handbook,
  compute: (service: Service) => readonly Turn[] | undefined,
  keyBeside: (service: Service) => string = () => '',
) {
  const found = new Map<string, readonly Turn[] | undefined>();
  const lists = new Map<string, readonly ChainInForce[] | undefined>();
  const key = (service: Service | undefined): string => {
    if (service === undefined) return '';
    const { escalation, pagerduty } = service;
    return JSON.stringify([hoursIn(handbook, service), [...escalation], pagerduty === undefined]);
  };
  const keyOf = (service: Service) => JSON.stringify([key(service), keyBeside(service)]);
  const turns = (service: Service | undefined): readonly Turn[] => {
    if (service?.pagerduty === undefined) return [];
    return all(service) ?? [];
  };
  const all = (service: Service): readonly Turn[] | undefined => {
    const own = keyOf(service);
    if (!found.has(own)) found.set(own, compute(service));
    return found.get(own);
  };
  const chains: ChainsInForce = (service) => {
    const own = keyOf(service);
    if (!lists.has(own)) lists.set(own, listOf(all(service)));
    return lists.get(own);
  };
  return { key, turns, chains };
}

const hoursIn = ({ serviceLevels }: Handbook, { serviceLevel }: Service): string | undefined =>
  serviceLevels.get(serviceLevel ?? '')?.hours;

/** The windows of the hours of a service within a span; none without hours, undefined where they cannot be read. */
function windowsIn(handbook: Handbook, span: Interval): (service: Service) => Timeline<string> | undefined {
  const resolved = new Map<string, Timeline<string> | undefined>();
  return (service) => {
    const id = hoursIn(handbook, service);
    if (id === undefined) return [];
    if (!resolved.has(id)) {
      const hours = handbook.hours.get(id);
      const windows = hours && windowsOf(handbook, hours, span);
      resolved.set(id, windows && clip(windowTimeline(windows), span));
    }
    return resolved.get(id);
  };
}

/** What else than the chains of a service's own windows is in force, or may be. */
interface Others {
  /** Up to the first window with a chain. */
  readonly begun: (pause: Interval) => readonly Turn[];
  /** In the pause after a window, beside the chain of that. */
  readonly meanwhile: (pause: Turn) => readonly Turn[];
}

/** The turns of windows that have a chain; of a service with a counterpart in PagerDuty, each until the next. */
function turnsIn(
  { escalation, pagerduty }: Service,
  windows: Timeline<string>,
  { startAt, endAt }: Interval,
  { begun, meanwhile }: Others,
): readonly Turn[] {
  const turns = windows.flatMap(({ value: window, ...times }): Turn[] => {
    const chain = escalation.get(window);
    return chain === undefined ? [] : [{ ...times, window, chain, isPause: false, isAssumed: false }];
  });
  if (pagerduty === undefined) return turns;
  const until = turns[0]?.startAt ?? endAt;
  const lasting = turns.flatMap((it, i) => {
    const pause = { ...it, isPause: true, startAt: it.endAt, endAt: turns[i + 1]?.startAt ?? endAt };
    return pause.startAt < pause.endAt ? [it, pause, ...meanwhile(pause)] : [it];
  });
  return until > startAt ? [...begun({ startAt, endAt: until }), ...lasting] : lasting;
}

/** What the base has in force when the span begins. */
function turnsBefore(
  { escalation }: Service,
  windows: Timeline<string> | undefined,
  pause: Interval,
): readonly Turn[] {
  const window = windows?.findLast(({ value }) => escalation.has(value))?.value ?? '';
  const chain = escalation.get(window);
  if (chain !== undefined) return [{ ...pause, window, chain, isPause: true, isAssumed: false }];
  return [...escalation].map((it) => ({
    ...pause,
    window: it[0],
    chain: it[1],
    isPause: true,
    isAssumed: true,
  }));
}

/**
 * What the base has, or comes to have, in force in a pause of the head: the merge can be at any time, and what is in
 * force then goes on to the end of the pause.
 */
function takenOver(
  turns: Timeline<Turn>,
  chainNow: (id: string) => string,
  { startAt, endAt }: Interval,
): readonly Turn[] {
  const found: Turn[] = [];
  for (let i = indexFrom(turns, startAt); ; i++) {
    const it = turns[i];
    if (it === undefined || it.startAt >= endAt) return found;
    const { value } = it;
    const from = Math.max(it.startAt, startAt);
    found.push({ ...value, isPause: true, startAt: from, endAt, chain: chainNow(value.chain) });
  }
}

function listOf(turns: readonly Turn[] | undefined): readonly ChainInForce[] | undefined {
  if (turns === undefined) return undefined;
  const groups = Map.groupBy(turns, ({ startAt, endAt, ...it }) => JSON.stringify(it));
  return [...groups.values()].map((own) => {
    const [{ window, isPause, isAssumed, chain }] = own as [Turn];
    return { window, isPause, isAssumed, chain, when: layered(own.map((it) => ({ ...it, value: true }))) };
  });
}
