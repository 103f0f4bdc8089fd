/** Changes of cover between two handbooks, computed role by role from timelines, never from text. Pure. */
import {
  type Assignment,
  type Handbook,
  inSeatOrder,
  type PathLocation,
  type Rota,
  roleOf,
} from '../model.ts';
import type { Resolved, RoleCover } from '../resolve/cover.ts';
import { resolve, resolveOver } from '../resolve/resolve.ts';
import { DAY } from '../time/date.ts';
import type { Zone } from '../time/zone.ts';
import {
  type Change,
  combine,
  type Instant,
  type Interval,
  indexFrom,
  layered,
  restrict,
  type Span,
  spanAt,
  type Timeline,
  without,
} from '../timeline.ts';
import { causeOf } from './cause.ts';
import { counterpartOf } from './counterpart.ts';
import { keptAfter, notInsteadOf, onlyIn } from './explicit-entries.ts';

/**
 * A change for somebody who holds a role before and after: the role stops or starts to count as cover, or the time
 * becomes extra, which has less notice from then on.
 */
export type Effect = 'stops-counting' | 'starts-counting' | 'becomes-extra';

/** A span in which the holder of a role differs; undefined means nobody. */
export interface CoverChange extends Interval {
  readonly rota: string;
  readonly role: string;
  readonly zone: Zone;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /**
   * Time outside the windows of the rota, which has its own notice period: what nobody held before, or what was outside
   * them before. Time that somebody held within them is never extra, whatever takes its place.
   */
  readonly extra: boolean;
  /** What happens to somebody who keeps the role; they are `before` or `after`, and nobody is the other. */
  readonly effect: Effect | undefined;
  /** The id of the planned change in the head that causes it. */
  readonly change: string | undefined;
  /** The line of the head that causes it, as precisely as possible. */
  readonly cause: PathLocation;
  /** The line that says so: the cause, or the line of the base that goes, where the head has none for it. */
  readonly line: PathLocation;
  /** Whether nobody held the role, before or after, from the change of the role that precedes this one up to it. */
  readonly continues: boolean;
  /** The start of the turn of the base in which the change begins; undefined where the base has none. */
  readonly turnAt: Instant | undefined;
  /** Whether it belongs to the change of the role that precedes it, as nothing of their turn stays its holder's. */
  readonly inGivenTurn: boolean;
}

/** The differences between two handbooks. */
interface Compared {
  readonly changes: readonly CoverChange[];
  /** The rotas that cannot be compared, because one side could not be read. */
  readonly unread: readonly string[];
  /**
   * Entries that only the head has and that end before the span, without those that took the place of others, and
   * those of new rotas, which may bring an archive.
   */
  readonly expiredEntries: readonly PathLocation[];
}

/**
 * Every change of cover within a span, in order of rota, role and start; after the span, only changes within turns and
 * overrides that are written out.
 */
export function changesBetween(base: Handbook, head: Handbook, span: Interval): Compared {
  const was = resolve(base, span);
  const is = resolve(head, span);
  const unread = new Set([...unreadIn(was), ...unreadIn(is)].toSorted());
  const added = new Map([...head.rotas.keys()].map((id) => [id, onlyIn(head, base, id)] as const));
  const comparedTime = (rota: string): Timeline<unknown> => {
    const gone = onlyIn(base, head, rota);
    const kept = keptAfter(base, head, rota, span.endAt);
    const all = [span, ...(added.get(rota) ?? []), ...gone, ...kept];
    return layered(all.map((it) => ({ ...it, value: true })));
  };
  const changes = pairsOf(was, is).flatMap((pair) => {
    const { seat, before, after } = pair;
    if (unread.has(roleOf(seat).rota)) return [];
    const within = comparedTime(roleOf(seat).rota);
    const changesIn = (compared: Timeline<unknown>) => changedIn(base, head, pair, span, compared);
    const first = changesIn(within);
    const turn = movedTurn(pair, span.endAt) ?? cutTurn(pair, span.endAt);
    const isCut = turn !== undefined && (turn.isMoved || differsIn(base, head, pair, turn));
    const rest = { startAt: span.endAt, endAt: turn?.endAt ?? span.endAt, value: true };
    const found = isCut ? changesIn(layered([...within, rest])) : first;
    const { changed, was, is, turns } = found;
    if (changed.length === 0) return [];
    const keeps = keepsOf(found);
    const onDuty = was.filter(({ value }) => value.by !== 'extra');
    const lastEnds = new Map<string | undefined, Instant>();
    const cause = causeOf(seat, base, head);
    const { rota } = (after ?? before) as RoleCover;
    return changed.map((change, i) => {
      const gap = { startAt: changed[i - 1]?.endAt ?? change.startAt, endAt: change.startAt };
      const own = toCoverChange(seat, rota, change, cause);
      const since = { startAt: lastEnds.get(own.before) ?? change.startAt, endAt: change.startAt };
      lastEnds.set(own.before, change.endAt);
      const turn = spanAt(turns, change.startAt);
      const isWithin = turn !== undefined && span.startAt <= turn.startAt && turn.startAt < since.startAt;
      return {
        ...own,
        continues: i > 0 && !isHeld(was, gap) && !isHeld(is, gap),
        turnAt: turn?.startAt,
        inGivenTurn: isWithin && own.before !== undefined && !isHeld(onDuty, since) && !keeps(turn),
      };
    });
  });
  const expiredEntries = [...added].flatMap(([id, all]) => {
    const old = base.rotas.has(id) ? all.filter(({ endAt }) => endAt <= span.startAt) : [];
    return old.length === 0 ? [] : notInsteadOf(onlyIn(base, head, id), old).map(({ location }) => location);
  });
  return { changes, unread: [...unread], expiredEntries };
}

