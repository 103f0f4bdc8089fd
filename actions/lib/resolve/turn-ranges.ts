/** The ranges of days in which a role has one kind of hand-over and one order of people, and the role it follows. */
import type { Handover, Role, Rota, RotationEntry } from '../model.ts';
import { dayOfTurn, type TurnOn } from '../time/turn-name.ts';
import { type HandoverSequence, handoverSequence } from './handovers.ts';
import { type Calendars, workingDaysOf } from './working-days.ts';

const FOREVER = Number.POSITIVE_INFINITY;

/** A range of days with one kind of hand-over and one order of people; turns begin only within such ranges. */
export interface TurnRange {
  readonly sequence: HandoverSequence;
  /** The number of its first turn in the sequence, and that after its last; never equal. */
  readonly low: number;
  readonly high: number;
  /** The order of people; undefined before the first entry. */
  readonly entry: RotationEntry | undefined;
  /** Whether a turn that begins on a holiday is nobody's. */
  readonly isFreeOnHolidays: boolean;
}

/** The role whose rotation decides, and how many turns ahead of it (or, when negative, back) to look. */
export interface Source {
  readonly role: Role;
  readonly by: number;
  /** How many turns of that role go by before somebody holds the role. */
  readonly wait: number;
}

/** The source of a role's turns; undefined when roles follow each other in a circle. */
export function sourceOf(rota: Rota, role: Role): Source | undefined {
  let source: Role | undefined = role;
  let by = 0;
  let wait = 0;
  for (let steps = 0; source?.follows !== undefined; steps++) {
    if (steps > rota.roles.size) return undefined;
    by += source.follows.by;
    wait += Math.max(0, -source.follows.by);
    source = rota.roles.get(source.follows.role);
  }
  return source === undefined ? undefined : { role: source, by, wait };
}

/** The first turn of a role that has a rotation or agreed turns of its own; plus infinity without either. */
export const firstTurnOn = ({ rotation, turns }: Role): TurnOn =>
  Math.min(rotation[0]?.firstOn ?? FOREVER, ...(turns.size === 0 ? [] : turns.keys()));

/** The ranges of a role with a rotation or agreed turns of its own, in order. */
export function turnRangesOf(calendars: Calendars, rota: Rota, role: Role): readonly TurnRange[] {
  const changes = rota.terms.filter(
    ({ handover }, i) => i === 0 || !sameHandover(handover, rota.terms[i - 1]?.handover),
  );
  const beganOn = role.rotation[0]?.firstOn ?? FOREVER;
  const untilChange = (on: TurnOn): TurnOn => changes.find(({ firstOn }) => firstOn > on)?.firstOn ?? FOREVER;
  const before = changes
    .filter(({ firstOn }) => firstOn < beganOn)
    .flatMap(({ firstOn, handover }) => {
      const untilOn = Math.min(untilChange(firstOn), beganOn);
      const continues = untilOn !== FOREVER && sameHandover(handover, handoverOn(rota, beganOn));
      const anchorOn = continues ? beganOn : firstAgreed(role, firstOn, untilOn);
      return rangeWithin(calendars, rota, { firstOn, untilOn, handover, anchorOn, entry: undefined });
    });
  const since = role.rotation.flatMap((entry, i) => {
    const { firstOn } = entry;
    const untilOn = Math.min(untilChange(firstOn), role.rotation[i + 1]?.firstOn ?? FOREVER);
    const handover = handoverOn(rota, firstOn);
    return rangeWithin(calendars, rota, { firstOn, untilOn, handover, anchorOn: firstOn, entry });
  });
  return [...before, ...since];
}

/** Every hand-over day of a rota, as ranges: periods of several weeks can begin in any week. */
export const termRangesOf = (calendars: Calendars, rota: Rota): readonly TurnRange[] =>
  rota.terms.flatMap(({ firstOn, handover }, i) =>
    rangeWithin(calendars, rota, {
      firstOn,
      untilOn: rota.terms[i + 1]?.firstOn ?? FOREVER,
      handover: handover.kind === 'weeks' ? { ...handover, weeks: 1 } : handover,
      anchorOn: 0,
      entry: undefined,
    }),
  );

/** The turns that begin within two days, or none. */
function rangeWithin(
  calendars: Calendars,
  rota: Rota,
  days: {
    readonly firstOn: TurnOn;
    readonly untilOn: TurnOn;
    readonly handover: Handover;
    readonly anchorOn: TurnOn | undefined;
    readonly entry: RotationEntry | undefined;
  },
): readonly TurnRange[] {
  const { firstOn, untilOn, handover, anchorOn, entry } = days;
  const sequence = handoverSequence(handover, anchorOn, () => workingDaysOf(calendars, rota));
  const low = Math.max(sequence.least, numberFrom(sequence, firstOn));
  const high = Math.min(sequence.most, numberFrom(sequence, untilOn));
  return low < high ? [{ sequence, low, high, entry, isFreeOnHolidays: handover.kind === 'weekdays' }] : [];
}

/** A name with a time where turns are named by date alone, which is reported, still means that day. */
const numberFrom = ({ isTimed, numberFrom: from }: HandoverSequence, on: TurnOn): number =>
  Number.isFinite(on) ? from(isTimed ? on : dayOfTurn(on)) : on;

/** The first agreed turn within a range, from which periods of several weeks are counted without a rotation. */
const firstAgreed = ({ turns }: Role, firstOn: TurnOn, untilOn: TurnOn): TurnOn | undefined =>
  [...turns.keys()].filter((on) => firstOn <= on && on < untilOn).toSorted((one, other) => one - other)[0];

/** Whether two hand-overs are the same. */
export const sameHandover = (one: Handover, other: Handover | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** The kind of hand-over that a rota has when a turn of this name begins. */
export const handoverOn = ({ terms }: Rota, on: TurnOn): Handover =>
  (terms.findLast(({ firstOn }) => firstOn <= on) ?? terms[0])?.handover as Handover;

/** A turn among the ranges of a role: the index of its range, and its number there. */
export interface TurnPosition {
  readonly range: number;
  readonly number: number;
}

/** The last turn that begins before a day, or the first of all. */
export function positionBefore(ranges: readonly TurnRange[], day: TurnOn): TurnPosition {
  for (let i = ranges.length - 1; i >= 0; i--) {
    const { sequence, low, high } = ranges[i] as TurnRange;
    const number = Math.min(high, sequence.numberFrom(day));
    if (number > low) return { range: i, number: number - 1 };
  }
  return { range: 0, number: ranges[0]?.low ?? 0 };
}

/** The turn so many turns earlier, or the first of all. */
export function back(ranges: readonly TurnRange[], from: TurnPosition, turns: number): TurnPosition {
  let { range, number } = from;
  for (let left = turns; ; ) {
    const { low } = ranges[range] as TurnRange;
    const steps = Math.min(left, number - low);
    number -= steps;
    left -= steps;
    if (left === 0 || range === 0) return { range, number };
    range--;
    number = (ranges[range] as TurnRange).high;
  }
}

/** The turn so many turns later; undefined after the last. */
export function forth(
  ranges: readonly TurnRange[],
  from: TurnPosition,
  turns: number,
): TurnPosition | undefined {
  let number = from.number + turns;
  for (let range = from.range; range < ranges.length; range++) {
    const { high } = ranges[range] as TurnRange;
    if (number < high) return { range, number };
    number = number - high + (ranges[range + 1]?.low ?? 0);
  }
  return undefined;
}
