/**
 * The rule `known-names`: every name that a file refers to exists. It reads raw data, whether or not the file conforms
 * to its schema, so that a fault in one line does not hide a wrong name in another.
 */
import { KINDS, type KindName, type PathLocation, roleOf } from '../model.ts';
import { Suggestions } from '../text/suggest.ts';
import type { Coded, NameCodes } from './codes.ts';
import { kinds } from './kinds.generated.ts';
import { calleeNamed, type Mention, type Names, type Registry, type UnknownName } from './mentions.ts';
import { at, isMap, type Path, type RawFile, visit } from './raw-data.ts';
import { rolesWithSeats, seatFault } from './role-seats.ts';
import { severalIn } from './windows-named.ts';

/** Every reference to a name that does not exist, and every other fault in names that a kind finds. */
export function unknownNames(files: readonly RawFile[]): readonly UnknownName[] {
  const registry = registryOf(files);
  const found = KINDS.flatMap((kind) => [...(kinds[kind].unknownNames?.(registry) ?? [])]);
  for (const file of files) {
    const suggestions = new Suggestions();
    for (const it of kinds[file.kind].mentions ?? []) {
      const unknown =
        it.kind === 'role'
          ? unknownRoles(registry, file, suggestions, it)
          : unknownIn(registry, file, suggestions, it);
      for (const one of unknown) found.push(one);
    }
  }
  return found;
}

function unknownIn(
  registry: Registry,
  file: RawFile,
  suggestions: Suggestions,
  { steps, noun, within, choices, vital, explain }: Extract<Mention, { kind: 'name' }>,
): readonly UnknownName[] {
  const found: UnknownName[] = [];
  const choicesAt = choices(registry, file);
  visit(file.data, steps, (value, path) => {
    if (typeof value !== 'string') return;
    const names = choicesAt(path);
    if (names === undefined || names.has(value)) return;
    const location = locationOf(file, steps, path);
    const runTogether = isItem(file, path) ? severalIn(value, names) : undefined;
    found.push({
      location,
      ...(explain?.(file, value, registry) ?? noSuchName(suggestions, noun, value, within, names)),
      vital,
      ...(runTogether && { runTogether }),
    });
  });
  return found;
}

const isItem = ({ data }: RawFile, path: Path): boolean => Array.isArray(at(data, ...path.slice(0, -1)));

const clipped = (name: string): string => name.slice(0, 100);

/** Roles of other rotas, written `team/rota/role`. */
function unknownRoles(
  registry: Registry,
  file: RawFile,
  suggestions: Suggestions,
  { steps, orPerson, oneSeat, within = (text) => [text] }: Extract<Mention, { kind: 'role' }>,
): readonly UnknownName[] {
  const { definitions, filesOf, ids } = registry;
  const found: UnknownName[] = [];
  const rotas = new Map<string, unknown>();
  const dataOf = (rota: string): unknown => {
    if (rotas.size === 0) for (const { id, data } of filesOf('rota')) rotas.set(id, data);
    return rotas.get(rota);
  };
  const isWithSeats = (rota: string, role: string) => rolesWithSeats(dataOf(rota)).has(role);
  const check = (value: string, path: Path) => {
    const unknown = (verdict: Coded<NameCodes>) =>
      void found.push({ location: locationOf(file, steps, path), ...verdict, vital: false });
    const callee = orPerson && !value.includes('/') ? calleeNamed(registry, value) : undefined;
    if (callee !== undefined) {
      unknown(callee);
      return;
    }
    // The schema reports what is not a role at all.
    if (value.split('/').length !== 3) return;
    const { rota, role } = roleOf(value);
    const roles = definitions('rota').get(rota);
    if (!ids('rota').has(rota)) unknown(noSuchName(suggestions, 'rota', rota, undefined, ids('rota')));
    else if (roles?.has(role) === false || (oneSeat && roles !== undefined && isWithSeats(rota, role))) {
      const seat = seatFault(dataOf(rota), role);
      unknown(seat ?? noSuchName(suggestions, 'role', role, rota, roles));
    }
  };
  visit(file.data, steps, (value, path) => {
    if (typeof value === 'string') for (const role of within(value)) check(role, path);
  });
  return found;
}

const noSuchName = (
  suggestions: Suggestions,
  noun: string,
  name: string,
  within: string | undefined,
  choices: Iterable<string>,
): Coded<NameCodes> => ({
  code: 'no-such-name',
  args: { noun, name: clipped(name), within, nearest: suggestions.nearest(name, choices) },
});

function registryOf(files: readonly RawFile[]): Registry {
  const byKind = Map.groupBy(files, ({ kind }) => kind);
  const filesOf = (kind: KindName) => byKind.get(kind) ?? [];
  const ids = memoised((kind) => new Set(filesOf(kind).map(({ id }) => id)));
  const definitions = memoised(
    (kind) => new Map(filesOf(kind).map(({ id, data }) => [id, someNames(kind, data)])),
  );
  const names = memoised((kind) => {
    const own = filesOf(kind);
    return own.some(({ data }) => !isMap(data))
      ? undefined
      : new Set(own.flatMap(({ data }) => namesDefined(kind, data)));
  });
  return { filesOf, ids, definitions, names };
}

function memoised<T>(of: (kind: KindName) => T): (kind: KindName) => T {
  const known = new Map<KindName, T>();
  return (kind) => {
    if (!known.has(kind)) known.set(kind, of(kind));
    return known.get(kind) as T;
  };
}

function someNames(kind: KindName, data: unknown): Names {
  const names = isMap(data) ? namesDefined(kind, data) : [];
  return names.length === 0 ? undefined : new Set(names);
}

function namesDefined(kind: KindName, data: unknown): readonly string[] {
  const names: string[] = [];
  for (const pattern of kinds[kind].defines ?? [])
    visit(data, [...pattern.split('.'), '@'], (name) => names.push(String(name)));
  names.push(...(kinds[kind].definesMore?.(data) ?? []));
  return names;
}

const locationOf = ({ file }: RawFile, steps: readonly string[], path: Path): PathLocation =>
  steps.at(-1) === '@' ? { file, path: [...path], key: true } : { file, path: [...path] };
