/** What the command line is given, made into values: times, folders, names. Wrong words end in `WrongUse`. */
import { InvalidArgumentError } from 'commander';
import { described } from '../actions/lib/check/describe.ts';
import { locate } from '../actions/lib/check/locate.ts';
import { readBase } from '../actions/lib/git/revision.ts';
import { readFolder } from '../actions/lib/git/working-tree.ts';
import { type Loaded, load, type Texts } from '../actions/lib/load/load.ts';
import {
  type Handbook,
  isUnread,
  type RoleRef,
  type Rota,
  roleText,
  type Service,
} from '../actions/lib/model.ts';
import type { Base } from '../actions/lib/pipeline.ts';
import type { EscalationSteps } from '../actions/lib/query/on-call.ts';
import { isListed, isWithinHolidayLists } from '../actions/lib/resolve/holiday-horizon.ts';
import { coverOf, resolve } from '../actions/lib/resolve/resolve.ts';
import { countOf, findingLines } from '../actions/lib/text/findings.ts';
import { didYouMean } from '../actions/lib/text/suggest.ts';
import { dateText, wallOfText } from '../actions/lib/time/date.ts';
import { instantOfText, type Zone, zoneOf } from '../actions/lib/time/zone.ts';
import type { Instant, Interval } from '../actions/lib/timeline.ts';
import { EXIT, limitHeapGrowth, Unanswerable, UsageError, warn } from './terminal.ts';

/** What every command is given. */
export interface Globals {
  readonly root: string;
  readonly now: Instant;
  readonly format: 'table' | 'json';
}

/** A time as given: an instant, or what the clock of whichever rota is asked about shows. */
export type Moment = (zone: Zone) => Instant;

export function instant(text: string): Instant {
  const at = instantOfText(text);
  if (at === undefined)
    throw new InvalidArgumentError('Write it as 2026-12-02T10:00:00Z, in the years 2000 to 2099.');
  return at;
}

export function moment(text: string): Moment {
  const at = instantOfText(text);
  if (at !== undefined) return () => at;
  if (!/^20\d\d-\d\d-\d\d(T([01]\d|2[0-3]):[0-5]\d)?$/.test(text))
    throw new InvalidArgumentError('Write it as 2026-12-02, 2026-12-02T10:00 or 2026-12-02T10:00:00Z.');
  const wall = wallOfText(text.length === 10 ? `${text}T00:00` : text);
  if (wall === undefined) throw new InvalidArgumentError('There is no such day.');
  return (zone) => zone.instantOf(wall);
}

export function years(text: string): [number, number] {
  const [, first, last] = /^(20\d\d)(?:-(20\d\d))?$/.exec(text) ?? [];
  const span: [number, number] = [Number(first), Number(last ?? first)];
  if (first === undefined) throw new InvalidArgumentError('Write it as 2026-2030.');
  if (span[1] < span[0]) throw new InvalidArgumentError(`The first year comes first: ${last}-${first}.`);
  return span;
}

export function port(text: string): number {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number <= 65_535)) throw new InvalidArgumentError('Write a number from 0 to 65535.');
  return number;
}

/** The texts of the handbook in a folder. */
export function textsIn(root: string): Texts {
  const texts = readFolder(root);
  if (texts === undefined)
    throw new UsageError(
      `there is no rotas/ and no policies/ in ${root}; name the folder that holds them with --root`,
    );
  limitHeapGrowth(texts.texts.size);
  return texts;
}

/** The handbook as it was where this line of work left a revision, to compare with. */
export function beforeAt(root: string, base: string | undefined): Base | undefined {
  if (base === undefined) return undefined;
  const revision = readBase(root, base);
  if ('trouble' in revision) throw new UsageError(revision.trouble);
  return { texts: revision, pull: undefined };
}

/** The handbook in a folder, to answer from. What could not be read is said, and leaves the status of an error, but does not hide the rest. */
export function readable(root: string): Loaded {
  const texts = textsIn(root);
  const loaded = load(texts);
  const errors = locate(loaded.findings, texts);
  if (errors.length > 0) {
    for (const line of findingLines(described(errors), (_, text) => text)) warn(line);
    warn(`answering without what could not be read: ${countOf(errors)}`);
    process.exitCode = EXIT.findings;
  }
  return loaded;
}

/** A name that the handbook does not have, with the one that was probably meant, or all where they are few. */
export function unknown(what: string, id: string, names: Iterable<string>): UsageError {
  const all = [...names].toSorted();
  const few =
    all.length === 0 ? '; there are none yet' : all.length > 12 ? '' : `; there are ${all.join(', ')}`;
  return new UsageError(`there is no ${what} "${id}"${didYouMean(id, all) || few}`);
}

