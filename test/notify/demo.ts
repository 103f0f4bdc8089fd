/**
 * `npm run notify:demo`: a swap from its pull request to the hand-over, as the action `notify` tells it and carries it
 * out, against stand-ins of GitHub, Slack and Zendesk. Prints what people would see there. It is always September 2026.
 */
import { formatInstant } from '../../actions/lib/time/format.ts';
import { zoneOf } from '../../actions/lib/time/zone.ts';
import { run } from '../../scripts/rota.ts';
import type { Output } from '../../scripts/terminal.ts';
import { at } from '../handbook.ts';
import { SLACK_TOKEN } from '../slack/stand-in.ts';
import { runNotify } from './job.ts';
import { AMARA, BEN, CHI, DEE, GROUP, type Scene, startScene, trafficOf, trafficSince } from './scene.ts';

/** A team in which people swap at short notice. */
const NOTICE = 'rota_change: {minimum: 1 day, recommended: 2 days}\nconsent: []\n';

const LONDON = zoneOf('Europe/London');

/** The names behind the ids of both services. */
const NAMES: Readonly<Record<string, string>> = {
  ...{ U0AMARA: 'Amara', U0BEN: 'Ben', U0CHI: 'Chi', U0DEE: 'Dee' },
  ...{ [AMARA]: 'Amara', [BEN]: 'Ben', [CHI]: 'Chi', [DEE]: 'Dee' },
};
const named = (ids: readonly (string | number)[]): string => ids.map((id) => NAMES[id] ?? id).join(', ');

const print = (...lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`);

/** Lets time pass, and says what follows. */
async function step(scene: Scene, time: string, text: string): Promise<void> {
  await scene.goTo(time);
  print('', `\u001b[1m# ${formatInstant(LONDON, at(time))}: ${text}\u001b[0m`, '');
}

/** One run of the action; prints the lines of its log that a pattern matches, and what it wrote where. */
async function notify(scene: Scene, event: 'push' | 'schedule', shown?: RegExp): Promise<void> {
  const before = trafficOf(scene);
  const { status, stdout } = await runNotify(scene, { event });
  const lines = stdout.split('\n').filter((line) => shown?.test(line));
  if (lines.length > 0) print(...lines, '');
  const { requests, writes } = trafficSince(before, trafficOf(scene));
  const counts = (['GitHub', 'Slack', 'Zendesk'] as const).map(
    (peer) => `${peer} ${writes[peer]} of ${requests[peer]}`,
  );
  print(`(the action: status ${status}; writes of all requests: ${counts.join(', ')})`);
}

/** A command as somebody at a terminal runs it. */
async function rota({ root, slack, now }: Scene, ...words: readonly string[]): Promise<void> {
  const out: string[] = [];
  const output: Output = {
    write: (text) => void out.push(text),
    ...{ isTerminal: false, hasColours: false, columns: undefined },
  };
  const isSlack = words.includes('slack');
  await run(['--root', root, ...words, ...(isSlack ? ['--api', slack.url] : [])], {
    environment: { SLACK_BOT_TOKEN: SLACK_TOKEN },
    ...{ startedAt: at(now()), elapsed: () => 0, wait: slack.wait, stdout: output, stderr: output },
  });
  const lines = out.join('').trimEnd().split('\n');
  print(`$ rota ${words.join(' ')}`, ...lines.filter((line) => !line.startsWith('rota: ')));
}

/** What people see in Slack and Zendesk. */
function printStates({ slack: { state }, zendesk: { groups } }: Scene): void {
  const planned = state.scheduled.toSorted((one, other) => one.postAt - other.postAt);
  const posts = planned.map(({ postAt, text }) => `${formatInstant(LONDON, postAt * 1000)}, ${passIn(text)}`);
  print(
    `topic in Slack       ${state.channels.get('C0PAAS')?.topic}`,
    `user group in Slack  ${named(state.groups.get('S0SUPPORT')?.users ?? [])}`,
    `group in Zendesk     ${named(groups.members[GROUP] ?? [])}`,
    ...posts.map((post, i) => `${i === 0 ? 'posts planned' : ''.padEnd(13)}        ${post}`),
  );
}

/** Who hands over to whom, as a post says it. */
const passIn = (text: string): string =>
  (text.split('\n')[1] ?? '').replace(/<@(\w+)>/g, (_, id: string) => NAMES[id] ?? id);

function printIssues({ github }: Scene): void {
  for (const { number, title, assignees, body } of github.state.issues) {
    const items = (body ?? '').split('\n').filter((line) => /^(### To do|- \[)/.test(line));
    print(
      `issue ${number}, "${title}", assigned to ${assignees.join(' and ')}`,
      ...items.map((it) => `  ${it}`),
    );
  }
}

/** The visible lines of our comments on the pull request. */
function printComments({ github }: Scene): void {
  for (const { body } of github.state.pulls[0]?.comments ?? [])
    print(...body.split('\n').filter((line) => line !== '' && !line.startsWith('<!--')), '');
}

async function theSwap(scene: Scene): Promise<void> {
  await step(
    scene,
    '2026-09-08T08:00:00Z',
    'Amara is on, and Ben is next. The action runs for the first time',
  );
  await notify(scene, 'schedule');
  printStates(scene);
  await step(scene, '2026-09-08T10:00:00Z', 'Ben and Dee swap; the pull request is merged');
  await rota(scene, 'swap', 'paas/support', 'engineer', '2026-09-11', '2026-09-18');
  print('');
  scene.merge(7);
  await notify(scene, 'push');
  print('', 'One comment on the pull request, which GitHub mails to whom it mentions:', '');
  printComments(scene);
  print('The two posts have moved; who is on has not changed yet:', '');
  printStates(scene);
  print('');
  await rota(scene, 'plan', 'slack');
}

async function theHandOver(scene: Scene): Promise<void> {
  await step(scene, '2026-09-10T07:03:00Z', 'the working day before; the issue of the hand-over is opened');
  await notify(scene, 'schedule');
  printIssues(scene);
  await step(scene, '2026-09-11T08:53:00Z', 'seven minutes before the hand-over, nobody has changed');
  await notify(scene, 'schedule', /^issue/);
  printStates(scene);
  for (const { postAt, text } of scene.slack.state.posted)
    print(`posted by Slack      ${formatInstant(LONDON, postAt * 1000)}, ${passIn(text)}`);
  await step(scene, '2026-09-11T09:03:00Z', 'the first run after the hand-over');
  await notify(scene, 'schedule', /^(paas|# (Topics|Groups)| {2}(was|now|add|remove))/);
  printStates(scene);
  const members = scene.zendesk.groups.history.map((it) => named(it[GROUP] ?? []));
  print(`the group in Zendesk had, one after another: ${members.join('; ')}`);
}

async function again(scene: Scene): Promise<void> {
  await step(scene, '2026-09-11T09:13:00Z', 'the same again, and the run of the merge once more');
  await notify(scene, 'schedule');
  await notify(scene, 'push');
}

const scene = await startScene({ files: { 'policies/notice.yaml': NOTICE } });
try {
  for (const part of [theSwap, theHandOver, again]) await part(scene);
} finally {
  await scene.stop();
}
