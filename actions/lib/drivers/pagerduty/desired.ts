/**
 * The desired state of PagerDuty by the handbook: for every role with a schedule who is on, by user id, and for every
 * chain with a policy its levels. Pure.
 *
 * An override or a custom shift does not record who made it. It counts as pushed by us when the handbook, now or at a
 * revision that was applied, has the same person on for all of it; every other one counts as manual.
 */
import {
  type Escalation,
  type Handbook,
  NOBODY_OFF_DUTY,
  type Notified,
  type PathLocation,
  roleText,
} from '../../model.ts';
import type { RoleCover } from '../../resolve/cover.ts';
import { undecided } from '../../resolve/holiday-horizon.ts';
import { offDutyTime } from '../../resolve/off-duty.ts';
import { byPerson, eachRole, OVERHANG, publishedSpan } from '../../resolve/resolve.ts';
import { DAY, HOUR, MINUTE } from '../../time/date.ts';
import { elapsedOf } from '../../time/duration.ts';
import type { Zone } from '../../time/zone.ts';
import { clip, type Instant, type Interval, overlay, restrict, type Timeline } from '../../timeline.ts';
import type { EscalationTarget } from './actual.ts';
import { type DesiredService, desiredServices } from './desired-services.ts';

/** One schedule and the role whose shifts it carries, or several that are never on duty at once. */
export interface DesiredSchedule {
  /** `paas/out-of-hours/engineer`; several are joined by "and". */
  readonly role: string;
  readonly schedule: string;
  readonly zone: Zone;
  /** False when only an applied revision names the schedule; then everything that was pushed to it is removed. */
  readonly isNamed: boolean;
  /** The desired cover from now, by user id: whole shifts that begin before the horizon. */
  readonly cover: Timeline<string>;
  readonly offDuty: DesiredOffDuty;
  /**
   * Who is on far beyond the horizon, off duty included, by the handbook and by each applied revision: what records are
   * recognised by.
   */
  readonly current: Timeline<string>;
  readonly applied: readonly Timeline<string>[];
  /** The first minute on duty for which nobody is decided; undefined when there is none in the published span. */
  readonly undecidedAt: Instant | undefined;
  readonly location: PathLocation;
}

/** Whom a schedule reaches outside the hours of its roles, and when: whole times that begin before the horizon. */
interface DesiredOffDuty {
  /** A contact by user id; nobody; or what the handbook does not say, so that it is not compared. */
  readonly reaches:
    | { readonly kind: 'contact'; readonly user: string }
    | { readonly kind: 'nobody' | 'unstated' };
  readonly time: Timeline<true>;
}

/** A chain and the policy that carries it. */
export interface DesiredChain {
  readonly chain: string;
  readonly policy: string;
  readonly levels: readonly {
    readonly delayMinutes: number | undefined;
    readonly targets: readonly EscalationTarget[];
  }[];
  readonly repeats: number;
  /** What the policy does not do, because policies know no priorities. */
  readonly unwritten: readonly UnwrittenPriority[];
  readonly location: PathLocation;
}

/** A level that is left out of its policy, or called in its turn only, though some priorities have it at once. */
export interface UnwrittenPriority {
  readonly chain: string;
  /** Counted from 1, in the chain. */
  readonly level: number;
  readonly kind: 'only-for' | 'at-once-for';
  readonly priorities: readonly string[];
}

/** The desired state from now to the horizon. */
export interface DesiredState {
  readonly now: Instant;
  readonly horizon: Instant;
  /** The end of the published span; later than the horizon of `desiredAtLastApply`. */
  readonly publishedUntil: Instant;
  /** The window at this instant decides the policies of services: a run up to a minute before it gives them. */
  readonly windowAt: Instant;
  readonly seats: readonly DesiredSchedule[];
  readonly chains: readonly DesiredChain[];
  readonly services: readonly DesiredService[];
  /** The people and contacts who are pushed, by user id. */
  readonly people: ReadonlyMap<string, { readonly id: string; readonly location: PathLocation }>;
  /** The handbook's id of everybody with a user id, by user id. */
  readonly names: ReadonlyMap<string, string>;
}

/** How far beyond the horizon records are read: further than the horizon can move back. */
export const BEYOND = 366 * DAY;

/**
 * The workflow's schedule in UTC: it applies the handbook on these days of every month at this time. Once a month is
 * not enough: with two weeks ahead, the horizon of the 1st is the end of that month, and the next run comes after it.
 */
const APPLIED_ON = [1, 20] as const;
const APPLIED_AT = 4 * HOUR + 11 * MINUTE;

/** An apply up to this long before a window gives services the policies of it. */
const SWITCH_LEAD = MINUTE;

