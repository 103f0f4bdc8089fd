/**
 * The domain types. A `Handbook` holds the decoded files of the repository: dates are days, local times are
 * milliseconds after midnight, date-times are instants, and a field that has a default is never optional. It contains
 * no e-mail addresses and no reasons, so no output can leak them.
 */
import type { Day, Wall } from './time/date.ts';
import type { Duration } from './time/duration.ts';
import type { TurnOn } from './time/turn-name.ts';
import type { Zone } from './time/zone.ts';
import type { Instant, Interval } from './timeline.ts';

/** A location in a file: a path of keys and indexes (its value, or with `key` its name), or a character offset. */
export type Location =
  | { readonly file: string; readonly path: readonly (string | number)[]; readonly key?: true }
  | { readonly file: string; readonly offset: number };

/** A location with a path, from which child locations can be derived. */
export type PathLocation = Extract<Location, { readonly path: readonly (string | number)[] }>;

/** The kinds of file of a handbook, in the order in which they are listed. */
export const KINDS = [
  'people',
  'team',
  'rota',
  'support-hours',
  'holidays',
  'service-levels',
  'tickets',
  'escalation',
  'notice',
  'publishing',
  'on-call',
  'time-off',
  'onboarding',
  'messages',
  'services',
  'planned-changes',
] as const;

export type KindName = (typeof KINDS)[number];

/** A file, or one entry in a file, that exists but could not be read. */
export interface UnreadThing {
  readonly kind: KindName;
  readonly id: string;
}

export type Severity = 'error' | 'warning';

/**
 * A fault that the author of the YAML can fix, as data. `describe` in `check/describe.ts` makes the message where the
 * finding is shown; `check/locate.ts` finds the line from the location, once, at the end.
 */
export interface Finding {
  readonly rule: string;
  /** Which of the rule's faults this is. */
  readonly code: string;
  readonly severity: Severity;
  /** Plain data: ids, days, instants, names of time zones, counts. */
  readonly args: Readonly<Record<string, unknown>>;
  readonly location: Location;
  /** Other locations involved. */
  readonly related?: readonly Location[];
  /** Every time that it is about, where there can be several; the message has the first. */
  readonly spans?: readonly Interval[];
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

/** The location of a value inside the value at another location. */
export const childLocation = (
  location: PathLocation,
  ...path: readonly (string | number)[]
): PathLocation => ({
  file: location.file,
  path: [...location.path, ...path],
});

/** All files of the repository, decoded. What could not be read is listed in `unread` and appears nowhere else. */
export interface Handbook {
  readonly people: ReadonlyMap<string, Person>;
  readonly contacts: ReadonlyMap<string, Contact>;
  readonly teams: ReadonlyMap<string, Team>;
  readonly rotas: ReadonlyMap<string, Rota>;
  readonly hours: ReadonlyMap<string, Hours>;
  readonly holidays: ReadonlyMap<string, Holidays>;
  readonly serviceLevels: ReadonlyMap<string, ServiceLevel>;
  readonly ticketPolicies: ReadonlyMap<string, TicketPolicy>;
  readonly escalations: ReadonlyMap<string, Escalation>;
  readonly services: ReadonlyMap<string, Service>;
  /** By `team/id`. Every person assigned to a change is also an `extra` override in their rota. */
  readonly changes: ReadonlyMap<string, PlannedChange>;
  readonly notice: Notice;
  readonly publishing: Publishing;
  readonly onCall: OnCall;
  readonly timeOff: TimeOff;
  readonly onboardings: ReadonlyMap<string, Onboarding>;
  readonly messages: MessagePolicy;
  /** What exists but could not be read; rules report nothing more about it. */
  readonly unread: readonly UnreadThing[];
}

/** Whether a thing exists but could not be read. */
export const isUnread = ({ unread }: Handbook, kind: KindName, id: string): boolean =>
  unread.some((it) => it.kind === kind && it.id === id);

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly skills: readonly string[];
  readonly github: string | undefined;
  readonly pagerduty: string | undefined;
  /** The id of a member of the workspace, such as `U01ABC2DE`. */
  readonly slack: string | undefined;
  readonly zendesk: number | undefined;
  /** Not vetted when undefined. */
  readonly vettedOn: Day | undefined;
  /** Not opted in to out-of-hours work when undefined. */
  readonly onCallSince: Day | undefined;
  readonly deliveryLead: string | undefined;
  readonly away: readonly Absence[];
  /** The weekdays on which they work, by first day; every weekday when there is no pattern. */
  readonly works: readonly WorkPattern[];
  /** The ids of their own holiday lists; undefined when only those of a rota count. */
  readonly holidays: readonly string[] | undefined;
  /** The zone of all their dates and times; that of each rota when undefined. */
  readonly zone: Zone | undefined;
  /** The first and the last day of work; undefined when none is known. */
  readonly firstOn: Day | undefined;
  readonly lastOn: Day | undefined;
  /** By list of onboarding, the items that are done, and on which day. */
  readonly onboarded: ReadonlyMap<string, ReadonlyMap<string, Day>>;
  /** Where to write to them; never published. */
  readonly email: string | undefined;
  readonly reach: Reach;
  readonly location: PathLocation;
}

