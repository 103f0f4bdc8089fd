/** `rota diff`: whose cover changes since a revision. */

import type { Command } from 'commander';
import { described } from '../../actions/lib/check/describe.ts';
import type { Against } from '../../actions/lib/compare/against.ts';
import type { CoverChange } from '../../actions/lib/compare/changes.ts';
import { evaluate } from '../../actions/lib/pipeline.ts';
import { callEntry } from '../../actions/lib/query/call-changes.ts';
import { changeEntry } from '../../actions/lib/query/cover-changes.ts';
import { changeLines } from '../change-lines.ts';
import type { CommandAction, Invocation } from '../invocation.ts';
import { baseAt, textsIn } from '../read-handbook.ts';
import { EXIT, type ExitStatus } from '../terminal.ts';

export function addDiff(command: Command, action: CommandAction): void {
  command
    .requiredOption('--base <rev>', 'the branch, tag or commit to compare with, at the merge base')
    .action(action(diff));
}

function diff({ root, now, format, terminal }: Invocation, { base }: { readonly base: string }): ExitStatus {
  const evaluation = evaluate(textsIn(root, terminal), now, terminal.progress, baseAt(root, base));
  terminal.progress('');
  const findings = evaluation.findings.filter(({ rule }) =>
    ['notice', 'history', 'identity', 'policy-change'].includes(rule),
  );
  if (format === 'json') {
    const { against } = evaluation;
    const changes = (against?.changes ?? []).map((it) => changeEntry(withinHorizon(it, against), now));
    const called = (against?.reached ?? []).map((it) => callEntry(it, now));
    terminal.printJson({ changes, called, findings: described(findings) });
  } else terminal.print(...changeLines(evaluation, findings, now, terminal.paint));
  return findings.some(({ severity }) => severity === 'error') ? EXIT.findings : EXIT.ok;
}

/** A change up to the horizon, unless it is written out: a turn of the rotation goes on beyond it in any case. */
function withinHorizon(change: CoverChange, against: Against | undefined): CoverChange {
  const isWritten = change.cause.path.some((key) => key === 'overrides' || key === 'turns');
  const horizon = against?.horizon ?? change.endAt;
  return isWritten || change.startAt >= horizon
    ? change
    : { ...change, endAt: Math.min(change.endAt, horizon) };
}
