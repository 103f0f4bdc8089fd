/** The result of an edit: new texts and whose time changes, or why it is refused. */
import type { Texts } from '../load/load.ts';
import type { EditRefusal } from './refusal.ts';

/** A person takes a turn, or some hours, over from its current holder; undefined where nobody held it. */
export type Transfer = {
  readonly rota: string;
  readonly role: string;
  readonly person: string;
  readonly insteadOf: string | undefined;
} & ({ readonly turn: string } | { readonly from: string; readonly to: string });

/** The complete new text of a file. */
export interface EditedFile {
  readonly file: string;
  readonly text: string;
}

/** The new texts of all files that change, and whose time changes. */
export interface Edit {
  readonly files: readonly EditedFile[];
  readonly transfers: readonly Transfer[];
  /** What the edit does beside that. */
  readonly notes: readonly string[];
}

export type EditOutcome = Edit | { readonly refusal: EditRefusal };

/** The texts of a handbook with an edit applied. */
export const withEdit = (texts: Texts, { files }: Pick<Edit, 'files'>): Texts => ({
  ...texts,
  texts: new Map([...texts.texts, ...files.map(({ file, text }) => [file, text] as const)]),
});
