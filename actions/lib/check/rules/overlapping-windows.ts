/**
 * The windows of support hours share out the day: were a minute in two of them, there would be two answers to which
 * promise holds and who is called. Told at the later of the two windows, with the first time they overlap.
 */
import { childLocation } from '../../model.ts';
import { clip, restrict } from '../../timeline.ts';
import { firstOf, type Rule } from '../rule.ts';

export const overlappingWindows: Rule = {
  name: 'overlapping-windows',
  severity: 'error',
  asks: 'does every minute belong to at most one window of its support hours?',
  *check({ handbook, resolved, ahead }) {
    for (const [id, windows] of resolved.windows) {
      const hours = handbook.hours.get(id);
      if (hours === undefined) continue;
      const names = [...windows.keys()];
      for (const [i, name] of names.entries()) {
        for (const other of names.slice(0, i)) {
          const both = clip(restrict(windows.get(name) ?? [], windows.get(other) ?? []), ahead);
          const [first] = both;
          if (first === undefined) continue;
          const on = hours.zone.dayOf(first.startAt);
          const location =
            hours.terms.findLast(({ firstOn }) => firstOn <= on)?.windowsLocation ??
            childLocation(hours.location, 'windows');
          const message = `"${name}" and "${other}" overlap, ${firstOf(hours.zone, both)}; a minute belongs to one window`;
          yield { location: { ...childLocation(location, name), key: true }, message };
        }
      }
    }
  },
};
