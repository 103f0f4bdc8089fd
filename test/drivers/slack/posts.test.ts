// Posts that are planned inside Slack: what is added, deleted, left alone, and that nobody is told twice.
import { expect, test } from 'vitest';
import { applyStates } from '../../../actions/lib/drivers/converge/apply.ts';
import { planStates } from '../../../actions/lib/drivers/converge/plan.ts';
import { statePlanLines } from '../../../actions/lib/drivers/converge/report.ts';
import { postsDriver } from '../../../actions/lib/drivers/slack/posts-driver.ts';
import { DAY, MINUTE } from '../../../actions/lib/time/date.ts';
import { aHandbook, at, NIGHTS_ROTA, sound } from '../../handbook.ts';
import { sampled } from '../../sampled.ts';
import { type SlackStandIn, slackStandIn } from '../../slack/stand-in.ts';

const NOW = '2026-09-07T09:00:00Z';
/** When the post about the hand-over of Wednesday at 10:00 in London is due. */
const POST_AT = at('2026-09-09T08:45:00Z');
const PEOPLE = { amara: 'name: Amara, slack: U1', ben: 'name: Ben, slack: U2', chi: 'name: Chi, slack: U3' };

interface Given {
  /** More of the rota. */
  readonly rota?: string;
  readonly slack?: string;
  readonly rotas?: Readonly<Record<string, string>>;
  readonly people?: Readonly<Record<string, string>>;
}
const SLACK = 'slack: {channel: C0PAAS, hand_over: {}}';
const handbook = ({ rota = '', slack = SLACK, rotas = {}, people = PEOPLE }: Given = {}) =>
  sound(
    aHandbook({
      people,
      rotas: { 'paas/team': `name: PaaS\n${slack}`, 'paas/nights': `${NIGHTS_ROTA}${rota}`, ...rotas },
    }),
  );
const COVER = `overrides:
  - {role: engineer, person: ben, from: 2026-09-08T10:00, to: 2026-09-08T18:00}
`;
const SWAP = 'overrides:\n  - {role: engineer, person: chi, turn: 2026-09-09}\n';

const start = (now = NOW) =>
  slackStandIn({ now: at(now), channels: { C0PAAS: { topic: '' }, C0OTHER: { topic: '' } } });

const TIP = {
  revision: 'a'.repeat(40),
  tip: 'a'.repeat(40),
  allow: [],
  mostWrites: 500,
  approved: undefined,
};

/** One run; returns the lines of its plan, its trouble, and how many requests it sent. */
async function run(slack: SlackStandIn, given: Given = {}, source = 'example/handbook') {
  const client = slack.client();
  const driver = postsDriver({ client, source, clock: slack.clock });
  const it = handbook(given);
  const now = slack.clock();
  const plan = planStates('Slack', now, await driver.targets(it, now, () => {}), TIP);
  const result = await applyStates(plan, driver, { handbook: it, clock: slack.clock, progress: () => {} });
  const lines = statePlanLines(plan, 'plan', (_, text) => text);
  const { counts } = client;
  return { lines, trouble: result.trouble.map(({ kind }) => kind), counts };
}

/** What is planned, in order of time: its channel, its time, and its lines but the title and the reference. */
const planned = ({ state }: SlackStandIn): readonly string[] =>
  [...state.scheduled]
    .toSorted((one, other) => one.postAt - other.postAt)
    .map(({ channel, postAt, text }) =>
      [
        channel,
        `${new Date(postAt * 1000).toISOString().slice(0, 16)}Z`,
        ...text.split('\n').slice(1, -1),
      ].join(' '),
    );

const FIRST = 'C0PAAS 2026-09-09T08:45Z engineer: <@U1> hands over to <@U2>';

