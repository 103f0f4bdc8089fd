/** Looks up what a request names: a role, one of its turns, some of its hours, and their holders. */
import type { Loaded } from '../load/load.ts';
import { type Handbook, isUnread, type Role, type Rota, writtenRole } from '../model.ts';
import type { RoleCover } from '../resolve/cover.ts';
import { isWithinHolidayLists } from '../resolve/holiday-horizon.ts';
import { handoverFinder, turnFinder } from '../resolve/turn-finder.ts';
import { didYouMean, nearestOf, suggestion } from '../text/suggest.ts';
import { dateText, MINUTE, type Wall, wallOfText, wallText } from '../time/date.ts';
import { formatDay, formatInstant } from '../time/format.ts';
import { dayOfTurn, type TurnOn, turnOnOfText, turnText } from '../time/turn-name.ts';
import { instantOfText, isZoneName, type Zone, zoneNames, zoneOf } from '../time/zone.ts';
import { zonesMeant } from '../time/zone-advice.ts';
import { type Instant, type Interval, spanAt } from '../timeline.ts';
import { type Draft, resolveDraft, type TurnItem } from './draft.ts';
import { badRequest, impossible } from './refusal.ts';

/** A role of a rota. */
export interface EditableSeat {
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
      `there is no rota "${requested.rota}"${nearName(requested.rota, handbook.rotas.keys())}`,
    );
  }
  const role = rota.roles.get(requested.role);
  if (role !== undefined) return { rota, role };
  // A seat that the role does not have is answered like the role itself.
  const written = requested.role.replace(/-\d{1,3}$/, '');
  const seats = [...rota.roles.values()].filter(
    ({ seat }) => seat?.of === requested.role || seat?.of === written,
  );
  const [first] = seats;
  if (first === undefined)
    throw badRequest(
      `${rota.id} has no role "${requested.role}"${nearName(requested.role, rota.roles.keys())}`,
    );
  const count = `${seats.length} seat${seats.length === 1 ? '' : 's'}`;
  throw badRequest(
    `${writtenRole(first)} has ${count}; name one of them: ${seats.map(({ id }) => id).join(', ')}`,
  );
}

/** The name that was meant; or all of them, if they are few. */
function nearName(word: string, names: Iterable<string>): string {
  const all = [...names].toSorted();
  const few = all.length === 0 || all.length > 12 ? '' : `; there are ${all.join(', ')}`;
  return didYouMean(word, all) || few;
}

/** Refuses a person who is not in the handbook. */
export function requirePerson({ handbook }: Loaded, id: string): string {
  if (handbook.people.has(id)) return id;
  if (isUnread(handbook, 'people', id)) throw withErrors(`the entry of ${id}`);
  throw badRequest(`there is no person "${id}"${didYouMean(id, handbook.people.keys())}`);
}

export const withErrors = (what: string) =>
  impossible(`${what} has errors; fix what "rota check" reports about it first`);

/** A turn, who holds it, and who would without whole-turn overrides. */
export interface RequestedTurn extends Interval {
  readonly on: TurnOn;
  /** Undefined when nobody holds it. */
  readonly holder: string | undefined;
  readonly scheduled: string | undefined;
  /** The override of the whole turn; undefined for none. */
  readonly item: TurnItem | undefined;
}

/** The name of a turn, as files and commands have it. */
export const turnName = ({ on }: { readonly on: TurnOn }): string => turnText(on);

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

/** The turn of a role with a name, if there is one. */
export function findTurn(
  handbook: Handbook,
  draft: Draft,
  role: string,
  on: TurnOn,
): RequestedTurn | undefined {
  const found = turnFinder(handbook, draft.rota, draft.rota.roles.get(role) as Role)(on);
  if (found === undefined) return undefined;
  const { startAt, endAt } = found;
  // A turn has no end where the hand-over changes and no rotation entry follows.
  if (!Number.isFinite(endAt)) throw withErrors(draft.rota.location.file);
  const { list, afterTurnOverrides } = resolvedOver(handbook, draft, role, found);
  const item = draft.items.find(
    (it): it is TurnItem =>
      it.override.kind === 'turn' && it.override.role === role && it.override.turnOn === on,
  );
  const holder = spanAt(afterTurnOverrides, startAt)?.value.person;
  const scheduled = list.find((it) => it.on === on)?.value?.person;
  return { on, startAt, endAt, item, holder, scheduled };
}

/** The turn of a role with a name; refuses a name of none. */
export function turnOf(handbook: Handbook, draft: Draft, role: string, on: TurnOn): RequestedTurn {
  const turn = findTurn(handbook, draft, role, on);
  if (turn === undefined)
    throw impossible(`no turn of ${role} begins on ${named(on)}${nearest(handbook, draft, role, on)}`);
  return turn;
}

