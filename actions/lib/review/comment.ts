/**
 * The comment on a pull request, as Markdown for readers who do not know the YAML: the verdict, whose time changes,
 * whether the notice is enough, who still has to agree to what, and the other findings. Each part has room of its own,
 * so that none can push another out; the table gets what the others leave. Pure.
 */
import { listText } from '../compare/consent-words.ts';
import { isCorrected } from '../compare/terms.ts';
import { verdictOf } from '../compare/verdict.ts';
import { forMarkdown } from '../text/escape.ts';
import { countOf } from '../text/findings.ts';
import { plural } from '../text/plural.ts';
import { formatInstant } from '../time/format.ts';
import { zoneOf } from '../time/zone.ts';
import { within } from './budget.ts';
import { changesPart } from './changes-part.ts';
import { type Asked, askedIn, consentPart } from './consent-part.ts';
import { findingLine, type Judgement, personName } from './judgement.ts';
import { noticePart } from './notice-part.ts';
import { PARTS } from './parts.ts';

const [MARKER] = PARTS;

/** The limit for this part, of the 65,536 characters that GitHub allows in a comment. */
const MOST = 40_000 - `${MARKER}\n\n`.length;

/** The room of each part; the table has the rest. */
const ROOM = { notice: 8000, consent: 11_000, findings: 6000 } as const;

/** The check's part of the comment on a pull request. */
export const comment = (judgement: Judgement): string => `${MARKER}\n\n${reviewText(judgement)}`;

/** The same without the marker line. */
export function reviewText(judgement: Judgement): string {
  const { against, now, commit } = judgement;
  const checked = formatInstant(zoneOf('UTC'), now);
  const others = [
    ...(against.ahead.length + against.past.length > 0 ? [noticePart(judgement, ROOM.notice)] : []),
    ...consentPart(judgement, ROOM.consent),
    ...foundPart(judgement, ROOM.findings),
    `<sub>Checked ${checked} UTC at ${forMarkdown(commit.slice(0, 10))}, against the base branch's policy.</sub>`,
  ].join('\n\n');
  const verdict = verdictLine(judgement);
  const room = MOST - verdict.length - others.length - 4;
  return [verdict, changesPart(judgement, room), others].join('\n\n');
}

/** The verdict in one sentence: what is in the way, or that nothing is. */
function verdictLine(judgement: Judgement): string {
  const { against, findings, now } = judgement;
  const late = against.ahead.filter((it) => verdictOf(it, against, now).kind === 'late').length;
  const past = against.past.filter((it) => !isCorrected(it, against)).length;
  const errors = findings.filter(
    ({ rule, severity }) => severity === 'error' && !['consent', 'notice', 'history'].includes(rule),
  ).length;
  const asked = askedIn(judgement);
  const wrong = [
    ...(late > 0 ? [`${plural(late, 'change')} with too little notice`] : []),
    ...(past > 0 ? [`${plural(past, 'change')} of the past`] : []),
    ...(errors > 0 ? [plural(errors, 'error')] : []),
  ];
  const open =
    asked.length > 0
      ? [`waiting for ${listText([...new Set(asked.map((it) => briefly(judgement, it)))], 3, ', ')}`]
      : [];
  if (wrong.length > 0) return `❌ Not ready: ${[...wrong, ...open].join('; ')}.`;
  if (open.length > 0) return `⏳ Not ready: ${open.join()}.`;
  return '✅ Ready: nothing is in the way.';
}

/** Who is asked, by name. */
function briefly(judgement: Judgement, [{ person, anyOf }]: Asked): string {
  const people = anyOf.length > 0 || person === undefined ? anyOf : [person];
  const more = people.length > 2 ? ` or ${people.length - 1} others` : '';
  const names = people.slice(0, more === '' ? 2 : 1).map((id) => personName(judgement, id));
  return people.length === 0 ? 'a lead, whom the base branch does not name' : `${names.join(' or ')}${more}`;
}

/** The findings that no other part is about, errors first. */
function foundPart({ findings }: Judgement, most: number): readonly string[] {
  const others = findings.filter(({ rule }) => rule !== 'consent' && rule !== 'notice');
  if (others.length === 0) return [];
  const errorsFirst = others.toSorted(
    (one, other) => Number(other.severity === 'error') - Number(one.severity === 'error'),
  );
  const [lines] = within(errorsFirst.slice(0, 20), (it) => findingLine(it, 700), most - 200);
  const more = lines.length < others.length ? ['- and more: the job summary has all of it'] : [];
  return [[`### Other findings: ${countOf(others)}`, '', ...lines, ...more].join('\n')];
}
