/** The meetings that go with the hand-over of a turn, and the working days around it. Pure. */
import type { Handbook, Meeting, Rota } from '../model.ts';
import { workingDaysOf } from '../resolve/working-days.ts';
import { DAY, type Day, weekdayOf } from '../time/date.ts';
import { after } from '../time/duration.ts';
import type { Instant, Interval } from '../timeline.ts';

/** A meeting on one day; `where` is a room or an address. */
export interface MeetingTime extends Interval {
  readonly where: string | undefined;
}

/** The meetings of a hand-over of a turn; undefined for those that the rota does not have. */
export interface Meetings {
  /** On the day of the hand-over. */
  readonly meeting: MeetingTime | undefined;
  /** On the working day after it. */
  readonly standup: MeetingTime | undefined;
}

/** The meetings of the hand-over of a rota at an instant. */
export function meetingsOf(handbook: Handbook, rota: Rota, at: Instant): Meetings {
  const on = rota.zone.dayOf(at);
  return {
    meeting: meetingOn(rota, rota.handoverMeeting, on),
    standup: meetingOn(rota, rota.standup, workingDayAfter(handbook, rota, on)),
  };
}

function meetingOn({ zone }: Rota, terms: Meeting | undefined, on: Day): MeetingTime | undefined {
  if (terms === undefined) return undefined;
  const startAt = zone.instantOf(on * DAY + terms.time);
  return { startAt, endAt: after(zone, startAt, terms.duration), where: terms.where };
}

/** How far the nearest working day is searched; beyond that the holidays are not known. */
const SEARCH_DAYS = 31;

/** The last working day of a rota before a day. */
export const workingDayBefore = (handbook: Handbook, rota: Rota, day: Day): Day =>
  nearest(handbook, rota, day, -1);

/** The first working day of a rota after a day. */
const workingDayAfter = (handbook: Handbook, rota: Rota, day: Day): Day => nearest(handbook, rota, day, 1);

/** Without support hours, or beyond their holiday lists, working days are those from Monday to Friday. */
function nearest(handbook: Handbook, rota: Rota, day: Day, step: 1 | -1): Day {
  const known = new Set(workingDaysOf(handbook, rota));
  const days = Array.from({ length: SEARCH_DAYS }, (_, i) => day + step * (i + 1));
  return days.find((it) => known.has(it)) ?? (days.find((it) => weekdayOf(it) < 5) as Day);
}
