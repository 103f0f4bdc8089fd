/** A count as plain data for JSON. Pure. */
import { DAY } from '../time/date.ts';
import { instantText } from '../time/format.ts';
import type { Alert } from './alert.ts';
import type { Claim, Question, ShortRest, TimeOffCount } from './claim.ts';
import { roundedDays } from './count.ts';
import { alertDoubtText, minutesOf, reasonsOf } from './reasons.ts';

/** A claim in JSON; instants are UTC. */
export interface ClaimEntry {
  readonly person: string;
  readonly at: string;
  /** Their ids; the instant of one that has none. */
  readonly alerts: readonly string[];
  readonly kind: 'awake' | 'woken';
  readonly days: number;
  readonly extra_days: number;
  readonly worked_minutes: number;
  readonly until: string;
  readonly why: string;
}

/** The sum of a person's claims. */
export interface PersonEntry {
  readonly person: string;
  readonly days: number;
  readonly hours: number;
}

/** Everything that was counted, for JSON. */
export interface TimeOffEntry {
  readonly claims: readonly ClaimEntry[];
  readonly people: readonly PersonEntry[];
  readonly questions: readonly {
    readonly person: string;
    readonly at: string;
    readonly alert: string;
    readonly question: string;
  }[];
  readonly rest: readonly {
    readonly person: string;
    /** The claim's. */
    readonly at: string;
    readonly rest_minutes: number;
    readonly start_from: string;
  }[];
}

/** A count for JSON. */
export const timeOffEntry = ({ claims, questions, rest }: TimeOffCount): TimeOffEntry => ({
  claims: claims.map(claimEntry),
  people: sumsOf(claims),
  questions: questions.map(({ alert, doubt }: Question) => ({
    person: alert.person,
    at: instantText(alert.alertedAt),
    alert: alertName(alert),
    question: alertDoubtText(doubt),
  })),
  rest: rest.map((short) => ({
    person: short.claim.person,
    at: instantText(short.claim.at),
    rest_minutes: minutesOf(restLength(short)),
    start_from: instantText(short.startFrom),
  })),
});

const claimEntry = (claim: Claim): ClaimEntry => ({
  person: claim.person,
  at: instantText(claim.at),
  alerts: claim.alerts.map(alertName),
  kind: claim.kind,
  days: claim.days,
  extra_days: claim.extraDays,
  worked_minutes: minutesOf(claim.work.counted),
  until: instantText(claim.until),
  why: reasonsOf(claim).join('; '),
});

/** What an alert is called: its id, or its instant. */
export const alertName = ({ id, alertedAt }: Alert): string => id ?? instantText(alertedAt);

/** How long somebody had to rest. */
export const restLength = ({ endsAt, startFrom, claim: { terms } }: ShortRest): number =>
  endsAt - (startFrom - (terms.restHours * DAY) / 24);

/** The sums of claims by person, in order of person; hours by the length of a day when each was earned. */
export function sumsOf(claims: readonly Claim[]): readonly PersonEntry[] {
  const sums = new Map<string, { days: number; hours: number }>();
  for (const { person, days, extraDays, terms } of claims) {
    const sum = sums.get(person) ?? { days: 0, hours: 0 };
    sums.set(person, sum);
    sum.days += days + extraDays;
    sum.hours += (days + extraDays) * terms.dayHours;
  }
  return [...sums].map(([person, { days, hours }]) => ({
    person,
    days: roundedDays(days),
    hours: roundedDays(hours),
  }));
}
