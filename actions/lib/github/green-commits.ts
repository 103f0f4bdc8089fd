/** What statuses many commits have, in one query. */
import type { Connection } from './connection.ts';
import { type Actor, loginOf } from './edits.ts';
import { queried } from './query.ts';

/** As many commits as one query asks about. */
export const MOST_COMMITS = 100;

/** The fields of a commit in an answer. */
interface CommitNode {
  readonly status: { readonly contexts: readonly StatusNode[] } | null;
}

interface StatusNode {
  readonly context: string;
  readonly state: string;
  readonly creator: Actor | null;
}

const FIELDS = '... on Commit { status { contexts { context state creator { __typename login } } } }';

/**
 * Those commits that have a success of one of these contexts, or a status of somebody else's above ours, which may be
 * one; at most `MOST_COMMITS` are asked about. A commit that GitHub does not have any more is none of them.
 */
export async function maybeGreen(
  connection: Connection,
  commits: readonly string[],
  contexts: readonly string[],
): Promise<readonly string[]> {
  const found = await newestOf(connection, commits, contexts);
  const isMaybe = (it: StatusNode) => it.state === 'SUCCESS' || !isOurs(connection, it.creator);
  return [...found].flatMap(([commit, own]) => (own.some(isMaybe) ? [commit] : []));
}

/** Those commits that have no status of one of these contexts; as many as above, and none that GitHub does not have. */
export async function lackingStatus(
  connection: Connection,
  commits: readonly string[],
  contexts: readonly string[],
): Promise<readonly string[]> {
  const found = await newestOf(connection, commits, contexts);
  return [...found].flatMap(([commit, own]) => (own.length < contexts.length ? [commit] : []));
}

/** The newest status of each of these contexts that a commit has. */
async function newestOf(
  connection: Connection,
  commits: readonly string[],
  contexts: readonly string[],
): Promise<ReadonlyMap<string, readonly StatusNode[]>> {
  const names = new Set(contexts.map((it) => it.toLowerCase()));
  const asked = commits.filter((it) => /^[0-9a-f]{40,64}$/.test(it));
  const objects = asked.map((commit, at) => `c${at}: object(oid: "${commit}") { ${FIELDS} }`).join(' ');
  const { repository } = await queried<Answer>(
    connection,
    `query ($owner: String!, $repo: String!) { repository(owner: $owner, name: $repo) { id ${objects} } }`,
    connection.at,
  );
  if (repository === null) throw new Error('GitHub does not show the repository to a query');
  const answers = asked.map((commit, at) => [commit, repository[`c${at}`]] as const);
  return new Map(
    answers.flatMap(([commit, node]) =>
      node === null || node === undefined
        ? []
        : [[commit, (node.status?.contexts ?? []).filter((it) => names.has(it.context.toLowerCase()))]],
    ),
  );
}

interface Answer {
  readonly repository: Readonly<Record<string, CommitNode | null>> | null;
}

const isOurs = ({ self }: Connection, creator: Actor | null): boolean =>
  creator !== null && loginOf(creator) === self;
