/**
 * Whose turn it is: a role's rotation and agreed turns as a list of turns. A turn is counted from the first turn of its
 * rotation entry, in hand-overs of the local calendar, never in elapsed time and never from the turn before.
 *
 * The one surprise: after an amendment of the hand-over the turn in progress goes on until an entry begins on a
 * hand-over day of the new kind (section "Amendments" of the format).
 */
import type { Assignment, Handover, Role, Rota, RotationEntry } from '../model.ts';
import { DAY, type Day, weekdayOf, weekOf } from '../time.ts';
import type { Instant, Interval } from '../timeline.ts';

const FOREVER = Number.POSITIVE_INFINITY;

/** From one hand-over to the next; nobody's where no assignment is. */
export interface Turn extends Interval {
  /** The local date of its hand-over, by which files name it. */
  readonly on: Day;
  readonly assignment: Assignment | undefined;
  /** False where nothing is written; true for somebody, and for an entry that says nobody. */
  readonly decided: boolean;
}

/** The turns of a role that touch a span, in order, without a hole between them. */
export function turnsOf(rota: Rota, role: Role, span: Interval): readonly Turn[] {
  const source = sourceOf(rota, role);
  if (source === undefined) return [];
  const { by } = source;
  const starts = turnStarts(rota, source.role, span, by);
  const turns: Turn[] = [];
  for (const [i, start] of starts.entries()) {
    const next = starts[i + 1];
    const held = starts[i + by];
    if (next === undefined || held === undefined || start.startAt >= span.endAt) break;
    const assignment =
      by === 0 || held.assignment === undefined ? held.assignment : followed(held.assignment, role);
    turns.push({
      on: start.on,
      startAt: start.startAt,
      endAt: next.startAt,
      assignment,
      decided: held.decided,
    });
  }
  return turns;
}

/** A follower's findings belong to its own lines. */
const followed = ({ person }: Assignment, { spot }: Role): Assignment => ({
  person,
  by: 'rotation',
  insteadOf: undefined,
  spot: { file: spot.file, path: [...spot.path, 'follows'] },
});

/** The role whose rotation decides, and how many turns ahead of it to look; undefined for roles in a circle. */
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

interface Start {
  readonly on: Day;
  readonly startAt: Instant;
  readonly assignment: Assignment | undefined;
  readonly decided: boolean;
}

/** Hand-overs from the last one before a span to the one that ends it, and as many more as followers look ahead. */
function turnStarts(rota: Rota, role: Role, span: Interval, ahead: number): readonly Start[] {
  const stretches = stretchesOf(rota, role);
  const starts: Start[] = [];
  const before = rota.zone.dayOf(span.startAt) - 1;
  const first = Math.max(
    0,
    stretches.findLastIndex((stretch) => lastHandover(stretch, before) !== undefined),
  );
  let beyond = 0;
  for (const [i, stretch] of stretches.slice(first).entries()) {
    let on = (i === 0 ? lastHandover(stretch, before) : undefined) ?? firstHandover(stretch);
    for (
      ;
      on !== undefined && on < stretch.untilOn && beyond <= ahead;
      on = nextHandover(stretch.handover, on + 1)
    ) {
      const startAt = rota.zone.instantOf(on * DAY + (stretch.handover.times[weekdayOf(on)] as number));
      const agreed = role.turns.get(on);
      const decided = agreed !== undefined || stretch.entry !== undefined;
      starts.push({ on, startAt, assignment: agreed ?? inTurn(stretch, on), decided });
      if (startAt >= span.endAt) beyond++;
    }
  }
  // Where no hand-over follows, the last turn goes on without an end.
  for (; beyond <= ahead; beyond++)
    starts.push({ on: FOREVER, startAt: FOREVER, assignment: undefined, decided: true });
  return starts;
}

/** Days in which turns begin by one kind of hand-over and in one order of people; outside all of them no turn begins. */
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
export const handoverOn = (rota: Rota, on: Day): Handover =>
  (rota.terms.findLast(({ firstOn }) => firstOn <= on) ?? rota.terms[0])?.handover as Handover;

/** Whether a turn of a role can begin on a day: a hand-over day of the kind that the role has then. */
export const beginsTurn = (rota: Rota, role: Role, on: Day): boolean => {
  const source = sourceOf(rota, role);
  if (source === undefined) return false;
  return stretchesOf(rota, source.role).some(
    ({ firstOn, untilOn, handover }) =>
      firstOn <= on && on < untilOn && handover.times[weekdayOf(on)] !== undefined,
  );
};

/** The first hand-over day at or after a day. */
export function nextHandover({ times }: Handover, on: Day): Day {
  let day = on;
  while (times[weekdayOf(day)] === undefined) day++;
  return day;
}

/** The last hand-over day at or before a day. */
export function previousHandover({ times }: Handover, on: Day): Day {
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

/** Counts hand-overs, so that the difference of two days' numbers is the number of turns between them. */
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

function inTurn({ firstOn, handover, entry }: Stretch, on: Day): Assignment | undefined {
  if (entry === undefined || entry.people.length === 0) return undefined;
  const first = handoverNumber(handover, nextHandover(handover, firstOn));
  return entry.people[(handoverNumber(handover, on) - first) % entry.people.length];
}
