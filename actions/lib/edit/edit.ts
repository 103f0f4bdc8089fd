/**
 * Edits a rota's file for a swap or a cover. The edit is the smallest that gives the requested cover: an existing
 * override is changed or removed, so that swapping back restores the original bytes. Pure. Refuses, with a reason, what
 * is impossible and what would add an error of any rule.
 */
import { load, type Texts } from '../load/load.ts';
import { wallText } from '../time/date.ts';
import { turnText } from '../time/turn-name.ts';
import type { Instant, Interval } from '../timeline.ts';
import { hoursEntry, turnEntry } from './entry.ts';
import { errorsOver, isFaulty, newErrors } from './errors.ts';
import { type OverrideChange, withOverrides } from './override-list.ts';
import { changedFile, type RequestedChange } from './planned-change.ts';
import { type EditRefusal, impossible, Refused } from './refusal.ts';
import {
  type EditableSeat,
  hoursOf,
  hoursWithin,
  parseLocalTime,
  parseTurnDay,
  type RequestedTurn,
  requirePerson,
  scheduledHolder,
  seatOf,
  type Touching,
  turnOf,
  withErrors,
} from './seat.ts';

/** A swap of two turns of a role, each identified by the date of its hand-over. */
export interface RequestedSwap {
  readonly rota: string;
  readonly role: string;
  readonly turns: readonly [string, string];
}

/** A cover: a person holds a role from one local date-time to another, in the zone of its rota. */
export interface RequestedCover {
  readonly rota: string;
  readonly role: string;
  readonly from: string;
  readonly to: string;
  readonly person: string;
}

/** A person takes a turn, or some hours, over from its current holder. */
export type Transfer = { readonly person: string; readonly insteadOf: string } & (
  | { readonly turn: string }
  | { readonly from: string; readonly to: string }
);

/** The complete new text of a file, and whose time it changes. */
export interface Edit {
  readonly file: string;
  readonly text: string;
  readonly transfers: readonly Transfer[];
}

export type EditOutcome = Edit | { readonly refusal: EditRefusal };

/** The edit that exchanges the holders of two turns. */
export const swapTurns = (texts: Texts, now: Instant, requested: RequestedSwap): EditOutcome =>
  outcome(() => {
    const seat = seatOf(load(texts), requested);
    const days = requested.turns.map(parseTurnDay);
    if (days[0] === days[1]) throw impossible(`${requested.turns[0]} is one turn; a swap needs two`);
    const turns = days.map((on) => turnOf(seat, on, now)) as [RequestedTurn, RequestedTurn];
    const [one, other] = turns;
    if (one.holder === other.holder)
      throw impossible(`${one.holder} holds both turns; there is nothing to swap`);
    const changes = [
      turnChange(seat, one, other.holder),
      turnChange(seat, other, one.holder),
      ...coversWithin(seat, one, other.holder),
      ...coversWithin(seat, other, one.holder),
    ];
    return edited(texts, now, seat, turns, changes, [
      { turn: turnText(one.on), person: other.holder, insteadOf: one.holder },
      { turn: turnText(other.on), person: one.holder, insteadOf: other.holder },
    ]);
  });

/** The edit that assigns a person for some hours, or removes such a cover if they would hold the role without it. */
export const coverHours = (texts: Texts, now: Instant, requested: RequestedCover): EditOutcome =>
  outcome(() => {
    const loaded = load(texts);
    const seat = seatOf(loaded, requested);
    const { from, to } = requested;
    const person = requirePerson(loaded, requested.person);
    const span = hoursOf(seat, parseLocalTime(from), parseLocalTime(to), now);
    const { change, insteadOf } = hoursChange(seat, span, requested);
    return edited(texts, now, seat, [span], [change], [{ from, to, person, insteadOf }]);
  });

/** The edit that adds a planned change to its team's file, or replaces the one with its id. */
export const writeChange = (texts: Texts, now: Instant, requested: RequestedChange): EditOutcome =>
  outcome(() => ({ ...changedFile(texts, now, requested), transfers: [] }));