/** The rota asked about, or all of them. */
export function asked({ handbook }: Loaded, id: string | undefined): readonly Rota[] {
  if (id === undefined)
    return [...handbook.rotas.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const rota = handbook.rotas.get(id);
  if (rota !== undefined) return [rota];
  if (isUnread(handbook, 'rota', id)) return [];
  throw unknown('rota', id, handbook.rotas.keys());
}

/** The calls for a service, unless errors in the handbook make them a guess. */
export function answerable(
  { handbook }: Loaded,
  service: Service,
  calls: EscalationSteps,
  at: Instant,
): EscalationSteps {
  const level = handbook.serviceLevels.get(service.serviceLevel ?? '');
  const chain = service.escalation.get(calls.window ?? '');
  const isUnread =
    service.serviceLevel !== undefined && (level === undefined || !handbook.hours.has(level.hours));
  if (isUnread || (chain !== undefined && !handbook.escalations.has(chain))) {
    throw new Unanswerable(`what says who is called for ${service.id} could not be read, so nobody can say`);
  }
  const span = { startAt: at, endAt: at + 1 };
  if (level !== undefined && !isListed(handbook, level.hours, span)) {
    throw new Unanswerable(
      `the holiday list of ${level.hours} does not reach that day, so nobody can say who is called; extend it with "rota holidays"`,
    );
  }
  for (const { rota, role } of calls.levels.flatMap(({ notify }) => notify)) {
    if (rota !== null && role !== null) sayable(handbook, { rota, role }, span);
  }
  return calls;
}

/** Refuses where nobody can say who is in a role; an empty seat would look like an answer. */
function sayable(handbook: Handbook, ref: RoleRef, span: Interval): void {
  const rota = handbook.rotas.get(ref.rota);
  const rotas = new Map(rota === undefined ? [] : [[rota.id, rota]]);
  if (rota === undefined || coverOf(resolve({ ...handbook, rotas }, span), ref) === undefined) {
    throw new Unanswerable(
      `what says who is ${roleText(ref)} could not be read, so nobody can say who is called`,
    );
  }
  if (!isWithinHolidayLists(handbook, rota, span)) {
    throw new Unanswerable(
      `${roleText(ref)} is called, and the holiday list of its support hours does not reach that day, so nobody can say who is called; extend it with "rota holidays"`,
    );
  }
}

/** The service asked about, and the zone in which it has its hours. */
export function askedService(
  { handbook }: Loaded,
  id: string,
): { readonly service: Service; readonly zone: Zone } {
  const service = handbook.services.get(id);
  if (service === undefined && isUnread(handbook, 'services', id)) {
    throw new Unanswerable(`the service ${id} could not be read, so nobody can say who is called for it`);
  }
  if (service === undefined) {
    throw unknown('service', id, handbook.services.keys());
  }
  const hours = handbook.hours.get(handbook.serviceLevels.get(service.serviceLevel ?? '')?.hours ?? '');
  return { service, zone: hours?.zone ?? zoneOf('UTC') };
}

/**
 * Answers for rotas over a span that each sees in its own zone, in order of rota. Past the end of a holiday list nobody
 * can say who is on, so of such a rota nothing is said but that.
 */
export function answered<T extends { readonly rota: string }>(
  { handbook }: Loaded,
  rotas: readonly Rota[],
  spanIn: (zone: Zone) => Interval,
  answer: (handbook: Handbook, span: Interval) => readonly T[],
): readonly T[] {
  const spans = new Map([...new Set(rotas.map(({ zone }) => zone))].map((zone) => [zone, spanIn(zone)]));
  const answers: T[] = [];
  for (const [zone, span] of spans) {
    if (span.startAt >= span.endAt) throw new UsageError('--from is not before --to');
    const known = rotas.filter((rota) => rota.zone === zone && isWithinHolidayLists(handbook, rota, span));
    const beyond = rotas.filter((rota) => rota.zone === zone && !known.includes(rota));
    if (beyond.length > 0) {
      const [from, to] = [dateText(zone.dayOf(span.startAt)), dateText(zone.dayOf(span.endAt - 1))];
      warn(
        `${beyond.map(({ id }) => id).join(', ')}: the holiday list of their support hours does not reach ${from === to ? from : `from ${from} to ${to}`}; extend it with "rota holidays"`,
      );
      process.exitCode = EXIT.findings;
    }
    answers.push(...answer({ ...handbook, rotas: new Map(known.map((rota) => [rota.id, rota])) }, span));
  }
  return answers.toSorted((one, other) => (one.rota < other.rota ? -1 : one.rota > other.rota ? 1 : 0));
}
