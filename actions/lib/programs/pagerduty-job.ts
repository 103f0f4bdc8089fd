/**
 * The program of the action `pagerduty`: converges PagerDuty with the handbook that is checked out, and reports in
 * the log, the job summary, the comment on a pull request, the outputs and an audit.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { described } from '../check/describe.ts';
import { sameLogin } from '../compare/people.ts';
import { addressOf, keyOf } from '../drivers/pagerduty/access.ts';
import { PagerDuty } from '../drivers/pagerduty/client.ts';
import { auditEntry } from '../drivers/pagerduty/entries.ts';
import { REASONS } from '../drivers/pagerduty/guard.ts';
import type { Plan } from '../drivers/pagerduty/plan.ts';
import { refusalText, unreadableText } from '../drivers/pagerduty/refusal-text.ts';
import { auditMarkdown, type Purpose, planLines, planMarkdown } from '../drivers/pagerduty/report.ts';
import { canWrite, isAdministrator } from '../github/access.ts';
import { APPLYING } from '../github/apply-runs.ts';
import type { Connection } from '../github/connection.ts';
import type { ActionContext } from '../github/context.ts';
import { Deployments, type PassedOver } from '../github/deployments.ts';
import {
  annotate,
  errorText,
  logError,
  logInfo,
  logWarning,
  setOutput,
  writeSummary,
} from '../github/log.ts';
import { PullRequests } from '../github/pulls.ts';
import { summary } from '../review/summary.ts';
import { forJson } from '../text/escape.ts';
import type { Instant } from '../timeline.ts';
import { checkedOutTexts } from './checked-out-texts.ts';
import {
  type AppliedRevisions,
  type ConvergeOutcome,
  type ConvergeReporter,
  convergePagerDuty,
  MODES,
  type Mode,
} from './converge-pagerduty.ts';
import { defaultBranchOf } from './default-branch.ts';
import { postPlan } from './post-review.ts';
import { reviewAccess } from './review-access.ts';
import type { UnagreedMerge } from './unagreed.ts';
import { triedLately, triedSince, unagreedReturn, unagreedSince } from './unagreed-since.ts';

/** The inputs of the action as they are given, and the key. */
export interface PagerDutyInputs {
  readonly mode: string;
  readonly key: string;
  readonly api: string;
  readonly serviceRegion: string;
  readonly applied: string;
  readonly environment: string;
  readonly allow: string;
  /** The login of the account that started this attempt of the run; the event is that of the first attempt. */
  readonly triggeringActor: string;
  readonly mostWrites: string;
  readonly approved: string;
  readonly audit: string;
}

/** Runs the action to its exit status; `clock` goes on from `context.now`. */
export async function runPagerDutyJob(
  context: ActionContext,
  connection: Connection,
  inputs: PagerDutyInputs,
  clock: () => Instant,
): Promise<0 | 1> {
  const mode = modeOf(inputs.mode);
  const allowed = reasonsIn(inputs.allow);
  // The guard would let anybody allow these.
  const allow = allowed.filter((reason) => reason !== 'unagreed' && reason !== 'nothing-applied');
  const client = new PagerDuty({
    url: addressOf(inputs.api, inputs.serviceRegion),
    key: keyOf(inputs.key),
    patienceMs: 1000,
    clock,
  });
  const { root, now } = context;
  const texts = checkedOutTexts(context);
  const outcome = await convergePagerDuty(
    {
      ...{ mode, root, now, allow },
      ...{ texts, commit: texts.commit },
      mostWrites: Number(inputs.mostWrites),
      approved: inputs.approved === '' ? undefined : inputs.approved,
    },
    {
      appliedRevisions: () => appliedRevisions(inputs, connection, context),
      unagreedSince: async (applied) => {
        const access = reviewAccess(context, connection);
        const unagreed = [
          ...(await unagreedSince(context, access, applied.last)),
          // Whoever names the applied revisions by hand answers for them.
          ...(allow.includes('not-the-tip') && applied.origin === 'recorded'
            ? await unagreedReturn(context, access)
            : []),
        ];
        const isAllowed = ({ name }: UnagreedMerge) =>
          allowed.includes(name === undefined ? 'nothing-applied' : 'unagreed');
        const held = unagreed.filter((it) => !isAllowed(it));
        const named = unagreed.filter(isAllowed);
        const allowing = await allowingAll(connection, named, starterOf(context, inputs));
        return [...held, ...named.filter((it) => !isAllowedBy(it, allowing))];
      },
      connect: () => client,
      wait: (ms) => pause(ms),
      clock,
    },
    jobReporter(context.folder),
  );
  const failure = await reportOutcome(outcome, mode, {
    comment: async (text, news) => {
      const number = context.payload.pull_request?.number;
      if (mode === 'plan' && number !== undefined)
        await postPlan(new PullRequests(connection), number, text, news);
    },
    auditFile: join(context.workspace, inputs.audit),
  });
  if (failure !== undefined) logError(failure);
  return failure === undefined ? 0 : 1;
}

