/**
 * Whether a lead approved, in its issue, a planned change as a file has it. It is read from what GitHub says of the
 * issue and its comments, and not from the state in ours: a workflow of a branch can write that in our name. Pure.
 */
import type { Handbook, PlannedChange } from '../model.ts';
import type { Instant } from '../timeline.ts';
import { decisionIn } from './commands.ts';
import type { IssueComment, RequestContext } from './facts.ts';
import { type IssueWithState, requestedAtIn } from './read-issue.ts';
import { personOf } from './swap.ts';

/** A comment, and whether GitHub says that its author has access to the repository. */
export interface AuthoredComment extends IssueComment {
  readonly hasAccess: boolean;
}

/** The issue of a request, as far as it was read. */
interface ChangeIssue extends IssueWithState {
  readonly comments: readonly AuthoredComment[];
  /** When it was last reopened, or moved here. */
  readonly offeredAt: Instant | undefined;
  /** Whether all comments were read: a decline may be among the others. */
  readonly isWhole: boolean;
}

/**
 * The approval of a change that the issue requests as it is: the last word of a lead of the service's team by the base,
 * since the issue was last edited. What somebody else edited may have been a decline.
 */
export function approvalOfChange(
  context: Pick<RequestContext, 'handbook' | 'now' | 'self'> & { readonly base: Handbook },
  change: PlannedChange,
  found: ChangeIssue,
): AuthoredComment | undefined {
  const { services, teams } = context.base;
  const leads = teams.get(services.get(change.service)?.team ?? '')?.leads ?? [];
  const isLead = (login: string) => leads.includes(personOf(context.base, login)?.id ?? '');
  const { issue, comments, offeredAt = Number.NEGATIVE_INFINITY, isWhole } = found;
  if (!isWhole || requestedAtIn(context, change, found) === undefined) return undefined;
  const last = comments
    .filter(({ isBot, author }) => !isBot && author !== context.self && isLead(author))
    .findLast((it) => it.editedBy === 'others' || decisionIn(it) !== undefined);
  if (last === undefined || decisionIn(last) !== 'approve') return undefined;
  return last.createdAt > Math.max(issue.lastEditedAt ?? issue.createdAt, offeredAt) ? last : undefined;
}
