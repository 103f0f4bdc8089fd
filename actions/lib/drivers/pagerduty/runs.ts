/**
 * At which times the workflow applies the handbook, by its lines of cron, and whether one of them is a run for an
 * instant. GitHub reads these times in UTC. Pure.
 */
import { DAY, HOUR, MINUTE } from '../../time/date.ts';
import type { Instant } from '../../timeline.ts';

/** The values that each field of a line matches; undefined for every value. */
export interface CronTime {
  readonly minutes: ReadonlySet<number> | undefined;
  readonly hours: ReadonlySet<number> | undefined;
  /** Days of the month, from 1. */
  readonly days: ReadonlySet<number> | undefined;
  /** Months, from 1. */
  readonly months: ReadonlySet<number> | undefined;
  /** 0 for Sunday. */
  readonly weekdays: ReadonlySet<number> | undefined;
}

const FIELDS = [
  ['minutes', 0, 59],
  ['hours', 0, 23],
  ['days', 1, 31],
  ['months', 1, 12],
  ['weekdays', 0, 7],
] as const;

const NAMES = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const WEEKDAYS = 'sun mon tue wed thu fri sat'.split(' ');

/** A run starts at most this long before an instant, or this long after it, to count as one for it. */
const EARLY = MINUTE;
const LATE = 4 * MINUTE;

/** A line of cron, such as `0 8,9,16,17 * * 1-5`; undefined where it cannot be read. */
export function cronTime(line: string): CronTime | undefined {
  const parts = line.trim().split(/\s+/);
  if (parts.length !== FIELDS.length) return undefined;
  const fields = FIELDS.map(([, from, to], i) => valuesIn(parts[i] ?? '', from, to));
  if (fields.includes('unreadable')) return undefined;
  const [minutes, hours, days, months, weekdays] = fields as (ReadonlySet<number> | undefined)[];
  const week = weekdays?.has(7) ? new Set([...weekdays, 0]) : weekdays;
  return { minutes, hours, days, months, weekdays: week };
}

function valuesIn(field: string, from: number, to: number): ReadonlySet<number> | undefined | 'unreadable' {
  if (field === '*') return undefined;
  const values = new Set<number>();
  for (const item of field.split(',')) {
    const [, range = '', step = '1'] = /^(\*|\w+(?:-\w+)?)(?:\/(\d{1,2}))?$/.exec(item) ?? [];
    const [first, last = item.includes('/') ? to : undefined] =
      range === '*' ? [from, to] : range.split('-').map(numberOf);
    const end = last ?? first;
    if (first === undefined || end === undefined || Number.isNaN(first + end)) return 'unreadable';
    if (first < from || end > to || first > end || Number(step) < 1) return 'unreadable';
    for (let value = first; value <= end; value += Number(step)) values.add(value);
  }
  return values;
}

function numberOf(text: string): number {
  if (/^\d{1,2}$/.test(text)) return Number(text);
  const name = text.toLowerCase();
  if (NAMES.includes(name)) return NAMES.indexOf(name) + 1;
  return WEEKDAYS.includes(name) ? WEEKDAYS.indexOf(name) : Number.NaN;
}

/** Whether one of the runs is due from a minute before an instant to a few minutes after it. */
export function isRunFor(run: CronTime, at: Instant): boolean {
  const minute = Math.floor(at / MINUTE) * MINUTE;
  for (let due = minute - EARLY; due <= minute + LATE; due += MINUTE) if (isDue(run, due)) return true;
  return false;
}

/** Of days of the month and weekdays, one is enough where both are given. */
function isDue({ minutes, hours, days, months, weekdays }: CronTime, at: Instant): boolean {
  const date = new Date(at);
  const has = (values: ReadonlySet<number> | undefined, value: number) => values?.has(value) !== false;
  const onDay = has(days, date.getUTCDate());
  const onWeekday = has(weekdays, date.getUTCDay());
  return (
    has(minutes, Math.floor((at % HOUR) / MINUTE)) &&
    has(hours, Math.floor((at % DAY) / HOUR)) &&
    has(months, date.getUTCMonth() + 1) &&
    (days === undefined || weekdays === undefined ? onDay && onWeekday : onDay || onWeekday)
  );
}
