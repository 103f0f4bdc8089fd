/** What a pull request is told, whichever door it came through: one comment, and the status that waits for agreement. */
import type { Against } from '../compare/against.ts';
import { missingConsent, unreviewedRotas } from '../compare/verdict.ts';
import { type GitHub, isForbidden, type PullRequest } from '../github/pulls.ts';
import { countOf } from '../text/findings.ts';
import { comment, type Judgement } from './comment.ts';

const CONSENT = 'rota / consent';

/**
 * The name of the job that checks a pull request: where a status and a check have one name and a ruleset requires it,
 * GitHub wants both of them to be good.
 */
const CHECK = 'rota';

/** Whether a token could say what there is to say: on a fork, and for some bots, it may not. */
type Said = 'said' | 'forbidden';

/** Comment and status, where the token may write. */
export async function answer(github: GitHub, pull: PullRequest, judged: Judgement): Promise<Said> {
  if (pull.isFork) return 'forbidden';
  const { against, findings } = judged;
  const isNews = against.ahead.length + against.past.length + findings.length > 0;
  return allowed(async () => {
    await github.say(pull.number, comment(judged), isNews);
    await consentStatus(github, pull.headSha, against, 'pending');
  });
}

/**
 * The same status on the commit of a merge group, to which nobody can agree any more: what is missing there fails it, and
 * does not hold up the queue. A group that was not compared was judged when it was queued.
 */
export const groupStatus = (github: GitHub, commit: string, against: Against | undefined): Promise<Said> =>
  allowed(() =>
    against === undefined
      ? github.status(commit, CONSENT, 'success', 'judged when it was queued')
      : consentStatus(github, commit, against, 'failure'),
  );

async function consentStatus(
  github: GitHub,
  commit: string,
  against: Against,
  missed: 'pending' | 'failure',
): Promise<void> {
  const missing = missingConsent(against).map(({ person }) => person);
  const open = [
    ...(missing.length > 0 ? [`waiting for ${missing.join(', ')}`] : []),
    ...unreviewedRotas(against).map(({ rota }) => `${rota} could not be read, so a lead has to approve`),
  ];
  const agreed = [
    against.ahead.length + against.past.length > 0 ? ['everyone whose time changes has agreed'] : [],
    against.unread.length > 0 ? ['a lead has approved what could not be read'] : [],
  ].flat();
  await (open.length > 0
    ? github.status(commit, CONSENT, missed, open.join('; '))
    : github.status(commit, CONSENT, 'success', agreed.join('; ') || "nobody's time changes"));
}

async function allowed(tell: () => Promise<void>): Promise<Said> {
  try {
    await tell();
    return 'said';
  } catch (error) {
    if (!isForbidden(error)) throw error;
    return 'forbidden';
  }
}

/**
 * The check's own verdict, for when its job says nothing: a bot opened the pull request and none runs, or notice has run out
 * since. Missing agreement is the other status' to say.
 */
export async function verdictStatus(
  github: GitHub,
  pull: PullRequest,
  { findings }: Judgement,
): Promise<void> {
  const found = findings.filter(({ rule }) => rule !== 'consent');
  const isWrong = found.some(({ severity }) => severity === 'error');
  await github.status(pull.headSha, CHECK, isWrong ? 'failure' : 'success', countOf(found));
}

/** Both statuses of a pull request whose request cannot be done any more, so that nobody merges what was right once. */
export async function stalledStatus(github: GitHub, { headSha }: PullRequest, issue: number): Promise<void> {
  const why = `this cannot be done any more; see #${issue}`;
  await github.status(headSha, CONSENT, 'pending', why);
  await github.status(headSha, CHECK, 'failure', why);
}
