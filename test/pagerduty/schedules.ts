/** Reading schedules: in a list, rendered, with the people on call; and who is on call by the policies. */
import { DAY } from '../../actions/lib/time/date.ts';
import { zoneOf } from '../../actions/lib/time/zone.ts';
import type { Interval, Timeline } from '../../actions/lib/timeline.ts';
import { type Asking, listedSchedule, type OnCall, onCallBody, scheduleBody, userBody } from './bodies.ts';
import {
  type Answer,
  byName,
  isSet,
  matchesName,
  type OperationCall,
  page,
  requestedRange,
  requestedSchedule,
  zoneAsked,
} from './operation-call.ts';
import { notFound } from './refusal.ts';
import { coverOf } from './rendering.ts';
import { present } from './state.ts';

/** The options of the rendering for a request. */
export const asking = (call: OperationCall): Asking => ({
  range: requestedRange(call),
  overflow: isSet(call, 'overflow') ? 'whole' : 'cut',
  entries: call.entries,
  zone: zoneAsked(call),
});

/** Only layer-based schedules. PagerDuty includes only layers, and ignores a range without a zone. */
export function listSchedules(call: OperationCall): Answer {
  const { state, now, query } = call;
  const teams = query.getAll('team_ids[]');
  const found = state.schedules
    .filter(({ kind, name }) => kind === 'v2' && matchesName(call, name))
    .filter((schedule) => teams.length === 0 || schedule.teams.some(({ id }) => teams.includes(id)))
    .toSorted(byName);
  const given = asking(call);
  const heeded = given.zone === undefined ? { ...given, range: undefined } : given;
  return page(call, 'schedules', found, (schedule) =>
    query.getAll('include[]').includes('schedule_layers')
      ? {
          ...listedSchedule(state, schedule),
          schedule_layers: scheduleBody(state, schedule, heeded, now).schedule_layers,
        }
      : listedSchedule(state, schedule),
  );
}

export const getSchedule = (call: OperationCall): Answer => ({
  status: 200,
  body: { schedule: scheduleBody(call.state, requestedSchedule(call), asking(call), call.now) },
});

const instantly = ({ now }: OperationCall): Interval => ({ startAt: now, endAt: now + 1 });

export function listScheduleUsers(call: OperationCall): Answer {
  const { state } = call;
  const { id } = requestedSchedule(call);
  const onCall = new Set(
    coverOf(state, id, requestedRange(call) ?? instantly(call)).map(({ value }) => value),
  );
  const users = state.users.filter((user) => onCall.has(user.id));
  return { status: 200, body: { users: users.map(userBody) } };
}

export function listUsers(call: OperationCall): Answer {
  const users = call.state.users
    .filter(({ deletedAt }) => deletedAt === undefined)
    .filter(({ name, email }) => matchesName(call, name, email))
    .toSorted(byName);
  return page(call, 'users', users, userBody);
}

export function getUser({ state, path }: OperationCall): Answer {
  const user = state.users.find(({ id, deletedAt }) => id === path.id && deletedAt === undefined);
  if (user === undefined) throw notFound();
  return { status: 200, body: { user: userBody(user) } };
}

export const listAbilities = ({ state }: OperationCall): Answer => ({
  status: 200,
  body: { abilities: state.abilities },
});

/** How far ahead PagerDuty returns who is on call. */
const AHEAD = 90 * DAY;

/** Spans are not clipped to the range up to this distance; a longer one has no end. */
const AROUND = 366 * DAY;

/** Everyone whom a policy notifies in the range, by level, without schedules that are in no policy. */
export function listOnCalls(call: OperationCall): Answer {
  const { state, now, query } = call;
  const { startAt, endAt } = requestedRange(call) ?? instantly(call);
  const range = { startAt, endAt: Math.min(Math.max(endAt, startAt + 1), now + AHEAD) };
  const wide = { startAt: range.startAt - AROUND, endAt: range.endAt + AROUND };
  const covers = new Map<string, Timeline<string>>();
  const spansOf = (id: string): Timeline<string> => {
    const known = covers.get(id) ?? coverOf(state, id, wide);
    covers.set(id, known);
    const isAhead = range.startAt >= range.endAt;
    return known.filter((span) => !isAhead && span.endAt > range.startAt && span.startAt < range.endAt);
  };
  const all = state.policies.flatMap((policy) =>
    policy.rules.flatMap(({ targets }, i) =>
      targets.flatMap(({ id, type }): OnCall[] => {
        const base = { policy, level: i + 1 };
        if (type === 'user_reference') return [{ ...base, user: id, schedule: undefined, span: undefined }];
        const schedule = state.schedules.find((each) => each.id === id && each.kind === 'v2');
        if (schedule === undefined) return [];
        return spansOf(id).map(({ value: user, startAt, endAt }) => {
          const ends = endAt === wide.endAt ? undefined : endAt;
          return { ...base, user, schedule, span: { startAt, endAt: ends } };
        });
      }),
    ),
  );
  const wanted = (name: string, id: string | undefined): boolean => {
    const ids = query.getAll(name);
    return ids.length === 0 || (id !== undefined && ids.includes(id));
  };
  const found = all.filter(
    ({ policy, user, schedule }) =>
      wanted('escalation_policy_ids[]', policy.id) &&
      wanted('user_ids[]', user) &&
      wanted('schedule_ids[]', schedule?.id),
  );
  const seen = new Set<string>();
  const first = found.filter(({ policy, level, user }) => {
    const key = `${policy.id} ${level} ${user}`;
    return !seen.has(key) && seen.add(key);
  });
  return page(call, 'oncalls', isSet(call, 'earliest') ? first : found, (each) =>
    onCallBody(
      state,
      zoneAsked(call) ?? (each.schedule ? zoneOf(present(each.schedule).timeZone) : zoneOf('UTC')),
      each,
    ),
  );
}
