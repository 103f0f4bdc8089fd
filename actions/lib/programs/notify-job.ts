/**
 * The program of the action `notify`: tells people what merges changed, keeps the states of Slack and Zendesk and the
 * issues of hand-overs, and announces hand-overs. Each part is by itself, so that a fault in one of them stops no
 * other; a part whose secret is missing is switched off, and said.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { described } from '../check/describe.ts';
import type { StateDriver } from '../drivers/converge/driver.ts';
import { stateAudit } from '../drivers/converge/entries.ts';
import { STATE_REASONS } from '../drivers/converge/guard.ts';
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
import { annotate, errorText, logError, logInfo, writeSummary } from '../github/log.ts';
import { load } from '../load/load.ts';
import type { Team } from '../model.ts';
import { plural } from '../text/plural.ts';
import type { Instant } from '../timeline.ts';
import { checkedOutTexts } from './checked-out-texts.ts';
import {
  convergeStates,
  type StatesOutcome,
  type StatesReporter,
  type StatesRequest,
} from './converge-states.ts';
import { keepHandoverIssues } from './keep-handover-issues.ts';
import { newsSenders } from './news-senders.ts';
import { planPosts } from './plan-posts.ts';
import { issueLedger } from './post-ledger-issue.ts';
import { tellNews } from './tell-news.ts';
import { announcedText } from './webhook-posts.ts';

/** The parts, in the order in which they run: what people wait for comes first. */
const NOTIFY_PARTS = ['news', 'slack', 'zendesk', 'posts', 'handovers'] as const;
type NotifyPart = (typeof NOTIFY_PARTS)[number];

/** `plan` shows what would change in Slack and Zendesk and does nothing else. */
const MODES = ['apply', 'plan'] as const;
type NotifyMode = (typeof MODES)[number];

/** The inputs of the action as they are given, and its secrets; an empty secret switches off what needs it. */
export interface NotifyInputs {
  readonly mode: string;
  readonly parts: string;
  readonly allow: string;
  readonly mostWrites: string;
  readonly approved: string;
  readonly slackApi: string;
  readonly zendeskSubdomain: string;
  readonly zendeskApi: string;
  readonly secrets: NotifySecrets;
}

/** The secrets by the names that they have in the environment. */
export type NotifySecrets = Readonly<Record<(typeof NOTIFY_SECRETS)[number], string>>;

export const NOTIFY_SECRETS = [
  'SLACK_BOT_TOKEN',
  'SLACK_WEBHOOK',
  'TEAMS_WEBHOOK',
  'SMTP_URL',
  'ZENDESK_EMAIL',
  'ZENDESK_API_TOKEN',
  'ZENDESK_OAUTH_TOKEN',
] as const;

/** What the parts share. */
interface NotifyRun {
  readonly context: ActionContext;
  readonly inputs: NotifyInputs;
  readonly mode: NotifyMode;
  readonly request: Omit<StatesRequest, 'mode'>;
  readonly clock: () => Instant;
  /** What the job summary shows, part by part. */
  readonly summary: string[];
}

/** Runs the action to its exit status; `clock` goes on from `context.now`. */
export async function runNotifyJob(
  context: ActionContext,
  inputs: NotifyInputs,
  clock: () => Instant,
): Promise<0 | 1> {
  const mode = oneOf(inputs.mode, MODES, 'mode');
  const parts = wordsIn(inputs.parts).map((it) => oneOf(it, NOTIFY_PARTS, 'parts'));
  const allow = wordsIn(inputs.allow).map((it) => oneOf(it, STATE_REASONS, 'allow'));
  const request = {
    ...{ root: context.root, now: context.now, texts: checkedOutTexts(context), allow },
    mostWrites: Number(inputs.mostWrites),
    approved: inputs.approved === '' ? undefined : inputs.approved,
  };
  const run: NotifyRun = { context, inputs, mode, request, clock, summary: [] };
  let failed = 0;
  for (const part of NOTIFY_PARTS) {
    if (parts.length > 0 && !parts.includes(part)) continue;
    const status = await RUN[part](run).catch((error: unknown) => {
      logError(`${part}: ${errorText(error)}`);
      return 1 as const;
    });
    failed += status;
  }
  if (run.summary.length > 0) await writeSummary(`${run.summary.join('\n\n')}\n`);
  if (failed > 0)
    logError(`${plural(failed, 'part')} of this run need somebody to look; the others are done`);
  return failed > 0 ? 1 : 0;
}

const RUN: Readonly<Record<NotifyPart, (run: NotifyRun) => Promise<0 | 1>>> = {
  news: runNews,
  slack: runSlack,
  zendesk: runZendesk,
  posts: runPosts,
  handovers: runHandovers,
};

const wordsIn = (given: string): readonly string[] => given.split(/[\s,]+/).filter(Boolean);

function oneOf<T extends string>(given: string, known: readonly T[], input: string): T {
  const found = known.find((it) => it === given);
  if (found === undefined)
    throw new Error(`the input "${input}" has "${given}"; name one of ${known.join(', ')}`);
  return found;
}

async function runNews({ context, inputs, mode }: NotifyRun): Promise<0 | 1> {
  if (mode === 'plan') return 0;
  const { SLACK_BOT_TOKEN: slackToken, SMTP_URL: smtpUrl } = inputs.secrets;
  const senders = newsSenders({ slackToken, slackApi: inputs.slackApi, smtpUrl }, (ms) => pause(ms));
  return tellNews(context, senders, { info: logInfo, error: logError, summary: writeSummary });
}

