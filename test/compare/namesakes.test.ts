/** Who gets what somebody else is known by, and who agrees to it. */
import { expect, test } from 'vitest';
import { foundInPull } from '../found.ts';
import { aHandbook, but } from '../handbook.ts';

const NOW = '2026-11-21T12:00:00Z';
const base = `${aHandbook({
  people: {
    amara: 'name: Amara Osei, github: amara-o, reach: {email: a.osei@example.org}',
    ben: 'name: Ben Adeyemi, github: ben-a, reach: {phone: +44 20 7946 0000, slack: "@ben"}',
    chi: 'name: Chi Wong, github: chi-w, reach: {phone: +44 20 7946 0555}',
    dee: 'name: Dee Novak, github: dee-n, reach: {phone: +44 20 7946 0555}',
    eve: 'name: Eve Hall, github: eve-h, email: eve@example.org, slack: U0EVE00001, zendesk: 4711',
    mallory: 'name: Mallory Muir, github: mallory-m',
  },
  rotas: { 'paas/team': 'name: PaaS' },
})}`;
const mine = (more: string) => but(base, 'name: Mallory Muir,', `name: Mallory Muir, ${more},`);
const fresh = (person: string) => but(base, '  mallory: {', `  zed: {${person}}\n  mallory: {`);
const contact = (more: string) =>
  but(base, 'people:\n', `contacts: {desk: {name: Desk, ${more}}}\npeople:\n`);

const called = (head: string) =>
  foundInPull('identity', base, head, NOW).flatMap(
    (line) => /kind: known-as, id: (\S+), key: (\S+), after: (\w+)/.exec(line)?.slice(1).join(' ') ?? [],
  );
const waits = (head: string, ...approvals: readonly string[]) =>
  foundInPull('consent', base, head, NOW, { author: 'mallory-m', approvals }).length > 0;

test.each<[what: string, head: string, owner: string, way: string]>([
  ['the name of a colleague', but(base, 'Mallory Muir', 'Amara Osei'), 'amara', 'mallory amara name'],
  ['their name, spaced otherwise', but(base, 'Mallory Muir', 'amara  OSEI'), 'amara', 'mallory amara name'],
  ['their telephone number', mine('reach: {phone: +44 20 7946 0000}'), 'ben', 'mallory ben phone'],
  ['it, written otherwise', mine('reach: {phone: +44 (0) 20-7946-0000}'), 'ben', 'mallory ben phone'],
  ['their name in the chat', mine('reach: {slack: "@Ben"}'), 'ben', 'mallory ben slack'],
  ['their member id in the chat', mine('slack: U0EVE00001'), 'eve', 'mallory eve slack'],
  ['their user in the helpdesk', mine('zendesk: 4711'), 'eve', 'mallory eve zendesk'],
  ['their address', mine('reach: {email: A.Osei@example.org}'), 'amara', 'mallory amara email'],
  ['their address, written elsewhere', mine('email: a.osei@example.org'), 'amara', 'mallory amara email'],
  ['the address that only they know', mine('reach: {email: Eve@example.org}'), 'eve', 'mallory eve email'],
  ['a contact with it', contact('email: eve@example.org'), 'eve', 'desk eve email'],
  [
    'a contact that has their id as well',
    but(base, 'people:\n', 'contacts: {eve: {name: Desk, email: eve@example.org}}\npeople:\n'),
    'eve',
    'eve eve email',
  ],
  ['somebody new with their name', fresh('name: Ben Adeyemi, github: zed-z'), 'ben', 'zed ben name'],
  ['a contact with their number', contact('reach: {phone: +44 20 7946 0000}'), 'ben', 'desk ben phone'],
])('%s is a change that the colleague agrees to', (_, head, owner, way) => {
  expect(called(head)).toEqual([way]);
  expect(waits(head)).toBe(true);
  const login = { amara: 'amara-o', ben: 'ben-a', eve: 'eve-h' }[owner] ?? '';
  expect(waits(head, login)).toBe(false);
});

test.each<[what: string, head: string]>([
  ['a name that nobody has', but(base, 'Mallory Muir', 'Mallory Moor')],
  ['a number that two people share already', mine('reach: {phone: +44 20 7946 0555}')],
  ['a person by another id', but(base, '  amara: {', '  amara-osei: {')],
  [
    'an address of their own, twice',
    but(base, 'email: eve@example.org', 'email: eve@example.org, reach: {email: eve@example.org}'),
  ],
  ['what somebody had before', but(base, 'name: Dee Novak', 'name: Dee N')],
])('%s is none', (_, head) => expect(called(head)).toEqual([]));
