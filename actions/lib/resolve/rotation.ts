/**
 * The turns of a role, from its rotation and its agreed turns. A turn is numbered from the first turn of its rotation
 * entry by counting hand-overs in the local calendar, never by elapsed time and never from the turn before.
 *
 * After an amendment of the hand-over, the turn in progress continues until a rotation entry begins on a hand-over day
 * of the new kind (see `amendments` in `schemas/rota.schema.json`).
 */
import type { Assignment, Handover, Role, Rota, RotationEntry } from '../model.ts';
import { DAY, type Day, weekdayOf, weekOf } from '../time/date.ts';
import type { Instant, Interval } from '../timeline.ts';

const FOREVER = Number.POSITIVE_INFINITY;

/** The time from one hand-over to the next; without a value nobody holds it. */
export interface Turn extends Interval {
  /** The local date of its hand-over, by which files name it. */
  readonly on: Day;
  readonly value: Assignment | undefined;
  /** False when no line decides this turn; true for a person, and for an entry without people. */
  readonly decided: boolean;
}

/** The turns of a role that overlap a span, in order and without gaps. */
export function turnsOf(rota: Rota, role: Role, span: Interval): readonly Turn[] {
  const source = sourceOf(rota, role);
  if (source === undefined) return [];
  const { by } = source;
  const all = sourceTurns(rota, source.role, span, by);
  const turns = all.slice(
    Math.max(
      0,
      all.findIndex(({ endAt }) => endAt > span.startAt),
    ),
  );
  if (by === 0) return turns;
  return turns.slice(0, -by).map((turn, i): Turn => {
    const { value, decided } = turns[i + by] as Turn;
    return { ...turn, value: value === undefined ? undefined : followed(value, role), decided };
  });
}

/** Findings about a follower point at its own lines. */
const followed = ({ person }: Assignment, { location }: Role): Assignment => ({
  person,
  by: 'rotation',
  insteadOf: undefined,
  change: undefined,
  location: { file: location.file, path: [...location.path, 'follows'] },
});

/**
 * The role whose rotation decides, and how many turns ahead of it to look; undefined when roles follow each other in a
 * circle.
 */
function sourceOf(rota: Rota, role: Role): { readonly role: Role; readonly by: number } | undefined {
  let source: Role | undefined = role;
  let by = 0;
  for (let steps = 0; source?.follows !== undefined; steps++) {
    if (steps > rota.roles.size) return undefined;
    by += source.follows.by;
    source = rota.roles.get(source.follows.role);
  }
  return source === undefined ? undefined : { role: source, by };
}

/** The turns of a role by its own rotation that overlap a span, and as many more as followers look ahead. */
function sourceTurns(rota: Rota, role: Role, span: Interval, ahead: number): readonly Turn[] {
  const stretches = stretchesOf(rota, role);
  const before = rota.zone.dayOf(span.startAt) - 1;
  const first = Math.max(
    0,
    stretches.findLastIndex((stretch) => lastHandover(stretch, before) !== undefined),
  );
  const turns: (Turn & { endAt: Instant })[] = [];
  let more = ahead;
  for (const [i, stretch] of stretches.slice(first).entries()) {
    const { handover, entry, untilOn } = stretch;
    let on = (i === 0 ? lastHandover(stretch, before) : undefined) ?? firstHandover(stretch);
    let number = on === undefined ? 0 : turnNumber(stretch, on);
    for (; on !== undefined && on < untilOn; on = nextHandover(handover, on + 1), number++) {
      const startAt = rota.zone.instantOf(on * DAY + (handover.times[weekdayOf(on)] as number));
      const last = turns.at(-1);
      if (last !== undefined) last.endAt = startAt;
      if (startAt >= span.endAt && more-- === 0) return turns;
      const agreed = role.turns.get(on);
      const value = agreed ?? entry?.people[number % entry.people.length];
      turns.push({
        on,
        startAt,
        endAt: FOREVER,
        value,
        decided: agreed !== undefined || entry !== undefined,
      });
    }
  }
  // Without a further hand-over, the last turn has no end, and followers find nobody ahead.
  const never: Turn = { on: FOREVER, startAt: FOREVER, endAt: FOREVER, value: undefined, decided: true };
  return [...turns, ...Array.from({ length: more }, () => never)];
}

