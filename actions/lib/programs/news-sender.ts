/** What each way of sending news offers, and what the handbook says about where they go. */
import type { News } from '../messages/news.ts';
import type { SentWay } from '../messages/news-ledger.ts';
import { personIn } from '../messages/news-receivers.ts';
import type { Handbook } from '../model.ts';
import type { Instant } from '../timeline.ts';

/** What became of a message that was sent. `why` names no address. */
export type SendOutcome =
  | { readonly state: 'sent' }
  /**
   * Certainly not taken: `later` for now; `stopped` for now, as any other would be, such as at a rate limit; `refused`
   * for good. `unsure` is one of which the answer was lost.
   */
  | { readonly state: 'later' | 'stopped' | 'refused' | 'unsure'; readonly why: string };

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
  /** The address of the pull request on which it can be answered. */
  readonly link: string;
}

/** The last line of a message. */
export const linkText = ({ link }: Pick<Sending, 'link'>): string =>
  `Where it was changed, and the place to object: ${link}`;

/** The id of a person in Slack, or of a team's channel. */
export const slackAddress: NewsSender['addressOf'] = ({ kind, to }, handbook, head) =>
  kind === 'team-channel' ? head.teams.get(to)?.slack?.channel : personIn({ handbook, head }, to)?.slack;

/** The address of a person; a channel has none. */
export const mailAddress: NewsSender['addressOf'] = ({ kind, to }, handbook, head) =>
  kind === 'team-channel' ? undefined : personIn({ handbook, head }, to)?.email;
