/** The two statuses of a pull request that a ruleset can require, as data: `rota` and `rota / consent`. Pure. */
import type { Against } from '../compare/against.ts';
import { missingConsent, unreviewedRotas } from '../compare/verdict.ts';
import { countOf } from '../text/findings.ts';
import type { Judgement } from './judgement.ts';

/** A commit status in GitHub's terms. */
export interface ReviewStatus {
  readonly context: string;
  readonly state: 'success' | 'pending' | 'failure';
  readonly description: string;
}

const CONSENT = 'rota / consent';

/**
 * Also the name of the job that checks a pull request: if a ruleset requires a name that both a status and a check
 * have, GitHub requires both to succeed.
 */
const CHECK = 'rota';

/** The status of consent; its state is `missing` if somebody whose time changes has not agreed. */
function consentStatus(against: Against, missing: 'pending' | 'failure'): ReviewStatus {
  const people = missingConsent(against).map(({ person }) => person);
  const open = [
    ...(people.length > 0 ? [`waiting for ${people.join(', ')}`] : []),
    ...unreviewedRotas(against).map(({ rota }) => `${rota} could not be read, so a lead has to approve`),
  ];
  if (open.length > 0) return { context: CONSENT, state: missing, description: open.join('; ') };
  const given = [
    ...(against.ahead.length + against.past.length > 0 ? ['everyone whose time changes has agreed'] : []),
    ...(against.unread.length > 0 ? ['a lead has approved what could not be read'] : []),
  ];
  return { context: CONSENT, state: 'success', description: given.join('; ') || "nobody's time changes" };
}

/** Consent on a pull request: pending while somebody has not agreed. */
export const pullConsent = (against: Against): ReviewStatus => consentStatus(against, 'pending');

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
  pullConsent(judged.against),
  checkStatus(judged),
];

/** Both statuses, pending for one reason: what could not be judged is never a success. */
export const pendingStatuses = (description: string): readonly ReviewStatus[] =>
  [CONSENT, CHECK].map((context) => ({ context, state: 'pending', description }));

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
