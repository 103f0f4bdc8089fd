/** Made from `schemas/` by `npm run generate`: what is written in each kind of file. */

export type WrittenCallee = string | WrittenContactCallee | WrittenPersonCallee;
export type WrittenHoliday = string | WrittenObservedHoliday;
export type WrittenConsentRules = readonly ('both-people' | 'delivery-leads')[];
export type WrittenAsked = string | WrittenAskedPerson | WrittenAskedTeam;
export type WrittenAbsence = WrittenHoursAbsence | WrittenDaysAbsence;
export type WrittenHolidayLists = readonly string[] | string;
export type WrittenHandover =
  | readonly WrittenWeeklyHandover[]
  | WrittenMonthlyHandover
  | WrittenTimesHandover
  | WrittenDailyHandover
  | WrittenWeeksHandover;
export type WrittenDuties = readonly string[];
export type WrittenOverride = WrittenTurnOverride | WrittenHoursOverride;
export type WrittenPausing = readonly string[];
export type WrittenWorkingDays = readonly (
  | 'monday'
  | 'tuesday'
  | 'wednesday'
  | 'thursday'
  | 'friday'
  | 'saturday'
  | 'sunday'
)[];
export type WrittenWindow = readonly WrittenTimes[] | WrittenComplement;
export type WrittenDays =
  | ('working' | 'non-working' | 'every' | 'holidays')
  | readonly ('monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday')[];
export type WrittenEdge = string;
export type WrittenMemberRoles = readonly string[];
export type WrittenWindowIds = readonly string[];

