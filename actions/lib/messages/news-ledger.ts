/**
 * The record of what was told, in the first two lines of our comment: which range of commits, as of when, and what
 * became of each message that goes out by Slack or by mail. What is about to be sent is written down first, so that no
 * message is sent twice, whenever a run ends. Pure.
 */
import type { MessageWay } from '../model.ts';
import { instantText } from '../time/format.ts';
import { instantOfText } from '../time/zone.ts';
import type { Instant } from '../timeline.ts';

/** A way on which messages are sent one by one; GitHub mails its own comment. */
export type SentWay = Exclude<MessageWay, 'github'>;

/**
 * What became of a message. One that was about to be sent when a run ended may have been sent, so it is `unsure` from
 * then on; `refused` is one that the service will not take; `dropped` one whose change is no more, or
 * that waited too long.
 */
export const DELIVERY_STATES = ['waiting', 'sending', 'sent', 'unsure', 'refused', 'dropped'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export interface Delivery {
  /** The id of the message. */
  readonly id: string;
  readonly way: SentWay;
  readonly state: DeliveryState;
}

export interface NewsLedger {
  /** The commits between which the handbook changed. */
  readonly from: string;
  readonly to: string;
  /** When the changes were compared: the same messages come of the same comparison. */
  readonly at: Instant;
  readonly deliveries: readonly Delivery[];
}

/** How a comment with news begins. */
export const NEWS_MARK = '<!-- rota-as-code: news ';

/** The first line of a comment, which no other comment has. */
export const ledgerMark = ({ from, to, at }: NewsLedger): string =>
  `${NEWS_MARK}${from}..${to} at ${instantText(at)} -->`;

/** Both lines of a record. */
export const ledgerLines = (ledger: NewsLedger): string =>
  `${ledgerMark(ledger)}\n<!-- ${JSON.stringify(idsByState(ledger.deliveries))} -->`;

type IdsByState = Readonly<Partial<Record<SentWay, Partial<Record<DeliveryState, readonly string[]>>>>>;

const WAYS: readonly SentWay[] = ['slack', 'email'];

const idsByState = (deliveries: readonly Delivery[]): IdsByState =>
  Object.fromEntries(
    WAYS.flatMap((way) => {
      const own = deliveries.filter((it) => it.way === way);
      const states = DELIVERY_STATES.flatMap((state) => {
        const ids = own.filter((it) => it.state === state).map(({ id }) => id);
        return ids.length === 0 ? [] : [[state, ids] as const];
      });
      return own.length === 0 ? [] : [[way, Object.fromEntries(states)] as const];
    }),
  );

const RECORD =
  /^<!-- rota-as-code: news ([0-9a-f]{40,64})\.\.([0-9a-f]{40,64}) at (\S{10,30}) -->\n<!-- (\{[^<>\n]*\}) -->(?:\n|$)/;

/** The record in a comment; undefined if it has none, or one that cannot be read. */
export function readLedger(body: string): NewsLedger | undefined {
  const [, from = '', to = '', time = '', json = ''] = RECORD.exec(body) ?? [];
  const at = instantOfText(time);
  const states = at === undefined ? undefined : parsed(json);
  if (at === undefined || states === undefined) return undefined;
  const deliveries = WAYS.flatMap((way) =>
    DELIVERY_STATES.flatMap((state) =>
      (states[way]?.[state] ?? []).map((id): Delivery => ({ id, way, state })),
    ),
  );
  return { from, to, at, deliveries };
}

function parsed(json: string): IdsByState | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isIdsByState(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isIdsByState = (value: unknown): value is IdsByState =>
  isObject(value) &&
  Object.values(value).every(
    (states) =>
      isObject(states) &&
      Object.values(states).every(
        (ids) => Array.isArray(ids) && ids.every((id) => typeof id === 'string' && /^[0-9a-f]{16}$/.test(id)),
      ),
  );

/** The record with another state of some deliveries. */
export const withState = (
  ledger: NewsLedger,
  changed: readonly Pick<Delivery, 'id' | 'way'>[],
  state: DeliveryState,
): NewsLedger => ({
  ...ledger,
  deliveries: ledger.deliveries.map((it) =>
    changed.some(({ id, way }) => id === it.id && way === it.way) ? { ...it, state } : it,
  ),
});
