/**
 * The room's front door: a handbook to the files that are published, in pieces, so that no feed need fit into memory.
 * Pure; `write.ts` is the edge that puts them on disk. Every piece belongs to the end of the file of its path.
 */
import type { Assignment, Handbook, Rota } from '../model.ts';
import { publishedSpan, type RoleCover, shiftsTouching } from '../resolve/resolve.ts';
import { spokenSpan } from '../time.ts';
import { clip, type Instant, type Interval, indexFrom, type Span } from '../timeline.ts';
import { eventText, type Feed, feedHead, feedTail, feedText, nothing } from './calendar.ts';
import { indexPage } from './page.ts';
import { plannedEvents } from './planned.ts';
import { publishedName, shiftEntry } from './shifts.ts';
import { type WhoEntry, who } from './who.ts';

/** A piece of a published file, by its path below the output folder. */
export interface Piece {
  readonly path: string;
  readonly text: string;
}

/** A calendar that is or was published, as `calendars/index.json` lists them. */
export interface ListedFeed {
  readonly path: string;
  readonly name: string;
}

/** Everything that a publication is made from. */
export interface Publication {
  readonly handbook: Handbook;
  readonly now: Instant;
  /** When a file of the handbook last changed, by its path. */
  readonly revisedAt: (file: string) => Instant;
  /** The calendars that were there before; those without an owner stay, empty. */
  readonly previous: readonly ListedFeed[];
}

/** Where the list of calendars lies; an output folder is known by it. */
export const FEED_LIST = 'calendars/index.json';

/** The only paths that calendars have, so that a list from elsewhere can name no other file. */
export const isFeedPath = (path: string): boolean =>
  /^calendars\/(all|(people|teams)\/[a-z0-9-]{1,64}|rotas\/[a-z0-9-]{1,64}\/[a-z0-9-]{1,64})\.ics$/.test(
    path,
  );

/** All files of a publication, piece by piece. */
export function* publish(publication: Publication): Iterable<Piece> {
  const { handbook, now } = publication;
  const span = publishedSpan(handbook, now);
  const feeds = feedsOf(publication);
  const columns = new Columns();
  yield* calendars(publication, byRota(shiftsTouching(handbook, span), columns), feeds);
  yield* columns.file();
  const entries: readonly WhoEntry[] = who(handbook, now);
  yield { path: 'who.json', text: json(entries) };
  yield { path: FEED_LIST, text: json([...feeds].map(([path, { name }]) => ({ path, name }))) };
  yield {
    path: 'index.html',
    text: indexPage(
      handbook,
      entries,
      [...feeds].map(([path, { name }]) => ({ path, name })),
      now,
    ),
  };
}

