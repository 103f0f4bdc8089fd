/** What is asked about, found in the handbook: a role, one of its turns, some of its hours, and who is there. */
import type { Loaded } from '../load/load.ts';
import { isUnread, type Override, type Role, type Rota } from '../model.ts';
import type { RoleCover } from '../resolve/cover.ts';
import { isWithinHolidayLists } from '../resolve/holiday-horizon.ts';
import { byPerson, resolve } from '../resolve/resolve.ts';
import { didYouMean } from '../text/suggest.ts';
import { type Day, dateText, dayOf, type Wall, wallOfText, wallText } from '../time/date.ts';
import { formatDay, formatInstant, formatSpan } from '../time/format.ts';
import { clip, type Instant, type Interval, restrict, spanAt, without } from '../timeline.ts';
import { impossible, wrongUse } from './refusal.ts';

/** A role of a rota. */
export interface EditableSeat {
  readonly loaded: Loaded;
  readonly rota: Rota;
  readonly role: Role;
}

/** The role of these names. */
export function seatOf(
  loaded: Loaded,
  asked: { readonly rota: string; readonly role: string },
): EditableSeat {
  const { handbook } = loaded;
  const rota = handbook.rotas.get(asked.rota);
  if (rota === undefined) {
    if (isUnread(handbook, 'rota', asked.rota)) throw withErrors(`rotas/${asked.rota}.yaml`);
    throw wrongUse(`there is no rota "${asked.rota}"${didYouMean(asked.rota, handbook.rotas.keys())}`);
  }
  const role = rota.roles.get(asked.role);
  if (role === undefined)
    throw wrongUse(`${rota.id} has no role "${asked.role}"${didYouMean(asked.role, rota.roles.keys())}`);
  return { loaded, rota, role };
}

/** Refuses a person who is not in the handbook. */
export function askedPerson({ handbook }: Loaded, id: string): string {
  if (handbook.people.has(id)) return id;
  if (isUnread(handbook, 'people', id)) throw withErrors(`what is written of ${id}`);
  throw wrongUse(`there is no person "${id}"${didYouMean(id, handbook.people.keys())}`);
}

export const withErrors = (what: string) =>
  impossible(`${what} has errors of its own; correct what "rota check" says of it first`);

/** Who holds a turn and who would without whole-turn overrides; `index` is that of the override, -1 for none. */
export interface AskedTurn extends Interval {
  readonly on: Day;
  readonly holder: string;
  readonly own: string | undefined;
  readonly index: number;
}

/** The day of a turn as it was asked for. */
export function askedDay(text: string): Day {
  if (!/^20\d\d-\d\d-\d\d$/.test(text))
    throw wrongUse(`"${text}" is not a date; write the hand-over of a turn as 2026-12-02`);
  const day = dayOf(text);
  if (day === undefined) throw wrongUse(`there is no ${text} in the calendar`);
  return day;
}

/** How far around a day its nearest hand-overs are looked for: they are a week apart at most. */
const REACH = 15;

/** The turn of a role that begins on a day, and still lies ahead. */
export function turnOf(seat: EditableSeat, on: Day, now: Instant): AskedTurn {
  const { rota, role } = seat;
  const { zone } = rota;
  const around = { startAt: zone.startOf(on - REACH), endAt: zone.startOf(on + REACH) };
  const { list, afterTurnOverrides } = resolvedOver(seat, around);
  const turn = list.find((it) => it.on === on);
  if (turn === undefined)
    throw impossible(`no turn of ${role.id} begins on ${named(on)}${nearest(list, on)}`);
  if (turn.startAt <= now)
    throw impossible(
      `the turn of ${dateText(on)} began ${formatInstant(zone, turn.startAt)}; a swap is of turns that lie ahead`,
    );
  // A turn without an end is one after which the hand-over changes and no rotation entry goes on.
  if (!Number.isFinite(turn.endAt)) throw withErrors(rota.location.file);
  requireHolidays(seat, turn);
  const holder = spanAt(afterTurnOverrides, turn.startAt)?.value.person;
  if (holder === undefined)
    throw impossible(`nobody holds the turn of ${dateText(on)} as ${role.id}; a swap is between two people`);
  const index = rota.overrides.findIndex(
    (it) => it.kind === 'turn' && it.role === role.id && it.turnOn === on,
  );
  return { on, startAt: turn.startAt, endAt: turn.endAt, holder, own: turn.value?.person, index };
}

