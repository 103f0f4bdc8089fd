/** Why an edit is not made. Thrown inside this room and caught at its front door, where it becomes a value. */
import type { LocatedFinding } from '../model.ts';

export type EditRefusal =
  /** What was asked names something that does not exist, or is not written as it is to be. */
  | { readonly kind: 'wrong-use'; readonly message: string }
  | { readonly kind: 'impossible'; readonly message: string }
  /** The errors that the edited handbook would have and this one has not; their lines are those after the edit. */
  | { readonly kind: 'errors'; readonly findings: readonly LocatedFinding[] };

export class Refused extends Error {
  readonly refusal: EditRefusal;

  constructor(refusal: EditRefusal) {
    super(refusal.kind);
    this.refusal = refusal;
  }
}

export const wrongUse = (message: string): Refused => new Refused({ kind: 'wrong-use', message });
export const impossible = (message: string): Refused => new Refused({ kind: 'impossible', message });
