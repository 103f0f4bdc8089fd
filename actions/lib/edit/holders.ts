/** Who holds what a swap or a cover names, at any time: the questions of an edit without the edit. */
import type { Texts } from '../load/load.ts';
import type { RoleRef } from '../model.ts';
import type { RequestedCover } from './edit.ts';
import { Refused } from './refusal.ts';
import { hoursOf, parseTurnDay } from './seat.ts';
import { EditSession } from './session.ts';

/** No turn and no hours are past then. */
const ALWAYS = Number.NEGATIVE_INFINITY;

/** The holder of a turn; undefined where there is no such turn, or nobody holds it. */
export const turnHolder = (
  texts: Texts,
  { turn, ...seat }: RoleRef & { readonly turn: string },
): string | undefined =>
  unlessRefused(() => {
    const session = new EditSession(texts, ALWAYS);
    return session.turn(session.seat(seat), parseTurnDay(turn)).holder;
  });

/** Everybody who holds a role for some hours, undefined for nobody; none if there is no such time on duty. */
export const hoursHolders = (
  texts: Texts,
  requested: Omit<RequestedCover, 'person'>,
): readonly (string | undefined)[] =>
  unlessRefused(() => {
    const session = new EditSession(texts, ALWAYS);
    const seat = session.seat(requested);
    const span = hoursOf(seat.rota.zone, [requested.from, requested.to], ALWAYS);
    const held = session.held(seat, span);
    return (held.length > 0 ? held : session.extraTime(seat, span)).map(({ holder }) => holder);
  }) ?? [];

function unlessRefused<Value>(answer: () => Value): Value | undefined {
  try {
    return answer();
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}
