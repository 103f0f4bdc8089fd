/** The commands that edit a rota: a swap and a cover, agreed between colleagues, written into its file. */
import { chmodSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { described } from '../actions/lib/check/describe.ts';
import { coverHours, type Edit, type Outcome, swapTurns, type Transfer } from '../actions/lib/edit/edit.ts';
import { readRevision } from '../actions/lib/git/revision.ts';
import { MOST_BYTES } from '../actions/lib/git/working-tree.ts';
import type { Texts } from '../actions/lib/load/load.ts';
import { type Evaluation, evaluate } from '../actions/lib/pipeline.ts';
import { findingLines } from '../actions/lib/text/findings.ts';
import { plural } from '../actions/lib/text/plural.ts';
import type { Instant } from '../actions/lib/timeline.ts';
import { type Globals, textsIn } from './arguments.ts';
import { printChanges } from './print.ts';
import { EXIT, print, printJson, progress, UsageError, warn } from './terminal.ts';

/** The command line's program, as far as commands are put into it. */
interface Program {
  command(name: string): Program;
  description(text: string): Program;
  argument(name: string, description: string): Program;
  action(run: (...words: string[]) => void): Program;
}

/** Puts both commands into the program. */
export function addEdits(program: Program, globals: () => Globals): void {
  program
    .command('swap')
    .description('two turns of a role change hands: the smallest edit of the file of the rota that says so')
    .argument('<rota>', 'a rota such as paas/out-of-hours')
    .argument('<role>', 'a role of it, such as engineer')
    .argument('<turn>', 'a turn, by the date of its hand-over')
    .argument('<other>', 'the turn it is swapped with; the same command once more swaps them back')
    .action((rota = '', role = '', one = '', other = '') =>
      edit(globals(), (texts, now) => swapTurns(texts, now, { rota, role, turns: [one, other] })),
    );
  program
    .command('cover')
    .description('a person takes some hours of a role; the person who would be there anyway takes them back')
    .argument('<rota>', 'a rota such as paas/out-of-hours')
    .argument('<role>', 'a role of it, such as engineer')
    .argument('<from>', "the start, such as 2026-12-03T18:00 in the rota's zone")
    .argument('<to>', 'the end, excluded')
    .argument('<person>', 'who takes them, such as dee-novak')
    .action((rota = '', role = '', from = '', to = '', person = '') =>
      edit(globals(), (texts, now) => coverHours(texts, now, { rota, role, from, to, person })),
    );
}

/** Makes an edit, writes the file and says so, or says why not and leaves the file alone. */
function edit(globals: Globals, make: (texts: Texts, now: Instant) => Outcome): void {
  const { root, now, format } = globals;
  const texts = textsIn(root);
  progress('checking');
  const outcome = make(texts, now);
  progress('');
  const why = 'refusal' in outcome ? refusalLines(outcome) : write(root, texts, outcome);
  if ('refusal' in outcome || why.length > 0) {
    for (const line of why) warn(line);
    process.exitCode = EXIT.findings;
    return;
  }
  const told = sinceHead(globals, texts);
  const { file } = outcome;
  const findings = told.findings.filter(
    (found) => ['notice', 'history'].includes(found.rule) && found.file === file,
  );
  if (format === 'json')
    printJson({
      file: outcome.file,
      changes: outcome.transfers.map(changeEntry),
      findings: described(findings),
    });
  else {
    print(...outcome.transfers.map((taking) => `${outcome.file}: ${takingText(taking)}`));
    print('');
    printChanges(told, findings, now, file);
  }
  const isWrong = findings.some(({ severity }) => severity === 'error');
  process.exitCode = isWrong ? EXIT.findings : EXIT.fine;
}

/** What the edit, and whatever else is not committed yet, comes to; outside a git repository, what the edit does alone. */
function sinceHead({ root, now }: Globals, texts: Texts): Evaluation {
  const head = readRevision(root, 'HEAD');
  const told = evaluate(textsIn(root), now, progress, {
    texts: 'trouble' in head ? texts : head,
    pull: undefined,
  });
  progress('');
  return told;
}

function refusalLines({ refusal }: Extract<Outcome, { readonly refusal: unknown }>): readonly string[] {
  switch (refusal.kind) {
    case 'wrong-use':
      throw new UsageError(refusal.message);
    case 'impossible':
      return [`rota: ${refusal.message}`];
    case 'errors': {
      const lines = findingLines(described(refusal.findings), (_, text) => text);
      return [
        ...lines,
        `nothing was written, because of ${plural(lines.length, 'error')} that this would bring (told at the lines as they would be)`,
      ];
    }
  }
}

const changeEntry = ({ person, insteadOf, ...when }: Transfer) => ({
  ...when,
  person,
  instead_of: insteadOf,
});

const takingText = (taking: Transfer): string => {
  const what = 'turn' in taking ? `the turn of ${taking.turn}` : `${taking.from} to ${taking.to}`;
  return `${taking.person} takes ${what} from ${taking.insteadOf}`;
};

/** Writes an edited file in one step, with the mode it had; gives in words why it cannot be. */
function write(root: string, { texts }: Texts, { file, text }: Edit): readonly string[] {
  const path = join(root, file);
  if (readFileSync(path, 'utf8') !== texts.get(file))
    return [`rota: ${file} was changed by somebody else just now; try again`];
  if (Buffer.byteLength(text) > MOST_BYTES)
    return [`rota: ${file} would be larger than ${MOST_BYTES / 1024} KiB; take old overrides out first`];
  const fresh = join(dirname(path), `.${basename(path)}.new`);
  rmSync(fresh, { force: true });
  try {
    writeFileSync(fresh, text, { flag: 'wx' });
    chmodSync(fresh, statSync(path).mode);
    renameSync(fresh, path);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
  return [];
}
