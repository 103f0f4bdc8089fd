/**
 * Reads who was alerted from PagerDuty's log: the first notification of each person for each incident. A week at a
 * time, because a list has at most ten thousand entries. Only reads.
 */
import type { Handbook } from '../../model.ts';
import { DAY, MINUTE } from '../../time/date.ts';
import type { Alert } from '../../time-off/alert.ts';
import type { AlertFault } from '../../time-off/alert-faults.ts';
import type { ReadAlerts } from '../../time-off/alert-texts.ts';
import type { Instant, Interval } from '../../timeline.ts';
import type { PagerDuty } from './client.ts';
import { type LogEntry, logPage } from './log-responses.ts';

const WEEK = 7 * DAY;

/** The last offset that PagerDuty accepts with a page of a hundred. */
const LAST_OFFSET = 9900;

/** The alerts of a span, from the account's log. */
export async function readPagedAlerts(
  client: Pick<PagerDuty, 'logEntries'>,
  handbook: Handbook,
  span: Interval,
  progress: (doing: string) => void,
): Promise<ReadAlerts> {
  const log = new AlertLog(handbook);
  for (let startAt = span.startAt; startAt < span.endAt; startAt += WEEK) {
    progress(`reading the log of ${new Date(startAt).toISOString().slice(0, 10)} and the week after`);
    await readSpan(client, { startAt, endAt: Math.min(startAt + WEEK, span.endAt) }, log);
  }
  return log.alerts();
}

/** Reads every page of a span; one with too many entries in halves. */
async function readSpan(client: Pick<PagerDuty, 'logEntries'>, span: Interval, log: AlertLog): Promise<void> {
  for (let offset = 0; offset <= LAST_OFFSET; offset += 100) {
    const { entries, more } = logPage(await client.logEntries(span, offset));
    for (const entry of entries) log.add(entry);
    if (!more) return;
  }
  const middle = Math.floor((span.startAt + span.endAt) / 2 / MINUTE) * MINUTE;
  if (middle <= span.startAt) throw new Error('PagerDuty has over 10,000 entries in one minute of its log');
  await readSpan(client, { startAt: span.startAt, endAt: middle }, log);
  await readSpan(client, { startAt: middle, endAt: span.endAt }, log);
}

/** What one person saw of one incident. */
interface Seen {
  readonly user: string;
  readonly incident: string;
  notifiedAt: Instant | undefined;
  acknowledgedAt: Instant | undefined;
}

/** Collects entries in any order, some of them perhaps twice. */
class AlertLog {
  readonly #handbook: Handbook;
  readonly #seen = new Map<string, Seen>();
  /** By user and incident: notified only by mail, or of low urgency. */
  readonly #quiet = new Set<string>();

  constructor(handbook: Handbook) {
    this.#handbook = handbook;
  }

  add({ kind, at, user, incident, isQuiet }: LogEntry): void {
    const key = JSON.stringify([user, incident]);
    if (kind === 'notify' && isQuiet) {
      this.#quiet.add(key);
      return;
    }
    const seen = this.#seen.get(key) ?? {
      ...{ user, incident },
      notifiedAt: undefined,
      acknowledgedAt: undefined,
    };
    this.#seen.set(key, seen);
    if (kind === 'notify') seen.notifiedAt = Math.min(at, seen.notifiedAt ?? at);
    else seen.acknowledgedAt = Math.min(at, seen.acknowledgedAt ?? at);
  }

  /** The alerts in order of time, and users who are nobody in the handbook. */
  alerts(): ReadAlerts {
    const { people, contacts } = this.#handbook;
    const known = new Map([...people.values()].map(({ id, pagerduty }) => [pagerduty, id]));
    const inboxes = new Set([...contacts.values()].map(({ pagerduty }) => pagerduty));
    const unknown = new Map<string, number>();
    const alerts: Alert[] = [];
    for (const { user, incident, notifiedAt, acknowledgedAt } of this.#seen.values()) {
      const person = known.get(user);
      if (notifiedAt === undefined || (person === undefined && inboxes.has(user))) continue;
      if (person === undefined) unknown.set(user, (unknown.get(user) ?? 0) + 1);
      else
        alerts.push({
          ...{ person, alertedAt: notifiedAt, id: incident },
          // Somebody may acknowledge an incident that they saw before their telephone rang.
          acknowledgedAt: acknowledgedAt === undefined ? undefined : Math.max(acknowledgedAt, notifiedAt),
          ...{ workedUntil: undefined, woken: undefined, service: undefined },
        });
    }
    return { alerts: alerts.toSorted(inOrder), faults: faultsOf(unknown, this.#quietCount()) };
  }

  #quietCount(): number {
    return [...this.#quiet].filter((key) => this.#seen.get(key)?.notifiedAt === undefined).length;
  }
}

const inOrder = (one: Alert, other: Alert): number =>
  one.alertedAt - other.alertedAt || (one.person < other.person ? -1 : one.person > other.person ? 1 : 0);

const faultsOf = (unknown: ReadonlyMap<string, number>, quiet: number): readonly AlertFault[] => [
  ...[...unknown]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([user, count]): AlertFault => ({ code: 'pager-user', args: { user, count }, line: undefined })),
  ...(quiet === 0 ? [] : [{ code: 'quiet', args: { count: quiet }, line: undefined } as const]),
];
