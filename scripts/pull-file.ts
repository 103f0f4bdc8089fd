/** Reads what GitHub would say about a pull request from a file, so that a change can be judged before there is one. */
import { readFileSync, statSync } from 'node:fs';
import { describe } from '../actions/lib/check/describe.ts';
import type { Pull } from '../actions/lib/compare/against.ts';
import { MOST_BYTES } from '../actions/lib/git/working-tree.ts';
import { Lines, parse } from '../actions/lib/load/source.ts';
import { didYouMean } from '../actions/lib/text/suggest.ts';
import { instantOfText } from '../actions/lib/time/zone.ts';
import type { Instant } from '../actions/lib/timeline.ts';
import { UsageError } from './terminal.ts';

/** A pull request of which nothing is known: nobody has agreed to anything. */
export const UNKNOWN_PULL: Pull = { author: '', labels: [], approvals: [] };

/** Parses the value of a key; throws a `UsageError`. */
type Parse<T> = (value: unknown, wrong: (advice: string) => UsageError) => T;

/** A GitHub name, of which that of an app ends in `[bot]`. */
const LOGIN = /^[a-z\d](?:[a-z\d-]{0,38})(?:\[bot\])?$/i;

const login: Parse<string> = (value, wrong) => {
  if (typeof value !== 'string' || !LOGIN.test(value)) throw wrong('write a GitHub name, such as amara-osei');
  return value;
};

const label: Parse<string> = (value, wrong) => {
  if (typeof value !== 'string' || !/^[^\p{C}]{1,50}$/u.test(value))
    throw wrong('write the name of a label, such as emergency-cover');
  return value;
};

const instant: Parse<Instant> = (value, wrong) => {
  const at = typeof value === 'string' ? instantOfText(value) : undefined;
  if (at === undefined) throw wrong('write an instant, such as 2026-12-02T10:00:00Z');
  return at;
};

const listOf =
  <T>(item: Parse<T>, example: string): Parse<readonly T[]> =>
  (value, wrong) => {
    if (!Array.isArray(value)) throw wrong(`write a list, such as ${example}`);
    return value.map((it) => item(it, wrong));
  };

const KEYS = ['author', 'labels', 'approvals', 'opened_at', 'pushed_at'] as const;
type Key = (typeof KEYS)[number];

/**
 * Reads a file of YAML, or of JSON, with the author, the labels, the names that approved the latest commit, and when
 * the pull request was opened and last pushed. Each key may be left out.
 */
export function readPullFile(path: string): Pull {
  const data = dataIn(path);
  const named = (key: string) => (Object.hasOwn(data, key) ? data[key] : undefined);
  for (const key of Object.keys(data))
    if (!(KEYS as readonly string[]).includes(key))
      throw new UsageError(
        `${path}: ${shortened(key)} is not known here${didYouMean(key, KEYS)}; write ${KEYS.join(', ')}`,
      );
  const read = <T, Other>(key: Key, parseValue: Parse<T>, missing: Other): T | Other => {
    const value = named(key);
    if (!Object.hasOwn(data, key)) return missing;
    return parseValue(value, (advice) => new UsageError(`${path}: ${key}: ${shortened(value)}: ${advice}`));
  };
  return {
    author: read('author', login, UNKNOWN_PULL.author),
    labels: read('labels', listOf(label, '[emergency-cover]'), []),
    approvals: read('approvals', listOf(login, '[amara-osei, nia-rhys]'), []),
    openedAt: read('opened_at', instant, undefined),
    pushedAt: read('pushed_at', instant, undefined),
  };
}

function dataIn(path: string): Readonly<Record<string, unknown>> {
  const text = textOf(path);
  const { data, faults } = parse(text);
  const [fault] = faults;
  if (fault !== undefined) {
    const { line } = new Lines(text).find({ file: path, offset: fault.offset });
    throw new UsageError(
      `${path}:${line}: ${describe({ rule: 'yaml', code: fault.code, args: fault.args })}`,
    );
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    throw new UsageError(`${path} has no keys; write ${KEYS.join(', ')}, such as "author: amara-osei"`);
  return data as Readonly<Record<string, unknown>>;
}

function textOf(path: string): string {
  try {
    if (statSync(path).size > MOST_BYTES)
      throw new UsageError(
        `${path} is larger than ${MOST_BYTES / 1024} KiB; name a file about a pull request`,
      );
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}

/** A value as it was written, shortened. */
function shortened(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
