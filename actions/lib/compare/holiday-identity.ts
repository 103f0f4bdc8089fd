/**
 * Holidays behind the support hours of services: a holiday decides in which window a day lies, and so which chain is
 * called. Only days within the comparison count, so that next year's list is no change until it matters. Pure.
 */
import { childLocation, type Handbook, type Holidays } from '../model.ts';
import { inZone } from '../resolve/holiday-days.ts';
import { DAY, type Day, dateText } from '../time/date.ts';
import type { Zone } from '../time/zone.ts';
import { type Instant, type Interval, spanAt } from '../timeline.ts';
import { listsOfRota, serviceUsers } from './holiday-lists.ts';
import type { IdentityChange, KeyChange } from './identity-change.ts';
import type { FurtherHolidays } from './known-holidays.ts';

/** What a holiday is after a change that brings it to rotas, which this is followed by. */
export const NEW_FOR = 'new for ';

/** The lists behind the hours of services that differ on days within a span. */
export function* holidayChanges(base: Handbook, head: Handbook, within: Interval): Iterable<IdentityChange> {
  for (const [id, own] of serviceUsers(base, firstDayOf(within))) {
    const [was, is] = [base.holidays.get(id), head.holidays.get(id)];
    if (was === undefined || is === undefined) continue;
    yield { kind: 'holidays', id, keys: listKeys(was, is, within), concerned: [], teams: [...own.keys()] };
  }
}

/**
 * The holidays on days that rotas did not know, on record and ahead: a lead of a team with such a rota agrees to them,
 * unless one of those teams agrees to the same days for services. Whoever is on duty then, or gets a later turn, only
 * because of the holiday is not asked. Of rotas that did not go by the list, only those with the same lists before
 * speak for another, so that nobody's rota joins theirs to have a say.
 */
export function furtherHolidays(
  base: Handbook,
  head: Handbook,
  further: readonly FurtherHolidays[],
  within: Interval,
): readonly IdentityChange[] {
  const found = new Map<string, HolidayOfRotas>();
  for (const { rotas, days } of further)
    for (const id of rotas) {
      const [was, is] = [base.rotas.get(id), head.rotas.get(id)];
      if (was === undefined || is === undefined) continue;
      const listsBefore = listsOfRota(base, was);
      for (const { list, zone, days: inForce } of listsOfRota(head, is)) {
        const [known, holidays] = [base, head].map((it) => inDays(it, list, zone));
        for (const day of days) {
          if (holidays?.days.has(day) !== true || spanAt(inForce, day) === undefined) continue;
          const before = listsBefore.flatMap((it) => (spanAt(it.days, day) === undefined ? [] : it.list));
          const isNew = !before.includes(list);
          const key = JSON.stringify([list, day, isNew ? before : undefined]);
          // In its own zone, the list may have it a day off.
          const isAsked =
            known?.days.has(day) === false && [day - 1, day + 1].every((it) => isWithin(it, within));
          const own = found.get(key) ?? { list, isNew, day, isAsked, rotas: new Map() };
          found.set(key, own);
          own.rotas.set(id, was.team);
        }
      }
    }
  const users = serviceUsers(base, firstDayOf(within));
  // Only those whose rotas go by a list on the same days speak for each other.
  const together = Map.groupBy(found.values(), ({ list, isNew, rotas }) =>
    JSON.stringify([list, isNew, [...rotas.keys()].toSorted()]),
  );
  const changes = [...together.values()].flatMap((all): readonly IdentityChange[] => {
    const [first] = all;
    if (first === undefined) return [];
    const { list, isNew, rotas } = first;
    const teams = new Set(rotas.values());
    const ofServices = users.get(list);
    const areOfRotas = ofServices !== undefined && [...ofServices.keys()].every((it) => teams.has(it));
    const after = isNew ? `${NEW_FOR}${[...rotas.keys()].toSorted().join(', ')}` : 'holiday';
    const location = childLocation(head.holidays.get(list)?.location ?? { file: '', path: [] }, 'holidays');
    const keys = all
      .filter(({ isAsked }) => !(areOfRotas && isAsked))
      .toSorted((one, other) => one.day - other.day)
      .map(({ day }) => ({ key: dateText(day), before: undefined, after, location, at: mayBeginAt(day) }));
    return [{ kind: 'holidays', id: list, keys, concerned: [], teams: [...teams] }];
  });
  return changes.filter(({ keys }) => keys.length > 0);
}

/** A holiday of a list that some rotas did not know. */
interface HolidayOfRotas {
  readonly list: string;
  /** Whether the rotas did not go by the list on that day. */
  readonly isNew: boolean;
  readonly day: Day;
  /** Whether a change of the list itself asks the teams of services about it. */
  readonly isAsked: boolean;
  /** The rotas, each with its team. */
  readonly rotas: Map<string, string>;
}

const inDays = ({ holidays }: Handbook, id: string, zone: Zone) => {
  const list = holidays.get(id);
  return list && inZone(list, zone);
};

/** When a day may begin at the earliest: in a zone east of UTC, before it does there. */
const mayBeginAt = (day: Day): Instant => (day - 1) * DAY;

/** The first day that may lie within a span. */
const firstDayOf = ({ startAt }: Interval): Day => Math.floor(startAt / DAY) - 1;

/** Whether a day may lie within a span: whichever zone uses a list, its day may also go on after that of UTC. */
const isWithin = (day: Day, within: Interval): boolean =>
  firstDayOf(within) <= day && mayBeginAt(day) < within.endAt;

function listKeys(was: Holidays, is: Holidays, within: Interval): readonly KeyChange[] {
  const at = (key: string) => childLocation(is.location, key);
  const days = [...new Set([...was.days.keys(), ...is.days.keys()])].toSorted((one, other) => one - other);
  const holiday = ({ days: all }: Holidays, day: Day) => (all.has(day) ? 'holiday' : undefined);
  const edge = (key: string, before: Day, after: Day, first: Day): readonly KeyChange[] =>
    before === after || !isWithin(first, within)
      ? []
      : [{ key, before: dateText(before), after: dateText(after), location: at(key), at: mayBeginAt(first) }];
  return [
    ...(was.zone?.name === is.zone?.name
      ? []
      : [{ key: 'timezone', before: was.zone?.name, after: is.zone?.name, location: at('timezone') }]),
    // An edge is where days become known, or unknown.
    ...edge('complete_from', was.fromOn, is.fromOn, Math.max(was.fromOn, is.fromOn) - 1),
    ...edge('complete_until', was.untilOn, is.untilOn, Math.min(was.untilOn, is.untilOn) + 1),
    ...days
      .filter((day) => isWithin(day, within) && was.days.has(day) !== is.days.has(day))
      .map((day) => ({
        ...{ key: dateText(day), before: holiday(was, day), after: holiday(is, day) },
        ...{ location: at('holidays'), at: mayBeginAt(day) },
      })),
  ];
}
