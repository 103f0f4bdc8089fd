/** Reads untyped data by path: own keys only, without throwing. */
import type { KindName } from '../model.ts';

/** One file as read: its kind and id from its path, and its data, which is undefined when it could not be read. */
export interface RawFile {
  readonly file: string;
  readonly kind: KindName;
  readonly id: string;
  readonly data: unknown;
}

/** Keys and indexes from the top of a file's data. */
export type Path = readonly (string | number)[];

export const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const keysOf = (value: unknown): readonly string[] => (isMap(value) ? Object.keys(value) : []);

/** The value at a path, reading own keys only. */
export function at(data: unknown, ...path: readonly (string | number)[]): unknown {
  let value = data;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

/**
 * Calls `seen` with every value that matches a pattern of steps (`*` matches every item or value, a final `@` every
 * key) and with its path. The path array is reused: copy it to keep it.
 */
export function visit(
  data: unknown,
  steps: readonly string[],
  seen: (value: unknown, path: Path) => void,
): void {
  const path: (string | number)[] = [];
  const walk = (value: unknown, depth: number): void => {
    const step = steps[depth];
    if (step === undefined) {
      if (value !== undefined) seen(value, path);
    } else if (step === '@') {
      for (const key of keysOf(value)) {
        path.push(key);
        seen(key, path);
        path.pop();
      }
    } else if (typeof value === 'object' && value !== null) {
      if (step !== '*') into(value, step, depth);
      else if (Array.isArray(value)) for (let i = 0; i < value.length; i++) into(value, i, depth);
      else for (const key of Object.keys(value)) into(value, key, depth);
    }
  };
  const into = (value: unknown, key: string | number, depth: number): void => {
    path.push(key);
    walk(at(value, key), depth + 1);
    path.pop();
  };
  walk(data, 0);
}
