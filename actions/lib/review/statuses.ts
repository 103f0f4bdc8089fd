/** The two statuses of a pull request that a ruleset can require, as data: the check's own, and that of consent. Pure. */
import type { Against } from '../compare/against.ts';
import { missingConsent, unreviewedRotas } from '../compare/verdict.ts';
import { countOf } from '../text/findings.ts';
import type { Judgement } from './judgement.ts';

/** A status as GitHub takes it. */
export interface ReviewStatus {
  readonly context: string;
  readonly state: 'success' | 'pending' | 'failure';
  readonly description: string;
}

const CONSENT = 'rota / consent';

/**
 * The name of the job that checks a pull request: where a status and a check have one name and a ruleset requires it,
 * GitHub wants both of them to be good.
 */
const CHECK = 'rota';

/** Whether everybody whose time changes has agreed, and `missing` where somebody has not. */
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

/** Consent on a pull request: it waits for whoever has not agreed. */
export const pullConsent = (against: Against): ReviewStatus => consentStatus(against, 'pending');

/**
 * Consent on the commit of a merge group, to which nobody can agree any more: what is missing there fails it, and does not
 * hold up the queue. A group that was not compared was judged when it was queued.
 */
export const groupConsent = (against: Against | undefined): ReviewStatus =>
  against === undefined
    ? { context: CONSENT, state: 'success', description: 'judged when it was queued' }
    : consentStatus(against, 'failure');

/**
 * The check's own verdict, for when its job shows none: a bot opened the pull request and no job runs, or notice has run out
 * since. Missing consent is left to the other status.
 */
export function checkStatus({ findings }: Pick<Judgement, 'findings'>): ReviewStatus {
  const found = findings.filter(({ rule }) => rule !== 'consent');
  const isWrong = found.some(({ severity }) => severity === 'error');
  return { context: CHECK, state: isWrong ? 'failure' : 'success', description: countOf(found) };
}

/** Both statuses of a pull request whose request cannot be done any more, so that nobody merges what was right once. */
export function stalledStatuses(issue: number): readonly ReviewStatus[] {
  const description = `this cannot be done any more; see #${issue}`;
  return [
    { context: CONSENT, state: 'pending', description },
    { context: CHECK, state: 'failure', description },
  ];
}