/** The ways in which somebody can be reached. Pages show only those that the policy on publishing names. */
export type Reach = Readonly<Partial<Record<'slack' | 'phone' | 'email', string>>>;

/** Where a figure or a step comes from; neither is known where nothing is written. */
export interface Provenance {
  /** It is this handbook's own, and in no playbook or agreement. */
  readonly isExample: boolean;
  /** The playbook or agreement: a title or an https address. */
  readonly source: string | undefined;
}

/** What whoever holds a role, or supports a service, needs to know. */
export interface Guide {
  readonly duties: readonly string[];
  readonly runbook: string | undefined;
  /** Addresses by their text, in the order written. */
  readonly links: ReadonlyMap<string, string>;
}

/** A time away in local times of the person's zone, or of each rota's: whole days run from midnight to midnight. */
export interface Absence {
  readonly kind: 'days' | 'hours';
  readonly from: Wall;
  /** Excluded; infinite when the return is not known. */
  readonly to: Wall;
  readonly location: PathLocation;
}

/** The weekdays on which somebody works, until the next pattern begins. */
export interface WorkPattern {
  /** Minus infinity for one that has always applied. */
  readonly firstOn: Day;
  /** Indexes of weekdays, 0 for Monday. */
  readonly days: ReadonlySet<number>;
  /** Whether the other days are free of out-of-hours roles, too. */
  readonly onCall: boolean;
  readonly location: PathLocation;
}

/** An inbox or a desk: it can receive alerts but is not a person. */
export interface Contact {
  readonly id: string;
  readonly name: string;
  readonly pagerduty: string | undefined;
  /** Where to write to them; never published. */
  readonly email: string | undefined;
  readonly reach: Reach;
  readonly location: PathLocation;
}

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly leads: readonly string[];
  readonly channel: string | undefined;
  /** What each of its counting roles needs, unless the role states otherwise. */
  readonly needs: StatedNeeds;
  /** Undefined where nothing of the team is written to Slack. */
  readonly slack: TeamSlack | undefined;
  /** Undefined where nothing is posted to Microsoft Teams. */
  readonly teamsPosts: HandOverPosts | undefined;
  /** By the number of a group in Zendesk. */
  readonly zendeskGroups: ReadonlyMap<number, MemberGroup>;
  readonly checklists: Checklists;
  readonly onSupport: OnSupport;
  readonly location: PathLocation;
}

