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
  /** The logins behind at most a hundred edits; undefined for an account that was deleted. */
  readonly editors: readonly (string | undefined)[];
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

/** The fields of an issue or a comment that `historyIn` reads. */
export const HISTORY_FIELDS =
  'id lastEditedAt userContentEdits(first: 100) { totalCount nodes { editor { __typename login } } }';

const QUERY = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Comment { ${HISTORY_FIELDS} } } }`;

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
    readonly nodes: readonly ({ readonly editor: Actor | null } | null)[];
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
    for (const node of nodes) if (node?.id !== undefined) found.set(node.id, historyIn(node));
  }
  return found;
}

/** The edit history in an answer. */
export function historyIn({ lastEditedAt, userContentEdits }: EditedNode): EditHistory {
  const edits = (userContentEdits?.nodes ?? []).flatMap((it) => it ?? []);
  return {
    editors: edits.map(({ editor }) => (editor === null ? undefined : loginOf(editor))),
    lastEditedAt: lastEditedAt === null ? undefined : Date.parse(lastEditedAt),
    isComplete: userContentEdits?.totalCount === edits.length,
  };
}

/** The login as the REST API writes it, where that of an app ends in `[bot]`. */
export const loginOf = ({ __typename, login }: Actor): string =>
  __typename === 'Bot' ? `${login}[bot]` : login;
