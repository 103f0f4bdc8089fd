/**
 * Consent to calls that are new, where nothing else asks about them: of people who are called otherwise than before,
 * and, for a role whose chain or service differs, of a lead of its team. Pure.
 */
import { type Handbook, roleOf, roleText } from '../model.ts';
import { teamAsked } from './chain-targets.ts';
import type { IdentityChange, IdentityKind } from './identity-change.ts';
import { chainDigests } from './identity-content.ts';
import type { Reached } from './reached.ts';
import type { NewCall } from './service-calls.ts';
import { WINDOW } from './service-identity.ts';

/** Two handbooks, what is new in whom they call, and the other changes of identity. */
interface NewlyCalled {
  readonly base: Handbook;
  readonly head: Handbook;
  readonly reached: readonly Reached[];
  readonly identity: readonly IdentityChange[];
}

/** A change for each person and chain, or role, with every way in which it calls them that nothing else asks about. */
export function reachedIdentity(given: NewlyCalled): readonly IdentityChange[] {
  const asked = changesById(given.identity);
  const isByHours = onlyHoursDiffer(given);
  const found = new Map<string, { readonly change: IdentityChange; readonly ways: Set<string> }>();
  for (const { subject, callee, calls, cause } of given.reached) {
    const team = callee.kind === 'role' ? teamAsked(given.base, given.head, roleOf(callee.id)) : undefined;
    if (callee.kind === 'contact' || (callee.kind === 'role' && team === undefined)) continue;
    const isAsked = (call: NewCall): boolean => {
      if (team === undefined) return isPersonAsked(callee.id, asked, subject, call);
      const isLeft = subject.kind === 'service' && isByHours(subject.id, call.chain);
      return isLeft || isTeamAsked(team, asked, subject, call);
    };
    const consent =
      team === undefined ? { concerned: [callee.id], teams: undefined } : { concerned: [], teams: [team] };
    for (const call of new Set(calls.map(({ value }) => value))) {
      if (isAsked(call)) continue;
      const [kind, id] =
        subject.kind === 'service' ? (['chain', call.chain] as const) : (['schedule', subject.id] as const);
      const key = JSON.stringify([kind, id, callee]);
      const keys = [{ key: callee.id, before: undefined, after: undefined, location: cause }];
      const own = found.get(key) ?? { change: { kind, id, keys, ...consent }, ways: new Set() };
      found.set(key, own);
      own.ways.add(wayOf(call, callee));
    }
  }
  return [...found.values()].map(({ change, ways }) => ({
    ...change,
    keys: change.keys.map((it) => ({ ...it, after: `called ${[...ways].toSorted().join(', and ')}` })),
  }));
}

type ChangesById = (kind: IdentityKind, id: string) => readonly IdentityChange[];

function changesById(identity: readonly IdentityChange[]): ChangesById {
  const keyOf = (kind: IdentityKind, id: string) => `${kind} ${id}`;
  const all = Map.groupBy(identity, ({ kind, id }) => keyOf(kind, id));
  return (kind, id) => all.get(keyOf(kind, id)) ?? [];
}

/** Whether a person, who alone may agree, is asked about a call already, by whatever lets it reach them. */
function isPersonAsked(
  person: string,
  asked: ChangesById,
  subject: Reached['subject'],
  { wasCalled, isForMore, isEarlier, isPause, chain, window, target, via }: NewCall,
): boolean {
  const about = (kind: IdentityKind, id: string) =>
    asked(kind, id).filter(({ concerned, teams }) => teams === undefined && concerned.includes(person));
  const isSaid = (own: readonly IdentityChange[], after: string) =>
    own.some(({ keys }) => keys.some((it) => it.after === after));
  if (wasCalled) return !isEarlier && isForMore && isSaid(about('chain', chain), 'called for more');
  // Through the account of a contact, the contact asks, or the role that reaches it off duty.
  if (via?.kind === 'contact') {
    const role = target.kind === 'role' ? roleText(target.role) : subject.id;
    if (about('contact', via.of).length + about('schedule', role).length > 0) return true;
  }
  const isInWindow =
    !isPause && about('service', subject.id).some(({ windows }) => windows?.includes(window));
  return isInWindow || isSaid(about('chain', chain), 'called');
}

/** Whether a lead of a team is asked already about what calls its role otherwise. */
function isTeamAsked(
  team: string,
  asked: ChangesById,
  subject: Reached['subject'],
  { wasCalled, isPause, chain, window, target, via }: NewCall,
): boolean {
  const isNeeded = ({ teams, byEach, alsoTeams = [], concerned }: IdentityChange) =>
    alsoTeams.includes(team) ||
    (concerned.length === 0 && teams?.includes(team) === true && (teams.length === 1 || byEach === true));
  if (subject.kind === 'role') return asked('schedule', subject.id).some(isNeeded);
  const isOfWindow = ({ keys }: IdentityChange) =>
    !wasCalled && !isPause && keys.some(({ key }) => key === `${WINDOW}${window}` || key === 'hours');
  // Whose schedule it is, and who fills it from then on, is asked about as such.
  const called = target.kind === 'role' ? [roleText(target.role)] : [];
  const filling = via?.kind === 'schedule' ? [via.of, ...called] : [];
  return (
    filling.some((role) => asked('schedule', role).some(isNeeded)) ||
    asked('chain', chain).some(isNeeded) ||
    asked('service', subject.id).some((it) => isNeeded(it) && isOfWindow(it))
  );
}

/** Whether nothing but support hours and holidays lets a service call otherwise: their own changes ask leads. */
function onlyHoursDiffer({ base, head }: NewlyCalled): (service: string, chain: string) => boolean {
  const [chainsBefore, chains] = [chainDigests(base), chainDigests(head)];
  const wiringOf = ({ services }: Handbook, id: string) => {
    const { escalation = [], pagerduty } = services.get(id) ?? {};
    return JSON.stringify([[...escalation], pagerduty ?? null]);
  };
  return (service, chain) =>
    chainsBefore(chain) === chains(chain) && wiringOf(base, service) === wiringOf(head, service);
}

/** How somebody is called; without times, so that what they agreed to stays the same while these pass. */
function wayOf({ via, target, wasCalled, isEarlier }: NewCall, callee: Reached['callee']): string {
  if (via !== undefined) return `by the ${via.kind === 'schedule' ? 'schedule' : 'account'} of ${via.of}`;
  if (target.kind === 'role' && callee.kind === 'person') return `as ${roleText(target.role)}`;
  if (!wasCalled) return 'at other times';
  return isEarlier ? 'before others' : 'for more priorities';
}
