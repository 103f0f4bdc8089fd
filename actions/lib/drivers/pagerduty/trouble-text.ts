/** The messages about why an apply stopped, one line each, with what to do. Pure. */
import { plural } from '../../text/plural.ts';
import { DAY, HOUR, MINUTE } from '../../time/date.ts';
import { formatSpan, instantText } from '../../time/format.ts';
import { namesOn } from './on-call.ts';
import type { Trouble } from './trouble.ts';

type Names = ReadonlyMap<string, string>;

/** One line for each trouble, then the next steps; `names` are the handbook's names by user id. */
export function troubleLines(all: readonly Trouble[], names: Names): readonly string[] {
  return [...all.map((trouble) => troubleText(trouble, names)), ...new Set(all.flatMap(adviceOn))];
}

/** One trouble in one line. */
export function troubleText(trouble: Trouble, names: Names): string {
  const nameOf = (user: string | undefined) => namesOn(user, (id) => names.get(id) ?? id);
  switch (trouble.kind) {
    case 'clock-skew':
      return (
        `the clock here is ${skewText(trouble.ms)} PagerDuty's, so nothing was written; ` +
        'correct it, do not set another time as now, and run it again'
      );
    case 'record-refused': {
      const { role, noun, user, startAt, why } = trouble;
      return `${role}: PagerDuty refused the ${noun} for ${user} from ${instantText(startAt)}: ${why}`;
    }
    case 'records-lost': {
      const { role, noun, count } = trouble;
      return `${role}: PagerDuty accepted ${plural(count, noun)} but does not list them`;
    }
    case 'kind-changed': {
      const { role, schedule } = trouble;
      return `${role}: PagerDuty's ${schedule} was turned into another kind of schedule during the run; run it again`;
    }
    case 'shift-begun':
      return `${trouble.role}: the shift from ${instantText(trouble.startAt)} has begun in the meantime; run it again`;
    case 'open-changes':
      return `${trouble.role}: ${plural(trouble.count, 'change')} still to make`;
    case 'wrong-cover': {
      const { role, zone, startAt, endAt, desired, actual } = trouble;
      const span = formatSpan(zone, startAt, endAt);
      return `${role}: ${span} PagerDuty has ${nameOf(actual)} instead of ${nameOf(desired)}`;
    }
    case 'policy-differs':
      return `${trouble.chain}: PagerDuty's ${trouble.policy} differs from what was sent`;
    case 'service-differs':
      return `${trouble.service}: PagerDuty's ${trouble.counterpart} has another policy than was sent`;
    case 'error':
      return trouble.message;
  }
}

/** The next step, where the line itself does not give it. */
function adviceOn({ kind }: Trouble): readonly string[] {
  switch (kind) {
    case 'record-refused':
      return ['nothing was removed, and what was added is in force; fix this and run it again'];
    case 'open-changes':
    case 'wrong-cover':
    case 'policy-differs':
    case 'service-differs':
      return ['check PagerDuty, then run it again'];
    default:
      return [];
  }
}

const UNITS = [
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
] as const;

function skewText(ms: number): string {
  const size = Math.abs(ms);
  const [unit, length] = UNITS.find(([, it]) => size >= 2 * it) ?? ['second', 1000];
  return `${plural(Math.round(size / length), unit)} ${ms > 0 ? 'ahead of' : 'behind'}`;
}
