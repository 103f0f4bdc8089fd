// Announcements by webhook: once per hand-over and chat, only while it is ahead, whatever is stopped or lost.
import { expect, onTestFinished, test } from 'vitest';
import { webhooksIn } from '../../actions/lib/drivers/webhook/access.ts';
import { connect } from '../../actions/lib/github/connection.ts';
import { issueLedger } from '../../actions/lib/programs/post-ledger-issue.ts';
import { postingNotes, usedWebhooks } from '../../actions/lib/programs/posting-means.ts';
import { announceByWebhooks, announcedText } from '../../actions/lib/programs/webhook-posts.ts';
import { type GitHub, startGitHub } from '../github/github.ts';
import { TOKEN } from '../github/runner.ts';
import { aHandbook, at, NIGHTS_ROTA, sound } from '../handbook.ts';
import { sampled } from '../sampled.ts';
import { SECRET, type WebhookStandIn, webhookStandIn } from '../webhook/stand-in.ts';

const TEAM =
  'name: PaaS\nslack: {channel: C0PAAS, hand_over: {}}\nmicrosoft_teams: {hand_over: {before: 1 hour}}';
const HANDBOOK = sound(
  aHandbook({
    people: { amara: 'name: Amara, slack: U1', ben: 'name: Ben, slack: U2', chi: 'name: Chi' },
    rotas: {
      'paas/team': TEAM,
      'paas/nights': NIGHTS_ROTA,
      'mp/team': 'name: MP\nslack: {channel: C0MP, hand_over: {}}',
      'mp/nights': NIGHTS_ROTA,
    },
  }),
);

/** The hand-over is at 09:00 UTC: Teams is told from 08:00 on, and Slack from 08:45 on. */
const [BEFORE, DUE_IN_TEAMS, DUE, OVER] = ['07:59:59', '08:00:00', '08:45:00', '09:00:00'].map(
  (time) => `2026-09-09T${time}Z`,
) as [string, string, string, string];

interface Desk {
  readonly github: GitHub;
  readonly slack: WebhookStandIn;
  readonly teams: WebhookStandIn;
  /** One run, at whose beginning it is `now`; the lines of its log, and what it ended with. */
  run(now: string, later?: string): Promise<readonly string[]>;
}

async function desk(): Promise<Desk> {
  const github = await startGitHub({});
  onTestFinished(() => github.stop());
  const [slack, teams] = [await webhookStandIn('slack'), await webhookStandIn('teams')];
  const webhooks = webhooksIn({
    SLACK_WEBHOOK: `paas ${slack.of('C0PAAS')}`,
    TEAMS_WEBHOOK: teams.of('PaaS'),
  });
  const run = async (now: string, later = now) => {
    github.state.now = now;
    const times = [now];
    const { owner, name: repo } = github.state;
    const connection = connect({
      ...{ token: TOKEN, apiUrl: github.url, repository: { owner, repo }, commentAuthor: github.state.login },
    });
    const lines: string[] = [];
    await announceByWebhooks(HANDBOOK, {
      ...{ webhooks, ledger: issueLedger(connection), clock: () => at(times.shift() ?? later) },
      report: (announced) => void lines.push(announcedText(announced)),
    }).catch((error: unknown) => void lines.push(`error: ${error}`));
    expect(lines.join()).not.toContain(SECRET);
    expect(JSON.stringify(github.state.issues)).not.toContain(SECRET);
    return lines;
  };
  return { github, slack, teams, run };
}