const WHOLE = 'the whole handbook';

/**
 * Who started a run with what it may do; nobody if somebody else started it again: what is to be allowed may be more by
 * then, and GitHub sends the same event.
 */
function starterOf({ payload }: ActionContext, { triggeringActor }: PagerDutyInputs): string {
  const login = payload.sender?.login ?? '';
  return login.toLowerCase() === triggeringActor.toLowerCase() ? login : '';
}

/** Whoever started a run, and whether they may allow what nobody else can. */
interface Allowing {
  readonly login: string;
  readonly isAdministrator: boolean;
}

/**
 * Where nobody who has access to the repository can allow all of some changes, which takes one run, an administrator
 * can, who could do so by other means.
 */
async function allowingAll(
  connection: Connection,
  changes: readonly UnagreedMerge[],
  login: string,
): Promise<Allowing> {
  const [first, ...others] = changes;
  const isIn = (all: readonly string[], one: string) => all.some((it) => sameLogin(it, one));
  const able = (first?.leadLogins ?? []).filter((one) => others.every((it) => isIn(it.leadLogins, one)));
  if (first === undefined || login === '' || isIn(able, login)) return { login, isAdministrator: false };
  for (const one of able) if (await canWrite(connection, one)) return { login, isAdministrator: false };
  return { login, isAdministrator: await isAdministrator(connection, login) };
}

/** Whether the account that started the run can allow a change; the log has the answer. */
function isAllowedBy(
  { name = WHOLE, leads, leadLogins }: UnagreedMerge,
  { login, isAdministrator: isAdmin }: Allowing,
): boolean {
  const isAllowed = isAdmin || leadLogins.some((lead) => sameLogin(lead, login));
  if (isAllowed) logWarning(`${login} allows ${name}, to which not everybody has agreed`);
  else {
    const able = leads.join(' or ') || 'an administrator';
    logWarning(`${login || 'somebody who started this again'} cannot allow ${name}: only ${able} can`);
  }
  return isAllowed;
}

function modeOf(given: string): Mode {
  const mode = MODES.find((it) => it === given);
  if (mode === undefined) throw new Error(`the input "mode" is "${given}"; name one of ${MODES.join(', ')}`);
  return mode;
}

const wordsIn = (given: string): readonly string[] => given.split(/[\s,]+/).filter(Boolean);

/** The reasons in an input; an unknown one would silently allow nothing, and so is an error. */
function reasonsIn(given: string): readonly string[] {
  const words = wordsIn(given);
  const unknown = words.find((it) => !REASONS.some((reason) => reason === it));
  if (unknown === undefined) return words;
  throw new Error(
    `the input "allow" has "${unknown}", which is not a reason; name some of ${REASONS.join(', ')}`,
  );
}

/**
 * The revisions that the input names, or else those of the environment's deployments, and what the default branch was
 * at since the last success, or lately where none is known.
 */
async function appliedRevisions(
  { applied, environment }: PagerDutyInputs,
  connection: Connection,
  context: ActionContext,
): Promise<AppliedRevisions> {
  const given = wordsIn(applied);
  if (given.length > 0) return { origin: 'given', revisions: given, last: given.at(-1) };
  const branch = defaultBranchOf(context);
  const deployments = new Deployments(connection, branch);
  const { commits, succeeded, passedOver } = await deployments.sinceSuccess(environment).catch((error) => {
    throw new Error(`GitHub does not say what was applied (${errorText(error)}), so nothing was changed`);
  });
  for (const it of passedOver.slice(0, MOST_WARNINGS)) logWarning(passedOverText(it, branch));
  const more = passedOver.length - MOST_WARNINGS;
  if (more > 0) logWarning(`${more} more deployments do not count either`);
  const access = reviewAccess(context, connection);
  const tried =
    succeeded === undefined
      ? await triedLately(context, access)
      : await triedSince(context, access, succeeded);
  return { origin: 'recorded', revisions: [...new Set([...tried, ...commits])], last: succeeded };
}

