/** The types of a resolved handbook. */
import type { Handbook, Role, Rota } from '../model.ts';
import type { Instant, Interval, Timeline } from '../timeline.ts';
import type { Windows } from './hours.ts';
import type { Layers } from './overrides.ts';
import type { Turn } from './rotation.ts';

/** Who holds one role, and the layers from which that was derived. */
export interface RoleCover extends Layers {
  readonly rota: Rota;
  readonly role: Role;
  /** The turns that overlap the span. */
  readonly list: readonly Turn[];
  /** Has a value wherever the rota is on duty. */
  readonly duty: Timeline<unknown>;
}

/**
 * Calls `seen` with everybody who may hold a role, and when at most: its turns, on duty or not, and its overrides. A
 * cover has nobody else, and at no other time, because it only restricts these to the time on duty. They are far fewer
 * than the spans of a cover, so rules look at them first and compute covers only where these could break the rule.
 */
export function eachPossibleHolder(
  { afterTurnOverrides, rota, role }: RoleCover,
  seen: (person: string, startAt: Instant, endAt: Instant) => void,
): void {
  for (const { startAt, endAt, value } of afterTurnOverrides) seen(value.person, startAt, endAt);
  for (const it of rota.overrides)
    if (it.role === role.id && it.kind !== 'turn') seen(it.assignment.person, it.startAt, it.endAt);
}

/** A handbook resolved over a span. Rotas whose hours could not be read are left out. */
export interface Resolved {
  readonly handbook: Handbook;
  readonly span: Interval;
  /** By `rota/role`, in order of id. */
  readonly roles: ReadonlyMap<string, RoleCover>;
  /** By id of support hours. */
  readonly windows: ReadonlyMap<string, Windows>;
  /** By person, the roles that they may hold within the span. */
  readonly people: () => ReadonlyMap<string, readonly RoleCover[]>;
}