/** What a team's channel and user groups in Slack show. */
export interface TeamSlack {
  /** The id of a channel, such as `C0PAAS`. */
  readonly channel: string;
  /** With a role such as `{paas/in-hours/engineer}` for the name of its holder; undefined where it is left alone. */
  readonly topic: string | undefined;
  /** By the id of a user group, such as `S0OPS`. */
  readonly userGroups: ReadonlyMap<string, MemberGroup>;
  readonly handOver: HandOverPosts | undefined;
  /** Whether its channel gets the news. */
  readonly news: boolean;
}

/** A group of an outside system whose members hold the roles. */
export interface MemberGroup {
  /** Roles such as `paas/in-hours/engineer`. */
  readonly roles: readonly string[];
  /** Whether everybody else is removed. */
  readonly owned: boolean;
  /** Whether anybody is removed at all. */
  readonly removes: boolean;
  readonly location: PathLocation;
}

/** Posts about hand-overs. */
export interface HandOverPosts {
  /** How long before the hand-over they appear. */
  readonly before: Duration;
  /** Whether also where windows of one rota of the team end and those of another begin. */
  readonly daily: boolean;
}

/** What to do when a turn begins and when it ends. */
export interface Checklists {
  readonly start: readonly string[];
  readonly end: readonly string[];
}

/** What people do not promise for a week on support, and what is possible all the same. */
interface OnSupport {
  readonly keepFreeOf: readonly string[];
  readonly fine: readonly string[];
}

/** A meeting at a local time of a rota. */
export interface Meeting {
  /** Milliseconds since midnight. */
  readonly time: number;
  readonly duration: Duration;
  readonly where: string | undefined;
}

/** The kinds of people who get the news, and the ways by which they do. */
export const RECIPIENTS = ['affected', 'delivery-leads', 'team-leads', 'team-channel'] as const;
type Recipient = (typeof RECIPIENTS)[number];
const MESSAGE_WAYS = ['github', 'slack', 'email'] as const;
export type MessageWay = (typeof MESSAGE_WAYS)[number];

/** Who is informed of changed cover, and how. */
export interface MessagePolicy {
  readonly to: readonly Recipient[];
  readonly by: readonly MessageWay[];
  /** The address that mails are sent from. */
  readonly from: string | undefined;
  /** A time of day in each person's zone, in milliseconds since midnight; if `to` is before `from`, to the next day. */
  readonly quietHours: { readonly from: number; readonly to: number } | undefined;
}

export interface Rota {
  /** `paas/out-of-hours`: the path under `rotas/`, without the extension. */
  readonly id: string;
  readonly team: string;
  readonly name: string;
  readonly zone: Zone;
  /** The file's own terms and those of each amendment, by first day. */
  readonly terms: readonly RotaTerms[];
  readonly roles: ReadonlyMap<string, Role>;
  readonly overrides: readonly Override[];
  /** On the day of each hand-over from turn to turn. */
  readonly handoverMeeting: Meeting | undefined;
  /** On the next working day after a hand-over, for whoever handed over. */
  readonly standup: Meeting | undefined;
  readonly location: PathLocation;
}

/** The terms of a rota from one day until the next terms begin. */
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

/** When one turn ends and the next begins. Times are in milliseconds after midnight. */
export type Handover =
  /** In every week: for each weekday its time, or undefined for none. */
  | { readonly kind: 'weekly'; readonly times: readonly (number | undefined)[] }
  /** Every so many weeks, counted from the first turn of the rotation entry; `weekday` is an index, 0 for Monday. */
  | { readonly kind: 'weeks'; readonly weeks: number; readonly weekday: number; readonly time: number }
  /** On a date of every month, or on its last day. */
  | { readonly kind: 'monthly'; readonly date: number | 'last'; readonly time: number }
  /** On every working day of the rota's hours: a holiday has no turn, and the order continues after it. */
  | { readonly kind: 'working-days'; readonly time: number }
  /** From Monday to Friday: the turn of a holiday is nobody's, and nobody else moves. */
  | { readonly kind: 'weekdays'; readonly time: number }
  /** Several times a day, in order; turns are then named by day and time. */
  | { readonly kind: 'times'; readonly times: readonly number[] };

