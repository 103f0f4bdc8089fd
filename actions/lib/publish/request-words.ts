/**
 * Every sentence that is said on an issue, as Markdown for people who never saw the YAML. Takes a verdict and how far things
 * have come, gives one comment. Pure; text of the issue comes in only through the escape for Markdown.
 */
import { noticeText, spanText } from '../compare/compare.ts';
import type { Taking } from '../edit/edit.ts';
import { type Handbook, type Person, roleText } from '../model.ts';
import type { ChangeVerdict, FieldFault, OnThen, SwapVerdict, Timed, Verdict } from '../requests/requests.ts';
import { durationText, spoken, spokenSpan, zoneOf } from '../time.ts';
import type { Instant } from '../timeline.ts';
import { forMarkdown } from './escape.ts';
import type { Label } from './issues.ts';
import { REQUEST_MARKER, type RequestState, stateLine, type Unheard } from './request-state.ts';

/** How far a request has come. */
export type Phase =
  | { readonly kind: 'judged' | 'over' | 'withdrawn' }
  | { readonly kind: 'proposed'; readonly pull: number; readonly unasked: readonly string[] }
  | { readonly kind: 'returned'; readonly pull: number }
  | { readonly kind: 'written'; readonly pull: number | undefined }
  | { readonly kind: 'declined'; readonly by: string; readonly reason: string };

/** What a comment is made from. */
export interface Answered {
  readonly handbook: Handbook;
  readonly verdict: Verdict;
  readonly phase: Phase;
  readonly state: RequestState;
  readonly deciders: readonly Person[];
}

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
    `<sub>Request ${state.digest.slice(0, 12)}, as asked for ${spoken(zoneOf('UTC'), state.requestedAt)} UTC.</sub>`,
  ].join('\n\n');
}

const nameOf = ({ people }: Handbook, id: string): string => forMarkdown(people.get(id)?.name ?? id);

const faultLines = (faults: readonly FieldFault[]): string =>
  faults
    .slice(0, 20)
    .map(({ field, message }) => `- **${forMarkdown(field)}**: ${forMarkdown(message)}`)
    .join('\n');

function changeParts(answered: Answered, verdict: ChangeVerdict): readonly string[] {
  const { phase } = answered;
  const timed = verdict.timed;
  const faults = verdict.kind === 'lacking' && phase.kind === 'judged' ? verdict.faults : [];
  const troubles = phase.kind === 'judged' || phase.kind === 'proposed' ? (timed?.troubles ?? []) : [];
  return [
    `### ${changeTitle(answered, verdict)}`,
    ...(timed === undefined ? [] : [changeTable(answered, timed)]),
    ...(faults.length === 0
      ? []
      : [`Please edit this issue, and I will look again:\n\n${faultLines(faults)}`]),
    ...(troubles.length === 0
      ? []
      : [
          `This stands in the way, and is for the team to sort out (a swap, or another person in planned-changes.yaml):\n\n${troubles.map((it) => `- ${forMarkdown(it)}`).join('\n')}`,
        ]),
    ...nextPart(answered, verdict),
    ...(phase.kind === 'proposed' || phase.kind === 'written' ? [stepsPart(timed)] : []),
  ];
}

function changeTitle({ phase }: Answered, verdict: ChangeVerdict): string {
  switch (phase.kind) {
    case 'proposed':
      return 'Approved: a pull request writes it down';
    case 'returned':
      return 'The pull request was closed';
    case 'written':
      return 'Confirmed: it is in the calendars';
    case 'over':
      return 'This change is over';
    case 'declined':
      return 'Declined';
    case 'withdrawn':
      return 'Closed';
    case 'judged':
      break;
  }
  switch (verdict.kind) {
    case 'accepted':
      return 'Accepted for review';
    case 'short-notice':
      return 'This needs more notice';
    case 'lacking':
      return 'This needs more information';
    case 'not-needed':
      return 'No request is needed: this is in working hours';
  }
}

