/** Which terms of a service level are in force, by the local days of its support hours. Pure. */
import { type Handbook, type ServiceLevel, type ServiceLevelTerms, termsOn } from '../model.ts';
import type { Instant, Interval } from '../timeline.ts';
import { rangeOf } from './hours.ts';

/** The terms in force at an instant; the first ones if the support hours could not be read. */
export function levelTermsAt(
  { hours }: Pick<Handbook, 'hours'>,
  level: ServiceLevel,
  at: Instant,
): ServiceLevelTerms {
  const zone = hours.get(level.hours)?.zone;
  return zone === undefined ? (level.terms[0] as ServiceLevelTerms) : termsOn(level.terms, zone.dayOf(at));
}

/** The terms in force at some time of a span. */
export function levelTermsIn(
  { hours }: Pick<Handbook, 'hours'>,
  level: ServiceLevel,
  span: Interval,
): readonly ServiceLevelTerms[] {
  const zone = hours.get(level.hours)?.zone;
  if (zone === undefined) return level.terms.slice(0, 1);
  return level.terms.filter((_, i) => {
    const { startAt, endAt } = rangeOf(zone, level.terms, i, span);
    return startAt < endAt;
  });
}
