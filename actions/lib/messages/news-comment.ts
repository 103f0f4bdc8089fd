/**
 * The comments on a merged pull request: whose support time it changes, with a mention of everybody who is told, so
 * that GitHub mails them; what became of the messages on other ways; and the record of both. Pure.
 */
import type { Handbook } from '../model.ts';
import { forMarkdown } from '../text/escape.ts';
import type { News, NewsSection } from './news.ts';
import {
  type Delivery,
  type DeliveryState,
  ledgerLines,
  type NewsLedger,
  SENT_WAYS,
  type SentWay,
} from './news-ledger.ts';
import { personIn, receiverName } from './news-receivers.ts';

/** What comments are about; their record has all deliveries. */
export interface NewsView {
  /** The news with names in Markdown. */
  readonly news: readonly News[];
  /** The handbooks before and after: whoever is gone is still mentioned. */
  readonly handbook: Handbook;
  readonly head: Handbook;
  readonly ledger: NewsLedger;
  /** The pull request that the comment is on did not bring the changes; nothing else did. */
  readonly isDirect: boolean;
}

/**
 * GitHub allows 65,536 characters in a comment: so many are for the texts, and for texts, mentions and the record. The
 * rest is for notes about deliveries.
 */
const [MOST_TEXT, MOST_TOTAL] = [28_000, 52_000];

/** The room that the record needs for one receiver: an id for each way. */
const RECORD_LENGTH = 40;

/** The last part of a comment, which each run brings up to date. */
const DELIVERIES = '<!-- deliveries -->';

/** The name of a receiver by the id that records have of them. */
export type ReceiverName = (id: string) => string;

/** A comment to be written: its record, and its whole text. */
export interface NewsPart {
  readonly ledger: NewsLedger;
  readonly body: string;
}

/** The comments that tell news: one, and further ones where not everybody has room in it to be mentioned. */
export function newsComments(view: NewsView, nameOf: ReceiverName): readonly NewsPart[] {
  const { ledger, isDirect } = view;
  const direct = `These changes came with no pull request, up to commit ${ledger.to.slice(0, 10)}.`;
  const heads = [
    ['### Whose support time changes', ...(isDirect ? [direct] : [])].join('\n\n'),
    '### Whose support time changes, too',
  ];
  const pages = pagesOf(receiverTexts(view));
  return pages.map(({ told, mentioned }, i) => {
    const receivers = new Set([...told, ...mentioned].map(({ receiver }) => receiver));
    const deliveries = ledger.deliveries.filter(({ id }) => receivers.has(id));
    const own = { ...ledger, part: i + 1, parts: pages.length, deliveries };
    const mentions = mentioned.map(({ short }) => short).filter(Boolean);
    const also = mentions.length === 0 ? [] : [`Also: ${mentions.join(', ')}`];
    const text = [heads[Math.min(i, 1)], ...told.map(({ full }) => full).filter(Boolean), ...also].join(
      '\n\n',
    );
    return { ledger: own, body: withLedger(text, own, nameOf) };
  });
}

/** A comment with another state of its deliveries, all else as it is. */
export function withLedger(body: string, ledger: NewsLedger, nameOf: ReceiverName): string {
  const [text = ''] = body.replace(/^(?:<!-- .* -->\n)*\n*/, '').split(`\n\n${DELIVERIES}`);
  const notes = SENT_WAYS.flatMap((way) => wayNote(ledger, way, nameOf));
  return [ledgerLines(ledger), text, ...(notes.length > 0 ? [DELIVERIES, notes.join('\n')] : [])].join(
    '\n\n',
  );
}

/** What a comment can say about one receiver; both are empty for one who is told elsewhere only. */
interface ReceiverText {
  readonly receiver: string;
  readonly full: string;
  /** Their mention alone. */
  readonly short: string;
}

/** Who is told and who is only mentioned in one comment. */
interface NewsPage {
  readonly told: readonly ReceiverText[];
  readonly mentioned: readonly ReceiverText[];
}

