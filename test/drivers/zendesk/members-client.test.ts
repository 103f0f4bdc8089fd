/** The client's part about groups over real HTTP: members by pages, writes, lost responses and missing rights. */
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { authorizationOf } from '../../../actions/lib/drivers/zendesk/access.ts';
import { Zendesk } from '../../../actions/lib/drivers/zendesk/client.ts';
import { ZendeskFault } from '../../../actions/lib/drivers/zendesk/fault.ts';
import { CANARY } from '../../zendesk/account.ts';
import { type Answer, ENVIRONMENT, TOKEN, zendeskStandIn } from '../../zendesk/stand-in.ts';

const [DUTY, HOME] = [360_001, 360_002];
const CREATE = 'group_memberships.json';

const started = (given: Partial<Parameters<typeof zendeskStandIn>[0]> = {}) =>
  zendeskStandIn({
    groups: {
      users: [
        { id: 801, home: HOME },
        { id: 802, suspended: true },
        { id: 803 },
        { id: 900, role: 'end-user' },
      ],
      members: { [DUTY]: [801, 802, 803], [HOME]: [801] },
      tickets: [
        { group: DUTY, assignee: 801, status: 'open' },
        { group: DUTY, assignee: 801, status: 'pending' },
        { group: DUTY, assignee: 801, status: 'solved' },
        { group: HOME, assignee: 801, status: 'open' },
      ],
      pageSize: 2,
    },
    ...given,
  });

const clientOf = ({ url }: { readonly url: string }) =>
  new Zendesk({ url, authorization: authorizationOf(ENVIRONMENT), patienceMs: 1 });

async function failed(work: Promise<unknown>): Promise<ZendeskFault> {
  const error = await work.then(
    () => new Error('nothing failed'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ZendeskFault)) throw error;
  expect(inspect(error, { depth: 9 })).not.toMatch(new RegExp(`${TOKEN}|${CANARY}`));
  return error;
}

describe('reading', () => {
  test('the members of a group, by pages, with what decides whether they take tickets', async () => {
    const to = await started();
    const read = await clientOf(to).groupMembers(DUTY);
    expect(read?.memberships.map(({ user, isDefault }) => [user, isDefault])).toEqual([
      [801, false],
      [802, false],
      [803, false],
    ]);
    expect(read?.users.get(802)).toEqual({ role: 'agent', isSuspended: true, isActive: true });
    expect(await clientOf(to).groupMembers(HOME)).toMatchObject({
      memberships: [{ user: 801, isDefault: true }],
    });
    expect(inspect(read, { depth: 9 })).not.toContain(CANARY);
    expect(to.violations).toEqual([]);
  });

  test('no group has no members, which is not the same as a group without any', async () => {
    const to = await started();
    expect(await clientOf(to).groupMembers(1)).toBeUndefined();
  });

  test('users, a hundred at a time, without those who do not exist', async () => {
    const to = await started();
    const found = await clientOf(to).users([...Array(150).keys(), 801, 900]);
    expect([...found.keys()]).toEqual([801, 900]);
    expect(found.get(900)?.role).toBe('end-user');
    expect(to.requests).toHaveLength(2);
    expect(to.violations).toEqual([]);
  });

  test('the unsolved tickets of somebody in a group', async () => {
    const to = await started();
    expect(await clientOf(to).openTickets(DUTY, 801)).toBe(2);
    expect(to.violations).toEqual([]);
  });
});

describe('writing', () => {
  test('adds and removes one member, whose tickets go back to the group', async () => {
    const to = await started({
      groups: {
        users: [{ id: 801 }, { id: 802 }],
        members: { [DUTY]: [801] },
        tickets: [{ group: DUTY, assignee: 801, status: 'open' }],
      },
    });
    const client = clientOf(to);
    await client.addMember(DUTY, 802);
    const [first] = (await client.groupMembers(DUTY))?.memberships ?? [];
    await client.removeMember(first?.id as number);
    expect(await client.groupMembers(DUTY)).toMatchObject({ memberships: [{ user: 802 }] });
    expect(to.groups.tickets[0]?.assignee).toBeUndefined();
    expect(client.counts).toEqual({ reads: 2, writes: 2 });
    expect(to.violations).toEqual([]);
  });

  test('waits out the rate limit', async () => {
    const to = await started({ groupRequestsAtOnce: 1 });
    const client = clientOf(to);
    await client.groupMembers(HOME);
    await client.addMember(HOME, 803);
    expect(to.groups.members[HOME]).toEqual([801, 803]);
    expect(to.writes).toHaveLength(2);
  });

  test('removes what is already gone, such as by an attempt whose response was lost', async () => {
    const to = await started();
    const client = clientOf(to);
    const read = await client.groupMembers(DUTY);
    to.fault('DELETE', 'lost');
    await client.removeMember(read?.memberships[1]?.id as number);
    expect(to.groups.members[DUTY]).toEqual([801, 803]);
    expect(to.writes).toHaveLength(2);
  });

  test.each<[what: string, answer: Answer]>([
    ['a lost response', 'lost'],
    ['a lost connection', 'drop'],
    ['an outage', { status: 503 }],
    ['a bad gateway', { status: 502 }],
  ])('does not repeat an addition after %s', async (_, answer) => {
    const to = await started();
    to.fault('POST', answer, 9);
    await failed(clientOf(to).addMember(HOME, 803));
    expect(to.writes).toHaveLength(1);
  });
});

describe('what does not pass is reported, with the remedy', () => {
  test.each<[what: string, path: string, answer: Answer, message: string]>([
    [
      'a token that may read only',
      'POST',
      { status: 403, body: CANARY },
      `Zendesk responded to POST ${CREATE} with 403; the token may not change groups; it needs an administrator, and one of OAuth the scope "write"`,
    ],
    [
      'an end user',
      'nowhere',
      {},
      `Zendesk responded to POST ${CREATE} with 422; Zendesk does not take this person into the group; check that they are an agent and not suspended`,
    ],
    [
      'a redirect',
      'POST',
      { status: 307, headers: { location: 'https://elsewhere.example.org' } },
      `Zendesk responded to POST ${CREATE} with 307; redirects are not followed, as they would take the token elsewhere; check the subdomain`,
    ],
  ])('%s', async (_, path, answer, message) => {
    const to = await started();
    to.fault(path, answer);
    expect((await failed(clientOf(to).addMember(HOME, 900))).message).toBe(message);
  });

  test.each<[body: unknown, message: string]>([
    [{ group_memberships: null }, 'it has no list "group_memberships"'],
    [{ group_memberships: [{ user_id: 801 }] }, 'a membership has no id'],
    [{ group_memberships: [{ id: 1, user_id: CANARY }] }, 'a membership has no "user_id"'],
    [{ group_memberships: [], meta: { has_more: true } }, 'it has no "after_cursor", and is not the last'],
  ])('members that cannot be read: %j', async (body, message) => {
    const to = await started();
    to.fault('memberships', { body });
    expect((await failed(clientOf(to).groupMembers(DUTY))).message).toBe(
      `Zendesk's response to GET groups/${DUTY}/memberships.json cannot be read: ${message}; run it again`,
    );
  });

  test('users and counts that cannot be read', async () => {
    const to = await started();
    to.fault('show_many', { body: { users: CANARY } });
    to.fault('count', { body: { count: CANARY } });
    expect((await failed(clientOf(to).users([801]))).message).toContain('it has no list "users"');
    expect((await failed(clientOf(to).openTickets(DUTY, 801))).message).toContain('it has no "count"');
  });
});
