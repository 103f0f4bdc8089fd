/** What goes wrong on purpose: with which request, and what becomes of it. */

/** `before` is before the request has taken effect, `after` when it has and the answer is not yet out. */
type When = 'before' | 'after';

export type Fault =
  /** A 429 without a header of the limit and without a body. */
  | { readonly kind: 'bare 429' }
  /** An internal error, 500 with the code 2000. */
  | { readonly kind: 'outage'; readonly effect: When }
  /** 408 with the code 2016, before any effect. */
  | { readonly kind: 'timeout' }
  /** The connection closes without a word. */
  | { readonly kind: 'drop'; readonly effect: When }
  /** The answer is of how it was before the last change, as out of a copy that lags behind. */
  | { readonly kind: 'lag' }
  /** One item of a bulk of overrides is refused, counted from 0; the others go through. */
  | { readonly kind: 'refused item'; readonly item: number };

/** Which requests a fault is for: those of a method and a path; the `nth` of them from now (1), and so many `times` (1). */
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

  /** The fault of this request, if any; asking counts it. */
  of(method: string, path: string): Fault | undefined {
    const mine = this.#planned.filter(
      ({ match }) => (match.method ?? method) === method && (match.path?.test(path) ?? true),
    );
    for (const planned of mine) planned.seen += 1;
    return mine.find(({ seen, match: { nth = 1, times = 1 } }) => seen >= nth && seen < nth + times)?.fault;
  }
}
