/** The part of the comment on notice: a line for each change, what is not enough first. Pure. */
import type { Against } from '../compare/against.ts';
import { listText } from '../compare/consent-words.ts';
import type { Exception } from '../compare/exceptions.ts';
import type { RequestTime } from '../compare/request-time.ts';
import { correctionLabels, isCorrected } from '../compare/terms.ts';
import { emergenciesLacking, isCountedTogether, teamsChanged, verdictOf } from '../compare/verdict.ts';
import { countedText, noticeText, spanText } from '../compare/words.ts';
import { type NoticeTerms, termsFor } from '../model.ts';
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

/** The changes and whether their notice is enough; lines are left out where they would take more room. */
export function noticePart(judgement: Judgement, most: number): string {
  const { against, now } = judgement;
  const { ahead, past } = against;
  const remarks = [
    ...past.map((it) => ({ exception: it, ...pastRemark(it, against) })),
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

function pastRemark(exception: Exception, against: Against): Remark {
  const labels = (correctionLabels(exception, against) ?? []).map(forMarkdown).join(' and ');
  return isCorrected(exception, against)
    ? { mark: '✅', text: `this is past, and corrected with the label ${labels}` }
    : { mark: '❌', text: 'this is past, and past cover does not change' };
}

function remark(judgement: Judgement, exception: Exception): Remark {
  const { against, now } = judgement;
  const { zone, startAt } = exception;
  const begun = against.pull?.pushedAt === undefined ? 'before it was checked' : 'after it was pushed';
  const given =
    startAt < now
      ? `this began ${begun}, so that no notice is left`
      : `${noticeText(zone, now, startAt)} notice`;
  const counted = isCountedTogether(exception, against) ? ` (${countedText(exception)})` : '';
  const verdict = verdictOf(exception, against, now);
  switch (verdict.kind) {
    case 'enough':
      return { mark: '✅', text: `${given}, which is enough` };
    case 'short':
      return { mark: '✅', text: `${given}; a short cover between colleagues needs none${counted}` };
    case 'emergency': {
      return { mark: '🚨', text: `${given}; ${emergencyPassed(against)}` };
    }
    case 'requested':
      return { mark: '⚠️', text: `${given}; enough counted from ${clockText(verdict.request, zone)}` };
    case 'little':
      return { mark: '⚠️', text: `${given}; the policy recommends ${durationText(verdict.required)}` };
    case 'late': {
      const { required, request } = verdict;
      const clock = request === undefined ? '' : `, counted from ${clockText(request, zone)}`;
      const minimum = `the policy asks ${durationText(required)}${clock}${counted}`;
      return { mark: '❌', text: `${given}; ${minimum}; ${wayOut(judgement)}` };
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
    push: 'the last push, opening or change of base of the pull request, as GitHub reports no issue of the change',
  };
  return `${formatInstant(zone, at)}, ${sources[clock]}`;
}

/** The labels and approvals with which a change would pass as an emergency. */
export function wayOut(judgement: Judgement): string {
  const { against } = judgement;
  const lacking = emergenciesLacking(against).map(({ label, approvers }) => ({
    label: forMarkdown(label),
    hasLabel: against.pull?.labels.includes(label) === true,
    who:
      listText(
        approvers.map((id) => personName(judgement, id)),
        3,
        ' or ',
      ) || 'a lead',
  }));
  return lacking.every(({ hasLabel }) => hasLabel)
    ? listText(
        lacking.map(({ label, who }) => `it has the label ${label}, and ${who} has not approved it yet`),
        3,
      )
    : `as an emergency it passes ${listText(
        lacking.map(({ label, who }) => `with the label ${label} and the approval of ${who}`),
        3,
        ', and ',
      )}`;
}

/** That a change passed as an emergency, and by which labels. */
export function emergencyPassed(against: Against): string {
  const labels = emergencies(against).map((it) => forMarkdown(it.label));
  return `passed as an emergency, with the label ${labels.join(' and ')} and the approval it needs`;
}

/** What the teams whose rotas change ask of an emergency, each label once. */
function emergencies(against: Against): readonly NoticeTerms['emergency'][] {
  const all = [...teamsChanged(against)].map((team) => termsFor(against.handbook.notice, team).emergency);
  return [...new Map(all.map((it) => [it.label, it])).values()];
}
