/**
 * The parts of a shift-based schedule: custom shifts, rotations with their events, and overrides of either; and the
 * form in which tests write them.
 *
 * The one surprise: nothing hides anything else. Whoever has a shift is on call, several people at once if there are
 * several shifts; only an override replaces somebody, and only in the shifts of its source.
 */
import { wallOfText } from '../../actions/lib/time/date.ts';
import type { Instant, Interval } from '../../actions/lib/timeline.ts';
import { type Ids, instant } from './ids.ts';

/** A user id, or undefined for the empty member, whose shifts nobody holds. */
export type Member = string | undefined;

export interface CustomShift extends Interval {
  readonly id: string;
  readonly member: Member;
  /** When it was created; for a moment after that, PagerDuty does not find it by its id. */
  readonly createdAt: Instant;
}

/** A shift that recurs, at local times of its own zone. */
export interface ShiftEvent {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  /** Local times of the first shift; its start fixes the phase, also where the event takes effect later. */
  readonly startWall: number;
  readonly endWall: number;
  readonly effectiveAt: Instant;
  readonly effectiveUntil: Instant | undefined;
  /** Rules of RFC 5545. */
  readonly recurrence: readonly string[];
  readonly strategy: 'rotating' | 'every';
  readonly shiftsPerMember: number;
  readonly members: readonly Member[];
}

export interface Rotation {
  readonly id: string;
  readonly events: readonly ShiftEvent[];
}

export type ShiftSource = { readonly rotationId: string } | { readonly customShiftId: string };

export interface ShiftOverride extends Interval {
  readonly id: string;
  readonly source: ShiftSource;
  readonly overridden: Member;
  readonly overriding: Member;
  readonly createdAt: Instant;
}

export interface Shifts {
  readonly customShifts: readonly CustomShift[];
  readonly rotations: readonly Rotation[];
  /** In order of creation. */
  readonly shiftOverrides: readonly ShiftOverride[];
}

/** A custom shift as a test writes it; without a `user`, nobody holds it. */
interface WrittenShift {
  readonly id?: string;
  readonly start: string;
  readonly end: string;
  readonly user?: string;
}
/** `start` and `end` are local times, such as `2026-11-04T10:00`; `effective` is an instant, by default long ago. */
interface WrittenEvent {
  readonly id?: string;
  readonly name?: string;
  readonly start: string;
  readonly end: string;
  readonly effective?: string;
  readonly until?: string;
  readonly rule: string;
  readonly strategy?: ShiftEvent['strategy'];
  readonly shiftsPerMember?: number;
  readonly users: readonly Member[];
}
interface WrittenRotation {
  readonly id: string;
  readonly events: readonly WrittenEvent[];
}
type WrittenShiftOverride = ShiftSource & {
  readonly id?: string;
  readonly start: string;
  readonly end: string;
  readonly overridden?: string;
  readonly overriding?: string;
};

export interface WrittenShifts {
  readonly customShifts?: readonly WrittenShift[];
  readonly rotations?: readonly WrittenRotation[];
  readonly shiftOverrides?: readonly WrittenShiftOverride[];
}

const LONG_AGO = Number.NEGATIVE_INFINITY;

function wall(text: string): number {
  const at = wallOfText(text);
  if (at === undefined) throw new Error(`"${text}" is no local time; write it as 2026-12-02T10:00`);
  return at;
}

const eventOf = (written: WrittenEvent, timeZone: string, ids: Ids): ShiftEvent => ({
  id: written.id ?? ids('A'),
  name: written.name ?? 'Event',
  timeZone,
  startWall: wall(written.start),
  endWall: wall(written.end),
  effectiveAt: instant(written.effective ?? '2026-01-01T00:00:00Z'),
  effectiveUntil: written.until === undefined ? undefined : instant(written.until),
  recurrence: [`RRULE:${written.rule}`],
  strategy: written.strategy ?? 'rotating',
  shiftsPerMember: written.shiftsPerMember ?? 1,
  members: written.users,
});

/** The parts of a shift-based schedule that a test has written. */
export const shiftsOf = (written: WrittenShifts, timeZone: string, ids: Ids): Shifts => ({
  customShifts: (written.customShifts ?? []).map(({ id, start, end, user }) => ({
    id: id ?? ids('A'),
    startAt: instant(start),
    endAt: instant(end),
    member: user,
    createdAt: LONG_AGO,
  })),
  rotations: (written.rotations ?? []).map(({ id, events }) => ({
    id,
    events: events.map((event) => eventOf(event, timeZone, ids)),
  })),
  shiftOverrides: (written.shiftOverrides ?? []).map((each) => ({
    id: each.id ?? ids('A'),
    source: 'rotationId' in each ? { rotationId: each.rotationId } : { customShiftId: each.customShiftId },
    startAt: instant(each.start),
    endAt: instant(each.end),
    overridden: each.overridden,
    overriding: each.overriding,
    createdAt: LONG_AGO,
  })),
});

/** Whether a shift or an override is still to come, is in progress, or has ended. */
export const phaseOf = ({ startAt, endAt }: Interval, now: Instant): 'future' | 'running' | 'ended' =>
  endAt <= now ? 'ended' : startAt <= now ? 'running' : 'future';
