/**
 * By which login somebody agrees, which account is woken for them, and how they are known and reached: the keys of
 * people and contacts that are more than a description, and who agrees to a change of each. Pure.
 */
import { childLocation, type Handbook, type PathLocation, type Person, type Reach } from '../model.ts';
import { type Day, dateText } from '../time/date.ts';
import { targetsOf } from './chain-targets.ts';
import type { ConcernedTeams } from './concerned-teams.ts';
import { type IdentityChange, type KeyChange, keyChange, onboardedText } from './identity-change.ts';
import { sameLogin } from './people.ts';
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
    key: 'last_day',
    of: ({ lastOn }) => dayText(lastOn),
    endsWithPerson: true,
    noun: 'last day',
    decides: 'after which a lead may agree for them to changes of older cover',
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
export function* peopleChanges(base: Handbook, head: Handbook, asked: Asked): Iterable<IdentityChange> {
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
        // Who names somebody as a lead or a delivery lead does not prepare them for the rotas of others.
        ...(byLead ? { teams: asked().onRotasOf(id) } : leads),
      };
    }
  }
}

/**
 * Somebody whom the base names, and does not have: their login, account and all else would be those of anybody. Of a
 * base whose people could not all be read, a lead agrees already.
 */
export function* comingBack(base: Handbook, head: Handbook, asked: Asked): Iterable<IdentityChange> {
  for (const [id, is] of head.people) {
    if (base.people.has(id)) continue;
    const leads = asked().ofPerson(id);
    if (leads.teams.length === 0) continue;
    const keys = PERSON_KEYS.filter(({ byLead }) => byLead !== true).flatMap(({ key, within, of, shown }) => {
      const at = childLocation(is.location, ...(within === undefined ? [key] : [within, key]));
      return shownAs(shown, keyChange(key, undefined, of(is), at));
    });
    yield { kind: 'person', id, keys, concerned: [], ...leads };
  }
}

/**
 * A contact of the base with another name, account, number or address; also one that is gone, or comes back, although
 * a chain or a role names it all along, which is an error of its own.
 */
export function* contactChanges(base: Handbook, head: Handbook, asked: Asked): Iterable<IdentityChange> {
  const ids = new Set([...base.contacts.keys(), ...head.contacts.keys()]);
  const isKept = (id: string) => isNamed(base, id) && isNamed(head, id);
  for (const id of ids) {
    const [was, is] = [base.contacts.get(id), head.contacts.get(id)];
    if (was === undefined || is === undefined) {
      const either = is ?? was;
      if (either === undefined || !isKept(id)) continue;
      const at = childLocation(either.location, 'pagerduty');
      const account = keyChange('pagerduty', was?.pagerduty, is?.pagerduty, at);
      const name = keyChange('name', was?.name, is?.name, childLocation(either.location, 'name'));
      yield { kind: 'contact', id, keys: [...name, ...account], concerned: [], ...asked().ofContact(id) };
      continue;
    }
    if (isSameThing(was, is)) continue;
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
        ...keyChange('name', was.name, is.name, childLocation(is.location, 'name')),
        ...keyChange('pagerduty', was.pagerduty, is.pagerduty, location),
        ...shownAs(endOf, email),
        ...reach,
      ],
      concerned: [],
      ...asked().ofContact(id),
    };
  }
}

/** Whether a chain calls a contact, or a role has it off duty, be there such a contact or not. */
const isNamed = ({ escalations, rotas }: Handbook, id: string): boolean =>
  [...escalations.values()].some((it) =>
    targetsOf(it).some((target) => target.kind === 'contact' && target.contact === id),
  ) || [...rotas.values()].some(({ roles }) => [...roles.values()].some(({ offDuty }) => offDuty === id));
