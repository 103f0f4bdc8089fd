/**
 * Pages through PagerDuty's Events API v2. One event has one key, `dedupKey`, by which PagerDuty knows that it has it
 * already: a request whose answer was lost can be repeated, and wakes nobody twice while the alert is open.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { boundedFetch, RefusedResponse } from '../../text/bounded-fetch.ts';
import { PagerDutyFault } from './fault.ts';

/** The addresses of the Events API by service region. */
export const EVENTS_HOSTS = {
  us: 'https://events.pagerduty.com',
  eu: 'https://events.eu.pagerduty.com',
} as const;

/** Where events are sent, and for which service of PagerDuty. */
export interface EventsAccess {
  readonly url: string;
  /** The integration key of a service. */
  readonly key: string;
  /** The wait before the first of three further attempts; each waits twice as long. */
  readonly patienceMs: number;
}

/** A page: nothing that anybody wrote, as it is shown on telephones and in mails. */
export interface Page {
  readonly dedupKey: string;
  readonly summary: string;
  readonly source: string;
  /** Where to read more. */
  readonly url: string;
}

const REQUEST = 'POST v2/enqueue';
const MOST_RESPONSE_BYTES = 64 * 1024;
const TIMEOUT_MS = 20_000;
const MOST_ATTEMPTS = 4;

/** Sends a page, and returns when PagerDuty has confirmed that it took this one. */
export async function sendPage({ url, key, patienceMs }: EventsAccess, page: Page): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await sendOnce(`${url}/v2/enqueue`, key, page);
    } catch (error) {
      const fault = error instanceof PagerDutyFault ? error : undefined;
      const isPassing =
        fault?.data.kind !== 'refused' && (fault?.mayHaveHappened === true || fault?.status === 429);
      if (!isPassing || attempt === MOST_ATTEMPTS) throw error;
      await pause(patienceMs * 2 ** (attempt - 1));
    }
  }
}

async function sendOnce(url: string, key: string, page: Page): Promise<void> {
  const response = await answerTo(url, {
    routing_key: key,
    event_action: 'trigger',
    dedup_key: page.dedupKey,
    payload: { summary: page.summary, source: page.source, severity: 'critical' },
    links: [{ href: page.url, text: 'The issue on GitHub' }],
  });
  const answer = await contentOf(response);
  if (response.status !== 202)
    throw new PagerDutyFault(REQUEST, {
      kind: 'answered',
      status: response.status,
      reason: reasonIn(answer),
    });
  if (answer.status !== 'success' || answer.dedup_key !== page.dedupKey)
    throw new PagerDutyFault(REQUEST, { kind: 'refused', why: 'it does not confirm the page' });
}

async function answerTo(url: string, body: object): Promise<Response> {
  try {
    return await boundedFetch(globalThis.fetch, MOST_RESPONSE_BYTES)(url, {
      method: 'POST',
      // A redirect would send the key to another host.
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { 'content-type': 'application/json', 'user-agent': 'rota-as-code' },
      body: JSON.stringify(body),
    });
  } catch (error) {
    if (error instanceof RefusedResponse)
      throw new PagerDutyFault(REQUEST, { kind: 'refused', why: error.message });
    const cause =
      error instanceof Error ? (error.cause as { readonly code?: string } | undefined) : undefined;
    throw new PagerDutyFault(REQUEST, { kind: 'unanswered', host: new URL(url).host, code: cause?.code });
  }
}

type Content = Readonly<Record<string, unknown>>;

async function contentOf(response: Response): Promise<Content> {
  const parsed: unknown = await response.json().catch(() => undefined);
  if (typeof parsed === 'object' && parsed !== null) return parsed as Content;
  if (response.status !== 202) return {};
  throw new PagerDutyFault(REQUEST, { kind: 'unreadable' });
}

/** PagerDuty's explanations, which do not contain the key. */
const reasonIn = ({ errors, message }: Content): string =>
  (Array.isArray(errors)
    ? errors.filter((it) => typeof it === 'string').join('; ')
    : String(message ?? '')
  ).slice(0, 200);
