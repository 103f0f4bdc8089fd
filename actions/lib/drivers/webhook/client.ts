/**
 * Posts to an incoming webhook of Slack or a workflow of Teams. A webhook can do nothing else: it says no id by which a
 * post could be found again, changed or taken back. So a request is sent once and never repeated here.
 */
import { boundedFetch, RefusedResponse } from '../../text/bounded-fetch.ts';
import { connectionError } from '../../text/service-request.ts';
import type { Chat } from './access.ts';
import { reasonIn, WebhookFault } from './fault.ts';

/** One webhook of a team. */
export interface Webhook {
  readonly chat: Chat;
  readonly team: string;
  readonly address: string;
}

const MOST_RESPONSE_BYTES = 64 * 1024;
const TIMEOUT_MS = 20_000;

/** Sends a post; throws a `WebhookFault`. Teams confirms only that its workflow has it, not that it is posted. */
export async function sendPost({ chat, team, address }: Webhook, body: object): Promise<void> {
  const fault = (data: WebhookFault['data']) => new WebhookFault(chat, team, data);
  const response = await sent(address, body).catch((error: unknown) => {
    if (error instanceof RefusedResponse) throw fault({ kind: 'unreadable' });
    throw fault({ kind: 'unanswered', code: connectionError(error) });
  });
  if (response.status >= 200 && response.status < 300) return;
  const reason = reasonIn(await response.text());
  throw fault({ kind: 'answered', status: response.status, reason });
}

const sent = (address: string, body: object): Promise<Response> =>
  boundedFetch(globalThis.fetch, MOST_RESPONSE_BYTES)(address, {
    method: 'POST',
    // A redirect would send the post to another host.
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: { 'content-type': 'application/json', 'user-agent': 'rota-as-code' },
    body: JSON.stringify(body),
  });
