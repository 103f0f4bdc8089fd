/**
 * The bodies of PagerDuty's responses. Times have their offset in the zone, and `Z` only for UTC. `self` always names
 * PagerDuty's own host, not the address of the stand-in, so the same calls give the same bytes.
 */
import { DAY, MINUTE } from '../../actions/lib/time/date.ts';
import { instantOfText, type Zone, zoneOf } from '../../actions/lib/time/zone.ts';
import { clip, type Instant, type Interval, merge, type Timeline } from '../../actions/lib/timeline.ts';
import { idOf } from './ids.ts';
import { type Held, rendered, timeOfDay } from './rendering.ts';
import {
  type Layer,
  type Named,
  type Override,
  type Policy,
  present,
  type Restriction,
  type Schedule,
  type State,
  type User,
} from './state.ts';

const API = 'https://api.pagerduty.com';
const SITE = 'https://example.pagerduty.com';

/** How a schedule is rendered: for which range, if any, with entries cut at its bounds or whole, and in which zone. */
export interface RenderOptions {
  readonly range: Interval | undefined;
  readonly overflow: 'cut' | 'whole';
  /** `by turn` has an entry for every turn; `by person` joins consecutive turns. PagerDuty has done both. */
  readonly entries: 'by turn' | 'by person';
  readonly zone: Zone | undefined;
}