function outcome(edit: () => Edit): EditOutcome {
  try {
    return edit();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { refusal: error.refusal };
  }
}

function turnChange(
  { role }: EditableSeat,
  { on, scheduled, index }: RequestedTurn,
  person: string,
): OverrideChange {
  if (index < 0)
    return { kind: 'insert', entry: turnEntry(role.id, turnText(on), person, scheduled as string) };
  return person === scheduled ? { kind: 'remove', index } : { kind: 'person', index, key: 'person', person };
}

/** Covers within a turn keep their person; they are then for the turn's new holder. */
function coversWithin(seat: EditableSeat, turn: RequestedTurn, taker: string): readonly OverrideChange[] {
  return hoursWithin(seat, turn).flatMap(
    ([index, { assignment, startAt, endAt }]): readonly OverrideChange[] => {
      const { person, insteadOf, change } = assignment;
      if (insteadOf !== turn.holder || change !== undefined) return [];
      if (startAt < turn.startAt || endAt > turn.endAt) return [];
      if (person !== taker) return [{ kind: 'person', index, key: 'instead_of', person: taker }];
      const [from, to] = [startAt, endAt].map((instant) => wallText(seat.rota.zone.wallOf(instant)));
      const undo = `rota cover ${seat.rota.id} ${seat.role.id} ${from} ${to} ${turn.holder}`;
      throw impossible(
        `${taker} covers ${from} to ${to} of the turn of ${turnText(turn.on)} for ${turn.holder}; ` +
          `undo that first: ${undo}`,
      );
    },
  );
}

/** The change that assigns a person for some hours, and whom they take over from. */
function hoursChange(
  seat: EditableSeat,
  span: Interval,
  requested: RequestedCover,
): { readonly change: OverrideChange; readonly insteadOf: string } {
  const { person } = requested;
  const scheduled = scheduledHolder(seat, span);
  const touching = hoursWithin(seat, span);
  const same = touching.find(([, { startAt, endAt }]) => startAt === span.startAt && endAt === span.endAt);
  const insteadOf = same?.[1].assignment.person ?? scheduled;
  if (person === insteadOf) throw impossible(whyAlreadyHeld(seat, requested, touching));
  if (same === undefined)
    return {
      change: { kind: 'insert', entry: hoursEntry(seat.role.id, requested, person, scheduled) },
      insteadOf,
    };
  const [index] = same;
  return {
    change:
      person === scheduled ? { kind: 'remove', index } : { kind: 'person', index, key: 'person', person },
    insteadOf,
  };
}

/** The message for a person who already holds these hours, or would without a cover of other times. */
function whyAlreadyHeld(
  { rota, role }: EditableSeat,
  { person, from, to }: RequestedCover,
  touching: Touching,
): string {
  const [first] = touching;
  if (first === undefined) return `${person} is ${role.id} then already; there is nothing to cover`;
  const [, { assignment, startAt, endAt }] = first;
  if (assignment.person === person)
    return `${person} covers ${from} to ${to} already; there is nothing to change`;
  const [begins, ends] = [startAt, endAt].map((instant) => wallText(rota.zone.wallOf(instant)));
  return `${assignment.person} covers ${begins} to ${ends} for ${person}; undo that cover with its own times`;
}

/** The file with its overrides changed; refused if that adds an error of any rule. */
function edited(
  texts: Texts,
  now: Instant,
  { rota: { location } }: EditableSeat,
  spans: readonly Interval[],
  changes: readonly OverrideChange[],
  transfers: readonly Transfer[],
): Edit {
  const { file } = location;
  const before = errorsOver(texts, spans, now);
  if (isFaulty(before, file)) throw withErrors(file);
  const text = withOverrides(texts.texts.get(file) as string, changes);
  if (text === undefined)
    throw impossible(
      `${file} is laid out in a way that this command does not support; edit its overrides by hand`,
    );
  const after = errorsOver({ ...texts, texts: new Map(texts.texts).set(file, text) }, spans, now);
  const findings = newErrors(before, after);
  if (findings.length > 0) throw new Refused({ kind: 'errors', findings });
  return { file, text, transfers };
}
