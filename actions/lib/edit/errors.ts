/**
 * The errors that an edit would add. Both states of the handbook are checked over the edited time only, so that an
 * unrelated error neither blocks the edit nor looks new because it now concerns one time fewer.
 */
import { check } from '../check/check.ts';
import { identityOf } from '../check/describe.ts';
import { locate } from '../check/locate.ts';
import { load, type Texts } from '../load/load.ts';
import type { Finding, LocatedFinding } from '../model.ts';
import { publishedSpan, resolve } from '../resolve/resolve.ts';
import type { Instant, Interval } from '../timeline.ts';

/** The rules whose errors a swap or a cover can fix; they do not prevent an edit. */
const FIXED_BY_EDITS: ReadonlySet<string> = new Set(['away', 'eligible', 'double-booked']);

/** How bad its findings are depends on how far away a turn is from now, which a check of edited time does not know. */
const JUDGED_BY_NOW: ReadonlySet<string> = new Set(['ready']);

/** The errors of a handbook that concern the edited time. */
export interface Errors {
  readonly texts: Texts;
  readonly found: readonly Finding[];
}

/** Runs every rule over these spans only. */
export function errorsOver(texts: Texts, spans: readonly Interval[], now: Instant): Errors {
  const loaded = load(texts);
  const { startAt } = publishedSpan(loaded.handbook, now);
  const found = spans.flatMap((span) => {
    const resolved = resolve(loaded.handbook, { startAt, endAt: span.endAt });
    return check(loaded, resolved, span.startAt);
  });
  return {
    texts,
    found: found.filter(({ severity, rule }) => severity === 'error' && !JUDGED_BY_NOW.has(rule)),
  };
}

/** Whether a file has errors that an edit of its overrides cannot fix. */
export const isFaulty = ({ found }: Errors, file: string): boolean =>
  found.some(({ rule, location }) => location.file === file && !FIXED_BY_EDITS.has(rule));

/** The errors that did not exist before, whatever their line now is. */
export function newErrors(before: Errors, after: Errors): readonly LocatedFinding[] {
  const known = new Set(before.found.map(identityOf));
  return locate(
    after.found.filter((finding) => !known.has(identityOf(finding))),
    after.texts,
  );
}
