/**
 * Planned changes as they leave the repository: an event in the calendars of those they concern, and a part of the front
 * page. Takes a handbook and a span, gives text. An event is known by the change's id, so that a calendar moves it when
 * the change moves, whoever is there. Pure.
 */
import { type Handbook, type PlannedChange, roleText } from '../model.ts';
import { publishedName } from '../query/shifts.ts';
import { formatSpan } from '../time/format.ts';
import type { Instant, Interval } from '../timeline.ts';
import { eventText } from './calendar.ts';

/** The lines of one event, and whose calendars carry it. */
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
        ({ role, person }) => `${publishedName(handbook, person)} is there (${roleText(role)})`,
      ),
      ...(request === undefined ? [] : [`Asked for at ${request}`]),
    ],
    category: 'Planned change',
    url: handbook.publishing.site,
    revisedAt,
  });
}

/** What people call the service of a change. */
export const serviceName = ({ services }: Handbook, { service }: PlannedChange): string =>
  services.get(service)?.name ?? service;

/** The files whose change can change an event's words. */
const inputsOf = ({ people, services }: Handbook, change: PlannedChange): readonly string[] => [
  change.location.file,
  'policies/publishing.yaml',
  ...[services.get(change.service)].flatMap((service) => service?.location.file ?? []),
  ...change.assigned.flatMap(({ person }) => people.get(person)?.location.file ?? []),
];
