/**
 * PagerDuty's state, as immutable data, so that every past state can be kept; the form in which tests write it; and
 * the few changes that people make by hand.
 *
 * The one surprise: a schedule keeps every set of layers that it ever had, each with the instant from which it applies,
 * because a change of layers never changes the past.
 */
import type { Instant } from '../../actions/lib/timeline.ts';
import { type Ids, instant } from './ids.ts';
import { type Shifts, shiftsOf, type WrittenShifts } from './shift-state.ts';

/** An entry of the log of incidents. Not all kinds that PagerDuty has. */
export interface LoggedEvent {
  readonly id: string;
  readonly kind: 'trigger' | 'notify' | 'acknowledge' | 'resolve' | 'assign' | 'annotate';
  readonly at: Instant;
  /** Who is notified, or who acts; a service where it is undefined. */
  readonly user?: string;
  readonly incident: string;
  readonly urgency?: 'high' | 'low';
  /** By which channel somebody is notified. */
  readonly by?: 'push' | 'phone' | 'sms' | 'email';
}

export interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly timeZone: string;
  readonly role: string;
  /** When this user was deleted; layers, overrides and policies still name them. */
  readonly deletedAt: Instant | undefined;
}

/** With PagerDuty's own keys: local times in the schedule's zone, weekdays from 1 for Monday to 7. */
export interface Restriction {
  readonly type: 'daily_restriction' | 'weekly_restriction';
  readonly start_time_of_day: string;
  readonly duration_seconds: number;
  readonly start_day_of_week?: number;
}

export interface Layer {
  readonly id: string;
  readonly name: string;
  readonly startAt: Instant;
  readonly endAt: Instant | undefined;
  readonly virtualStartAt: Instant;
  readonly turnSeconds: number;
  readonly users: readonly string[];
  readonly restrictions: readonly Restriction[];
}

/** The layers that apply from an instant until the next era, lowest precedence first. */
export interface Era {
  readonly sinceAt: Instant;
  readonly timeZone: string;
  readonly layers: readonly Layer[];
}

export interface Override {
  readonly id: string;
  readonly startAt: Instant;
  readonly endAt: Instant;
  readonly user: string;
}

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** A schedule made of layers has no shifts, and a shift-based one has no overrides of layers. */
export interface Schedule extends Named, Shifts {
  /** Made of layers (`v2`) or shift-based (`v3`). */
  readonly kind: 'v2' | 'v3';
  readonly description: string | null;
  readonly teams: readonly Named[];
  readonly eras: readonly Era[];
  /** In order of creation. */
  readonly overrides: readonly Override[];
}

export interface Target {
  readonly id: string;
  readonly type: 'user_reference' | 'schedule_reference' | 'schedule_v3_reference';
}
export type Strategy = 'assign_to_everyone' | 'round_robin';
export interface Rule {
  readonly id: string;
  readonly delayMinutes: number;
  readonly targets: readonly Target[];
  readonly strategy: Strategy;
}

export interface Policy extends Named {
  readonly description: string | null;
  readonly loops: number;
  readonly handoffNotifications: 'if_has_services' | 'always';
  readonly rules: readonly Rule[];
  readonly teams: readonly Named[];
}

/** What alerts arrive at, with the one policy by which people are called for them. */
export interface Service extends Named {
  readonly description: string | null;
  /** The id of its policy. */
  readonly policy: string;
}

export interface State {
  readonly users: readonly User[];
  readonly schedules: readonly Schedule[];
  readonly policies: readonly Policy[];
  readonly services: readonly Service[];
  readonly abilities: readonly string[];
  readonly keys: Readonly<Record<string, 'full' | 'read-only'>>;
  /** What happened to incidents, in any order. */
  readonly log: readonly LoggedEvent[];
}

/** Layers, overrides and rules as tests write them: instants as ISO 8601 text, ids only where they matter. */
export interface WrittenLayer {
  readonly id?: string;
  readonly name?: string;
  readonly start?: string;
  readonly end?: string;
  readonly virtualStart: string;
  readonly turnSeconds: number;
  readonly users: readonly string[];
  readonly restrictions?: readonly Restriction[];
}
interface WrittenOverride {
  readonly id?: string;
  readonly start: string;
  readonly end: string;
  readonly user: string;
}
type WrittenSchedule = Partial<Omit<Schedule, 'eras' | 'overrides' | keyof Shifts>> &
  WrittenShifts & {
    readonly id: string;
    readonly timeZone?: string;
    readonly layers?: readonly WrittenLayer[];
    readonly overrides?: readonly WrittenOverride[];
  };
