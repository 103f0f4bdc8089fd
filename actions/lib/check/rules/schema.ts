/**
 * A misspelt key would silently do nothing, so every object is closed. Found while loading, in `load/schema.ts`, from
 * the schemas in `schemas/`. Reported at the key or value at fault; a missing key at the thing that lacks it.
 */
import { type LoadCodes, loadFindings, rule } from '../rule.ts';

export const schema = rule<LoadCodes>({
  name: 'schema',
  severity: 'error',
  summary: 'Every file keeps its schema: known keys, nothing missing, everything in bounds.',
  check: (context) => loadFindings(context, 'schema'),
  describe: { message: ({ message }) => message },
});
