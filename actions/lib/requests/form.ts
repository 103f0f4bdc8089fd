/**
 * The fields of a form: one definition for the form that GitHub displays and for the code that parses submitted issues.
 */

/** An option of a drop-down: its value, and its text. */
export interface Option {
  readonly id: string;
  readonly text: string;
}

/** A field of a form; its `label` is unique in the form. */
export type Field = {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly need: 'required' | 'optional';
} & (
  | {
      readonly kind: 'line';
      /** `any-turn` is a turn, or a role and its turn. */
      readonly format:
        | 'words'
        | 'turn'
        | 'any-turn'
        | 'date'
        | 'date-time'
        | 'channel'
        | 'login'
        | 'pagerduty';
      readonly example: string;
    }
  | { readonly kind: 'text' }
  | { readonly kind: 'choice'; readonly options: readonly Option[] }
);

/** The forms whose issues are requests: for a change of the handbook, or for time off. */
export type FormKind = 'change' | 'swap' | 'time-off' | 'join';

/** A form; its fields are in the order in which GitHub writes them to the issue. */
export interface Form {
  readonly name: string;
  readonly description: string;
  /** The start of the title of its issues. */
  readonly title: string;
  /** The label GitHub puts on its issues, if the repository has it. */
  readonly label: string;
  /** The text above the fields. */
  readonly intro: string;
  readonly fields: readonly Field[];
}

/** A form whose issues are requests. */
export interface RequestForm extends Form {
  readonly kind: FormKind;
}
