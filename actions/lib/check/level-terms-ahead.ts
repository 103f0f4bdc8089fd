/** The terms of service levels that can still be changed, and the words for what they promise. Pure. */
import type { Clock, Handbook, PathLocation, ServiceLevel, ServiceLevelTerms, Target } from '../model.ts';
import { levelTermsIn } from '../resolve/level-terms.ts';
import { DAY, HOUR } from '../time/date.ts';
import { type Duration, elapsedOf } from '../time/duration.ts';
import type { Interval } from '../timeline.ts';

/** The terms in force now and all later ones, however late they begin; those that are over cannot be changed. */
export const termsAhead = (
  handbook: Pick<Handbook, 'hours'>,
  level: ServiceLevel,
  { startAt }: Interval,
): readonly ServiceLevelTerms[] =>
  levelTermsIn(handbook, level, { startAt, endAt: Number.POSITIVE_INFINITY });

/** One of the terms for each place where a key is written: amendments keep what they do not change. */
export const distinctTerms = (
  terms: readonly ServiceLevelTerms[],
  ...locations: readonly ((terms: ServiceLevelTerms) => PathLocation)[]
): readonly ServiceLevelTerms[] => [
  ...new Map(
    terms.map((own) => [locations.map((locationOf) => locationOf(own).path.join('/')).join(' '), own]),
  ).values(),
];

export const CLOCKS: readonly Clock[] = ['in_hours', 'out_of_hours'];

export const CLOCK_WORDS: Readonly<Record<Clock, string>> = {
  in_hours: 'in hours',
  out_of_hours: 'out of hours',
};

/** What a target promises, with its article. */
export const TARGET_NOUNS: Readonly<Record<Target, string>> = {
  respond: 'a response',
  update: 'an update',
  resolve: 'a solution',
};

/** A duration to compare with others: a working hour is at least an hour, and a working day at least a day. */
export const leastLength = (amount: Duration): number =>
  elapsedOf(amount) ?? amount.count * (amount.unit === 'working day' ? DAY : HOUR);
