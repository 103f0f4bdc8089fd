/**
 * Holidays behind the support hours of services: a holiday decides in which window a day lies, and so which chain is
 * called. Only days within the comparison count, so that next year's list is no change until it matters. Pure.
 */
import {
  childLocation,
  type Handbook,
  type Holidays,
  type Hours,
  type Rota,
  type Service,
} from '../model.ts';
import { inZone } from '../resolve/holiday-days.ts';
import { DAY, type Day, dateText } from '../time/date.ts';
import type { Interval } from '../timeline.ts';
import type { IdentityChange, KeyChange } from './identity-change.ts';
import type { FurtherHolidays } from './known-holidays.ts';
import { teamsCalled } from './service-identity.ts';
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

/**
 * The holidays ahead on days that rotas did not know, apart from those of services: a lead of a team with such a rota
 * agrees to them. Whoever is on duty then, or gets a later turn, only because of the holiday is not asked.
 */
export function furtherHolidays(
  base: Handbook,
  head: Handbook,
  further: readonly FurtherHolidays[],
  within: Interval,
): readonly IdentityChange[] {
  const known = listUsers(base, teamsCalled);
  const isOpen = (id: string, day: Day) =>
    day >= firstAhead(within) && !(known.has(id) && day * DAY < within.endAt);
  const found = new Map<string, { readonly days: Set<Day>; readonly teams: Set<string> }>();
  for (const { rotas, days } of further)
    for (const rota of rotas.flatMap((it) => head.rotas.get(it) ?? []))
      for (const { id, zone } of listsOf(head, rota)) {
        const list = head.holidays.get(id);
        const own = list && days.filter((it) => isOpen(id, it) && inZone(list, zone).days.has(it));
        if (own === undefined || own.length === 0) continue;
        const all = found.get(id) ?? { days: new Set(), teams: new Set() };
        found.set(id, all);
        all.teams.add(base.rotas.get(rota.id)?.team ?? rota.team);
        for (const day of own) all.days.add(day);
      }
  return [...found].map(([id, { days, teams }]): IdentityChange => {
    const location = childLocation(head.holidays.get(id)?.location ?? { file: '', path: [] }, 'holidays');
    const keys = [...days]
      .toSorted((one, other) => one - other)
      .map((day) => ({
        ...{ key: dateText(day), before: undefined, after: 'holiday', location, at: day * DAY },
      }));
    return { kind: 'holidays', id, keys, concerned: [], teams: [...teams] };
  });
}

/** The lists of the support hours of a rota, each with the zone of its days. */
const listsOf = ({ hours }: Handbook, { terms }: Rota) =>
  terms.flatMap((it) => {
    const own = hours.get(it.hours ?? '');
    return (own?.terms ?? []).flatMap(({ holidays }) =>
      holidays.map((id) => ({ id, zone: (own as Hours).zone })),
    );
  });

/** The first day that may be ahead: whichever zone uses a list, its day may go on after that of UTC. */
const firstAhead = ({ startAt }: Interval): Day => Math.floor(startAt / DAY) - 1;

function listKeys(was: Holidays, is: Holidays, within: Interval): readonly KeyChange[] {
  const isWithin = (day: Day) => firstAhead(within) <= day && day * DAY < within.endAt;
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
