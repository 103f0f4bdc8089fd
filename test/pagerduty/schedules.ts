/** Schedules read: in a list, rendered, whom they call; and who is on call by the policies. */
import { DAY } from '../../actions/lib/time/date.ts';
import { zoneOf } from '../../actions/lib/time/zone.ts';
import type { Interval, Timeline } from '../../actions/lib/timeline.ts';
import {
  type Answer,
  type Asked,
  byName,
  isAsked,
  isSought,
  page,
  rangeAsked,
  scheduleAsked,
  zoneAsked,
} from './asked.ts';
import { type Asking, listedSchedule, type OnCall, onCallBody, scheduleBody, userBody } from './bodies.ts';
import { notFound } from './refusal.ts';
import { coverOf } from './rendering.ts';
import { present } from './state.ts';

/** How a schedule is to be rendered for this request. */
export const asking = (asked: Asked): Asking => ({
  range: rangeAsked(asked),
  overflow: isAsked(asked, 'overflow') ? 'whole' : 'cut',
  entries: asked.entries,
  zone: zoneAsked(asked),
});

/** Layer-based ones only. Of what may be included only the layers ever came, and a range needs a zone to be heeded. */
export function listSchedules(asked: Asked): Answer {
  const { state, now, query } = asked;
  const teams = query.getAll('team_ids[]');
  const found = state.schedules
    .filter(({ kind, name }) => kind === 'v2' && isSought(asked, name))
    .filter((schedule) => teams.length === 0 || schedule.teams.some(({ id }) => teams.includes(id)))
    .toSorted(byName);
  const given = asking(asked);
  const heeded = given.zone === undefined ? { ...given, range: undefined } : given;
  return page(asked, 'schedules', found, (schedule) =>
    query.getAll('include[]').includes('schedule_layers')
      ? {
          ...listedSchedule(state, schedule),
          schedule_layers: scheduleBody(state, schedule, heeded, now).schedule_layers,
        }
      : listedSchedule(state, schedule),
  );
}

export const getSchedule = (asked: Asked): Answer => ({
  status: 200,
  body: { schedule: scheduleBody(asked.state, scheduleAsked(asked), asking(asked), asked.now) },
});

const instantly = ({ now }: Asked): Interval => ({ startAt: now, endAt: now + 1 });

export function listScheduleUsers(asked: Asked): Answer {
  const { state } = asked;
  const { id } = scheduleAsked(asked);
  const onCall = new Set(coverOf(state, id, rangeAsked(asked) ?? instantly(asked)).map(({ value }) => value));
  const users = state.users.filter((user) => onCall.has(user.id));
  return { status: 200, body: { users: users.map(userBody) } };
}

export function listUsers(asked: Asked): Answer {
  const users = asked.state.users
    .filter(({ deletedAt }) => deletedAt === undefined)
    .filter(({ name, email }) => isSought(asked, name, email))
    .toSorted(byName);
  return page(asked, 'users', users, userBody);
}

export function getUser({ state, path }: Asked): Answer {
  const user = state.users.find(({ id, deletedAt }) => id === path.id && deletedAt === undefined);
  if (user === undefined) throw notFound();
  return { status: 200, body: { user: userBody(user) } };
}

export const listAbilities = ({ state }: Asked): Answer => ({
  status: 200,
  body: { abilities: state.abilities },
});

/** Further ahead than this PagerDuty doesn't say who is on call. */
const AHEAD = 90 * DAY;

/** Spans are told whole as far as they are within this of the range; one that goes on beyond has no end. */
const AROUND = 366 * DAY;

/** Everybody whom a policy calls in the range, level by level. A schedule in no policy is not here. */
export function listOnCalls(asked: Asked): Answer {
  const { state, now, query } = asked;
  const { startAt, endAt } = rangeAsked(asked) ?? instantly(asked);
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
  return page(asked, 'oncalls', isAsked(asked, 'earliest') ? first : found, (each) =>
    onCallBody(
      state,
      zoneAsked(asked) ?? (each.schedule ? zoneOf(present(each.schedule).timeZone) : zoneOf('UTC')),
      each,
    ),
  );
}
