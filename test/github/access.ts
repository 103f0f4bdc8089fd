/** Who has access to the repository of a handbook on the loopback GitHub. */

/** The permissions of a repository in which everybody whom some files name may write, and nobody else. */
export const writersIn = (texts: Iterable<string>): Readonly<Record<string, 'write'>> =>
  Object.fromEntries(
    [...[...texts].join('\n').matchAll(/github: (\S+)/g)].map(([, login = '']) => [login, 'write'] as const),
  );
