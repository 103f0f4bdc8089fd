/**
 * Who has access to the repository. Of a member of the organisation whose membership is private, and who has access by
 * a team, GitHub's relation of an author to a repository says nothing to a workflow: it has to be asked for their
 * permission.
 */
import type { Connection } from './connection.ts';
import { hasStatus } from './failures.ts';

/** The relations to a repository that give access to it; anybody may review in a public repository. */
export const WITH_ACCESS: readonly string[] = ['OWNER', 'MEMBER', 'COLLABORATOR'];

/** What a login may do in the repository, by the old names of GitHub's roles: `admin`, `write`, `read` or `none`. */
async function permissionOf({ octokit, at }: Connection, login: string): Promise<string> {
  try {
    const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({ ...at, username: login });
    return data.permission;
  } catch (error) {
    if (hasStatus(error, 404)) return 'none';
    throw error;
  }
}

/** Whether a login has write access to the repository. */
export const canWrite = async (connection: Connection, login: string): Promise<boolean> =>
  ['admin', 'write'].includes(await permissionOf(connection, login));

/** Whether a login administers the repository. */
export const isAdministrator = async (connection: Connection, login: string): Promise<boolean> =>
  (await permissionOf(connection, login)) === 'admin';

/** Something that somebody wrote, and whether its author is known to have access. */
interface Written {
  readonly login: string;
  readonly hasAccess: boolean;
}

/** The same, with access where GitHub says so when it is asked; nobody is asked about but these logins. */
export async function withAccess<T extends Written>(
  connection: Connection,
  all: readonly T[],
  isKnown: (login: string) => boolean,
): Promise<readonly T[]> {
  const asked = new Set(all.flatMap((it) => (it.hasAccess || !isKnown(it.login) ? [] : [it.login])));
  const writers = new Set<string>();
  for (const login of asked) if (await canWrite(connection, login)) writers.add(login);
  return writers.size === 0
    ? all
    : all.map((it) => ({ ...it, hasAccess: it.hasAccess || writers.has(it.login) }));
}
