/**
 * The context of an action's run: GitHub's context, and the inputs that every action has, as one plain value.
 *
 * Importing this file reads the environment, because `@actions/github` does, so only entries import more than its
 * types.
 */

import { lstatSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { context, core } from '#github';
import type { Instant } from '../timeline.ts';
import { nowOf } from './log.ts';

/** The parts of event payloads that our actions read; each event has some of them. */
export interface EventPayload {
  readonly action?: string;
  readonly pull_request?: {
    readonly number: number;
    readonly head: {
      readonly sha: string;
      readonly ref: string;
      readonly repo: { readonly full_name: string } | null;
    };
    readonly base: { readonly sha: string; readonly ref: string };
    readonly user?: { readonly login: string } | null;
    readonly merged?: boolean;
    readonly updated_at?: string;
  };
  readonly merge_group?: {
    readonly base_sha: string;
    readonly base_ref: string;
    readonly head_sha: string;
    readonly head_ref: string;
  };
  readonly issue?: {
    readonly number: number;
    readonly body: string | null;
    readonly updated_at: string;
    readonly pull_request?: object;
  };
  /** In the event of a push, with its time, in seconds. */
  readonly repository?: { readonly default_branch: string; readonly pushed_at?: number };
  /** The branch of a push, as `refs/heads/main`, and the commit that it, or a pull request, had as its head before. */
  readonly ref?: string;
  readonly before?: string;
  readonly after?: string;
  /** Who caused the event. */
  readonly sender?: { readonly login: string };
  /** The label that was set or removed. */
  readonly label?: { readonly name: string };
  /** What was edited; of a pull request, it can be the base. */
  readonly changes?: { readonly base?: object };
}

/** The context of an action's run. */
export interface ActionContext {
  readonly eventName: string;
  readonly payload: EventPayload;
  /** The commit that is checked out. */
  readonly sha: string;
  /** The short name of the branch or tag that the run is for. */
  readonly refName: string;
  readonly repository: { readonly owner: string; readonly repo: string };
  readonly apiUrl: string;
  readonly serverUrl: string;
  /** The checkout. */
  readonly workspace: string;
  /** The folder that contains `rotas/` and `policies/`, relative to the workspace. */
  readonly folder: string;
  /** The path of `folder` on this machine. */
  readonly root: string;
  /** Empty for an action without this input. */
  readonly token: string;
  /** The login that comments made with the token have. */
  readonly commentAuthor: string;
  /** The input `now`, or the time of the clock. */
  readonly now: Instant;
}

/** Reads the context and the common inputs, and masks the token in the log. */
export function readContext(env: NodeJS.ProcessEnv, clock: Instant): ActionContext {
  const token = core.getInput('token');
  if (token !== '') core.setSecret(token);
  const workspace = env.GITHUB_WORKSPACE ?? '.';
  const folder = folderOf(core.getInput('root'));
  refuseLinks(workspace, folder);
  const { eventName, sha, repo, apiUrl, serverUrl } = context;
  const payload: unknown = context.payload;
  return {
    eventName,
    payload: payload as EventPayload,
    sha,
    refName: env.GITHUB_REF_NAME ?? '',
    repository: repo,
    apiUrl,
    serverUrl,
    workspace,
    folder,
    root: join(workspace, folder),
    token,
    commentAuthor: core.getInput('comment-author'),
    now: nowOf(core.getInput('now'), clock),
  };
}

/** A folder without "./" before and "/" after it: files that are pushed are named below it. */
const folderOf = (given: string): string => normalize(given.replaceAll('\\', '/')).replace(/(?<=.)\/$/, '');

/**
 * Throws where the path of the folder contains a symbolic link: what is behind it can change while no file below the
 * folder does.
 */
function refuseLinks(workspace: string, folder: string): void {
  const names = folder.split('/');
  const path = names.map((_, i) => names.slice(0, i + 1).join('/'));
  const link = path.find((part) =>
    lstatSync(join(workspace, part), { throwIfNoEntry: false })?.isSymbolicLink(),
  );
  if (link !== undefined)
    throw new Error(
      `${link} is a symbolic link; the handbook has to be in a folder of the repository: put that folder there`,
    );
}

/** The environment variables with which git fetches by token, as the checkout does not store credentials. */
export const gitCredentials = ({
  token,
  serverUrl,
}: Pick<ActionContext, 'token' | 'serverUrl'>): Readonly<Record<string, string>> =>
  token === ''
    ? {}
    : {
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: `http.${serverUrl}/.extraheader`,
        GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`,
        GIT_TERMINAL_PROMPT: '0',
      };
