/**
 * The room's front door: texts of files to a handbook and everything that is wrong with them. Pure; nothing is thrown
 * for what a file may say. A thing that could not be read is left out of the handbook and named in `unread`; the rest
 * of its file, and all other files, are read on.
 */
import type {
  Contact,
  Escalation,
  Finding,
  Handbook,
  Holidays,
  Hours,
  PathLocation,
  Person,
  PlannedChange,
  Rota,
  Service,
  ServiceLevel,
  Team,
} from '../model.ts';
import * as policy from './cross-policies.ts';
import * as cross from './cross-rotas.ts';
import { type Read, type Report, reportFaults } from './file-findings.ts';
import { identify, type Kind, meantBy } from './identify.ts';
import * as policies from './policies.ts';
import type { Path, RawFile } from './raw-data.ts';
import { unknownNames } from './references.ts';
import { schemaFaults } from './schema.ts';
import { type Outline, outlineOf, parse, scalarText } from './source.ts';
import { timeFaults } from './times.ts';
import { oddIndents } from './yaml-mistakes.ts';

/** The files of a handbook as text, by path relative to its root with `/` between, and what could not be read. */
export interface Texts {
  readonly texts: ReadonlyMap<string, string>;
  readonly findings: readonly Finding[];
}

/** A handbook and what is wrong with its files. */
export interface Loaded {
  readonly handbook: Handbook;
  readonly findings: readonly Finding[];
}

/** Where everything stands in the text of a file that was read without a fault, for whoever edits it in place. */
export const outline = (text: string): Outline => outlineOf(text);

/** A text as YAML writes it: plain where it can be, in quotes where plain it would be something else. */
export const scalar = (text: string): string => scalarText(text);

/** Reads every file of a handbook; the order in which the texts come makes no difference. */
export function load(given: Texts): Loaded {
  const findings: Finding[] = [...given.findings];
  const say: Report = (rule, location, message) =>
    void findings.push({ rule, code: 'message', severity: 'error', args: { message }, location });
  const files = readAll(given, say);
  const unknown = Map.groupBy(unknownNames(files), ({ location }) => location.file);
  for (const file of files) reportFaults(file, unknown.get(file.file) ?? [], say);
  const vital = (file: string) => (unknown.get(file) ?? []).filter((it) => it.vital);
  const handbook = assemble(files, (file) => vital(file).map(({ location }) => location.path));
  return { handbook, findings };
}

/**
 * Every file of a known kind, in order of path; the data of one that could not be read is undefined. One whose name keeps
 * it from being read counts as that, so that not everything it would define is called unknown.
 */
function readAll({ texts, findings }: Texts, say: Report): readonly Read[] {
  const files: Read[] = [];
  const misnamed: Read[] = [];
  const unopened = new Set(findings.map(({ location }) => location.file));
  for (const file of [...texts.keys(), ...unopened].toSorted()) {
    const identity = identify(file);
    if (typeof identity !== 'string')
      files.push(read({ file, ...identity, data: undefined }, texts.get(file), say));
    else {
      if (!unopened.has(file)) say('yaml', { file, offset: 0 }, identity);
      const meant = meantBy(file);
      if (meant !== undefined) misnamed.push(read({ file, ...meant, data: undefined }, undefined, say));
    }
  }
  // A file that is there under the right name is read all the same; but people may stand in more files than one.
  const there = new Set(files.map(({ kind, id }) => `${kind} ${id}`));
  return [...files, ...misnamed.filter(({ kind, id }) => kind === 'people' || !there.has(`${kind} ${id}`))];
}

function read(file: RawFile, text: string | undefined, say: Report): Read {
  const unread: Read = { ...file, text: text ?? '', faults: [] };
  if (text === undefined) return unread;
  const parsed = parse(text);
  const given = { ...file, data: parsed.data };
  const faults =
    parsed.data === undefined ? [] : [...schemaFaults(file.kind, parsed.data), ...timeFaults(given)];
  // Odd spaces make keys of no kind without a fault in the YAML; what else is said of the file follows from them.
  const inText = faults.length === 0 ? parsed.faults : oddIndents(text);
  for (const { offset, message } of inText) say('yaml', { file: file.file, offset }, message);
  return inText.length > 0 ? unread : { ...given, text, faults };
}

