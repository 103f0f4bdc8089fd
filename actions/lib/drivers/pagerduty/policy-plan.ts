/** What is to change on one escalation policy: its levels, delays and repeats; all else goes back as it was read. Pure. */
import type { ActualPolicy, Target, ThereLevel } from './actual.ts';
import type { Chain } from './desired.ts';

/** A level as people read it. */
interface PlannedLevel {
  readonly delayMinutes: number;
  readonly targets: readonly Target[];
}

/** Levels and repeats, before or after. */
export interface Ladder {
  readonly levels: readonly PlannedLevel[];
  readonly repeats: number;
}

/** A policy to be changed, and the whole of it as it is to be sent. */
export interface PolicyPlan {
  readonly chain: string;
  readonly policy: string;
  readonly before: Ladder;
  readonly after: Ladder;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What PagerDuty gives a level that hands on to nobody, and so needs no delay. */
const LAST_DELAY = 30;

/** The change of a policy, or undefined when it says what the chain says. */
export function policyPlan(chain: Chain, there: ActualPolicy): PolicyPlan | undefined {
  const levels = chain.levels.map(({ delayMinutes, targets }, i) => ({
    delayMinutes: delayMinutes ?? there.levels[i]?.delayMinutes ?? LAST_DELAY,
    targets,
  }));
  const after = { levels, repeats: chain.repeats };
  const before = { levels: there.levels.map(plain), repeats: there.repeats };
  if (alike(before, after)) return undefined;
  // First all that call whom they called, so that no new level takes from them what we do not model.
  const used = new Set<ThereLevel>();
  const free = (it: ThereLevel | undefined): ThereLevel | undefined => {
    if (it === undefined || used.has(it)) return undefined;
    used.add(it);
    return it;
  };
  const same = levels.map(({ targets }) =>
    free(there.levels.find((it) => !used.has(it) && sameTargets(it.targets, targets))),
  );
  const rules = levels.map((level, i) => {
    const base = same[i] ?? free(there.levels[i]);
    return { ...base?.raw, ...ruleOf(level, base) };
  });
  const body = { ...there.raw, escalation_rules: rules, num_loops: chain.repeats };
  return { chain: chain.chain, policy: chain.policy, before, after, body };
}

const plain = ({ delayMinutes, targets }: ThereLevel): PlannedLevel => ({ delayMinutes, targets });

/** Targets that stay keep what they were read with, in their order. */
function ruleOf({ delayMinutes, targets }: PlannedLevel, base: ThereLevel | undefined) {
  const unchanged = base !== undefined && sameTargets(base.targets, targets);
  return {
    escalation_delay_in_minutes: delayMinutes,
    targets: (unchanged ? base.targets : targets).map(({ id, type }) => ({ id, type })),
  };
}

const keyOf = ({ type, id }: Target): string => `${type} ${id}`;

/** A level calls all its targets at once, so their order says nothing. */
const sameTargets = (one: readonly Target[], other: readonly Target[]): boolean => {
  const keys = new Set(one.map(keyOf));
  return keys.size === new Set(other.map(keyOf)).size && other.every((it) => keys.has(keyOf(it)));
};

const alike = (one: Ladder, other: Ladder): boolean =>
  one.repeats === other.repeats &&
  one.levels.length === other.levels.length &&
  one.levels.every((level, i) => {
    const second = other.levels[i];
    return (
      second !== undefined &&
      level.delayMinutes === second.delayMinutes &&
      sameTargets(level.targets, second.targets)
    );
  });
