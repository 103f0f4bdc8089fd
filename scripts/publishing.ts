/** The commands that write a publication and show it. */
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Command, Option } from 'commander';
import { described } from '../actions/lib/check/describe.ts';
import { committed, revisions } from '../actions/lib/git/history.ts';
import { evaluate, publication } from '../actions/lib/pipeline.ts';
import { assets } from '../actions/lib/site/page/assets.ts';
import { previousFeeds, recover, unfit, unpublished, writeAll } from '../actions/lib/site/write.ts';
import { countOf, findingLines } from '../actions/lib/text/findings.ts';
import { type Globals, port, textsIn } from './arguments.ts';
import { EXIT, paint, print, printJson, progress, UsageError } from './terminal.ts';

/** Puts both commands into the program. */
export function addPublishing(program: Command, globals: () => Globals): void {
  program
    .command('publish')
    .description('check the handbook, then write calendars, data and pages')
    .requiredOption(
      '--out <dir>',
      'the folder to write; what was published there before is replaced as a whole',
    )
    .option(
      '--previous <dir-or-url>',
      'where the last publication lies, so that no calendar of it vanishes (default: what is in --out)',
    )
    .action(async ({ out, previous }: { out: string; previous?: string }) => {
      const { root, now, format } = globals();
      if (out === '') throw new UsageError('--out names no folder; name an empty or a new one');
      recover(out);
      const why = (previous === undefined ? undefined : unpublished(previous)) ?? unfit(out);
      if (why !== undefined) throw new UsageError(why);
      const told = evaluate(textsIn(root), now, progress);
      const pieces = publication(told, {
        now,
        revisedAt: revisions(root, now),
        previous: await previousFeeds(previous ?? out),
        commit: committed(root),
        assets: assets(),
      });
      progress('');
      if (pieces === undefined) {
        print(
          ...findingLines(described(told.findings), paint),
          `nothing was published, because of ${countOf(told.findings)}`,
        );
        process.exitCode = EXIT.findings;
        return;
      }
      progress('writing');
      const written = writeAll(out, pieces);
      progress('');
      if (format === 'json') printJson({ ...written, folder: out });
      else
        print(
          `wrote ${written.files} files (${Math.ceil(written.bytes / 1024)} KiB) to ${relative('.', written.folder) || '.'}: index.html, teams/, people/, calendars/, shifts.json and who.json`,
        );
    });

  program
    .command('serve')
    .description('show what was published on this machine, until it is stopped')
    .option('--out <dir>', 'the folder that was published', 'public')
    .addOption(
      new Option('--port <number>', 'where to answer; 0 is any free port').argParser(port).default(8000),
    )
    .action(async ({ out, port: where }: { out: string; port: number }) => {
      if (!existsSync(join(out, 'index.html')))
        throw new UsageError(`there is no page in ${out}; publish it with "rota publish --out ${out}"`);
      const { serve } = await import('./serve.ts');
      const { address } = await serve(out, where).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EADDRINUSE') throw error;
        throw new UsageError(`port ${where} is in use; name another with --port`);
      });
      print(`${out} is shown at ${address} until you stop this with Ctrl+C`);
    });
}