const named = (on: Day): string => `${dateText(on)} (${formatDay(on)})`;

function nearest(list: readonly { readonly on: Day }[], asked: Day): string {
  const days = list
    .map(({ on }) => on)
    .toSorted((one, other) => Math.abs(one - asked) - Math.abs(other - asked));
  return days[0] === undefined || !Number.isFinite(days[0])
    ? ''
    : `; the nearest hand-over is that of ${named(days[0])}`;
}

/** What the clock shows at a time as it was asked for. */
export function askedWall(text: string): Wall {
  if (!/^20\d\d-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d$/.test(text))
    throw wrongUse(`"${text}" is not a local date-time; write it as 2026-12-03T18:00`);
  const wall = wallOfText(text);
  if (wall === undefined) throw wrongUse(`there is no ${text.slice(0, 10)} in the calendar`);
  return wall;
}

/** Some hours of a role that lie ahead, by what the clock of its rota shows. */
export function hoursOf({ rota: { zone } }: EditableSeat, from: Wall, to: Wall, now: Instant): Interval {
  const gap = [from, to].find((wall) => !zone.shows(wall));
  if (gap !== undefined)
    throw impossible(
      `there is no ${wallText(gap)} in ${zone.name}, where the clocks go forward over it; take a time after the gap`,
    );
  if (to <= from)
    throw impossible(
      `this ends at ${wallText(to)}, not after it begins (${wallText(from)}); give it a later end`,
    );
  const span = { startAt: zone.instantOf(from), endAt: zone.instantOf(to) };
  if (span.startAt < now)
    throw impossible(`${wallText(from)} lies in the past; a cover is of hours that lie ahead`);
  return span;
}

/** The one person who holds some hours of a role beneath all overrides of hours, wherever it is on duty. */
export function holderBeneath(seat: EditableSeat, span: Interval): string {
  const { rota, role } = seat;
  requireHolidays(seat, span);
  const { duty, afterTurnOverrides } = resolvedOver(seat, span);
  const asked = clip(duty, span);
  const spoke = ({ startAt, endAt }: Interval) => formatSpan(rota.zone, startAt, endAt);
  if (asked.length === 0)
    throw impossible(`${rota.id} has no duty ${spoke(span)}; there is nothing to cover`);
  const held = byPerson(restrict(afterTurnOverrides, asked));
  const [open] = without(asked, held);
  if (open !== undefined)
    throw impossible(`nobody is ${role.id} ${spoke(open)}, so there is nobody to cover for`);
  const people = new Set(held.map(({ value }) => value.person));
  if (people.size > 1) {
    const parts = held.map((it) => `${it.value.person} (${spoke(it)})`).join(', ');
    throw impossible(`${people.size} people are ${role.id} in that time: ${parts}; cover them one by one`);
  }
  return [...people][0] as string;
}

type HoursOverride = Extract<Override, { readonly kind: 'hours' | 'extra' }>;

/** The overrides of hours of a role that touch a span, with their indexes in the file. */
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

/** Past the end of a holiday list nobody can say who is on duty when. */
function requireHolidays({ loaded: { handbook }, rota }: EditableSeat, span: Interval): void {
  if (isWithinHolidayLists(handbook, rota, span)) return;
  const [first, last] = [span.startAt, span.endAt - 1].map((instant) => dateText(rota.zone.dayOf(instant)));
  throw impossible(
    `the holiday list of the support hours of ${rota.id} does not reach from ${first} to ${last}; extend it with "rota holidays"`,
  );
}
