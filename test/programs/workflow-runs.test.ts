/** The runs that apply a handbook, as its workflow file has them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { cronTime } from '../../actions/lib/drivers/pagerduty/runs.ts';
import { applyRuns } from '../../actions/lib/programs/workflow-runs.ts';

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
