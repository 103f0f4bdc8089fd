/** What `rota plan pagerduty` and `rota apply pagerduty` share: their options, and how they run and report. */
import { writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { described } from '../actions/lib/check/describe.ts';
import { addressOf, HOSTS, keyOf } from '../actions/lib/drivers/pagerduty/access.ts';
import type { ApplyResult } from '../actions/lib/drivers/pagerduty/apply.ts';
import { PagerDuty } from '../actions/lib/drivers/pagerduty/client.ts';
import { auditEntry, planEntry } from '../actions/lib/drivers/pagerduty/entries.ts';
import { REASONS } from '../actions/lib/drivers/pagerduty/guard.ts';
import { unreadableText } from '../actions/lib/drivers/pagerduty/refusal-text.ts';
import { movedTexts, planLines } from '../actions/lib/drivers/pagerduty/report.ts';
import type { LocatedFinding } from '../actions/lib/model.ts';
import {
  type AppliedRevisions,
  type ConvergeReporter,
  convergePagerDuty,
} from '../actions/lib/programs/converge-pagerduty.ts';
import { forJson } from '../actions/lib/text/escape.ts';
import { countOf, findingLines } from '../actions/lib/text/findings.ts';
import { plural } from '../actions/lib/text/plural.ts';
import type { Instant } from '../actions/lib/timeline.ts';
import type { Invocation } from './invocation.ts';
import { addPlanOptions } from './plan-options.ts';
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
  readonly all?: true;
}

/** Enough for a week's swaps and a public holiday. */
const MOST_WRITES = 500;

/** Adds the options that both commands have. */
export const addPagerDutyOptions = (command: Command): Command =>
  addPlanOptions(
    command
      .option(
        '--applied <rev...>',
        'the revisions that were applied before: ' +
          'what was written from them is replaced, everything else counts as made by hand and stays',
      )
      .addOption(
        new Option('--service-region <region>', 'the service region of the account')
          .choices(Object.keys(HOSTS))
          .default('us'),
      )
      .option('--all', 'list every time that a refusal is about, not only the first'),
    { reasons: REASONS, mostWrites: MOST_WRITES, name: 'pagerduty' },
  );

/** Runs `plan` or `apply` and prints its result. */
export async function runPagerDuty(
  invocation: Invocation,
  options: PagerDutyOptions,
  command: 'plan' | 'apply',
): Promise<ExitStatus> {
  const { root, now, clock, wait, environment, terminal } = invocation;
  const outcome = await convergePagerDuty(
    {
      ...{ root, now },
      mode: options.expectNoChanges === true ? 'drift' : command,
      texts: textsIn(root, terminal),
      allow: options.allow,
      mostWrites: options.mostWrites,
      approved: options.approved,
    },
    {
      appliedRevisions: () => appliedRevisions(options, terminal),
      // Only the action can ask GitHub who has agreed.
      unagreedSince: async () => [],
      connect: () => connect(options, environment.PAGERDUTY_API_KEY ?? '', clock),
      wait,
      clock,
    },
    terminalReporter(invocation, options),
  );
  terminal.progress('');
  switch (outcome.kind) {
    case 'handbook-errors':
      return printFindings(invocation, outcome.findings, 'PagerDuty was skipped');
    case 'blocked':
      return printFindings(invocation, outcome.findings, 'nothing was changed in PagerDuty');
    case 'unknown-revision':
      throw new UsageError(outcome.trouble);
    case 'drifted':
    case 'refused':
      return EXIT.findings;
    case 'planned':
      return EXIT.ok;
    case 'applied':
      return printResult(outcome.result, options, terminal);
  }
}

const terminalReporter = ({ format, terminal }: Invocation, { all }: PagerDutyOptions): ConvergeReporter => ({
  progress: terminal.progress,
  // Only what ends the run is printed, at its end.
  findings: () => {},
  unreadableRevision: (unreadable) => terminal.warn(unreadableText(unreadable)),
  plan: (plan, purpose) => {
    terminal.progress('');
    if (format === 'json') terminal.printJson(planEntry(plan));
    else terminal.print(...planLines(plan, purpose, terminal.paint, all === true));
  },
});

function printFindings(
  { format, terminal }: Invocation,
  found: readonly LocatedFinding[],
  consequence: string,
): ExitStatus {
  const findings = described(found);
  if (format === 'json') terminal.printJson(findings);
  else
    terminal.print(
      ...findingLines(findings, terminal.paint),
      `${consequence}, because of ${countOf(findings)}`,
    );
  return EXIT.findings;
}

function printResult(result: ApplyResult, { audit: file }: PagerDutyOptions, { warn }: Terminal): ExitStatus {
  const audit = auditEntry(result);
  if (file !== undefined) writeFileSync(file, `${forJson(JSON.stringify(audit, null, 2))}\n`);
  for (const line of audit.trouble) warn(`rota: ${line}`);
  if (audit.outcome === 'failed') return EXIT.fault;
  const { reads, writes } = audit.requests;
  for (const line of movedTexts(audit)) warn(line);
  if (writes > 0) warn(`done and read back, in ${plural(writes, 'write')} and ${plural(reads, 'read')}`);
  return EXIT.ok;
}

/** Without `--applied`, what we wrote earlier and no longer matches the handbook counts as manual. */
function appliedRevisions(
  { applied: revisions = [] }: PagerDutyOptions,
  { warn }: Terminal,
): AppliedRevisions {
  if (revisions.length === 0)
    warn(
      'without --applied, what was written earlier and no longer matches the handbook counts as made by hand',
    );
  return { origin: 'given', revisions, last: revisions.at(-1) };
}

function connect({ api, serviceRegion }: PagerDutyOptions, key: string, clock: () => Instant): PagerDuty {
  try {
    return new PagerDuty({
      url: addressOf(api ?? '', serviceRegion),
      key: keyOf(key),
      patienceMs: 1000,
      clock,
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
