/**
 * Announces the hand-overs of the handbook with what there is to post with: plans the posts of the next days ahead
 * inside Slack, and sends those that are due by webhooks.
 */
import type { Slack } from '../drivers/slack/client.ts';
import { postsDriver } from '../drivers/slack/posts-driver.ts';
import type { Webhooks } from '../drivers/webhook/access.ts';
import type { Handbook } from '../model.ts';
import {
  convergeHandbook,
  type HandbookOutcome,
  type HandbookReporter,
  type HandbookRequest,
} from './converge-states.ts';
import { postingNotes, usedWebhooks } from './posting-means.ts';
import { announceByWebhooks, type WebhookContext } from './webhook-posts.ts';

/** What the program needs of its caller. */
export interface PostsContext extends Pick<WebhookContext, 'ledger' | 'clock'> {
  /** Undefined where there is no token of a bot. */
  readonly slack: Slack | undefined;
  /** What the handbook is known by, such as its repository. */
  readonly source: string;
  readonly webhooks: readonly Webhooks[];
}

/** What the caller shows while the program runs. */
export interface PostsReporter extends HandbookReporter {
  /** What is switched off, or what a webhook cannot do, in one sentence. */
  readonly note: (text: string) => void;
  readonly announced: WebhookContext['report'];
}

/** Webhooks send only where the mode is `apply`; undefined where there is no Slack. */
export async function planPosts(
  handbook: Handbook,
  request: HandbookRequest,
  { slack, source, webhooks, ledger, clock }: PostsContext,
  report: PostsReporter,
): Promise<HandbookOutcome | undefined> {
  const means = { hasSlackToken: slack !== undefined, webhooks };
  for (const note of postingNotes(handbook, means)) report.note(note);
  if (request.mode === 'apply')
    await announceByWebhooks(handbook, {
      ...{ webhooks: usedWebhooks(means), ledger, clock },
      report: report.announced,
    });
  if (slack === undefined) return undefined;
  const context = { connect: () => postsDriver({ client: slack, source, clock }), clock };
  return convergeHandbook(handbook, request, context, report);
}
