/** What an absence in a form that does not exist probably means, as the text to write. Pure. */
import { dateText, dayOf } from '../time/date.ts';
import { isMap, visit } from './raw-data.ts';
import { hasForm, ISO_DATE, ISO_DATE_TIME, type TimeCheck } from './times.ts';

/** Reports absences that mix days and hours, or are a date alone. */
export const absenceForms: TimeCheck = (data, report) =>
  visit(data, ['people', '*', 'away', '*'], (written, path) => {
    const meant = hasForm(written, ISO_DATE)
      ? `{first_day: ${written}, last_day: ${written}}`
      : isMap(written)
        ? meantBy(written)
        : undefined;
    if (meant !== undefined) report(path, { rule: 'schema', code: 'other-absence', args: { meant } });
  });

/** The text to write for the keys of days with hours, or with the keys of hours; undefined for any other absence. */
function meantBy(written: Readonly<Record<string, unknown>>): string | undefined {
  const { from, to, first_day: first, last_day: last } = written;
  const start = first ?? from;
  const end = last ?? to;
  const ofDays = [first, last].filter((it) => it !== undefined);
  const isMixed = ofDays.length > 0 && (from !== undefined || to !== undefined);
  const isTimed = [start, end].some((it) => hasForm(it, ISO_DATE_TIME));
  if (!isMixed && !ofDays.some((it) => hasForm(it, ISO_DATE_TIME))) return undefined;
  const begins = isTimed ? instantText(start, 0) : dateIn(start);
  const ends = isTimed ? instantText(end, last === undefined ? 0 : 1) : dateIn(end);
  if (begins === undefined || (end !== undefined && ends === undefined)) return undefined;
  const [one, other] = isTimed ? ['from', 'to'] : ['first_day', 'last_day'];
  return `{${one}: ${begins}${ends === undefined ? '' : `, ${other}: ${ends}`}}`;
}

const dateIn = (text: unknown): string | undefined => (hasForm(text, ISO_DATE) ? text : undefined);

/** A local date-time, or the beginning of a date or of the day after it. */
function instantText(text: unknown, after: 0 | 1): string | undefined {
  if (hasForm(text, ISO_DATE_TIME)) return text;
  const day = hasForm(text, ISO_DATE) ? dayOf(text) : undefined;
  return day === undefined ? undefined : `${dateText(day + after)}T00:00`;
}