test('the posts of seven days are planned, and a second run changes nothing', async () => {
  const slack = await start();
  const first = await run(slack);
  expect(first.lines.slice(0, 4)).toEqual([
    '1 change to make in Slack',
    '',
    'paas posts (C0PAAS): 1 to add',
    '  add post of 2026-09-09T08:45:00Z: PaaS, Nights: hand-over on Wed 9 Sep 10:00 (Europe/London); engineer: Amara hands over to Ben',
  ]);
  expect(first).toMatchObject({ trouble: [], counts: { reads: 2, writes: 1 } });
  expect(planned(slack)).toEqual([FIRST]);
  expect(slack.state.scheduled[0]?.text).toMatch(/^\*PaaS, Nights: hand-over on Wed 9 Sep 10:00 /);
  const again = await run(slack);
  expect(again).toEqual({
    lines: ['Slack matches the handbook'],
    trouble: [],
    counts: { reads: 1, writes: 0 },
  });
  await slack.wait(7 * DAY);
  expect((await run(slack)).lines[0]).toBe('1 change to make in Slack');
  expect(slack.state.posted.length).toBe(1);
  expect(slack.violations).toEqual([]);
});

test.each<[string, Given, readonly string[]]>([
  ['other people', { rota: SWAP }, ['C0PAAS 2026-09-09T08:45Z engineer: <@U1> hands over to <@U3>']],
  [
    'cover',
    { rota: COVER },
    [
      'C0PAAS 2026-09-08T08:45Z engineer: <@U1> hands over to <@U2>',
      'C0PAAS 2026-09-08T16:45Z engineer: <@U2> hands over to <@U1>',
      FIRST,
    ],
  ],
  [
    'another time before',
    { slack: 'slack: {channel: C0PAAS, hand_over: {before: 1 hour}}' },
    ['C0PAAS 2026-09-09T08:00Z engineer: <@U1> hands over to <@U2>'],
  ],
  [
    'another channel',
    { slack: 'slack: {channel: C0OTHER, hand_over: {}}' },
    ['C0OTHER 2026-09-09T08:45Z engineer: <@U1> hands over to <@U2>'],
  ],
  ['no posts', { slack: 'slack: {channel: C0PAAS}' }, []],
  ['no Slack', { slack: 'channel: none' }, []],
])('a handbook with %s: posts are deleted and added, and back', async (_, given, expected) => {
  const slack = await start();
  await run(slack);
  expect((await run(slack, given)).trouble).toEqual([]);
  expect(planned(slack)).toEqual(expected);
  expect((await run(slack, given)).counts.writes).toBe(0);
  expect((await run(slack)).trouble).toEqual([]);
  expect(planned(slack)).toEqual([FIRST]);
  expect(slack.violations).toEqual([]);
});

test("posts of others by the same app stay, also another handbook's in the same channel", async () => {
  const slack = await start();
  await slack.client().schedulePost({ channel: 'C0PAAS', postAt: POST_AT, text: 'Reference for Amara' });
  const other = {
    rotas: { 'mp/team': `name: MP\n${SLACK}`, 'mp/nights': NIGHTS_ROTA },
    slack: 'channel: none',
  };
  await run(slack, other, 'example/other-handbook');
  await run(slack);
  expect(planned(slack)).toHaveLength(3);
  await run(slack, { slack: 'channel: none' });
  expect(planned(slack)).toEqual(['C0PAAS 2026-09-09T08:45Z', FIRST]);
});

test('when the repository gets another name, its posts are taken over, and nobody is told twice', async () => {
  const slack = await start();
  await run(slack, {}, 'example/handbook');
  expect((await run(slack, {}, 'example/renamed')).counts.writes).toBe(0);
  await run(slack, { rota: SWAP }, 'example/renamed');
  expect(planned(slack)).toEqual([FIRST.replace('U2', 'U3')]);
});

test('names that Slack returns changed make no difference', async () => {
  const slack = await start();
  const people = { ...PEOPLE, ben: 'name: "Ben 🚒 & Co"' };
  await run(slack, { people });
  expect(slack.state.scheduled[0]?.text).toContain('Ben :fire_engine: &amp; Co');
  expect((await run(slack, { people })).counts.writes).toBe(0);
});

