/** Runs the program of the action `notify` in this process, with the defaults of its `action.yml`. Asserts nothing. */
import type { NotifyInputs, NotifySecrets } from '../../actions/lib/programs/notify-inputs.ts';
import { runNotifyJob } from '../../actions/lib/programs/notify-job.ts';
import { runJob } from '../github/job.ts';
import { TOKEN } from '../github/runner.ts';
import { at } from '../handbook.ts';
import { SLACK_TOKEN } from '../slack/stand-in.ts';
import { ENVIRONMENT } from '../zendesk/stand-in.ts';
import type { Scene } from './scene.ts';

/** The secrets of Slack's app and of Zendesk. */
export const APP_SECRETS = { SLACK_BOT_TOKEN: SLACK_TOKEN, ...ENVIRONMENT } as const;

const NO_SECRETS: NotifySecrets = {
  ...{ SLACK_BOT_TOKEN: '', SLACK_WEBHOOK: '', TEAMS_WEBHOOK: '', SMTP_URL: '' },
  ...{ ZENDESK_EMAIL: '', ZENDESK_API_TOKEN: '', ZENDESK_OAUTH_TOKEN: '' },
};

/** One run at the time of the scene, of a push unless it is scheduled. */
export function runNotify(
  { root, github, slack, zendesk, commits, now }: Scene,
  {
    secrets = APP_SECRETS,
    event = 'push',
    ...inputs
  }: Partial<Omit<NotifyInputs, 'secrets'>> & {
    readonly secrets?: Partial<NotifySecrets>;
    readonly event?: 'push' | 'schedule';
  } = {},
) {
  const context = {
    ...{ eventName: event, payload: event === 'push' ? { before: commits.at(-2) ?? '' } : {} },
    ...{ sha: commits.at(-1) ?? '', refName: 'main', token: TOKEN },
    repository: { owner: github.state.owner, repo: github.state.name },
    ...{ apiUrl: github.url, serverUrl: 'https://github.com', workspace: root, folder: '.', root },
    ...{ commentAuthor: 'github-actions[bot]', now: at(now()) },
  };
  const given: NotifyInputs = {
    ...{ mode: 'apply', parts: '', allow: '', mostWrites: '', approved: '' },
    ...{ slackApi: slack.url, zendeskSubdomain: 'example', zendeskApi: zendesk.url },
    ...inputs,
    secrets: { ...NO_SECRETS, ...secrets },
  };
  return runJob(root, () =>
    runNotifyJob(context, given, { clock: () => at(now()), wait: slack.wait, patienceMs: 1 }),
  );
}
