/**
 * A time that does not exist cannot be covered: 30 February, 01:30 on the Sunday when the clocks go forward, a cover
 * that ends before it begins. Found while loading, in `load/times.ts` and by the schemas' dates. Reported at the value.
 */
import { type LoadCodes, loadFindings, rule } from '../rule.ts';

export const times = rule<LoadCodes>({
  name: 'times',
  severity: 'error',
  summary: 'Every date and local time exists, and every span runs forwards.',
  check: (context) => loadFindings(context, 'times'),
  describe: { message: ({ message }) => message },
});
