/**
 * The room's front door: two states of a handbook to whose time changes between them, whatever way the YAML was
 * changed. Both are resolved over the same span and compared as timelines, role by role, never as text; rules of notice,
 * history and consent, and what is said on a pull request, ask only this. Pure.
 */
import type { Handbook, Spot } from '../model.ts';
import { publishedSpan } from '../resolve/resolve.ts';
import { DAY, elapsedOf, HOUR, MINUTE, spokenDate, spokenSpan, type Zone } from '../time.ts';
import type { Instant, Interval } from '../timeline.ts';
import { type CoverChange, changesBetween, changesWithin } from './changes.ts';
import { type Exception, exceptionsIn } from './exceptions.ts';
import { missingConsent, personIn, requestOf, unheard, verdictOf } from './verdict.ts';

export type { CoverChange, Exception };
export { missingConsent, personIn, requestOf, unheard, verdictOf };

/**
 * What changes from one handbook to another, over the base's published span. Time beyond its horizon is no change, but
 * what only one of the two has written down for it is, because nobody would be asked when it comes near.
 */
export function compare(
  base: Handbook,
  head: Handbook,
  now: Instant,
  policies: readonly string[],
  pull: Pull | undefined,
): Against {
  const span = publishedSpan(base, now);
  const { changes, unread, bygone } = changesBetween(base, head, span);
  const shortest = elapsedOf(base.notice.shortCover.longest) ?? 0;
  const exceptions = (startAt: Instant, endAt: Instant) =>
    exceptionsIn(changesWithin(changes, { startAt, endAt }), shortest);
  return {
    handbook: base,
    head,
    changes,
    ahead: exceptions(now, Number.POSITIVE_INFINITY),
    past: exceptions(Number.NEGATIVE_INFINITY, now),
    unread,
    bygone,
    beganAt: span.startAt,
    horizon: span.endAt,
    policies,
    pull,
  };
}

/** What is known of a pull request, by GitHub's word. Logins are compared without regard to case. */
export interface Pull {
  readonly author: string;
  readonly labels: readonly string[];
  /** Whose latest review of the head commit approves it. */
  readonly approvals: readonly string[];
}

/** The state that a handbook is compared with. */
export interface Against {
  /** The base: its policy is the judge. */
  readonly handbook: Handbook;
  /** How it would be. */
  readonly head: Handbook;
  /** Whose cover changes, from the start of the base's published span to its horizon. */
  readonly changes: readonly CoverChange[];
  /** The same with what belongs together as one, from now on and before now. */
  readonly ahead: readonly Exception[];
  readonly past: readonly Exception[];
  /** The rotas that could not be compared, because they, or what they need, could not be read before or after. */
  readonly unread: readonly string[];
  /** What only the head has written down and is over since before `beganAt`, the start of what is compared. */
  readonly bygone: readonly Spot[];
  readonly beganAt: Instant;
  /** Up to when all was compared; beyond it, only what one of the two has written for single turns and hours. */
  readonly horizon: Instant;
  /** Files below `policies/` that do not read as they did. */
  readonly policies: readonly string[];
  /** Undefined where no pull request is at hand. */
  readonly pull: Pull | undefined;
}

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
  return spokenDate(Math.floor((horizon - 1) / DAY));
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
  return `${spokenSpan(zone, startAt, endAt, now)}${count > 1 ? ` in ${count} stretches` : ''}`;
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
