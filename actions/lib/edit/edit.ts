/**
 * Edits the files of rotas for a swap, a cover, a turn that is given away, or somebody who joins. The edit is the
 * smallest that gives the requested cover: an existing override is changed, cut or removed, so that swapping back
 * restores the original bytes. Pure. Refuses, with a reason, what is impossible and what would add an error of any
 * rule.
 */
import type { Texts } from '../load/load.ts';
import type { RoleRef } from '../model.ts';
import { MINUTE } from '../time/date.ts';
import { formatSpan } from '../time/format.ts';
import type { TurnOn } from '../time/turn-name.ts';
import type { Instant } from '../timeline.ts';
import { everythingOf, type RequestedStandIn } from './everything.ts';
import { joinedFiles, type RequestedJoin } from './newcomer.ts';
import type { Edit, EditOutcome } from './outcome.ts';
import { changedFile, type RequestedChange } from './planned-change.ts';
import { impossible, Refused } from './refusal.ts';
import {
  type EditableSeat,
  hoursOf,
  parseTurnDay,
  type RequestedTurn,
  requireAhead,
  requirePerson,
  requireZone,
  turnName,
} from './seat.ts';
import { EditSession } from './session.ts';

/** A turn of a role, by the name that files and commands give it. */
interface NamedTurn extends RoleRef {
  readonly turn: string;
}

/** A swap of two turns, each identified by the date of its hand-over; the second may be one of another role. */
export interface RequestedSwap extends RoleRef {
  readonly turns: readonly [string, string];
  readonly other?: RoleRef;
}

/** A whole turn that a person takes. */
export interface RequestedGift extends NamedTurn {
  readonly person: string;
}

/** A cover: a person holds a role from one time to another, in the zone of its rota unless another is named. */
export interface RequestedCover {
  readonly rota: string;
  readonly role: string;
  readonly from: string;
  readonly to: string;
  readonly person: string;
  readonly zone?: string | undefined;
}

/** The edit that exchanges the holders of two turns. */
export const swapTurns = (texts: Texts, now: Instant, requested: RequestedSwap): EditOutcome =>
  outcome(texts, now, (session) => {
    const named = namedTurns(requested);
    const [one, other] = named.map((it) => sideOf(session, it)) as [Side, Side];
    if (one.seat.role === other.seat.role && one.on === other.on)
      throw impossible(`${requested.turns[0]} is one turn; a swap needs two`);
    for (const [side, against] of [
      [one, other],
      [other, one],
    ] as const)
      requireAhead(side.seat, side.turn, session.now, against.turn.holder);
    const [first, second] = [one.turn.holder, other.turn.holder];
    for (const { seat, turn } of [one, other])
      if (turn.holder === undefined)
        throw impossible(
          `nobody holds the turn of ${turnName(turn)} as ${seat.role.id}; a swap needs two people`,
          `to fill it: rota give ${seat.rota.id} ${seat.role.id} ${turnName(turn)} PERSON`,
        );
    if (first === second) throw impossible(`${first} holds both turns; there is nothing to swap`);
    const taken = [
      { ...one, taker: second as string, giver: first as string },
      { ...other, taker: first as string, giver: second as string },
    ];
    for (const { seat, on, taker } of taken) session.giveTurn(seat, session.turn(seat, on), taker, 'swap');
    for (const { seat, on, taker, giver } of taken) exchangeWithin(session, seat, on, taker, giver, named);
  });

const namedTurns = ({ rota, role, turns, other }: RequestedSwap): readonly [NamedTurn, NamedTurn] => [
  { rota, role, turn: turns[0] },
  { rota, role, ...other, turn: turns[1] },
];

/** The edit that gives a whole turn to a person. */
export const giveTurn = (texts: Texts, now: Instant, requested: RequestedGift): EditOutcome =>
  outcome(texts, now, (session) => {
    const { seat, turn } = sideOf(session, requested);
    const person = requirePerson(session.loaded, requested.person);
    requireAhead(seat, turn, session.now, person);
    const { rota, role } = seat;
    if (turn.holder === person)
      throw impossible(`${person} holds the turn of ${turnName(turn)} as ${role.id} already`);
    const other = otherSeatOf(session, seat, turn, person);
    if (other !== undefined)
      throw impossible(
        `${person} is ${other} in the turn of ${turnName(turn)}`,
        'to exchange the two: ' +
          `rota swap ${rota.id}/${role.id} ${turnName(turn)} ${rota.id}/${other} ${turnName(turn)}`,
      );
    session.giveTurn(seat, turn, person, 'given away');
  });

