/** The windows of a planned change, and who is on call in them by the escalation chain of its service. Pure. */
import { type Escalation, type Handbook, type RoleRef, roleText, type Service } from '../model.ts';
import type { Resolved } from '../resolve/cover.ts';
import { isListed } from '../resolve/holiday-horizon.ts';
import { levelTermsAt } from '../resolve/level-terms.ts';
import { coverOf, resolve, windowAt } from '../resolve/resolve.ts';
import { DAY, dateText } from '../time/date.ts';
import { formatInstant } from '../time/format.ts';
import type { Zone } from '../time/zone.ts';
import { clip, type Instant, type Interval, merge, overlay, type Span } from '../timeline.ts';
import type { FieldFault } from './parse.ts';

/** Who is on call for a change, by the escalation chain of the service; `person` is undefined for nobody. */
export interface OnThen {
  readonly role: RoleRef;
  readonly line: 'first' | 'second';
  readonly person: string | undefined;
}

/** The support that a service has during a change. */
export interface Support {
  readonly resolved: Resolved;
  readonly parts: readonly Span<string | undefined>[];
  /** Whether all of it is in the service's working hours. */
  readonly isWorking: boolean;
  readonly onThen: readonly OnThen[];
  /** The hand-overs during the change. */
  readonly handovers: readonly FieldFault[];
}

/** How far before and after a change to search for windows: more than a long holiday. */
const SEARCH_TIME = 15 * DAY;

/** The windows of a change and who is on call in them, or a message why that is unknown. */
export function supportOf(
  handbook: Handbook,
  service: Service,
  { span, zone }: { readonly span: Interval; readonly zone: Zone },
): Support | string {
  const level = handbook.serviceLevels.get(service.serviceLevel ?? '');
  if (level === undefined)
    return `the handbook does not define when ${service.id} is supported; arrange this with the team directly`;
  if (!isListed(handbook, level.hours, span)) {
    const endOn = dateText(zone.dayOf(span.endAt));
    return (
      `the holiday list of ${level.hours} does not cover ${endOn}, so who is on call then is unknown; ` +
      'extend it with "rota holidays"'
    );
  }
  const resolved = resolve(handbook, {
    startAt: span.startAt - SEARCH_TIME,
    endAt: span.endAt + SEARCH_TIME,
  });
  const windows = windowAt(resolved, level.hours);
  if (windows === undefined)
    return `the support hours of ${service.id} could not be read; see what "rota check" reports about them`;
  const parts = partsOf(clip(windows, span), span);
  const { clock } = levelTermsAt(handbook, level, span.startAt);
  const isWorkingHours = (window: string | undefined) => clock.get(window ?? '') === 'in_hours';
  const first = parts.find(({ value }) => !isWorkingHours(value)) ?? (parts[0] as Span<string | undefined>);
  const outOfHours = windows.filter(({ value }) => !isWorkingHours(value));
  const chain = chainNear(handbook, service, outOfHours, first.startAt);
  const isWorking = parts.every(({ value }) => isWorkingHours(value));
  if (chain === undefined && !isWorking)
    return `${service.id} has no support out of hours; arrange this with the team directly`;
  const seen = new Set<string>();
  const handovers: FieldFault[] = [];
  const everyday = (chain?.levels ?? []).filter(({ onlyFor }) => onlyFor === undefined);
  const onThen = everyday.slice(0, 2).flatMap(({ notify }, i) =>
    notify.flatMap((it): readonly OnThen[] => {
      if (it.kind !== 'role' || seen.has(roleText(it.role))) return [];
      seen.add(roleText(it.role));
      const [holder, next] = holdersOf(resolved, it.role, span);
      if (next !== undefined) {
        const [from, to] = [holder?.value ?? 'nobody', next.value ?? 'nobody'];
        const when = formatInstant(zone, next.startAt);
        handovers.push({
          field: 'Scheduled end',
          message:
            `${roleText(it.role)} is handed over from ${from} to ${to} ${when}, before this ends; ` +
            'request the part before and the part after separately',
        });
      }
      return [{ role: it.role, line: i === 0 ? 'first' : 'second', person: holder?.value }];
    }),
  );
  if (chain !== undefined && !isWorking && onThen.length === 0)
    return `${chain.id} calls no role, so nobody can be assigned; arrange this with the team directly`;
  return { resolved, parts, isWorking, onThen, handovers };
}

/** The chain for the last of the windows that has one and starts by an instant, otherwise for the first after it. */
function chainNear(
  { escalations }: Handbook,
  { escalation }: Service,
  windows: readonly Span<string>[],
  at: Instant,
): Escalation | undefined {
  const served = windows.filter(({ value }) => escalation.has(value));
  const near = served.findLast(({ startAt }) => startAt <= at) ?? served.find(({ startAt }) => startAt > at);
  return escalations.get(escalation.get(near?.value ?? '') ?? '');
}

/** Splits a span into the windows it overlaps and the gaps between them. */
function partsOf(
  windows: readonly Span<string>[],
  { startAt, endAt }: Interval,
): readonly Span<string | undefined>[] {
  const parts: Span<string | undefined>[] = [];
  let at = startAt;
  for (const window of windows) {
    if (window.startAt > at) parts.push({ startAt: at, endAt: window.startAt, value: undefined });
    parts.push(window);
    at = window.endAt;
  }
  return at < endAt ? [...parts, { startAt: at, endAt, value: undefined }] : parts;
}

/** Who holds a role during a span, in order: on duty, or otherwise by their turn. */
function holdersOf(resolved: Resolved, role: RoleRef, span: Interval): readonly Span<string | undefined>[] {
  const cover = coverOf(resolved, role);
  const people = overlay(cover?.afterTurnOverrides ?? [], cover?.cover() ?? []).map((it) => ({
    ...it,
    value: it.value.person,
  }));
  return partsOf(clip(merge(people), span), span);
}
