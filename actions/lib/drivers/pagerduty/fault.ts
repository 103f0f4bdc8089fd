/**
 * A request that PagerDuty did not carry out, as data with one message. Holds neither the key nor the request's body.
 * Pure.
 */

/** What went wrong with a request such as `GET users`. */
type FaultData =
  /** PagerDuty responded with an error; `reason` is PagerDuty's explanation, possibly empty. */
  | { readonly kind: 'answered'; readonly status: number; readonly reason: string }
  /** PagerDuty's response was not JSON. */
  | { readonly kind: 'unreadable' }
  /** PagerDuty's response was too long, or redirected; `why` says so. */
  | { readonly kind: 'refused'; readonly why: string }
  /** There was no response; `code` is the connection error, such as ECONNREFUSED. */
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

  /** The status of PagerDuty's response; undefined without a readable response. */
  get status(): number | undefined {
    return this.data.kind === 'answered' ? this.data.status : undefined;
  }

  /**
   * Whether the schedule is not of the kind that was expected: made of shifts, not of layers, or the other way.
   * PagerDuty's refusal has no code of its own but this text.
   */
  get isOtherKind(): boolean {
    return this.status === 400 && this.data.kind === 'answered' && OTHER_KIND.test(this.data.reason);
  }

  /** Whether PagerDuty may have carried out the request despite the error. */
  get mayHaveHappened(): boolean {
    return this.status === undefined || this.status >= 500 || this.status === 408;
  }
}

const OTHER_KIND = /(shift|layer)-based/i;

function faultText(request: string, data: FaultData): string {
  switch (data.kind) {
    case 'answered': {
      const reason = data.reason === '' ? '' : `: ${data.reason}`;
      const hint = HINTS[data.status];
      return `PagerDuty responded to ${request} with ${data.status}${reason}${hint === undefined ? '' : `; ${hint}`}`;
    }
    case 'unreadable':
      return `PagerDuty sent no JSON in response to ${request}; run it again when it is back`;
    case 'refused':
      return `The response to ${request} is refused: ${data.why}; check the address, or run it again`;
    case 'unanswered': {
      const cause = data.code === undefined ? '' : ` (${data.code} at ${data.host})`;
      return `PagerDuty did not respond to ${request}${cause}; check the address, or run it again when it is back`;
    }
  }
}

const HINTS: Readonly<Record<number, string>> = {
  401: 'check the key in PAGERDUTY_API_KEY, and at the service region',
  403: 'the key may not do this; a plan needs a key that reads, and apply one that writes',
  429: 'its rate limit was not reset in time; run it again',
  500: 'run it again when it is back',
};
