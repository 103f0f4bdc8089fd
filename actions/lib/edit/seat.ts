/** Looks up what a request names: a role, one of its turns, some of its hours, and their holders. */
import type { Loaded } from '../load/load.ts';
import { isUnread, type Override, type Role, type Rota } from '../model.ts';
import type { RoleCover } from '../resolve/cover.ts';
import { isWithinHolidayLists } from '../resolve/holiday-horizon.ts';
import { byPerson, resolve } from '../resolve/resolve.ts';
import { handoverFinder, turnFinder } from '../resolve/turn-finder.ts';
import { didYouMean } from '../text/suggest.ts';
import { dateText, type Wall, wallOfText, wallText } from '../time/date.ts';
import { formatDay, formatInstant, formatSpan } from '../time/format.ts';
import { dayOfTurn, type TurnOn, turnOnOfText, turnText } from '../time/turn-name.ts';
import { clip, type Instant, type Interval, restrict, spanAt, without } from '../timeline.ts';
import { badRequest, impossible } from './refusal.ts';

/** A role of a rota. */
export interface EditableSeat {
  readonly loaded: Loaded;
  readonly rota: Rota;
  readonly role: Role;
}

/** The role with these names; refuses one that does not exist. */
export function seatOf(
  loaded: Loaded,
  requested: { readonly rota: string; readonly role: string },
): EditableSeat {
  const { handbook } = loaded;
  const rota = handbook.rotas.get(requested.rota);
  if (rota === undefined) {
    if (isUnread(handbook, 'rota', requested.rota)) throw withErrors(`rotas/${requested.rota}.yaml`);
    throw badRequest(
      `there is no rota "${requested.rota}"${didYouMean(requested.rota, handbook.rotas.keys())}`,
    );
  }
  const role = rota.roles.get(requested.role);
  const seats = [...rota.roles.values()].filter(({ seat }) => seat?.of === requested.role);
  if (seats.length > 0)
    throw badRequest(
      `${requested.role} has ${seats.length} seats; name one of them: ${seats.map(({ id }) => id).join(', ')}`,
    );
  if (role === undefined)
    throw badRequest(
      `${rota.id} has no role "${requested.role}"${didYouMean(requested.role, rota.roles.keys())}`,
    );
  return { loaded, rota, role };
}

/** Refuses a person who is not in the handbook. */
export function requirePerson({ handbook }: Loaded, id: string): string {
  if (handbook.people.has(id)) return id;
  if (isUnread(handbook, 'people', id)) throw withErrors(`the entry of ${id}`);
  throw badRequest(`there is no person "${id}"${didYouMean(id, handbook.people.keys())}`);
}

export const withErrors = (what: string) =>
  impossible(`${what} has errors; fix what "rota check" reports about it first`);

/** A turn, who holds it and who would without whole-turn overrides; `index` is that of the override, -1 for none. */
export interface RequestedTurn extends Interval {
  readonly on: TurnOn;
  readonly holder: string;
  readonly scheduled: string | undefined;
  readonly index: number;
}

/** Parses the name of a turn; refuses a text that is none. */
export function parseTurnDay(text: string): TurnOn {
  if (!/^20\d\d-\d\d-\d\d(T([01]\d|2[0-3]):[0-5]\d)?$/.test(text))
    throw badRequest(
      `"${text}" is not a date; write the hand-over of a turn as 2026-12-02, ` +
        'or as 2026-12-02T18:00 where a day has several',
    );
  const on = turnOnOfText(text);
  if (on === undefined) throw badRequest(`there is no ${text.slice(0, 10)} in the calendar`);
  return on;
}

/** The turn of a role that begins under a name; refuses one that has begun. */
export function turnOf(seat: EditableSeat, on: TurnOn, now: Instant): RequestedTurn {
  const { rota, role, loaded } = seat;
  const turn = turnFinder(loaded.handbook, rota, role)(on);
  if (turn === undefined)
    throw impossible(`no turn of ${role.id} begins on ${named(on)}${nearest(seat, on)}`);
  if (turn.startAt <= now)
    throw impossible(
      `the turn of ${turnText(on)} began ${formatInstant(rota.zone, turn.startAt)}; ` +
        'only turns that have not begun can be swapped',
    );
  // A turn has no end where the hand-over changes and no rotation entry follows.
  if (!Number.isFinite(turn.endAt)) throw withErrors(rota.location.file);
  requireHolidays(seat, turn);
  const { list, afterTurnOverrides } = resolvedOver(seat, turn);
  const holder = spanAt(afterTurnOverrides, turn.startAt)?.value.person;
  if (holder === undefined)
    throw impossible(`nobody holds the turn of ${turnText(on)} as ${role.id}; a swap needs two people`);
  const index = rota.overrides.findIndex(
    (it) => it.kind === 'turn' && it.role === role.id && it.turnOn === on,
  );
  const scheduled = list.find((it) => it.on === on)?.value?.person;
  return { on, startAt: turn.startAt, endAt: turn.endAt, holder, scheduled, index };
}

