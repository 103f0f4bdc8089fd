/** The types of a change of who somebody is. */
import type { PathLocation } from '../model.ts';
import type { Instant } from '../timeline.ts';

/** What an identity belongs to. */
export type IdentityKind =
  | 'person'
  | 'leads'
  | 'schedule'
  | 'chain'
  | 'service'
  | 'contact'
  | 'holidays'
  | 'planned-change'
  | 'policy';

/** One changed value; undefined where it is absent. */
export interface KeyChange {
  readonly key: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly location: PathLocation;
  /** The first instant at which it differs, where it is a day: a comparison sees it until then, and not from afar. */
  readonly at?: Instant;
}

/** What changes about one person, team, role, chain, service, contact or list of holidays, and who may agree to it. */
export interface IdentityChange {
  readonly kind: IdentityKind;
  /** Of a role, with its rota. */
  readonly id: string;
  readonly keys: readonly KeyChange[];
  /** The people concerned, any of whom may agree. */
  readonly concerned: readonly string[];
  /** The teams whose leads may agree as well; undefined where only whoever is concerned may. */
  readonly teams: readonly string[] | undefined;
}
