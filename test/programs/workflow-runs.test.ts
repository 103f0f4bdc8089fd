/** The runs that apply a handbook, as its workflow file has them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { cronTime } from '../../actions/lib/drivers/pagerduty/runs.ts';
import { applyRuns } from '../../actions/lib/programs/workflow-runs.ts';
import { fill, git } from '../process.ts';

function folderWith(text: string | undefined): string {
  const root = mkdtempSync(join(tmpdir(), 'runs-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  if (text === undefined) return root;
  mkdirSync(join(root, '.github/workflows'), { recursive: true });
  writeFileSync(join(root, '.github/workflows/pagerduty.yml'), text);
  return root;
}

test('every line of cron that is no comment, but that of the comparison', () => {
  const root = folderWith(`on:
  schedule:
    - cron: "23 6 * * *"
    # - cron: "1 1 * * *"
    - cron: '59 8 * * 1-5'
    - cron: "every day"
jobs:
  drift:
    if: github.event.schedule == '23 6 * * *'
`);
  expect(applyRuns(root)).toEqual([cronTime('59 8 * * 1-5')]);
});

test('nothing is known without the file', () => {
  expect(applyRuns(folderWith(undefined))).toBeUndefined();
});

test('of a handbook in a folder it is the file of the repository, not one beside the handbook', () => {
  const on = (line: string): string => `on:\n  schedule:\n    - cron: "${line}"\n`;
  const root = folderWith(on('59 8 * * 1-5'));
  fill(root, new Map([['desk/.github/workflows/pagerduty.yml', on('* * * * *')]]));
  git(root, '2026-11-01T00:00:00Z', 'init', '-q');
  expect(applyRuns(join(root, 'desk'))).toEqual([cronTime('59 8 * * 1-5')]);
});