test('all pages of a list are read, and nothing is changed where one cannot be', async () => {
  const slack = await start();
  await run(slack);
  const [own] = slack.state.scheduled;
  const others = Array.from({ length: 150 }, (_, i) => ({
    ...{ id: `Q9${i}`, channel: 'C0OTHER', postAt: POST_AT / 1000 + 600 * i, text: 'x' },
  }));
  slack.state.scheduled = own === undefined ? others : [...others, own];
  expect((await run(slack)).counts).toEqual({ reads: 2, writes: 0 });
  const ENDLESS = { scheduled_messages: [], response_metadata: { next_cursor: 'MA==' } };
  for (const [body, times] of [
    [{}, 1],
    [{ scheduled_messages: [{}] }, 1],
    [{ scheduled_messages: [{ id: 'Q1', channel_id: 'C1' }] }, 1],
    [ENDLESS, 2],
  ] as const) {
    slack.fault('chat.scheduledMessages.list', { body: { ok: true, ...body } }, times);
    await expect(run(slack)).rejects.toThrow('response to chat.scheduledMessages.list cannot be read');
  }
});

test('without its scope nothing is planned, and the scope is named', async () => {
  const slack = await start();
  slack.state.scopes.delete('chat:write');
  await expect(run(slack)).rejects.toThrow('add the scope chat:write');
});

test('of two posts about one hand-over, one is deleted', async () => {
  const slack = await start();
  await run(slack);
  const [{ text = '' } = {}] = slack.state.scheduled;
  await slack.client().schedulePost({ channel: 'C0PAAS', postAt: POST_AT, text });
  await slack.client().schedulePost({ channel: 'C0PAAS', postAt: POST_AT + 5 * MINUTE, text });
  await run(slack);
  expect(planned(slack)).toEqual([FIRST]);
});

/** What is planned for the hand-over of 9 September, and what was sent about it. */
const aboutFirst = (slack: SlackStandIn): readonly (readonly string[])[] => [
  planned(slack).filter((line) => line.includes('2026-09-09')),
  slack.state.posted.map(({ text }) => text.split('\n')[1] ?? ''),
];

test('what is about to be sent is left alone, and nothing takes its place', async () => {
  const slack = await start();
  await run(slack);
  await slack.wait(POST_AT - slack.clock() - 90_000);
  const late = await run(slack, { rota: SWAP });
  expect(late.lines).toContain(
    '  the post of 2026-09-09T08:45:00Z is about to be sent and cannot be changed any more',
  );
  expect(late.counts.writes).toBe(0);
  await slack.wait(2 * MINUTE);
  // It was sent: neither the same nor the other people are announced once more.
  for (const given of [{ rota: SWAP }, {}]) {
    await run(slack, given);
    expect(aboutFirst(slack)).toEqual([[], ['engineer: <@U1> hands over to <@U2>']]);
  }
});

test('a run that comes late announces nothing that is over, or of which the time has passed', async () => {
  const slack = await start('2026-09-09T08:50:00Z');
  await run(slack);
  expect(aboutFirst(slack)).toEqual([[], []]);
  await slack.wait(DAY);
  await run(slack);
  expect(aboutFirst(slack)).toEqual([[], []]);
});

test('a post that should have come earlier than now stays at its time', async () => {
  const slack = await start();
  await run(slack);
  await slack.wait(POST_AT - slack.clock() - 10 * MINUTE);
  const earlier = 'slack: {channel: C0PAAS, hand_over: {before: 24 hours}}';
  await run(slack, { slack: earlier });
  expect(aboutFirst(slack)).toEqual([[FIRST], []]);
  await run(slack, { slack: earlier, rota: SWAP });
  expect(aboutFirst(slack)).toEqual([[FIRST.replace('U2', 'U3')], []]);
});

test('a post whose deletion is refused as too late is not replaced', async () => {
  const slack = await start();
  await run(slack);
  await slack.wait(POST_AT - slack.clock() - 3 * MINUTE);
  // Slack makes the run wait for so long that the post is nearly due.
  slack.fault('chat.deleteScheduledMessage', { status: 429, headers: { 'retry-after': '85' } }, 2);
  await run(slack, { rota: SWAP });
  await slack.wait(DAY);
  expect(slack.state.posted.map(({ text }) => text.includes('<@U2>'))).toEqual([true]);
});

