/** Who belongs to a group whose members hold certain roles: those who hold one now, and those who ever do. Pure. */
import { type Handbook, type Role, type Rota, roleOf, roleText } from '../model.ts';
import { eachRole } from '../resolve/resolve.ts';
import { sourceOf } from '../resolve/turn-ranges.ts';
import { MINUTE } from '../time/date.ts';
import { type Instant, spanAt } from '../timeline.ts';

/** People by their ids. */
export interface GroupHolders {
  /** In order of their ids, each once. */
  readonly now: readonly string[];
  /** Whether or not they hold one now: everybody whom a rotation, a turn or an override names. */
  readonly ever: ReadonlySet<string>;
}

/** Who holds one of these roles, such as `paas/in-hours/engineer`, at an instant, and who does at some time. */
export function groupHolders(handbook: Handbook, roles: readonly string[], at: Instant): GroupHolders {
  const named = new Set(roles.map((role) => roleOf(role).rota));
  const rotas = new Map([...handbook.rotas].filter(([id]) => named.has(id)));
  const [now, ever] = [new Set<string>(), new Set<string>()];
  for (const { rota, role, cover } of eachRole({ ...handbook, rotas }, { startAt: at, endAt: at + MINUTE })) {
    if (!roles.includes(roleText({ rota: rota.id, role: role.id }))) continue;
    const holder = spanAt(cover(), at)?.value.person;
    if (holder !== undefined) now.add(holder);
    for (const person of peopleOf(rota, role)) ever.add(person);
    for (const override of rota.overrides)
      if (override.role === role.id) ever.add(override.assignment.person);
  }
  return { now: [...now].sort(), ever };
}

/** Everybody in the rotation and the turns of a role, and of the one that it follows. */
function peopleOf(rota: Rota, role: Role): readonly string[] {
  const sources = new Set([role, sourceOf(rota, role)?.role ?? role]);
  return [...sources].flatMap(({ rotation, turns }) =>
    [...rotation.flatMap(({ people }) => people), ...turns.values()].map(({ person }) => person),
  );
}