export interface Role {
  readonly id: string;
  /** Its own needs, completed with those of its team. */
  readonly needs: Needs;
  readonly statedNeeds: StatedNeeds;
  /** In order of first turn. */
  readonly rotation: readonly RotationEntry[];
  /** Turns agreed one by one, by name. */
  readonly turns: ReadonlyMap<TurnOn, Assignment>;
  /** The role whose turn decides: the one so many turns later, or earlier when negative. */
  readonly follows: { readonly role: string; readonly by: number } | undefined;
  /** False for a role that gives no cover, such as a shadow. */
  readonly counts: boolean;
  /** The id of its schedule in PagerDuty. */
  readonly schedule: string | undefined;
  /** Whom it reaches outside the windows of the role: a contact, or `NOBODY_OFF_DUTY`; undefined for no opinion. */
  readonly offDuty: string | undefined;
  readonly guide: Guide;
  /** Which seat of a written role this is; undefined for a role that one person holds at a time. */
  readonly seat: Seat | undefined;
  readonly location: PathLocation;
}

/** One of the seats of a role that several people hold at once. Each seat is a role of its own, such as engineer-2. */
export interface Seat {
  /** The role as written, which means all of its seats in `covered_by` and in chains. */
  readonly of: string;
  /** Counted from 1. */
  readonly number: number;
  /** How many there are at most; each rotation entry has its own number. */
  readonly seats: number;
}

/** The role as its file names it: for a seat, the role that has the seats. */
export const writtenRole = ({ id, seat }: Role): string => seat?.of ?? id;

/** Where the id of a role's schedule is written. */
export const scheduleLocation = ({ seat, location }: Role): PathLocation =>
  seat === undefined
    ? childLocation(location, 'pagerduty', 'schedule')
    : childLocation(location, 'pagerduty', 'schedules', seat.number - 1);

/** The value of `off_duty` for nobody, which is no id of a contact there. */
export const NOBODY_OFF_DUTY = 'nobody';

/** Where it is written whom the schedule of a role reaches off duty. */
export const offDutyLocation = ({ location }: Role): PathLocation =>
  childLocation(location, 'pagerduty', 'off_duty');

/** Needs as written: a key that is absent is undefined. */
export type StatedNeeds = { readonly [Key in keyof Needs]: Needs[Key] | undefined };

export interface Needs {
  /** All of them are required. */
  readonly skills: readonly string[];
  /** At least one of them is required, unless there are none. */
  readonly anySkill: readonly string[];
  readonly vetted: boolean;
  /** Opted in to out-of-hours work; a role that needs this is an out-of-hours role. */
  readonly onCall: boolean;
}

export interface RotationEntry {
  readonly firstOn: TurnOn;
  /** When empty, nobody holds the role from here on. */
  readonly people: readonly Assignment[];
  /** How many seats the role has while the entry applies; undefined for a role without. */
  readonly seats: number | undefined;
  readonly location: PathLocation;
}

/** A person and the line that assigns them to a role. */
export interface Assignment {
  readonly person: string;
  readonly by: 'rotation' | 'turn' | 'override' | 'extra';
  /** The person whom an override takes the time from. */
  readonly insteadOf: string | undefined;
  /** The id, `team/id`, of the planned change that assigns them; undefined when there is none. */
  readonly change: string | undefined;
  readonly location: PathLocation;
}

/** An exception: somebody takes a whole turn, part of one (hours), or time outside the windows (extra). */
export type Override =
  | {
      readonly kind: 'turn';
      readonly role: string;
      readonly turnOn: TurnOn;
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
  /** The file's own terms and those of each amendment, by first day. */
  readonly terms: readonly HoursTerms[];
  readonly location: PathLocation;
}

