/**
 * What one person of the base is known by, and somebody else gets: a name, or a way to reach them. Calendars and pages
 * would take the one for the other. Pure.
 */
import { childLocation, type Handbook, type PathLocation, type Reach } from '../model.ts';
import type { IdentityChange } from './identity-change.ts';
import { sameLogin } from './people.ts';
import { isSameThing } from './unchanged.ts';

/** A person or a contact, and by what they are known. */
interface Known {
  readonly name: string;
  readonly email: string | undefined;
  readonly reach: Reach;
  /** Of a person, their member id in the chat and in the helpdesk. */
  readonly slack?: string | undefined;
  readonly zendesk?: number | undefined;
  readonly location: PathLocation;
}

/** A value without what makes no difference to whoever reads or dials it. */
const MARKS = {
  name: (text: string) => text.normalize('NFKC').replaceAll(/\s/gu, '').toLowerCase(),
  slack: (text: string) => text.replace(/^@/, '').toLowerCase(),
  // With or without the code of the country.
  phone: (text: string) => text.replaceAll(/\D/g, '').slice(-9),
  email: (text: string) => text.toLowerCase(),
  zendesk: (text: string) => text,
} as const;

type Mark = keyof typeof MARKS;

/** An address, or a name in the chat, counts wherever it is written. */
const marksOf = ({
  name,
  email,
  reach,
  slack,
  zendesk,
}: Known): readonly (readonly [mark: Mark, value: string])[] => {
  const all: readonly (readonly [Mark, string | undefined])[] = [
    ['name', name],
    ['slack', reach.slack],
    ['phone', reach.phone],
    ['email', reach.email],
    ['email', email],
    ['slack', slack],
    ['zendesk', zendesk?.toString()],
  ];
  const marks = all.flatMap(([mark, text]) =>
    text === undefined ? [] : [[mark, MARKS[mark](text)] as const],
  );
  return [...new Map(marks.map((it) => [it.join(' '), it])).values()];
};

/** Where somebody has a mark. */
function locationOf(known: Known, [mark, value]: readonly [mark: Mark, value: string]): PathLocation {
  const isReach = mark !== 'name' && mark !== 'zendesk' && MARKS[mark](known.reach[mark] ?? '') === value;
  return childLocation(known.location, ...(isReach ? ['reach', mark] : [mark]));
}

/**
 * People and contacts of the head that get what one person of the base is known by, and nobody else there. Whoever has
 * it by another id and the same login is that person.
 */
export function* namesakes(base: Handbook, head: Handbook): Iterable<IdentityChange> {
  let owners: ReturnType<typeof ownersOf> | undefined;
  // A contact may have the id of a person, and is nobody of the base by that.
  function* taken(
    id: string,
    known: Known,
    before: Known | undefined,
    person?: string,
  ): Iterable<IdentityChange> {
    if (isSameThing(before, known)) return;
    owners ??= ownersOf(base);
    const had = new Set(before === undefined ? [] : marksOf(before).map((it) => it.join(' ')));
    for (const it of marksOf(known)) {
      const [mark] = it;
      const key = it.join(' ');
      const owner = had.has(key) ? undefined : owners.get(key);
      if (owner === undefined || owner === person || isRenamed(base, head, owner, person)) continue;
      const location = locationOf(known, it);
      yield {
        ...{ kind: 'known-as', id, concerned: [owner], teams: undefined },
        keys: [{ key: owner, before: undefined, after: mark, location }],
      };
    }
  }
  for (const person of head.people.values())
    yield* taken(person.id, person, base.people.get(person.id), person.id);
  for (const contact of head.contacts.values())
    yield* taken(contact.id, contact, base.contacts.get(contact.id));
}

/** Who alone has each mark; undefined where several people have it. */
function ownersOf({ people }: Handbook): ReadonlyMap<string, string | undefined> {
  const owners = new Map<string, string | undefined>();
  for (const person of people.values())
    for (const mark of marksOf(person)) {
      const key = mark.join(' ');
      owners.set(key, owners.has(key) ? undefined : person.id);
    }
  return owners;
}

/** The names of each list of people, because every line of a comment asks for them. */
const namesIn = new WeakMap<Handbook['people'], ReadonlySet<string>>();

/** Whether any of some people has a name. */
export function hasNamesake(people: Handbook['people'], name: string): boolean {
  const names = namesIn.get(people) ?? new Set([...people.values()].map((it) => MARKS.name(it.name)));
  namesIn.set(people, names);
  return names.has(MARKS.name(name));
}

/** Whether somebody is the same person by another id. */
function isRenamed(base: Handbook, head: Handbook, was: string, is: string | undefined): boolean {
  const [before, after] = [base.people.get(was)?.github, head.people.get(is ?? '')?.github];
  return (
    !head.people.has(was) &&
    !base.people.has(is ?? '') &&
    before !== undefined &&
    after !== undefined &&
    sameLogin(before, after)
  );
}
