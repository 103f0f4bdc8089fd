import { sameLogin } from '../compare/people.ts';
import { BranchActivity, type BranchRecord } from '../github/activity.ts';
import { CommitStatuses } from '../github/commit-statuses.ts';
import type { Connection } from '../github/connection.ts';
import type { ActionContext } from '../github/context.ts';
import { hasCause, offersPull, type PullEvent, pullEvents } from '../github/pull-events.ts';
import { type PullRequest, PullRequests } from '../github/pulls.ts';
import type { Instant } from '../timeline.ts';
import { defaultBranchOf } from './default-branch.ts';
import { type RequestFacts, requestFacts } from './request-facts.ts';

/** What a review needs of GitHub. */
export interface ReviewAccess {
  readonly pulls: PullRequests;
  readonly statuses: CommitStatuses;
  readonly activity: BranchActivity;
  /** Who moved the default branch. */
  readonly record: BranchRecord;
  /** What happened to a pull request, oldest first. */
  readonly pullEvents: (number: number) => Promise<readonly PullEvent[]>;
  /**
   * What the run is for: that the author of a pull request offered it or pushed to it, or that somebody else opened it,
   * as the API makes an issue a pull request, whose author and time are those of the issue.
   */
  readonly offerOf: (pull: Pick<PullRequest, 'number' | 'author'>) => Offer | undefined;
  /** What the issues at these addresses say of the planned changes of two handbooks. */
  readonly requests: (
    given: Parameters<typeof requestFacts>[2],
    addresses: readonly string[],
  ) => Promise<RequestFacts>;
  /** The folder of the handbook in the checkout. */
  readonly root: string;
  /** The only branch about which our statuses say anything. */
  readonly defaultBranch: string;
  /** The login of our account. */
  readonly self: string;
  readonly now: Instant;
}

/** What somebody has done with a pull request, if a run is for it. */
type Offer = 'offered' | 'pushed' | 'opened-by-other';

/** What a review needs of GitHub, for a run. */
export function reviewAccess(context: ActionContext, connection: Connection): ReviewAccess {
  const { root, now, commentAuthor: self } = context;
  const activity = new BranchActivity(connection);
  const defaultBranch = defaultBranchOf(context);
  return {
    ...{ activity, root, defaultBranch, self, now },
    pulls: new PullRequests(connection),
    statuses: new CommitStatuses(connection),
    record: activity.recordOf(defaultBranch, now),
    pullEvents: (number) => eventsOf(context, connection, number),
    offerOf: ({ number, author }) => {
      const { action, sender, pull_request: pull } = context.payload;
      if (pull?.number !== number) return undefined;
      if (!sameLogin(sender?.login ?? '', author)) return action === 'opened' ? 'opened-by-other' : undefined;
      return offersPull(context.payload) ? 'offered' : action === 'synchronize' ? 'pushed' : undefined;
    },
    requests: (given, addresses) => requestFacts(connection, now, given, addresses),
  };
}

/** What happened to a pull request. Throws where GitHub does not list what started the run: more may be missing. */
async function eventsOf(
  { payload }: ActionContext,
  connection: Connection,
  number: number,
): Promise<readonly PullEvent[]> {
  const events = await pullEvents(connection, number);
  if (payload.pull_request?.number === number && !hasCause(events, payload))
    throw new Error('its record of what happened to this pull request lags behind');
  return events;
}

/** Whether a commit is the head of no open pull request that is judged: what is green of it can be taken back. */
export async function isUnjudged(
  { pulls, defaultBranch }: Pick<ReviewAccess, 'pulls' | 'defaultBranch'>,
  commit: string,
): Promise<boolean> {
  const open = await pulls.withHead(commit);
  return open.every(({ isFork, baseRef }) => isFork || baseRef !== defaultBranch);
}