/** Refuses a turn that has begun, with the command that takes the rest of it. */
export function requireAhead(
  { rota, role }: EditableSeat,
  turn: RequestedTurn,
  now: Instant,
  taker: string | undefined,
): void {
  if (turn.startAt > now) return;
  const { zone } = rota;
  const began = `the turn of ${turnName(turn)} began ${formatInstant(zone, turn.startAt)}`;
  if (turn.endAt <= now) throw impossible(`${began} and is over; what is past cannot change hands`);
  const [from, to] = [Math.ceil(now / MINUTE) * MINUTE, turn.endAt].map((at) => wallText(zone.wallOf(at)));
  throw impossible(
    `${began}; only turns that have not begun change hands as a whole`,
    `for the rest of it: rota cover ${rota.id} ${role.id} ${from} ${to} ${taker ?? 'PERSON'}`,
  );
}

const named = (on: TurnOn): string => `${turnText(on)} (${formatDay(dayOfTurn(on))})`;

/** How far a turn is from a name, in days; to a name without a time, a turn of that day is nearest. */
const distance = (turn: TurnOn, on: TurnOn): number => (dayOfTurn(turn) === on ? 0 : Math.abs(turn - on));

function nearest(handbook: Handbook, { rota }: Draft, role: string, on: TurnOn): string {
  const { before, after } = handoverFinder(handbook, rota, rota.roles.get(role))(on);
  const [first] = [before, after]
    .filter((it) => it !== undefined)
    .toSorted((one, other) => distance(one, on) - distance(other, on));
  return first === undefined ? '' : `; the nearest hand-over is ${named(first)}`;
}

/** A time of a request: an instant, or a local time of a zone that is not named. */
type RequestedTime = { readonly at: Instant } | { readonly wall: Wall };

/** Parses a local date-time, a date for its midnight, or an instant; refuses any other text. */
export function parseTime(text: string): RequestedTime {
  const at = instantOfText(text);
  if (at !== undefined) return { at };
  if (!/^20\d\d-\d\d-\d\d(T([01]\d|2[0-3]):[0-5]\d)?$/.test(text))
    throw badRequest(`"${text}" is not a local date-time; write it as 2026-12-03T18:00`);
  const wall = wallOfText(text.length === 10 ? `${text}T00:00` : text);
  if (wall === undefined) throw badRequest(`there is no ${text.slice(0, 10)} in the calendar`);
  return { wall };
}

/** The zone of a name; refuses a name that is none. */
export function requireZone(name: string): Zone {
  const meant = zonesMeant(name)[0] ?? nearestOf(name, zoneNames);
  if (!isZoneName(name)) throw badRequest(`there is no time zone "${name}"${suggestion(meant)}`);
  return zoneOf(name);
}

/** The span between two times; refuses hours that are past, reversed or skipped by the clocks of the zone. */
export function hoursOf(zone: Zone, given: readonly [string, string], now: Instant): Interval {
  const times = given.map(parseTime) as [RequestedTime, RequestedTime];
  const gap = times.find((time) => 'wall' in time && !zone.shows(time.wall));
  if (gap !== undefined && 'wall' in gap)
    throw impossible(
      `${wallText(gap.wall)} does not exist in ${zone.name}, where the clocks go forward over it; ` +
        'choose a time after the gap',
    );
  const [startAt, endAt] = times.map((time) => ('at' in time ? time.at : zone.instantOf(time.wall))) as [
    Instant,
    Instant,
  ];
  const [from, to] = given;
  if (endAt <= startAt)
    throw impossible(`this ends at ${to}, not after it begins (${from}); give it a later end`);
  if (endAt <= now) throw impossible(`${from} to ${to} is past; what is past cannot change hands`);
  if (startAt < now) {
    const next = wallText(zone.wallOf(Math.ceil(now / MINUTE) * MINUTE));
    throw impossible(`${from} is in the past; only hours to come can be covered`, `begin it at ${next}`);
  }
  return { startAt, endAt };
}

/** A role of a draft over a span; refuses one whose support hours have errors. */
export function resolvedOver(handbook: Handbook, draft: Draft, role: string, span: Interval): RoleCover {
  const cover = resolveDraft(handbook, draft, role, span);
  if (cover === undefined) throw withErrors(`the policy of the support hours of ${draft.rota.id}`);
  return cover;
}

/** Refuses a span outside the holiday lists, where duty is unknown. */
export function requireHolidays(handbook: Handbook, rota: Rota, span: Interval): void {
  if (isWithinHolidayLists(handbook, rota, span)) return;
  const [first, last] = [span.startAt, span.endAt - 1].map((instant) => dateText(rota.zone.dayOf(instant)));
  throw impossible(
    `the holiday list of the support hours of ${rota.id} does not cover ${first} to ${last}; ` +
      'extend it with "rota holidays"',
  );
}
