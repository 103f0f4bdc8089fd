/**
 * Nobody has agreed yet on which days beyond the published span are holidays: a list can get or lose them, and the
 * people whose time that changes may not be asked. Such days are therefore compared twice more, once as if none of them
 * were a holiday and once as if all were. Pure.
 */
import type { Handbook, Rota } from '../model.ts';
import { DAY, type Day } from '../time/date.ts';
import type { Instant } from '../timeline.ts';
import { withEveryDay } from './every-day.ts';
import { bySharedHours, daysKnown, daysOf, type KnownDays, longestTurn, notWithin } from './known-days.ts';
import type { Pair } from './known-holidays.ts';
import { placesOf } from './people.ts';
import { withRotas } from './unchanged.ts';

/** Rotas with the same support hours. */
interface Group {
  readonly rotas: readonly string[];
  /** The holidays of the base, and of the head, before the horizon. */
  readonly was: readonly Day[];
  readonly is: readonly Day[];
  /** Every day from the horizon to the last one that the rotas name. */
  readonly far: readonly Day[];
}

/**
 * Some rotas of two handbooks, first as if no day from a horizon on were a holiday, then as if each were. Empty if none
 * of these rotas has support hours with a list of holidays.
 */
export function chosenBeyond(pair: Pair, ids: ReadonlySet<string>, horizon: Instant): readonly Pair[] {
  const [was, is] = [withRotas(pair.was, ids), withRotas(pair.is, ids)];
  const groups = groupsOf(was, is, horizon);
  if (groups.length === 0) return [];
  return [false, true].map((isHoliday) => ({
    was: withEveryDay(was, groups, (it) => (isHoliday ? [...it.was, ...it.far] : it.was)),
    is: withEveryDay(is, groups, (it) => (isHoliday ? [...it.is, ...it.far] : it.is)),
  }));
}

function groupsOf(was: Handbook, is: Handbook, horizon: Instant): readonly Group[] {
  const lines = Map.groupBy([...placesOf(was), ...placesOf(is)], ({ rota }) => rota);
  const first = Math.ceil(horizon / DAY);
  return bySharedHours(was, is).flatMap((ids) => {
    const rotas = ids.flatMap((id) => [was, is].flatMap((it) => rotaByHolidays(it, id)));
    if (rotas.length === 0) return [];
    const until = first + Math.max(...rotas.map(({ terms }) => longestTurn(terms)));
    const named = ids.flatMap((id) => lines.get(id) ?? []);
    const endOn = Math.max(first, ...daysOf(named, until).map(({ endAt }) => Math.ceil(endAt)));
    const far = Array.from({ length: endOn - first }, (_, i) => first + i);
    const [id = ''] = ids;
    const [before, after] = [daysKnown(was, id), daysKnown(is, id)];
    const near = (own: KnownDays, other: KnownDays): readonly Day[] =>
      [...own.holidays, ...notWithin(own.days, other.holidays)].filter((day) => day < first);
    return [{ rotas: ids, was: near(before, after), is: near(after, before), far }];
  });
}

/** The rota with an id, if its support hours have a list of holidays. */
function rotaByHolidays({ rotas, hours }: Handbook, id: string): readonly Rota[] {
  const rota = rotas.get(id);
  const hasList = (own: string | undefined) =>
    hours.get(own ?? '')?.terms.some((it) => it.holidays.length > 0);
  return rota?.terms.some((it) => hasList(it.hours)) === true ? [rota] : [];
}
