/** The parts of the action `notify` that write to chats and helpdesks: topics, groups, and posts of hand-overs. */
import type { StateDriver } from '../drivers/converge/driver.ts';
import { stateAudit } from '../drivers/converge/entries.ts';
import { obstacleCount, statesDiffer } from '../drivers/converge/plan.ts';
import { stateAuditMarkdown, statePlanLines, statePlanMarkdown } from '../drivers/converge/report.ts';
import { addressOf as slackAddress, tokenOf } from '../drivers/slack/access.ts';
import { Slack } from '../drivers/slack/client.ts';
import { slackStates } from '../drivers/slack/driver.ts';
import { webhooksIn } from '../drivers/webhook/access.ts';
import { authorizationOf, addressOf as zendeskAddress } from '../drivers/zendesk/access.ts';
import { Zendesk } from '../drivers/zendesk/client.ts';
import { zendeskStates } from '../drivers/zendesk/driver.ts';
import { connect } from '../github/connection.ts';
import type { ActionContext } from '../github/context.ts';
import { logError, logInfo } from '../github/log.ts';
import { sourceName } from '../messages/post-reference.ts';
import type { Handbook, Team } from '../model.ts';
import { plural } from '../text/plural.ts';
import type { Instant } from '../timeline.ts';
import type { CheckedOut } from './checked-out-texts.ts';
import {
  convergeHandbook,
  type HandbookOutcome,
  type HandbookReporter,
  type HandbookRequest,
} from './converge-states.ts';
import { formerHandbooks } from './former-handbooks.ts';
import type { NotifyInputs, NotifyWish } from './notify-inputs.ts';
import { planPosts } from './plan-posts.ts';
import { issueLedger } from './post-ledger-issue.ts';
import { announcedText } from './webhook-posts.ts';

/** The time of a run. */
export interface RunTime {
  /** Goes on from `context.now`. */
  readonly clock: () => Instant;
  readonly wait: (ms: number) => Promise<void>;
  /** The first wait before a request is repeated. */
  readonly patienceMs: number;
}

/** What the parts share. */
export interface NotifyRun {
  readonly context: ActionContext;
  readonly inputs: NotifyInputs;
  readonly wish: NotifyWish;
  readonly time: RunTime;
  readonly texts: CheckedOut;
  /** What the job summary shows, part by part. */
  readonly summary: string[];
}

/** What the parts share that need a handbook without errors. */
export interface StatesRun extends NotifyRun {
  readonly handbook: Handbook;
}

/** The workspace, if there is a token for it. */
function slackOf({ inputs, time: { wait, patienceMs } }: NotifyRun): Slack | undefined {
  const { slackApi, secrets } = inputs;
  const { SLACK_BOT_TOKEN: token } = secrets;
  if (token === '') return undefined;
  return new Slack({ url: slackAddress(slackApi), token: tokenOf(token), patienceMs, wait });
}

/** Topics and user groups. */
export async function runSlack(run: StatesRun): Promise<0 | 1> {
  const isWanted = ({ slack }: Team) =>
    slack !== undefined && (slack.topic !== undefined || slack.userGroups.size > 0);
  const slack = slackOf(run);
  return slack === undefined || !isAnywhere(run, isWanted)
    ? switchedOff(run, isWanted, 'SLACK_BOT_TOKEN')
    : runStates(run, slackStates(slack, formerHandbooks(run.context.root)));
}

/** Groups of the helpdesk. */
export async function runZendesk(run: StatesRun): Promise<0 | 1> {
  const { secrets, zendeskSubdomain: subdomain, zendeskApi } = run.inputs;
  const isWanted = ({ zendeskGroups }: Team) => zendeskGroups.size > 0;
  const hasToken = secrets.ZENDESK_API_TOKEN !== '' || secrets.ZENDESK_OAUTH_TOKEN !== '';
  const lacking = [
    ...(subdomain === '' ? ['the variable ZENDESK_SUBDOMAIN'] : []),
    ...(hasToken ? [] : ['ZENDESK_EMAIL with ZENDESK_API_TOKEN, or ZENDESK_OAUTH_TOKEN']),
  ];
  if (lacking.length > 0 || !isAnywhere(run, isWanted))
    return switchedOff(run, isWanted, lacking.join(', and '));
  const access = {
    url: zendeskAddress(subdomain, zendeskApi),
    authorization: authorizationOf(secrets),
    patienceMs: run.time.patienceMs,
  };
  return runStates(run, zendeskStates(new Zendesk(access), formerHandbooks(run.context.root)));
}

