/**
 * Tells people what merges changed for them: comments on the newest merged pull request mention everybody, so that
 * GitHub mails them; Slack and mail as the policy says. The comments are the record of what was told, so that each
 * change is told once, whichever run ends where.
 */
import { type Connection, connect } from '../github/connection.ts';
import type { ActionContext } from '../github/context.ts';
import { errorText } from '../github/log.ts';
import { NewsComments } from '../github/news-comments.ts';
import { PullRequests } from '../github/pulls.ts';
import { load } from '../load/load.ts';
import { handbookId } from '../messages/news-ledger.ts';
import type { Handbook } from '../model.ts';
import { plural } from '../text/plural.ts';
import type { Instant } from '../timeline.ts';
import { defaultBranchOf } from './default-branch.ts';
import { deliver, type NewsSince } from './deliver-news.ts';
import { textsAt } from './judge.ts';
import { NewsBook, type RecordedNews } from './news-book.ts';
import { issueForNews } from './news-issue.ts';
import { comparedRange, type NewsRange, NO_NEWS, newsTexts, pullForNews } from './news-range.ts';
import type { NewsSender } from './news-sender.ts';
import type { RunOutput } from './process-tickets.ts';
import { giveUpEdited, isSound, type ToldNews, toldNews, untoldSince } from './told-news.ts';
import { NewsWriter, receiverNames } from './write-news.ts';

/** What each way is called, and the secret that it needs, as `newsSenders` reads it. */
const WAYS = { slack: ['Slack', 'SLACK_BOT_TOKEN'], email: ['e-mail', 'SMTP_URL'] } as const;

/** Tells what is new since it was last told; 1 if somebody should look at what became of it. */
export async function tellNews(
  action: ActionContext,
  senders: readonly NewsSender[],
  output: RunOutput,
  clock: () => Instant,
): Promise<0 | 1> {
  const run = new NewsRun(action, senders, output, clock);
  return run.tell();
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
  readonly #clock: () => Instant;
  readonly #connection: Connection;
  readonly #comments: NewsComments;
  readonly #pulls: PullRequests;
  readonly #writer: NewsWriter;
  readonly #handbook: string;
  readonly #news = new Map<string, NewsSince>();
  #hasTrouble = false;

  constructor(
    action: ActionContext,
    senders: readonly NewsSender[],
    output: RunOutput,
    clock: () => Instant,
  ) {
    this.#connection = connect(action);
    this.#action = action;
    this.#senders = senders;
    this.#output = output;
    this.#clock = clock;
    this.#comments = new NewsComments(this.#connection);
    this.#pulls = new PullRequests(this.#connection);
    this.#handbook = handbookId(action.folder);
    const access = { comments: this.#comments, root: action.root, handbook: this.#handbook };
    this.#writer = new NewsWriter({ ...access, senders, info: output.info });
  }

  async tell(): Promise<0 | 1> {
    const { root, now, payload } = this.#action;
    // A run that waited for others tells what is true now; a commit that is not here is fetched.
    const tip = await this.#pulls.tipOf(defaultBranchOf(this.#action));
    const { handbook: head, unreadFiles } = load(textsAt(root, tip));
    if (unreadFiles.length > 0) {
      const files = unreadFiles.slice(0, 5).join(', ');
      this.#output.error(`no news is told until these files can be read: ${files}`);
      return 1;
    }
    const told = await toldNews(this.#comments, this.#handbook, now);
    const history = { connection: this.#connection, defaultBranch: defaultBranchOf(this.#action), root, now };
    const from = await untoldSince({ ...history, before: payload.before }, told[0], tip);
    if (from === undefined) {
      this.#output.info('nothing was told before, so news begin with the next push');
      return 0;
    }
    await this.#tellAndDeliver(told, from, { tip, head }).catch((error: unknown) =>
      this.#trouble(`the news could not all be told; the next run goes on: ${errorText(error)}`),
    );
    return this.#hasTrouble ? 1 : 0;
  }

  async #tellAndDeliver(told: readonly ToldNews[], from: string, present: Present): Promise<void> {
    const { tip, head } = present;
    const nameOf = receiverNames(this.#action.root, from, head);
    const trouble = (line: string) => this.#trouble(line);
    await giveUpEdited(this.#comments, told, { nameOf, trouble });
    const completed = await this.#writer.complete(told, head, this.#action.now);
    const { toldTo, added } = await this.#tellRange({ from, to: tip }, told, present);
    const open = [...told.filter(isSound).toReversed(), ...completed, ...added];
    const books = open.map((it) => new NewsBook(it, { comments: this.#comments, nameOf }));
    const { owner, repo } = this.#action.repository;
    await deliver(
      {
        ...{ senders: this.#senders, now: this.#action.now, clock: this.#clock, head, toldTo },
        newsSince: (commit) => this.#newsSince({ from: commit, to: toldTo }, head),
        linkOf: (pull) => `${this.#action.serverUrl}/${owner}/${repo}/pull/${pull}`,
        info: this.#output.info,
        trouble,
      },
      // All of them: what a newer one says was sent is not sent for an older one.
      books,
    );
  }

  /** Tells what a range changes; returns up to which commit everything is told then, and the comments. */
  async #tellRange(
    range: NewsRange,
    told: readonly ToldNews[],
    { head }: Present,
  ): Promise<{ readonly toldTo: string; readonly added: readonly RecordedNews[] }> {
    const { root, now } = this.#action;
    const { from, to } = range;
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
      return { toldTo: to, added: [] };
    }
    const access = { pulls: this.#pulls, defaultBranch: defaultBranchOf(this.#action) };
    const found = await pullForNews(access, root, range);
    const pull = found?.pull.number ?? (await issueForNews(this.#connection, this.#handbook));
    const telling = { range, at, pull, isDirect: found?.isWithin !== true };
    const news = { before: against.handbook, texts };
    const added = await this.#writer.write(telling, news, told, head);
    if (added.length === 0) return { toldTo: from, added };
    this.#news.set(from, news);
    this.#output.info(
      `${plural(texts.comment.length, 'message')} told on ${found === undefined ? 'issue' : 'pull request'} ${pull}`,
    );
    this.#logSwitchedOff(head);
    this.#logWithoutLogin(
      texts.comment.map(({ to }) => to),
      head,
    );
    return { toldTo: to, added };
  }

  #newsSince(range: NewsRange, head: Handbook): NewsSince {
    const known = this.#news.get(range.from);
    if (known !== undefined) return known;
    const { root, now } = this.#action;
    const against = comparedRange(root, range, now);
    const found =
      against === undefined
        ? { before: head, texts: NO_NEWS }
        : { before: against.handbook, texts: newsTexts(against, now) };
    this.#news.set(range.from, found);
    return found;
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
