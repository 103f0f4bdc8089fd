/**
 * The nouns. A `Handbook` is everything the repository says, loaded: dates are days, local times milliseconds after
 * midnight, date-times instants, and nothing is optional that has a default. E-mail addresses and reasons do not
 * cross into it, so that no output can leak them.
 */
import type { Day } from './time/date.ts';
import type { Duration } from './time/duration.ts';
import type { Zone } from './time/zone.ts';
import type { Instant } from './timeline.ts';

/** A location in a file: a path of keys and indexes (its value, or with `key` its name), or a character offset. */
export type Location =
  | { readonly file: string; readonly path: readonly (string | number)[]; readonly key?: true }
  | { readonly file: string; readonly offset: number };

/** A place that has a path, so that places within it can be named. */
export type PathLocation = Extract<Location, { readonly path: readonly (string | number)[] }>;

/** The kinds of file of a handbook, in the order in which they are listed to people. */
export const KINDS = [
  'people',
  'team',
  'rota',
  'support-hours',
  'holidays',
  'service-levels',
  'escalation',
  'notice',
  'publishing',
  'on-call',
  'time-off',
  'services',
  'planned-changes',
] as const;

export type KindName = (typeof KINDS)[number];

/** Something that exists and could not be read: a whole file, or one entry of a list in it. */
export interface UnreadThing {
  readonly kind: KindName;
  readonly id: string;
}

export type Severity = 'error' | 'warning';

/**
 * Something the author of the YAML can fix, as data: which fault of which rule, and with what. The words are made where
 * it is shown, by `describe` of `check/describe.ts`; the line is found once, at the end, from the location.
 */
export interface Finding {
  readonly rule: string;
  /** Which of the rule's faults this is. */
  readonly code: string;
  readonly severity: Severity;
  /** Plain data: ids, days, instants, names of zones, counts. */
  readonly args: Readonly<Record<string, unknown>>;
  readonly location: Location;
  /** Other locations that have a part in it. */
  readonly related?: readonly Location[];
}

/** A finding with its line and column, both counted from 1. */
export interface LocatedFinding extends Omit<Finding, 'location' | 'related'>, LineLocation {
  readonly related?: readonly LineLocation[];
}

/** A location as an editor shows it. */
export interface LineLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The place of a key's value, deeper inside another place. */
export const childLocation = (
  location: PathLocation,
  ...path: readonly (string | number)[]
): PathLocation => ({
  file: location.file,
  path: [...location.path, ...path],
});

/** Everything the repository says. A thing whose file could not be read is in `unread` and nowhere else. */
export interface Handbook {
  readonly people: ReadonlyMap<string, Person>;
  readonly contacts: ReadonlyMap<string, Contact>;
  readonly teams: ReadonlyMap<string, Team>;
  readonly rotas: ReadonlyMap<string, Rota>;
  readonly hours: ReadonlyMap<string, Hours>;
  readonly holidays: ReadonlyMap<string, Holidays>;
  readonly serviceLevels: ReadonlyMap<string, ServiceLevel>;
  readonly escalations: ReadonlyMap<string, Escalation>;
  readonly services: ReadonlyMap<string, Service>;
  /** By `team/id`. What each asks beyond the windows is an extra override of the rotas, too. */
  readonly changes: ReadonlyMap<string, PlannedChange>;
  readonly notice: Notice;
  readonly publishing: Publishing;
  readonly onCall: OnCall;
  readonly timeOff: TimeOff;
  /** What exists but could not be read: rules report nothing more about it. */
  readonly unread: readonly UnreadThing[];
}

/** Whether a thing exists that could not be read. */
export const isUnread = ({ unread }: Handbook, kind: KindName, id: string): boolean =>
  unread.some((it) => it.kind === kind && it.id === id);

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly skills: readonly string[];
  readonly github: string | undefined;
  readonly pagerduty: string | undefined;
  /** Not vetted when undefined. */
  readonly vettedOn: Day | undefined;
  /** Not opted in to out-of-hours work when undefined. */
  readonly onCallSince: Day | undefined;
  readonly deliveryLead: string | undefined;
  readonly away: readonly Absence[];
  /** The last day of work; undefined while nobody knows of one. */
  readonly lastOn: Day | undefined;
  readonly location: PathLocation;
}

/** Both days included. */
export interface Absence {
  readonly firstOn: Day;
  readonly lastOn: Day;
  readonly location: PathLocation;
}

/** An inbox or a desk: something that can be told, but that nobody is. */
export interface Contact {
  readonly id: string;
  readonly name: string;
  readonly pagerduty: string | undefined;
}

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly leads: readonly string[];
  readonly channel: string | undefined;
}

export interface Rota {
  /** `paas/out-of-hours`: the path under `rotas/`, without the ending. */
  readonly id: string;
  readonly team: string;
  readonly name: string;
  readonly zone: Zone;
  /** What the file says and each amendment, in order of day; the first holds since ever. */
  readonly terms: readonly RotaTerms[];
  readonly roles: ReadonlyMap<string, Role>;
  readonly overrides: readonly Override[];
  readonly location: PathLocation;
}

