/**
 * Writes the comments on an issue, from a verdict and a phase, as Markdown for readers who do not know the YAML.
 * Pure; text from the issue is always escaped.
 */
import type { Handbook, Person } from '../model.ts';
import { formatInstant } from '../time/format.ts';
import { zoneOf } from '../time/zone.ts';
import type { Instant } from '../timeline.ts';
import { changeParts } from './change-comment.ts';
import { claimParts } from './claim-comment.ts';
import { joinParts } from './join-comment.ts';
import { type CommentInput, nameOf } from './phase.ts';
import { type IgnoredCommand, REQUEST_MARKER, stateLine } from './stored-state.ts';
import { swapParts } from './swap-comment.ts';

/** The comment on an issue that every run updates. */
export function requestComment(input: CommentInput): string {
  const { state } = input;
  const requested = formatInstant(zoneOf('UTC'), state.requestedAt);
  return [
    `${REQUEST_MARKER}\n${stateLine(state)}`,
    ...verdictParts(input),
    ...ignoredPart(input),
    `<sub>Request ${state.digest.slice(0, 12)}, as requested ${requested} UTC.</sub>`,
  ].join('\n\n');
}

function verdictParts(input: CommentInput): readonly string[] {
  const { verdict } = input;
  switch (verdict.of) {
    case 'change':
      return changeParts(input, verdict.change);
    case 'swap':
      return swapParts(input, verdict.swap);
    case 'time-off':
      return claimParts(input, verdict.claim);
    case 'join':
      return joinParts(input, verdict.join);
  }
}

const IGNORED: Readonly<Record<IgnoredCommand['why'], string>> = {
  changed:
    'An approval did not count, because the request had changed or had not been checked yet. ' +
    'The table above shows the request as it is now; please look again.',
  'not-ready': 'An approval did not count, because the request is not ready for one; see above.',
  'not-asked':
    'This is approved on its pull request, by everyone whose time changes; `/approve` here does nothing.',
  void:
    'The request, or who may decide on it, changed after it was approved, so the approval is void and it waits ' +
    'for a new one.',
  edited:
    "Somebody edited a lead's comment, which may have declined this, so the approval before it is void and it " +
    'waits for a new one.',
};

const ignoredPart = ({ state: { ignored }, phase }: CommentInput): readonly string[] =>
  ignored === undefined || !['judged', 'proposed'].includes(phase.kind) ? [] : [`⚠️ ${IGNORED[ignored.why]}`];

/** The first line of the reply to people whose commands do not count. */
export const REPLY_MARKER = '<!-- rota-as-code: request reply -->';

/** Posted once per issue, however often somebody tries. */
export function replyText(handbook: Handbook, deciders: readonly Person[]): string {
  const leads = deciders.map(({ id }) => nameOf(handbook, id)).join(', ') || 'the handbook names none';
  return (
    `${REPLY_MARKER}\n\n` +
    `Thank you. \`/approve\` and \`/decline\` count only from the leads of the team (${leads}) ` +
    'with write access to this repository, in a comment of their own that has not been edited.'
  );
}

/** The first line of the question about the outcome of a change. */
export const OUTCOME_MARKER = '<!-- rota-as-code: request outcome -->';

/** Posted once, when a change is over. */
export const outcomeQuestion = (endAt: Instant): string =>
  `${OUTCOME_MARKER}\n\n` +
  `This change ended ${formatInstant(zoneOf('UTC'), endAt)} UTC. How did it go? ` +
  'Please say here whether it succeeded, what its users noticed, and what is left to do; then close this issue.';
