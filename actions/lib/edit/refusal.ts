/** Why an edit is refused. Thrown within `edit/` and caught in `edit.ts`, which returns it as a value. */
import type { LocatedFinding } from '../model.ts';

export type EditRefusal =
  /** The request names something that does not exist, or is malformed. */
  | { readonly kind: 'wrong-use'; readonly message: string }
  /** `way` is what to do instead, for people at a command line; it may depend on the time. */
  | { readonly kind: 'impossible'; readonly message: string; readonly way?: string }
  /** The errors that the edit would add; their lines are those after the edit. */
  | { readonly kind: 'errors'; readonly findings: readonly LocatedFinding[] };

export class Refused extends Error {
  readonly refusal: EditRefusal;

  constructor(refusal: EditRefusal) {
    super(refusal.kind);
    this.refusal = refusal;
  }
}

export const badRequest = (message: string): Refused => new Refused({ kind: 'wrong-use', message });
export const impossible = (message: string, way?: string): Refused =>
  new Refused({ kind: 'impossible', message, ...(way === undefined ? {} : { way }) });
