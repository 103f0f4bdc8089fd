/** People without an id in a service whose groups they would be in, and ids and groups that are used twice. */
import { expect, test } from 'vitest';
import { groupMembers } from '../../../actions/lib/check/rules/group-members.ts';
import { foundBy, wordsOf } from '../../found.ts';
import { aHandbook, at, but, NIGHTS_ROTA } from '../../handbook.ts';

const handbook = ({
  amara = 'slack: U0AMARA, zendesk: 9001',
  ben = 'slack: U0BEN, zendesk: 9002',
  chi = 'slack: U0CHI, zendesk: 9003',
  team = `slack: {channel: C0PAAS, user_groups: {S0OPS: [paas/nights/engineer]}}
zendesk: {groups: {360001: {roles: [paas/nights/engineer]}}}`,
  other = '',
} = {}): string =>
  aHandbook({
    people: {
      amara: `name: Amara, ${amara}`,
      ben: `name: Ben, ${ben}`,
      chi: `name: Chi, ${chi}`,
      dee: 'name: Dee',
    },
    rotas: {
      'paas/team': `name: PaaS\n${team}`,
      'paas/nights': NIGHTS_ROTA,
      'ops/team': `name: Ops\n${other}`,
    },
  });

const words = wordsOf(groupMembers);
const found = (text: string): string[] => foundBy('group-members', text);

test('everybody has an id of their own, or holds no role of a group', () => {
  expect(found(handbook())).toEqual([]);
  expect(found(handbook({ team: '', ben: 'zendesk: 9002' }))).toEqual([]);
});

test('somebody without an id is reported once for each service, with the first time', () => {
  expect(found(handbook({ ben: 'skills: [sql]' }))).toEqual([
    'rotas/people.yaml:3:3 no-id {key: slack, name: Slack, id: member, group: user group, example: U01ABC2DE, person: ben, role: paas/nights/engineer, groupId: S0OPS, startAt: 2026-12-02T10:00+00:00, endAt: 2026-12-09T10:00+00:00, more: 8}',
    'rotas/people.yaml:3:3 no-id {key: zendesk, name: Zendesk, id: user, group: group, example: 9001, person: ben, role: paas/nights/engineer, groupId: 360001, startAt: 2026-12-02T10:00+00:00, endAt: 2026-12-09T10:00+00:00, more: 8}',
  ]);
});

test('once for all groups of a service', () => {
  const team = 'zendesk: {groups: {1: {roles: [paas/nights/engineer]}, 2: {roles: [paas/nights/engineer]}}}';
  expect(found(handbook({ team, ben: 'skills: [sql]' }))).toHaveLength(1);
});

test('not before their time comes, nor after it', () => {
  const text = handbook({ ben: 'skills: [sql]' });
  const left = but(
    text,
    'people: [amara, ben, chi]}',
    'people: [amara, ben, chi]}\n      - {first_turn: 2026-11-18, people: [amara, chi]}',
  );
  expect(found(left)).toEqual([]);
});

test('an id that two people have is reported at the second', () => {
  expect(found(handbook({ chi: 'slack: U0BEN, zendesk: 9001' }))).toEqual([
    'rotas/people.yaml:4:27 shared-id {name: Slack, id: member, value: U0BEN, person: chi, other: ben}',
    'rotas/people.yaml:4:43 shared-id {name: Zendesk, id: user, value: 9001, person: chi, other: amara}',
  ]);
});

test('a group of Zendesk that two teams name is reported at the second', () => {
  const other = 'zendesk: {groups: {360001: {roles: [paas/nights/engineer]}}}';
  expect(found(handbook({ other }))).toEqual([
    'rotas/paas/team.yaml:3:20 shared-group {groupId: 360001, team: paas, other: ops}',
  ]);
  const chat = 'slack: {channel: C0OPS, user_groups: {S0OPS: [paas/nights/engineer]}}';
  expect(found(handbook({ other: chat }))).toEqual([]);
});

test.each<[Parameters<typeof words>[0], string]>([
  [
    {
      code: 'no-id',
      args: {
        ...{ key: 'zendesk', name: 'Zendesk', id: 'user', group: 'group', example: '9001' },
        ...{ person: 'ben', role: 'paas/nights/engineer', groupId: '360001' },
        ...{
          zone: 'Europe/London',
          startAt: at('2026-12-02T10:00Z'),
          endAt: at('2026-12-09T10:00Z'),
          more: 1,
        },
      },
    },
    'ben is on paas/nights/engineer, whose holders are in Zendesk\'s group 360001, Wed 2 Dec 10:00 – Wed 9 Dec 10:00 and 1 more time, and has no user there; add "zendesk: 9001" with their own',
  ],
  [
    {
      code: 'shared-id',
      args: { name: 'Slack', id: 'member', value: 'U0BEN', person: 'chi', other: 'ben' },
    },
    'U0BEN is already the member of ben in Slack; give chi their own',
  ],
  [
    {
      code: 'shared-group',
      args: { groupId: '360001', team: 'paas', other: 'ops' },
    },
    "Zendesk's group 360001 of paas is already one of ops, and each would remove the other's people; name all of its roles in one of the two",
  ],
])('%#', (coded, message) => {
  expect(words(coded)).toBe(message);
});