const named = (on: TurnOn): string => `${turnText(on)} (${formatDay(dayOfTurn(on))})`;

function nearest({ rota, role, loaded }: EditableSeat, on: TurnOn): string {
  const { before, after } = handoverFinder(loaded.handbook, rota, role)(on);
  const [first] = [before, after]
    .filter((it) => it !== undefined)
    .toSorted((one, other) => Math.abs(one - on) - Math.abs(other - on));
  return first === undefined ? '' : `; the nearest hand-over is ${named(first)}`;
}

/** Parses a local date-time; refuses a text that is none. */
export function parseLocalTime(text: string): Wall {
  if (!/^20\d\d-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d$/.test(text))
    throw badRequest(`"${text}" is not a local date-time; write it as 2026-12-03T18:00`);
  const wall = wallOfText(text);
  if (wall === undefined) throw badRequest(`there is no ${text.slice(0, 10)} in the calendar`);
  return wall;
}

/** The span between two local times of a rota; refuses hours that are past, reversed or skipped by the clocks. */
export function hoursOf({ rota: { zone } }: EditableSeat, from: Wall, to: Wall, now: Instant): Interval {
  const gap = [from, to].find((wall) => !zone.shows(wall));
  if (gap !== undefined)
    throw impossible(
      `${wallText(gap)} does not exist in ${zone.name}, where the clocks go forward over it; ` +
        'choose a time after the gap',
    );
  if (to <= from)
    throw impossible(
      `this ends at ${wallText(to)}, not after it begins (${wallText(from)}); give it a later end`,
    );
  const span = { startAt: zone.instantOf(from), endAt: zone.instantOf(to) };
  if (span.startAt < now)
    throw impossible(`${wallText(from)} is in the past; only hours to come can be covered`);
  return span;
}

/** The one person who would hold the duty time in a span without overrides of hours; refuses several or none. */
export function scheduledHolder(seat: EditableSeat, span: Interval): string {
  const { rota, role } = seat;
  requireHolidays(seat, span);
  const { duty, afterTurnOverrides } = resolvedOver(seat, span);
  const onDuty = clip(duty, span);
  const formatted = ({ startAt, endAt }: Interval) => formatSpan(rota.zone, startAt, endAt);
  if (onDuty.length === 0)
    throw impossible(`${rota.id} has no duty ${formatted(span)}; there is nothing to cover`);
  const held = byPerson(restrict(afterTurnOverrides, onDuty));
  const [open] = without(onDuty, held);
  if (open !== undefined)
    throw impossible(`nobody is ${role.id} ${formatted(open)}, so there is nobody to cover for`);
  const people = new Set(held.map(({ value }) => value.person));
  if (people.size > 1) {
    const parts = held.map((it) => `${it.value.person} (${formatted(it)})`).join(', ');
    throw impossible(`${people.size} people are ${role.id} in that time: ${parts}; cover them one by one`);
  }
  return [...people][0] as string;
}

type HoursOverride = Extract<Override, { readonly kind: 'hours' | 'extra' }>;

/** The overrides of hours of a role that overlap a span, with their indexes in the file. */
export type Touching = readonly (readonly [index: number, override: HoursOverride])[];

export const hoursWithin = ({ rota, role }: EditableSeat, { startAt, endAt }: Interval): Touching =>
  [...rota.overrides.entries()].flatMap(
    ([i, it]): Touching =>
      it.kind === 'hours' && it.role === role.id && it.startAt < endAt && it.endAt > startAt ? [[i, it]] : [],
  );

function resolvedOver({ loaded: { handbook }, rota, role }: EditableSeat, span: Interval): RoleCover {
  const { roles } = resolve({ ...handbook, rotas: new Map([[rota.id, rota]]) }, span);
  const cover = roles.get(`${rota.id}/${role.id}`);
  if (cover === undefined) throw withErrors(`the policy of the support hours of ${rota.id}`);
  return cover;
}

/** Refuses a span outside the holiday lists, where duty is unknown. */
function requireHolidays({ loaded: { handbook }, rota }: EditableSeat, span: Interval): void {
  if (isWithinHolidayLists(handbook, rota, span)) return;
  const [first, last] = [span.startAt, span.endAt - 1].map((instant) => dateText(rota.zone.dayOf(instant)));
  throw impossible(
    `the holiday list of the support hours of ${rota.id} does not cover ${first} to ${last}; ` +
      'extend it with "rota holidays"',
  );
}
