/** The commands about PagerDuty: what would change there, and changing it. The key is read from the environment here. */
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
import { readApplied, standing } from '../actions/lib/git/revision.ts';
import { locate } from '../actions/lib/load/load.ts';
import type { Handbook } from '../actions/lib/model.ts';
import { evaluate } from '../actions/lib/pipeline.ts';
import { countOf, findingLines } from '../actions/lib/text/findings.ts';
import { plural } from '../actions/lib/text/plural.ts';
import { type Globals, textsIn } from './arguments.ts';
import { EXIT, paint, print, printJson, progress, UsageError, warn } from './terminal.ts';

interface Options {
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

/** Puts `plan pagerduty` and `apply pagerduty` into the program; `passed` says how many milliseconds ago `now` was. */
export function addPagerDuty(program: Command, globals: () => Globals, passed: () => number): void {
  const clock = () => globals().now + passed();
  const plan = program
    .command('plan')
    .description('what would change outside for it to agree with the handbook; nothing is sent');
  shared(
    plan
      .command('pagerduty')
      .description('what would change in PagerDuty; the key in PAGERDUTY_API_KEY need only read')
      .option('--expect-no-changes', 'end with status 1 when somebody changed PagerDuty'),
  ).action((options: Options) => run(globals(), options, 'plan', clock));
  const apply = program.command('apply').description('makes what is outside agree with the handbook');
  shared(
    apply
      .command('pagerduty')
      .description('changes PagerDuty as the plan says, reads it back, and compares minute for minute')
      .option('--audit <file>', 'where to write what was done, as JSON without personal data'),
  ).action((options: Options) => run(globals(), options, 'apply', clock));
}

const shared = (command: Command): Command =>
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

async function run(
  globals: Globals,
  options: Options,
  what: 'plan' | 'apply',
  clock: () => number,
): Promise<void> {
  const { root, now, format } = globals;
  const texts = textsIn(root);
  const told = evaluate(texts, now, progress);
  const stop = (found: typeof told.placed, why: string) => {
    progress('');
    if (format === 'json') printJson(found);
    else print(...findingLines(found, paint), `${why}, because of ${countOf(found)}`);
    process.exitCode = EXIT.findings;
  };
  if (told.placed.some(({ severity }) => severity === 'error'))
    return stop(told.placed, 'PagerDuty was not asked');
  const { applied, forgotten } = appliedIn(root, options.applied);
  const client = clientFor(options, clock);
  const isDrift = options.expectNoChanges === true;
  const terms = termsOf(root, options, isDrift ? 'drift' : what, forgotten);
  const wanted = (isDrift ? desiredAtLastApply : desiredState)(told.handbook, applied, now);
  const agreement = await readAndPlan(client, wanted, terms, progress);
  progress('');
  if (agreement.kind === 'missing')
    return stop(locate(agreement.findings, texts), 'nothing was changed in PagerDuty');
  const { plan } = agreement;
  if (format === 'json') printJson(planEntry(plan));
  else print(...planLines(plan, isDrift ? 'drift' : 'plan', paint));
  if (isDrift && hasDrift(plan)) process.exitCode = EXIT.findings;
  if (plan.refusals.length > 0) process.exitCode = EXIT.findings;
  if (what === 'plan' || plan.refusals.length > 0) return;
  const audit = auditEntry(await apply(plan, wanted, { client, clock, wait: (ms) => pause(ms), progress }));
  progress('');
  if (options.audit !== undefined) writeFileSync(options.audit, `${JSON.stringify(audit, null, 2)}\n`);
  for (const line of audit.trouble) warn(`rota: ${line}`);
  const { reads, writes } = audit.requests;
  if (audit.outcome === 'failed') process.exitCode = EXIT.fault;
  else if (writes > 0) warn(`done and read back, in ${plural(writes, 'write')} and ${plural(reads, 'read')}`);
}

interface Memory {
  readonly applied: readonly Handbook[];
  readonly forgotten: readonly UnreadableRevision[];
}

/** The handbooks as they were applied, and what cannot be read of them. Without any, what was pushed before and is no longer so is taken for made by hand. */
function appliedIn(root: string, revisions: readonly string[] = []): Memory {
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

function clientFor({ api, serviceRegion }: Options, clock: () => number): PagerDuty {
  try {
    const key = keyOf(process.env.PAGERDUTY_API_KEY ?? '');
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
  { allow: given, mostWrites, approved }: Options,
  what: keyof typeof ALLOWED,
  forgotten: readonly UnreadableRevision[],
): GuardOptions {
  const allow: readonly string[] = [...given, ...ALLOWED[what]];
  if (allow.includes('forgotten')) for (const it of forgotten) warn(unreadableText(it));
  return { ...standing(root), allow, mostWrites, unreadable: forgotten, approved };
}
