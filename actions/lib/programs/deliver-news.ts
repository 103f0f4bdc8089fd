/**
 * Sends what a comment with news records as waiting, by Slack and by mail. Before a message is sent the comment
 * says so; of a run that ends in between, the next one knows that it may have been sent, and does not repeat it.
 */
import type { NewsComments } from '../github/news-comments.ts';
import type { News } from '../messages/news.ts';
import { withLedger } from '../messages/news-comment.ts';
import {
  type Delivery,
  type DeliveryState,
  type NewsLedger,
  type SentWay,
  withState,
} from '../messages/news-ledger.ts';
import { personIn } from '../messages/news-receivers.ts';
import { quietUntil } from '../messages/quiet-hours.ts';
import type { Handbook } from '../model.ts';
import type { Instant } from '../timeline.ts';
import type { NewsTexts } from './news-range.ts';

/** What became of a message that was sent. `why` names no address. */
export type SendOutcome =
  | { readonly state: 'sent' }
  /** Certainly not taken; `later` for now, as at a rate limit, `refused` for good. */
  | { readonly state: 'later' | 'refused' | 'unsure'; readonly why: string };

/** One way of sending messages. */
export interface NewsSender {
  readonly way: SentWay;
  /** Where a message goes; undefined if the handbook does not say. */
  readonly addressOf: (news: News, before: Handbook, head: Handbook) => string | undefined;
  readonly send: (address: string, news: News, sending: Sending) => Promise<SendOutcome>;
}

/** What a message has besides its text. */
interface Sending {
  /** By which it is the same message if it should ever arrive twice. */
  readonly key: string;
  /** The address that mails are sent from. */
  readonly from: string | undefined;
  readonly at: Instant;
}

/** The deliveries of a record, and everything they are judged by. */
export interface DeliveryRun {
  readonly comments: NewsComments;
  readonly senders: readonly NewsSender[];
  readonly now: Instant;
  /** The handbook before the range, and the present one. */
  readonly before: Handbook;
  readonly head: Handbook;
  readonly texts: NewsTexts;
  /** Whether a message still has something to say, as its changes lie ahead and were not taken back. */
  readonly isCurrent: (news: News) => boolean;
  readonly info: (line: string) => void;
  /** Something that somebody should look at. */
  readonly trouble: (line: string) => void;
}

/** So many messages are written down and sent together: an edit of a comment each would meet GitHub's rate limit. */
const BATCH = 10;

/** The record of more has no room in a comment. */
const MOST_DELIVERIES = 1200;

/** The deliveries of news at the time when they are told: those for which a way and an address are known. */
export function firstDeliveries({
  senders,
  texts,
  before,
  head,
  info,
}: Pick<DeliveryRun, 'senders' | 'texts' | 'before' | 'head' | 'info'>): readonly Delivery[] {
  const asked = senders.filter(({ way }) => head.messages.by.includes(way));
  const all = asked.flatMap(({ way, addressOf }) =>
    texts[way].flatMap((news): Delivery[] => {
      if (addressOf(news, before, head) !== undefined) return [{ id: news.id, way, state: 'waiting' }];
      if (news.kind !== 'team-channel')
        info(`the handbook has no address of ${news.to} for ${WAY_TEXTS[way]}`);
      return [];
    }),
  );
  const more = all.length - MOST_DELIVERIES;
  if (more > 0) info(`${more} of ${all.length} messages are too many to be sent one by one`);
  return all.slice(0, MOST_DELIVERIES);
}

const WAY_TEXTS: Readonly<Record<SentWay, string>> = { slack: 'Slack', email: 'mail' };

/** A comment and its record. */
export interface RecordedNews {
  readonly id: number;
  readonly body: string;
  readonly ledger: NewsLedger;
}

/** Sends what waits, and returns the record as it is then. */
export async function deliver(run: DeliveryRun, recorded: RecordedNews): Promise<NewsLedger> {
  const book = new Book(run, recorded);
  const lost = book.in('sending');
  if (lost.length > 0) {
    await book.record(lost, 'unsure');
    for (const it of lost)
      run.trouble(`${book.nameOf(it)} may have been sent: a run ended at it. It is not repeated`);
  }
  const gone = book.in('waiting').filter((it) => !book.isCurrent(it));
  if (gone.length > 0) {
    await book.record(gone, 'dropped');
    for (const it of gone)
      run.info(`${book.nameOf(it)} is not sent any more: its change is no more, or it is too old`);
  }
  for (const sender of run.senders) await sendAll(run, book, sender);
  return book.ledger;
}

