/**
 * The turns of a role, from its rotation and its agreed turns. A turn is numbered from the first turn of its rotation
 * entry by counting hand-overs in the local calendar, never by elapsed time and never from the turn before.
 *
 * After an amendment of the hand-over, the turn in progress continues until a rotation entry begins on a hand-over day
 * of the new kind (see `amendments` in `schemas/rota.schema.json`).
 */
import type { Assignment, Role, Rota } from '../model.ts';
import type { TurnOn } from '../time/turn-name.ts';
import type { Instant, Interval } from '../timeline.ts';
import { turnOnOf } from './handovers.ts';
import { back, firstTurnOn, positionBefore, sourceOf, type TurnRange, turnRangesOf } from './turn-ranges.ts';
import { type Calendars, isHoliday } from './working-days.ts';

const FOREVER = Number.POSITIVE_INFINITY;

/** The time from one hand-over to the next; without a value nobody holds it. */
export interface Turn extends Interval {
  /** By which files name it. */
  readonly on: TurnOn;
  readonly value: Assignment | undefined;
  /** False when no line decides this turn; true for a person, and for an entry without people. */
  readonly decided: boolean;
}

/** A turn of a role that others may follow. */
interface SourceTurn extends Turn {
  endAt: Instant;
  /** A holiday in an order from Monday to Friday: `value` then belongs to followers only, unless it is agreed. */
  readonly isFree: boolean;
}

/** The turns of a role that overlap a span, in order and without gaps. */
export function turnsOf(calendars: Calendars, rota: Rota, role: Role, span: Interval): readonly Turn[] {
  const source = sourceOf(rota, role);
  if (source === undefined) return [];
  const { by, wait } = source;
  const all = sourceTurns(calendars, rota, source.role, span, { back: wait, ahead: Math.max(0, by) });
  const first = Math.max(
    0,
    all.findIndex(({ endAt }) => endAt > span.startAt),
  );
  const own =
    role === source.role ? all.map(withoutHoliday) : followed(all, role, source, firstTurnOn(source.role));
  return own.slice(first, all.length - Math.max(0, by)).filter(({ startAt, endAt }) => startAt < endAt);
}

const withoutHoliday = (turn: SourceTurn): Turn =>
  turn.isFree && turn.value?.by === 'rotation' ? { ...turn, value: undefined } : turn;

/** The turns of a role that follows: nobody holds them until the role that it follows has had enough turns. */
function followed(
  all: readonly SourceTurn[],
  role: Role,
  { by, wait }: { readonly by: number; readonly wait: number },
  firstOn: TurnOn,
): readonly Turn[] {
  const { file, path } = role.location;
  // Findings about a follower point at its own lines.
  const location = { file, path: [...path, 'follows'] };
  return all.map((turn, i): Turn => {
    const other = all[i + by];
    const hasBegun = (all[i - wait]?.on ?? Number.NEGATIVE_INFINITY) >= firstOn;
    if (other === undefined || !hasBegun) return { ...turn, value: undefined, decided: true };
    const { value, decided } = other;
    if (value === undefined || turn.isFree) return { ...turn, value: undefined, decided };
    const { person } = value;
    return {
      ...turn,
      decided,
      value: { person, by: 'rotation', insteadOf: undefined, change: undefined, location },
    };
  });
}

/** The turns of a role by its own rotation that overlap a span, and as many more as followers look back and ahead. */
function sourceTurns(
  calendars: Calendars,
  rota: Rota,
  role: Role,
  span: Interval,
  more: { readonly back: number; readonly ahead: number },
): readonly SourceTurn[] {
  const ranges = turnRangesOf(calendars, rota, role);
  if (ranges.length === 0) return [];
  const { zone } = rota;
  const start = back(ranges, positionBefore(ranges, zone.dayOf(span.startAt)), more.back);
  const undecidedFrom = undecidedFromOn(role);
  const turns: SourceTurn[] = [];
  let ahead = more.ahead;
  for (let i = start.range; i < ranges.length; i++) {
    const { sequence, low, high, entry, isFreeOnHolidays } = ranges[i] as TurnRange;
    for (let number = i === start.range ? start.number : low; number < high; number++) {
      const wall = sequence.wallOf(number);
      const startAt = zone.instantOf(wall);
      const last = turns.at(-1);
      if (last !== undefined) last.endAt = startAt;
      if (startAt >= span.endAt && ahead-- === 0) return turns;
      const on = turnOnOf(sequence, wall);
      const agreed = role.turns.get(on);
      const value = agreed ?? entry?.people[(number - low) % entry.people.length];
      const decided = agreed !== undefined || (entry !== undefined && on < undecidedFrom);
      const isFree = isFreeOnHolidays && isHoliday(calendars, rota, on);
      turns.push({ on, startAt, endAt: FOREVER, value, decided, isFree });
    }
  }
  // Without a further hand-over, the last turn has no end, and followers find nobody ahead.
  const never = {
    on: FOREVER,
    startAt: FOREVER,
    endAt: FOREVER,
    value: undefined,
    decided: true,
    isFree: false,
  };
  return [...turns, ...Array.from({ length: ahead }, () => never)];
}

/**
 * The turn from which a list of turns has ended, so that nothing is decided. An entry without people that comes last
 * means nobody from there on, unless it only marks the end of a list: turns are agreed one by one after it, or the
 * entries before it name one person each, of several.
 */
function undecidedFromOn({ rotation, turns, seat }: Role): TurnOn {
  const last = rotation.at(-1);
  if (last === undefined || last.people.length > 0) return FOREVER;
  // The entry has fewer seats than the role.
  if (seat !== undefined && (last.seats ?? seat.number) < seat.number) return FOREVER;
  const agreed = [...turns.keys()].filter((on) => on > last.firstOn);
  if (agreed.length > 0) return Math.max(...agreed);
  const people = new Set(rotation.flatMap((entry) => entry.people.map(({ person }) => person)));
  const isList = rotation.every((entry) => entry.people.length <= 1) && people.size > 1;
  return isList ? last.firstOn : FOREVER;
}
