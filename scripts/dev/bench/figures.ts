/** Figures of several rounds, in the form that the benchmark prints. */

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** The median of the ratios of the rounds, because a machine that is busy slows both of a round. */
export const ratio = (ours: readonly number[], theirs: readonly number[]): string =>
  median(ours.map((ms, i) => ms / (theirs[i] as number))).toFixed(2);

export const seconds = (ms: number): string =>
  ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`;
