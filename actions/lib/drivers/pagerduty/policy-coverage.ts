/**
 * Whether a policy reaches anybody, over all its levels together: whoever is called by name is always there, a schedule's
 * people while they are on. Only for policies that change. Pure.
 *
 * The one surprise: a schedule of which nobody can tell who is on counts as never empty before the change.
 */
import { type Zone, zoneOf } from '../../time/zone.ts';
import { clip, type Interval, layered, type Timeline } from '../../timeline.ts';
import type { ActualState } from './actual.ts';
import type { Ladder, PolicyPlan } from './policy-plan.ts';

/** When a policy reaches anybody, before its change and after it. */
export interface Reach {
  readonly chain: string;
  readonly policy: string;
  readonly zone: Zone;
  readonly before: Timeline<true>;
  readonly after: Timeline<true>;
}

/** One schedule as far as a plan knows it. */
interface Known {
  readonly zone: Zone;
  readonly after: Timeline<unknown>;
}

const SCHEDULE = 'schedule_reference';

const isNeverEmpty = ({ levels }: Ladder): boolean =>
  levels.some(({ targets }) => targets.some(({ type }) => type !== SCHEDULE));

const schedulesIn = ({ levels }: Ladder): readonly string[] =>
  levels.flatMap(({ targets }) => targets.flatMap(({ type, id }) => (type === SCHEDULE ? [id] : [])));

/** The schedules of which has to be known who is on: none where somebody is called by name in the end. */
export function decisive({ before, after }: PolicyPlan): readonly string[] {
  if (isNeverEmpty(after)) return [];
  return [...new Set([...(isNeverEmpty(before) ? [] : schedulesIn(before)), ...schedulesIn(after)])];
}

/** When a policy reaches anybody within a span; the schedules that are ours are `own`, all others stay as they are. */
export function reachOf(
  { chain, policy, before, after }: PolicyPlan,
  span: Interval,
  { schedules, rendered }: ActualState,
  own: ReadonlyMap<string, Known>,
): Reach {
  const always = [{ ...span, value: true as const }];
  const during = (cover: Timeline<unknown>) =>
    clip(cover, span).map(({ startAt, endAt }) => ({ startAt, endAt, value: true as const }));
  const union = (ladder: Ladder, coverOn: (schedule: string) => Timeline<true>) =>
    isNeverEmpty(ladder) ? always : layered(schedulesIn(ladder).flatMap(coverOn));
  const now = (schedule: string) => {
    if (schedules.get(schedule)?.kind === 'missing') return [];
    const found = rendered.get(schedule);
    return found === undefined ? always : during(found.final);
  };
  const [zone = zoneOf('UTC')] = [...schedulesIn(after), ...schedulesIn(before)].flatMap(
    (schedule) => own.get(schedule)?.zone ?? [],
  );
  return {
    chain,
    policy,
    zone,
    before: union(before, now),
    after: union(after, (schedule) => during(own.get(schedule)?.after ?? [])),
  };
}
