/**
 * The client of Slack's Web API. Sends one request after another, waits out rate limits, and repeats a request only
 * where that does no harm: after a 429, which was certainly not carried out, or where it reads or sets a whole state.
 *
 * - Methods: https://docs.slack.dev/reference/methods
 * - Rate limits: https://docs.slack.dev/apis/web-api/rate-limits
 */
import {
  type Logger,
  LogLevel,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  WebClient,
} from '#slack-web-api';
import { boundedFetch, RefusedResponse } from '../../text/bounded-fetch.ts';
import { connectionError } from '../../text/service-request.ts';
import { SlackFault } from './fault.ts';
import { Pace } from './pace.ts';
import {
  channelIn,
  membersIn,
  type ScheduledPage,
  type ScheduledPost,
  type SlackChannel,
  type SlackUserGroup,
  scheduledPage,
  UnreadablePart,
  userGroups,
} from './responses.ts';
import { topicSent } from './topic-text.ts';

/** The workspace to connect to, and how. */
export interface SlackAccess {
  /** `https://slack.com/api/`. */
  readonly url: string;
  /** The token of the app's bot. */
  readonly token: string;
  /** The wait before the first repetition if Slack gives none; each further one waits twice as long. */
  readonly patienceMs: number;
  readonly wait: (ms: number) => Promise<void>;
}

/** All user groups of a large workspace are a twentieth of it. */
const MOST_RESPONSE_BYTES = 16 * 1024 ** 2;

/** A longer wait ends the run. */
const LONGEST_WAIT_MS = 90_000;

const MOST_ATTEMPTS = 5;

const TIMEOUT_MS = 60_000;

/** Nothing is logged: the library would log texts of responses. */
const SILENT: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};

type Arguments = Readonly<Record<string, string | number | boolean>>;

/** Whether a request may be repeated although Slack may have carried it out. */
type Repeat = 'always' | 'if-not-carried-out';

/** One workspace of Slack. */
export class Slack {
  readonly #web: WebClient;
  readonly #host: string;
  readonly #patienceMs: number;
  readonly #wait: (ms: number) => Promise<void>;
  readonly #counts = { reads: 0, writes: 0 };
  readonly #pace: Pace;

