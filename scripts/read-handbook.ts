/** Reads the handbook in a folder, and an earlier revision of it. */

import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { described } from '../actions/lib/check/describe.ts';
import { locate } from '../actions/lib/check/locate.ts';
import { readBase } from '../actions/lib/git/revision.ts';
import { readFolder } from '../actions/lib/git/working-tree.ts';
import { type Loaded, load, type Texts } from '../actions/lib/load/load.ts';
import type { Base } from '../actions/lib/pipeline.ts';
import { countOf, findingLines } from '../actions/lib/text/findings.ts';
import { plural } from '../actions/lib/text/plural.ts';
import { EXIT, type ExitStatus, type Terminal, UsageError } from './terminal.ts';

const outside = (root: string): string =>
  isInCheckout(resolve(root)) ? '' : ', which is in no git checkout, so nothing is known of earlier versions';

/** Whether a folder, or one above it, is a working tree of git. */
const isInCheckout = (path: string): boolean =>
  existsSync(join(path, '.git')) || (dirname(path) !== path && isInCheckout(dirname(path)));

/** The texts of the handbook in a folder; reports which folder that is, apart from the result. */
export function textsIn(root: string, { warn }: Pick<Terminal, 'warn'>): Texts {
  const texts = readFolder(root);
  if (texts === undefined)
    throw new UsageError(
      `there is no rotas/ and no policies/ in ${resolve(root)}; name the folder that holds them with --root, ` +
        'or begin with rotas/people.yaml and rotas/<team>/<rota>.yaml, as in README',
    );
  warn(`rota: ${plural(texts.texts.size, 'file')} read from ${resolve(root)}${outside(root)}`);
  limitHeapGrowth(texts.texts.size);
  return texts;
}

/**
 * V8 lets the heap of a new process grow threefold before it collects garbage. This limit halves the memory of a
 * check of ten thousand rotas; it applies above 500 files only, because it costs time. Set at run time, because a
 * flag on Node's command line would have to be given before the files are counted.
 */
export function limitHeapGrowth(files: number): void {
  if (files > 500) setFlagsFromString('--heap-growing-percent=20');
}

/** The handbook to compare with: at the merge base of this branch and a revision. */
export function baseAt(root: string, base: string | undefined): Base | undefined {
  if (base === undefined) return undefined;
  const revision = readBase(root, base);
  if ('trouble' in revision) throw new UsageError(revision.trouble);
  return { texts: revision, pull: undefined };
}

/**
 * The handbook in a folder, and the exit status; prints the errors of loading, which result in the status of
 * findings.
 */
export function readHandbook(
  root: string,
  terminal: Terminal,
): { readonly loaded: Loaded; readonly status: ExitStatus } {
  const { warn } = terminal;
  const texts = textsIn(root, terminal);
  const loaded = load(texts);
  const errors = locate(loaded.findings, texts);
  if (errors.length === 0) return { loaded, status: EXIT.ok };
  for (const line of findingLines(described(errors), (_, text) => text)) warn(line);
  warn(`continuing without what could not be read: ${countOf(errors)}`);
  return { loaded, status: EXIT.findings };
}
