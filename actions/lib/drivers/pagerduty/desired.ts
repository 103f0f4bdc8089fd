/**
 * What the handbook wants of PagerDuty: for every role with a schedule who is on, by user id, and for every chain with a
 * policy its levels. Pure.
 *
 * The one surprise: overrides carry no name, so whose one is, is told by what it says. It is ours when the handbook, now
 * or at a revision that was applied, has the same person there for all of it.
 */
import { type Escalation, type Handbook, type Notified, type PathLocation, roleText } from '../../model.ts';
import type { RoleCover } from '../../resolve/cover.ts';
import { undecided } from '../../resolve/holiday-horizon.ts';
import { byPerson, eachRole, publishedSpan } from '../../resolve/resolve.ts';
import { DAY, HOUR, MINUTE } from '../../time/date.ts';
import { elapsedOf } from '../../time/duration.ts';
import type { Zone } from '../../time/zone.ts';
import { clip, type Instant, type Interval, type Timeline } from '../../timeline.ts';
import type { Target } from './actual.ts';

/** One schedule and the role whose shifts it carries. */
export interface Seat {
  /** `paas/out-of-hours/engineer`. */
  readonly role: string;
  readonly schedule: string;
  readonly zone: Zone;
  /** False when only a revision that was applied names the schedule, and nothing of ours is to stay there. */
  readonly isNamed: boolean;
  /** Who is to be on, by user id: whole shifts that begin before the horizon, from now on. */
  readonly cover: Timeline<string>;
  /** The same far beyond the horizon, and as it was at each revision that was applied: what makes an override ours. */
  readonly now: Timeline<string>;
  readonly applied: readonly Timeline<string>[];
  /** The first minute on duty that nobody is decided for; undefined when all are, as far as is published. */
  readonly undecidedAt: Instant | undefined;
  readonly location: PathLocation;
}

/** A chain and the policy that carries it. */
export interface Chain {
  readonly chain: string;
  readonly policy: string;
  readonly levels: readonly {
    readonly delayMinutes: number | undefined;
    readonly targets: readonly Target[];
  }[];
  readonly repeats: number;
  readonly location: PathLocation;
}

/** Everything that is wanted from now to the horizon. */
export interface DesiredState {
  readonly now: Instant;
  readonly horizon: Instant;
  /** The end of the published span; further than the horizon where only what is settled is asked about. */
  readonly publishedUntil: Instant;
  readonly seats: readonly Seat[];
  readonly chains: readonly Chain[];
  /** The people who are pushed, by user id. */
  readonly people: ReadonlyMap<string, { readonly id: string; readonly location: PathLocation }>;
  /** Everybody that user ids can be told as, by user id. */
  readonly names: ReadonlyMap<string, string>;
}

/** How far beyond the horizon an override is looked for: longer than the horizon is ever drawn in. */
export const BEYOND = 366 * DAY;

/** A shift that begins before the horizon is pushed whole, up to so much further. */
const OVERHANG = 31 * DAY;

/**
 * On these days of every month, at this time, the workflow applies what the handbook says, by UTC. Twice, because with two
 * weeks ahead a horizon drawn on the 1st is the end of that month, and nobody would be pushed beyond it in time.
 */
const APPLIED_ON = [1, 20] as const;
const APPLIED_AT = 4 * HOUR + 11 * MINUTE;

/** When the workflow last applied, whatever was merged since. */
function lastApplied(now: Instant): Instant {
  const date = new Date(now);
  const runs = [-1, 0].flatMap((more) =>
    APPLIED_ON.map((day) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + more, day) + APPLIED_AT),
  );
  return Math.max(...runs.filter((run) => run < now));
}

/**
 * The part of what is wanted that was pushed by then, for asking whether somebody changed it: what lies beyond the horizon of
 * that run is nobody's drift until somebody applies it.
 */
export const desiredAtLastApply = (
  handbook: Handbook,
  applied: readonly Handbook[],
  now: Instant,
): DesiredState => desiredState(handbook, applied, now, publishedSpan(handbook, lastApplied(now)).endAt);

/** What a handbook wants, and what it and the handbooks that were applied before it may have made. */
export function desiredState(
  handbook: Handbook,
  applied: readonly Handbook[],
  now: Instant,
  horizon: Instant = publishedSpan(handbook, now).endAt,
): DesiredState {
  const reach = { now, horizon, publishedUntil: publishedSpan(handbook, now).endAt };
  const far = { startAt: now, endAt: horizon + BEYOND };
  const before = applied.map((own) => pushed(own, far));
  const seats = [...pushed(handbook, far).values()].map((it) => seatOf(it, before, reach));
  const mentioned = new Set(seats.map(({ schedule }) => schedule));
  const dropped = new Map(before.flatMap((own) => [...own]).filter(([schedule]) => !mentioned.has(schedule)));
  for (const it of dropped.values())
    seats.push({
      ...seatOf(it, before, reach),
      isNamed: false,
      cover: [],
      now: [],
      undecidedAt: undefined,
    });
  const chains = [...handbook.escalations.values()].flatMap((chain) => chainOf(handbook, chain) ?? []);
  return {
    ...reach,
    seats,
    chains,
    people: peopleIn(handbook, seats, chains),
    names: namesIn(handbook, applied),
  };
}

