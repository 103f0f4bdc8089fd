/** Every change of cover between two handbooks: on record, ahead, and on days that not both of them know. Pure. */
import type { Handbook, PathLocation } from '../model.ts';
import { byPerson } from '../resolve/resolve.ts';
import {
  clip,
  type Instant,
  type Interval,
  layered,
  overlay,
  restrict,
  type Timeline,
  without,
} from '../timeline.ts';
import { type CoverChange, changesBetween, inOrder } from './changes.ts';
import { tooFarToCompare } from './far-entries.ts';
import { chosenBeyond } from './far-holidays.ts';
import { firstDifferences } from './first-difference.ts';
import { type FurtherHolidays, type KnownAlike, knownAlike, type Pair } from './known-holidays.ts';
import { type Older, olderChanges, resolvedRota, withOlder } from './older-changes.ts';
import { changedRotas, editedRotas, withRotas } from './unchanged.ts';

/** All that changes of cover, and the two handbooks without rotas of which nothing can differ. */
export interface AllChanges extends Pair {
  readonly changes: readonly CoverChange[];
  /** The rotas that were not compared: one side could not be read, or there is too much up to their last entry. */
  readonly unread: readonly string[];
  /** Entries that only the head has, that ended before the span, and change nothing. */
  readonly expiredEntries: readonly PathLocation[];
  /** Rotas whose cover before the span is too much to compare at once. */
  readonly uncompared: readonly string[];
  /** The rotas that are too much to compare up to what is written out in them, and when that ends. */
  readonly tooFar: ReadonlyMap<string, Instant>;
  /** Both as if each knew every day, as either has it. */
  readonly alike: Pair;
  /** Both as if no day beyond the span were a holiday, and as if each were, with the changes between them. */
  readonly chosen: readonly (Pair & { readonly changes: readonly CoverChange[] })[];
  /** Holidays of rotas that the head alone knows. */
  readonly further: readonly FurtherHolidays[];
}

/** The changes within a span, before it, and of what is written out after it. */
export function allChanges(base: Handbook, head: Handbook, span: Interval): AllChanges {
  const changed = changedRotas(base, head);
  const heavy = tooFarToCompare(withRotas(base, changed), withRotas(head, changed), span.endAt);
  const rotas = new Set([...changed].filter((id) => !heavy.has(id)));
  const pair = { was: withRotas(base, rotas), is: withRotas(head, rotas) };
  const { changes: found, unread: unreadable, expiredEntries } = changesBetween(pair.was, pair.is, span);
  const unread = [...unreadable, ...heavy.keys()].toSorted();
  const known = knownAlike(pair.was, pair.is, span.endAt);
  const alike = known?.alike ?? pair;
  const older = olderChanges(alike.was, alike.is, unread, span.startAt);
  const more = known && whereNotBothKnow(known, pair, { found, older, unread }, span);
  const near = more?.changes ?? withOlder(older.changes, found);
  const chosen = chosenBeyond(pair, editedRotas(pair.was, pair.is), span.endAt).map((it) => ({
    ...it,
    changes: changesBetween(it.was, it.is, span).changes,
  }));
  const changes = withFar(near, chosen, span.endAt);
  return {
    ...{ ...pair, alike, changes, chosen, unread, tooFar: heavy, further: known?.further ?? [] },
    expiredEntries: causingNone(expiredEntries, changes),
    uncompared: [...new Set([...older.uncompared, ...(more?.uncompared ?? [])])],
  };
}

/**
 * Changes, and those after a horizon that there would be with other holidays. Left out are those of a turn, or of a
 * line, about which the same people are asked anyway.
 */
function withFar(
  changes: readonly CoverChange[],
  chosen: AllChanges['chosen'],
  horizon: Instant,
): readonly CoverChange[] {
  if (chosen.every((it) => it.changes.length === 0)) return changes;
  const peopleOf = ({ before, after }: CoverChange) => [before, after].filter((it) => it !== undefined);
  const keysOf = (change: CoverChange) =>
    peopleOf(change).map((person) =>
      JSON.stringify([change.rota, change.role, person, change.turnAt ?? change.cause]),
    );
  const known = new Set(changes.flatMap(keysOf));
  const ofSeat = Map.groupBy(changes, ({ rota, role }) => `${rota}/${role}`);
  const notAsked = (change: CoverChange): Timeline<unknown> => {
    const people = peopleOf(change);
    const asking = (ofSeat.get(`${change.rota}/${change.role}`) ?? []).filter((it) =>
      people.every((person) => peopleOf(it).includes(person)),
    );
    return without(
      [{ startAt: horizon, endAt: Number.POSITIVE_INFINITY, value: true }],
      layered(asking.map(({ startAt, endAt }) => ({ startAt, endAt, value: true }))),
    );
  };
  const more = chosen.flatMap((it) => {
    const unknown = it.changes.filter(
      (change) => change.endAt > horizon && !keysOf(change).every((key) => known.has(key)),
    );
    return within(unknown, notAsked);
  });
  return more.length === 0 ? changes : [...changes, ...unlessIn(changes, more)].toSorted(inOrder);
}

/** What was found as the handbooks are, and on record as if both knew every day. */
interface Found {
  readonly found: readonly CoverChange[];
  readonly older: Older;
  readonly unread: readonly string[];
}

/**
 * All changes, where rotas have days that not both handbooks know. Where both know them, changes are as found;
 * elsewhere as if both knew every day. In addition: what somebody loses of what they had, or gets as extra time, and
 * what would change if none of these days were a holiday, or all were. Whoever is put on duty for a holiday has to be
 * asked here, because a list that gets this holiday later asks only a lead.
 */
