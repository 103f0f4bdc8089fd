/** `rota plan slack` and `rota apply slack` end to end: runs in real folders against the stand-in. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { but, texts } from '../handbook.ts';
import { rotaInProcess } from '../in-process.ts';
import { fill, folder, git as gitAt } from '../process.ts';
import { SLACK_TOKEN, type SlackStandIn, slackStandIn } from '../slack/stand-in.ts';

const NOW = '2026-12-02T12:00:00Z';

/** Two teams: GovPress with a topic only, PaaS with a topic and two user groups; Ben is on since Wednesday. */
const FILES = `== rotas/people.yaml
people:
  amara-osei: {name: Amara Osei, slack: U0AMARA, vetted_on: 2020-01-01}
  ben-adeyemi: {name: "Ben & Co @here", slack: U0BEN, email: ben.adeyemi@example.org}
  chi-wong: {name: Chi Wong, slack: U0CHI}
  dee-novak: {name: Dee Novak}
  eve-klein: {name: Eve Klein}
== rotas/govpress/team.yaml
name: GovPress
slack: {channel: C0GOV, topic: "Help: {govpress/desk/developer}"}
== rotas/govpress/desk.yaml
name: Desk
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles:
  developer:
    rotation: [{first_turn: 2026-11-25, people: [eve-klein, dee-novak]}]
== rotas/paas/team.yaml
name: PaaS
slack:
  channel: C0PAAS
  topic: "On support: {paas/on-call/engineer}, {paas/on-call/comms}"
  user_groups:
    S0OPS: [paas/on-call/engineer, paas/on-call/comms]
    S0ENG: {roles: [paas/on-call/engineer], owned: true}
== rotas/paas/on-call.yaml
name: On call
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles:
  engineer:
    rotation: [{first_turn: 2026-11-25, people: [amara-osei, ben-adeyemi]}]
  comms:
    rotation: [{first_turn: 2026-11-25, people: [chi-wong]}]
`;

const WORKSPACE = {
  users: { U0AMARA: 'active', U0BEN: 'active', U0CHI: 'active', U0HAND: 'active' },
  groups: {
    S0OPS: { handle: 'ops', users: ['U0AMARA', 'U0CHI', 'U0HAND'] },
    S0ENG: { handle: 'engineers', users: ['U0AMARA', 'U0HAND'] },
  },
  channels: { C0PAAS: { topic: '' }, C0GOV: { topic: 'Help: Eve Klein' } },
} as const;

interface Desk {
  readonly root: string;
  readonly slack: SlackStandIn;
  run(...words: readonly string[]): ReturnType<typeof rotaInProcess>;
}

async function desk(files = FILES): Promise<Desk> {
  const slack = await slackStandIn(structuredClone(WORKSPACE) as never);
  onTestFinished(() => expect(slack.violations).toEqual([]));
  const root = folder(texts(files));
  const run = async (...words: readonly string[]) => {
    const all = ['--now', NOW, ...words, '--api', slack.url];
    const ran = await rotaInProcess(root, all, { SLACK_BOT_TOKEN: SLACK_TOKEN });
    expect(`${ran.stdout}${ran.stderr}`).not.toContain(SLACK_TOKEN);
    expect(`${ran.stdout}${ran.stderr}`).not.toContain('example.org');
    return ran;
  };
  return { root, slack, run };
}

const PLAN = ['plan', 'slack'] as const;
const APPLY = ['apply', 'slack', '--allow', 'not-the-tip'] as const;

describe('rota plan slack', () => {
  test('prints what would change, and sends nothing', async () => {
    const { run, slack } = await desk();
    const { status, stdout, stderr } = await run(...PLAN);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.replace(/[0-9a-f]{16}/, '<digest>')).toBe(`7 changes to make in Slack

govpress topic (C0GOV)
  was "Help: Eve Klein"
  now "Help: Dee Novak"

paas topic (C0PAAS)
  was empty
  now "On support: Ben & Co ＠here, Chi Wong"

paas user group (S0OPS): 1 to add, 1 to remove, 1 kept
  add ben-adeyemi
  remove amara-osei
  U0HAND (not in the handbook), added by hand in Slack; kept

paas user group (S0ENG): 1 to add, 2 to remove
  add ben-adeyemi
  remove amara-osei
  remove U0HAND (not in the handbook)

digest <digest>
`);
    expect(slack.writes).toEqual([]);
    expect(slack.requests.toSorted()).toEqual([
      'conversations.info',
      'conversations.info',
      'usergroups.list',
    ]);
  });

  test('the same as JSON', async () => {
    const { run } = await desk();
    const { stdout } = await run('--format', 'json', ...PLAN);
    expect(JSON.parse(stdout)).toMatchObject({
      service: 'Slack',
      now: NOW,
      writes: 7,
      targets: [
        { team: 'govpress', kind: 'topic', id: 'C0GOV', before: 'Help: Eve Klein', after: 'Help: Dee Novak' },
        { team: 'paas', kind: 'topic', id: 'C0PAAS' },
        { kind: 'user group', id: 'S0OPS', add: [{ id: 'U0BEN' }], by_hand: [{ id: 'U0HAND' }] },
        { kind: 'user group', id: 'S0ENG', remove: [{ id: 'U0AMARA' }, { id: 'U0HAND' }] },
      ],
      refusals: [],
    });
  });

  test('says what to do about errors of the handbook, without reading Slack', async () => {
    const { run, slack } = await desk(but(FILES, 'people: [chi-wong]', 'people: [chi-wrong]'));
    const { status, stdout } = await run(...PLAN);
    expect([status, stdout]).toEqual([
      1,
      expect.stringMatching(/\nSlack was skipped, because of 1 error\n$/),
    ]);
    expect(slack.requests).toEqual([]);
  });
});

