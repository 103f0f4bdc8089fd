/**
 * Weekends and holidays are shared fairly among the people of a rotation (dxw, "Support scheduling and the rota").
 * Where a week has two turns and the people are an even number, the same ones have every weekend. Compared over the
 * published span with the fair share, which counts for everybody only the time in which they are in the list, have
 * started, have not left, and are not away. Reported where the same people have them all while others who are there
 * have none, or where somebody has more than twice their share and one more, as one alone may be chance. Lists of one
 * person are not judged, and neither is a rotation entry under which the list does not come round twice. Holidays of
 * adjacent days count once. Counts roles that give cover and have a rotation of their own. Reported at the role.
 */
import { type Assignment, type Person, type RotationEntry, writtenRole } from '../../model.ts';
import { awayFrom, zoneOfPerson } from '../../resolve/availability.ts';
import type { Resolved, RoleCover } from '../../resolve/cover.ts';
import { holidaysOfRota } from '../../resolve/holiday-days.ts';
import { DAY, type Day, weekdayOf } from '../../time/date.ts';
import { formatDate } from '../../time/format.ts';
import { wallOfTurn } from '../../time/turn-name.ts';
import type { Zone } from '../../time/zone.ts';
import { type Instant, type Interval, indexFrom, restrict, type Timeline } from '../../timeline.ts';
import { type Context, type Objection, rule } from '../rule.ts';

type What = 'weekends' | 'holidays';

interface Shared {
  readonly role: string;
  readonly what: What;
  /** How many there are, and the first and the last day of the published span. */
  readonly total: number;
  readonly fromOn: Day;
  readonly untilOn: Day;
}

interface Codes {
  readonly 'always-the-same': Shared & {
    readonly people: readonly string[];
    readonly none: readonly string[];
  };
  readonly 'too-many': Shared & {
    readonly person: string;
    readonly count: number;
    /** Their fair share, to one decimal. */
    readonly fair: number;
  };
}

export const balance = rule<Codes>({
  name: 'balance',
  severity: 'warning',
  summary: 'Weekends and holidays are shared fairly among the people of a rotation.',
  playbook: 'dxw, Support scheduling and the rota',
  *check(context) {
    const weekends = new Map<Zone, readonly Occasion[]>();
    for (const covers of rotationsIn(context.resolved)) {
      const [{ rota }] = covers as readonly [RoleCover];
      const known = weekends.get(rota.zone) ?? weekendsIn(rota.zone, context.resolved.span);
      weekends.set(rota.zone, known);
      const rotation = { covers, holders: covers.map(holdersIn), entries: judgedEntries(context, covers) };
      if (rotation.entries.length === 0) continue;
      yield* unfair(context, rotation, 'weekends', known);
      yield* unfair(context, rotation, 'holidays', holidaysIn(context, covers));
    }
  },
  describe: {
    'always-the-same': ({ people, none, ...shared }) =>
      `${people.join(' and ')} ${people.length === 1 ? 'has' : 'have'} ${amountText(shared)}, ` +
      `and ${none.join(' and ')} none; another order or number of people, or a rota of its own, would share them`,
    'too-many': ({ person, count, fair, ...shared }) =>
      `${person} has ${count} of ${amountText(shared)}; a fair share would be about ${fair}`,
  },
});

const amountText = ({ role, what, total, fromOn, untilOn }: Shared): string =>
  `the ${total} ${what} of ${role} from ${formatDate(fromOn)} to ${formatDate(untilOn)}`;

/** A weekend or a holiday. */
interface Occasion extends Interval {
  readonly on: Day;
}

function weekendsIn(zone: Zone, { startAt, endAt }: Interval): readonly Occasion[] {
  const first = zone.dayOf(startAt);
  const found: Occasion[] = [];
  for (let on = first + ((12 - weekdayOf(first)) % 7); zone.startOf(on + 2) <= endAt; on += 7)
    found.push({ on, startAt: zone.startOf(on), endAt: zone.startOf(on + 2) });
  return found;
}

