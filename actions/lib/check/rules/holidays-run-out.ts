/**
 * Past the end of a holiday list a bank holiday would silently be a working day, and its seat empty or doubly held
 * (GOV.UK PaaS: "On a Bank Holiday, we create a daytime override"). Every list reaches over all of the published span in
 * which it is in use. Told at the end, or start, of the list.
 */
import { childLocation, type Hours } from '../../model.ts';
import { rangeOf } from '../../resolve/hours.ts';
import { type Day, dateText } from '../../time/date.ts';
import type { Interval } from '../../timeline.ts';
import type { Rule } from '../rule.ts';

export const holidaysRunOut: Rule = {
  name: 'holidays-run-out',
  severity: 'error',
  asks: 'do the holiday lists reach the horizon?',
  playbook: 'GOV.UK PaaS, Support roles',
  *check({ handbook, resolved: { span } }) {
    for (const list of handbook.holidays.values()) {
      const days = [...handbook.hours.values()].flatMap((hours) => daysUnder(list.id, hours, span));
      if (days.length === 0) continue;
      const firstOn = Math.min(...days.map(({ first }) => first));
      const lastOn = Math.max(...days.map(({ last }) => last));
      if (list.untilOn < lastOn) {
        const message = `this list ends on ${dateText(list.untilOn)}, and rotas are published by it to ${dateText(lastOn)}; extend it with "rota holidays"`;
        yield { location: childLocation(list.location, 'complete_until'), message };
      }
      if (list.fromOn > firstOn) {
        const message = `this list begins on ${dateText(list.fromOn)}, and rotas are published by it from ${dateText(firstOn)}; extend it with "rota holidays"`;
        yield { location: childLocation(list.location, 'complete_from'), message };
      }
    }
  },
};

/** The first and the last day of a span of each stretch in which support hours go by a list. */
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
