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
  /** When requests were made, by method. */
  readonly #times = new Map<string, readonly number[]>();

  constructor(wait: (ms: number) => Promise<void>) {
    this.#wait = wait;
  }

  /** Returns when a method may be called. */
  async before(method: string): Promise<void> {
    const most = TIER_3_METHODS.has(method) ? TIER_3 : TIER_2;
    if (this.#recent(method).length >= most) {
      await this.#wait(MINUTE);
      // By then, the last minute has none of any method.
      this.#times.clear();
    }
    this.#times.set(method, [...this.#recent(method), performance.now()]);
  }

  /** The times of the requests of the last minute. */
  #recent(method: string): readonly number[] {
    const since = performance.now() - MINUTE;
    return (this.#times.get(method) ?? []).filter((time) => time > since);
  }
}
