/** Whose time changes between two handbooks, role by role, as timelines and never as text. Pure. */
import { type Assignment, type Handbook, type Rota, roleOf, type Spot } from '../model.ts';
import { over, type Resolved, type RoleCover, resolve } from '../resolve/resolve.ts';
import type { Day, Zone } from '../time.ts';
import {
  type Change,
  combine,
  type Interval,
  layered,
  restrict,
  type Span,
  type Timeline,
} from '../timeline.ts';
import { causeOf } from './cause.ts';

/** A span in which another person holds a role than before; nobody is undefined. */
export interface CoverChange extends Interval {
  readonly rota: string;
  readonly role: string;
  readonly zone: Zone;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Time outside the rota's windows, which has a notice of its own. */
  readonly extra: boolean;
  /** The planned change of the head, by its id, that asks for it. */
  readonly change: string | undefined;
  /** The line of the head that brings it about, as near as it can be told. */
  readonly cause: Spot;
}

/** Whose time changes, and the rotas of which that cannot be told, because one side could not read them. */
interface Compared {
  readonly changes: readonly CoverChange[];
  readonly unread: readonly string[];
}

/**
 * Every change of cover within a span, in order of rota, role and start, and beyond it what only one of the two has
 * written down.
 */
export function changesBetween(base: Handbook, head: Handbook, span: Interval): Compared {
  const [was, is] = [resolve(base, span), resolve(head, span)];
  const unread = new Set([...unreadIn(was), ...unreadIn(is)].toSorted());
  const seats = [...new Set([...was.roles.keys(), ...is.roles.keys()])].toSorted();
  const changes = seats.flatMap((seat) => {
    if (unread.has(roleOf(seat).rota)) return [];
    const [before, after] = [was.roles.get(seat), is.roles.get(seat)];
    const asked = layered([{ ...span, value: true }, ...writtenByOne(before?.rota, after?.rota)]);
    const further = { startAt: span.startAt, endAt: asked.at(-1)?.endAt ?? span.endAt };
    const reach = (handbook: Handbook, cover: RoleCover | undefined) =>
      cover === undefined || further.endAt <= span.endAt ? cover : over(handbook, cover, further);
    const changed = restrict(changedCover(reach(base, before), reach(head, after)), asked);
    if (changed.length === 0) return [];
    const general = causeOf(seat, base, head);
    return changed.map((change) => told(seat, (after ?? before)?.rota as Rota, change, general));
  });
  return { changes, unread: [...unread] };
}

/** When the overrides and agreed turns are that only one of two states of a rota has. */
function writtenByOne(before: Rota | undefined, after: Rota | undefined): readonly Span<true>[] {
  const [was, is] = [written(before), written(after)];
  return [...was, ...is].flatMap(([text, span]) => (was.has(text) && is.has(text) ? [] : [span]));
}

/** What is written for single turns and hours by what it says. A turn ends within eight days of its hand-over. */
function written(rota: Rota | undefined): ReadonlyMap<string, Span<true>> {
  if (rota === undefined) return new Map();
  const { zone, overrides } = rota;
  const roles = [...rota.roles.values()];
  // Followers hold an agreed turn so many turns before it.
  const ahead = roles.reduce((sum, { follows }) => sum + (follows?.by ?? 0), 0);
  const turn = (on: Day): Span<true> => ({
    startAt: zone.startOf(on - 8 * ahead),
    endAt: zone.startOf(on + 8),
    value: true,
  });
  return new Map([
    ...roles.flatMap(({ id, turns }) =>
      [...turns].map(([on, { person }]) => [`${id} turn ${on} ${person}`, turn(on)] as const),
    ),
    ...overrides.map((it) => {
      const span =
        it.kind === 'turn' ? turn(it.turnOn) : { startAt: it.startAt, endAt: it.endAt, value: true as const };
      return [`${it.role} ${it.kind} ${span.startAt} ${span.endAt} ${it.assignment.person}`, span] as const;
    }),
  ]);
}

/** Rotas that are missing because their file, or the hours or holidays that they name, could not be read, and not gone. */
const unreadIn = ({ handbook: { unread, rotas }, roles }: Resolved): readonly string[] => [
  ...[...unread].flatMap((it) => (it.startsWith('rota ') ? [it.slice('rota '.length)] : [])),
  ...[...rotas.values()].flatMap((rota) =>
    [...rota.roles.keys()].every((role) => roles.has(`${rota.id}/${role}`)) ? [] : [rota.id],
  ),
];

/**
 * Extra time has a notice of its own, and each planned change its own request, so a change of one is not joined with what
 * lies beside it.
 */
const joins = (one: Assignment | undefined, other: Assignment | undefined): boolean =>
  one?.person === other?.person && (one?.by === 'extra') === (other?.by === 'extra');

const changedCover = (was: RoleCover | undefined, is: RoleCover | undefined): Timeline<Change<Assignment>> =>
  combine<Assignment, Assignment, Change<Assignment>>(
    was?.cover ?? [],
    is?.cover ?? [],
    (before, after) => (before?.person === after?.person ? undefined : { before, after }),
    (one, other) =>
      joins(one.before, other.before) &&
      joins(one.after, other.after) &&
      one.after?.change === other.after?.change,
  );

const told = (
  seat: string,
  { zone }: Rota,
  { startAt, endAt, value }: Span<Change<Assignment>>,
  general: Spot,
): CoverChange => ({
  ...roleOf(seat),
  zone,
  startAt,
  endAt,
  before: value.before?.person,
  after: value.after?.person,
  extra: (value.after ?? value.before)?.by === 'extra',
  change: value.after?.change,
  cause: value.after === undefined || value.after.by === 'rotation' ? general : value.after.spot,
});

/** The part of changes that lies within a span. */
export const changesWithin = (
  changes: readonly CoverChange[],
  { startAt, endAt }: Interval,
): readonly CoverChange[] =>
  changes.flatMap((change) => {
    const part = { startAt: Math.max(change.startAt, startAt), endAt: Math.min(change.endAt, endAt) };
    return part.startAt < part.endAt ? [{ ...change, ...part }] : [];
  });
