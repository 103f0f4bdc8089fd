/**
 * The part of the comment on consent: who has to agree to what, why, and what would settle it. Every reason for which
 * somebody is asked is there, or nobody's approval counts. Pure.
 */
import type { Against } from '../compare/against.ts';
import { consentText, doubtText } from '../compare/consent-words.ts';
import { type RequiredConsent, requiredConsents } from '../compare/consents.ts';
import type { IdentityKind } from '../compare/identity-change.ts';
import { sameLogin } from '../compare/people.ts';
import { type Emergency, emergenciesLacking, lateCount, missingConsent } from '../compare/verdict.ts';
import { doubtAbout, voicesIn } from '../compare/voices.ts';
import { forMarkdown } from '../text/escape.ts';
import { fitMarkdown, within } from './budget.ts';
import { type Judgement, personName, plainName } from './judgement.ts';

/** The missing consents of the same people, which one approval gives. */
export type Asked = readonly [RequiredConsent, ...RequiredConsent[]];

/** The missing consents, grouped by who is asked. */
export function askedIn({ against }: Pick<Judgement, 'against'>): readonly Asked[] {
  const key = ({ person, anyOf, reason }: RequiredConsent) =>
    JSON.stringify(anyOf.length > 0 ? anyOf.toSorted() : [person, person === undefined ? reason : undefined]);
  return [...Map.groupBy(missingConsent(against), key).values()] as unknown as readonly Asked[];
}

/**
 * The items that no other one makes superfluous. `peopleOf` gives the people any of whom can agree to an item; when one
 * of them does, every item whose people include all of these is agreed to as well.
 */
export const narrowest = <T>(all: readonly T[], peopleOf: (it: T) => readonly string[]): readonly T[] =>
  all.filter((it) => !all.some((other) => isWithin(peopleOf(other), peopleOf(it))));

const isWithin = (few: readonly string[], many: readonly string[]): boolean =>
  few.length > 0 && few.length < many.length && few.every((id) => many.includes(id));

/** The people any of whom has to approve an emergency that has its label, and the label; for each team concerned. */
export function emergenciesAsked({ against, now }: Pick<Judgement, 'against' | 'now'>): readonly Emergency[] {
  const { pull } = against;
  if (lateCount(against, now) === 0) return [];
  return emergenciesLacking(against).filter(({ label }) => pull?.labels.includes(label));
}

/** Characters for who agrees to what; what is more, nobody can agree to. */
const MOST_REASONS = 17_000;

/** Characters for emergencies, for words that do not count, and for ways out. */
const MOST_ASIDES = 3500;

/** The room of the whole part. */
const MOST = MOST_REASONS + MOST_ASIDES + 1000;

/** How many of somebody's own changes are described one by one, where there is room; the sum is there always. */
const DEPTHS = [3, 1] as const;
type Depth = (typeof DEPTHS)[number];

/** The depth at which everything fits. */
const depths = new WeakMap<Against, { readonly depth: Depth | undefined }>();

/**
 * The depth at which there is room for every reason for which anybody but the author is asked, whoever has approved
 * already; undefined where there is none.
 */
function depthOf(judgement: Judgement): Depth | undefined {
  const { against } = judgement;
  const known = depths.get(against);
  if (known !== undefined) return known.depth;
  const pull = against.pull && { ...against.pull, approvals: [] };
  const asked = askedIn({ against: { ...against, pull } });
  const depth = DEPTHS.find((it) => fullLines(judgement, asked, it) !== undefined);
  depths.set(against, { depth });
  return depth;
}

/** Whether the comment shows everything that people agree to: an approval of what nobody could read is none. */
export const showsAll = (judgement: Judgement): boolean => depthOf(judgement) !== undefined;

/** Who still has to agree, a line each, or that everyone has; nothing where no consent is required. */
export function consentPart(judgement: Judgement): readonly string[] {
  const { against } = judgement;
  const emergencies = emergenciesAsked(judgement);
  const isRequired = requiredConsents(against).length > 0 || emergencies.length > 0;
  if (against.pull === undefined || !isRequired) return [];
  const asked = askedIn(judgement);
  const depth = depthOf(judgement);
  if (asked.length + emergencies.length === 0 && depth !== undefined) return ['### Everyone has agreed'];
  const approvals = emergencies.slice(0, 10).map((it) => `- ${emergencyLine(judgement, it)}`);
  const full = depth === undefined ? undefined : fullLines(judgement, asked, depth);
  const lines =
    full === undefined
      ? cutLines(judgement, asked, MOST - approvals.join('\n').length - 700)
      : withAsides(judgement, asked, full, MOST_ASIDES - approvals.join('\n').length);
  const intro = full === undefined ? TOO_MUCH : INTRO;
  return [['### Still to agree', '', intro, '', ...approvals, ...lines].join('\n')];
}