function changeTable({ handbook }: Answered, timed: Timed): string {
  const { service, request, span, zone, parts, asked, requestedAt, onThen } = timed;
  const windows = parts.map(({ value, startAt, endAt }) => {
    const when = parts.length > 1 ? `${spokenSpan(zone, startAt, endAt)}: ` : '';
    return `${forMarkdown(when)}${value === undefined ? 'outside all support hours' : forMarkdown(value)}`;
  });
  const notice = `${noticeText(zone, requestedAt, span.startAt)} notice; the policy asks ${durationText(asked)}`;
  const rows = [
    ['Service', forMarkdown(service.name)],
    ['Change', forMarkdown(request.summary)],
    ['When', forMarkdown(`${spokenSpan(zone, span.startAt, span.endAt, requestedAt)} (${zone.name})`)],
    ['Support hours', windows.join('<br>')],
    ['Notice', forMarkdown(notice)],
    ...onThen.map((it) => [it.line === 'first' ? 'On first' : 'On second', onThenText(handbook, it)]),
    ['Slack channel', forMarkdown(request.channel)],
  ];
  return ['| | |', '|---|---|', ...rows.map((cells) => `| ${cells.join(' | ')} |`)].join('\n');
}

const onThenText = (handbook: Handbook, { role, person }: OnThen): string =>
  `${person === undefined ? 'nobody' : nameOf(handbook, person)} (${forMarkdown(roleText(role))})`;

function nextPart({ handbook, phase, state, deciders }: Answered, verdict: ChangeVerdict): readonly string[] {
  const leads = deciders.map(({ id }) => nameOf(handbook, id)).join(', ') || 'a lead of the team';
  switch (phase.kind) {
    case 'proposed':
      return [
        `Approved by ${nameOf(handbook, state.decision?.by ?? '')}. #${phase.pull} writes it into the rota, and waits for those who will be there to approve it.${unaskedText(phase.unasked)}`,
      ];
    case 'returned':
      return [`#${phase.pull} was closed without being merged. Reopen it, or edit this issue to ask anew.`];
    case 'written':
      return [
        'The people above are assigned. To move the change, edit this issue; to call it off, tell the team.',
      ];
    case 'declined':
      return [declinedText(handbook, phase)];
    case 'withdrawn':
      return ['Reopen this issue to ask again.'];
    case 'over':
      return [];
    case 'judged':
      break;
  }
  const { zone, span, asked } = verdict.timed ?? {};
  switch (verdict.kind) {
    case 'accepted':
      return verdict.edit === undefined
        ? []
        : [
            `${leads} can now say \`/approve\` (or \`/approve ${state.digest.slice(0, 12)}\`, for exactly this) or \`/decline\` and why. An edit of what is asked starts the review again, and an edit of the dates starts the notice again.`,
          ];
    case 'short-notice':
      return zone === undefined || span === undefined || asked === undefined
        ? []
        : [
            `Please choose a start at least ${durationText(asked)} after you ask. An edit of the dates is a new request, and its notice counts from then.`,
          ];
    case 'not-needed':
      return [
        'Working hours are supported anyway. Tell the team in its channel, and close this issue; or edit it, if the dates are not what you meant.',
      ];
    case 'lacking':
      return [];
  }
}

const declinedText = (
  handbook: Handbook,
  { by, reason }: Extract<Phase, { readonly kind: 'declined' }>,
): string =>
  `Declined by ${nameOf(handbook, by)}${reason === '' ? '' : `: ${forMarkdown(reason)}`}. Edit and reopen this issue to ask again.`;

const unaskedText = (logins: readonly string[]): string =>
  logins.length === 0
    ? ''
    : ` GitHub did not let me ask ${logins.map(forMarkdown).join(', ')} for a review; please tell them.`;

/** "Execution of Planned Change", of the Modernisation Platform's operational processes. */
function stepsPart(timed: Timed | undefined): string {
  const channel = timed === undefined ? 'the channel of this change' : forMarkdown(timed.request.channel);
  return [
    '**Before the change**',
    '- Everybody concerned is informed',
    '- Backups and the way back are in place, and were tried',
    '',
    '**During the change**',
    `- The people assigned are there, and everybody talks in ${channel}`,
    '',
    '**After the change**',
    `- Success is confirmed in ${channel}, and somebody watches for issues`,
    '- The outcome is written down here',
  ].join('\n');
}