async function sendAll(run: DeliveryRun, book: Book, sender: NewsSender): Promise<void> {
  const due = book.in('waiting').filter((it) => it.way === sender.way && !isHeld(run, book.newsOf(it)));
  for (let i = 0; i < due.length; i += BATCH) {
    const batch = due.slice(i, i + BATCH);
    await book.record(batch, 'sending');
    const states = new Map<DeliveryState, Delivery[]>();
    let stopped: string | undefined;
    for (const it of batch) {
      const outcome = stopped === undefined ? await sendOne(run, book, sender, it) : later(stopped);
      if (outcome.state === 'later') stopped = outcome.why;
      const state = outcome.state === 'later' ? 'waiting' : outcome.state;
      states.set(state, [...(states.get(state) ?? []), it]);
      if (outcome.state === 'unsure' || outcome.state === 'refused')
        run.trouble(`${book.nameOf(it)} ${ENDS[outcome.state]}: ${outcome.why}`);
    }
    await book.recordAll(states);
    if (stopped !== undefined) {
      run.trouble(
        `no more is sent by ${WAY_TEXTS[sender.way]} in this run; the next one goes on: ${stopped}`,
      );
      return;
    }
  }
}

const ENDS = { unsure: 'may have been sent, and is not repeated', refused: 'was not taken' } as const;

const later = (why: string): SendOutcome => ({ state: 'later', why });

async function sendOne(run: DeliveryRun, book: Book, sender: NewsSender, it: Delivery): Promise<SendOutcome> {
  const news = book.newsOf(it);
  const address = news && sender.addressOf(news, run.before, run.head);
  if (news === undefined || address === undefined)
    return { state: 'refused', why: 'the handbook no longer says where it goes' };
  const key = `${news.id}-${book.ledger.to.slice(0, 12)}`;
  return sender.send(address, news, { key, from: run.head.messages.from, at: run.now });
}

/** Whether quiet hours hold a message back. They do not if its change begins before they end. */
function isHeld({ head, now }: DeliveryRun, news: News | undefined): boolean {
  if (news === undefined || news.kind === 'team-channel') return false;
  const untilAt = quietUntil(head.messages, news.zone, now);
  return untilAt !== undefined && news.startAt >= untilAt;
}

/** A record while it changes: each change is written to the comment before anything else happens. */
class Book {
  readonly #run: DeliveryRun;
  readonly #id: number;
  #body: string;
  #ledger: NewsLedger;

  constructor(run: DeliveryRun, { id, body, ledger }: RecordedNews) {
    this.#run = run;
    this.#id = id;
    this.#body = body;
    this.#ledger = ledger;
  }

  get ledger(): NewsLedger {
    return this.#ledger;
  }

  in(state: DeliveryState): readonly Delivery[] {
    return this.#ledger.deliveries.filter((it) => it.state === state);
  }

  newsOf({ id, way }: Delivery): News | undefined {
    return this.#run.texts[way].find((it) => it.id === id);
  }

  isCurrent(delivery: Delivery): boolean {
    const news = this.newsOf(delivery);
    return news !== undefined && this.#run.isCurrent(news);
  }

  /** "the message to amara-osei by Slack". */
  nameOf(delivery: Delivery): string {
    return `the message to ${this.newsOf(delivery)?.to ?? 'somebody'} by ${WAY_TEXTS[delivery.way]}`;
  }

  record(deliveries: readonly Delivery[], state: DeliveryState): Promise<void> {
    return this.recordAll(new Map([[state, deliveries]]));
  }

  async recordAll(states: ReadonlyMap<DeliveryState, readonly Delivery[]>): Promise<void> {
    for (const [state, deliveries] of states) this.#ledger = withState(this.#ledger, deliveries, state);
    const body = withLedger(this.#body, this.#ledger, this.#run.texts.comment);
    await this.#run.comments.update(this.#id, body);
    this.#body = body;
  }
}

/** Whether some change of a message is among the present news of its receiver. */
export const isStillNews = ({ kind, to, changes }: News, present: readonly News[]): boolean =>
  present.some((it) => it.kind === kind && it.to === to && it.changes.some((key) => changes.includes(key)));

/** The id of a person in Slack, or of a team's channel. */
export const slackAddress: NewsSender['addressOf'] = ({ kind, to }, handbook, head) =>
  kind === 'team-channel' ? head.teams.get(to)?.slack?.channel : personIn({ handbook, head }, to)?.slack;

/** The address of a person; a channel has none. */
export const mailAddress: NewsSender['addressOf'] = ({ kind, to }, handbook, head) =>
  kind === 'team-channel' ? undefined : personIn({ handbook, head }, to)?.email;
