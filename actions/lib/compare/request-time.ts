/**
 * Since when a planned change has been requested as it is. A pull request writes its own `requested_at`, so that the
 * time is taken from the base, or else from GitHub; every edit of what decides who has to be there starts it again.
 * Pure.
 */
import type { PlannedChange } from '../model.ts';
import type { Instant } from '../timeline.ts';
import type { Against } from './against.ts';
import type { Exception } from './exceptions.ts';

/** When a change was requested, and which clock counted; infinity when none counts. */
export interface RequestTime {
  readonly at: Instant;
  /**
   * `file`: `requested_at`; `base`: that of the base branch, which has the same change; `issue`: the last edit of the
   * issue; `push`: the time at which the branch got its present commit; `none`: GitHub reports no time.
   */
  readonly clock: 'file' | 'base' | 'issue' | 'push' | 'none';
}

/** The request time of the planned change behind an exception; undefined when there is none. */
export function requestOf({ change: id = '' }: Exception, against: Against): RequestTime | undefined {
  const { handbook, head, pull } = against;
  const change = head.changes.get(id);
  if (change === undefined) return undefined;
  if (pull === undefined) return { at: change.requestedAt, clock: 'file' };
  const known = handbook.changes.get(id);
  if (known !== undefined && decisiveOf(known) === decisiveOf(change))
    return { at: known.requestedAt, clock: 'base' };
  const later = (at: Instant, clock: 'issue' | 'push'): RequestTime =>
    change.requestedAt > at ? { at: change.requestedAt, clock: 'file' } : { at, clock };
  const asked = change.request === undefined ? undefined : pull.requestedAt?.get(change.request);
  if (asked !== undefined) return later(asked, 'issue');
  if (pull.pushedAt !== undefined) return later(pull.pushedAt, 'push');
  return { at: Number.POSITIVE_INFINITY, clock: 'none' };
}

/** What decides who has to be there, and when, as one text. */
const decisiveOf = ({ service, startAt, endAt, assigned }: PlannedChange): string =>
  JSON.stringify([
    service,
    startAt,
    endAt,
    assigned.map(({ role, person }) => [role.rota, role.role, person].join(' ')).toSorted(),
  ]);
