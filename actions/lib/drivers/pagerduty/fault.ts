/** A request that PagerDuty did not carry out, as data with one message. Holds neither the key nor the request's body. Pure. */

/** What went wrong with a request such as `GET users`. */
type FaultData =
  /** PagerDuty answered with an error; `reason` is its own explanation, possibly empty. */
  | { readonly kind: 'answered'; readonly status: number; readonly reason: string }
  /** PagerDuty answered with something else than JSON. */
  | { readonly kind: 'unreadable' }
  /** No answer came; `code` is the connection's error, such as ECONNREFUSED. */
  | { readonly kind: 'unanswered'; readonly host: string; readonly code: string | undefined };

export class PagerDutyFault extends Error {
  override readonly name = 'PagerDutyFault';
  readonly request: string;
  readonly data: FaultData;

  constructor(request: string, data: FaultData) {
    super(faultText(request, data));
    this.request = request;
    this.data = data;
  }

  /** The status of PagerDuty's answer; undefined where there was none that can be read. */
  get status(): number | undefined {
    return this.data.kind === 'answered' ? this.data.status : undefined;
  }

  /** Whether PagerDuty may have carried the request out all the same. */
  get mayHaveHappened(): boolean {
    return this.status === undefined || this.status >= 500 || this.status === 408;
  }
}

function faultText(request: string, data: FaultData): string {
  switch (data.kind) {
    case 'answered': {
      const reason = data.reason === '' ? '' : `: ${data.reason}`;
      const hint = HINTS[data.status];
      return `PagerDuty answered ${request} with ${data.status}${reason}${hint === undefined ? '' : `; ${hint}`}`;
    }
    case 'unreadable':
      return `PagerDuty sent no JSON for ${request}; run it again when it is back`;
    case 'unanswered': {
      const cause = data.code === undefined ? '' : ` (${data.code} at ${data.host})`;
      return `PagerDuty did not answer ${request}${cause}; check the address, or run it again when it is back`;
    }
  }
}

const HINTS: Readonly<Record<number, string>> = {
  401: 'check the key in PAGERDUTY_API_KEY, and at the service region',
  403: 'the key may not do this; a plan needs a key that reads, and apply one that writes',
  429: 'its rate limit was not reset in time; run it again',
  500: 'run it again when it is back',
};