test('the thirty-first post of a channel in five minutes waits for room', async () => {
  const rotas = Object.fromEntries(
    Array.from({ length: 31 }, (_, i) => [`paas/r${i}`, NIGHTS_ROTA.replace('Nights', `Rota ${i}`)]),
  );
  const slack = await start();
  const { lines, trouble } = await run(slack, { rotas });
  expect(lines.filter((line) => line.includes('has no room'))).toHaveLength(2);
  expect(trouble).toEqual([]);
  expect(slack.state.scheduled.length).toBe(30);
  expect(slack.violations).toEqual([]);
});

test.each([
  ['a channel without the app', { foreign: true }, 'not_in_channel'],
  ['an archived channel', { archived: true }, 'is_archived'],
])('%s: a fault that says what to do, and the other team goes on', async (_, channel, code) => {
  const slack = await slackStandIn({
    now: at(NOW),
    channels: { C0PAAS: { topic: '', ...channel }, C0MP: { topic: '' } },
  });
  const rotas = {
    'mp/team': 'name: MP\nslack: {channel: C0MP, hand_over: {}}',
    'mp/nights': NIGHTS_ROTA.replace('Nights', 'MP nights'),
  };
  expect((await run(slack, { rotas })).trouble).toEqual(['fault']);
  expect(planned(slack)).toEqual([FIRST.replace('C0PAAS', 'C0MP')]);
  await expect(
    slack.client().schedulePost({ channel: 'C0PAAS', postAt: POST_AT, text: 'x' }),
  ).rejects.toThrow(code);
});

test('a lost answer: what was planned is found by the next run, and not planned twice', async () => {
  const slack = await start();
  slack.fault('chat.scheduleMessage', 'lost');
  expect((await run(slack)).trouble).toEqual(['fault']);
  expect((await run(slack)).counts.writes).toBe(0);
  expect(planned(slack)).toEqual([FIRST]);
  // A deletion is repeated, and what is gone is deleted.
  slack.fault('chat.deleteScheduledMessage', 'lost');
  expect((await run(slack, { rota: SWAP })).trouble).toEqual([]);
  expect(slack.state.scheduled.length).toBe(1);
});

const CHANGES: readonly Given[] = [
  { rota: SWAP },
  { rota: COVER },
  { slack: 'slack: {channel: C0OTHER, hand_over: {}}' },
];
const stops = CHANGES.flatMap((given, i) => [1, 2, 3, 4, 5].map((stop) => [stop, i, given] as const));

test.each(sampled(stops, 6))(
  'stopped after request %i of change %i: the same end',
  async (stop, _, given) => {
    const slack = await start();
    await run(slack);
    const direct = await start();
    await run(direct);
    await run(direct, given);
    slack.stopAfter(stop);
    await run(slack, given).catch(() => {});
    slack.resume();
    await run(slack, given);
    expect(planned(slack)).toEqual(planned(direct));
    await slack.wait(6 * DAY);
    const texts = slack.state.posted.map(({ text }) => text.split('\n')[0]);
    expect(new Set(texts).size).toBe(texts.length);
    expect(slack.violations).toEqual([]);
  },
);

test('a hundred teams: planned without a refusal, and without changes one read for a hundred posts', async () => {
  const teams = Array.from({ length: 100 }, (_, i) => i + 1);
  const rotas = Object.fromEntries(
    teams.flatMap((i) => [
      [`t${i}/team`, `name: Team ${i}\nslack: {channel: C0T${i}, hand_over: {}}`],
      [`t${i}/nights`, NIGHTS_ROTA],
    ]),
  );
  const channels = Object.fromEntries(teams.map((i) => [`C0T${i}`, { topic: '' }]));
  const slack = await slackStandIn({ now: at(NOW), channels });
  const given = { rotas, slack: 'channel: none' };
  expect(await run(slack, given)).toMatchObject({ trouble: [], counts: { reads: 2, writes: 100 } });
  expect(slack.requests.length).toBe(102);
  expect((await run(slack, given)).counts).toEqual({ reads: 1, writes: 0 });
});
