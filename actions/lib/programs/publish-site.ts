/** The program of the action `publish`: checks the handbook and writes it as a site into a folder. */
import { resolve } from 'node:path';
import { described } from '../check/describe.ts';
import { isShallow } from '../git/git.ts';
import { revisions } from '../git/history.ts';
import type { ActionContext } from '../github/context.ts';
import { annotate, logInfo, setOutput, writeSummary } from '../github/log.ts';
import { type Evaluation, evaluate } from '../pipeline.ts';
import { summary } from '../review/summary.ts';
import { assets } from '../site/page/assets.ts';
import { isAddress, linksIn, previousFeeds, recover, unfit, unpublished, writeAll } from '../site/write.ts';
import { plural } from '../text/plural.ts';
import { checkedOutTexts } from './checked-out-texts.ts';
import { publishable } from './publishable.ts';

/** The output folder, and the previous site: folders relative to the workspace, or a URL for the latter. */
export interface PublishInputs {
  readonly out: string;
  /** Empty for the site named in the handbook. */
  readonly previous: string;
}

/** Publishes the handbook that is checked out; if it has errors, the previous site stays as it is. */
export async function publishSite(context: ActionContext, inputs: PublishInputs): Promise<0 | 1> {
  const { workspace, root, now, folder } = context;
  const out = resolve(workspace, inputs.out || '_site');
  const texts = checkedOutTexts(context);
  if (isShallow(root))
    throw new Error(
      'this checkout is shallow, and calendars need the full history to detect changes; check out with fetch-depth: 0',
    );
  recover(out);
  const named = previousOf(workspace, inputs.previous);
  const why = (named === '' ? undefined : unpublished(named)) ?? unfit(out);
  if (why !== undefined) throw new Error(why);
  const evaluation = evaluate(texts, now, logInfo);
  const isSound = annotate(described(evaluation.findings), folder) === 0;
  const previous = named || evaluation.handbook.publishing.site || out;
  const pieces = publishable(evaluation, {
    now,
    revisedAt: revisions(root, now, texts.commit === undefined ? 'folder' : 'commit'),
    previous: isSound ? await previousFeeds(previous) : [],
    commit: texts.commit,
    assets: assets(),
  });
  const written = pieces === undefined ? undefined : writeAll(out, pieces);
  const [link] = written === undefined ? [] : linksIn(out);
  if (link !== undefined)
    throw new Error(`${link} is a symbolic link, which would publish its target; remove it`);
  await report(evaluation, written);
  return written === undefined ? 1 : 0;
}

const previousOf = (workspace: string, given: string): string =>
  given === '' || isAddress(given) ? given : resolve(workspace, given);

async function report(
  { findings }: Evaluation,
  written: { readonly files: number; readonly bytes: number } | undefined,
): Promise<void> {
  const outcome =
    written === undefined
      ? 'Nothing was published, because the handbook has errors.'
      : `Published ${plural(written.files, 'file')}, ${Math.ceil(written.bytes / 1024)} KiB.`;
  setOutput('files', written?.files ?? 0);
  await writeSummary(`### ${outcome}\n\n${summary(findings, undefined)}`);
  logInfo(outcome);
}
