/** Whose time changes between two handbooks, role by role, as timelines and never as text. Pure. */
import { type Assignment, type Handbook, type PathLocation, type Rota, roleOf } from '../model.ts';
import type { Resolved, RoleCover } from '../resolve/cover.ts';
import { resolve, resolveOver } from '../resolve/resolve.ts';
import type { Zone } from '../time/zone.ts';
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
import { onlyIn } from './explicit-entries.ts';

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
  readonly cause: PathLocation;
}

/** What there is to say of two handbooks. */
interface Compared {
  readonly changes: readonly CoverChange[];
  /** The rotas of which nothing can be told, because one side could not read them. */
  readonly unread: readonly string[];
  /** What only the head has written and ends before the span; a new rota brings its archive with it, and is left out. */
  readonly expiredEntries: readonly PathLocation[];
}

/**
 * Every change of cover within a span, in order of rota, role and start, and beyond it what only one of the two has
 * written down.
 */
export function changesBetween(base: Handbook, head: Handbook, span: Interval): Compared {
  const [was, is] = [resolve(base, span), resolve(head, span)];
  const unread = new Set([...unreadIn(was), ...unreadIn(is)].toSorted());
  const seats = [...new Set([...was.roles.keys(), ...is.roles.keys()])].toSorted();
  const added = new Map([...head.rotas].map(([id, rota]) => [id, onlyIn(rota, base.rotas.get(id))] as const));
  const askedOf = (rota: string): Timeline<unknown> => {
    const gone = onlyIn(base.rotas.get(rota), head.rotas.get(rota));
    return layered([span, ...(added.get(rota) ?? []), ...gone].map((it) => ({ ...it, value: true })));
  };
  const changes = seats.flatMap((seat) => {
    if (unread.has(roleOf(seat).rota)) return [];
    const [before, after] = [was.roles.get(seat), is.roles.get(seat)];
    const asked = askedOf(roleOf(seat).rota);
    const further = { startAt: span.startAt, endAt: asked.at(-1)?.endAt ?? span.endAt };
    const reach = (handbook: Handbook, cover: RoleCover | undefined) =>
      cover === undefined || further.endAt <= span.endAt ? cover : resolveOver(handbook, cover, further);
    const changed = restrict(changedCover(reach(base, before), reach(head, after)), asked);
    if (changed.length === 0) return [];
    const general = causeOf(seat, base, head);
    return changed.map((change) => told(seat, (after ?? before)?.rota as Rota, change, general));
  });
  const expiredEntries = [...added].flatMap(([id, all]) =>
    base.rotas.has(id)
      ? all.filter(({ endAt }) => endAt <= span.startAt).map(({ location }) => location)
      : [],
  );
  return { changes, unread: [...unread], expiredEntries };
}

/** Rotas that are missing because their file, or the hours or holidays that they name, could not be read, and not gone. */
const unreadIn = ({ handbook: { unread, rotas }, roles }: Resolved): readonly string[] => [
  ...unread.flatMap(({ kind, id }) => (kind === 'rota' ? [id] : [])),
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
    was?.cover() ?? [],
    is?.cover() ?? [],
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
  general: PathLocation,
): CoverChange => ({
  ...roleOf(seat),
  zone,
  startAt,
  endAt,
  before: value.before?.person,
  after: value.after?.person,
  extra: (value.after ?? value.before)?.by === 'extra',
  change: value.after?.change,
  cause: value.after === undefined || value.after.by === 'rotation' ? general : value.after.location,
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
