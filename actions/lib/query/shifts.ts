/** Shifts for JSON output, and the names under which people may be published. Pure. */
import { type Assignment, type Handbook, inSeatOrder, type Shift } from '../model.ts';
import type { RoleCover } from '../resolve/cover.ts';
import { byPerson } from '../resolve/resolve.ts';
import { instantText } from '../time/format.ts';
import { clip, type Interval, type Span } from '../timeline.ts';

/** A shift in JSON: ids, and instants such as `2026-12-02T17:00:00Z`. */
export interface ShiftEntry {
  readonly rota: string;
  readonly role: string;
  readonly person: string;
  readonly start: string;
  readonly end: string;
}

/** The shifts of one role within a span, clipped to it. */
export const shiftsWithin = (cover: RoleCover, span: Interval): readonly Shift[] =>
  clip(byPerson(cover.cover()), span).map((it) => shiftOf(cover, it));

export const shiftOf = (
  { rota, role }: Pick<RoleCover, 'rota' | 'role'>,
  { startAt, endAt, value }: Span<Assignment>,
): Shift => ({ rota: rota.id, role: role.id, person: value.person, startAt, endAt });

/** Sorted by start, then rota, then role. */
export const sorted = (shifts: readonly Shift[]): readonly Shift[] =>
  shifts.toSorted(
    (one, other) =>
      one.startAt - other.startAt || inOrder(one.rota, other.rota) || inSeatOrder(one.role, other.role),
  );

const inOrder = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

export const shiftEntry = ({ rota, role, person, startAt, endAt }: Shift): ShiftEntry => ({
  rota,
  role,
  person,
  start: instantText(startAt),
  end: instantText(endAt),
});

/** A person's name as the publishing policy allows it: in full, or as initials. */
export function publishedName({ people, publishing }: Handbook, id: string): string {
  const name = people.get(id)?.name ?? id;
  if (publishing.names === 'full') return name;
  return (
    [...name.matchAll(/\p{L}[\p{L}\p{M}’'-]*/gu)].map(([word]) => [...word][0]?.toUpperCase()).join('') ||
    ([...name][0] as string)
  );
}

/** The name of a team, or its id if it has none. */
export const teamName = ({ teams }: Handbook, id: string): string => teams.get(id)?.name ?? id;
