/** Combines a file and its amendments into terms, in order of day. Pure. */
import { childLocation, type PathLocation } from '../model.ts';
import type { Day } from '../time/date.ts';
import { day } from './decode.ts';

const NO_START: Day = Number.NEGATIVE_INFINITY;

/** The terms of a file from a day on: its keys as amended so far, and for each key the location that set it. */
export interface Amended<T> {
  readonly firstOn: Day;
  readonly terms: T;
  readonly location: PathLocation;
  readonly at: (key: keyof T & string) => PathLocation;
}

/** The terms of a file and of each of its amendments, in order of day; each amendment builds on those before it. */
export function amended<T>(
  written: T & { readonly amendments?: readonly (Partial<T> & { readonly first_day: string })[] },
  location: PathLocation,
): readonly Amended<T>[] {
  const amendments = [...(written.amendments ?? []).entries()];
  const result: Amended<T>[] = [
    { firstOn: NO_START, terms: written, location, at: (key) => childLocation(location, key) },
  ];
  for (const [i, amendment] of amendments.toSorted(([, a], [, b]) => (a.first_day < b.first_day ? -1 : 1))) {
    const here = childLocation(location, 'amendments', i);
    const last = result.at(-1) as Amended<T>;
    result.push({
      firstOn: day(amendment.first_day),
      terms: { ...last.terms, ...amendment },
      location: here,
      at: (key) => (Object.hasOwn(amendment, key) ? childLocation(here, key) : last.at(key)),
    });
  }
  return result;
}
