/**
 * Sends the news that the records in our comments have as waiting, by Slack and by mail. Whoever waits for several gets
 * one message, of everything that has changed since the first of them and is still ahead. Before a message is sent the
 * comment says so; of a run that ends in between, the next one knows that it may have been sent and does not repeat it.
 */
import type { News } from '../messages/news.ts';
import { type Delivery, type DeliveryState, SENT_WAYS, type SentWay } from '../messages/news-ledger.ts';
import { quietUntil } from '../messages/quiet-hours.ts';
import type { Handbook } from '../model.ts';
import { plural } from '../text/plural.ts';
import { DAY, MINUTE } from '../time/date.ts';
import type { Instant } from '../timeline.ts';
import { type NewsBook, WAY_TEXTS } from './news-book.ts';
import type { NewsTexts } from './news-range.ts';
import type { NewsSender, SendOutcome } from './news-sender.ts';

/** What has changed since a commit and lies ahead, with the handbook there. */
export interface NewsSince {
  readonly before: Handbook;
  readonly texts: NewsTexts;
}

/** Everything by which messages are sent. */
export interface DeliveryRun {
  readonly senders: readonly NewsSender[];
  /** When the run began, and the time as it goes on. */
  readonly now: Instant;
  readonly clock: () => Instant;
  readonly head: Handbook;
  /** The commit up to which everything is told. */
  readonly toldTo: string;
  readonly newsSince: (commit: string) => NewsSince;
  /** The address of a pull request. */
  readonly linkOf: (pull: number) => string;
  readonly info: (line: string) => void;
  /** Something that somebody should look at. */
  readonly trouble: (line: string) => void;
}

/** What waits longer is not sent any more. */
const LONGEST_WAIT = 2 * DAY;

/** Other parts of the run wait for the news; what is left then is sent by the next run. */
const LONGEST_RUN = 4 * MINUTE;

/** Messages that are written down and sent together; each edit of a comment counts towards GitHub's rate limit. */
const MOST_AT_ONCE = 10;

/** So few messages are written down one by one, so that at most one may have been sent. */
const MOST_EDITS = 30;

/** The deliveries of news at the time when they are told: those for which a way and an address are known. */
export function firstDeliveries(
  { senders, head, info }: Pick<DeliveryRun, 'senders' | 'head' | 'info'>,
  { texts, before }: NewsSince,
): readonly Delivery[] {
  const asked = senders.filter(({ way }) => head.messages.by.includes(way));
  return asked.flatMap(({ way, addressOf }) =>
    texts[way].flatMap((news): readonly Delivery[] => {
      if (addressOf(news, before, head) !== undefined) return [{ id: news.receiver, way, state: 'waiting' }];
      if (news.kind !== 'team-channel')
        info(`the handbook has no address of ${news.to} for ${WAY_TEXTS[way]}`);
      return [];
    }),
  );
}

/** Sends what waits in some records, oldest first. */
export async function deliver(run: DeliveryRun, books: readonly NewsBook[]): Promise<void> {
  for (const book of books) {
    const lost = book.in('sending');
    await book.record(new Map([['unsure', lost]]));
    for (const it of lost)
      run.trouble(`${book.nameOf(it)} may have been sent: a run ended at it. It is not repeated`);
  }
  await settle(books);
  for (const book of books) if (book.ledger.at <= run.now - LONGEST_WAIT) await giveUp(run, book);
  for (const way of SENT_WAYS) await deliverWay(run, books, way);
  await settle(books);
}

async function giveUp(run: DeliveryRun, book: NewsBook): Promise<void> {
  const old = book.in('waiting');
  await book.record(new Map([['dropped', old]]));
  for (const it of old)
    run.trouble(
      `${book.nameOf(it)} waited for ${LONGEST_WAIT / DAY} days and is not sent any more; tell them by hand`,
    );
}

/** Writes down of what waits in older records that a later message to the same receiver had it, or dropped it. */
async function settle(books: readonly NewsBook[]): Promise<void> {
  for (const [i, book] of books.entries()) {
    const newer = books.slice(i + 1);
    const ended = Map.groupBy(book.in('waiting'), (it): DeliveryState => {
      const state = newer.map((other) => other.stateOf(it)).findLast((found) => found !== undefined);
      return state === undefined || state === 'waiting' ? 'waiting' : state === 'dropped' ? state : 'joined';
    });
    await book.record(ended);
  }
}

/** A message that waits, in the newest record that has it, with the text that it has by now. */
interface Due {
  readonly book: NewsBook;
  readonly delivery: Delivery;
  readonly before: Handbook;
  /** Undefined if there is nothing to say any more. */
  readonly news: News | undefined;
}