/** A text for each receiver as long as the first comment has room; then only mentions, on as many as it takes. */
function pagesOf(texts: readonly ReceiverText[]): readonly NewsPage[] {
  let length = 0;
  const fits = ({ full }: ReceiverText) => {
    const isFitting = length + full.length <= MOST_TEXT;
    if (isFitting) length += full.length;
    return isFitting;
  };
  const [told, left] = [[] as ReceiverText[], [] as ReceiverText[]];
  for (const it of texts) (fits(it) ? told : left).push(it);
  let total = length + told.length * RECORD_LENGTH;
  const mentioned: ReceiverText[][] = [[]];
  for (const it of left) {
    total += it.short.length + RECORD_LENGTH;
    if (total > MOST_TOTAL) {
      mentioned.push([]);
      total = it.short.length + RECORD_LENGTH;
    }
    mentioned.at(-1)?.push(it);
  }
  return mentioned.map((own, i) => ({ told: i === 0 ? told : [], mentioned: own }));
}

function receiverTexts(view: NewsView): readonly ReceiverText[] {
  const isShown = view.head.messages.to.includes('affected');
  const hasPeople = view.news.some(({ kind }) => kind !== 'team-channel');
  return view.news.map((it) => {
    const { receiver, kind } = it;
    if (kind === 'team-channel' && hasPeople) return { receiver, full: '', short: '' };
    const who = kind === 'team-channel' ? '' : mention(view, it.to);
    // What a lead is told of is there already, in the parts of those whose time it is.
    const full =
      isShown && kind !== 'affected' && kind !== 'team-channel'
        ? `${who}: ${about(view, it)}`
        : [who, ...it.sections.map(sectionText), it.closing ?? ''].filter(Boolean).join('\n\n');
    return { receiver, full, short: who };
  });
}

const sectionText = ({ title, items }: NewsSection): string =>
  [`${title}:`, ...items.map((it) => `- ${it}`)].join('\n');

const ROLES = { 'delivery-lead': 'delivery lead', 'team-lead': 'team lead' } as const;

function about(view: NewsView, { kind, about: people }: News): string {
  const role = kind === 'team-lead' ? ROLES['team-lead'] : ROLES['delivery-lead'];
  const names = people.slice(0, 10).map((id) => personName(view, id));
  const more = people.length - names.length;
  return `${role}; changes for ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const personName = (view: Pick<NewsView, 'handbook' | 'head'>, id: string): string =>
  forMarkdown(receiverName(view, id));

/** The mention of a person by the login that the handbook has, where GitHub is a way by which they are told. */
function mention(view: NewsView, id: string): string {
  const login = personIn(view, id)?.github;
  const isMentioned = view.head.messages.by.includes('github') && login !== undefined;
  // No other text of a login is one, so that nothing else comes alive.
  return isMentioned && /^[a-z0-9](?:[a-z0-9-]{0,38})$/i.test(login)
    ? `@${login} (${personName(view, id)})`
    : `**${personName(view, id)}**`;
}

function fitting(texts: readonly string[], most: number): string {
  const fit = texts.filter((_, i) => texts.slice(0, i + 1).join(', ').length <= most);
  const more = texts.length - fit.length;
  return `${fit.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const WAY_NAMES: Readonly<Record<SentWay, string>> = { slack: 'By Slack', email: 'By e-mail' };

const STATE_TEXTS: Readonly<Record<DeliveryState, string>> = {
  sent: 'sent',
  waiting: 'to be sent',
  sending: 'being sent',
  joined: 'sent with what changed later',
  dropped: 'not sent any more',
  refused: 'not taken by the service',
  unsure: '**may have been sent** and not repeated',
};

/** States whose receivers are named, because somebody should look after them. */
const NAMED: ReadonlySet<DeliveryState> = new Set(['refused', 'unsure']);

function wayNote({ deliveries }: NewsLedger, way: SentWay, nameOf: ReceiverName): readonly string[] {
  const own = Map.groupBy(
    deliveries.filter((it) => it.way === way),
    ({ state }) => state,
  );
  const parts = (Object.keys(STATE_TEXTS) as DeliveryState[]).flatMap((state) => {
    const all = own.get(state) ?? [];
    const names = NAMED.has(state) ? ` (${fitting(receiverNames(all, nameOf), 1000)})` : '';
    return all.length === 0 ? [] : [`${all.length} ${STATE_TEXTS[state]}${names}`];
  });
  return parts.length === 0 ? [] : [`${WAY_NAMES[way]}: ${parts.join('; ')}.`];
}

const receiverNames = (deliveries: readonly Delivery[], nameOf: ReceiverName): readonly string[] =>
  deliveries.map(({ id }) => forMarkdown(nameOf(id)));
