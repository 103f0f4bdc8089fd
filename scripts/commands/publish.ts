/** `rota publish`: writes calendars, data and pages. */

import { relative } from 'node:path';
import type { Command } from 'commander';
import { described } from '../../actions/lib/check/describe.ts';
import { committed, revisions } from '../../actions/lib/git/history.ts';
import { evaluate } from '../../actions/lib/pipeline.ts';
import { publishable } from '../../actions/lib/programs/publishable.ts';
import { assets } from '../../actions/lib/site/page/assets.ts';
import { previousFeeds, recover, unfit, unpublished, writeAll } from '../../actions/lib/site/write.ts';
import { countOf, findingLines } from '../../actions/lib/text/findings.ts';
import type { CommandAction, Invocation } from '../invocation.ts';
import { textsIn } from '../read-handbook.ts';
import { EXIT, type ExitStatus, UsageError } from '../terminal.ts';

interface PublishOptions {
  readonly out: string;
  readonly previous?: string;
}

export function addPublish(command: Command, action: CommandAction): void {
  command
    .requiredOption(
      '--out <dir>',
      'the folder to write; what was published there before is replaced as a whole',
    )
    .option(
      '--previous <dir-or-url>',
      'the last publication, so that none of its calendars disappears (default: what is in --out)',
    )
    .action(action(publish));
}

async function publish(
  { root, now, format, terminal }: Invocation,
  { out, previous }: PublishOptions,
): Promise<ExitStatus> {
  const { paint, print, printJson, progress } = terminal;
  if (out === '') throw new UsageError('--out names no folder; name an empty or a new one');
  recover(out);
  const why = (previous === undefined ? undefined : unpublished(previous)) ?? unfit(out);
  if (why !== undefined) throw new UsageError(why);
  const evaluation = evaluate(textsIn(root, terminal), now, progress);
  const pieces = publishable(evaluation, {
    now,
    revisedAt: revisions(root, now, 'folder'),
    previous: await previousFeeds(previous ?? out),
    commit: committed(root),
    assets: assets(),
  });
  progress('');
  if (pieces === undefined) {
    const findings = described(evaluation.findings);
    if (format === 'json') printJson(findings);
    else print(...findingLines(findings, paint), `nothing was published, because of ${countOf(findings)}`);
    return EXIT.findings;
  }
  progress('writing');
  const written = writeAll(out, pieces);
  progress('');
  if (format === 'json') printJson({ ...written, folder: out });
  else {
    const size = `${Math.ceil(written.bytes / 1024)} KiB`;
    const folder = relative('.', written.folder) || '.';
    const content = 'index.html, teams/, people/, calendars/, shifts.json and who.json';
    print(`wrote ${written.files} files (${size}) to ${folder}: ${content}`);
  }
  return EXIT.ok;
}
