/** Who is on call in every minute of every state that the stand-in had, for tests of what is never allowed between. */
import { MINUTE } from '../../actions/lib/time/date.ts';
import { type Instant, spanAt } from '../../actions/lib/timeline.ts';
import type { Moment } from './fake-pagerduty.ts';
import { peopleOf } from './rendering.ts';

export interface Sample {
  readonly minute: Instant;
  /** User ids, sorted; empty where nobody is on call. */
  readonly users: readonly string[];
  /** What caused the state. */
  readonly by: string;
}

/** The minutes from each state's own instant on until the end, by a schedule of either kind. */
export function* samples(history: readonly Moment[], schedule: string, endAt: Instant): Generator<Sample> {
  for (const { at, by, state } of history) {
    const people = peopleOf(state, schedule, { startAt: at, endAt });
    for (let minute = Math.ceil(at / MINUTE) * MINUTE; minute < endAt; minute += MINUTE)
      yield { minute, users: spanAt(people, minute)?.value ?? [], by };
  }
}
