/**
 * A file that cannot be read defines nothing, and a rota that is not read leaves people uncovered. Found while loading:
 * links, names, sizes and encodings in `git/` and `load/identify.ts`, the text itself in `load/source.ts`. Reported at
 * the first line, or at the line where the text stops being YAML.
 */
import { type LoadCodes, loadFindings, rule } from '../rule.ts';

export const yaml = rule<LoadCodes>({
  name: 'yaml',
  severity: 'error',
  summary: 'Every file is readable, inside the root, of a known kind and plain YAML.',
  check: (context) => loadFindings(context, 'yaml'),
  describe: { message: ({ message }) => message },
});
