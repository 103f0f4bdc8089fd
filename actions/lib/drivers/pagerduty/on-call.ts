/**
 * Who is on call at an instant may be several people, on a schedule of shifts. The value of such a timeline is their
 * user ids in order, joined by a space, which no id has; so a single person's value is their id, as elsewhere. Pure.
 */
import { combine, type Interval, layered, type Timeline } from '../../timeline.ts';
import { NO_USER } from './actual.ts';

/** Time of one person, or of nobody. */
interface OfUser extends Interval {
  readonly user: string;
}

/** Who is on by everybody's times, which may overlap. */
export function together(times: readonly OfUser[]): Timeline<string> {
  const byUser = Map.groupBy(times, ({ user }) => user);
  const lines = [...byUser.keys()].flatMap((user) => {
    if (user === NO_USER) return [];
    const own = byUser.get(user) ?? [];
    return [layered(own.map(({ startAt, endAt }) => ({ startAt, endAt, value: user })))];
  });
  return lines.reduce((one, other) => combine(one, other, joined), []);
}

const joined = (one: string | undefined, other: string | undefined): string | undefined =>
  one === undefined || other === undefined
    ? (one ?? other)
    : [...new Set([...usersIn(one), ...usersIn(other)])].toSorted().join(' ');

/** The user ids in a value. */
export const usersIn = (value: string): readonly string[] => value.split(' ');

/** "amara and ben" for a value; "nobody" for none. */
export const namesOn = (value: string | undefined, nameOf: (user: string) => string): string =>
  value === undefined || value === NO_USER ? 'nobody' : usersIn(value).map(nameOf).join(' and ');
