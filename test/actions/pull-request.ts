/**
 * A small handbook in a repository, its pull requests as GitHub merges them for a check, and the action `check` run on
 * them as GitHub runs it. Asserts nothing.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { type Event, type GitHub, startGitHub } from '../github/github.ts';
import { runAction } from '../github/runner.ts';
import { fill, folder, git as gitAt } from '../process.ts';

const main = join(fileURLToPath(new URL('../..', import.meta.url)), 'actions/check/action.yml');

/** Everybody of the handbook may write. Mallory is on from 23 December 2026, Amara a week later, then Ben, then Chi. */
export const ROTA = `name: On call
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles:
  engineer:
    rotation:
      - {first_turn: 2026-12-23, people: [mallory-muir, amara-osei, ben-adeyemi, chi-wong]}
`;

export const PEOPLE = `people:
  amara-osei: {name: Amara Osei, github: amara-osei, vetted_on: 2025-01-01, on_call_since: 2025-01-01}
  ben-adeyemi: {name: Ben Adeyemi, github: ben-adeyemi, vetted_on: 2025-01-01, on_call_since: 2025-01-01}
  chi-wong: {name: Chi Wong, github: chi-wong, vetted_on: 2025-01-01, on_call_since: 2025-01-01}
  mallory-muir: {name: Mallory Muir, github: mallory-muir, vetted_on: 2025-01-01, on_call_since: 2025-01-01}
  nia-rhys: {name: Nia Rhys, github: nia-rhys}
`;

/** The paths of the files that scenarios change. */
export const AT = {
  rota: 'rotas/paas/on-call.yaml',
  people: 'rotas/people.yaml',
  team: 'rotas/paas/team.yaml',
  notice: 'policies/notice.yaml',
} as const;

/** The files of a small handbook. */
export const FILES: ReadonlyMap<string, string> = new Map([
  [AT.rota, ROTA],
  [AT.people, PEOPLE],
  [AT.team, 'name: GOV.UK PaaS\nleads: [nia-rhys]\n'],
  [AT.notice, 'rota_change: {minimum: 7 days}\nconsent: [both-people]\n'],
]);

/** Mallory's Christmas week becomes Amara's. */
export const TAKEN: Files = {
  [AT.rota]: ROTA.replace(
    'timezone',
    'overrides:\n  - {role: engineer, turn: 2026-12-23, person: amara-osei}\ntimezone',
  ),
};

export const EARLY = '2026-12-01T12:00:00Z';
/** Five days before the week. */
export const LATE = '2026-12-18T12:00:00Z';

/** Files that differ, by path. */
export type Files = Readonly<Record<string, string>>;

/** A repository with its main branch, and the loopback GitHub. */
export interface Repository {
  readonly github: GitHub;
  readonly folder: string;
  readonly base: string;
  git(...words: readonly string[]): string;
  /** A commit of changed files on top of another, on no branch. */
  commit(parent: string, files: Files): string;
  /** Opens a pull request of a commit. */
  open(
    number: number,
    user: string,
    sha: string,
    more?: { readonly ref?: string; readonly base?: string },
  ): void;
  /** Merges two commits, as GitHub does for a check, and returns the merge. */
  merge(into: string, head: string): string;
}

type Given = NonNullable<Parameters<typeof startGitHub>[0]>;

