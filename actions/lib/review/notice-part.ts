/** The part of the comment on notice: a line for each change, what is not enough first. Pure. */
import type { Against } from '../compare/against.ts';
import type { Exception } from '../compare/exceptions.ts';
import type { RequestTime } from '../compare/request-time.ts';
import { verdictOf } from '../compare/verdict.ts';
import { noticeText, spanText } from '../compare/words.ts';
import { forMarkdown } from '../text/escape.ts';
import { durationText } from '../time/duration.ts';
import { formatInstant } from '../time/format.ts';
import type { Zone } from '../time/zone.ts';
import { within } from './budget.ts';
import { type Judgement, personName } from './judgement.ts';

/** What is reported about one change: whether it may pass, and why. */
interface Remark {
  readonly mark: '❌' | '🚨' | '⚠️' | '✅';
  readonly text: string;
}

const MARKS: readonly Remark['mark'][] = ['❌', '🚨', '⚠️', '✅'];

/** Whether past cover that changes is a correction that the policy allows. */
export function isCorrection({ handbook, pull }: Against): boolean {
  const { correction } = handbook.notice;
  return correction !== undefined && pull?.labels.includes(correction) === true;
}

/** The changes and whether their notice is enough; lines are left out where they would take more room. */
export function noticePart(judgement: Judgement, most: number): string {
  const { against, now } = judgement;
  const { ahead, past } = against;
  const remarks = [
    ...past.map((it) => ({ exception: it, ...pastRemark(against) })),
    ...ahead.map((it) => ({ exception: it, ...remark(judgement, it) })),
  ].toSorted((one, other) => MARKS.indexOf(one.mark) - MARKS.indexOf(other.mark));
  const [lines, left] = within(
    remarks.slice(0, 30),
    ({ exception, mark, text }) =>
      `- ${mark} ${pairText(judgement, exception)}, ${spanText(exception, now)}: ${text}`,
    most - 100,
  );
  const more = left + Math.max(0, remarks.length - 30);
  const rest = more > 0 ? [`- and ${more} more`] : [];
  return ['### Is it enough notice?', '', ...lines, ...rest].join('\n');
}

function pairText(judgement: Judgement, { before, after, effect }: Exception): string {
  if (effect !== undefined) return personName(judgement, (before ?? after) as string);
  return [before, after].map((id) => (id === undefined ? 'nobody' : personName(judgement, id))).join(' → ');
}

function pastRemark(against: Against): Remark {
  const label = forMarkdown(against.handbook.notice.correction ?? '');
  return isCorrection(against)
    ? { mark: '✅', text: `this is past, and corrected with the label ${label}` }
    : { mark: '❌', text: 'this is past, and past cover does not change' };
}

function remark({ against, now }: Judgement, exception: Exception): Remark {
  const { zone, startAt } = exception;
  const given = `${noticeText(zone, now, startAt)} notice`;
  const verdict = verdictOf(exception, against, now);
  switch (verdict.kind) {
    case 'enough':
      return { mark: '✅', text: `${given}, which is enough` };
    case 'short':
      return { mark: '✅', text: `${given}; a short cover between colleagues needs none` };
    case 'emergency': {
      const label = forMarkdown(against.handbook.notice.emergency.label);
      return {
        mark: '🚨',
        text: `${given}; passed as an emergency, with the label ${label} and the approval it needs`,
      };
    }
    case 'requested':
      return { mark: '⚠️', text: `${given}; enough counted from ${clockText(verdict.request, zone)}` };
    case 'little':
      return { mark: '⚠️', text: `${given}; the policy recommends ${durationText(verdict.required)}` };
    case 'late': {
      const { required, request } = verdict;
      const clock = request === undefined ? '' : `, counted from ${clockText(request, zone)}`;
      return {
        mark: '❌',
        text: `${given}; the policy requires ${durationText(required)}${clock}${unapproved(against)}`,
      };
    }
  }
}

/** The time at which a planned change was requested, and whose clock says so. */
function clockText({ at, clock }: RequestTime, zone: Zone): string {
  if (clock === 'none') return 'its request, whose time GitHub does not report';
  const file = `${forMarkdown('requested_at')} in ${forMarkdown('planned-changes.yaml')}`;
  const sources = {
    file: `the ${file}: compare that with the request`,
    issue: 'the last edit of its issue',
    push: 'the push of this commit, because GitHub reports no issue of the change',
  };
  return `${formatInstant(zone, at)}, ${sources[clock]}`;
}

/** The note on an emergency that has the label but not yet the approval. */
function unapproved({ handbook, pull }: Against): string {
  const { label, approvedBy } = handbook.notice.emergency;
  if (pull?.labels.includes(label) !== true) return '';
  const who = approvedBy === 'team-leads' ? 'a lead of the team' : 'an owner of the policies';
  return `; it has the label ${forMarkdown(label)}, and ${who} has not approved it yet`;
}
