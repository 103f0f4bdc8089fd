/** GitHub's GraphQL API, as far as it says who edited an issue or a comment, and when; by a slice of its schema. */
import { readFileSync } from 'node:fs';
import { buildSchema, execute, parse, specifiedRules, validate } from 'graphql';

/** An edit of a body, in a test's state. */
export interface ContentEdit {
  readonly editor: string | null;
  readonly at: string;
}

/** Something that can be edited: an issue or a comment. */
interface Edited {
  readonly user: string;
  readonly created_at: string;
  readonly updated_at: string;
  /** Oldest first. */
  readonly edits: readonly ContentEdit[];
}

const schema = buildSchema(readFileSync(new URL('schema.graphql', import.meta.url), 'utf8'));

/** An account as GraphQL names it: without the suffix that logins of apps have in the REST API. */
const actor = (login: string | null) =>
  login === null
    ? null
    : {
        __typename: login.endsWith('[bot]') ? 'Bot' : 'User',
        id: Buffer.from(`User:${login}`).toString('base64'),
        login: login.replace(/\[bot\]$/, ''),
      };

/** What was edited has the creation as its first entry; what never was has none. */
function historyOf({ user, created_at, edits }: Edited) {
  const all = edits.length === 0 ? [] : [{ editor: user, at: created_at }, ...edits];
  return {
    totalCount: all.length,
    nodes: ({ first = 100, last }: { first?: number; last?: number }) =>
      (last === undefined ? all.toReversed().slice(0, first) : all.slice(0, last)).map((it, i) => ({
        id: `UCE_${created_at}_${i}`,
        editedAt: it.at,
        editor: actor(it.editor),
      })),
  };
}

const nodeOf = (id: string, typename: string, it: Edited) => ({
  __typename: typename,
  id,
  createdAt: it.created_at,
  updatedAt: it.updated_at,
  lastEditedAt: it.edits.at(-1)?.at ?? null,
  editor: actor(it.edits.at(-1)?.editor ?? null),
  userContentEdits: (page: { first?: number; last?: number }) => {
    const { totalCount, nodes } = historyOf(it);
    return { totalCount, nodes: nodes(page) };
  },
});

/** The response to a query, and what the schema finds wrong with it; `found` looks a node up by its id. */
export async function graphQlAnswer(
  given: unknown,
  found: (id: string) => { readonly typename: string; readonly it: Edited } | undefined,
): Promise<{ readonly body: object; readonly faults: readonly string[] }> {
  const { query = '', variables = {} } = (given ?? {}) as { query?: string; variables?: object };
  const document = parse(query);
  const faults = validate(schema, document, specifiedRules).map(({ message }) => message);
  if (faults.length > 0) return { body: { errors: faults.map((message) => ({ message })) }, faults };
  const node = ({ id }: { readonly id: string }) => {
    const there = found(id);
    return there === undefined ? null : nodeOf(id, there.typename, there.it);
  };
  const result = await execute({
    schema,
    document,
    variableValues: { ...variables },
    rootValue: {
      node,
      nodes: ({ ids }: { readonly ids: readonly string[] }) => ids.map((id) => node({ id })),
    },
  });
  return { body: JSON.parse(JSON.stringify(result)) as object, faults: [] };
}
