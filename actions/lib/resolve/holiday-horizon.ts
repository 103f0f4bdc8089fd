/** How far a handbook can be resolved: within its holiday lists, from first turns on, and until turns run out. Pure. */
import type { Handbook, Role, Rota } from '../model.ts';
import type { Day } from '../time/date.ts';
import { clip, type Interval, restrict, type Timeline, without } from '../timeline.ts';
import type { RoleCover } from './cover.ts';
import { holidayDaysOf } from './holiday-days.ts';
import { rangeOf } from './hours.ts';
import { beginsTurn } from './rotation.ts';

/** Whether every day of a span is within the holiday lists that apply to a rota's hours on that day. */
export const isWithinHolidayLists = (handbook: Handbook, { zone, terms }: Rota, span: Interval): boolean =>
  terms.every(({ hours }, i) => isListed(handbook, hours, rangeOf(zone, terms, i, span)));

/** Whether every day of a span is within the holiday lists that apply to support hours on that day. */
export function isListed(handbook: Handbook, id: string | undefined, span: Interval): boolean {
  const policy = handbook.hours.get(id ?? '');
  if (policy === undefined) return true;
  return policy.terms.every((policyTerms, i) => {
    const list = holidayDaysOf(handbook, policyTerms.holidays, policy.zone);
    const { startAt, endAt } = rangeOf(policy.zone, policy.terms, i, span);
    if (list === undefined || startAt >= endAt) return true;
    return list.fromOn <= policy.zone.dayOf(startAt) && policy.zone.dayOf(endAt - 1) <= list.untilOn;
  });
}

/** The first day on which somebody can hold a role; minus infinity when it has neither rotation nor turns. */
export function firstTurnDay({ roles }: Rota, role: Role): Day {
  const source = role.follows === undefined ? role : (roles.get(role.follows.role) ?? role);
  const days = [...source.turns.keys(), ...source.rotation.map(({ firstOn }) => firstOn)];
  return days.length === 0 ? Number.NEGATIVE_INFINITY : Math.min(...days);
}

/**
 * The times, from the first turn on, at which a role is on duty but nothing decides who holds it: where its turns run
 * out.
 */
export function undecided({ rota, role, list, duty, cover }: RoleCover, span: Interval): Timeline<unknown> {
  const firstOn = firstTurnDay(rota, role);
  const beganAt = Number.isFinite(firstOn) ? rota.zone.startOf(firstOn + 1) : firstOn;
  const open = list
    .filter(({ decided }) => !decided)
    .map(({ startAt, endAt }) => ({ startAt, endAt, value: true }));
  const required = clip(duty, { startAt: Math.max(span.startAt, beganAt), endAt: span.endAt });
  return without(restrict(required, open), cover());
}

/**
 * Whether a turn of a role (or, without a role, a rotation entry) can begin on a day, and the nearest such days before
 * and after it.
 */
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