/** The holidays of a rota within the span; those with fewer than four days between them count once. */
function holidaysIn(
  { handbook, resolved: { span } }: Context,
  [cover]: readonly RoleCover[],
): readonly Occasion[] {
  if (cover === undefined) return [];
  const { zone } = cover.rota;
  const found: Occasion[] = [];
  for (const on of [...holidaysOfRota(handbook, cover.rota, span)].toSorted((one, other) => one - other)) {
    const last = found.at(-1);
    const endAt = zone.startOf(on + 1);
    if (last !== undefined && zone.startOf(on) - last.endAt < 4 * DAY)
      found[found.length - 1] = { ...last, endAt };
    else found.push({ on, startAt: zone.startOf(on), endAt });
  }
  return found;
}

/** The counting roles with a rotation of their own; the seats of one rotation together. */
const rotationsIn = ({ roles }: Resolved): Iterable<readonly RoleCover[]> =>
  Map.groupBy(
    [...roles.values()].filter(
      ({ role }) => role.counts && role.follows === undefined && role.rotation.length > 0,
    ),
    ({ rota, role }) => `${rota.id}/${writtenRole(role)}`,
  ).values();

/** The share of each person: how many they have, and how many would be fair. */
type Shares = Map<string, { count: number; fair: number }>;

function* unfair(
  context: Context,
  rotation: Rotation,
  what: What,
  occasions: readonly Occasion[],
): Iterable<Objection<Codes>> {
  const [cover] = rotation.covers as readonly [RoleCover];
  const { shares, total } = sharesOf(rotation, occasions);
  if (total === 0) return;
  const { span } = context.resolved;
  // The published span is whole months in UTC.
  const [fromOn, untilOn] = [span.startAt / DAY, span.endAt / DAY - 1];
  const shared = { role: `${cover.rota.id}/${writtenRole(cover.role)}`, what, total, fromOn, untilOn };
  const location = { ...cover.role.location, key: true as const };
  const none = [...shares].filter(([, { count, fair }]) => count === 0 && fair >= 2).map(([id]) => id);
  const most = [...shares]
    .filter(([, { count, fair }]) => fair >= 2 && count >= 1.8 * fair)
    .map(([id]) => id);
  if (none.length > 0 && most.length > 0) {
    yield { code: 'always-the-same', args: { ...shared, people: most, none }, location };
    return;
  }
  for (const [person, { count, fair }] of shares) {
    if (count <= 2 * fair + 1) continue;
    const args = { ...shared, person, count, fair: Math.round(fair * 10) / 10 };
    yield { code: 'too-many', args, location };
  }
}

function sharesOf(
  { holders, entries }: Rotation,
  occasions: readonly Occasion[],
): { readonly shares: Shares; readonly total: number } {
  // Most rotations have one seat.
  const only = holders.length === 1 ? holders[0] : undefined;
  const shares: Shares = new Map();
  let total = 0;
  for (const { people, presence, from, to } of entries) {
    const isAlwaysThere = presence.every(({ absences }) => absences.length === 0);
    for (const id of people) if (!shares.has(id)) shares.set(id, { count: 0, fair: 0 });
    let even = 0;
    for (const occasion of occasions) {
      if (occasion.startAt < from || occasion.startAt >= to) continue;
      const all = only === undefined ? holders.flatMap((it) => it(occasion)) : only(occasion);
      if (all.length > 0) total++;
      const own = all.filter((id, i) => shares.has(id) && all.indexOf(id) === i);
      for (const id of own) (shares.get(id) as { count: number }).count++;
      if (isAlwaysThere) even += own.length / people.length;
      else addFair(shares, presence, own, occasion);
    }
    for (const id of people) (shares.get(id) as { fair: number }).fair += even;
  }
  return { shares, total };
}

/** Divides an occasion among those who hold it, and those who could. */
function addFair(
  shares: Shares,
  presence: Judged['presence'],
  holders: readonly string[],
  occasion: Interval,
): void {
  const present = presence.filter(
    ({ id, absences }) => holders.includes(id) || !absences.some((it) => overlaps(it, occasion)),
  );
  for (const { id } of present) (shares.get(id) as { fair: number }).fair += holders.length / present.length;
}

const overlaps = (one: Interval, other: Interval): boolean =>
  one.startAt < other.endAt && one.endAt > other.startAt;

/** A rotation entry that is judged, the people in its list and when they are not there, and when it applies. */
interface Judged {
  readonly people: readonly string[];
  readonly presence: readonly { readonly id: string; readonly absences: readonly Interval[] }[];
  readonly from: Instant;
  readonly to: Instant;
}

