/** What a pull request is told, whichever door it came through: one comment, and the status that waits for agreement. */
import { missingConsent } from '../compare/compare.ts';
import { comment, type Judgement } from './comment.ts';
import { type GitHub, isForbidden, type PullRequest } from './github.ts';
import { countOf } from './report.ts';

const CONSENT = 'rota / consent';

/** The name of the job that checks a pull request, for when no job runs. */
const CHECK = 'rota';

/** Comment and status, where the token may write: on a fork, and for some bots, it may not. */
export async function answer(
  github: GitHub,
  pull: PullRequest,
  judged: Judgement,
): Promise<'said' | 'forbidden'> {
  const { ahead, past } = judged.against;
  const changes = ahead.length + past.length;
  const missing = missingConsent(judged.against).map(({ person }) => person);
  if (pull.isFork) return 'forbidden';
  try {
    await github.say(pull.number, comment(judged), changes + judged.placed.length > 0);
    if (missing.length > 0)
      await github.status(pull.headSha, CONSENT, 'pending', `waiting for ${missing.join(', ')}`);
    else
      await github.status(
        pull.headSha,
        CONSENT,
        'success',
        changes > 0 ? 'everyone whose time changes has agreed' : "nobody's time changes",
      );
    return 'said';
  } catch (error) {
    if (!isForbidden(error)) throw error;
    return 'forbidden';
  }
}

/** The check's own verdict, on a pull request that a bot opened and no job runs for. Missing agreement is the other status' to say. */
export async function verdictStatus(github: GitHub, pull: PullRequest, { placed }: Judgement): Promise<void> {
  const found = placed.filter(({ rule }) => rule !== 'consent');
  const isWrong = found.some(({ severity }) => severity === 'error');
  await github.status(pull.headSha, CHECK, isWrong ? 'failure' : 'success', countOf(found));
}

/** Both statuses of a pull request whose request cannot be done any more, so that nobody merges what was right once. */
export async function stalledStatus(github: GitHub, { headSha }: PullRequest, issue: number): Promise<void> {
  const why = `this cannot be done any more; see #${issue}`;
  await github.status(headSha, CONSENT, 'pending', why);
  await github.status(headSha, CHECK, 'failure', why);
}
