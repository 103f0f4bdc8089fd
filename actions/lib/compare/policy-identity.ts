/** Changes of what decides who is asked, how long before, and how far ahead. Pure. */
import type { Handbook } from '../model.ts';
import { type IdentityChange, keyChange } from './identity-change.ts';

/** Changes of the policy of notice, and of the published span. */
export function* policyChanges(
  base: Handbook,
  head: Handbook,
  unread: readonly string[],
): Iterable<IdentityChange> {
  // Where a figure comes from decides nothing.
  const noticeOf = ({ notice: { origins: _, ...terms } }: Handbook) => terms;
  const spanOf = ({ publishing: { back, ahead } }: Handbook) => ({ back, ahead });
  const policies = {
    notice: [noticeOf(base), noticeOf(head)],
    publishing: [spanOf(base), spanOf(head)],
  } as const;
  for (const [id, [was, is]] of Object.entries(policies)) {
    const file = `policies/${id}.yaml`;
    if (unread.includes(file)) continue;
    const [before, after] = [was, is].map((it) => new Map<string, unknown>(Object.entries(it)));
    const keys = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])].flatMap((key) => {
      const name = key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      const [one, other] = [before, after].map((it) => plainText(it?.get(key)));
      return keyChange(name, one, other, { file, path: [name] });
    });
    yield { kind: 'policy', id, keys, concerned: [], teams: [] };
  }
}

/**
 * A value as JSON, without the origins of figures, and with maps as lists of their entries by key: in which order a
 * file has the teams says nothing.
 */
const plainText = (value: unknown): string | undefined =>
  JSON.stringify(value, (key, it: unknown) => {
    if (key === 'origins') return undefined;
    return it instanceof Map ? [...it].toSorted(([one], [other]) => (one < other ? -1 : 1)) : it;
  });
