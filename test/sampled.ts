/** Slow cases are sampled on a pull request and complete at night (`NIGHTLY=1 npm test`). */
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

/** `count` of these, chosen by the seed of the run and in order; at night, all of them. */
export function sampled<T>(all: readonly T[], count: number): readonly T[] {
  if (isNightly || count >= all.length) return all;
  return fc
    .sample(fc.subarray([...all], { minLength: count, maxLength: count }), { seed, numRuns: 1 })
    .flat();
}

/**
 * Whether a row is tested with a column: by day with one column, chosen by the seed of the run; at night with every
 * one.
 */
export const isPaired = (row: number, column: number, columns: number): boolean =>
  isNightly || (row + seed) % columns === column;

/** The number of runs of a property: by day a third of `count`, at night all. */
export const runs = (count: number): number => (isNightly ? count : Math.ceil(count / 3));