/** The terms of support hours from one day until the next terms begin. */
export interface HoursTerms {
  /** Local midnight of the hours' zone; minus infinity for the first. */
  readonly firstOn: Day;
  readonly windows: ReadonlyMap<string, Window>;
  /** Where these windows are written: in the file's own terms or in an amendment. */
  readonly windowsLocation: PathLocation;
  /** Indexes of weekdays, 0 for Monday. */
  readonly workingDays: ReadonlySet<number>;
  /** The ids of the holiday lists; a day in any of them is a holiday. */
  readonly holidays: readonly string[];
  readonly coveredBy: readonly CoverageRequirement[];
  /** Whether every minute belongs to a window, and where that is written. */
  readonly continuous: boolean;
  readonly continuousLocation: PathLocation;
  readonly location: PathLocation;
}

/** What must be held in every minute of a window. */
export interface CoverageRequirement {
  readonly window: string;
  /** At least one of these sets of roles is held; a set has several roles only for the seats of a role. */
  readonly anyOf: readonly (readonly RoleRef[])[];
  /** Whether the one role is a seat of a role that is named as a whole, so that it is needed while the seat exists. */
  readonly isSeat: boolean;
  readonly location: PathLocation;
}

export type Window =
  | { readonly kind: 'recurring'; readonly stretches: readonly Stretch[] }
  | { readonly kind: 'outside'; readonly of: readonly string[] };

/** One line of a window: on these days, from one local time to another; `to` at or before `from` means the next day. */
export interface Stretch {
  readonly days: 'working' | 'non-working' | 'every' | 'holidays' | ReadonlySet<number>;
  readonly from: number;
  readonly to: number;
  /** The zones of the two times, where one is not that of the hours; undefined where both are. */
  readonly zones: { readonly from: Zone; readonly to: Zone } | undefined;
  readonly location: PathLocation;
}

export interface Holidays {
  readonly id: string;
  readonly name: string;
  /** The list is complete from this day to `untilOn`, both included. */
  readonly fromOn: Day;
  readonly untilOn: Day;
  /** The zone whose days these are; of whichever zone uses the list when undefined. */
  readonly zone: Zone | undefined;
  /** Those that count, one-off days included; a holiday that is observed on another day is not here. */
  readonly days: ReadonlyMap<Day, string>;
  readonly location: PathLocation;
}

export type Clock = 'in_hours' | 'out_of_hours';

/** What a service level promises: the first reply, each next one, the solution. */
export const TARGETS = ['respond', 'update', 'resolve'] as const;
export type Target = (typeof TARGETS)[number];

export interface ServiceLevel {
  readonly id: string;
  readonly name: string;
  readonly hours: string;
  /** The file's own terms and those of each amendment, by first day. */
  readonly terms: readonly ServiceLevelTerms[];
  readonly origin: Provenance;
  readonly location: PathLocation;
}

/** What is promised from one day until the next terms begin. */
export interface ServiceLevelTerms {
  /** Local midnight of the support hours' zone; minus infinity for the first. */
  readonly firstOn: Day;
  /** How soon everything gets a first reply, whatever its priority. */
  readonly firstResponse: Duration | undefined;
  readonly firstResponseLocation: PathLocation;
  /** The priority of whatever nobody has given one. */
  readonly defaultPriority: string | undefined;
  readonly defaultPriorityLocation: PathLocation;
  /** As written: the most urgent first. */
  readonly priorities: ReadonlyMap<string, Priority>;
  readonly prioritiesLocation: PathLocation;
  /** Which of a priority's targets counts in each window; nothing is promised in a window that is absent. */
  readonly clock: ReadonlyMap<string, Clock>;
  readonly clockLocation: PathLocation;
  /** The windows for which the clock says that nothing is promised. */
  readonly unpromised: readonly string[];
  /** The statuses in which each clock stands still. */
  readonly pauses: Readonly<Record<Target, ReadonlySet<string>>>;
  readonly pausesLocation: PathLocation;
}

/** The terms in force on a day. The first terms of a file have no first day, so that there are always some. */
export const termsOn = <T extends { readonly firstOn: Day }>(terms: readonly T[], day: Day): T =>
  (terms.findLast(({ firstOn }) => firstOn <= day) ?? terms[0]) as T;

