/**
 * Keeps a client below Slack's limits, which are per method and minute: it waits before a request that would be
 * refused. Others may use the same token, so that refusals are waited out all the same.
 * https://docs.slack.dev/apis/web-api/rate-limits
 */
import { MINUTE } from '../../time/date.ts';

const TIER_2 = 20;
const TIER_3 = 50;

/** Every other method is of tier 2; posting has a limit of its own, of one a second for each channel. */
const TIER_3_METHODS: ReadonlySet<string> = new Set([
  'chat.deleteScheduledMessage',
  'chat.postMessage',
  'chat.scheduleMessage',
  'chat.scheduledMessages.list',
  'conversations.info',
]);

export class Pace {
  readonly #wait: (ms: number) => Promise<void>;
  /** The times of the requests of the last minute, by method. */
  readonly #times = new Map<string, readonly number[]>();

  constructor(wait: (ms: number) => Promise<void>) {
    this.#wait = wait;
  }

  /** Returns when a method may be called. */
  async before(method: string): Promise<void> {
    const most = TIER_3_METHODS.has(method) ? TIER_3 : TIER_2;
    const since = performance.now() - MINUTE;
    const recent = (this.#times.get(method) ?? []).filter((time) => time > since);
    const isFull = recent.length >= most;
    if (isFull) await this.#wait(MINUTE);
    this.#times.set(method, [...(isFull ? [] : recent), performance.now()]);
  }
}
