/**
 * The record of what was told, in the first two lines of each of our comments: which range of commits, as of when, and
 * what became of the messages that go out by Slack or by mail to those of whom the comment is. What is about to be sent
 * is written down first, so that no message is sent twice, whenever a run ends. Pure.
 */
import type { MessageWay } from '../model.ts';
import { digestOf } from '../text/digest.ts';
import { instantText } from '../time/format.ts';
import { instantOfText } from '../time/zone.ts';
import type { Instant } from '../timeline.ts';

/** A way on which messages are sent one by one; GitHub mails its own comment. */
export type SentWay = Exclude<MessageWay, 'github'>;

/**
 * What became of a message. One that was about to be sent when a run ended may have been sent, so it is `unsure` from
 * then on; `refused` is one that the service will not take; `joined` one that a later message to the same receiver
 * has with it; `dropped` one whose change is no more, or that waited too long.
 */
export const DELIVERY_STATES = [
  'waiting',
  'sending',
  'sent',
  'unsure',
  'refused',
  'joined',
  'dropped',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export interface Delivery {
  /** The digest of its receiver, `receiverId`. */
  readonly id: string;
  readonly way: SentWay;
  readonly state: DeliveryState;
}

export interface NewsLedger {
  /** Of which handbook it is, where a repository has several; empty for the one at its top. */
  readonly handbook: string;
  /** The commits between which the handbook changed. */
  readonly from: string;
  readonly to: string;
  /** When the changes were compared: the same messages come of the same comparison. */
  readonly at: Instant;
  /** Which of how many comments it is that tell the range; the first is 1. */
  readonly part: number;
  readonly parts: number;
  readonly deliveries: readonly Delivery[];
}

/** What records call the handbook in a folder of the repository. */
export const handbookId = (folder: string): string => (folder === '.' ? '' : digestOf(['folder', folder]));

/** How a comment with news of a handbook begins. */
export const newsMark = (handbook: string): string =>
  `<!-- rota-as-code: news ${handbook === '' ? '' : `of ${handbook} `}since `;

/** How the comment begins that is a part of the news since a commit; there is one of them. */
export const partMark = ({ handbook, from, part }: Pick<NewsLedger, 'handbook' | 'from' | 'part'>): string =>
  `${newsMark(handbook)}${from}, part ${part} of `;

/** Both lines of a record. */
export const ledgerLines = (ledger: NewsLedger): string =>
  `${partMark(ledger)}${ledger.parts}, to ${ledger.to} at ${instantText(ledger.at)} -->\n` +
  `<!-- ${JSON.stringify(idsByState(ledger.deliveries))} -->`;

/** Ids are separated by spaces, so that those of a thousand people have room. */
type IdsByState = Readonly<Partial<Record<SentWay, Partial<Record<DeliveryState, string>>>>>;

export const SENT_WAYS: readonly SentWay[] = ['slack', 'email'];

const idsByState = (deliveries: readonly Delivery[]): IdsByState =>
  Object.fromEntries(
    SENT_WAYS.flatMap((way) => {
      const own = deliveries.filter((it) => it.way === way);
      const states = DELIVERY_STATES.flatMap((state) => {
        const ids = own.filter((it) => it.state === state).map(({ id }) => id);
        return ids.length === 0 ? [] : [[state, ids.join(' ')] as const];
      });
      return own.length === 0 ? [] : [[way, Object.fromEntries(states)] as const];
    }),
  );

const RECORD =
  /^<!-- rota-as-code: news (?:of (\w{16}) )?since (\w{40,64}), part (\d+) of (\d+), to (\w{40,64}) at (\S+) -->\n/;
/** The line behind it, with what became of each message. */
const STATES = /^<!-- (\{[^<>\n]*\}) -->(?:\n|$)/;

/** The record in a comment; undefined if it has none, or one that cannot be read. */
export function readLedger(body: string): NewsLedger | undefined {
  const [line = '', handbook = '', from = '', part = '', parts = '', to = '', time = ''] =
    RECORD.exec(body) ?? [];
  const [, json = ''] = STATES.exec(body.slice(line.length)) ?? [];
  const at = instantOfText(time);
  const states = at === undefined ? undefined : parsed(json);
  if (at === undefined || states === undefined) return undefined;
  const deliveries = SENT_WAYS.flatMap((way) =>
    DELIVERY_STATES.flatMap((state) =>
      (states[way]?.[state]?.split(' ') ?? []).map((id): Delivery => ({ id, way, state })),
    ),
  );
  return { handbook, from, to, at, part: Number(part), parts: Number(parts), deliveries };
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
        (ids) => typeof ids === 'string' && ids.split(' ').every((id) => /^[0-9a-f]{16}$/.test(id)),
      ),
  );

/** The record with another state of some deliveries. */
export function withState(
  ledger: NewsLedger,
  changed: readonly Pick<Delivery, 'id' | 'way'>[],
  state: DeliveryState,
): NewsLedger {
  const keys = new Set(changed.map(deliveryKey));
  const deliveries = ledger.deliveries.map((it) => (keys.has(deliveryKey(it)) ? { ...it, state } : it));
  return { ...ledger, deliveries };
}

/** A text that only one delivery of a record has. */
export const deliveryKey = ({ id, way }: Pick<Delivery, 'id' | 'way'>): string => `${way} ${id}`;
