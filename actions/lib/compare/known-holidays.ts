/**
 * After the end of a list of holidays, a rota has no cover. A pull request that makes the list longer must not choose
 * who had that cover before it: the base is compared as if its list had these days, too. Pure.
 */
import type { Handbook, Holidays } from '../model.ts';

/** The base, in which each list knows the further days that the head has for it, or for the hours that use it. */
export function withKnownHolidays(base: Handbook, head: Handbook): Handbook {
  const holidays = new Map(
    [...base.holidays].map(([id, list]) => [id, extended(list, sourcesOf(base, head, id))]),
  );
  const isSame = [...holidays].every(([id, list]) => list === base.holidays.get(id));
  return isSame ? base : { ...base, holidays };
}

/** The list of the head with the same id, and those that its support hours have instead. */
function sourcesOf(base: Handbook, head: Handbook, id: string): readonly Holidays[] {
  const usersOf = [...base.hours.values()].filter(({ terms }) =>
    terms.some((it) => it.holidays.includes(id)),
  );
  const others = usersOf.flatMap(
    (it) => head.hours.get(it.id)?.terms.flatMap(({ holidays }) => holidays) ?? [],
  );
  return [...new Set([id, ...others])].flatMap((it) => head.holidays.get(it) ?? []);
}

function extended(list: Holidays, sources: readonly Holidays[]): Holidays {
  let known = list;
  for (const { fromOn, untilOn, days, zone } of sources) {
    const isLonger = fromOn < known.fromOn || untilOn > known.untilOn;
    const isJoined = fromOn <= known.untilOn + 1 && untilOn >= known.fromOn - 1;
    if (!isLonger || !isJoined || zone !== known.zone) continue;
    const [first, last] = [known.fromOn, known.untilOn];
    const further = [...days].filter(([day]) => day < first || day > last);
    known = {
      ...known,
      ...{ fromOn: Math.min(fromOn, first), untilOn: Math.max(untilOn, last) },
      days: new Map([...known.days, ...further]),
    };
  }
  return known;
}
