/** What `rota tickets --zendesk` needs: its options, the account to connect to, and the events that it reads there. */
import { type Command, Option } from 'commander';
import { addressOf, authorizationOf } from '../actions/lib/drivers/zendesk/access.ts';
import { Zendesk } from '../actions/lib/drivers/zendesk/client.ts';
import { readZendesk, zendeskMaps } from '../actions/lib/drivers/zendesk/read.ts';
import type { Handbook } from '../actions/lib/model.ts';
import type { ReadEvents } from '../actions/lib/tickets/event-texts.ts';
import { DAY } from '../actions/lib/time/date.ts';
import type { Instant } from '../actions/lib/timeline.ts';
import { type Moment, parseMoment } from './arguments.ts';
import { type Io, type Terminal, UsageError } from './terminal.ts';

/** The options of a queue from Zendesk. */
export interface ZendeskOptions {
  readonly zendesk?: string;
  readonly since?: Moment;
  readonly api?: string;
}

/** Explains them below the help of the command. */
export const ZENDESK_HELP = `
From Zendesk come the tickets that are not solved, with --all those solved in the last 7 days, too. The key zendesk of
policies/tickets/<id>.yaml says whose they are, and what their priorities and statuses are here. Nothing is changed in
Zendesk. Put the address of an administrator into ZENDESK_EMAIL and its API token into ZENDESK_API_TOKEN, or an OAuth
token with the scope "read" into ZENDESK_OAUTH_TOKEN. What happened in the last minute may not be exported yet.`;

/** A ticket to which nothing happened for a year is forgotten, and a longer export takes minutes more. */
const SEARCHED = 365 * DAY;

/** Enough for five retries to outlast the minute of the export's rate limit. */
const PATIENCE_MS = 2000;

/** Adds the options of a queue from Zendesk. */
export const addZendeskOptions = (command: Command): Command =>
  command
    .option('--zendesk <subdomain>', 'read the tickets of <subdomain>.zendesk.com instead of a file')
    .addOption(
      new Option(
        '--since <time>',
        'with --zendesk: leave out tickets to which nothing has happened since then; a year before --at unless given',
      ).argParser(parseMoment),
    )
    .option('--api <url>', 'another address of the API of GitHub or Zendesk, such as that of a stand-in');

/** Reads the events of an account; throws a `UsageError` where it is not said which, or with which token. */
export function readFromZendesk(
  handbook: Handbook,
  options: {
    readonly zendesk?: string;
    readonly api?: string;
    readonly all?: true;
    readonly at: Instant;
    readonly since: Instant | undefined;
  },
  environment: Io['environment'],
  { progress }: Terminal,
): Promise<ReadEvents> {
  const { at, since = at - SEARCHED, all = false } = options;
  if (zendeskMaps(handbook).length === 0)
    throw new UsageError(
      'no policy says which tickets of Zendesk are whose; add zendesk to one in policies/tickets, or see "rota check"',
    );
  const client = connected(options, environment);
  return readZendesk(client, handbook, { at, since, all }, progress).finally(() => progress(''));
}

function connected(options: Parameters<typeof clientOf>[0], environment: Io['environment']): Zendesk {
  try {
    return clientOf(options, environment);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** The client of an account; throws where it is not said which, or with which token. */
export const clientOf = (
  { zendesk = '', api = '' }: { readonly zendesk?: string; readonly api?: string },
  environment: Io['environment'],
): Zendesk =>
  new Zendesk({
    url: addressOf(zendesk, api),
    authorization: authorizationOf(environment),
    patienceMs: PATIENCE_MS,
  });