/** Every change of cover between two resolved states, over their span, as it is: nothing of it is judged by turns. */
export const changesOver = (was: Resolved, is: Resolved): readonly CoverChange[] =>
  pairsOf(was, is).flatMap(({ seat, before, after }) => {
    const changed = changedCover(before, after);
    if (changed.length === 0) return [];
    const cause = causeOf(seat, was.handbook, is.handbook);
    const { rota } = (after ?? before) as RoleCover;
    const [held, holds] = [before?.cover() ?? [], after?.cover() ?? []];
    return changed.map((change, i) => {
      const gap = { startAt: changed[i - 1]?.endAt ?? change.startAt, endAt: change.startAt };
      const continues = i > 0 && !isHeld(held, gap) && !isHeld(holds, gap);
      return {
        ...toCoverChange(seat, rota, change, cause),
        continues,
        turnAt: undefined,
        inGivenTurn: false,
      };
    });
  });

/** Rotas in order of id, then roles, then time. */
export function inOrder(one: CoverChange, other: CoverChange): number {
  const [own, others] = [one, other].map(({ rota, role }) => `${rota}/${role}`) as [string, string];
  return inSeatOrder(own, others) || one.startAt - other.startAt;
}

/**
 * The changes of one role in the time that is compared, with its cover on both sides, over the span and beyond it, and
 * its turns before.
 */
function changedIn(
  base: Handbook,
  head: Handbook,
  { before, after }: Pair,
  span: Interval,
  compared: Timeline<unknown>,
) {
  const further = { startAt: span.startAt, endAt: compared.at(-1)?.endAt ?? span.endAt };
  const extended = (handbook: Handbook, cover: RoleCover | undefined) =>
    cover === undefined || further.endAt <= span.endAt ? cover : resolveOver(handbook, cover, further);
  const [was, is] = [extended(base, before), extended(head, after)];
  const changed = restrict(changedCover(was, is), compared);
  return {
    ...{ changed, was: was?.cover() ?? [], is: is?.cover() ?? [], turns: was?.list ?? [] },
    holders: was?.afterTurnOverrides ?? [],
  };
}

/** Whether whoever holds a turn of the base, by rotation or as a whole, keeps any time of it on duty. */
function keepsOf({
  changed,
  was,
  holders,
}: Pick<ReturnType<typeof changedIn>, 'changed' | 'was' | 'holders'>): (turn: Interval) => boolean {
  const kept = without(
    was.filter(({ value }) => value.by !== 'extra'),
    changed.filter(({ value }) => value.before !== undefined),
  );
  return ({ startAt, endAt }) => {
    const holder = spanAt(holders, startAt)?.value.person;
    for (let i = indexFrom(kept, startAt); ; i++) {
      const own = kept[i];
      if (own === undefined || own.startAt >= endAt) return false;
      if (own.value.person === holder) return true;
    }
  };
}

/** A turn that goes on beyond the horizon. */
interface CutTurn extends Interval {
  /** Whether it ends at another time than before, so that it differs although nothing may before the horizon. */
  readonly isMoved: boolean;
}

/**
 * The turn of the base that the horizon cuts, to its end, if it does not end in the head as it did: it is somebody's
 * already, however late the entry begins that takes it. If the turn that the horizon cuts in the head ends later, it is
 * compared to that end, wherever it begins, because its holder gets the whole turn.
 */
function movedTurn({ before, after }: Pair, horizon: Instant): CutTurn | undefined {
  const [was, is] = [before, after].map((it) =>
    it?.list.find(({ startAt, endAt }) => startAt < horizon && horizon < endAt),
  );
  if (was === undefined || was.endAt === is?.endAt) return undefined;
  const { startAt, endAt } = was;
  const last = Math.max(endAt, is?.endAt ?? endAt);
  const first = Math.min(endAt, is?.endAt ?? horizon);
  return { startAt, endAt: Math.min(last, first + MOST_BEYOND), isMoved: true };
}

/** How far a turn without an end, because its hand-over was amended, is compared after the one that ends it. */
const MOST_BEYOND = 400 * DAY;

/**
 * The turn that the horizon cuts, up to the first hand-over after it on either side: a turn is compared whole, and one
 * without an end as far as others that have none are.
 */
