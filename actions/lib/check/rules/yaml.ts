/**
 * A file that cannot be read says nothing, and a rota nobody reads leaves people uncovered. Found while loading: links,
 * names, sizes and encodings in `load/files.ts` and `load/kinds.ts`, the text itself in `load/source.ts`. Told at the
 * first line, or at the line where the text stops being YAML.
 */
import { loadFindings, type Rule } from '../rule.ts';

export const yaml: Rule = {
  name: 'yaml',
  severity: 'error',
  asks: 'is every file readable, inside the root, of a known kind and plain YAML?',
  check: (context) => loadFindings(context, 'yaml'),
};
