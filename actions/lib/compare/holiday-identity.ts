/**
 * Holidays behind the support hours of services: a holiday decides in which window a day lies, and so which chain is
 * called. Only days within the comparison count, so that next year's list is no change until it matters. Pure.
 */
import { childLocation, type Handbook, type Holidays, type Service } from '../model.ts';
import { DAY, type Day, dateText } from '../time/date.ts';
import type { Interval } from '../timeline.ts';
import type { IdentityChange, KeyChange } from './identity-change.ts';
import { listUsers } from './shared-identity.ts';

/** The lists behind the hours of services that differ on days within a span. */
export function* holidayChanges(
  base: Handbook,
  head: Handbook,
  teamsCalled: (handbook: Handbook, service: Service) => readonly string[],
  within: Interval,
): Iterable<IdentityChange> {
  for (const [id, own] of listUsers(base, teamsCalled)) {
    const [was, is] = [base.holidays.get(id), head.holidays.get(id)];
    if (was === undefined || is === undefined) continue;
    yield { kind: 'holidays', id, keys: listKeys(was, is, within), concerned: [], teams: [...own.keys()] };
  }
}

function listKeys(was: Holidays, is: Holidays, { startAt, endAt }: Interval): readonly KeyChange[] {
  // Whichever zone uses the list, its day may go on after that of UTC.
  const today = Math.floor(startAt / DAY) - 1;
  const isWithin = (day: Day) => today <= day && day * DAY < endAt;
  const at = (key: string) => childLocation(is.location, key);
  const days = [...new Set([...was.days.keys(), ...is.days.keys()])].toSorted((one, other) => one - other);
  const holiday = ({ days: all }: Holidays, day: Day) => (all.has(day) ? 'holiday' : undefined);
  const edge = (key: string, before: Day, after: Day, first: Day): readonly KeyChange[] =>
    before === after || !isWithin(first)
      ? []
      : [{ key, before: dateText(before), after: dateText(after), location: at(key), at: first * DAY }];
  return [
    ...(was.zone?.name === is.zone?.name
      ? []
      : [{ key: 'timezone', before: was.zone?.name, after: is.zone?.name, location: at('timezone') }]),
    // An edge is where days become known, or unknown.
    ...edge('complete_from', was.fromOn, is.fromOn, Math.max(was.fromOn, is.fromOn) - 1),
    ...edge('complete_until', was.untilOn, is.untilOn, Math.min(was.untilOn, is.untilOn) + 1),
    ...days
      .filter((day) => isWithin(day) && was.days.has(day) !== is.days.has(day))
      .map((day) => ({
        ...{ key: dateText(day), before: holiday(was, day), after: holiday(is, day) },
        ...{ location: at('holidays'), at: day * DAY },
      })),
  ];
}
