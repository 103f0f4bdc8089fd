/**
 * The upgrade of a schedule made of layers to a shift-based one, by a click in PagerDuty's own pages: it keeps its id,
 * and from now on the same people are on call. How PagerDuty does it is not known; this is what has to come out.
 *
 * The one surprise: nothing hides anything in a shift-based schedule, so a layer loses the times at which a higher one
 * hides it, and a layer whose hand-over lies within its hours becomes several rotations, one for each part.
 */
import { DAY, type Wall, weekdayOf } from '../../actions/lib/time/date.ts';
import { zoneOf } from '../../actions/lib/time/zone.ts';
import {
  clip,
  type Instant,
  layered,
  type Span,
  type Timeline,
  without,
} from '../../actions/lib/timeline.ts';
import { type Ids, idsFrom } from './ids.ts';
import { WEEKDAY_CODES } from './recurrence.ts';
import { rendered, timeOfDay } from './rendering.ts';
import { assignments } from './shift-rendering.ts';
import { clippedTo } from './shift-request.ts';
import type { CustomShift, Rotation, ShiftEvent, ShiftOverride } from './shift-state.ts';
import { type Layer, present, type Restriction, type Schedule, type State, withSchedule } from './state.ts';

const WEEK = 7 * DAY;

/**
 * What recurs: whole turns of local time, from the start of a turn of the first user on, until restrictions by weekday
 * are the same again.
 */
interface Cycle {
  readonly base: Wall;
  readonly length: number;
  readonly turns: number;
}

const divisor = (one: number, other: number): number => (other === 0 ? one : divisor(other, one % other));

function cycleOf(layer: Layer, timeZone: string, restrictions: readonly Restriction[]): Cycle {
  const turn = layer.turnSeconds * 1000;
  if (turn % DAY !== 0)
    throw new Error(`the stand-in upgrades no layer with turns of ${layer.turnSeconds} seconds`);
  const zone = zoneOf(timeZone);
  const round = turn * layer.users.length;
  const virtual = zone.wallOf(layer.virtualStartAt);
  const rounds = Math.max(0, Math.ceil((virtual - zone.wallOf(layer.startAt)) / round));
  const unit = restrictions.some(({ start_day_of_week: day }) => day !== undefined) ? WEEK : DAY;
  const length = (turn / divisor(turn, unit)) * unit;
  return { base: virtual - rounds * round, length, turns: length / turn };
}

/** The times in a cycle that restrictions allow, from its base. */
function windowsIn({ base, length }: Cycle, restrictions: readonly Restriction[]): Timeline<true> {
  if (restrictions.length === 0) return [{ startAt: 0, endAt: length, value: true }];
  const spans: Span<true>[] = [];
  for (let day = Math.floor(base / DAY) - 8; day * DAY < base + length; day++) {
    for (const { start_time_of_day, duration_seconds, start_day_of_week } of restrictions) {
      if (start_day_of_week !== undefined && weekdayOf(day) !== start_day_of_week - 1) continue;
      const startAt = day * DAY + timeOfDay(start_time_of_day) - base;
      spans.push({ startAt, endAt: startAt + duration_seconds * 1000, value: true });
    }
  }
  return clip(layered(spans), { startAt: 0, endAt: length });
}

/** A part of the hours of a layer, within the given turn of a cycle. */
type Piece = Span<number>;

/** The parts that one event can have: the same hours on the same weekdays of each week of a turn, or one part alone. */
function grouped(pieces: readonly Piece[], { length, turns }: Cycle): readonly (readonly Piece[])[] {
  if (turns !== 1 || length % WEEK !== 0) return pieces.map((piece) => [piece]);
  const alike = Map.groupBy(pieces, ({ startAt, endAt }) => `${startAt % DAY} ${endAt - startAt}`);
  return [...alike.values()].flatMap((group) => {
    const weekdays = new Set(group.map(({ startAt }) => startAt % WEEK));
    return weekdays.size * (length / WEEK) === group.length ? [group] : group.map((piece) => [piece]);
  });
}

/** The rule and the members of an event: a group has all shifts of a turn; a part alone, one shift in each cycle. */
function patternOf(
  { users }: Layer,
  group: readonly Piece[],
  { base, length, turns }: Cycle,
): Pick<ShiftEvent, 'recurrence' | 'shiftsPerMember' | 'members'> {
  if (group.length > 1) {
    const days = group.map(({ startAt }) => WEEKDAY_CODES[weekdayOf(Math.floor((base + startAt) / DAY))]);
    const rule = `RRULE:FREQ=WEEKLY;BYDAY=${[...new Set(days)].join(',')}`;
    return { recurrence: [rule], shiftsPerMember: group.length, members: users };
  }
  const first = group[0]?.value ?? 0;
  const round = users.length / divisor(users.length, turns);
  const [unit, name] = length % WEEK === 0 ? [WEEK, 'WEEKLY'] : [DAY, 'DAILY'];
  return {
    recurrence: [`RRULE:FREQ=${name};INTERVAL=${length / unit}`],
    shiftsPerMember: 1,
    members: Array.from({ length: round }, (_, i) => users[(first + i * turns) % users.length]),
  };
}

