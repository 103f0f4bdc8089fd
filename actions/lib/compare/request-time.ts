/**
 * Since when a planned change has been requested as it is. `requested_at` is text that a pull request writes, this one
 * or an earlier one, so that with a pull request the time is GitHub's: that of the issue, whose every edit of what
 * decides who has to be there starts it again, or that of the push, or from when on the pull request was there to be
 * looked at. Pure.
 */
import type { Instant } from '../timeline.ts';
import type { Against } from './against.ts';
import type { Exception } from './exceptions.ts';

/** When a change was requested, and which clock counted; infinity when none counts. */
export interface RequestTime {
  readonly at: Instant;
  /**
   * `file`: `requested_at`; `issue`: the last edit of the issue; `push`: the time at which the branch got its present
   * commit, or the pull request was last opened, made ready or given its base; `none`: GitHub reports no time.
   */
  readonly clock: 'file' | 'issue' | 'push' | 'none';
}

/** The request time of the planned change behind an exception; undefined when there is none. */
export function requestOf({ change: id = '' }: Exception, against: Against): RequestTime | undefined {
  const { head, pull } = against;
  const change = head.changes.get(id);
  if (change === undefined) return undefined;
  if (pull === undefined) return { at: change.requestedAt, clock: 'file' };
  const later = (at: Instant, clock: 'issue' | 'push'): RequestTime =>
    change.requestedAt > at ? { at: change.requestedAt, clock: 'file' } : { at, clock };
  const asked = change.request === undefined ? undefined : pull.requestedAt?.get(change.request);
  if (asked !== undefined) return later(asked, 'issue');
  // Nobody can object to a branch before it is a pull request, nor to one that is closed or goes elsewhere.
  const { pushedAt, openedAt = 0, offeredAt = 0, meantAt = 0 } = pull;
  if (pushedAt !== undefined) return later(Math.max(pushedAt, openedAt, offeredAt, meantAt), 'push');
  return { at: Number.POSITIVE_INFINITY, clock: 'none' };
}
