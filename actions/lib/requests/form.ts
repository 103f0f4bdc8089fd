/** The fields of a form: one definition for the form that GitHub shows and for the code that reads its answers. */

/** Something that can be chosen: what it means, and how it reads. */
export interface Option {
  readonly id: string;
  readonly text: string;
}

/** One question of a form; a `label` is unlike every other in its form. */
export type Field = {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly need: 'required' | 'optional';
} & (
  | {
      readonly kind: 'line';
      readonly wants: 'words' | 'date' | 'date-time' | 'channel';
      readonly example: string;
    }
  | { readonly kind: 'text' }
  | { readonly kind: 'choice'; readonly options: readonly Option[] }
);

/** The forms whose answers are read. */
export type FormKind = 'change' | 'swap';

/** A form; its fields come in the order in which GitHub writes their answers. */
export interface Form {
  readonly kind: FormKind;
  readonly name: string;
  readonly description: string;
  /** What begins the title of its issues. */
  readonly title: string;
  /** The label GitHub puts on its issues, if the repository has it. */
  readonly label: string;
  /** What people read above the fields. */
  readonly intro: string;
  readonly fields: readonly Field[];
}
