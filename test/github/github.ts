/**
 * A stateful stand-in of GitHub on loopback: validates requests and responses against the contract, and can make calls
 * fail.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { Ajv, type ValidateFunction } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { bodyOf, listen } from '../loopback.ts';
import { ajvErrors, lookedUp, orNull, pathPattern, pointer } from '../openapi.ts';
import { type Activity, activitiesFor, cursorPage, NO_COMMIT } from './activities.ts';
import { type Deployment, deploymentBody, deploymentStatuses } from './deployments.ts';
import { type ContentEdit, graphQlAnswer } from './edit-history.ts';
import { blobOf, Git } from './git.ts';
import { type RecordedEvent, recordedEventBody } from './issue-events.ts';
import type { TimelineEntry } from './issue-timeline.ts';
import { jobsBody, runBody, runOf } from './runs.ts';

type Operation = keyof typeof ANSWERS | 'graphql';
export type Event =
  | 'pull-request-opened'
  | 'pull-request-synchronize'
  | 'pull-request-labeled'
  | 'pull-request-review-submitted'
  | 'pull-request-closed'
  | 'pull-request-edited'
  | 'merge-group-checks-requested';
export type IssueEvent =
  | 'issues-opened'
  | 'issues-edited'
  | 'issues-reopened'
  | 'issues-closed'
  | 'issues-labeled'
  | 'issues-unlabeled'
  | 'issue-comment-created';
/** `drop` closes the connection before the call is carried out, `dropAfter` after it, before the response. */
type Fault =
  | 'drop'
  | 'dropAfter'
  | { readonly status: number; readonly headers?: OutgoingHttpHeaders; readonly body?: unknown };
type Role = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none';
/** What GitHub calls an author, of those that it calls anybody today. */
type Association = 'OWNER' | 'MEMBER' | 'COLLABORATOR' | 'CONTRIBUTOR' | 'NONE';

interface Comment {
  id: number;
  user: string;
  body: string;
  created_at: string;
  updated_at: string;
  edits: ContentEdit[];
}
interface Review {
  id: number;
  user: string;
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';
  body: string;
  commit_id: string;
  submitted_at: string;
}
interface Status {
  id: number;
  creator: string;
  state: 'error' | 'failure' | 'pending' | 'success';
  context: string;
  description: string | null;
  target_url: string | null;
  created_at: string;
}
interface ChangedFile {
  filename: string;
  status: 'added' | 'removed' | 'modified' | 'renamed';
  previous_filename?: string;
}
/** `head.repo` is null if the fork was deleted. */
interface Pull {
  number: number;
  title: string;
  body: string | null;
  user: string;
  state: 'open' | 'closed';
  draft: boolean;
  /** Whether its conversation is closed to comments, also to those of a workflow. */
  locked: boolean;
  labels: string[];
  head: { sha: string; ref: string; repo: string | null };
  /** In another repository where that is named: a commit can be in pull requests of several. */
  base: { sha: string; ref: string; repo?: string };
  merge_commit_sha: string | null;
  created_at: string;
  updated_at: string;
  files: ChangedFile[];
  reviews: Review[];
  comments: Comment[];
  requested: string[];
  merged_at: string | null;
  /** What happened to it, oldest first. */
  events: RecordedEvent[];
  /** The base before it was last exchanged. */
  formerBase: { readonly sha: string; readonly ref: string };
  /** The head before the last push. */
  formerHead: string;
}
interface Issue {
  number: number;
  title: string;
  body: string | null;
  user: string;
  state: 'open' | 'closed';
  state_reason: 'completed' | 'not_planned' | 'reopened' | null;
  labels: string[];
  assignees: string[];
  /** Whether its conversation is closed to comments, also to those of a workflow. */
  locked: boolean;
  created_at: string;
  updated_at: string;
  comments: Comment[];
  /** The body before the last edit. */
  before: string;
  edits: ContentEdit[];
  /** What happened to it besides comments, oldest first. */
  timeline: TimelineEntry[];
}
/** The state of GitHub. Tests may change it between calls; `token: 'read'` is the token of a run for a fork. */
interface State {
  owner: string;
  name: string;
  login: string;
  token: 'read' | 'write';
  /** The time of the next write; each write takes a second. */
  now: string;
  pulls: Pull[];
  issues: Issue[];
  /** The labels of the repository. */
  labels: string[];
  git: Git;
  /** By commit, oldest first. A commit can get a status if a pull request or this map contains it. */
  statuses: Record<string, Status[]>;
  /** Oldest first. */
  deployments: readonly Deployment[];
  permissions: Record<string, Role>;
  /** What GitHub calls an author, where that does not follow from owner and permissions. */
  associations: Record<string, Association>;
  /** Every movement of a branch, oldest first. */
  activities: Activity[];
  /** What the token created, which GitHub limits. */
  created: CreatedContent;
}
type WrittenPull = Partial<Omit<Pull, 'head' | 'base' | 'reviews' | 'comments'>> & {
  readonly number: number;
  /** `by` moved the branch to this head: the author, unless the test says otherwise; null: GitHub does not know. */
  readonly head?: Partial<Pull['head']> & { readonly by?: string | null };
  readonly base?: Partial<Pull['base']>;
  readonly reviews?: readonly Partial<Review>[];
  readonly comments?: readonly Partial<Comment>[];
};
type WrittenIssue = Partial<Omit<Issue, 'comments'>> & { readonly number: number };
type Written = Partial<Omit<State, 'pulls' | 'issues'>> & {
  readonly pulls?: readonly WrittenPull[];
  readonly issues?: readonly WrittenIssue[];
};

interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly headers: IncomingHttpHeaders;
  readonly operation: Operation | undefined;
  /** Undefined while the call is running, and if the connection was dropped. */
  status: number | undefined;
}
export interface GitHub {
  readonly url: string;
  readonly state: State;
  readonly requests: readonly Call[];
  /** Violations of the contract; a test of an action expects none. */
  readonly violations: readonly string[];
  /** Makes calls of an operation fail: from the `nth` one on (default 1), and `times` times (default 1). */
  fault(operation: Operation, fault: Fault, when?: { readonly nth?: number; readonly times?: number }): void;
  /** Does something just before the first call of an operation is answered, as other people do while a run goes on. */
  meanwhile(operation: Operation, act: () => void): void;
  /**
   * A person comments, reviews (the head, unless `commit_id` says otherwise) or pushes: not the author of the pull
   * request, unless `by` names them.
   */
  comment(number: number, given: Partial<Comment>): Comment;
  review(number: number, given: Partial<Review>): Review;
  push(number: number, sha?: string, by?: string | null): void;
  /** Somebody opens a pull request from a branch. */
  open(written: WrittenPull): void;
  /**
   * Somebody moves a branch, which need not have a pull request. A commit that is not known comes after the present one.
   */
  move(branch: string, sha: string, by: string | null): void;
  /**
   * Somebody chooses another base for a pull request, merges, closes or reopens it, declares a draft ready, or sets a
   * label: not its author, unless `by` names them; null: GitHub does not know who.
   */
  exchangeBase(
    number: number,
    base: { readonly sha: string; readonly ref: string },
    by?: string | null,
    event?: RecordedEvent['event'],
  ): void;
  merge(number: number, by?: string): void;
  close(number: number, by?: string | null): void;
  reopen(number: number, by?: string | null): void;
  ready(number: number, by?: string | null): void;
  label(number: number, name: string, by?: string | null): void;
  /** Gives a label another name wherever it is; events keep the one that it had. */
  renameLabel(name: string, other: string): void;
  /** A deployment is recorded: by the workflow, unless a creator is named. */
  deploy(deployment: Omit<Deployment, 'id'>): void;
  /** After this many more writes every call gets 401 and has no effect, as if the run had been killed. */
  stopAfter(writes: number): void;
  /** Somebody labels, unlabels, closes or reopens an issue; null: GitHub does not know who. */
  happen(number: number, entry: Omit<TimelineEntry, 'at'> & { readonly at?: string }): void;
  /** Somebody deletes an issue. */
  remove(number: number): void;
  /** Somebody edits the body of an issue: its author, unless `by` names them. */
  edit(number: number, body: string, by?: string): void;
  /** Somebody edits a comment; `at` is the time that GitHub gives it, now unless the test says otherwise. */
  editComment(id: number, edited: { readonly body: string; readonly by: string; readonly at?: string }): void;
  /** An event of an issue as GitHub would send it now; about the last comment or label, where there are several. */
  issueEvent(name: IssueEvent, number: number): { readonly eventName: string; readonly event: object };
  /** An event as GitHub would send it now, validated against the contract: `event` and `eventName` of `runAction`. */
  event(name: Event, number: number): { readonly eventName: string; readonly event: object };
  /** The event of the last movement of the default branch, or of a run that somebody starts by hand. */
  pushEvent(): { readonly eventName: string; readonly event: object };
  dispatchEvent(by: string): { readonly eventName: string; readonly event: object };
  stop(): Promise<void>;
}

type Values = Readonly<Record<string, string | number>>;
interface ApiCall {
  readonly state: State;
  readonly bodies: Bodies;
  readonly values: Values;
  readonly body: Readonly<Record<string, string>>;
  /** The body as received, for values other than strings. */
  readonly given: Given;
}
/** Values of bodies other than strings. */
interface Given {
  readonly labels?: readonly string[];
  readonly assignees?: readonly string[];
  readonly reviewers?: readonly string[];
  readonly parents?: readonly string[];
  readonly force?: boolean;
  readonly tree?: readonly { readonly path: string; readonly content: string }[];
}
interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: OutgoingHttpHeaders;
}
interface Described {
  readonly operationId: string;
  readonly parameters: readonly { readonly $ref?: string }[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: object } } };
  readonly responses: Readonly<Record<string, { readonly $ref?: string; readonly content?: object }>>;
}
interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required?: boolean;
  readonly schema: object;
}

