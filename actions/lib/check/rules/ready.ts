/**
 * Whoever has a first turn is prepared for it: vetted, with access to the systems, with the software installed
 * (GovPress support, "Preparing to work in Support"). The lists of `policies/onboarding/` say what has to be done,
 * `onboarded` in people what is. A turn is the first when its person held no counting role of the list's rotas in the
 * two years before; items of `first-on-call-turn` look at the roles that need `on_call` alone. A warning, and an error
 * once the turn begins within the notice of its team: then somebody else takes it. Reported at the person.
 */
import {
  type Assignment,
  type Handbook,
  isUnread,
  type Onboarding,
  type OnboardingItem,
  type Person,
  termsFor,
} from '../../model.ts';
import type { RoleCover } from '../../resolve/cover.ts';
import { doneOn, isFor } from '../../resolve/onboarding.ts';
import { byPerson, resolveOver } from '../../resolve/resolve.ts';
import { DAY, type Day, dateText } from '../../time/date.ts';
import { after } from '../../time/duration.ts';
import type { Span } from '../../timeline.ts';
import { seat } from '../duty.ts';
import { type Context, type Objection, rule } from '../rule.ts';
import { spanWords, type ZonedSpan } from '../spans.ts';

interface Codes {
  readonly 'open-items': ZonedSpan & {
    readonly person: string;
    /** The id of the list, and its name. */
    readonly onboarding: string;
    readonly list: string;
    readonly role: string;
    readonly items: readonly string[];
    /** The day on which the message is written, as an example. */
    readonly todayOn: Day;
  };
}

/** Whoever held no role for so long is new again: access lapses, and systems change. */
const LOOK_BACK = 730 * DAY;

const MOST_SHOWN = 10;

export const ready = rule<Codes>({
  name: 'ready',
  severity: 'warning',
  summary:
    'Before a first turn, everything of the onboarding is done; an error once the turn begins within its notice.',
  playbook: 'GovPress support, Preparing to work in Support',
  *check(context) {
    const heldBefore = earlierHolders(context);
    for (const onboarding of context.handbook.onboardings.values())
      yield* openBefore(context, onboarding, heldBefore);
  },
  describe: {
    'open-items': ({ person, onboarding, list, role, items, todayOn, ...shift }) => {
      const [first = ''] = items;
      const more = items.length > MOST_SHOWN ? ` and ${items.length - MOST_SHOWN} more` : '';
      return (
        `${person} has a first turn as ${role} ${spanWords(shift)}, ` +
        `and of the onboarding "${list}" there is still to do: ` +
        `${items.slice(0, MOST_SHOWN).join(', ')}${more}; write what is done under ${person}, such as ` +
        `onboarded: {${onboarding}: {${first}: ${dateText(todayOn)}}}, or give the turn to somebody else`
      );
    },
  },
  advice: ['todayOn'],
});

/** A shift of somebody, and the role it is in. */
interface Held extends Span<Assignment> {
  readonly cover: RoleCover;
}

/** Who held a role before the published span; computed once for each role, and only where somebody asks. */
function earlierHolders({ handbook, resolved, ahead }: Context): (cover: RoleCover) => ReadonlySet<string> {
  const known = new Map<string, ReadonlySet<string>>();
  const span = { startAt: ahead.startAt - LOOK_BACK, endAt: resolved.span.startAt };
  return (cover) => {
    const id = seat(cover);
    const holders =
      known.get(id) ??
      new Set(
        resolveOver(handbook, cover, span)
          ?.cover()
          .map(({ value }) => value.person) ?? [],
      );
    known.set(id, holders);
    return holders;
  };
}

function* openBefore(
  context: Context,
  onboarding: Onboarding,
  heldBefore: ReturnType<typeof earlierHolders>,
): Iterable<Objection<Codes>> {
  const { handbook, resolved, ahead } = context;
  const covers = [...resolved.roles.values()].filter(
    ({ rota, role }) => role.counts && isFor(onboarding, rota),
  );
  if (covers.some((cover) => hasUnknownHolder(handbook, cover))) return;
  const onCall = covers.filter(({ role }) => role.needs.onCall);
  const found = new Map<
    string,
    { readonly first: Held; readonly person: Person; readonly items: string[] }
  >();
  for (const [before, among] of [
    ['first-turn', covers],
    ['first-on-call-turn', onCall],
  ] as const) {
    for (const first of firstShifts(among)) {
      const person = handbook.people.get(first.value.person);
      if (person === undefined || first.startAt < ahead.startAt || first.startAt >= ahead.endAt) continue;
      if (hasUnknownRecord(handbook, onboarding, person)) continue;
      const items = openItems(onboarding, before, person, first, context);
      if (items.length === 0 || among.some((it) => heldBefore(it).has(person.id))) continue;
      const key = JSON.stringify([person.id, first.startAt]);
      const other = found.get(key);
      if (other === undefined) found.set(key, { first, person, items });
      else other.items.push(...items);
    }
  }
  for (const it of found.values()) yield objection(context, onboarding, it);
}

/** A name that nobody has may be a misspelt one, and earlier turns those of somebody who seems to be new. */
const hasUnknownHolder = (handbook: Handbook, { cover }: RoleCover): boolean =>
  cover().some(
    ({ value: { person } }) => !handbook.people.has(person) && !isUnread(handbook, 'people', person),
  );

/** A record under a name that does not exist may be that of an item which seems to be open. */
const hasUnknownRecord = (
  { onboardings }: Handbook,
  { id, ids }: Onboarding,
  { onboarded }: Person,
): boolean =>
  [...onboarded.keys()].some((list) => !onboardings.has(list)) ||
  [...(onboarded.get(id)?.keys() ?? [])].some((item) => !ids.has(item));

/** The first shift of each person in some roles, within the published span. */
function firstShifts(covers: readonly RoleCover[]): Iterable<Held> {
  const first = new Map<string, Held>();
  for (const cover of covers)
    for (const span of byPerson(cover.cover())) {
      const known = first.get(span.value.person);
      if (known === undefined || span.startAt < known.startAt)
        first.set(span.value.person, { ...span, cover });
    }
  return first.values();
}

/** What is not done by the day of the shift, or is recorded with a day that has not come yet. */
function openItems(
  { id, items }: Onboarding,
  before: OnboardingItem['before'],
  person: Person,
  { startAt, cover: { rota } }: Held,
  { ahead }: Context,
): string[] {
  const latestOn = Math.min(rota.zone.dayOf(startAt), rota.zone.dayOf(ahead.startAt));
  return items
    .filter((item) => item.before === before)
    .filter((item) => (doneOn(person, id, item.id) ?? Number.POSITIVE_INFINITY) > latestOn)
    .map((item) => item.id);
}

function objection(
  { handbook, ahead }: Context,
  { id, name }: Onboarding,
  { first, person, items }: { readonly first: Held; readonly person: Person; readonly items: string[] },
): Objection<Codes> {
  const { startAt, endAt, value, cover } = first;
  const { zone, team } = cover.rota;
  const { minimum } = termsFor(handbook.notice, team).rotaChange;
  const isSoon = minimum !== undefined && startAt < after(zone, ahead.startAt, minimum);
  return {
    code: 'open-items',
    args: {
      ...{ person: person.id, onboarding: id, list: name, role: seat(cover), items },
      ...{ zone: zone.name, startAt, endAt, todayOn: zone.dayOf(ahead.startAt) },
    },
    location: { ...person.location, key: true },
    related: [value.location],
    severity: isSoon ? 'error' : 'warning',
  };
}
