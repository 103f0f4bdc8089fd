/** What `rota tickets --github` needs: the repository to read, with which token, and the events of its tickets. */
import type { Handbook } from '../actions/lib/model.ts';
import { checkAddress } from '../actions/lib/text/service-request.ts';
import type { ReadEvents } from '../actions/lib/tickets/event-texts.ts';
import type { TicketFault } from '../actions/lib/tickets/ticket-faults.ts';
import { DAY } from '../actions/lib/time/date.ts';
import type { Instant } from '../actions/lib/timeline.ts';
import { type Io, UsageError } from './terminal.ts';

/** Explains it below the help of the command. */
export const GITHUB_HELP = `
From GitHub come the open issues that are tickets, with --all those closed in the last 7 days, too. Nothing is changed
there. Put a token that may read issues, and who may write to the repository, into GITHUB_TOKEN.`;

const CLOSED = 7 * DAY;

/** Reads the events of a repository's tickets; a `UsageError` where it is not said which, or with which token. */
export async function readFromGitHub(
  handbook: Handbook,
  options: {
    readonly github: string;
    readonly api?: string;
    readonly all?: true;
    readonly at: Instant;
    readonly now: Instant;
  },
  { GITHUB_TOKEN: token = '' }: Io['environment'],
): Promise<ReadEvents> {
  const { api = 'https://api.github.com', all, at, now } = options;
  const [, owner, repo] = /^([\w.-]{1,39})\/([\w.-]{1,100})$/.exec(options.github) ?? [];
  if (owner === undefined || repo === undefined)
    throw new UsageError(`"${options.github}" is no repository; write it as example/handbook`);
  if (!/^[!-~]+$/.test(token))
    throw new UsageError('there is no token of GitHub in the environment; put one into GITHUB_TOKEN');
  checked(api);
  const [{ connect }, { ticketEventsOn }] = await Promise.all([
    import('../actions/lib/github/connection.ts'),
    import('../actions/lib/programs/github-tickets.ts'),
  ]);
  const connection = connect({
    ...{ token, apiUrl: api.replace(/\/$/, ''), repository: { owner, repo } },
    commentAuthor: 'github-actions[bot]',
  });
  // A ticket that was closed since the instant asked for was open then.
  const closedSince = all === true ? at - CLOSED : at < now ? at : Number.POSITIVE_INFINITY;
  const { events, missing } = await ticketEventsOn(connection, handbook, { now, closedSince });
  const faults = missing.map(
    ({ number, why }): TicketFault => ({
      ...{ code: 'left-out', args: { why }, line: undefined },
      ticket: number === undefined ? undefined : String(number),
    }),
  );
  return { events, faults };
}

function checked(api: string): void {
  try {
    checkAddress(api);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