const INTRO =
  'Everyone here needs to approve the latest commit; where a line names several, one of them is enough. ' +
  'This is green once they have.';

const TOO_MUCH =
  'There is no room here to show everything that people would agree to, so no approval of it counts: split this ' +
  'pull request.';

/** A line for each who is asked, with every reason; undefined where they do not fit. */
function fullLines(
  judgement: Judgement,
  asked: readonly Asked[],
  depth: Depth,
): readonly string[] | undefined {
  const first = new Map<string, string>();
  const lines: string[] = [];
  let length = 0;
  for (const it of asked) {
    const who = askedText(judgement, it);
    const reasons = it.toSorted((one, other) => weightOf(one) - weightOf(other));
    const what = reasons.map((reason) => forMarkdown(whatText(judgement, reason, depth))).join('; ');
    const known = what.length > LONG ? first.get(what) : undefined;
    first.set(what, known ?? who);
    const line = `- ${who}: ${known === undefined ? what : `the same as ${known}`}`;
    length += line.length + 1;
    if (length > MOST_REASONS) return undefined;
    lines.push(line);
  }
  return lines;
}

/** Reasons that are longer than this are not repeated. */
const LONG = 300;

/** What decides who is asked, who leads and who is called comes before the rest. */
const WEIGHTS: readonly IdentityKind[] = ['policy', 'leads', 'chain', 'service'];

function weightOf({ reason }: RequiredConsent): number {
  if (reason.kind === 'unread-base' || reason.kind === 'unread-rota') return -1;
  if (reason.kind === 'first-leads') return WEIGHTS.indexOf('leads');
  const weight = reason.kind === 'identity' ? WEIGHTS.indexOf(reason.change.kind) : -1;
  return weight < 0 ? WEIGHTS.length : weight;
}

/** The lines, with why a word does not count and what would help, as far as there is room. */
function withAsides(
  judgement: Judgement,
  asked: readonly Asked[],
  lines: readonly string[],
  most: number,
): readonly string[] {
  let left = most;
  return lines.map((line, i) => {
    const text = [line, ...asidesText(judgement, asked[i] as Asked)].join('. ');
    if (text.length - line.length > left) return line;
    left -= text.length - line.length;
    return text;
  });
}

/** Those who are asked most weighty things, each with what fits into their share; and how many more there are. */
function cutLines(judgement: Judgement, asked: readonly Asked[], room: number): readonly string[] {
  const share = Math.floor(room / Math.max(1, asked.length));
  const lineOf = (it: Asked) => {
    const whole = cutLine(judgement, it, share);
    return whole.length + 10 <= share ? whole : cutLine(judgement, it, 0);
  };
  const [lines, left] = within(asked, (it) => `- ${lineOf(it)}`, room);
  return left > 0 ? [...lines, `- and ${left} more, whom the findings in the job summary name`] : lines;
}

function emergencyLine(judgement: Judgement, { label, approvers }: Emergency): string {
  const names = approvers.slice(0, 5).map((id) => whoText(judgement, id));
  const who = names.length > 0 ? names.join(', or ') : 'a lead, whom the base branch does not name';
  const doubts = approvers
    .slice(0, 5)
    .flatMap((id) => [...doubtsText(judgement, id), ...unlabelledText(judgement, id)]);
  return [
    `${who}: lets this pass as an emergency, with the label ${fitMarkdown(label, 100)}`,
    ...doubts,
  ].join('. ');
}

/** The room of the names and the advice in a line. */
const LINE = 1500;

/** A line of about so many characters, or of the four weightiest reasons. */
function cutLine(judgement: Judgement, asked: Asked, most: number): string {
  const ordered = asked.toSorted((one, other) => weightOf(one) - weightOf(other));
  const [fitting] = within(ordered, (it) => fitMarkdown(whatText(judgement, it, 1), 700), most - LINE);
  const shown = ordered.slice(0, Math.max(4, fitting.length));
  const reasons = shown.map((it) => fitMarkdown(whatText(judgement, it, 1), 700));
  const left = asked.length - shown.length;
  const what = [...reasons, ...(left > 0 ? [`and ${left} more`] : [])].join('; ');
  return [`${askedText(judgement, asked)}: ${what}`, ...asidesText(judgement, shown)].join('. ');
}

