/**
 * What is said on an issue, as Markdown for people who never saw the YAML. Takes a verdict and how far things
 * have come, gives one comment. Pure; text of the issue comes in only through the escape for Markdown.
 */

import type { Label } from '../github/issues.ts';
import type { Handbook, Person } from '../model.ts';
import { formatInstant } from '../time/format.ts';
import { zoneOf } from '../time/zone.ts';
import type { Instant } from '../timeline.ts';
import { changeParts } from './change-answer.ts';
import { type Answered, nameOf, type Phase } from './phase.ts';
import type { Verdict } from './requests.ts';
import { type IgnoredCommand, REQUEST_MARKER, stateLine } from './state.ts';
import { swapParts } from './swap-answer.ts';

export const LABELS: Readonly<Record<'accepted' | 'notice' | 'information', Label>> = {
  accepted: {
    name: 'accepted-for-review',
    color: '0e8a16',
    description: 'The request is complete and in time',
  },
  notice: {
    name: 'needs-more-notice',
    color: 'd93f0b',
    description: 'The request comes too late for its dates',
  },
  information: {
    name: 'needs-information',
    color: 'fbca04',
    description: 'Something in the request is missing or wrong',
  },
};

/** The one of our labels that an issue should have. */
export function labelFor(verdict: Verdict, phase: Phase): Label | undefined {
  if (phase.kind !== 'judged' && phase.kind !== 'proposed') return undefined;
  switch (verdict.of === 'change' ? verdict.change.kind : verdict.swap.kind) {
    case 'accepted':
    case 'right':
      return LABELS.accepted;
    case 'short-notice':
    case 'late':
      return LABELS.notice;
    case 'lacking':
    case 'wrong':
      return LABELS.information;
    case 'not-needed':
      return undefined;
  }
}

/** The comment that is kept up to date on an issue. */
export function requestComment(answered: Answered): string {
  const { verdict, state } = answered;
  return [
    `${REQUEST_MARKER}\n${stateLine(state)}`,
    ...(verdict.of === 'change' ? changeParts(answered, verdict.change) : swapParts(answered, verdict.swap)),
    ...unheardPart(answered),
    `<sub>Request ${state.digest.slice(0, 12)}, as asked for ${formatInstant(zoneOf('UTC'), state.requestedAt)} UTC.</sub>`,
  ].join('\n\n');
}

const UNHEARD: Readonly<Record<IgnoredCommand['why'], string>> = {
  changed:
    'An approval did not count, because the request changed or was not judged yet when it was given. What is above is what is asked now; please look again.',
  'not-ready': 'An approval did not count, because the request is not ready for one; see above.',
  'not-asked':
    'A swap is approved on its pull request, by everyone whose time changes; `/approve` here does nothing.',
  void: 'The request was edited after it was approved, so the approval is void and it waits for a new one.',
};

const unheardPart = ({ state: { ignored }, phase }: Answered): readonly string[] =>
  ignored === undefined || !['judged', 'proposed'].includes(phase.kind) ? [] : [`⚠️ ${UNHEARD[ignored.why]}`];

/** The first line of the one reply to those who may not decide. */
export const REPLY_MARKER = '<!-- rota-as-code: request reply -->';

/** Said once on an issue, however often somebody tries. */
export const replyText = (handbook: Handbook, deciders: readonly Person[]): string =>
  `${REPLY_MARKER}\n\nThank you. \`/approve\` and \`/decline\` count from the leads of the team (${deciders.map(({ id }) => nameOf(handbook, id)).join(', ') || 'the handbook names none'}) with write access to this repository, in a comment of their own that nobody edited since.`;

/** The first line of the one question that is asked when a change is over. */
export const OUTCOME_MARKER = '<!-- rota-as-code: request outcome -->';

/** Asked once, when a change is over. */
export const outcomeText = (endAt: Instant): string =>
  `${OUTCOME_MARKER}\n\nThis change ended ${formatInstant(zoneOf('UTC'), endAt)} UTC. How did it go? Please say here whether it succeeded, what its users noticed, and what is left to do; then close this issue.`;

/** What a pull request says of itself; the mark tells which request it was made from. */
export const pullText = (issue: number, digest: string, lines: readonly string[]): string =>
  `${pullMark(digest)}\n\nAsked for in #${issue}.\n\n${lines.map((it) => `- ${it}`).join('\n')}\n\nThis branch is written from the issue: edit that, and it is written anew.`;

export const pullMark = (digest: string): string => `<!-- rota-as-code: request ${digest} -->`;

/** What a pull request says of itself when we close it: it has no mark, so that nobody takes it for one that people rejected. */
export const droppedText = (body: string): string =>
  body.replace(/<!-- rota-as-code: request \w+ -->\s*/g, '');
