/**
 * A request that Zendesk did not answer as it should, as data with one message. The message has nothing of the response
 * but its status, because a response holds what people wrote. Pure.
 */

/** What went wrong with a request such as `GET tickets/35/audits.json`. */
type FaultData =
  | { readonly kind: 'answered'; readonly status: number }
  /** The response is no JSON, or not what is documented; `what` is the part that is missing or wrong. */
  | { readonly kind: 'unreadable'; readonly what: string }
  /** The response is too long, or redirects; `why` says so. */
  | { readonly kind: 'refused'; readonly why: string }
  /** There was no response; `code` is the connection error, such as ECONNREFUSED. */
  | { readonly kind: 'unanswered'; readonly host: string; readonly code: string | undefined };

export class ZendeskFault extends Error {
  override readonly name = 'ZendeskFault';
  readonly data: FaultData;

  constructor(request: string, data: FaultData) {
    super(faultText(request, data));
    this.data = data;
  }

  /** The status of Zendesk's response; undefined without a readable response. */
  get status(): number | undefined {
    return this.data.kind === 'answered' ? this.data.status : undefined;
  }
}

function faultText(request: string, data: FaultData): string {
  switch (data.kind) {
    case 'answered': {
      const hints = request.startsWith('GET ') ? HINTS : { ...HINTS, ...WRITE_HINTS };
      const hint = data.status >= 300 && data.status < 400 ? REDIRECTED : hints[data.status];
      return `Zendesk responded to ${request} with ${data.status}${hint === undefined ? '' : `; ${hint}`}`;
    }
    case 'unreadable':
      return `Zendesk's response to ${request} cannot be read: ${data.what}; run it again`;
    case 'refused':
      return `The response to ${request} is refused: ${data.why}; check the subdomain, or run it again`;
    case 'unanswered': {
      const cause = data.code === undefined ? '' : ` (${data.code} at ${data.host})`;
      return `Zendesk did not respond to ${request}${cause}; check the subdomain, or run it again when it is back`;
    }
  }
}

const REDIRECTED = 'redirects are not followed, as they would take the token elsewhere; check the subdomain';

const AGAIN = 'run it again when it is back';

const HINTS: Readonly<Record<number, string>> = {
  401: 'check ZENDESK_EMAIL and ZENDESK_API_TOKEN, or ZENDESK_OAUTH_TOKEN, and that tokens are enabled for the account',
  403: 'the token may not read this; it needs an administrator, and one of OAuth the scope "read"',
  404: 'check the subdomain',
  429: 'its rate limit was not reset in time; run it again',
  500: AGAIN,
  502: AGAIN,
  503: AGAIN,
  504: AGAIN,
};

/** Of requests that change something, where they differ. */
const WRITE_HINTS: Readonly<Record<number, string>> = {
  403: 'the token may not change groups; it needs an administrator, and one of OAuth the scope "write"',
  422: 'Zendesk does not take this person into the group; check that they are an agent and not suspended',
};
