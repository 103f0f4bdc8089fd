/**
 * What the issues of planned changes say about them: when they were requested as they are, by GitHub's clock, because
 * `requested_at` in a file is only text, and whether a lead approved that.
 */
import { canWrite } from '../github/access.ts';
import type { Connection } from '../github/connection.ts';
import { type IssueWithComments, issuesAt, MOST_EVENTS } from '../github/request-issues.ts';
import type { Handbook } from '../model.ts';
import { type AuthoredComment, approvalOfChange } from '../requests/approved-change.ts';
import { requestedAtIn } from '../requests/read-issue.ts';
import type { Instant } from '../timeline.ts';

/** Two handbooks, the pull request between them, and when that was merged, if it was. */
interface Requesting {
  readonly pull: number;
  readonly base: Handbook;
  readonly head: Handbook;
  readonly mergedAt?: Instant | undefined;
}

/** What issues say of the planned changes of a handbook. */
export interface RequestFacts {
  /**
   * By the address of an issue of this repository which requests, by our form, every planned change that names it, with
   * the people who are on call then, and was not closed before it was merged. Never before the issue was last reopened
   * or moved here, as nobody could object to it until then.
   */
  readonly requestedAt: ReadonlyMap<string, Instant>;
  /** The addresses of those in which a lead of the base approved what this pull request of ours writes. */
  readonly approved: ReadonlySet<string>;
}

/** What the issues at these addresses say of the planned changes of the head, in one query. */
export async function requestFacts(
  connection: Connection,
  now: Instant,
  { pull, base, head, mergedAt }: Requesting,
  addresses: readonly string[],
): Promise<RequestFacts> {
  const context = { handbook: head, now, self: connection.self };
  const requestedAt = new Map<string, Instant>();
  const approved = new Set<string>();
  const issues = await issuesAt(connection, addresses);
  for (const address of addresses) {
    const found = issues.find(({ issue }) => issue.url.toLowerCase() === address.toLowerCase());
    const changes = [...head.changes.values()].filter(({ request }) => request === address);
    if (found === undefined || isClosed(found, mergedAt)) continue;
    const all = changes.map((it) => requestedAtIn(context, it, found));
    const known = all.flatMap((it) => it ?? []);
    if (known.length === 0 || known.length < all.length) continue;
    const offeredAt = offeredBefore(found, mergedAt);
    const given = { ...found, offeredAt, isWhole: isWholeBefore(found, mergedAt) };
    requestedAt.set(address, Math.max(...known, offeredAt ?? Number.NEGATIVE_INFINITY));
    const approvals = changes.map((it) => approvalOfChange({ ...context, base, pull }, it, given, mergedAt));
    if (await areOfWriters(connection, approvals)) approved.add(address);
  }
  return { requestedAt, approved };
}

async function areOfWriters(
  connection: Connection,
  approvals: readonly (AuthoredComment | undefined)[],
): Promise<boolean> {
  for (const it of approvals)
    if (it === undefined || !(it.hasAccess || (await canWrite(connection, it.author)))) return false;
  return true;
}

/** When an issue was last reopened, or moved here, before a merge; at any time if more than is read came after that. */
function offeredBefore(
  { offers, turns }: IssueWithComments,
  mergedAt = Number.POSITIVE_INFINITY,
): Instant | undefined {
  const last = offers.findLast((it) => it <= mergedAt);
  const isAll = offers.length + turns.length < MOST_EVENTS;
  return last ?? (isAll ? undefined : (offers.at(-1) ?? turns.at(-1)?.at));
}

/** Whether all comments of before a merge were read. */
const isWholeBefore = (
  { isWhole, comments }: IssueWithComments,
  mergedAt = Number.POSITIVE_INFINITY,
): boolean => isWhole || (comments.at(-1)?.createdAt ?? 0) > mergedAt;

/** Whether it is closed, or was when the change was merged, be it that somebody has reopened it since. */
const isClosed = ({ closedAt, turns }: IssueWithComments, mergedAt: Instant | undefined): boolean =>
  closedAt !== undefined && (mergedAt === undefined || closedAt < mergedAt)
    ? true
    : mergedAt !== undefined && turns.findLast(({ at }) => at < mergedAt)?.isClosing === true;
