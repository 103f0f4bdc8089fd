/** A stand-in for one test with a manual clock, and a function for calls to it. Asserts nothing. */
import { onTestFinished } from 'vitest';
import type { Instant } from '../../actions/lib/timeline.ts';
import { at } from '../handbook.ts';
import type { Settings } from './fake-pagerduty.ts';
import { type StandIn, startStandIn } from './stand-in.ts';
import { FULL } from './state.ts';

export const NOW = '2026-11-21T12:00:00Z';

export const HEADERS = {
  authorization: `Token token=${FULL}`,
  accept: 'application/vnd.pagerduty+json;version=2',
  'content-type': 'application/json',
};

interface Answered {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests read bodies of every shape
  readonly body: any;
  readonly headers: Headers;
}

export interface Called extends StandIn {
  readonly clock: { now: Instant };
  send(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answered>;
}

/** A stand-in that is stopped after the test. */
export async function standIn({
  now = NOW,
  ...given
}: Partial<Omit<Settings, 'now'>> & { readonly now?: string }): Promise<Called> {
  const clock = { now: at(now) };
  const started = await startStandIn({ mode: 'strict', remembers: {}, ...given, now: () => clock.now });
  onTestFinished(() => started.stop());
  const send: Called['send'] = async (method, path, body, headers = HEADERS) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${started.url}${path}`, { method, headers, ...sent });
    const text = await answer.text();
    return {
      status: answer.status,
      body: text === '' ? undefined : JSON.parse(text),
      headers: answer.headers,
    };
  };
  // Keeps getters as getters.
  return Object.assign(Object.create(started) as StandIn, { clock, send });
}

/** A reference to a user as in a request. */
export const person = (id: string) => ({ id, type: 'user_reference' });

/** An override as in a request. */
export const override = (start: string, end: string, user: string) => ({ start, end, user: person(user) });
