// The text of a post: who hands over to whom, and when, and that nothing written in YAML comes alive in a chat.
import { expect, test } from 'vitest';
import { type HandOverPost, handOverPosts } from '../../actions/lib/messages/handover-post.ts';
import { slackMessage, teamsMessage } from '../../actions/lib/messages/post-texts.ts';
import type { Handbook } from '../../actions/lib/model.ts';
import { durationOf } from '../../actions/lib/time/duration.ts';
import { aHandbook, between, local, NIGHTS_ROTA, sound } from '../handbook.ts';

const PEOPLE = {
  amara: 'name: Amara Osei, slack: U01AMARA',
  ben: 'name: Ben Adeyemi, slack: U01BEN',
  chi: 'name: Chi',
};

/** The posts of team paas in a span. */
function posts(
  text: string,
  from: string,
  to: string,
  { before = '15 minutes', daily = false } = {},
): readonly HandOverPost[] {
  return handOverPosts(sound(text), 'paas', { before: durationOf(before), daily }, between(from, to));
}

const nights = (more = '', people: Readonly<Record<string, string>> = PEOPLE, team = 'name: PaaS') =>
  aHandbook({ people, rotas: { 'paas/team': team, 'paas/nights': `${NIGHTS_ROTA}${more}` } });

test('people are mentioned by their ids, and named where none is known', () => {
  const [first, second] = posts(nights(), '2026-09-08T00:00Z', '2026-09-17T00:00Z');
  expect(first).toMatchObject({
    team: 'paas',
    rota: 'paas/nights',
    id: expect.stringMatching(/^[0-9a-f]{16}$/),
  });
  expect(
    slackMessage(first as HandOverPost, 'Reference'),
  ).toBe(`*PaaS, Nights: hand-over on Wed 9 Sep 10:00 (Europe/London)*
engineer: <@U01AMARA> hands over to <@U01BEN>
Reference`);
  expect(slackMessage(second as HandOverPost)).toContain('engineer: <@U01BEN> hands over to Chi');
});

test('a post is due so long before its hand-over', () => {
  const [it] = posts(nights(), '2026-10-28T00:00Z', '2026-10-29T00:00Z', { before: '24 hours' });
  expect(local(it?.at ?? 0, 'Europe/London')).toBe('2026-10-28T10:00+00:00');
  expect(local(it?.postAt ?? 0, 'Europe/London')).toBe('2026-10-27T10:00+00:00');
});

test('cover begins and ends with a post of its own, and other people do not make another hand-over', () => {
  const cover = (person: string) => `overrides:
  - {role: engineer, person: ${person}, from: 2026-09-10T10:00, to: 2026-09-10T18:00}
`;
  const texts = posts(nights(cover('chi')), '2026-09-10T00:00Z', '2026-09-11T00:00Z').map((it) =>
    slackMessage(it),
  );
  expect(texts).toEqual([
    `*PaaS, Nights: change of cover on Thu 10 Sep 10:00 (Europe/London)*
engineer: <@U01BEN> hands over to Chi`,
    `*PaaS, Nights: change of cover on Thu 10 Sep 18:00 (Europe/London)*
engineer: Chi hands over to <@U01BEN>`,
  ]);
  const ids = (person: string) =>
    posts(nights(cover(person)), '2026-09-10T00:00Z', '2026-09-11T00:00Z').map(({ id }) => id);
  expect(ids('chi')).toEqual(ids('amara'));
  expect(new Set(ids('chi')).size).toBe(2);
});

test('nobody is said to be nobody', () => {
  const end =
    '      - {first_turn: 2026-09-16, people: []}\n      - {first_turn: 2026-09-23, people: [amara]}\n';
  const texts = posts(nights(end), '2026-09-16T00:00Z', '2026-09-24T00:00Z').map((it) => slackMessage(it));
  expect(texts.map((it) => it.split('\n')[1])).toEqual([
    'engineer: <@U01BEN> hands over, and nobody takes over',
    'engineer: <@U01AMARA> takes over, from nobody',
  ]);
});

test('where windows pass from rota to rota, there are posts for those who want them', () => {
  const rota = (name: string, window: string, people: string) => `name: ${name}
timezone: Europe/London
hours: paas
covers: [${window}]
handover: {day: monday, time: "10:00"}
roles: {engineer: {rotation: [{first_turn: 2026-09-07, people: [${people}]}]}}
`;
  const text = aHandbook({
    people: PEOPLE,
    policies: {
      'support-hours/paas': `name: PaaS
timezone: Europe/London
windows:
  day: [{days: every, from: "10:00", to: "16:00"}]
  night: {outside: [day]}
`,
    },
    rotas: {
      'paas/team': 'name: PaaS',
      'paas/days': rota('Days', 'day', 'amara'),
      'paas/nights': rota('Nights', 'night', 'ben'),
    },
  });
  const span = ['2026-09-16T00:00Z', '2026-09-17T00:00Z'] as const;
  expect(posts(text, ...span)).toEqual([]);
  expect(posts(text, ...span, { daily: true }).map((it) => slackMessage(it))).toEqual([
    `*PaaS, Days: hand-over on Wed 16 Sep 10:00 (Europe/London)*
engineer: <@U01BEN> (Nights) hands over to <@U01AMARA>`,
    `*PaaS, Nights: hand-over on Wed 16 Sep 16:00 (Europe/London)*
engineer: <@U01AMARA> (Days) hands over to <@U01BEN>`,
  ]);
});

