/**
 * After the end of a holiday list a bank holiday would silently count as a working day, and its role would be empty or
 * held twice (GOV.UK PaaS, "Support roles": bank holidays have an override of their own). Every list covers the part of
 * the published span in which it is used. Reported at the end, or start, of the list.
 */
import { childLocation, type Hours } from '../../model.ts';
import { rangeOf } from '../../resolve/hours.ts';
import { type Day, dateText } from '../../time/date.ts';
import type { Interval } from '../../timeline.ts';
import { rule } from '../rule.ts';

interface Codes {
  readonly 'ends-early': { readonly untilOn: Day; readonly neededOn: Day };
  readonly 'begins-late': { readonly fromOn: Day; readonly neededOn: Day };
}

export const holidaysRunOut = rule<Codes>({
  name: 'holidays-run-out',
  severity: 'error',
  summary: 'Holiday lists extend to the horizon.',
  playbook: 'GOV.UK PaaS, Support roles',
  *check({ handbook, resolved: { span } }) {
    for (const { id, fromOn, untilOn, location } of handbook.holidays.values()) {
      const days = [...handbook.hours.values()].flatMap((hours) => daysUnder(id, hours, span));
      if (days.length === 0) continue;
      const firstOn = Math.min(...days.map(({ first }) => first));
      const lastOn = Math.max(...days.map(({ last }) => last));
      if (untilOn < lastOn)
        yield {
          code: 'ends-early',
          args: { untilOn, neededOn: lastOn },
          location: childLocation(location, 'complete_until'),
        };
      if (fromOn > firstOn)
        yield {
          code: 'begins-late',
          args: { fromOn, neededOn: firstOn },
          location: childLocation(location, 'complete_from'),
        };
    }
  },
  describe: {
    'ends-early': ({ untilOn, neededOn }) =>
      `this list ends on ${dateText(untilOn)}, and published rotas use it up to ${dateText(neededOn)}; ` +
      'extend it with "rota holidays"',
    'begins-late': ({ fromOn, neededOn }) =>
      `this list begins on ${dateText(fromOn)}, and published rotas use it from ${dateText(neededOn)}; ` +
      'extend it with "rota holidays"',
  },
});

/** The first and last day of each period within a span in which support hours use a list. */
function daysUnder(
  list: string,
  { zone, terms }: Hours,
  span: Interval,
): readonly { first: Day; last: Day }[] {
  return terms.flatMap(({ holidays }, i) => {
    const { startAt, endAt } = rangeOf(zone, terms, i, span);
    if (holidays !== list || startAt >= endAt) return [];
    return [{ first: zone.dayOf(startAt), last: zone.dayOf(endAt - 1) }];
  });
}