// The contract.

const contract = JSON.parse(readFileSync(new URL('contract.json', import.meta.url), 'utf8')) as {
  readonly 'x-source': { readonly api_version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
};
const API_VERSION = contract['x-source'].api_version;
/**
 * Statuses that any operation may have, which its description does not repeat: not authenticated, not allowed, not
 * found, not valid, rate limit, outage.
 */
const ANYWHERE = [400, 401, 403, 404, 422, 429, 500, 502, 503, 504];

/**
 * Translates OpenAPI's `nullable`, which ajv accepts only together with `type`, to JSON Schema. Two are missing in the
 * description: the `repo` of a pull request's head is null if the fork was deleted, and the `actor` of an event if the
 * account was.
 */
function withNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNulls);
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withNulls(part)]));
  if ('label' in inner && 'ref' in inner && 'sha' in inner) return { ...inner, repo: orNull(inner.repo) };
  if ('actor' in inner && 'event' in inner) return { ...inner, actor: orNull(inner.actor) };
  if (inner.nullable !== true) return inner;
  const { nullable: _, ...schema } = inner;
  return orNull(schema);
}

const options = {
  strictTypes: false,
  strictRequired: false,
  // GitHub's format for owner/name.
  formats: { ...fullFormats, 'repo.nwo': /^[^/]+\/[^/]+$/ },
} as const;
// GitHub ignores unknown keys in the body of a request; here they are violations.
for (const { requestBody } of Object.values(contract.paths).flatMap((methods) => Object.values(methods))) {
  const schema = requestBody?.content['application/json'].schema as object | undefined;
  const choices = schema !== undefined && 'oneOf' in schema ? (schema.oneOf as readonly object[]) : [schema];
  for (const each of choices)
    if (each !== undefined && 'properties' in each) Object.assign(each, { additionalProperties: false });
}
const ajv = new Ajv(options).addVocabulary(Object.keys(contract));
ajv.addSchema(withNulls(contract) as object, 'contract');
const coercing = new Ajv({ ...options, coerceTypes: true });

/** The violations of the schema at a location of the contract. */
function breaks(name: string, value: unknown, ...place: readonly string[]): string[] {
  const ref = `contract${pointer(...place)}`;
  const validate = ajv.getSchema(ref) ?? ajv.compile({ $ref: ref });
  return validate(value) ? [] : ajvErrors(name, validate.errors);
}

const SCHEMA = ['content', 'application/json', 'schema'];

interface Route {
  readonly operation: Operation;
  readonly method: string;
  readonly pattern: RegExp;
  readonly described: Described;
  /** The location of its description in the contract. */
  readonly place: readonly string[];
  readonly path: ValidateFunction;
  readonly query: ValidateFunction;
}

/** Converts the strings of a path or query to the types of the contract, in place. */
function valuesOf(where: 'path' | 'query', { parameters }: Described): ValidateFunction {
  const known = parameters
    .map((each) => (each.$ref === undefined ? each : lookedUp(contract, each.$ref)) as Parameter)
    .filter((parameter) => parameter.in === where);
  return coercing.compile({
    type: 'object',
    properties: Object.fromEntries(known.map(({ name, schema }) => [name, schema])),
    required: known.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  });
}

const routes: readonly Route[] = Object.entries(contract.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, described]) => ({
    operation: described.operationId as Operation,
    method: method.toUpperCase(),
    pattern: pathPattern(path),
    described,
    place: ['paths', path, method],
    path: valuesOf('path', described),
    query: valuesOf('query', described),
  })),
);

/** The values of a request's path and query as numbers and strings, and its violations of the contract. */
function validated(
  { described, place, ...route }: Route,
  path: string,
  { query, body }: Call,
): [Values, string[]] {
  const groups = Object.entries(route.pattern.exec(path)?.groups ?? {});
  const inPath = Object.fromEntries(groups.map(([name, text]) => [name, decodeURIComponent(text)]));
  const inQuery = { ...query };
  const faults = [
    ...(route.path(inPath) ? [] : ajvErrors('path', route.path.errors)),
    ...(route.query(inQuery) ? [] : ajvErrors('query', route.query.errors)),
  ];
  if (described.requestBody !== undefined)
    faults.push(...breaks('body', body, ...place, 'requestBody', ...SCHEMA));
  else if (body !== undefined) faults.push('body is not expected');
  return [{ ...inQuery, ...inPath }, faults];
}

/** The violations of the contract by a response. */
function answerFaults({ described, place }: Route, { status, body }: Answer): string[] {
  const name = `answer ${status}`;
  const found = described.responses[status];
  if (found?.$ref !== undefined) return breaks(name, body, ...found.$ref.slice(2).split('/'), ...SCHEMA);
  if (found?.content !== undefined) return breaks(name, body, ...place, 'responses', `${status}`, ...SCHEMA);
  if (found !== undefined) return body === undefined ? [] : [`${name} has no body`];
  if (!ANYWHERE.includes(status)) return [`${name} is not described`];
  return breaks(name, body, 'components', 'schemas', status === 422 ? 'validation-error' : 'basic-error');
}

// Responses of GitHub.

const MESSAGES: Readonly<Record<number, string>> = {
  400: 'Problems parsing JSON',
  401: 'Requires authentication',
  403: 'Resource not accessible by integration',
  404: 'Not Found',
  422: 'Validation Failed',
  429: 'API rate limit exceeded for installation ID 1.',
};

function refusal(status: number, message = MESSAGES[status] ?? 'Server Error', errors?: object[]): Answer {
  const body = { message, documentation_url: 'https://docs.github.com/rest', status: `${status}` };
  return { status, body: errors === undefined ? body : { ...body, errors } };
}

const SECONDARY = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';

/** The response of a fault for which the test gives no body. */
function failure({ status, headers, body }: Exclude<Fault, string>): Answer {
  if (body !== undefined) return { status, body };
  if (status === 403 && headers?.['retry-after'] !== undefined) return refusal(status, SECONDARY);
  return refusal(status, headers?.['x-ratelimit-remaining'] === '0' ? MESSAGES[429] : undefined);
}

/** The sufficient permissions, which GitHub names if the token lacks them, but not at a rate limit. */
const refusedPermissions = (status: number, headers: OutgoingHttpHeaders = {}): OutgoingHttpHeaders =>
  status === 403 &&
  !Object.keys(headers).some((name) => name === 'retry-after' || name.startsWith('x-ratelimit'))
    ? { 'x-accepted-github-permissions': 'issues=write; pull_requests=write' }
    : {};

/** GitHub's limits on what is created, such as comments, by its clock: 80 in a minute and 500 in an hour. */
class CreatedContent {
  readonly #at: number[] = [];

  add(now: string): void {
    this.#at.push(Date.parse(now));
  }

  /** So many at once, by other workflows. */
  fill(count: number, now: string): void {
    for (let i = 0; i < count; i++) this.add(now);
  }

  /** The response that is a secondary rate limit, with how long to wait. */
  refused(now: string): Answer | undefined {
    for (const [most, seconds] of [
      [500, 3600],
      [80, 60],
    ] as const) {
      const first = this.#at.at(-most);
      const left = first === undefined ? 0 : first / 1000 + seconds - Date.parse(now) / 1000;
      if (left > 0) return { ...refusal(403, SECONDARY), headers: { 'retry-after': `${Math.ceil(left)}` } };
    }
    return undefined;
  }
}

const hash = (text: string): string => createHash('sha1').update(text).digest('hex');
const number = (text: string): number => Number.parseInt(hash(text).slice(0, 7), 16);
const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The owner of the repository of the change, even if it was deleted. */
const headOwner = ({ head, user }: Pull): string => head.repo?.split('/')[0] ?? user;
/** Addresses below `at`, by the name before `_url`: `name` and what follows it, or `name:path`. */
const links = (at: string, table: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    table.split(/\s+/).map((entry) => {
      const [, name = '', colon, rest = ''] = /^(\w+)(:?)(.*)$/.exec(entry) ?? [];
      return [`${name}_url`, `${at}/${colon === ':' ? rest : `${name}${rest}`}`];
    }),
  );
const USER_LINKS = `followers following{/other_user} gists{/gist_id} starred{/owner}{/repo} subscriptions organizations:orgs repos
events{/privacy} received_events`;
const REPOSITORY_LINKS = `archive:{archive_format}{/ref} assignees{/user} blobs:git/blobs{/sha} branches{/branch}
collaborators{/collaborator} comments{/number} commits{/sha} compare/{base}...{head} contents/{+path} contributors deployments
downloads events forks git_commits:git/commits{/sha} git_refs:git/refs{/sha} git_tags:git/tags{/sha} hooks
issue_comment:issues/comments{/number} issue_events:issues/events{/number} issues{/number} keys{/key_id} labels{/name} languages
merges milestones{/number} notifications{?since,all,participating} pulls{/number} releases{/id} stargazers statuses/{sha}
subscribers subscription tags teams trees:git/trees{/sha}`;
/** The same value under many names. */
const each = <Value>(names: string, value: Value): Record<string, Value> =>
  Object.fromEntries(names.split(' ').map((name) => [name, value]));

type Bodies = ReturnType<typeof bodiesOf>;