async function deliverWay(run: DeliveryRun, books: readonly NewsBook[], way: SentWay): Promise<void> {
  const due = dueBy(run, books, way);
  for (const [book, own] of Map.groupBy(due, (it) => it.book)) {
    const gone = own.filter(({ news }) => news === undefined).map(({ delivery }) => delivery);
    await book.record(new Map([['dropped', gone]]));
    for (const it of gone)
      run.info(`${book.nameOf(it)} is not sent any more: its change is no more, or is over`);
  }
  const sender = run.senders.find((it) => it.way === way);
  if (sender === undefined) return;
  const ready = due.filter(({ news }) => news !== undefined && !isHeld(run, news));
  for (const [book, own] of Map.groupBy(ready, (it) => it.book))
    if (!(await sendAll(run, book, sender, own))) return;
}

function dueBy(run: DeliveryRun, books: readonly NewsBook[], way: SentWay): readonly Due[] {
  const newestFirst = books.toReversed();
  return books.flatMap((book) => {
    const others = newestFirst.filter((it) => it !== book);
    const [newer, older] = [
      others.slice(0, newestFirst.indexOf(book)),
      others.slice(newestFirst.indexOf(book)),
    ];
    return book.in('waiting').flatMap((delivery): readonly Due[] => {
      if (delivery.way !== way || newer.some((it) => it.stateOf(delivery) !== undefined)) return [];
      let { from } = book.ledger;
      for (const it of older) {
        const state = it.stateOf(delivery);
        if (state !== undefined && state !== 'waiting') break;
        if (state === 'waiting') from = it.ledger.from;
      }
      const { before, texts } = run.newsSince(from);
      const news = texts[way].find(({ receiver }) => receiver === delivery.id);
      return [{ book, delivery, before, news }];
    });
  });
}

/** Sends messages of one record; whether the next ones can be sent, too. */
async function sendAll(
  run: DeliveryRun,
  book: NewsBook,
  sender: NewsSender,
  due: readonly Due[],
): Promise<boolean> {
  const size = Math.min(MOST_AT_ONCE, Math.ceil(due.length / MOST_EDITS));
  let ended = new Map<DeliveryState, Delivery[]>();
  let stopped: string | undefined;
  let i = 0;
  for (; i < due.length && stopped === undefined && run.clock() < run.now + LONGEST_RUN; i += size) {
    const batch = due.slice(i, i + size);
    await book.record(new Map([...ended, ['sending', batch.map(({ delivery }) => delivery)]]));
    ended = new Map();
    for (const it of batch) {
      const outcome: SendOutcome = stopped === undefined ? await sendOne(run, sender, it) : LATER;
      if (outcome.state === 'stopped') stopped = outcome.why;
      const state = outcome.state === 'stopped' || outcome.state === 'later' ? 'waiting' : outcome.state;
      ended.set(state, [...(ended.get(state) ?? []), it.delivery]);
      say(run, book, it, outcome);
    }
  }
  await book.record(ended);
  const way = WAY_TEXTS[sender.way];
  if (stopped !== undefined)
    run.trouble(`no more is sent by ${way} in this run; the next one goes on: ${stopped}`);
  else if (i < due.length)
    run.info(
      `${plural(due.length - i, 'message')} by ${way} are left to the next run, so that others do not wait`,
    );
  return stopped === undefined && i >= due.length;
}

const LATER = { state: 'later', why: '' } as const;

function say(run: DeliveryRun, book: NewsBook, { delivery }: Due, outcome: SendOutcome): void {
  const name = book.nameOf(delivery);
  if (outcome.state === 'unsure')
    run.trouble(`${name} may have been sent, and is not repeated: ${outcome.why}`);
  if (outcome.state === 'refused') run.trouble(`${name} was not taken: ${outcome.why}`);
  if (outcome.state === 'later' && outcome !== LATER)
    run.info(`${name} waits for the next run: ${outcome.why}`);
}

async function sendOne(
  run: DeliveryRun,
  sender: NewsSender,
  { book, before, news }: Due,
): Promise<SendOutcome> {
  const address = news && sender.addressOf(news, before, run.head);
  if (news === undefined || address === undefined)
    return { state: 'refused', why: 'the handbook no longer says where it goes' };
  const key = `${news.id}-${run.toldTo.slice(0, 12)}`;
  const sending = { key, from: run.head.messages.from, at: run.now, link: run.linkOf(book.pull) };
  try {
    return await sender.send(address, news, sending);
  } catch {
    // The error may have the address.
    return { state: 'unsure', why: 'sending it ended with an error that nobody expected' };
  }
}

/** Whether quiet hours hold a message back. They do not if its change begins before they end. */
function isHeld({ head, now }: DeliveryRun, news: News): boolean {
  if (news.kind === 'team-channel') return false;
  const untilAt = quietUntil(head.messages, news.zone, now);
  return untilAt !== undefined && news.startAt >= untilAt;
}
