/** What a hand-over in a form that does not exist probably means, as the text to write. Pure. */
import { WEEKDAYS } from '../time/date.ts';
import { meantChoice } from './meant.ts';
import { isMap, visit } from './raw-data.ts';
import type { TimeCheck } from './times.ts';

/** Reports hand-overs whose form is recognised but written in another way. */
export const handoverForms: TimeCheck = (data, report) => {
  for (const steps of [['handover'], ['amendments', '*', 'handover']])
    visit(data, steps, (written, path) => {
      const meant = isMap(written)
        ? meantBy(written)
        : typeof written === 'string'
          ? inWords(written)
          : undefined;
      if (meant !== undefined) report(path, { rule: 'schema', code: 'other-handover', args: { meant } });
    });
};

/** The text to write; undefined for a hand-over whose form exists, or is not recognised. */
function meantBy(written: Readonly<Record<string, unknown>>): string | undefined {
  const { every, date, weeks, times } = written;
  const weekday = (WEEKDAYS as readonly unknown[]).includes(written.day) ? written.day : 'monday';
  const time = isTime(written.time) ? written.time : '09:00';
  const weekly = (count: unknown) =>
    `{day: ${weekday}, time: "${time}"${count === 1 ? '' : `, weeks: ${count}`}}`;
  const monthly = (on: unknown) => `{date: ${on}, time: "${time}"}`;
  if (date !== undefined && weeks !== undefined)
    return `${weekly(countOf(weeks))} or ${monthly(dateOf(date))}`;
  if (typeof every === 'string') {
    const count = weeksIn(every);
    if (count !== undefined) return weekly(count);
    if (/^(1 |one )?month(s|ly)?$/.test(every)) return monthly(date === undefined ? 1 : dateOf(date));
  }
  if (date !== undefined) return dateOf(date) === date ? undefined : monthly(dateOf(date));
  if (times !== undefined && every !== 'day') return `{every: day, times: ${timesText(times)}}`;
  return undefined;
}

/** The text to write for words such as `wednesday 10:00`, `weekly`, `fortnightly`, `daily` or `monthly`. */
function inWords(words: string): string | undefined {
  const text = words.trim().toLowerCase();
  if (text.length > 60) return undefined;
  const day = text
    .split(/[\s,]+/)
    .map((word) => (word.length < 3 ? undefined : meantChoice(word, WEEKDAYS)))
    .find((it) => it !== undefined);
  const [time] = /\b([01]\d|2[0-3]):[0-5]\d\b/.exec(text) ?? [];
  const [, count] = /\b(\d+ weeks?|(?:two|other) weeks?|fortnight(?:ly)?|biweekly)\b/.exec(text) ?? [];
  if (count !== undefined || day !== undefined || /\bweek(ly)?\b/.test(text))
    return meantBy({ every: count ?? 'week', day, time });
  if (/\bmonth(ly)?\b/.test(text)) return meantBy({ every: 'month', time });
  return /^(daily|day|every day)\b/.test(text) ? `{every: day, time: "${time ?? '09:00'}"}` : undefined;
}

const isTime = (value: unknown): value is string =>
  typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value);

/** The number of weeks in `2 weeks`, `week` or `fortnight`. */
function weeksIn(every: string): number | undefined {
  if (/^(fortnight(ly)?|biweekly|(two|other) weeks?)$/.test(every)) return 2;
  const [, count] = /^(?:(\d{1,2}) )?week(?:s|ly)?$/.exec(every) ?? [every, 'none'];
  return count === 'none' ? undefined : countOf(Number(count ?? 1));
}

const countOf = (weeks: unknown): number =>
  typeof weeks === 'number' && Number.isInteger(weeks) && weeks >= 1 && weeks <= 52 ? weeks : 2;

/** A day of the month that exists in every month, or the last. */
function dateOf(date: unknown): number | 'last' {
  if (typeof date === 'number' && Number.isInteger(date) && date >= 1 && date <= 28) return date;
  return date === 'last' || (typeof date === 'number' && date > 28) || date === 'end' ? 'last' : 1;
}

function timesText(times: unknown): string {
  const known = Array.isArray(times) ? times.slice(0, 4).filter(isTime) : [];
  return `[${(known.length > 1 ? known : ['06:00', '18:00']).map((time) => `"${time}"`).join(', ')}]`;
}
