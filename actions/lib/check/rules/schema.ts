/**
 * A misspelt key is a promise nobody keeps, so every object is closed. Found while loading, in `load/schema.ts`, from
 * the schemas in `schemas/`. Told at the key or value at fault; a missing key at the thing that lacks it.
 */
import { loadFindings, type Rule } from '../rule.ts';

export const schema: Rule = {
  name: 'schema',
  severity: 'error',
  asks: 'does every file keep its schema: known keys, nothing missing, everything in bounds?',
  check: (context) => loadFindings(context, 'schema'),
};
