/**
 * Generates all published files from a handbook, in pieces, so that no feed has to fit into memory. Each piece is
 * appended to the file at its path. Pure; `write.ts` writes the pieces to disk.
 */
import type { Handbook, Rota } from '../model.ts';
import { type WhoEntry, who } from '../query/on-call.ts';
import { rosterOf } from '../query/roster.ts';
import { publishedName, teamName } from '../query/shifts.ts';
import { publishedSpan, shiftsTouching } from '../resolve/resolve.ts';
import { forJson } from '../text/escape.ts';
import type { Instant, Interval } from '../timeline.ts';
import { busyPeople } from './busy.ts';
import { type Feed, feedHead, feedTail, feedText, NO_EVENTS } from './calendar.ts';
import { ALL, busyFeed, FEED_LIST, isFeedPath, personFeed, rotaFeed, teamFeed } from './feeds.ts';
import { meetingEvents } from './meeting-events.ts';
import { pages } from './page/pages.ts';
import { plannedEvents } from './planned-events.ts';
import type { Piece, Publication } from './publication.ts';
import { plannedFiles, type RoleShifts, revisionOf, type ShiftEvent, shiftEvents } from './shift-events.ts';
import { PackedShifts } from './shift-table.ts';
import { supportNotes } from './support-notes.ts';

/** All files of a publication, in pieces. */
export function* publish(publication: Publication): Iterable<Piece> {
  yield* data(publication);
  yield* pages(publication);
}

/** The files for other programs: all calendars, the shifts, who is on call. */
export function* data(publication: Publication): Iterable<Piece> {
  const { handbook, now } = publication;
  const span = publishedSpan(handbook, now);
  const feeds = feedNames(publication);
  const packed = new PackedShifts();
  yield* calendars(publication, byRota(shiftsTouching(handbook, span), packed), feeds);
  for (const text of packed.json()) yield { path: 'shifts.json', text };
  const entries: readonly WhoEntry[] = who(handbook, now);
  yield { path: 'who.json', text: json(entries) };
  yield { path: FEED_LIST, text: json([...feeds].map(([path, name]) => ({ path, name }))) };
}

const json = (value: unknown): string => `${forJson(JSON.stringify(value, null, 2))}\n`;

