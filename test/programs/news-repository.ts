/**
 * A repository of a small handbook, in git and on a loopback GitHub, whose pull requests are merged one after another,
 * and runs of the program that tells the news. Asserts nothing.
 */
import { onTestFinished } from 'vitest';
import type { EventPayload } from '../../actions/lib/github/context.ts';
import {
  mailAddress,
  type NewsSender,
  type SendOutcome,
  slackAddress,
} from '../../actions/lib/programs/news-sender.ts';
import { tellNews } from '../../actions/lib/programs/tell-news.ts';
import { type GitHub, startGitHub } from '../github/github.ts';
import { TOKEN } from '../github/runner.ts';
import { aHandbook, NIGHTS_ROTA, texts } from '../handbook.ts';
import { fill, folder, git } from '../process.ts';

/** Thursday 3 September 2026, noon in London: Amara's turn. */
export const TOLD_AT = '2026-09-03T11:00:00Z';

const NEWS_PEOPLE = {
  amara:
    'name: "Amara @here", github: amara-o, slack: U0AMARA, email: canary-amara@example.org, delivery_lead: nia',
  ben: 'name: "[Ben](https://example.org)", github: Ben-A, slack: U0BEN, email: canary-ben@example.org, delivery_lead: nia',
  chi: 'name: Chi, zone: Asia/Tokyo',
  nia: 'name: Nia, github: nia-r, slack: U0NIA, email: canary-nia@example.org',
};

/** Two turns change hands. */
export const NEWS_SWAP = `overrides:
  - {role: engineer, turn: 2026-09-09, person: amara, instead_of: ben, reason: swap}
  - {role: engineer, turn: 2026-09-23, person: ben, instead_of: amara, reason: swap}
`;

export interface NewsRepository {
  readonly root: string;
  readonly github: GitHub;
  /** The commits of the default branch, oldest first. */
  readonly commits: string[];
}

/** A repository with a first commit, of the handbook without overrides and with a policy on messages. */
export async function newsRepository(
  messages = 'news: {by: [github, slack, email]}',
): Promise<NewsRepository> {
  const policies = { messages: `${messages}\nemail: {from: rota@example.org}\n` };
  const rotas = {
    'paas/team': 'name: PaaS\nslack: {channel: C0PAAS, news: true}',
    'paas/nights': NIGHTS_ROTA,
  };
  const root = folder(texts(aHandbook({ people: NEWS_PEOPLE, policies, rotas })));
  const github = await startGitHub({ now: TOLD_AT });
  onTestFinished(() => github.stop());
  git(root, TOLD_AT, 'init', '-q', '-b', 'main');
  const there = { root, github, commits: [] };
  pushDirectly(there, {});
  return there;
}

/** Commits files to the default branch and pushes it, with no pull request. */
export function pushDirectly(
  { root, github, commits }: NewsRepository,
  files: Record<string, string>,
): string {
  fill(root, new Map(Object.entries(files)));
  git(root, TOLD_AT, 'add', '-A');
  git(root, TOLD_AT, 'commit', '-q', '--allow-empty', '-m', `Commit ${commits.length}`);
  const commit = git(root, TOLD_AT, 'rev-parse', 'HEAD').trim();
  commits.push(commit);
  github.state.git.refs.set('heads/main', commit);
  return commit;
}

/** Merges a pull request with another text of the rota. */
export function mergeRota(there: NewsRepository, number: number, overrides: string): void {
  const base = { sha: there.commits.at(-1) ?? '', ref: 'main' };
  const commit = pushDirectly(there, { 'rotas/paas/nights.yaml': NIGHTS_ROTA + overrides });
  const { now } = there.github.state;
  there.github.open({
    ...{ number, base, head: { ref: `swap-${number}` }, state: 'closed' },
    ...{ merged_at: now, merge_commit_sha: commit },
  });
}

/** What was sent, as `way address: first line`. */
export type Sent = string[];

/** A way that notes what it sends. */
export const senderOf = (
  way: 'slack' | 'email',
  sent: Sent,
  outcomeOf: (address: string) => SendOutcome | undefined = () => undefined,
): NewsSender => ({
  way,
  addressOf: way === 'slack' ? slackAddress : mailAddress,
  send: async (address) => {
    const outcome = outcomeOf(address) ?? { state: 'sent' };
    if (outcome.state === 'sent' || outcome.state === 'unsure') sent.push(`${way} ${address}`);
    return outcome;
  },
});

/** Runs the program on the tip of the default branch, at the time of GitHub's clock. */
export async function runNews(
  { root, github, commits }: NewsRepository,
  senders: readonly NewsSender[],
  {
    now,
    sha = commits.at(-1) ?? '',
    payload = { before: commits[0] ?? '' },
    clock = () => Date.parse(github.state.now),
    folder = '.',
  }: {
    readonly now?: string;
    readonly sha?: string;
    readonly payload?: EventPayload;
    readonly clock?: () => number;
    /** What the action calls the folder of the handbook; it is read from the top all the same. */
    readonly folder?: string;
  } = {},
) {
  if (now !== undefined) github.state.now = now;
  const log: string[] = [];
  const status = await tellNews(
    {
      ...{ eventName: 'push', payload, sha, refName: 'main', token: TOKEN },
      repository: { owner: github.state.owner, repo: github.state.name },
      ...{ apiUrl: github.url, serverUrl: 'https://github.com', workspace: root, folder, root },
      ...{ commentAuthor: 'github-actions[bot]', now: Date.parse(github.state.now) },
    },
    senders,
    {
      info: (line) => void log.push(line),
      error: (line) => void log.push(`error: ${line}`),
      summary: async () => {},
    },
    clock,
  ).catch((error: unknown) => {
    log.push(`error: ${String(error)}`);
    return 1 as const;
  });
  return { status, log };
}

/** Our comments on a pull request. */
export const newsOn = ({ github }: NewsRepository, number: number): readonly string[] =>
  (github.state.pulls.find((it) => it.number === number)?.comments ?? []).map(({ body }) => body);
