/** Statistics over several rounds, formatted as the benchmark prints them. */

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** The median of the rounds' ratios, because a busy machine slows both runs of a round. */
export const ratio = (ours: readonly number[], theirs: readonly number[]): string =>
  median(ours.map((ms, i) => ms / (theirs[i] as number))).toFixed(2);

export const seconds = (ms: number): string =>
  ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`;
