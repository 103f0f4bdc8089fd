// Webhooks as a secret holds them, and one post: what becomes of it, and that no address is in any message.
import { expect, test } from 'vitest';
import { webhooksIn } from '../../../actions/lib/drivers/webhook/access.ts';
import { sendPost } from '../../../actions/lib/drivers/webhook/client.ts';
import { WebhookFault } from '../../../actions/lib/drivers/webhook/fault.ts';
import { listen } from '../../loopback.ts';
import { SECRET, type WebhookAnswer, webhookStandIn } from '../../webhook/stand-in.ts';

const ADDRESS = `https://hooks.slack.com/services/T0/${SECRET}`;

test('one address is that of every team, and lines are those of their teams', () => {
  expect(webhooksIn({ SLACK_WEBHOOK: '', TEAMS_WEBHOOK: ' \n' })).toEqual([]);
  const [one] = webhooksIn({ SLACK_WEBHOOK: `${ADDRESS}\n` });
  expect([one?.chat, one?.of('paas'), one?.teams]).toEqual(['slack', ADDRESS, []]);
  const [each] = webhooksIn({ TEAMS_WEBHOOK: `paas ${ADDRESS}1\r\n\n  mod-platform\t${ADDRESS}2` });
  expect([each?.chat, each?.teams]).toEqual(['teams', ['paas', 'mod-platform']]);
  expect(['paas', 'mod-platform', 'govpress'].map((team) => each?.of(team))).toEqual([
    `${ADDRESS}1`,
    `${ADDRESS}2`,
    undefined,
  ]);
});

test.each([
  [SECRET, 'SLACK_WEBHOOK has no address that begins with https://; copy it'],
  [`http://example.org/${SECRET}`, 'SLACK_WEBHOOK has no address that begins with https://'],
  [`file:///${SECRET}`, 'SLACK_WEBHOOK has no address'],
  [`paas ${ADDRESS}\n${ADDRESS}`, 'line 2 of SLACK_WEBHOOK is not the id of a team and an address'],
  [`paas ${ADDRESS} ${ADDRESS}`, 'line 1 of SLACK_WEBHOOK is not'],
  [`PaaS ${ADDRESS}`, 'line 1 of SLACK_WEBHOOK is not'],
  [`paas ${ADDRESS}\n\npaas ${ADDRESS}2`, 'line 3 of SLACK_WEBHOOK is a second one for its team'],
  [`paas ${SECRET}`, 'line 1 of SLACK_WEBHOOK has no address'],
])('%j cannot be read, and the message does not show it', (text, message) => {
  const read = () => webhooksIn({ SLACK_WEBHOOK: text });
  expect(read).toThrow(message);
  expect(read).not.toThrow(SECRET);
});

/** The fault of one post. */
async function faultAfter(chat: 'slack' | 'teams', answer: WebhookAnswer) {
  const standIn = await webhookStandIn(chat);
  standIn.fault(answer);
  const sending = sendPost({ chat, team: 'paas', address: standIn.of('C1') }, { text: 'Hello' });
  const fault: unknown = await sending.catch((error: unknown) => error);
  if (!(fault instanceof WebhookFault)) throw new Error(`no fault of a webhook: ${fault}`);
  const { message, data, cause, mayHaveHappened } = fault;
  const shown = JSON.stringify([message, data, cause ?? null]);
  expect(shown).not.toContain(SECRET);
  expect(shown).not.toContain('127.0.0.1');
  return { message, mayHaveHappened, requests: standIn.requests() };
}

test.each(['slack', 'teams'] as const)('a post of %s is confirmed', async (chat) => {
  const standIn = await webhookStandIn(chat);
  await sendPost({ chat, team: 'paas', address: standIn.of('C1') }, { text: 'Hello' });
  expect(standIn.posts).toEqual([{ channel: 'C1', body: { text: 'Hello' } }]);
});

const ELSEWHERE = { location: `https://example.org/${SECRET}` };
test.each([
  ['slack', { status: 404, text: 'no_service' }, false, 'with 404 (no_service); the webhook was removed'],
  ['slack', { status: 410, text: 'channel_is_archived' }, false, 'make a webhook for another channel'],
  ['slack', { status: 403, text: `secret ${SECRET}` }, false, 'with 403; check SLACK_WEBHOOK'],
  ['slack', { status: 429 }, false, 'the next run sends it'],
  ['slack', { status: 302, headers: ELSEWHERE }, false, 'redirects are not followed'],
  ['teams', { status: 401 }, false, 'check TEAMS_WEBHOOK, and that the workflow is on'],
  ['teams', { status: 502 }, true, 'look into the channel, as it may be there'],
  ['slack', 'drop', true, 'there was no response to the post of team paas to Slack'],
  ['slack', 'dropAfter', true, 'look into the channel'],
] as const)('%s, %j: may be in the channel: %s', async (chat, answer, mayHaveHappened, message) => {
  const outcome = await faultAfter(chat, answer);
  expect(outcome).toEqual({ message: expect.stringContaining(message), mayHaveHappened, requests: 1 });
});

test('an answer that is too long is not read', async () => {
  const outcome = await faultAfter('slack', { status: 200, text: 'x'.repeat(70_000) });
  expect(outcome).toMatchObject({ mayHaveHappened: true, message: expect.stringContaining('be read') });
});

test('without a connection nothing was sent', async () => {
  const { url, stop } = await listen(
    async () => {},
    () => {},
  );
  await stop();
  const sending = sendPost({ chat: 'slack', team: 'paas', address: `${url}/C1/${SECRET}` }, {});
  await expect(sending).rejects.toMatchObject({
    mayHaveHappened: false,
    message: expect.stringContaining('(ECONNREFUSED)'),
  });
});
