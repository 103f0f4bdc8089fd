/** Changes of what decides who is asked, what is published of people, and what they earn. Pure. */
import type { Handbook } from '../model.ts';
import { type IdentityChange, keyChange } from './identity-change.ts';

/** Changes of the policies of notice, of publishing but for its address, and of time off. */
export function* policyChanges(
  base: Handbook,
  head: Handbook,
  unread: readonly string[],
): Iterable<IdentityChange> {
  // Where a figure comes from decides nothing.
  const noticeOf = ({ notice: { origins: _, ...terms } }: Handbook) => terms;
  const publishingOf = ({ publishing: { site: _, ...terms } }: Handbook) => terms;
  const policies = {
    notice: [noticeOf(base), noticeOf(head)],
    publishing: [publishingOf(base), publishingOf(head)],
    'time-off': [base.timeOff, head.timeOff],
  } as const;
  for (const [id, [was, is]] of Object.entries(policies)) {
    const file = `policies/${id}.yaml`;
    if (unread.includes(file)) continue;
    const [before, after] = [was, is].map((it) => new Map<string, unknown>(Object.entries(it)));
    const keys = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])].flatMap((key) => {
      const name = key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      const [one, other] = [before, after].map((it) => plainText(it?.get(key)));
      // The terms of time off are those of the file itself and of its amendments.
      return keyChange(name, one, other, { file, path: name === 'terms' ? [] : [name] });
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
