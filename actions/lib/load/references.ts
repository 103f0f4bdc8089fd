/**
 * The law of `known-names`: every name that a file mentions exists. Looks at the data as written, whether or not its
 * file keeps its schema, so that a fault in one line does not hide a wrong name in another.
 */
import { type PathLocation, roleOf } from '../model.ts';
import { didYouMean } from '../text/suggest.ts';
import type { Kind } from './identify.ts';
import { at, isMap, keysOf, type Path, type RawFile, visit } from './raw-data.ts';
import { severalIn, type UnknownName, unknownWindows } from './windows-named.ts';

/** What may be named, or undefined where the file that would say so could not be read. */
type Names = ReadonlySet<string> | undefined;

/** Every name the handbook defines. */
interface Registry {
  readonly people: Names;
  readonly teams: ReadonlySet<string>;
  readonly rotas: ReadonlyMap<string, Names>;
  readonly hours: ReadonlyMap<string, Names>;
  readonly serviceLevels: ReadonlyMap<string, unknown>;
  readonly services: Names;
  readonly byKind: (kind: Kind) => ReadonlySet<string>;
}

/** Every name mentioned and not defined, and every person defined twice. */
export function unknownNames(files: readonly RawFile[]): readonly UnknownName[] {
  const { registry, doubles } = register(files);
  const found: UnknownName[] = [...doubles, ...unknownWindows(files)];
  for (const file of files) {
    for (const { steps, noun, choices, vital: isVital } of MENTIONS[file.kind]) {
      visit(file.data, steps, (value, path) => {
        if (typeof value !== 'string') return;
        const names = choices(registry, file, path);
        if (names === undefined || names.has(value)) return;
        const location = locationOf(file, steps, path);
        const message = `there is no ${phrase(noun, value)}${didYouMean(value, names)}`;
        const runTogether = isItem(file, path) ? severalIn(value, names) : undefined;
        found.push({ location, message, vital: isVital, ...(runTogether && { runTogether }) });
      });
    }
    found.push(...unknownRoles(registry, file), ...circles(file));
  }
  return found;
}

const isItem = ({ data }: RawFile, path: Path): boolean => Array.isArray(at(data, ...path.slice(0, -1)));

type Choices = (registry: Registry, file: RawFile, path: Path) => Names;

/** A pattern of places (`*` is every item or value, `@` at the end every key), what is named there, and the choices. */
interface Mention {
  readonly steps: readonly string[];
  readonly noun: string;
  readonly choices: Choices;
  readonly vital: boolean;
}

const mention = (pattern: string, noun: string, choices: Choices, vital = false): Mention => ({
  steps: pattern.split('.'),
  noun,
  choices,
  vital,
});

const vital = (pattern: string, noun: string, choices: Choices): Mention =>
  mention(pattern, noun, choices, true);

const phrase = (noun: string, name: string): string => {
  const quoted = `"${name.slice(0, 100)}"`;
  return noun.includes('%') ? noun.replace('%', () => quoted) : `${noun} ${quoted}`;
};

const people: Choices = ({ people }) => people;
const ownRoles: Choices = ({ rotas }, { id }) => rotas.get(id);
const hours: Choices = ({ byKind }) => byKind('support-hours');
const holidays: Choices = ({ byKind }) => byKind('holidays');
const anyWindow: Choices = ({ hours }) => {
  const all = [...hours.values()];
  return all.includes(undefined) ? undefined : new Set(all.flatMap((names) => [...(names ?? [])]));
};
const servedWindows: Choices = ({ hours, serviceLevels }, { data }, path) => {
  const level = at(data, 'services', path[1] as string, 'service_level');
  if (level === undefined) return undefined;
  return hours.get(String(at(serviceLevels.get(String(level)), 'hours')));
};

/** Where each kind of file mentions names: `*` is every item or value, `@` at the end every key. */
const MENTIONS: Readonly<Record<Kind, readonly Mention[]>> = {
  people: [mention('people.*.delivery_lead', 'person', people)],
  team: [mention('leads.*', 'person', people)],
  rota: [
    vital('hours', 'support hours', hours),
    vital('amendments.*.hours', 'support hours', hours),
    mention('roles.*.rotation.*.people.*', 'person', people),
    mention('roles.*.turns.*', 'person', people),
    vital('roles.*.follows.role', 'role % in this rota', ownRoles),
    mention('overrides.*.role', 'role % in this rota', ownRoles),
    mention('overrides.*.person', 'person', people),
    mention('overrides.*.instead_of', 'person', people),
  ],
  'support-hours': [
    vital('holidays', 'holiday list', holidays),
    vital('amendments.*.holidays', 'holiday list', holidays),
  ],
  holidays: [],
  'service-levels': [
    vital('hours', 'support hours', hours),
    vital('clock.@', 'window', ({ hours }, { data }) => hours.get(String(at(data, 'hours')))),
  ],
  escalation: [
    vital('applies_in.*', 'window', anyWindow),
    mention('levels.*.notify.*.person', 'person', people),
  ],
  notice: [],
  publishing: [],
  'on-call': [],
  services: [
    mention('services.*.team', 'team', ({ teams }) => teams),
    vital('services.*.service_level', 'service level', ({ byKind }) => byKind('service-levels')),
    vital('services.*.escalation.@', 'window', servedWindows),
    vital('services.*.escalation.*', 'escalation', ({ byKind }) => byKind('escalation')),
  ],
  'planned-changes': [
    mention('changes.*.service', 'service', ({ services }) => services),
    mention('changes.*.assigned.*.person', 'person', people),
  ],
};

