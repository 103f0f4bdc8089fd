/**
 * The room's front door: what two people agreed, and the files, to the file that says so. The edit is the smallest that
 * gives the cover asked for: an override that is there is changed or taken back, so that swapping back restores the
 * first bytes. Pure; what can't be is refused, in words, and so is what a rule would call an error.
 */
import { load, type Texts } from '../load/load.ts';
import { dateText, wallText } from '../time/date.ts';
import type { Instant, Interval } from '../timeline.ts';
import { hoursEntry, turnEntry } from './entry.ts';
import { errorsOver, isFaulty, newErrors } from './errors.ts';
import { type OverrideChange, withOverrides } from './override-list.ts';
import { type AskedChange, changedFile } from './planned-change.ts';
import { type EditRefusal, impossible, Refused } from './refusal.ts';
import {
  type AskedTurn,
  askedDay,
  askedPerson,
  askedWall,
  type EditableSeat,
  holderBeneath,
  hoursOf,
  hoursWithin,
  seatOf,
  type Touching,
  turnOf,
  withErrors,
} from './seat.ts';

/** Two turns of a role, each named by the date of its hand-over, whose holders change places. */
export interface AskedSwap {
  readonly rota: string;
  readonly role: string;
  readonly turns: readonly [string, string];
}

/** Somebody is in a role from one local date-time to another, in the zone of its rota. */
export interface AskedCover {
  readonly rota: string;
  readonly role: string;
  readonly from: string;
  readonly to: string;
  readonly person: string;
}

/** Somebody takes time from whoever had it until now: a turn, or some hours. */
export type Transfer = { readonly person: string; readonly insteadOf: string } & (
  | { readonly turn: string }
  | { readonly from: string; readonly to: string }
);

/** A file to be written, whole, and what it changes. */
export interface Edit {
  readonly file: string;
  readonly text: string;
  readonly transfers: readonly Transfer[];
}

export type EditOutcome = Edit | { readonly refusal: EditRefusal };

/** The edit that gives each of two turns to who holds the other. */
export const swapTurns = (texts: Texts, now: Instant, asked: AskedSwap): EditOutcome =>
  outcome(() => {
    const seat = seatOf(load(texts), asked);
    const days = asked.turns.map(askedDay);
    if (days[0] === days[1]) throw impossible(`${asked.turns[0]} is one turn; a swap is of two`);
    const turns = days.map((on) => turnOf(seat, on, now)) as [AskedTurn, AskedTurn];
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
      { turn: dateText(one.on), person: other.holder, insteadOf: one.holder },
      { turn: dateText(other.on), person: one.holder, insteadOf: other.holder },
    ]);
  });

/** The edit that puts a person there for some hours, or takes such a cover back for who would be there anyway. */
export const coverHours = (texts: Texts, now: Instant, asked: AskedCover): EditOutcome =>
  outcome(() => {
    const loaded = load(texts);
    const seat = seatOf(loaded, asked);
    const { from, to } = asked;
    const person = askedPerson(loaded, asked.person);
    const span = hoursOf(seat, askedWall(from), askedWall(to), now);
    const { change, insteadOf } = hoursChange(seat, span, asked);
    return edited(texts, now, seat, [span], [change], [{ from, to, person, insteadOf }]);
  });

/** The edit that writes a planned change into its team's file, anew where it is there already. */
export const writeChange = (texts: Texts, now: Instant, asked: AskedChange): EditOutcome =>
  outcome(() => ({ ...changedFile(texts, now, asked), transfers: [] }));

function outcome(edit: () => Edit): EditOutcome {
  try {
    return edit();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { refusal: error.refusal };
  }
}

function turnChange({ role }: EditableSeat, { on, own, index }: AskedTurn, person: string): OverrideChange {
  if (index < 0) return { kind: 'insert', entry: turnEntry(role.id, dateText(on), person, own as string) };
  return person === own ? { kind: 'remove', index } : { kind: 'person', index, key: 'person', person };
}

/** Colleagues who cover hours of a turn cover them for whoever holds it then. */
function coversWithin(seat: EditableSeat, turn: AskedTurn, taker: string): readonly OverrideChange[] {
  return hoursWithin(seat, turn).flatMap(
    ([index, { assignment, startAt, endAt }]): readonly OverrideChange[] => {
      const { person, insteadOf, change } = assignment;
      if (insteadOf !== turn.holder || change !== undefined) return [];
      if (startAt < turn.startAt || endAt > turn.endAt) return [];
      if (person !== taker) return [{ kind: 'person', index, key: 'instead_of', person: taker }];
      const [from, to] = [startAt, endAt].map((instant) => wallText(seat.rota.zone.wallOf(instant)));
      throw impossible(
        `${taker} covers ${from} to ${to} of the turn of ${dateText(turn.on)} for ${turn.holder}; take that back first: rota cover ${seat.rota.id} ${seat.role.id} ${from} ${to} ${turn.holder}`,
      );
    },
  );
}

/** The change that puts a person there for some hours, and whom they take them from. */
function hoursChange(
  seat: EditableSeat,
  span: Interval,
  asked: AskedCover,
): { readonly change: OverrideChange; readonly insteadOf: string } {
  const { person } = asked;
  const own = holderBeneath(seat, span);
  const touching = hoursWithin(seat, span);
  const same = touching.find(([, { startAt, endAt }]) => startAt === span.startAt && endAt === span.endAt);
  const insteadOf = same?.[1].assignment.person ?? own;
  if (person === insteadOf) throw impossible(whyThere(seat, asked, touching));
  if (same === undefined)
    return { change: { kind: 'insert', entry: hoursEntry(seat.role.id, asked, person, own) }, insteadOf };
  const [index] = same;
  return {
    change: person === own ? { kind: 'remove', index } : { kind: 'person', index, key: 'person', person },
    insteadOf,
  };
}

/** Why a person who is there already, or would be by other times, cannot be put there. */
function whyThere(
  { rota, role }: EditableSeat,
  { person, from, to }: AskedCover,
  touching: Touching,
): string {
  const [first] = touching;
  if (first === undefined) return `${person} is ${role.id} then anyway; there is nothing to cover`;
  const [, { assignment, startAt, endAt }] = first;
  if (assignment.person === person)
    return `${person} covers ${from} to ${to} already; there is nothing to change`;
  const [begins, ends] = [startAt, endAt].map((instant) => wallText(rota.zone.wallOf(instant)));
  return `${assignment.person} covers ${begins} to ${ends} for ${person}; take that back by its own times`;
}

/** The file with its overrides changed, if the rules have nothing against it that they had not before. */
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
      `${file} is laid out in a way that this command does not know; edit its overrides by hand`,
    );
  const after = errorsOver({ ...texts, texts: new Map(texts.texts).set(file, text) }, spans, now);
  const findings = newErrors(before, after);
  if (findings.length > 0) throw new Refused({ kind: 'errors', findings });
  return { file, text, transfers };
}