/** What a rota says from a day on, until the next terms. */
export interface RotaTerms {
  /** Local midnight of the rota's zone; minus infinity for the first. */
  readonly firstOn: Day;
  readonly handover: Handover;
  /** The id of the support hours; round the clock when undefined. */
  readonly hours: string | undefined;
  /** The windows covered; all of them when undefined. */
  readonly covers: readonly string[] | undefined;
  readonly location: PathLocation;
}

/** When one turn ends and the next begins: for each weekday, milliseconds after midnight, or undefined for none. */
export interface Handover {
  readonly times: readonly (number | undefined)[];
}

export interface Role {
  readonly id: string;
  readonly needs: Needs;
  /** In order of first turn. */
  readonly rotation: readonly RotationEntry[];
  /** Turns agreed one by one, by the day of their hand-over. */
  readonly turns: ReadonlyMap<Day, Assignment>;
  readonly follows: { readonly role: string; readonly by: number } | undefined;
  /** False for a role that gives no cover, such as a shadow's. */
  readonly counts: boolean;
  /** The id of its schedule in PagerDuty. */
  readonly schedule: string | undefined;
  readonly location: PathLocation;
}

interface Needs {
  /** Every one of them. */
  readonly skills: readonly string[];
  readonly vetted: boolean;
  /** Opted in; a role that asks this is an out-of-hours role. */
  readonly onCall: boolean;
}

export interface RotationEntry {
  readonly firstOn: Day;
  /** Nobody, from here on, when empty. */
  readonly people: readonly Assignment[];
  readonly location: PathLocation;
}

/** A person and the line that puts them there; `insteadOf` when an override does. */
export interface Assignment {
  readonly person: string;
  readonly by: 'rotation' | 'turn' | 'override' | 'extra';
  readonly insteadOf: string | undefined;
  /** The planned change, by `team/id`, that asks them to be there; undefined where none does. */
  readonly change: string | undefined;
  readonly location: PathLocation;
}

/** A written exception: someone takes a whole turn, part of one, or (extra) time outside the windows. */
export type Override =
  | {
      readonly kind: 'turn';
      readonly role: string;
      readonly turnOn: Day;
      readonly assignment: Assignment;
      readonly location: PathLocation;
    }
  | {
      readonly kind: 'hours' | 'extra';
      readonly role: string;
      readonly startAt: Instant;
      readonly endAt: Instant;
      readonly assignment: Assignment;
      readonly location: PathLocation;
    };

export interface Hours {
  readonly id: string;
  readonly name: string;
  readonly zone: Zone;
  /** What the file says and each amendment, in order of day; the first holds since ever. */
  readonly terms: readonly HoursTerms[];
  readonly location: PathLocation;
}

/** What support hours say from a day on, until the next terms. */
export interface HoursTerms {
  /** Local midnight of the hours' zone; minus infinity for the first. */
  readonly firstOn: Day;
  readonly windows: ReadonlyMap<string, Window>;
  /** Where these windows are written: the file's or an amendment's. */
  readonly windowsLocation: PathLocation;
  /** Indexes of weekdays, 0 for Monday. */
  readonly workingDays: ReadonlySet<number>;
  /** The id of the holiday list; no holidays when undefined. */
  readonly holidays: string | undefined;
  readonly coveredBy: readonly CoverageRequirement[];
  readonly location: PathLocation;
}

/** A role that must be held in every minute of a window. */
export interface CoverageRequirement {
  readonly window: string;
  readonly role: RoleRef;
  readonly location: PathLocation;
}

export type Window =
  | { readonly kind: 'recurring'; readonly stretches: readonly Stretch[] }
  | { readonly kind: 'outside'; readonly of: readonly string[] };

/** One line of a window: on these days, from one local time to another; `to` at or before `from` is the next day. */
export interface Stretch {
  readonly days: 'working' | 'non-working' | 'every' | 'holidays' | ReadonlySet<number>;
  readonly from: number;
  readonly to: number;
}

export interface Holidays {
  readonly id: string;
  readonly name: string;
  /** The list is complete from this day to `untilOn`, both included. */
  readonly fromOn: Day;
  readonly untilOn: Day;
  readonly days: ReadonlyMap<Day, string>;
  readonly location: PathLocation;
}

export type Clock = 'in_hours' | 'out_of_hours';

export interface ServiceLevel {
  readonly id: string;
  readonly name: string;
  readonly hours: string;
  readonly firstResponse: Duration | undefined;
  readonly priorities: ReadonlyMap<string, Priority>;
  /** Which of a priority's targets counts in each window. */
  readonly clock: ReadonlyMap<string, Clock>;
}

export interface Priority {
  readonly id: string;
  readonly name: string;
  readonly targets: Readonly<Partial<Record<Clock, ResponseTarget>>>;
}

