/**
 * The errors that an edit would bring. Both states of the handbook are asked about the edited time alone, so that an
 * error elsewhere neither stands in the way nor, told anew with one time less, looks like one that was not there.
 */
import { check } from '../check/check.ts';
import { describe } from '../check/describe.ts';
import { locate } from '../check/locate.ts';
import { load, type Texts } from '../load/load.ts';
import type { Finding, LocatedFinding } from '../model.ts';
import { publishedSpan, resolve } from '../resolve/resolve.ts';
import type { Instant, Interval } from '../timeline.ts';

/** What a swap or a cover is there to mend: it is no reason not to edit a file. */
const MENDED: ReadonlySet<string> = new Set(['away', 'eligible', 'double-booked']);

/** The errors of a handbook, as far as they concern some times. */
export interface Errors {
  readonly texts: Texts;
  readonly found: readonly Finding[];
}

/** Asks every rule about these times and nothing else. */
export function errorsOver(texts: Texts, spans: readonly Interval[], now: Instant): Errors {
  const loaded = load(texts);
  const { startAt } = publishedSpan(loaded.handbook, now);
  const found = spans.flatMap((span) => {
    const resolved = resolve(loaded.handbook, { startAt, endAt: span.endAt });
    return check(loaded, resolved, span.startAt);
  });
  return { texts, found: found.filter(({ severity }) => severity === 'error') };
}

/** Whether something is wrong with a file itself, and not only with who is there when. */
export const isFaulty = ({ found }: Errors, file: string): boolean =>
  found.some(({ rule, location }) => location.file === file && !MENDED.has(rule));

/** The errors that were not there before, wherever they stand now. */
export function newErrors(before: Errors, after: Errors): readonly LocatedFinding[] {
  const known = new Set(before.found.map(fact));
  return locate(
    after.found.filter((finding) => !known.has(fact(finding))),
    after.texts,
  );
}

/** What a finding says without its advice, which comes behind a semicolon: other people may be free after an edit. */
const fact = (finding: Finding): string =>
  JSON.stringify([finding.rule, finding.location.file, describe(finding).split(';')[0]]);
