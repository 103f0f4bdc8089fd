/** Adds to findings the line and column of their locations, removes duplicates and sorts them for reading. Pure. */
import type { Texts } from '../load/load.ts';
import { Lines } from '../load/source.ts';
import type { Finding, LocatedFinding } from '../model.ts';
import { describe } from './describe.ts';

/** Sorts by file, line, column and rule, then as the messages read; of equal findings keeps one. */
export function locate(findings: readonly Finding[], { texts }: Texts): readonly LocatedFinding[] {
  const lines = new Map<string, Lines>();
  const linesOf = (file: string): Lines => {
    const known = lines.get(file) ?? new Lines(texts.get(file) ?? '');
    lines.set(file, known);
    return known;
  };
  const found = new Map<string, { readonly finding: LocatedFinding; readonly message: string }>();
  for (const { location, related, ...finding } of findings) {
    const { file } = location;
    const { line, column } = linesOf(file).find(location);
    const data = JSON.stringify([finding.code, finding.args]);
    const others = related?.map((it) => ({ file: it.file, ...linesOf(it.file).find(it) }));
    const located = { ...finding, file, line, column, ...(others === undefined ? {} : { related: others }) };
    const key = JSON.stringify([finding.rule, finding.severity, data, file, line, column]);
    found.set(key, { finding: located, message: describe(finding) });
  }
  return [...found.values()]
    .toSorted(
      ({ finding: one, message }, { finding: other, message: otherMessage }) =>
        inOrder(one.file, other.file) ||
        one.line - other.line ||
        one.column - other.column ||
        inOrder(one.rule, other.rule) ||
        inOrder(message, otherMessage),
    )
    .map(({ finding }) => finding);
}

const inOrder = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
