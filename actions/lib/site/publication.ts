/** The types of a publication. */
import type { Handbook } from '../model.ts';
import type { Instant } from '../timeline.ts';

/**
 * A part of a published file; pieces with the same path are concatenated. The path is relative to the output folder.
 */
export interface Piece {
  readonly path: string;
  readonly text: string;
}

/** A calendar that is or was published, as in `calendars/index.json`. */
export interface ListedFeed {
  readonly path: string;
  readonly name: string;
}

/** An event that belongs to some people's calendars. */
export interface PersonalEvent {
  readonly people: readonly string[];
  readonly text: string;
}

/** The inputs of a publication. */
export interface Publication {
  readonly handbook: Handbook;
  readonly now: Instant;
  /** When a file of the handbook last changed, by its path. */
  readonly revisedAt: (file: string) => Instant;
  /** The calendars published before; those without an owner are kept, empty. */
  readonly previous: readonly ListedFeed[];
  /** The commit of the handbook's files; undefined if they have uncommitted changes. */
  readonly commit: string | undefined;
  /** Style, script and icon of the pages, as `page/assets.ts` reads them. */
  readonly assets: readonly Piece[];
}
