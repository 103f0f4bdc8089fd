/** `rota diff`: whose cover changes since a revision. */

import type { Command } from 'commander';
import { described } from '../../actions/lib/check/describe.ts';
import { evaluate } from '../../actions/lib/pipeline.ts';
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
    const changes = (evaluation.against?.changes ?? []).map((change) => changeEntry(change, now));
    terminal.printJson({ changes, findings: described(findings) });
  } else terminal.print(...changeLines(evaluation, findings, now, terminal.paint));
  return findings.some(({ severity }) => severity === 'error') ? EXIT.findings : EXIT.ok;
}
