/** What exists in PagerDuty, as far as it is compared: overrides and renderings of schedules, levels of policies, users. */
import type { Interval, Timeline } from '../../timeline.ts';

/** An override as it stands, whole; nothing on it says who made it. */
export interface ExistingOverride extends Interval {
  readonly id: string;
  /** The user's id. */
  readonly user: string;
}

/** Who is on by user id: with overrides, and by the schedule's own layers alone. */
export interface Rendered {
  readonly final: Timeline<string>;
  readonly base: Timeline<string>;
}

/** A schedule by layers is what can be pushed to; a shift-based one has another API, and takes no such overrides. */
export type ActualSchedule =
  | { readonly kind: 'layers'; readonly overrides: readonly ExistingOverride[] }
  | { readonly kind: 'shifts' }
  | { readonly kind: 'missing' };

/** Whom a level calls: a user, a schedule, or something that we do not know. */
export interface Target {
  readonly type: string;
  readonly id: string;
}

/** One level of an escalation policy, and what we do not model of it. */
export interface ThereLevel {
  readonly delayMinutes: number;
  readonly targets: readonly Target[];
  readonly raw: Readonly<Record<string, unknown>>;
}

/** An escalation policy and everything on it that we do not model, to be sent back as it is. */
export interface ActualPolicy {
  readonly levels: readonly ThereLevel[];
  readonly repeats: number;
  readonly raw: Readonly<Record<string, unknown>>;
}

/** Everything that was read; a policy that is not there is undefined. */
export interface ActualState {
  readonly users: ReadonlySet<string>;
  readonly schedules: ReadonlyMap<string, ActualSchedule>;
  /** Of the schedules on which something is to change, and by which alone a policy that changes reaches somebody. */
  readonly rendered: ReadonlyMap<string, Rendered>;
  readonly policies: ReadonlyMap<string, ActualPolicy | undefined>;
}
/** What became of one override of many: its id, or why it was refused. */
export type Added = { readonly id: string } | { readonly refusal: string };
