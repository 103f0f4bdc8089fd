// What would change in Slack: who is on, who is kept, and what prevents a topic or a user group.
import { expect, test } from 'vitest';
import {
  isSameTopic,
  topicRead,
  topicSent,
  topicShown,
} from '../../../actions/lib/drivers/slack/topic-text.ts';
import { at, but } from '../../handbook.ts';
import { DESK, NOON, planOf, workspace } from '../../slack/desk.ts';
import type { WorkspaceState } from '../../slack/workspace.ts';

/** The lines of a plan without the blank ones. */
const lines = async (change: (state: WorkspaceState) => void, text = DESK, now = NOON) => {
  const slack = await workspace(change);
  const { lines: all } = await planOf(slack, text, now);
  expect(slack.violations).toEqual([]);
  return all.filter((it) => it !== '');
};

/** A change of the user group S0OPS. */
const ops =
  (change: Partial<NonNullable<ReturnType<WorkspaceState['groups']['get']>>>) => (state: WorkspaceState) =>
    void Object.assign(state.groups.get('S0OPS') ?? {}, change);
const channel =
  (change: Partial<NonNullable<ReturnType<WorkspaceState['channels']['get']>>>) => (state: WorkspaceState) =>
    void Object.assign(state.channels.get('C0PAAS') ?? {}, change);

test('who is on replaces whoever was, others stay, and somebody without an id is named', async () => {
  expect(await lines(() => {})).toEqual([
    '3 changes to make in Slack',
    'paas topic (C0PAAS)',
    '  was "On: Amara Osei, Eve Klein"',
    '  now "On: Ben Adeyemi, Dee Novak"',
    'paas user group (S0OPS): 1 to add, 1 to remove, 1 kept',
    '  add ben',
    '  remove amara',
    '  U0HAND (not in the handbook), added by hand in Slack; kept',
    '  dee is on and has no Slack id; add "slack: U…" to rotas/people.yaml',
    'paas user group (S0COMMS)',
    '  dee is on and has no Slack id; add "slack: U…" to rotas/people.yaml',
  ]);
});

test('when nobody is on, a group stays as it is, and the topic says nobody', async () => {
  expect(await lines(() => {}, DESK, at('2026-12-02T20:00Z'))).toEqual([
    '3 changes to make in Slack',
    'paas topic (C0PAAS)',
    '  was "On: Amara Osei, Eve Klein"',
    '  now "On: Ben Adeyemi, nobody"',
    'paas user group (S0OPS): 1 to add, 1 to remove, 1 kept',
    ...['  add ben', '  remove amara', '  U0HAND (not in the handbook), added by hand in Slack; kept'],
    'paas user group (S0COMMS)',
    '  nobody is on now, so its members stay as they are',
  ]);
});

test.each([
  // Chi holds the role in an override only.
  ['an override', 'U0CHI', ['  add ben', '  remove amara', '  remove chi']],
  ['a person of another role', 'U0EVE', ['  add ben', '  remove amara', '  remove eve']],
])('%s makes somebody ours', async (_, user, expected) => {
  const all = await lines(ops({ users: ['U0AMARA', user] }));
  expect(all.slice(5, 5 + expected.length)).toEqual(expected);
});

test('a person of the handbook who never holds a role stays; a group that we own has nobody else', async () => {
  const notEve = but(
    DESK,
    'S0OPS: [paas/nights/engineer, paas/office/comms]',
    'S0OPS: [paas/nights/engineer]',
  );
  const users = ops({ users: ['U0BEN', 'U0EVE', 'U0HAND'] });
  expect((await lines(users, notEve)).filter((it) => it.includes('kept'))).toEqual([
    'paas user group (S0OPS): 2 kept',
    '  eve, added by hand in Slack; kept',
    '  U0HAND (not in the handbook), added by hand in Slack; kept',
  ]);
  const owned = but(notEve, '[paas/nights/engineer]\n', '{roles: [paas/nights/engineer], owned: true}\n');
  expect((await lines(users, owned)).slice(4, 7)).toEqual([
    'paas user group (S0OPS): 2 to remove',
    '  remove eve',
    '  remove U0HAND (not in the handbook)',
  ]);
});

