/** When a role is off duty: outside its windows, as far as these are known. Pure. */
import type { Handbook } from '../model.ts';
import { clip, type Interval, layered, type Timeline, without } from '../timeline.ts';
import type { RoleCover } from './cover.ts';
import { knownRange, rangeOf } from './hours.ts';

/** The time of a span outside the windows of a role in which nobody has extra time, as far as the holiday lists go. */
export function offDutyTime(
  handbook: Handbook,
  { rota, duty, cover }: RoleCover,
  span: Interval,
): Timeline<true> {
  const known = rota.terms.flatMap(({ hours: id }, i) => {
    const range = rangeOf(rota.zone, rota.terms, i, span);
    const hours = handbook.hours.get(id ?? '');
    return hours === undefined || range.startAt >= range.endAt
      ? []
      : hours.terms.map((_, j) => knownRange(handbook, hours, j, range));
  });
  const all = layered(
    known
      .filter(({ startAt, endAt }) => startAt < endAt)
      .map(({ startAt, endAt }) => ({ startAt, endAt, value: true as const })),
  );
  return without(without(clip(all, span), duty), cover());
}
