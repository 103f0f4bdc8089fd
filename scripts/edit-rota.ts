/** Carries out a command that edits files of rotas: makes the edit, writes it, and prints whose time it changes. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { described, identityOf } from '../actions/lib/check/describe.ts';
import { type Edit, type EditOutcome, type Transfer, withEdit } from '../actions/lib/edit/outcome.ts';
import { readRevision } from '../actions/lib/git/revision.ts';
import { MOST_BYTES } from '../actions/lib/git/working-tree.ts';
import type { Texts } from '../actions/lib/load/load.ts';
import type { LocatedFinding } from '../actions/lib/model.ts';
import { type Evaluation, evaluate } from '../actions/lib/pipeline.ts';
import { findingLines } from '../actions/lib/text/findings.ts';
import { plural } from '../actions/lib/text/plural.ts';
import { MINUTE } from '../actions/lib/time/date.ts';
import type { Instant } from '../actions/lib/timeline.ts';
import { changeLines } from './change-lines.ts';
import type { Invocation } from './invocation.ts';
import { textsIn } from './read-handbook.ts';
import { replaceFiles } from './replace-file.ts';
import { EXIT, type ExitStatus, UsageError } from './terminal.ts';

/** The options of every command that edits rotas. */
export interface EditOptions {
  readonly dryRun?: true;
  readonly anyway?: true;
}

/** Adds the options that every command that edits rotas has. */
export const addEditOptions = (command: Command): Command =>
  command
    .option('--dry-run', 'print what would change, and write nothing')
    .option('--anyway', 'write the edit although the notice is too short, for an emergency');

/**
 * Makes an edit, writes its files and prints the changes of cover. Writes nothing when the edit is refused, when its
 * notice is too short and `--anyway` is absent, and with `--dry-run`.
 */
export function editRota(
  invocation: Invocation,
  options: EditOptions,
  make: (texts: Texts, now: Instant) => EditOutcome,
): ExitStatus {
  const { root, now, terminal } = invocation;
  const texts = textsIn(root, terminal);
  terminal.progress('checking');
  const outcome = make(texts, now);
  terminal.progress('');
  if ('refusal' in outcome) return refused(refusalLines(outcome), invocation);
  const conflict = conflictOf(root, texts, outcome);
  if (conflict !== undefined) return refused([`rota: ${conflict}`], invocation);
  const { evaluation, findings } = judged(invocation, texts, outcome);
  const isShort = findings.some(({ severity }) => severity === 'error');
  const isWritten = options.dryRun !== true && (!isShort || options.anyway === true);
  if (isWritten) replaceFiles(outcome.files.map(({ file, text }) => ({ path: join(root, file), text })));
  const consequence = isWritten ? undefined : unwritten(options, evaluation);
  print(invocation, outcome, evaluation, findings, consequence);
  return isShort ? EXIT.findings : EXIT.ok;
}

function unwritten({ dryRun }: EditOptions, { handbook }: Evaluation): string {
  if (dryRun === true) return 'nothing was written, because of --dry-run';
  return (
    'nothing was written, because the notice is too short; with --anyway it is written all the same, ' +
    `for a pull request with the label ${handbook.notice.emergency.label}`
  );
}

function print(
  { now, format, terminal }: Invocation,
  { files, transfers, notes }: Edit,
  evaluation: Evaluation,
  findings: readonly LocatedFinding[],
  consequence: string | undefined,
): void {
  if (format === 'json') {
    terminal.printJson({
      files: files.map(({ file }) => file),
      changes: transfers.map(transferEntry),
      findings: described(findings),
      notes,
      written: consequence === undefined,
    });
    return;
  }
  terminal.print(
    ...transfers.map((transfer) => `${transfer.rota}/${transfer.role}: ${transferText(transfer)}`),
    ...notes,
    '',
    ...changeLines(evaluation, findings, now, terminal.paint),
    ...(consequence === undefined ? [] : ['', consequence]),
  );
}

function refused(lines: readonly string[], { terminal }: Invocation): ExitStatus {
  for (const line of lines) terminal.warn(line);
  return EXIT.findings;
}

/**
 * What an edit changes, compared with the files before it; and what notice and history say of it. These are judged by
 * what is committed, so that a change that is not committed yet can be undone at any time, but only what the edit adds
 * counts.
 */
function judged(
  { root, now, terminal }: Invocation,
  texts: Texts,
  edit: Edit,
): { readonly evaluation: Evaluation; readonly findings: readonly LocatedFinding[] } {
  const edited = withEdit(texts, edit);
  const head = readRevision(root, 'HEAD');
  const since = (base: Texts, after: Texts): Evaluation =>
    // Times are written in minutes, so what begins in this minute is not past yet.
    evaluate(after, now - (now % MINUTE), terminal.progress, { texts: base, pull: undefined });
  const evaluation = since(texts, edited);
  const isCommitted =
    'trouble' in head ||
    (head.texts.size === texts.texts.size &&
      [...texts.texts].every(([file, text]) => head.texts.get(file) === text));
  const findings = isCommitted
    ? late(evaluation)
    : added(late(since(head, edited)), late(since(head, texts)));
  terminal.progress('');
  return { evaluation, findings };
}

const late = ({ findings }: Evaluation): readonly LocatedFinding[] =>
  findings.filter(({ rule }) => ['notice', 'history'].includes(rule));

function added(
  after: readonly LocatedFinding[],
  before: readonly LocatedFinding[],
): readonly LocatedFinding[] {
  const identity = (found: LocatedFinding) =>
    identityOf({ ...found, location: { file: found.file, offset: 0 }, related: [] });
  const known = new Set(before.map(identity));
  return after.filter((found) => !known.has(identity(found)));
}

function refusalLines({ refusal }: Extract<EditOutcome, { readonly refusal: unknown }>): readonly string[] {
  switch (refusal.kind) {
    case 'wrong-use':
      throw new UsageError(refusal.message);
    case 'impossible':
      return [`rota: ${refusal.message}${refusal.way === undefined ? '' : `; ${refusal.way}`}`];
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
  instead_of: insteadOf ?? null,
});

function transferText(transfer: Transfer): string {
  const { person, insteadOf } = transfer;
  const what = 'turn' in transfer ? `the turn of ${transfer.turn}` : `${transfer.from} to ${transfer.to}`;
  return `${person} takes ${what}${insteadOf === undefined ? ', which nobody has' : ` from ${insteadOf}`}`;
}

/** Why an edit cannot replace its files; undefined when it can. */
function conflictOf(root: string, { texts }: Texts, { files }: Edit): string | undefined {
  for (const { file, text } of files) {
    if (readFileSync(join(root, file), 'utf8') !== texts.get(file))
      return `${file} was changed by somebody else just now; try again`;
    if (Buffer.byteLength(text) > MOST_BYTES)
      return `${file} would be larger than ${MOST_BYTES / 1024} KiB; remove old overrides first`;
  }
  return undefined;
}
