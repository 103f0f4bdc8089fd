/**
 * What exists in PagerDuty, as far as it is compared: overrides and renderings of schedules, levels of policies,
 * users.
 */
import type { Interval, Timeline } from '../../timeline.ts';

/** An override in full; PagerDuty does not record who made it. */
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

/** Overrides can be added to a schedule of layers; a shift-based one has another API and does not accept them. */
export type ActualSchedule =
  | { readonly kind: 'layers'; readonly overrides: readonly ExistingOverride[] }
  | { readonly kind: 'shifts' }
  | { readonly kind: 'missing' };

/** Whom a level notifies: a user, a schedule, or another type that the handbook does not model. */
export interface EscalationTarget {
  readonly type: string;
  readonly id: string;
}

/** One level of an escalation policy; `raw` keeps its other fields. */
export interface ActualLevel {
  readonly delayMinutes: number;
  readonly targets: readonly EscalationTarget[];
  readonly raw: Readonly<Record<string, unknown>>;
}

/** An escalation policy; `raw` keeps the fields that the handbook does not model, to be sent back unchanged. */
export interface ActualPolicy {
  readonly levels: readonly ActualLevel[];
  readonly repeats: number;
  readonly raw: Readonly<Record<string, unknown>>;
}

/** A service of PagerDuty, as far as it is compared. */
export interface ActualService {
  /** The id of its escalation policy. */
  readonly policy: string;
}

/** Everything that was read; a policy or service that does not exist is undefined. */
export interface ActualState {
  readonly users: ReadonlySet<string>;
  readonly schedules: ReadonlyMap<string, ActualSchedule>;
  /** Only of the schedules that `schedulesToRender` names. */
  readonly rendered: ReadonlyMap<string, Rendered>;
  readonly policies: ReadonlyMap<string, ActualPolicy | undefined>;
  readonly services: ReadonlyMap<string, ActualService | undefined>;
}

/** The result for one override of a request that adds many: its id, or PagerDuty's reason for refusing it. */
export type AddResult = { readonly id: string } | { readonly refusal: string };