/** "@amara-osei (Amara Osei), or @nia-rhys (Nia Rhys)". */
function askedText(judgement: Judgement, [{ person, anyOf }]: Asked): string {
  const names = anyOf.slice(0, MOST_NAMES).map((id) => whoText(judgement, id));
  const others = anyOf.length > MOST_NAMES ? ` or ${anyOf.length - MOST_NAMES} more` : '';
  if (names.length > 0) return `${names.join(', or ')}${others}`;
  return person === undefined ? 'nobody whom the base branch names' : personName(judgement, person);
}

/** The most people who are named of those any of whom can agree. */
const MOST_NAMES = 5;

/** Why a word does not count, and what would help, each once. */
function asidesText(judgement: Judgement, asked: readonly RequiredConsent[]): readonly string[] {
  const doubts = (asked[0]?.anyOf ?? []).slice(0, MOST_NAMES).flatMap((id) => doubtsText(judgement, id));
  return [...new Set([...doubts, ...asked.flatMap((it) => adviceText(judgement, it))])];
}

/** What is agreed to, and for whom, where somebody else is asked. */
function whatText(judgement: Judgement, { person, anyOf, reason }: RequiredConsent, depth: Depth): string {
  const nameOf = (id: string) => plainName(judgement, id);
  const { handbook, against } = judgement;
  const zone = (id: string) => (handbook.people.get(id) ?? against.handbook.people.get(id))?.zone;
  const text = consentText(reason, nameOf, { now: judgement.now, zone, most: depth });
  if (person === undefined || anyOf.length === 0 || anyOf.includes(person)) return text;
  return `for ${nameOf(person)}, who ${reason.kind === 'time' ? '' : 'is '}${text}`;
}

function whoText(judgement: Judgement, person: string): string {
  const voice = voicesIn(judgement.against).of(person);
  const name = personName(judgement, person);
  return voice.kind === 'login' ? `@${voice.login} (${name})` : name;
}

/** Why an approval that somebody seems to have given does not count. */
function doubtsText({ against }: Judgement, person: string): readonly string[] {
  const voice = voicesIn(against).of(person);
  if (against.pull === undefined || voice.kind !== 'login') return [];
  const doubt = doubtAbout(against.pull, voice.login);
  return doubt === undefined ? [] : [`@${voice.login} ${doubtText(doubt)}`];
}

/** Why an approval that counts otherwise is none of an emergency. */
function unlabelledText({ against }: Judgement, person: string): readonly string[] {
  const { pull } = against;
  const voice = voicesIn(against).of(person);
  if (pull === undefined || voice.kind !== 'login') return [];
  const { login } = voice;
  const [approved, unlabelled] = [pull.approvals, pull.unlabelled ?? []].map((all) =>
    all.some((it) => sameLogin(it, login)),
  );
  return approved && unlabelled
    ? [
        `@${login} approved before this showed the label, or that the notice is too short, or before a label ` +
          'was removed; approve it again',
      ]
    : [];
}

/** The way out where an approval alone is not enough, or not the only way. */
function adviceText(judgement: Judgement, { person, anyOf, reason }: RequiredConsent): readonly string[] {
  if (reason.kind === 'unread-base') {
    const files = reason.files.slice(0, 3).map((it) => fitMarkdown(it, 200));
    const fix = `A pull request that only fixes ${files.join(', ')} needs `;
    return [
      `${fix}${anyOf.length > 0 ? 'a lead only' : 'an administrator, because no lead can be read either'}`,
    ];
  }
  if (person !== undefined) return personAdvice(judgement, person, anyOf);
  if (anyOf.length > 0) return [];
  return ['The base branch names no lead with a github name of their own, so an administrator has to help'];
}

function personAdvice(judgement: Judgement, person: string, leads: readonly string[]): readonly string[] {
  const voice = voicesIn(judgement.against).of(person);
  const name = personName(judgement, person);
  switch (voice.kind) {
    case 'login':
      return [];
    case 'no-login':
      return [
        `people has no github name for ${name}, so that an approval would not be recognised; ` +
          'add it first, in a pull request of its own',
      ];
    case 'shared': {
      const people = voice.people.slice(0, 3).map((id) => personName(judgement, id));
      return [
        `${people.join(' and ')} share one github name, so that it is nobody's; write each person's own first`,
      ];
    }
    case 'unknown':
      return [
        `Who ${name} is cannot be read from the base branch, so ` +
          (leads.length > 0 ? 'a lead agrees for them' : 'nobody can agree for them'),
      ];
  }
}