/** The bodies of GitHub's responses and events, from the state; `url` is the address of the API. */
function bodiesOf(state: State, url: string) {
  const slug = `${state.owner}/${state.name}`;
  const api = `${url}/repos/${slug}`;
  const html = `https://github.com/${slug}`;
  const numbered = (kind: string, id: number | string) => ({
    id: typeof id === 'number' ? id : number(id),
    node_id: Buffer.from(`${kind}:${id}`).toString('base64'),
  });

  const user = (login: string) => {
    const at = `${url}/users/${encodeURIComponent(login)}`;
    return {
      login,
      ...numbered('User', login),
      avatar_url: `https://avatars.githubusercontent.com/u/${number(login)}?v=4`,
      gravatar_id: '',
      url: at,
      html_url: `https://github.com/${login.replace(/(.*)\[bot\]$/, 'apps/$1')}`,
      ...links(at, USER_LINKS),
      type: login.endsWith('[bot]') ? 'Bot' : login === state.owner ? 'Organization' : 'User',
      site_admin: false,
    };
  };
  const repository = (full: string) => {
    const [owner = '', name = ''] = full.split('/');
    const at = `${url}/repos/${full}`;
    return {
      ...numbered('Repository', full),
      ...each('has_issues has_projects has_downloads has_wiki', true),
      ...each('private archived disabled has_pages has_discussions', false),
      ...each('description homepage language license mirror_url', null),
      ...each(
        'forks forks_count open_issues open_issues_count watchers watchers_count stargazers_count size',
        0,
      ),
      ...each('created_at updated_at pushed_at', '2026-01-01T00:00:00Z'),
      name,
      full_name: full,
      owner: user(owner),
      fork: full !== slug,
      default_branch: 'main',
      visibility: 'public',
      topics: [],
      url: at,
      ...links(at, REPOSITORY_LINKS),
      ...each('html_url svn_url', `https://github.com/${full}`),
      clone_url: `https://github.com/${full}.git`,
      git_url: `git://github.com/${full}.git`,
      ssh_url: `git@github.com:${full}.git`,
    };
  };
  const association = (login: string): Association => {
    const of = <Value>(table: Readonly<Record<string, Value>>) =>
      Object.entries(table).find(([known]) => same(known, login))?.[1];
    const role = of(state.permissions) ?? 'none';
    const derived = role === 'none' ? 'NONE' : 'COLLABORATOR';
    return of(state.associations) ?? (same(login, state.owner) ? 'OWNER' : derived);
  };
  const label = (name: string) => ({
    ...numbered('Label', name),
    url: `${api}/labels/${encodeURIComponent(name)}`,
    name,
    color: 'ededed',
    default: false,
    description: '',
  });
  const end = (owner: string, ref: string, sha: string, full: string | null) => ({
    label: `${owner}:${ref}`,
    ref,
    sha,
    user: user(owner),
    repo: full === null ? null : repository(full),
  });
  /** As in a list, which has fewer fields than a single pull request. */
  const listedPull = (pull: Pull) => {
    const at = `${api}/pulls/${pull.number}`;
    const page = `${html}/pull/${pull.number}`;
    const others = {
      ...links(
        api,
        `issue:issues/${pull.number} comments:issues/${pull.number}/comments statuses/${pull.head.sha}`,
      ),
      ...links(at, `commits review_comments:comments`),
      review_comment_url: `${api}/pulls/comments{/number}`,
    };
    const linked = Object.entries({ self_url: at, html_url: page, ...others });
    return {
      ...numbered('PullRequest', 1_000_000 + pull.number),
      ...each('active_lock_reason milestone assignee auto_merge', null),
      ...each('assignees requested_teams', []),
      merged_at: pull.merged_at,
      requested_reviewers: pull.requested.map(user),
      url: at,
      html_url: page,
      diff_url: `${page}.diff`,
      patch_url: `${page}.patch`,
      ...others,
      _links: Object.fromEntries(linked.map(([name, href]) => [name.replace('_url', ''), { href }])),
      number: pull.number,
      state: pull.state,
      draft: pull.draft,
      locked: pull.locked,
      title: pull.title,
      body: pull.body,
      user: user(pull.user),
      author_association: association(pull.user),
      labels: pull.labels.map(label),
      created_at: pull.created_at,
      updated_at: pull.updated_at,
      closed_at: pull.state === 'closed' ? pull.updated_at : null,
      merge_commit_sha: pull.merge_commit_sha,
      head: end(headOwner(pull), pull.head.ref, pull.head.sha, pull.head.repo),
      base: end(state.owner, pull.base.ref, pull.base.sha, pull.base.repo ?? slug),
    };
  };
  const pull = (given: Pull) => ({
    ...listedPull(given),
    ...{
      merged: given.merged_at !== null,
      merged_by: null,
      mergeable: true,
      rebaseable: true,
      mergeable_state: 'clean',
    },
    comments: given.comments.length,
    review_comments: 0,
    maintainer_can_modify: given.head.repo !== slug,
    commits: 1,
    additions: given.files.length,
    deletions: 0,
    changed_files: given.files.length,
  });
  const review = ({ number }: Pull, given: Review) => {
    const [pull_request_url, html_url] = [
      `${api}/pulls/${number}`,
      `${html}/pull/${number}#pullrequestreview-${given.id}`,
    ];
    return {
      ...numbered('Review', given.id),
      user: user(given.user),
      body: given.body,
      state: given.state,
      html_url,
      pull_request_url,
      author_association: association(given.user),
      _links: { html: { href: html_url }, pull_request: { href: pull_request_url } },
      submitted_at: given.submitted_at,
      commit_id: given.commit_id,
    };
  };
  const comment = ({ number }: { readonly number: number }, given: Comment) => ({
    ...numbered('IssueComment', given.id),
    url: `${api}/issues/comments/${given.id}`,
    html_url: `${html}/pull/${number}#issuecomment-${given.id}`,
    issue_url: `${api}/issues/${number}`,
    user: user(given.user),
    created_at: given.created_at,
    updated_at: given.updated_at,
    author_association: association(given.user),
    body: given.body,
  });
  const activity = (given: Activity) => ({
    ...given,
    node_id: numbered('PushActivity', given.id).node_id,
    actor: given.actor === null ? null : user(given.actor),
  });
  const status = (sha: string, { creator, ...given }: Status) => ({
    url: `${api}/statuses/${sha}`,
    avatar_url: user(creator).avatar_url,
    ...given,
    ...numbered('Status', given.id),
    updated_at: given.created_at,
    creator: user(creator),
  });
  const changed = <T extends { readonly filename: string }>(at: string, given: T) => {
    const path = given.filename.split('/').map(encodeURIComponent).join('/');
    return {
      sha: hash(given.filename),
      ...given,
      additions: 1,
      deletions: 0,
      changes: 1,
      blob_url: `${html}/blob/${at}/${path}`,
      raw_url: `${html}/raw/${at}/${path}`,
      contents_url: `${api}/contents/${path}?ref=${at}`,
    };
  };
  const file = ({ head }: Pull, given: ChangedFile) => changed(head.sha, given);
  const permission = (login: string, role: Role) => ({
    permission: role === 'maintain' ? 'write' : role === 'triage' ? 'read' : role,
    role_name: role,
    user: { ...user(login), role_name: role },
  });
  /** A pull request is also an issue, with a different address. */
  const issue = (given: Issue | Pull) => {
    const at = `${api}/issues/${given.number}`;
    return {
      ...numbered('Issue', 2_000_000 + given.number),
      url: at,
      repository_url: api,
      labels_url: `${at}/labels{/name}`,
      ...links(at, 'comments events timeline'),
      html_url: `${html}/${'head' in given ? 'pull' : 'issues'}/${given.number}`,
      number: given.number,
      title: given.title,
      body: given.body,
      user: user(given.user),
      state: given.state,
      state_reason: 'state_reason' in given ? given.state_reason : null,
      labels: given.labels.map(label),
      locked: given.locked,
      ...each('assignee milestone active_lock_reason performed_via_github_app', null),
      assignees: 'assignees' in given ? given.assignees.map(user) : [],
      comments: given.comments.length,
      author_association: association(given.user),
      created_at: given.created_at,
      updated_at: given.updated_at,
      closed_at: given.state === 'closed' ? given.updated_at : null,
      reactions: reactions(at),
      ...('head' in given
        ? {
            pull_request: {
              url: `${api}/pulls/${given.number}`,
              html_url: `${html}/pull/${given.number}`,
              diff_url: `${html}/pull/${given.number}.diff`,
              patch_url: `${html}/pull/${given.number}.patch`,
            },
          }
        : {}),
    };
  };
  const reactions = (at: string) => ({
    url: `${at}/reactions`,
    ...each('total_count +1 -1 laugh hooray confused heart rocket eyes', 0),
  });
  const ref = (name: string, sha: string) => ({
    ref: `refs/${name}`,
    node_id: numbered('Ref', name).node_id,
    url: `${api}/git/refs/${name}`,
    object: { type: 'commit', sha, url: `${api}/git/commits/${sha}` },
  });
  const commit = (sha: string) => {
    const { tree, parents, message } = state.git.commits.get(sha) ?? { tree: '', parents: [], message: '' };
    const person = { name: 'GitHub', email: 'noreply@github.com', date: '2026-11-21T12:00:00Z' };
    const address = (each: string) => ({
      url: `${api}/git/commits/${each}`,
      html_url: `${html}/commit/${each}`,
    });
    return {
      sha,
      node_id: numbered('Commit', sha).node_id,
      ...address(sha),
      author: person,
      committer: person,
      message,
      tree: { sha: tree, url: `${api}/git/trees/${tree}` },
      parents: parents.map((each) => ({ sha: each, ...address(each) })),
      verification: { verified: true, reason: 'valid', signature: null, payload: null, verified_at: null },
    };
  };
  /** As in a comparison, which has more about people and less about signatures. */
  const listedCommit = (sha: string) => {
    const { message, author, committer, tree, parents, node_id, html_url } = commit(sha);
    return {
      ...{ sha, node_id, html_url, parents, author: user(state.login), committer: user(state.login) },
      url: `${api}/commits/${sha}`,
      comments_url: `${api}/commits/${sha}/comments`,
      commit: { url: `${api}/git/commits/${sha}`, author, committer, message, comment_count: 0, tree },
    };
  };
  const comparison = (base: string, head: string, found: NonNullable<ReturnType<Git['compared']>>) => {
    const { shared, ahead, behind, files } = found;
    const page = `${html}/compare/${base}...${head}`;
    const status = `${ahead.length > 0}${behind.length > 0}` as keyof typeof COMPARED;
    return {
      ...{ url: `${api}/compare/${base}...${head}`, html_url: page, permalink_url: page },
      ...{ diff_url: `${page}.diff`, patch_url: `${page}.patch`, status: COMPARED[status] },
      base_commit: listedCommit(base),
      merge_base_commit: listedCommit(shared),
      ...{ ahead_by: ahead.length, behind_by: behind.length, total_commits: ahead.length },
      commits: ahead.map(listedCommit),
      files: files.map((each) => changed(head, each)),
    };
  };
  const tree = (sha: string, files: readonly (readonly [string, string])[]) => ({
    sha,
    url: `${api}/git/trees/${sha}`,
    truncated: false,
    tree: files.map(([path, text]) => ({ path, mode: '100644', type: 'blob', sha: blobOf(text) })),
  });
  const content = (path: string, text: string, at: string) => {
    const address = `${api}/contents/${path}?ref=${at}`;
    const [git, page] = [`${api}/git/blobs/${blobOf(text)}`, `${html}/blob/${at}/${path}`];
    return {
      type: 'file',
      encoding: 'base64',
      size: Buffer.byteLength(text),
      name: path.split('/').at(-1),
      path,
      content: Buffer.from(text).toString('base64'),
      sha: blobOf(text),
      url: address,
      git_url: git,
      html_url: page,
      download_url: `https://raw.githubusercontent.com/${slug}/${at}/${path}`,
      _links: { self: address, git, html: page },
    };
  };
  return {
    ...{
      api,
      html,
      slug,
      association,
      user,
      repository,
      label,
      listedPull,
      pull,
      review,
      comment,
      status,
      file,
      permission,
    },
    ...{ issue, reactions, ref, commit, comparison, tree, content, activity },
  };
}

