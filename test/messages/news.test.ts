// Who is told what of a merge: one message a person, in their own zone, and none of what was changed back.
import { expect, test } from 'vitest';
import type { Against } from '../../actions/lib/compare/against.ts';
import { newsOf } from '../../actions/lib/messages/news.ts';
import { aHandbook, at, compared, NIGHTS_ROTA, type SmallHandbook } from '../handbook.ts';

const NOW = '2026-09-03T12:00:00Z';
const PEOPLE = {
  amara: 'name: Amara, zone: Asia/Tokyo, delivery_lead: nia',
  ben: 'name: Ben, delivery_lead: nia',
  chi: 'name: Chi, delivery_lead: amara',
  nia: 'name: Nia',
};
const swapOf = (one: string, first: string, other: string, second: string) => `overrides:
  - {role: engineer, turn: ${one}, person: ${second}, instead_of: ${first}}
  - {role: engineer, turn: ${other}, person: ${first}, instead_of: ${second}}
`;
const SWAP = swapOf('2026-09-09', 'ben', '2026-09-23', 'amara');
const TEAM = 'name: PaaS\nleads: [chi]\nslack: {channel: C0PAAS, news: true}';

const handbook = (rota: string, rest: SmallHandbook = {}): string =>
  aHandbook({ people: PEOPLE, ...rest, rotas: { 'paas/team': TEAM, 'paas/nights': rota } });

const newsFor = (base: string, head: string, now = NOW) =>
  newsOf(compared(base, head, now).against as Against, at(now));

const printed = (base: string, head: string, now?: string) =>
  newsFor(base, head, now).map(({ to, kind, text }) => `${kind} ${to}\n${text}`);

test('a swap: what each of the two gains and gives up, in their own zone, their lead and the channel', () => {
  expect(printed(handbook(NIGHTS_ROTA), handbook(NIGHTS_ROTA + SWAP))).toEqual([
    `affected amara
You gain:
- PaaS, Nights (engineer), Wed 9 Sep 18:00 – Wed 16 Sep 18:00, from Ben (swap)
You give up:
- PaaS, Nights (engineer), Wed 23 Sep 18:00 – Wed 30 Sep 18:00, to Ben (swap)
Times are those of Asia/Tokyo.`,
    `affected ben
You gain:
- PaaS, Nights (engineer), Wed 23 Sep 10:00 – Wed 30 Sep 10:00, from Amara (swap)
You give up:
- PaaS, Nights (engineer), Wed 9 Sep 10:00 – Wed 16 Sep 10:00, to Amara (swap)
Times are those of Europe/London.`,
    `delivery-lead nia
Changes for Amara, Ben, whose delivery lead you are:
- Amara takes PaaS, Nights (engineer), Wed 9 Sep 10:00 – Wed 16 Sep 10:00, from Ben (swap)
- Ben takes PaaS, Nights (engineer), Wed 23 Sep 10:00 – Wed 30 Sep 10:00, from Amara (swap)
Times are those of Europe/London.`,
    `team-channel paas
Support time changes:
- Amara takes PaaS, Nights (engineer), Wed 9 Sep 10:00 – Wed 16 Sep 10:00, from Ben (swap)
- Ben takes PaaS, Nights (engineer), Wed 23 Sep 10:00 – Wed 30 Sep 10:00, from Amara (swap)
Times are those of Europe/London.`,
  ]);
});

test('one message a person: somebody affected who also leads has both in one', () => {
  const head = handbook(`${NIGHTS_ROTA}overrides:
  - {role: engineer, turn: 2026-09-16, person: ben, instead_of: chi}
  - {role: engineer, from: 2026-09-10T18:00, to: 2026-09-10T20:00, person: amara, instead_of: ben}
`);
  const all = newsFor(handbook(NIGHTS_ROTA), head);
  expect(all.map(({ kind, to }) => `${kind} ${to}`)).toEqual([
    'affected amara',
    'affected ben',
    'affected chi',
    'delivery-lead nia',
    'team-channel paas',
  ]);
  expect(all[0]?.text).toBe(`You gain:
- PaaS, Nights (engineer), Fri 11 Sep 02:00 – 04:00, from Ben (cover)
Changes for Chi, whose delivery lead you are:
- Ben takes PaaS, Nights (engineer), Wed 16 Sep 18:00 – Wed 23 Sep 18:00, from Chi (cover)
Times are those of Asia/Tokyo.`);
});

