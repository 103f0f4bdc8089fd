/**
 * The names of turns. A turn is named by the local day of its hand-over, or, where a day has several hand-overs, by day
 * and time.
 */
import { DAY, type Day, dateText, dayOf, MINUTE, timeOf, type Wall, wallText } from './date.ts';
import { clockText, formatDay } from './format.ts';

/**
 * The name of a turn as a number: its day; for a turn named by day and time, plus the part of the day until the middle
 * of that minute. So turns sort by their numbers, and `2026-12-02` differs from `2026-12-02T00:00`.
 */
export type TurnOn = number;

/** The name of the turn that begins on a day; `time`, in milliseconds after midnight, if it is part of the name. */
export const turnOn = (day: Day, time: number | undefined): TurnOn =>
  time === undefined ? day : day + (time + MINUTE / 2) / DAY;

/** The name of a turn written `2026-12-02` or `2026-12-02T06:00`; undefined when the date does not exist. */
export function turnOnOfText(text: string): TurnOn | undefined {
  const day = dayOf(text.slice(0, 10));
  return day === undefined ? undefined : turnOn(day, text.length > 10 ? timeOf(text.slice(11)) : undefined);
}

/** The local day on which a turn begins. */
export const dayOfTurn = (on: TurnOn): Day => Math.floor(on);

/** `2026-12-02`, or `2026-12-02T06:00`. */
export const turnText = (on: TurnOn): string =>
  on === dayOfTurn(on) ? dateText(on) : wallText(wallOfTurn(on));

/** The local time that a name says: midnight of a day without a time. */
export const wallOfTurn = (on: TurnOn): Wall => Math.floor((on * DAY) / MINUTE) * MINUTE;

/** `Wed 2 Dec`, or `Wed 2 Dec 06:00`. */
export const formatTurn = (on: TurnOn): string => {
  const day = dayOfTurn(on);
  return on === day ? formatDay(day) : `${formatDay(day)} ${clockText((on - day) * DAY)}`;
};
