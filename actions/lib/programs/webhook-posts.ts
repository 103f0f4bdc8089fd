/**
 * Announces hand-overs by webhooks: those that are due and not over yet, each once per chat. A webhook posts only while
 * a run lasts and cannot be asked afterwards, so that each announcement is recorded before it is sent. One whose answer
 * is lost may have been sent: it is reported and never repeated.
 */
import type { Chat, Webhooks } from '../drivers/webhook/access.ts';
import { sendPost } from '../drivers/webhook/client.ts';
import { WebhookFault } from '../drivers/webhook/fault.ts';
import { type HandOverPost, handOverPosts } from '../messages/handover-post.ts';
import { isSamePost, type LedgerEntry, type PostLedger, stillAhead } from '../messages/post-ledger.ts';
import { slackMessage, teamsMessage } from '../messages/post-texts.ts';
import type { Handbook, HandOverPosts, Team } from '../model.ts';
import { DAY } from '../time/date.ts';
import { lengthOf } from '../time/duration.ts';
import { instantText } from '../time/format.ts';
import type { Instant } from '../timeline.ts';

/** What became of an announcement. */
export interface Announced {
  readonly chat: Chat;
  readonly post: HandOverPost;
  readonly outcome:
    | 'sent'
    /** It was not sent; the next run tries again while the hand-over is ahead. */
    | 'refused'
    /** Its answer was lost, in this run or an earlier one. */
    | 'may-have-been-sent'
    /** The hand-over was over before its turn came. */
    | 'over';
  /** The message of the fault, where there was one. */
  readonly trouble: string | undefined;
}

/** What the program needs of its caller. */
export interface WebhookContext {
  readonly webhooks: readonly Webhooks[];
  readonly ledger: PostLedger;
  readonly clock: () => Instant;
  /** Called for each announcement as soon as its outcome is known. */
  readonly report: (announced: Announced) => void;
}

/** An announcement in one chat, with the webhook that sends it. */
interface Due {
  readonly chat: Chat;
  readonly post: HandOverPost;
  readonly address: string;
}

/** Sends what is due. */
export async function announceByWebhooks(
  handbook: Handbook,
  { webhooks, ledger, clock, report }: WebhookContext,
): Promise<void> {
  const now = clock();
  const due = webhooks.flatMap((it) => dueIn(handbook, it, now));
  if (due.length === 0) return;
  let entries = stillAhead(await ledger.read(), now);
  for (const it of due) {
    const known = entries.find((entry) => isSamePost(entry, { id: it.post.id, chat: it.chat }));
    if (known?.state === 'sent') continue;
    if (known !== undefined) report(announced(it, 'may-have-been-sent'));
    else if (clock() >= it.post.at) report(announced(it, 'over'));
    else entries = await announce(it, entries, ledger, report);
  }
}

/** Records and sends one announcement; returns what is recorded then. */
async function announce(
  due: Due,
  others: readonly LedgerEntry[],
  ledger: PostLedger,
  report: WebhookContext['report'],
): Promise<readonly LedgerEntry[]> {
  const { chat, post, address } = due;
  const { id, rota, at, team } = post;
  const sending: LedgerEntry = { id, rota, at, chat, state: 'sending' };
  await ledger.write([...others, sending]);
  const fault = await sendPost({ chat, team, address }, bodyOf(due)).then(() => undefined, faultIn);
  report(announced(due, outcomeOf(fault), fault?.message));
  if (fault?.mayHaveHappened === true) return [...others, sending];
  const entries = fault === undefined ? [...others, { ...sending, state: 'sent' as const }] : others;
  await ledger.write(entries);
  return entries;
}

const announced = ({ chat, post }: Due, outcome: Announced['outcome'], trouble?: string): Announced => ({
  chat,
  post,
  outcome,
  trouble,
});

function outcomeOf(fault: WebhookFault | undefined): Announced['outcome'] {
  if (fault === undefined) return 'sent';
  return fault.mayHaveHappened ? 'may-have-been-sent' : 'refused';
}

function faultIn(error: unknown): WebhookFault {
  if (error instanceof WebhookFault) return error;
  throw error;
}

const bodyOf = ({ chat, post }: Due): object =>
  chat === 'teams' ? teamsMessage(post) : { text: slackMessage(post), unfurl_links: false };

/** The announcements that are due in a chat, of the teams that want them and have a webhook there. */
function dueIn(handbook: Handbook, { chat, of }: Webhooks, now: Instant): readonly Due[] {
  return [...handbook.teams.values()].flatMap((team) => {
    const [wanted, address] = [wantedIn(team, chat), of(team.id)];
    if (wanted === undefined || address === undefined) return [];
    const span = { startAt: now + 1, endAt: now + lengthOf(wanted.before) + 2 * DAY };
    return handOverPosts(handbook, team.id, wanted, span)
      .filter(({ postAt }) => postAt <= now)
      .map((post) => ({ chat, post, address }));
  });
}

/** The announcements that a team wants in a chat. */
const wantedIn = ({ slack, teamsPosts }: Team, chat: Chat): HandOverPosts | undefined =>
  chat === 'teams' ? teamsPosts : slack?.handOver;

/** An outcome in one sentence, for a log. */
export function announcedText({ chat, post, outcome, trouble }: Announced): string {
  const what = `the hand-over of ${post.rota} at ${instantText(post.at)}`;
  const where = chat === 'teams' ? 'Teams' : 'Slack';
  const why = trouble === undefined ? '' : `: ${trouble}`;
  switch (outcome) {
    case 'sent':
      return `Announced ${what} in ${where}`;
    case 'refused':
      return `Did not announce ${what} in ${where}${why}`;
    case 'may-have-been-sent':
      return `The announcement of ${what} in ${where} may have been sent, and is not repeated${why}`;
    case 'over':
      return `Did not announce ${what} in ${where}, as it is over`;
  }
}