/** Whether the head has commits of its own, and whether the base has. */
const COMPARED = { truetrue: 'diverged', truefalse: 'ahead', falsetrue: 'behind', falsefalse: 'identical' };

// Operations of GitHub.

/** The time of a write; advances the clock. */
function tick(state: State): string {
  const { now } = state;
  state.now = new Date(Date.parse(now) + 1000).toISOString().replace('.000', '');
  return now;
}

const pullOf = ({ state, values }: ApiCall): Pull | undefined =>
  state.pulls.find((pull) => pull.number === Number(values.pull_number ?? values.issue_number));

const nextId = (state: State): number =>
  1 +
  Math.max(
    1000,
    ...state.issues.flatMap(({ comments }) => comments.map(({ id }) => id)),
    ...state.pulls.flatMap(({ comments, reviews }) => [...comments, ...reviews].map(({ id }) => id)),
    ...Object.values(state.statuses).flatMap((statuses) => statuses.map(({ id }) => id)),
  );

const invalid = (resource: string, field: string, message: string): Answer =>
  refusal(422, MESSAGES[422], [{ resource, code: 'custom', field, message }]);

function refusedBody(body: string | undefined): Answer | undefined {
  if ((body ?? '').trim() === '') return invalid('IssueComment', 'body', 'body cannot be blank');
  return refusedLength(body, 'IssueComment');
}

const refusedLength = (body: string | undefined, resource: string): Answer | undefined =>
  [...(body ?? '')].length > 65_536
    ? invalid(resource, 'body', 'body is too long (maximum is 65536 characters)')
    : undefined;

const ofPull =
  (answer: (pull: Pull, call: ApiCall) => Answer) =>
  (call: ApiCall): Answer => {
    const pull = pullOf(call);
    return pull === undefined ? refusal(404) : answer(pull, call);
  };

/** The pull request or issue of a call about comments or labels. */
const itemOf = ({ state, values }: ApiCall): Pull | Issue | undefined =>
  [...state.pulls, ...state.issues].find(({ number }) => number === Number(values.issue_number));

const ofEither =
  (answer: (item: Pull | Issue, call: ApiCall) => Answer) =>
  (call: ApiCall): Answer => {
    const item = itemOf(call);
    return item === undefined ? refusal(404) : answer(item, call);
  };

const nextNumber = ({ pulls, issues }: State): number =>
  1 + Math.max(0, ...[...pulls, ...issues].map(({ number }) => number));

function createPull({ state, body, bodies }: ApiCall): Answer {
  const { head = '', base = '', title = '' } = body;
  const sha = state.git.refs.get(`heads/${head}`);
  if (sha === undefined || !state.git.refs.has(`heads/${base}`))
    return invalid('PullRequest', 'head', 'invalid');
  if (state.pulls.some((pull) => pull.state === 'open' && pull.head.ref === head))
    return invalid('PullRequest', 'head', `A pull request already exists for ${state.owner}:${head}.`);
  const pull = writtenPull(state, {
    number: nextNumber(state),
    title,
    body: body.body ?? null,
    user: state.login,
    head: { ref: head, sha },
    base: { ref: base, sha: state.git.refs.get(`heads/${base}`) ?? '' },
  });
  return { status: 201, body: bodies.pull(pull) };
}

function requestReviewers(pull: Pull, { state, given: { reviewers = [] }, bodies }: ApiCall): Answer {
  const mayBe = (login: string) =>
    login !== pull.user && Object.keys(state.permissions).some((known) => same(known, login));
  if (!reviewers.every(mayBe)) return refusal(422, 'Reviews may only be requested from collaborators.', []);
  pull.requested = [...new Set([...pull.requested, ...reviewers])];
  return { status: 201, body: bodies.listedPull(pull) };
}

/** Records that somebody moved a branch, or the branch of a pull request. */
function record(
  state: State,
  name: string,
  {
    before,
    ...moved
  }: Pick<Activity, 'before' | 'after' | 'activity_type' | 'actor'> & { timestamp?: string },
): void {
  const id = 1 + Math.max(5000, ...state.activities.map((it) => it.id));
  const timestamp = moved.timestamp ?? state.now;
  state.activities.push({ id, ref: `refs/heads/${name}`, before, timestamp, ...moved });
}

/** Records what somebody did to a pull request. */
function recordEvent(
  state: State,
  pull: Pull,
  event: RecordedEvent['event'],
  actor: string | null,
  created_at: string,
  label?: string,
): void {
  const ids = state.pulls.flatMap(({ events }) => events.map(({ id }) => id));
  const named = label === undefined ? {} : { label };
  pull.events.push({ id: 1 + Math.max(9000, ...ids), event, actor, created_at, ...named });
}

/** Records what our own account did to an issue. */
function happened(
  state: State,
  { timeline }: Issue,
  entry: Pick<TimelineEntry, 'kind' | 'label'>,
  at = state.now,
): void {
  timeline.push({ ...entry, by: state.login, at });
}

/** Closes or reopens a pull request, unless it is so already. */
function turn(state: State, pull: Pull, to: Pull['state'], actor: string | null, now = tick(state)): void {
  if (pull.state === to) return;
  Object.assign(pull, { state: to, updated_at: now });
  recordEvent(state, pull, to === 'open' ? 'reopened' : 'closed', actor, now);
}

/** Whether the new commit has the old one behind it, as far as the stand-in knows either. */
const isForward = ({ git }: State, before: string, after: string): boolean =>
  !git.commits.has(before) || !git.commits.has(after) || git.compared(before, after)?.behind.length === 0;

const movedBy = (state: State, before: string, after: string, actor: string | null) => {
  const isFirst = before === NO_COMMIT;
  const activity_type = isFirst
    ? ('branch_creation' as const)
    : isForward(state, before, after)
      ? ('push' as const)
      : ('force_push' as const);
  return { before, after, actor, activity_type };
};

function createRef({ state, body: { ref = '', sha = '' }, bodies }: ApiCall): Answer {
  const { git } = state;
  const name = ref.replace('refs/', '');
  if (git.refs.has(name)) return refusal(422, 'Reference already exists');
  if (!git.commits.has(sha)) return refusal(422, 'Object does not exist');
  git.refs.set(name, sha);
  record(state, name.replace('heads/', ''), movedBy(state, NO_COMMIT, sha, state.login));
  return { status: 201, body: bodies.ref(name, sha) };
}

function updateRef({ state, values, body: { sha = '' }, given: { force = false }, bodies }: ApiCall): Answer {
  const { git } = state;
  const name = String(values.ref);
  const old = git.refs.get(name);
  if (old === undefined || !git.commits.has(sha)) return refusal(422, 'Reference does not exist');
  if (!force && git.commits.get(sha)?.parents.includes(old) !== true)
    return refusal(422, 'Update is not a fast forward');
  git.refs.set(name, sha);
  record(state, name.replace('heads/', ''), movedBy(state, old, sha, state.login));
  for (const pull of state.pulls.filter(
    ({ head, state: now }) => now === 'open' && `heads/${head.ref}` === name,
  )) {
    pull.head.sha = sha;
    pull.updated_at = tick(state);
  }
  return { status: 200, body: bodies.ref(name, sha) };
}

