/**
 * Consent of those who are called otherwise than before, and whom nothing else asks: who moves up in a chain, whose
 * account or schedule somebody else has, who shadows in a role that is called. Pure.
 */
import type { IdentityChange } from './identity-change.ts';
import type { Reached } from './reached.ts';

/** The kinds of identity that ask the people whom they call. */
const ASKING: readonly IdentityChange['kind'][] = ['chain', 'service', 'contact', 'schedule'];

/** A change for each person and chain, or role, beside those that already ask that person alone about the same. */
export function reachedIdentity(
  reached: readonly Reached[],
  identity: readonly IdentityChange[],
): readonly IdentityChange[] {
  const keyOf = (kind: string, id: string, person: string) => JSON.stringify([kind, id, person]);
  const asked = new Set(
    identity.flatMap(({ kind, id, concerned, teams }) =>
      teams === undefined && ASKING.includes(kind) ? concerned.map((person) => keyOf(kind, id, person)) : [],
    ),
  );
  // One for all services that use a chain, which can be a hundred.
  const changes = new Map<string, IdentityChange>();
  for (const { subject, callee, calls, cause } of reached) {
    if (callee.kind !== 'person') continue;
    for (const [chain, own] of Map.groupBy(calls, ({ value }) => value.chain)) {
      const isChain = subject.kind === 'service';
      const isAsked = [
        keyOf('chain', chain, callee.id),
        keyOf('service', subject.id, callee.id),
        ...own.flatMap(({ value: { via } }) =>
          via === undefined ? [] : keyOf('contact', via.of, callee.id),
        ),
        ...(isChain ? [] : [keyOf('schedule', subject.id, callee.id)]),
      ].some((it) => asked.has(it));
      if (isAsked) continue;
      const change: IdentityChange = {
        ...{ kind: isChain ? 'chain' : 'schedule', id: isChain ? chain : subject.id },
        keys: [{ key: callee.id, before: undefined, after: wayOf(own), location: cause }],
        ...{ concerned: [callee.id], teams: undefined },
      };
      const key = keyOf(change.kind, change.id, callee.id);
      if (!changes.has(key)) changes.set(key, change);
    }
  }
  return [...changes.values()];
}

/** Without times, so that what somebody agreed to stays the same while these pass. */
function wayOf(calls: Reached['calls']): string {
  const via = calls.find(({ value }) => value.via !== undefined)?.value.via;
  if (via !== undefined)
    return `called by the ${via.kind === 'schedule' ? 'schedule' : 'account'} of ${via.of}`;
  const target = calls.find(({ value }) => value.target.kind === 'role')?.value.target;
  if (target?.kind === 'role') return `called as ${target.role.rota}/${target.role.role}`;
  if (calls.some(({ value }) => value.isForMore)) return 'called for more';
  return calls.every(({ value }) => value.wasCalled) ? 'called before others' : 'called at other times';
}
