/** What a kind of file is: everything that loading asks about it. Each file of `kinds/` holds one. */
import type { Handbook, KindName } from '../model.ts';
import type { CheckedFile } from './decode.ts';
import type { Mention, Registry, UnknownName } from './mentions.ts';
import type { TimeCheck } from './times.ts';

export interface Kind<K extends KindName = KindName> {
  readonly name: K;
  /**
   * Where its files lie, with `<id>` for a name; those names, or without one the file's, are the file's id. A kind with
   * several paths may define its names in several files.
   */
  readonly paths: readonly string[];
  readonly schema: object;
  /** The key for an e-mail address, where somebody may write one into a name. */
  readonly emailKey?: string;
  /** Patterns of the maps in it whose keys are names that other files, or other lines, may mention. */
  readonly defines?: readonly string[];
  readonly mentions?: readonly Mention[];
  /** Wrong names that no pattern of places finds. */
  readonly unknownNames?: (registry: Registry) => Iterable<UnknownName>;
  readonly times?: readonly TimeCheck[];
  /** What all files of the kind put into the handbook. */
  readonly assemble: (files: readonly CheckedFile<K>[]) => Partial<Handbook>;
  /** Changes to other kinds' nouns, once all are assembled. */
  readonly link?: (handbook: Handbook) => Handbook;
}
