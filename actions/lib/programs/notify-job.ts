/**
 * The program of the action `notify`: tells people what merges changed, keeps the states of Slack and Zendesk and the
 * issues of hand-overs, and announces hand-overs. Each part is by itself, so that a fault in one of them stops no
 * other; a part whose secret is missing is switched off, and said.
 */
import { described } from '../check/describe.ts';
import { connect } from '../github/connection.ts';
import type { ActionContext } from '../github/context.ts';
import { annotate, errorText, logError, logInfo, writeSummary } from '../github/log.ts';
import { evaluate } from '../pipeline.ts';
import { wholeLines } from '../review/budget.ts';
import { summary as findingsSummary } from '../review/summary.ts';
import { forMarkdown } from '../text/escape.ts';
import { plural } from '../text/plural.ts';
import { standing } from './applied-revisions.ts';
import { checkedOutTexts } from './checked-out-texts.ts';
import { keepHandoverIssues } from './keep-handover-issues.ts';
import { newsSenders } from './news-senders.ts';
import { type NotifyInputs, type NotifyPart, wishOf } from './notify-inputs.ts';
import {
  type NotifyRun,
  type RunTime,
  runPosts,
  runSlack,
  runZendesk,
  type StatesRun,
} from './notify-states.ts';
import { tellNews } from './tell-news.ts';

/** A part: what the log calls it, whether it needs a handbook without errors, and what it does. */
type Part = {
  readonly title: string;
} & (
  | { readonly needs: 'sound-handbook'; readonly run: (run: StatesRun) => Promise<0 | 1> }
  | { readonly needs: 'nothing'; readonly run: (run: NotifyRun) => Promise<0 | 1> }
);

const PARTS: Readonly<Record<NotifyPart, Part>> = {
  news: { title: 'News of merges', needs: 'nothing', run: runNews },
  slack: { title: 'Topics and user groups in Slack', needs: 'sound-handbook', run: runSlack },
  zendesk: { title: 'Groups in Zendesk', needs: 'sound-handbook', run: runZendesk },
  posts: { title: 'Posts of hand-overs', needs: 'sound-handbook', run: runPosts },
  handovers: { title: 'Issues of hand-overs', needs: 'sound-handbook', run: runHandovers },
};

/** In characters; GitHub takes a mebibyte. */
const MOST_SUMMARY = 900_000;

/** Runs the action to its exit status. */
export async function runNotifyJob(
  context: ActionContext,
  inputs: NotifyInputs,
  time: RunTime,
): Promise<0 | 1> {
  const wish = wishOf(inputs);
  const run: NotifyRun = { context, inputs, wish, time, texts: checkedOutTexts(context), summary: [] };
  const handbook = wish.parts.some((it) => PARTS[it].needs === 'sound-handbook')
    ? soundHandbook(run)
    : undefined;
  const failed: string[] = [];
  for (const name of wish.parts) {
    const part = PARTS[name];
    const { title } = part;
    for (const line of ['', `# ${title}`]) logInfo(line);
    const summary: string[] = [];
    const status = await runPart(part, { ...run, summary }, handbook).catch((error: unknown) => {
      logError(`${name}: ${errorText(error)}`);
      summary.push(`❌ ${forMarkdown(errorText(error))}`);
      return 1 as const;
    });
    if (summary.length > 0) run.summary.push(`## ${title}`, ...summary);
    if (status === 1) failed.push(name);
  }
  if (run.summary.length > 0) await writeSummary(wholeLines(`${run.summary.join('\n\n')}\n`, MOST_SUMMARY));
  if (failed.length > 0)
    logError(
      `somebody has to look at ${failed.join(', ')}; ${othersText(wish.parts.length - failed.length)}`,
    );
  return failed.length > 0 ? 1 : 0;
}

const othersText = (count: number): string =>
  count === 0 ? 'there was nothing else to do' : `${plural(count, 'other part')} went well`;

/** The handbook, unless it has errors, which are annotated. */
function soundHandbook({ context, texts, summary }: NotifyRun): StatesRun['handbook'] | undefined {
  const { handbook, findings } = evaluate(texts, context.now, () => {});
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return handbook;
  annotate(described(errors), context.folder);
  summary.push(findingsSummary(errors, undefined));
  return undefined;
}

/**
 * The tip of the main branch, where an apply has another commit checked out: it would write what is over. Asked for
 * each part, as those before it may take minutes.
 */
function newerCommit({ context, wish, texts }: NotifyRun): string | undefined {
  if (wish.mode === 'plan' || wish.allow.includes('not-the-tip')) return undefined;
  const { revision, tip } = standing(context.root, texts.commit);
  return revision === undefined || revision === tip ? undefined : tip;
}

async function runPart(
  part: Part,
  run: NotifyRun,
  handbook: StatesRun['handbook'] | undefined,
): Promise<0 | 1> {
  if (part.needs === 'nothing') return part.run(run);
  const newer = newerCommit(run);
  if (newer !== undefined) {
    logInfo(`left to a run of ${newer.slice(0, 10)}, which the main branch is at by now`);
    return 0;
  }
  if (handbook === undefined) {
    logInfo('left as it is, because the handbook has errors; see above');
    return 1;
  }
  return part.run({ ...run, handbook });
}

async function runNews({ context, inputs, wish, time }: NotifyRun): Promise<0 | 1> {
  if (wish.mode === 'plan') return notPlanned('"rota news --base REV" shows the news of a change');
  const { SLACK_BOT_TOKEN: slackToken, SMTP_URL: smtpUrl } = inputs.secrets;
  const senders = newsSenders({ slackToken, slackApi: inputs.slackApi, smtpUrl }, time.wait);
  return tellNews(context, senders, { info: logInfo, error: logError, summary: writeSummary }, time.clock);
}

async function runHandovers({ context, wish, handbook }: StatesRun): Promise<0 | 1> {
  if (wish.mode === 'plan') return notPlanned('"rota handover ROTA" shows the next hand-over');
  return keepHandoverIssues(connect(context), {
    ...{ handbook, folder: context.folder, now: context.now },
    ...{ info: logInfo, error: logError },
  });
}

function notPlanned(instead: string): 0 {
  logInfo(`nothing is done in the mode plan; ${instead}`);
  return 0;
}
