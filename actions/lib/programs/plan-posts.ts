/**
 * Announces the hand-overs of the handbook with what there is to post with: plans the posts of the next days ahead
 * inside Slack, and sends those that are due by webhooks. A handbook with errors announces nothing.
 */
import type { Slack } from '../drivers/slack/client.ts';
import { postsDriver } from '../drivers/slack/posts-driver.ts';
import type { Webhooks } from '../drivers/webhook/access.ts';
import { evaluate } from '../pipeline.ts';
import {
  convergeStates,
  type StatesOutcome,
  type StatesReporter,
  type StatesRequest,
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
export interface PostsReporter extends StatesReporter {
  /** What is switched off, or what a webhook cannot do, in one sentence. */
  readonly note: (text: string) => void;
  readonly announced: WebhookContext['report'];
}

/** Webhooks send only where the mode is `apply`; undefined where there is no Slack and nothing else failed. */
export async function planPosts(
  request: StatesRequest,
  { slack, source, webhooks, ledger, clock }: PostsContext,
  report: PostsReporter,
): Promise<StatesOutcome | undefined> {
  const { handbook, findings } = evaluate(request.texts, request.now, report.progress);
  if (findings.some(({ severity }) => severity === 'error')) {
    report.findings(findings);
    return { kind: 'handbook-errors', findings };
  }
  const means = { hasSlackToken: slack !== undefined, webhooks };
  for (const note of postingNotes(handbook, means)) report.note(note);
  if (request.mode === 'apply')
    await announceByWebhooks(handbook, {
      ...{ webhooks: usedWebhooks(means), ledger, clock },
      report: report.announced,
    });
  if (slack === undefined) return undefined;
  return convergeStates(
    request,
    { connect: () => postsDriver({ client: slack, source, clock }), clock },
    report,
  );
}
