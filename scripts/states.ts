/**
 * What `rota plan` and `rota apply` share for services with states, such as topics and groups: their options, and how
 * they run and report.
 */
import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { described } from '../actions/lib/check/describe.ts';
import type { StateResult } from '../actions/lib/drivers/converge/apply.ts';
import type { StateDriver } from '../actions/lib/drivers/converge/driver.ts';
import { stateAudit, statePlanEntry } from '../actions/lib/drivers/converge/entries.ts';
import { STATE_REASONS } from '../actions/lib/drivers/converge/guard.ts';
import { obstacleCount, type StatePlan } from '../actions/lib/drivers/converge/plan.ts';
import { statePlanLines } from '../actions/lib/drivers/converge/report.ts';
import type { LocatedFinding } from '../actions/lib/model.ts';
import { convergeStates, type HandbookReporter } from '../actions/lib/programs/converge-states.ts';
import { forJson } from '../actions/lib/text/escape.ts';
import { countOf, findingLines } from '../actions/lib/text/findings.ts';
import { plural } from '../actions/lib/text/plural.ts';
import type { CommandAction, Invocation } from './invocation.ts';
import { addPlanOptions } from './plan-options.ts';
import { textsIn } from './read-handbook.ts';
import { EXIT, type ExitStatus, type Terminal, UsageError } from './terminal.ts';

export interface StateOptions {
  readonly api?: string;
  readonly allow: readonly string[];
  readonly mostWrites: number;
  readonly approved?: string;
  readonly expectNoChanges?: true;
  readonly audit?: string;
}

/** A service that the command line can plan and apply. */
export interface StateService<Options extends StateOptions = StateOptions> {
  /** Its name among the arguments. */
  readonly name: string;
  /** Its name as people write it. */
  readonly service: string;
  /** The states that it has, and which variables of the environment hold what its API needs. */
  readonly states: string;
  readonly variables: string;
  /** Adds the options that only this service has. */
  readonly addOptions?: (command: Command) => Command;
  /** Throws an `Error` with what to write where it cannot be connected to. */
  readonly connect: (options: Options, invocation: Invocation) => Promise<StateDriver>;
}

/** Enough for a hand-over of fifty teams at once. */
const MOST_WRITES = 200;

/** Adds a service to `rota plan` or `rota apply`. */
export function addStateService<Options extends StateOptions>(
  parent: Command,
  which: 'plan' | 'apply',
  service: StateService<Options>,
  action: CommandAction,
): void {
  const { name, states, variables } = service;
  const command = parent.command(name);
  if (which === 'plan')
    command
      .description(`show what would change of ${states} in ${service.service}, with ${variables}`)
      .option('--expect-no-changes', `exit with status 1 when ${service.service} differs from the handbook`);
  else
    command
      .description(`apply the plan to ${states} in ${service.service}, and read the result back`)
      .option('--audit <file>', 'where to write the audit, as JSON without personal data');
  service.addOptions?.(command);
  addPlanOptions(command, { reasons: STATE_REASONS, mostWrites: MOST_WRITES, name }).action(
    action((invocation, options: Options) => runStates(invocation, options, which, service)),
  );
}

/** Runs `plan` or `apply` and prints its result. */
async function runStates<Options extends StateOptions>(
  invocation: Invocation,
  options: Options,
  which: 'plan' | 'apply',
  { service, connect }: StateService<Options>,
): Promise<ExitStatus> {
  const { root, now, clock, terminal } = invocation;
  const outcome = await convergeStates(
    {
      ...{ root, now },
      mode: options.expectNoChanges === true ? 'drift' : which,
      texts: textsIn(root, terminal),
      allow: options.allow,
      mostWrites: options.mostWrites,
      approved: options.approved,
    },
    { connect: () => usage(() => connect(options, invocation)), clock },
    terminalReporter(invocation),
  ).finally(() => terminal.progress(''));
  switch (outcome.kind) {
    case 'handbook-errors':
      return printFindings(invocation, outcome.findings, service);
    case 'drifted':
    case 'refused':
      return EXIT.findings;
    case 'planned':
      return statusOf(outcome.plan);
    case 'applied':
      return printResult(outcome.result, options, terminal);
  }
}

/** What cannot be connected to is a usage error. */
async function usage<T>(connect: () => Promise<T>): Promise<T> {
  try {
    return await connect();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

const statusOf = (plan: StatePlan): ExitStatus => (obstacleCount(plan) > 0 ? EXIT.findings : EXIT.ok);

const terminalReporter = ({ format, terminal }: Invocation): HandbookReporter => ({
  progress: terminal.progress,
  plan: (plan, purpose) => {
    terminal.progress('');
    if (format === 'json') terminal.printJson(statePlanEntry(plan));
    else terminal.print(...statePlanLines(plan, purpose, terminal.paint));
  },
});

function printFindings(
  { format, terminal }: Invocation,
  found: readonly LocatedFinding[],
  service: string,
): ExitStatus {
  const findings = described(found);
  if (format === 'json') terminal.printJson(findings);
  else
    terminal.print(
      ...findingLines(findings, terminal.paint),
      `${service} was skipped, because of ${countOf(findings)}`,
    );
  return EXIT.findings;
}

function printResult(result: StateResult, { audit: file }: StateOptions, { warn }: Terminal): ExitStatus {
  const audit = stateAudit(result);
  if (file !== undefined) writeFileSync(file, `${forJson(JSON.stringify(audit, null, 2))}\n`);
  for (const line of audit.trouble) warn(`rota: ${line}`);
  if (audit.outcome === 'failed') return EXIT.fault;
  const { reads, writes } = audit.requests;
  if (writes > 0) warn(`done and read back, in ${plural(writes, 'write')} and ${plural(reads, 'read')}`);
  return statusOf(result.plan);
}