/** `2026-12-02T10:00:00+00:00`, in local time of the zone. */
export function timeText(zone: Zone, instant: Instant): string {
  const wall = zone.wallOf(instant);
  const text = new Date(wall).toISOString().slice(0, 19);
  if (/^(Etc\/)?UTC$/.test(zone.name)) return `${text}Z`;
  const minutes = Math.round((wall - instant) / MINUTE);
  const two = (part: number) => `${Math.floor(part)}`.padStart(2, '0');
  return `${text}${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
}

const paths = { user: 'users', team: 'teams', service: 'service-directory', schedule: 'schedules' } as const;
type Kind = keyof typeof paths | 'escalation_policy' | 'schedule_v3';

export function resource(type: string, kind: Kind, { id, name }: Named) {
  const path =
    kind === 'escalation_policy' ? 'escalation_policies' : paths[kind === 'schedule_v3' ? 'schedule' : kind];
  const at = kind === 'service' ? 'services' : kind === 'schedule_v3' ? 'v3/schedules' : path;
  return { id, type, summary: name, self: `${API}/${at}/${id}`, html_url: `${SITE}/${path}/${id}` };
}

export const reference = (kind: Kind, named: Named) => resource(`${kind}_reference`, kind, named);

const scheduleReference = (schedule: Schedule) =>
  reference(schedule.kind === 'v3' ? 'schedule_v3' : 'schedule', schedule);

/** A deleted user no longer has a page. */
function userReference(state: State, id: string) {
  const user = state.users.find((each) => each.id === id);
  if (user === undefined) return { id, type: 'user_reference', summary: null, self: null, html_url: null };
  const given = reference('user', user);
  return user.deletedAt === undefined
    ? given
    : { ...given, self: null, html_url: null, deleted_at: timeText(zoneOf('UTC'), user.deletedAt) };
}

export const userBody = (user: User) => ({
  ...resource('user', 'user', user),
  name: user.name,
  email: user.email,
  time_zone: user.timeZone,
  color: 'purple',
  role: user.role,
  avatar_url: 'https://secure.gravatar.com/avatar/0.png?d=mm&r=PG',
  billed: true,
  description: null,
  invitation_sent: false,
  job_title: null,
  created_via_sso: false,
  teams: [],
  contact_methods: [],
  notification_rules: [],
  coordinated_incidents: [],
});

export const overrideBody = (state: State, zone: Zone, { id, startAt, endAt, user }: Override) => ({
  id,
  start: timeText(zone, startAt),
  end: timeText(zone, endAt),
  user: userReference(state, user),
});

function targetBody(state: State, { id, type }: Policy['rules'][number]['targets'][number]) {
  if (type === 'user_reference') return userReference(state, id);
  const named = state.schedules.find((each) => each.id === id) ?? { id, name: id };
  return reference(type === 'schedule_reference' ? 'schedule' : 'schedule_v3', named);
}

/** The strategies are included only on request. */
export const policyBody = (state: State, policy: Policy, includes: readonly string[] = []) => ({
  ...resource('escalation_policy', 'escalation_policy', policy),
  name: policy.name,
  description: policy.description,
  num_loops: policy.loops,
  on_call_handoff_notifications: policy.handoffNotifications,
  escalation_rules: policy.rules.map((rule) => ({
    id: rule.id,
    escalation_delay_in_minutes: rule.delayMinutes,
    targets: rule.targets.map((target) => targetBody(state, target)),
    ...(includes.includes('escalation_rule_assignment_strategies')
      ? { escalation_rule_assignment_strategy: { type: rule.strategy } }
      : {}),
  })),
  services: state.services
    .filter((service) => service.policy === policy.id)
    .map((service) => reference('service', service)),
  teams: policy.teams.map((team) => reference('team', team)),
  privilege: null,
});

/** Times of day converted to another zone, as of today: PagerDuty returns restrictions in the requested zone. */
function restrictionIn(from: Zone, to: Zone, now: Instant, restriction: Restriction): Restriction {
  if (from.name === to.name) return restriction;
  const today = from.dayOf(now) * DAY;
  const wall = to.wallOf(from.instantOf(today + timeOfDay(restriction.start_time_of_day)));
  const moved = { ...restriction, start_time_of_day: new Date(wall).toISOString().slice(11, 19) };
  if (restriction.start_day_of_week === undefined) return moved;
  const days = Math.floor((wall - today) / DAY);
  return { ...moved, start_day_of_week: ((restriction.start_day_of_week - 1 + days + 7) % 7) + 1 };
}

/** The part of the range in which somebody is on call, in percent. */
function coverage(timeline: Timeline<Held>, range: Interval | undefined): number | null {
  if (range === undefined) return null;
  const whole = range.endAt - range.startAt;
  const covered = clip(timeline, range).reduce((sum, { startAt, endAt }) => sum + endAt - startAt, 0);
  return whole === 0 ? 0 : Math.round((covered / whole) * 1000) / 10;
}

/** The range extended by the longest turn and two days, so that it includes every turn that overlaps it. */
function around({ eras }: Schedule, { startAt, endAt }: Interval): Interval {
  const longest = Math.max(0, ...eras.flatMap(({ layers }) => layers.map(({ turnSeconds }) => turnSeconds)));
  const reach = longest * 1000 + 2 * DAY;
  return { startAt: startAt - reach, endAt: endAt + reach };
}

/** A schedule with its layers as GET returns it: highest precedence first, the reverse of what PUT expects. */
export function scheduleBody(state: State, schedule: Schedule, renderOptions: RenderOptions, now: Instant) {
  const { timeZone, layers } = present(schedule);
  const own = zoneOf(timeZone);
  const zone = renderOptions.zone ?? own;
  const { range } = renderOptions;
  const parts = range === undefined ? undefined : rendered(schedule, around(schedule, range));
  const entriesOf = (timeline: Timeline<Held> = []) => {
    const joined =
      renderOptions.entries === 'by turn' ? timeline : merge(timeline, (a, b) => a.user === b.user);
    const inRange =
      range === undefined
        ? []
        : renderOptions.overflow === 'cut'
          ? clip(joined, range)
          : joined.filter(({ startAt, endAt }) => endAt > range.startAt && startAt < range.endAt);
    return {
      rendered_schedule_entries: inRange.map(({ startAt, endAt, value }) => ({
        start: timeText(zone, startAt),
        end: timeText(zone, endAt),
        user: userReference(state, value.user),
        id: idOf('Q', `${schedule.id} ${value.by} ${startAt}`),
      })),
      rendered_coverage_percentage: coverage(timeline, range),
    };
  };
  const layerBody = (layer: Layer) => ({
    id: layer.id,
    name: layer.name,
    start: timeText(zone, layer.startAt),
    end: layer.endAt === undefined ? null : timeText(zone, layer.endAt),
    rotation_virtual_start: timeText(zone, layer.virtualStartAt),
    rotation_turn_length_seconds: layer.turnSeconds,
    users: layer.users.map((user) => ({ user: userReference(state, user) })),
    restrictions: layer.restrictions.map((each) => restrictionIn(own, zone, now, each)),
    ...entriesOf(parts?.layers.get(layer.id)),
  });
  return {
    ...listedSchedule(state, schedule),
    schedule_layers: layers.toReversed().map(layerBody),
    overrides_subschedule: { name: 'Overrides', ...entriesOf(parts?.overrides) },
    final_schedule: { name: 'Final Schedule', ...entriesOf(parts?.final) },
  };
}

/** A schedule as it appears in a list. */
export function listedSchedule(state: State, schedule: Schedule) {
  const { timeZone, layers } = present(schedule);
  const users = new Set(layers.flatMap((layer) => layer.users));
  const policies = state.policies.filter(({ rules }) =>
    rules.some(({ targets }) => targets.some(({ id }) => id === schedule.id)),
  );
  return {
    ...resource('schedule', 'schedule', schedule),
    name: schedule.name,
    time_zone: timeZone,
    description: schedule.description,
    escalation_policies: policies.map((policy) => reference('escalation_policy', policy)),
    users: [...users].map((user) => userReference(state, user)),
    teams: schedule.teams.map((team) => reference('team', team)),
  };
}

export interface OnCall {
  readonly policy: Policy;
  readonly level: number;
  readonly user: string;
  readonly schedule: Schedule | undefined;
  /** Undefined end if this person never goes off call. */
  readonly span: { readonly startAt: Instant; readonly endAt: Instant | undefined } | undefined;
}

/** Someone on call at a level of a policy: always, when the policy names them, or for a span of a schedule. */
export const onCallBody = (state: State, zone: Zone, { policy, level, user, schedule, span }: OnCall) => ({
  escalation_policy: reference('escalation_policy', policy),
  escalation_level: level,
  schedule: schedule === undefined ? null : scheduleReference(schedule),
  user: userReference(state, user),
  start: span === undefined ? null : timeText(zone, span.startAt),
  end: span?.endAt === undefined ? null : timeText(zone, span.endAt),
});

/** The instant of a text in a request; undefined for any value that is not a valid instant. */
export const instantIn = (text: unknown): Instant | undefined =>
  typeof text === 'string' ? instantOfText(text) : undefined;
