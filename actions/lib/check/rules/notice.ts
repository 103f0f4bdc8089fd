/**
 * "Any change we make will be made with at least one week of notice", ideally a couple (dxw, "Scheduling around client
 * work"). Counted from now to the first instant at which somebody's duty changes, by the policy of the base, so that a
 * pull request cannot relax the rule it breaks. A short cover between two people passes at any notice, because they
 * agree on it (`consent`); time outside the windows (`extra`) is a planned change and has the notice of those (Modernisation
 * Platform, "Advance Notice"), which counts from when the change was asked for, so that its review does not use it up: that
 * is the file's word, so it is a warning to compare it with the request. An emergency passes with the label and the approval that the policy names. Less than the
 * minimum is an error, less than what is recommended a warning. Told at the line that causes the change.
 */

import { requestOf, verdictOf } from '../../compare/verdict.ts';
import { changeText, noticeText } from '../../compare/words.ts';
import { durationText } from '../../time/duration.ts';
import { instantText } from '../../time/format.ts';
import type { Rule } from '../rule.ts';

export const notice: Rule = {
  name: 'notice',
  severity: 'error',
  asks: 'against the base: does every change of cover give the notice the policy asks?',
  playbook: 'dxw, Scheduling around client work; Modernisation Platform, Advance Notice',
  *check({ against, ahead: { startAt: now } }) {
    if (against === undefined) return;
    for (const exception of against.ahead) {
      const verdict = verdictOf(exception, against, now);
      const { zone, startAt, cause: location } = exception;
      const said = `${changeText(exception, now)} with ${noticeText(zone, now, startAt)} notice`;
      if (verdict.kind === 'late') {
        const requestedAt = requestOf(exception, against);
        const forged =
          Number.isFinite(requestedAt) && requestedAt > now ? ' (requested_at is still to come)' : '';
        const message = `${said}${forged}; the policy asks ${durationText(verdict.asked)}, so take a later turn or agree an emergency`;
        yield { location, message };
      } else if (verdict.kind === 'requested') {
        yield {
          location,
          severity: 'warning',
          message: `${said}, counted from now, and enough from ${instantText(verdict.requestedAt)}, when the file says that it was asked for; compare requested_at with the request`,
        };
      } else if (verdict.kind === 'little') {
        yield {
          location,
          severity: 'warning',
          message: `${said}; the policy recommends ${durationText(verdict.asked)}`,
        };
      }
    }
  },
};