const isAnywhere = ({ handbook }: StatesRun, isWanted: (team: Team) => boolean): boolean =>
  [...handbook.teams.values()].some(isWanted);

/** Says why nothing is done. */
function switchedOff({ handbook }: StatesRun, isWanted: (team: Team) => boolean, secret: string): 0 {
  const wanting = [...handbook.teams.values()].filter(isWanted).map(({ id }) => id);
  logInfo(
    wanting.length === 0
      ? 'no team wants this'
      : `switched off; set ${secret} for ${wanting.slice(0, 5).join(', ')}${wanting.length > 5 ? ' and others' : ''}`,
  );
  return 0;
}

/** What the states are to be at the present moment, however long the parts before took. */
const requestOf = ({ context, texts, wish, time, handbook }: StatesRun): HandbookRequest => {
  const { mode, allow, approved, mostWrites = mostWritesFor(handbook.teams.size) } = wish;
  return { root: context.root, commit: texts.commit, now: time.clock(), mode, allow, mostWrites, approved };
};

/** A hand-over of a team changes a topic and two members of some groups; a week has some fifteen posts. */
const mostWritesFor = (teams: number): number => Math.max(200, 20 * teams);

async function runStates(run: StatesRun, driver: StateDriver): Promise<0 | 1> {
  const { clock } = run.time;
  const connected = { connect: () => driver, clock };
  return report(run, await convergeHandbook(run.handbook, requestOf(run), connected, REPORTER));
}

const REPORTER: HandbookReporter = {
  progress: logInfo,
  plan: (plan, purpose) => {
    for (const line of statePlanLines(plan, purpose, (_, text) => text)) logInfo(line);
  },
};

/** What became of a service's states, for the log and the summary. */
function report({ summary }: Pick<NotifyRun, 'summary'>, outcome: HandbookOutcome): 0 | 1 {
  const plan = outcome.kind === 'applied' ? outcome.result.plan : outcome.plan;
  const obstacles = obstacleCount(plan);
  const audit = outcome.kind === 'applied' ? stateAudit(outcome.result) : undefined;
  const isFailed = audit?.outcome === 'failed';
  if (statesDiffer(plan) || isFailed || plan.refusals.length > 0)
    summary.push(
      statePlanMarkdown(plan, 'plan'),
      ...(audit !== undefined && (plan.writes > 0 || isFailed) ? [stateAuditMarkdown(audit)] : []),
    );
  if (audit !== undefined && !isFailed && plan.writes > 0) logInfo('done, and read back');
  for (const line of audit?.trouble ?? []) logError(line);
  if (obstacles > 0) logError(`${plan.service}: ${plural(obstacles, 'thing')} to fix first; see above`);
  const isRefused = outcome.kind === 'refused';
  if (isRefused) logError(`the plan for ${plan.service} is refused as it is; see above`);
  return isRefused || obstacles > 0 || isFailed ? 1 : 0;
}

/** Announcements of hand-overs, planned ahead in Slack or sent by webhooks. */
export async function runPosts(run: StatesRun): Promise<0 | 1> {
  const { context, inputs, handbook, time } = run;
  const isWanted = ({ slack, teamsPosts }: Team) => slack?.handOver !== undefined || teamsPosts !== undefined;
  const slack = slackOf(run);
  // What is planned is taken back where nobody wants it any more.
  if (slack === undefined && !isAnywhere(run, isWanted)) return switchedOff(run, isWanted, '');
  const { owner, repo } = context.repository;
  let failed = 0;
  const outcome = await planPosts(
    handbook,
    requestOf(run),
    {
      ...{ slack, webhooks: webhooksIn(inputs.secrets) },
      source: sourceName(`${owner}/${repo}`, context.folder),
      ...{ ledger: issueLedger(connect(context)), clock: time.clock },
    },
    {
      ...REPORTER,
      note: logInfo,
      announced: (it) => {
        const isFine = it.outcome === 'sent' || it.outcome === 'over';
        (isFine ? logInfo : logError)(announcedText(it));
        if (!isFine) failed += 1;
      },
    },
  );
  const status = outcome === undefined ? 0 : report(run, outcome);
  return failed > 0 ? 1 : status;
}
