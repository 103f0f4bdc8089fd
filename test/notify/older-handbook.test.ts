/** Issues and posts of hand-overs are decided by the newest handbook, and by none that has errors. */
import { expect, onTestFinished, test } from 'vitest';
import { clone, run as git } from '../git/repository.ts';
import { webhookStandIn } from '../webhook/stand-in.ts';
import { APP_SECRETS, runNotify } from './job.ts';
import { ROTA_FILE, type Scene, SWAPPED, startScene } from './scene.ts';

/** On Friday at 09:00 UTC, Amara hands over to Ben. */
const [THURSDAY, DUE] = ['2026-09-10T08:00:00Z', '2026-09-11T08:50:00Z'];

async function scene(now: string): Promise<Scene> {
  const it = await startScene();
  onTestFinished(it.stop);
  await it.goTo(now);
  return it;
}

const assignees = ({ github }: Scene) => github.state.issues.map((it) => it.assignees);

const handovers = { parts: 'handovers', secrets: {}, event: 'schedule' } as const;

test('an older checkout changes no issue of a hand-over', async () => {
  const it = await scene(THURSDAY);
  const [before] = it.commits;
  it.push({ [ROTA_FILE]: SWAPPED });
  expect((await runNotify(it, handovers)).status).toBe(0);
  const swapped = [['amara-osei', 'dee-novak']];
  expect(assignees(it)).toEqual(swapped);
  const own = clone(it.root);
  git(own, 'checkout', '-q', before ?? '');
  const older = { ...it, root: own };
  const { status, stdout } = await runNotify(older, handovers);
  expect([status, stdout]).toEqual([0, expect.stringContaining('which the main branch is at by now')]);
  expect(assignees(it)).toEqual(swapped);
  expect((await runNotify(older, { ...handovers, allow: 'not-the-tip' })).status).toBe(0);
  expect(assignees(it)).toEqual([['amara-osei', 'ben-adeyemi']]);
});

test('what is merged while a run goes on is left to the next one', async () => {
  const it = await scene(THURSDAY);
  const own = { ...it, root: clone(it.root) };
  let isMerged = false;
  it.slack.onRequest = () => {
    if (!isMerged) it.push({ [ROTA_FILE]: SWAPPED });
    isMerged = true;
  };
  const both = { ...handovers, parts: 'slack handovers', secrets: APP_SECRETS };
  expect((await runNotify(own, both)).stdout).toContain('which the main branch is at by now');
  expect([isMerged, assignees(it)]).toEqual([true, []]);
  await runNotify(it, handovers);
  expect(assignees(it)).toEqual([['amara-osei', 'dee-novak']]);
});

test.each([
  ['names nobody in an override', SWAPPED.replaceAll('person: dee', 'person: dea')],
  ['cannot be read', 'name: ['],
])('a handbook that %s leaves the issues as they are', async (_, text) => {
  const it = await scene(THURSDAY);
  await runNotify(it, handovers);
  it.push({ [ROTA_FILE]: text });
  expect((await runNotify(it, handovers)).status).toBe(1);
  expect(assignees(it)).toEqual([['amara-osei', 'ben-adeyemi']]);
  expect(it.github.state.issues.map(({ state }) => state)).toEqual(['open']);
});

test('an older checkout announces nothing by a webhook', async () => {
  const it = await scene(DUE);
  const hook = await webhookStandIn();
  const own = clone(it.root);
  it.push({ [ROTA_FILE]: SWAPPED });
  const posts = { parts: 'posts', secrets: { SLACK_WEBHOOK: hook.of('C0PAAS') }, event: 'schedule' } as const;
  const { status, stdout } = await runNotify({ ...it, root: own }, posts);
  expect([status, stdout]).toEqual([0, expect.stringContaining('which the main branch is at by now')]);
  expect(hook.posts).toEqual([]);
  expect((await runNotify(it, posts)).status).toBe(0);
  expect(hook.posts.map(({ body }) => JSON.stringify(body))).toEqual([expect.stringContaining('U0DEE')]);
});