/** When the workflow last ran by its schedule. */
function lastApplied(now: Instant): Instant {
  const date = new Date(now);
  const runs = [-1, 0].flatMap((more) =>
    APPLIED_ON.map((day) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + more, day) + APPLIED_AT),
  );
  return Math.max(...runs.filter((run) => run < now));
}

/**
 * The desired state up to the horizon of the workflow's last run, to detect drift: cover beyond it has not been pushed
 * yet, so its absence is no drift. Nor is a policy of a window that ends within a minute.
 */
export const desiredAtLastApply = (
  handbook: Handbook,
  applied: readonly Handbook[],
  now: Instant,
): DesiredState => ({
  ...desiredState(handbook, applied, now, publishedSpan(handbook, lastApplied(now)).endAt),
  windowAt: now,
});

/** The desired state by a handbook; `applied` are the handbooks that were pushed before. */
export function desiredState(
  handbook: Handbook,
  applied: readonly Handbook[],
  now: Instant,
  horizon: Instant = publishedSpan(handbook, now).endAt,
): DesiredState {
  const publishedUntil = publishedSpan(handbook, now).endAt;
  const limits = { now, horizon, publishedUntil, windowAt: now + SWITCH_LEAD };
  const far = { startAt: now, endAt: horizon + BEYOND };
  const before = applied.map((own) => pushed(own, far));
  const seats = [...pushed(handbook, far).values()].map((it) => seatOf(it, before, limits));
  const mentioned = new Set(seats.map(({ schedule }) => schedule));
  const dropped = new Map(before.flatMap((own) => [...own]).filter(([schedule]) => !mentioned.has(schedule)));
  for (const it of dropped.values())
    seats.push({
      ...seatOf(it, before, limits),
      isNamed: false,
      cover: [],
      offDuty: { reaches: { kind: 'unstated' }, time: [] },
      current: [],
      undecidedAt: undefined,
    });
  const chains = [...handbook.escalations.values()]
    .flatMap((chain) => chainOf(handbook, chain) ?? [])
    .map(withDistinctTargets);
  return {
    ...limits,
    seats,
    chains,
    services: desiredServices(handbook, { startAt: now, endAt: horizon }),
    people: peopleIn(handbook, seats, chains),
    names: namesIn(handbook, applied),
  };
}

interface Pushed {
  readonly covers: readonly [RoleCover, ...RoleCover[]];
  readonly schedule: string;
  readonly users: Timeline<string>;
  /** What a role says of the time off duty, which is that of all roles; undefined where none does. */
  readonly stated: string | undefined;
  readonly offDuty: DesiredOffDuty;
}

/**
 * The roles with a schedule, by its id, and who is on by user id, as far as the holiday lists go. Roles that share one
 * are on duty at different times; the rule `pagerduty` sees to it.
 */
function pushed(handbook: Handbook, span: Interval): ReadonlyMap<string, Pushed> {
  const rotas = [...handbook.rotas].filter(([, { roles }]) =>
    [...roles.values()].some(({ schedule }) => schedule !== undefined),
  );
  const found = new Map<string, Pushed>();
  for (const cover of eachRole({ ...handbook, rotas: new Map(rotas) }, span)) {
    const { schedule } = cover.role;
    if (schedule === undefined) continue;
    const other = found.get(schedule);
    const users = overlay(usersOf(handbook, cover), other?.users ?? []);
    const idle = offDutyTime(handbook, cover, span);
    const time = other === undefined ? idle : restrict(other.offDuty.time, idle);
    const stated = other?.stated ?? cover.role.offDuty;
    const offDuty = { reaches: reachedBy(handbook, stated), time };
    const covers = other === undefined ? ([cover] as const) : ([...other.covers, cover] as const);
    found.set(schedule, { covers, schedule, users, stated, offDuty });
  }
  return found;
}

function reachedBy({ contacts }: Handbook, stated: string | undefined): DesiredOffDuty['reaches'] {
  if (stated === NOBODY_OFF_DUTY) return { kind: 'nobody' };
  const user = contacts.get(stated ?? '')?.pagerduty;
  return user === undefined ? { kind: 'unstated' } : { kind: 'contact', user };
}

/** Off duty the contact, and on duty whoever holds the role. */
const usersWithContact = ({ users, offDuty: { reaches, time } }: Pushed): Timeline<string> =>
  reaches.kind === 'contact'
    ? overlay(
        time.map((span) => ({ ...span, value: reaches.user })),
        users,
      )
    : users;

/** By user id. Support hours end with the holiday lists, so no undecided time is included. */
const usersOf = (handbook: Handbook, { cover }: RoleCover): Timeline<string> =>
  byPerson(cover()).flatMap(({ startAt, endAt, value }) => {
    const user = handbook.people.get(value.person)?.pagerduty;
    return user === undefined ? [] : [{ startAt, endAt, value: user }];
  });

