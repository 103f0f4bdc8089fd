/** `rota check`: the findings of every rule. */

import type { Command } from 'commander';
import { described } from '../../actions/lib/check/describe.ts';
import { allSpanWords } from '../../actions/lib/check/spans.ts';
import { evaluate } from '../../actions/lib/pipeline.ts';
import { countOf, findingLines } from '../../actions/lib/text/findings.ts';
import { plural } from '../../actions/lib/text/plural.ts';
import { DAY } from '../../actions/lib/time/date.ts';
import { formatDate } from '../../actions/lib/time/format.ts';
import type { CommandAction, Invocation } from '../invocation.ts';
import { baseAt, textsIn } from '../read-handbook.ts';
import { EXIT, type ExitStatus } from '../terminal.ts';

export function addCheck(command: Command, action: CommandAction): void {
  command
    .option(
      '--base <rev>',
      'also check the changes since this branch, tag or commit: notice, history, policies',
    )
    .option('--strict', 'count warnings as errors')
    .option('--all', 'list every time that a finding is about, not only the first')
    .action(action(check));
}

function check(
  { root, now, format, terminal }: Invocation,
  options: { readonly strict?: true; readonly all?: true; readonly base?: string },
): ExitStatus {
  const { paint, print, printJson, progress } = terminal;
  const texts = textsIn(root, terminal);
  const base = baseAt(root, options.base);
  const { findings, handbook, resolved } = evaluate(texts, now, progress, base);
  progress('');
  if (format === 'json') printJson(described(findings));
  else {
    const until = formatDate(Math.floor((resolved.span.endAt - 1) / DAY));
    const checked = [
      plural(texts.texts.size, 'file'),
      plural(handbook.rotas.size, 'rota'),
      plural(handbook.people.size, 'person', 'people'),
      `from now to ${until}`,
    ].join(', ');
    const count = paint(findings.length === 0 ? 'green' : 'bold', countOf(findings));
    const lines = findings.flatMap((finding) => [
      ...findingLines(described([finding]), paint),
      ...(options.all === true ? allSpanWords(finding).map((words) => `  ${words}`) : []),
    ]);
    print(...lines, `${count} in ${checked}`);
  }
  const counts = findings.some(({ severity }) => severity === 'error' || options.strict === true);
  return counts ? EXIT.findings : EXIT.ok;
}