/** Every priority that a service level has at some time, in the order of the first terms that have it. */
export const priorityIds = ({ terms }: ServiceLevel): ReadonlySet<string> =>
  new Set(terms.flatMap(({ priorities }) => [...priorities.keys()]));

export interface Priority {
  readonly id: string;
  readonly name: string;
  /** The definition by which somebody gives a ticket this priority. */
  readonly when: string | undefined;
  readonly targets: Readonly<Partial<Record<Clock, ResponseTarget>>>;
  /** Of the service level where the priority has none of its own. */
  readonly origin: Provenance;
}

export interface ResponseTarget extends Readonly<Record<Target, Duration | undefined>> {
  /** A promise without a figure, which takes the place of `respond`. */
  readonly asSoonAsPossible: boolean;
}

/** The statuses of tickets of a service without a policy on them. */
export const USUAL_STATUSES: readonly string[] = ['new', 'open', 'on-hold', 'pending'];

/** How the tickets of a service are worked on; see `policies/tickets/<id>.yaml`. */
export interface TicketPolicy {
  readonly id: string;
  /** In the order in which a ticket goes through them; there are at least two. */
  readonly statuses: ReadonlyMap<string, TicketStatus>;
  /** From the smallest to the largest. */
  readonly groups: readonly TicketGroup[];
  /** The length of a day of an estimate, in milliseconds. */
  readonly dayLength: number;
  /** After which percentage of a target somebody is warned. */
  readonly warnAt: number;
  /** How tickets of Zendesk become tickets here; undefined where none do. */
  readonly zendesk: ZendeskMap | undefined;
  readonly location: PathLocation;
}

/** What the names and numbers of a Zendesk account mean here. */
export interface ZendeskMap {
  /** Which tickets belong to which service: the first that matches. */
  readonly services: readonly ZendeskMatch[];
  /** Priorities of the service levels by those of Zendesk; undefined where nothing is said. */
  readonly priorities: ReadonlyMap<string, string> | undefined;
  /** Statuses by those of Zendesk, or by the id of a custom status. */
  readonly statuses: ReadonlyMap<string, string>;
  /** The field that holds the estimate, and what a number in it counts. */
  readonly estimate: { readonly field: string; readonly unit: string | undefined } | undefined;
}

/** The tickets that have everything that is given. Numbers are ids of Zendesk. */
export interface ZendeskMatch {
  readonly organization: number | undefined;
  readonly brand: number | undefined;
  readonly group: number | undefined;
  readonly tag: string | undefined;
  /** Undefined for tickets that concern no service. */
  readonly service: string | undefined;
}

interface TicketStatus {
  readonly asksReason: boolean;
  /** After how long in this status a ticket counts as solved; undefined for never. */
  readonly solvedAfter: Duration | undefined;
}

interface TicketGroup {
  readonly id: string;
  /** The largest estimate that it takes, in milliseconds, included; undefined for any. */
  readonly upTo: number | undefined;
  readonly role: RoleRef | undefined;
  readonly notifyLeads: boolean;
  readonly location: PathLocation;
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
  /** Of `repeats`, and of levels that have none of their own. */
  readonly origin: Provenance;
  /** The id of its policy in PagerDuty. */
  readonly policy: string | undefined;
  readonly location: PathLocation;
}

export interface Level {
  readonly notify: readonly Notified[];
  /** How long this level has before the next is called. */
  readonly escalateAfter: Duration | undefined;
  /** The priorities for which it is called at all; every one when undefined. */
  readonly onlyFor: readonly string[] | undefined;
  /** The priorities for which it is called at once, beside the first level. */
  readonly atOnceFor: readonly string[];
  /** Of the chain where the level has none of its own. */
  readonly origin: Provenance;
  readonly location: PathLocation;
}

