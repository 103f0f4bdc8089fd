/**
 * Reads issues with their timelines through GitHub's GraphQL API: fifty of them in one request, whose answer has what
 * happened to each, by whom and when, and which comments were edited. Lists go from cursor to cursor, so that an issue
 * which is closed or deleted between two pages hides no other.
 *
 * Nothing is kept between runs, and no timeline is left unread because it did not change. A clock depends on all
 * events of a ticket, so that one that is not read would have to be stored, and what is stored can be wrong; and the
 * queue of every run shows all tickets. This API has no conditional requests, and it would save little: two thousand
 * open tickets take 61 requests, 21 for the list and 40 for the timelines. Each costs one point (a hundred
 * connections at most, of which GitHub counts a hundred as one) of the thousand that the token of a workflow has in
 * an hour, so six runs an hour take 366. A run reads each ticket again to which it writes, 60 at most: 726 an hour
 * if there is always that much to write, which leaves some 270 for the runs of events, of one each. Many more open
 * tickets need a rarer schedule.
 */
import type { ListedIssue, TicketIssue, TimelineItem } from '../ticketing/ticket-issue.ts';
import type { Instant } from '../timeline.ts';
import type { Connection } from './connection.ts';
import { type Actor, loginOf } from './edits.ts';
import { isForbidden, rateLimitSeconds } from './failures.ts';
import { errorText } from './log.ts';
import { queried } from './query.ts';

/** Issues that were asked for, and those that could not be read, with the reason. */
export interface TicketReading {
  readonly issues: readonly TicketIssue[];
  readonly missing: readonly MissingIssue[];
}

/** Undefined for the part of a list of which not even the numbers are known. */
interface MissingIssue {
  readonly number: number | undefined;
  readonly why: string;
}

/** GitHub computes the answer within ten seconds or not at all; a query that fails is divided. */
const MOST_ISSUES = 50;

const ITEMS = '[LABELED_EVENT, UNLABELED_EVENT, CLOSED_EVENT, REOPENED_EVENT, ISSUE_COMMENT]';
const ACTOR = '{ __typename login }';

const TIMELINE = (after: string) => `timelineItems(first: 100, itemTypes: ${ITEMS}${after}) {
  pageInfo { hasNextPage endCursor }
  nodes {
    __typename
    ... on LabeledEvent { createdAt actor ${ACTOR} label { name } }
    ... on UnlabeledEvent { createdAt actor ${ACTOR} label { name } }
    ... on ClosedEvent { createdAt actor ${ACTOR} }
    ... on ReopenedEvent { createdAt actor ${ACTOR} }
    ... on IssueComment { createdAt author ${ACTOR} body fullDatabaseId lastEditedAt includesCreatedEdit }
  }
}`;

const LABELS = 'labels(first: 100) { nodes { name } }';
const ISSUE = `fragment Ticket on Issue {
  number url title body state locked createdAt author ${ACTOR} ${LABELS} ${TIMELINE('')}
}`;

interface LabelNodes {
  readonly nodes: readonly ({ readonly name: string } | null)[] | null;
}
interface PageInfo {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}
interface ItemNode {
  readonly __typename: string;
  readonly createdAt: string;
  readonly actor?: Actor | null;
  readonly author?: Actor | null;
  readonly label?: { readonly name: string };
  readonly body?: string;
  readonly fullDatabaseId?: string | number;
  readonly lastEditedAt?: string | null;
  readonly includesCreatedEdit?: boolean;
}
interface ItemPage {
  readonly pageInfo: PageInfo;
  readonly nodes: readonly (ItemNode | null)[] | null;
}
interface IssueNode {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly state: string;
  readonly locked: boolean;
  readonly createdAt: string;
  readonly author: Actor | null;
  readonly labels: LabelNodes | null;
  readonly timelineItems: ItemPage;
}
type Listed = Pick<IssueNode, 'number' | 'body' | 'labels'>;
interface ListPage {
  readonly pageInfo: PageInfo;
  readonly nodes: readonly (Listed | null)[] | null;
}