/** Puts what every file says into a handbook. */
function assemble(files: readonly Read[], unknownIn: (file: string) => readonly Path[]): Handbook {
  const people = new Map<string, Person>();
  const contacts = new Map<string, Contact>();
  const teams = new Map<string, Team>();
  const rotas = new Map<string, Rota>();
  const hours = new Map<string, Hours>();
  const holidays = new Map<string, Holidays>();
  const serviceLevels = new Map<string, ServiceLevel>();
  const escalations = new Map<string, Escalation>();
  const services = new Map<string, Service>();
  const changes = new Map<string, PlannedChange>();
  const unread = new Set<string>();
  let notice = policies.notice({});
  let publishing = policies.publishing({});
  let onCall = policies.onCall({});
  const shelves: Readonly<Record<Kind, (box: Decoded) => void>> = {
    people: (box) => {
      box.each('people', people, cross.person);
      box.each('contacts', contacts, cross.contact);
    },
    team: (box) => box.whole(teams, cross.team),
    rota: (box) => box.whole(rotas, cross.rota),
    'support-hours': (box) => box.whole(hours, policy.hours),
    holidays: (box) => box.whole(holidays, policy.holidays),
    'service-levels': (box) => box.whole(serviceLevels, policy.serviceLevel),
    escalation: (box) => box.whole(escalations, policy.escalation),
    services: (box) => box.each('services', services, policy.service),
    'planned-changes': (box) =>
      box.each('changes', changes, cross.plannedChange, (id, team) => `${team}/${id}`),
    notice: (box) => {
      notice = box.policy(policies.notice);
    },
    publishing: (box) => {
      publishing = box.policy(policies.publishing);
    },
    'on-call': (box) => {
      onCall = box.policy(policies.onCall);
    },
  };
  for (const file of files) shelves[file.kind](new Decoded(file, unknownIn(file.file), unread));
  return {
    people,
    contacts,
    teams,
    rotas: cross.withChanges(rotas, changes),
    hours,
    holidays,
    serviceLevels,
    escalations,
    services,
    changes,
    notice,
    publishing,
    onCall,
    unread,
  };
}

type Cross<W, T> = (id: string, written: W, location: PathLocation) => T;

/** One file's data held against its schema: a list of things loses the faulty ones only, any other file all it says. */
class Decoded {
  readonly #file: RawFile;
  readonly #unread: Set<string>;
  readonly #faults: readonly Path[];

  constructor(file: Read, unknown: readonly Path[], unread: Set<string>) {
    this.#file = file;
    this.#unread = unread;
    this.#faults = file.data === undefined ? [[]] : [...file.faults.map(({ path }) => path), ...unknown];
  }

  /** The file is one thing. */
  whole<W, T>(things: Map<string, T>, make: Cross<W, T>): void {
    this.#put(things, this.#file.id, this.#file.data as W, { file: this.#file.file, path: [] }, make);
  }

  /** The file holds many things under a key; `called` makes their ids where the key alone is not one. */
  each<W, T>(
    key: string,
    things: Map<string, T>,
    make: Cross<W, T>,
    called: (key: string, file: string) => string = (id) => id,
  ): void {
    const many = (this.#file.data as Readonly<Record<string, unknown>> | null | undefined)?.[key];
    if (typeof many !== 'object' || many === null) return;
    for (const [id, written] of Object.entries(many)) {
      const location = { file: this.#file.file, path: [key, id] };
      this.#put(things, called(id, this.#file.id), written as W, location, make);
    }
  }

  /** The file is a policy; a faulty one counts as not written. */
  policy<W, P>(make: (written: W | Record<string, never>) => P): P {
    return make(this.#faults.length > 0 ? {} : (this.#file.data as W));
  }

  #put<W, T>(
    things: Map<string, T>,
    id: string,
    written: W,
    location: PathLocation,
    make: Cross<W, T>,
  ): void {
    const faulty = this.#faults.some((path) => touches(path, location.path));
    if (faulty) this.#unread.add(`${this.#file.kind} ${id}`);
    else things.set(id, make(id, written, location));
  }
}

/** Whether a fault at one path spoils the thing at another: it lies within it, or the thing lies within the fault. */
const touches = (fault: Path, thing: Path): boolean =>
  fault.slice(0, thing.length).every((step, i) => String(step) === String(thing[i]));
