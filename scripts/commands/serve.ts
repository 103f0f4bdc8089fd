/** `rota serve`: serves what was published on this machine. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { parsePort } from '../arguments.ts';
import type { CommandAction, Invocation } from '../invocation.ts';
import { serve as serveFolder } from '../serve.ts';
import { EXIT, type ExitStatus, UsageError } from '../terminal.ts';

interface ServeOptions {
  readonly out: string;
  readonly port: number;
}

export function addServe(command: Command, action: CommandAction): void {
  command
    .option('--out <dir>', 'the folder that was published', 'public')
    .addOption(
      new Option('--port <number>', 'the port to listen on; 0 is any free port')
        .argParser(parsePort)
        .default(8000),
    )
    .action(action(serve));
}

/** Returns once the server listens; the server keeps the process running until it is stopped. */
async function serve({ terminal }: Invocation, { out, port }: ServeOptions): Promise<ExitStatus> {
  if (!existsSync(join(out, 'index.html')))
    throw new UsageError(`there is no page in ${resolve(out)}; publish it with "rota publish --out ${out}"`);
  const { address } = await serveFolder(out, port).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new UsageError(`port ${port} is in use; name another with --port`);
  });
  terminal.print(`${resolve(out)} is served at ${address} until you stop this with Ctrl+C`);
  return EXIT.ok;
}
