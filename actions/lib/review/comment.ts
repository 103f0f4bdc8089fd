/**
 * The comment on a pull request, as Markdown for people who never saw the YAML: whose time changes, whether that is enough
 * notice, who has not agreed yet, what else is wrong. Pure.
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

/** GitHub takes 65,536 characters of a comment, so much of this part; a table of everybody may be longer. */
const MOST = 40_000 - `${MARKER}\n\n`.length;

/** The comment on a pull request, as the check's part of it. */
export const comment = (judgement: Judgement): string => `${MARKER}\n\n${reviewText(judgement)}`;

/** The same without the line by which a comment is found again. */
export function reviewText(judgement: Judgement): string {
  const { against, now, commit } = judgement;
  const parts = [
    changesPart(judgement),
    ...(against.ahead.length + against.past.length > 0 ? [noticePart(judgement)] : []),
    ...missingPart(judgement),
    ...foundPart(judgement),
    `<sub>Judged ${formatInstant(zoneOf('UTC'), now)} UTC at ${forMarkdown(commit.slice(0, 10))}, against the base branch's policy.</sub>`,
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
  return ['### Is it enough notice', '', ...lines.slice(0, 30), ...more].join('\n');
}

const pairText = (judgement: Judgement, { before, after }: Exception): string =>
  [before, after].map((id) => (id === undefined ? 'nobody' : personName(judgement, id))).join(' → ');

function pastLine(judgement: Judgement, exception: Exception): string {
  const { handbook, pull } = judgement.against;
  const { correction } = handbook.notice;
  const said = `${pairText(judgement, exception)}, ${spanText(exception, judgement.now)}: this is past`;
  return correction !== undefined && pull?.labels.includes(correction) === true
    ? `- ✅ ${said}, and corrected with the label ${forMarkdown(correction)}`
    : `- ❌ ${said}, and stays as it was`;
}

function verdictLine(judgement: Judgement, exception: Exception): string {
  const { against, now } = judgement;
  const { zone, startAt } = exception;
  const said = `${pairText(judgement, exception)}, ${spanText(exception, judgement.now)}: ${noticeText(zone, now, startAt)} notice`;
  const verdict = verdictOf(exception, against, now);
  switch (verdict.kind) {
    case 'enough':
      return `- ✅ ${said}, which is enough`;
    case 'short':
      return `- ✅ ${said}; a short cover between colleagues needs none`;
    case 'emergency':
      return `- 🚨 ${said}; passed as an emergency, with the label ${forMarkdown(against.handbook.notice.emergency.label)} and the approval it wants`;
    case 'requested':
      return `- ⚠️ ${said}; enough counted from ${formatInstant(zone, verdict.requestedAt)}, when ${forMarkdown('planned-changes.yaml')} says that it was asked for: compare that with the request`;
    case 'little':
      return `- ⚠️ ${said}; the policy recommends ${durationText(verdict.asked)}`;
    case 'late':
      return `- ❌ ${said}; the policy asks ${durationText(verdict.asked)}${unapproved(against)}`;
  }
}

/** An emergency that is labelled as one, and not approved as one yet. */
function unapproved({ handbook, pull }: Against): string {
  const { label, approvedBy } = handbook.notice.emergency;
  if (pull?.labels.includes(label) !== true) return '';
  const who = approvedBy === 'team-leads' ? 'a lead of the team' : 'an owner of the policies';
  return `; it has the label ${forMarkdown(label)}, and ${who} has not approved it yet`;
}

function missingPart(judgement: Judgement): readonly string[] {
  const { against } = judgement;
  const changes = against.ahead.length + against.past.length;
  const [missing, unread] = [missingConsent(against), unreviewedRotas(against)];
  if (against.pull === undefined || changes + unread.length === 0) return [];
  if (missing.length + unread.length === 0)
    return against.handbook.notice.consent.length === 0 ? [] : ['### Everyone has agreed'];
  const who = (person: string) => {
    const login = personIn(against, person)?.github;
    const name = personName(judgement, person);
    return login === undefined
      ? `${name}, who has no github name in people and so cannot be heard`
      : `@${login} (${name})`;
  };
  const lines = missing.map((it) => `- ${who(it.person)}: ${forMarkdown(reasonText(it))}`);
  const leads = unread.map(
    ({ rota, leads }) =>
      `- ${leads.map(who).join(', or ') || 'a lead, whom no team names yet'}: whose time changes in ${forMarkdown(rota)} cannot be told, because it, or what it needs, could not be read before or after`,
  );
  return [
    ['### Still to agree', '', 'By approving this pull request as it stands:', '', ...lines, ...leads].join(
      '\n',
    ),
  ];
}

function foundPart({ findings }: Judgement): readonly string[] {
  const others = findings.filter(({ rule }) => rule !== 'consent' && rule !== 'notice');
  if (others.length === 0) return [];
  const lines = others.slice(0, 20).map(findingLine);
  return [
    [
      `### What else was found: ${countOf(others)}`,
      '',
      ...lines,
      ...(others.length > 20 ? ['- and more: the job summary has all of it'] : []),
    ].join('\n'),
  ];
}
