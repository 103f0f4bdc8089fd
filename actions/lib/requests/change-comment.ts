/** Writes the comment on the issue of a planned change. Pure. */
import { noticeText } from '../compare/words.ts';
import { type Handbook, roleText } from '../model.ts';
import { forMarkdown } from '../text/escape.ts';
import { durationText } from '../time/duration.ts';
import { formatSpan } from '../time/format.ts';
import type { ChangeVerdict, Timed } from './change.ts';
import { type CommentInput, declinedText, faultLines, nameOf, refusedText } from './phase.ts';
import type { OnThen } from './support.ts';

/** The parts of the comment that are specific to planned changes, in order. */
export function changeParts(input: CommentInput, verdict: ChangeVerdict): readonly string[] {
  const { phase } = input;
  const timed = verdict.timed;
  const faults = verdict.kind === 'lacking' && phase.kind === 'judged' ? verdict.faults : [];
  const troubles = phase.kind === 'judged' || phase.kind === 'proposed' ? (timed?.troubles ?? []) : [];
  return [
    `### ${changeTitle(input, verdict)}`,
    ...(timed === undefined ? [] : [changeTable(input, timed)]),
    ...(faults.length === 0
      ? []
      : [`Please edit this issue; it is then checked again:\n\n${faultLines(faults)}`]),
    ...(troubles.length === 0
      ? []
      : [
          [
            'The team needs to resolve this first (by a swap, or with another person in planned-changes.yaml):',
            '',
            ...troubles.map((it) => `- ${forMarkdown(it)}`),
          ].join('\n'),
        ]),
    ...nextPart(input, verdict),
    ...(phase.kind === 'proposed' || phase.kind === 'written' ? [stepsPart(timed)] : []),
  ];
}

function changeTitle({ phase }: CommentInput, verdict: ChangeVerdict): string {
  switch (phase.kind) {
    case 'proposed':
      return 'Approved: a pull request records it';
    case 'returned':
      return 'The pull request was closed';
    case 'written':
      return 'Confirmed: it is in the calendars';
    case 'over':
      return 'This change is over';
    case 'declined':
      return 'Declined';
    case 'granted':
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

function changeTable({ handbook }: CommentInput, timed: Timed): string {
  const { service, request, span, zone, parts, minimum, requestedAt, onThen } = timed;
  const windows = parts.map(({ value, startAt, endAt }) => {
    const when = parts.length > 1 ? `${formatSpan(zone, startAt, endAt)}: ` : '';
    return `${forMarkdown(when)}${value === undefined ? 'outside all support hours' : forMarkdown(value)}`;
  });
  const notice = `${noticeText(zone, requestedAt, span.startAt)} notice; the policy asks ${durationText(minimum)}`;
  const rows = [
    ['Service', forMarkdown(service.name)],
    ['Change', forMarkdown(request.summary)],
    ['When', forMarkdown(`${formatSpan(zone, span.startAt, span.endAt, requestedAt)} (${zone.name})`)],
    ['Support hours', windows.join('<br>')],
    ['Notice', forMarkdown(notice)],
    ...onThen.map((it) => [it.line === 'first' ? 'First line' : 'Second line', onThenText(handbook, it)]),
    ['Slack channel', forMarkdown(request.channel)],
  ];
  return ['| | |', '|---|---|', ...rows.map((cells) => `| ${cells.join(' | ')} |`)].join('\n');
}

const onThenText = (handbook: Handbook, { role, person }: OnThen): string =>
  `${person === undefined ? 'nobody' : nameOf(handbook, person)} (${forMarkdown(roleText(role))})`;

const nextPart = (input: CommentInput, verdict: ChangeVerdict): readonly string[] =>
  input.phase.kind === 'judged' ? judgedPart(input, verdict) : phasePart(input);

function phasePart({ handbook, phase, state }: CommentInput): readonly string[] {
  switch (phase.kind) {
    case 'proposed': {
      const approver = nameOf(handbook, state.decision?.by ?? '');
      return [
        `Approved by ${approver}. #${phase.pull} adds it to the rota, ` +
          `and waits for the approval of the people assigned.${refusedText(phase.refused)}`,
      ];
    }
    case 'returned':
      return [
        `#${phase.pull} was closed without being merged, so its approval is void. ` +
          'Reopen it, or edit this issue, and have it approved again.',
      ];
    case 'written':
      return [
        'The people above are assigned. To move the change, edit this issue; to cancel it, tell the team.',
      ];
    case 'declined':
      return [declinedText(handbook, phase)];
    case 'withdrawn':
      return ['Reopen this issue to ask again.'];
    case 'granted':
    case 'over':
    case 'judged':
      return [];
  }
}

function judgedPart({ handbook, state, deciders }: CommentInput, verdict: ChangeVerdict): readonly string[] {
  const leads = deciders.map(({ id }) => nameOf(handbook, id)).join(', ') || 'a lead of the team';
  const { zone, span, minimum } = verdict.timed ?? {};
  switch (verdict.kind) {
    case 'accepted':
      return verdict.edit === undefined
        ? []
        : [
            `${leads} can now comment \`/approve\` (or \`/approve ${state.digest.slice(0, 12)}\`, ` +
              'for exactly this version) or `/decline` with a reason. ' +
              'Editing the request restarts the review, and editing the dates restarts the notice.',
          ];
    case 'short-notice':
      return zone === undefined || span === undefined || minimum === undefined
        ? []
        : [
            `Please choose a start at least ${durationText(minimum)} after your edit. ` +
              'Editing the dates makes a new request, and its notice counts from then.',
          ];
    case 'not-needed':
      return [
        'Working hours are supported anyway. Tell the team in its channel, and close this issue; ' +
          'or edit it, if the dates are not what you meant.',
      ];
    case 'lacking':
      return [];
  }
}

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