interface Pushed {
  readonly cover: RoleCover;
  readonly schedule: string;
  readonly users: Timeline<string>;
}

/** The roles with a schedule, by its id, and who is on by user id, as far as the holiday lists reach. */
function pushed(handbook: Handbook, span: Interval): ReadonlyMap<string, Pushed> {
  const rotas = [...handbook.rotas].filter(([, { roles }]) =>
    [...roles.values()].some(({ schedule }) => schedule !== undefined),
  );
  const found = new Map<string, Pushed>();
  for (const cover of eachRole({ ...handbook, rotas: new Map(rotas) }, span)) {
    const { schedule } = cover.role;
    if (schedule === undefined) continue;
    found.set(schedule, { cover, schedule, users: usersOf(handbook, cover) });
  }
  return found;
}

/** By user id; windows end where the holiday lists do, so nothing that nobody knows is among it. */
const usersOf = (handbook: Handbook, { cover }: RoleCover): Timeline<string> =>
  byPerson(cover).flatMap(({ startAt, endAt, value }) => {
    const user = handbook.people.get(value.person)?.pagerduty;
    return user === undefined ? [] : [{ startAt, endAt, value: user }];
  });

function seatOf(
  { cover, schedule, users }: Pushed,
  before: readonly ReadonlyMap<string, Pushed>[],
  { now, horizon, publishedUntil }: Pick<DesiredState, 'now' | 'horizon' | 'publishedUntil'>,
): Seat {
  return {
    role: roleText({ rota: cover.rota.id, role: cover.role.id }),
    schedule,
    isNamed: true,
    zone: cover.rota.zone,
    cover: clip(users, { startAt: now, endAt: horizon + OVERHANG }).filter(
      ({ startAt }) => startAt < horizon,
    ),
    now: users,
    applied: before.flatMap((own) => [own.get(schedule)?.users ?? []]),
    undecidedAt: cover.role.counts
      ? undecided(cover, { startAt: now, endAt: publishedUntil })[0]?.startAt
      : undefined,
    location: cover.role.location,
  };
}

function chainOf(handbook: Handbook, chain: Escalation): Chain | undefined {
  if (chain.policy === undefined) return undefined;
  const levels = chain.levels.map(({ notify, escalateAfter }) => {
    const elapsed = escalateAfter === undefined ? undefined : elapsedOf(escalateAfter);
    return {
      delayMinutes: elapsed === undefined ? undefined : elapsed / MINUTE,
      targets: notify.flatMap((it) => targetOf(handbook, it) ?? []),
    };
  });
  return { chain: chain.id, policy: chain.policy, levels, repeats: chain.repeats, location: chain.location };
}

function targetOf(handbook: Handbook, it: Notified): Target | undefined {
  const id =
    it.kind === 'role'
      ? handbook.rotas.get(it.role.rota)?.roles.get(it.role.role)?.schedule
      : handbook.people.get(it.person)?.pagerduty;
  if (id === undefined) return undefined;
  return { type: it.kind === 'role' ? 'schedule_reference' : 'user_reference', id };
}

function peopleIn(
  { people }: Handbook,
  seats: readonly Seat[],
  chains: readonly Chain[],
): DesiredState['people'] {
  const called = chains.flatMap(({ levels }) => levels.flatMap(({ targets }) => targets));
  const users = new Set([
    ...seats.flatMap(({ cover }) => cover.map(({ value }) => value)),
    ...called.filter(({ type }) => type === 'user_reference').map(({ id }) => id),
  ]);
  return new Map(
    [...people.values()].flatMap(({ id, pagerduty, location }) =>
      pagerduty !== undefined && users.has(pagerduty) ? [[pagerduty, { id, location }] as const] : [],
    ),
  );
}

/** Today's names last, so that they count. */
const namesIn = (handbook: Handbook, applied: readonly Handbook[]): ReadonlyMap<string, string> =>
  new Map(
    [...applied, handbook].flatMap(({ people, contacts }) =>
      [...people.values(), ...contacts.values()].flatMap(({ id, pagerduty }) =>
        pagerduty === undefined ? [] : [[pagerduty, id] as const],
      ),
    ),
  );
