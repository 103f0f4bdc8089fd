/** Reads several issues by their addresses, with our comments on them and who edited what, in one query. */
import type { AuthoredComment } from '../requests/approved-change.ts';
import type { RequestIssue } from '../requests/facts.ts';
import type { Instant } from '../timeline.ts';
import { WITH_ACCESS } from './access.ts';
import type { Connection } from './connection.ts';
import { type Actor, type EditedNode, editedBy, HISTORY_FIELDS, loginOf, wholeHistory } from './edits.ts';
import { queried } from './query.ts';

/** An issue and its first hundred comments. */
export interface IssueWithComments {
  readonly issue: Pick<RequestIssue, 'number' | 'url' | 'body' | 'createdAt' | 'lastEditedAt'>;
  readonly comments: readonly AuthoredComment[];
  /** Whether these are all of its comments. */
  readonly isWhole: boolean;
  /** Since when nobody can object to it any more; undefined while it is open. */
  readonly closedAt: Instant | undefined;
  /** When it was closed and reopened, lately, oldest first. */
  readonly turns: readonly { readonly at: Instant; readonly isClosing: boolean }[];
  /** When it was reopened, or moved here from another repository, lately: it keeps the time at which it was opened. */
  readonly offers: readonly Instant[];
}

/** Of a pull request with more requests than these, the others are not read. */
const MOST_ISSUES = 20;

/** How often at most an issue is closed or reopened after its merge without hiding what was before. */
export const MOST_EVENTS = 50;

const FIELDS = `{
  ${HISTORY_FIELDS} number url body createdAt closedAt
  timelineItems(last: ${MOST_EVENTS}, itemTypes: [CLOSED_EVENT, REOPENED_EVENT, TRANSFERRED_EVENT]) {
    nodes {
      __typename ... on ClosedEvent { createdAt } ... on ReopenedEvent { createdAt }
      ... on TransferredEvent { createdAt }
    }
  }
  comments(first: 100) {
    totalCount
    nodes { ${HISTORY_FIELDS} body createdAt updatedAt authorAssociation author { __typename login } }
  }
}`;

interface CommentNode extends EditedNode {
  readonly body: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly author: Actor | null;
  readonly authorAssociation: string;
}
interface EventNode {
  readonly __typename: string;
  readonly createdAt: string;
}
interface IssueNode extends EditedNode {
  readonly number: number;
  readonly url: string;
  readonly body: string;
  readonly createdAt: string;
  readonly closedAt: string | null;
  readonly timelineItems: { readonly nodes: readonly (EventNode | null)[] | null };
  readonly comments: { readonly totalCount: number; readonly nodes: readonly (CommentNode | null)[] };
}

/** The issues of this repository that have one of the addresses; anything else is left out. */
export async function issuesAt(
  connection: Connection,
  addresses: readonly string[],
): Promise<readonly IssueWithComments[]> {
  const { owner, repo } = connection.at;
  const numbers = [...new Set(addresses.flatMap((it) => numberIn(it, `${owner}/${repo}`) ?? []))];
  if (numbers.length === 0) return [];
  const parts = numbers
    .slice(0, MOST_ISSUES)
    .map((number) => `i${number}: issue(number: ${number}) ${FIELDS}`);
  const query = `query ($owner: String!, $name: String!) {
    repository(owner: $owner, name: $name) { ${parts.join('\n')} }
  }`;
  const { repository } = await queried<{
    readonly repository: Readonly<Record<string, IssueNode | null>> | null;
  }>(connection, query, { owner, name: repo });
  const wanted = new Set(addresses.map((it) => it.toLowerCase()));
  const nodes = Object.values(repository ?? {})
    .flatMap((it) => it ?? [])
    .filter(({ url }) => wanted.has(url.toLowerCase()));
  const found: IssueWithComments[] = [];
  for (const node of nodes) found.push(await issueOf(connection, node));
  return found;
}

/** The number in an address that ends in that of an issue of a repository. */
function numberIn(address: string, slug: string): number | undefined {
  const [, found, number] = /^https:\/\/[^/]+\/([^/]+\/[^/]+)\/issues\/([1-9]\d{0,8})$/.exec(address) ?? [];
  return found?.toLowerCase() === slug.toLowerCase() ? Number(number) : undefined;
}

async function issueOf(connection: Connection, node: IssueNode): Promise<IssueWithComments> {
  const comments: AuthoredComment[] = [];
  for (const it of node.comments.nodes) if (it !== null) comments.push(await commentOf(connection, it));
  const { number, url, body, createdAt, lastEditedAt, closedAt, timelineItems } = node;
  const events = (timelineItems.nodes ?? []).flatMap((it) => it ?? []);
  return {
    issue: {
      ...{ number, url, body, createdAt: Date.parse(createdAt) },
      lastEditedAt: lastEditedAt === null ? undefined : Date.parse(lastEditedAt),
    },
    comments,
    isWhole: node.comments.totalCount === comments.length,
    closedAt: closedAt === null ? undefined : Date.parse(closedAt),
    turns: events.flatMap(({ __typename: kind, createdAt: time }) =>
      kind === 'TransferredEvent' ? [] : [{ at: Date.parse(time), isClosing: kind === 'ClosedEvent' }],
    ),
    offers: events.flatMap(({ __typename: kind, createdAt: time }) =>
      kind === 'ClosedEvent' ? [] : [Date.parse(time)],
    ),
  };
}

async function commentOf(connection: Connection, node: CommentNode): Promise<AuthoredComment> {
  const author = node.author === null ? '' : loginOf(node.author);
  const history = await wholeHistory(connection, node);
  return {
    ...{ id: 0, nodeId: node.id, author, isBot: node.author?.__typename === 'Bot', body: node.body },
    createdAt: Date.parse(node.createdAt),
    updatedAt: Date.parse(node.updatedAt),
    hasAccess: WITH_ACCESS.includes(node.authorAssociation),
    writtenAt: [Date.parse(node.createdAt), ...history.editedAt],
    editedBy: editedBy(author, history),
  };
}
