/**
 * Changes of who somebody is: by which login they agree, which account is woken for them, who may agree as a lead, and
 * whom a chain calls. No shift changes, yet other people decide or are called from then on. Pure.
 */
import {
  childLocation,
  type Escalation,
  type Handbook,
  isUnread,
  type Level,
  type Notified,
  type PathLocation,
  type Person,
  type Reach,
  roleText,
} from '../model.ts';
import { type Day, dateText } from '../time/date.ts';
import { durationText } from '../time/duration.ts';
import type { Interval } from '../timeline.ts';
import { calledIn, newOwners } from './account-owners.ts';
import { targetsOf, teamsOf } from './chain-targets.ts';
import { type ConcernedTeams, concernedTeams, servedBy, teamsBehind } from './concerned-teams.ts';
import { groupsTaken } from './group-identity.ts';
import { holidayChanges } from './holiday-identity.ts';
import {
  agreedByEach,
  type IdentityChange,
  type KeyChange,
  keyChange,
  onboardedText,
} from './identity-change.ts';
import { namesakes } from './namesakes.ts';
import { sameLogin } from './people.ts';
import { isWider, joined, type Priorities } from './priorities.ts';
import { schedulesTaken } from './schedule-identity.ts';
import { serviceChanges, teamsCalled } from './service-identity.ts';
import { newUsers } from './shared-identity.ts';
import { isSameThing } from './unchanged.ts';

/** A key of a person that is more than a description. */
interface PersonKey {
  readonly key: string;
  /** The key that it is part of. */
  readonly within?: 'reach';
  readonly of: (person: Person) => string | undefined;
  /** What a comment shows of it; all by default. */
  readonly shown?: (value: string) => string;
  readonly isSame?: (one: string, other: string) => boolean;
  /** Whoever may agree to a change of it, apart from leads; the person themselves by default. */
  readonly agreedBy?: (person: Person) => string | undefined;
  /** Whether only a lead may agree to a change of it. */
  readonly byLead?: true;
  /** Whether it decides nothing more once the person is removed. */
  readonly endsWithPerson?: true;
  /** What it is called in sentences, and what it decides. */
  readonly noun: string;
  readonly decides: string;
}

const REACHED_BY_CHAT = 'by which user groups, mentions and pages reach them';

export const PERSON_KEYS: readonly PersonKey[] = [
  {
    key: 'name',
    of: ({ name }) => name,
    endsWithPerson: true,
    noun: 'name',
    decides: 'by which calendars and pages call them',
  },
  {
    key: 'github',
    of: ({ github }) => github,
    isSame: sameLogin,
    noun: 'GitHub name',
    decides: 'which agrees for them',
  },
  {
    key: 'pagerduty',
    of: ({ pagerduty }) => pagerduty,
    noun: 'PagerDuty account',
    decides: 'which is woken for them',
  },
  {
    key: 'slack',
    of: ({ slack }) => slack,
    endsWithPerson: true,
    // Messages know it by its key, which the one of `reach` has, too.
    noun: 'chat name',
    decides: REACHED_BY_CHAT,
  },
  {
    key: 'zendesk',
    of: ({ zendesk }) => zendesk?.toString(),
    endsWithPerson: true,
    noun: 'Zendesk user',
    decides: 'who is in groups of the helpdesk for them',
  },
  {
    key: 'delivery_lead',
    of: ({ deliveryLead }) => deliveryLead,
    // Otherwise somebody could first choose who agrees to their swaps, and then swap.
    agreedBy: ({ deliveryLead }) => deliveryLead,
    noun: 'delivery lead',
    decides: 'who agrees to changes of their time',
  },
  {
    key: 'on_call_since',
    of: ({ onCallSince }) => dayText(onCallSince),
    endsWithPerson: true,
    noun: 'consent to out-of-hours work',
    decides: 'which allows that they are called out of hours',
  },
  {
    key: 'vetted_on',
    of: ({ vettedOn }) => dayText(vettedOn),
    byLead: true,
    endsWithPerson: true,
    noun: 'day of vetting',
    decides: 'which allows that they hold roles that need it',
  },
  {
    key: 'onboarded',
    of: ({ onboarded }) => onboardedText(onboarded),
    byLead: true,
    endsWithPerson: true,
    noun: 'record of onboarding',
    decides: 'which allows that they have a first turn',
  },
  {
    key: 'email',
    endsWithPerson: true,
    of: ({ email }) => email,
    shown: (value) => endOf(value),
    noun: 'e-mail address',
    decides: 'by which others write to them',
  },
  ...Object.entries({ slack: 'chat name', phone: 'telephone number', email: 'e-mail address' }).map(
    ([way, noun]): PersonKey => ({
      key: way,
      within: 'reach',
      endsWithPerson: true,
      of: ({ reach }) => reach[way as keyof Reach],
      shown: (value) => (way === 'slack' ? value : endOf(value)),
      noun,
      decides: way === 'slack' ? REACHED_BY_CHAT : 'by which pages say how to reach them',
    }),
  ),
];

const dayText = (day: Day | undefined): string | undefined => (day === undefined ? undefined : dateText(day));

/** The last characters of a number or an address, which itself is nobody's business. */
const endOf = (value: string): string => `…${value.slice(-2)}`;

