/** Writes the comments that tell a range of commits, each once, and those that an earlier run did not come to. */
import type { NewsComments } from '../github/news-comments.ts';
import { load } from '../load/load.ts';
import { newsComments, type ReceiverName } from '../messages/news-comment.ts';
import { type NewsLedger, partMark } from '../messages/news-ledger.ts';
import { receiversById } from '../messages/news-receivers.ts';
import type { Handbook } from '../model.ts';
import { DAY } from '../time/date.ts';
import type { Instant } from '../timeline.ts';
import { firstDeliveries, type NewsSince } from './deliver-news.ts';
import { textsAt } from './judge.ts';
import type { RecordedNews } from './news-book.ts';
import { comparedRange, type NewsRange, newsTexts } from './news-range.ts';
import type { NewsSender } from './news-sender.ts';
import { isSound, type ToldNews } from './told-news.ts';

/** So long a missing comment is still written. */
const COMPLETED = 2 * DAY;

/** A range that is told, on a pull request, as it is compared at an instant. */
interface Telling {
  readonly range: NewsRange;
  readonly at: Instant;
  readonly pull: number;
  /** The pull request did not bring the changes; nothing else did. */
  readonly isDirect: boolean;
}

/** Where comments are written, and what their records are to have. */
interface WriterAccess {
  readonly comments: NewsComments;
  readonly root: string;
  readonly handbook: string;
  readonly senders: readonly NewsSender[];
  readonly info: (line: string) => void;
}

export class NewsWriter {
  readonly #access: WriterAccess;

  constructor(access: WriterAccess) {
    this.#access = access;
  }

  /** Writes the comments about a range that are not among those told; returns them. */
  async write(
    { range, at, pull, isDirect }: Telling,
    { before, texts }: NewsSince,
    told: readonly ToldNews[],
    head: Handbook,
  ): Promise<readonly RecordedNews[]> {
    const { comments, root, handbook, senders, info } = this.#access;
    const deliveries = firstDeliveries({ senders, head, info }, { before, texts });
    const whole: NewsLedger = { handbook, ...range, at, part: 1, parts: 1, deliveries };
    const view = { news: texts.comment, handbook: before, head, ledger: whole, isDirect };
    const passedOver = new Set(told.filter((it) => !isSound(it)).map(({ id }) => id));
    const added: RecordedNews[] = [];
    for (const { ledger, body } of newsComments(view, receiverNames(root, range.from, head))) {
      const mark = partMark(ledger);
      if (told.some((it) => isSound(it) && it.pull === pull && it.body.startsWith(mark))) continue;
      const written = await comments.create(pull, { mark, body }, passedOver);
      if (written === undefined) {
        info(`another run tells the same on number ${pull}`);
        return added;
      }
      added.push({ ...written, pull, ledger });
    }
    return added;
  }

  /** Writes the comments of the last range that are missing because a run ended between them. */
  async complete(told: readonly ToldNews[], head: Handbook, now: Instant): Promise<readonly RecordedNews[]> {
    const [last] = told;
    if (last?.ledger === undefined || last.ledger.parts === 1) return [];
    const { pull, ledger } = last;
    const { from, to, at, parts } = ledger;
    const own = told.filter((it) => it.pull === pull && (it.ledger === undefined || it.ledger.from === from));
    // Later, the first of them may not be among those that were looked at.
    if (own.length >= parts || at < now - COMPLETED) return [];
    const against = comparedRange(this.#access.root, { from, to }, at);
    if (against === undefined) return [];
    const telling = { range: { from, to }, at, pull, isDirect: false };
    return this.write(telling, { before: against.handbook, texts: newsTexts(against, at) }, told, head);
  }
}

/** Whom records are about: the people and teams of now, and of a commit. */
export function receiverNames(root: string, commit: string, head: Handbook): ReceiverName {
  const names = receiversById([load(textsAt(root, commit)).handbook, head]);
  return (id) => names.get(id) ?? 'somebody';
}
