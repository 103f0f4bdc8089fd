/**
 * The comment on a pull request, as Markdown for readers who do not know the YAML: the verdict, who has to do what,
 * whether the notice is enough, who is called from then on, who still has to agree to what, the other findings, and
 * last the table of whose time changes. Each part has room of its own, so that none can push another out; the table
 * gets what the others leave. Pure.
 */
import { asksToReopen, listText } from '../compare/consent-words.ts';
import { sameLogin } from '../compare/people.ts';
import { isCorrected } from '../compare/terms.ts';
import { emergenciesLacking, lateCount, verdictOf } from '../compare/verdict.ts';
import { voicesIn } from '../compare/voices.ts';
import { forMarkdown } from '../text/escape.ts';
import { countOf } from '../text/findings.ts';
import { plural } from '../text/plural.ts';
import { formatInstant } from '../time/format.ts';
import { zoneOf } from '../time/zone.ts';
import { within } from './budget.ts';
import { changesPart } from './changes-part.ts';
import { type Asked, askedIn, consentPart, emergenciesAsked, narrowest, showsAll } from './consent-part.ts';
import { findingLine, type Judgement, personName } from './judgement.ts';
import { noticePart } from './notice-part.ts';
import { PARTS } from './parts.ts';
import { reachedPart } from './reached-part.ts';

const [MARKER] = PARTS;

/** The limit for this part, of the 65,536 characters that GitHub allows in a comment. */
const MOST = 40_000 - `${MARKER}\n\n`.length;

/** The room of the parts that have no limit of their own; the table has the rest. */
const ROOM = { notice: 8000, reached: 2500, findings: 6000 } as const;

/** The check's part of the comment on a pull request. */
export const comment = (judgement: Judgement): string => `${MARKER}\n\n${reviewText(judgement)}`;

/** The same without the marker line. */
export function reviewText(judgement: Judgement): string {
  const { against, now, commit } = judgement;
  const checked = formatInstant(zoneOf('UTC'), now);
  const parts = [
    verdictLine(judgement),
    ...tasksPart(judgement),
    ...(against.ahead.length + against.past.length > 0 ? [noticePart(judgement, ROOM.notice)] : []),
    ...reachedPart(judgement, ROOM.reached),
    ...consentPart(judgement),
    ...foundPart(judgement, ROOM.findings),
  ];
  const where = forMarkdown(commit.slice(0, 10));
  const footer = `<sub>Checked ${checked} UTC at ${where}, against the base branch's policy.</sub>`;
  const room = MOST - [...parts, footer, ''].join('\n\n').length;
  return [...parts, changesPart(judgement, room), footer].join('\n\n');
}

/** The verdict in one sentence: what is in the way, or that nothing is. */
function verdictLine(judgement: Judgement): string {
  const { against, now } = judgement;
  const late = lateCount(against, now);
  const past = pastIn(judgement);
  const errors = errorsIn(judgement);
  const asked = [
    ...emergenciesAsked(judgement).map(({ approvers }) => anyOfText(judgement, approvers)),
    ...waitedFor(judgement).map((it) => briefly(judgement, it)),
  ];
  const wrong = [
    ...(showsAll(judgement)
      ? []
      : ['this changes too much at once to show what people agree to, so split it']),
    ...(late > 0 ? [`${plural(late, 'change')} with too little notice`] : []),
    ...(past > 0 ? [`${plural(past, 'change')} of the past`] : []),
    ...(errors > 0 ? [plural(errors, 'error')] : []),
  ];
  const open = asked.length > 0 ? [`waiting for ${listText([...new Set(asked)], 3, ', ')}`] : [];
  if (wrong.length > 0) return `❌ Not ready: ${[...wrong, ...open].join('; ')}.`;
  if (open.length > 0) return `⏳ Not ready: ${open.join()}.`;
  return '✅ Ready: nothing is in the way.';
}

