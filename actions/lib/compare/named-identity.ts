/**
 * People whom a rota newly names. The leads of its team may then agree for them, so they have to agree, unless the
 * policy asks them for their time already. A line for years ahead, or in the archive of a new rota, changes nobody's
 * time. Pure.
 */
import { type Handbook, type PathLocation, termsFor } from '../model.ts';
import { dateText } from '../time/date.ts';
import type { Interval } from '../timeline.ts';
import type { CoverChange } from './changes.ts';
import type { IdentityChange } from './identity-change.ts';
import { hasLeftBy, isPlaceIn, type Place, placesOf } from './people.ts';

/**
 * The people of the base whom a rota of the head names, and did not name, or not within the span, or not beyond it,
 * wherever it does now, apart from those asked for their time and from rotas that could not be compared.
 */
export function* newlyNamed(
  base: Handbook,
  head: Handbook,
  changes: readonly CoverChange[],
  unread: readonly string[],
  span: Interval,
): Iterable<IdentityChange> {
  const keyOf = (rota: string, person: string | undefined) => JSON.stringify([rota, person]);
  const before = placesOf(base);
  // As time passes, what is written beyond the span makes people of the team, whose places may be over by then.
  const parts = [EVER, span, { ...EVER, startAt: span.endAt }].map((within) => ({
    within,
    keys: new Set(
      before.filter((it) => isPlaceIn(it, within)).map(({ rota, person }) => keyOf(rota, person)),
    ),
  }));
  const causes = Map.groupBy(changes, ({ rota, after }) => keyOf(rota, after));
  const isAsked = (it: Place) =>
    (causes.get(keyOf(it.rota, it.person)) ?? []).some(({ cause }) => isAt(cause, it, span)) &&
    termsFor(base.notice, it.team).consent.includes('both-people');
  const ids = new Map(
    [...base.people.values()].flatMap(({ id, github }) =>
      github === undefined ? [] : [[github.toLowerCase(), id]],
    ),
  );
  // Somebody with another id is not new.
  const idInBase = (person: string) =>
    base.people.has(person) ? person : ids.get(head.people.get(person)?.github?.toLowerCase() ?? '');
  // As where the archive of a rota moves with it.
  const hasLeft = (id: string) => hasLeftBy(base.people.get(id) ?? head.people.get(id), span.startAt);
  const named = new Map<string, Place>();
  for (const place of placesOf(head)) {
    const id = idInBase(place.person);
    const key = keyOf(place.rota, id);
    const isKnown = parts.every(({ within, keys }) => !isPlaceIn(place, within) || keys.has(key));
    if (isKnown || unread.includes(place.rota)) continue;
    if (id === undefined || isAsked(place)) continue;
    const first = named.get(key);
    if (first === undefined || place.firstOn < first.firstOn) named.set(key, place);
  }
  for (const { rota, team, person, firstOn, location } of named.values())
    yield {
      ...{ kind: 'named', id: rota, concerned: [person], teams: hasLeft(person) ? [team] : undefined },
      keys: [{ key: person, before: undefined, after: `from ${dateText(firstOn)}`, location }],
    };
}

const EVER: Interval = { startAt: Number.NEGATIVE_INFINITY, endAt: Number.POSITIVE_INFINITY };

/**
 * Whether a line that causes a change decides about a place: an override or an agreed turn only about itself, and any
 * other line about a place that begins within the span.
 */
const isAt = ({ file, path }: PathLocation, { location, span: spanOf }: Place, span: Interval): boolean => {
  const isExplicit = path.includes('overrides') || path.includes('turns') || path.includes('assigned');
  const isPrefix = file === location.file && path.every((part, i) => part === location.path[i]);
  if (isExplicit) return isPrefix;
  return spanOf().startAt < span.endAt && (isPrefix || !location.path.includes('overrides'));
};
