/** Changes of cover in words. Pure. */
import { DAY, HOUR, MINUTE } from '../time/date.ts';
import { type Duration, durationText } from '../time/duration.ts';
import { formatDate, formatInstant, formatSpan } from '../time/format.ts';
import { type Zone, zoneOf } from '../time/zone.ts';
import type { Instant, Interval } from '../timeline.ts';
import type { Against } from './against.ts';
import type { Effect } from './changes.ts';
import type { Exception } from './exceptions.ts';

/** An exception as plain data: what `changeText` needs. */
export interface ChangeFacts extends Interval {
  readonly rota: string;
  readonly role: string;
  /** Nobody is undefined. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** What happens to somebody who keeps the role. */
  readonly effect?: Effect | undefined;
  /** The name of the rota's time zone. */
  readonly zone: string;
  /** What changes within these times, where it is more than one span. */
  readonly spans?: readonly Interval[] | undefined;
}

export function factsOf(exception: Exception): ChangeFacts {
  const { rota, role, before, after, effect, zone, startAt, endAt, spans } = exception;
  return {
    rota,
    role,
    before,
    after,
    effect,
    zone: zone.name,
    startAt,
    endAt,
    spans: spans.length > 1 ? spans : undefined,
  };
}

/**
 * "amara-osei gives up Wed 2 Dec 17:00 – Wed 9 Dec 09:00 to ben-adeyemi", or that nobody held the role or holds it
 * now.
 */
export function changeText(facts: ChangeFacts, now: Instant): string {
  const { rota, role, before, after: taker, effect } = facts;
  const what = `${rota}/${role} ${factsSpan(facts, now)}`;
  if (effect !== undefined) return `${before ?? taker} ${effectText(effect, what)}`;
  if (taker === undefined) return `${before} is no longer ${what} (nobody is)`;
  if (before === undefined) return `${taker} is ${what} (nobody was)`;
  return `${before} gives up ${what} to ${taker}`;
}

/** What somebody who keeps a role sees of a change. */
export function effectText(effect: Effect, what: string): string {
  switch (effect) {
    case 'stops-counting':
      return `is no longer on call as ${what} (the role stops counting as cover)`;
    case 'starts-counting':
      return `is on call as ${what} (the role starts to count as cover)`;
    case 'becomes-extra':
      return `keeps ${what} as extra time only (whose changes have less notice)`;
  }
}

/** "Mon 31 May 2027": the last day of the full comparison. */
export function horizonText({ horizon }: Against): string {
  return formatDate(Math.floor((horizon - 1) / DAY));
}

/** The most spans that a sentence lists. */
const MOST_SPANS = 4;

/** "Wed 2 Dec 17:00 – Wed 9 Dec 09:00", or each span that changes; with more than `most`, the first and the end. */
export const spanText = (exception: Exception, now: Instant, most = MOST_SPANS): string =>
  factsSpan(factsOf(exception), now, most);

/**
 * The same as somebody in another zone reads it: "Wed 2 Dec 17:00 – 19:00 (Europe/London; in Asia/Tokyo Thu 3 Dec 02:00
 * – 04:00)". Only the rota's times where both clocks show the same.
 */
export function spanTextFor(zone: Zone | undefined, exception: Exception, now: Instant): string {
  const text = spanText(exception, now);
  if (zone === undefined) return text;
  const own = factsSpan({ ...factsOf(exception), zone: zone.name }, now);
  return own === text ? text : `${text} (${exception.zone.name}; in ${zone.name} ${own})`;
}

function factsSpan(
  { zone: name, startAt, endAt, spans }: ChangeFacts,
  now: Instant,
  most = MOST_SPANS,
): string {
  const zone = zoneOf(name);
  const texts = (spans ?? [{ startAt, endAt }]).map((it) => formatSpan(zone, it.startAt, it.endAt, now));
  if (texts.length <= most)
    return [texts.slice(0, -1).join(', '), ...texts.slice(-1)].filter(Boolean).join(' and ');
  const more = texts.length - most + 1;
  return `${texts.slice(0, most - 1).join(', ')} and ${more} more up to ${formatInstant(zone, endAt, now)}`;
}

/** Whether a change is part of one turn that is given away whole, and so counts with the time between. */
export const isWholeTurn = ({ counted, spans }: Pick<Exception, 'counted' | 'spans'>): boolean =>
  counted.spans === 1 &&
  counted.milliseconds > spans.reduce((sum, { startAt, endAt }) => sum + endAt - startAt, 0);

/** "counted together: 4 hours in 2 spans": what is measured as one cover. */
export const countedText = (exception: Pick<Exception, 'counted' | 'spans'>): string => {
  const { milliseconds, spans } = exception.counted;
  return isWholeTurn(exception)
    ? `counted as the whole turn: ${elapsedText(milliseconds)}`
    : `counted together: ${elapsedText(milliseconds)} in ${spans} spans`;
};

/** "4 hours", "1 hour 30 minutes". */
function elapsedText(milliseconds: number): string {
  const [hours, minutes] = [Math.floor(milliseconds / HOUR), Math.floor((milliseconds % HOUR) / MINUTE)];
  return [
    ...(hours > 0 ? [durationText({ count: hours, unit: 'hour' })] : []),
    ...(minutes > 0 || hours === 0 ? [durationText({ count: minutes, unit: 'minute' })] : []),
  ].join(' ');
}

/**
 * The notice that is left, rounded down: in local days from two days on, below that in hours or minutes; undefined for
 * none.
 */
export function noticeGiven(zone: Zone, now: Instant, startAt: Instant): Duration | undefined {
  const days = Math.floor((zone.wallOf(startAt) - zone.wallOf(now)) / DAY);
  if (days >= 2) return { count: days, unit: 'day' };
  const minutes = Math.floor((startAt - now) / MINUTE);
  if (minutes < 1) return undefined;
  if (minutes < 60) return { count: minutes, unit: 'minute' };
  return { count: Math.floor((startAt - now) / HOUR), unit: 'hour' };
}

/** "3 days", "1 hour", "no". */
export const amountText = (given: Duration | undefined): string =>
  given === undefined ? 'no' : durationText(given);

/** "3 days'", "1 hour's", "no": what precedes "notice". */
export const amountOfText = (given: Duration | undefined): string =>
  given === undefined ? 'no' : `${durationText(given)}${given.count === 1 ? "'s" : "'"}`;

/** "3 days'", "23 hours'", "no", from two instants. */
export const noticeText = (zone: Zone, now: Instant, startAt: Instant): string =>
  amountOfText(noticeGiven(zone, now, startAt));
