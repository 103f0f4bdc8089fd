/**
 * Tells people what merges changed for them: one comment on the newest merged pull request mentions everybody, so that
 * GitHub mails them; Slack and mail as the policy says. The comment is the record of what was told, so that each change
 * is told once, whichever run ends where.
 */
import { connect } from '../github/connection.ts';
import type { ActionContext } from '../github/context.ts';
import { errorText } from '../github/log.ts';
import { NewsComments, type PlacedComment } from '../github/news-comments.ts';
import { PullRequests } from '../github/pulls.ts';
import { load } from '../load/load.ts';
import type { News } from '../messages/news.ts';
import { newsComment } from '../messages/news-comment.ts';
import { ledgerMark, NEWS_MARK, type NewsLedger, readLedger } from '../messages/news-ledger.ts';
import type { Handbook } from '../model.ts';
import { plural } from '../text/plural.ts';
import { DAY } from '../time/date.ts';
import { defaultBranchOf } from './default-branch.ts';
import {
  type DeliveryRun,
  deliver,
  firstDeliveries,
  isStillNews,
  type NewsSender,
  type RecordedNews,
} from './deliver-news.ts';
import { textsAt } from './judge.ts';
import {
  comparedRange,
  firstReadable,
  type NewsRange,
  NO_NEWS,
  newsTexts,
  pullForNews,
} from './news-range.ts';
import type { RunOutput } from './process-tickets.ts';

/** What waits longer is not sent any more. */
const LONGEST_WAIT = 2 * DAY;

/** How far back comments are looked at for what waits. */
const LOOKED_BACK = 3 * DAY;

/** What each way is called, and the secret that it needs, as `newsSenders` reads it. */
const WAYS = { slack: ['Slack', 'SLACK_BOT_TOKEN'], email: ['e-mail', 'SMTP_URL'] } as const;

/** Tells what is new since it was last told; 1 if somebody should look at what became of it. */
export async function tellNews(
  action: ActionContext,
  senders: readonly NewsSender[],
  output: RunOutput,
): Promise<0 | 1> {
  const run = new NewsRun(action, senders, output);
  return run.tell();
}

/** A comment with its record. */
interface ToldNews extends PlacedComment {
  readonly ledger: NewsLedger;
}

/** The default branch as it is now. */
interface Present {
  readonly tip: string;
  readonly head: Handbook;
}

class NewsRun {
  readonly #action: ActionContext;
  readonly #senders: readonly NewsSender[];
  readonly #output: RunOutput;
  readonly #comments: NewsComments;
  readonly #pulls: PullRequests;
  #hasTrouble = false;

  constructor(action: ActionContext, senders: readonly NewsSender[], output: RunOutput) {
    const connection = connect(action);
    this.#action = action;
    this.#senders = senders;
    this.#output = output;
    this.#comments = new NewsComments(connection);
    this.#pulls = new PullRequests(connection);
  }

  async tell(): Promise<0 | 1> {
    const { root, now } = this.#action;
    // A run that waited for others tells what is true now; a commit that is not here is fetched.
    const tip = await this.#pulls.tipOf(defaultBranchOf(this.#action));
    const { handbook: head, unreadFiles } = load(textsAt(root, tip));
    if (unreadFiles.length > 0) {
      const files = unreadFiles.slice(0, 5).join(', ');
      this.#output.error(`no news is told until these files can be read: ${files}`);
      return 1;
    }
    const present = { tip, head };
    const told = await this.#told();
    for (const it of told) if (it.createdAt >= now - LOOKED_BACK) await this.#goOn(it, present);
    await this.#tellRange(told[0]?.ledger.to, tip);
    return this.#hasTrouble ? 1 : 0;
  }

