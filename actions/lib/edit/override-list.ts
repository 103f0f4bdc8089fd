/**
 * Changes the overrides in a rota's file with the smallest edit of the text, in any supported layout. The data of the
 * result is compared with the expected data, so that a file in an unsupported layout is never written.
 */
import { outline, scalar } from '../load/load.ts';
import type { Extent } from '../load/source.ts';
import { appendKey, appendToBlock, removeFromBlock, removeKey } from './block-style.ts';
import type { Entry } from './entry.ts';
import { appendToFlow, removeFromFlow } from './flow-style.ts';

/** One change of the list; an index counts the overrides before all changes. */
export type OverrideChange =
  | { readonly kind: 'insert'; readonly entry: Entry }
  /** Another value of a key that the override has. */
  | { readonly kind: 'value'; readonly index: number; readonly key: string; readonly value: string }
  | { readonly kind: 'remove'; readonly index: number };

const KEY = 'overrides';

/** Removals come last, from the end of the list, so that every index stays correct until it is used. */
const ORDER = { value: 0, insert: 1, remove: 2 } as const;

/** The text with its overrides changed; undefined for an unsupported layout. */
export function withOverrides(text: string, changes: readonly OverrideChange[]): string | undefined {
  const sorted = changes.toSorted(
    (one, other) =>
      ORDER[one.kind] - ORDER[other.kind] ||
      (one.kind === 'remove' && other.kind === 'remove' ? other.index - one.index : 0),
  );
  const changed = sorted.reduce<string | undefined>(step, text);
  if (changed === undefined) return undefined;
  const { overrides = [], ...rest } = outline(text).data as RotaData;
  const { overrides: now = [], ...restNow } = (outline(changed).data ?? {}) as RotaData;
  const isRight = same(now, sorted.reduce(expected, overrides)) && same(restNow, rest);
  return isRight ? changed : undefined;
}

interface RotaData {
  readonly overrides?: readonly object[];
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

function step(text: string | undefined, change: OverrideChange): string | undefined {
  if (text === undefined) return undefined;
  const file = outline(text);
  const list = file.keys.find(({ name }) => name === KEY)?.list;
  if (change.kind === 'insert') {
    if (list?.flow === true) return appendToFlow(text, list, change.entry);
    if (list !== undefined) return appendToBlock(text, list, change.entry);
    return file.flow ? undefined : appendKey(text, file, KEY, change.entry);
  }
  const item = list?.items[change.index];
  if (list === undefined || item === undefined) return undefined;
  if (change.kind === 'value') return withValue(text, item.values.get(change.key), change.value);
  if (list.flow) return removeFromFlow(text, list, change.index);
  return list.items.length > 1 ? removeFromBlock(text, list, change.index) : removeKey(text, file, KEY);
}

const withValue = (text: string, old: Extent | undefined, value: string): string | undefined =>
  old && text.slice(0, old.start) + inQuotes(text[old.start], value) + text.slice(old.end);

/** A name or a time, in the same quotes as the one it replaces. */
const inQuotes = (quote: string | undefined, value: string): string =>
  quote === '"' || quote === "'" ? `${quote}${value}${quote}` : scalar(value);

function expected(overrides: readonly object[], change: OverrideChange): readonly object[] {
  switch (change.kind) {
    case 'insert':
      return [...overrides, Object.fromEntries(change.entry)];
    case 'value':
      return overrides.map((it, i) => (i === change.index ? { ...it, [change.key]: change.value } : it));
    case 'remove':
      return overrides.toSpliced(change.index, 1);
  }
}