export async function repository(files: Files = {}, given: Given = {}): Promise<Repository> {
  const root = folder(new Map([...FILES, ...Object.entries(files)]));
  const git = (...words: readonly string[]) => gitAt(root, '2026-11-01T00:00:00Z', ...words).trim();
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-qm', 'base');
  const base = git('rev-parse', 'HEAD');
  let commits = 1;
  const people = ['amara-osei', 'ben-adeyemi', 'chi-wong', 'mallory-muir', 'nia-rhys'];
  const permissions = Object.fromEntries(people.map((login) => [login, 'write' as const]));
  const github = await startGitHub({ permissions, ...given });
  onTestFinished(() => github.stop());
  // GitHub's record has the push of main; an empty one proves nothing.
  const { now } = github.state;
  github.state.now = '2026-11-01T00:00:00Z';
  github.move('main', base, 'nia-rhys');
  github.state.now = now;
  return {
    ...{ github, folder: root, base, git },
    commit: (parent, changed) => {
      git('checkout', '-q', '--detach', parent);
      fill(root, new Map(Object.entries(changed)));
      git('add', '-A');
      // Equal changes become different commits.
      git('commit', '-qm', `change ${commits++}`, '--allow-empty');
      return git('rev-parse', 'HEAD');
    },
    open: (number, user, sha, { ref = `change-${number}`, base: into = 'main' } = {}) =>
      github.open({ number, user, head: { sha, ref }, base: { sha: base, ref: into } }),
    merge: (into, head) => {
      git('checkout', '-q', '--detach', into);
      git('merge', '-q', '--no-ff', '-m', 'merge', head);
      return git('rev-parse', 'HEAD');
    },
  };
}

/** Mallory's pull request 7, which takes her week away from her and gives it to Amara. */
export async function shove(given: Given = {}): Promise<Repository & { readonly head: string }> {
  const repo = await repository({}, given);
  const head = repo.commit(repo.base, TAKEN);
  repo.open(7, 'mallory-muir', head);
  repo.merge(repo.base, head);
  return { ...repo, head };
}

type Occurred = { readonly eventName: string; readonly event: object };

/** Runs the action on what is checked out, at an instant. */
export const check = (
  { github, folder: root }: Repository,
  now: string,
  event: Occurred,
  inputs: Readonly<Record<string, string>> = {},
) =>
  runAction({
    ...{ main, inputs: { now, ...inputs }, ...event },
    ...{ env: { GITHUB_WORKSPACE: root }, cwd: root, github },
  });

/** Runs the action for an event of a pull request, whose merge commit is checked out. */
export const checkPull = (repo: Repository, now = EARLY, number = 7, event: Event = 'pull-request-opened') =>
  check(repo, now, repo.github.event(event, number));

/** The event of the opening of a pull request by somebody, who may have made an issue of its author one. */
export function openedBy({ github }: Repository, login: string, number = 7): Occurred {
  const { eventName, event } = github.event('pull-request-opened', number);
  const { sender } = github.dispatchEvent(login).event as { readonly sender: object };
  return { eventName, event: { ...event, sender } };
}

/** GitHub's record of a label that somebody takes off. */
export function unlabelled({ github }: Repository, label: string): void {
  const [pull] = github.state.pulls;
  const { now: created_at } = github.state;
  const removed = { id: 99_000, event: 'unlabeled', actor: 'chi-wong', created_at, label };
  pull?.events.push(removed as (typeof pull.events)[number]);
  pull?.labels.splice(pull.labels.indexOf(label), 1);
}

/** Approvals of the head of a pull request, and the run that they trigger; the run for the opening, if there was none. */
export async function approved(repo: Repository, users: readonly string[], now = EARLY, number = 7) {
  for (const user of users) repo.github.review(number, { user, state: 'APPROVED' });
  const { statuses, pulls } = repo.github.state;
  const sha = pulls.find((pull) => pull.number === number)?.head.sha ?? '';
  const isFirst = statuses[sha] === undefined;
  return checkPull(repo, now, number, isFirst ? 'pull-request-opened' : 'pull-request-review-submitted');
}

/** The last state and description of each status of a commit. */
export const statusesOf = ({ github }: Repository, sha: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (github.state.statuses[sha] ?? []).map(({ context, state, description }) => [
      context,
      `${state}: ${description}`,
    ]),
  );

/** Our comment on a pull request. */
export const commentOn = ({ github }: Repository, number = 7): string =>
  github.state.pulls
    .find((pull) => pull.number === number)
    ?.comments.find(({ user }) => user === 'github-actions[bot]')?.body ?? '';
