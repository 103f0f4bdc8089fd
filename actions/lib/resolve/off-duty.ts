/** When a role is off duty: outside its windows, as far as these are known. Pure. */
import type { Handbook } from '../model.ts';
import { clip, type Interval, layered, type Timeline, without } from '../timeline.ts';
import type { RoleCover } from './cover.ts';
import { knownRange, rangeOf } from './hours.ts';

/** The time of a span outside the windows of a role in which nobody has extra time, as far as the holiday lists go. */
export const offDutyTime = (handbook: Handbook, cover: RoleCover, span: Interval): Timeline<true> =>
  without(outsideWindows(handbook, cover, span), cover.cover());

/** The time of a span outside the windows of a role, as far as the holiday lists go. */
export const outsideWindows = (handbook: Handbook, cover: RoleCover, span: Interval): Timeline<true> =>
  without(knownTime(handbook, cover, span), cover.duty);

/** The time of a span in which it is known whether a role is on duty: as far as the holiday lists of its hours go. */
export function knownTime(
  handbook: Handbook,
  { rota }: Pick<RoleCover, 'rota'>,
  span: Interval,
): Timeline<true> {
  const known = rota.terms.flatMap(({ hours: id }, i) => {
    const range = rangeOf(rota.zone, rota.terms, i, span);
    // Without support hours, somebody is on duty round the clock.
    if (id === undefined) return [range];
    const hours = handbook.hours.get(id);
    return hours === undefined || range.startAt >= range.endAt
      ? []
      : hours.terms.map((_, j) => knownRange(handbook, hours, j, range));
  });
  const all = layered(
    known
      .filter(({ startAt, endAt }) => startAt < endAt)
      .map(({ startAt, endAt }) => ({ startAt, endAt, value: true as const })),
  );
  return clip(all, span);
}
