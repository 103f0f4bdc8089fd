/** `rota plan posts` and `rota apply posts` end to end: runs in a real folder against the stand-in. */
import { expect, test } from 'vitest';
import { aHandbook, at, NIGHTS_ROTA, texts } from '../handbook.ts';
import { rotaInProcess } from '../in-process.ts';
import { folder } from '../process.ts';
import { SLACK_TOKEN, slackStandIn } from '../slack/stand-in.ts';

const NOW = '2026-12-01T12:00:00Z';
const FILES = aHandbook({
  people: { amara: 'name: Amara, slack: U1', ben: 'name: "Ben @here"', chi: 'name: Chi' },
  rotas: { 'paas/team': 'name: PaaS\nslack: {channel: C0PAAS, hand_over: {}}', 'paas/nights': NIGHTS_ROTA },
});

test('plans the posts of the next seven days, and finds them again by the repository', async () => {
  const slack = await slackStandIn({ now: at(NOW), channels: { C0PAAS: { topic: '' } } });
  const root = folder(texts(FILES));
  const run = (words: string, environment = {}) =>
    rotaInProcess(root, ['--now', NOW, ...words.split(' '), '--api', slack.url], {
      SLACK_BOT_TOKEN: SLACK_TOKEN,
      ...environment,
    });
  expect(await run('plan posts')).toMatchObject({ status: 2, stderr: /--repository owner\/name/ });
  const plan = await run('plan posts --format json --repository example/handbook');
  expect(plan).toMatchObject({ status: 0, stderr: '' });
  const after = { text: expect.stringMatching(/^post of 2026-12-02T09:45:00Z: PaaS, Nights: hand-over on /) };
  expect(JSON.parse(plan.stdout)).toMatchObject({
    writes: 1,
    targets: [{ team: 'paas', kind: 'posts', id: 'C0PAAS', add: [after], remove: [] }],
  });
  const APPLY = 'apply posts --allow not-the-tip';
  expect(await run(APPLY, { GITHUB_REPOSITORY: 'example/handbook' })).toMatchObject({ status: 0 });
  expect(slack.state.scheduled.map(({ text }) => text.split('\n')[1])).toEqual([
    'engineer: <@U1> hands over to Ben \uff20here',
  ]);
  const again = await run(`plan posts --expect-no-changes --repository example/handbook`);
  expect(again).toMatchObject({ status: 0, stdout: 'Slack matches the handbook\n' });
  expect(slack.violations).toEqual([]);
});
