/**
 * Who edited an issue or a comment, and when. The REST API shows only the time of the last change, which an edit within
 * the second of the creation leaves as it was; the history is GraphQL's.
 */
import type { EditedBy } from '../requests/facts.ts';
import type { Instant } from '../timeline.ts';
import type { Connection } from './connection.ts';
import { queried } from './query.ts';

/** The edits of one body. What was edited has its creation as an edit, too; what never was has none. */
export interface EditHistory {
  /** The logins behind the edits, newest first, as far as they were read; undefined for a deleted account. */
  readonly editors: readonly (string | undefined)[];
  /** When they were, in the same order. */
  readonly editedAt: readonly Instant[];
  /** Undefined if nobody edited it. */
  readonly lastEditedAt: Instant | undefined;
  /** Whether GitHub shows the history, and it has no more edits than those. */
  readonly isComplete: boolean;
}

/** Whether nobody edited a body since it was written. */
export const isUnedited = ({ editors, lastEditedAt, isComplete }: EditHistory): boolean =>
  isComplete && editors.length === 0 && lastEditedAt === undefined;

/** Whether nobody but one account edited a body. */
export const isEditedOnlyBy = ({ editors, isComplete }: EditHistory, login: string): boolean =>
  isComplete && editors.every((it) => it === login);

/** Who edited a body of an author. */
export const editedBy = (author: string, history: EditHistory | undefined): EditedBy => {
  if (history === undefined) return 'unknown';
  if (isUnedited(history)) return 'nobody';
  return isEditedOnlyBy(history, author) ? 'author' : 'others';
};

/** As many nodes as GitHub looks up in one query. */
const MOST_NODES = 100;

/** Our comment on a pull request that is open for years has more edits than one page, as every check edits it. */
const MOST_PAGES = 20;

const fieldsAfter = (after: string): string =>
  `id lastEditedAt userContentEdits(first: 100${after}) {
    totalCount pageInfo { hasNextPage endCursor } nodes { editedAt editor { __typename login } }
  }`;

/** The fields of an issue or a comment that `historyIn` reads. */
export const HISTORY_FIELDS = fieldsAfter('');

const QUERY = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Comment { ${HISTORY_FIELDS} } } }`;

const NEXT_PAGE = `query ($id: ID!, $after: String!) {
  node(id: $id) { ... on Comment { ${fieldsAfter(', after: $after')} } }
}`;

/** An account in an answer. */
export interface Actor {
  readonly __typename: string;
  readonly login: string;
}

/** The fields of `HISTORY_FIELDS` in an answer. */
export interface EditedNode {
  readonly id: string;
  readonly lastEditedAt: string | null;
  readonly userContentEdits: {
    readonly totalCount: number;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly nodes: readonly ({ readonly editedAt: string; readonly editor: Actor | null } | null)[];
  } | null;
}

/** The edit histories of issues and comments, by their node ids; without those that do not exist. */
export async function editHistories(
  connection: Connection,
  ids: readonly string[],
): Promise<ReadonlyMap<string, EditHistory>> {
  const found = new Map<string, EditHistory>();
  for (let i = 0; i < ids.length; i += MOST_NODES) {
    const part = ids.slice(i, i + MOST_NODES);
    const { nodes } = await queried<{ readonly nodes: readonly (EditedNode | null)[] }>(connection, QUERY, {
      ids: part,
    });
    for (const node of nodes)
      if (node?.id !== undefined) found.set(node.id, await wholeHistory(connection, node));
  }
  return found;
}

const WITH_TIP = `query ($id: ID!, $owner: String!, $repo: String!, $ref: String!) {
  node(id: $id) { ... on Comment { ${HISTORY_FIELDS} } }
  repository(owner: $owner, name: $repo) { ref(qualifiedName: $ref) { target { oid } } }
}`;

interface WithTip {
  readonly node: EditedNode | null;
  readonly repository: { readonly ref: { readonly target: { readonly oid: string } | null } | null } | null;
}

/** The edit history of a body, and the commit that a branch is at, in one request; undefined for what is not there. */
export async function historyAndTip(
  connection: Connection,
  id: string,
  branch: string,
): Promise<{ readonly history: EditHistory | undefined; readonly tip: string | undefined }> {
  const variables = { ...connection.at, id, ref: `refs/heads/${branch}` };
  const { node, repository } = await queried<WithTip>(connection, WITH_TIP, variables);
  const history = node?.id === undefined ? undefined : await wholeHistory(connection, node);
  return { history, tip: repository?.ref?.target?.oid };
}

/**
 * The edit history of an answer, with the pages that follow if all before are our edits: of what others edit, one page
 * is enough to know that it is not ours.
 */
export async function wholeHistory(connection: Connection, first: EditedNode): Promise<EditHistory> {
  let history = historyIn(first);
  let page = first.userContentEdits?.pageInfo;
  for (let pages = 1; pages < MOST_PAGES && page?.hasNextPage === true; pages++) {
    if (!history.editors.every((it) => it === connection.self)) break;
    const variables = { id: first.id, after: page.endCursor };
    const { node } = await queried<{ readonly node: EditedNode | null }>(connection, NEXT_PAGE, variables);
    const more = node === null ? undefined : historyIn(node);
    const editors = [...history.editors, ...(more?.editors ?? [])];
    const editedAt = [...history.editedAt, ...(more?.editedAt ?? [])];
    history = {
      ...history,
      editors,
      editedAt,
      isComplete: first.userContentEdits?.totalCount === editors.length,
    };
    page = node?.userContentEdits?.pageInfo;
  }
  return history;
}

/** The edit history in an answer, as far as that has it. */
function historyIn({ lastEditedAt, userContentEdits }: EditedNode): EditHistory {
  const edits = (userContentEdits?.nodes ?? []).flatMap((it) => it ?? []);
  return {
    editors: edits.map(({ editor }) => (editor === null ? undefined : loginOf(editor))),
    editedAt: edits.map((it) => Date.parse(it.editedAt)),
    lastEditedAt: lastEditedAt === null ? undefined : Date.parse(lastEditedAt),
    isComplete: userContentEdits?.totalCount === edits.length,
  };
}

/** The login as the REST API writes it, where that of an app ends in `[bot]`. */
export const loginOf = ({ __typename, login }: Actor): string =>
  __typename === 'Bot' ? `${login}[bot]` : login;
