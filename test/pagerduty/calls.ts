/** A stand-in for one test, with a clock that the test moves, and plain calls to it. Nothing here is asserted. */
import { onTestFinished } from 'vitest';
import type { Instant } from '../../actions/lib/timeline.ts';
import { at } from '../handbook.ts';
import type { Settings } from './desk.ts';
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
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into bodies of every shape
  readonly body: any;
  readonly headers: Headers;
}

export interface Called extends StandIn {
  readonly clock: { now: Instant };
  ask(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answered>;
}

/** One that is stopped after the test. */
export async function standIn({
  now = NOW,
  ...given
}: Partial<Omit<Settings, 'now'>> & { readonly now?: string }): Promise<Called> {
  const clock = { now: at(now) };
  const started = await startStandIn({ mode: 'strict', remembers: {}, ...given, now: () => clock.now });
  onTestFinished(() => started.stop());
  const ask: Called['ask'] = async (method, path, body, headers = HEADERS) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${started.url}${path}`, { method, headers, ...sent });
    const text = await answer.text();
    return {
      status: answer.status,
      body: text === '' ? undefined : JSON.parse(text),
      headers: answer.headers,
    };
  };
  // Its getters are to stay getters.
  return Object.assign(Object.create(started) as StandIn, { clock, ask });
}

/** A person's reference, as a request has it. */
export const person = (id: string) => ({ id, type: 'user_reference' });

/** An override as a request has it. */
export const override = (start: string, end: string, user: string) => ({ start, end, user: person(user) });