function swapParts(answered: Answered, verdict: SwapVerdict): readonly string[] {
  const { handbook, phase } = answered;
  switch (phase.kind) {
    case 'written':
      return [
        '### Done',
        `${phase.pull === undefined ? 'It' : `#${phase.pull}`} is merged, and the calendars follow. For anything else, open a new request.`,
      ];
    case 'declined':
      return ['### Declined', declinedText(handbook, phase)];
    case 'withdrawn':
      return ['### Closed', 'Reopen this issue to ask again.'];
    case 'returned':
      return [
        '### The pull request was closed',
        `#${phase.pull} was closed without being merged. Reopen it, or edit this issue to ask anew.`,
      ];
    case 'over':
    case 'judged':
    case 'proposed':
      break;
  }
  const waiting =
    phase.kind === 'proposed'
      ? [`#${phase.pull} waits for everyone whose time changes to approve it.${unaskedText(phase.unasked)}`]
      : [];
  switch (verdict.kind) {
    case 'lacking':
      return [
        '### This needs more information',
        `Please edit this issue, and I will look again:\n\n${faultLines(verdict.faults)}`,
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
          .map(
            (it) =>
              `- ${forMarkdown(`${spanText(it, answered.state.requestedAt)}: the policy asks ${askedText(handbook)}`)}`,
          )
          .join('\n'),
        `Choose later turns; or, in an emergency, let a lead put the label ${forMarkdown(handbook.notice.emergency.label)} on this issue.`,
        ...waiting,
      ];
    case 'right':
      return [
        '### This can be done',
        verdict.edit.takings.map((it) => `- ${takingText(handbook, it)}`).join('\n'),
        ...waiting,
      ];
  }
}

const askedText = ({ notice: { rotaChange } }: Handbook): string =>
  rotaChange.minimum === undefined ? 'more' : durationText(rotaChange.minimum);

/** "Ben takes the turn of 2027-03-01 from Amara". */
export const takingText = (handbook: Handbook, taking: Taking): string => {
  const what = 'turn' in taking ? `the turn of ${taking.turn}` : `${taking.from} to ${taking.to}`;
  return `${nameOf(handbook, taking.person)} takes ${forMarkdown(what)} from ${nameOf(handbook, taking.insteadOf)}`;
};

const UNHEARD: Readonly<Record<Unheard['why'], string>> = {
  changed:
    'An approval did not count, because the request changed or was not judged yet when it was given. What is above is what is asked now; please look again.',
  'not-ready': 'An approval did not count, because the request is not ready for one; see above.',
  'not-asked':
    'A swap is approved on its pull request, by everyone whose time changes; `/approve` here does nothing.',
  void: 'The request was edited after it was approved, so the approval is void and it waits for a new one.',
};

const unheardPart = ({ state: { unheard }, phase }: Answered): readonly string[] =>
  unheard === undefined || !['judged', 'proposed'].includes(phase.kind) ? [] : [`⚠️ ${UNHEARD[unheard.why]}`];

/** The first line of the one reply to those who may not decide. */
export const REPLY_MARKER = '<!-- rota-as-code: request reply -->';

/** Said once on an issue, however often somebody tries. */
export const replyText = (handbook: Handbook, deciders: readonly Person[]): string =>
  `${REPLY_MARKER}\n\nThank you. \`/approve\` and \`/decline\` count from the leads of the team (${deciders.map(({ id }) => nameOf(handbook, id)).join(', ') || 'the handbook names none'}) with write access to this repository, in a comment of their own that nobody edited since.`;

/** The first line of the one question that is asked when a change is over. */
export const OUTCOME_MARKER = '<!-- rota-as-code: request outcome -->';

/** Asked once, when a change is over. */
export const outcomeText = (endAt: Instant): string =>
  `${OUTCOME_MARKER}\n\nThis change ended ${spoken(zoneOf('UTC'), endAt)} UTC. How did it go? Please say here whether it succeeded, what its users noticed, and what is left to do; then close this issue.`;

/** What a pull request says of itself; the mark tells which request it was made from. */
export const pullText = (issue: number, digest: string, lines: readonly string[]): string =>
  `${pullMark(digest)}\n\nAsked for in #${issue}.\n\n${lines.map((it) => `- ${it}`).join('\n')}\n\nThis branch is written from the issue: edit that, and it is written anew.`;

export const pullMark = (digest: string): string => `<!-- rota-as-code: request ${digest} -->`;
