/** The door that GitHub opens to PagerDuty: reads the key, the inputs and the clock here and nowhere else, and passes them as values. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as core from '@actions/core';
import { context } from '@actions/github';
import { addressOf, keyOf } from '../lib/drivers/pagerduty/access.ts';
import { apply } from '../lib/drivers/pagerduty/apply.ts';
import { PagerDuty } from '../lib/drivers/pagerduty/client.ts';
import { type DesiredState, desiredAtLastApply, desiredState } from '../lib/drivers/pagerduty/desired.ts';
import { auditEntry } from '../lib/drivers/pagerduty/entries.ts';
import { type GuardOptions, REASONS, type UnreadableRevision } from '../lib/drivers/pagerduty/guard.ts';
import { hasDrift, type Plan } from '../lib/drivers/pagerduty/plan.ts';
import { readAndPlan } from '../lib/drivers/pagerduty/read-and-plan.ts';
import { refusalText, unreadableText } from '../lib/drivers/pagerduty/refusal-text.ts';
import { auditMarkdown, planLines, planMarkdown } from '../lib/drivers/pagerduty/report.ts';
import { readFolder } from '../lib/git/working-tree.ts';
import { type Connection, connect } from '../lib/github/connection.ts';
import { gitCredentials } from '../lib/github/context.ts';
import { Deployments } from '../lib/github/deployments.ts';
import { annotate, nowOf } from '../lib/github/log.ts';
import { PullRequests } from '../lib/github/pulls.ts';
import { locate } from '../lib/load/load.ts';
import type { Handbook } from '../lib/model.ts';
import { evaluate } from '../lib/pipeline.ts';
import { readApplied, standing } from '../lib/programs/applied-revisions.ts';
import { postPlan } from '../lib/programs/post-review.ts';
import { summary } from '../lib/review/summary.ts';
import { forTerminal } from '../lib/text/escape.ts';

const { env } = process;
const workspace = env.GITHUB_WORKSPACE ?? '.';
const words = (name: string): readonly string[] =>
  core
    .getInput(name)
    .split(/[\s,]+/)
    .filter(Boolean);

const MODES = ['plan', 'apply', 'drift'] as const;
type Mode = (typeof MODES)[number];

async function main(): Promise<void> {
  const mode = modeOf(core.getInput('mode'));
  const [key, token] = [env.PAGERDUTY_API_KEY ?? '', core.getInput('token')];
  for (const secret of [key, token]) if (secret !== '') core.setSecret(secret);
  Object.assign(env, gitCredentials({ token, serverUrl: context.serverUrl }));
  const [now, startedAt] = [nowOf(core.getInput('now'), Date.now()), performance.now()];
  const clock = () => now + Math.round(performance.now() - startedAt);
  const client = new PagerDuty({
    url: addressOf(core.getInput('api'), core.getInput('service-region')),
    key: keyOf(key),
    patienceMs: 1000,
    clock,
  });
  const github = connect({
    apiUrl: context.apiUrl,
    token,
    repository: context.repo,
    commentAuthor: core.getInput('comment-author'),
  });
  const folder = core.getInput('root') || '.';
  const root = join(workspace, folder);
  const texts = readFolder(root);
  if (texts === undefined)
    throw new Error(
      `there is no rotas/ and no policies/ in ${folder}; name their folder with the input "root"`,
    );
  const told = evaluate(texts, now, core.info);
  if (annotate(told.placed, folder) > 0) {
    await core.summary.addRaw(`### PagerDuty was not asked\n\n${summary(told.placed, undefined)}`).write();
    if (mode === 'plan')
      await comment(
        github,
        '### PagerDuty was not asked\n\nThe handbook has errors; mend them first.',
        false,
      );
    throw new Error('the handbook has errors, so PagerDuty was not asked');
  }
  const { applied, forgotten } = await appliedBefore(github, root);
  const terms = termsOf(root, mode, forgotten);
  const wanted = (mode === 'drift' ? desiredAtLastApply : desiredState)(told.handbook, applied, now);
  const agreement = await readAndPlan(client, wanted, terms, core.info);
  if (agreement.kind === 'missing') {
    const found = locate(agreement.findings, texts);
    annotate(found, folder);
    const text = `### Nothing was changed in PagerDuty\n\n${summary(found, undefined)}`;
    await core.summary.addRaw(text).write();
    if (mode === 'plan') await comment(github, text, true);
    throw new Error('PagerDuty does not have everything that the handbook names, so nothing was changed');
  }
  await carryOn(mode, agreement.plan, wanted, client, github, clock);
}

function modeOf(given: string): Mode {
  const mode = MODES.find((it) => it === given);
  if (mode === undefined) throw new Error(`the input "mode" is "${given}"; name one of ${MODES.join(', ')}`);
  return mode;
}

interface Memory {
  readonly applied: readonly Handbook[];
  readonly forgotten: readonly UnreadableRevision[];
}

/** The reasons that the input names; a word that is none would let nothing through, and nobody would know why. */
function allowed(): readonly string[] {
  const given = words('allow');
  const unknown = given.find((it) => !REASONS.some((reason) => reason === it));
  if (unknown === undefined) return given;
  throw new Error(
    `the input "allow" has "${unknown}", which is no reason; name some of ${REASONS.join(', ')}`,
  );
}

