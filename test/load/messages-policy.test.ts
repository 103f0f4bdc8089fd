/** The messages policy, and what a team says about Slack, Zendesk and hand-overs: their meaning and their faults. */
import { describe, expect, test } from 'vitest';
import { aHandbook, checked, loaded } from '../handbook.ts';

const DEFAULTS = {
  to: ['affected', 'delivery-leads', 'team-channel'],
  by: ['github'],
  from: undefined,
  quietHours: undefined,
};
const policy = (text: string) => aHandbook({ policies: { messages: text } });
const HOUR = 3_600_000;

describe('the policy', () => {
  test.each([
    ['without a file', aHandbook(), DEFAULTS],
    ['with a faulty file, which counts as none', policy('news: {by: [pigeon]}'), DEFAULTS],
    [
      'with everything',
      policy(
        'news: {to: [team-leads], by: [email]}\nemail: {from: rota@example.org}\nquiet_hours: {from: "20:00", to: "08:00"}',
      ),
      {
        to: ['team-leads'],
        by: ['email'],
        from: 'rota@example.org',
        quietHours: { from: 20 * HOUR, to: 8 * HOUR },
      },
    ],
  ])('%s', (_, text, expected) => {
    expect(loaded(text).handbook.messages).toEqual(expected);
  });
});

const team = (text: string) =>
  aHandbook({
    rotas: {
      'paas/team': `name: PaaS\n${text}`,
      'paas/nights': `name: Nights
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles:
  engineer:
    seats: 2
    rotation:
      - {first_turn: 2026-09-02, people: [amara, ben, chi]}
  lead:
    rotation:
      - {first_turn: 2026-09-02, people: [chi]}
`,
    },
  });

describe('a team', () => {
  test('has a role with seats as its seats, and its defaults', () => {
    const text = team(`slack:
  channel: C0PAAS
  user_groups: {S0OPS: [paas/nights/engineer, paas/nights/lead]}
  hand_over: {}
zendesk: {groups: {360001: {roles: [paas/nights/lead]}}}`);
    const { slack, zendeskGroups, checklists } = loaded(text).handbook.teams.get('paas') ?? {};
    const roles = ['paas/nights/engineer-1', 'paas/nights/engineer-2', 'paas/nights/lead'];
    expect(slack?.userGroups.get('S0OPS')).toMatchObject({ roles, owned: false });
    expect(slack).toMatchObject({
      topic: undefined,
      handOver: { before: { count: 15, unit: 'minute' }, daily: false },
      news: false,
    });
    expect([...(zendeskGroups ?? [])]).toMatchObject([
      [360001, { roles: ['paas/nights/lead'], removes: false, owned: false }],
    ]);
    expect(checklists).toEqual({ start: [], end: [] });
  });
});

const MESSAGES = 'policies/messages.yaml';
const TEAM = 'rotas/paas/team.yaml';

describe('faults', () => {
  test.each<[what: string, text: string, ...found: string[]]>([
    [
      'an unknown way',
      policy('news: {by: [pigeon]}'),
      `${MESSAGES}:1:13 "pigeon" is not one of github, slack and email [schema]`,
    ],
    [
      'mail without a sender',
      policy('news: {by: [github, email]}'),
      `${MESSAGES}:1:21 mails need a sender; add "email: {from: rota@example.org}" with your address [times]`,
    ],
    [
      'quiet hours without an end',
      policy('quiet_hours: {from: "08:00", to: "08:00"}'),
      `${MESSAGES}:1:34 quiet hours from 08:00 to 08:00 never end, and no message would be sent; move one of the two [times]`,
    ],
    [
      'a channel by its name',
      team('slack: {channel: "#paas"}'),
      `${TEAM}:2:18 "#paas" is not a channel such as "C0PAAS" [schema]`,
    ],
    [
      'a topic with a role that does not exist',
      team('slack: {channel: C0PAAS, topic: "On: {paas/nights/engineers}"}'),
      `${TEAM}:2:33 there is no role "engineers" in paas/nights; did you mean "engineer"? [known-names]`,
    ],
    [
      'a topic with a role with seats',
      team('slack: {channel: C0PAAS, topic: "On: {paas/nights/engineer}"}'),
      `${TEAM}:2:33 engineer has 2 seats, and one of them is named here; write "engineer-1" or "engineer-2" [known-names]`,
    ],
    [
      'a topic with other braces',
      team('slack: {channel: C0PAAS, topic: "On: {engineer}"}'),
      `${TEAM}:2:33 "On: {engineer}" is not a topic such as "On support: {paas/in-hours/engineer}" [schema]`,
    ],
    [
      'a group by its name',
      team('slack: {channel: C0PAAS, user_groups: {ops: [paas/nights/lead]}}'),
      `${TEAM}:2:40 "ops" is not a group such as "S0OPS" [schema]`,
    ],
    [
      'a group with a role that does not exist',
      team('zendesk: {groups: {360001: {roles: [paas/days/lead]}}}'),
      `${TEAM}:2:37 there is no rota "paas/days" [known-names]`,
    ],
    [
      'a hand-over announced days before',
      team('slack: {channel: C0PAAS, hand_over: {before: 2 days}}'),
      `${TEAM}:2:46 "2 days" is not a lead time such as "15 minutes" [schema]`,
    ],
    [
      'a group whose others are removed, though nobody is',
      team('zendesk: {groups: {360001: {roles: [paas/nights/lead], owned: true}}}'),
      `${TEAM}:2:28 "owned" is allowed only with "removes", which is missing [schema]`,
    ],
  ])('%s', (_, text, ...found) => {
    expect(checked(text, '2026-09-21T12:00:00Z').filter((it) => !it.includes('double-booked'))).toEqual(
      found,
    );
  });
});