/** The shifts of one role that touch the published span, whole. */
interface RoleShifts {
  readonly cover: RoleCover;
  readonly shifts: readonly Span<Assignment>[];
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const rotaFeed = (id: string): string => `calendars/rotas/${id}.ics`;
const personFeed = (id: string): string => `calendars/people/${id}.ics`;
const teamFeed = (id: string): string => `calendars/teams/${id}.ics`;
const ALL = 'calendars/all.ics';

/** Every calendar with its name, also those of people without shifts and of owners who are gone. */
function feedsOf({ handbook, previous }: Publication): ReadonlyMap<string, Feed> {
  const { site } = handbook.publishing;
  const feeds = new Map<string, Feed>();
  const add = (path: string, name: string, description: string) =>
    feeds.set(path, { name, description, source: site === undefined ? undefined : site + path, url: site });
  add(ALL, 'On call: everyone', 'Every shift of every rota');
  for (const { id, team, name } of handbook.rotas.values()) {
    const title = `${teamName(handbook, team)}, ${name}`;
    add(rotaFeed(id), `On call: ${title}`, `Every shift of the rota ${id}`);
    add(
      teamFeed(team),
      `On call: ${teamName(handbook, team)}`,
      `Every shift of the team ${teamName(handbook, team)}`,
    );
  }
  for (const { id, name } of handbook.teams.values())
    add(teamFeed(id), `On call: ${name}`, `Every shift of the team ${name}`);
  for (const id of handbook.people.keys()) {
    const name = publishedName(handbook, id);
    add(personFeed(id), `On call: ${name}`, `Every shift of ${name}`);
  }
  for (const { path, name } of previous) {
    if (isFeedPath(path) && !feeds.has(path))
      add(path, name, 'No longer in use; kept empty so that old entries disappear');
  }
  return new Map([...feeds].toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

const teamName = ({ teams }: Handbook, id: string): string => teams.get(id)?.name ?? id;

function* calendars(
  publication: Publication,
  rotas: Iterable<readonly [Rota, readonly RoleShifts[]]>,
  feeds: ReadonlyMap<string, Feed>,
): Iterable<Piece> {
  const open = new Map<string, string[]>();
  const last = lastRotas(publication.handbook);
  const written = new Set<string>([ALL]);
  const feedOf = (path: string): Feed =>
    feeds.get(path) ?? { name: path, description: '', source: undefined, url: undefined };
  const close = (path: string): Piece => {
    const piece = { path, text: feedText(feedOf(path), open.get(path) ?? []) };
    open.delete(path);
    written.add(path);
    return piece;
  };
  const { handbook, now, revisedAt } = publication;
  const planned = plannedEvents(handbook, publishedSpan(handbook, now), revisedAt);
  for (const { text, team, rotas: owners, people } of planned) {
    for (const path of [teamFeed(team), ...owners.map(rotaFeed), ...people.map(personFeed)])
      open.set(path, [...(open.get(path) ?? []), text]);
  }
  yield { path: ALL, text: feedHead(feedOf(ALL)) + planned.map(({ text }) => text).join('') };
  let events = planned.length;
  for (const [rota, own] of rotas) {
    const texts: string[] = [];
    const paths = new Set([rotaFeed(rota.id), teamFeed(rota.team)]);
    for (const path of paths) if (!open.has(path)) open.set(path, []);
    for (const { person: id, text } of eventTexts(publication, rota, own)) {
      texts.push(text);
      const person = personFeed(id);
      if (!open.has(person)) open.set(person, []);
      for (const path of [...paths, person]) open.get(path)?.push(text);
    }
    events += texts.length;
    yield { path: ALL, text: texts.join('') };
    for (const path of last.get(rota.id) ?? []) yield close(path);
  }
  yield { path: ALL, text: (events === 0 ? nothing : '') + feedTail };
  for (const path of feeds.keys()) if (!written.has(path)) yield close(path);
}

/** The feeds that are complete after each rota, so that they are written then and need not be kept. */
function lastRotas({ rotas }: Handbook): ReadonlyMap<string, readonly string[]> {
  const lastOf = new Map<string, string>();
  for (const rota of [...rotas.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1))) {
    lastOf.set(rotaFeed(rota.id), rota.id);
    lastOf.set(teamFeed(rota.team), rota.id);
    for (const { rotation, turns } of rota.roles.values()) {
      const named = [...rotation.flatMap(({ people }) => people), ...turns.values()];
      for (const { person } of named) lastOf.set(personFeed(person), rota.id);
    }
    for (const { assignment } of rota.overrides) lastOf.set(personFeed(assignment.person), rota.id);
  }
  const closing = new Map<string, string[]>();
  for (const [path, rota] of lastOf) {
    const own = closing.get(rota);
    if (own === undefined) closing.set(rota, [path]);
    else own.push(path);
  }
  return closing;
}

/** The shifts of one rota after another, noted down on the way by. */
function* byRota(
  roles: Iterable<RoleShifts>,
  columns: Columns,
): Iterable<readonly [Rota, readonly RoleShifts[]]> {
  let own: RoleShifts[] = [];
  for (const role of roles) {
    const [first] = own;
    if (first !== undefined && first.cover.rota !== role.cover.rota) {
      yield [first.cover.rota, own];
      own = [];
    }
    columns.note(role);
    own.push(role);
  }
  const [last] = own;
  if (last !== undefined) yield [last.cover.rota, own];
}

/** The events of one rota, in order of start. */
function eventTexts(
  publication: Publication,
  rota: Rota,
  roles: readonly RoleShifts[],
): readonly { person: string; text: string }[] {
  const { handbook } = publication;
  const { site } = handbook.publishing;
  const revisedAt = Math.max(...inputsOf(handbook, rota, roles).map(publication.revisedAt));
  const held = roles.flatMap(({ cover, shifts }) => shifts.map((shift) => ({ cover, shift })));
  return held
    .toSorted((one, other) => one.shift.startAt - other.shift.startAt)
    .map(({ cover, shift: { startAt, endAt, value } }) => {
      const name = publishedName(handbook, value.person);
      const duty = `${rota.name} (${cover.role.id})`;
      const text = eventText({
        identity: `${rota.id}/${cover.role.id}/${startAt}`,
        startAt,
        endAt,
        summary: `${name} on call: ${duty}`,
        description: [
          `${name}: ${teamName(handbook, rota.team)}, ${duty}`,
          `${spokenSpan(rota.zone, startAt, endAt)}, ${rota.zone.name}`,
          ...exceptions(handbook, cover, { startAt, endAt }),
        ],
        category: rota.name,
        url: site,
        revisedAt,
      });
      return { person: value.person, text };
    });
}

/** Whom somebody stands in for, and when. */
const exceptions = (handbook: Handbook, { rota, cover }: RoleCover, shift: Interval): readonly string[] =>
  clip(cover.slice(indexFrom(cover, shift.startAt)), shift).flatMap(
    ({ startAt, endAt, value: { insteadOf } }) =>
      insteadOf === undefined
        ? []
        : [`${spokenSpan(rota.zone, startAt, endAt)} instead of ${publishedName(handbook, insteadOf)}`],
  );

/** The files whose change can change a rota's shifts or their words. */
function inputsOf(
  handbook: Handbook,
  { team, terms, spot, overrides }: Rota,
  roles: readonly RoleShifts[],
): readonly string[] {
  const hours = terms.flatMap(({ hours: policy }) => handbook.hours.get(policy ?? '') ?? []);
  const holidays = hours.flatMap((it) =>
    it.terms.flatMap((own) => handbook.holidays.get(own.holidays ?? '') ?? []),
  );
  const named = [
    ...roles.flatMap(({ shifts }) => shifts.map(({ value }) => value.person)),
    ...overrides.flatMap(({ assignment }) => assignment.insteadOf ?? []),
  ];
  return [
    spot.file,
    `rotas/${team}/team.yaml`,
    'policies/publishing.yaml',
    ...hours.map((it) => it.spot.file),
    ...holidays.map((it) => it.spot.file),
    ...new Set(named.flatMap((id) => handbook.people.get(id)?.spot.file ?? [])),
  ];
}

/** Every shift in columns of numbers, because a million of them as objects would fill the memory. */
class Columns {
  readonly #seats: { readonly rota: string; readonly role: string }[] = [];
  readonly #people: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #seat: number[] = [];
  readonly #person: number[] = [];
  readonly #startAt: number[] = [];
  readonly #endAt: number[] = [];

  note({ cover: { rota, role }, shifts }: RoleShifts): void {
    const seat = this.#seats.push({ rota: rota.id, role: role.id }) - 1;
    for (const { startAt, endAt, value } of shifts) {
      let person = this.#numbers.get(value.person);
      if (person === undefined) {
        person = this.#people.push(value.person) - 1;
        this.#numbers.set(value.person, person);
      }
      this.#seat.push(seat);
      this.#person.push(person);
      this.#startAt.push(startAt);
      this.#endAt.push(endAt);
    }
  }

  /** As data, sorted by start, rota and role, in pieces of a thousand. */
  *file(): Iterable<Piece> {
    const path = 'shifts.json';
    const at = (column: readonly number[], i: number) => column[i] as number;
    // They were noted in order of rota and role, and sorting keeps that order among equal starts.
    const order = Uint32Array.from(this.#seat.keys()).sort(
      (i, j) => at(this.#startAt, i) - at(this.#startAt, j) || i - j,
    );
    for (let from = 0; from < order.length; from += 1000) {
      const lines = [...order.subarray(from, from + 1000)].map((i) => {
        const { rota, role } = this.#seats[at(this.#seat, i)] as { rota: string; role: string };
        const person = this.#people[at(this.#person, i)] as string;
        const shift = { rota, role, person, startAt: at(this.#startAt, i), endAt: at(this.#endAt, i) };
        return JSON.stringify(shiftEntry(shift));
      });
      yield { path, text: `${from === 0 ? '[\n' : ',\n'}${lines.join(',\n')}` };
    }
    yield { path, text: order.length === 0 ? '[]\n' : '\n]\n' };
  }
}
