/** README's table of rules, from the rules. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../actions/lib/check/rules.ts';

/** When a rule that needs more than the handbook applies. */
const NEEDS = { base: 'Checked against the base.', reviews: 'Checked where reviews can be read.' } as const;

/** README with the table of rules between its two markers. */
export function withRules(readme: string): string {
  const rows = rules.map(
    ({ name, severity, summary, needs }) =>
      `| \`${name}\` | ${severity} | ${summary}${needs === undefined ? '' : ` ${NEEDS[needs]}`} |`,
  );
  const table = ['| rule | finding | requires |', '|---|---|---|', ...rows].join('\n');
  return readme.replace(
    /(<!-- rules -->\n)[\s\S]*?(\n<!-- end of rules -->)/,
    (_, before: string, after: string) => before + table + after,
  );
}

/** README with an up-to-date table of rules. */
export const readmeFile = (root: string): ReadonlyMap<string, string> =>
  new Map([['README.md', withRules(readFileSync(join(root, 'README.md'), 'utf8'))]]);
