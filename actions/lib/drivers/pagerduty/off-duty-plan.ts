/**
 * Off duty: what a schedule is to reach outside the hours of its roles, and what it does reach there. A contact is
 * written only where PagerDuty would reach anybody else, so a schedule that falls back to it needs no override. Pure.
 */
import { clip, type Interval, layered, overlay, restrict, type Timeline, without } from '../../timeline.ts';
import type { ExistingRecord } from './actual.ts';
import type { DesiredSchedule, DesiredState } from './desired.ts';

/** Whether something is known to be wanted off duty, for which the schedule has to be rendered. */
export const isWatchedOffDuty = ({ offDuty: { reaches, time } }: DesiredSchedule): boolean =>
  reaches.kind !== 'unstated' && time.length > 0;

/** A schedule with the contact in its desired cover off duty. */
export const withContact = (desired: DesiredSchedule): DesiredSchedule => ({
  ...desired,
  cover: overlay(contactTime(desired.offDuty), desired.cover),
});

const contactTime = ({ reaches, time }: DesiredSchedule['offDuty']): Timeline<string> =>
  reaches.kind === 'contact' ? time.map((span) => ({ ...span, value: reaches.user })) : [];

/**
 * Whoever has to be written over what lies beneath, which is rendered within a span: off duty only where that is not
 * the contact. A time that the span cuts is written to its end, so that the next run has nothing to add.
 */
export function coverToWrite(
  desired: DesiredSchedule,
  beneath: Timeline<string> | undefined,
  span: Interval,
): Timeline<string> {
  if (beneath === undefined) return desired.cover;
  const wanted = contactTime(desired.offDuty);
  const missing = clip(wanted, span).flatMap((one) =>
    without(
      [one],
      beneath.filter(({ value }) => value === one.value),
    ),
  );
  const whole = missing.map((one) => {
    if (one.endAt < span.endAt) return one;
    const cut = wanted.find(({ startAt, endAt }) => startAt < one.endAt && endAt >= one.endAt);
    return { ...one, endAt: cut?.endAt ?? one.endAt };
  });
  return overlay(whole, desired.cover);
}

/** Who is on off duty after a plan, where the handbook says nobody; what is made by hand is listed as such. */
export function strangersOffDuty(
  { offDuty: { reaches, time } }: DesiredSchedule,
  after: Timeline<string>,
  manual: readonly ExistingRecord[],
  span: Interval,
): Timeline<string> {
  if (reaches.kind !== 'nobody') return [];
  const byHand = layered(manual.map(({ startAt, endAt }) => ({ startAt, endAt, value: true })));
  return without(restrict(clip(after, span), time), byHand);
}

/** The roles of schedules whose time off duty nothing is known about, so that it is not compared. */
export const notCompared = ({ seats, now, horizon }: DesiredState): readonly string[] =>
  seats
    .filter(
      ({ offDuty: { reaches, time } }) =>
        reaches.kind === 'unstated' && clip(time, { startAt: now, endAt: horizon }).length > 0,
    )
    .map(({ role }) => role);
