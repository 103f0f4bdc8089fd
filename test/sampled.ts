/** What is slow is sampled on a pull request and complete at night (`NIGHTLY=1 npm test`). */
import fc from 'fast-check';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    readonly seed: number;
    readonly nightly: boolean;
  }
}

const seed = inject('seed');
export const isNightly = inject('nightly');

/** So many of these, in their order and by the seed of the run; at night all. */
export function sampled<T>(all: readonly T[], count: number): readonly T[] {
  if (isNightly || count >= all.length) return all;
  return fc
    .sample(fc.subarray([...all], { minLength: count, maxLength: count }), { seed, numRuns: 1 })
    .flat();
}

/** Whether a row is tried with this one of so many columns: with one of them by the seed of the run; at night with all. */
export const isPaired = (row: number, column: number, columns: number): boolean =>
  isNightly || (row + seed) % columns === column;

/** How often a property is tried: a third of so many times, at night all of them. */
export const runs = (count: number): number => (isNightly ? count : Math.ceil(count / 3));