test('people of another rota are named once each, whoever hands over to how many', () => {
  const rota = (name: string, window: string, roles: string) => `name: ${name}
timezone: Europe/London
hours: paas
covers: [${window}]
handover: {day: monday, time: "10:00"}
roles: {${roles}}
`;
  const role = (id: string, person: string) =>
    `${id}: {rotation: [{first_turn: 2026-09-07, people: [${person}]}]}`;
  const text = aHandbook({
    people: PEOPLE,
    policies: {
      'support-hours/paas': `name: PaaS
timezone: Europe/London
windows:
  day: [{days: every, from: "10:00", to: "16:00"}]
  night: {outside: [day]}
`,
    },
    rotas: {
      'paas/team': 'name: PaaS',
      'paas/days': rota('Days', 'day', `${role('first', 'amara')}, ${role('second', 'ben')}`),
      'paas/nights': rota('Nights', 'night', role('engineer', 'chi')),
    },
  });
  const all = posts(text, '2026-09-16T00:00Z', '2026-09-17T00:00Z', { daily: true });
  expect(all.map((it) => slackMessage(it).split('\n').slice(1))).toEqual([
    ['first, second: Chi (Nights) hands over to <@U01AMARA>, <@U01BEN>'],
    ['engineer: <@U01AMARA>, <@U01BEN> (Days) hand over to Chi'],
  ]);
});

/** A handbook with names that the schemas would refuse. */
function hostile(): Handbook {
  const handbook = sound(nights());
  const named = <T extends { readonly name: string }>(things: ReadonlyMap<string, T>, ...names: string[]) =>
    new Map([...things].map(([id, it], i) => [id, { ...it, name: names[i] ?? it.name }]));
  return {
    ...handbook,
    people: named(
      new Map([...handbook.people].map(([id, it]) => [id, { ...it, slack: undefined }])),
      '@here & <!channel>',
      '</at> :fire: *b* ~c~ `d`',
    ),
    teams: named(handbook.teams, 'GOV.UK _x_ https://example.org'),
    rotas: named(handbook.rotas, '{{DATE(2026-01-01)}}\n> x'),
  };
}

test('no name comes alive in Slack or on a card', () => {
  const wanted = { before: durationOf('15 minutes'), daily: false };
  const span = between('2026-09-09T00:00Z', '2026-09-10T00:00Z');
  const [post] = handOverPosts(hostile(), 'paas', wanted, span);
  const message = slackMessage(post as HandOverPost);
  const marks = message.replace(/^\*(.*)\*$/m, '$1').replaceAll(/&(amp|lt|gt);/g, '');
  expect(marks).not.toMatch(/[<>@&_*`~]|\w\.\w|:(?!\d\d )\S/);
  expect(marks.split('\n')).toHaveLength(2);
  const card = JSON.stringify(teamsMessage(post as HandOverPost));
  expect(card).not.toMatch(/\{\{[A-Z]|<\/?at|@here|"TextBlock"|:\/\/example/);
  expect(card).toContain('"type":"TextRun"');
});

test('a post has forty roles at most, and says how many more there are', () => {
  const [head = '', role = ''] = NIGHTS_ROTA.split('roles:\n');
  const roles = Array.from({ length: 42 }, (_, i) => role.replace('engineer', `r${i}`)).join('');
  const rotas = { 'paas/team': 'name: PaaS', 'paas/nights': `${head}roles:\n${roles}` };
  const [post] = posts(aHandbook({ rotas }), '2026-09-09T00:00Z', '2026-09-10T00:00Z');
  const lines = slackMessage(post as HandOverPost).split('\n');
  expect([lines.length, lines.at(-1)]).toEqual([42, 'and 2 roles more']);
});

test('initials are posted where names are published as initials', () => {
  const text = aHandbook({
    people: { ...PEOPLE, amara: 'name: Amara Osei', ben: 'name: Ben Adeyemi' },
    policies: { publishing: 'names: initials' },
    rotas: { 'paas/team': 'name: PaaS', 'paas/nights': NIGHTS_ROTA },
  });
  const [post] = posts(text, '2026-09-09T00:00Z', '2026-09-10T00:00Z');
  expect(slackMessage(post as HandOverPost)).toContain('engineer: AO hands over to BA');
});
