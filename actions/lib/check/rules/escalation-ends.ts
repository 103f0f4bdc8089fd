/**
 * An escalation always reaches somebody (dxw, "On call escalation": 5 minutes, then the second line, then a head of
 * department). A chain ends at a person, a contact or a role that is always held; every level before the
 * last has the time after which the next is called; no level calls one person twice, or only people who were already
 * called; and the last level is called within the response time of the services that name the chain. A level that
 * reaches nobody takes no time, and every priority is judged by the levels that are called for it. Reported at the
 * level, or at the service that names a chain in a window where it does not apply.
 */
import {
  type Clock,
  childLocation,
  type Escalation,
  type Level,
  type Service,
  type ServiceLevel,
  type ServiceLevelTerms,
} from '../../model.ts';
import { type ChainLevel, levelsFor, stepsOf, waitOf } from '../../resolve/chain.ts';
import { levelTermsIn } from '../../resolve/level-terms.ts';
import { windowAt } from '../../resolve/resolve.ts';
import { MINUTE } from '../../time/date.ts';
import { type Duration, durationText, elapsedOf } from '../../time/duration.ts';
import { clip, combine, layered, merge, overlay, restrict, type Timeline, without } from '../../timeline.ts';
import {
  called,
  heldTime,
  inUse,
  isAlwaysReached,
  isUnknown,
  namedPriorities,
  prioritiesOf,
  sameList,
  servedWindows,
  usesByChain,
  waysThrough,
} from '../chains.ts';
import { CLOCK_WORDS } from '../level-terms-ahead.ts';
import { type Context, type Objection, rule } from '../rule.ts';
import { type FirstSpan, firstOf, firstWords } from '../spans.ts';

/** Levels are counted from 1. */
interface Codes {
  readonly 'never-escalates': { readonly level: number; readonly next: number };
  readonly 'first-at-once': Readonly<Record<string, never>>;
  readonly 'never-at-once': { readonly level: number; readonly priority: string };
  readonly 'nobody-left': FirstSpan;
  readonly 'called-twice': FirstSpan & { readonly level: number; readonly person: string };
  readonly 'nobody-new': FirstSpan & { readonly level: number; readonly people: readonly string[] };
  readonly 'not-applicable': {
    readonly chain: string;
    readonly window: string;
    readonly appliesIn: readonly string[];
  };
  readonly 'too-late': {
    /** After how many minutes the last level is called. */
    readonly minutes: number;
    readonly serviceLevel: string;
    readonly priority: string;
    readonly respond: Duration;
    readonly clock: Clock;
    readonly service: string;
  };
}

export const escalationEnds = rule<Codes>({
  name: 'escalation-ends',
  severity: 'error',
  summary:
    'Every chain ends at a person or a covered role, calls somebody new at every level, ' +
    'and reaches its last level within the response time of its services.',
  playbook: 'dxw, On call escalation',
  *check(context) {
    const uses = usesByChain(context.handbook);
    for (const chain of context.handbook.escalations.values()) {
      yield* levelsWithoutTimeout(chain);
      yield* misplacedPriorities(chain);
      yield* openEnd(context, chain, uses.get(chain.id));
      yield* repeatedCalls(context, chain, uses.get(chain.id));
    }
    const reached: Reached = new Map();
    for (const service of context.handbook.services.values()) yield* misusedBy(context, service, reached);
  },
  describe: {
    'never-escalates': ({ level, next }) =>
      `level ${level} never escalates to level ${next}; add escalate_after`,
    'first-at-once': () => 'level 1 is called at once anyway; take out at_once_for',
    'never-at-once': ({ level, priority }) =>
      `level ${level} is not called for ${priority} at all, by its only_for; name it there too, or take it out here`,
    'nobody-left': (first) =>
      `nobody is left to call at the last level ${firstWords(first)}; end the chain at a person, or cover the role`,
    'called-twice': ({ level, person, ...first }) =>
      `level ${level} calls ${person} twice ${firstWords(first)}; name somebody else once`,
    'nobody-new': ({ level, people, ...first }) =>
      `level ${level} brings in nobody new ${firstWords(first)}: ` +
      `${people.join(' and ')} was called before; name somebody else`,
    'not-applicable': ({ chain, window, appliesIn }) =>
      `${chain} does not apply in "${window}", only in ${appliesIn.join(', ')}; ` +
      'name another chain or widen its applies_in',
    'too-late': ({ minutes, serviceLevel, priority, respond, clock, service }) =>
      `the last level is called after ${minutes} minutes, and ${serviceLevel} promises ${priority} ` +
      `a response within ${durationText(respond)} ${CLOCK_WORDS[clock]} for ${service}; escalate sooner`,
  },
});

/** Where services name a chain; undefined where none does. */
type Uses = Parameters<typeof prioritiesOf>[0];