/** A range of days with one kind of hand-over and one order of people; turns begin only within such ranges. */
interface Stretch {
  readonly firstOn: Day;
  readonly untilOn: Day;
  readonly handover: Handover;
  readonly entry: RotationEntry | undefined;
}

function stretchesOf(rota: Rota, role: Role): readonly Stretch[] {
  const changes = rota.terms.filter(
    ({ handover }, i) => i === 0 || !sameHandover(handover, rota.terms[i - 1]?.handover),
  );
  const entries = role.rotation;
  const beganOn = entries[0]?.firstOn ?? FOREVER;
  const untilChange = (on: Day): Day => changes.find(({ firstOn }) => firstOn > on)?.firstOn ?? FOREVER;
  const before = changes
    .filter(({ firstOn }) => firstOn < beganOn)
    .map(({ firstOn, handover }): Stretch => {
      return { firstOn, untilOn: Math.min(untilChange(firstOn), beganOn), handover, entry: undefined };
    });
  const since = entries.map((entry, i): Stretch => {
    const { firstOn } = entry;
    const untilOn = Math.min(untilChange(firstOn), entries[i + 1]?.firstOn ?? FOREVER);
    return { firstOn, untilOn, handover: handoverOn(rota, firstOn), entry };
  });
  return [...before, ...since];
}

const sameHandover = (one: Handover, other: Handover | undefined): boolean =>
  one.times.every((time, i) => time === other?.times[i]);

/** The kind of hand-over that a rota has on a day. */
const handoverOn = (rota: Rota, on: Day): Handover =>
  (rota.terms.findLast(({ firstOn }) => firstOn <= on) ?? rota.terms[0])?.handover as Handover;

/** Returns whether a turn of a role can begin on a day: only on the hand-over days that apply to the role then. */
export function beginsTurn(rota: Rota, role: Role | undefined): (on: Day) => boolean {
  // A rotation entry can begin on any hand-over day of the rota.
  if (role === undefined) return (on) => handoverOn(rota, on).times[weekdayOf(on)] !== undefined;
  const source = sourceOf(rota, role);
  const stretches = source === undefined ? [] : stretchesOf(rota, source.role);
  return (on) =>
    stretches.some(
      ({ firstOn, untilOn, handover }) =>
        firstOn <= on && on < untilOn && handover.times[weekdayOf(on)] !== undefined,
    );
}

/** The first hand-over day at or after a day. */
function nextHandover({ times }: Handover, on: Day): Day {
  const weekday = weekdayOf(on);
  let days = 0;
  while (times[(weekday + days) % 7] === undefined) days++;
  return on + days;
}

/** The last hand-over day at or before a day. */
function previousHandover({ times }: Handover, on: Day): Day {
  let day = on;
  while (times[weekdayOf(day)] === undefined) day--;
  return day;
}

function firstHandover({ firstOn, untilOn, handover }: Stretch): Day | undefined {
  if (!Number.isFinite(firstOn)) return undefined;
  const on = nextHandover(handover, firstOn);
  return on < untilOn ? on : undefined;
}

function lastHandover({ firstOn, untilOn, handover }: Stretch, before: Day): Day | undefined {
  const on = previousHandover(handover, Math.min(before, untilOn - 1));
  return on >= firstOn ? on : undefined;
}

/** Numbers hand-overs: the difference between the numbers of two days is the number of turns between them. */
function handoverNumber({ times }: Handover, on: Day): number {
  let perWeek = 0;
  let earlier = 0;
  for (const [weekday, time] of times.entries()) {
    if (time === undefined) continue;
    perWeek++;
    if (weekday < weekdayOf(on)) earlier++;
  }
  return weekOf(on) * perWeek + earlier;
}

/** The number of a turn within its stretch, counted from 0. */
function turnNumber({ firstOn, handover, entry }: Stretch, on: Day): number {
  if (entry === undefined) return 0;
  return handoverNumber(handover, on) - handoverNumber(handover, nextHandover(handover, firstOn));
}