test.each([
  ['a new order', NIGHTS_ROTA.replace('[amara, ben, chi]', '[amara, chi, ben]'), 'new rotation'],
  ['a turn agreed', `${NIGHTS_ROTA}    turns: {2026-09-09: chi}\n`, 'turn agreed'],
  ['another hand-over', NIGHTS_ROTA.replace('"10:00"', '"11:00"'), 'new hand-over'],
])('the cause of %s is said', (_, rota, cause) => {
  const [ben] = newsFor(handbook(NIGHTS_ROTA), handbook(rota)).filter(({ to }) => to === 'ben');
  expect(ben?.text).toContain(` (${cause})\n`);
});

test('200 changes are one message a person, of which twenty are listed', () => {
  const many = Array.from({ length: 200 }, (_, i) => {
    const day = new Date(Date.parse('2026-09-10') + Math.floor(i / 4) * 86_400_000)
      .toISOString()
      .slice(0, 10);
    const [from, to] = [`0${(i % 4) * 2}`, `0${(i % 4) * 2 + 1}`];
    return `  - {role: engineer, from: ${day}T${from}:00, to: ${day}T${to}:00, person: nia}\n`;
  });
  const all = newsFor(handbook(NIGHTS_ROTA), handbook(`${NIGHTS_ROTA}overrides:\n${many.join('')}`));
  expect(all.filter(({ kind }) => kind !== 'team-channel').map(({ to }) => to)).toEqual([
    ...['amara', 'ben', 'chi', 'nia'],
  ]);
  for (const { text } of all) expect(text.split('\n').length).toBeLessThan(50);
});

test('what is over, changed back or no shift is no news', () => {
  const base = handbook(NIGHTS_ROTA);
  expect(newsFor(base, base)).toEqual([]);
  expect(newsFor(base, handbook(NIGHTS_ROTA + SWAP), '2026-09-30T10:00:00Z')).toEqual([]);
  const half = newsFor(base, handbook(NIGHTS_ROTA + SWAP), '2026-09-17T12:00:00Z');
  expect(half[0]?.text).not.toContain('9 Sep');
  expect(newsFor(base, handbook(NIGHTS_ROTA, { policies: { publishing: 'names: initials' } }))).toEqual([]);
});

test('another id of a rota or of a person is no news, for whoever had the time has it still', () => {
  const people = { ...PEOPLE, ben: 'name: Ben, slack: U0BEN' };
  const renamed = {
    amara: PEOPLE.amara,
    benjamin: 'name: Benjamin, slack: U0BEN',
    chi: PEOPLE.chi,
    nia: PEOPLE.nia,
  };
  const base = handbook(NIGHTS_ROTA + SWAP, { people });
  expect(newsFor(base, base.replace('rotas/paas/nights', 'rotas/paas/late'))).toEqual([]);
  const text = (NIGHTS_ROTA + SWAP).replaceAll('ben', 'benjamin');
  expect(newsFor(base, handbook(text, { people: renamed }))).toEqual([]);
  const half = handbook(NIGHTS_ROTA.replaceAll('ben', 'benjamin'), { people: renamed });
  expect(newsFor(base, half).map(({ to }) => to)).toEqual(['amara', 'benjamin', 'nia', 'paas']);
});