/** Calendar names by path, sorted, including those of people without shifts and of owners who were removed. */
function feedNames({ handbook, previous }: Publication): ReadonlyMap<string, string> {
  const names = new Map([[ALL, 'On call: everyone']]);
  for (const { id, team, name } of handbook.rotas.values()) {
    names.set(rotaFeed(id), `On call: ${teamName(handbook, team)}, ${name}`);
    names.set(teamFeed(team), `On call: ${teamName(handbook, team)}`);
  }
  for (const { id, name } of handbook.teams.values()) names.set(teamFeed(id), `On call: ${name}`);
  for (const id of handbook.people.keys())
    names.set(personFeed(id), `On call: ${publishedName(handbook, id)}`);
  for (const id of busyPeople(handbook))
    names.set(busyFeed(id), `On call, busy in hours: ${publishedName(handbook, id)}`);
  for (const { path, name } of previous)
    if (isFeedPath(path) && !names.has(path)) names.set(path, isOfPerson(path) ? NO_LONGER : name);
  return new Map([...names].toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

const isOfPerson = (path: string): boolean => path.startsWith('calendars/people/');

/** The name of a removed person is not published: the policy on names may have changed since. */
const NO_LONGER = 'On call: no longer in use';

/** The properties of a feed; one without an owner is described as no longer in use. */
function feedOf(handbook: Handbook, busy: ReadonlySet<string>, path: string, name: string): Feed {
  const { site } = handbook.publishing;
  const [, kind, id = ''] = /^calendars\/([a-z]+)\/(.*)\.ics$/.exec(path) ?? [];
  return {
    name,
    description: descriptionOf(handbook, busy, kind, id),
    source: site === undefined ? undefined : site + path,
    url: site,
  };
}

function descriptionOf(
  handbook: Handbook,
  busy: ReadonlySet<string>,
  kind: string | undefined,
  id: string,
): string {
  if (kind === undefined) return 'Every shift of every rota';
  if (kind === 'rotas' && handbook.rotas.has(id)) return `Every shift of the rota ${id}`;
  if (kind === 'teams' && isTeam(handbook, id)) return `Every shift of the team ${teamName(handbook, id)}`;
  if (kind === 'people' && handbook.people.has(id)) return `Every shift of ${publishedName(handbook, id)}`;
  const person = id.slice(0, -'-busy'.length);
  if (kind === 'people' && id.endsWith('-busy') && busy.has(person))
    return `Every shift of ${publishedName(handbook, person)}, those within working hours as busy time`;
  return 'No longer in use; kept empty so that old entries disappear';
}

const isTeam = ({ teams, rotas }: Handbook, id: string): boolean =>
  teams.has(id) || [...rotas.values()].some(({ team }) => team === id);

function* calendars(
  publication: Publication,
  rotas: Iterable<readonly [Rota, readonly RoleShifts[]]>,
  feeds: ReadonlyMap<string, string>,
): Iterable<Piece> {
  const { handbook, now, revisedAt } = publication;
  const span = publishedSpan(handbook, now);
  const busy = busyPeople(handbook);
  const planned = plannedEvents(handbook, span, revisedAt);
  const plannedAt = Math.max(0, ...plannedFiles(handbook).map(revisedAt));
  const open = plannedByFeed(planned, busy);
  const last = lastRotas(handbook, busy);
  const written = new Set<string>([ALL]);
  const feed = (path: string) => feedOf(handbook, busy, path, feeds.get(path) ?? path);
  const close = (path: string): Piece => {
    const piece = { path, text: feedText(feed(path), open.get(path) ?? []) };
    open.delete(path);
    written.add(path);
    return piece;
  };
  yield { path: ALL, text: feedHead(feed(ALL)) + planned.map(({ text }) => text).join('') };
  let events = planned.length;
  for (const [rota, own] of rotas) {
    for (const path of [rotaFeed(rota.id), teamFeed(rota.team)]) if (!open.has(path)) open.set(path, []);
    const revised = revisionOf(publication, rota, plannedAt);
    const shifts = shiftEvents(handbook, rota, own, revised);
    for (const [path, text] of [
      ...ofShifts(shifts, rota, busy),
      ...ofTurns(handbook, { rota, own, span, revised }, busy),
    ]) {
      const texts = open.get(path);
      if (texts === undefined) open.set(path, [text]);
      else texts.push(text);
    }
    events += shifts.length;
    yield { path: ALL, text: shifts.map(({ text }) => text).join('') };
    for (const path of last.get(rota.id) ?? []) yield close(path);
  }
  yield { path: ALL, text: (events === 0 ? NO_EVENTS : '') + feedTail };
  for (const path of feeds.keys()) if (!written.has(path)) yield close(path);
}

/** Each shift in the calendars of its rota, its team and its person. */
const ofShifts = (
  shifts: readonly ShiftEvent[],
  rota: Rota,
  busy: ReadonlySet<string>,
): readonly (readonly [path: string, text: string])[] =>
  shifts.flatMap(({ person, text, busy: busyText }) => [
    [rotaFeed(rota.id), text],
    [teamFeed(rota.team), text],
    [personFeed(person), text],
    ...(busy.has(person) ? [[busyFeed(person), busyText] as const] : []),
  ]);

/** The meetings of hand-overs in the calendars of the rota, its team and its people, and what people keep free of. */
function ofTurns(
  handbook: Handbook,
  {
    rota,
    own,
    span,
    revised,
  }: {
    readonly rota: Rota;
    readonly own: readonly RoleShifts[];
    readonly span: Interval;
    readonly revised: Instant;
  },
  busy: ReadonlySet<string>,
): readonly (readonly [path: string, text: string])[] {
  const meetings = meetingEvents(handbook, rota, span, revised);
  const notes = own.flatMap(({ cover }) => supportNotes(handbook, cover, span, revised));
  const personal = [...meetings, ...notes].flatMap(({ people, text }) =>
    people.flatMap((id) => personPaths(id, busy).map((path) => [path, text] as const)),
  );
  const shared = [rotaFeed(rota.id), teamFeed(rota.team)];
  return [...shared.flatMap((path) => meetings.map(({ text }) => [path, text] as const)), ...personal];
}

/** The calendars of a person. */
const personPaths = (id: string, busy: ReadonlySet<string>): readonly string[] =>
  busy.has(id) ? [personFeed(id), busyFeed(id)] : [personFeed(id)];

function plannedByFeed(
  planned: ReturnType<typeof plannedEvents>,
  busy: ReadonlySet<string>,
): Map<string, string[]> {
  const open = new Map<string, string[]>();
  for (const { text, team, rotas, people } of planned)
    for (const path of [
      teamFeed(team),
      ...rotas.map(rotaFeed),
      ...people.flatMap((id) => personPaths(id, busy)),
    ])
      open.set(path, [...(open.get(path) ?? []), text]);
  return open;
}

/** The feeds that are complete after each rota: they are written then, and not kept in memory. */
function lastRotas({ rotas }: Handbook, busy: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const lastOf = new Map<string, string>();
  for (const rota of [...rotas.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1))) {
    lastOf.set(rotaFeed(rota.id), rota.id);
    lastOf.set(teamFeed(rota.team), rota.id);
    for (const person of rosterOf(rota))
      for (const path of personPaths(person, busy)) lastOf.set(path, rota.id);
  }
  const closing = new Map<string, string[]>();
  for (const [path, rota] of lastOf) {
    const own = closing.get(rota);
    if (own === undefined) closing.set(rota, [path]);
    else own.push(path);
  }
  return closing;
}

/** Groups shifts by rota, and adds each to `packed`. */
function* byRota(
  roles: Iterable<RoleShifts>,
  packed: PackedShifts,
): Iterable<readonly [Rota, readonly RoleShifts[]]> {
  let own: RoleShifts[] = [];
  for (const role of roles) {
    const [first] = own;
    if (first !== undefined && first.cover.rota !== role.cover.rota) {
      yield [first.cover.rota, own];
      own = [];
    }
    packed.add(role.cover.rota.id, role.cover.role.id, role.shifts);
    own.push(role);
  }
  const [last] = own;
  if (last !== undefined) yield [last.cover.rota, own];
}
