/**
 * What one person of the base is known by, and somebody else gets: a name, or a way to reach them. Calendars and pages
 * would take the one for the other. Pure.
 */
import { childLocation, type Handbook, type PathLocation, type Reach } from '../model.ts';
import type { IdentityChange } from './identity-change.ts';
import { sameLogin } from './people.ts';

/** A person or a contact, and by what they are known. */
interface Known {
  readonly name: string;
  readonly reach: Reach;
  readonly location: PathLocation;
}

/** A value without what makes no difference to whoever reads or dials it. */
const MARKS = {
  name: (text: string) => text.normalize('NFKC').replaceAll(/\s/gu, '').toLowerCase(),
  slack: (text: string) => text.replace(/^@/, '').toLowerCase(),
  // With or without the code of the country.
  phone: (text: string) => text.replaceAll(/\D/g, '').slice(-9),
  email: (text: string) => text.toLowerCase(),
} as const;

type Mark = keyof typeof MARKS;

const marksOf = ({ name, reach }: Known): readonly (readonly [mark: Mark, value: string])[] => {
  const all = { ...reach, name };
  return (Object.keys(MARKS) as Mark[]).flatMap((mark) => {
    const text = all[mark];
    return text === undefined ? [] : [[mark, MARKS[mark](text)] as const];
  });
};

/**
 * People and contacts of the head that get what one person of the base is known by, and nobody else there. Whoever has
 * it by another id and the same login is that person.
 */
export function* namesakes(base: Handbook, head: Handbook): Iterable<IdentityChange> {
  const owners = new Map<string, string | undefined>();
  for (const person of base.people.values())
    for (const mark of marksOf(person)) {
      const key = mark.join(' ');
      owners.set(key, owners.has(key) ? undefined : person.id);
    }
  function* taken(id: string, known: Known, before: Known | undefined): Iterable<IdentityChange> {
    const had = new Set(before === undefined ? [] : marksOf(before).map((it) => it.join(' ')));
    for (const [mark, value] of marksOf(known)) {
      const key = `${mark} ${value}`;
      const owner = had.has(key) ? undefined : owners.get(key);
      if (owner === undefined || owner === id || isRenamed(base, head, owner, id)) continue;
      const location = childLocation(known.location, ...(mark === 'name' ? [mark] : ['reach', mark]));
      yield {
        ...{ kind: 'known-as', id, concerned: [owner], teams: undefined },
        keys: [{ key: owner, before: undefined, after: mark, location }],
      };
    }
  }
  for (const person of head.people.values()) yield* taken(person.id, person, base.people.get(person.id));
  for (const contact of head.contacts.values())
    yield* taken(contact.id, contact, base.contacts.get(contact.id));
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
function isRenamed(base: Handbook, head: Handbook, was: string, is: string): boolean {
  const [before, after] = [base.people.get(was)?.github, head.people.get(is)?.github];
  return (
    !head.people.has(was) &&
    !base.people.has(is) &&
    before !== undefined &&
    after !== undefined &&
    sameLogin(before, after)
  );
}