export type Notified =
  | { readonly kind: 'role'; readonly role: RoleRef; readonly location: PathLocation }
  | { readonly kind: 'person'; readonly person: string; readonly location: PathLocation }
  | { readonly kind: 'contact'; readonly contact: string; readonly location: PathLocation };

export interface Service {
  readonly id: string;
  readonly name: string;
  readonly team: string;
  readonly serviceLevel: string | undefined;
  /** The id of the policy on its tickets. */
  readonly tickets: string | undefined;
  /** The chain to call in each window; a window that is absent is not supported. */
  readonly escalation: ReadonlyMap<string, string>;
  /** Why something is a critical incident out of hours; empty where nothing is said. */
  readonly criticalReasons: readonly string[];
  /** The id of its counterpart in PagerDuty, whose escalation policy follows the windows. */
  readonly pagerduty: string | undefined;
  readonly guide: Guide;
  readonly location: PathLocation;
}

/** Where the id of a service in PagerDuty is written. */
export const pagerdutyServiceLocation = ({ location }: Service): PathLocation =>
  childLocation(location, 'pagerduty', 'service');

/** A change requested for a certain time, with the people assigned to it. */
export interface PlannedChange {
  /** `modernisation-platform/issue-42`: the team, and the key in the team's file. */
  readonly id: string;
  readonly team: string;
  readonly service: string;
  readonly summary: string;
  readonly zone: Zone;
  readonly startAt: Instant;
  readonly endAt: Instant;
  /** When it was requested with these times, according to the file. */
  readonly requestedAt: Instant;
  /** The address of the request. */
  readonly request: string | undefined;
  readonly assigned: readonly Assigned[];
  readonly location: PathLocation;
}

/** A person assigned to a planned change, and their role. */
interface Assigned {
  readonly role: RoleRef;
  readonly person: string;
  readonly location: PathLocation;
}

/** The policy on notice and consent; see `policies/notice.yaml`. */
export interface Notice extends NoticeTerms {
  /** The terms of the teams that have their own. */
  readonly teams: ReadonlyMap<string, NoticeTerms>;
  /** By team, the keys that its own terms state; what they do not follows the terms of all. */
  readonly stated: ReadonlyMap<string, readonly string[]>;
}

/** What one team, or every team without its own terms, goes by. */
export interface NoticeTerms {
  readonly rotaChange: { readonly minimum: Duration | undefined; readonly recommended: Duration | undefined };
  readonly shortCover: { readonly longest: Duration };
  readonly emergency: { readonly label: string; readonly approvedBy: 'team-leads' | 'policy-owners' };
  /** The label that allows corrections of the past; undefined when they are not allowed. */
  readonly correction: string | undefined;
  readonly outOfHoursChange: { readonly minimum: Duration };
  readonly publishedAhead: Duration;
  readonly consent: readonly ('both-people' | 'delivery-leads')[];
  readonly origins: Readonly<
    Record<'rotaChange' | 'shortCover' | 'outOfHoursChange' | 'publishedAhead', Provenance>
  >;
}

/** The policy on what is published; see `policies/publishing.yaml`. */
export interface Publishing {
  /** Ends in a slash; undefined when the output has no known address. */
  readonly site: string | undefined;
  readonly back: Duration;
  readonly ahead: Duration;
  readonly names: 'full' | 'initials';
  /** What pages show of how people can be reached. */
  readonly reach: readonly (keyof Reach)[];
  /** Whether calendars show the addresses of requests. */
  readonly requests: boolean;
}

/** The policy on out-of-hours work; see `policies/on-call.yaml`. */
export interface OnCall extends OnCallTerms {
  /** The terms of the teams that have their own. */
  readonly teams: ReadonlyMap<string, OnCallTerms>;
}

/** What one team, or every team without its own terms, goes by. */
export interface OnCallTerms {
  readonly newcomers: { readonly first: Duration; readonly experiencedAfter: Duration };
  readonly rest: {
    readonly turnsBetween: number;
    /** Both are undefined for no limit. */
    readonly hoursBetween: Duration | undefined;
    readonly longestUnbroken: Duration | undefined;
  };
  readonly origins: Readonly<Record<'newcomers' | 'rest', Provenance>>;
}

