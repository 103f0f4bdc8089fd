/** The holidays of a region, and between which days the list is complete: `policies/holidays/<id>.yaml`. */
import schema from '../../../../schemas/holidays.schema.json' with { type: 'json' };
import type { Holidays, PathLocation } from '../../model.ts';
import { day, eachFile, entries } from '../decode.ts';
import type { Kind } from '../kind.ts';
import { at, keysOf } from '../raw-data.ts';
import { hasForm, ISO_DATE, type TimeCheck } from '../times.ts';
import type { WrittenHolidays } from '../written.generated.ts';

const holidays = (id: string, written: WrittenHolidays, location: PathLocation): Holidays => ({
  id,
  name: written.name,
  fromOn: day(written.complete_from),
  untilOn: day(written.complete_until),
  days: new Map(entries(written.holidays).map(([on, name]) => [day(on), name])),
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
  const days = keysOf(at(data, 'holidays')).filter((on) => hasForm(on, ISO_DATE));
  const outside = (
    [first, ...more]: readonly string[],
    end: 'complete_from' | 'complete_until',
    limit: string,
  ) => {
    if (first === undefined) return;
    const args = { day: first, more: more.length, end, limit };
    report(['holidays', first], { rule: 'times', code: 'outside-list', args }, 'key');
  };
  // A wrong end puts many days outside the list, so each end is reported once.
  const early = days.filter((on) => on < from);
  const late = days.filter((on) => on > until);
  outside(early, 'complete_from', from);
  outside(late, 'complete_until', until);
};

export const holidaysKind = {
  name: 'holidays',
  paths: ['policies/holidays/<id>.yaml'],
  schema,
  times: [completeness],
  assemble: (files) => ({ holidays: eachFile(files, holidays) }),
} as const satisfies Kind<'holidays'>;
