/** The types of a resolved handbook. */
import type { Handbook, Role, Rota } from '../model.ts';
import type { Interval, Timeline } from '../timeline.ts';
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
