/** An override as YAML: its keys in order, with their values. */
import { yamlLines } from '../load/source.ts';

/** Every value is a text, except that of `extra`, and the people of a rotation entry. */
export type Entry = readonly (readonly [key: string, value: string | boolean | readonly string[]])[];

/** An override of a whole turn; without `insteadOf` where nobody would hold the turn. */
export const turnEntry = (
  role: string,
  turn: string,
  person: string,
  insteadOf: string | undefined,
  reason: string,
): Entry => [
  ['role', role],
  ['turn', turn],
  ['person', person],
  ...(insteadOf === undefined ? [] : [['instead_of', insteadOf] as const]),
  ['reason', reason],
];

/** The reason that `hoursEntry` writes. */
export const COVER = 'cover';

/** An override of some hours; without `insteadOf` where nobody would hold them. */
export const hoursEntry = (
  role: string,
  { from, to }: { readonly from: string; readonly to: string },
  person: string,
  insteadOf: string | undefined,
): Entry => [
  ['role', role],
  ['person', person],
  ...(insteadOf === undefined ? [] : [['instead_of', insteadOf] as const]),
  ['from', from],
  ['to', to],
  ['reason', COVER],
];

/** `role: engineer`, one text for each key. */
export const pairTexts = (entry: Entry): readonly string[] =>
  yamlLines(Object.fromEntries(entry), { brackets: true });

/** `{role: engineer, turn: 2026-12-02}`. */
export const flowText = (entry: Entry): string =>
  yamlLines(Object.fromEntries(entry), { braces: 'all' }).join('');
