/** Injected faults: for which requests, and with what effect. */

/** `before` the request takes effect, or `after` that and before the response is sent. */
type When = 'before' | 'after';

export type Fault =
  /** A 429 without rate-limit headers and without a body. */
  | { readonly kind: 'bare 429' }
  /** An internal error, 500 with the code 2000. */
  | { readonly kind: 'outage'; readonly effect: When }
  /** 408 with the code 2016, before any effect. */
  | { readonly kind: 'timeout' }
  /** The connection closes without a response. */
  | { readonly kind: 'drop'; readonly effect: When }
  /** The response shows the state before the last change, like a replica that lags behind. */
  | { readonly kind: 'lag' }
  /** One item of a bulk of overrides or shifts is refused, counted from 0. */
  | { readonly kind: 'refused item'; readonly item: number };

/**
 * The requests that a fault applies to: by method and path, from the `nth` match on (default 1), `times` times
 * (default 1).
 */
export interface Match {
  readonly method?: string;
  readonly path?: RegExp;
  readonly nth?: number;
  readonly times?: number;
}

interface Planned {
  readonly fault: Fault;
  readonly match: Match;
  seen: number;
}

export class Faults {
  readonly #planned: Planned[] = [];

  plan(fault: Fault, match: Match): void {
    this.#planned.push({ fault, match, seen: 0 });
  }

  /** The fault of this request, if any. Counts the request. */
  of(method: string, path: string): Fault | undefined {
    const mine = this.#planned.filter(
      ({ match }) => (match.method ?? method) === method && (match.path?.test(path) ?? true),
    );
    for (const planned of mine) planned.seen += 1;
    return mine.find(({ seen, match: { nth = 1, times = 1 } }) => seen >= nth && seen < nth + times)?.fault;
  }
}
