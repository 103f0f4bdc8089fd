/** Carries out a command that edits the file of a rota: makes the edit, writes it, and prints whose time it changes. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { described } from '../actions/lib/check/describe.ts';
import type { Edit, EditOutcome, Transfer } from '../actions/lib/edit/edit.ts';
import { readRevision } from '../actions/lib/git/revision.ts';
import { MOST_BYTES } from '../actions/lib/git/working-tree.ts';
import type { Texts } from '../actions/lib/load/load.ts';
import { type Evaluation, evaluate } from '../actions/lib/pipeline.ts';
import { findingLines } from '../actions/lib/text/findings.ts';
import { plural } from '../actions/lib/text/plural.ts';
import type { Instant } from '../actions/lib/timeline.ts';
import { changeLines } from './change-lines.ts';
import type { Invocation } from './invocation.ts';
import { textsIn } from './read-handbook.ts';
import { replaceFile } from './replace-file.ts';
import { EXIT, type ExitStatus, UsageError } from './terminal.ts';

/** Makes an edit, writes its file and prints the changes of cover; prints a refusal and writes nothing. */
export function editRota(
  invocation: Invocation,
  make: (texts: Texts, now: Instant) => EditOutcome,
): ExitStatus {
  const { root, now, format, terminal } = invocation;
  const texts = textsIn(root);
  terminal.progress('checking');
  const outcome = make(texts, now);
  terminal.progress('');
  if ('refusal' in outcome) return refused(refusalLines(outcome), invocation);
  const conflict = conflictOf(root, texts, outcome);
  if (conflict !== undefined) return refused([`rota: ${conflict}`], invocation);
  const { file, transfers } = outcome;
  replaceFile(join(root, file), outcome.text);
  const evaluation = evaluateSinceHead(invocation, texts);
  const findings = evaluation.findings.filter(
    (found) => ['notice', 'history'].includes(found.rule) && found.file === file,
  );
  if (format === 'json')
    terminal.printJson({ file, changes: transfers.map(transferEntry), findings: described(findings) });
  else
    terminal.print(
      ...transfers.map((transfer) => `${file}: ${transferText(transfer)}`),
      '',
      ...changeLines(evaluation, findings, now, terminal.paint, file),
    );
  return findings.some(({ severity }) => severity === 'error') ? EXIT.findings : EXIT.ok;
}

function refused(lines: readonly string[], { terminal }: Invocation): ExitStatus {
  for (const line of lines) terminal.warn(line);
  return EXIT.findings;
}

/**
 * Compares with HEAD, so includes other uncommitted changes; outside a git repository, with the files before the
 * edit.
 */
function evaluateSinceHead({ root, now, terminal }: Invocation, texts: Texts): Evaluation {
  const head = readRevision(root, 'HEAD');
  const evaluation = evaluate(textsIn(root), now, terminal.progress, {
    texts: 'trouble' in head ? texts : head,
    pull: undefined,
  });
  terminal.progress('');
  return evaluation;
}

function refusalLines({ refusal }: Extract<EditOutcome, { readonly refusal: unknown }>): readonly string[] {
  switch (refusal.kind) {
    case 'wrong-use':
      throw new UsageError(refusal.message);
    case 'impossible':
      return [`rota: ${refusal.message}`];
    case 'errors': {
      const lines = findingLines(described(refusal.findings), (_, text) => text);
      return [
        ...lines,
        `nothing was written, because the edit would cause ${plural(lines.length, 'error')} ` +
          '(line numbers are those after the edit)',
      ];
    }
  }
}

const transferEntry = ({ person, insteadOf, ...when }: Transfer) => ({
  ...when,
  person,
  instead_of: insteadOf,
});

const transferText = (transfer: Transfer): string => {
  const what = 'turn' in transfer ? `the turn of ${transfer.turn}` : `${transfer.from} to ${transfer.to}`;
  return `${transfer.person} takes ${what} from ${transfer.insteadOf}`;
};

/** Why an edit cannot replace its file; undefined when it can. */
function conflictOf(root: string, { texts }: Texts, { file, text }: Edit): string | undefined {
  if (readFileSync(join(root, file), 'utf8') !== texts.get(file))
    return `${file} was changed by somebody else just now; try again`;
  if (Buffer.byteLength(text) > MOST_BYTES)
    return `${file} would be larger than ${MOST_BYTES / 1024} KiB; remove old overrides first`;
  return undefined;
}
