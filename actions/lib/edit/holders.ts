/** Who holds what a swap or a cover names, at any time: the questions of an edit without the edit. */
import { load, type Texts } from '../load/load.ts';
import type { RequestedCover, RequestedSwap } from './edit.ts';
import { Refused } from './refusal.ts';
import {
  hoursOf,
  hoursWithin,
  parseLocalTime,
  parseTurnDay,
  scheduledHolder,
  seatOf,
  turnOf,
} from './seat.ts';

/** No turn and no hours are past then. */
const ALWAYS = Number.NEGATIVE_INFINITY;

/** The holders of turns of a role; undefined where there is no such turn, or nobody holds it. */
export function turnHolders(
  texts: Texts,
  { turns, ...requested }: RequestedSwap,
): readonly (string | undefined)[] {
  const loaded = load(texts);
  return turns.map((turn) =>
    unlessRefused(() => turnOf(seatOf(loaded, requested), parseTurnDay(turn), ALWAYS).holder),
  );
}

/** The one person who holds a role for some hours; undefined if that is several people or nobody. */
export const hoursHolder = (texts: Texts, requested: Omit<RequestedCover, 'person'>): string | undefined =>
  unlessRefused(() => {
    const seat = seatOf(load(texts), requested);
    const span = hoursOf(seat, parseLocalTime(requested.from), parseLocalTime(requested.to), ALWAYS);
    const touching = hoursWithin(seat, span);
    const same = touching.find(([, it]) => it.startAt === span.startAt && it.endAt === span.endAt);
    if (same === undefined && touching.length > 0) return undefined;
    return same?.[1].assignment.person ?? scheduledHolder(seat, span);
  });

function unlessRefused<Value>(answer: () => Value): Value | undefined {
  try {
    return answer();
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}
