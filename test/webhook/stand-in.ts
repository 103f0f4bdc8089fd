/** A stand-in for the webhooks of Slack and of Teams on loopback: keeps what is posted, and can answer otherwise. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { bodyOf, listen } from '../loopback.ts';

/** The part of an address that is the right to post: it may appear nowhere. */
export const SECRET = 'B0CANARY-xyzzy';

/** `drop` closes the connection before the post is taken, `dropAfter` once it is in the channel. */
export type WebhookAnswer =
  | 'drop'
  | 'dropAfter'
  | { readonly status: number; readonly text?: string; readonly headers?: Readonly<Record<string, string>> };

export interface WebhookStandIn {
  /** The address of the webhook of a channel. */
  readonly of: (channel: string) => string;
  /** What is in the channels, in order. */
  readonly posts: { readonly channel: string; readonly body: Readonly<Record<string, unknown>> }[];
  /** The number of requests, those that were not taken included. */
  readonly requests: () => number;
  /** Answers the next requests otherwise. */
  fault(answer: WebhookAnswer, times?: number): void;
}

/** Starts it for one test; `teams` answers as Teams does. */
export async function webhookStandIn(chat: 'slack' | 'teams' = 'slack'): Promise<WebhookStandIn> {
  const posts: { channel: string; body: Readonly<Record<string, unknown>> }[] = [];
  const faults: WebhookAnswer[] = [];
  let requests = 0;
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    requests++;
    const body = (await bodyOf(request)) as Readonly<Record<string, unknown>>;
    const { pathname } = new URL(request.url ?? '', 'http://stand-in');
    const [, channel = '', secret] = pathname.split('/');
    const fault = faults.shift();
    if (fault === 'drop') return void request.socket.destroy();
    if (typeof fault === 'object')
      return void response.writeHead(fault.status, fault.headers).end(fault.text ?? '');
    if (secret !== SECRET || request.method !== 'POST')
      return void response.writeHead(403).end('invalid_token');
    posts.push({ channel, body });
    if (fault === 'dropAfter') return void request.socket.destroy();
    if (chat === 'teams') response.writeHead(202).end();
    else response.writeHead(200, { 'content-type': 'text/html' }).end('ok');
  };
  const { url, stop } = await listen(serve, (what) => {
    throw new Error(what);
  });
  onTestFinished(stop);
  return {
    of: (channel) => `${url}/${channel}/${SECRET}`,
    posts,
    requests: () => requests,
    fault: (answer, times = 1) => faults.push(...Array.from({ length: times }, () => answer)),
  };
}