function createTree({ state: { git }, body, given: { tree = [] }, bodies }: ApiCall): Answer {
  const files = tree.map(({ path, content }) => [path, content] as const);
  const sha = git.tree(body.base_tree ?? '', files);
  return sha === undefined
    ? refusal(422, 'base_tree is not a valid tree oid', [])
    : { status: 201, body: bodies.tree(sha, files) };
}

function createCommit({ state: { git }, body, given: { parents = [] }, bodies }: ApiCall): Answer {
  const sha = git.commit({ tree: body.tree ?? '', parents, message: body.message ?? '' });
  return sha === undefined
    ? refusal(422, 'Tree SHA does not exist', [])
    : { status: 201, body: bodies.commit(sha) };
}

function addLabels(item: Pull | Issue, { state, given: { labels = [] }, bodies }: ApiCall): Answer {
  // A label that differs only in case is the one that the repository has.
  const wanted = labels.map((name) => state.labels.find((known) => same(known, name)) ?? name);
  state.labels.push(...wanted.filter((name) => !state.labels.includes(name)));
  const added = wanted.filter((name) => !item.labels.includes(name));
  for (const label of added) {
    if ('timeline' in item) happened(state, item, { kind: 'LabeledEvent', label });
    else recordEvent(state, item, 'labeled', state.login, state.now, label);
  }
  item.labels = [...new Set([...item.labels, ...wanted])];
  return { status: 200, body: item.labels.map(bodies.label) };
}

function listPulls({ state, values, bodies }: ApiCall): Answer {
  const { state: which = 'open', head, base, sort = 'created' } = values;
  const found = state.pulls.filter(
    (pull) =>
      (which === 'all' || pull.state === which) &&
      (base === undefined || pull.base.ref === base) &&
      (head === undefined || `${headOwner(pull)}:${pull.head.ref}` === head),
  );
  const key = (pull: Pull): string => (sort === 'updated' ? pull.updated_at : pull.created_at);
  const direction = (values.direction ?? (sort === 'created' ? 'desc' : 'asc')) === 'asc' ? 1 : -1;
  found.sort((a, b) => direction * (key(a).localeCompare(key(b)) || a.number - b.number));
  return { status: 200, body: found.map(bodies.listedPull) };
}

function createStatus({ state, values, body, bodies }: ApiCall): Answer {
  const sha = String(values.sha);
  const commits = state.pulls.flatMap((pull) => [pull.head.sha, pull.base.sha, pull.merge_commit_sha]);
  if (![...commits, ...state.git.commits.keys(), ...Object.keys(state.statuses)].includes(sha))
    return refusal(422, `No commit found for SHA: ${sha}`);
  if ([...(body.description ?? '')].length > 140)
    return invalid('Status', 'description', 'description is too long (maximum is 140 characters)');
  const { context = 'default' } = body;
  if ((state.statuses[sha] ?? []).filter((it) => same(it.context, context)).length >= 1000)
    return refusal(422, 'Validation Failed', [
      { message: 'This SHA and context has reached the maximum number of statuses.' },
    ]);
  const status: Status = {
    id: nextId(state),
    creator: state.login,
    state: body.state as Status['state'],
    context,
    description: body.description ?? null,
    target_url: body.target_url ?? null,
    created_at: tick(state),
  };
  state.statuses[sha] = [...(state.statuses[sha] ?? []), status];
  return { status: 201, body: bodies.status(sha, status) };
}

/** GitHub refuses the names of accounts that do not exist, and leaves out people without access. */
const refusedAssignees = ({ permissions }: State, logins: readonly string[] = []): Answer | undefined =>
  logins.every((login) => Object.keys(permissions).some((known) => same(known, login)))
    ? undefined
    : invalid('Issue', 'assignees', 'invalid');

const assignable = ({ permissions }: State, logins: readonly string[]): string[] =>
  Object.entries(permissions).flatMap(([known, role]) =>
    role !== 'none' && logins.some((login) => same(known, login)) ? known : [],
  );

function createIssue({ state, body: { title = '', body = '' }, given, bodies }: ApiCall): Answer {
  const refused =
    refusedLength(body, 'Issue') ??
    refusedAssignees(state, given.assignees) ??
    state.created.refused(state.now);
  if (refused !== undefined) return refused;
  state.created.add(state.now);
  const issue = writtenIssue(state, {
    ...{ number: nextNumber(state), title, body, user: state.login, labels: [...(given.labels ?? [])] },
    assignees: assignable(state, given.assignees ?? []),
  });
  return { status: 201, body: bodies.issue(issue) };
}

/** A workflow may label and close what is locked, and not comment on it. */
const refusedLocked = (item: Pull | Issue): Answer | undefined =>
  item.locked ? refusal(403, 'Unable to create comment because issue is locked.') : undefined;

function updateComment({ state, values, body, bodies }: ApiCall): Answer {
  for (const pull of [...state.pulls, ...state.issues])
    for (const comment of pull.comments)
      if (comment.id === Number(values.comment_id)) {
        const refused = refusedBody(body.body) ?? refusedLocked(pull);
        if (refused !== undefined) return refused;
        const at = tick(state);
        if (comment.body !== body.body) comment.edits.push({ editor: state.login, at });
        Object.assign(comment, { body: body.body, updated_at: at });
        return { status: 200, body: bodies.comment(pull, comment) };
      }
  return refusal(404);
}

/** The comments on every issue and pull request; without "sort" their direction has no effect. */
function listCommentsOfAll({ state, values, bodies }: ApiCall): Answer {
  const { since = '', sort, direction = 'desc' } = values;
  const key = sort === 'updated' ? 'updated_at' : 'created_at';
  const sign = sort !== undefined && direction === 'desc' ? -1 : 1;
  const all = [...state.pulls, ...state.issues].flatMap((item) =>
    item.comments.map((comment) => ({ item, comment })),
  );
  const body = all
    .filter(({ comment }) => since === '' || Date.parse(comment.updated_at) >= Date.parse(String(since)))
    .sort(
      (a, b) =>
        sign * (Date.parse(a.comment[key]) - Date.parse(b.comment[key]) || a.comment.id - b.comment.id),
    )
    .map(({ item, comment }) => bodies.comment(item, comment));
  return { status: 200, body };
}

/**
 * Where the default branch is in a state whose git has no such branch, as the commits are in a checkout: where it was
 * last moved to, else where the newest open pull request into it has its base.
 */
function mainBesideGit({ activities, pulls }: State): string | undefined {
  const moved = activities.findLast(({ ref }) => ref === 'refs/heads/main')?.after;
  if (moved !== undefined) return moved === NO_COMMIT ? undefined : moved;
  return pulls.findLast(({ state, base }) => state === 'open' && base.ref === 'main')?.base.sha;
}

/** The commit of a branch, or another ref, without the `refs/` before it. */
const tipOf = (state: State, name: string): string | undefined =>
  state.git.refs.get(name) ?? (name === 'heads/main' ? mainBesideGit(state) : undefined);

/** Of a commit of the default branch only what was merged, of any other what is open, too. */
function pullsWith(state: State, sha: string): readonly Pull[] {
  const { git } = state;
  const isMain = git.commits.has(sha) && git.compared(sha, git.refs.get('heads/main') ?? '')?.shared === sha;
  const contains = (pull: Pull): boolean =>
    pull.head.sha === sha ||
    (pull.merged_at !== null && pull.merge_commit_sha === sha) ||
    git.compared(pull.base.sha, pull.head.sha)?.ahead.includes(sha) === true;
  return state.pulls.filter(
    (pull) => (pull.merged_at !== null || (pull.state === 'open' && !isMain)) && contains(pull),
  );
}

const pullsOfCommit = ({ state, values, bodies }: ApiCall): Answer => ({
  status: 200,
  body: pullsWith(state, String(values.commit_sha)).map(bodies.listedPull),
});

