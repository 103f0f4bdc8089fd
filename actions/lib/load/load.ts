/**
 * Loads the texts of files into a handbook and reports every fault in them. Pure; never throws because of what a file
 * contains. What cannot be read is left out of the handbook and listed in `unread`; the rest of its file, and all other
 * files, are still read.
 */
import { type Finding, type Handbook, KINDS, type KindName, type UnreadThing } from '../model.ts';
import { findingOf } from './codes.ts';
import type { CheckedFile } from './decode.ts';
import { type Read, type Report, reportFaults } from './file-findings.ts';
import { identify, meantBy } from './identify.ts';
import { assembleKinds, kinds } from './kinds.generated.ts';
import type { Path, RawFile } from './raw-data.ts';
import { unknownNames } from './references.ts';
import { schemaFaults } from './schema.ts';
import { type ListExtent, listLayout, type Outline, outlineOf, parse, scalarText } from './source.ts';
import { timeFaults } from './times.ts';
import type { Written } from './written.generated.ts';
import { oddIndents } from './yaml-mistakes.ts';

/**
 * The files of a handbook as text, by path relative to its root with `/` as separator, and findings about what could
 * not be read.
 */
export interface Texts {
  readonly texts: ReadonlyMap<string, string>;
  readonly findings: readonly Finding[];
}

/** A handbook and the faults of its files. */
export interface Loaded {
  readonly handbook: Handbook;
  readonly findings: readonly Finding[];
  /** The files that could not be read, wholly or in part: what the handbook has of them may not be all. */
  readonly unreadFiles: readonly string[];
}

/** The layout of a text that was read without faults, for editing it in place. */
export const outline = (text: string): Outline => outlineOf(text);

/** The layout of the list at a path of keys in such a text; undefined where there is none. */
export const listIn = (text: string, path: readonly string[]): ListExtent | undefined =>
  listLayout(text, path);

/** A text as a YAML scalar: plain where possible, in quotes where it would otherwise mean something else. */
export const scalar = (text: string): string => scalarText(text);

/** Loads a handbook; the order of the texts makes no difference. */
export const load = (given: Texts): Loaded => loadWith(given, undefined);

/**
 * Loads two handbooks that have most of their files in common, such as a base and a head: a file with the same path and
 * the same text in both is parsed, validated and decoded once. It rests on this: what `read` makes of a file, and what
 * a kind decodes from it, depends on its path and text alone, and nothing is changed after loading. So what comes from
 * such a file is the same object in both, by which a comparison knows what cannot differ; see `compare/unchanged.ts`.
 */
export function loadBoth(one: Texts, other: Texts): readonly [Loaded, Loaded] {
  const shared: Shared = new Map();
  return [loadWith(one, shared), loadWith(other, shared)];
}

/** Files that were read, by path, to be used again where the text is the same. */
type Shared = Map<string, Read>;

function loadWith(given: Texts, shared: Shared | undefined): Loaded {
  const findings: Finding[] = [...given.findings];
  const report: Report = (fault, location) => void findings.push(findingOf(fault, location));
  const files = readAll(given, report, shared);
  const unknown = Map.groupBy(unknownNames(files), ({ location }) => location.file);
  for (const file of files) reportFaults(file, unknown.get(file.file) ?? [], report);
  const vital = (file: string) => (unknown.get(file) ?? []).filter((it) => it.vital);
  const handbook = assemble(files, (file) => vital(file).map(({ location }) => location.path));
  const unread = files.filter(
    ({ file, data, faults }) => data === undefined || faults.length > 0 || vital(file).length > 0,
  );
  const unreadFiles = [
    ...given.findings.map(({ location }) => location.file),
    ...unread.map(({ file }) => file),
  ];
  return { handbook, findings, unreadFiles: [...new Set(unreadFiles)].toSorted() };
}

/**
 * Every file of a known kind, in order of path; the data of a file that could not be read is undefined. A misnamed file
 * counts as one, so that references to what it defines are not reported as unknown.
 */
function readAll({ texts, findings }: Texts, report: Report, shared: Shared | undefined): readonly Read[] {
  const files: Read[] = [];
  const misnamed: Read[] = [];
  const unopened = new Set(findings.map(({ location }) => location.file));
  for (const file of [...texts.keys(), ...unopened].toSorted()) {
    const identity = identify(file);
    if ('kind' in identity) {
      const one = readOnce({ file, ...identity, data: undefined }, texts.get(file), shared);
      for (const { offset, ...fault } of one.textFaults) report({ rule: 'yaml', ...fault }, { file, offset });
      files.push(one);
    } else {
      if (!unopened.has(file)) report({ rule: 'yaml', ...identity }, { file, offset: 0 });
      const meant = meantBy(file);
      if (meant !== undefined) misnamed.push(read({ file, ...meant, data: undefined }, undefined));
    }
  }
  // A misnamed file is ignored when the correctly named one exists, unless its kind can define names in several files.
  const keyOf = ({ kind, id }: RawFile) => `${kind} ${id}`;
  const existing = new Set(files.map(keyOf));
  return [...files, ...misnamed.filter((it) => kinds[it.kind].paths.length > 1 || !existing.has(keyOf(it)))];
}

function readOnce(file: RawFile, text: string | undefined, shared: Shared | undefined): Read {
  const known = shared?.get(file.file);
  if (known !== undefined && known.text === text) return known;
  const own = read(file, text);
  if (shared === undefined || text === undefined) return own;
  const kept = { ...own, decoded: new Map() };
  shared.set(file.file, kept);
  return kept;
}

function read(file: RawFile, text: string | undefined): Read {
  const unread: Read = { ...file, text: text ?? '', faults: [], textFaults: [] };
  if (text === undefined) return unread;
  const parsed = parse(text);
  const given = { ...file, data: parsed.data };
  const kind = kinds[file.kind];
  const faults =
    parsed.data === undefined
      ? []
      : [...schemaFaults(kind, parsed.data), ...timeFaults(kind.times ?? [], parsed.data)];
  // Odd spaces make unknown keys without a fault in the YAML; all other faults of the file follow from them.
  const textFaults = faults.length === 0 ? parsed.faults : oddIndents(text);
  return textFaults.length > 0 ? { ...unread, textFaults } : { ...given, text, faults, textFaults };
}

/** Assembles a handbook from all files. */
function assemble(files: readonly Read[], unknownIn: (file: string) => readonly Path[]): Handbook {
  const unread: UnreadThing[] = [];
  const byKind = Map.groupBy(files, ({ kind }) => kind);
  const checkedFiles = <K extends KindName>(kind: K): readonly CheckedFile<K>[] =>
    (byKind.get(kind) ?? []).map(({ file, id, data, faults, decoded }) => ({
      file,
      id,
      decoded,
      data: data as Written[K] | undefined,
      faults: data === undefined ? [[]] : [...faults.map(({ path }) => path), ...unknownIn(file)],
      leaveOut: (thing) => void unread.push({ kind, id: thing }),
    }));
  const handbook: Handbook = { ...assembleKinds(checkedFiles), unread };
  return KINDS.reduce<Handbook>((linked, kind) => kinds[kind].link?.(linked) ?? linked, handbook);
}