/** The edit that assigns a person for some hours, or removes such a cover if they would hold the role without it. */
export const coverHours = (texts: Texts, now: Instant, requested: RequestedCover): EditOutcome =>
  outcome(texts, now, (session) => {
    const seat = session.seat(requested);
    const { rota, role } = seat;
    const { from, to } = requested;
    const zone = requested.zone === undefined ? rota.zone : requireZone(requested.zone);
    const person = requirePerson(session.loaded, requested.person);
    const span = hoursOf(zone, [from, to], session.now);
    if (session.giveHours(seat, span, person)) return;
    if (session.held(seat, span).length === 0)
      throw impossible(
        `${rota.id} has no duty ${formatSpan(rota.zone, span.startAt, span.endAt)}; there is nothing to cover`,
      );
    throw impossible(`${person} is ${role.id} then already; there is nothing to cover`);
  });

/** The edit that gives everything that a person has in some time to another person, in all rotas. */
export const coverPerson = (texts: Texts, now: Instant, requested: RequestedStandIn): EditOutcome =>
  outcome(texts, now, (session) => everythingOf(session, requested));

/** The edit that adds a planned change to its team's file, or replaces the one with its id. */
export const writeChange = (texts: Texts, now: Instant, requested: RequestedChange): EditOutcome =>
  refusable(() => ({ files: [changedFile(texts, now, requested)], transfers: [], notes: [] }));

/** The edit that puts somebody new into people and at the end of a rotation. */
export const joinRotation = (texts: Texts, now: Instant, requested: RequestedJoin): EditOutcome =>
  refusable(() => ({ files: joinedFiles(texts, now, requested), transfers: [], notes: [] }));

/** An edit begins in the minute that has begun: times are written in minutes. */
const outcome = (texts: Texts, now: Instant, steps: (session: EditSession) => void): EditOutcome =>
  refusable(() => {
    const session = new EditSession(texts, now - (now % MINUTE));
    steps(session);
    return session.finish();
  });

function refusable(edit: () => Edit): EditOutcome {
  try {
    return edit();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { refusal: error.refusal };
  }
}

/** One of the turns of a swap. */
interface Side {
  readonly seat: EditableSeat;
  readonly on: TurnOn;
  readonly turn: RequestedTurn;
}

function sideOf(session: EditSession, requested: NamedTurn): Side {
  const seat = session.seat(requested);
  const on = parseTurnDay(requested.turn);
  const turn = session.turn(seat, on);
  if (session.held(seat, turn).length === 0)
    throw impossible(`${seat.rota.id} has no duty in the turn of ${turnName(turn)}; nobody needs to hold it`);
  return { seat, on, turn };
}

/**
 * Whoever takes a turn may have another role of the rota in the same turn, as with a role that follows. They cannot
 * hold both, so whoever gave the turn away takes that other role.
 */
function exchangeWithin(
  session: EditSession,
  seat: EditableSeat,
  on: TurnOn,
  taker: string,
  giver: string,
  swapped: readonly NamedTurn[],
): void {
  const other = otherSeatOf(session, seat, session.turn(seat, on), taker);
  // A role that is swapped itself gets whom the swap names.
  if (other === undefined || swapped.some((it) => isNamed(seat, other, on, it))) return;
  const own = session.seat({ rota: seat.rota.id, role: other });
  session.giveTurn(own, session.turn(own, on), giver, 'swap');
}

const isNamed = ({ rota }: EditableSeat, role: string, on: TurnOn, named: NamedTurn): boolean =>
  named.rota === rota.id && named.role === role && named.turn === turnName({ on });

/** Another counting role of the rota that a person holds in the whole of a turn. */
function otherSeatOf(
  session: EditSession,
  { rota, role }: EditableSeat,
  { on }: RequestedTurn,
  person: string,
): string | undefined {
  if (!role.counts) return undefined;
  return [...rota.roles.values()].find(
    (other) => other.id !== role.id && other.counts && session.holderOf(rota, other.id, on) === person,
  )?.id;
}