/** A layer as rotations of one event each, without the times that higher layers hide. */
function rotationsOf(layer: Layer, above: readonly Layer[], timeZone: string, ids: Ids): readonly Rotation[] {
  const all = [layer, ...above].flatMap(({ restrictions }) => restrictions);
  const cycle = cycleOf(layer, timeZone, all);
  const hidden = layered(above.flatMap(({ restrictions }) => windowsIn(cycle, restrictions)));
  const shown = without(windowsIn(cycle, layer.restrictions), hidden);
  const turn = cycle.length / cycle.turns;
  const pieces = Array.from({ length: cycle.turns }, (_, i) =>
    clip(shown, { startAt: i * turn, endAt: (i + 1) * turn }).map((span) => ({ ...span, value: i })),
  ).flat();
  return grouped(pieces, cycle).map((group) => {
    const [first] = group as readonly [Piece];
    const event: ShiftEvent = {
      id: ids('A'),
      name: layer.name,
      timeZone,
      startWall: cycle.base + first.startAt,
      endWall: cycle.base + first.endAt,
      effectiveAt: layer.startAt,
      effectiveUntil: layer.endAt,
      strategy: 'rotating',
      ...patternOf(layer, group, cycle),
    };
    return { id: ids('A'), events: [event] };
  });
}

/** The rotations of all layers that have not ended. */
function allRotations(schedule: Schedule, now: Instant, ids: Ids): readonly Rotation[] {
  const { timeZone, layers } = present(schedule);
  const living = layers.filter(({ endAt = Number.POSITIVE_INFINITY }) => endAt > now);
  const isPartial = living.some(({ startAt, endAt }) => startAt > now || endAt !== undefined);
  if (living.length > 1 && isPartial)
    throw new Error('the stand-in upgrades no layers that begin or end while others are in force');
  const rotations = living.flatMap((layer, i) => rotationsOf(layer, living.slice(i + 1), timeZone, ids));
  if (rotations.length > 10) throw new Error(`${rotations.length} rotations, but PagerDuty has at most 10`);
  return rotations;
}

interface Replacements {
  readonly customShifts: readonly CustomShift[];
  readonly shiftOverrides: readonly ShiftOverride[];
}

/** The overrides of layers as overrides of rotations; where there is no rotation to override, as custom shifts. */
function replacements(
  schedule: Schedule,
  rotations: readonly Rotation[],
  now: Instant,
  ids: Ids,
): Replacements {
  const beneath = { customShifts: [], rotations, shiftOverrides: [] };
  const ends = schedule.overrides.map(({ endAt }) => endAt);
  const overrides = rendered(schedule, { startAt: now, endAt: Math.max(now, ...ends) }).overrides;
  const parts = overrides.map((override) => {
    const found = assignments(beneath, override).map((each) => clippedTo(each, override));
    const free = without([override], layered(found.map((each) => ({ ...each, value: true }))));
    return { user: override.value.user, found, free };
  });
  return {
    shiftOverrides: parts.flatMap(({ user, found }) =>
      found.map(({ startAt, endAt, source, member }) => {
        return { id: ids('A'), source, startAt, endAt, overridden: member, overriding: user, createdAt: now };
      }),
    ),
    customShifts: parts.flatMap(({ user, free }) =>
      free.map(({ startAt, endAt }) => ({ id: ids('A'), startAt, endAt, member: user, createdAt: now })),
    ),
  };
}

/** The state after the upgrade of a schedule; policies that name it name it as a shift-based one from now on. */
export function upgraded(state: State, id: string, now: Instant): State {
  const ids = idsFrom(`upgrade of ${id}`);
  const after = withSchedule(state, id, (schedule) => {
    const rotations = allRotations(schedule, now, ids);
    const eras = [{ ...present(schedule), layers: [] }];
    return {
      ...schedule,
      kind: 'v3',
      eras,
      overrides: [],
      rotations,
      ...replacements(schedule, rotations, now, ids),
    };
  });
  const policies = after.policies.map((policy) => ({
    ...policy,
    rules: policy.rules.map((rule) => ({
      ...rule,
      targets: rule.targets.map((target) =>
        target.id === id ? { ...target, type: 'schedule_v3_reference' as const } : target,
      ),
    })),
  }));
  return { ...after, policies };
}
