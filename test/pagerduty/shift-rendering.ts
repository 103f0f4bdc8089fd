/**
 * Who is on call by a shift-based schedule: everybody who has a shift, by a rotation or by a custom shift; an override
 * replaces one member in the shifts of one source, and the newest of two overrides counts.
 */
import { type Interval, layered, type Span, type Timeline } from '../../actions/lib/timeline.ts';
import { occurrences } from './recurrence.ts';
import type { Member, ShiftEvent, ShiftOverride, ShiftSource, Shifts } from './shift-state.ts';

/** A member on call in one shift, or in the part of it that one override replaces. */
export interface Assignment extends Interval {
  readonly member: Member;
  readonly source: ShiftSource;
  readonly overrideId: string | undefined;
}

export const isOneSource = (one: ShiftSource, other: ShiftSource): boolean =>
  'rotationId' in one
    ? 'rotationId' in other && one.rotationId === other.rotationId
    : 'customShiftId' in other && one.customShiftId === other.customShiftId;

function membersOf({ strategy, members, shiftsPerMember }: ShiftEvent, shift: number): readonly Member[] {
  return strategy === 'every' ? members : [members[Math.floor(shift / shiftsPerMember) % members.length]];
}

/** Every shift before any override, whole, by its source. */
function shiftsIn(
  { customShifts, rotations }: Shifts,
  within: Interval,
): readonly Omit<Assignment, 'overrideId'>[] {
  const custom = customShifts
    .filter(({ startAt, endAt }) => startAt < endAt && endAt > within.startAt && startAt < within.endAt)
    .map(({ id, startAt, endAt, member }) => ({ startAt, endAt, member, source: { customShiftId: id } }));
  const recurring = rotations.flatMap(({ id, events }) =>
    events.flatMap((event) =>
      occurrences(event, within).flatMap(({ startAt, endAt, shift }) =>
        membersOf(event, shift).map((member) => ({ startAt, endAt, member, source: { rotationId: id } })),
      ),
    ),
  );
  return [...recurring, ...custom];
}

/** A shift cut into the parts that are replaced and those that are not. */
function replaced(
  shift: Omit<Assignment, 'overrideId'>,
  overrides: readonly ShiftOverride[],
): readonly Assignment[] {
  const mine = overrides.filter(
    ({ source, overridden }) => overridden === shift.member && isOneSource(source, shift.source),
  );
  const spans: Span<Pick<ShiftOverride, 'id' | 'overriding'> | undefined>[] = [
    { startAt: shift.startAt, endAt: shift.endAt, value: undefined },
    ...mine.map((each) => ({
      startAt: Math.max(each.startAt, shift.startAt),
      endAt: Math.min(each.endAt, shift.endAt),
      value: each,
    })),
  ];
  // An override has a value of its own; the shift beneath has undefined, which `layered` would take for nothing.
  return layered(spans.map(({ value, ...span }) => ({ ...span, value: { override: value } }))).map(
    ({ startAt, endAt, value: { override } }) => ({
      startAt,
      endAt,
      member: override === undefined ? shift.member : override.overriding,
      source: shift.source,
      overrideId: override?.id,
    }),
  );
}

/** Every assignment that overlaps an interval, whole, by start. */
export const assignments = (shifts: Shifts, within: Interval): readonly Assignment[] =>
  shiftsIn(shifts, within)
    .flatMap((shift) => replaced(shift, shifts.shiftOverrides))
    .filter(({ startAt, endAt }) => endAt > within.startAt && startAt < within.endAt)
    .toSorted((one, other) => one.startAt - other.startAt || one.endAt - other.endAt);

/** The users on call at once, sorted; nobody where there is no span. */
export function usersOnCall(shifts: Shifts, within: Interval): Timeline<readonly string[]> {
  const held = assignments(shifts, within).flatMap(({ member, startAt, endAt }) =>
    member === undefined
      ? []
      : [{ member, startAt: Math.max(startAt, within.startAt), endAt: Math.min(endAt, within.endAt) }],
  );
  const edges = [...new Set(held.flatMap(({ startAt, endAt }) => [startAt, endAt]))].toSorted(
    (a, b) => a - b,
  );
  return edges.slice(0, -1).flatMap((startAt, i) => {
    const on = held.filter((each) => each.startAt <= startAt && each.endAt > startAt);
    const users = [...new Set(on.map(({ member }) => member))].toSorted();
    return users.length === 0 ? [] : [{ startAt, endAt: edges[i + 1] as number, value: users }];
  });
}
