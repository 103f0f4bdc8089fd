/**
 * Who has access to the repository. Of a member of the organisation whose membership is private, and who has access by
 * a team, GitHub's relation of an author to a repository says nothing to a workflow: it has to be asked for their
 * permission.
 */
import type { Connection } from './connection.ts';
import { hasStatus } from './failures.ts';

/** The relations to a repository that give access to it; anybody may review in a public repository. */
export const WITH_ACCESS: readonly string[] = ['OWNER', 'MEMBER', 'COLLABORATOR'];

/** Whether a login has write access to the repository. */
export async function canWrite({ octokit, at }: Connection, login: string): Promise<boolean> {
  try {
    const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({ ...at, username: login });
    return data.permission === 'admin' || data.permission === 'write';
  } catch (error) {
    if (hasStatus(error, 404)) return false;
    throw error;
  }
}

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
