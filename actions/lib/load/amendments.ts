/** What every crossing from written data needs: dates as days, maps as lists, and the terms that amendments add up to. Pure. */
import { type Spot, within } from '../model.ts';
import { type Day, dayOf } from '../time/date.ts';

export type Many<T> = Readonly<Record<string, T>>;

const SINCE_EVER: Day = Number.NEGATIVE_INFINITY;

/** The schemas have refused dates that do not exist. */
export const day = (text: string): Day => dayOf(text) as Day;
export const dayIf = (text: string | undefined): Day | undefined =>
  text === undefined ? undefined : day(text);

export const entries = <T>(many: Many<T> | undefined): readonly [string, T][] => Object.entries(many ?? {});

/** What a file says from a day on: its keys as amended so far, and for each key the spot that wrote it. */
export interface Amended<T> {
  readonly firstOn: Day;
  readonly terms: T;
  readonly spot: Spot;
  readonly at: (key: keyof T & string) => Spot;
}

/** The terms of a file and of each of its amendments, in order of day; each amendment stands on those before it. */
export function amended<T>(
  written: T & { readonly amendments?: readonly (Partial<T> & { readonly first_day: string })[] },
  spot: Spot,
): readonly Amended<T>[] {
  const amendments = [...(written.amendments ?? []).entries()];
  const result: Amended<T>[] = [
    { firstOn: SINCE_EVER, terms: written, spot, at: (key) => within(spot, key) },
  ];
  for (const [i, amendment] of amendments.toSorted(([, a], [, b]) => (a.first_day < b.first_day ? -1 : 1))) {
    const here = within(spot, 'amendments', i);
    const last = result.at(-1) as Amended<T>;
    result.push({
      firstOn: day(amendment.first_day),
      terms: { ...last.terms, ...amendment },
      spot: here,
      at: (key) => (Object.hasOwn(amendment, key) ? within(here, key) : last.at(key)),
    });
  }
  return result;
}
