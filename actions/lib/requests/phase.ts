/** How far a request has come, and the sentences that the comments on every kind of request share. Pure. */
import type { Handbook, Person } from '../model.ts';
import { forMarkdown } from '../text/escape.ts';
import type { FieldFault } from './parse.ts';
import type { RequestVerdict } from './request.ts';
import type { RequestState } from './stored-state.ts';

/** How far a request has come. */
export type Phase =
  | { readonly kind: 'judged' | 'over' | 'withdrawn' }
  /** `refused` are the logins that GitHub does not let us request a review from. */
  | { readonly kind: 'proposed'; readonly pull: number; readonly refused: readonly string[] }
  | { readonly kind: 'returned'; readonly pull: number }
  | { readonly kind: 'written'; readonly pull: number | undefined }
  | { readonly kind: 'declined'; readonly by: string; readonly reason: string };

/** What the comment on an issue is made from. */
export interface CommentInput {
  readonly handbook: Handbook;
  readonly verdict: RequestVerdict;
  readonly phase: Phase;
  readonly state: RequestState;
  readonly deciders: readonly Person[];
}

/** A person as people call them. */
export const nameOf = ({ people }: Handbook, id: string): string => forMarkdown(people.get(id)?.name ?? id);

/** What is wrong with fields, a line each. */
export const faultLines = (faults: readonly FieldFault[]): string =>
  faults
    .slice(0, 20)
    .map(({ field, message }) => `- **${forMarkdown(field)}**: ${forMarkdown(message)}`)
    .join('\n');

/** Who declined, and why. */
export const declinedText = (
  handbook: Handbook,
  { by, reason }: Extract<Phase, { readonly kind: 'declined' }>,
): string =>
  `Declined by ${nameOf(handbook, by)}${reason === '' ? '' : `: ${forMarkdown(reason)}`}. Edit and reopen this issue to ask again.`;

/** The logins that GitHub does not let us request a review from; empty where there is none. */
export const refusedText = (logins: readonly string[]): string =>
  logins.length === 0
    ? ''
    : ` GitHub did not let me ask ${logins.map(forMarkdown).join(', ')} for a review; please tell them.`;
