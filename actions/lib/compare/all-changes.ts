/** Every change of cover between two handbooks: on record, ahead, and on days that not both of them know. Pure. */
import type { Handbook, PathLocation } from '../model.ts';
import { type Interval, layered, restrict, type Timeline, without } from '../timeline.ts';
import { type CoverChange, changesBetween, inOrder } from './changes.ts';
import { type KnownAlike, knownAlike, type Pair } from './known-holidays.ts';
import { olderChanges, withOlder } from './older-changes.ts';
import { changedRotas, withRotas } from './unchanged.ts';

/** All that changes of cover. */
export interface AllChanges {
  readonly changes: readonly CoverChange[];
  /** The rotas that could not be compared, because one side could not be read. */
  readonly unread: readonly string[];
  /** Entries that only the head has, that ended before the span, and change nothing. */
  readonly expiredEntries: readonly PathLocation[];
  /** Rotas whose cover before the span is too much to compare at once. */
  readonly uncompared: readonly string[];
}

/** The changes within a span, before it, and of what is written out after it; and the rotas that may differ. */
export function allChanges(base: Handbook, head: Handbook, span: Interval): AllChanges & Pair {
  const rotas = changedRotas(base, head);
  const pair = { was: withRotas(base, rotas), is: withRotas(head, rotas) };
  const found = changesOf(pair, span);
  const known = knownAlike(pair.was, pair.is, span.endAt);
  if (known === undefined) return { ...pair, ...found };
  const isOther = ({ rota }: CoverChange) => known.rotas.has(rota);
  const more = whereNotBothKnow(known, found.changes.filter(isOther), span);
  const rest = found.changes.filter((it) => !isOther(it));
  const changes = [...rest, ...joined(more.changes.toSorted(inOrder))].toSorted(inOrder);
  return {
    ...{ ...pair, ...found, changes },
    expiredEntries: causingNone(found.expiredEntries, changes),
    uncompared: [...new Set([...found.uncompared, ...more.uncompared])],
  };
}

function changesOf({ was, is }: Pair, span: Interval): AllChanges {
  const { changes, unread, expiredEntries } = changesBetween(was, is, span);
  const older = olderChanges(was, is, unread, span.startAt);
  return {
    ...{ changes: withOlder(older.changes, changes), unread, uncompared: older.uncompared },
    expiredEntries: causingNone(expiredEntries, older.changes),
  };
}

/**
 * The changes of rotas that have days which not both handbooks know. Where both know them, they are as found; elsewhere
 * as if both knew every day, and beside that what somebody loses of what they had, or gets as extra time. Of a day that
 * the head alone knows, and has as a holiday: who would lose it if it were none, and who gets it because it is one.
 */
function whereNotBothKnow(
  { bothKnow, alike, marked }: KnownAlike,
  found: readonly CoverChange[],
  span: Interval,
): Pick<AllChanges, 'changes' | 'uncompared'> {
  const notBoth = (rota: string) => without(ALWAYS, bothKnow(rota));
  const main = changesOf(alike, span);
  const changes = [...within(found, bothKnow), ...within(main.changes, notBoth)];
  const others = within(found, notBoth).filter(({ before, extra }) => before !== undefined || extra);
  if (marked !== undefined) {
    const [lost, given] = [marked.asNone, marked.asNoneBefore].map((it) =>
      within(changesOf(it, span).changes, marked.time),
    ) as [CoverChange[], CoverChange[]];
    others.push(...lost.filter(({ before }) => before !== undefined));
    others.push(...given.filter(({ after }) => after !== undefined));
  }
  return { changes: [...changes, ...unlessIn(changes, others)], uncompared: main.uncompared };
}

const ALWAYS: Timeline<unknown> = [
  { startAt: Number.NEGATIVE_INFINITY, endAt: Number.POSITIVE_INFINITY, value: true },
];

/** The parts of changes that lie within some time of their rota. */
const within = (
  changes: readonly CoverChange[],
  timeOf: (rota: string) => Timeline<unknown>,
): CoverChange[] =>
  [...Map.groupBy(changes, ({ rota }) => rota)].flatMap(([rota, own]) => {
    const time = timeOf(rota);
    return own.flatMap((change) => restrict([{ ...change, value: change }], time).map(partOf));
  });

const partOf = ({ value, startAt, endAt }: Timeline<CoverChange>[number]): CoverChange =>
  value.startAt === startAt && value.endAt === endAt ? value : { ...value, startAt, endAt };

/** The parts of some changes that are not among others of the same people. */
function unlessIn(known: readonly CoverChange[], changes: readonly CoverChange[]): readonly CoverChange[] {
  const timeIn = (all: readonly CoverChange[] = []): Timeline<CoverChange> =>
    layered(all.map((value) => ({ ...value, value })));
  const others = Map.groupBy(known, peopleKey);
  return [...Map.groupBy(changes, peopleKey)].flatMap(([key, own]) =>
    without(timeIn(own), timeIn(others.get(key))).map((it) => ({ ...partOf(it), continues: false })),
  );
}

const peopleKey = ({ rota, role, before, after }: CoverChange): string =>
  JSON.stringify([rota, role, before, after]);

/** Changes in order, in which two parts of one are one. */
function joined(changes: readonly CoverChange[]): readonly CoverChange[] {
  const keyOf = (it: CoverChange) => JSON.stringify([peopleKey(it), it.extra, it.effect, it.change]);
  const all: CoverChange[] = [];
  for (const change of changes) {
    const last = all.at(-1);
    if (last?.endAt === change.startAt && keyOf(last) === keyOf(change))
      all[all.length - 1] = { ...last, endAt: change.endAt };
    else all.push(change);
  }
  return all;
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
