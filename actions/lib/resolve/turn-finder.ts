/** Finds turns by name: when they are, and which names are near. */
import type { Role, Rota } from '../model.ts';
import type { TurnOn } from '../time/turn-name.ts';
import type { Instant, Interval } from '../timeline.ts';
import { type HandoverSequence, turnOnOf } from './handovers.ts';
import {
  back,
  forth,
  sourceOf,
  type TurnPosition,
  type TurnRange,
  termRangesOf,
  turnRangesOf,
} from './turn-ranges.ts';
import type { Calendars } from './working-days.ts';

const FOREVER = Number.POSITIVE_INFINITY;

/** Gives the time of a turn by its name, for one role; undefined for a name of no turn. */
export type TurnFinder = (
  on: TurnOn,
  more?: { readonly back: number; readonly ahead: number },
) => Interval | undefined;

/** Finds turns of a role, each with so many turns before and after it; the last of all turns has no end. */
export function turnFinder(calendars: Calendars, rota: Rota, role: Role): TurnFinder {
  const source = sourceOf(rota, role);
  const ranges = source === undefined ? [] : turnRangesOf(calendars, rota, source.role);
  return (on, more = { back: 0, ahead: 0 }) => {
    const range = ranges.findIndex((it) => begins(it, on));
    if (range === -1) return undefined;
    const found = { range, number: (ranges[range] as TurnRange).sequence.numberFrom(on) };
    return {
      startAt: startAt(rota, ranges, back(ranges, found, more.back)),
      endAt: startAt(rota, ranges, forth(ranges, found, more.ahead + 1)),
    };
  };
}

const startAt = ({ zone }: Rota, ranges: readonly TurnRange[], at: TurnPosition | undefined): Instant => {
  const wall = at === undefined ? undefined : ranges[at.range]?.sequence.wallOf(at.number);
  return wall === undefined ? FOREVER : zone.instantOf(wall);
};

/** Whether a turn of this name begins in a range. */
function begins({ sequence, low, high }: TurnRange, on: TurnOn): boolean {
  const number = sequence.numberFrom(on);
  return low <= number && number < high && turnOnOf(sequence, sequence.wallOf(number)) === on;
}

/** Whether a turn can begin under a name, and the nearest names before and after it; undefined where there are none. */
export interface NearestHandovers {
  readonly begins: boolean;
  readonly before: TurnOn | undefined;
  readonly after: TurnOn | undefined;
}

/** Finds the hand-overs around a name at which a turn of a role can begin or, without a role, a rotation entry. */
export function handoverFinder(
  calendars: Calendars,
  rota: Rota,
  role: Role | undefined,
): (on: TurnOn) => NearestHandovers {
  const ranges = rangesFor(calendars, rota, role);
  const name = ({ sequence }: TurnRange, number: number) => turnOnOf(sequence, sequence.wallOf(number));
  return (on) => {
    const earlier = ranges.findLast(({ sequence, low }) => low < sequence.numberFrom(on));
    const later = ranges.find(({ sequence, high }) => numberAfter(sequence, on) < high);
    return {
      begins: ranges.some((it) => begins(it, on)),
      before: earlier && name(earlier, Math.min(earlier.high, earlier.sequence.numberFrom(on)) - 1),
      after: later && name(later, Math.max(later.low, numberAfter(later.sequence, on))),
    };
  };
}

/** The number of the first hand-over after this name: names differ by half a minute at least. */
const numberAfter = ({ numberFrom }: HandoverSequence, on: TurnOn): number => numberFrom(on + 1 / 10_000);

function rangesFor(calendars: Calendars, rota: Rota, role: Role | undefined): readonly TurnRange[] {
  // A rotation entry can begin on any hand-over day of the rota.
  if (role === undefined) return termRangesOf(calendars, rota);
  const source = sourceOf(rota, role);
  return source === undefined ? [] : turnRangesOf(calendars, rota, source.role);
}
