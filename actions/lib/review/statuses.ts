/** The two statuses of a pull request that a ruleset can require, as data: `rota` and `rota / consent`. Pure. */
import type { Against } from '../compare/against.ts';
import { listText } from '../compare/consent-words.ts';
import { type RequiredConsent, requiredConsents } from '../compare/consents.ts';
import { termsOf } from '../compare/terms.ts';
import { missingConsent } from '../compare/verdict.ts';
import { countOf } from '../text/findings.ts';
import { narrowest, showsAll } from './consent-part.ts';
import type { Judgement } from './judgement.ts';

/** A commit status in GitHub's terms. */
export interface ReviewStatus {
  readonly context: string;
  readonly state: 'success' | 'pending' | 'failure';
  readonly description: string;
}

/** The status that says whether everyone whose word is needed has given it. */
export const CONSENT = 'rota / consent';

/**
 * Also the name of the job that checks a pull request: if a ruleset requires a name that both a status and a check
 * have, GitHub requires both to succeed.
 */
const CHECK = 'rota';

/** The most characters that GitHub takes as a description. */
const MOST = 140;

/** The status of consent; its state is `missing` if somebody who is asked has not agreed. */
function consentStatus(against: Against, missing: 'pending' | 'failure'): ReviewStatus {
  const open = missingConsent(against);
  if (open.length > 0) return { context: CONSENT, state: missing, description: waitingText(open) };
  const kinds = new Set(
    against.pull === undefined ? [] : requiredConsents(against).map(({ reason }) => reason.kind),
  );
  const given = [
    ...timeText(against),
    ...(kinds.has('identity') || kinds.has('first-leads')
      ? ['the change of who somebody is has been agreed to']
      : []),
    ...(kinds.has('unread-rota') || kinds.has('unread-base')
      ? ['a lead has approved what could not be read']
      : []),
  ];
  return { context: CONSENT, state: 'success', description: given.join('; ') || "nobody's time changes" };
}

/** That those have agreed whom the policy of the base asks about changes of time; it may ask nobody. */
function timeText(against: Against): readonly string[] {
  const terms = [...against.ahead, ...against.past].map((it) =>
    termsOf(it, against).flatMap(({ consent }) => consent),
  );
  if (terms.length === 0) return [];
  if (terms.every((it) => it.length === 0))
    return ["the policy asks for nobody's agreement to changes of time"];
  return terms.every((it) => it.includes('both-people'))
    ? ['everyone whose time changes has agreed']
    : ['everyone whom the policy asks about changes of time has agreed'];
}

/** Who is waited for: as many names as fit, and how many more there are. */
function waitingText(open: readonly RequiredConsent[]): string {
  const isUnread = ({ reason }: RequiredConsent) =>
    reason.kind === 'unread-rota' || reason.kind === 'unread-base';
  const asked = open.filter((it) => !isUnread(it));
  const names = [...new Set(narrowest(asked, ({ anyOf }) => anyOf).map(whoText))];
  const things = open.filter(isUnread).map(unreadText);
  const unread = [
    `${listText(things, 3, ', ')} could not be read, so a lead has to approve`,
    `${listText(things, 1, ' ')} could not be read, so a lead has to approve`,
    'what could not be read has to be approved by a lead',
  ];
  const waiting = [
    ...names
      .slice(0, 20)
      .map((_, i) => listText(names, i + 1, ', '))
      .toReversed()
      .map((it) => `waiting for ${it}`),
    `waiting for ${names.length} consents`,
  ];
  const texts = waiting.flatMap((who) =>
    (things.length === 0 ? [''] : unread).map((what) =>
      [...(names.length > 0 ? [who] : []), ...(what === '' ? [] : [what])].join('; '),
    ),
  );
  return texts.find(({ length }) => length <= MOST) ?? (texts.at(-1) as string);
}

function whoText({ person, anyOf }: RequiredConsent): string {
  if (anyOf.length === 0) return person ?? 'a lead, whom nobody names';
  return anyOf.length > 2 ? `${anyOf[0]} or ${anyOf.length - 1} others` : anyOf.join(' or ');
}

function unreadText({ reason }: RequiredConsent): string {
  if (reason.kind === 'unread-rota') return reason.rota;
  return reason.kind === 'unread-base' ? listText(reason.files, 2, ', ') : '';
}

/** Consent on a pull request: pending while somebody has not agreed, or cannot see to what. */
export const pullConsent = (judged: Judgement): ReviewStatus =>
  showsAll(judged)
    ? consentStatus(judged.against, 'pending')
    : { context: CONSENT, state: 'pending', description: TOO_MUCH };

const TOO_MUCH = 'changes too much at once to show what people agree to; split it';

/**
 * Consent on a commit of a merge group or of the default branch, which nobody can approve any more: missing consent
 * fails it, so that the queue does not wait.
 */
export const groupConsent = (against: Against): ReviewStatus => consentStatus(against, 'failure');

