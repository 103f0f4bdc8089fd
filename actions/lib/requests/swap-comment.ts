/** Writes the comment on the issue of a swap or a cover. Pure. */
import { teamOf } from '../compare/terms.ts';
import { spanText } from '../compare/words.ts';
import type { Transfer } from '../edit/outcome.ts';
import { type Handbook, termsFor } from '../model.ts';
import { forMarkdown } from '../text/escape.ts';
import { durationText } from '../time/duration.ts';
import { type CommentInput, declinedText, faultLines, nameOf, refusedText } from './phase.ts';
import type { SwapVerdict } from './swap.ts';

/** The parts of the comment that are specific to swaps, in order. */
export function swapParts(input: CommentInput, verdict: SwapVerdict): readonly string[] {
  return closedParts(input) ?? verdictParts(input, verdict);
}

/** The parts about a request that is closed or written; undefined while its verdict still counts. */
function closedParts({ handbook, phase }: CommentInput): readonly string[] | undefined {
  switch (phase.kind) {
    case 'written':
      return [
        '### Done',
        `${phase.pull === undefined ? 'It' : `#${phase.pull}`} is merged, and the calendars will show it. ` +
          'For anything else, open a new request.',
      ];
    case 'declined':
      return ['### Declined', declinedText(handbook, phase)];
    case 'withdrawn':
      return ['### Closed', 'Reopen this issue to ask again.'];
    case 'returned':
      return [
        '### The pull request was closed',
        `#${phase.pull} was closed without being merged. Reopen it, or edit this issue to ask again.`,
      ];
    case 'granted':
    case 'over':
    case 'judged':
    case 'proposed':
      return undefined;
  }
}

function verdictParts({ handbook, phase, state }: CommentInput, verdict: SwapVerdict): readonly string[] {
  const waiting =
    phase.kind === 'proposed'
      ? [`#${phase.pull} waits for the approval of everyone whose time changes.${refusedText(phase.refused)}`]
      : [];
  switch (verdict.kind) {
    case 'lacking':
      return [
        '### This needs more information',
        `Please edit this issue; it is then checked again:\n\n${faultLines(verdict.faults)}`,
      ];
    case 'wrong':
      return [
        '### This cannot be done',
        verdict.reasons
          .slice(0, 20)
          .map((it) => `- ${forMarkdown(it)}`)
          .join('\n'),
        ...waiting,
      ];
    case 'late':
      return [
        '### This needs more notice',
        verdict.late
          .map(({ exception, minimum }) => {
            const span = spanText(exception, state.requestedAt);
            return `- ${forMarkdown(`${span}: the policy asks ${durationText(minimum)}`)}`;
          })
          .join('\n'),
        'Choose later turns; or, in an emergency, ask a lead to add the label ' +
          `${forMarkdown(termsFor(handbook.notice, teamOf(verdict.rota)).emergency.label)} to this issue.`,
        ...waiting,
      ];
    case 'right':
      return [
        '### This can be done',
        verdict.edit.transfers.map((it) => `- ${transferText(handbook, it)}`).join('\n'),
        ...waiting,
      ];
  }
}

/** "Ben takes the turn of 2027-03-01 from Amara, as paas/nights/engineer". */
export const transferText = (handbook: Handbook, transfer: Transfer): string => {
  const { rota, role, person, insteadOf } = transfer;
  const what = 'turn' in transfer ? `the turn of ${transfer.turn}` : `${transfer.from} to ${transfer.to}`;
  const from = insteadOf === undefined ? ', which nobody has' : ` from ${nameOf(handbook, insteadOf)}`;
  return `${nameOf(handbook, person)} takes ${forMarkdown(what)}${from}, as ${forMarkdown(`${rota}/${role}`)}`;
};
