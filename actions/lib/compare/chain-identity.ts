/** Whom the chains of two handbooks call, and who agrees to what is new in them. Pure. */
import {
  childLocation,
  type Escalation,
  type Handbook,
  isUnread,
  type Level,
  type Notified,
  type PathLocation,
  roleText,
} from '../model.ts';
import { durationText } from '../time/duration.ts';
import { calledIn } from './account-owners.ts';
import { targetsOf, teamsAsked, teamsOf } from './chain-targets.ts';
import { servedBy, teamsBehind } from './concerned-teams.ts';
import { agreedByEach, type IdentityChange, type KeyChange, keyChange } from './identity-change.ts';
import { EVERY_PRIORITY, isWider, joined, NONE, only, type Priorities } from './priorities.ts';

/** Each chain that differs: whoever it calls newly, or for more, and the teams that it is of, or calls. */
export function* chainChanges(base: Handbook, head: Handbook): Iterable<IdentityChange> {
  const [calledBefore, called] = [calledIn(base, [base]), calledIn(head, [base, head])];
  const holders = (policy: string | undefined) =>
    [...base.escalations.values()].filter((it) => policy !== undefined && it.policy === policy);
  for (const id of new Set([...base.escalations.keys(), ...head.escalations.keys()])) {
    const [was, is] = [base.escalations.get(id), head.escalations.get(id)];
    if (isUnread(base, 'escalation', id) || isUnread(head, 'escalation', id)) continue;
    const known = new Set(calledBefore(targetsOf(was)));
    const location: PathLocation = is?.location ?? { file: `policies/escalation/${id}.yaml`, path: [] };
    const asks = (person: string, after: string): IdentityChange => ({
      ...{ kind: 'chain', id, concerned: [person], teams: undefined },
      keys: [{ key: person, before: undefined, after, location }],
    });
    for (const person of new Set(called(newTargets(was, is))))
      if (!known.has(person)) yield asks(person, 'called');
    const [before, after] = [prioritiesIn(was, calledBefore), prioritiesIn(is, called)];
    for (const [person, priorities] of before)
      if (isWider(priorities, after.get(person) ?? NONE)) yield asks(person, 'called for more');
    const own = new Set([...teamsOf(base, targetsOf(was)), ...(was === undefined ? [] : servedBy(base, id))]);
    const asked = new Set([
      ...teamsAsked(base, head, newTargets(was, is)),
      ...(was === undefined || is === undefined ? [] : teamsAsked(base, head, rolesCalledMore(was, is))),
      ...(is?.policy === was?.policy ? [] : holders(is?.policy))
        .filter((it) => it.id !== id)
        .flatMap((it) => teamsBehind(base, it)),
    ]);
    // A chain that calls nobody whom the base knows, and has no policy to take over, concerns nobody.
    if (was === undefined && asked.size === 0 && is?.policy === undefined) continue;
    const consent = was === undefined ? agreedByEach(asked) : { teams: [...own], alsoTeams: [...asked] };
    yield { kind: 'chain', id, keys: chainKeys(was, is), concerned: [], ...consent };
  }
}

/** For what a chain calls each person by name, or by the account of a contact. */
function prioritiesIn(
  chain: Escalation | undefined,
  called: (targets: readonly Notified[]) => readonly string[],
): ReadonlyMap<string, Priorities> {
  const all = new Map<string, Priorities>();
  for (const { notify, onlyFor } of chain?.levels ?? [])
    for (const person of called(notify)) {
      const own = onlyFor === undefined ? EVERY_PRIORITY : only(onlyFor);
      all.set(person, joined(all.get(person) ?? NONE, own));
    }
  return all;
}

/** The roles that a chain calls at an earlier level than before, or for more priorities. */
function rolesCalledMore(was: Escalation, is: Escalation): readonly Notified[] {
  const rolesIn = (targets: readonly Notified[]) =>
    targets.flatMap((it) => (it.kind === 'role' ? [roleText(it.role)] : []));
  const levelOf = ({ levels }: Escalation, role: string) =>
    levels.findIndex(({ notify }) => rolesIn(notify).includes(role));
  const [before, after] = [prioritiesIn(was, rolesIn), prioritiesIn(is, rolesIn)];
  return targetsOf(is).filter((it) => {
    if (it.kind !== 'role') return false;
    const role = roleText(it.role);
    const known = before.get(role);
    if (known === undefined) return false;
    return levelOf(is, role) < levelOf(was, role) || isWider(known, after.get(role) ?? NONE);
  });
}

/** What a chain calls newly; another account of a contact that it had is a change of the contact. */
function newTargets(was: Escalation | undefined, is: Escalation | undefined): readonly Notified[] {
  const kept = new Set(targetsOf(was).map(notifiedText));
  return targetsOf(is).filter((it) => it.kind === 'person' || !kept.has(notifiedText(it)));
}

function chainKeys(was: Escalation | undefined, is: Escalation | undefined): readonly KeyChange[] {
  const file: PathLocation = { file: (is ?? was)?.location.file ?? '', path: [] };
  const levels = Math.max(was?.levels.length ?? 0, is?.levels.length ?? 0);
  const at = (...path: readonly (string | number)[]) =>
    is === undefined ? file : childLocation(is.location, ...path);
  return [
    ...Array.from({ length: levels }, (_, i) =>
      keyChange(
        `level ${i + 1}`,
        levelText(was?.levels[i]),
        levelText(is?.levels[i]),
        is?.levels[i]?.location ?? at('levels'),
      ),
    ).flat(),
    ...keyChange('policy', was?.policy, is?.policy, at('pagerduty', 'policy')),
    ...keyChange('repeats', was && String(was.repeats), is && String(is.repeats), at('repeats')),
    ...keyChange('applies_in', was?.appliesIn.join(', '), is?.appliesIn.join(', '), at('applies_in')),
  ];
}

/** Whom a level notifies, as text: a role, a person, or `contact inbox`. */
export function notifiedText(it: Notified): string {
  if (it.kind === 'role') return roleText(it.role);
  return it.kind === 'person' ? it.person : `contact ${it.contact}`;
}

function levelText(level: Level | undefined): string | undefined {
  if (level === undefined) return undefined;
  const { notify, escalateAfter, onlyFor, atOnceFor } = level;
  const who = notify.map(notifiedText).join(' and ');
  const then = escalateAfter === undefined ? '' : `, for ${durationText(escalateAfter)}`;
  const only = onlyFor === undefined ? '' : `, only for ${onlyFor.join(', ')}`;
  const atOnce = atOnceFor.length === 0 ? '' : `, at once for ${atOnceFor.join(', ')}`;
  return `${who}${then}${only}${atOnce}`;
}
