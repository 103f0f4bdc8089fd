/** Writes README's table of rules from the rules: `npm run rules`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { rules } from '../../actions/lib/check/rules.ts';

const README = new URL('../../README.md', import.meta.url);

/** When a rule that needs more than the handbook applies. */
const NEEDS = { base: 'Checked against the base.', reviews: 'Checked where reviews can be read.' } as const;

/** README with the table of rules between its two marks. */
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

if (import.meta.main) writeFileSync(README, withRules(readFileSync(README, 'utf8')));
