// What Slack's client sends, waits for, repeats, and makes of what it cannot use.
import { expect, test } from 'vitest';
import { addressOf, tokenOf } from '../../../actions/lib/drivers/slack/access.ts';
import { Slack } from '../../../actions/lib/drivers/slack/client.ts';
import { SLACK_TOKEN, slackStandIn } from '../../slack/stand-in.ts';

const WORKSPACE = {
  users: { U1: 'active', U2: 'active', U9: 'deactivated' },
  groups: { S1: { handle: 'ops', users: ['U1'] } },
  channels: { C1: { topic: 'Amara &amp; <https://example.org|example.org>' } },
} as const;
const start = () => slackStandIn(structuredClone(WORKSPACE) as never);

/** The message of what a promise is rejected with, without the token. */
const messageOf = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => 'no error',
    (it: unknown) => it,
  );
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(SLACK_TOKEN);
  return error instanceof Error ? error.message : String(error);
};

test('reads groups, members and channels, and sets both', async () => {
  const slack = await start();
  const client = slack.client();
  expect(await client.userGroups()).toEqual([
    { id: 'S1', handle: 'ops', users: ['U1'], isDisabled: false, isFromDirectory: false, isLocked: false },
  ]);
  await client.setMembers('S1', ['U1', 'U2']);
  expect(await client.members('S1')).toEqual(['U1', 'U2']);
  expect((await client.channel('C1')).topic).toBe('Amara & example.org');
  await client.setTopic('C1', 'Ben <!channel> & 1 > 0');
  expect(slack.state.channels.get('C1')?.topic).toBe('Ben &lt;!channel&gt; &amp; 1 &gt; 0');
  expect((await client.channel('C1')).topic).toBe('Ben <!channel> & 1 > 0');
  expect(client.counts).toEqual({ reads: 4, writes: 2 });
  expect(slack.violations).toEqual([]);
  await expect(client.setMembers('S1', [])).rejects.toThrow('never emptied');
});

test('a group may have no list of members only if it has none', async () => {
  const slack = await start();
  const group = (count: unknown) => ({
    ok: true,
    usergroups: [{ id: 'S1', handle: 'ops', user_count: count }],
  });
  slack.fault('usergroups.list', { body: group(0) });
  expect((await slack.client().userGroups())[0]?.users).toEqual([]);
  slack.fault('usergroups.list', { body: group('2') });
  expect(await messageOf(slack.client().userGroups())).toBe(
    'Slack\'s response to usergroups.list cannot be read: S1 has no list "users"; run it again',
  );
});

test('stays below the limits of each method, and waits as long as Slack says where another client does not', async () => {
  const slack = await start();
  const client = slack.client();
  for (let i = 0; i < 45; i++) await client.members('S1');
  // None of them was refused, although 20 are allowed in a minute.
  expect([slack.requests.length, slack.clock()]).toEqual([45, 120_000]);
  await slack.client().members('S1');
  for (let i = 0; i < 15; i++) await client.members('S1');
  expect(slack.requests.length).toBe(62);
});

test('gives up where Slack lets it wait for longer than a run lasts', async () => {
  const slack = await start();
  slack.fault('usergroups.list', { status: 429, headers: { 'retry-after': '3600' } });
  expect(await messageOf(slack.client().userGroups())).toBe(
    'Slack allows no more usergroups.list for now, and did not in time; run it again',
  );
  slack.fault('usergroups.list', { status: 429 }, 2);
  expect((await slack.client().userGroups()).length).toBe(1);
});

test('a lost answer: reads and whole lists are repeated, a topic is read before it is set again', async () => {
  const slack = await start();
  slack.fault('usergroups.list', 'drop', 2);
  slack.fault('usergroups.users.update', 'lost');
  slack.fault('conversations.setTopic', 'lost');
  const client = slack.client();
  await client.userGroups();
  await client.setMembers('S1', ['U2']);
  await client.setTopic('C1', 'Ben');
  expect(slack.state.groups.get('S1')?.users).toEqual(['U2']);
  expect(slack.state.lines).toEqual(['C1 set the topic: Ben']);
  // One that did not arrive is sent again.
  slack.fault('conversations.setTopic', 'drop');
  await client.setTopic('C1', 'Chi');
  expect(slack.state.lines).toEqual(['C1 set the topic: Ben', 'C1 set the topic: Chi']);
});

test.each([
  [
    'a refusal',
    { body: { ok: false, error: 'not_in_channel' } },
    '(not_in_channel); invite the app to the channel',
  ],
  [
    'a scope',
    { body: { ok: false, error: 'missing_scope', needed: 'channels:read' } },
    "(missing_scope); add the scope channels:read to Slack's app, and install the app again",
  ],
  ['a token', { body: { ok: false, error: 'token_revoked' } }, 'check the token in SLACK_BOT_TOKEN'],
  [
    'an unknown code',
    { body: { ok: false, error: 'new_error' } },
    'Slack refused conversations.info (new_error)',
  ],
  ['words for a code', { body: { ok: false, error: '::error::no\u202e' } }, 'it is no JSON of Slack'],
  ['a page', { body: '<html>' }, 'it is no JSON of Slack'],
  ['nothing', { body: 'null' }, 'it is no JSON of Slack'],
  ['no channel', { body: { ok: true } }, 'it has no channel'],
  [
    'a topic that is no text',
    { body: { ok: true, channel: { id: 'C1', topic: { value: 7 } } } },
    'no text "value"',
  ],
  ['a redirect', { status: 302, headers: { location: 'https://elsewhere.example.org/' } }, 'is not followed'],
  ['a packed file', { headers: { 'content-type': 'application/gzip' }, body: 'x' }, 'it is packed as a file'],
  ['no end', 'endless', 'sends more than 16 MiB'],
] as const)('%s becomes a message with what to do', async (_, fault, text) => {
  const slack = await start();
  slack.fault('conversations.info', fault);
  expect(await messageOf(slack.client().channel('C1'))).toContain(text);
  expect(slack.requests.length).toBe(1);
});

test('an address at which nobody answers, and a server that stays broken', async () => {
  const slack = await start();
  slack.fault('conversations.info', { status: 503 }, 5);
  expect(await messageOf(slack.client().channel('C1'))).toBe(
    'Slack responded to conversations.info with 503; run it again when it is back',
  );
  const client = new Slack({
    url: 'http://127.0.0.1:9/',
    token: SLACK_TOKEN,
    patienceMs: 0,
    wait: async () => {},
  });
  expect(await messageOf(client.channel('C1'))).toMatch(/^Slack did not respond to conversations.info/);
});

test.each([
  ['', 'there is no token of Slack'],
  ['xoxb-1\nxoxb-2', 'does not hold a valid token'],
])('the token %j is refused without showing it', (token, text) => {
  expect(() => tokenOf(token)).toThrow(text);
});

test('only encrypted addresses, or this machine', () => {
  expect(addressOf('')).toBe('https://slack.com/api/');
  expect(addressOf('http://127.0.0.1:8080/')).toBe('http://127.0.0.1:8080/');
  expect(() => addressOf('http://slack.com/api/')).toThrow('unencrypted');
});
