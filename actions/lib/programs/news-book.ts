/** A comment with its record while that changes: each change is written to the comment before anything else happens. */
import type { NewsComments } from '../github/news-comments.ts';
import { type ReceiverName, withLedger } from '../messages/news-comment.ts';
import {
  type Delivery,
  type DeliveryState,
  deliveryKey,
  type NewsLedger,
  type SentWay,
  withState,
} from '../messages/news-ledger.ts';

/** A comment with a record. */
export interface RecordedNews {
  readonly id: number;
  /** The pull request that it is on. */
  readonly pull: number;
  readonly body: string;
  readonly ledger: NewsLedger;
}

export class NewsBook {
  readonly pull: number;
  readonly #comments: NewsComments;
  readonly #nameOf: ReceiverName;
  readonly #id: number;
  #body: string;
  #ledger: NewsLedger;
  #states: ReadonlyMap<string, DeliveryState>;

  constructor(
    { id, pull, body, ledger }: RecordedNews,
    { comments, nameOf }: { readonly comments: NewsComments; readonly nameOf: ReceiverName },
  ) {
    this.pull = pull;
    this.#comments = comments;
    this.#nameOf = nameOf;
    this.#id = id;
    this.#body = body;
    this.#ledger = ledger;
    this.#states = statesIn(ledger);
  }

  get ledger(): NewsLedger {
    return this.#ledger;
  }

  in(state: DeliveryState): readonly Delivery[] {
    return this.#ledger.deliveries.filter((it) => it.state === state);
  }

  /** What became of the message to a receiver; undefined if there is none. */
  stateOf(delivery: Pick<Delivery, 'id' | 'way'>): DeliveryState | undefined {
    return this.#states.get(deliveryKey(delivery));
  }

  /** "the message to amara-osei by Slack". */
  nameOf({ id, way }: Delivery): string {
    return `the message to ${this.#nameOf(id)} by ${WAY_TEXTS[way]}`;
  }

  async record(states: ReadonlyMap<DeliveryState, readonly Delivery[]>): Promise<void> {
    const isNew = ([state, all]: readonly [DeliveryState, readonly Delivery[]]) =>
      all.some((it) => this.stateOf(it) !== state);
    if (![...states].some(isNew)) return;
    let ledger = this.#ledger;
    for (const [state, deliveries] of states) ledger = withState(ledger, deliveries, state);
    const body = withLedger(this.#body, ledger, this.#nameOf);
    await this.#comments.update(this.#id, body);
    this.#ledger = ledger;
    this.#states = statesIn(ledger);
    this.#body = body;
  }
}

const statesIn = ({ deliveries }: NewsLedger): ReadonlyMap<string, DeliveryState> =>
  new Map(deliveries.map((it) => [deliveryKey(it), it.state]));

export const WAY_TEXTS: Readonly<Record<SentWay, string>> = { slack: 'Slack', email: 'mail' };
