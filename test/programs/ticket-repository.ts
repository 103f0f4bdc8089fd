/**
 * A repository with support tickets on a loopback GitHub, and runs of the program on it in this process: the same code
 * as the action, except for reading the inputs and the checkout. Asserts nothing.
 */
import { onTestFinished } from 'vitest';
import { readFolder } from '../../actions/lib/git/working-tree.ts';
import type { EventPayload } from '../../actions/lib/github/context.ts';
import { processTicketEvent } from '../../actions/lib/programs/process-tickets.ts';
import { writersIn } from '../github/access.ts';
import { type GitHub, type IssueEvent, startGitHub } from '../github/github.ts';
import { TOKEN } from '../github/runner.ts';
import { SAMPLE } from '../handbook.ts';
import { EVENTS_KEY } from '../pagerduty/events-stand-in.ts';
import { ticketBody } from '../requests/bodies.ts';

/** The handbook that the tests of tickets use. */
export const sampleFiles = readFolder(SAMPLE) ?? { texts: new Map<string, string>(), findings: [] };

/** An issue as a test writes it; the client's ticket of Thursday morning unless it says otherwise. */
export type GivenIssue = Parameters<typeof startGitHub>[0] extends
  | { issues?: readonly (infer It)[] }
  | undefined
  ? Omit<It, 'number'> & { readonly number?: number }
  : never;

/** Thursday 26 November 2026, 10:30 in London; Tomasz has first line's week from the day before. */
export const OPENED = '2026-11-26T10:30:00Z';

/** A repository with these tickets; everybody in the sample has write access, clients do not. */
export async function ticketsOn(...issues: readonly GivenIssue[]): Promise<GitHub> {
  const github = await startGitHub({
    now: OPENED,
    permissions: writersIn(sampleFiles.texts.values()),
    issues: (issues.length === 0 ? [{}] : issues).map((given, i) => ({
      ...{ number: 12 + i, title: 'Canary title', user: 'client', created_at: OPENED },
      body: ticketBody(),
      ...given,
    })),
  });
  onTestFinished(() => github.stop());
  return github;
}

/** What starts a run: an event of an issue, or the schedule. */
export type TicketCause = IssueEvent | 'schedule';

interface RunGiven {
  readonly cause?: TicketCause;
  readonly now?: string;
  readonly event?: ReturnType<GitHub['issueEvent']>;
  /** The handbook, if not the sample. */
  readonly files?: typeof sampleFiles;
  /** The address of a stand-in of PagerDuty's Events API. */
  readonly pager?: string;
}

/** Runs the program at the time of GitHub's clock, for an event of the first ticket unless another is given. */
export async function runTickets(
  github: GitHub,
  { cause = 'schedule', now, event: given, pager, files = sampleFiles }: RunGiven = {},
) {
  if (now !== undefined) github.state.now = now;
  const { eventName, event } =
    given ?? (cause === 'schedule' ? { eventName: cause, event: {} } : github.issueEvent(cause, 12));
  const log: string[] = [];
  let summary = '';
  const status = await processTicketEvent(
    {
      eventName,
      payload: event as EventPayload,
      sha: '',
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
    },
    files,
    pager === undefined ? undefined : { url: pager, key: EVENTS_KEY, patienceMs: 1 },
    {
      info: (line) => void log.push(line),
      error: (line) => void log.push(`error: ${line}`),
      summary: async (markdown) => {
        summary = markdown;
      },
    },
  ).catch((error: unknown) => {
    log.push(`error: ${String(error)}`);
    return 1 as const;
  });
  return { status, log, summary };
}

/** A ticket as it is on GitHub now. */
export function ticketIn({ state }: GitHub, number = 12) {
  const issue = state.issues.find((it) => it.number === number);
  if (issue === undefined) throw new Error(`there is no ticket ${number}`);
  return issue;
}

/** Our comments on a ticket; the first is the one that every run updates. */
export const ours = (github: GitHub, number = 12): readonly string[] =>
  ticketIn(github, number).comments.flatMap(({ user, body }) => (user === 'github-actions[bot]' ? body : []));

/** The first sentence of our comment. */
export const headlineOf = (github: GitHub, number = 12): string =>
  ours(github, number)[0]?.split('\n')[2] ?? '';

/** The comments that call somebody, without their hidden keys. */
export const postsOn = (github: GitHub, number = 12): readonly string[] =>
  ours(github, number)
    .slice(1)
    .map((body) => body.split('\n').slice(2).join('\n'));

/** Everything that the action left on GitHub, without ids and times. */
export const keptTickets = (github: GitHub) =>
  github.state.issues.map(({ number, state, labels }) => ({
    number,
    state,
    labels: labels.toSorted(),
    comments: ours(github, number).toSorted(),
  }));

/** The writes so far, by the names of their operations. */
export const ticketWrites = ({ requests }: GitHub) =>
  requests.flatMap(({ method, operation }) =>
    method === 'GET' || operation === 'graphql' ? [] : (operation ?? []),
  );
