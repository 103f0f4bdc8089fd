/**
 * The rule `known-names` for windows, which amendments can add and remove: the windows that a rota covers, and those in
 * `covered_by` and `outside` of support hours, exist in the terms that apply at that time. Takes raw data of any shape.
 *
 * The terms of a file itself, which have no first day, may name a window that begins later. A window that ends while it
 * is named is always reported.
 */
import type { PathLocation } from '../model.ts';
import { Suggestions } from '../text/suggest.ts';
import type { Coded, NameCodes } from './codes.ts';
import type { Choices, UnknownName } from './mentions.ts';
import { at, keysOf, type Path, type RawFile } from './raw-data.ts';

/**
 * The first two of several names that a text holds, separated by spaces or semicolons; undefined unless all of them are
 * names.
 */
export function severalIn(value: string, names: ReadonlySet<string>): readonly [string, string] | undefined {
  const [first, second, ...more] = value.split(/[\s;]+/).filter((word) => word !== '');
  if (first === undefined || second === undefined) return undefined;
  return [first, second, ...more].every((name) => names.has(name)) ? [first, second] : undefined;
}

/** The terms of a file or of one of its amendments. */
interface Terms {
  /** As text; empty, and so before any day, for the file's own terms. */
  readonly firstDay: string;
  readonly path: Path;
  /** The value of a key in these terms, set here or in earlier ones. */
  readonly inForce: (key: string) => unknown;
  readonly writes: (key: string) => boolean;
}

/** Terms of support hours with the names of their windows; empty when these could not be read. */
interface HoursTerms extends Terms {
  readonly windows: ReadonlySet<string>;
}

interface Policy {
  readonly file: string;
  readonly terms: readonly HoursTerms[];
}

/** The windows of all support hours together; undefined when some could not be read. */
export const anyWindow: Choices = ({ definitions }) => {
  const all = [...definitions('support-hours').values()];
  const windows = all.includes(undefined) ? undefined : new Set(all.flatMap((names) => [...(names ?? [])]));
  return () => windows;
};

/** Every window that support hours name but do not have, or no longer have. */
export const unknownWindowsOfHours = (hours: readonly RawFile[]): readonly UnknownName[] =>
  [...policiesIn(hours).values()].flatMap(({ file, terms }) => {
    const suggestions = new Suggestions();
    return terms.flatMap((own) => [...inHours(file, own, suggestions)]);
  });

/** Every window that a rota covers but that its support hours do not have, or no longer have. */
export function unknownWindowsOfRotas(
  rotas: readonly RawFile[],
  hours: readonly RawFile[],
): readonly UnknownName[] {
  const policies = policiesIn(hours);
  return rotas.flatMap((file) => inRota(file, policies));
}

const policiesIn = (hours: readonly RawFile[]): ReadonlyMap<string, Policy> =>
  new Map(
    hours.map(({ id, file, data }) => {
      const terms = termsIn(data).map((own) => ({
        ...own,
        windows: new Set(keysOf(own.inForce('windows'))),
      }));
      return [id, { file, terms }];
    }),
  );

/** Limits; the schema reports files with more amendments, or more windows in one list or block. */
const MOST_AMENDMENTS = 200;
const MOST_WINDOWS = 50;

function termsIn(data: unknown): readonly Terms[] {
  const list = at(data, 'amendments');
  const amendments = (Array.isArray(list) ? [...list.keys()] : []).slice(0, MOST_AMENDMENTS).map((i) => ({
    firstDay: String(at(list, i, 'first_day')),
    path: ['amendments', i],
  }));
  const sorted = amendments.toSorted((one, other) => (one.firstDay < other.firstDay ? -1 : 1));
  const result: Terms[] = [];
  for (const { firstDay, path } of [{ firstDay: '', path: [] }, ...sorted]) {
    const above = result.at(-1);
    const written = (key: string) => at(data, ...path, key) ?? undefined;
    result.push({
      firstDay,
      path,
      inForce: (key) => written(key) ?? above?.inForce(key),
      writes: (key) => written(key) !== undefined,
    });
  }
  return result;
}

function noWindow(name: string, windows: Iterable<string>, suggestions: Suggestions): Coded<NameCodes> {
  const nearest = suggestions.nearest(name, windows);
  return { code: 'no-such-name', args: { noun: 'window', name: clipped(name), within: undefined, nearest } };
}

