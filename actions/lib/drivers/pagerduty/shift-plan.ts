/**
 * Compares a schedule of shifts with its desired cover: which custom shifts and overrides of members to add, to edit,
 * to remove and to leave. Where a rotation has somebody, an override of that member puts the desired person on; where
 * nothing lies beneath, a custom shift does. Nothing is written where a rotation already has the desired person. Pure.
 *
 * Custom shifts add up: somebody else's stays, is reported, and does not keep ours away.
 */
import { MINUTE } from '../../time/date.ts';
import {
  difference,
  type Instant,
  type Interval,
  layered,
  overlay,
  restrict,
  type Span,
  type Timeline,
  without,
} from '../../timeline.ts';
import type { ExistingRecord, Overridden, RenderedShift, ShiftSchedule } from './actual.ts';
import { NO_USER } from './actual.ts';
import { type Addition, NO_CHANGES, type RecordEdit, type ScheduleChanges } from './changes.ts';
import type { DesiredSchedule } from './desired.ts';
import { together } from './on-call.ts';
import { leastEndOf } from './override-plan.ts';
import { byOwner, isWithin } from './ownership.ts';

/** A schedule of shifts as far as it was read. */
interface ReadShifts extends ShiftSchedule {
  readonly records: readonly ExistingRecord[] | undefined;
}

/** A record that begins this soon is not edited: it may have begun by the time of the request. */
const EDIT_LEAD = 2 * MINUTE;

/** The changes of a schedule of shifts; its records are needed where its rendering alone does not settle them. */
export function shiftPlan(desired: DesiredSchedule, actual: ReadShifts, now: Instant): ScheduleChanges {
  const { assignments, rotations, records } = actual;
  if (records === undefined) return NO_CHANGES;
  const isOrphan = orphanTest(rotations, records, now);
  const owned = byOwner(
    desired,
    records.filter((it) => !isOrphan(it)),
    now,
  );
  const { unchanged, stale, manual } = owned;
  const kept = [...unchanged, ...manual];
  const wanted = wantedOf(desired, stale, now);
  const turns = turnsOf(assignments, records);
  const leastAt = leastEndOf(stale, now);
  const needs = [...overridesNeeded(wanted, turns, kept), ...shiftsNeeded(wanted, turns, kept)]
    .filter(({ endAt }) => endAt > leastAt)
    .toSorted((one, other) => one.startAt - other.startAt);
  const changes = withEdits(needs, stale, now);
  return { ...changes, unchanged, manual, orphans: records.filter(isOrphan) };
}

/** Tests whether an override has lost its rotation or its custom shift: it does nothing then, and cannot be removed. */
function orphanTest(
  rotations: ReadonlySet<string> | undefined,
  records: readonly ExistingRecord[],
  now: Instant,
): (record: ExistingRecord) => boolean {
  const shifts = new Set(records.flatMap(({ id, over }) => (over === undefined ? [id] : [])));
  return ({ over, endAt }) => {
    if (over === undefined || endAt <= now) return false;
    return over.source === 'shift'
      ? !shifts.has(over.id)
      : rotations !== undefined && !rotations.has(over.id);
  };
}

/**
 * Whether the rendering alone shows that nothing is to change: the desired person is on at every instant, and nobody
 * else, and every custom shift and override is as in the handbook.
 */
export function isSettled(
  { cover, current }: DesiredSchedule,
  { assignments }: ShiftSchedule,
  now: Instant,
): boolean {
  const isAsDesired = (it: RenderedShift) => {
    if (it.endAt <= now) return true;
    // Whose shift is overridden is not shown.
    if (it.override !== undefined && it.source.source === 'shift') return false;
    const isRecord = it.override !== undefined || it.source.source === 'shift';
    return !isRecord || isWithin(it, current, now);
  };
  const shown = restrict(together(assignments), cover);
  return (
    assignments.every(isAsDesired) &&
    difference(cover, shown).every(({ endAt }) => endAt <= leastEndOf([], now))
  );
}

/**
 * The desired cover, and beyond the horizon that of the records to be removed: nothing else would put anybody on there.
 */
const wantedOf = (
  { cover, current }: DesiredSchedule,
  stale: readonly ExistingRecord[],
  now: Instant,
): Timeline<string> =>
  overlay(
    restrict(current, layered(stale.map((it) => span({ ...it, startAt: Math.max(it.startAt, now) })))),
    cover,
  );

const span = ({ startAt, endAt }: Interval): Span<true> => ({ startAt, endAt, value: true });

/** When a rotation has one of its members on by itself; it may have several at once. */
interface Turns {
  readonly rotation: string;
  readonly member: string;
  /** With the member as the value. */
  readonly line: Timeline<string>;
}

/** The turns of all members of all rotations; where an override is in force, those of the member that it replaces. */
function turnsOf(
  assignments: readonly RenderedShift[],
  records: readonly ExistingRecord[],
): readonly Turns[] {
  const byId = new Map(records.map((it) => [it.id, it]));
  const spans = assignments.flatMap(({ startAt, endAt, user, source, override }) => {
    if (source.source !== 'rotation') return [];
    const member = override === undefined ? user : (byId.get(override)?.over?.member ?? user);
    return member === NO_USER ? [] : [{ rotation: source.id, member, startAt, endAt }];
  });
  const groups = Map.groupBy(spans, ({ rotation, member }) => `${rotation} ${member}`);
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const { rotation, member } = first;
    const line = layered(own.map(({ startAt, endAt }) => ({ startAt, endAt, value: member })));
    return [{ rotation, member, line }];
  });
}

