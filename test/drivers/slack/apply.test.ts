// What an apply leaves in Slack: whatever is lost or stops it, nobody is announced twice and no group is emptied.
import { expect, test } from 'vitest';
import { slackStates } from '../../../actions/lib/drivers/slack/driver.ts';
import { plural } from '../../../actions/lib/text/plural.ts';
import { at, but } from '../../handbook.ts';
import { sampled } from '../../sampled.ts';
import { applied, DESK, handbookIn, NOON, planOf, workspace } from '../../slack/desk.ts';
import type { SlackStandIn } from '../../slack/stand-in.ts';

/** What a run is to come to. */
const END = {
  ops: ['U0HAND', 'U0BEN'],
  comms: ['U0EVE'],
  topic: 'On: Ben Adeyemi, Dee Novak',
  lines: ['C0PAAS set the topic: On: Ben Adeyemi, Dee Novak'],
};

const stateOf = ({ state }: SlackStandIn) => ({
  ops: state.groups.get('S0OPS')?.users,
  comms: state.groups.get('S0COMMS')?.users,
  topic: state.channels.get('C0PAAS')?.topic,
  lines: state.lines,
});

/** Whatever happened: one line, and no list of members was ever empty or without whoever is on. */
function isSound(slack: SlackStandIn): void {
  expect(slack.violations).toEqual([]);
  expect(stateOf(slack)).toEqual(END);
  for (const { users } of slack.state.memberships) expect(users).toContain('U0BEN');
}

test('a run that is stopped after any request, and one after it, come to the same end', async () => {
  const untouched = await workspace();
  await applied(untouched);
  const all = untouched.requests.map((_, i) => i + 1);
  for (const requests of sampled(all, 4)) {
    const slack = await workspace();
    slack.stopAfter(requests);
    await applied(slack).catch(() => {});
    slack.resume();
    expect((await applied(slack)).trouble, `after ${requests} requests`).toEqual([]);
    isSound(slack);
  }
});

test('a run that loses any answer, or any request, comes to the same end by itself', async () => {
  const methods = ['usergroups.list', 'conversations.info', 'usergroups.users.list'];
  const all = [...methods, 'usergroups.users.update', 'conversations.setTopic'];
  for (const method of all)
    for (const fault of [
      'lost',
      'drop',
      { status: 503 },
      { status: 429, headers: { 'retry-after': '1' } },
    ] as const) {
      const slack = await workspace();
      slack.fault(method, fault);
      expect((await applied(slack)).trouble, method).toEqual([]);
      isSound(slack);
    }
});

test('somebody who is added by hand between the plan and the write stays', async () => {
  const slack = await workspace();
  slack.onRequest = (method) => {
    if (method === 'usergroups.users.list') slack.state.groups.get('S0OPS')?.users.push('U0CHI');
    slack.onRequest = method === 'usergroups.users.list' ? () => {} : slack.onRequest;
  };
  const audit = await applied(slack);
  expect(slack.state.groups.get('S0OPS')?.users).toEqual(['U0HAND', 'U0CHI', 'U0BEN']);
  // Chi has held the role once, so that a new plan differs.
  expect(audit.trouble).toEqual([
    'paas user group (S0OPS): differs from what was written; check Slack, then run it again',
  ]);
});

test('a topic that somebody has set meanwhile is not set again', async () => {
  const slack = await workspace();
  let reads = 0;
  slack.onRequest = (method) => {
    const channel = slack.state.channels.get('C0PAAS');
    if (method === 'conversations.info' && ++reads === 2 && channel !== undefined) channel.topic = END.topic;
  };
  expect((await applied(slack)).trouble).toEqual([]);
  expect(slack.state.lines).toEqual([]);
});

test.each([
  ['a deactivated account', 'U0GONE', 'invalid_users'],
  ['an account of another workspace', 'U0OTHER', 'failed_for_some_users'],
])('%s stops its group only, and is named', async (_, user, code) => {
  const slack = await workspace();
  const audit = await applied(slack, but(DESK, 'slack: U0BEN', `slack: ${user}`));
  expect(audit.trouble).toEqual([
    expect.stringMatching(`^paas user group \\(S0OPS\\): .*\\(${code}\\); .*: ben \\(${user}\\)$`),
  ]);
  expect(stateOf(slack)).toEqual({ ...END, ops: ['U0AMARA', 'U0HAND'] });
});

test('without the right to write a topic or a group, the other is written', async () => {
  const slack = await workspace(({ scopes }) => scopes.delete('usergroups:write'));
  const audit = await applied(slack);
  expect(audit.trouble).toEqual([
    'paas user group (S0OPS): Slack refused usergroups.users.update (missing_scope); ' +
      "add the scope usergroups:write to Slack's app, and install the app again",
  ]);
  expect(stateOf(slack).topic).toBe(END.topic);
});

/** A handbook of so many teams, each with a topic and two user groups. */
function teams(count: number): string {
  const [people, hours, ...paas] = DESK.split(/(?=^== )/m);
  const all = Array.from({ length: count }, (_, i) =>
    paas
      .join('')
      .replaceAll('paas/', `team-${i}/`)
      .replaceAll('C0PAAS', `C${i}P`)
      .replaceAll('S0OPS', `S${i}OPS`)
      .replaceAll('S0COMMS', `S${i}COMMS`),
  );
  return [people, hours, ...all].join('');
}

test('50 teams stay within the limits; a run without changes reads one list and each channel', async () => {
  const slack = await workspace(({ groups, channels }) => {
    for (let i = 0; i < 50; i++) {
      channels.set(`C${i}P`, { topic: '' });
      for (const handle of ['OPS', 'COMMS']) groups.set(`S${i}${handle}`, { handle, users: ['U0EVE'] });
    }
  });
  const text = teams(50);
  expect(handbookIn(text).teams.size).toBe(50);
  expect((await applied(slack, text)).trouble).toEqual([]);
  expect(slack.state.lines.length).toBe(50);
  const driver = slackStates(slack.client());
  await driver.targets(handbookIn(text), NOON, () => {});
  const { reads, writes } = driver.counts();
  const counts = `${plural(reads, 'read')}, ${plural(writes, 'write')}`;
  process.stdout.write(`a run without changes, for 50 teams with 100 user groups: ${counts}\n`);
  expect(driver.counts()).toEqual({ reads: 51, writes: 0 });
  expect((await planOf(slack, text)).plan.writes).toBe(0);
});

test('a run that is late sets what is true by then', async () => {
  const slack = await workspace();
  await applied(slack, DESK, at('2026-12-09T12:00Z'));
  expect(stateOf(slack).topic).toBe('On: Amara Osei, Eve Klein');
});
