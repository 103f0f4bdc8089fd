/** The program of the action `requests`: processes each issue that an event is about. */
import { readRevision } from '../git/revision.ts';
import { Branches } from '../github/branches.ts';
import { connect } from '../github/connection.ts';
import type { ActionContext, EventPayload } from '../github/context.ts';
import { Issues } from '../github/issues.ts';
import { load, type Texts } from '../load/load.ts';
import { REQUEST_LABELS } from '../requests/labels.ts';
import type { Phase } from '../requests/phase.ts';
import { readRequest } from '../requests/request.ts';
import { defaultBranchOf } from './default-branch.ts';
import { processIssue, type RequestRun } from './process-issue.ts';
import { type ReviewAccess, reviewAccess } from './review-access.ts';

/** A handbook and the commit it was read from: branches are created from that commit, so GitHub has to have it. */
export interface Committed extends Texts {
  readonly commit: string;
}

/** Processes the requests that the run's event is about, with the committed handbook. */
export async function processRequests(action: ActionContext, report: (line: string) => void): Promise<0> {
  const texts = readRevision(action.root, 'HEAD');
  if ('trouble' in texts) throw new Error(texts.trouble);
  return processEvent(action, texts, report);
}

/** Processes the issue that an event is about, or every open issue if it is about none. */
export async function processEvent(
  action: ActionContext,
  texts: Committed,
  report: (line: string) => void,
): Promise<0> {
  const run = runOf(action, texts);
  const { eventName, payload } = action;
  const { issue, pull_request: pull } = payload;
  const isReopened = eventName === 'issues' && payload.action === 'reopened';
  const process = async (number: number) => {
    const phase = await processIssue(run, number, isReopened);
    report(phase === undefined ? `issue ${number} is not a request` : `issue ${number}: ${phase}`);
    return phase;
  };
  if (issue !== undefined) {
    if (issue.pull_request === undefined) await process(issue.number);
  } else if (pull !== undefined) {
    const number = requestedIn(action, pull);
    if (number !== undefined) await process(number);
  } else await processAll(run, process);
  return 0;
}

/**
 * Processes every issue from which there is an open pull request of ours, because the run for its decline may have
 * failed, and then every open one that has the form or a label of a request; others take no request to GitHub.
 */
async function processAll(
  run: RequestRun,
  process: (number: number) => Promise<Phase['kind'] | undefined>,
): Promise<void> {
  const processed = new Set<number>();
  const errors: unknown[] = [];
  const attempt = <T>(step: () => Promise<T>) => step().catch((error: unknown) => void errors.push(error));
  const processOnce = async (number: number) => {
    if (processed.has(number)) return;
    processed.add(number);
    await process(number);
  };
  for (const number of (await attempt(run.openPulls))?.keys() ?? []) await attempt(() => processOnce(number));
  const labels = new Set<string>(Object.values(REQUEST_LABELS).map(({ name }) => name));
  for (const { number, body, labels: own } of (await attempt(() => run.issues.open())) ?? [])
    if (own.some((it) => labels.has(it)) || readRequest(run.context.handbook, body) !== undefined)
      await attempt(() => processOnce(number));
  if (errors.length > 0) throw errors[0];
}

/** The issue that a pull request of this repository was created from, according to its branch name. */
function requestedIn(
  { repository: { owner, repo } }: ActionContext,
  { head }: NonNullable<EventPayload['pull_request']>,
): number | undefined {
  return head.repo?.full_name === `${owner}/${repo}` ? issueOfBranch(head.ref) : undefined;
}

/** The issue that a branch of ours is named after. */
function issueOfBranch(branch: string): number | undefined {
  const number = /^(?:change|join|swap)\/issue-([1-9]\d{0,9})(?:-[1-9]\d?)?$/.exec(branch)?.[1];
  return number === undefined ? undefined : Number(number);
}

function runOf(action: ActionContext, texts: Committed): RequestRun {
  const { folder, root, now, commentAuthor: self } = action;
  const connection = connect(action);
  const access = reviewAccess(action, connection);
  let open: Promise<ReadonlyMap<number, readonly number[]>> | undefined;
  return {
    context: {
      ...{ texts, folder, now, self },
      handbook: load(texts).handbook,
      commit: texts.commit,
      base: defaultBranchOf(action),
    },
    issues: new Issues(connection),
    branches: new Branches(connection),
    access,
    root,
    openPulls: () => {
      open ??= openPullsOf(access).catch((error: unknown) => {
        open = undefined;
        throw error;
      });
      return open;
    },
  };
}

async function openPullsOf({ pulls, self }: ReviewAccess): Promise<ReadonlyMap<number, readonly number[]>> {
  const open = new Map<number, number[]>();
  for (const { number, author, isFork, headRef } of await pulls.open()) {
    const issue = issueOfBranch(headRef);
    if (issue === undefined || isFork || author !== self) continue;
    open.set(issue, [...(open.get(issue) ?? []), number]);
  }
  return open;
}