function whereNotBothKnow(
  { rotas, edited, bothKnow, recordFrom, alike, otherwise }: KnownAlike,
  { was, is }: Pair,
  { found, older, unread }: Found,
  span: Interval,
): Pick<AllChanges, 'changes' | 'uncompared'> {
  const hasUnknown = ({ rota }: CoverChange) => rotas.has(rota);
  const known = new Map([...rotas].map((id) => [id, bothKnow(id)]));
  const unknown = new Map([...known].map(([id, time]) => [id, without(ALWAYS, time)]));
  const both = ({ rota }: CoverChange) => known.get(rota) ?? [];
  const notBoth = ({ rota }: CoverChange) => unknown.get(rota) ?? [];
  const differFrom = firstDifferences(alike.was, alike.is);
  const record = olderChanges(
    ...[withRotas(was, rotas), withRotas(is, rotas), unread, span.startAt],
    (rota) => Math.min(differFrom(rota), recordFrom(rota)),
  );
  const real = withOlder(record.changes, found.filter(hasUnknown));
  const changesOf = (one: Pair, earlier: readonly CoverChange[]) =>
    withOlder(earlier, changesBetween(one.was, one.is, span).changes);
  const only = (one: Handbook) => withRotas(one, edited);
  const main = changesOf({ was: only(alike.was), is: only(alike.is) }, older.changes.filter(hasUnknown));
  const [inReal, inMain] = [timesIn(real), timesIn(main)];
  const changes = [
    ...within(real, (it) => without(both(it), inMain(it))),
    // What is the same in both is judged by turns that do not end with a list.
    ...within(main, (it) => overlay(notBoth(it), inReal(it))),
  ];
  const unknownReal = within(real, notBoth);
  const others = [
    ...unknownReal.filter(({ before, extra }) => before !== undefined || extra),
    ...unknownReal.filter(({ extra }) => extra).flatMap((it) => withinDuty(it, alike.is)),
    ...otherwise.flatMap((it) => {
      const all = changesOf(it, olderChanges(it.was, it.is, unread, span.startAt).changes);
      return within(all, notBoth);
    }),
  ];
  const rest = withOlder(
    older.changes.filter((it) => !hasUnknown(it)),
    found.filter((it) => !hasUnknown(it)),
  );
  return {
    changes: [...rest, ...changes, ...unlessIn(changes, others)].toSorted(inOrder),
    uncompared: record.uncompared,
  };
}

/** The parts of extra time that are somebody else's by a handbook that knows every day, as what they lose. */
function withinDuty(change: CoverChange, known: Handbook): readonly CoverChange[] {
  const { startAt, endAt, rota, role, after } = change;
  const cover = resolvedRota(known, rota, { startAt, endAt }).roles.get(`${rota}/${role}`)?.cover() ?? [];
  return clip(byPerson(cover), { startAt, endAt })
    .filter(({ value }) => value.person !== after)
    .map(({ value, ...span }) => ({
      ...change,
      ...span,
      before: value.person,
      extra: false,
      continues: false,
    }));
}

const ALWAYS: Timeline<unknown> = [
  { startAt: Number.NEGATIVE_INFINITY, endAt: Number.POSITIVE_INFINITY, value: true },
];

/** The parts of changes that lie within some time of each. */
const within = (
  changes: readonly CoverChange[],
  timeOf: (change: CoverChange) => Timeline<unknown>,
): readonly CoverChange[] =>
  changes.flatMap((change) => restrict([{ ...change, value: change }], timeOf(change)).map(partOf));

/** When others among some changes have the same people as a change. */
function timesIn(changes: readonly CoverChange[]): (change: CoverChange) => Timeline<unknown> {
  const keyOf = ({ rota, role, before, after }: CoverChange) => JSON.stringify([rota, role, before, after]);
  const times = new Map(
    [...Map.groupBy(changes, keyOf)].map(([key, own]) => [
      key,
      layered(own.map((it) => ({ ...it, value: true }))),
    ]),
  );
  return (change) => times.get(keyOf(change)) ?? [];
}

const partOf = ({ value, startAt, endAt }: Timeline<CoverChange>[number]): CoverChange =>
  value.startAt === startAt && value.endAt === endAt ? value : { ...value, startAt, endAt };

/** The parts of changes in which no other says that the same person loses a role or, if nobody does, gets it. */
function unlessIn(known: readonly CoverChange[], changes: readonly CoverChange[]): readonly CoverChange[] {
  const keyOf = ({ rota, role, before, after }: CoverChange) =>
    JSON.stringify([rota, role, before, before ?? after]);
  const timeIn = (all: readonly CoverChange[] = []): Timeline<CoverChange> =>
    layered(all.map((value) => ({ ...value, value })));
  const others = Map.groupBy(known, keyOf);
  return [...Map.groupBy(changes, keyOf)].flatMap(([key, own]) =>
    without(timeIn(own), timeIn(others.get(key))).map((it) => ({ ...partOf(it), continues: false })),
  );
}

/** The entries among some that cause none of some changes: what changes the record is no mistaken year. */
function causingNone(
  entries: readonly PathLocation[],
  changes: readonly CoverChange[],
): readonly PathLocation[] {
  const keyOf = ({ file, path }: PathLocation) => JSON.stringify([file, path]);
  const causes = new Set(changes.map(({ cause }) => keyOf(cause)));
  return entries.filter((it) => !causes.has(keyOf(it)));
}
