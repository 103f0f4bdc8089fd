/** `rota review` prints the comment that the action posts. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rotaInProcess } from '../in-process.ts';
import { folder } from '../process.ts';
import { approved, checkPull, commentOn, LATE, shove, statusesOf } from './pull-request.ts';

test('the comment and the statuses are those of the action', async () => {
  const repo = await shove({ now: '2026-12-18T11:00:00Z' });
  const [pull] = repo.github.state.pulls;
  repo.github.label(7, 'emergency-cover', 'mallory-muir');
  await checkPull(repo, LATE);
  await approved(repo, ['nia-rhys'], LATE);
  // The hidden line says when GitHub edited the comment.
  const posted = commentOn(repo)
    .split('\n')
    .filter((line) => !line.startsWith('<!-- rota-as-code: shown'))
    .join('\n');

  repo.git('checkout', '-q', '--detach', repo.head);
  const file = join(folder(), 'pull.json');
  const facts = { author: 'mallory-muir', labels: ['emergency-cover'], approvals: ['nia-rhys'] };
  writeFileSync(file, JSON.stringify({ ...facts, opened_at: pull?.created_at, pushed_at: pull?.created_at }));
  const review = (...words: readonly string[]) =>
    rotaInProcess(repo.folder, ['review', '--base', 'main', '--pull', file, '--now', LATE, ...words]);
  const { status, stdout } = await review();
  expect(stdout.trimEnd()).toBe(posted);
  expect(posted).toContain('passed as an emergency');
  expect(posted).toContain('- Amara Osei: approve the latest commit');
  expect(status).toBe(0);

  const json = JSON.parse((await review('--format', 'json')).stdout);
  expect(json.comment).toBe(posted);
  const set = json.statuses.map((it: Record<string, string>) => [
    it.context,
    `${it.state}: ${it.description}`,
  ]);
  expect(Object.fromEntries(set)).toEqual(statusesOf(repo, repo.head));
});
