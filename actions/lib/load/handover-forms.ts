/** What a hand-over in a form that does not exist probably means, as the text to write. Pure. */
import { WEEKDAYS } from '../time/date.ts';
import { meantChoice } from './meant.ts';
import { isMap, visit } from './raw-data.ts';
import type { TimeCheck } from './times.ts';

/** Reports hand-overs whose form is recognised but written in another way. */
export const handoverForms: TimeCheck = (data, report) => {
  for (const steps of [['handover'], ['amendments', '*', 'handover']])
    visit(data, steps, (written, path) => {
      const meant = formOf(written);
      if (meant !== undefined) report(path, { rule: 'schema', code: 'other-handover', args: { meant } });
    });
};

/** The text to write; undefined for a hand-over whose form exists, or is not recognised. */
function formOf(written: unknown): string | undefined {
  if (typeof written === 'string')
    return inWords(written) ?? worded(written, '09:00') ?? weekly('monday', '09:00');
  if (Array.isArray(written)) return meantByList(written.slice(0, WEEKDAYS.length).filter(isMap));
  return isMap(written) ? meantBy(written) : undefined;
}

type Written = Readonly<Record<string, unknown>>;

/** Forms of which several keys are there at once are told apart by writing each. */
function meantBy(written: Written): string | undefined {
  const { every, date, weeks, times, day } = written;
  const time = timeIn(written);
  const week = weekly(day, time, weeks === undefined ? 1 : countOf(weeks));
  if (date !== undefined && (weeks !== undefined || day !== undefined))
    return `${week} or ${monthly(date, time)}`;
  const form = everyForm(written, time);
  if (form !== undefined) return form;
  if (date !== undefined) return dateOf(date) === date ? undefined : monthly(date, time);
  if (times !== undefined) return severalTimes(written);
  const isForm = every === 'day' || every === 'working_day' || every === 'weekday';
  return isForm && day !== undefined ? `${week} or {every: ${every}, time: "${time}"}` : undefined;
}

function everyForm({ every, date, day }: Written, time: string): string | undefined {
  if (Array.isArray(every)) {
    const days = every.slice(0, WEEKDAYS.length).map((it) => meantChoice(String(it), WEEKDAYS));
    const known = [...new Set(days)].filter((it) => it !== undefined);
    return known.length === 0 ? undefined : `[${known.map((it) => weekly(it, time)).join(', ')}]`;
  }
  if (typeof every !== 'string' || every.length > 20) return undefined;
  return /^(1 |one )?month(s|ly)?$/.test(every)
    ? monthly(date === undefined ? 1 : date, time)
    : worded(every, time, day);
}

/** The hand-over that a word such as `fortnight`, `mon`, `workday` or `daily` means. */
function worded(word: string, time: string, day?: unknown): string | undefined {
  const count = weeksIn(word);
  if (count !== undefined) return weekly(day, time, count);
  if (/^monthly$/.test(word)) return monthly(1, time);
  if (/^(business|work)[ _-]?days?$/.test(word)) return `{every: working_day, time: "${time}"}`;
  if (/^daily$|^days$/.test(word)) return `{every: day, time: "${time}"}`;
  const weekday = meantChoice(word.slice(0, 20), WEEKDAYS);
  return weekday === undefined ? undefined : weekly(weekday, time);
}

/** A list has weekdays only: neither weeks to count, nor dates. */
function meantByList(days: readonly Written[]): string | undefined {
  const other = days.find(({ weeks, date }) => weeks !== undefined || date !== undefined);
  if (other === undefined) return undefined;
  const own = days.filter(({ day }) => isWeekday(day)).map((it) => weekly(it.day, timeIn(it)));
  const list = own.length > 1 ? [`[${own.join(', ')}]`] : [];
  const alone =
    other.date === undefined
      ? weekly(other.day, timeIn(other), countOf(other.weeks))
      : monthly(other.date, timeIn(other));
  return [alone, ...list].join(' or ');
}

function severalTimes(written: Written): string | undefined {
  const { every, time, times } = written;
  const single = Array.isArray(times) ? times : [times];
  const [only] = single;
  const isOne = single.length === 1 && isTime(only);
  if (isOne && every === 'day') return `{every: day, time: "${only}"}`;
  if (every === 'day' && time === undefined) return undefined;
  const several = `{every: day, times: ${timesText(times)}}`;
  return time === undefined ? several : `${several} or {every: day, time: "${timeIn(written)}"}`;
}

const isWeekday = (value: unknown): value is string => (WEEKDAYS as readonly unknown[]).includes(value);

function weekly(day: unknown, time: string, weeks = 1): string {
  const count = weeks === 1 ? '' : `, weeks: ${weeks}`;
  return `{day: ${isWeekday(day) ? day : 'monday'}, time: "${time}"${count}}`;
}

const monthly = (date: unknown, time: string): string => `{date: ${dateOf(date)}, time: "${time}"}`;

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

const timeIn = ({ time }: Written): string => (isTime(time) ? time : '09:00');

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
