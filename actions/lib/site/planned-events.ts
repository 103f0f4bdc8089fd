/**
 * Published planned changes: events in the calendars of the team, the rotas and the people involved. Takes a handbook
 * and a span, returns text. The UID of an event derives from the change's id, so that calendars move the event when the
 * change moves or is assigned to other people. Pure.
 */
import { type Handbook, type PlannedChange, roleText } from '../model.ts';
import { publishedName } from '../query/shifts.ts';
import { formatSpan } from '../time/format.ts';
import type { Instant, Interval } from '../timeline.ts';
import { eventText } from './calendar.ts';

/** The text of one event, and whose calendars include it. */
export interface PlannedEvent {
  readonly text: string;
  readonly team: string;
  readonly rotas: readonly string[];
  readonly people: readonly string[];
}

/** The planned changes that touch a span, in order of start. */
export const plannedWithin = (
  { changes }: Handbook,
  { startAt, endAt }: Interval,
): readonly PlannedChange[] =>
  [...changes.values()]
    .filter((change) => change.startAt < endAt && change.endAt > startAt)
    .toSorted((one, other) => one.startAt - other.startAt || (one.id < other.id ? -1 : 1));

/** An event for each planned change that touches a span. */
export const plannedEvents = (
  handbook: Handbook,
  span: Interval,
  revisedAt: (file: string) => Instant,
): readonly PlannedEvent[] =>
  plannedWithin(handbook, span).map((change) => {
    const { assigned, team } = change;
    const people = [...new Set(assigned.map(({ person }) => person))];
    return {
      text: textOf(handbook, change, Math.max(...inputsOf(handbook, change).map(revisedAt))),
      team,
      rotas: [...new Set(assigned.map(({ role }) => role.rota))],
      people,
    };
  });

function textOf(handbook: Handbook, change: PlannedChange, revisedAt: Instant): string {
  const { id, startAt, endAt, summary, zone, assigned, request } = change;
  const service = serviceName(handbook, change);
  return eventText({
    identity: `planned change ${id}`,
    startAt,
    endAt,
    summary: `Planned change: ${service}: ${summary}`,
    description: [
      `${service}: ${summary}`,
      `${formatSpan(zone, startAt, endAt, startAt)}, ${zone.name}`,
      ...assigned.map(
        ({ role, person }) => `${publishedName(handbook, person)} supports it (${roleText(role)})`,
      ),
      ...(request === undefined || !handbook.publishing.requests ? [] : [`Requested in ${request}`]),
    ],
    category: 'Planned change',
    url: handbook.publishing.site,
    revisedAt,
  });
}

/** The display name of a change's service. */
export const serviceName = ({ services }: Handbook, { service }: PlannedChange): string =>
  services.get(service)?.name ?? service;

/** The files that an event's text depends on. */
const inputsOf = ({ people, services }: Handbook, change: PlannedChange): readonly string[] => [
  change.location.file,
  'policies/publishing.yaml',
  ...[services.get(change.service)].flatMap((service) => service?.location.file ?? []),
  ...change.assigned.flatMap(({ person }) => people.get(person)?.location.file ?? []),
];
