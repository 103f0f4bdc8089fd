/**
 * Whether a lead has approved a planned change, as a file has it, in the issue that requests it. This is read from what
 * GitHub says of the issue and its comments, and not only from the state in our comment: a workflow of a branch can
 * write that in our name. Pure.
 */
import { hasLeftBy } from '../compare/people.ts';
import type { Handbook, PlannedChange } from '../model.ts';
import { publishedSpan } from '../resolve/resolve.ts';
import type { Instant } from '../timeline.ts';
import { isDecline, namesVersion, uneditedCommand } from './commands.ts';
import type { IssueComment, RequestContext } from './facts.ts';
import { type IssueWithState, requestDigest, requestedAtIn, storedState } from './read-issue.ts';
import { personOf } from './swap.ts';

/** A comment with what GitHub says of its author and of its edits. */
export interface AuthoredComment extends IssueComment {
  /** Whether its author is known to have access to the repository. */
  readonly hasAccess: boolean;
  /** When it was written, and edited. */
  readonly writtenAt: readonly Instant[];
}

/** Which pull request would write a change, and what it would be merged into. */
interface Proposal {
  readonly base: Handbook;
  readonly pull: number;
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
 * before its merge. It was given after our comment showed that version, and is recorded there until the merge: a run
 * that was slow may have shown an earlier one. What somebody else edited may have been a decline, and a decline that
 * its author edited is one. It is of the pull request that our comment names: somebody can make an older issue of our
 * account another one from the same branch.
 */
export function approvalOfChange(
  context: Pick<RequestContext, 'handbook' | 'now' | 'self'> & Proposal,
  change: PlannedChange,
  given: ChangeIssue,
  mergedAt: Instant | undefined,
): AuthoredComment | undefined {
  const { base, self, pull } = context;
  const { issue, comments, offeredAt = Number.NEGATIVE_INFINITY, isWhole } = given;
  if (!isWhole || requestedAtIn(context, change, { issue, comments }) === undefined) return undefined;
  const leads = base.teams.get(base.services.get(change.service)?.team ?? '')?.leads ?? [];
  const { startAt } = publishedSpan(base, context.now);
  const isLead = (login: string) => {
    const person = personOf(base, login);
    return person !== undefined && leads.includes(person.id) && !hasLeftBy(person, startAt);
  };
  const until = mergedAt ?? Number.POSITIVE_INFINITY;
  const last = comments
    .filter((it) => !it.isBot && it.author !== self && it.createdAt <= until && isLead(it.author))
    .findLast((it) => it.editedBy === 'others' || isDecline(it) || uneditedCommand(it) !== undefined);
  const command = last && uneditedCommand(last);
  if (last === undefined || command?.kind !== 'approve' || last.createdAt <= offeredAt) return undefined;
  // An older comment may have become a decline since.
  const isLater = (at: Instant) => at > last.createdAt && at <= until;
  const isDeclined = comments.some((it) => isLead(it.author) && isDecline(it) && it.writtenAt.some(isLater));
  if (isDeclined) return undefined;
  const isIn = (at: Instant) =>
    at < last.createdAt && (issue.lastEditedAt === undefined || at > issue.lastEditedAt);
  const isShown = comments.some((it) => it.author === self && it.writtenAt.some(isIn));
  const digest = requestDigest(base, issue.body) ?? '';
  const isMeant = command.rest === '' || namesVersion(command.rest, digest);
  const { decision, proposed, written } = storedState(context, given)?.state ?? {};
  const named = [proposed, written].filter((it) => it !== undefined);
  // Who may decide can change after the merge, and then our comment names none any more.
  if (!named.includes(pull) && (mergedAt === undefined || named.length > 0)) return undefined;
  const isStanding = decision?.kind === 'approved' && decision.digest === digest;
  const isRecorded = mergedAt !== undefined || isStanding;
  return isShown && isMeant && isRecorded ? last : undefined;
}