/** The terms of a policy for the rotas of a team. */
export const termsFor = <T>(policy: T & { readonly teams: ReadonlyMap<string, T> }, team: string): T =>
  policy.teams.get(team) ?? policy;

/** The policy on time off earned by out-of-hours alerts; see `policies/time-off.yaml`. */
export interface TimeOff {
  /** The file's own terms and those of each amendment, by first day. */
  readonly terms: readonly TimeOffTerms[];
}

/** What claims earn from one local day until the next terms begin. */
export interface TimeOffTerms {
  /** Minus infinity for the first. */
  readonly firstOn: Day;
  /** Days of time off for a claim in which nobody was woken. */
  readonly awake: number;
  /** Days of time off for a claim in which an alert woke the person. */
  readonly woken: number;
  readonly dayHours: number;
  /** Work beyond `after` earns `days` for every period of length `each`. */
  readonly extra: {
    readonly after: Duration;
    readonly each: Duration;
    readonly days: number;
    readonly part: 'up' | 'down' | 'exact';
  };
  /** Alerts within this time of the first counted one belong to the same claim. */
  readonly group: Duration;
  /** Local times, milliseconds after midnight; `to` at or before `from` means the next day. */
  readonly asleep: { readonly from: number; readonly to: number };
  /** Windows of support hours in which alerts earn nothing. */
  readonly inHours: readonly string[];
  readonly restHours: number;
}

/** What has to be done before somebody's first turn; see `policies/onboarding/<id>.yaml`. */
export interface Onboarding {
  readonly id: string;
  readonly name: string;
  /** The teams and rotas that it is for; every rota when both are empty. */
  readonly teams: readonly string[];
  readonly rotas: readonly string[];
  /** Without those that are retired. */
  readonly items: readonly OnboardingItem[];
  /** Of all items, also those that are retired. */
  readonly ids: ReadonlySet<string>;
  readonly location: PathLocation;
}

/** One thing to do before a first turn. */
export interface OnboardingItem {
  readonly id: string;
  readonly text: string;
  /** Undefined for the leads of the team alone. */
  readonly ask: AskedForItem | undefined;
  readonly link: string | undefined;
  readonly before: 'first-turn' | 'first-on-call-turn';
}

/** Whose word counts that something is done; that of a lead does, too. */
export type AskedForItem =
  | { readonly kind: 'role'; readonly role: RoleRef }
  | { readonly kind: 'person'; readonly person: string }
  | { readonly kind: 'team'; readonly team: string };

/** A person in a role for one unbroken span of time. */
export interface Shift {
  readonly rota: string;
  readonly role: string;
  readonly person: string;
  readonly startAt: Instant;
  readonly endAt: Instant;
}

/** The order of names of roles: by text, and seats by their number, so that `engineer-2` comes before `engineer-10`. */
export function inSeatOrder(one: string, other: string): number {
  const [base, number] = numbered(one);
  const [otherBase, otherNumber] = numbered(other);
  if (base !== otherBase) return base < otherBase ? -1 : 1;
  return number - otherNumber || (one < other ? -1 : one > other ? 1 : 0);
}

/** A name without the number that it ends in, and that number. */
function numbered(name: string): readonly [string, number] {
  const [, base = name, number = '-1'] = /^(.*[^\d])-(\d{1,9})$/s.exec(name) ?? [];
  return [base, Number(number)];
}

/** `paas/out-of-hours/engineer`. */
export const roleText = ({ rota, role }: RoleRef): string => `${rota}/${role}`;

/** Parses `paas/out-of-hours/engineer`. */
export function roleOf(text: string): RoleRef {
  const cut = text.lastIndexOf('/');
  return { rota: text.slice(0, cut), role: text.slice(cut + 1) };
}
