/** Finds the planned change of a request in the handbook. Pure. */
import type { PlannedChange } from '../model.ts';
import { wallOfText } from '../time/date.ts';
import { zoneOf } from '../time/zone.ts';
import type { RequestContext } from './facts.ts';
import type { Case } from './read-issue.ts';

/** The change in the handbook, if it matches the request's present service and times, or is over. */
export function recordedChange(
  { handbook, now }: Pick<RequestContext, 'handbook' | 'now'>,
  { issue, request: { values } }: Pick<Case, 'issue' | 'request'>,
): PlannedChange | undefined {
  // Found by id in any team, because the fields of the request may no longer be readable.
  const recorded = [...handbook.changes.values()].filter(
    ({ id, team }) => id === `${team}/issue-${issue.number}`,
  );
  const [service, zone, start, end] = ['service', 'zone', 'start', 'end'].map((id) => values.get(id) ?? '');
  const [startAt, endAt] = [start, end].map((text) => {
    const wall = wallOfText(text ?? '');
    return wall === undefined || !zone ? undefined : zoneOf(zone).instantOf(wall);
  });
  return (
    recorded.find((it) => it.service === service && it.startAt === startAt && it.endAt === endAt) ??
    (recorded.every((it) => it.endAt <= now) ? recorded.at(-1) : undefined)
  );
}
