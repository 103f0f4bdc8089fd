/** Reading schedules: lists, rendered schedules and their users; and who is on call by the policies. */
import { DAY } from '../../actions/lib/time/date.ts';
import { zoneOf } from '../../actions/lib/time/zone.ts';
import type { Interval, Span } from '../../actions/lib/timeline.ts';
import {
  listedSchedule,
  type OnCall,
  onCallBody,
  type RenderOptions,
  scheduleBody,
  userBody,
} from './bodies.ts';
import { notFound } from './refusal.ts';
import { coverOf, spansByPerson } from './rendering.ts';
import {
  type ApiRequest,
  type ApiResponse,
  byName,
  isRequested,
  matchesQuery,
  page,
  requestedRange,
  requestedSchedule,
  requestedZone,
} from './request.ts';
import { present } from './state.ts';

/** How to render a schedule for this request. */
export const renderOptions = (request: ApiRequest): RenderOptions => ({
  range: requestedRange(request),
  overflow: isRequested(request, 'overflow') ? 'whole' : 'cut',
  entries: request.entries,
  zone: requestedZone(request),
});

/** Layer-based schedules only. `include[]` has an effect only for the layers, and a range only together with a zone. */
export function listSchedules(request: ApiRequest): ApiResponse {
  const { state, now, query } = request;
  const teams = query.getAll('team_ids[]');
  const found = state.schedules
    .filter(({ kind, name }) => kind === 'v2' && matchesQuery(request, name))
    .filter((schedule) => teams.length === 0 || schedule.teams.some(({ id }) => teams.includes(id)))
    .toSorted(byName);
  const given = renderOptions(request);
  const effective = given.zone === undefined ? { ...given, range: undefined } : given;
  return page(request, 'schedules', found, (schedule) =>
    query.getAll('include[]').includes('schedule_layers')
      ? {
          ...listedSchedule(state, schedule),
          schedule_layers: scheduleBody(state, schedule, effective, now).schedule_layers,
        }
      : listedSchedule(state, schedule),
  );
}

export const getSchedule = (request: ApiRequest): ApiResponse => ({
  status: 200,
  body: {
    schedule: scheduleBody(request.state, requestedSchedule(request), renderOptions(request), request.now),
  },
});

const instantly = ({ now }: ApiRequest): Interval => ({ startAt: now, endAt: now + 1 });

export function listScheduleUsers(request: ApiRequest): ApiResponse {
  const { state } = request;
  const { id } = requestedSchedule(request);
  const onCall = new Set(
    coverOf(state, id, requestedRange(request) ?? instantly(request)).map(({ value }) => value),
  );
  const users = state.users.filter((user) => onCall.has(user.id));
  return { status: 200, body: { users: users.map(userBody) } };
}

export function listUsers(request: ApiRequest): ApiResponse {
  const users = request.state.users
    .filter(({ deletedAt }) => deletedAt === undefined)
    .filter(({ name, email }) => matchesQuery(request, name, email))
    .toSorted(byName);
  return page(request, 'users', users, userBody);
}

export function getUser({ state, path }: ApiRequest): ApiResponse {
  const user = state.users.find(({ id, deletedAt }) => id === path.id && deletedAt === undefined);
  if (user === undefined) throw notFound();
  return { status: 200, body: { user: userBody(user) } };
}

export const listAbilities = ({ state }: ApiRequest): ApiResponse => ({
  status: 200,
  body: { abilities: state.abilities },
});

/** PagerDuty returns on-calls up to this far ahead. */
const AHEAD = 90 * DAY;

/** Spans are returned whole within this distance of the range; a span that continues beyond has no end. */
const AROUND = 366 * DAY;

/** Everybody whom a policy notifies in the range, level by level. Omits schedules that no policy names. */
export function listOnCalls(request: ApiRequest): ApiResponse {
  const { state, now, query } = request;
  const { startAt, endAt } = requestedRange(request) ?? instantly(request);
  const range = { startAt, endAt: Math.min(Math.max(endAt, startAt + 1), now + AHEAD) };
  const wide = { startAt: range.startAt - AROUND, endAt: range.endAt + AROUND };
  const covers = new Map<string, readonly Span<string>[]>();
  const spansOf = (id: string): readonly Span<string>[] => {
    const known = covers.get(id) ?? spansByPerson(state, id, wide);
    covers.set(id, known);
    const isAhead = range.startAt >= range.endAt;
    return known.filter((span) => !isAhead && span.endAt > range.startAt && span.startAt < range.endAt);
  };
  const all = state.policies.flatMap((policy) =>
    policy.rules.flatMap(({ targets }, i) =>
      targets.flatMap(({ id, type }): OnCall[] => {
        const base = { policy, level: i + 1 };
        if (type === 'user_reference') return [{ ...base, user: id, schedule: undefined, span: undefined }];
        const schedule = state.schedules.find((each) => each.id === id);
        if (schedule === undefined) return [];
        return spansOf(id).map(({ value: user, startAt, endAt }) => {
          const ends = endAt === wide.endAt ? undefined : endAt;
          return { ...base, user, schedule, span: { startAt, endAt: ends } };
        });
      }),
    ),
  );
  const isRequestedId = (name: string, id: string | undefined): boolean => {
    const ids = query.getAll(name);
    return ids.length === 0 || (id !== undefined && ids.includes(id));
  };
  const found = all.filter(
    ({ policy, user, schedule }) =>
      isRequestedId('escalation_policy_ids[]', policy.id) &&
      isRequestedId('user_ids[]', user) &&
      isRequestedId('schedule_ids[]', schedule?.id),
  );
  const seen = new Set<string>();
  const first = found.filter(({ policy, level, user }) => {
    const key = `${policy.id} ${level} ${user}`;
    return !seen.has(key) && seen.add(key);
  });
  return page(request, 'oncalls', isRequested(request, 'earliest') ? first : found, (each) =>
    onCallBody(
      state,
      requestedZone(request) ?? (each.schedule ? zoneOf(present(each.schedule).timeZone) : zoneOf('UTC')),
      each,
    ),
  );
}
