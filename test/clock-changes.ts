/** When the clocks of zones change, by luxon, which is the oracle here and not our own table. */
import { DateTime } from 'luxon';
import type { Instant, Interval } from '../actions/lib/timeline.ts';
import { local } from './handbook.ts';

/** The first instants of new offsets of a zone's clock in a span, by luxon; none undoes another within four days. */
export function clockChanges(name: string, { startAt, endAt }: Interval): Instant[] {
  const { zone } = DateTime.fromMillis(startAt, { zone: name });
  const changes: Instant[] = [];
  for (let from = startAt, to = from; from < endAt; from = to) {
    to = Math.min(from + 4 * 86_400_000, endAt);
    if (zone.offset(from) === zone.offset(to)) continue;
    let [same, changed] = [from, to];
    while (changed - same > 1) {
      const middle = Math.floor((same + changed) / 2);
      if (zone.offset(middle) === zone.offset(from)) same = middle;
      else changed = middle;
    }
    changes.push(changed);
  }
  return changes;
}

/**
 * The first instant at which a zone's clock shows a local date-time or a later one. Asks luxon only what a clock shows:
 * luxon's own map from local times takes 2020-10-24T23:59 in America/Scoresbysund for an hour later.
 */
export function firstShowing(wall: string, zone: string): Instant {
  const shown = DateTime.fromISO(wall, { zone: 'utc' });
  const around = [shown.minus({ days: 1 }), shown.plus({ days: 1 })] as const;
  const exact = around
    .map((day) => shown.minus({ minutes: day.setZone(zone).offset }).toMillis())
    .filter((instant) => local(instant, zone).startsWith(wall));
  if (exact.length > 0) return Math.min(...exact);
  const [gap] = clockChanges(zone, { startAt: around[0].toMillis(), endAt: around[1].toMillis() });
  if (gap === undefined) throw new Error(`luxon knows no gap at ${wall} in ${zone}`);
  return gap;
}
