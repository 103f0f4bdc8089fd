/** Everyone whom a rota names. Pure. */
import type { Rota } from '../model.ts';

/** Everyone who holds a role of a rota at any time. */
export const rosterOf = ({ roles, overrides }: Rota): ReadonlySet<string> =>
  new Set(
    [
      ...[...roles.values()].flatMap(({ rotation, turns }) => [
        ...rotation.flatMap(({ people }) => people),
        ...turns.values(),
      ]),
      ...overrides.map(({ assignment }) => assignment),
    ].map(({ person }) => person),
  );
