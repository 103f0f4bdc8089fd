/**
 * Judges a request to join a rota: who joins, what is done of the onboarding, when the first turn would be, and the
 * edit that adds them once everything is done. Pure; applies the edit to the handbook in memory.
 */
import { describe } from '../check/describe.ts';
import { joinRotation } from '../edit/edit.ts';
import type { PersonData } from '../edit/newcomer.ts';
import type { Edit } from '../edit/outcome.ts';
import { type NoPlace, type RotationPlace, rotationPlace } from '../edit/rotation-place.ts';
import type { Texts } from '../load/load.ts';
import {
  type Handbook,
  type Onboarding,
  type OnboardingItem,
  type Role,
  type Rota,
  roleOf,
  roleText,
  termsFor,
} from '../model.ts';
import { doneOn, itemsFor } from '../resolve/onboarding.ts';
import { type Day, dateText } from '../time/date.ts';
import { after } from '../time/duration.ts';
import type { Instant } from '../timeline.ts';
import { type GivenKeys, keysIn, type Newcomer, newcomerIn } from './newcomer-fields.ts';
import type { FieldFault, Parsed } from './parse.ts';

/** An item of the onboarding, and when it was done, by whose word. */
export interface JoinItem {
  readonly onboarding: Onboarding;
  readonly item: OnboardingItem;
  readonly done: DoneItem | undefined;
}

/** `by` is undefined for what people says already. */
export interface DoneItem {
  readonly on: Day;
  readonly at: Instant;
  readonly by: string | undefined;
}

/** A `/done` that did not count. */
export interface RefusedWord {
  readonly login: string;
  readonly item: string;
  readonly why: 'not-asked' | 'no-access' | 'no-such-item' | 'own' | 'edited-since';
}

/** Somebody, the role that they join, and how far they are. */
export interface Joining extends GivenKeys {
  readonly newcomer: Newcomer;
  readonly rota: Rota;
  readonly role: Role;
  readonly items: readonly JoinItem[];
  readonly refused: readonly RefusedWord[];
}

export type JoinVerdict =
  | { readonly kind: 'lacking'; readonly faults: readonly FieldFault[] }
  /** Every field is valid, but nothing can be written; `joining` is undefined where no list is for the rota. */
  | { readonly kind: 'wrong'; readonly reasons: readonly string[]; readonly joining: Joining | undefined }
  /** Something is still to do; `place` is where they would go if it were done now. */
  | {
      readonly kind: 'open';
      readonly joining: Joining;
      readonly place: RotationPlace | undefined;
      readonly reasons: readonly string[];
    }
  | {
      readonly kind: 'ready';
      readonly joining: Joining;
      readonly place: RotationPlace;
      readonly edit: Edit;
    };

/** Judges what the form says, and what people records; the words of others are counted later. */
export function judgeJoin(handbook: Handbook, now: Instant, { values, faults }: Parsed): JoinVerdict {
  const ref = roleOf(values.get('role') ?? '');
  const rota = handbook.rotas.get(ref.rota);
  const role = rota?.roles.get(ref.role);
  if (faults.length > 0 || rota === undefined || role === undefined) return { kind: 'lacking', faults };
  const newcomer = newcomerIn(handbook, values);
  if ('faults' in newcomer) return { kind: 'lacking', faults: newcomer.faults };
  const { id, known } = newcomer;
  const wrong = (reason: string): JoinVerdict => ({ kind: 'wrong', reasons: [reason], joining: undefined });
  if (role.rotation.at(-1)?.people.some(({ person }) => person === id))
    return wrong(`${id} is in the rotation of ${roleText(ref)} already`);
  const needed = itemsFor(handbook, rota, role);
  if (needed.length === 0)
    return wrong(
      `no list of policies/onboarding/ is for ${rota.id}; add one, or add ${id} to the rotation by a pull request`,
    );
  const today = rota.zone.dayOf(now);
  const given = keysIn(newcomer, role, values, today);
  if ('faults' in given) return { kind: 'lacking', faults: given.faults };
  const items = needed.map(({ onboarding, item }): JoinItem => {
    const on = doneOn(known, onboarding.id, item.id);
    const isDone = on !== undefined && on <= today;
    return { onboarding, item, done: isDone ? { on, at: rota.zone.startOf(on), by: undefined } : undefined };
  });
  const joining: Joining = { newcomer, rota, role, ...given, items, refused: [] };
  return { kind: 'open', joining, place: undefined, reasons: [] };
}

/** Judges a request of which the words of others are counted: where the newcomer goes, and with which edit. */
export function placeJoin(texts: Texts, handbook: Handbook, now: Instant, joining: Joining): JoinVerdict {
  const { newcomer, rota, role, items } = joining;
  const isDone = items.every(({ done }) => done !== undefined);
  const stopped = (reasons: readonly string[], place?: RotationPlace): JoinVerdict =>
    isDone ? { kind: 'wrong', reasons, joining } : { kind: 'open', joining, place, reasons };
  const record = recordOf(joining, now);
  if (typeof record === 'string') return stopped([record]);
  const place = rotationPlace(handbook, joining, earliest(handbook, now, joining));
  if (typeof place === 'string') return stopped([noPlaceText(place, `${rota.id}/${role.id}`)]);
  if (joining.missing.length > 0)
    return stopped(
      joining.missing.map(({ field, message }) => `${field}: ${message}`),
      place,
    );
  const keys = { ...joining.keys, ...record };
  const outcome = joinRotation(texts, now, {
    ...{ rota: rota.id, role: role.id, person: newcomer.id, keys, place },
  });
  if ('refusal' in outcome) {
    const { refusal } = outcome;
    return stopped(refusal.kind === 'errors' ? refusal.findings.map(describe) : [refusal.message], place);
  }
  return isDone
    ? { kind: 'ready', joining, place, edit: outcome }
    : { kind: 'open', joining, place, reasons: [] };
}

/**
 * The earliest beginning of the longer list: with the minimum notice from now, and with the recommended one from when
 * everything was done, so that the proposal stays the same while people look at it.
 */
function earliest(handbook: Handbook, now: Instant, { rota, items }: Joining): Instant {
  const { minimum, recommended } = termsFor(handbook.notice, rota.team).rotaChange;
  const doneAt = Math.max(...items.map(({ done }) => done?.at ?? now));
  const from = (at: Instant, notice = minimum) => (notice === undefined ? at : after(rota.zone, at, notice));
  return Math.max(now, from(now), from(doneAt, recommended));
}

/** What people has to record of the onboarding beside what it does; what is open counts as done today. */
function recordOf({ newcomer: { id, known }, rota, items }: Joining, now: Instant): PersonData | string {
  if (items.every(({ onboarding, item }) => doneOn(known, onboarding.id, item.id) !== undefined)) return {};
  if (known !== undefined && known.onboarded.size > 0)
    return `${id} has a record in people; add to onboarded there what is done, by a pull request`;
  const today = rota.zone.dayOf(now);
  const lists = Map.groupBy(items, ({ onboarding }) => onboarding.id);
  const onboarded = Object.fromEntries(
    [...lists].map(([list, own]) => [
      list,
      Object.fromEntries(own.map(({ item, done }) => [item.id, dateText(done?.on ?? today)])),
    ]),
  );
  return { onboarded };
}

function noPlaceText(why: NoPlace, role: string): string {
  const what = {
    seats: `${role} is one of several seats`,
    'no-list': `${role} has no rotation with people`,
    'single-turns': `the turns of ${role} are decided one by one`,
    'no-round': `the rotation of ${role} does not begin again within three years`,
  };
  return `${what[why]}; add the newcomer to the rota by a pull request`;
}