  constructor({ url, token, patienceMs, wait }: SlackAccess) {
    this.#host = new URL(url).host;
    this.#patienceMs = patienceMs;
    this.#wait = wait;
    this.#pace = new Pace(wait);
    this.#web = new WebClient(token, {
      slackApiUrl: url,
      allowAbsoluteUrls: false,
      logger: SILENT,
      timeout: TIMEOUT_MS,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      maxRequestConcurrency: 1,
      // The library unpacks such a response without a bound.
      fetch: async (address, init) => {
        const response = await boundedFetch(globalThis.fetch, MOST_RESPONSE_BYTES)(address, init);
        if (response.headers.get('content-type') === 'application/gzip')
          throw new RefusedResponse('it is packed as a file');
        return response;
      },
    });
  }

  /** The number of requests so far, without repetitions. */
  get counts(): { readonly reads: number; readonly writes: number } {
    return { ...this.#counts };
  }

  /** All user groups with their members, disabled ones included. */
  async userGroups(): Promise<readonly SlackUserGroup[]> {
    return this.#read('usergroups.list', { include_users: true, include_disabled: true }, userGroups);
  }

  /** The user ids of a user group's members. */
  async members(group: string): Promise<readonly string[]> {
    return this.#read('usergroups.users.list', { usergroup: group }, membersIn);
  }

  /** A channel with its topic. */
  async channel(id: string): Promise<SlackChannel> {
    return this.#read('conversations.info', { channel: id }, channelIn);
  }

  /** Makes these users the members of a user group, and nobody else. */
  async setMembers(group: string, users: readonly string[]): Promise<void> {
    if (users.length === 0) throw new Error('a user group is never emptied');
    await this.#write('usergroups.users.update', { usergroup: group, users: users.join(',') }, 'always');
  }

  /**
   * Sets the topic of a channel. Slack posts a line about it each time, so where its answer is lost the topic is read
   * before it is sent again.
   */
  async setTopic(channel: string, topic: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#write(
          'conversations.setTopic',
          { channel, topic: topicSent(topic) },
          'if-not-carried-out',
        );
        return;
      } catch (error) {
        const mayBeSet = error instanceof SlackFault && error.mayHaveHappened;
        if (!mayBeSet || attempt === MOST_ATTEMPTS) throw error;
        await this.#wait(this.#pauseBefore(attempt));
        if ((await this.channel(channel)).topic === topic) return;
      }
    }
  }

  /** All messages that the app has planned, in every channel. */
  async scheduledPosts(): Promise<readonly ScheduledPost[]> {
    const posts: ScheduledPost[] = [];
    const seen = new Set<string>();
    let cursor: string | undefined;
    do {
      const args: Arguments = cursor === undefined ? { limit: 100 } : { limit: 100, cursor };
      const page: ScheduledPage = await this.#read('chat.scheduledMessages.list', args, scheduledPage);
      posts.push(...page.posts);
      cursor = page.next;
      if (cursor !== undefined && seen.has(cursor))
        throw new SlackFault('chat.scheduledMessages.list', {
          kind: 'unreadable',
          what: 'its pages do not end',
        });
      if (cursor !== undefined) seen.add(cursor);
    } while (cursor !== undefined);
    return posts;
  }

  /** Plans a message; where the answer is lost, it may be planned, and is not sent again. */
  async schedulePost({ channel, postAt, text }: Omit<ScheduledPost, 'id'>): Promise<void> {
    const args = {
      channel,
      post_at: Math.floor(postAt / 1000),
      text,
      link_names: false,
      unfurl_links: false,
    };
    await this.#write('chat.scheduleMessage', args, 'if-not-carried-out');
  }

  /** Posts to a channel, or to a person by their id; what may be there already is not sent again. */
  async post(channel: string, text: string): Promise<void> {
    const args = { channel, text, link_names: false, unfurl_links: false, unfurl_media: false };
    await this.#write('chat.postMessage', args, 'if-not-carried-out');
  }

  /** Takes a planned message back; `gone` where Slack does not have it any more, or sends it within a minute. */
  async deletePost(channel: string, id: string): Promise<'deleted' | 'gone'> {
    try {
      await this.#write('chat.deleteScheduledMessage', { channel, scheduled_message_id: id }, 'always');
      return 'deleted';
    } catch (error) {
      if (error instanceof SlackFault && error.code === 'invalid_scheduled_message_id') return 'gone';
      throw error;
    }
  }

  async #read<T>(method: string, args: Arguments, parse: (response: unknown) => T): Promise<T> {
    this.#counts.reads++;
    const response = await this.#call(method, args, 'always');
    try {
      return parse(response);
    } catch (error) {
      if (error instanceof UnreadablePart)
        throw new SlackFault(method, { kind: 'unreadable', what: error.message });
      throw error;
    }
  }

  async #write(method: string, args: Arguments, repeat: Repeat): Promise<unknown> {
    this.#counts.writes++;
    return this.#call(method, args, repeat);
  }

  async #call(method: string, args: Arguments, repeat: Repeat): Promise<unknown> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#pace.before(method);
        return await this.#web.apiCall(method, args);
      } catch (error) {
        const fault = faultOf(error, method, this.#host);
        const ms = this.#waitAfter(fault, repeat, attempt);
        if (ms === undefined) throw fault;
        await this.#wait(ms);
      }
    }
  }

  /** How long to wait before a request is repeated; undefined if it is not. */
  #waitAfter({ data, mayHaveHappened }: SlackFault, repeat: Repeat, attempt: number): number | undefined {
    if (attempt === MOST_ATTEMPTS) return undefined;
    if (data.kind === 'rate-limited') {
      const ms = data.retryAfter === undefined ? this.#pauseBefore(attempt) : data.retryAfter * 1000;
      return ms <= LONGEST_WAIT_MS ? ms : undefined;
    }
    const isLasting = data.kind === 'unreadable' || data.kind === 'refused-response';
    return mayHaveHappened && !isLasting && repeat === 'always' ? this.#pauseBefore(attempt) : undefined;
  }

  #pauseBefore(attempt: number): number {
    return this.#patienceMs * 2 ** (attempt - 1);
  }
}

function faultOf(error: unknown, method: string, host: string): SlackFault {
  if (error instanceof WebAPIPlatformError) return refusal(error.data, method);
  if (error instanceof WebAPIRateLimitedError)
    return new SlackFault(method, { kind: 'rate-limited', retryAfter: error.retryAfter });
  if (error instanceof WebAPIHTTPError)
    return new SlackFault(method, { kind: 'status', status: error.statusCode });
  const refused = causeOf(error, RefusedResponse);
  if (refused !== undefined)
    return new SlackFault(method, { kind: 'refused-response', why: refused.message });
  if (error instanceof WebAPIRequestError)
    return new SlackFault(method, { kind: 'unanswered', host, code: connectionError(error) });
  // The library's own error for a 429 without a time to wait.
  if (error instanceof Error && error.message.startsWith('Retry header'))
    return new SlackFault(method, { kind: 'rate-limited', retryAfter: undefined });
  return new SlackFault(method, { kind: 'unreadable', what: 'it is no JSON of Slack' });
}

/** What Slack says of a refusal; nothing but codes is taken from it. */
function refusal(data: object, method: string): SlackFault {
  const codeIn = (value: unknown) =>
    typeof value === 'string' && /^[a-z0-9_:.,]{1,80}$/.test(value) ? value : undefined;
  const [code, needed] = ['error', 'needed'].map((key) => codeIn(Reflect.get(data, key)));
  if (code === 'ratelimited' || code === 'rate_limited')
    return new SlackFault(method, { kind: 'rate-limited', retryAfter: undefined });
  if (code === undefined)
    return new SlackFault(method, { kind: 'unreadable', what: 'it is no JSON of Slack' });
  return new SlackFault(method, { kind: 'refused-request', code, needed });
}

function causeOf<T extends Error>(error: unknown, kind: new (why: string) => T): T | undefined {
  if (error instanceof kind) return error;
  return error instanceof Error ? causeOf(error.cause, kind) : undefined;
}