/**
 * The result of the check, for when its job shows none: no job runs for a pull request that a bot opened, or notice has
 * run out since. Missing consent is reported by the other status.
 */
export function checkStatus({ findings }: Pick<Judgement, 'findings'>): ReviewStatus {
  const found = findings.filter(({ rule }) => rule !== 'consent');
  const isWrong = found.some(({ severity }) => severity === 'error');
  return { context: CHECK, state: isWrong ? 'failure' : 'success', description: countOf(found) };
}

/** Both statuses of a judged pull request. */
export const reviewStatuses = (judged: Judgement): readonly ReviewStatus[] => [
  pullConsent(judged),
  checkStatus(judged),
];

/** Both statuses, pending for one reason: what could not be judged is never a success. */
export const pendingStatuses = (description: string): readonly ReviewStatus[] =>
  [CONSENT, CHECK].map((context) => ({ context, state: 'pending', description }));

/** The statuses of a review whose comment GitHub did not take: nobody could read what they would agree to. */
export function unshownStatuses(
  statuses: readonly ReviewStatus[],
  { isLocked }: { readonly isLocked: boolean },
): readonly ReviewStatus[] {
  const description = isLocked
    ? 'this conversation is locked, so no comment can show what changes; unlock it, and run this check again'
    : 'GitHub does not take the comment that shows what changes; run this check again';
  return statuses.map((it) => (it.state === 'success' ? { ...it, state: 'pending', description } : it));
}

/** The statuses of a commit for which GitHub starts no run, so that no success of it would be taken back in time. */
export const skippedStatuses = (statuses: readonly ReviewStatus[]): readonly ReviewStatus[] =>
  statuses.map((it) => (it.state === 'failure' ? it : { ...it, state: 'pending', description: SKIPPED }));

const SKIPPED =
  'the message of this commit tells GitHub to start no run ("[skip ci]"), so it is never green; ' +
  'push another, which may be empty';

/**
 * The statuses of a draft: pending instead of a success. Somebody else than its author could mark it as ready, and
 * merge it before the run for that has started.
 */
export const draftStatuses = (statuses: readonly ReviewStatus[]): readonly ReviewStatus[] =>
  statuses.map((it) => (it.state === 'success' ? { ...it, state: 'pending', description: DRAFT } : it));

/** What the status of a draft says in place of a success. */
export const DRAFT = 'this is a draft; once it is ready for review, it is checked again';

/** Both statuses of a merge into a state of the base that is not the latest, which is never a success. */
export const outdatedStatuses = (): readonly ReviewStatus[] =>
  pendingStatuses('the base branch has moved on since this merge was made; update the branch');

/** Both statuses of a closed pull request. */
export const closedStatuses = (): readonly ReviewStatus[] =>
  pendingStatuses('this was closed; when it is reopened, it is checked again');

/** Both statuses of a commit that a branch has left behind. */
export const leftStatuses = (): readonly ReviewStatus[] =>
  pendingStatuses('the branch has another head; when this is its head again, it is checked again');

/** Both statuses of a pull request into another branch. */
export const elsewhereStatuses = (): readonly ReviewStatus[] =>
  pendingStatuses('this goes into another branch; when its base is the default branch, it is checked again');

/** Both statuses of a pull request with conflicts, which nobody can judge. */
export const conflictStatuses = (): readonly ReviewStatus[] =>
  pendingStatuses('this cannot be merged into the base branch, so it is not checked; update the branch');

/** Both statuses, failed for one reason. */
export const failedStatuses = (description: string): readonly ReviewStatus[] =>
  [CONSENT, CHECK].map((context) => ({ context, state: 'failure', description }));

const SEVERITY: readonly ReviewStatus['state'][] = ['success', 'pending', 'failure'];

/**
 * The worst status of each context among pull requests that have one commit as their head: a status belongs to the
 * commit. That of another pull request than the first is described with its number.
 */
export function worstStatuses(
  all: readonly { readonly number: number; readonly statuses: readonly ReviewStatus[] }[],
): readonly ReviewStatus[] {
  const worst = new Map<string, ReviewStatus>();
  for (const [i, { number, statuses }] of all.entries())
    for (const status of statuses) {
      const known = worst.get(status.context);
      if (known !== undefined && SEVERITY.indexOf(known.state) >= SEVERITY.indexOf(status.state)) continue;
      const description = i === 0 ? status.description : `#${number}: ${status.description}`;
      worst.set(status.context, { ...status, description });
    }
  return [...worst.values()];
}

/** Both statuses of a pull request whose request cannot be carried out any more, so that nobody merges it. */
export function stalledStatuses(issue: number): readonly ReviewStatus[] {
  const description = `this cannot be done any more; see #${issue}`;
  return [
    { context: CONSENT, state: 'pending', description },
    { context: CHECK, state: 'failure', description },
  ];
}