/** Who has to do what, a line each; nothing where nothing is in the way. */
function tasksPart(judgement: Judgement): readonly string[] {
  const { against, now } = judgement;
  const isWhole = showsAll(judgement);
  const isLate = against.ahead.some((it) => verdictOf(it, against, now).kind === 'late');
  const isWaiting = lateCount(against, now) > 0 && !isLate;
  const errors = errorsIn(judgement);
  const labels = labelText(judgement);
  const isLabelled = emergenciesAsked(judgement).length > 0 && labels === '';
  const tasks = [
    ...(isWhole
      ? approvalTasks(judgement)
      : ['The author: split this pull request; no approval of it counts']),
    ...(isLate && !isLabelled ? [`The author: choose a later time${labels}`] : []),
    ...(isWaiting && !isLabelled ? [`The author: leave this open until it is notice enough${labels}`] : []),
    ...(pastIn(judgement) > 0 ? ['The author: leave what is past as it was'] : []),
    ...(errors > 0 ? [`The author: fix ${errors === 1 ? 'the error' : `the ${errors} errors`} below`] : []),
  ];
  return tasks.length > 0 ? [tasks.map((it) => `- ${it}`).join('\n')] : [];
}

/** Who has to approve; what an author does instead, because GitHub lets nobody approve their own pull request. */
function approvalTasks(judgement: Judgement): readonly string[] {
  const others = (people: readonly string[]) => people.filter((id) => !isAuthor(judgement, id));
  const asked = waitedFor(judgement).filter(canApprove);
  const [alone, open] = [true, false].map((isAlone) =>
    asked.filter(([{ anyOf }]) => (others(anyOf).length === 0) === isAlone),
  ) as [Asked[], Asked[]];
  const approving = new Set(open.map(([{ anyOf }]) => anyOfText(judgement, others(anyOf))));
  const emergencies = emergenciesAsked(judgement).map(({ approvers }) => approvers);
  const isLead = emergencies.some((approvers) => others(approvers).length < approvers.length);
  const leads = new Set(
    emergencies
      .filter((approvers) => others(approvers).length > 0 || approvers.length === 0)
      .map((approvers) => anyOfText(judgement, others(approvers))),
  );
  const or = leads.size > 0 ? 'or ' : '';
  const agreeing = asksToReopen(judgement.against.pull?.authorDoubt)
    ? 'close this and reopen it'
    : 'push a commit of your own, which may be empty';
  return [
    ...(approving.size > 0 ? [`${listText([...approving], 5, ', ')}: approve the latest commit`] : []),
    ...(alone.length > 0 ? [`The author: ${agreeing}, to agree`] : []),
    ...(leads.size > 0 ? [`${listText([...leads], 3, ', ')}: approve it as an emergency`] : []),
    ...(isLead ? [`The author, as a lead: ${or}remove the label of the emergency and set it again`] : []),
  ];
}

const waitedFor = (judgement: Judgement): readonly Asked[] =>
  narrowest(askedIn(judgement), ([{ anyOf }]) => anyOf);

const isAuthor = ({ against }: Judgement, person: string): boolean => {
  const voice = voicesIn(against).of(person);
  return voice.kind === 'login' && sameLogin(voice.login, against.pull?.author ?? '');
};

/** Whether somebody can agree at all; where nobody can, the part on consent has the way out. */
const canApprove = ([{ anyOf }]: Asked): boolean => anyOf.length > 0;

/** The labels that let a late change pass, which the pull request has not yet. */
function labelText({ against }: Judgement): string {
  const labels = emergenciesLacking(against).flatMap(({ label }) =>
    against.pull?.labels.includes(label) === true ? [] : [forMarkdown(label)],
  );
  const [first, ...more] = new Set(labels);
  if (first === undefined) return '';
  const [names, leads] =
    more.length === 0
      ? [`the label ${first}`, 'a lead']
      : [`the labels ${listText([first, ...more], 3, ' and ')}`, 'a lead of each team'];
  return `, or, in an emergency, add ${names} and have ${leads} approve it`;
}

/** The number of changes of the past that no label corrects. */
const pastIn = ({ against }: Judgement): number =>
  against.past.filter((it) => !isCorrected(it, against)).length;

/** The number of errors that no other part is about: consent, notice and changes of the past have their own. */
const errorsIn = ({ findings }: Judgement): number =>
  findings.filter(
    ({ rule, code, severity }) =>
      severity === 'error' && !['consent', 'notice'].includes(rule) && code !== 'past-changed',
  ).length;

/** Who is asked, by name. */
const briefly = (judgement: Judgement, [{ person, anyOf }]: Asked): string =>
  anyOfText(judgement, anyOf.length > 0 || person === undefined ? anyOf : [person]);

function anyOfText(judgement: Judgement, people: readonly string[]): string {
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
