/**
 * A change is made with at least a week of notice, better two (dxw, "Scheduling around client work"). Notice runs
 * from now to the first instant at which somebody's duty changes. The base branch's policy applies, so that a pull
 * request cannot relax the rule it breaks. A short cover between two people passes at any notice, because both
 * consent to it (`consent`). Time outside the windows (`extra`) is a planned change, whose notice (Modernisation
 * Platform, "Advance Notice") runs from when the change was requested, so that its review does not use it up; that
 * time comes from the file alone, so a warning recommends comparing it with the request. An emergency passes with the
 * label and the approval that the policy names. Less notice than the minimum is an error, less than recommended a
 * warning. Reported at the line that causes the change.
 */
import { requestOf, verdictOf } from '../../compare/verdict.ts';
import { amountOfText, type ChangeFacts, changeText, factsOf, noticeGiven } from '../../compare/words.ts';
import { type Duration, durationText } from '../../time/duration.ts';
import { instantText } from '../../time/format.ts';
import type { Instant } from '../../timeline.ts';
import { rule } from '../rule.ts';

/** A change and its notice. */
interface Given extends ChangeFacts {
  readonly nowAt: Instant;
  /** How much notice is left; undefined for none. */
  readonly given: Duration | undefined;
}

interface Codes {
  readonly 'too-short': Given & {
    readonly minimum: Duration;
    /** Whether `requested_at` is in the future. */
    readonly requestIsAhead: boolean;
  };
  readonly 'enough-by-request': Given & { readonly requestedAt: Instant };
  readonly 'under-recommended': Given & { readonly recommended: Duration };
}

export const notice = rule<Codes>({
  name: 'notice',
  severity: 'error',
  summary: 'Every change of cover gives the notice that the policy requires.',
  needs: 'base',
  playbook: 'dxw, Scheduling around client work; Modernisation Platform, Advance Notice',
  *check({ against, ahead: { startAt: nowAt } }) {
    if (against === undefined) return;
    for (const exception of against.ahead) {
      const verdict = verdictOf(exception, against, nowAt);
      const { zone, startAt, cause: location } = exception;
      const args = { ...factsOf(exception), nowAt, given: noticeGiven(zone, nowAt, startAt) };
      if (verdict.kind === 'late') {
        const requestedAt = requestOf(exception, against);
        const requestIsAhead = Number.isFinite(requestedAt) && requestedAt > nowAt;
        yield { code: 'too-short', args: { ...args, minimum: verdict.required, requestIsAhead }, location };
      } else if (verdict.kind === 'requested') {
        const { requestedAt } = verdict;
        yield { code: 'enough-by-request', args: { ...args, requestedAt }, location, severity: 'warning' };
      } else if (verdict.kind === 'little') {
        const recommended = verdict.required;
        yield { code: 'under-recommended', args: { ...args, recommended }, location, severity: 'warning' };
      }
    }
  },
  describe: {
    'too-short': ({ minimum, requestIsAhead, ...given }) => {
      const aside = requestIsAhead ? ' (requested_at is in the future)' : '';
      return (
        `${givenText(given)}${aside}; the policy requires ${durationText(minimum)}, ` +
        'so choose a later turn or have an emergency approved'
      );
    },
    'enough-by-request': ({ requestedAt, ...given }) =>
      `${givenText(given)}, counted from now, and enough counted from requested_at ` +
      `(${instantText(requestedAt)}); compare requested_at with the request`,
    'under-recommended': ({ recommended, ...given }) =>
      `${givenText(given)}; the policy recommends ${durationText(recommended)}`,
  },
});

const givenText = ({ nowAt, given, ...facts }: Given): string =>
  `${changeText(facts, nowAt)} with ${amountOfText(given)} notice`;
