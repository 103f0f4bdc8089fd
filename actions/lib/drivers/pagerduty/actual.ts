/**
 * What exists in PagerDuty, as far as it is compared: records and renderings of schedules, levels of policies, users.
 */
import type { Interval, Timeline } from '../../timeline.ts';

/**
 * A schedule is made of layers, with overrides over them, or of shifts: custom shifts, and rotations with overrides of
 * their members. Another type is one that PagerDuty has added since.
 */
export type ScheduleKind = 'layers' | 'shifts';

/** Every schedule of the account, by id. */
export type ScheduleKinds = ReadonlyMap<string, ScheduleKind | { readonly unknownType: string }>;

/** In place of a user's id, where a schedule of shifts deliberately assigns nobody. */
export const NO_USER = '';

/** Whose time an override takes, on a schedule of shifts: one member of one rotation or of one custom shift. */
export interface Overridden {
  readonly source: 'rotation' | 'shift';
  readonly id: string;
  /** A user's id, or `NO_USER`. */
  readonly member: string;
}

/**
 * A record that puts somebody on: an override over layers, a custom shift, or, with `over`, an override of a member.
 * PagerDuty does not record who made it.
 */
export interface ExistingRecord extends Interval {
  readonly id: string;
  /** A user's id, or `NO_USER` for a record that leaves the time to nobody. */
  readonly user: string;
  readonly over?: Overridden;
}

/** Who is on by user id: with overrides, and by the schedule's own layers alone. */
export interface Rendered {
  readonly final: Timeline<string>;
  readonly base: Timeline<string>;
}

/** One person's time on a schedule of shifts, and where it comes from; several people may be on at once. */
export interface RenderedShift extends Interval {
  /** A user's id, or `NO_USER`. */
  readonly user: string;
  readonly source: Omit<Overridden, 'member'>;
  /** The override by which it is this person. */
  readonly override: string | undefined;
}

/** A schedule of shifts as PagerDuty renders it. */
export interface ShiftSchedule {
  readonly assignments: readonly RenderedShift[];
  /** The ids of its rotations; undefined if PagerDuty does not list them. */
  readonly rotations: ReadonlySet<string> | undefined;
}

/** A schedule as it was read. The records of one made of shifts are read only where its rendering needs a change. */
export type ActualSchedule =
  | { readonly kind: 'layers'; readonly overrides: readonly ExistingRecord[] }
  | (ShiftSchedule & { readonly kind: 'shifts'; readonly records: readonly ExistingRecord[] | undefined })
  | { readonly kind: 'unknown'; readonly type: string }
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
  readonly kinds: ScheduleKinds;
  readonly schedules: ReadonlyMap<string, ActualSchedule>;
  /** Only of the schedules of layers that `schedulesToRender` names. */
  readonly rendered: ReadonlyMap<string, Rendered>;
  readonly policies: ReadonlyMap<string, ActualPolicy | undefined>;
  readonly services: ReadonlyMap<string, ActualService | undefined>;
}

/** The result for one record of a request that adds many: its id, or PagerDuty's reason for refusing it. */
export type AddResult = { readonly id: string } | { readonly refusal: string };