const ANSWERS = {
  'pulls/list': listPulls,
  'pulls/get': ofPull((pull, { bodies }) => ({ status: 200, body: bodies.pull(pull) })),
  'pulls/list-reviews': ofPull((pull, { bodies }) => ({
    status: 200,
    body: pull.reviews.map((review) => bodies.review(pull, review)),
  })),
  'pulls/create-review': ofPull((pull, { state, body, bodies }) => {
    const refused = refusedBody(body.body) ?? refusedLocked(pull) ?? state.created.refused(state.now);
    if (refused !== undefined) return refused;
    if (body.event !== 'COMMENT')
      return refusal(422, 'GitHub Actions is not permitted to approve pull requests.', []);
    state.created.add(state.now);
    const review = writtenReview(state, pull, {
      user: state.login,
      state: 'COMMENTED',
      body: body.body ?? '',
    });
    pull.reviews.push(review);
    return { status: 200, body: bodies.review(pull, review) };
  }),
  'pulls/list-files': ofPull((pull, { bodies }) => ({
    status: 200,
    body: pull.files.map((file) => bodies.file(pull, file)),
  })),
  'issues/list-comments': ofEither((pull, { bodies, values: { since = '' } }) => ({
    status: 200,
    body: pull.comments
      .filter(({ updated_at }) => since === '' || Date.parse(updated_at) >= Date.parse(String(since)))
      .sort((a, b) => a.id - b.id)
      .map((comment) => bodies.comment(pull, comment)),
  })),
  'issues/list-comments-for-repo': listCommentsOfAll,
  'issues/create-comment': ofEither((pull, { state, body, bodies }) => {
    const refused = refusedBody(body.body) ?? refusedLocked(pull) ?? state.created.refused(state.now);
    if (refused !== undefined) return refused;
    state.created.add(state.now);
    const comment = writtenComment(state, { user: state.login, body: body.body ?? '' });
    pull.comments.push(comment);
    pull.updated_at = comment.updated_at;
    return { status: 201, body: bodies.comment(pull, comment) };
  }),
  'issues/update-comment': updateComment,
  'repos/create-commit-status': createStatus,
  'repos/list-commit-statuses-for-ref': ({ state, values, bodies }: ApiCall): Answer => {
    const ref = String(values.ref);
    const sha = state.pulls.find(({ head }) => head.ref === ref)?.head.sha ?? ref;
    return {
      status: 200,
      body: (state.statuses[sha] ?? []).map((each) => bodies.status(sha, each)).reverse(),
    };
  },
  'repos/list-deployments': ({ state, values, bodies }: ApiCall): Answer => {
    const environment = values.environment ?? 'none';
    const found = state.deployments.filter((it) => environment === 'none' || it.environment === environment);
    return {
      status: 200,
      body: found.map((it) => deploymentBody(bodies, state.login, it)).reverse(),
    };
  },
  'repos/list-deployment-statuses': ({ state, values, bodies }: ApiCall): Answer => {
    const found = state.deployments.find(({ id }) => id === Number(values.deployment_id));
    return found === undefined
      ? refusal(404)
      : { status: 200, body: deploymentStatuses(bodies, state.login, found) };
  },
  'actions/get-workflow-run': ({ state, values, bodies }: ApiCall): Answer => {
    const [id, run] = [Number(values.run_id), runOf(state.deployments, Number(values.run_id))];
    return run === undefined ? refusal(404) : { status: 200, body: runBody(bodies, id, run) };
  },
  'actions/list-jobs-for-workflow-run': ({ state, values, bodies }: ApiCall): Answer => {
    const [id, run] = [Number(values.run_id), runOf(state.deployments, Number(values.run_id))];
    return run === undefined ? refusal(404) : { status: 200, body: jobsBody(bodies, id, run, values.filter) };
  },
  'repos/list-activities': ({ state, values, bodies }: ApiCall): Answer => ({
    status: 200,
    body: activitiesFor(state.activities, values, state.now).map(bodies.activity),
  }),
  'repos/list-pull-requests-associated-with-commit': pullsOfCommit,
  'repos/get-collaborator-permission-level': ({ state, values, bodies }: ApiCall): Answer => {
    const username = String(values.username);
    const [login, role] = Object.entries(state.permissions).find(([known]) => same(known, username)) ?? [];
    if (login === undefined || role === undefined) return refusal(404, `${username} is not a user`);
    return { status: 200, body: bodies.permission(login, role) };
  },
  'pulls/create': createPull,
  'pulls/update': ofPull((pull, { state, body, bodies }) => {
    const { title = pull.title, body: text = pull.body, state: which = pull.state } = body;
    const now = tick(state);
    turn(state, pull, which as Pull['state'], state.login, now);
    Object.assign(pull, { title, body: text, updated_at: now });
    return { status: 200, body: bodies.pull(pull) };
  }),
  'pulls/request-reviewers': ofPull(requestReviewers),
  'issues/get': ofEither((item, { bodies }) => ({ status: 200, body: bodies.issue(item) })),
  'issues/list-for-repo': ({ state, values, bodies }: ApiCall): Answer => {
    const { state: which = 'open', direction = 'desc', labels = '', since = '' } = values;
    const isFound = (each: Issue | Pull): boolean =>
      (which === 'all' || each.state === which) &&
      (labels === '' ||
        String(labels)
          .split(',')
          .every((name) => each.labels.includes(name))) &&
      (since === '' || Date.parse(each.updated_at) >= Date.parse(String(since)));
    const found = [...state.issues, ...state.pulls].filter(isFound);
    found.sort((a, b) => (direction === 'asc' ? 1 : -1) * (a.number - b.number));
    return { status: 200, body: found.map(bodies.issue) };
  },
  'issues/list-events': ofEither((item, { bodies }) => ({
    status: 200,
    body: 'events' in item ? item.events.map((it) => recordedEventBody(bodies, it)) : [],
  })),
  'issues/create': createIssue,
  'issues/update': ofEither((item, { state, body, given, bodies }) => {
    const refused = refusedLength(body.body, 'Issue') ?? refusedAssignees(state, given.assignees);
    if (refused !== undefined) return refused;
    const now = tick(state);
    const to = (body.state ?? item.state) as Pull['state'];
    if ('head' in item) turn(state, item, to, state.login, now);
    else if (to !== item.state)
      happened(state, item, { kind: to === 'open' ? 'ReopenedEvent' : 'ClosedEvent' }, now);
    Object.assign(item, body, { updated_at: now });
    if ('assignees' in item) item.assignees = assignable(state, given.assignees ?? item.assignees);
    return { status: 200, body: bodies.issue(item) };
  }),
  'issues/get-label': ({ state, values, bodies }: ApiCall): Answer => {
    const name = state.labels.find((known) => same(known, String(values.name)));
    return name === undefined ? refusal(404) : { status: 200, body: bodies.label(name) };
  },
  'issues/create-label': ({ state, body: { name = '' }, bodies }: ApiCall): Answer => {
    if (state.labels.some((known) => same(known, name))) return invalid('Label', 'name', 'already_exists');
    state.labels.push(name);
    return { status: 201, body: bodies.label(name) };
  },
  'issues/add-labels': ofEither(addLabels),
  'issues/list-labels-for-repo': ({ state, bodies }: ApiCall): Answer => ({
    status: 200,
    body: state.labels.map(bodies.label),
  }),
  'issues/delete-comment': ({ state, values }: ApiCall): Answer => {
    const id = Number(values.comment_id);
    const item = [...state.pulls, ...state.issues].find((it) => it.comments.some((each) => each.id === id));
    if (item === undefined) return refusal(404);
    item.comments = item.comments.filter((each) => each.id !== id);
    return { status: 204, body: undefined };
  },
  'issues/remove-label': ofEither((item, { state, values, bodies }) => {
    const label = item.labels.find((name) => same(name, String(values.name)));
    if (label === undefined) return refusal(404, 'Label does not exist');
    item.labels = item.labels.filter((name) => name !== label);
    if ('timeline' in item) happened(state, item, { kind: 'UnlabeledEvent', label });
    return { status: 200, body: item.labels.map(bodies.label) };
  }),
  'git/get-ref': ({ state, values, bodies }: ApiCall): Answer => {
    const name = String(values.ref);
    const sha = tipOf(state, name);
    return sha === undefined ? refusal(404) : { status: 200, body: bodies.ref(name, sha) };
  },
  'git/list-matching-refs': ({ state: { git }, values, bodies }: ApiCall): Answer => ({
    status: 200,
    body: [...git.refs]
      .filter(([name]) => name.startsWith(String(values.ref)))
      .map(([name, sha]) => bodies.ref(name, sha)),
  }),
  'git/create-ref': createRef,
  'git/update-ref': updateRef,
  'git/get-commit': ({ state: { git }, values, bodies }: ApiCall): Answer => {
    const sha = String(values.commit_sha);
    return git.commits.has(sha) ? { status: 200, body: bodies.commit(sha) } : refusal(404);
  },
  'git/create-commit': createCommit,
  'git/create-tree': createTree,
  'repos/compare-commits': ({ state: { git }, values, bodies }: ApiCall): Answer => {
    const [base, head] = [values.base, values.head].map((name) => {
      return git.refs.get(`tags/${name}`) ?? git.refs.get(`heads/${name}`) ?? String(name);
    }) as [string, string];
    const found = git.compared(base, head);
    return found === undefined ? refusal(404) : { status: 200, body: bodies.comparison(base, head, found) };
  },
  'repos/get-content': ({ state: { git }, values, bodies }: ApiCall): Answer => {
    const [path, at] = [String(values.path), String(values.ref ?? 'main')];
    const text = git.filesAt(at)?.get(path);
    return text === undefined ? refusal(404) : { status: 200, body: bodies.content(path, text, at) };
  },
} as const;

function writtenComment(state: State, given: Partial<Comment>): Comment {
  const now = given.created_at ?? tick(state);
  const times = { created_at: now, updated_at: now };
  return { id: nextId(state), user: 'amara-osei', body: 'Hello', edits: [], ...times, ...given };
}

const writtenReview = (state: State, pull: Pull, given: Partial<Review>): Review => ({
  id: nextId(state),
  user: 'amara-osei',
  state: 'APPROVED',
  body: '',
  commit_id: pull.head.sha,
  submitted_at: given.submitted_at ?? tick(state),
  ...given,
});

function writtenPull(
  state: State,
  { head, base, comments = [], reviews = [], ...written }: WrittenPull,
): Pull {
  const { number } = written;
  const now = written.created_at ?? tick(state);
  const { by, ...inHead } = head ?? {};
  const pull: Pull = {
    title: `Pull request ${number}`,
    body: null,
    user: 'amara-osei',
    state: 'open',
    draft: false,
    labels: [],
    merge_commit_sha: hash(`merge ${number}`),
    created_at: now,
    updated_at: now,
    files: [],
    requested: [],
    locked: false,
    merged_at: null,
    events: [],
    formerBase: { sha: hash('base'), ref: 'main' },
    formerHead: hash('former head'),
    ...written,
    head: {
      sha: hash(`head ${number}`),
      ref: `change-${number}`,
      repo: `${state.owner}/${state.name}`,
      ...inHead,
    },
    base: { sha: hash('base'), ref: 'main', ...base },
    comments: [],
    reviews: [],
  };
  state.pulls.push(pull);
  recordHead(state, pull, by);
  for (const name of pull.labels) recordEvent(state, pull, 'labeled', pull.user, now, name);
  for (const comment of comments) pull.comments.push(writtenComment(state, comment));
  for (const review of reviews) pull.reviews.push(writtenReview(state, pull, review));
  return pull;
}

