/** Why a claim earns what it does, and what is doubtful about an alert, in words that can be checked by hand. Pure. */
import { plural } from '../text/plural.ts';
import { dateText, MINUTE } from '../time/date.ts';
import { durationText, lengthOf } from '../time/duration.ts';
import { clockText, formatInstant } from '../time/format.ts';
import type { AlertDoubt, Claim } from './claim.ts';
import { extraPeriods } from './count.ts';

/** `0.25 days`, `1 day`. */
const daysText = (days: number): string => plural(days, 'day');

/** Minutes of an amount of time, with at most two decimals. */
export const minutesOf = (length: number): number => Math.round((length / MINUTE) * 100) / 100;

/** `2 h 15 min`, `45 min`, `1 h`. */
export function lengthText(length: number): string {
  const minutes = minutesOf(length);
  const hours = Math.floor(minutes / 60);
  const rest = Math.round((minutes - 60 * hours) * 100) / 100;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** The reason of every part of a claim, a text for each part. */
export const reasonsOf = (claim: Claim): readonly string[] => [
  alertReason(claim),
  ...groupReason(claim),
  ...workReasons(claim),
  ...policyReason(claim),
];

function alertReason({ kind, days, at, zone, roles, terms: { asleep }, wokenBy }: Claim): string {
  const first = `${daysText(days)}: alerted ${formatInstant(zone, at)} (${zone.name}) as ${listed(roles)}`;
  if (wokenBy === undefined) return `${first}, ${kind}`;
  const wokenAt = wokenBy.alert.alertedAt;
  const which = wokenAt === at ? '' : ` by the alert at ${clockText(zone.wallOf(wokenAt))}`;
  const why =
    wokenBy.by === 'word'
      ? 'by their own word'
      : `asleep from ${clockText(asleep.from)} to ${clockText(asleep.to)} unless they say otherwise`;
  return `${first}, woken${which} (${why})`;
}

function groupReason({ alerts, terms, groupEndAt, zone }: Claim): readonly string[] {
  if (alerts.length < 2) return [];
  const more = alerts.length - 1;
  return [
    `0 days: ${plural(more, 'further alert')} within ${durationText(terms.group)} of the first, ` +
      `before ${clockText(zone.wallOf(groupEndAt))}`,
  ];
}

function workReasons({ work, extraDays, terms }: Claim): readonly string[] {
  const { extra, inHours } = terms;
  const reasons: string[] = [];
  const over = work.counted - lengthOf(extra.after);
  if (work.counted > 0) {
    const worked = `${daysText(extraDays)}: ${lengthText(work.counted)} of work out of hours`;
    const included = `${durationText(extra.after)} included`;
    if (over <= 0) reasons.push(`${worked}, ${included}`);
    else {
      const periods = Math.round(extraPeriods(work.counted, terms) * 10_000) / 10_000;
      reasons.push(
        `${worked}, ${included}, ${lengthText(over)} beyond are ${periods} × ${durationText(extra.each)} ` +
          `at ${daysText(extra.days)}${PARTS[extra.part]}`,
      );
    }
  }
  if (work.inHours > 0)
    reasons.push(`0 days: ${lengthText(work.inHours)} of work in hours (${inHours.join(', ')})`);
  if (work.earlier > 0)
    reasons.push(`0 days: ${lengthText(work.earlier)} of work counted in the claim before`);
  return reasons;
}

const PARTS = {
  up: ', part ones rounded up',
  down: ', part ones left out',
  exact: ', part ones by share',
} as const;

/** An amended policy is named, because the file's first figures are not those that apply. */
const policyReason = ({ terms: { firstOn } }: Claim): readonly string[] =>
  Number.isFinite(firstOn) ? [`by the policy from ${dateText(firstOn)} on`] : [];

/** What is doubtful about an alert, in one sentence without a full stop. */
export function alertDoubtText(doubt: AlertDoubt): string {
  switch (doubt.code) {
    case 'no-role':
      return 'counts nothing: they held no role then; is the rota right, and was it them?';
    case 'learner':
      return `counts nothing: they held only a learner's role, ${listed(doubt.roles)}; did they work on it?`;
    case 'in-hours':
      return `counts nothing: it was in hours for ${listed(doubt.roles)}; was the work out of hours?`;
    case 'unknown-hours':
      return (
        `is not counted: the holiday list of ${doubt.hours} does not reach that day; ` +
        'extend it with "rota holidays"'
      );
    case 'same-id':
      return 'counts once: another alert of theirs has the same id; are these two alerts?';
  }
}

const listed = (names: readonly string[]): string => names.join(' and ');
