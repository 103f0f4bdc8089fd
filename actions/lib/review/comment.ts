/**
 * The comment on a pull request, as Markdown for readers who do not know the YAML: whose time changes, whether the
 * notice is enough, whose approval is missing, and the other findings. Pure.
 */
import type { Against } from '../compare/against.ts';
import type { Exception } from '../compare/exceptions.ts';
import { missingConsent, personIn, unreviewedRotas, verdictOf } from '../compare/verdict.ts';
import { noticeText, reasonText, spanText } from '../compare/words.ts';
import { forMarkdown } from '../text/escape.ts';
import { countOf } from '../text/findings.ts';
import { durationText } from '../time/duration.ts';
import { formatInstant } from '../time/format.ts';
import { zoneOf } from '../time/zone.ts';
import { changesPart } from './changes-part.ts';
import { findingLine, type Judgement, personName } from './judgement.ts';
import { PARTS } from './parts.ts';

const [MARKER] = PARTS;

/** The limit for this part, of the 65,536 characters that GitHub allows in a comment; a long table can exceed it. */
const MOST = 40_000 - `${MARKER}\n\n`.length;

/** The check's part of the comment on a pull request. */
export const comment = (judgement: Judgement): string => `${MARKER}\n\n${reviewText(judgement)}`;

/** The same without the marker line. */
export function reviewText(judgement: Judgement): string {
  const { against, now, commit } = judgement;
  const checked = formatInstant(zoneOf('UTC'), now);
  const parts = [
    changesPart(judgement),
    ...(against.ahead.length + against.past.length > 0 ? [noticePart(judgement)] : []),
    ...missingPart(judgement),
    ...foundPart(judgement),
    `<sub>Checked ${checked} UTC at ${forMarkdown(commit.slice(0, 10))}, against the base branch's policy.</sub>`,
  ];
  const body = parts.join('\n\n');
  return body.length <= MOST ? body : `${body.slice(0, MOST)}\n\n… and more: the job summary has all of it.`;
}

function noticePart(judgement: Judgement): string {
  const { ahead, past } = judgement.against;
  const lines = [
    ...past.map((it) => pastLine(judgement, it)),
    ...ahead.map((it) => verdictLine(judgement, it)),
  ];
  const more = lines.length > 30 ? [`- and ${lines.length - 30} more`] : [];
  return ['### Notice', '', ...lines.slice(0, 30), ...more].join('\n');
}

const pairText = (judgement: Judgement, { before, after }: Exception): string =>
  [before, after].map((id) => (id === undefined ? 'nobody' : personName(judgement, id))).join(' → ');

function pastLine(judgement: Judgement, exception: Exception): string {
  const { handbook, pull } = judgement.against;
  const { correction } = handbook.notice;
  const change = `${pairText(judgement, exception)}, ${spanText(exception, judgement.now)}: this is past`;
  return correction !== undefined && pull?.labels.includes(correction) === true
    ? `- ✅ ${change}, and corrected with the label ${forMarkdown(correction)}`
    : `- ❌ ${change}, and past cover does not change`;
}

function verdictLine(judgement: Judgement, exception: Exception): string {
  const { against, now } = judgement;
  const { zone, startAt } = exception;
  const what = `${pairText(judgement, exception)}, ${spanText(exception, now)}`;
  const change = `${what}: ${noticeText(zone, now, startAt)} notice`;
  const verdict = verdictOf(exception, against, now);
  switch (verdict.kind) {
    case 'enough':
      return `- ✅ ${change}, which is enough`;
    case 'short':
      return `- ✅ ${change}; a short cover between colleagues needs none`;
    case 'emergency': {
      const label = forMarkdown(against.handbook.notice.emergency.label);
      return `- 🚨 ${change}; passed as an emergency, with the label ${label} and the approval it needs`;
    }
    case 'requested': {
      const from = formatInstant(zone, verdict.requestedAt);
      const source = `${forMarkdown('requested_at')} in ${forMarkdown('planned-changes.yaml')}`;
      return `- ⚠️ ${change}; enough counted from ${from}, the ${source}: compare that with the request`;
    }
    case 'little':
      return `- ⚠️ ${change}; the policy recommends ${durationText(verdict.required)}`;
    case 'late':
      return `- ❌ ${change}; the policy requires ${durationText(verdict.required)}${unapproved(against)}`;
  }
}

/** The note on an emergency that has the label but not yet the approval. */
function unapproved({ handbook, pull }: Against): string {
  const { label, approvedBy } = handbook.notice.emergency;
  if (pull?.labels.includes(label) !== true) return '';
  const who = approvedBy === 'team-leads' ? 'a lead of the team' : 'an owner of the policies';
  return `; it has the label ${forMarkdown(label)}, and ${who} has not approved it yet`;
}

function missingPart(judgement: Judgement): readonly string[] {
  const { against } = judgement;
  const changes = against.ahead.length + against.past.length;
  const missing = missingConsent(against);
  const unread = unreviewedRotas(against);
  if (against.pull === undefined || changes + unread.length === 0) return [];
  if (missing.length + unread.length === 0)
    return against.handbook.notice.consent.length === 0 ? [] : ['### Everyone has agreed'];
  const who = (person: string) => {
    const login = personIn(against, person)?.github;
    const name = personName(judgement, person);
    return login === undefined
      ? `${name}, who has no github name in people, so that an approval would not be recognised`
      : `@${login} (${name})`;
  };
  const lines = missing.map((it) => `- ${who(it.person)}: ${forMarkdown(reasonText(it))}`);
  const leads = unread.map(({ rota, leads }) => {
    const lead = leads.map(who).join(', or ') || 'a lead, whom no team names yet';
    return (
      `- ${lead}: whose time changes in ${forMarkdown(rota)} is unknown, ` +
      'because the rota, or a file it needs, could not be read before or after the change'
    );
  });
  return [
    [
      '### Waiting for approval',
      '',
      'These people need to approve the latest commit:',
      '',
      ...lines,
      ...leads,
    ].join('\n'),
  ];
}

function foundPart({ findings }: Judgement): readonly string[] {
  const others = findings.filter(({ rule }) => rule !== 'consent' && rule !== 'notice');
  if (others.length === 0) return [];
  const lines = others.slice(0, 20).map(findingLine);
  return [
    [
      `### Other findings: ${countOf(others)}`,
      '',
      ...lines,
      ...(others.length > 20 ? ['- and more: the job summary has all of it'] : []),
    ].join('\n'),
  ];
}
