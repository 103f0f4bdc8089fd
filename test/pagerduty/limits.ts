/** PagerDuty's rate limit: a number of requests in a window that begins with the first request, for each key. */
import type { Instant } from '../../actions/lib/timeline.ts';

export interface Limit {
  readonly requests: number;
  readonly windowMs: number;
}

export class Limiter {
  readonly #limit: Limit;
  readonly #windows = new Map<string, { readonly endAt: Instant; used: number }>();

  constructor(limit: Limit) {
    this.#limit = limit;
  }

  /** Counts a request; returns whether it is within the limit, and the headers of its response. */
  take(key: string, now: Instant): { readonly isWithin: boolean; readonly headers: Record<string, string> } {
    const { requests, windowMs } = this.#limit;
    const known = this.#windows.get(key);
    const window = known !== undefined && now < known.endAt ? known : { endAt: now + windowMs, used: 0 };
    this.#windows.set(key, window);
    window.used += 1;
    return {
      isWithin: window.used <= requests,
      headers: {
        'ratelimit-limit': `${requests}`,
        'ratelimit-remaining': `${Math.max(requests - window.used, 0)}`,
        'ratelimit-reset': `${Math.max(Math.ceil((window.endAt - now) / 1000), 1)}`,
      },
    };
  }
}
