/** Decodes data that conforms to its schema into the types of `model.ts`: what all kinds share. Pure. */
import type { Guide, KindName, PathLocation, Provenance } from '../model.ts';
import { type Day, dayOf } from '../time/date.ts';
import { type Duration, durationOf } from '../time/duration.ts';
import type { Path } from './raw-data.ts';
import type { Written } from './written.generated.ts';

/** The schemas have already rejected dates that do not exist. */
export const day = (text: string): Day => dayOf(text) as Day;
export const dayIf = (text: string | undefined): Day | undefined =>
  text === undefined ? undefined : day(text);

export const durationIf = (text: string | undefined): Duration | undefined =>
  text === undefined ? undefined : durationOf(text);

/** A list that may be written as its only item; undefined when it is absent. */
export const listIf = (written: string | readonly string[] | undefined): readonly string[] | undefined =>
  typeof written === 'string' ? [written] : written;

type Many<T> = Readonly<Record<string, T>>;

export const entries = <T>(many: Many<T> | undefined): readonly [string, T][] => Object.entries(many ?? {});

interface WrittenOrigin {
  readonly example?: true;
  readonly source?: string;
}

/** Where something comes from; what says nothing itself has the origin of what contains it. */
export const originOf = (written: WrittenOrigin | undefined, outer?: Provenance): Provenance =>
  outer !== undefined && written?.example === undefined && written?.source === undefined
    ? outer
    : { isExample: written?.example ?? false, source: written?.source };

/** What whoever is on needs, of a role or a service. */
export const guideOf = ({
  duties = [],
  runbook,
  links,
}: {
  readonly duties?: readonly string[];
  readonly runbook?: string;
  readonly links?: Many<string>;
}): Guide => ({ duties, runbook, links: new Map(entries(links)) });

/** The data of one file, and the paths at which it breaks its schema or refers to a vital name that does not exist. */
export interface CheckedFile<K extends KindName> {
  readonly file: string;
  readonly id: string;
  /** Reliable only where there is no fault; undefined when the file could not be read. */
  readonly data: Written[K] | undefined;
  readonly faults: readonly Path[];
  /** Called with the id of each thing that is left out. */
  readonly leaveOut: (id: string) => void;
  /** What was decoded from the same data before; see `loadBoth`. */
  readonly decoded?: Decoded | undefined;
}

/** What was decoded from the data of one file, by the function that decoded it and by id. */
export type Decoded = Map<unknown, Map<string, unknown>>;

type Decoding<W, T> = (id: string, written: W, location: PathLocation) => T;

/** Decodes files that hold one thing each. */
export function eachFile<K extends KindName, T>(
  files: readonly CheckedFile<K>[],
  decode: Decoding<Written[K], T>,
): ReadonlyMap<string, T> {
  const things = new Map<string, T>();
  for (const file of files) put(things, file, file.id, file.data, [], decode);
  return things;
}

type Item<M> = NonNullable<M> extends Many<infer T> ? T : never;

/**
 * Decodes files that hold many things under a key; a fault only leaves out the thing that contains it. `idOf` makes the
 * id when it is not the key alone.
 */
export function eachEntry<K extends KindName, P extends keyof Written[K] & string, T>(
  files: readonly CheckedFile<K>[],
  key: P,
  decode: Decoding<Item<Written[K][P]>, T>,
  idOf: (key: string, file: string) => string = (id) => id,
): ReadonlyMap<string, T> {
  const things = new Map<string, T>();
  for (const file of files) {
    const many: unknown = (file.data as Many<unknown> | null | undefined)?.[key];
    if (typeof many !== 'object' || many === null) continue;
    for (const [id, written] of Object.entries(many as Many<Item<Written[K][P]>>))
      put(things, file, idOf(id, file.id), written, [key, id], decode);
  }
  return things;
}

/** Decodes a policy of the whole handbook; one that is absent or faulty has its defaults. */
export function policyOf<K extends KindName, T>(
  files: readonly CheckedFile<K>[],
  decode: (written: Written[K] | Record<string, never>) => T,
): T {
  const sound = files.find(({ faults }) => faults.length === 0);
  return decode(sound?.data ?? {});
}

function put<W, T>(
  things: Map<string, T>,
  { file, faults, leaveOut, decoded }: CheckedFile<KindName>,
  id: string,
  written: W | undefined,
  path: Path,
  decode: Decoding<W, T>,
): void {
  if (faults.some((fault) => touches(fault, path))) {
    leaveOut(id);
    return;
  }
  const known = decoded?.get(decode)?.get(id);
  const thing = (known as T | undefined) ?? decode(id, written as W, { file, path });
  things.set(id, thing);
  if (decoded === undefined || known !== undefined) return;
  decoded.set(decode, (decoded.get(decode) ?? new Map()).set(id, thing));
}

/** Whether a fault at one path affects the thing at another: one of the two contains the other. */
const touches = (fault: Path, thing: Path): boolean =>
  fault.slice(0, thing.length).every((step, i) => String(step) === String(thing[i]));
