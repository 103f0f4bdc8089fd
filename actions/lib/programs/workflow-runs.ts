/** Reads from the workflow file when it applies the handbook, so that a plan can say which times no run is due at. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CronTime, cronTime } from '../drivers/pagerduty/runs.ts';
import { gitText } from '../git/git.ts';

const WORKFLOW = '.github/workflows/pagerduty.yml';

/**
 * The runs of the workflow that apply the handbook in a folder: every line of cron but those to which a job is limited,
 * which compares PagerDuty. Undefined where there is no such file; a line that cannot be read counts as none.
 */
export function applyRuns(root: string): readonly CronTime[] | undefined {
  const text = workflowText(root);
  if (text === undefined) return undefined;
  const comparing = new Set(quotedAfter(text, /github\.event\.schedule == '([^'\n]{1,100})'/g));
  return quotedAfter(text, /^ {2,12}- cron: ["']([^"'\n]{1,100})["']/gm)
    .filter((line) => !comparing.has(line))
    .flatMap((line) => cronTime(line) ?? []);
}

function workflowText(root: string): string | undefined {
  try {
    // GitHub reads no other folder, and a handbook in a folder could have a file of this name.
    const top = gitText(root, ['rev-parse', '--show-toplevel'])?.trim() ?? root;
    return readFileSync(join(top, WORKFLOW), 'utf8');
  } catch {
    return undefined;
  }
}

const quotedAfter = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, quoted = '']) => quoted);
