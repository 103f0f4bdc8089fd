/**
 * The action with stand-ins of GitHub, Slack, Zendesk, a mail server and webhooks: some runs as GitHub runs it, as a
 * child process, and the others in this one.
 */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Ran, runAction, TOKEN } from '../github/runner.ts';
import { busyFriday, EVERY_WAY, endOf, everything, NO_WRITES, scene, told } from '../notify/busy-friday.ts';
import { runNotify } from '../notify/job.ts';
import {
  AMARA,
  GROUP,
  ROTA_FILE,
  type Scene,
  SWAPPED,
  trafficOf,
  trafficSince,
  violationsOf,
} from '../notify/scene.ts';
import { git } from '../process.ts';
import { SLACK_TOKEN } from '../slack/stand-in.ts';
import { SECRET } from '../webhook/stand-in.ts';
import { CANARY } from '../zendesk/account.ts';
import { TOKEN as ZENDESK_TOKEN } from '../zendesk/stand-in.ts';

const main = join(import.meta.dirname, '../../actions/notify/action.yml');

/** A rota with an error. */
const DAYS = `name: Days
timezone: Europe/London
handover: {day: monday, time: "10:00"}
roles: {engineer: {rotation: [{first_turn: 2026-09-07, people: [nobody-here]}]}}
`;

/** A run as a child process, of the push of the last commit. */
const asGitHub = (
  { root, github, slack, zendesk, commits, now }: Scene,
  secrets: Readonly<Record<string, string>>,
  inputs: Readonly<Record<string, string>> = {},
): Promise<Ran> =>
  runAction({
    main,
    inputs: {
      ...{ now: now(), 'slack-api': slack.url, 'zendesk-subdomain': 'example', 'zendesk-api': zendesk.url },
      ...inputs,
    },
    eventName: 'push',
    event: { before: commits.at(-2) ?? '', after: commits.at(-1) ?? '' },
    env: { GITHUB_WORKSPACE: root, ...secrets },
    cwd: root,
    github,
  });

/** Everything that somebody can read of a run, and on GitHub. */
function readable({ github }: Scene, runs: readonly Pick<Ran, 'stdout' | 'summary'>[]): string {
  const comments = github.state.pulls.flatMap((pull) => pull.comments);
  const logs = runs.map(({ stdout }) => stdout.replace(/^::add-mask::.*$/gm, ''));
  return JSON.stringify([logs, runs.map(({ summary }) => summary), comments, github.state.issues]);
}

const CANARIES = [
  ...[TOKEN, SLACK_TOKEN, ZENDESK_TOKEN, 'canary', CANARY, SECRET],
  ...['administrator@example.org', String(AMARA), 'U0AMARA'],
];

const seen = (text: string): readonly string[] => CANARIES.filter((it) => text.includes(it));