/** Records who made the branch of a pull request, unless that is known: its author, or who is named. */
function recordHead(state: State, { head, user, created_at }: Pull, by: string | null | undefined): void {
  const isKnown = state.activities.some(
    ({ ref, after }) => ref === `refs/heads/${head.ref}` && after === head.sha,
  );
  if (isKnown || head.repo !== `${state.owner}/${state.name}`) return;
  const moved = movedBy(state, NO_COMMIT, head.sha, by === undefined ? user : by);
  record(state, head.ref, { ...moved, timestamp: created_at });
}

function writtenIssue(state: State, written: WrittenIssue): Issue {
  const now = written.created_at ?? tick(state);
  const issue: Issue = {
    title: `Issue ${written.number}`,
    body: '',
    user: 'amara-osei',
    state: 'open',
    state_reason: null,
    labels: [],
    assignees: [],
    locked: false,
    created_at: now,
    updated_at: now,
    before: '',
    edits: [],
    timeline: [],
    ...written,
    comments: [],
  };
  state.issues.push(issue);
  return issue;
}

function remembered({ pulls = [], issues = [], ...given }: Written): State {
  const state: State = {
    owner: 'example',
    name: 'handbook',
    login: 'github-actions[bot]',
    token: 'write',
    now: '2026-11-21T12:00:00Z',
    statuses: {},
    deployments: [],
    permissions: {},
    associations: {},
    activities: [],
    labels: [],
    git: new Git(),
    created: new CreatedContent(),
    ...given,
    pulls: [],
    issues: [],
  };
  for (const pull of pulls) writtenPull(state, pull);
  for (const issue of issues) writtenIssue(state, issue);
  return state;
}

/** An event about the current state of an issue. */
function issueEventOf(state: State, bodies: Bodies, name: IssueEvent, issue: Issue): object {
  const about = { issue: bodies.issue(issue), repository: bodies.repository(bodies.slug) };
  if (name === 'issue-comment-created') {
    const comment = issue.comments.at(-1);
    if (comment === undefined) throw new Error(`there is no comment on #${issue.number}`);
    const body = bodies.comment(issue, comment);
    const whole = { ...body, reactions: bodies.reactions(body.url), performed_via_github_app: null };
    return { action: 'created', comment: whole, ...about, sender: bodies.user(comment.user) };
  }
  const action = name.slice('issues-'.length);
  const changes = action === 'edited' ? { changes: { body: { from: issue.before } } } : {};
  const last = issue.timeline.findLast((it) => it.label !== undefined)?.label;
  const shown = action === 'unlabeled' ? last : issue.labels.at(-1);
  const label = action.endsWith('labeled') ? { label: bodies.label(shown ?? '') } : {};
  return { action, ...changes, ...label, ...about, sender: bodies.user(issue.user || state.login) };
}

/** An event about the current state of a pull request, by the name of the webhook in the contract. */
function eventOf(state: State, bodies: Bodies, name: Event, pull: Pull): object {
  const about = { repository: bodies.repository(bodies.slug), sender: bodies.user(pull.user) };
  const { head, base, merge_commit_sha } = pull;
  if (name === 'merge-group-checks-requested') {
    const sha = merge_commit_sha ?? hash(`queue ${pull.number}`);
    const person = { name: 'GitHub', email: 'noreply@github.com' };
    const merge_group = {
      head_sha: sha,
      head_ref: `refs/heads/gh-readonly-queue/${base.ref}/pr-${pull.number}-${base.sha}`,
      base_sha: base.sha,
      base_ref: `refs/heads/${base.ref}`,
      head_commit: {
        id: sha,
        tree_id: hash(`tree ${sha}`),
        message: `${pull.title} (#${pull.number})`,
        timestamp: state.now,
        author: person,
        committer: person,
      },
    };
    return { action: 'checks_requested', merge_group, ...about };
  }
  if (name === 'pull-request-review-submitted') {
    const review = pull.reviews.at(-1);
    if (review === undefined) throw new Error(`there is no review of #${pull.number}`);
    const body = bodies.review(pull, review);
    // The value that the API writes in capitals.
    const submitted = { ...body, state: body.state.toLowerCase() };
    const about = { repository: bodies.repository(bodies.slug), sender: bodies.user(review.user) };
    return { action: 'submitted', review: submitted, pull_request: bodies.listedPull(pull), ...about };
  }
  const given = { number: pull.number, pull_request: bodies.pull(pull), ...about };
  if (name === 'pull-request-opened') return { action: 'opened', ...given };
  if (name === 'pull-request-closed') return { action: 'closed', ...given };
  if (name === 'pull-request-edited') {
    const { ref, sha } = pull.formerBase;
    return { action: 'edited', changes: { base: { ref: { from: ref }, sha: { from: sha } } }, ...given };
  }
  if (name === 'pull-request-synchronize')
    return { action: 'synchronize', before: pull.formerHead, after: head.sha, ...given };
  const label = pull.labels.at(-1);
  if (label === undefined) throw new Error(`#${pull.number} has no label`);
  const by = pull.events.findLast(({ event }) => event === 'labeled')?.actor ?? pull.user;
  return { action: 'labeled', label: bodies.label(label), ...given, sender: bodies.user(by) };
}

