/**
 * A time that does not exist cannot be covered: 30 February, 01:30 on the Sunday when the clocks go forward, a cover
 * that ends before it begins. Found while loading, in `load/times.ts` and by the date formats of the schemas. Reported
 * at the value. A window whose edges are in two zones depends on the clocks of both, so it is checked on every day of
 * the year ahead; reported at its line, with the first such day. What is written out for later is compared, too, so an
 * override or agreed turn so many years ahead that all the shifts up to it cannot be is refused; reported at the last.
 */

import { tooFarAhead } from '../../compare/far-entries.ts';
import type { TimeCodes } from '../../load/codes.ts';
import type { Stretch } from '../../model.ts';
import { zonedStretches } from '../../resolve/hours.ts';
import { DAY, type Day } from '../../time/date.ts';
import { formatDate, formatInstant } from '../../time/format.ts';
import { zoneOf } from '../../time/zone.ts';
import type { Interval } from '../../timeline.ts';
import { curlyQuotes } from '../load-words.ts';
import { type Context, loadFindings, type Objection, rule } from '../rule.ts';
import type { ZonedSpan } from '../spans.ts';

/** Its codes: those of loading, those of windows with edges in two zones, and that of entries years ahead. */
export interface TimesCodes extends TimeCodes {
  readonly 'window-empty': ZonedSpan;
  readonly 'window-too-long': ZonedSpan;
  /** The day on which it ends, up to which there are too many shifts to compare. */
  readonly 'too-far-ahead': { readonly lastOn: Day };
}

export const times = rule<TimesCodes>({
  name: 'times',
  severity: 'error',
  summary:
    'Every date and local time exists, every span runs forwards, and nothing is too far ahead to be compared.',
  *check(context) {
    yield* loadFindings(context, 'times');
    yield* crookedWindows(context);
    yield* farAhead(context);
  },
  describe: {
    'no-such-date': ({ date }) => `there is no ${date} in the calendar`,
    'skipped-time': ({ time, zone }) =>
      `${time} does not exist in ${zone}, where the clocks go forward over it; choose a time after the gap`,
    'ends-before': ({ from, to }) => `this ends at ${to}, not after it begins (${from}); give it a later end`,
    'requested-late': ({ requested, start }) =>
      `this was requested at ${requested}, not before it begins (${start}); write when it was requested`,
    'rotation-order': ({ firstTurn, above }) =>
      `this begins on ${firstTurn}, not after the entry above (${above}); order entries by their first turn`,
    'double-amendment': ({ day }) => `two amendments begin on ${day}; write them as one`,
    'double-handover': ({ day }) => `${day} appears twice; a day has one hand-over`,
    'working-days-of-no-hours': () =>
      'this rota has no support hours, which say what working days are; add "hours", or write "every: weekday"',
    'absence-order': ({ first, last }) =>
      `this ends on ${last}, before it begins on ${first}; exchange the two`,
    'less-than-minimum': ({ minimum, recommended }) =>
      `the recommendation, ${recommended}, is less than the minimum, ${minimum}; ` +
      'recommend more, or leave "recommended" out',
    'leaves-first': ({ first, last }) =>
      `the last day is ${last}, before the first (${first}); correct one of the two`,
    'pattern-order': ({ since, above }) =>
      `this begins on ${since}, not after the pattern above (${above}); order patterns by their since`,
    'pattern-without-since': () =>
      'only the first pattern can be without since; write the day from which this one applies',
    'observed-nowhere': ({ day }) =>
      `${day} is not a holiday of this list; add it under holidays, or name the day on which this one is observed`,
    'outside-an-outside': ({ window }) =>
      `"${window}" is itself defined as outside other windows; name windows with days and times`,
    'mail-without-sender': () =>
      'mails need a sender; add "email: {from: rota@example.org}" with your address',
    'quiet-all-day': ({ time }) =>
      `quiet hours from ${time} to ${time} never end, and no message would be sent; move one of the two`,
    'list-order': ({ from, until }) =>
      `the list ends on ${until}, before it begins on ${from}; exchange the two`,
    'outside-list': ({ day, more, end, limit }) => {
      const others = more === 1 ? 'another day' : `${more} more days`;
      const [are, them] = more === 0 ? ['is', 'the day'] : [`and ${others} are`, 'them'];
      const [where, remedy] =
        end === 'complete_from'
          ? ['before', 'give the list an earlier start']
          : ['after', 'give the list a later end'];
      return `${day} ${are} ${where} ${end} (${limit}); ${remedy} or remove ${them}`;
    },
    'window-empty': (span) => `${edges(span)}, so it would be empty; move one of its edges`,
    'window-too-long': (span) => `${edges(span)}, which is more than a day; move one of its edges`,
    'too-far-ahead': ({ lastOn }) =>
      `this rota has too many shifts up to ${formatDate(lastOn)} to compare them; ` +
      'correct the year, or leave out what is years away',
    'curly-quotes': curlyQuotes,
  },
});

/** "this begins Mon 9 Mar 09:00 and ends Mon 9 Mar 08:00 (Europe/London)". */
function edges({ zone, startAt, endAt }: ZonedSpan): string {
  const [from, to] = [startAt, endAt].map((instant) => formatInstant(zoneOf(zone), instant));
  return `this begins ${from} and ends ${to} (${zone})`;
}

function* farAhead({ handbook, ahead }: Context): Iterable<Objection<TimesCodes>> {
  for (const { endAt, location } of tooFarAhead(handbook, ahead.endAt).values())
    yield { code: 'too-far-ahead', args: { lastOn: Math.floor((endAt - 1) / DAY) }, location };
}

/** A year: within it, the clocks of two zones differ in every way in which they do. */
const YEAR = 366 * DAY;

function* crookedWindows({ handbook, ahead }: Context): Iterable<Objection<TimesCodes>> {
  const span: Interval = { startAt: ahead.startAt, endAt: Math.max(ahead.endAt, ahead.startAt + YEAR) };
  for (const hours of handbook.hours.values()) {
    const reported = new Set<Stretch>();
    for (const { stretch, startAt, endAt } of zonedStretches(handbook, hours, span)) {
      const isLong = hours.zone.wallOf(endAt) - hours.zone.wallOf(startAt) > DAY;
      if ((startAt < endAt && !isLong) || reported.has(stretch)) continue;
      reported.add(stretch);
      const args = { zone: hours.zone.name, startAt, endAt };
      yield { code: isLong ? 'window-too-long' : 'window-empty', args, location: stretch.location };
    }
  }
}
