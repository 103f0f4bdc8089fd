/** Finds the planned change of a request in the handbook. Pure. */
import type { PlannedChange } from '../model.ts';
import { wallOfText } from '../time/date.ts';
import { zoneOf } from '../time/zone.ts';
import type { RequestContext, RequestIssue } from './facts.ts';
import type { Request } from './request.ts';

/**
 * The change in the handbook, if it matches the present service and times of a request, or is over. What was over
 * before the issue was opened has its name by chance, or so that the request counts as done.
 */
export function recordedChange(
  { handbook, now }: Pick<RequestContext, 'handbook' | 'now'>,
  {
    issue,
    request: { values },
  }: { readonly issue: Pick<RequestIssue, 'number' | 'createdAt'>; readonly request: Request },
): PlannedChange | undefined {
  // Found by id in any team, because the fields of the request may no longer be readable.
  const recorded = [...handbook.changes.values()].filter(
    ({ id, team, endAt }) => id === `${team}/issue-${issue.number}` && endAt > issue.createdAt,
  );
  return (
    recorded.find((it) => isOfRequest(it, values)) ??
    (recorded.every((it) => it.endAt <= now) ? recorded.at(-1) : undefined)
  );
}

/** Whether a change has the service and the times of a request. */
export function isOfRequest(change: PlannedChange, values: ReadonlyMap<string, string>): boolean {
  const [service, zone, start, end] = ['service', 'zone', 'start', 'end'].map((id) => values.get(id) ?? '');
  const [startAt, endAt] = [start, end].map((text) => {
    const wall = wallOfText(text ?? '');
    return wall === undefined || !zone ? undefined : zoneOf(zone).instantOf(wall);
  });
  return change.service === service && change.startAt === startAt && change.endAt === endAt;
}
