/**
 * The comment on a merged pull request: whose support time it changes, with a mention of everybody who is told, so that
 * GitHub mails them; what became of the messages on other ways; and the record of both. Pure.
 */
import type { Handbook } from '../model.ts';
import { forMarkdown } from '../text/escape.ts';
import type { News, NewsSection } from './news.ts';
import {
  type Delivery,
  type DeliveryState,
  ledgerLines,
  type NewsLedger,
  type SentWay,
} from './news-ledger.ts';

/** What a comment is about. */
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

/** GitHub allows 65,536 characters in a comment. */
const MOST_TEXT = 28_000;

const MOST_MENTIONS = 8000;

/** The last part of a comment, which each run brings up to date. */
const DELIVERIES = '<!-- deliveries -->';

/** The whole comment. */
export function newsComment(view: NewsView): string {
  const { ledger, isDirect, news } = view;
  const direct = `These changes came with no pull request, up to commit ${ledger.to.slice(0, 10)}.`;
  const people = news.filter(({ kind }) => kind !== 'team-channel');
  const shown = people.length > 0 ? people : news;
  const parts = ['### Whose support time changes', ...(isDirect ? [direct] : []), ...partsFor(view, shown)];
  return withLedger(parts.join('\n\n'), ledger, news);
}

/** A comment with another state of its deliveries, all else as it is. */
export function withLedger(body: string, ledger: NewsLedger, news: readonly News[]): string {
  const [text = ''] = body.replace(/^(?:<!-- .* -->\n)*\n*/, '').split(`\n\n${DELIVERIES}`);
  const notes = (['slack', 'email'] as const).flatMap((way) => wayNote(ledger, way, news));
  return [ledgerLines(ledger), text, ...(notes.length > 0 ? [DELIVERIES, notes.join('\n')] : [])].join(
    '\n\n',
  );
}

/** A part for each receiver as long as there is room, and then only their names. */
function partsFor(view: NewsView, news: readonly News[]): readonly string[] {
  const isShown = view.head.messages.to.includes('affected');
  const parts: string[] = [];
  const left: string[] = [];
  let length = 0;
  for (const it of news) {
    const who = it.kind === 'team-channel' ? '' : mention(view, it.to);
    // What a lead is told of is there already, in the parts of those whose time it is.
    const part =
      isShown && it.kind !== 'affected' && it.kind !== 'team-channel'
        ? `${who}: ${about(view, it)}`
        : [who, ...it.sections.map(sectionText), it.closing ?? ''].filter(Boolean).join('\n\n');
    length += part.length;
    if (length <= MOST_TEXT) parts.push(part);
    else left.push(who);
  }
  return left.length === 0 ? parts : [...parts, `Also: ${fitting(left, MOST_MENTIONS)}`];
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

const personOf = ({ handbook, head }: Pick<NewsView, 'handbook' | 'head'>, id: string) =>
  head.people.get(id) ?? handbook.people.get(id);

const personName = (view: Pick<NewsView, 'handbook' | 'head'>, id: string): string =>
  forMarkdown(personOf(view, id)?.name ?? id);

/** The mention of a person by the login that the handbook has, where GitHub is a way by which they are told. */
function mention(view: NewsView, id: string): string {
  const login = personOf(view, id)?.github;
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
  waiting: 'to be sent, at the latest after quiet hours',
  sending: 'being sent',
  dropped: 'not sent any more',
  refused: 'not taken by the service',
  unsure: '**may have been sent** and not repeated',
};

/** States whose receivers are named, because somebody should look after them. */
const NAMED: ReadonlySet<DeliveryState> = new Set(['refused', 'unsure']);

function wayNote({ deliveries }: NewsLedger, way: SentWay, news: readonly News[]): readonly string[] {
  const own = Map.groupBy(
    deliveries.filter((it) => it.way === way),
    ({ state }) => state,
  );
  const parts = (Object.keys(STATE_TEXTS) as DeliveryState[]).flatMap((state) => {
    const all = own.get(state) ?? [];
    const names = NAMED.has(state) ? ` (${fitting(receiverNames(all, news), 1000)})` : '';
    return all.length === 0 ? [] : [`${all.length} ${STATE_TEXTS[state]}${names}`];
  });
  return parts.length === 0 ? [] : [`${WAY_NAMES[way]}: ${parts.join('; ')}.`];
}

const receiverNames = (deliveries: readonly Delivery[], news: readonly News[]): readonly string[] =>
  deliveries.map(({ id }) => forMarkdown(news.find((it) => it.id === id)?.to ?? 'somebody'));
