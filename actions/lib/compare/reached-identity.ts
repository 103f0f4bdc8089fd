/**
 * Consent to calls that are new, where nothing else asks about them: of people who are called otherwise than before,
 * and, for a role whose chain or service differs, of a lead of its team. Pure.
 */
import { type Handbook, roleOf, roleText } from '../model.ts';
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
  const [chainsBefore, chains] = [chainDigests(given.base), chainDigests(given.head)];
  const isSameChain = (id: string) => chainsBefore(id) === chains(id);
  const found = new Map<string, { readonly change: IdentityChange; readonly ways: Set<string> }>();
  for (const { subject, callee, calls, cause } of given.reached) {
    const team = callee.kind === 'role' ? given.base.rotas.get(roleOf(callee.id).rota)?.team : undefined;
    if (callee.kind === 'contact' || (callee.kind === 'role' && team === undefined)) continue;
    const consent =
      team === undefined ? { concerned: [callee.id], teams: undefined } : { concerned: [], teams: [team] };
    for (const call of new Set(calls.map(({ value }) => value))) {
      const isAsked = team === undefined ? asksPerson(callee.id) : asksTeam({ ...given, isSameChain }, team);
      if (isAsked(asked, subject, call)) continue;
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

type IsAsked = (asked: ChangesById, subject: Reached['subject'], call: NewCall) => boolean;

/** Whether somebody, who alone may agree, is asked about a call by whatever lets it reach them. */
const asksPerson =
  (person: string): IsAsked =>
  (asked, subject, { wasCalled, isForMore, isEarlier, isPause, chain, window, target, via }) => {
    const [chains, services, schedules, contacts] = [
      asked('chain', chain),
      subject.kind === 'service' ? asked('service', subject.id) : [],
      asked('schedule', target.kind === 'role' ? roleText(target.role) : subject.id).concat(
        asked('schedule', subject.id),
      ),
      asked('contact', via?.of ?? ''),
    ].map((all) => all.filter(({ concerned, teams }) => teams === undefined && concerned.includes(person)));
    const isAskedBy = (own: readonly IdentityChange[] = [], after?: string) =>
      own.some(({ keys }) => keys.some((it) => after === undefined || it.after === after));
    if (wasCalled) return !isEarlier && isForMore && isAskedBy(chains, 'called for more');
    const isInWindow = !isPause && services?.some(({ windows }) => windows?.includes(window) === true);
    return isAskedBy(chains, 'called') || isInWindow === true || isAskedBy(schedules) || isAskedBy(contacts);
  };

/**
 * Whether a lead of a team has to agree to what calls its role otherwise, or nothing does but support hours and
 * holidays, whose own changes ask.
 */
const asksTeam =
  (
    { base, head, isSameChain }: NewlyCalled & { readonly isSameChain: (id: string) => boolean },
    team: string,
  ): IsAsked =>
  (asked, subject, { wasCalled, isPause, chain, window }) => {
    const isNeeded = ({ teams, byEach, alsoTeams = [], concerned }: IdentityChange) =>
      alsoTeams.includes(team) ||
      (concerned.length === 0 && teams?.includes(team) === true && (teams.length === 1 || byEach === true));
    if (subject.kind === 'role') return asked('schedule', subject.id).some(isNeeded);
    const [was, is] = [base, head].map(({ services }) => {
      const { escalation = [], pagerduty } = services.get(subject.id) ?? {};
      return JSON.stringify([[...escalation], pagerduty === undefined]);
    });
    if (was === is && isSameChain(chain)) return true;
    const isOfWindow = ({ keys }: IdentityChange) =>
      !wasCalled && !isPause && keys.some(({ key }) => key === `${WINDOW}${window}` || key === 'hours');
    return (
      asked('chain', chain).some(isNeeded) ||
      asked('service', subject.id).some((it) => isNeeded(it) && isOfWindow(it))
    );
  };

/** How somebody is called; without times, so that what they agreed to stays the same while these pass. */
function wayOf({ via, target, wasCalled, isEarlier }: NewCall, callee: Reached['callee']): string {
  if (via !== undefined) return `by the ${via.kind === 'schedule' ? 'schedule' : 'account'} of ${via.of}`;
  if (target.kind === 'role' && callee.kind === 'person') return `as ${roleText(target.role)}`;
  if (!wasCalled) return 'at other times';
  return isEarlier ? 'before others' : 'for more priorities';
}