/** A record as it would be added. */
interface Need extends Interval {
  readonly user: string;
  readonly over?: Overridden;
}

/** The overrides for members who are not the desired person; an override by hand takes precedence. */
const overridesNeeded = (
  wanted: Timeline<string>,
  turns: readonly Turns[],
  kept: readonly ExistingRecord[],
): readonly Need[] =>
  turns.flatMap(({ rotation, member, line }) => {
    const own = kept.filter(({ over }) => over?.id === rotation && over.member === member);
    const others = wanted.filter(({ value }) => value !== member);
    return without(restrict(others, line), layered(own.map(span))).map(({ startAt, endAt, value }) => ({
      ...{ startAt, endAt, user: value },
      over: { source: 'rotation' as const, id: rotation, member },
    }));
  });

/** The custom shifts where no rotation has anybody. */
function shiftsNeeded(
  wanted: Timeline<string>,
  turns: readonly Turns[],
  kept: readonly ExistingRecord[],
): readonly Need[] {
  const bare = turns.reduce<Timeline<string>>((left, { line }) => without(left, line), wanted);
  const shifts = Map.groupBy(
    kept.filter(({ over }) => over === undefined),
    ({ user }) => user,
  );
  const held = [...shifts].map(([user, own]) =>
    restrict(
      bare.filter(({ value }) => value === user),
      layered(own.map(span)),
    ),
  );
  return held
    .reduce<Timeline<string>>((left, own) => without(left, own), bare)
    .map(({ startAt, endAt, value }) => ({ startAt, endAt, user: value }));
}

/** A stale record with exactly the times of a needed one gets its person, instead of being replaced. */
function withEdits(
  needs: readonly Need[],
  stale: readonly ExistingRecord[],
  now: Instant,
): Pick<ScheduleChanges, 'add' | 'edit' | 'remove'> {
  const left = new Map(
    stale.filter(({ startAt }) => startAt > now + EDIT_LEAD).map((it) => [formOf(it), it] as const),
  );
  const add: Addition[] = [];
  const edit: RecordEdit[] = [];
  for (const need of needs) {
    const record = left.get(formOf(need));
    left.delete(formOf(need));
    if (record !== undefined) edit.push({ record, user: need.user });
    else add.push({ ...need, startAt: need.startAt <= now ? undefined : need.startAt });
  }
  const edited = new Set(edit.map(({ record }) => record));
  return { add, edit, remove: stale.filter((it) => !edited.has(it)) };
}

/** What an edit cannot change. */
const formOf = ({ startAt, endAt, over }: Interval & { readonly over?: Overridden }): string =>
  [startAt, endAt, over?.source, over?.id, over?.member].join(' ');

/** Who is on after the changes: everybody of a rotation or of a custom shift, each as the overrides have it. */
export function coverOfShifts(
  { add, edit, unchanged, manual }: ScheduleChanges,
  { assignments, records = [] }: ReadShifts,
  now: Instant,
): Timeline<string> {
  const shown = new Set(assignments.map(({ override }) => override));
  const [visible, hidden] = [true, false].map((isShown) =>
    [...unchanged, ...manual].filter(({ id }) => shown.has(id) === isShown),
  );
  const after: readonly Need[] = [
    ...(hidden ?? []),
    ...(visible ?? []),
    ...edit.map(({ record, user }) => ({ ...record, user })),
    ...add.map((it) => ({ ...it, startAt: it.startAt ?? now })),
  ];
  const overrides = Map.groupBy(
    after.filter(({ over }) => over !== undefined),
    ({ over }) => over?.id,
  );
  const lines = [
    ...turnsOf(assignments, records).map(({ rotation, line }) => overridden(line, overrides.get(rotation))),
    ...after.flatMap((it) => {
      if (it.over !== undefined) return [];
      const line = [{ startAt: it.startAt, endAt: it.endAt, value: it.user }];
      return [overridden(line, 'id' in it ? overrides.get(String(it.id)) : undefined)];
    }),
  ];
  return together(lines.flat().map(({ startAt, endAt, value }) => ({ startAt, endAt, user: value })));
}

/** A line with the overrides of its members; the later of two takes precedence. */
const overridden = (line: Timeline<string>, overrides: readonly Need[] = []): Timeline<string> =>
  overlay(
    line,
    layered(
      overrides.flatMap((it) =>
        restrict(
          line.filter(({ value }) => value === it.over?.member),
          [span(it)],
        ).map(({ startAt, endAt }) => ({ startAt, endAt, value: it.user })),
      ),
    ),
  );

/** When rotations have several people on at once where somebody is desired. */
export function rotationsAtOnce(
  { cover }: DesiredSchedule,
  { assignments, records = [] }: ReadShifts,
): Timeline<unknown> {
  const turns = turnsOf(assignments, records);
  const crowded = turns.flatMap(({ line }, i) =>
    turns
      .slice(i + 1)
      .filter(({ member }) => member !== turns[i]?.member)
      .flatMap((other) => restrict(line, other.line).map(span)),
  );
  return restrict(layered(crowded), cover);
}