/** Services can be written with their policy, or on their own. */
type WrittenPolicy = Partial<Omit<Policy, 'rules'>> & {
  readonly id: string;
  readonly services?: readonly Named[];
  readonly rules: readonly (Partial<Rule> & Pick<Rule, 'targets'>)[];
};
/** The initial state; the default `keys` are `FULL` and `READ`. */
export interface Written {
  readonly users?: readonly (Partial<User> & { readonly id: string })[];
  readonly schedules?: readonly WrittenSchedule[];
  readonly policies?: readonly WrittenPolicy[];
  readonly services?: readonly (Partial<Service> & Pick<Service, 'id' | 'policy'>)[];
  readonly abilities?: readonly string[];
  readonly keys?: State['keys'];
  readonly log?: State['log'];
}

export const FULL = 'full-access-key';
export const READ = 'read-only-key';

const layerOf = (written: WrittenLayer, ids: Ids): Layer => ({
  id: written.id ?? ids('P'),
  name: written.name ?? 'Layer',
  startAt: instant(written.start ?? written.virtualStart),
  endAt: written.end === undefined ? undefined : instant(written.end),
  virtualStartAt: instant(written.virtualStart),
  turnSeconds: written.turnSeconds,
  users: written.users,
  restrictions: written.restrictions ?? [],
});

const overrideOf = ({ id, start, end, user }: WrittenOverride, ids: Ids): Override => ({
  id: id ?? ids('Q'),
  startAt: instant(start),
  endAt: instant(end),
  user,
});

const scheduleOf = (written: WrittenSchedule, ids: Ids): Schedule => ({
  id: written.id,
  kind: written.kind ?? 'v2',
  name: written.name ?? written.id,
  description: written.description ?? null,
  teams: written.teams ?? [],
  eras: [
    {
      sinceAt: Number.NEGATIVE_INFINITY,
      timeZone: written.timeZone ?? 'Europe/London',
      layers: (written.layers ?? []).map((layer) => layerOf(layer, ids)),
    },
  ],
  overrides: (written.overrides ?? []).map((override) => overrideOf(override, ids)),
  ...shiftsOf(written, written.timeZone ?? 'Europe/London', ids),
});

const policyOf = ({ rules, services: _, ...written }: WrittenPolicy, ids: Ids): Policy => ({
  name: written.id,
  description: null,
  loops: 0,
  handoffNotifications: 'if_has_services',
  teams: [],
  ...written,
  rules: rules.map((rule) => ({ id: ids('P'), delayMinutes: 30, strategy: 'assign_to_everyone', ...rule })),
});

/** The state that a test has written. */
export const remembered = (written: Written, ids: Ids): State => ({
  users: (written.users ?? []).map((user) => ({
    name: user.id,
    email: `${user.id.toLowerCase()}@example.org`,
    timeZone: 'Europe/London',
    role: 'user',
    deletedAt: undefined,
    ...user,
  })),
  schedules: (written.schedules ?? []).map((schedule) => scheduleOf(schedule, ids)),
  policies: (written.policies ?? []).map((policy) => policyOf(policy, ids)),
  services: [
    ...(written.policies ?? []).flatMap(({ id, services = [] }) =>
      services.map((service) => ({ description: null, ...service, policy: id })),
    ),
    ...(written.services ?? []).map((service) => ({ name: service.id, description: null, ...service })),
  ],
  abilities: written.abilities ?? ['teams', 'urgencies', 'team_responders'],
  keys: written.keys ?? { [FULL]: 'full', [READ]: 'read-only' },
  log: written.log ?? [],
});

/** The same list with one element changed. */
const changed = <T extends Named>(list: readonly T[], id: string, change: (one: T) => T): readonly T[] => {
  if (!list.some((one) => one.id === id)) throw new Error(`there is no ${id}`);
  return list.map((one) => (one.id === id ? change(one) : one));
};

export const withSchedule = (state: State, id: string, change: (one: Schedule) => Schedule): State => ({
  ...state,
  schedules: changed(state.schedules, id, change),
});
export const withPolicy = (state: State, id: string, change: (one: Policy) => Policy): State => ({
  ...state,
  policies: changed(state.policies, id, change),
});
export const withService = (state: State, id: string, change: (one: Service) => Service): State => ({
  ...state,
  services: changed(state.services, id, change),
});
export const withUser = (state: State, id: string, change: (one: User) => User): State => ({
  ...state,
  users: changed(state.users, id, change),
});

/** The layers and the zone that a schedule has now. */
export function present({ eras }: Schedule): Era {
  const era = eras.at(-1);
  if (era === undefined) throw new Error('a schedule has at least one era');
  return era;
}