describe('as GitHub runs it', () => {
  test('with nothing set: the comment, the issue of the hand-over, and what is switched off', async () => {
    const there = await scene({ messages: EVERY_WAY });
    await there.goTo('2026-09-10T07:03:00Z');
    there.merge(7, { [ROTA_FILE]: SWAPPED });
    const { status, stdout, summary } = await asGitHub(there, {}, { 'zendesk-subdomain': '' });
    expect([status, summary]).toEqual([0, '']);
    expect(stdout.replace(/^::add-mask::.*\n/gm, '')).toBe(`
# News of merges
5 messages told on pull request 7
news by Slack are switched off; set SLACK_BOT_TOKEN for them
news by e-mail are switched off; set SMTP_URL for them

# Topics and user groups in Slack
switched off; set SLACK_BOT_TOKEN for paas

# Groups in Zendesk
switched off; set the variable ZENDESK_SUBDOMAIN, and ZENDESK_EMAIL with ZENDESK_API_TOKEN, or ZENDESK_OAUTH_TOKEN for paas

# Posts of hand-overs
paas wants posts of hand-overs in Slack, and nothing can send them; set SLACK_BOT_TOKEN or SLACK_WEBHOOK

# Issues of hand-overs
issue 8: opened for paas/support, 2026-09-11
issue 8: brought up to date (body, assignees)
`);
    const { pulls, issues } = there.github.state;
    expect(pulls[0]?.comments).toHaveLength(1);
    expect(issues.map(({ assignees }) => assignees)).toEqual([['amara-osei', 'dee-novak']]);
    expect([there.slack.requests, there.zendesk.requests, violationsOf(there)]).toEqual([[], [], []]);
  });

  test('a handbook in a folder is told of like one at the top', async () => {
    const there = await scene({ messages: EVERY_WAY });
    mkdirSync(join(there.root, 'desk'));
    git(there.root, there.now(), 'mv', 'rotas', 'policies', 'desk');
    there.push();
    await there.goTo('2026-09-10T07:03:00Z');
    there.merge(7, { [`desk/${ROTA_FILE}`]: SWAPPED });
    const { status, stdout } = await asGitHub(there, {}, { 'zendesk-subdomain': '', root: 'desk' });
    expect([status, stdout.match(/^.*(?:pull request 7|: opened).*$/gm)]).toEqual([
      0,
      ['5 messages told on pull request 7', 'issue 8: opened for paas/support, 2026-09-11'],
    ]);
    expect(violationsOf(there)).toEqual([]);
  });

  test('with everything set, each part does its own; a run again writes nothing; nobody reads a secret', async () => {
    const [there, { mail, hook, teams, secrets }] = [await busyFriday(), await everything()];
    const first = await asGitHub(there, secrets);
    expect(first.status).toBe(0);
    expect(endOf(there)).toMatchObject({ topic: 'On support: Amara Osei', group: ['U0AMARA'], comments: 1 });
    expect(there.zendesk.groups.members[GROUP]).toEqual([AMARA]);
    expect(there.slack.state.scheduled).toHaveLength(2);
    expect([told(there).length, mail.mails.length, teams.posts.length, hook.posts.length]).toEqual([
      4, 2, 1, 0,
    ]);
    expect(there.github.state.issues.map(({ title }) => title)).toEqual([
      'Announced hand-overs',
      'Hand-over: paas/support, Fri 11 Sep 10:00',
      'Hand-over: paas/support, Mon 14 Sep 10:00',
    ]);
    for (const secret of Object.values(secrets)) expect(first.masks).toContain(secret.split(' ').at(-1));
    // The id of the team before the address of a webhook is none, and is in the names of its rotas.
    expect(first.masks).not.toContain('paas');
    const before = trafficOf(there);
    const second = await asGitHub(there, secrets);
    const { requests, writes } = trafficSince(before, trafficOf(there));
    process.stdout.write(`the action once more, with nothing to do: ${JSON.stringify(requests)} requests\n`);
    expect([second.status, writes, mail.mails.length, teams.posts.length]).toEqual([0, NO_WRITES, 2, 1]);
    expect(requests.Slack).toBeLessThanOrEqual(3);
    expect(seen(readable(there, [first, second]) + first.stderr + second.stderr)).toEqual([]);
    expect(violationsOf(there)).toEqual([]);
  });
});

