/** The nouns of a publication. */
import type { Handbook } from '../model.ts';
import type { Instant } from '../timeline.ts';

/** A piece of a published file, by its path below the output folder. */
export interface Piece {
  readonly path: string;
  readonly text: string;
}

/** A calendar that is or was published, as `calendars/index.json` lists them. */
export interface ListedFeed {
  readonly path: string;
  readonly name: string;
}

/** Everything that a publication is made from. */
export interface Publication {
  readonly handbook: Handbook;
  readonly now: Instant;
  /** When a file of the handbook last changed, by its path. */
  readonly revisedAt: (file: string) => Instant;
  /** The calendars that were there before; those without an owner stay, empty. */
  readonly previous: readonly ListedFeed[];
  /** The commit that the handbook's files are those of; undefined when they are in none as they stand. */
  readonly commit: string | undefined;
  /** Style, script and icon of the pages, as `page/assets.ts` reads them. */
  readonly assets: readonly Piece[];
}