/** A rotation: its seats, who is on in each, and its entries. */
interface Rotation {
  readonly covers: readonly RoleCover[];
  readonly holders: readonly HoldersOf[];
  readonly entries: readonly Judged[];
}

/** The entries of a rotation under which its list comes round twice within the span. */
function judgedEntries(context: Context, covers: readonly RoleCover[]): readonly Judged[] {
  const { span } = context.resolved;
  const [cover] = covers as readonly [RoleCover];
  const { role, rota } = cover;
  return role.rotation.flatMap((entry: RotationEntry, i) => {
    const next = role.rotation[i + 1];
    const from = Math.max(span.startAt, rota.zone.instantOf(wallOfTurn(entry.firstOn)));
    const to = Math.min(
      span.endAt,
      next === undefined ? span.endAt : rota.zone.instantOf(wallOfTurn(next.firstOn)),
    );
    // The seats of a role have lists of their own, which begin on the same days.
    const listed = covers.flatMap((it) => it.role.rotation[i]?.people ?? []);
    const people = [...new Set(listed.map(({ person }) => person))];
    const turns = covers.reduce(
      (sum, { list }) => sum + list.filter(({ startAt }) => from <= startAt && startAt < to).length,
      0,
    );
    if (people.length < 2 || turns < 2 * listed.length) return [];
    const presence = people.map((id) => ({ id, absences: absencesOf(context, id, cover) }));
    return [{ people, presence, from, to }];
  });
}

/** Who is on at any time of an occasion, each once. */
type HoldersOf = (occasion: Interval) => readonly string[];

/** Covers are long: where no override of hours changes an occasion, turns and duty say who is on. */
function holdersIn(cover: RoleCover): HoldersOf {
  const { rota, role, afterTurnOverrides, duty } = cover;
  const hours = rota.overrides.flatMap((it) => (it.role === role.id && it.kind !== 'turn' ? [it] : []));
  return (occasion) => {
    if (hours.some((it) => overlaps(it, occasion))) return peopleIn(within(cover.cover(), occasion));
    const on = duty[indexFrom(duty, occasion.startAt)];
    if (on === undefined || on.startAt >= occasion.endAt) return [];
    const turn = afterTurnOverrides[indexFrom(afterTurnOverrides, occasion.startAt)];
    if (turn !== undefined && turn.startAt <= occasion.startAt && occasion.endAt <= turn.endAt)
      return [turn.value.person];
    const turns = within(afterTurnOverrides, occasion);
    return peopleIn(within(restrict(turns, within(duty, occasion)), occasion));
  };
}

const peopleIn = (held: Timeline<Assignment>): readonly string[] => [
  ...new Set(held.map(({ value }) => value.person)),
];

/** The spans of a timeline that overlap an interval. */
function within<T>(timeline: Timeline<T>, { startAt, endAt }: Interval): Timeline<T> {
  const first = indexFrom(timeline, startAt);
  let end = first;
  while (end < timeline.length && (timeline[end]?.startAt ?? endAt) < endAt) end++;
  return timeline.slice(first, end);
}

/** When a person could not hold a role within the span: before their first day, after their last, and while away. */
function absencesOf(
  { handbook, resolved: { span } }: Context,
  id: string,
  cover: RoleCover,
): readonly Interval[] {
  const person = handbook.people.get(id);
  if (person === undefined) return [];
  const away = [...awayFrom(handbook, person, cover, span)].flatMap((it) => it.spans);
  return [...employment(person, cover), ...away].filter((it) => overlaps(it, span));
}

/** The time before somebody starts, or opts in to an out-of-hours role, and after they leave. */
function employment(person: Person, { rota, role }: RoleCover): readonly Interval[] {
  const zone = zoneOfPerson(person, rota);
  const began = [person.firstOn, role.needs.onCall ? person.onCallSince : undefined];
  const before = began.flatMap((day) =>
    day === undefined ? [] : [{ startAt: Number.NEGATIVE_INFINITY, endAt: zone.startOf(day) }],
  );
  return person.lastOn === undefined
    ? before
    : [...before, { startAt: zone.startOf(person.lastOn + 1), endAt: Number.POSITIVE_INFINITY }];
}
