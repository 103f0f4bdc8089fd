/** `rota forms`: writes the issue forms, or compares them with the handbook. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { issueForms } from '../../actions/lib/requests/issue-forms.ts';
import type { CommandAction, Invocation } from '../invocation.ts';
import { readHandbook } from '../read-handbook.ts';
import { EXIT, type ExitStatus } from '../terminal.ts';

type IssueForm = ReturnType<typeof issueForms>[number];

export function addForms(command: Command, action: CommandAction): void {
  command
    .option('--check', 'write nothing, and report whether the forms match the handbook')
    .action(action(forms));
}

function forms({ root, format, terminal }: Invocation, { check }: { readonly check?: true }): ExitStatus {
  const { print, printJson, warn } = terminal;
  const { loaded, status } = readHandbook(root, terminal);
  const all = issueForms(loaded.handbook);
  const differing = all.filter((form) => !isUpToDate(root, form));
  if (check !== true) for (const form of differing) write(root, form);
  if (format === 'json') printJson({ files: differing.map(({ path }) => path) });
  else if (differing.length === 0) print('every form matches the handbook');
  else if (check !== true)
    print(...differing.map(({ path, text }) => `${text === undefined ? 'removed' : 'wrote'} ${path}`));
  else
    for (const { path } of differing)
      warn(`${path} does not match the handbook; run "rota forms" and commit it`);
  for (const { path } of all.filter(({ text }) => text === undefined))
    warn(`there is no ${path}, because one of its drop-downs would be empty`);
  return check === true && differing.length > 0 ? EXIT.findings : status;
}

function isUpToDate(root: string, { path, text }: IssueForm): boolean {
  const file = join(root, path);
  // Line ends depend on the checkout.
  return (existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\r\n', '\n') : undefined) === text;
}

function write(root: string, { path, text }: IssueForm): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  if (text === undefined) rmSync(join(root, path));
  else writeFileSync(join(root, path), text);
}
