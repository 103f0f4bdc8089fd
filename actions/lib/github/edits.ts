/**
 * Who edited an issue or a comment, and when. The REST API shows only the time of the last change, which an edit within
 * the second of the creation leaves as it was; the history is GraphQL's.
 */
import type { Instant } from '../timeline.ts';
import type { Connection } from './connection.ts';

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

/** As many nodes as GitHub looks up in one query. */
const MOST_NODES = 100;

const QUERY = `query ($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Comment {
      id
      lastEditedAt
      userContentEdits(first: 100) { totalCount nodes { editor { __typename login } } }
    }
  }
}`;

interface Edited {
  readonly id: string;
  readonly lastEditedAt: string | null;
  readonly userContentEdits: {
    readonly totalCount: number;
    readonly nodes: readonly ({
      readonly editor: { readonly __typename: string; readonly login: string } | null;
    } | null)[];
  } | null;
}

/** The edit histories of issues and comments, by their node ids; without those that do not exist. */
export async function editHistories(
  { octokit }: Connection,
  ids: readonly string[],
): Promise<ReadonlyMap<string, EditHistory>> {
  const found = new Map<string, EditHistory>();
  for (let i = 0; i < ids.length; i += MOST_NODES) {
    const part = ids.slice(i, i + MOST_NODES);
    const { nodes } = await octokit.graphql<{ readonly nodes: readonly (Edited | null)[] }>(QUERY, {
      ids: part,
    });
    for (const node of nodes) if (node?.id !== undefined) found.set(node.id, historyIn(node));
  }
  return found;
}

function historyIn({ lastEditedAt, userContentEdits }: Edited): EditHistory {
  const edits = (userContentEdits?.nodes ?? []).flatMap((it) => it ?? []);
  return {
    editors: edits.map(({ editor }) => (editor === null ? undefined : loginOf(editor))),
    lastEditedAt: lastEditedAt === null ? undefined : Date.parse(lastEditedAt),
    isComplete: userContentEdits?.totalCount === edits.length,
  };
}

/** The login as the REST API writes it, where that of an app ends in `[bot]`. */
const loginOf = ({ __typename, login }: { readonly __typename: string; readonly login: string }): string =>
  __typename === 'Bot' ? `${login}[bot]` : login;