export interface ResponseTarget {
  readonly respond: Duration | undefined;
  readonly update: Duration | undefined;
}

export interface RoleRef {
  readonly rota: string;
  readonly role: string;
}

export interface Escalation {
  readonly id: string;
  readonly name: string;
  /** Windows of the support hours of the services that use it. */
  readonly appliesIn: readonly string[];
  readonly levels: readonly Level[];
  readonly repeats: number;
  /** The id of its policy in PagerDuty. */
  readonly policy: string | undefined;
  readonly location: PathLocation;
}

export interface Level {
  readonly notify: readonly Notified[];
  /** How long this level has before the next is called. */
  readonly escalateAfter: Duration | undefined;
  readonly location: PathLocation;
}

export type Notified =
  | { readonly kind: 'role'; readonly role: RoleRef; readonly location: PathLocation }
  | { readonly kind: 'person'; readonly person: string; readonly location: PathLocation };

export interface Service {
  readonly id: string;
  readonly name: string;
  readonly team: string;
  readonly serviceLevel: string | undefined;
  /** The chain that answers in each window; a window left out is not supported. */
  readonly escalation: ReadonlyMap<string, string>;
  readonly location: PathLocation;
}

/** A change at a time that was asked for, with the people who will be there. */
export interface PlannedChange {
  /** `modernisation-platform/issue-42`: the team, and what the change is called in the team's file. */
  readonly id: string;
  readonly team: string;
  readonly service: string;
  readonly summary: string;
  readonly zone: Zone;
  readonly startAt: Instant;
  readonly endAt: Instant;
  /** When it was asked for with these times, by the file's word. */
  readonly requestedAt: Instant;
  /** Where it was asked for. */
  readonly request: string | undefined;
  readonly assigned: readonly Assigned[];
  readonly location: PathLocation;
}

/** Who is there for a planned change, in which role. */
interface Assigned {
  readonly role: RoleRef;
  readonly person: string;
  readonly location: PathLocation;
}

/** Policy of notice and consent; see `policies/notice.yaml`. */
export interface Notice {
  readonly rotaChange: { readonly minimum: Duration | undefined; readonly recommended: Duration | undefined };
  readonly shortCover: { readonly longest: Duration };
  readonly emergency: { readonly label: string; readonly approvedBy: 'team-leads' | 'policy-owners' };
  /** The label that allows the past to be corrected; it cannot be when undefined. */
  readonly correction: string | undefined;
  readonly outOfHoursChange: { readonly minimum: Duration };
  readonly publishedAhead: Duration;
  readonly consent: readonly ('both-people' | 'delivery-leads')[];
}

/** Policy of what is published; see `policies/publishing.yaml`. */
export interface Publishing {
  /** Ends in a slash; undefined when the output has no known address. */
  readonly site: string | undefined;
  readonly back: Duration;
  readonly ahead: Duration;
  readonly names: 'full' | 'initials';
}

/** Policy of out-of-hours work; see `policies/on-call.yaml`. */
export interface OnCall {
  readonly newcomers: { readonly first: Duration; readonly experiencedAfter: Duration };
  readonly rest: { readonly turnsBetween: number };
}

/** Policy of the time off that alerts out of hours earn; see `policies/time-off.yaml`. */
export interface TimeOff {
  /** What the file says and each amendment, in order of day; the first holds since ever. */
  readonly terms: readonly TimeOffTerms[];
}

/** What claims earn whose local day is in these terms, until the next. */
export interface TimeOffTerms {
  /** Minus infinity for the first. */
  readonly firstOn: Day;
  /** Days of time off for a claim in which nobody was woken. */
  readonly awake: number;
  /** Days of time off for a claim in which an alert woke the person. */
  readonly woken: number;
  readonly dayHours: number;
  /** Work beyond `after` earns so many `days` for `each` length of it. */
  readonly extra: {
    readonly after: Duration;
    readonly each: Duration;
    readonly days: number;
    readonly part: 'up' | 'down' | 'exact';
  };
  /** Alerts within this of the first counted one are one claim. */
  readonly group: Duration;
  /** Local times, milliseconds after midnight; `to` at or before `from` is the next day. */
  readonly asleep: { readonly from: number; readonly to: number };
  /** Windows of support hours in which alerts earn nothing. */
  readonly inHours: readonly string[];
  readonly restHours: number;
}

/** A person in a role for one unbroken span of time. */
export interface Shift {
  readonly rota: string;
  readonly role: string;
  readonly person: string;
  readonly startAt: Instant;
  readonly endAt: Instant;
}

/** `paas/out-of-hours/engineer`. */
export const roleText = ({ rota, role }: RoleRef): string => `${rota}/${role}`;

/** The rota and role of a text `paas/out-of-hours/engineer`. */
export function roleOf(text: string): RoleRef {
  const cut = text.lastIndexOf('/');
  return { rota: text.slice(0, cut), role: text.slice(cut + 1) };
}
