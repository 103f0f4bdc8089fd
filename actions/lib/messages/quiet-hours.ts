/** Quiet hours, in which nobody is written to. Pure. */
import type { MessagePolicy } from '../model.ts';
import { DAY } from '../time/date.ts';
import type { Zone } from '../time/zone.ts';
import type { Instant } from '../timeline.ts';

/** When the quiet hours of a zone end in which an instant lies; undefined outside them. */
export function quietUntil(
  { quietHours }: Pick<MessagePolicy, 'quietHours'>,
  zone: Zone,
  now: Instant,
): Instant | undefined {
  if (quietHours === undefined) return undefined;
  const { from, to } = quietHours;
  const wall = zone.wallOf(now);
  const day = Math.floor(wall / DAY);
  const time = wall - day * DAY;
  const isQuiet = from < to ? from <= time && time < to : time >= from || time < to;
  return isQuiet ? zone.instantOf((time < to ? day : day + 1) * DAY + to) : undefined;
}
