/** The part of the comment on consent: who has to agree to what, why, and what would settle it. Pure. */
import { consentText, doubtText } from '../compare/consent-words.ts';
import { type RequiredConsent, requiredConsents } from '../compare/consents.ts';
import { type Emergency, emergencyOf, missingConsent, verdictOf } from '../compare/verdict.ts';
import { doubtAbout, voicesIn } from '../compare/voices.ts';
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

/** The people any of whom has to approve an emergency that has its label, and the label. */
export function emergenciesAsked({ against, now }: Pick<Judgement, 'against' | 'now'>): readonly Emergency[] {
  const { pull, ahead } = against;
  const late = ahead.filter((it) => verdictOf(it, against, now).kind === 'late');
  const emergencies = late
    .map((it) => emergencyOf(it, against))
    .filter(({ label }) => pull?.labels.includes(label));
  return [...new Map(emergencies.map((it) => [JSON.stringify(it), it])).values()];
}

/** Who still has to agree, a line each, or that everyone has; nothing where no consent is required. */
export function consentPart(judgement: Judgement, most: number): readonly string[] {
  const { against } = judgement;
  const emergencies = emergenciesAsked(judgement);
  const isRequired = requiredConsents(against).length > 0 || emergencies.length > 0;
  if (against.pull === undefined || !isRequired) return [];
  const asked = askedIn(judgement);
  if (asked.length + emergencies.length === 0) return ['### Everyone has agreed'];
  const intro =
    'Everyone here needs to approve the latest commit; where a line names several, one of them is enough. ' +
    'This is green once they have.';
  const approvals = emergencies.slice(0, 10).map((it) => `- ${emergencyLine(judgement, it)}`);
  const room = most - intro.length - 200 - approvals.join('\n').length;
  const share = Math.floor(room / Math.max(1, asked.length));
  const lineOf = (it: Asked) => {
    const whole = lineFor(judgement, it, share);
    return whole.length + 10 <= share ? whole : lineFor(judgement, it, 0);
  };
  const [lines, left] = within(asked, (it) => `- ${lineOf(it)}`, room);
  const more = left > 0 ? [`- and ${left} more, whom the findings in the job summary name`] : [];
  return [['### Still to agree', '', intro, '', ...approvals, ...lines, ...more].join('\n')];
}

function emergencyLine(judgement: Judgement, { label, approvers }: Emergency): string {
  const names = approvers.slice(0, 5).map((id) => whoText(judgement, id));
  const who = names.length > 0 ? names.join(', or ') : 'a lead, whom the base branch does not name';
  const doubts = approvers.slice(0, 5).flatMap((id) => doubtsText(judgement, id));
  return [
    `${who}: lets this pass as an emergency, with the label ${fitMarkdown(label, 100)}`,
    ...doubts,
  ].join('. ');
}

/** The room of the names and the advice in a line. */
const LINE = 1500;

/** "@amara-osei (Amara Osei): takes paas/on-call/engineer Wed 23 Dec 10:00 – Wed 30 Dec 10:00 from Mallory Muir". */
function lineFor(judgement: Judgement, asked: Asked, most: number): string {
  const [{ person, anyOf }] = asked;
  const [fitting] = within(asked, (it) => fitMarkdown(whatText(judgement, it), 700), most - LINE);
  const shown = asked.slice(0, Math.max(4, fitting.length));
  const reasons = shown.map((it) => whatText(judgement, it));
  const left = asked.length - shown.length;
  const more = left > 0 ? [`and ${left} more`] : [];
  const names = anyOf.slice(0, 5).map((id) => whoText(judgement, id));
  const others = anyOf.length > 5 ? ` or ${anyOf.length - 5} more` : '';
  const who =
    names.length > 0
      ? `${names.join(', or ')}${others}`
      : person === undefined
        ? 'nobody whom the base branch names'
        : personName(judgement, person);
  const advice = shown.flatMap((it) => adviceText(judgement, it));
  const what = [...reasons, ...more].map((it) => fitMarkdown(it, 700)).join('; ');
  const doubts = anyOf.slice(0, 5).flatMap((id) => doubtsText(judgement, id));
  return [`${who}: ${what}`, ...new Set([...doubts, ...advice])].join('. ');
}

/** What is agreed to, and for whom, where somebody else is asked. */
function whatText(judgement: Judgement, { person, anyOf, reason }: RequiredConsent): string {
  const nameOf = (id: string) => plainName(judgement, id);
  const { handbook, against } = judgement;
  const zone = (id: string) => (handbook.people.get(id) ?? against.handbook.people.get(id))?.zone;
  const text = consentText(reason, nameOf, judgement.now, zone);
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
