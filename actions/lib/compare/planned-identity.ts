/**
 * People who are assigned to a planned change that gives no cover: it is published in their calendar and on the pages
 * all the same. Where it gives cover, their time changes like any other. Pure.
 */
import type { Handbook, PlannedChange } from '../model.ts';
import { instantText } from '../time/format.ts';
import type { Instant } from '../timeline.ts';
import type { CoverChange } from './changes.ts';
import type { IdentityChange } from './identity-change.ts';

/**
 * Assignments that only one side has, or has at another time or for another service, which calls them first, of changes
 * that are not over.
 */
export function assignmentChanges(
  base: Handbook,
  head: Handbook,
  changes: readonly CoverChange[],
  now: Instant,
): readonly IdentityChange[] {
  const covered = new Set(
    changes.flatMap(({ change, before, after }) => [before, after].map((person) => `${change} ${person}`)),
  );
  const found: IdentityChange[] = [];
  for (const id of new Set([...base.changes.keys(), ...head.changes.keys()])) {
    const [was, is] = [base.changes.get(id), head.changes.get(id)];
    if (Math.max(was?.endAt ?? now, is?.endAt ?? now) <= now) continue;
    for (const person of new Set([...peopleIn(was), ...peopleIn(is)])) {
      const isMoved = was !== undefined && is !== undefined && was.service !== is.service;
      const [before, after] = [was, is].map((change) => assignmentOf(change, person, isMoved));
      if (before === after || covered.has(`${id} ${person}`)) continue;
      const location = (is ?? was)?.location;
      if (location === undefined) continue;
      const keys = [{ key: person, before, after, location }];
      found.push({ kind: 'planned-change', id, keys, concerned: [person], teams: undefined });
    }
  }
  return found;
}

const peopleIn = (change: PlannedChange | undefined): readonly string[] =>
  (change?.assigned ?? []).map(({ person }) => person);

/** In UTC and with its year, so that it is the same whenever it is shown, and another in another zone. */
const assignmentOf = (
  change: PlannedChange | undefined,
  person: string,
  withService: boolean,
): string | undefined =>
  change === undefined || !peopleIn(change).includes(person)
    ? undefined
    : `${instantText(change.startAt)} – ${instantText(change.endAt)}${withService ? `, for ${change.service}` : ''}`;
