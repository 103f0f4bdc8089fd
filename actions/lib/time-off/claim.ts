/** What counting finds: claims with everything their amounts come from, questions, and too little rest. */
import type { TimeOffTerms } from '../model.ts';
import type { Zone } from '../time/zone.ts';
import type { Instant } from '../timeline.ts';
import type { Alert } from './alert.ts';

/** Alerts of one person that are claimed as one. Amounts of time are in milliseconds. */
export interface Claim {
  readonly person: string;
  /** When the first of its alerts came. */
  readonly at: Instant;
  /** From here on, an alert opens another claim. */
  readonly groupEndAt: Instant;
  /** In order of time. */
  readonly alerts: readonly Alert[];
  /** The out-of-hours roles by which its alerts count. */
  readonly roles: readonly string[];
  readonly kind: 'awake' | 'woken';
  /** What decided that: the alert that woke them, by word or by the clock, or undefined where none did. */
  readonly wokenBy: { readonly alert: Alert; readonly by: 'word' | 'clock' } | undefined;
  readonly days: number;
  readonly extraDays: number;
  readonly work: Work;
  /** The end of the last work, or the last alert where that is later or no work is known. */
  readonly until: Instant;
  /** The policy of its local day, which judges all of it. */
  readonly terms: TimeOffTerms;
  readonly zone: Zone;
}

/** The work on a claim by how it counts. */
export interface Work {
  /** Out of hours and in no earlier claim. */
  readonly counted: number;
  /** Of the rest, what lies in hours. */
  readonly inHours: number;
  /** What an earlier claim of the person counts. */
  readonly earlier: number;
}

/** Why an alert counts nothing, or only once. */
export type AlertDoubt =
  | { readonly code: 'no-role' }
  | { readonly code: 'learner' | 'in-hours'; readonly roles: readonly string[] }
  | { readonly code: 'unknown-hours'; readonly hours: string }
  | { readonly code: 'same-id' };

/** An alert that people have to look at, and why. */
export interface Question {
  readonly alert: Alert;
  readonly doubt: AlertDoubt;
}

/** Less rest after a claim than the policy asks for. */
export interface ShortRest {
  readonly claim: Claim;
  /** What ends the rest, and when. */
  readonly endedBy: 'alert' | 'shift';
  readonly endsAt: Instant;
  /** From when on they have had enough. */
  readonly startFrom: Instant;
}

/** Everything that was counted, in order of person and time. */
export interface TimeOffCount {
  readonly claims: readonly Claim[];
  readonly questions: readonly Question[];
  readonly rest: readonly ShortRest[];
}