describe('rota apply slack', () => {
  test('applies, reads back, and has nothing to do the next time', async () => {
    const { run, slack, root } = await desk();
    const { status, stderr } = await run(...APPLY, '--audit', join(root, 'audit.json'));
    expect([status, stderr]).toEqual([0, 'done and read back, in 4 writes and 10 reads\n']);
    expect(slack.state.lines).toEqual([
      'C0GOV set the topic: Help: Dee Novak',
      'C0PAAS set the topic: On support: Ben &amp; Co ＠here, Chi Wong',
    ]);
    expect(slack.state.groups.get('S0OPS')?.users).toEqual(['U0CHI', 'U0HAND', 'U0BEN']);
    expect(slack.state.groups.get('S0ENG')?.users).toEqual(['U0BEN']);
    const audit = JSON.parse(readFileSync(join(root, 'audit.json'), 'utf8'));
    expect(audit).toMatchObject({ service: 'Slack', outcome: 'verified', trouble: [] });
    expect(audit.targets[2]).toEqual({
      ...{ team: 'paas', kind: 'user group', id: 'S0OPS' },
      ...{ added: ['U0BEN'], removed: ['U0AMARA'] },
    });
    slack.requests.length = 0;
    const again = await run(...APPLY);
    expect([again.status, again.stdout.split('\n')[0]]).toEqual([0, 'Slack matches the handbook']);
    expect(slack.requests.length).toBe(3);
    expect(slack.writes.length).toBe(4);
    expect((await run(...PLAN, '--expect-no-changes')).status).toBe(0);
  });

  test('refuses what is not the tip, or not what was approved; drift has its own status', async () => {
    const { run, slack, root } = await desk();
    const refused = await run('apply', 'slack');
    expect([refused.status, refused.stdout]).toEqual([1, expect.stringContaining('[not-the-tip]')]);
    const other = await run(...APPLY, '--approved', '0'.repeat(16));
    expect([other.status, other.stdout]).toEqual([1, expect.stringContaining('[another-plan]')]);
    const many = await run(...APPLY, '--most-writes', '5');
    expect([many.status, many.stdout]).toEqual([1, expect.stringContaining('[many-writes]')]);
    const drift = await run(...PLAN, '--expect-no-changes', '--most-writes', '5');
    expect([drift.status, drift.stdout.split('\n')[0]]).toEqual([
      1,
      'Drift: Slack differs from the handbook by 7 changes to make',
    ]);
    expect(slack.writes).toEqual([]);
    // At the tip of the main branch, with the digest that the plan printed.
    const git = (...words: readonly string[]) => gitAt(root, NOW, ...words);
    const origin = folder();
    gitAt(origin, NOW, 'init', '-q', '--bare', '-b', 'main');
    git('init', '-q', '-b', 'main');
    git('remote', 'add', 'origin', origin);
    git('add', '-A', 'rotas');
    git('commit', '-qm', 'a handbook');
    git('push', '-q', 'origin', 'main');
    const [, digest = ''] = /digest ([0-9a-f]{16})/.exec((await run(...PLAN)).stdout) ?? [];
    expect((await run('apply', 'slack', '--approved', digest)).status).toBe(0);
    fill(root, texts(but(FILES, 'Help:', 'Ask:')));
    expect((await run('apply', 'slack')).stdout).toContain('it is not known whether this is the tip');
  });

  test('a fault stops one target; the run says which, and the next one continues', async () => {
    const { run, slack } = await desk();
    slack.fault('conversations.setTopic', { body: { ok: false, error: 'user_is_restricted' } });
    const { status, stderr } = await run(...APPLY);
    expect([status, stderr]).toEqual([
      3,
      'rota: govpress topic (C0GOV): Slack refused conversations.setTopic (user_is_restricted); only some may set ' +
        'the topic there; let the app do it, or remove the topic from team.yaml\n',
    ]);
    expect(slack.state.groups.get('S0ENG')?.users).toEqual(['U0BEN']);
    expect(await run(...APPLY)).toMatchObject({ status: 0 });
    expect(slack.state.channels.get('C0GOV')?.topic).toBe('Help: Dee Novak');
  });

  test('a token that is worth nothing ends the run with status 3', async () => {
    const { run, slack } = await desk();
    slack.fault('usergroups.list', { body: { ok: false, error: 'token_revoked' } });
    expect(await run(...APPLY)).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('(token_revoked); check the token in SLACK_BOT_TOKEN'),
    });
    slack.fault('conversations.setTopic', { body: { ok: false, error: 'token_revoked' } });
    const { stderr } = await run(...APPLY);
    expect(stderr).toContain(
      'paas topic (C0PAAS): not reached, because of what stopped the run; run it again',
    );
    expect(slack.writes.length).toBe(1);
  });
});
