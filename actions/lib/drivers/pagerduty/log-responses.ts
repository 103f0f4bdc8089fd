/** Parses pages of PagerDuty's log of incidents; throws on what cannot be read. Keeps no text of an incident. Pure. */
import type { Instant } from '../../timeline.ts';

/** Somebody is notified of an incident, or acknowledges it. */
export interface LogEntry {
  readonly kind: 'notify' | 'acknowledge';
  readonly at: Instant;
  /** The id of the user. */
  readonly user: string;
  /** The id of the incident. */
  readonly incident: string;
  /** Whether it is a notification by mail, or of an incident of low urgency. */
  readonly isQuiet: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

/** The entries of a page that tell of people, and whether there are more pages. */
export function logPage(answer: unknown): {
  readonly entries: readonly LogEntry[];
  readonly more: boolean;
} {
  const { log_entries: list, more } = fields(answer);
  if (!Array.isArray(list)) throw new Error('PagerDuty returned no log entries');
  return { entries: list.flatMap((it) => entryOf(fields(it)) ?? []), more: more === true };
}

/** Undefined for an entry of another kind, or of no person. */
function entryOf(entry: Fields): LogEntry | undefined {
  const { type, created_at: created, incident, channel } = entry;
  // The document names the second type in two ways.
  const kind = /^(notify|acknowledge)(?:ment)?_log_entry$/.exec(String(type))?.[1];
  const user = kind === 'notify' ? userIn(entry.user) : userIn(entry.agent);
  if (kind === undefined || user === undefined) return undefined;
  const at = Date.parse(String(created));
  const { id, urgency } = fields(incident);
  if (Number.isNaN(at) || typeof id !== 'string')
    throw new Error('PagerDuty returned a log entry without a time or an incident');
  const { notification } = fields(channel);
  const isMail = fields(notification).type === 'email_notification';
  return { kind: kind as LogEntry['kind'], at, user, incident: id, isQuiet: isMail || urgency === 'low' };
}

function userIn(value: unknown): string | undefined {
  const { id, type } = fields(value);
  return typeof id === 'string' && String(type).startsWith('user') ? id : undefined;
}
