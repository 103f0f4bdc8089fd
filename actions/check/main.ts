/** The door that GitHub opens: reads the event, the inputs and the clock here and nowhere else, and passes them as values. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as core from '@actions/core';
import { described } from '../lib/check/describe.ts';
import { gitAccess, parentsOf, type Revision, readBase, readRevision } from '../lib/git/revision.ts';
import { readFolder } from '../lib/git/working-tree.ts';
import { annotate, nowOf } from '../lib/github/log.ts';
import { connect, GitHub, type PullRequest } from '../lib/github/pulls.ts';
import { type Evaluation, evaluate } from '../lib/pipeline.ts';
import { type Judgement, summary } from '../lib/review/comment.ts';
import { answer, groupStatus, verdictStatus } from '../lib/review/statuses.ts';
import { forTerminal } from '../lib/text/escape.ts';
import { countOf } from '../lib/text/findings.ts';
import type { Instant } from '../lib/timeline.ts';

interface Event {
  readonly pull_request?: { readonly number: number; readonly base: { readonly sha: string } };
  readonly merge_group?: { readonly base_sha: string; readonly head_sha: string; readonly head_ref: string };
}

const { env } = process;
const folder = core.getInput('root') || '.';
const root = join(env.GITHUB_WORKSPACE ?? '.', folder);
const token = core.getInput('token');
const event = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH ?? '/dev/null', 'utf8') || '{}') as Event;

async function main(): Promise<void> {
  core.setSecret(token);
  // Fetching a base that is not checked out needs the token, which the checkout does not keep.
  Object.assign(env, gitAccess(token, env.GITHUB_SERVER_URL ?? 'https://github.com'));
  const now = nowOf(core.getInput('now'), Date.now());
  const access = {
    url: env.GITHUB_API_URL ?? 'https://api.github.com',
    token,
    repository: env.GITHUB_REPOSITORY ?? '',
    self: core.getInput('comment-author'),
  };
  const github = new GitHub(connect(access));
  if (
    event.pull_request === undefined &&
    ['schedule', 'workflow_dispatch'].includes(env.GITHUB_EVENT_NAME ?? '')
  ) {
    await judgeOpen(github, now);
  } else {
    await judgeCheckout(github, now);
  }
}

/**
 * The pull request, merge group or branch that is checked out. Groups are built on each other: what a group changes
 * against its base is one pull request, the one that its branch is named by, and that one's word counts.
 */
async function judgeCheckout(github: GitHub, now: Instant): Promise<void> {
  const texts = readFolder(root);
  if (texts === undefined)
    throw new Error(
      `there is no rotas/ and no policies/ in ${folder}; name their folder with the input "root"`,
    );
  const { merge_group: group } = event;
  const number = event.pull_request?.number ?? numberIn(group?.head_ref);
  const isNameless = group !== undefined && number === undefined;
  if (isNameless) core.warning(forTerminal(`${group.head_ref} names no pull request; ${NAMELESS}`));
  const base = isNameless ? undefined : baseOf();
  if (base !== undefined && 'trouble' in base) throw new Error(base.trouble);
  const trouble: unknown[] = [];
  const keep = (error: unknown) => void trouble.push(error);
  const pull = number === undefined ? undefined : await github.pull(number).catch(keep);
  const told = evaluate(
    texts,
    now,
    () => {},
    base === undefined ? undefined : { texts: base, pull: pull ?? undefined },
  );
  const judged = judgementOf(told, now, group?.head_sha ?? pull?.headSha ?? env.GITHUB_SHA ?? '');
  if (annotate(described(told.findings), folder) > 0) process.exitCode = 1;
  await core.summary.addRaw(summary(told.findings, judged)).write();
  if (group !== undefined && trouble.length === 0)
    await groupStatus(github, group.head_sha, judged?.against).then(admit, keep);
  else if (pull !== undefined && judged !== undefined) await say(github, pull, judged).catch(keep);
  if (trouble.length > 0) throw trouble[0];
}

/**
 * Every open pull request as it would be merged now: notice runs out while they wait. One that GitHub cannot answer for
 * keeps nobody from the others.
 */
async function judgeOpen(github: GitHub, now: Instant): Promise<void> {
  const trouble: unknown[] = [];
  for (const number of await github.openPulls())
    await judgeMerged(github, number, now).catch((error: unknown) => {
      core.warning(forTerminal(`pull request ${number} is left out: ${wordsOf(error)}`));
      trouble.push(error);
    });
  if (trouble.length > 0) throw trouble[0];
}

/** A pull request as GitHub would merge it. */
async function judgeMerged(github: GitHub, number: number, now: Instant): Promise<void> {
  const pull = await github.pull(number);
  const head = readRevision(root, `refs/pull/${number}/merge`);
  const base = 'trouble' in head ? head : readRevision(root, parentsOf(root, head.commit)[0] ?? 'HEAD');
  if ('trouble' in head || 'trouble' in base) {
    const why = 'trouble' in base ? base.trouble : 'it cannot be merged';
    core.warning(forTerminal(`pull request ${number} is left out: ${why}`));
    return;
  }
  const told = evaluate(head, now, () => {}, { texts: base, pull });
  const judged = judgementOf(told, now, pull.headSha);
  if (judged !== undefined) await say(github, pull, judged);
  core.info(forTerminal(`pull request ${number}: ${countOf(told.findings)}`));
}

const judgementOf = (
  { handbook, against, findings }: Evaluation,
  now: Instant,
  commit: string,
): Judgement | undefined =>
  against === undefined ? undefined : { handbook, against, findings, now, commit };

/** The pull request in `refs/heads/gh-readonly-queue/main/pr-7-<sha>`, the last that a merge group is made of. */
function numberIn(ref: string | undefined): number | undefined {
  const number = /\/pr-(\d+)-[0-9a-f]+$/.exec(ref ?? '')?.[1];
  return number === undefined ? undefined : Number(number);
}

const NAMELESS = 'notice, history and consent were judged when it was queued, and are not judged again';

/** What the checkout is compared with: the first parent of a merge commit, or the base that the event names. */
function baseOf(): Revision | undefined {
  const named = core.getInput('base');
  if (named !== '') return readBase(root, named);
  if (event.merge_group !== undefined) return readRevision(root, event.merge_group.base_sha);
  if (event.pull_request === undefined) return undefined;
  const [first, second] = parentsOf(root, 'HEAD');
  return first !== undefined && second !== undefined
    ? readRevision(root, first)
    : readBase(root, event.pull_request.base.sha);
}

/**
 * The comment and both statuses. The verdict is a status even where this very job is a check of the same name: the daily
 * look runs on the main branch and can fail a pull request by its status alone, and a later run clears that again.
 */
async function say(github: GitHub, pull: PullRequest, judged: Judgement): Promise<void> {
  const said = await answer(github, pull, judged);
  if (said === 'said') await verdictStatus(github, pull, judged);
  admit(said);
}

/** Says in the log what could be said nowhere else. */
function admit(said: 'said' | 'forbidden'): void {
  if (said === 'forbidden') core.info(UNSAID);
}

const UNSAID =
  'the token may not write here, so there is no comment and no status; the job summary has everything';

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

await main().catch((error: unknown) => {
  core.error(forTerminal(wordsOf(error)));
  process.exitCode = 1;
});
