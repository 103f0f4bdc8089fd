/** The type of a form: one definition for the form that GitHub shows and for the code that parses the responses. */

/** A choice: its value and its label. */
export interface Option {
  readonly id: string;
  readonly text: string;
}

/** One field of a form; its `label` is unique in the form. */
export type Field = {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly need: 'required' | 'optional';
} & (
  | {
      readonly kind: 'line';
      readonly format: 'words' | 'date' | 'date-time' | 'channel';
      readonly example: string;
    }
  | { readonly kind: 'text' }
  | { readonly kind: 'choice'; readonly options: readonly Option[] }
);

/** The forms whose responses are parsed. */
export type FormKind = 'change' | 'swap';

/** A form; its fields are in the order in which GitHub writes the responses. */
export interface Form {
  readonly kind: FormKind;
  readonly name: string;
  readonly description: string;
  /** The prefix of the title of its issues. */
  readonly title: string;
  /** The label GitHub puts on its issues, if the repository has it. */
  readonly label: string;
  /** The text above the fields. */
  readonly intro: string;
  readonly fields: readonly Field[];
}
