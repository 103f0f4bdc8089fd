/**
 * The windows of support hours do not overlap: a minute in two of them would have two service levels and two escalation
 * chains. Reported at the later of the two windows, with the first time they overlap.
 */
import { childLocation } from '../../model.ts';
import { clip, restrict } from '../../timeline.ts';
import { rule } from '../rule.ts';
import { type FirstSpan, firstOf, firstWords } from '../spans.ts';

interface Codes {
  readonly overlap: FirstSpan & { readonly window: string; readonly other: string };
}

export const overlappingWindows = rule<Codes>({
  name: 'overlapping-windows',
  severity: 'error',
  summary: 'Every minute belongs to at most one window of its support hours.',
  *check({ handbook, resolved, ahead }) {
    for (const [id, windows] of resolved.windows) {
      const hours = handbook.hours.get(id);
      if (hours === undefined) continue;
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
  },
});