describe('one part that fails leaves the others done', () => {
  test.each([
    [
      'a token of Slack that is none any more',
      ({ slack }: Scene) => slack.fault('usergroups.list', { body: { ok: false, error: 'invalid_auth' } }),
      'slack: Slack refused usergroups.list (invalid_auth); check the token in SLACK_BOT_TOKEN',
      'slack',
    ],
    [
      'Zendesk out of order',
      ({ zendesk }: Scene) => zendesk.fault('/groups/', { status: 500, body: CANARY }, 99),
      'Zendesk: 1 thing to fix first; see above',
      'zendesk',
    ],
    [
      'a comment that GitHub does not take',
      ({ github }: Scene) =>
        github.fault('issues/create-comment', { status: 403, body: { message: 'No' } }, { times: 9 }),
      expect.stringMatching(/^the news could not all be told; .*: No/),
      'news',
    ],
  ])('%s', async (_, breakIt, message, part) => {
    const there = await busyFriday();
    breakIt(there);
    const ran = await runNotify(there);
    const errors = ran.annotations.map((it) => it.message);
    expect([ran.status, errors]).toEqual([
      1,
      [message, `somebody has to look at ${part}; 4 other parts went well`],
    ]);
    expect([
      there.github.state.pulls[0]?.comments.length === 1,
      there.slack.state.groups.get('S0SUPPORT')?.users[0] === 'U0AMARA',
      there.zendesk.groups.members[GROUP]?.length === 1,
      there.slack.state.scheduled.length === 2,
    ]).toEqual(['news', 'slack', 'zendesk', 'posts'].map((it) => it !== part));
    expect(there.github.state.issues).toHaveLength(2);
    expect(seen(readable(there, [ran]))).toEqual([]);
  });

  test('a handbook with errors changes nothing but what news there are', async () => {
    const there = await busyFriday();
    there.push({ 'rotas/paas/days.yaml': DAYS });
    const ran = await runNotify(there);
    expect(ran.status).toBe(1);
    expect(there.slack.writes.filter((it) => !it.startsWith('chat.postMessage'))).toEqual([]);
    expect(there.zendesk.requests).toEqual([]);
    expect(ran.annotations.at(-1)?.message).toBe(
      'somebody has to look at slack, zendesk, posts, handovers; 1 other part went well',
    );
    expect(ran.summary).toContain('nobody-here');
  });

  test('what services say when they fail is in no log, summary, comment or issue', async () => {
    const [there, { mail, teams, secrets }] = [await busyFriday(), await everything()];
    mail.faults = { rcpt: '550 5.1.1 canary@example.org is unknown' };
    teams.fault({ status: 403, text: CANARY });
    there.slack.fault('chat.postMessage', { body: { ok: false, error: `canary ${SLACK_TOKEN}` } }, 9);
    there.slack.fault('conversations.info', { status: 500, body: CANARY }, 99);
    there.zendesk.fault('/group_memberships/', { status: 422, body: { error: CANARY } }, 99);
    const ran = await runNotify(there, { secrets });
    expect([ran.status, seen(readable(there, [ran]))]).toEqual([1, []]);
    expect(ran.annotations.at(-1)?.message).toContain('look at news, slack, zendesk, posts');
  });
});

describe('inputs', () => {
  test('the mode plan shows what would change, and writes nothing', async () => {
    const [there, { mail, teams, secrets }] = [await busyFriday(), await everything()];
    const { status, stdout, summary } = await runNotify(there, { mode: 'plan', secrets });
    expect([status, trafficOf(there).writes, mail.mails, teams.posts]).toEqual([0, NO_WRITES, [], []]);
    expect(stdout).toContain('now "On support: Amara Osei"');
    expect(summary.match(/^## .*/gm)).toEqual([
      '## Topics and user groups in Slack',
      '## Groups in Zendesk',
      '## Posts of hand-overs',
    ]);
  });

  test('parts are run alone', async () => {
    const there = await busyFriday();
    const { stdout } = await runNotify(there, { parts: 'handovers, zendesk' });
    expect(stdout.match(/^# .*/gm)).toEqual(['# Groups in Zendesk', '# Issues of hand-overs']);
    expect([there.slack.requests, there.github.state.pulls[0]?.comments]).toEqual([[], []]);
  });

  test.each([
    ['mode', { mode: 'aply' }, 'the input "mode" has "aply"; name one of apply, plan'],
    [
      'parts',
      { parts: 'slack everything' },
      /^the input "parts" has "everything"; name one of news, slack, /,
    ],
    ['allow', { allow: 'all' }, 'the input "allow" has "all"; name one of many-writes, not-the-tip'],
    ['most-writes', { mostWrites: '1e9' }, /^the input "most-writes" is "1e9"; write a number/],
    ['approved', { approved: 'yes' }, /^the input "approved" is "yes"; write all 16 letters and digits/],
  ])('%s that is not known is an error before anything is done', async (_, inputs, message) => {
    const there = await busyFriday();
    const { status, annotations } = await runNotify(there, inputs);
    expect([status, annotations.map((it) => it.message)]).toEqual([
      1,
      [typeof message === 'string' ? message : expect.stringMatching(message)],
    ]);
    expect([there.github.requests, there.slack.requests, there.zendesk.requests]).toEqual([[], [], []]);
  });

  test('more changes than are allowed at once are refused, and said', async () => {
    const there = await busyFriday();
    const { status, annotations } = await runNotify(there, { parts: 'slack', mostWrites: '1' });
    expect([status, there.slack.writes]).toEqual([1, []]);
    expect(annotations.map((it) => it.message)).toEqual([
      'the plan for Slack is refused as it is; see above',
      'somebody has to look at slack; there was nothing else to do',
    ]);
    expect((await runNotify(there, { parts: 'slack', mostWrites: '1', allow: 'many-writes' })).status).toBe(
      0,
    );
  });
});
