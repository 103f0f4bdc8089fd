/** What a rule is, what it is asked about, and the few words that rules have in common. */
import type { Against } from '../compare/against.ts';
import type { Assignment, Finding, Handbook, Location, Person, Severity } from '../model.ts';
import { roleText } from '../model.ts';
import type { Resolved, RoleCover } from '../resolve/cover.ts';
import { formatSpan } from '../time/format.ts';
import type { Zone } from '../time/zone.ts';
import type { Instant, Interval, Timeline } from '../timeline.ts';

/** Everything a rule may look at. */
export interface Context {
  readonly handbook: Handbook;
  /** What loading found, for the rules that only tell it. */
  readonly loading: readonly Finding[];
  /** The published span. */
  readonly resolved: Resolved;
  /** From now to the horizon: what can still be changed, and must be right. */
  readonly ahead: Interval;
  /** Undefined where there is nothing to compare with. */
  readonly against: Against | undefined;
}

/** One thing a rule objects to. */
export interface Objection {
  readonly location: Location;
  /** Where it weighs less than the rule's objections do. */
  readonly severity?: Severity;
  readonly message: string;
}

/** One question to the handbook. Its file opens with its manual: the law, why, which playbook, what is told where. */
export interface Rule {
  readonly name: string;
  readonly severity: Severity;
  /** The law as one question, as README shows it. */
  readonly asks: string;
  /** Where it is written down; a rule without keeps the files in order and is of no playbook. */
  readonly playbook?: string;
  readonly check: (context: Context) => Iterable<Objection>;
}

/** The findings of loading that belong to a rule. */
export const loadFindings = ({ loading }: Context, name: string): Iterable<Objection> =>
  loading
    .filter(({ rule }) => rule === name)
    .map(({ location, args }) => ({ location, message: String(args.message) }));

/** The text of a role's id. */
export const seat = ({ rota, role }: RoleCover): string => roleText({ rota: rota.id, role: role.id });

/** The part of a timeline that lies ahead. */
export const upcoming = <T>(timeline: Timeline<T>, { startAt, endAt }: Interval): Timeline<T> =>
  timeline.filter((span) => span.endAt > startAt && span.startAt < endAt);

/** "Wed 2 Dec 17:00 – 19:00 and 3 more times". */
export function firstOf(zone: Zone, spans: readonly Interval[]): string {
  const [first] = spans;
  if (first === undefined) return '';
  const more = spans.length - 1;
  return `${formatSpan(zone, first.startAt, first.endAt)}${more === 0 ? '' : ` and ${more} more time${more === 1 ? '' : 's'}`}`;
}

/** The location that says most about who is there: an exception before a rule. */
export const telling = (one: Assignment, other: Assignment): Assignment => {
  const weight = { extra: 2, override: 2, turn: 1, rotation: 0 };
  return weight[other.by] > weight[one.by] ? other : one;
};

/** What keeps a person from holding a role during a span, in words that follow their id; undefined when nothing does. */
export function ineligibility(
  { rota, role }: RoleCover,
  person: Person,
  startAt: Instant,
  endAt: Instant,
): string | undefined {
  const { skills, vetted, onCall } = role.needs;
  const missing = skills.filter((skill) => !person.skills.includes(skill));
  if (missing.length > 0)
    return `does not have the skill${missing.length > 1 ? 's' : ''} ${missing.join(', ')}`;
  const on = rota.zone.dayOf(startAt);
  if (vetted && !(person.vettedOn !== undefined && person.vettedOn <= on))
    return 'is not vetted by then (vetted_on)';
  if (onCall && !(person.onCallSince !== undefined && person.onCallSince <= on)) {
    return 'has not opted in to out-of-hours work by then (on_call_since)';
  }
  if (person.lastOn !== undefined && rota.zone.dayOf(endAt - 1) > person.lastOn)
    return 'has left by then (last_day)';
  return undefined;
}