/** The event of a branch that was moved. */
function pushEventOf(
  bodies: Bodies,
  { ref, before, after, actor, activity_type, timestamp }: Activity,
): object {
  const sender = actor === null ? {} : { sender: bodies.user(actor) };
  return {
    ...{ ref, before, after, base_ref: null, commits: [], head_commit: null },
    compare: `https://github.com/${bodies.slug}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
    ...{ created: before === NO_COMMIT, deleted: false, forced: activity_type === 'force_push' },
    pusher: { name: actor ?? 'ghost' },
    repository: { ...bodies.repository(bodies.slug), pushed_at: Date.parse(timestamp) / 1000 },
    ...sender,
  };
}

/**
 * The violations of the contract by an event; none if the contract does not describe the event, or for the parts of a
 * push or of a run by hand that a test gives, which name no repository.
 */
export function eventFaults(eventName: string, event: object): string[] {
  if (!('action' in event || 'repository' in event)) return [];
  const action = 'action' in event ? `-${event.action}` : '';
  const name = `${eventName}${action}`.replaceAll('_', '-');
  if (!(name in (contract as unknown as { 'x-webhooks': object })['x-webhooks'])) return [];
  return breaks('event', event, 'x-webhooks', name, 'post', 'requestBody', ...SCHEMA);
}

// The server.

/** One page of a list, and the header with links to other pages, which contain the repository's id. */
function paged(list: readonly unknown[], url: string, path: string, query: Call['query']) {
  const perPage = Math.min(Math.max(Number(query.per_page ?? 30), 0) || 30, 100);
  const page = Math.max(Number(query.page ?? 1), 1);
  const last = Math.max(Math.ceil(list.length / perPage), 1);
  const links = {
    prev: page > 1 ? Math.min(page - 1, last) : undefined,
    next: page < last ? page + 1 : undefined,
    last: page < last ? last : undefined,
    first: page > 1 ? 1 : undefined,
  };
  const link = Object.entries(links)
    .filter(([, target]) => target !== undefined)
    .map(
      ([rel, target]) =>
        `<${url}${path}?${new URLSearchParams({ ...query, page: `${target}` })}>; rel="${rel}"`,
    )
    .join(', ');
  return { part: list.slice((page - 1) * perPage, page * perPage), headers: link === '' ? {} : { link } };
}

/** Starts the server on a free port with an initial state; missing values get defaults. */
export async function startGitHub(given: Written = {}): Promise<GitHub> {
  const state = remembered(given);
  const requests: Call[] = [];
  const violations: string[] = [];
  const faults: { operation: Operation; fault: Fault; nth: number; times: number; seen: number }[] = [];
  const acts = new Map<Operation, () => void>();
  let url = '';
  let bodies: Bodies;
  let left = Number.POSITIVE_INFINITY;

  const faultOf = (operation: Operation): Fault | undefined => {
    const mine = faults.filter((planned) => planned.operation === operation);
    for (const planned of mine) planned.seen += 1;
    return mine.find(({ seen, nth, times }) => seen >= nth && seen < nth + times)?.fault;
  };
  const numbered = (): string => `/repositories/${bodies.repository(bodies.slug).id}`;

  /** The response to a call without an injected fault. */
  const answered = (call: Call, route: Route, path: string, wrong: (fault: string) => void): Answer => {
    if (call.headers.authorization === undefined || left <= 0) return refusal(401);
    const [values, faults] = validated(route, path, call);
    for (const fault of faults) wrong(fault);
    if (faults.length > 0) return refusal(422, MESSAGES[422], []);
    if (!same(`${values.owner}/${values.repo}`, bodies.slug)) return refusal(404);
    if (route.method !== 'GET' && state.token === 'read') return refusal(403);
    if (route.method !== 'GET') left -= 1;
    const given = (call.body ?? {}) as ApiCall['body'] & Given;
    return ANSWERS[route.operation as keyof typeof ANSWERS]({ state, bodies, values, body: given, given });
  };

  /** The response to a query of the GraphQL API, which has one address and always the status 200. */
  const queried = async (call: Call, wrong: (fault: string) => void): Promise<Answer> => {
    if (call.headers.authorization === undefined || left <= 0) return refusal(401);
    const html = `https://github.com/${bodies.slug}`;
    const { body, faults } = await graphQlAnswer(call.body, {
      ...{ slug: bodies.slug, html, association: bodies.association },
      ...state,
      pullsOf: (commit) => pullsWith(state, commit),
      tipOf: (ref) => tipOf(state, ref.replace(/^refs\//, '')),
    });
    for (const fault of faults) wrong(fault);
    return { status: 200, body };
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    const method = request.method ?? 'GET';
    const path = pathname.startsWith(`${numbered()}/`)
      ? `/repos/${bodies.slug}${pathname.slice(numbered().length)}`
      : pathname;
    const route = routes.find((each) => each.method === method && each.pattern.test(path));
    const isQuery = method === 'POST' && path === '/graphql';
    const call: Call = {
      method,
      path: pathname,
      query: Object.fromEntries(searchParams),
      body: await bodyOf(request),
      headers: request.headers,
      operation: isQuery ? 'graphql' : route?.operation,
      status: undefined,
    };
    requests.push(call);
    const wrong = (fault: string): void => {
      violations.push(`${method} ${pathname}: ${fault}`);
    };
    for (const name of ['authorization', 'x-github-api-version', 'user-agent'])
      if (request.headers[name] === undefined) wrong(`the header ${name} is missing`);
    const version = request.headers['x-github-api-version'];
    if (version !== undefined && version !== API_VERSION)
      wrong(`the version is ${version}; the contract is ${API_VERSION}`);
    if (route === undefined && !isQuery) wrong('the contract has no such operation');

    if (call.operation !== undefined) {
      acts.get(call.operation)?.();
      acts.delete(call.operation);
    }
    const fault = call.operation && faultOf(call.operation);
    if (fault === 'drop') return void request.socket.destroy();
    const failed = typeof fault === 'object' ? fault : undefined;
    const answer = failed
      ? failure(failed)
      : isQuery
        ? await queried(call, wrong)
        : route
          ? answered(call, route, path, wrong)
          : refusal(404);
    const paths = `${numbered()}${path.slice(`/repos/${bodies.slug}`.length)}`;
    const isPaged = route?.described.parameters.some(({ $ref }) => $ref?.endsWith('/page') === true) === true;
    const isCursored = call.operation === 'repos/list-activities' && Array.isArray(answer.body);
    const { part, headers } = isCursored
      ? cursorPage(answer.body as readonly Activity[], `${url}${paths}`, call.query)
      : Array.isArray(answer.body) && isPaged
        ? paged(answer.body, url, paths, call.query)
        : { part: answer.body, headers: {} };
    if (route) for (const broken of answerFaults(route, { ...answer, body: part })) wrong(broken);
    if (fault === 'dropAfter') return void request.socket.destroy();
    call.status = answer.status;
    const given = failed?.headers ?? answer.headers;
    const common = {
      ...refusedPermissions(answer.status, given),
      'x-github-request-id': `0:${requests.length}`,
      'x-github-api-version-selected': API_VERSION,
    };
    const type = { 'content-type': 'application/json; charset=utf-8' };
    response.writeHead(answer.status, { ...type, ...common, ...headers, ...given });
    response.end(part === undefined ? undefined : JSON.stringify(part));
  };

  const { url: where, stop } = await listen(serve, (what) => violations.push(what));
  url = where;
  bodies = bodiesOf(state, url);

  const pull = (number: number): Pull => {
    const found = state.pulls.find((each) => each.number === number);
    if (found === undefined) throw new Error(`there is no pull request #${number}`);
    return found;
  };
  const issue = (number: number): Issue => {
    const found = state.issues.find((each) => each.number === number);
    if (found === undefined) throw new Error(`there is no issue #${number}`);
    return found;
  };
  const checked = (eventName: string, event: object) => {
    const broken = eventFaults(eventName, event);
    if (broken.length > 0) throw new Error(broken.join('\n'));
    return { eventName, event };
  };
  return {
    url,
    state,
    requests,
    violations,
    fault: (operation, fault, { nth = 1, times = 1 } = {}) => {
      faults.push({ operation, fault, nth, times, seen: 0 });
    },
    meanwhile: (operation, act) => void acts.set(operation, act),
    comment: (number, given) => {
      const comment = writtenComment(state, given);
      (state.issues.find((each) => each.number === number) ?? pull(number)).comments.push(comment);
      return comment;
    },
    stopAfter: (writes) => {
      left = writes;
    },
    happen: (number, { at = tick(state), ...entry }) => {
      const changed = issue(number);
      changed.timeline.push({ ...entry, at });
      changed.updated_at = at;
      const { kind, label = '' } = entry;
      if (kind === 'LabeledEvent') changed.labels = [...new Set([...changed.labels, label])];
      else if (kind === 'UnlabeledEvent') changed.labels = changed.labels.filter((it) => it !== label);
      else if (kind !== 'TransferredEvent') changed.state = kind === 'ClosedEvent' ? 'closed' : 'open';
    },
    remove: (number) => {
      state.issues = state.issues.filter((it) => it.number !== number);
    },
    edit: (number, body, by) => {
      const edited = issue(number);
      const at = tick(state);
      edited.edits.push({ editor: by ?? edited.user, at });
      Object.assign(edited, { before: edited.body ?? '', body, updated_at: at });
    },
    editComment: (id, { body, by, at = tick(state) }) => {
      const all = [...state.pulls, ...state.issues].flatMap(({ comments }) => comments);
      const edited = all.find((it) => it.id === id);
      if (edited === undefined) throw new Error(`there is no comment ${id}`);
      edited.edits.push({ editor: by, at });
      Object.assign(edited, { body, updated_at: at });
    },
    merge: (number, by = 'somebody-else') => {
      const merged = pull(number);
      const now = tick(state);
      const name = merged.base.ref;
      const before = state.git.refs.get(`heads/${name}`) ?? merged.base.sha;
      const after = state.git.merge(before, merged.head.sha) ?? merged.merge_commit_sha ?? merged.head.sha;
      Object.assign(merged, { state: 'closed', merged_at: now, updated_at: now, merge_commit_sha: after });
      if (state.git.commits.has(after)) state.git.refs.set(`heads/${name}`, after);
      record(state, name, { before, after, actor: by, activity_type: 'pr_merge', timestamp: now });
      for (const event of ['merged', 'closed'] as const) recordEvent(state, merged, event, by, now);
    },
    close: (number, by = 'somebody-else') => turn(state, pull(number), 'closed', by),
    reopen: (number, by = 'somebody-else') => turn(state, pull(number), 'open', by),
    ready: (number, by = 'somebody-else') => {
      const now = tick(state);
      Object.assign(pull(number), { draft: false, updated_at: now });
      recordEvent(state, pull(number), 'ready_for_review', by, now);
    },
    label: (number, name, by = 'somebody-else') => {
      const now = tick(state);
      pull(number).labels.push(name);
      recordEvent(state, pull(number), 'labeled', by, now, name);
    },
    renameLabel: (name, other) => {
      for (const { labels } of state.pulls)
        if (labels.includes(name)) labels.splice(labels.indexOf(name), 1, other);
    },
    issueEvent: (name, number) => {
      const eventName = name.startsWith('issues') ? 'issues' : 'issue_comment';
      return checked(eventName, issueEventOf(state, bodies, name, issue(number)));
    },
    review: (number, given) => {
      const review = writtenReview(state, pull(number), given);
      pull(number).reviews.push(review);
      return review;
    },
    push: (number, sha, by = 'somebody-else') => {
      const { head } = pull(number);
      const now = tick(state);
      const [before, after] = [head.sha, sha ?? hash(`after ${head.sha}`)];
      Object.assign(pull(number), {
        formerHead: before,
        updated_at: now,
        merge_commit_sha: hash(`merge ${before}`),
      });
      head.sha = after;
      if (state.git.commits.has(after)) state.git.refs.set(`heads/${head.ref}`, after);
      const moved = movedBy(state, before, after, by);
      if (moved.activity_type === 'force_push')
        recordEvent(state, pull(number), 'head_ref_force_pushed', by, now);
      if (head.repo === bodies.slug) record(state, head.ref, { ...moved, timestamp: now });
    },
    open: (written) => void writtenPull(state, written),
    move: (branch, sha, by) => {
      const { git } = state;
      const before = git.refs.get(`heads/${branch}`) ?? NO_COMMIT;
      if (!git.commits.has(sha)) git.seed(`heads/${branch}`, sha, git.filesAt(branch) ?? new Map());
      git.refs.set(`heads/${branch}`, sha);
      record(state, branch, { ...movedBy(state, before, sha, by), timestamp: tick(state) });
      for (const it of state.pulls)
        if (it.state === 'open' && it.head.ref === branch && it.head.repo === bodies.slug) it.head.sha = sha;
    },
    exchangeBase: (number, base, by = 'somebody-else', event = 'base_ref_changed') => {
      const exchanged = pull(number);
      const now = tick(state);
      Object.assign(exchanged, { formerBase: exchanged.base, base, updated_at: now });
      recordEvent(state, exchanged, event, by, now);
    },
    deploy: (deployment) => {
      const id = 1 + Math.max(0, ...state.deployments.map((it) => it.id));
      state.deployments = [...state.deployments, { id, ...deployment }];
    },
    pushEvent: () => {
      const moved = state.activities.findLast(({ ref }) => ref === 'refs/heads/main');
      if (moved === undefined) throw new Error('nobody moved the default branch');
      return checked('push', pushEventOf(bodies, moved));
    },
    dispatchEvent: (by) =>
      checked('workflow_dispatch', {
        inputs: null,
        ref: 'refs/heads/main',
        workflow: '.github/workflows/check.yml',
        repository: bodies.repository(bodies.slug),
        sender: bodies.user(by),
      }),
    event: (name, number) => {
      const eventName = name.startsWith('merge-group')
        ? 'merge_group'
        : name.startsWith('pull-request-review')
          ? 'pull_request_review'
          : 'pull_request';
      return checked(eventName, eventOf(state, bodies, name, pull(number)));
    },
    stop,
  };
}
