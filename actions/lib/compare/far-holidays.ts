/**
 * Which days beyond the published span are holidays is nobody's word yet: a list can get them, or lose them, without
 * anybody whose time that is. So what is written out for such days, and the rest of a turn that the end of the span
 * cuts, is also compared as if none of them were a holiday, and as if all were. Pure.
 */
import type { Handbook, Rota } from '../model.ts';
import { DAY, type Day } from '../time/date.ts';
import type { Instant } from '../timeline.ts';
import {
  bySharedHours,
  daysKnown,
  daysOf,
  type KnownDays,
  longestTurn,
  notWithin,
  type Pair,
  withEveryDay,
} from './known-holidays.ts';
import { placesOf } from './people.ts';
import { withRotas } from './unchanged.ts';

/** The holidays of two handbooks up to a horizon, for rotas with the same hours, and the days after it. */
interface Group {
  readonly rotas: readonly string[];
  readonly was: readonly Day[];
  readonly is: readonly Day[];
  readonly far: readonly Day[];
}

/**
 * Two handbooks with some of their rotas alone, in which no day from a horizon on is a holiday, and in which each is;
 * nothing where none of these rotas goes by a list.
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

/** A rota of which a list of holidays decides when it is on duty. */
function rotaByHolidays({ rotas, hours }: Handbook, id: string): readonly Rota[] {
  const rota = rotas.get(id);
  const hasList = (own: string | undefined) =>
    hours.get(own ?? '')?.terms.some((it) => it.holidays.length > 0);
  return rota?.terms.some((it) => hasList(it.hours)) === true ? [rota] : [];
}
