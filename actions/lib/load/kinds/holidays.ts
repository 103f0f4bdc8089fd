/** The holidays of a region, and between which days the list is complete: `policies/holidays/<id>.yaml`. */
import schema from '../../../../schemas/holidays.schema.json' with { type: 'json' };
import type { Holidays, PathLocation } from '../../model.ts';
import { zoneOf } from '../../time/zone.ts';
import { day, eachFile, entries } from '../decode.ts';
import type { Kind } from '../kind.ts';
import { at, isMap, keysOf, visit } from '../raw-data.ts';
import { fileZone, hasForm, ISO_DATE, type TimeCheck } from '../times.ts';
import type { WrittenHolidays } from '../written.generated.ts';

const holidays = (id: string, written: WrittenHolidays, location: PathLocation): Holidays => ({
  id,
  name: written.name,
  fromOn: day(written.complete_from),
  untilOn: day(written.complete_until),
  zone: written.timezone === undefined ? undefined : zoneOf(written.timezone),
  days: new Map([
    ...entries(written.holidays).flatMap(([on, it]): [number, string][] =>
      typeof it === 'string' ? [[day(on), it]] : [],
    ),
    ...entries(written.added).map(([on, name]): [number, string] => [day(on), name]),
  ]),
  location,
});

const completeness: TimeCheck = (data, report) => {
  const from = at(data, 'complete_from');
  const until = at(data, 'complete_until');
  if (!hasForm(from, ISO_DATE) || !hasForm(until, ISO_DATE)) return;
  if (until < from) {
    report(['complete_until'], { rule: 'times', code: 'list-order', args: { from, until } });
    return;
  }
  for (const key of ['holidays', 'added']) {
    const days = keysOf(at(data, key)).filter((on) => hasForm(on, ISO_DATE));
    const outside = (
      [first, ...more]: readonly string[],
      end: 'complete_from' | 'complete_until',
      limit: string,
    ) => {
      if (first === undefined) return;
      const args = { day: first, more: more.length, end, limit };
      report([key, first], { rule: 'times', code: 'outside-list', args }, 'key');
    };
    // A wrong end puts many days outside the list, so each end is reported once.
    outside(
      days.filter((on) => on < from),
      'complete_from',
      from,
    );
    outside(
      days.filter((on) => on > until),
      'complete_until',
      until,
    );
  }
};

/** A holiday is observed on another day of the list, which is not observed elsewhere itself. */
const observances: TimeCheck = (data, report) =>
  visit(data, ['holidays', '*', 'observed_on'], (on, path) => {
    if (!hasForm(on, ISO_DATE)) return;
    const other = at(data, 'holidays', on) ?? at(data, 'added', on);
    if (other === undefined || isMap(other))
      report(path, { rule: 'times', code: 'observed-nowhere', args: { day: on } });
  });

export const holidaysKind = {
  name: 'holidays',
  paths: ['policies/holidays/<id>.yaml'],
  schema,
  times: [fileZone, completeness, observances],
  assemble: (files) => ({ holidays: eachFile(files, holidays) }),
} as const satisfies Kind<'holidays'>;