test.each([
  [
    'an unknown group',
    (it: WorkspaceState) => it.groups.delete('S0OPS'),
    'there is no user group S0OPS in this',
  ],
  [
    'a disabled one',
    ops({ disabled: true }),
    '@ops is disabled; enable it in Slack, or remove it from team.yaml',
  ],
  ['one of a directory', ops({ is_idp_group: true }), '@ops gets its members from your directory of people'],
  [
    'one with locked members',
    ops({ is_membership_locked: true }),
    'the members of @ops are locked; unlock them',
  ],
  ['a locked one', ops({ is_editing_restricted: true }), 'the members of @ops are locked; unlock them'],
  [
    'no right to read groups',
    (it: WorkspaceState) => it.scopes.delete('usergroups:read'),
    "add the scope usergroups:read to Slack's app",
  ],
  [
    'no paid plan',
    (it: WorkspaceState) => Object.assign(it, { isPaid: false }),
    "user groups need one of Slack's paid plans",
  ],
])('%s prevents the change of the group; the topic goes on', async (_, change, text) => {
  const all = await lines((it) => void change(it));
  expect(all[0]).toMatch(/^1 change to make in Slack, and [12] things? to fix first$/);
  expect(all.slice(1, 4)).toEqual([
    'paas topic (C0PAAS)',
    '  was "On: Amara Osei, Eve Klein"',
    '  now "On: Ben Adeyemi, Dee Novak"',
  ]);
  expect(all.join('\n')).toContain(text);
});

test.each([
  ['an unknown channel', (it: WorkspaceState) => it.channels.delete('C0PAAS'), 'check the id of the channel'],
  [
    'a private one',
    channel({ private: true, foreign: true }),
    'if the channel is private, invite the app to it',
  ],
  [
    'one without the app',
    channel({ foreign: true }),
    'the app is not in the channel C0PAAS; invite it there',
  ],
  ['an archived one', channel({ archived: true }), 'the channel C0PAAS is archived; unarchive it'],
  [
    'no right to read it',
    (it: WorkspaceState) => it.scopes.delete('channels:read'),
    "add the scope channels:read to Slack's app, and install the app again",
  ],
])('%s prevents the topic; the groups go on', async (_, change, text) => {
  const all = await lines((it) => void change(it));
  expect(all[0]).toBe('2 changes to make in Slack, and 1 thing to fix first');
  expect(all[1]).toBe('paas topic (C0PAAS)');
  expect(all[2]).toContain(text);
});

test('a topic that is too long with the names of now', async () => {
  const long = but(DESK, 'On: {paas', `${'On duty. '.repeat(26)}{paas`);
  const all = await lines(() => {}, long);
  expect(all[2]).toBe(
    '  the topic would have 256 characters with the names of now, and Slack allows 250; shorten it in team.yaml',
  );
});

test('names are as the policy publishes them, and nothing in them comes alive', async () => {
  const text = but(DESK, 'name: Ben Adeyemi', 'name: "Ben *B* @here & :x:"');
  expect((await lines(() => {}, text))[3]).toBe('  now "On: Ben ∗B∗ ＠here & ꞉x꞉, Dee Novak"');
  const initials = `${text}== policies/publishing.yaml\nnames: initials\n`;
  expect((await lines(() => {}, initials))[3]).toBe('  now "On: BBHX, DN"');
});

test('a topic is compared as Slack returns it', async () => {
  const text = but(DESK, 'On: {', '\u{1f692} Q&A: {');
  const slack = await workspace();
  await slack.client().setTopic('C0PAAS', topicShown('\u{1f692} Q&A: Ben Adeyemi, Dee Novak'));
  expect(slack.state.channels.get('C0PAAS')?.topic).toBe(':fire_engine: Q&amp;A: Ben Adeyemi, Dee Novak');
  expect((await planOf(slack, text)).plan.targets[0]?.change).toBeUndefined();
});

test.each([
  ['a & b', 'a & b', 'a &amp; b'],
  ['<!channel> <@U1>', '<!channel> <＠U1>', '&lt;!channel&gt; &lt;＠U1&gt;'],
  ['https://example.org', 'https꞉//example․org', 'https꞉//example․org'],
  ['two\n lines', 'two lines', 'two lines'],
])('the topic %j is shown, sent and read again', (text, shown, sent) => {
  expect(topicShown(text)).toBe(shown);
  expect(topicSent(shown)).toBe(sent);
  expect(topicRead(sent)).toBe(shown);
});

test('topics differ by words, not by how Slack names an emoji', () => {
  expect(isSameTopic('\u{1f44d}\u{1f3fd} on: A', ':+1::skin-tone-4: on: A')).toBe(true);
  expect(isSameTopic('on: A', 'on: B')).toBe(false);
  expect(isSameTopic('at 10:30: A', 'at 10:45: A')).toBe(false);
});
