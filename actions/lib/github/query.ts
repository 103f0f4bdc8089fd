/** Queries of GitHub's GraphQL API, which answers with errors beside the data for what does not exist. */
import type { Connection } from './connection.ts';

/** The data of a query; null in the places of what does not exist. Any other error is thrown. */
export async function queried<Data>(
  { octokit }: Connection,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<Data> {
  try {
    return await octokit.graphql<Data>(query, variables);
  } catch (error) {
    if (isOnlyMissing(error)) return error.data as Data;
    throw error;
  }
}

/** The error that Octokit throws for an answer with errors. */
interface Answered {
  readonly data: unknown;
  readonly errors: readonly { readonly type?: string }[];
}

const isOnlyMissing = (error: unknown): error is Answered =>
  typeof error === 'object' &&
  error !== null &&
  'data' in error &&
  typeof error.data === 'object' &&
  error.data !== null &&
  'errors' in error &&
  Array.isArray(error.errors) &&
  error.errors.every((it) => it?.type === 'NOT_FOUND');
