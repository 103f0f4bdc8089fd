/** What `rota plan pagerduty` and `rota apply pagerduty` share: their options, and how they are carried out. */
import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { addressOf, HOSTS, keyOf } from '../actions/lib/drivers/pagerduty/access.ts';
import { apply } from '../actions/lib/drivers/pagerduty/apply.ts';
import { PagerDuty } from '../actions/lib/drivers/pagerduty/client.ts';
import { desiredAtLastApply, desiredState } from '../actions/lib/drivers/pagerduty/desired.ts';
import { auditEntry, planEntry } from '../actions/lib/drivers/pagerduty/entries.ts';
import {
  type GuardOptions,
  REASONS,
  type UnreadableRevision,
} from '../actions/lib/drivers/pagerduty/guard.ts';
import { hasDrift } from '../actions/lib/drivers/pagerduty/plan.ts';
import { readAndPlan } from '../actions/lib/drivers/pagerduty/read-and-plan.ts';
import { unreadableText } from '../actions/lib/drivers/pagerduty/refusal-text.ts';
import { planLines } from '../actions/lib/drivers/pagerduty/report.ts';
import { locate } from '../actions/lib/load/load.ts';
import type { Handbook } from '../actions/lib/model.ts';
import { evaluate } from '../actions/lib/pipeline.ts';
import { readApplied, standing } from '../actions/lib/programs/applied-revisions.ts';
import { countOf, findingLines } from '../actions/lib/text/findings.ts';
import { plural } from '../actions/lib/text/plural.ts';
import type { Invocation } from './invocation.ts';
import { textsIn } from './read-handbook.ts';
import { EXIT, type ExitStatus, type Terminal, UsageError } from './terminal.ts';

export interface PagerDutyOptions {
  readonly applied?: readonly string[];
  readonly serviceRegion: string;
  readonly api?: string;
  readonly allow: readonly string[];
  readonly mostWrites: number;
  readonly approved?: string;
  readonly expectNoChanges?: true;
  readonly audit?: string;
}

/** As many changes as a week's swaps and a public holiday make, and no more. */
const MOST_WRITES = 500;

/** Adds the options that both commands have. */
export const addPagerDutyOptions = (command: Command): Command =>
  command
    .option(
      '--applied <rev...>',
      'the revisions that were applied before, so that what they pushed is known as ours; all else was made by hand and stays',
    )
    .addOption(
      new Option('--service-region <region>', 'where the account is')
        .choices(Object.keys(HOSTS))
        .default('us'),
    )
    .option('--api <url>', 'another address of its API, such as that of a stand-in')
    .addOption(new Option('--allow <reason...>', 'what to let through').choices([...REASONS]).default([]))
    .addOption(
      new Option('--most-writes <n>', 'the most changes to make at once')
        .argParser(count)
        .default(MOST_WRITES),
    )
    .addOption(
      new Option(
        '--approved <digest>',
        'the digest of the plan that was approved; any other is refused',
      ).argParser(digest),
    );

function count(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('Write it as a number from 0 to 999999.');
  return Number(text);
}

function digest(text: string): string {
  if (!/^[0-9a-f]{16}$/.test(text))
    throw new InvalidArgumentError(
      'Write all 16 letters and digits of it, as "rota plan pagerduty" says them.',
    );
  return text;
}

/** Plans, and applies the plan where that is what was called. */
export async function runPagerDuty(
  { root, now, format, clock, environment, terminal }: Invocation,
  options: PagerDutyOptions,
  what: 'plan' | 'apply',
): Promise<ExitStatus> {
  const { paint, print, printJson, progress, warn } = terminal;
  const texts = textsIn(root);
  const told = evaluate(texts, now, progress);
  const stop = (found: typeof told.placed, why: string): ExitStatus => {
    progress('');
    if (format === 'json') printJson(found);
    else print(...findingLines(found, paint), `${why}, because of ${countOf(found)}`);
    return EXIT.findings;
  };
  if (told.placed.some(({ severity }) => severity === 'error'))
    return stop(told.placed, 'PagerDuty was not asked');
  const { applied, forgotten } = appliedIn(root, options.applied, terminal);
  const client = clientFor(options, environment.PAGERDUTY_API_KEY ?? '', clock);
  const isDrift = options.expectNoChanges === true;
  const terms = termsOf(root, options, isDrift ? 'drift' : what, forgotten, terminal);
  const wanted = (isDrift ? desiredAtLastApply : desiredState)(told.handbook, applied, now);
  const agreement = await readAndPlan(client, wanted, terms, progress);
  progress('');
  if (agreement.kind === 'missing')
    return stop(locate(agreement.findings, texts), 'nothing was changed in PagerDuty');
  const { plan } = agreement;
  if (format === 'json') printJson(planEntry(plan));
  else print(...planLines(plan, isDrift ? 'drift' : 'plan', paint));
  if (plan.refusals.length > 0) return EXIT.findings;
  if (what === 'plan') return isDrift && hasDrift(plan) ? EXIT.findings : EXIT.ok;
  const audit = auditEntry(await apply(plan, wanted, { client, clock, wait: (ms) => pause(ms), progress }));
  progress('');
  if (options.audit !== undefined) writeFileSync(options.audit, `${JSON.stringify(audit, null, 2)}\n`);
  for (const line of audit.trouble) warn(`rota: ${line}`);
  const { reads, writes } = audit.requests;
  if (audit.outcome === 'failed') return EXIT.fault;
  if (writes > 0) warn(`done and read back, in ${plural(writes, 'write')} and ${plural(reads, 'read')}`);
  return EXIT.ok;
}

interface Memory {
  readonly applied: readonly Handbook[];
  readonly forgotten: readonly UnreadableRevision[];
}

/** The handbooks as they were applied, and what cannot be read of them. Without any, what was pushed before and is no longer so is taken for made by hand. */
function appliedIn(root: string, revisions: readonly string[] = [], { warn }: Terminal): Memory {
  if (revisions.length === 0)
    warn(
      'without --applied, only what the handbook says now is known as ours; all else is taken for made by hand',
    );
  const applied: Handbook[] = [];
  const forgotten: UnreadableRevision[] = [];
  for (const revision of revisions) {
    const it = readApplied(root, revision);
    if (it.kind === 'unknown') throw new UsageError(it.trouble);
    applied.push(it.handbook);
    if (it.kind === 'unread') forgotten.push({ revision, why: it.trouble, extent: 'partly' });
  }
  return { applied, forgotten };
}

function clientFor({ api, serviceRegion }: PagerDutyOptions, given: string, clock: () => number): PagerDuty {
  try {
    const key = keyOf(given);
    return new PagerDuty({ url: addressOf(api ?? '', serviceRegion), key, patienceMs: 1000, clock });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** What only applying asks: on a branch, a plan is not what the main branch says yet, and where nothing is written, nothing stays. */
const ALLOWED = {
  plan: ['not-the-tip', 'forgotten'],
  apply: [],
  // However much somebody changed, it is to be told.
  drift: ['not-the-tip', 'forgotten', 'many-writes'],
} as const;

function termsOf(
  root: string,
  { allow: given, mostWrites, approved }: PagerDutyOptions,
  what: keyof typeof ALLOWED,
  forgotten: readonly UnreadableRevision[],
  { warn }: Terminal,
): GuardOptions {
  const allow: readonly string[] = [...given, ...ALLOWED[what]];
  if (allow.includes('forgotten')) for (const it of forgotten) warn(unreadableText(it));
  return { ...standing(root), allow, mostWrites, unreadable: forgotten, approved };
}