const labelsOf = (labels: LabelNodes | null): readonly string[] =>
  (labels?.nodes ?? []).flatMap((it) => it?.name ?? []);

/** The issues of one repository that may be tickets. */
export class TicketIssues {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** All open issues, oldest first; when a page fails, those before it, and why there are no more. */
  listOpen(): Promise<Listing> {
    return this.#list('states: [OPEN]');
  }

  /** The closed issues with a label that changed since an instant. */
  listClosed(label: string, since: Instant): Promise<Listing> {
    const filter = `filterBy: {since: "${new Date(since).toISOString()}"}`;
    return this.#list(`states: [CLOSED], labels: [${JSON.stringify(label)}], ${filter}`);
  }

  async #list(choice: string): Promise<Listing> {
    const query = `query ($owner: String!, $name: String!, $after: String) {
      repository(owner: $owner, name: $name) {
        issues(first: 100, after: $after, ${choice}, orderBy: {field: CREATED_AT, direction: ASC}) {
          pageInfo { hasNextPage endCursor }
          nodes { number body ${LABELS} }
        }
      }
    }`;
    const issues: ListedIssue[] = [];
    let after: string | null = null;
    do {
      try {
        const page: ListPage = await this.#page(query, after);
        issues.push(...(page.nodes ?? []).flatMap((it) => (it === null ? [] : listedOf(it))));
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } catch (error) {
        if (issues.length === 0) throw refusalOf(error);
        return { issues, missing: [{ number: undefined, why: errorText(error) }] };
      }
    } while (after !== null);
    return { issues, missing: [] };
  }

  async #page(query: string, after: string | null): Promise<ListPage> {
    const { repository } = await queried<{ readonly repository: { readonly issues: ListPage } | null }>(
      this.#connection,
      query,
      this.#about(after),
    );
    if (repository === null) throw new Error('GitHub does not show the issues of this repository');
    return repository.issues;
  }

  #about(after?: string | null) {
    const { owner, repo } = this.#connection.at;
    return { owner, name: repo, ...(after === undefined ? {} : { after }) };
  }

  /** One issue; undefined if there is none, or no more. */
  async get(number: number): Promise<TicketIssue | undefined> {
    try {
      const [found] = await this.#query([number]);
      return found;
    } catch (error) {
      throw refusalOf(error);
    }
  }

  /** These issues, in this order; without those that do not exist any more. */
  async read(numbers: readonly number[]): Promise<TicketReading> {
    const issues: TicketIssue[] = [];
    const missing: MissingIssue[] = [];
    const parts: (readonly number[])[] = [];
    for (let i = 0; i < numbers.length; i += MOST_ISSUES) parts.push(numbers.slice(i, i + MOST_ISSUES));
    for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
      try {
        issues.push(...(await this.#query(part)));
      } catch (error) {
        if (isRefused(error)) throw refusalOf(error);
        const middle = Math.ceil(part.length / 2);
        if (!isRateLimit(error) && part.length > 1) parts.unshift(part.slice(0, middle), part.slice(middle));
        else {
          // At a rate limit, whatever else is asked for fails too.
          const rest = isRateLimit(error) ? [part, ...parts.splice(0)].flat() : part;
          missing.push(...rest.map((number) => ({ number, why: errorText(error) })));
        }
      }
    }
    return { issues, missing };
  }

  async #query(numbers: readonly number[]): Promise<readonly TicketIssue[]> {
    const parts = numbers.map((number) => `i${number}: issue(number: ${number}) { ...Ticket }`);
    const query = `query ($owner: String!, $name: String!) {
      repository(owner: $owner, name: $name) { ${parts.join('\n')} }
    }
    ${ISSUE}`;
    const { repository } = await queried<{
      readonly repository: Readonly<Record<string, IssueNode | null>> | null;
    }>(this.#connection, query, this.#about());
    const found: TicketIssue[] = [];
    for (const number of numbers) {
      const node = repository?.[`i${number}`];
      if (node === null || node === undefined) continue;
      found.push(issueOf(node, [...itemsOf(node.timelineItems), ...(await this.#furtherItems(node))]));
    }
    return found;
  }

  /** What follows the first hundred items of a timeline. */
  async #furtherItems({ number, timelineItems }: IssueNode): Promise<readonly TimelineItem[]> {
    const query = `query ($owner: String!, $name: String!, $after: String) {
      repository(owner: $owner, name: $name) { issue(number: ${number}) { ${TIMELINE(', after: $after')} } }
    }`;
    const items: TimelineItem[] = [];
    let { pageInfo } = timelineItems;
    while (pageInfo.hasNextPage && pageInfo.endCursor !== null) {
      const { repository } = await queried<{
        readonly repository: { readonly issue: { readonly timelineItems: ItemPage } | null } | null;
      }>(this.#connection, query, this.#about(pageInfo.endCursor));
      const page: ItemPage | undefined = repository?.issue?.timelineItems;
      if (page === undefined) break;
      items.push(...itemsOf(page));
      ({ pageInfo } = page);
    }
    return items;
  }
}

/** Issues of a list, and the part of it that could not be read. */
export interface Listing {
  readonly issues: readonly ListedIssue[];
  readonly missing: readonly MissingIssue[];
}

const listedOf = ({ number, body, labels }: Listed): ListedIssue => ({
  number,
  body,
  labels: labelsOf(labels),
});

const issueOf = (node: IssueNode, timeline: readonly TimelineItem[]): TicketIssue => ({
  ...{ number: node.number, url: node.url, title: node.title, body: node.body },
  author: node.author === null ? '' : loginOf(node.author),
  isOpen: node.state === 'OPEN',
  isLocked: node.locked,
  createdAt: Date.parse(node.createdAt),
  labels: labelsOf(node.labels),
  timeline,
});

const itemsOf = ({ nodes }: ItemPage): readonly TimelineItem[] =>
  (nodes ?? []).flatMap((it) => (it === null ? [] : itemOf(it)));

function itemOf(node: ItemNode): readonly TimelineItem[] {
  const actor = node.actor ?? node.author ?? null;
  const common = { at: Date.parse(node.createdAt), by: actor === null ? undefined : loginOf(actor) };
  switch (node.__typename) {
    case 'LabeledEvent':
      return [{ ...common, kind: 'labelled', label: node.label?.name ?? '' }];
    case 'UnlabeledEvent':
      return [{ ...common, kind: 'unlabelled', label: node.label?.name ?? '' }];
    case 'ClosedEvent':
      return [{ ...common, kind: 'closed' }];
    case 'ReopenedEvent':
      return [{ ...common, kind: 'reopened' }];
    case 'IssueComment': {
      const { fullDatabaseId, body = '', lastEditedAt, includesCreatedEdit } = node;
      const isEdited = (lastEditedAt ?? null) !== null || includesCreatedEdit === true;
      const isBot = actor?.__typename === 'Bot';
      return [{ ...common, kind: 'comment', id: Number(fullDatabaseId), isBot, body, isEdited }];
    }
    default:
      return [];
  }
}

/** Whether an error, or the one that caused it, is a rate limit: whatever is asked next fails, too. */
export const isRateLimit = (error: unknown): boolean =>
  (error instanceof Error && error.cause !== undefined && isRateLimit(error.cause)) ||
  rateLimitSeconds(error) !== undefined ||
  hasType(error, ['RATE_LIMITED', 'RATE_LIMIT']);

/** Whether the token lacks a permission, which this API answers with the status 200. */
const isRefused = (error: unknown): boolean => isForbidden(error) || hasType(error, ['FORBIDDEN']);

/** Whether an answer has an error of one of these types. */
const hasType = (error: unknown, types: readonly string[]): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'errors' in error &&
  Array.isArray(error.errors) &&
  error.errors.some((it) => types.includes(it?.type));

/** The error of a reading of which nothing is known, with what to do about it. */
function refusalOf(error: unknown): Error {
  const why = isRefused(error)
    ? 'the token may not read issues; give the job the permission "issues: write"'
    : 'GitHub did not answer, so the tickets wait for the next run';
  return new Error(`${why}: ${errorText(error)}`, { cause: error });
}