const ROLES: Readonly<Partial<Record<Kind, readonly (readonly string[])[]>>> = {
  'support-hours': [
    ['covered_by', '*', '*'],
    ['amendments', '*', 'covered_by', '*', '*'],
  ],
  escalation: [['levels', '*', 'notify', '*']],
  'planned-changes': [['changes', '*', 'assigned', '*', 'role']],
};

/** Roles of other rotas, written `team/rota/role`. */
function unknownRoles({ people, rotas }: Registry, file: RawFile): readonly UnknownName[] {
  const found: UnknownName[] = [];
  for (const steps of ROLES[file.kind] ?? []) {
    visit(file.data, steps, (value, path) => {
      if (typeof value !== 'string') return;
      if (steps.includes('notify') && people?.has(value)) {
        const message = `for a person write {person: ${value}}`;
        found.push({ location: locationOf(file, steps, path), message, vital: false });
        return;
      }
      // What is no role at all is the schema's to tell.
      if (value.split('/').length !== 3) return;
      const { rota, role } = roleOf(value);
      const roles = rotas.get(rota);
      if (!rotas.has(rota)) {
        const message = `there is no rota "${rota.slice(0, 100)}"${didYouMean(rota, rotas.keys())}`;
        found.push({ location: locationOf(file, steps, path), message, vital: false });
      } else if (roles?.has(role) === false) {
        const message = `there is no role "${role.slice(0, 100)}" in ${rota}${didYouMean(role, roles)}`;
        found.push({ location: locationOf(file, steps, path), message, vital: false });
      }
    });
  }
  return found;
}

/** Roles of a rota that follow each other round. */
function circles(file: RawFile): readonly UnknownName[] {
  const found: UnknownName[] = [];
  if (file.kind !== 'rota') return found;
  const steps = ['roles', '*', 'follows', 'role'];
  visit(file.data, steps, (value, path) => {
    if (typeof value !== 'string' || !leadsTo(file.data, value, String(path[1]))) return;
    const message = `"${path[1]}" follows "${value}", which leads back to it; one of them wants a rotation of its own`;
    found.push({ location: locationOf(file, steps, path), message, vital: true });
  });
  return found;
}

function leadsTo(data: unknown, from: string, role: string): boolean {
  const seen = new Set<string>();
  for (
    let next: unknown = from;
    typeof next === 'string';
    next = at(data, 'roles', next, 'follows', 'role')
  ) {
    if (next === role) return true;
    if (seen.has(next)) return false;
    seen.add(next);
  }
  return false;
}

function register(files: readonly RawFile[]): { registry: Registry; doubles: readonly UnknownName[] } {
  const people = new Map<string, string>();
  const doubles: UnknownName[] = [];
  const kinds = new Map<Kind, Set<string>>();
  for (const { file, kind, id, data } of files) {
    kinds.set(kind, (kinds.get(kind) ?? new Set()).add(id));
    if (kind !== 'people') continue;
    for (const person of keysOf(at(data, 'people'))) {
      const first = people.get(person);
      if (first === undefined) people.set(person, file);
      else {
        const location: PathLocation = { file, path: ['people', person], key: true };
        doubles.push({
          location,
          message: `"${person}" is also in ${first}; a person is in one file`,
          vital: false,
        });
      }
    }
  }
  const of = (kind: Kind) => files.filter((file) => file.kind === kind);
  const teams = new Set([
    ...of('team').map(({ id }) => id),
    ...of('rota').map(({ id }) => id.slice(0, id.indexOf('/'))),
  ]);
  return {
    doubles,
    registry: {
      people: of('people').some(({ data }) => !isMap(data)) ? undefined : new Set(people.keys()),
      teams,
      rotas: new Map(of('rota').map(({ id, data }) => [id, namesIn(data, ['roles'])])),
      hours: new Map(
        of('support-hours').map(({ id, data }) => [
          id,
          namesIn(data, ['windows'], ['amendments', '*', 'windows']),
        ]),
      ),
      serviceLevels: new Map(of('service-levels').map(({ id, data }) => [id, data])),
      services: of('services').some(({ data }) => !isMap(data))
        ? undefined
        : new Set(of('services').flatMap(({ data }) => keysOf(at(data, 'services')))),
      byKind: (kind) => kinds.get(kind) ?? new Set(),
    },
  };
}

function namesIn(data: unknown, ...patterns: readonly (readonly string[])[]): Names {
  if (!isMap(data)) return undefined;
  const names = new Set<string>();
  for (const steps of patterns) visit(data, [...steps, '@'], (name) => names.add(String(name)));
  return names.size === 0 ? undefined : names;
}

const locationOf = ({ file }: RawFile, steps: readonly string[], path: Path): PathLocation =>
  steps.at(-1) === '@' ? { file, path: [...path], key: true } : { file, path: [...path] };