function cutTurn({ before, after }: Pair, horizon: Instant): CutTurn | undefined {
  const cut = [before, after].flatMap((it) => it?.list.find(({ endAt }) => endAt > horizon) ?? []);
  const ends = cut.flatMap(({ startAt, endAt }) =>
    startAt < horizon ? [Math.min(endAt, horizon + MOST_BEYOND)] : [],
  );
  if (ends.length === 0) return undefined;
  const startAt = Math.min(...cut.map((it) => it.startAt));
  return { startAt, endAt: Math.min(...ends), isMoved: false };
}

/** Whether the cover of a role differs anywhere in a turn. */
const differsIn = (base: Handbook, head: Handbook, { before, after }: Pair, turn: Interval): boolean => {
  const [was, is] = [before && resolveOver(base, before, turn), after && resolveOver(head, after, turn)];
  return changedCover(was, is).length > 0;
};

/** Whether anybody holds a role within an interval. */
const isHeld = (cover: Timeline<unknown>, { startAt, endAt }: Interval): boolean =>
  startAt < endAt && (cover[indexFrom(cover, startAt)]?.startAt ?? endAt) < endAt;

/** A role before and after, by its name after, or before where it is gone. */
interface Pair {
  readonly seat: string;
  readonly before: RoleCover | undefined;
  readonly after: RoleCover | undefined;
}

/** The roles of both states in order of name, each with its counterpart. */
function pairsOf(was: Resolved, is: Resolved): readonly Pair[] {
  const pairs: Pair[] = [];
  const gone = new Map(was.roles);
  for (const [seat, after] of is.roles) {
    const before = counterpartOf(was.handbook.rotas.get(after.rota.id), after.role);
    const name = before === undefined ? seat : `${after.rota.id}/${before.id}`;
    pairs.push({ seat, before: gone.get(name), after });
    gone.delete(name);
  }
  for (const [seat, before] of gone) pairs.push({ seat, before, after: undefined });
  return pairs.toSorted((one, other) => inSeatOrder(one.seat, other.seat));
}

/**
 * Rotas that are missing although they were not removed: their file, or the hours or holidays that they name, could not
 * be read.
 */
const unreadIn = ({ handbook: { unread, rotas }, roles }: Resolved): readonly string[] => [
  ...unread.flatMap(({ kind, id }) => (kind === 'rota' ? [id] : [])),
  ...[...rotas.values()].flatMap((rota) =>
    [...rota.roles.keys()].every((role) => roles.has(`${rota.id}/${role}`)) ? [] : [rota.id],
  ),
];

/**
 * Whether adjacent assignments belong to one change. Extra time has its own notice period and each planned change its
 * own request, so neither is merged with its neighbours.
 */
const joins = (one: Assignment | undefined, other: Assignment | undefined): boolean =>
  one?.person === other?.person && (one?.by === 'extra') === (other?.by === 'extra');

/** A change, with its effect on somebody who holds the role before and after. */
interface Changed extends Change<Assignment> {
  readonly effect: Effect | undefined;
}

function changedCover(was: RoleCover | undefined, is: RoleCover | undefined): Timeline<Changed> {
  const [counted, counts] = [was?.role.counts ?? true, is?.role.counts ?? true];
  const effectOf = (before: Assignment, after: Assignment): Effect | undefined => {
    if (counted !== counts) return counts ? 'starts-counting' : 'stops-counting';
    return before.by !== 'extra' && after.by === 'extra' ? 'becomes-extra' : undefined;
  };
  return combine<Assignment, Assignment, Changed>(
    was?.cover() ?? [],
    is?.cover() ?? [],
    (before, after) => {
      if (before === undefined || before.person !== after?.person)
        return before?.person === after?.person ? undefined : { before, after, effect: undefined };
      const effect = effectOf(before, after);
      return effect === undefined ? undefined : { before, after, effect };
    },
    (one, other) =>
      one.effect === other.effect &&
      joins(one.before, other.before) &&
      joins(one.after, other.after) &&
      one.after?.change === other.after?.change,
  );
}

const toCoverChange = (
  seat: string,
  { zone }: Rota,
  { startAt, endAt, value: { before, after, effect } }: Span<Changed>,
  changedBy: PathLocation,
): Omit<CoverChange, 'continues' | 'turnAt' | 'inGivenTurn'> => {
  const isOfRole = after === undefined || after.by === 'rotation' || effect?.endsWith('counting') === true;
  const cause = isOfRole ? changedBy : after.location;
  return {
    ...roleOf(seat),
    zone,
    startAt,
    endAt,
    before: effect === 'starts-counting' ? undefined : before?.person,
    after: effect === undefined || effect === 'starts-counting' ? after?.person : undefined,
    extra: (before ?? after)?.by === 'extra',
    effect,
    change: after?.change,
    cause,
    line: isOfRole && before?.by !== 'rotation' ? (before?.location ?? cause) : cause,
  };
};

/** The part of changes that lies within a span. */
export const changesWithin = (
  changes: readonly CoverChange[],
  { startAt, endAt }: Interval,
): readonly CoverChange[] =>
  changes.flatMap((change) => {
    const part = { startAt: Math.max(change.startAt, startAt), endAt: Math.min(change.endAt, endAt) };
    return part.startAt < part.endAt ? [{ ...change, ...part }] : [];
  });
