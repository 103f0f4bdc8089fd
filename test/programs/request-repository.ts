/**
 * A repository with one issue that contains a request, on a loopback GitHub, and runs of the program on it in this
 * process: the same code as the action, except for reading the inputs and the checkout. Asserts nothing.
 */
import { createHash } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { readFolder } from '../../actions/lib/git/working-tree.ts';
import type { EventPayload } from '../../actions/lib/github/context.ts';
import { processEvent } from '../../actions/lib/programs/process-requests.ts';
import { writersIn } from '../github/access.ts';
import { type GitHub, type IssueEvent, startGitHub } from '../github/github.ts';
import { TOKEN } from '../github/runner.ts';
import { but, SAMPLE } from '../handbook.ts';

/** The handbook that the tests of requests use. */
export const sample = readFolder(SAMPLE) ?? {
  texts: new Map<string, string>(),
  findings: [],
};

/** Where the sample's platform team has its planned changes. */
export const PLANNED = 'rotas/modernisation-platform/planned-changes.yaml';

export interface Repository {
  readonly github: GitHub;
  /** The handbook; `push` writes it to the main branch on GitHub. */
  files: Map<string, string>;
  /** The commit that the runs check out. */
  commit: string;
}

/** A repository with the sample and issue 77; everybody in the sample has write access, strangers do not. */
export async function repositoryWith(issue: {
  readonly body: string;
  readonly user?: string;
  readonly labels?: string[];
}): Promise<Repository> {
  const github = await startGitHub({
    now: '2027-01-03T12:00:00Z',
    permissions: writersIn(sample.texts.values()),
    issues: [{ number: 77, user: 'service-team', created_at: '2027-01-03T11:59:00Z', ...issue }],
  });
  onTestFinished(() => github.stop());
  const there = { github, files: new Map(sample.texts), commit: '' };
  push(there);
  return there;
}

/** Commits the files to main. */
export function push(there: Repository): void {
  const { files, github, commit } = there;
  there.commit = createHash('sha1')
    .update(JSON.stringify([...files, commit]))
    .digest('hex');
  github.state.git.seed('heads/main', there.commit, new Map(files));
}

/** Checks out main as it is on GitHub, after a merge. */
export function checkOutMain(there: Repository): void {
  const { git } = there.github.state;
  there.commit = git.refs.get('heads/main') ?? '';
  there.files.clear();
  for (const [path, text] of git.filesAt('main') ?? []) there.files.set(path, text);
}

/** Changes a file of the handbook, on main. */
export function rewrite(there: Repository, file: string, old: string, text: string): void {
  there.files.set(file, but(there.files.get(file) ?? '', old, text));
  push(there);
}

/** What starts a run. */
export type Cause = IssueEvent | { readonly eventName: string; readonly event: object };

/** The daily run, which is not about a particular issue. */
export const daily: Cause = { eventName: 'schedule', event: {} };

/** The event payload for a cause, as GitHub would send it now. */
export const eventOf = ({ github }: Repository, cause: Cause) =>
  typeof cause === 'string' ? github.issueEvent(cause, 77) : cause;

/** Runs the program for an event, at the time of GitHub's clock; returns its status and the lines of its log. */
export async function run(there: Repository, cause: Cause, now?: string) {
  const { github, files, commit } = there;
  if (now !== undefined) github.state.now = now;
  const { eventName, event } = eventOf(there, cause);
  const report: string[] = [];
  const action = {
    eventName,
    payload: event as EventPayload,
    sha: commit,
    refName: 'main',
    repository: { owner: github.state.owner, repo: github.state.name },
    apiUrl: github.url,
    serverUrl: 'https://github.com',
    workspace: '/nowhere',
    folder: '.',
    root: '/nowhere',
    token: TOKEN,
    commentAuthor: 'github-actions[bot]',
    now: Date.parse(github.state.now),
  };
  const texts = { texts: new Map(files), findings: [], commit };
  const status = await processEvent(action, texts, (line) => report.push(line)).catch((error: unknown) => {
    report.push(String(error));
    return 1;
  });
  return { status, report };
}

export function issueIn({ github }: Repository) {
  const [issue] = github.state.issues;
  if (issue === undefined) throw new Error('there is no issue');
  return issue;
}

/** Our comments on the issue; the first is the one that every run updates. */
export const ownComments = (there: Repository) =>
  issueIn(there).comments.filter(({ user }) => user === 'github-actions[bot]');
export const shownComment = (there: Repository): string => ownComments(there)[0]?.body ?? '';
export const shownTitle = (there: Repository): string => /^### (.*)$/m.exec(shownComment(there))?.[1] ?? '';

/** Every write so far, by the name of its operation; a query is none. */
export const writes = ({ github }: Repository) =>
  github.requests
    .filter(({ method, operation }) => method !== 'GET' && operation !== 'graphql')
    .map(({ operation }) => operation);

/** The latest status of each name on a commit, by default the head of the first pull request. */
export const statusesOf = ({ github: { state } }: Repository, sha = state.pulls[0]?.head.sha ?? '') =>
  Object.fromEntries((state.statuses[sha] ?? []).map((it) => [it.context, it.state]));

/** Everything stored on GitHub, without numbers and times. */
export const kept = (there: Repository) => ({
  issue: { state: issueIn(there).state, labels: issueIn(there).labels },
  comments: ownComments(there).map(({ body }) => body.replace(/<!-- state .* -->/, '')),
  pulls: there.github.state.pulls.map(({ title, body, state, head, requested, comments }) => ({
    ...{ title, body, state, requested, comments: comments.length },
    files: there.github.state.git.filesAt(head.ref)?.get(PLANNED),
    statuses: statusesOf(there, head.sha),
  })),
});

/** A first run, an approval by a lead unless somebody else is named, and the run that follows. */
export async function approved(there: Repository, user = 'helene-marchetti') {
  await run(there, 'issues-opened');
  there.github.comment(77, { user, body: '/approve' });
  return run(there, 'issue-comment-created');
}
