/**
 * The windows of support hours do not overlap: a minute in two of them would have two service levels and two escalation
 * chains. Where the hours are continuous, no minute is outside all of them either. Reported at the later of two
 * windows, with the first time they overlap, or at `continuous`, with the first hole.
 */
import { childLocation, type Handbook } from '../../model.ts';
import { knownRange, type Windows, windowTimeline } from '../../resolve/hours.ts';
import { clip, type Interval, restrict, without } from '../../timeline.ts';
import { type Objection, rule } from '../rule.ts';
import { type FirstSpan, firstOf, firstWords } from '../spans.ts';

interface Codes {
  readonly overlap: FirstSpan & { readonly window: string; readonly other: string };
  readonly hole: FirstSpan;
}

export const overlappingWindows = rule<Codes>({
  name: 'overlapping-windows',
  severity: 'error',
  summary:
    'Every minute belongs to at most one window of its support hours, and to one of them if they are continuous.',
  *check({ handbook, resolved, ahead }) {
    for (const [id, windows] of resolved.windows) {
      const hours = handbook.hours.get(id);
      if (hours === undefined) continue;
      yield* holes(handbook, id, windows, ahead);
      const names = [...windows.keys()];
      for (const [i, window] of names.entries()) {
        for (const other of names.slice(0, i)) {
          const both = clip(restrict(windows.get(window) ?? [], windows.get(other) ?? []), ahead);
          const [first] = both;
          if (first === undefined) continue;
          const on = hours.zone.dayOf(first.startAt);
          const location =
            hours.terms.findLast(({ firstOn }) => firstOn <= on)?.windowsLocation ??
            childLocation(hours.location, 'windows');
          yield {
            code: 'overlap',
            args: { window, other, ...firstOf(hours.zone, both) },
            location: { ...childLocation(location, window), key: true },
          };
        }
      }
    }
  },
  describe: {
    overlap: ({ window, other, ...first }) =>
      `"${window}" and "${other}" overlap, ${firstWords(first)}; a minute belongs to one window`,
    hole: (first) =>
      `no window has ${firstWords(first)}, and these hours are continuous; ` +
      'widen a window, or add one that is {outside: [...]} the others',
  },
});

/** The first hole in the windows of each term that is continuous. */
function* holes(
  handbook: Handbook,
  id: string,
  windows: Windows,
  ahead: Interval,
): Iterable<Objection<Codes>> {
  const hours = handbook.hours.get(id);
  for (const [i, { continuous, continuousLocation }] of hours?.terms.entries() ?? []) {
    if (hours === undefined || !continuous) continue;
    const range = knownRange(handbook, hours, i, ahead);
    const open =
      range.startAt < range.endAt ? without([{ ...range, value: true }], windowTimeline(windows)) : [];
    if (open.length > 0)
      yield { code: 'hole', args: firstOf(hours.zone, open), location: continuousLocation };
  }
}
