/**
 * The past is what time off in lieu and pay are counted from (dxw, "Claiming TOIL"), so cover before now stays as it
 * was, back to the start of the published span. What must change from a day on is written as an amendment or a new
 * rotation entry. A correction passes where the base's policy names a label for it and the pull request has that
 * label. Told at the line that causes the change. What is written anew for a day before that span changes nothing that
 * anybody would see, and mostly has the wrong year.
 */
import { changeText } from '../../compare/words.ts';
import { DAY } from '../../time/date.ts';
import { formatDate } from '../../time/format.ts';
import type { Rule } from '../rule.ts';

export const history: Rule = {
  name: 'history',
  severity: 'error',
  asks: 'against the base: is the past left as it was?',
  playbook: 'dxw, Claiming TOIL',
  *check({ against, ahead: { startAt: now } }) {
    if (against === undefined) return;
    const { correction } = against.handbook.notice;
    if (correction !== undefined && against.pull?.labels.includes(correction) === true) return;
    for (const exception of against.past) {
      const way = correction === undefined ? '' : `, or correct the past with the label "${correction}"`;
      yield {
        location: exception.cause,
        message: `${changeText(exception, now)}, which is past; write the change from a day to come on${way}`,
      };
    }
    const began = formatDate(Math.floor(against.beganAt / DAY));
    for (const location of against.expiredEntries)
      yield {
        location,
        message: `this is new, lies before ${began} and changes nothing any more; correct its year, or leave it out`,
      };
  },
};
