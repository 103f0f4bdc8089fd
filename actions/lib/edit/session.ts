/** One edit while it is made: drafts of the rotas concerned, the times edited, and who takes over from whom. */
import { type Loaded, load, type Texts } from '../load/load.ts';
import type { Rota } from '../model.ts';
import type { Instant, Interval } from '../timeline.ts';
import { changesOf, type Draft, draftOf, hoursItems, localText } from './draft.ts';
import { errorsOver, isFaulty, newErrors } from './errors.ts';
import { type HeldPart, heldParts, withExtraTime, withHours } from './hours-edit.ts';
import { type Edit, type EditedFile, type Transfer, withEdit } from './outcome.ts';
import { withOverrides } from './override-list.ts';
import { impossible, Refused } from './refusal.ts';
import {
  type EditableSeat,
  findTurn,
  type RequestedTurn,
  requireHolidays,
  resolvedOver,
  seatOf,
  turnName,
  turnOf,
  withErrors,
} from './seat.ts';
import { withTurn } from './turn-edit.ts';

/** Collects the steps of one edit. */
export class EditSession {
  readonly loaded: Loaded;
  readonly now: Instant;
  readonly #texts: Texts;
  readonly #drafts = new Map<string, { readonly before: Draft; now: Draft }>();
  readonly #spans: Interval[] = [];
  readonly #transfers: Transfer[] = [];
  readonly #notes: string[] = [];

  constructor(texts: Texts, now: Instant) {
    this.#texts = texts;
    this.now = now;
    this.loaded = load(texts);
  }

  /** The role with these names; refuses one that does not exist. */
  seat(requested: { readonly rota: string; readonly role: string }): EditableSeat {
    return seatOf(this.loaded, requested);
  }

  draft({ id, location: { file } }: Rota): Draft {
    const known = this.#drafts.get(id);
    if (known !== undefined) return known.now;
    const rota = this.loaded.handbook.rotas.get(id) as Rota;
    const draft = draftOf(rota, this.#texts.texts.get(file) as string);
    if (draft === undefined) throw withErrors(file);
    this.#drafts.set(id, { before: draft, now: draft });
    return draft;
  }

  #update(draft: Draft): void {
    const known = this.#drafts.get(draft.rota.id);
    if (known !== undefined) known.now = draft;
  }

  /** A turn of a role as it is before the next step. */
  turn({ rota, role }: EditableSeat, on: RequestedTurn['on']): RequestedTurn {
    const turn = turnOf(this.loaded.handbook, this.draft(rota), role.id, on);
    requireHolidays(this.loaded.handbook, rota, turn);
    return turn;
  }

  /** A person takes a whole turn. */
  giveTurn({ rota, role }: EditableSeat, turn: RequestedTurn, person: string, reason: string): void {
    const { handbook } = this.loaded;
    const before = this.draft(rota);
    const own = before.items.filter(
      ({ override }) =>
        override.kind === 'hours' &&
        override.role === role.id &&
        override.assignment.person === person &&
        override.startAt >= turn.startAt &&
        override.endAt <= turn.endAt,
    );
    const after = withTurn(handbook, before, role.id, turn, person, reason);
    this.#update(after);
    this.#spans.push(turn);
    const dropped = own.filter(({ index }) => !after.items.some((it) => it.index === index));
    if (dropped.length > 0)
      this.#notes.push(
        `the hours that ${person} covers in the turn of ${turnName(turn)} are part of it now; that cover is removed`,
      );
    this.#transfers.push({
      ...{ rota: rota.id, role: role.id, turn: turnName(turn), person, insteadOf: turn.holder },
    });
  }

  /** Who holds the duty time of a span now. */
  held({ rota, role }: EditableSeat, span: Interval): readonly HeldPart[] {
    requireHolidays(this.loaded.handbook, rota, span);
    return heldParts(this.loaded.handbook, this.draft(rota), role.id, span, 'effective');
  }

  /**
   * A person takes all hours of a span, and the extra time there of those who have them; returns whether that changes
   * anything.
   */
  giveHours(seat: EditableSeat, span: Interval, person: string): boolean {
    const { rota, role } = seat;
    const held = this.held(seat, span);
    const holders = new Set(held.map(({ holder }) => holder));
    const extra = this.extraTime(seat, span).filter(({ holder }) => held.length === 0 || holders.has(holder));
    const before = this.draft(rota);
    const { handbook } = this.loaded;
    const given = withHours(handbook, before, role.id, span, person);
    const after = extra.reduce((it, part) => withExtraTime(handbook, it, role.id, part, person), given);
    if (changesOf(before, after).length === 0) return false;
    this.#update(after);
    this.#spans.push(span);
    for (const { startAt, endAt, holder } of [...held, ...extra]) {
      if (holder === person) continue;
      const [from, to] = [localText(rota, startAt), localText(rota, endAt)];
      this.#transfers.push({ rota: rota.id, role: role.id, from, to, person, insteadOf: holder });
    }
    return true;
  }

  /** Who has extra time in a span, by the file of the rota. */
  extraTime({ rota, role }: EditableSeat, span: Interval): readonly HeldPart[] {
    return hoursItems(this.draft(rota), role.id, span, 'extra').map(({ override }) => ({
      startAt: Math.max(override.startAt, span.startAt),
      endAt: Math.min(override.endAt, span.endAt),
      holder: override.assignment.person,
    }));
  }

  /** The turns that begin and end within a span, and have duty. */
  turnsWithin(seat: EditableSeat, span: Interval): readonly RequestedTurn[] {
    const { handbook } = this.loaded;
    const draft = this.draft(seat.rota);
    const { list } = resolvedOver(handbook, draft, seat.role.id, span);
    return list
      .filter(({ startAt, endAt }) => startAt >= span.startAt && endAt <= span.endAt)
      .filter((turn) => this.held(seat, turn).length > 0)
      .map(({ on }) => turnOf(handbook, draft, seat.role.id, on));
  }

  /** Who holds the turn of a role that begins on a day, if there is one. */
  holderOf(rota: Rota, role: string, on: RequestedTurn['on']): string | undefined {
    return findTurn(this.loaded.handbook, this.draft(rota), role, on)?.holder;
  }

  note(text: string): void {
    this.#notes.push(text);
  }

  /** The edited files; refused if the edit adds an error of any rule. */
  finish(): Edit {
    const texts = this.#texts;
    const changed = [...this.#drafts.values()].map(({ before, now }) => ({
      file: before.rota.location.file,
      changes: changesOf(before, now),
    }));
    const spans = distinct(this.#spans);
    const before = errorsOver(texts, spans, this.now);
    for (const { file } of changed) if (isFaulty(before, file)) throw withErrors(file);
    const files = changed.flatMap(({ file, changes }): readonly EditedFile[] => {
      if (changes.length === 0) return [];
      const text = withOverrides(texts.texts.get(file) as string, changes);
      if (text === undefined)
        throw impossible(
          `${file} is laid out in a way that this command does not support; edit its overrides by hand`,
        );
      return [{ file, text }];
    });
    const findings = newErrors(before, errorsOver(withEdit(texts, { files }), spans, this.now));
    if (findings.length > 0) throw new Refused({ kind: 'errors', findings });
    return { files, transfers: this.#transfers, notes: this.#notes };
  }
}

const distinct = (spans: readonly Interval[]): readonly Interval[] =>
  spans.filter(
    (span, i) =>
      spans.findIndex(({ startAt, endAt }) => startAt === span.startAt && endAt === span.endAt) === i,
  );
