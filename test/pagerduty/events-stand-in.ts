/**
 * A stand-in of PagerDuty's Events API v2 on loopback, after its documentation: one address, which takes an event with
 * 202, refuses one with 400 and a list of errors, and one too many with 429. An open alert takes further events of its
 * key in, without a new one.
 */
import { bodyOf, listen } from '../loopback.ts';

/** The integration key that it knows: 32 characters. */
export const EVENTS_KEY = 'canary0123456789abcdef0123456789';

/** A text that nobody writes into an event. */
const SEVERITIES = ['critical', 'error', 'warning', 'info'];

interface Event {
  readonly routing_key?: unknown;
  readonly event_action?: unknown;
  readonly dedup_key?: unknown;
  readonly payload?: { readonly summary?: unknown; readonly source?: unknown; readonly severity?: unknown };
  readonly links?: readonly unknown[];
}

/** `drop` closes the connection before the event is taken, `dropAfter` after it. */
type EventsFault = 'drop' | 'dropAfter' | { readonly status: number; readonly body?: unknown };

export interface EventsStandIn {
  readonly url: string;
  /** Every event that was received, taken or not. */
  readonly received: readonly Event[];
  /** The open alerts by key, as far as they were taken. */
  readonly alerts: ReadonlyMap<string, Event>;
  /** Makes the next calls fail. */
  fault(fault: EventsFault, times?: number): void;
  stop(): Promise<void>;
}

const isText = (value: unknown, most: number): boolean =>
  typeof value === 'string' && value !== '' && value.length <= most;

/** What is wrong with an event. */
function errorsIn({ routing_key, event_action, dedup_key, payload }: Event): readonly string[] {
  return [
    ...(routing_key === EVENTS_KEY ? [] : ["'routing_key' is missing or invalid"]),
    ...(event_action === 'trigger' ? [] : ["'event_action' is not trigger"]),
    ...(isText(dedup_key, 255) ? [] : ["'dedup_key' is missing or too long"]),
    ...(isText(payload?.summary, 1024) ? [] : ["'payload.summary' is missing or blank"]),
    ...(isText(payload?.source, 1024) ? [] : ["'payload.source' is missing or blank"]),
    ...(SEVERITIES.includes(String(payload?.severity)) ? [] : ["'payload.severity' is invalid"]),
  ];
}

export async function startEvents(): Promise<EventsStandIn> {
  const received: Event[] = [];
  const alerts = new Map<string, Event>();
  const faults: EventsFault[] = [];
  const { url, stop } = await listen(
    async (request, response) => {
      const event = ((await bodyOf(request)) ?? {}) as Event;
      const reply = (status: number, body: unknown) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(typeof body === 'string' ? body : JSON.stringify(body));
      };
      if (request.method !== 'POST' || request.url !== '/v2/enqueue') return reply(404, {});
      received.push(event);
      const fault = faults.shift();
      if (fault === 'drop') return void request.socket.destroy();
      if (typeof fault === 'object') return reply(fault.status, fault.body ?? {});
      const errors = errorsIn(event);
      if (errors.length > 0)
        return reply(400, { status: 'invalid event', message: 'Event object is invalid', errors });
      const key = String(event.dedup_key);
      if (!alerts.has(key)) alerts.set(key, event);
      if (fault === 'dropAfter') return void request.socket.destroy();
      reply(202, { status: 'success', message: 'Event processed', dedup_key: key });
    },
    (what) => {
      throw new Error(what);
    },
  );
  return {
    ...{ url, received, alerts, stop },
    fault: (fault, times = 1) => void faults.push(...Array.from({ length: times }, () => fault)),
  };
}
