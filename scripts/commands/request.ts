/** `rota request parse`: parses the body of an issue as the action does. */
import { existsSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { readRequest } from '../../actions/lib/requests/request.ts';
import { forTerminal } from '../../actions/lib/text/escape.ts';
import { plural } from '../../actions/lib/text/plural.ts';
import type { CommandAction, Invocation } from '../invocation.ts';
import { readHandbook } from '../read-handbook.ts';
import { headedTable } from '../tables.ts';
import { EXIT, type ExitStatus, UsageError } from '../terminal.ts';

export function addRequest(command: Command, action: CommandAction): void {
  command
    .command('parse')
    .description(
      'parse the body of an issue as the action does: print its fields, or what is wrong with each',
    )
    .argument('<file>', 'a file that holds the body')
    .action(action(parseBody));
}

function parseBody({ root, format, terminal }: Invocation, file: string): ExitStatus {
  const { paint, print, printJson } = terminal;
  if (!existsSync(file)) throw new UsageError(`there is no file ${file}`);
  const { loaded, status } = readHandbook(root, terminal);
  const request = readRequest(loaded.handbook, readFileSync(file, 'utf8'));
  if (request === undefined)
    throw new UsageError(
      `${file} does not begin as a form does, with "### " and the name of its first field`,
    );
  const { form, values, faults } = request;
  if (format === 'json') printJson({ form: form.kind, values: Object.fromEntries(values), faults });
  else {
    const rows = form.fields.flatMap(({ id, label }) => {
      const value = values.get(id);
      return value === undefined
        ? []
        : [[label, forTerminal(value.length > 80 ? `${value.slice(0, 80)}…` : value)]];
    });
    const outcome =
      faults.length === 0
        ? 'every field can be read; notice, windows and availability are checked when the issue is opened'
        : `${plural(faults.length, 'thing')} to fix`;
    print(`${form.name}: ${outcome}`);
    if (rows.length > 0) print('', ...headedTable(['Field', 'Value'], rows, paint));
    if (faults.length > 0)
      print(
        '',
        ...faults.map(({ field, message }) => `${paint('red', forTerminal(field))}: ${forTerminal(message)}`),
      );
  }
  return faults.length > 0 ? EXIT.findings : status;
}