/** A list item that is not a window, perhaps because a comma is missing. */
function listed(
  location: PathLocation,
  name: string,
  windows: ReadonlySet<string>,
  suggestions: Suggestions,
): UnknownName {
  const runTogether = severalIn(name, windows);
  const unknown = noWindow(name, windows, suggestions);
  return { location, ...unknown, vital: true, ...(runTogether && { runTogether }) };
}

const clipped = (name: string): string => name.slice(0, 100);

function* inHours(
  file: string,
  { path, inForce, writes, windows }: HoursTerms,
  suggestions: Suggestions,
): Iterable<UnknownName> {
  if (windows.size === 0) return;
  const covered = keysOf(inForce('covered_by')).slice(0, MOST_WINDOWS);
  const missing = covered.filter((name) => !windows.has(name));
  if (writes('covered_by')) {
    for (const name of missing) {
      const location: PathLocation = { file, path: [...path, 'covered_by', name], key: true };
      yield { location, ...noWindow(name, windows, suggestions), vital: false };
    }
  } else if (writes('windows')) {
    for (const name of missing) {
      const location: PathLocation = { file, path: [...path, 'windows'], key: true };
      yield { location, code: 'promised-window-gone', args: { window: clipped(name) }, vital: false };
    }
  }
  if (!writes('windows')) return;
  for (const window of [...windows].slice(0, MOST_WINDOWS)) {
    const others = at(inForce('windows'), window, 'outside');
    for (const [i, name] of (Array.isArray(others) ? others : []).slice(0, MOST_WINDOWS).entries()) {
      if (typeof name !== 'string' || windows.has(name)) continue;
      yield listed({ file, path: [...path, 'windows', window, 'outside', i] }, name, windows, suggestions);
    }
  }
}

function inRota({ file, id, data }: RawFile, hours: ReadonlyMap<string, Policy>): readonly UnknownName[] {
  const found: UnknownName[] = [];
  const suggestions = new Suggestions();
  const all = termsIn(data);
  const known = new Set<string>();
  const reported = new Set<string>();
  for (const [n, own] of all.entries()) {
    const named = own.inForce('hours');
    const covers = own.inForce('covers');
    if (own.writes('covers')) reported.clear();
    // The schema reports `covers` without `hours` in the file's own terms.
    const isReportedBySchema = n === 0 || all[0]?.writes('covers') === true;
    if (own.writes('covers') && named === undefined && !isReportedBySchema)
      found.push(withoutHours(file, own));
    const policy = hours.get(String(named));
    if (policy === undefined || !Array.isArray(covers)) continue;
    const spans = termsBetween(policy.terms, own.firstDay, all[n + 1]?.firstDay);
    const ever = new Set(n === 0 ? spans.flatMap(({ windows }) => [...windows]) : []);
    for (const [m, { path, windows }] of spans.entries()) {
      for (const [i, name] of covers.slice(0, MOST_WINDOWS).entries()) {
        if (typeof name !== 'string' || windows.size === 0) continue;
        if (windows.has(name)) {
          known.add(name);
          reported.delete(name);
        } else if (!reported.has(name) && (known.has(name) || !ever.has(name))) {
          reported.add(name);
          found.push(
            (m === 0 && uncoverable(file, own, i, windows, suggestions)) || {
              location: { file: policy.file, path: [...path, 'windows'], key: true },
              code: 'covered-window-gone',
              args: { window: clipped(name), rota: id },
              vital: true,
            },
          );
        }
      }
    }
  }
  return found;
}

const withoutHours = (file: string, { path }: Terms): UnknownName => ({
  location: { file, path: [...path, 'covers'], key: true },
  code: 'covers-without-hours',
  args: {},
  vital: true,
});

/**
 * The fault of a name in `covers` that is not a window, when the terms of the rota itself cause it; otherwise
 * undefined.
 */
function uncoverable(
  file: string,
  { path, inForce, writes }: Terms,
  i: number,
  windows: ReadonlySet<string>,
  suggestions: Suggestions,
): UnknownName | undefined {
  const name = String(at(inForce('covers'), i));
  if (writes('covers')) return listed({ file, path: [...path, 'covers', i] }, name, windows, suggestions);
  if (!writes('hours')) return undefined;
  const location: PathLocation = { file, path: [...path, 'hours'] };
  return { location, code: 'hours-without-window', args: { window: clipped(name) }, vital: true };
}

/** The terms that apply at some time between two days. */
const termsBetween = (
  terms: readonly HoursTerms[],
  from: string,
  until: string | undefined,
): readonly HoursTerms[] =>
  terms.filter(({ firstDay }, i) => {
    const next = terms[i + 1]?.firstDay;
    return (next === undefined || next > from) && (until === undefined || firstDay < until);
  });
