/** Who belongs to a group whose members hold certain roles: now, until the turn ends, or at any time. Pure. */
import { type Handbook, roleOf, roleText } from '../model.ts';
import type { RoleCover } from '../resolve/cover.ts';
import { eachRole } from '../resolve/resolve.ts';
import { sourceOf } from '../resolve/turn-ranges.ts';
import { DAY, MINUTE } from '../time/date.ts';
import { type Instant, type Interval, spanAt } from '../timeline.ts';

/** The ids of those who hold one of these roles, such as `paas/in-hours/engineer`, at an instant; sorted, each once. */
export function holdersAt(handbook: Handbook, roles: readonly string[], at: Instant): readonly string[] {
  const covers = coversOf(handbook, roles, { startAt: at, endAt: at + MINUTE });
  const holders = covers.flatMap(({ cover }) => spanAt(cover(), at)?.value.person ?? []);
  return [...new Set(holders)].sort();
}

/** How far ahead the end of a turn is searched. */
const LONGEST_TURN = 62 * DAY;

/** The ids of those who hold one of these roles at an instant, or later in the turn of it that is in progress then. */
export function holdersUntilTurnEnds(
  handbook: Handbook,
  roles: readonly string[],
  at: Instant,
): ReadonlySet<string> {
  const covers = coversOf(handbook, roles, { startAt: at, endAt: at + LONGEST_TURN });
  const holders = covers.flatMap(({ list, cover }) => {
    const until = spanAt(list, at)?.endAt ?? at;
    const left = cover().filter(({ startAt, endAt }) => endAt > at && startAt < until);
    return left.map(({ value }) => value.person);
  });
  return new Set(holders);
}

/** The roles that exist of these, resolved over a span. */
function coversOf(handbook: Handbook, roles: readonly string[], span: Interval): readonly RoleCover[] {
  const named = new Set(roles.map((role) => roleOf(role).rota));
  const rotas = new Map([...handbook.rotas].filter(([id]) => named.has(id)));
  return [...eachRole({ ...handbook, rotas }, span)].filter(({ rota, role }) =>
    roles.includes(roleText({ rota: rota.id, role: role.id })),
  );
}

/**
 * The ids of those who hold one of these roles at any time: everybody in a rotation, a turn or an override of it, and
 * in the rotation and the turns of the role that it follows.
 */
export function everHolders(
  { rotas }: Pick<Handbook, 'rotas'>,
  roles: readonly string[],
): ReadonlySet<string> {
  const assignments = roles.map(roleOf).flatMap(({ rota: rotaId, role: roleId }) => {
    const rota = rotas.get(rotaId);
    const role = rota?.roles.get(roleId);
    if (rota === undefined || role === undefined) return [];
    const sources = new Set([role, sourceOf(rota, role)?.role ?? role]);
    return [
      ...[...sources].flatMap(({ rotation, turns }) => [
        ...rotation.flatMap(({ people }) => people),
        ...turns.values(),
      ]),
      ...rota.overrides.filter((it) => it.role === roleId).map((it) => it.assignment),
    ];
  });
  return new Set(assignments.map(({ person }) => person));
}
