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
  roleText,
  scheduleLocation,
} from '../model.ts';
import { durationText } from '../time/duration.ts';
import { counterpartOf } from './counterpart.ts';
import { placesIn, sameLogin } from './people.ts';

/** What an identity belongs to. */
export type IdentityKind = 'person' | 'leads' | 'schedule' | 'chain' | 'service' | 'contact';

/** One changed value; undefined where it is absent. */
export interface KeyChange {
  readonly key: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly location: PathLocation;
}

/** What changes about one person, team, role, chain, service or contact, and who may agree to it. */
export interface IdentityChange {
  readonly kind: IdentityKind;
  /** Of a role, with its rota. */
  readonly id: string;
  readonly keys: readonly KeyChange[];
  /** The people concerned, any of whom may agree. */
  readonly concerned: readonly string[];
  /** The teams whose leads may agree as well. */
  readonly teams: readonly string[];
}

/** A key of a person that is more than a description. */
interface PersonKey {
  readonly key: string;
  readonly of: (person: Person) => string | undefined;
  readonly isSame?: (one: string, other: string) => boolean;
  /** Whoever may agree to a change of it, apart from leads; the person themselves by default. */
  readonly agreedBy?: (person: Person) => string | undefined;
  /** What it is called in sentences, and what it decides. */
  readonly noun: string;
  readonly decides: string;
}

export const PERSON_KEYS: readonly PersonKey[] = [
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
    key: 'delivery_lead',
    of: ({ deliveryLead }) => deliveryLead,
    // Otherwise somebody could first choose who agrees to their swaps, and then swap.
    agreedBy: ({ deliveryLead }) => deliveryLead,
    noun: 'delivery lead',
    decides: 'who agrees to changes of their time',
  },
];

/** The files that could not be read, wholly or in part, of both sides. */
export interface UnreadFiles {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Every change of identity. What one side could not read, or only the head has, is none; a new team's leads are. */
export function identityChanges(
  base: Handbook,
  head: Handbook,
  unread: UnreadFiles,
): readonly IdentityChange[] {
  const changes = [
    ...peopleChanges(base, head),
    ...leadChanges(base, head, unread.before.length + unread.after.length === 0),
    ...scheduleChanges(base, head),
    ...chainChanges(base, head),
    ...serviceChanges(base, head),
    ...contactChanges(base, head),
  ];
  return changes.filter(({ keys }) => keys.length > 0);
}

const keyChange = (
  key: string,
  before: string | undefined,
  after: string | undefined,
  location: PathLocation,
  isSame: (one: string, other: string) => boolean = Object.is,
): readonly KeyChange[] =>
  before === after || (before !== undefined && after !== undefined && isSame(before, after))
    ? []
    : [{ key, before, after, location }];

/** Somebody who is removed has no identity left to change; their time is compared like any other. */
function* peopleChanges(base: Handbook, head: Handbook): Iterable<IdentityChange> {
  const places = placesIn(base);
  for (const [id, was] of base.people) {
    const is = head.people.get(id);
    if (is === undefined) continue;
    const teams = [...(places.get(id) ?? [])];
    for (const { key, of, isSame, agreedBy } of PERSON_KEYS) {
      const keys = keyChange(key, of(was), of(is), childLocation(is.location, key), isSame);
      yield { kind: 'person', id, keys, concerned: [agreedBy?.(was) ?? id], teams };
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

function* scheduleChanges(base: Handbook, head: Handbook): Iterable<IdentityChange> {
  for (const rota of base.rotas.values())
    for (const was of rota.roles.values()) {
      const is = counterpartOf(head.rotas.get(rota.id), was);
      if (is === undefined) continue;
      const location = scheduleLocation(is);
      yield {
        kind: 'schedule',
        id: roleText({ rota: rota.id, role: was.id }),
        keys: keyChange('schedule', was.schedule, is.schedule, location),
        concerned: [],
        teams: [rota.team],
      };
    }
}

function* chainChanges(base: Handbook, head: Handbook): Iterable<IdentityChange> {
  for (const [id, was] of base.escalations) {
    const is = head.escalations.get(id);
    if (is === undefined && isUnread(head, 'escalation', id)) continue;
    const named = was.levels.flatMap(({ notify }) =>
      notify.flatMap((it) => (it.kind === 'role' ? (base.rotas.get(it.role.rota)?.team ?? []) : [])),
    );
    const served = [...base.services.values()]
      .filter(({ escalation }) => [...escalation.values()].includes(id))
      .map(({ team }) => team);
    yield {
      kind: 'chain',
      id,
      keys: chainKeys(was, is),
      concerned: [],
      teams: [...new Set([...named, ...served])],
    };
  }
}

function chainKeys(was: Escalation, is: Escalation | undefined): readonly KeyChange[] {
  const file: PathLocation = { file: was.location.file, path: [] };
  const levels = Math.max(was.levels.length, is?.levels.length ?? 0);
  const at = (...path: readonly (string | number)[]) =>
    is === undefined ? file : childLocation(is.location, ...path);
  return [
    ...Array.from({ length: levels }, (_, i) =>
      keyChange(
        `level ${i + 1}`,
        levelText(was.levels[i]),
        levelText(is?.levels[i]),
        is?.levels[i]?.location ?? at('levels'),
      ),
    ).flat(),
    ...keyChange('policy', was.policy, is?.policy, at('pagerduty', 'policy')),
    ...keyChange('repeats', String(was.repeats), is && String(is.repeats), at('repeats')),
    ...keyChange('applies_in', was.appliesIn.join(', '), is?.appliesIn.join(', '), at('applies_in')),
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

function* serviceChanges(base: Handbook, head: Handbook): Iterable<IdentityChange> {
  for (const [id, was] of base.services) {
    const is = head.services.get(id);
    if (is === undefined && isUnread(head, 'services', id)) continue;
    const at = (...path: readonly string[]) => childLocation((is ?? was).location, ...path);
    const windows = new Set([...was.escalation.keys(), ...(is?.escalation.keys() ?? [])]);
    const keys = [
      ...keyChange('team', was.team, is?.team, at('team')),
      ...[...windows].flatMap((window) =>
        keyChange(window, was.escalation.get(window), is?.escalation.get(window), at('escalation', window)),
      ),
    ];
    yield { kind: 'service', id, keys, concerned: [], teams: [was.team] };
  }
}

function* contactChanges(base: Handbook, head: Handbook): Iterable<IdentityChange> {
  for (const [id, was] of base.contacts) {
    const is = head.contacts.get(id);
    if (is === undefined) continue;
    const location = childLocation(is.location, 'pagerduty');
    yield {
      kind: 'contact',
      id,
      keys: keyChange('pagerduty', was.pagerduty, is.pagerduty, location),
      concerned: [],
      teams: [],
    };
  }
}
