/** The commands about issues: writes their forms, and tries a body as the action would read it. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { issueForms } from '../actions/lib/requests/issue-forms.ts';
import { readRequest } from '../actions/lib/requests/request.ts';
import { forTerminal } from '../actions/lib/text/escape.ts';
import { plural } from '../actions/lib/text/plural.ts';
import { type Globals, readable } from './arguments.ts';
import { table } from './table.ts';
import { EXIT, paint, print, printJson, UsageError, warn } from './terminal.ts';

/** Puts the commands into the program. */
export function addRequests(program: Command, globals: () => Globals): void {
  program
    .command('forms')
    .description(
      'write the issue forms of .github/ISSUE_TEMPLATE with the rotas, roles, people and services of the handbook',
    )
    .option('--check', 'write nothing, and say whether they are what the handbook makes them')
    .action(({ check }: { check?: true }) => writeForms(globals(), check === true ? 'check' : 'write'));
  program
    .command('request')
    .description('requests made by issue')
    .command('parse')
    .description('read the body of an issue as the action reads it: its fields, or what is wrong with each')
    .argument('<file>', 'a file that holds the body')
    .action((file: string) => tryBody(globals(), file));
}

function writeForms({ root, format }: Globals, how: 'check' | 'write'): void {
  const { handbook } = readable(root);
  const forms = issueForms(handbook);
  const differing = forms.filter(({ path, text }) => {
    const file = join(root, path);
    return (existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\r\n', '\n') : undefined) !== text;
  });
  const files = differing.map(({ path }) => path);
  if (how === 'write')
    for (const { path, text } of differing) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      if (text === undefined) rmSync(join(root, path));
      else writeFileSync(join(root, path), text);
    }
  if (format === 'json') printJson({ files });
  else if (files.length === 0) print('every form is what the handbook makes it');
  else if (how === 'write')
    print(...differing.map(({ path, text }) => `${text === undefined ? 'removed' : 'wrote'} ${path}`));
  else
    for (const path of files)
      warn(`${path} is not what the handbook makes it; run "rota forms" and commit it`);
  for (const { path } of forms.filter(({ text }) => text === undefined))
    warn(`there is no ${path}, because the handbook has nothing yet for one of its drop-downs`);
  if (how === 'check' && files.length > 0) process.exitCode = EXIT.findings;
}

function tryBody({ root, format }: Globals, file: string): void {
  if (!existsSync(file)) throw new UsageError(`there is no file ${file}`);
  const request = readRequest(readable(root).handbook, readFileSync(file, 'utf8'));
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
    print(
      `${form.name}: ${faults.length === 0 ? 'every field can be read; notice, windows and who is there are asked when it is raised' : `${plural(faults.length, 'thing')} to put right`}`,
    );
    if (rows.length > 0)
      print(
        '',
        ...table(
          ['Field', 'Says'].map((text) => paint('bold', text)),
          rows,
        ),
      );
    if (faults.length > 0)
      print(
        '',
        ...faults.map(({ field, message }) => `${paint('red', forTerminal(field))}: ${forTerminal(message)}`),
      );
  }
  if (faults.length > 0) process.exitCode = EXIT.findings;
}
