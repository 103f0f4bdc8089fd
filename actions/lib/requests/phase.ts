/** The phases of a request, and the sentences that the comments on all kinds of request share. Pure. */
import type { Handbook, Person } from '../model.ts';
import { forMarkdown } from '../text/escape.ts';
import type { Instant } from '../timeline.ts';
import type { FieldFault } from './parse.ts';
import type { RequestVerdict } from './request.ts';
import type { RequestState } from './stored-state.ts';

/** The phase that a request has reached. */
export type Phase =
  | { readonly kind: 'judged' | 'over' | 'withdrawn' }
  /** `refused` are the logins that GitHub does not accept as reviewers. */
  | { readonly kind: 'proposed'; readonly pull: number; readonly refused: readonly string[] }
  | { readonly kind: 'returned'; readonly pull: number }
  | { readonly kind: 'written'; readonly pull: number | undefined }
  | { readonly kind: 'declined'; readonly by: string; readonly reason: string }
  /** A claim of time off that a lead approved. */
  | { readonly kind: 'granted'; readonly by: string };

/** The input of the comment on an issue. */
export interface CommentInput {
  readonly handbook: Handbook;
  readonly now: Instant;
  readonly verdict: RequestVerdict;
  readonly phase: Phase;
  readonly state: RequestState;
  readonly deciders: readonly Person[];
}

/** A person's name, or their id if the handbook does not have them. */
export const nameOf = ({ people }: Handbook, id: string): string => forMarkdown(people.get(id)?.name ?? id);

/** The faults of fields, one per line. */
export const faultLines = (faults: readonly FieldFault[]): string =>
  faults
    .slice(0, 20)
    .map(({ field, message }) => `- **${forMarkdown(field)}**: ${forMarkdown(message)}`)
    .join('\n');

/** The sentence on who declined, and why. */
export const declinedText = (
  handbook: Handbook,
  { by, reason }: Extract<Phase, { readonly kind: 'declined' }>,
): string => {
  const why = reason === '' ? '' : `: ${forMarkdown(reason)}`;
  return `Declined by ${nameOf(handbook, by)}${why}. Edit and reopen this issue to ask again.`;
};

/** The sentence on the logins that GitHub does not accept as reviewers; empty if there are none. */
export const refusedText = (logins: readonly string[]): string =>
  logins.length === 0
    ? ''
    : ` GitHub did not accept ${logins.map(forMarkdown).join(', ')} for a review request; please ask them yourself.`;
