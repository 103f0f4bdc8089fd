/**
 * The room's front door: two states of a handbook to whose time changes between them, whatever way the YAML was
 * changed. Both are resolved over the same span and compared as timelines, role by role, never as text; rules of notice,
 * history and consent, and what is said on a pull request, ask only this. Pure.
 */
import type { Handbook } from '../model.ts';
import { publishedSpan } from '../resolve/resolve.ts';
import { elapsedOf } from '../time/duration.ts';
import type { Instant } from '../timeline.ts';
import type { Against, Pull } from './against.ts';
import { changesBetween, changesWithin } from './changes.ts';
import { exceptionsIn } from './exceptions.ts';

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
  const { changes, unread, expiredEntries } = changesBetween(base, head, span);
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
    expiredEntries,
    beganAt: span.startAt,
    horizon: span.endAt,
    policies,
    pull,
  };
}