/** Others are only counted. */
const MOST_WARNINGS = 5;

function passedOverText({ id, commit, by = 'a deleted account', why }: PassedOver, branch: string): string {
  const name = `deployment ${id} of ${commit.slice(0, 10)}`;
  if (why === 'unconfirmed')
    return `${name} counts as an attempt only: no run that GitHub still has of ${APPLYING.workflow} applied it`;
  const reasons = {
    'made-by-other': `${by} made it, not this workflow`,
    'other-branch': `it is not of the branch ${branch}`,
    'not-in-history': `that commit is not in the history of ${branch}`,
    'never-at': `${branch} was never at that commit, by GitHub's record`,
  };
  return `${name} does not count: ${reasons[why]}`;
}

const jobReporter = (folder: string): ConvergeReporter => ({
  progress: logInfo,
  findings: (found) => void annotate(described(found), folder),
  unreadableRevision: (unreadable) => logWarning(unreadableText(unreadable)),
  plan: (plan, purpose) => {
    for (const line of planLines(plan, purpose, (_, text) => text)) logInfo(line);
    setOutput('digest', plan.digest);
    setOutput('writes', plan.writes);
  },
});

/** Where the end of a run is reported beside the log and the summary. */
interface Destinations {
  /** Posts to the pull request, if the run plans one. */
  readonly comment: (text: string, news: { readonly isNews: boolean }) => Promise<void>;
  readonly auditFile: string;
}

/** Reports how the program ended; returns the error that fails the job, if any. */
async function reportOutcome(
  outcome: ConvergeOutcome,
  mode: Mode,
  { comment, auditFile }: Destinations,
): Promise<string | undefined> {
  switch (outcome.kind) {
    case 'handbook-errors': {
      const heading = '### PagerDuty was skipped';
      await writeSummary(`${heading}\n\n${summary(outcome.findings, undefined)}`);
      await comment(`${heading}\n\nThe handbook has errors; fix them first.`, { isNews: false });
      return 'the handbook has errors, so PagerDuty was skipped';
    }
    case 'unknown-revision':
      return outcome.trouble;
    case 'blocked': {
      const text = `### Nothing was changed in PagerDuty\n\n${summary(outcome.findings, undefined)}`;
      await writeSummary(text);
      await comment(text, { isNews: true });
      return 'PagerDuty does not have what the handbook names, or cannot take it, so nothing was changed';
    }
    case 'applied': {
      const audit = auditEntry(outcome.result);
      // A new file: the repository could have a link of this name.
      rmSync(auditFile, { force: true, recursive: true });
      writeFileSync(auditFile, `${forJson(JSON.stringify(audit, null, 2))}\n`, { flag: 'wx' });
      setOutput('audit', auditFile);
      await writeSummary(`${planMarkdown(outcome.result.plan, 'plan')}\n\n${auditMarkdown(audit)}`);
      for (const line of audit.trouble) logError(line);
      return audit.outcome === 'failed'
        ? 'PagerDuty does not match the plan yet; run this again to continue'
        : undefined;
    }
    default: {
      const { kind, plan } = outcome;
      const text = await reportPlan(plan, mode);
      await comment(text, { isNews: plan.writes + plan.manualCount > 0 });
      if (kind === 'drifted') return 'Drift: PagerDuty differs from the handbook; the job summary says where';
      return kind === 'refused' && mode !== 'plan'
        ? 'the plan was refused; nothing was changed in PagerDuty'
        : undefined;
    }
  }
}

/**
 * Writes a plan that is not applied into the summary, and annotates its refusals: what a plan would be refused for is
 * no error yet.
 */
async function reportPlan(plan: Plan, mode: Mode): Promise<string> {
  const purpose: Purpose = mode === 'drift' ? 'drift' : 'plan';
  const text = planMarkdown(plan, purpose);
  await writeSummary(text);
  for (const refusal of plan.refusals) (mode === 'plan' ? logWarning : logError)(refusalText(refusal));
  return text;
}
