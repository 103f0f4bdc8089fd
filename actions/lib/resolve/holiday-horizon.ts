/** How far a handbook can be resolved: within its holiday lists, from first turns on, and until turns run out. Pure. */
import type { Handbook, Role, Rota } from '../model.ts';
import type { Day } from '../time/date.ts';
import { dayOfTurn } from '../time/turn-name.ts';
import { clip, type Interval, restrict, type Timeline, without } from '../timeline.ts';
import type { RoleCover } from './cover.ts';
import { holidayDaysOf } from './holiday-days.ts';
import { rangeOf } from './hours.ts';
import { firstTurnOn, sourceOf } from './turn-ranges.ts';

/** Whether every day of a span is within the holiday lists that apply to a rota's hours on that day. */
export const isWithinHolidayLists = (handbook: Handbook, { zone, terms }: Rota, span: Interval): boolean =>
  terms.every(({ hours }, i) => {
    const range = rangeOf(zone, terms, i, span);
    return range.startAt >= range.endAt || isListed(handbook, hours, range);
  });

/** Whether every day of a span is within the holiday lists that apply to support hours on that day. */
export function isListed(handbook: Handbook, id: string | undefined, span: Interval): boolean {
  const policy = handbook.hours.get(id ?? '');
  if (policy === undefined) return true;
  return policy.terms.every((policyTerms, i) => {
    const { startAt, endAt } = rangeOf(policy.zone, policy.terms, i, span);
    if (startAt >= endAt) return true;
    const list = holidayDaysOf(handbook, policyTerms.holidays, policy.zone);
    if (list === undefined) return true;
    return list.fromOn <= policy.zone.dayOf(startAt) && policy.zone.dayOf(endAt - 1) <= list.untilOn;
  });
}

/** The first day on which somebody can hold a role; minus infinity when it has neither rotation nor turns. */
export function firstTurnDay(rota: Rota, role: Role): Day {
  const on = firstTurnOn(sourceOf(rota, role)?.role ?? role);
  return on === Number.POSITIVE_INFINITY ? Number.NEGATIVE_INFINITY : dayOfTurn(on);
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
  if (open.length === 0) return [];
  const required = clip(duty, { startAt: Math.max(span.startAt, beganAt), endAt: span.endAt });
  return without(restrict(required, open), cover());
}
