/** Texts of files → handbook → shifts → findings, in one function. Pure. */
import { check } from './check/check.ts';
import { locate } from './check/locate.ts';
import type { Against, Pull } from './compare/against.ts';
import { compare, withPull } from './compare/compare.ts';
import { type Loaded, load, loadBoth, type Texts } from './load/load.ts';
import type { Handbook, LocatedFinding } from './model.ts';
import type { Resolved } from './resolve/cover.ts';
import { publishedSpan, resolve } from './resolve/resolve.ts';
import type { Instant } from './timeline.ts';

/** A handbook, resolved over the published span and checked. */
export interface Evaluation {
  readonly handbook: Handbook;
  readonly resolved: Resolved;
  readonly findings: readonly LocatedFinding[];
  /** What changes; undefined without a base. */
  readonly against: Against | undefined;
}

/** Called with a description of each step before it starts. */
export type Progress = (doing: string) => void;

/** What GitHub says about a pull request, given what the pull request changes. */
export type PullOf = (against: Against) => Pull;

/** The base to compare with: its files, and what is known about the pull request. */
export interface Base {
  readonly texts: Texts;
  readonly pull: Pull | PullOf | undefined;
}

/** Loads, resolves and checks a handbook at the instant `now`, alone or against its base. */
export function evaluate(texts: Texts, now: Instant, progress: Progress, before?: Base): Evaluation {
  progress(`reading ${texts.texts.size} files`);
  const [loaded, base] = before === undefined ? [load(texts)] : loadBoth(texts, before.texts);
  progress('resolving');
  const resolved = resolve(loaded.handbook, publishedSpan(loaded.handbook, now));
  const against = before && base && compared(loaded, base, texts, before, now);
  progress('checking');
  const findings = locate(check(loaded, resolved, now, against), texts);
  return { handbook: loaded.handbook, resolved, findings, against };
}

/** Line endings depend on the checkout and are not part of a policy. */
const plain = (text: string | undefined): string | undefined => text?.replaceAll('\r\n', '\n');

function compared(
  { handbook, unreadFiles: after }: Loaded,
  base: Loaded,
  { texts }: Texts,
  before: Base,
  now: Instant,
): Against {
  const was = before.texts.texts;
  const changed = [...new Set([...texts.keys(), ...was.keys()])]
    .filter((file) => plain(texts.get(file)) !== plain(was.get(file)))
    .toSorted();
  const policies = changed.filter((file) => file.startsWith('policies/'));
  const unread = { before: changed.length > 0 ? base.unreadFiles : [], after };
  const against = compare(base.handbook, handbook, now, policies, undefined, unread);
  const { pull } = before;
  return withPull(against, now, typeof pull === 'function' ? pull(against) : pull);
}