/** The handbooks as they were applied, as the deployments say, unless the input does; and what cannot be read of them. */
async function appliedBefore(github: Connection, root: string): Promise<Memory> {
  const given = words('applied');
  const revisions =
    given.length > 0
      ? given
      : await new Deployments(github).commitsSinceSuccess(core.getInput('environment'));
  const applied: Handbook[] = [];
  const forgotten: UnreadableRevision[] = [];
  for (const revision of revisions) {
    const it = readApplied(root, revision);
    if (it.kind === 'unknown' && given.length > 0) throw new Error(it.trouble);
    if (it.kind !== 'unknown') applied.push(it.handbook);
    if (it.kind !== 'read')
      forgotten.push({ revision, why: it.trouble, extent: it.kind === 'unread' ? 'partly' : 'wholly' });
  }
  return { applied, forgotten };
}

/** What only applying asks: what a pull request has is not the main branch yet, and where nothing is written, nothing stays. */
const ALLOWED: Readonly<Record<Mode, readonly string[]>> = {
  plan: ['not-the-tip', 'forgotten'],
  apply: [],
  // However much somebody changed, it is to be told.
  drift: ['not-the-tip', 'forgotten', 'many-writes'],
};

function termsOf(root: string, mode: Mode, forgotten: readonly UnreadableRevision[]): GuardOptions {
  const approved = core.getInput('approved');
  const allow = [...allowed(), ...ALLOWED[mode]];
  if (allow.includes('forgotten')) for (const it of forgotten) core.warning(forTerminal(unreadableText(it)));
  return {
    ...standing(root),
    allow,
    unreadable: forgotten,
    mostWrites: Number(core.getInput('most-writes')),
    approved: approved === '' ? undefined : approved,
  };
}

async function carryOn(
  mode: Mode,
  plan: Plan,
  wanted: DesiredState,
  client: PagerDuty,
  github: Connection,
  clock: () => number,
): Promise<void> {
  const purpose = mode === 'drift' ? 'drift' : 'plan';
  for (const line of planLines(plan, purpose, (_, text) => text)) core.info(line);
  core.setOutput('digest', plan.digest);
  core.setOutput('writes', plan.writes);
  const text = planMarkdown(plan, purpose);
  if (mode === 'plan') {
    await core.summary.addRaw(text).write();
    for (const refusal of plan.refusals) core.warning(forTerminal(refusalText(refusal)));
    return comment(github, text, plan.writes + plan.manualCount > 0);
  }
  if (mode === 'drift' || plan.refusals.length > 0) {
    await core.summary.addRaw(text).write();
    for (const refusal of plan.refusals) core.error(forTerminal(refusalText(refusal)));
    if (mode === 'drift' && hasDrift(plan))
      throw new Error('PagerDuty is not as the handbook has it; the job summary says where');
    if (plan.refusals.length > 0) throw new Error('the plan was refused; nothing was changed in PagerDuty');
    return;
  }
  const audit = auditEntry(
    await apply(plan, wanted, { client, clock, wait: (ms) => pause(ms), progress: core.info }),
  );
  writeFileSync(join(workspace, core.getInput('audit')), `${JSON.stringify(audit, null, 2)}\n`);
  await core.summary.addRaw(`${text}\n\n${auditMarkdown(audit)}`).write();
  for (const line of audit.trouble) core.error(forTerminal(line));
  if (audit.outcome === 'failed')
    throw new Error('PagerDuty is not yet as planned; run this again to carry on');
}

/** The plan in the one comment on a pull request, where the token may write, or in its place why there is none. */
async function comment(github: Connection, text: string, isNews: boolean): Promise<void> {
  const { pull_request: pull } = context.payload;
  if (pull !== undefined) await postPlan(new PullRequests(github), pull.number, text, { isNews });
}

await main().catch((error: unknown) => {
  core.error(forTerminal(error instanceof Error ? error.message : String(error)));
  process.exitCode = 1;
});
