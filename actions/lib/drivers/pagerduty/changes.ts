/** What is to change on a schedule, as data. Pure. */
import type { Instant } from '../../timeline.ts';
import type { ExistingRecord, Overridden } from './actual.ts';

/** A record to add; one that starts immediately has no start of its own. */
export interface Addition {
  readonly user: string;
  readonly startAt: Instant | undefined;
  readonly endAt: Instant;
  /** On a schedule of shifts, whose time an override takes; without it a custom shift is added. */
  readonly over?: Overridden;
}

/** A record that gets another person, at the same times. */
export interface RecordEdit {
  readonly record: ExistingRecord;
  readonly user: string;
}

/** What is to change on a schedule, and what stays. */
export interface ScheduleChanges {
  readonly add: readonly Addition[];
  /** Only on a schedule of shifts; an override over layers cannot be edited. */
  readonly edit: readonly RecordEdit[];
  /** Pushed from the handbook earlier, and no longer in it. */
  readonly remove: readonly ExistingRecord[];
  /** Already as in the handbook; not changed. */
  readonly unchanged: readonly ExistingRecord[];
  /** Made by somebody in PagerDuty; they are kept. */
  readonly manual: readonly ExistingRecord[];
  /** Overrides whose rotation or custom shift is gone: they do nothing, and PagerDuty does not remove them. */
  readonly orphans: readonly ExistingRecord[];
}

/** No changes of a schedule without records. */
export const NO_CHANGES: ScheduleChanges = {
  add: [],
  edit: [],
  remove: [],
  unchanged: [],
  manual: [],
  orphans: [],
};

/** The number of writes that the changes take. */
export const writesOf = ({ add, edit, remove }: Pick<ScheduleChanges, 'add' | 'edit' | 'remove'>): number =>
  add.length + edit.length + remove.length;
