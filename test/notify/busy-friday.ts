/** The scene on a busy Friday, of which every part of the action has something to do, and all that it is done with. */
import { onTestFinished } from 'vitest';
import { startMailServer } from '../email/smtp-server.ts';
import { webhookStandIn } from '../webhook/stand-in.ts';
import { APP_SECRETS } from './job.ts';
import {
  CHI,
  type Given,
  GROUP,
  NEXT_SWAPPED,
  ROTA_FILE,
  type Scene,
  startScene,
  TEAM,
  type Traffic,
} from './scene.ts';

/** Eight minutes before Amara hands over to Ben; the announcement of it is due. */
const FRIDAY = '2026-09-11T08:52:00Z';

export const EVERY_WAY = 'news: {by: [github, slack, email]}\nemail: {from: rota@example.org}\n';

/** A scene for one test. */
export async function scene(given: Given = {}): Promise<Scene> {
  const made = await startScene(given);
  onTestFinished(made.stop);
  return made;
}

/** The secrets of everything, and what they open. */
export async function everything() {
  const [mail, hook, teams] = [
    await startMailServer(),
    await webhookStandIn(),
    await webhookStandIn('teams'),
  ];
  const secrets = {
    ...APP_SECRETS,
    ...{ SMTP_URL: mail.url, SLACK_WEBHOOK: hook.of('slack'), TEAMS_WEBHOOK: `paas ${teams.of('teams')}` },
  };
  return { mail, hook, teams, secrets };
}

/** On Friday before the hand-over: a swap was merged, nothing was applied yet, and Chi is still in the group. */
export async function busyFriday(): Promise<Scene> {
  const there = await scene({
    messages: EVERY_WAY,
    team: `${TEAM}microsoft_teams: {hand_over: {before: 15 minutes}}\n`,
  });
  await there.goTo(FRIDAY);
  there.zendesk.groups.byHand(GROUP, { add: CHI });
  there.merge(7, { [ROTA_FILE]: NEXT_SWAPPED });
  return there;
}

/** Who was told what in Slack, a message each. */
export const told = ({ slack }: Scene): readonly string[] =>
  slack.state.lines.filter((line) => !line.includes('set the topic'));

/** What a run leaves, but for messages, which are sent once or reported. */
export function endOf({ slack: { state }, zendesk, github }: Scene) {
  return {
    topic: state.channels.get('C0PAAS')?.topic,
    group: state.groups.get('S0SUPPORT')?.users,
    members: zendesk.groups.members,
    planned: state.scheduled.map(({ channel, postAt, text }) => `${channel} ${postAt} ${text}`),
    issues: github.state.issues
      .filter(({ title }) => title.startsWith('Hand-over:'))
      .map(({ title, assignees, body, state: is }) => [title, assignees, body, is]),
    comments: github.state.pulls[0]?.comments.length,
  };
}

export const NO_WRITES: Traffic['writes'] = { GitHub: 0, Slack: 0, Zendesk: 0 };