  /** What was told, newest first: the last, and what may still wait. */
  async #told(): Promise<readonly ToldNews[]> {
    const comments = await this.#comments.since(NEWS_MARK, this.#action.now - LOOKED_BACK);
    return comments.flatMap((it) => {
      const ledger = readLedger(it.body);
      return ledger === undefined ? [] : [{ ...it, ledger }];
    });
  }

  /** Sends what an earlier run left. */
  async #goOn(told: ToldNews, present: Present): Promise<void> {
    const { ledger } = told;
    if (!ledger.deliveries.some(({ state }) => state === 'waiting' || state === 'sending')) return;
    await this.#deliverTold(told, present).catch((error: unknown) =>
      this.#trouble(`the news on pull request ${told.pull} could not all be sent: ${errorText(error)}`),
    );
  }

  async #tellRange(toldTo: string | undefined, tip: string): Promise<void> {
    const { root, now, payload } = this.#action;
    const from = firstReadable(root, [toldTo ?? '', payload.before ?? '']);
    if (from === undefined) {
      this.#output.info('nothing was told before, so news begin with the next push');
      return;
    }
    const range = { from, to: tip };
    // As the record has it.
    const at = now - (now % 1000);
    const against = comparedRange(root, range, at);
    const texts = against && newsTexts(against, at);
    if (against !== undefined && against.unread.length > 0)
      this.#output.info(
        `what changes in ${against.unread.join(', ')} is unknown, as it could not be read before`,
      );
    if (against === undefined || texts === undefined || texts.comment.length === 0) {
      this.#output.info(`no news since ${from.slice(0, 10)}`);
      return;
    }
    const { head, handbook: before } = against;
    const found = await pullForNews(
      { pulls: this.#pulls, defaultBranch: defaultBranchOf(this.#action) },
      root,
      range,
    );
    if (found === undefined) return this.#untold(range, texts.comment.length);
    const deliveries = firstDeliveries({
      ...{ senders: this.#senders, texts, before, head, info: this.#output.info },
    });
    const ledger = { ...range, at, deliveries };
    const view = { news: texts.comment, handbook: before, head, ledger, isDirect: !found.isWithin };
    const { number } = found.pull;
    const written = await this.#comments.create(number, ledgerMark(ledger), newsComment(view));
    this.#output.info(`${plural(texts.comment.length, 'message')} told on pull request ${number}`);
    this.#logSwitchedOff(head);
    this.#logWithoutLogin(
      texts.comment.map(({ to }) => to),
      head,
    );
    if (deliveries.length > 0)
      await this.#deliver({ ...written, ledger }, { head, before, texts, isCurrent: () => true });
  }

  #untold({ from, to }: NewsRange, count: number): void {
    this.#trouble(
      `${plural(count, 'message')} about ${from.slice(0, 10)}..${to.slice(0, 10)} could not be told, as there is no ` +
        'merged pull request to tell them on; "rota news" prints them, and those affected have to be told by hand',
    );
  }

  /** What an earlier run recorded, compared again as it was compared then. */
  async #deliverTold(recorded: RecordedNews, { tip, head }: Present): Promise<void> {
    const { root, now } = this.#action;
    const { from, at } = recorded.ledger;
    const then = comparedRange(root, recorded.ledger, at);
    const current = comparedRange(root, { from, to: tip }, now);
    const still = current === undefined ? [] : newsTexts(current, now).comment;
    const texts = then === undefined ? NO_NEWS : newsTexts(then, at);
    const isCurrent = (news: News) => at > now - LONGEST_WAIT && isStillNews(news, still);
    await this.#deliver(recorded, { head, before: then?.handbook ?? head, texts, isCurrent });
  }

  async #deliver(
    recorded: RecordedNews,
    news: Pick<DeliveryRun, 'head' | 'before' | 'texts' | 'isCurrent'>,
  ): Promise<void> {
    const run = {
      ...{ comments: this.#comments, senders: this.#senders, now: this.#action.now, info: this.#output.info },
      trouble: (line: string) => this.#trouble(line),
    };
    await deliver({ ...run, ...news }, recorded);
  }

  #logSwitchedOff({ messages }: Handbook): void {
    for (const way of ['slack', 'email'] as const)
      if (messages.by.includes(way) && !this.#senders.some((it) => it.way === way))
        this.#output.info(`news by ${WAYS[way][0]} are switched off; set ${WAYS[way][1]} for them`);
  }

  #logWithoutLogin(people: readonly string[], head: Handbook): void {
    if (!head.messages.by.includes('github')) return;
    const without = people.filter((id) => head.people.has(id) && head.people.get(id)?.github === undefined);
    if (without.length > 0)
      this.#output.info(`GitHub mails nothing to ${without.join(', ')}: the handbook has no login of theirs`);
  }

  #trouble(line: string): void {
    this.#hasTrouble = true;
    this.#output.error(line);
  }
}