/** The first wait before a request is repeated. */
const PATIENCE_MS = 1000;

/** The workspace, if there is a token for it. */
function slackOf({ slackApi, secrets: { SLACK_BOT_TOKEN: token } }: NotifyInputs): Slack | undefined {
  if (token === '') return undefined;
  const wait = (ms: number) => pause(ms);
  return new Slack({ url: slackAddress(slackApi), token: tokenOf(token), patienceMs: PATIENCE_MS, wait });
}

async function runSlack(run: NotifyRun): Promise<0 | 1> {
  const slack = slackOf(run.inputs);
  if (slack !== undefined) return runStates(run, () => slackStates(slack));
  return switchedOff(
    run,
    ({ slack: own }) => own !== undefined && (own.topic !== undefined || own.userGroups.size > 0),
    'topics and user groups of Slack',
    'SLACK_BOT_TOKEN',
  );
}

async function runZendesk(run: NotifyRun): Promise<0 | 1> {
  const { secrets, zendeskSubdomain: subdomain, zendeskApi } = run.inputs;
  const hasToken = secrets.ZENDESK_API_TOKEN !== '' || secrets.ZENDESK_OAUTH_TOKEN !== '';
  if (subdomain !== '' && hasToken)
    return runStates(run, () =>
      zendeskStates(
        new Zendesk({
          url: zendeskAddress(subdomain, zendeskApi),
          authorization: authorizationOf(secrets),
          patienceMs: PATIENCE_MS,
        }),
      ),
    );
  return switchedOff(
    run,
    ({ zendeskGroups }) => zendeskGroups.size > 0,
    'groups of Zendesk',
    subdomain === '' ? 'the variable ZENDESK_SUBDOMAIN' : 'ZENDESK_API_TOKEN or ZENDESK_OAUTH_TOKEN',
  );
}

/** Says what nothing is done about, where a team wants it. */
function switchedOff(
  { request }: NotifyRun,
  isWanted: (team: Team) => boolean,
  what: string,
  secret: string,
): 0 {
  const wanting = [...load(request.texts).handbook.teams.values()].filter(isWanted);
  if (wanting.length > 0)
    logInfo(`${what} are switched off, which ${plural(wanting.length, 'team')} want; set ${secret} for them`);
  return 0;
}

async function runStates(run: NotifyRun, connectTo: () => StateDriver): Promise<0 | 1> {
  const { request, mode, clock } = run;
  const outcome = await convergeStates(
    { ...request, mode },
    { connect: connectTo, clock },
    statesReporter(run),
  );
  return reportStates(run, outcome);
}

const statesReporter = ({ context }: Pick<NotifyRun, 'context'>): StatesReporter => ({
  progress: logInfo,
  findings: (found) => {
    const errors = found.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) annotate(described(errors), context.folder);
  },
  plan: (plan, purpose) => {
    for (const line of statePlanLines(plan, purpose, (_, text) => text)) logInfo(line);
  },
});

/** What became of a service's states, for the log and the summary. */
function reportStates({ summary }: Pick<NotifyRun, 'summary'>, outcome: StatesOutcome): 0 | 1 {
  if (outcome.kind === 'handbook-errors') {
    logError('nothing was changed, because the handbook has errors');
    return 1;
  }
  const plan = outcome.kind === 'applied' ? outcome.result.plan : outcome.plan;
  const hasObstacles = obstacleCount(plan) > 0;
  const audit = outcome.kind === 'applied' ? stateAudit(outcome.result) : undefined;
  if (statesDiffer(plan) || audit?.outcome === 'failed')
    summary.push(
      statePlanMarkdown(plan, 'plan'),
      ...(audit === undefined ? [] : [stateAuditMarkdown(audit)]),
    );
  for (const line of audit?.trouble ?? []) logError(line);
  if (hasObstacles)
    logError(`${plan.service}: ${plural(obstacleCount(plan), 'thing')} to fix first; see above`);
  const isRefused = outcome.kind === 'refused';
  if (isRefused) logError(`the plan for ${plan.service} is refused as it is; see above`);
  return isRefused || hasObstacles || audit?.outcome === 'failed' ? 1 : 0;
}

async function runPosts(run: NotifyRun): Promise<0 | 1> {
  const { context, inputs, mode, request, clock } = run;
  const { owner, repo } = context.repository;
  let failed = 0;
  const outcome = await planPosts(
    { ...request, mode },
    {
      slack: slackOf(inputs),
      source: `${owner}/${repo}`,
      webhooks: webhooksIn(inputs.secrets),
      ledger: issueLedger(connect(context)),
      clock,
    },
    {
      ...statesReporter(run),
      note: logInfo,
      announced: (it) => {
        const isFine = it.outcome === 'sent' || it.outcome === 'over';
        (isFine ? logInfo : logError)(announcedText(it));
        if (!isFine) failed += 1;
      },
    },
  );
  const status = outcome === undefined ? 0 : reportStates(run, outcome);
  return failed > 0 ? 1 : status;
}

async function runHandovers({ context, mode, request }: NotifyRun): Promise<0 | 1> {
  if (mode === 'plan') return 0;
  const { handbook, unreadFiles } = load(request.texts);
  return keepHandoverIssues(connect(context), {
    ...{ handbook, isWhole: unreadFiles.length === 0, now: context.now },
    ...{ info: logInfo, error: logError },
  });
}
