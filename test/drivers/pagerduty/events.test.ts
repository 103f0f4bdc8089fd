/** Paging through PagerDuty's Events API: taken once, repeated where that is safe, and told where it was not taken. */
import { expect, onTestFinished, test } from 'vitest';
import { sendPage } from '../../../actions/lib/drivers/pagerduty/events.ts';
import { EVENTS_KEY, type EventsStandIn, startEvents } from '../../pagerduty/events-stand-in.ts';

async function events(): Promise<EventsStandIn> {
  const started = await startEvents();
  onTestFinished(() => started.stop());
  return started;
}

const PAGE = {
  dedupKey: 'example/handbook#12',
  summary: 'Critical incident: Modernisation Platform (issue 12)',
  source: 'example/handbook',
  url: 'https://github.com/example/handbook/issues/12',
};

const page = ({ url }: EventsStandIn, key = EVENTS_KEY) => sendPage({ url, key, patienceMs: 1 }, PAGE);

test('a page is one alert, whose text is the service and the number', async () => {
  const to = await events();
  await page(to);
  await page(to);
  expect([...to.alerts.keys()]).toEqual(['example/handbook#12']);
  expect(to.received[0]).toMatchObject({
    event_action: 'trigger',
    payload: { summary: PAGE.summary, severity: 'critical' },
    links: [{ href: PAGE.url }],
  });
});

test.each(['drop', 'dropAfter', { status: 429 }, { status: 500, body: 'oops' }] as const)(
  'after %j it is sent again, and wakes nobody twice',
  async (fault) => {
    const to = await events();
    to.fault(fault, 3);
    await page(to);
    expect([to.alerts.size, to.received.length]).toEqual([1, 4]);
  },
);

test.each([
  ['another key', undefined, 'invalid-key', /400: 'routing_key' is missing or invalid$/, 1],
  ['a limit that stays', { status: 429 }, EVENTS_KEY, /429; its rate limit was not reset in time/, 4],
  ['no JSON', { status: 202, body: '<html>' }, EVENTS_KEY, /sent no JSON/, 4],
  [
    'another event',
    { status: 202, body: { status: 'success', dedup_key: 'x' } },
    EVENTS_KEY,
    /does not confirm the page/,
    1,
  ],
  ['a redirect', { status: 302 }, EVENTS_KEY, /302/, 1],
] as const)('%s is an error without the key', async (_, fault, key, message, sent) => {
  const to = await events();
  if (fault !== undefined) to.fault(fault, 9);
  const error: unknown = await page(to, key).catch((it: unknown) => it);
  expect(String(error)).toMatch(message);
  expect(String(error)).not.toContain(EVENTS_KEY);
  expect([to.alerts.size, to.received.length]).toEqual([0, sent]);
});

test('nobody at the address is an error, after all attempts', async () => {
  const to = await events();
  await to.stop();
  await expect(page(to)).rejects.toThrow(/did not respond to POST v2\/enqueue \(ECONNREFUSED/);
});