/** The files that could not be read, wholly or in part, of both sides. */
export interface UnreadFiles {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/**
 * Every change of identity. What one side could not read, and somebody new, is none; a new team's leads are one. Of
 * lists of holidays, only days within a span count.
 */
export function identityChanges(
  base: Handbook,
  head: Handbook,
  unread: UnreadFiles,
  within: Interval,
): readonly IdentityChange[] {
  let teams: ConcernedTeams | undefined;
  const asked = () => {
    teams ??= concernedTeams(base, within);
    return teams;
  };
  const changes = [
    ...peopleChanges(base, head, asked),
    ...leadChanges(base, head, unread.before.length + unread.after.length === 0),
    ...schedulesTaken(base, head),
    ...groupsTaken(base, head),
    ...chainChanges(base, head),
    ...serviceChanges(base, head),
    ...contactChanges(base, head, asked),
    ...newOwners(base, head),
    ...namesakes(base, head),
    ...holidayChanges(base, head, teamsCalled, within),
    ...newUsers(base, head, teamsCalled),
    ...policyChanges(base, head, [...unread.before, ...unread.after]),
  ];
  return changes.filter(({ keys }) => keys.length > 0);
}

/** Whom a change of a person or a contact of the base matters to; computed when it is first asked for. */
type Asked = () => ConcernedTeams;

const shownAs = (shown: PersonKey['shown'], keys: readonly KeyChange[]): readonly KeyChange[] =>
  shown === undefined
    ? keys
    : keys.map((it) => ({
        ...it,
        before: it.before && shown(it.before),
        after: it.after && shown(it.after),
      }));

/**
 * Somebody who is removed loses every key, so that nobody else gets an account by being new; where they have none that
 * would be missed, they lose their name. Whoever is new with the same login is the same person by another id.
 */
function* peopleChanges(base: Handbook, head: Handbook, asked: Asked): Iterable<IdentityChange> {
  const fresh = [...head.people.values()].filter(
    ({ id, github }) => !base.people.has(id) && github !== undefined,
  );
  const byLogin = new Map(fresh.map((person) => [person.github?.toLowerCase(), person]));
  for (const [id, was] of base.people) {
    const is = head.people.get(id) ?? byLogin.get(was.github?.toLowerCase());
    if (isSameThing(was, is)) continue;
    if (is === undefined && head.unread.some(({ kind }) => kind === 'people')) continue;
    const leads = asked().ofPerson(id);
    // They cannot agree, and their delivery lead alone would.
    const isBare = is === undefined && was.github === undefined && was.pagerduty === undefined;
    const file: PathLocation = { file: was.location.file, path: ['people'], key: true };
    for (const { key, within, of, shown, isSame, agreedBy, byLead, endsWithPerson } of PERSON_KEYS) {
      const isRemoval = isBare && key === 'name';
      if (is === undefined && endsWithPerson && !isRemoval) continue;
      const path = within === undefined ? [key] : [within, key];
      const location = is === undefined ? file : childLocation(is.location, ...path);
      const keys = shownAs(shown, keyChange(key, of(was), is && of(is), location, isSame));
      yield {
        kind: 'person',
        id,
        keys,
        concerned: byLead || isRemoval ? [] : [agreedBy?.(was) ?? id],
        ...leads,
      };
    }
  }
}

/** A lead who is no person of the handbook, as far as it could be read, leads nobody until they become one. */
function* leadChanges(base: Handbook, head: Handbook, isWhole: boolean): Iterable<IdentityChange> {
  for (const id of new Set([...base.teams.keys(), ...head.teams.keys()])) {
    if (isUnread(base, 'team', id) || isUnread(head, 'team', id)) continue;
    const [was, is] = [base, head].map(({ teams, people }) =>
      (teams.get(id)?.leads ?? []).filter((lead) => !isWhole || people.has(lead)).toSorted(),
    ) as [string[], string[]];
    const location: PathLocation = { file: `rotas/${id}/team.yaml`, path: ['leads'] };
    const text = (leads: readonly string[]) => (leads.length === 0 ? undefined : leads.join(', '));
    yield {
      kind: 'leads',
      id,
      keys: keyChange('leads', text(was), text(is), location),
      concerned: [],
      teams: [id],
    };
  }
}

function* chainChanges(base: Handbook, head: Handbook): Iterable<IdentityChange> {
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
      if (after.has(person) && isWider(priorities, after.get(person))) yield asks(person, 'called for more');
    const own = new Set([...teamsOf(base, targetsOf(was)), ...(was === undefined ? [] : servedBy(base, id))]);
    const asked = new Set([
      ...teamsOf(base, newTargets(was, is)),
      ...(was === undefined || is === undefined ? [] : teamsOf(base, rolesCalledMore(was, is))),
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
      const own: Priorities = onlyFor && new Set(onlyFor);
      all.set(person, all.has(person) ? joined(all.get(person), own) : own);
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
    if (!before.has(role)) return false;
    return levelOf(is, role) < levelOf(was, role) || isWider(before.get(role), after.get(role));
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

function notifiedText(it: Notified): string {
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

/** What decides who is asked, how long before, and how far ahead: the policy of notice, and the published span. */
function* policyChanges(base: Handbook, head: Handbook, unread: readonly string[]): Iterable<IdentityChange> {
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

function* contactChanges(base: Handbook, head: Handbook, asked: Asked): Iterable<IdentityChange> {
  for (const [id, was] of base.contacts) {
    const is = head.contacts.get(id);
    if (is === undefined || isSameThing(was, is)) continue;
    const location = childLocation(is.location, 'pagerduty');
    const reach = PERSON_KEYS.filter(({ within }) => within === 'reach').flatMap(({ key, shown }) => {
      const way = key as keyof Reach;
      const at = childLocation(is.location, 'reach', key);
      return shownAs(shown, keyChange(key, was.reach[way], is.reach[way], at));
    });
    const email = keyChange('email', was.email, is.email, childLocation(is.location, 'email'));
    yield {
      kind: 'contact',
      id,
      keys: [
        ...keyChange('pagerduty', was.pagerduty, is.pagerduty, location),
        ...shownAs(endOf, email),
        ...reach,
      ],
      concerned: [],
      ...asked().ofContact(id),
    };
  }
}