const told = ({ slack, teams }: Desk): readonly number[] => [slack.posts.length, teams.posts.length];
const entries = ({ github }: Desk): readonly string[] =>
  (github.state.issues[0]?.body ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| paas'))
    .map((line) => line.split(' | ').slice(2, 4).join(' '));

const WHAT = 'the hand-over of paas/nights at 2026-09-09T09:00:00Z';

test('each chat is told once, when it is due and not over, and the record forgets what is over', async () => {
  const it = await desk();
  expect(await it.run(BEFORE)).toEqual([]);
  expect(it.github.requests).toEqual([]);
  expect(await it.run(DUE_IN_TEAMS)).toEqual([`Announced ${WHAT} in Teams`]);
  expect(entries(it)).toEqual(['teams sent']);
  expect(await it.run(DUE)).toEqual([`Announced ${WHAT} in Slack`]);
  expect(it.slack.posts).toEqual([
    {
      channel: 'C0PAAS',
      body: {
        text: '*PaaS, Nights: hand-over on Wed 9 Sep 10:00 (Europe/London)*\nengineer: <@U1> hands over to <@U2>',
        unfurl_links: false,
      },
    },
  ]);
  expect(await it.run(DUE)).toEqual([]);
  expect(it.github.state.issues).toMatchObject([{ state: 'closed', title: 'Announced hand-overs' }]);
  expect(await it.run(OVER)).toEqual([]);
  expect(told(it)).toEqual([1, 1]);
  await it.run('2026-09-16T08:00:00Z');
  expect(entries(it)).toEqual(['teams sent']);
  expect(it.github.violations).toEqual([]);
});

test('what is lost may have been sent: it is said in every run, and not repeated', async () => {
  const it = await desk();
  await it.run(DUE_IN_TEAMS);
  it.slack.fault('dropAfter');
  const lines = [
    expect.stringContaining(`The announcement of ${WHAT} in Slack may have been sent, and is not repeated`),
  ];
  expect(await it.run(DUE)).toEqual(lines);
  expect(entries(it)).toEqual(['teams sent', 'slack sending']);
  expect(await it.run(DUE)).toEqual(lines);
  expect(told(it)).toEqual([1, 1]);
});

test('what was refused is sent by a later run, while the hand-over is ahead', async () => {
  const it = await desk();
  await it.run(DUE_IN_TEAMS);
  it.slack.fault({ status: 429 }, 2);
  expect(await it.run(DUE)).toEqual([
    expect.stringContaining(`Did not announce ${WHAT} in Slack: Slack responded`),
  ]);
  expect(entries(it)).toEqual(['teams sent']);
  await it.run(DUE);
  expect(await it.run(DUE)).toEqual([`Announced ${WHAT} in Slack`]);
  it.slack.fault({ status: 429 });
  expect(await it.run(OVER)).toEqual([]);
  expect(told(it)).toEqual([1, 1]);
});

test.each(sampled([0, 1, 2, 3, 4, 5, 6], 3))(
  'stopped after %i writes to GitHub: nobody is told twice',
  async (writes) => {
    const it = await desk();
    it.github.stopAfter(writes);
    await it.run(DUE);
    it.github.stopAfter(Number.POSITIVE_INFINITY);
    await it.run(DUE);
    await it.run(DUE);
    // What was recorded before it was sent, and no further, may be missing.
    const missing = entries(it).filter((entry) => entry.endsWith('sending')).length;
    for (const count of told(it)) expect(count).toBeLessThanOrEqual(1);
    expect((told(it)[0] ?? 0) + (told(it)[1] ?? 0)).toBeGreaterThanOrEqual(2 - missing);
    expect(it.github.state.issues.length).toBe(1);
  },
);

test('a run that lasts until the hand-over announces nothing any more', async () => {
  const it = await desk();
  expect(await it.run(DUE, OVER)).toEqual([
    `Did not announce ${WHAT} in Slack, as it is over`,
    `Did not announce ${WHAT} in Teams, as it is over`,
  ]);
  expect(told(it)).toEqual([0, 0]);
});

test('a lost answer of GitHub makes no second record', async () => {
  const it = await desk();
  it.github.fault('issues/create', 'dropAfter');
  await it.run(DUE);
  expect(it.github.state.issues.length).toBe(1);
  expect(told(it)).toEqual([1, 1]);
});

test('what is switched off, and what a webhook cannot do, is said', () => {
  const notes = (hasSlackToken: boolean, env: Readonly<Record<string, string>>) =>
    postingNotes(HANDBOOK, { hasSlackToken, webhooks: webhooksIn(env) });
  const address = `https://example.org/${SECRET}`;
  expect(notes(false, {})).toEqual([
    'mp wants posts of hand-overs in Slack, and nothing can send them; set SLACK_BOT_TOKEN or SLACK_WEBHOOK',
    'paas wants posts of hand-overs in Slack, and nothing can send them; set SLACK_BOT_TOKEN or SLACK_WEBHOOK',
    'paas wants posts of hand-overs in Teams, and nothing can send them; set TEAMS_WEBHOOK',
  ]);
  expect(
    notes(false, { SLACK_WEBHOOK: `paas ${address}\nxoxb-1 ${address}`, TEAMS_WEBHOOK: address }),
  ).toEqual([
    'SLACK_WEBHOOK can only post, and only while a run lasts; topics, user groups and posts at the exact time need SLACK_BOT_TOKEN',
    '1 line of SLACK_WEBHOOK name no team of the handbook',
    'mp wants posts of hand-overs in Slack, and nothing can send them; set SLACK_BOT_TOKEN or SLACK_WEBHOOK',
    'TEAMS_WEBHOOK can only post, and only while a run lasts',
  ]);
  const both = webhooksIn({ SLACK_WEBHOOK: address, TEAMS_WEBHOOK: address });
  expect(notes(true, { SLACK_WEBHOOK: address })[0]).toBe(
    'SLACK_WEBHOOK is not used for hand-overs, because SLACK_BOT_TOKEN is set',
  );
  expect(usedWebhooks({ hasSlackToken: true, webhooks: both }).map(({ chat }) => chat)).toEqual(['teams']);
});
