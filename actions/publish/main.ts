/** The door that GitHub opens to publish: reads the inputs and the clock here and nowhere else, and passes them as values. */
import { join, resolve } from 'node:path';
import * as core from '@actions/core';
import { described } from '../lib/check/describe.ts';
import { committed, isShallow, revisions } from '../lib/git/history.ts';
import { readFolder } from '../lib/git/working-tree.ts';
import { annotate, nowOf } from '../lib/github/log.ts';
import { evaluate, publication } from '../lib/pipeline.ts';
import { summary } from '../lib/review/comment.ts';
import { assets } from '../lib/site/page/assets.ts';
import {
  isAddress,
  linksIn,
  previousFeeds,
  recover,
  unfit,
  unpublished,
  writeAll,
} from '../lib/site/write.ts';
import { forTerminal } from '../lib/text/escape.ts';
import { plural } from '../lib/text/plural.ts';

const { GITHUB_WORKSPACE: workspace = '.' } = process.env;

/** A folder below the workspace, or an address as it is; empty when there is none. */
const placeOf = (input: string): string =>
  input === '' || isAddress(input) ? input : resolve(workspace, input);

async function main(): Promise<void> {
  const folder = core.getInput('root') || '.';
  const [root, out] = [join(workspace, folder), resolve(workspace, core.getInput('out') || '_site')];
  const now = nowOf(core.getInput('now'), Date.now());
  const texts = readFolder(root);
  if (texts === undefined)
    throw new Error(
      `there is no rotas/ and no policies/ in ${folder}; name their folder with the input "root"`,
    );
  if (isShallow(root))
    throw new Error(
      'this checkout has no full history, by which calendars tell what changed; check out with fetch-depth: 0',
    );
  recover(out);
  const named = placeOf(core.getInput('previous'));
  const why = (named === '' ? undefined : unpublished(named)) ?? unfit(out);
  if (why !== undefined) throw new Error(why);
  const told = evaluate(texts, now, core.info);
  const errors = annotate(described(told.findings), folder);
  const previous = named || told.handbook.publishing.site || out;
  const pieces = publication(told, {
    now,
    revisedAt: revisions(root, now),
    previous: errors > 0 ? [] : await previousFeeds(previous),
    commit: committed(root),
    assets: assets(),
  });
  const written = pieces === undefined ? undefined : writeAll(out, pieces);
  const links = written === undefined ? [] : linksIn(out);
  if (links.length > 0)
    throw new Error(`${links[0]} is a symbolic link, which would publish what it leads to; remove it`);
  const said =
    written === undefined
      ? 'Nothing was published, because the handbook has errors.'
      : `Published ${plural(written.files, 'file')}, ${Math.ceil(written.bytes / 1024)} KiB.`;
  core.setOutput('files', written?.files ?? 0);
  await core.summary.addRaw(`### ${said}\n\n${summary(told.findings, undefined)}`).write();
  core.info(said);
  if (written === undefined) process.exitCode = 1;
}

await main().catch((error: unknown) => {
  core.error(forTerminal(error instanceof Error ? error.message : String(error)));
  process.exitCode = 1;
});
