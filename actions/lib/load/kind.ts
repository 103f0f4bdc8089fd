/** The definition of a kind of file: everything that loading needs. Each file of `kinds/` exports one. */
import type { Handbook, KindName } from '../model.ts';
import type { CheckedFile } from './decode.ts';
import type { Mention, Registry, UnknownName } from './mentions.ts';
import type { TimeCheck } from './times.ts';

export interface Kind<K extends KindName = KindName> {
  readonly name: K;
  /**
   * The paths of its files, with `<id>` for a name. The names at `<id>`, or without one the name of the file, make the
   * file's id. A kind with several paths may define its names in several files.
   */
  readonly paths: readonly string[];
  readonly schema: object;
  /** The key for an e-mail address, suggested when somebody writes one into a name. */
  readonly emailKey?: string;
  /** Patterns of the maps whose keys are names that other files or lines can refer to. */
  readonly defines?: readonly string[];
  /** The other names that the data of a file defines. */
  readonly definesMore?: (data: unknown) => readonly string[];
  readonly mentions?: readonly Mention[];
  /** Faults in names that no pattern finds. */
  readonly unknownNames?: (registry: Registry) => Iterable<UnknownName>;
  readonly times?: readonly TimeCheck[];
  /** Decodes all files of the kind into their part of the handbook. */
  readonly assemble: (files: readonly CheckedFile<K>[]) => Partial<Handbook>;
  /** Changes what other kinds have assembled, once all have. */
  readonly link?: (handbook: Handbook) => Handbook;
}
