/**
 * A name that nobody has is a seat that nobody fills. Found while loading, in `load/references.ts`; a thing whose own
 * file is faulty still counts as existing. Told at the name, with the nearest one that exists.
 */
import { type Rule, told } from '../rule.ts';

export const knownNames: Rule = {
  name: 'known-names',
  severity: 'error',
  asks: 'does every person, role, rota, window, policy and time zone that is named exist?',
  check: (context) => told(context, 'known-names'),
};
