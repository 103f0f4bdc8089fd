/** How far what a handbook says can be relied on: holiday lists, first turns, and where turns run out. Pure. */
import type { Handbook, Role, Rota } from '../model.ts';
import type { Day } from '../time.ts';
import { clip, type Interval, restrict, type Timeline, without } from '../timeline.ts';
import type { RoleCover } from './resolve.ts';
import { beginsTurn } from './rotation.ts';

/** What of a rota its support hours hang on. */
interface Hoursed {
  readonly terms: readonly { readonly hours: string | undefined }[];
}

/** The holiday lists that a rota's hours use, each in the zone of its hours. */
const listsOf = ({ holidays, hours }: Handbook, { terms }: Hoursed) =>
  terms.flatMap((own) => {
    const policy = own.hours === undefined ? undefined : hours.get(own.hours);
    return (policy?.terms ?? []).flatMap(({ holidays: id }) => {
      const list = id === undefined ? undefined : holidays.get(id);
      return policy === undefined || list === undefined ? [] : [{ list, zone: policy.zone }];
    });
  });

/** Whether every day of a span lies within the holiday lists that a rota's hours use. */
export const isKnown = (handbook: Handbook, rota: Hoursed, { startAt, endAt }: Interval): boolean =>
  listsOf(handbook, rota).every(
    ({ list, zone }) => list.fromOn <= zone.dayOf(startAt) && zone.dayOf(endAt - 1) <= list.untilOn,
  );

/** The time that lies within all holiday lists that a rota's hours use: all of it where they use none, perhaps nothing. */
export function knownPart(handbook: Handbook, rota: Hoursed): Interval {
  const parts = listsOf(handbook, rota).map(({ list, zone }) => ({
    startAt: zone.startOf(list.fromOn),
    endAt: zone.startOf(list.untilOn + 1),
  }));
  return {
    startAt: Math.max(...parts.map(({ startAt }) => startAt)),
    endAt: Math.min(...parts.map(({ endAt }) => endAt)),
  };
}

/** The day on which anybody can first be in a role: minus infinity where nothing says so. */
export function beganOn({ roles }: Rota, role: Role): Day {
  const source = role.follows === undefined ? role : (roles.get(role.follows.role) ?? role);
  const days = [...source.turns.keys(), ...source.rotation.map(({ firstOn }) => firstOn)];
  return days.length === 0 ? Number.NEGATIVE_INFINITY : Math.min(...days);
}

/** When a role is on duty and nobody is decided for it, from its first turn on: where its turns run out. */
export function undecided({ rota, role, list, duty, cover }: RoleCover, span: Interval): Timeline<unknown> {
  const firstOn = beganOn(rota, role);
  const beganAt = Number.isFinite(firstOn) ? rota.zone.startOf(firstOn + 1) : firstOn;
  const open = list
    .filter(({ decided }) => !decided)
    .map(({ startAt, endAt }) => ({ startAt, endAt, value: true }));
  const asked = clip(duty, { startAt: Math.max(span.startAt, beganAt), endAt: span.endAt });
  return without(restrict(asked, open), cover);
}

/** Whether a turn of a role (without one, a rotation entry) can begin on a day, and the nearest days on which one does. */
export function handoversAround(
  rota: Rota,
  role: Role | undefined,
  on: Day,
): { begins: boolean; before: Day; after: Day } {
  const begins = beginsTurn(rota, role);
  const near = Array.from({ length: 60 }, (_, i) => i + 1);
  return {
    begins: begins(on),
    before: on - (near.find((days) => begins(on - days)) ?? 7),
    after: on + (near.find((days) => begins(on + days)) ?? 7),
  };
}
