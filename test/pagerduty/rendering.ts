/**
 * Who is on call by a schedule: its layers rotate in the schedule's zone; higher layers take precedence over lower
 * ones, overrides over layers, and the newest override over older ones.
 *
 * The one surprise: a turn whose length is a number of whole days is counted in local days, so a hand-over at 10:00
 * stays at 10:00 when the clocks change; a shorter turn is elapsed time.
 */
import { DAY, type Day, timeOf, weekdayOf } from '../../actions/lib/time/date.ts';
import { type Zone, zoneOf } from '../../actions/lib/time/zone.ts';
import {
  clip,
  type Instant,
  type Interval,
  layered,
  merge,
  overlay,
  restrict,
  type Span,
  spanAt,
  type Timeline,
} from '../../actions/lib/timeline.ts';
import { usersOnCall } from './shift-rendering.ts';
import type { Layer, Override, Restriction, Schedule, State } from './state.ts';

const SECOND = 1000;

/** A person on call by one turn of a layer or by one override; each turn has its own entry. */
export interface Held {
  readonly user: string;
  readonly by: string;
}

/** A time of day written `08:00:00`, in milliseconds after midnight. */
export const timeOfDay = (text: string): number => timeOf(text.slice(0, 5)) + Number(text.slice(6)) * SECOND;

/** The instant at which each turn of a layer begins, counted from its virtual start, also backwards. */
function turnsOf({ virtualStartAt, turnSeconds }: Layer, zone: Zone): (turn: number) => Instant {
  const length = turnSeconds * SECOND;
  if (length % DAY !== 0) return (turn) => virtualStartAt + turn * length;
  const wall = zone.wallOf(virtualStartAt);
  return (turn) => zone.instantOf(wall + turn * length);
}

function turned(layer: Layer, zone: Zone, { startAt, endAt }: Interval): Timeline<Held> {
  const { id, users, virtualStartAt, turnSeconds } = layer;
  const count = users.length;
  if (count === 0) return [];
  const beginOf = turnsOf(layer, zone);
  const spans: Span<Held>[] = [];
  // Begins one turn before the result by elapsed time, because local days are up to an hour shorter or longer.
  let turn = Math.floor((startAt - virtualStartAt) / (turnSeconds * SECOND)) - 1;
  for (; beginOf(turn) < endAt; turn++) {
    const user = users[((turn % count) + count) % count] as string;
    spans.push({ startAt: beginOf(turn), endAt: beginOf(turn + 1), value: { user, by: id } });
  }
  return clip(spans, { startAt, endAt });
}

/** The times that the restrictions of a layer allow; start and length of a window are in local time. */
function windows(restrictions: readonly Restriction[], zone: Zone, within: Interval): Timeline<true> {
  const spans: Span<true>[] = [];
  const last: Day = zone.dayOf(within.endAt);
  // No window is longer than a week.
  for (let day = zone.dayOf(within.startAt) - 7; day <= last; day++) {
    for (const { start_time_of_day, duration_seconds, start_day_of_week } of restrictions) {
      if (start_day_of_week !== undefined && weekdayOf(day) !== start_day_of_week - 1) continue;
      const opens = day * DAY + timeOfDay(start_time_of_day);
      spans.push({
        startAt: zone.instantOf(opens),
        endAt: zone.instantOf(opens + duration_seconds * SECOND),
        value: true,
      });
    }
  }
  return layered(spans);
}

function ofLayer(layer: Layer, zone: Zone, within: Interval): Timeline<Held> {
  const startAt = Math.max(within.startAt, layer.startAt);
  const endAt = Math.min(within.endAt, layer.endAt ?? Number.POSITIVE_INFINITY);
  if (startAt >= endAt) return [];
  const whole = turned(layer, zone, { startAt, endAt });
  return layer.restrictions.length === 0
    ? whole
    : restrict(whole, windows(layer.restrictions, zone, { startAt, endAt }));
}

const ofOverrides = (overrides: readonly Override[]): Timeline<Held> =>
  layered(overrides.map(({ id, startAt, endAt, user }) => ({ startAt, endAt, value: { user, by: id } })));

export interface Rendered {
  /** By layer id, regardless of higher layers. */
  readonly layers: ReadonlyMap<string, Timeline<Held>>;
  readonly overrides: Timeline<Held>;
  readonly final: Timeline<Held>;
}

/** A schedule within an interval, entries cut at its bounds. */
export function rendered({ eras, overrides }: Schedule, within: Interval): Rendered {
  const layers = new Map<string, Timeline<Held>>();
  let below: Timeline<Held> = [];
  for (const [i, { sinceAt, timeZone, layers: inForce }] of eras.entries()) {
    const startAt = Math.max(within.startAt, sinceAt);
    const endAt = Math.min(within.endAt, eras[i + 1]?.sinceAt ?? Number.POSITIVE_INFINITY);
    if (startAt >= endAt) continue;
    let era: Timeline<Held> = [];
    for (const layer of inForce) {
      const turns = ofLayer(layer, zoneOf(timeZone), { startAt, endAt });
      layers.set(layer.id, [...(layers.get(layer.id) ?? []), ...turns]);
      era = overlay(era, turns);
    }
    below = [...below, ...era];
  }
  const above = clip(ofOverrides(overrides), within);
  return { layers, overrides: above, final: overlay(below, above) };
}

/** Everybody who is on call at once, by user id, by a schedule of either kind. */
export function peopleOf(state: State, id: string, within: Interval): Timeline<readonly string[]> {
  const schedule = state.schedules.find((each) => each.id === id);
  if (schedule === undefined) throw new Error(`there is no schedule ${id}`);
  if (schedule.kind === 'v3') return usersOnCall(schedule, within);
  return rendered(schedule, within).final.map(({ value, ...span }) => ({ ...span, value: [value.user] }));
}

/**
 * Who is on call by the final schedule, with touching spans of one person joined. Several people at once, which only
 * a shift-based schedule can have, are one value: `PAMARA1 + PBENA01`.
 */
export const coverOf = (state: State, id: string, within: Interval): Timeline<string> =>
  merge(peopleOf(state, id, within).map(({ value, ...span }) => ({ ...span, value: value.join(' + ') })));

/** Every person's own spans, by start; those of two people may overlap. */
export function spansByPerson(state: State, id: string, within: Interval): readonly Span<string>[] {
  const people = peopleOf(state, id, within);
  const everybody = [...new Set(people.flatMap(({ value }) => value))];
  return everybody
    .flatMap((user) =>
      merge(
        people
          .filter(({ value }) => value.includes(user))
          .map(({ startAt, endAt }) => ({ startAt, endAt, value: user })),
      ),
    )
    .toSorted((one, other) => one.startAt - other.startAt);
}

/** Who is on call at an instant; includes deleted users, as PagerDuty does. */
export const coverAt = (state: State, id: string, instant: Instant): string | undefined =>
  spanAt(coverOf(state, id, { startAt: instant, endAt: instant + 1 }), instant)?.value;
