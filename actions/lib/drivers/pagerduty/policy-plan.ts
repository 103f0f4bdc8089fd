/**
 * Compares one escalation policy with its chain: levels, delays and repeats; all other fields are sent back as they
 * were read. Pure.
 */
import type { ActualLevel, ActualPolicy, EscalationTarget, ScheduleKinds } from './actual.ts';
import type { DesiredChain } from './desired.ts';
import { isSchedule, typedTarget } from './kinds.ts';

/** The part of a level that the handbook decides. */
interface PlannedLevel {
  readonly delayMinutes: number;
  readonly targets: readonly EscalationTarget[];
}

/** The part of a policy that the handbook decides. */
export interface PolicyLevels {
  readonly levels: readonly PlannedLevel[];
  readonly repeats: number;
}

/** A policy to be changed, and the whole body of the request that changes it. */
export interface PolicyPlan {
  readonly chain: string;
  readonly policy: string;
  readonly before: PolicyLevels;
  readonly after: PolicyLevels;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The delay that PagerDuty gives a last level, which needs none. */
const LAST_DELAY = 30;

/**
 * The change of a policy, or undefined if it matches the chain. Schedules are compared by id, and written with the type
 * of their kind: PagerDuty changes the type itself when a schedule is upgraded.
 */
export function policyPlan(
  chain: DesiredChain,
  actual: ActualPolicy,
  kinds: ScheduleKinds,
): PolicyPlan | undefined {
  const levels = chain.levels.map(({ delayMinutes, targets }, i) => ({
    delayMinutes: delayMinutes ?? actual.levels[i]?.delayMinutes ?? LAST_DELAY,
    targets: targets.map((it) => typedTarget(it, kinds)),
  }));
  const after = { levels, repeats: chain.repeats };
  const before = { levels: actual.levels.map(comparedPart), repeats: actual.repeats };
  if (isSame(before, after)) return undefined;
  const bases = basesFor(levels, actual.levels);
  const rules = levels.map((level, i) => ({ ...bases[i]?.raw, ...ruleOf(level, bases[i], kinds) }));
  const body = { ...actual.raw, escalation_rules: rules, num_loops: chain.repeats };
  return { chain: chain.chain, policy: chain.policy, before, after, body };
}

/**
 * The actual level whose other fields each planned level keeps. Levels with the same targets are matched before levels
 * at the same position, so that a new level takes no fields from a level that stays.
 */
function basesFor(
  levels: readonly PlannedLevel[],
  actual: readonly ActualLevel[],
): readonly (ActualLevel | undefined)[] {
  const used = new Set<ActualLevel>();
  const take = (level: ActualLevel | undefined): ActualLevel | undefined => {
    if (level === undefined || used.has(level)) return undefined;
    used.add(level);
    return level;
  };
  const same = levels.map(({ targets }) =>
    take(actual.find((it) => !used.has(it) && sameTargets(it.targets, targets))),
  );
  return levels.map((_, i) => same[i] ?? take(actual[i]));
}

const comparedPart = ({ delayMinutes, targets }: ActualLevel): PlannedLevel => ({ delayMinutes, targets });

/** Unchanged targets are sent in the order in which they were read. */
function ruleOf(
  { delayMinutes, targets }: PlannedLevel,
  base: ActualLevel | undefined,
  kinds: ScheduleKinds,
) {
  const isUnchanged = base !== undefined && sameTargets(base.targets, targets);
  return {
    escalation_delay_in_minutes: delayMinutes,
    targets: (isUnchanged ? base.targets : targets)
      .map((it) => typedTarget(it, kinds))
      .map(({ id, type }) => ({ id, type })),
  };
}

const targetKey = (it: EscalationTarget): string => `${isSchedule(it) ? 'schedule' : it.type} ${it.id}`;

/** The order of targets does not matter: a level notifies all of them at once. */
const sameTargets = (one: readonly EscalationTarget[], other: readonly EscalationTarget[]): boolean => {
  const keys = new Set(one.map(targetKey));
  return keys.size === new Set(other.map(targetKey)).size && other.every((it) => keys.has(targetKey(it)));
};

const isSame = (one: PolicyLevels, other: PolicyLevels): boolean =>
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
