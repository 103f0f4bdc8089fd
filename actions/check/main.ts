/** The door that GitHub opens: reads the event, the inputs and the clock here and nowhere else, and passes them as values. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as core from '@actions/core';
import { readFolder } from '../lib/load/files.ts';
import { parentsOf, type Revision, readBase, readRevision } from '../lib/load/revision.ts';
import { answer } from '../lib/publish/answer.ts';
import { type Judgement, summary } from '../lib/publish/comment.ts';
import { forTerminal } from '../lib/publish/escape.ts';
import { connect, GitHub, type PullRequest } from '../lib/publish/github.ts';
import { countOf } from '../lib/publish/report.ts';
import { type Told, tell } from '../lib/story.ts';
import { instantOfText } from '../lib/time.ts';
import type { Instant } from '../lib/timeline.ts';

interface Event {
  readonly pull_request?: { readonly number: number; readonly base: { readonly sha: string } };
  readonly merge_group?: { readonly base_sha: string };
}

const { env } = process;
const folder = core.getInput('root') || '.';
const root = join(env.GITHUB_WORKSPACE ?? '.', folder);
const token = core.getInput('token');
const event = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH ?? '/dev/null', 'utf8') || '{}') as Event;

async function main(): Promise<void> {
  core.setSecret(token);
  lendToken();
  const now = readNow();
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

/** The pull request, merge group or branch that is checked out. */
async function judgeCheckout(github: GitHub, now: Instant): Promise<void> {
  const texts = readFolder(root);
  if (texts === undefined)
    throw new Error(
      `there is no rotas/ and no policies/ in ${folder}; name their folder with the input "root"`,
    );
  const base = baseOf();
  if (base !== undefined && 'trouble' in base) throw new Error(base.trouble);
  const number = event.pull_request?.number;
  const trouble: unknown[] = [];
  const pull =
    number === undefined
      ? undefined
      : await github.pull(number).catch((error: unknown) => void trouble.push(error));
  const told = tell(
    texts,
    now,
    () => {},
    base === undefined ? undefined : { texts: base, pull: pull ?? undefined },
  );
  const judged = judgementOf(told, now, pull?.headSha ?? env.GITHUB_SHA ?? '');
  annotate(told);
  await core.summary.addRaw(summary(told.placed, judged)).write();
  if (pull !== undefined && judged !== undefined)
    await say(github, pull, judged).catch((error: unknown) => void trouble.push(error));
  if (trouble.length > 0) throw trouble[0];
}

/** Every open pull request as it would be merged now: notice runs out while they wait. */
async function judgeOpen(github: GitHub, now: Instant): Promise<void> {
  for (const number of await github.openPulls()) {
    const pull = await github.pull(number);
    const head = readRevision(root, `refs/pull/${number}/merge`);
    const base = 'trouble' in head ? head : readRevision(root, parentsOf(root, head.commit)[0] ?? 'HEAD');
    if ('trouble' in head || 'trouble' in base) {
      core.warning(
        forTerminal(
          `pull request ${number} is left out: ${'trouble' in base ? base.trouble : 'it cannot be merged'}`,
        ),
      );
      continue;
    }
    const told = tell(head, now, () => {}, { texts: base, pull });
    const judged = judgementOf(told, now, pull.headSha);
    if (judged !== undefined) await say(github, pull, judged);
    core.info(forTerminal(`pull request ${number}: ${countOf(told.placed)}`));
  }
}

const judgementOf = (
  { handbook, against, placed }: Told,
  now: Instant,
  commit: string,
): Judgement | undefined => (against === undefined ? undefined : { handbook, against, placed, now, commit });

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

async function say(github: GitHub, pull: PullRequest, judged: Judgement): Promise<void> {
  if ((await answer(github, pull, judged)) === 'forbidden') core.info(UNSAID);
}

const UNSAID =
  'the token may not write here, so there is no comment and no status; the job summary has everything';

/** The runner keeps ten annotations a step, so the ten that matter most; missing agreement is the status' to say. */
function annotate({ placed }: Told): void {
  const errors = placed.filter(({ severity, rule }) => severity === 'error' && rule !== 'consent');
  const warnings = placed.filter(({ severity }) => severity === 'warning');
  for (const { severity, message, rule, file, line, column } of [...errors, ...warnings].slice(0, 10)) {
    const place = {
      file: folder === '.' ? file : join(folder, file),
      startLine: line,
      startColumn: column,
      title: rule,
    };
    if (severity === 'error') core.error(forTerminal(message), place);
    else core.warning(forTerminal(message), place);
  }
  core.setOutput('errors', errors.length);
  core.setOutput('warnings', warnings.length);
  core.info(`found ${countOf([...errors, ...warnings])}; the job summary has all of it`);
  if (errors.length > 0) process.exitCode = 1;
}

/** Fetching a base that is not checked out needs the token, which the checkout does not keep. */
function lendToken(): void {
  if (token === '') return;
  env.GIT_CONFIG_COUNT = '1';
  env.GIT_CONFIG_KEY_0 = `http.${env.GITHUB_SERVER_URL ?? 'https://github.com'}/.extraheader`;
  env.GIT_CONFIG_VALUE_0 = `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
  env.GIT_TERMINAL_PROMPT = '0';
}

function readNow(): Instant {
  const given = core.getInput('now');
  const now = given === '' ? Date.now() : instantOfText(given);
  if (now === undefined) throw new Error(`the input "now" is "${given}"; write it as 2026-12-02T10:00:00Z`);
  return now;
}

await main().catch((error: unknown) => {
  core.error(forTerminal(error instanceof Error ? error.message : String(error)));
  process.exitCode = 1;
});
