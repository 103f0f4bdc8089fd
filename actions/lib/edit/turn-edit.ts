/** Gives a whole turn of a role to a person, and makes the overrides of hours within it those of the new holder. */
import { childLocation, type Handbook, type Override } from '../model.ts';
import type { Instant, Interval } from '../timeline.ts';
import { altered, copied, type Draft, type HoursItem, hoursItems, insert, remove, replace } from './draft.ts';
import { turnEntry } from './entry.ts';
import { heldParts, rejoined } from './hours-edit.ts';
import { type RequestedTurn, turnName } from './seat.ts';

/** The draft in which a person holds a turn: its override is changed, removed or added. */
export function withTurn(
  handbook: Handbook,
  draft: Draft,
  role: string,
  turn: RequestedTurn,
  person: string,
  reason: string,
): Draft {
  const given = withHolder(draft, role, turn, person, reason);
  const covers = hoursItems(given, role, turn, 'hours');
  return rejoined(
    covers.reduce((it, item) => withInsteadOf(handbook, it, item), given),
    role,
    turn,
  );
}

function withHolder(draft: Draft, role: string, turn: RequestedTurn, person: string, reason: string): Draft {
  const { rota } = draft;
  const { item, scheduled, on } = turn;
  if (item !== undefined)
    return person === scheduled ? remove(draft, item) : replace(draft, item, altered(rota, item, { person }));
  if (person === scheduled) return draft;
  const location = childLocation(rota.location, 'overrides', draft.items.length);
  const override: Override = {
    ...{ kind: 'turn', role, turnOn: on, location },
    assignment: { person, by: 'override', insteadOf: scheduled, change: undefined, location },
  };
  return insert(draft, override, turnEntry(role, turnName(turn), person, scheduled, reason));
}

/**
 * An override of hours that names whom it replaces now names those who hold the role beneath it: it is divided where
 * they change, and the part of somebody who holds the role anyway is dropped.
 */
function withInsteadOf(handbook: Handbook, draft: Draft, item: HoursItem): Draft {
  const { rota } = draft;
  const { role, assignment, startAt, endAt } = item.override;
  if (assignment.insteadOf === undefined || assignment.change !== undefined) return draft;
  const parts = heldParts(handbook, draft, role, { startAt, endAt }, 'beneath').filter(
    ({ holder }) => holder !== assignment.person,
  );
  const [first, ...others] = parts.map((part): HoursItem => {
    const times: { startAt?: Instant; endAt?: Instant } = changedTimes({ startAt, endAt }, part);
    return altered(rota, item, { ...times, insteadOf: part.holder ?? (assignment.insteadOf as string) });
  });
  if (first === undefined) return remove(draft, item);
  return replace(draft, item, first, ...others.map(copied));
}

const changedTimes = (before: Interval, after: Interval): Partial<Interval> => ({
  ...(before.startAt === after.startAt ? {} : { startAt: after.startAt }),
  ...(before.endAt === after.endAt ? {} : { endAt: after.endAt }),
});
