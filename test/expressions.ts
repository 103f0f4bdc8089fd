/** The regular expressions that are written in the source. Asserts nothing. */
import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { SyntaxKind } from 'typescript/unstable/ast';
import { createScanner } from 'typescript/unstable/ast/scanner';

/** A regular expression, and where it is written. */
export interface Expression {
  readonly where: string;
  readonly source: string;
  readonly flags: string;
}

const root = join(import.meta.dirname, '..');

/** Every regular expression literal in actions and scripts. */
export const literals = (): readonly Expression[] =>
  globSync('{actions,scripts}/**/*.{ts,js}', { cwd: root })
    .map((file) => file.split(sep).join('/'))
    .filter((file) => !file.startsWith('actions/vendor/'))
    .toSorted()
    .flatMap((file) => literalsIn(file, readFileSync(join(root, file), 'utf8')));

/** After one of these a slash divides. */
const ENDS_VALUE: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.Identifier,
  SyntaxKind.NumericLiteral,
  SyntaxKind.StringLiteral,
  SyntaxKind.NoSubstitutionTemplateLiteral,
  SyntaxKind.TemplateTail,
  SyntaxKind.CloseParenToken,
  SyntaxKind.CloseBracketToken,
  SyntaxKind.CloseBraceToken,
  SyntaxKind.ThisKeyword,
  // Words that are names, too.
  SyntaxKind.FromKeyword,
  SyntaxKind.NumberKeyword,
  SyntaxKind.StringKeyword,
  SyntaxKind.TypeKeyword,
  SyntaxKind.ObjectKeyword,
]);

function literalsIn(file: string, text: string): readonly Expression[] {
  const found: Expression[] = [];
  const scanner = createScanner(true, undefined, text);
  /** The number of braces open in each template that is open. */
  const templates: number[] = [];
  let before = SyntaxKind.Unknown;
  for (let token = scanner.scan(); token !== SyntaxKind.EndOfFile; token = scanner.scan()) {
    const open = templates.length - 1;
    if (token === SyntaxKind.OpenBraceToken && open >= 0) templates[open] = (templates[open] ?? 0) + 1;
    if (token === SyntaxKind.CloseBraceToken && open >= 0) {
      if (templates[open] === 0) token = scanner.reScanTemplateToken(false);
      else templates[open] = (templates[open] ?? 0) - 1;
    }
    if (token === SyntaxKind.TemplateHead) templates.push(0);
    if (token === SyntaxKind.TemplateTail) templates.pop();
    const isSlash = token === SyntaxKind.SlashToken || token === SyntaxKind.SlashEqualsToken;
    if (isSlash && !ENDS_VALUE.has(before)) {
      token = scanner.reScanSlashToken();
      const literal = scanner.getTokenText();
      const end = literal.lastIndexOf('/');
      const line = text.slice(0, scanner.getTokenStart()).split('\n').length;
      found.push({ where: `${file}:${line}`, source: literal.slice(1, end), flags: literal.slice(end + 1) });
    }
    before = token;
  }
  return found;
}
