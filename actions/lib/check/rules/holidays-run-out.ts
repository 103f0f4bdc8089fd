/**
 * After the end of a holiday list a bank holiday would silently count as a working day, and its role would be empty or
 * held twice (GOV.UK PaaS, "Support roles": bank holidays have an override of their own). Every list covers the part of
 * the published span in which it is used; a list of somebody's own, the part that is to come. Reported at the end, or
 * start, of the list.
 */
import { childLocation, type Holidays, type Hours } from '../../model.ts';
import { zoneOfPerson } from '../../resolve/availability.ts';
import { daysOfList } from '../../resolve/holiday-days.ts';
import { rangeOf } from '../../resolve/hours.ts';
import { coversOf } from '../../resolve/resolve.ts';
import { type Day, dateText } from '../../time/date.ts';
import type { Interval } from '../../timeline.ts';
import { type Context, rule } from '../rule.ts';

interface Codes {
  readonly 'ends-early': { readonly untilOn: Day; readonly neededOn: Day };
  readonly 'begins-late': { readonly fromOn: Day; readonly neededOn: Day };
}

export const holidaysRunOut = rule<Codes>({
  name: 'holidays-run-out',
  severity: 'error',
  summary: 'Holiday lists extend to the horizon.',
  playbook: 'GOV.UK PaaS, Support roles',
  *check(context) {
    const { handbook, resolved } = context;
    for (const list of handbook.holidays.values()) {
      const { fromOn, untilOn, location } = list;
      const days = [
        ...[...handbook.hours.values()].flatMap((hours) => daysUnder(list, hours, resolved.span)),
        ...daysOfPeople(list, context),
      ];
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
  list: Holidays,
  { zone, terms }: Hours,
  span: Interval,
): readonly { first: Day; last: Day }[] {
  return terms.flatMap(({ holidays }, i) => {
    const { startAt, endAt } = rangeOf(zone, terms, i, span);
    if (!holidays.includes(list.id) || startAt >= endAt) return [];
    return [daysOfList(list, zone, { first: zone.dayOf(startAt), last: zone.dayOf(endAt - 1) })];
  });
}

/** The same for the people in rotas whose own list it is, up to their last day. */
const daysOfPeople = (
  list: Holidays,
  { handbook, resolved, ahead }: Context,
): readonly { first: Day; last: Day }[] =>
  [...handbook.people.values()].flatMap((person) => {
    const [cover] = person.holidays?.includes(list.id) === true ? coversOf(resolved, person.id) : [];
    if (cover === undefined) return [];
    const zone = zoneOfPerson(person, cover.rota);
    const first = zone.dayOf(ahead.startAt);
    const last = Math.min(zone.dayOf(ahead.endAt - 1), person.lastOn ?? Number.POSITIVE_INFINITY);
    return first > last ? [] : [daysOfList(list, zone, { first, last })];
  });
