// What cannot be written to Slack, each with a counterpart that can.
import { expect, test } from 'vitest';
import { slack as slackRule } from '../../../actions/lib/check/rules/slack.ts';
import { found, foundBy, wordsOf } from '../../found.ts';
import { but } from '../../handbook.ts';

const SOUND = `== rotas/people.yaml
people:
  amara: {name: Amara, slack: U0AMARA}
  ben: {name: Ben Adeyemi, slack: U0BEN}
== rotas/paas/team.yaml
name: PaaS
slack:
  channel: C0PAAS
  topic: "On: {paas/nights/engineer}"
  user_groups: {S0OPS: [paas/nights/engineer]}
== rotas/paas/nights.yaml
name: Nights
timezone: UTC
handover: {day: monday, time: "10:00"}
roles:
  engineer:
    rotation: [{first_turn: 2026-11-02, people: [amara, ben]}]
== rotas/desk/team.yaml
name: Desk
slack: {channel: C0DESK, topic: "Desk", user_groups: {S0DESK: {roles: [paas/nights/engineer]}}}
`;
const rule = (text: string) => foundBy('slack', text);

test('a handbook of which everything can be written', () => {
  expect(found(SOUND)).toEqual([]);
});

test('one channel with two topics, and one user group of two teams, at the second', () => {
  expect(rule(but(SOUND, 'C0DESK', 'C0PAAS'))).toEqual([
    'rotas/paas/team.yaml:4:10 shared-topic {channel: C0PAAS, other: desk}',
  ]);
  expect(rule(but(SOUND, 'S0DESK', 'S0OPS'))).toEqual([
    'rotas/paas/team.yaml:5:17 shared-group {group: S0OPS, other: desk}',
  ]);
  // Two teams may post to one channel.
  expect(rule(but(SOUND, 'C0DESK, topic: "Desk"', 'C0PAAS'))).toEqual([]);
});

test('a topic that is too long with the longest name to come, as a warning', () => {
  const long = (length: number) => but(SOUND, 'On: {', `${'x'.repeat(length)}{`);
  expect(rule(long(239))).toEqual([]);
  expect(rule(long(240))).toEqual(['rotas/paas/team.yaml:4:10 long-topic {length: 251, most: 250}']);
  expect(rule(`${long(240)}== policies/publishing.yaml\nnames: initials\n`)).toEqual([]);
});

test('messages', () => {
  const words = wordsOf(slackRule);
  expect([
    words({ code: 'long-topic', args: { length: 251, most: 250 } }),
    words({ code: 'shared-topic', args: { channel: 'C0PAAS', other: 'desk' } }),
    words({ code: 'shared-group', args: { group: 'S0OPS', other: 'desk' } }),
  ]).toEqual([
    'with the longest names to come, the topic has 251 characters, and Slack allows 250; shorten it',
    'desk sets the topic of C0PAAS, too; write both into one topic, or name another channel',
    'desk sets the members of S0OPS, too; list all roles in one of the two teams',
  ]);
});
