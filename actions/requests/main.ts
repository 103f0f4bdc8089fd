/** The door that GitHub opens: reads the event, the inputs and the clock here and nowhere else, and passes them as values. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as core from '@actions/core';
import { context } from '@actions/github';
import { readRevision } from '../lib/git/revision.ts';
import { Branches } from '../lib/github/branches.ts';
import { connect } from '../lib/github/connection.ts';
import { Issues } from '../lib/github/issues.ts';
import { nowOf } from '../lib/github/log.ts';
import { PullRequests } from '../lib/github/pulls.ts';
import { load } from '../lib/load/load.ts';
import { answerRequest } from '../lib/programs/answer-request.ts';
import type { RequestContext, Trigger } from '../lib/requests/context.ts';
import { forTerminal } from '../lib/text/escape.ts';
import type { Instant } from '../lib/timeline.ts';

interface Event {
  readonly action?: string;
  readonly issue?: {
    readonly number: number;
    readonly body: string | null;
    readonly updated_at: string;
    readonly pull_request?: object;
  };
  readonly pull_request?: {
    readonly head: { readonly ref: string; readonly repo: { readonly full_name: string } | null };
    readonly base: { readonly ref: string };
  };
  readonly repository?: { readonly default_branch: string };
}

const { env } = process;
const event = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH ?? '/dev/null', 'utf8') || '{}') as Event;

async function main(): Promise<void> {
  const token = core.getInput('token');
  core.setSecret(token);
  const desk = openDesk(token, nowOf(core.getInput('now'), Date.now()));
  const { issue, pull_request: pull, action } = event;
  if (issue !== undefined) {
    if (issue.pull_request === undefined) await look(desk, issue.number, heardOf(issue, action));
  } else if (pull !== undefined) {
    const number = /^(?:change|swap)\/issue-([1-9]\d{0,9})$/.exec(pull.head.ref)?.[1];
    if (number !== undefined && pull.head.repo?.full_name === env.GITHUB_REPOSITORY)
      await look(desk, Number(number), { kind: 'other' });
  } else await lookAtAll(desk);
}

/** One request that cannot be answered does not keep the others waiting. */
async function lookAtAll(desk: RequestContext): Promise<void> {
  const trouble: unknown[] = [];
  for (const number of await desk.issues.openNumbers())
    await look(desk, number, { kind: 'other' }).catch((error: unknown) => void trouble.push(error));
  if (trouble.length > 0) throw trouble[0];
}

async function look(desk: RequestContext, number: number, heard: Trigger): Promise<void> {
  const phase = await answerRequest(desk, number, heard);
  core.info(phase === undefined ? `issue ${number} is no request` : `issue ${number}: ${phase}`);
}

function heardOf(
  { body, updated_at: updated }: NonNullable<Event['issue']>,
  action: string | undefined,
): Trigger {
  const isComment = env.GITHUB_EVENT_NAME === 'issue_comment';
  if (!isComment && (action === 'opened' || action === 'edited'))
    return { kind: action, body: body ?? '', updatedAt: Date.parse(updated) };
  return { kind: !isComment && action === 'reopened' ? 'reopened' : 'other' };
}

/** The handbook as it was committed: what a branch is made from has to be what GitHub has. */
function openDesk(token: string, now: Instant): RequestContext {
  const folder = core.getInput('root') || '.';
  const texts = readRevision(join(env.GITHUB_WORKSPACE ?? '.', folder), 'HEAD');
  if ('trouble' in texts) throw new Error(texts.trouble);
  const self = core.getInput('comment-author');
  const connection = connect({
    apiUrl: context.apiUrl,
    token,
    repository: context.repo,
    commentAuthor: self,
  });
  return {
    texts,
    handbook: load(texts).handbook,
    folder,
    commit: texts.commit,
    base: event.pull_request?.base.ref ?? event.repository?.default_branch ?? env.GITHUB_REF_NAME ?? 'main',
    now,
    self,
    issues: new Issues(connection),
    branches: new Branches(connection),
    github: new PullRequests(connection),
  };
}

await main().catch((error: unknown) => {
  core.error(forTerminal(error instanceof Error ? error.message : String(error)));
  process.exitCode = 1;
});
