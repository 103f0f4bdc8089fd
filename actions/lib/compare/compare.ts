/**
 * Compares two states of a handbook: whose time changes, however the YAML was edited. Both are resolved over the same
 * span and compared as timelines, role by role, never as text. The rules on notice, history and consent, and the
 * comment on a pull request, use only this result. Pure.
 */
import { type Handbook, termsFor } from '../model.ts';
import { publishedSpan } from '../resolve/resolve.ts';
import { DAY, monthOf } from '../time/date.ts';
import { elapsedOf } from '../time/duration.ts';
import type { Instant, Interval } from '../timeline.ts';
import type { Against, Pull } from './against.ts';
import { allChanges } from './all-changes.ts';
import { type CoverChange, changesWithin } from './changes.ts';
import { exceptionsIn } from './exceptions.ts';
import { furtherHolidays } from './holiday-identity.ts';
import { identityChanges, type UnreadFiles } from './identity.ts';
import { withContent } from './identity-content.ts';
import { newlyNamed } from './named-identity.ts';
import { newcomers } from './newcomer-identity.ts';
import { plannedIdentity } from './planned-identity.ts';
import { reachedIdentity } from './reached-identity.ts';
import { reachedIn } from './reached-otherwise.ts';
import { releasedTime } from './released-time.ts';
import { teamOf } from './terms.ts';
import { timeOffChanges } from './time-off-identity.ts';
import { hasPassed } from './verdict.ts';

/**
 * What changes from one handbook to another, up to a horizon, which is the end of the published span of the base unless
 * another is given, and on record before it.
 * Beyond its horizon only turns and overrides that one side alone has count as changes, because nobody would be asked
 * for consent later.
 */
export function compare(
  base: Handbook,
  head: Handbook,
  now: Instant,
  policies: readonly string[],
  pull: Pull | undefined,
  unreadFiles: UnreadFiles = { before: [], after: [] },
  horizon?: Instant,
): Against {
  const span = comparedSpan(base, now, horizon);
  const all = allChanges(base, head, span);
  const { was, is, changes, unread, expiredEntries, uncompared, tooFar, further } = all;
  const ahead = { startAt: now, endAt: span.endAt };
  const identity = identityChanges(base, head, unreadFiles, { span, ahead });
  const calls = reachedIn({ base, head, span: ahead });
  const { reached } = calls;
  const against = {
    handbook: base,
    head,
    changes,
    unread,
    unreadBefore: unreadFiles.before,
    unreadAfter: unreadFiles.after,
    identity: withContent(
      [
        ...identity,
        ...furtherHolidays(base, head, further, ahead),
        ...reachedIdentity({ base, head, reached, identity }),
        ...timeOffChanges(all.alike, [...unread, ...uncompared], span.endAt),
        ...newlyNamed(was, is, changes, unread, span),
        ...releasedTime(all, [...unread, ...uncompared], span),
        ...newcomers(base, head, changes, unreadFiles.before),
      ],
      head,
    ),
    reached,
    expiredEntries,
    uncompared,
    tooFar,
    uncomparedServices: calls.uncompared,
    beganAt: span.startAt,
    horizon: span.endAt,
    policies,
    pull,
  };
  return openedBefore(now, withPast(against, pastUntilOf(pull, now)));
}

/**
 * The published span, and at least from just before the present month of UTC on: what a comment shows is remembered
 * month by month, and a month that is cut cannot be.
 */
function comparedSpan(base: Handbook, now: Instant, horizon?: Instant): Interval {
  const { startAt, endAt } = publishedSpan(base, now);
  return { startAt: Math.min(startAt, monthOf(now) - 1), endAt: horizon ?? endAt };
}

/** The horizon of the same comparison as of another instant. */
export const horizonAt = ({ handbook }: Against, now: Instant): Instant => comparedSpan(handbook, now).endAt;

/** The same comparison with what GitHub says about its pull request, whose times decide where the past ends. */
export function withPull(against: Against, now: Instant, pull: Pull | undefined): Against {
  const pastUntil = pastUntilOf(pull, now);
  const own = { ...against, pull };
  return openedBefore(now, pastUntil === against.pastUntil ? own : withPast(own, pastUntil));
}

/**
 * The same two states, compared as of another instant, up to a horizon of then, without a pull request; the past ends
 * then, or when the change was written, if that was before.
 */
export function comparedAt(
  { handbook, head, policies, ...against }: Against,
  now: Instant,
  horizon: Instant,
  writtenAt: Instant,
): Against {
  const unread = { before: against.unreadBefore, after: against.unreadAfter };
  const then = compare(handbook, head, now, policies, undefined, unread, horizon);
  return writtenAt < now ? withPast(then, writtenAt) : then;
}

/** The end of the past: nobody can approve a change before it is written, and approving it takes time. */
function pastUntilOf(pull: Pull | undefined, now: Instant): Instant {
  const times = [pull?.openedAt, pull?.pushedAt].filter((it) => it !== undefined);
  return times.length === 0 ? now : Math.min(now, Math.max(...times));
}

/**
 * The same comparison where nothing says when its pull request was opened or pushed, as at one's desk. If it has all
 * the approvals that it needs, and cover that is under way began within a day, it was opened when that began: an
 * approval comes after what it approves. Otherwise the past ends now.
 */
function openedBefore(now: Instant, against: Against): Against {
  const { handbook, pull, changes } = against;
  const hasTimes = pull?.openedAt !== undefined || pull?.pushedAt !== undefined;
  if (pull === undefined || hasTimes || pull.approvals.length === 0) return against;
  const begun = splitAt(handbook, changes, Number.NEGATIVE_INFINITY)
    .ahead.filter(({ startAt, endAt }) => startAt < now && endAt > now)
    .map(({ startAt }) => startAt);
  const pastUntil = Math.min(...begun);
  if (begun.length === 0 || pastUntil < now - DAY) return against;
  const assumed = withPast(against, pastUntil);
  return hasPassed(assumed, now) ? assumed : against;
}

/** The comparison with an end of the past: nobody is asked about a planned change that was over by then. */
function withPast(against: Omit<Against, 'pastUntil' | 'past' | 'ahead'>, pastUntil: Instant): Against {
  const { handbook, head, changes, identity } = against;
  const planned = plannedIdentity(handbook, head, changes, pastUntil);
  const others = identity.filter(({ kind }) => kind !== 'planned-change');
  return {
    ...against,
    ...splitAt(handbook, changes, pastUntil),
    pastUntil,
    identity: [...others, ...withContent(planned, head)],
  };
}

function splitAt(
  { notice }: Handbook,
  changes: readonly CoverChange[],
  at: Instant,
): Pick<Against, 'ahead' | 'past'> {
  const shortest = (rota: string) => elapsedOf(termsFor(notice, teamOf(rota)).shortCover.longest) ?? 0;
  const exceptions = (startAt: Instant, endAt: Instant) =>
    exceptionsIn(changesWithin(changes, { startAt, endAt }), shortest);
  return {
    ahead: exceptions(at, Number.POSITIVE_INFINITY),
    past: exceptions(Number.NEGATIVE_INFINITY, at),
  };
}