export interface Written {
  readonly escalation: WrittenEscalation;
  readonly holidays: WrittenHolidays;
  readonly messages: WrittenMessages;
  readonly notice: WrittenNotice;
  readonly 'on-call': WrittenOnCall;
  readonly onboarding: WrittenOnboarding;
  readonly people: WrittenPeople;
  readonly 'planned-changes': WrittenPlannedChanges;
  readonly publishing: WrittenPublishing;
  readonly rota: WrittenRota;
  readonly 'service-levels': WrittenServiceLevels;
  readonly services: WrittenServices;
  readonly 'support-hours': WrittenSupportHours;
  readonly team: WrittenTeam;
  readonly tickets: WrittenTickets;
  readonly 'time-off': WrittenTimeOff;
}
export interface WrittenEscalation {
  readonly name: string;
  readonly applies_in: readonly string[];
  readonly levels: readonly WrittenLevel[];
  readonly repeats?: number;
  readonly pagerduty?: WrittenPagerdutyPolicy;
  readonly example?: true;
  readonly source?: string;
}
export interface WrittenLevel {
  readonly notify: readonly WrittenCallee[];
  readonly escalate_after?: string;
  readonly example?: true;
  readonly source?: string;
  readonly only_for?: readonly string[];
  readonly at_once_for?: readonly string[];
}
export interface WrittenContactCallee {
  readonly contact: string;
}
export interface WrittenPersonCallee {
  readonly person: string;
}
export interface WrittenPagerdutyPolicy {
  readonly policy: string;
}
export interface WrittenHolidays {
  readonly name: string;
  readonly region?: string;
  readonly source?: string;
  readonly timezone?: string;
  readonly complete_from: string;
  readonly complete_until: string;
  readonly holidays: {
    readonly [k: string]: WrittenHoliday;
  };
  readonly added?: {
    readonly [k: string]: string;
  };
}
export interface WrittenObservedHoliday {
  readonly name: string;
  readonly observed_on: string;
}
export interface WrittenMessages {
  readonly news?: WrittenNews;
  readonly email?: WrittenEmail;
  readonly quiet_hours?: WrittenQuietHours;
}
export interface WrittenNews {
  readonly to?: readonly ('affected' | 'delivery-leads' | 'team-leads' | 'team-channel')[];
  readonly by?: readonly ('github' | 'slack' | 'email')[];
}
export interface WrittenEmail {
  readonly from: string;
}
export interface WrittenQuietHours {
  readonly from: string;
  readonly to: string;
}
export interface WrittenNotice {
  readonly rota_change?: WrittenRotaChange;
  readonly short_cover?: WrittenShortCover;
  readonly emergency?: WrittenEmergency;
  readonly out_of_hours_change?: WrittenOutOfHoursChange;
  readonly published_ahead?: string;
  readonly consent?: WrittenConsentRules;
  readonly correction?: WrittenCorrection;
  readonly example?: true;
  readonly source?: string;
  readonly teams?: {
    readonly [k: string]: WrittenTeamNotice;
  };
}
export interface WrittenRotaChange {
  readonly minimum?: string;
  readonly recommended?: string;
  readonly example?: true;
  readonly source?: string;
}
export interface WrittenShortCover {
  readonly longest: string;
  readonly example?: true;
  readonly source?: string;
}
export interface WrittenEmergency {
  readonly label: string;
  readonly approved_by: 'team-leads' | 'policy-owners';
  readonly example?: true;
  readonly source?: string;
}
export interface WrittenOutOfHoursChange {
  readonly minimum: string;
  readonly example?: true;
  readonly source?: string;
}
export interface WrittenCorrection {
  readonly label: string;
  readonly example?: true;
  readonly source?: string;
}
export interface WrittenTeamNotice {
  readonly rota_change?: WrittenRotaChange;
  readonly short_cover?: WrittenShortCover;
  readonly emergency?: WrittenEmergency;
  readonly out_of_hours_change?: WrittenOutOfHoursChange;
  readonly published_ahead?: string;
  readonly consent?: WrittenConsentRules;
  readonly correction?: WrittenCorrection;
}
export interface WrittenOnCall {
  readonly newcomers?: WrittenNewcomers;
  readonly rest?: WrittenRest;
  readonly teams?: {
    readonly [k: string]: WrittenTeamOnCall;
  };
}
export interface WrittenNewcomers {
  readonly first: string;
  readonly experienced_after: string;
  readonly example?: true;
  readonly source?: string;
}
export interface WrittenRest {
  readonly turns_between?: number;
  readonly hours_between?: string;
  readonly longest_unbroken?: string;
  readonly example?: true;
  readonly source?: string;
}
export interface WrittenTeamOnCall {
  readonly newcomers?: WrittenNewcomers;
  readonly rest?: WrittenRest;
}
export interface WrittenOnboarding {
  readonly name: string;
  readonly teams?: readonly string[];
  readonly rotas?: readonly string[];
  readonly items: readonly WrittenOnboardingItem[];
}
export interface WrittenOnboardingItem {
  readonly id: string;
  readonly text: string;
  readonly ask?: WrittenAsked;
  readonly link?: string;
  readonly before?: 'first-turn' | 'first-on-call-turn';
  readonly retired?: true;
}
export interface WrittenAskedPerson {
  readonly person: string;
}
export interface WrittenAskedTeam {
  readonly team: string;
}
export interface WrittenPeople {
  readonly people?: {
    readonly [k: string]: WrittenPerson;
  };
  readonly contacts?: {
    readonly [k: string]: WrittenContact;
  };
}
export interface WrittenPerson {
  readonly name: string;
  readonly skills?: readonly string[];
  readonly github?: string;
  readonly pagerduty?: string;
  readonly slack?: string;
  readonly zendesk?: number;
  readonly email?: string;
  readonly vetted_on?: string;
  readonly on_call_since?: string;
  readonly delivery_lead?: string;
  readonly away?: readonly WrittenAbsence[];
  readonly works?: readonly WrittenWorkPattern[];
  readonly holidays?: WrittenHolidayLists;
  readonly zone?: string;
  readonly first_day?: string;
  readonly last_day?: string;
  readonly onboarded?: {
    readonly [k: string]: WrittenOnboardedItems;
  };
  readonly reach?: WrittenReach;
}
export interface WrittenHoursAbsence {
  readonly from: string;
  readonly to?: string;
  readonly reason?: string;
}
export interface WrittenDaysAbsence {
  readonly first_day: string;
  readonly last_day?: string;
  readonly reason?: string;
}
export interface WrittenWorkPattern {
  readonly days: readonly (
    | 'monday'
    | 'tuesday'
    | 'wednesday'
    | 'thursday'
    | 'friday'
    | 'saturday'
    | 'sunday'
  )[];
  readonly since?: string;
  readonly on_call?: boolean;
}
export interface WrittenOnboardedItems {
  readonly [k: string]: string;
}
export interface WrittenReach {
  readonly slack?: string;
  readonly phone?: string;
  readonly email?: string;
}
export interface WrittenContact {
  readonly name: string;
  readonly email?: string;
  readonly pagerduty?: string;
  readonly reach?: WrittenReach;
}
export interface WrittenPlannedChanges {
  readonly changes: {
    readonly [k: string]: WrittenChange;
  };
}
export interface WrittenChange {
  readonly service: string;
  readonly summary: string;
  readonly timezone: string;
  readonly from: string;
  readonly to: string;
  readonly requested_at: string;
  readonly request?: string;
  readonly assigned: readonly WrittenAssigned[];
}
export interface WrittenAssigned {
  readonly role: string;
  readonly person: string;
}
export interface WrittenPublishing {
  readonly site?: string;
  readonly back?: string;
  readonly ahead?: string;
  readonly names?: 'full' | 'initials';
  readonly reach?: readonly ('slack' | 'phone' | 'email')[];
  readonly requests?: boolean;
}
export interface WrittenRota {
  readonly name: string;
  readonly timezone: string;
  readonly hours?: string;
  readonly covers?: readonly string[];
  readonly handover: WrittenHandover;
  readonly handover_meeting?: WrittenMeeting;
  readonly standup?: WrittenMeeting;
  readonly roles: {
    readonly [k: string]: WrittenRole;
  };
  readonly overrides?: readonly WrittenOverride[];
  readonly amendments?: readonly WrittenRotaAmendment[];
}
export interface WrittenWeeklyHandover {
  readonly day: 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';
  readonly time: string;
}
export interface WrittenMonthlyHandover {
  readonly date: number | string;
  readonly time: string;
}
export interface WrittenTimesHandover {
  readonly every: 'day';
  readonly times: readonly string[];
}
export interface WrittenDailyHandover {
  readonly every: 'day' | 'working_day' | 'weekday';
  readonly time: string;
}
export interface WrittenWeeksHandover {
  readonly day: 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';
  readonly time: string;
  readonly weeks?: number;
}
export interface WrittenMeeting {
  readonly time: string;
  readonly duration?: string;
  readonly where?: string;
}
export interface WrittenRole {
  readonly needs?: WrittenNeeds;
  readonly rotation?: readonly WrittenRotationEntry[];
  readonly turns?: {
    readonly [k: string]: WrittenSeatTurns | string;
  };
  readonly seats?: number;
  readonly follows?: WrittenFollows;
  readonly counts?: boolean;
  readonly pagerduty?: WrittenPagerdutySchedule;
  readonly duties?: WrittenDuties;
  readonly runbook?: string;
  readonly links?: WrittenLinks;
}
export interface WrittenNeeds {
  readonly skills?: readonly string[];
  readonly any_skill?: readonly string[];
  readonly vetted?: boolean;
  readonly on_call?: boolean;
}
export interface WrittenRotationEntry {
  readonly first_turn: string;
  readonly seats?: number;
  readonly people: readonly string[];
}
export interface WrittenSeatTurns {
  readonly [k: string]: string;
}
export interface WrittenFollows {
  readonly role: string;
  readonly by: number;
}
export interface WrittenPagerdutySchedule {
  readonly schedule?: string;
  readonly schedules?: readonly string[];
  readonly off_duty?: string;
}
export interface WrittenLinks {
  readonly [k: string]: string;
}
export interface WrittenTurnOverride {
  readonly role: string;
  readonly turn: string;
  readonly person: string;
  readonly instead_of?: string;
  readonly reason?: string;
}
export interface WrittenHoursOverride {
  readonly role: string;
  readonly person: string;
  readonly instead_of?: string;
  readonly from: string;
  readonly to: string;
  readonly extra?: true;
  readonly reason?: string;
}
export interface WrittenRotaAmendment {
  readonly first_day: string;
  readonly handover?: WrittenHandover;
  readonly hours?: string;
  readonly covers?: readonly string[];
}
export interface WrittenServiceLevels {
  readonly name: string;
  readonly hours: string;
  readonly default_priority?: string;
  readonly first_response?: string;
  readonly priorities: WrittenPriorities;
  readonly clock: WrittenClock;
  readonly pauses?: WrittenPauses;
  readonly amendments?: readonly WrittenServiceLevelsAmendment[];
  readonly example?: true;
  readonly source?: string;
}
export interface WrittenPriorities {
  readonly [k: string]: WrittenPriority;
}
export interface WrittenPriority {
  readonly name: string;
  readonly when?: string;
  readonly in_hours?: WrittenPromise;
  readonly out_of_hours?: WrittenPromise;
  readonly example?: true;
  readonly source?: string;
}
export interface WrittenPromise {
  readonly respond?: string;
  readonly update?: string;
  readonly resolve?: string;
  readonly as_soon_as_possible?: true;
}
export interface WrittenClock {
  readonly [k: string]: 'in_hours' | 'out_of_hours' | 'none';
}
export interface WrittenPauses {
  readonly respond?: WrittenPausing;
  readonly update?: WrittenPausing;
  readonly resolve?: WrittenPausing;
}
export interface WrittenServiceLevelsAmendment {
  readonly first_day: string;
  readonly default_priority?: string;
  readonly first_response?: string;
  readonly priorities?: WrittenPriorities;
  readonly clock?: WrittenClock;
  readonly pauses?: WrittenPauses;
}
export interface WrittenServices {
  readonly services: {
    readonly [k: string]: WrittenService;
  };
}
export interface WrittenService {
  readonly name: string;
  readonly team: string;
  readonly service_level?: string;
  readonly tickets?: string;
  readonly escalation?: {
    readonly [k: string]: string;
  };
  readonly critical_reasons?: readonly string[];
  readonly pagerduty?: {
    readonly service: string;
  };
  readonly duties?: WrittenDuties;
  readonly runbook?: string;
  readonly links?: WrittenLinks;
}
export interface WrittenSupportHours {
  readonly name: string;
  readonly timezone: string;
  readonly holidays?: WrittenHolidayLists;
  readonly working_days?: WrittenWorkingDays;
  readonly windows: WrittenWindows;
  readonly covered_by?: WrittenCoveredBy;
  readonly continuous?: boolean;
  readonly amendments?: readonly WrittenHoursAmendment[];
}
export interface WrittenWindows {
  readonly [k: string]: WrittenWindow;
}
export interface WrittenTimes {
  readonly days: WrittenDays;
  readonly from: WrittenEdge;
  readonly to: WrittenEdge;
}
export interface WrittenComplement {
  readonly outside: readonly string[];
}
export interface WrittenCoveredBy {
  readonly [k: string]: readonly (WrittenAnyOfRoles | string)[];
}
export interface WrittenAnyOfRoles {
  readonly any: readonly string[];
}
export interface WrittenHoursAmendment {
  readonly first_day: string;
  readonly windows?: WrittenWindows;
  readonly working_days?: WrittenWorkingDays;
  readonly holidays?: WrittenHolidayLists;
  readonly continuous?: boolean;
  readonly covered_by?: WrittenCoveredBy;
}
export interface WrittenTeam {
  readonly name: string;
  readonly leads?: readonly string[];
  readonly channel?: string;
  readonly needs?: WrittenNeeds;
  readonly slack?: WrittenTeamSlack;
  readonly microsoft_teams?: WrittenTeamPosts;
  readonly zendesk?: WrittenTeamZendesk;
  readonly checklists?: WrittenChecklists;
  readonly on_support?: WrittenOnSupport;
}
export interface WrittenTeamSlack {
  readonly channel: string;
  readonly topic?: string;
  readonly user_groups?: {
    readonly [k: string]: WrittenMemberRoles | WrittenSlackGroup;
  };
  readonly hand_over?: WrittenHandOverPosts;
  readonly news?: boolean;
}
export interface WrittenSlackGroup {
  readonly roles: WrittenMemberRoles;
  readonly owned?: boolean;
}
export interface WrittenHandOverPosts {
  readonly before?: string;
  readonly daily?: boolean;
}
export interface WrittenTeamPosts {
  readonly hand_over?: WrittenHandOverPosts;
}
export interface WrittenTeamZendesk {
  readonly groups: {
    readonly [k: string]: WrittenZendeskGroup;
  };
}
export interface WrittenZendeskGroup {
  readonly roles: WrittenMemberRoles;
  readonly removes?: boolean;
  readonly owned?: boolean;
}
export interface WrittenChecklists {
  readonly start?: readonly string[];
  readonly end?: readonly string[];
}
export interface WrittenOnSupport {
  readonly keep_free_of?: readonly string[];
  readonly fine?: readonly string[];
}
export interface WrittenTickets {
  readonly statuses: {
    readonly [k: string]: WrittenStatus;
  };
  readonly groups?: readonly WrittenGroup[];
  readonly day?: string;
  readonly warn_at?: string;
  readonly zendesk?: {
    readonly services: readonly WrittenZendeskMatch[];
    readonly priorities?: {
      readonly [k: string]: string;
    };
    readonly statuses?: {
      readonly [k: string]: string;
    };
    readonly estimate?: {
      readonly field: number;
      readonly unit?: 'minutes' | 'hours' | 'days';
    };
  };
}
export interface WrittenStatus {
  readonly asks?: 'reason';
  readonly solved_after?: string;
}
export interface WrittenGroup {
  readonly id: string;
  readonly up_to?: string;
  readonly role?: string;
  readonly notify?: 'leads';
}
export interface WrittenZendeskMatch {
  readonly organization?: number;
  readonly brand?: number;
  readonly group?: number;
  readonly tag?: string;
  readonly service: string;
}
export interface WrittenTimeOff {
  readonly awake?: string;
  readonly woken?: string;
  readonly day?: string;
  readonly extra?: WrittenExtraWork;
  readonly group?: string;
  readonly asleep?: WrittenSleep;
  readonly in_hours?: WrittenWindowIds;
  readonly rest?: WrittenRestNeeded;
  readonly amendments?: readonly WrittenTimeOffAmendment[];
}
export interface WrittenExtraWork {
  readonly after: string;
  readonly each: string;
  readonly days: number;
  readonly part: 'up' | 'down' | 'exact';
}
export interface WrittenSleep {
  readonly from: string;
  readonly to: string;
}
export interface WrittenRestNeeded {
  readonly hours: number;
}
export interface WrittenTimeOffAmendment {
  readonly first_day: string;
  readonly awake?: string;
  readonly woken?: string;
  readonly day?: string;
  readonly extra?: WrittenExtraWork;
  readonly group?: string;
  readonly asleep?: WrittenSleep;
  readonly in_hours?: WrittenWindowIds;
  readonly rest?: WrittenRestNeeded;
}
