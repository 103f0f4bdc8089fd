/** How somebody can be reached, as text. Pure. */
import type { Reach } from '../model.ts';

const WAYS: Readonly<Record<keyof Reach, string>> = { slack: 'chat', phone: 'phone', email: 'e-mail' };

/** The given ways in their order, as far as they are known: `chat @amara, phone 020 7946 0123`. */
export const reachText = (reach: Reach, ways: readonly (keyof Reach)[]): string =>
  ways.flatMap((way) => (reach[way] === undefined ? [] : [`${WAYS[way]} ${reach[way]}`])).join(', ');
