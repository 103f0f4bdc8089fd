/** README's table of rules, from the rules. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../actions/lib/check/rules.ts';

/** README with the table of rules between its two marks. */
export function withRules(readme: string): string {
  const rows = rules.map(({ name, severity, asks }) => `| \`${name}\` | ${severity} | ${asks} |`);
  const table = ['| rule | finding | asks |', '|---|---|---|', ...rows].join('\n');
  return readme.replace(
    /(<!-- rules -->\n)[\s\S]*?(\n<!-- end of rules -->)/,
    (_, before: string, after: string) => before + table + after,
  );
}

/** README as it should be. */
export const readmeFile = (root: string): ReadonlyMap<string, string> =>
  new Map([['README.md', withRules(readFileSync(join(root, 'README.md'), 'utf8'))]]);