function seatOf(
  own: Pushed,
  before: readonly ReadonlyMap<string, Pushed>[],
  { now, horizon, publishedUntil }: Pick<DesiredState, 'now' | 'horizon' | 'publishedUntil'>,
): DesiredSchedule {
  const { covers, schedule, users, offDuty } = own;
  const [first] = covers;
  const soon = <T>(all: Timeline<T>): Timeline<T> =>
    clip(all, { startAt: now, endAt: horizon + OVERHANG }).filter(({ startAt }) => startAt < horizon);
  const undecidedAts = covers
    .filter(({ role }) => role.counts)
    .flatMap((cover) => undecided(cover, { startAt: now, endAt: publishedUntil }).slice(0, 1))
    .map(({ startAt }) => startAt);
  return {
    role: covers.map(({ rota, role }) => roleText({ rota: rota.id, role: role.id })).join(' and '),
    schedule,
    isNamed: true,
    zone: first.rota.zone,
    cover: soon(users),
    offDuty: { ...offDuty, time: soon(offDuty.time) },
    current: usersWithContact(own),
    applied: before.map((all) => {
      const earlier = all.get(schedule);
      return earlier === undefined ? [] : usersWithContact(earlier);
    }),
    undecidedAt: undecidedAts.length === 0 ? undefined : Math.min(...undecidedAts),
    location: first.role.location,
  };
}

function chainOf(handbook: Handbook, chain: Escalation): DesiredChain | undefined {
  if (chain.policy === undefined) return undefined;
  const written = chain.levels.filter(({ onlyFor }) => onlyFor === undefined);
  const levels = written.map(({ notify, escalateAfter }) => {
    const elapsed = escalateAfter === undefined ? undefined : elapsedOf(escalateAfter);
    return {
      delayMinutes: elapsed === undefined ? undefined : elapsed / MINUTE,
      targets: notify.flatMap((it) => targetOf(handbook, it) ?? []),
    };
  });
  const unwritten = unwrittenPriorities(chain);
  const { id, policy, repeats, location } = chain;
  return { chain: id, policy, levels, repeats, unwritten, location };
}

/**
 * PagerDuty calls a policy's levels for every incident. A level for some priorities only would be called for all, so it
 * is not written; one that some priorities have at once is written in its turn.
 */
const unwrittenPriorities = ({ id, levels }: Escalation): readonly UnwrittenPriority[] =>
  levels.flatMap(({ onlyFor, atOnceFor }, i): readonly UnwrittenPriority[] => {
    const base = { chain: id, level: i + 1 };
    if (onlyFor !== undefined) return [{ ...base, kind: 'only-for', priorities: onlyFor }];
    return atOnceFor.length === 0 ? [] : [{ ...base, kind: 'at-once-for', priorities: atOnceFor }];
  });
/** Roles that share a schedule are one target of a level. */
const withDistinctTargets = (chain: DesiredChain): DesiredChain => ({
  ...chain,
  levels: chain.levels.map((level) => ({
    ...level,
    targets: [...new Map(level.targets.map((it) => [`${it.type} ${it.id}`, it])).values()],
  })),
});

function targetOf(handbook: Handbook, it: Notified): EscalationTarget | undefined {
  const id =
    it.kind === 'role'
      ? handbook.rotas.get(it.role.rota)?.roles.get(it.role.role)?.schedule
      : it.kind === 'person'
        ? handbook.people.get(it.person)?.pagerduty
        : handbook.contacts.get(it.contact)?.pagerduty;
  if (id === undefined) return undefined;
  return { type: it.kind === 'role' ? 'schedule_reference' : 'user_reference', id };
}

function peopleIn(
  { people, contacts }: Handbook,
  seats: readonly DesiredSchedule[],
  chains: readonly DesiredChain[],
): DesiredState['people'] {
  const called = chains.flatMap(({ levels }) => levels.flatMap(({ targets }) => targets));
  const users = new Set([
    ...seats.flatMap(({ cover }) => cover.map(({ value }) => value)),
    ...seats.flatMap(({ offDuty: { reaches } }) => (reaches.kind === 'contact' ? [reaches.user] : [])),
    ...called.filter(({ type }) => type === 'user_reference').map(({ id }) => id),
  ]);
  return new Map(
    [...contacts.values(), ...people.values()].flatMap(({ id, pagerduty, location }) =>
      pagerduty !== undefined && users.has(pagerduty) ? [[pagerduty, { id, location }] as const] : [],
    ),
  );
}

/** Today's handbook comes last, so that its ids win. */
const namesIn = (handbook: Handbook, applied: readonly Handbook[]): ReadonlyMap<string, string> =>
  new Map(
    [...applied, handbook].flatMap(({ people, contacts }) =>
      [...people.values(), ...contacts.values()].flatMap(({ id, pagerduty }) =>
        pagerduty === undefined ? [] : [[pagerduty, id] as const],
      ),
    ),
  );
