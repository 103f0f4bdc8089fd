/** The whole story: files to a handbook, to shifts, to findings, to what is published. Pure; every entry tells it so. */
import { check } from './check/check.ts';
import { type Loaded, load, type PlacedFinding, placed, type Texts } from './load/load.ts';
import { type Piece, type Publication, publish } from './publish/publish.ts';
import { publishedSpan, type Resolved, resolve } from './resolve/resolve.ts';
import type { Instant } from './timeline.ts';

/** A handbook read, resolved over the published span, and checked. */
export interface Told extends Loaded {
  readonly resolved: Resolved;
  readonly placed: readonly PlacedFinding[];
}

/** Called with the name of each room as it is entered. */
export type Progress = (doing: string) => void;

/** Reads, resolves and checks a handbook as it stands `now`. */
export function tell(texts: Texts, now: Instant, progress: Progress): Told {
  progress(`reading ${texts.texts.size} files`);
  const loaded = load(texts);
  progress('resolving');
  const resolved = resolve(loaded.handbook, publishedSpan(loaded.handbook, now));
  progress('checking');
  const findings = check(loaded, resolved, now);
  return { ...loaded, findings, resolved, placed: placed(findings, texts) };
}

/** The files to publish, or none where the handbook has errors: a calendar that is wrong is worse than an old one. */
export function publication(told: Told, given: Omit<Publication, 'handbook'>): Iterable<Piece> | undefined {
  return told.placed.some(({ severity }) => severity === 'error')
    ? undefined
    : publish({ ...given, handbook: told.handbook });
}
