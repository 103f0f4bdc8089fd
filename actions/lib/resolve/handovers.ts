/**
 * Hand-overs of every kind as a numbered sequence: which is the first from a day on, and when is the one of a number.
 * The difference between two numbers is the number of turns between them, so turns are counted, never added up.
 */
import type { Handover } from '../model.ts';
import { DAY, type Day, type Wall, weekdayOf, weekOf } from '../time/date.ts';
import { dayOfTurn, type TurnOn, turnOn } from '../time/turn-name.ts';

/** The hand-overs of one kind, in order. */
export interface HandoverSequence {
  /** The number of the first hand-over whose turn has this name or a later one. */
  readonly numberFrom: (on: TurnOn) => number;
  /** The local time of a hand-over whose number is within the bounds. */
  readonly wallOf: (number: number) => Wall;
  /** The least number of a hand-over, and the first number beyond the last; infinite where they have no end. */
  readonly least: number;
  readonly most: number;
  /** Whether turns are named by day and time. */
  readonly isTimed: boolean;
}

const ENDLESS = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };

/** Sequences that depend on the hand-over alone, which most rotas have one of. */
const cache = new WeakMap<Handover, HandoverSequence>();

/** The name of the turn that begins with a hand-over. */
export function turnOnOf({ isTimed }: HandoverSequence, wall: Wall): TurnOn {
  const day = Math.floor(wall / DAY);
  return isTimed ? turnOn(day, wall - day * DAY) : day;
}

/**
 * The hand-overs of a kind. Periods of several weeks are counted from `anchorOn`; without one there are none.
 * `workingDays` gives the days on which an order by working days hands over.
 */
export function handoverSequence(
  handover: Handover,
  anchorOn: TurnOn | undefined,
  workingDays: () => readonly Day[],
): HandoverSequence {
  switch (handover.kind) {
    case 'weeks':
      return anchorOn === undefined ? listed([], 0) : everyWeeks(handover, anchorOn);
    case 'working-days':
      return listed(workingDays(), handover.time);
    default: {
      const sequence = cache.get(handover) ?? endlessSequence(handover);
      cache.set(handover, sequence);
      return sequence;
    }
  }
}

function endlessSequence(
  handover: Exclude<Handover, { readonly kind: 'weeks' | 'working-days' }>,
): HandoverSequence {
  switch (handover.kind) {
    case 'weekly':
      return weekly(handover.times);
    case 'weekdays':
      return weekly([0, 1, 2, 3, 4].map(() => handover.time));
    case 'monthly':
      return monthly(handover);
    case 'times':
      return severalADay(handover.times);
  }
}

function weekly(times: readonly (number | undefined)[]): HandoverSequence {
  const weekdays = [...times.keys()].filter((weekday) => times[weekday] !== undefined);
  const perWeek = weekdays.length;
  /** By weekday, how many hand-overs the week has had before it. */
  const earlier = Array.from({ length: 7 }, (_, day) => weekdays.filter((it) => it < day).length);
  return {
    numberFrom: (on) => {
      const day = Math.ceil(on);
      return weekOf(day) * perWeek + (earlier[weekdayOf(day)] as number);
    },
    wallOf: (number) => {
      const week = Math.floor(number / perWeek);
      const weekday = weekdays[number - week * perWeek] as number;
      // Weeks are numbered from the one that contains 1 January 1970, a Thursday.
      return (week * 7 - 3 + weekday) * DAY + (times[weekday] as number);
    },
    ...ENDLESS,
    isTimed: false,
  };
}

function everyWeeks(
  { weeks, weekday, time }: Extract<Handover, { readonly kind: 'weeks' }>,
  anchorOn: TurnOn,
): HandoverSequence {
  const anchor = Math.ceil(anchorOn);
  const first = anchor + ((weekday - weekdayOf(anchor) + 7) % 7);
  return {
    numberFrom: (on) => Math.ceil((on - first) / (7 * weeks)),
    wallOf: (number) => (first + number * 7 * weeks) * DAY + time,
    ...ENDLESS,
    isTimed: false,
  };
}

function monthly({ date, time }: Extract<Handover, { readonly kind: 'monthly' }>): HandoverSequence {
  /** Months are numbered from January of the year 0. */
  const dayIn = (month: number): Day => {
    const year = Math.floor(month / 12);
    return (
      (date === 'last' ? Date.UTC(year, month - year * 12 + 1, 0) : Date.UTC(year, month - year * 12, date)) /
      DAY
    );
  };
  return {
    numberFrom: (on) => {
      const then = new Date(Math.ceil(on) * DAY);
      const month = then.getUTCFullYear() * 12 + then.getUTCMonth();
      return dayIn(month) >= on ? month : month + 1;
    },
    wallOf: (number) => dayIn(number) * DAY + time,
    ...ENDLESS,
    isTimed: false,
  };
}

function severalADay(times: readonly number[]): HandoverSequence {
  const perDay = times.length;
  return {
    numberFrom: (on) => {
      const day = dayOfTurn(on);
      const earlier = times.filter((time) => turnOn(day, time) < on).length;
      return day * perDay + earlier;
    },
    wallOf: (number) => {
      const day = Math.floor(number / perDay);
      return day * DAY + (times[number - day * perDay] as number);
    },
    ...ENDLESS,
    isTimed: true,
  };
}

function listed(days: readonly Day[], time: number): HandoverSequence {
  return {
    numberFrom: (on) => {
      let low = 0;
      let high = days.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((days[middle] as Day) < on) low = middle + 1;
        else high = middle;
      }
      return low;
    },
    wallOf: (number) => (days[number] as Day) * DAY + time,
    least: 0,
    most: days.length,
    isTimed: false,
  };
}