/** Every level after which another is called for some priority. */
function* levelsWithoutTimeout(chain: Escalation): Iterable<Objection<Codes>> {
  const ways = namedPriorities(chain).map((priority) => inTurn(levelsFor(chain, priority)));
  for (const [i, { escalateAfter, location }] of chain.levels.entries()) {
    const next = ways.flatMap((way) => way.slice(1).filter((_, j) => way[j]?.index === i))[0];
    if (escalateAfter !== undefined || next === undefined) continue;
    yield { code: 'never-escalates', args: { level: i + 1, next: next.index + 1 }, location };
  }
}

/** The levels that have a time of their own: all but those that are called at once. */
const inTurn = (levels: readonly ChainLevel[]): readonly ChainLevel[] =>
  levels.filter(({ isAtOnce }) => !isAtOnce);

function* misplacedPriorities({ levels }: Escalation): Iterable<Objection<Codes>> {
  for (const [i, { onlyFor, atOnceFor, location }] of levels.entries()) {
    if (atOnceFor.length === 0) continue;
    const at = childLocation(location, 'at_once_for');
    if (i === 0) yield { code: 'first-at-once', args: {}, location: { ...at, key: true } };
    for (const [j, priority] of atOnceFor.entries())
      if (onlyFor?.includes(priority) === false)
        yield { code: 'never-at-once', args: { level: i + 1, priority }, location: childLocation(at, j) };
  }
}

/**
 * The time in which somebody is called, but nobody at the last level or at once. `chain-held` is about time in which
 * nobody is called at all, and about levels that are empty throughout a window.
 */
function* openEnd(context: Context, chain: Escalation, uses: Uses): Iterable<Objection<Codes>> {
  const served = servedWindows(context, chain, uses);
  const reported = new Set<Level>();
  for (const { levels } of waysThrough(chain, prioritiesOf(uses))) {
    const ends = levels.filter(({ isAtOnce }) => isAtOnce).map(({ level }) => level);
    const last = inTurn(levels).at(-1)?.level ?? ends[0];
    if (last === undefined || reported.has(last)) continue;
    const all = [last, ...ends];
    if (all.some((level) => isAlwaysReached(level) || isUnknown(context, level))) continue;
    const earlier = levels.map(({ level }) => level).filter((level) => !all.includes(level));
    const gaps = layered(served.flatMap(({ mask }) => gapsAtTheEnd(context, all, earlier, mask)));
    const [first] = served;
    if (gaps.length === 0 || first === undefined) continue;
    reported.add(last);
    yield { code: 'nobody-left', args: firstOf(first.zone, gaps), location: last.location };
  }
}

/** The gaps of the last levels within a window in which they reach somebody at some other time. */
function gapsAtTheEnd(
  context: Context,
  ends: readonly Level[],
  earlier: readonly Level[],
  mask: Timeline<unknown>,
): Timeline<true> {
  const reached = ends.flatMap((level) =>
    restrict(
      heldTime(context, level, () => true),
      mask,
    ),
  );
  if (reached.length === 0) return [];
  const called = earlier.some((level) => isAlwaysReached(level) || isUnknown(context, level))
    ? mask
    : heldByAny(context, earlier);
  const gaps = without(restrict(mask, called), heldByAny(context, ends));
  return merge<unknown>(gaps, () => true).map((span) => ({ ...span, value: true }));
}

const heldByAny = (context: Context, levels: readonly Level[]): Timeline<unknown> =>
  levels.reduce<Timeline<unknown>>((all, level) => overlay(all, heldTime(context, level)), []);

function* repeatedCalls(context: Context, chain: Escalation, uses: Uses): Iterable<Objection<Codes>> {
  const use = inUse(context, chain);
  if (use === undefined) return;
  const calls = new Map(chain.levels.map((level) => [level, called(context, level, use.mask)]));
  for (const [i, level] of chain.levels.entries()) {
    const twice = (calls.get(level) ?? []).filter(({ value }) => new Set(value).size < value.length);
    const person = twice[0]?.value.find((id, j, all) => all.indexOf(id) !== j);
    if (person === undefined) continue;
    const args = { level: i + 1, person, ...firstOf(use.zone, twice) };
    yield { code: 'called-twice', args, location: level.location };
  }
  const reported = new Set<Level>();
  for (const { levels } of waysThrough(chain, prioritiesOf(uses))) {
    let before: Timeline<readonly string[]> = [];
    for (const { level, index } of stepsOf(levels, () => false)) {
      const now = calls.get(level) ?? [];
      const stale = nobodyNew(before, now);
      const people = stale[0]?.value;
      if (people !== undefined && !reported.has(level)) {
        reported.add(level);
        const args = { level: index + 1, people, ...firstOf(use.zone, stale) };
        yield { code: 'nobody-new', args, location: level.location };
      }
      before = combine(before, now, (earlier = [], here = []) => [...earlier, ...here], sameList);
    }
  }
}