test('extra time is called so', () => {
  const hours =
    'name: Office\ntimezone: Europe/London\nwindows: {in-hours: [{days: [monday], from: "09:00", to: "17:00"}]}';
  const policies = { 'support-hours/office': hours };
  const days = NIGHTS_ROTA.replace('handover:', 'hours: office\nhandover:');
  const extra =
    'overrides:\n  - {role: engineer, from: 2026-09-05T10:00, to: 2026-09-05T12:00, person: nia, extra: true}\n';
  const [base = '', head = ''] = [days, days + extra].map((it) => handbook(it, { policies }));
  const [own, channel] = newsFor(base, head);
  expect([own?.text.split('\n')[1], channel?.text.split('\n')[1]]).toEqual([
    '- PaaS, Nights (engineer), Sat 5 Sep 10:00 – 12:00 (extra time)',
    '- Nia takes PaaS, Nights (engineer), Sat 5 Sep 10:00 – 12:00 (extra time)',
  ]);
});

test('initials, where names are not published', () => {
  const policies = { publishing: 'names: initials' };
  const people = { ...PEOPLE, ben: 'name: Ben Adeyemi' };
  const [base, head] = [NIGHTS_ROTA, NIGHTS_ROTA + SWAP].map((it) => handbook(it, { people, policies }));
  expect(newsFor(base ?? '', head ?? '')[0]?.text).toContain('from BA (swap)');
});

test('a cause is named only where everything that one line is about has it', () => {
  const causes = (head: string) => {
    const texts = newsFor(handbook(NIGHTS_ROTA + SWAP), handbook(head)).map(({ text }) => text);
    return new Set(texts.join('\n').match(/\([a-z ]+\)$/gm));
  };
  // Amara's first turn was one by the swap, her others change with the rotation.
  const rotation = NIGHTS_ROTA.replace('amara, ben, chi', 'amara, chi');
  expect(causes(rotation)).toEqual(new Set(['(new rotation)']));
  expect(causes(NIGHTS_ROTA)).toEqual(new Set(['(an exception was taken back)']));
});

test('an id is of receiver, kind and changes: not of when it is asked for, nor of what a rota is called', () => {
  const ids = (rota: string, now?: string) =>
    newsFor(handbook(NIGHTS_ROTA), handbook(rota), now).map(({ id }) => id);
  const first = ids(NIGHTS_ROTA + SWAP);
  expect(new Set(first).size).toBe(4);
  expect(ids(NIGHTS_ROTA + SWAP, '2026-09-17T12:00:00Z')).toEqual(first);
  expect(ids(NIGHTS_ROTA.replace('name: Nights', 'name: Evenings') + SWAP)).toEqual(first);
  const other = ids(NIGHTS_ROTA + swapOf('2026-09-09', 'ben', '2026-10-14', 'amara'));
  expect(other.filter((id) => first.includes(id))).toEqual([]);
});

test('the policy says who gets news, and a channel gets it only where its team says so', () => {
  const kinds = (to: string, team = TEAM) => {
    const rest = { policies: { messages: `news: {to: [${to}]}` } };
    const head = handbook(NIGHTS_ROTA + SWAP, rest).replace(TEAM, team);
    return newsFor(handbook(NIGHTS_ROTA), head).map((it) => `${it.kind} ${it.to}`);
  };
  expect(kinds('team-leads')).toEqual(['team-lead chi']);
  expect(kinds('delivery-leads, team-channel')).toEqual(['delivery-lead nia', 'team-channel paas']);
  expect(kinds('team-channel', 'name: PaaS')).toEqual([]);
});

test('somebody who is no longer in the handbook is still told, with their name of before', () => {
  const { amara, chi, nia } = PEOPLE;
  const head = handbook(NIGHTS_ROTA.replace('[amara, ben, chi]', '[amara, chi]'), {
    people: { amara, chi, nia },
  });
  const all = newsFor(handbook(NIGHTS_ROTA), head);
  expect(all.find(({ to }) => to === 'ben')?.text).toContain(
    'You give up:\n- PaaS, Nights (engineer), Wed 9 Sep',
  );
  expect(all.find(({ to }) => to === 'chi')?.text).toContain(', from Ben (new rotation)');
});
