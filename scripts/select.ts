/** Looks up the names and times given on the command line, and queries rotas. */
import type { Loaded } from '../actions/lib/load/load.ts';
import { type Handbook, isUnread, priorityIds, type Rota, type Service } from '../actions/lib/model.ts';
import { isWithinHolidayLists } from '../actions/lib/resolve/holiday-horizon.ts';
import { didYouMean } from '../actions/lib/text/suggest.ts';
import { dateText } from '../actions/lib/time/date.ts';
import { type Zone, zoneOf } from '../actions/lib/time/zone.ts';
import type { Interval } from '../actions/lib/timeline.ts';
import type { Moment } from './arguments.ts';
import { EXIT, type ExitStatus, type Terminal, UnknownResult, UsageError } from './terminal.ts';

/**
 * The error for a name that the handbook does not have; suggests the nearest name, or lists all names if they are
 * few.
 */
export function unknownName(what: string, id: string, names: Iterable<string>): UsageError {
  const all = [...names].toSorted();
  const few =
    all.length === 0 ? '; there are none yet' : all.length > 12 ? '' : `; there are ${all.join(', ')}`;
  return new UsageError(`there is no ${what} "${id}"${didYouMean(id, all) || few}`);
}

/** The rota of an id, or all of them in order of id; none where its file could not be read. */
export function selectRotas({ handbook }: Loaded, id: string | undefined): readonly Rota[] {
  if (id === undefined)
    return [...handbook.rotas.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const rota = handbook.rotas.get(id);
  if (rota !== undefined) return [rota];
  if (isUnread(handbook, 'rota', id)) return [];
  throw unknownName('rota', id, handbook.rotas.keys());
}

/** Throws if there is no such person; one whose file could not be read may exist. */
export function requireKnownPerson({ handbook }: Loaded, person: string | undefined): void {
  if (person !== undefined && !handbook.people.has(person) && !isUnread(handbook, 'people', person))
    throw unknownName('person', person, handbook.people.keys());
}

/** The service of an id, and the zone of its support hours. */
export function selectService(
  { handbook }: Loaded,
  id: string,
): { readonly service: Service; readonly zone: Zone } {
  const service = handbook.services.get(id);
  if (service === undefined && isUnread(handbook, 'services', id)) {
    throw new UnknownResult(`the service ${id} could not be read, so it is unknown who is called for it`);
  }
  if (service === undefined) {
    throw unknownName('service', id, handbook.services.keys());
  }
  const hours = handbook.hours.get(handbook.serviceLevels.get(service.serviceLevel ?? '')?.hours ?? '');
  return { service, zone: hours?.zone ?? zoneOf('UTC') };
}

/** Throws if a service's level has no such priority. */
export function requirePriority(
  { serviceLevels }: Handbook,
  service: Service,
  priority: string | undefined,
): void {
  if (priority === undefined) return;
  const level = serviceLevels.get(service.serviceLevel ?? '');
  if (level === undefined && service.serviceLevel === undefined)
    throw new UsageError(`${service.id} has no service level, so it has no priorities; leave out --priority`);
  const known = level === undefined ? undefined : priorityIds(level);
  if (level !== undefined && known?.has(priority) === false)
    throw unknownName(`priority of ${level.id}`, priority, known);
}

/**
 * The zone of local times: the one that is named, or the only one of these rotas. Throws where there are several zones,
 * because a local time would then be several instants; `command` shows how to name a rota.
 */
export function zoneOfTimes(
  rotas: readonly Rota[],
  named: Zone | undefined,
  moments: readonly Moment[],
  command: string,
): Zone {
  if (named !== undefined) return named;
  const zones = [...new Set(rotas.map(({ zone }) => zone))].toSorted((one, other) =>
    one.name < other.name ? -1 : 1,
  );
  const local = moments.find((moment) => moment.local !== undefined)?.local;
  const [first] = zones;
  if (zones.length > 1 && local !== undefined)
    throw new UsageError(
      `${local} is not one instant: there are rotas in ${zones.map(({ name }) => name).join(', ')}; ` +
        `add --zone ${first?.name}${orRota(command, rotas[0])}`,
    );
  return first ?? zoneOf('UTC');
}

/** Where a command takes a rota, how to name one instead. */
const orRota = (command: string, rota: Rota | undefined): string =>
  command.includes('ROTA') ? `, or name a rota: rota ${command.replace('ROTA', rota?.id ?? '')}` : '';

/**
 * The zone of a local time about all services: the one that is named, or the only one of their support hours. Throws
 * where there are several, as `zoneOfTimes` does.
 */
export function zoneOfServices(
  { handbook: { services, serviceLevels, hours } }: Loaded,
  named: Zone | undefined,
  { local }: Moment,
  command: string,
): Zone {
  if (named !== undefined) return named;
  const levels = [...services.values()].map(({ serviceLevel }) => serviceLevels.get(serviceLevel ?? ''));
  const zones = new Set(levels.flatMap((level) => hours.get(level?.hours ?? '')?.zone ?? []));
  const names = [...zones].map(({ name }) => name).toSorted();
  if (names.length > 1 && local !== undefined)
    throw new UsageError(
      `${local} is not one instant: there are services in ${names.join(', ')}; add --zone: ` +
        `rota ${command} --at ${local} --zone ${names[0]}`,
    );
  return zones.values().next().value ?? zoneOf('UTC');
}

/** Whether there is no rota at all, readable or not. */
export const isWithoutRota = ({ handbook }: Loaded): boolean =>
  handbook.rotas.size === 0 && !handbook.unread.some(({ kind }) => kind === 'rota');

/** Said in place of an empty list. */
export const NO_ROTA = 'there is no rota in rotas/ yet, so nobody is on';

/** The rotas that name a person, or all of them without a person. */
export const rotasNaming = (rotas: readonly Rota[], person: string | undefined): readonly Rota[] =>
  person === undefined ? rotas : rotas.filter((rota) => isNamedIn(rota, person));

const isNamedIn = ({ roles, overrides }: Rota, person: string): boolean =>
  overrides.some(({ assignment }) => assignment.person === person) ||
  [...roles.values()].some(
    ({ rotation, turns }) =>
      rotation.some(({ people }) => people.some((it) => it.person === person)) ||
      [...turns.values()].some((it) => it.person === person),
  );

/**
 * Queries rotas over a span, in the zone of each; the entries are sorted by rota. A rota whose holiday list ends
 * within the span is omitted, with a warning and the status of findings.
 */
export function queryRotas<T extends { readonly rota: string }>(
  { handbook }: Loaded,
  rotas: readonly Rota[],
  spanIn: (zone: Zone) => Interval,
  query: (handbook: Handbook, span: Interval) => readonly T[],
  { warn }: Terminal,
): { readonly entries: readonly T[]; readonly status: ExitStatus } {
  const spans = new Map([...new Set(rotas.map(({ zone }) => zone))].map((zone) => [zone, spanIn(zone)]));
  const entries: T[] = [];
  let status: ExitStatus = EXIT.ok;
  for (const [zone, span] of spans) {
    if (span.startAt >= span.endAt) throw new UsageError('--from is not before --to');
    const known = rotas.filter((rota) => rota.zone === zone && isWithinHolidayLists(handbook, rota, span));
    const beyond = rotas.filter((rota) => rota.zone === zone && !known.includes(rota));
    if (beyond.length > 0) {
      const from = dateText(zone.dayOf(span.startAt));
      const to = dateText(zone.dayOf(span.endAt - 1));
      const names = beyond.map(({ id }) => id).join(', ');
      const days = from === to ? from : `from ${from} to ${to}`;
      warn(
        `${names}: the holiday list of their support hours does not reach ${days}; extend it with "rota holidays"`,
      );
      status = EXIT.findings;
    }
    for (const entry of query({ ...handbook, rotas: new Map(known.map((rota) => [rota.id, rota])) }, span))
      entries.push(entry);
  }
  return {
    entries: entries.toSorted((one, other) => (one.rota < other.rota ? -1 : one.rota > other.rota ? 1 : 0)),
    status,
  };
}