/** When a level calls somebody, but only people who were called before. */
const nobodyNew = (
  before: Timeline<readonly string[]>,
  now: Timeline<readonly string[]>,
): Timeline<readonly string[]> =>
  combine(
    before,
    now,
    (earlier = [], here = []) =>
      here.length > 0 && here.every((id) => earlier.includes(id)) ? here : undefined,
    sameList,
  );

/** What `latestReached` has found; services share chains, and priorities the levels of one. */
type Reached = Map<string, number>;

function* misusedBy(context: Context, service: Service, reached: Reached): Iterable<Objection<Codes>> {
  const { handbook } = context;
  const serviceLevel = handbook.serviceLevels.get(service.serviceLevel ?? '');
  for (const [window, id] of service.escalation) {
    const chain = handbook.escalations.get(id);
    if (chain === undefined) continue;
    if (!chain.appliesIn.includes(window)) {
      yield {
        code: 'not-applicable',
        args: { chain: id, window, appliesIn: chain.appliesIn },
        location: childLocation(service.location, 'escalation', window),
      };
    }
    if (serviceLevel !== undefined)
      yield* lateFor(context, service, serviceLevel, { chain, window, reached });
  }
}

/** A chain in a window of a service. */
interface Use {
  readonly chain: Escalation;
  readonly window: string;
  readonly reached: Reached;
}

/** The tightest promise that a chain breaks in a window: its last level is called later than that. */
function* lateFor(
  context: Context,
  service: Service,
  serviceLevel: ServiceLevel,
  { chain, window, reached: known }: Use,
): Iterable<Objection<Codes>> {
  const terms = levelTermsIn(context.handbook, serviceLevel, context.ahead);
  for (const { name, respond, within, clock } of tightestFirst(terms, window)) {
    const levels = inTurn(levelsFor(chain, name));
    const last = levels.at(-1)?.level;
    if (last === undefined || longestWait(levels) <= within) continue;
    const { hours } = serviceLevel;
    const key = JSON.stringify([chain.id, levels.map(({ index }) => index), hours, window]);
    const reached = known.get(key) ?? latestReached(context, levels, hours, window);
    known.set(key, reached);
    if (reached <= within) continue;
    const minutes = reached / MINUTE;
    const priority = name;
    yield {
      code: 'too-late',
      args: { minutes, serviceLevel: serviceLevel.id, priority, respond, clock, service: service.id },
      location: last.location,
    };
    return;
  }
}

const earlierOf = (levels: readonly ChainLevel[]): readonly Level[] =>
  levels.slice(0, -1).map(({ level }) => level);

/** How long it takes until the last level is called if every level reaches somebody, in milliseconds. */
const longestWait = (levels: readonly ChainLevel[]): number =>
  earlierOf(levels).reduce((sum, level) => sum + waitOf(level), 0);

/**
 * How long it takes at most until the last level is called in a window, in milliseconds: a level that reaches nobody
 * takes no time.
 */
function latestReached(
  context: Context,
  levels: readonly ChainLevel[],
  hours: string,
  window: string,
): number {
  const spans = (windowAt(context.resolved, hours) ?? []).filter(({ value }) => value === window);
  const mask = clip(spans, context.ahead);
  if (mask.length === 0) return longestWait(levels);
  let after: Timeline<number> = mask.map((span) => ({ ...span, value: 0 }));
  for (const level of earlierOf(levels)) {
    if (isUnknown(context, level)) return longestWait(levels);
    after = combine(after, called(context, level, mask), (sum = 0, people = []) =>
      people.length === 0 ? sum : sum + waitOf(level),
    );
  }
  return after.reduce((latest, { value }) => Math.max(latest, value), 0);
}

type Response = {
  readonly name: string;
  readonly respond: Duration;
  readonly within: number;
  readonly clock: Clock;
};

/** The response targets in elapsed time, the shortest first; targets in working time are longer than any chain. */
const tightestFirst = (terms: readonly ServiceLevelTerms[], window: string): readonly Response[] =>
  terms
    .flatMap((own) => {
      const clock = own.clock.get(window);
      return clock === undefined ? [] : [...own.priorities.values()].map((it) => ({ ...it, clock }));
    })
    .flatMap(({ id: name, targets, clock }): Response[] => {
      const respond = targets[clock]?.respond;
      const elapsed = respond === undefined ? undefined : elapsedOf(respond);
      return respond === undefined || elapsed === undefined
        ? []
        : [{ name, respond, within: elapsed, clock }];
    })
    .toSorted((one, other) => one.within - other.within);
