/** Changes of cover in words. Pure. */
import { DAY, HOUR, MINUTE } from '../time/date.ts';
import { formatDate, formatSpan } from '../time/format.ts';
import type { Zone } from '../time/zone.ts';
import type { Instant, Interval } from '../timeline.ts';
import type { Against } from './against.ts';
import type { Exception } from './exceptions.ts';

/** "amara-osei gives up Wed 2 Dec 17:00 – Wed 9 Dec 09:00 to ben-adeyemi", in whatever case somebody is nobody. */
export function changeText(exception: Exception, now: Instant): string {
  const { rota, role, before, after: taker } = exception;
  const what = `${rota}/${role} ${spanText(exception, now)}`;
  if (taker === undefined) return `${before} is no longer ${what} (nobody is)`;
  if (before === undefined) return `${taker} is ${what} (nobody was)`;
  return `${before} gives up ${what} to ${taker}`;
}

/** "Mon 31 May 2027": the last day that was compared. */
export function horizonText({ horizon }: Against): string {
  return formatDate(Math.floor((horizon - 1) / DAY));
}

/** Changes that far apart are not one turn, and are not told as if all between them changed too. */
const FAR = 5 * DAY;

/** The parts of an exception between which days lie, each from its first to its last changed instant. */
export function stretchesOf({ changes }: Exception): readonly Interval[] {
  const stretches: Interval[] = [];
  for (const { startAt, endAt } of changes) {
    const last = stretches.at(-1);
    if (last === undefined || startAt - last.endAt > FAR) stretches.push({ startAt, endAt });
    else stretches[stretches.length - 1] = { startAt: last.startAt, endAt };
  }
  return stretches;
}

/** "Wed 2 Dec 17:00 – Wed 9 Dec 09:00", and in how many stretches where days lie between. */
export function spanText(exception: Exception, now: Instant): string {
  const { zone, startAt, endAt } = exception;
  const count = stretchesOf(exception).length;
  return `${formatSpan(zone, startAt, endAt, now)}${count > 1 ? ` in ${count} stretches` : ''}`;
}

/** "3 days'", "23 hours'", "no": local days from two days on, hours below. */
export function noticeText(zone: Zone, now: Instant, startAt: Instant): string {
  const days = Math.floor((zone.wallOf(startAt) - zone.wallOf(now)) / DAY);
  if (days >= 2) return `${days} days'`;
  const minutes = Math.floor((startAt - now) / MINUTE);
  if (minutes < 1) return 'no';
  if (minutes < 60) return `${minutes} minute${minutes === 1 ? "'s" : "s'"}`;
  const hours = Math.floor((startAt - now) / HOUR);
  return `${hours} hour${hours === 1 ? "'s" : "s'"}`;
}
