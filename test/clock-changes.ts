/** When the clocks of zones change, according to luxon, which is independent of our own table. */
import { DateTime } from 'luxon';
import type { Instant, Interval } from '../actions/lib/timeline.ts';
import { local } from './handbook.ts';

/**
 * The first instant of each new offset of a zone in a span. Finds only changes that are not undone within four days.
 */
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
 * The first instant at which a zone's clock shows a local date-time or a later one. Uses only luxon's map from
 * instants to local times: its inverse is an hour late for 2020-10-24T23:59 in America/Scoresbysund.
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
