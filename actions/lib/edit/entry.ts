/** An override as YAML: its keys in order, with their values. */
import { yamlLines } from '../load/source.ts';

export type Entry = readonly (readonly [key: string, value: string])[];

/** An override of a whole turn. */
export const turnEntry = (role: string, turn: string, person: string, insteadOf: string): Entry => [
  ['role', role],
  ['turn', turn],
  ['person', person],
  ['instead_of', insteadOf],
  ['reason', 'swap'],
];

/** An override of some hours. */
export const hoursEntry = (
  role: string,
  { from, to }: { readonly from: string; readonly to: string },
  person: string,
  insteadOf: string,
): Entry => [
  ['role', role],
  ['person', person],
  ['instead_of', insteadOf],
  ['from', from],
  ['to', to],
  ['reason', 'cover'],
];

/** `role: engineer`, one text for each key. */
export const pairTexts = (entry: Entry): readonly string[] => yamlLines(Object.fromEntries(entry));

/** `{role: engineer, turn: 2026-12-02}`. */
export const flowText = (entry: Entry): string =>
  yamlLines(Object.fromEntries(entry), { braces: 'all' }).join('');
