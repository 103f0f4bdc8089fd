/**
 * A request that Slack did not carry out, as data with one message. Holds neither the token nor the request's body, and
 * of the response only codes. Pure.
 */

/** What went wrong with a request such as `conversations.info`. */
type FaultData =
  /** Slack refused the request; `needed` is the scope that the app lacks. */
  | { readonly kind: 'refused-request'; readonly code: string; readonly needed: string | undefined }
  /** Too many requests; `retryAfter` is in seconds, where Slack gives it. */
  | { readonly kind: 'rate-limited'; readonly retryAfter: number | undefined }
  /** The response has another status than Slack's responses have. */
  | { readonly kind: 'status'; readonly status: number }
  /** The response is no JSON, or not what is documented; `what` is the part that is missing or wrong. */
  | { readonly kind: 'unreadable'; readonly what: string }
  /** The response is too long, or redirects; `why` says so. */
  | { readonly kind: 'refused-response'; readonly why: string }
  /** There was no response; `code` is the connection error, such as ECONNREFUSED. */
  | { readonly kind: 'unanswered'; readonly host: string; readonly code: string | undefined };

export class SlackFault extends Error {
  override readonly name = 'SlackFault';
  readonly data: FaultData;

  constructor(method: string, data: FaultData) {
    super(faultText(method, data));
    this.data = data;
  }

  /** Slack's code of the refusal, such as `not_in_channel`; undefined where the request was not refused. */
  get code(): string | undefined {
    return this.data.kind === 'refused-request' ? this.data.code : undefined;
  }

  /** Whether Slack may have carried out the request despite the error. */
  get mayHaveHappened(): boolean {
    const { kind } = this.data;
    if (kind === 'refused-request') return TRANSIENT.has(this.data.code);
    return kind !== 'rate-limited';
  }

  /** Whether every other request will meet this, too. */
  get endsRun(): boolean {
    if (this.data.kind === 'refused-request') return TOKEN_CODES.has(this.data.code);
    return this.data.kind !== 'unreadable';
  }
}

/** Slack failed while it carried out the request. */
const TRANSIENT: ReadonlySet<string> = new Set([
  'fatal_error',
  'internal_error',
  'request_timeout',
  'service_unavailable',
]);

/** The token is worth nothing. */
const TOKEN_CODES: ReadonlySet<string> = new Set([
  'account_inactive',
  'invalid_auth',
  'not_authed',
  'org_login_required',
  'team_access_not_granted',
  'token_expired',
  'token_revoked',
]);

const AGAIN = 'run it again when it is back';

function faultText(method: string, data: FaultData): string {
  switch (data.kind) {
    case 'refused-request': {
      const hint = hintOf(data.code, data.needed);
      return `Slack refused ${method} (${data.code})${hint === undefined ? '' : `; ${hint}`}`;
    }
    case 'rate-limited':
      return `Slack allows no more ${method} for now, and did not in time; run it again`;
    case 'status':
      return `Slack responded to ${method} with ${data.status}; ${AGAIN}`;
    case 'unreadable':
      return `Slack's response to ${method} cannot be read: ${data.what}; run it again`;
    case 'refused-response':
      return `The response to ${method} is refused: ${data.why}; check the address, or run it again`;
    case 'unanswered': {
      const cause = data.code === undefined ? '' : ` (${data.code} at ${data.host})`;
      return `Slack did not respond to ${method}${cause}; check the address, or ${AGAIN}`;
    }
  }
}

function hintOf(code: string, needed: string | undefined): string | undefined {
  if (code === 'missing_scope')
    return needed === undefined
      ? "add the scope to Slack's app that the method needs, and install the app again"
      : `add the scope ${needed} to Slack's app, and install the app again`;
  if (TOKEN_CODES.has(code)) return 'check the token in SLACK_BOT_TOKEN';
  if (TRANSIENT.has(code)) return AGAIN;
  return HINTS[code];
}

const HINTS: Readonly<Record<string, string>> = {
  channel_not_found: 'check the id of the channel; if the channel is private, invite the app to it',
  failed_for_some_users: 'somebody who is on is not in this workspace, or deactivated; check their ids',
  invalid_user: 'somebody who is on is deactivated, a guest or a bot; check their ids',
  invalid_users: 'somebody who is on is deactivated, a guest or a bot; check their ids',
  is_archived: 'unarchive the channel, or name another one in team.yaml',
  method_not_supported_for_channel_type: 'name a channel, not a direct message, in team.yaml',
  no_such_subteam: 'check the id of the user group in team.yaml',
  not_in_channel: 'invite the app to the channel',
  permission_denied: "let everybody, or the app's user, edit user groups in the workspace's settings",
  plan_upgrade_required: "user groups need one of Slack's paid plans; remove user_groups from team.yaml",
  restricted_too_many:
    'Slack takes 30 planned posts for a channel in five minutes; give the teams channels of their own',
  single_channel_guests_cannot_be_added:
    'somebody who is on is a guest, whom no group can have; check their ids',
  time_in_past: 'its time has passed meanwhile; run it again',
  time_too_far: 'Slack takes posts up to 120 days ahead',
  too_long: 'shorten the topic in team.yaml',
  user_is_restricted:
    'only some may set the topic there; let the app do it, or remove the topic from team.yaml',
};
