/**
 * Counts the time off that alerts earn, from what really was: who held which role, and when. Pure: the same handbook
 * and alerts give the same count, in whatever order the alerts come.
 */
import { type Handbook, type TimeOffTerms, termsOn } from '../model.ts';
import { resolve } from '../resolve/resolve.ts';
import { DAY, HOUR } from '../time/date.ts';
import { lengthOf } from '../time/duration.ts';
import type { Zone } from '../time/zone.ts';
import { type Instant, type Interval, layered, type Timeline, without } from '../timeline.ts';
import { type Alert, LONGEST_WORK_DAYS } from './alert.ts';
import type { AlertDoubt, Claim, Question, ShortRest, TimeOffCount, Work } from './claim.ts';
import { DutyHours, type HeldRole, type HeldThen, zoneAt } from './held.ts';

/** Rest is looked for as far as a policy can ask for it. */
const AFTER = 3 * DAY;

/**
 * Counts alerts of any number of people; lists claims whose first alert lies within a span, with the rest after them,
 * and questions about alerts within it. All alerts decide which ones are grouped.
 */
export function countTimeOff(handbook: Handbook, alerts: readonly Alert[], span: Interval): TimeOffCount {
  const people = [...Map.groupBy(alerts, ({ person }) => person)]
    .toSorted(([one], [other]) => byText(one, other))
    .map(([person, own]) => personAlerts(handbook, person, own, span));
  const hours = new DutyHours(resolve(handbook, spanOf(people.flatMap(({ single }) => single))));
  const counts = people.map((it) => countOne(hours, it, span));
  return {
    claims: counts.flatMap(({ claims }) => claims),
    questions: counts.flatMap(({ questions }) => questions),
    rest: counts.flatMap(({ rest }) => rest),
  };
}

/** The alerts of one person that a count needs, in order of time. */
interface PersonAlerts {
  readonly person: string;
  readonly single: readonly Alert[];
  /** Those whose id occurred before. */
  readonly twice: readonly Question[];
}

function personAlerts(
  handbook: Handbook,
  person: string,
  alerts: readonly Alert[],
  span: Interval,
): PersonAlerts {
  const { single, twice } = withoutRepeats(alerts.toSorted(inOrder));
  const longest = Math.max(
    LONGEST_WORK_DAYS * DAY,
    ...handbook.timeOff.terms.map(({ group }) => lengthOf(group)),
  );
  // After a pause that is longer than any claim and any work, nothing before it matters.
  let first = 0;
  for (let i = 1; i < single.length && timeOf(single, i) <= span.startAt; i++)
    if (timeOf(single, i) - timeOf(single, i - 1) > longest) first = i;
  const last = single.findLastIndex(({ alertedAt }) => alertedAt < span.endAt + longest + AFTER);
  return { person, single: single.slice(first, last + 1), twice };
}

const timeOf = (alerts: readonly Alert[], i: number): Instant => (alerts[i] as Alert).alertedAt;

/** The time that has to be resolved for some alerts. */
function spanOf(alerts: readonly Alert[]): Interval {
  let startAt = Number.POSITIVE_INFINITY;
  let endAt = Number.NEGATIVE_INFINITY;
  for (const { alertedAt, workedUntil = alertedAt } of alerts) {
    startAt = Math.min(startAt, alertedAt);
    endAt = Math.max(endAt, alertedAt, workedUntil);
  }
  return alerts.length === 0 ? { startAt: 0, endAt: 1 } : { startAt: startAt - DAY, endAt: endAt + AFTER };
}

function countOne(hours: DutyHours, { person, single, twice }: PersonAlerts, span: Interval): TimeOffCount {
  const isListed = (at: Instant) => span.startAt <= at && at < span.endAt;
  const roles = hours.rolesOf(person);
  const opener = new ClaimOpener(hours, person, roles);
  for (const alert of single) opener.add(alert);
  const claims = claimsOf(hours, opener.groups);
  const rest = shortRests(hours, roles, claims, single);
  const questions = [...opener.questions, ...twice].toSorted((one, other) => inOrder(one.alert, other.alert));
  return {
    claims: claims.filter(({ at }) => isListed(at)),
    questions: questions.filter(({ alert }) => isListed(alert.alertedAt)),
    rest: rest.filter(({ claim }) => isListed(claim.at)),
  };
}

/** Alerts by time; a fixed order among those of one instant, so that the order of a file does not matter. */
function inOrder(one: Alert, other: Alert): number {
  return (
    one.alertedAt - other.alertedAt ||
    (other.workedUntil ?? 0) - (one.workedUntil ?? 0) ||
    wordRank(other) - wordRank(one) ||
    byText(one.id ?? '', other.id ?? '') ||
    byText(one.service ?? '', other.service ?? '') ||
    (one.acknowledgedAt ?? 0) - (other.acknowledgedAt ?? 0)
  );
}

const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const wordRank = ({ woken }: Alert): number => (woken === true ? 2 : woken === false ? 1 : 0);

/** The alerts of one person without those whose id occurred before. */
function withoutRepeats(sorted: readonly Alert[]): {
  readonly single: readonly Alert[];
  readonly twice: readonly Question[];
} {
  const ids = new Set<string>();
  const single: Alert[] = [];
  const twice: Question[] = [];
  for (const alert of sorted) {
    if (alert.id !== undefined && ids.has(alert.id)) twice.push({ alert, doubt: { code: 'same-id' } });
    else single.push(alert);
    if (alert.id !== undefined) ids.add(alert.id);
  }
  return { single, twice };
}

/** Alerts of one claim, before its work is known. */
interface Group {
  readonly person: string;
  readonly at: Instant;
  readonly endAt: Instant;
  readonly terms: TimeOffTerms;
  readonly zone: Zone;
  readonly alerts: Alert[];
  readonly roles: Set<HeldRole>;
}

/** Groups the alerts of one person, which come in order of time. */
class ClaimOpener {
  readonly groups: Group[] = [];
  readonly questions: Question[] = [];
  readonly #hours: DutyHours;
  readonly #person: string;
  readonly #roles: readonly HeldRole[];

  constructor(hours: DutyHours, person: string, roles: readonly HeldRole[]) {
    this.#hours = hours;
    this.#person = person;
    this.#roles = roles;
  }

  add(alert: Alert): void {
    const at = alert.alertedAt;
    const last = this.groups.at(-1);
    const group = last !== undefined && at < last.endAt ? last : this.#opened(at);
    const duty = group === undefined ? NO_DUTY : this.#hours.dutyAt(this.#roles, at, group.terms);
    if (group === undefined || duty.kind !== 'out-of-hours') {
      this.questions.push({ alert, doubt: this.#doubt(duty, at) });
      return;
    }
    if (group !== last) this.groups.push(group);
    group.alerts.push(alert);
    for (const role of duty.roles) group.roles.add(role);
  }

  /** A claim that an alert at an instant opens, if it counts; undefined where the person holds nothing. */
  #opened(at: Instant): Group | undefined {
    const { handbook } = this.#hours.resolved;
    const [first] = handbook.timeOff.terms;
    if (first === undefined) return undefined;
    // Which roles somebody holds does not depend on the terms, only whether that is in hours.
    const now = this.#hours.dutyAt(this.#roles, at, first);
    const zone = zoneAt(handbook, this.#person, now.roles);
    if (zone === undefined || now.kind === 'none') return undefined;
    const terms = termsOn(handbook.timeOff.terms, zone.dayOf(at));
    const endAt = at + lengthOf(terms.group);
    return { person: this.#person, at, endAt, terms, zone, alerts: [], roles: new Set() };
  }

  #doubt({ kind, roles }: HeldThen, at: Instant): AlertDoubt {
    if (kind === 'learner' || kind === 'in-hours')
      return { code: kind, roles: roles.map(({ name }) => name) };
    const hours = this.#hours.unlistedHours(this.#roles, at);
    return hours === undefined ? { code: 'no-role' } : { code: 'unknown-hours', hours };
  }
}

const NO_DUTY: HeldThen = { kind: 'none', roles: [] };

/** Claims with their work; a minute of work counts in the first claim that has it. */
function claimsOf(hours: DutyHours, groups: readonly Group[]): readonly Claim[] {
  let earlier: Timeline<unknown> = [];
  return groups.map((group) => {
    const own = layered(group.alerts.flatMap(workSpan));
    const rest = earlier.filter(({ endAt }) => endAt > group.at);
    const claim = claimOf(hours, group, own, rest);
    earlier = layered<unknown>([...rest, ...own]);
    return claim;
  });
}

const workSpan = ({ alertedAt, workedUntil = alertedAt }: Alert) =>
  workedUntil > alertedAt ? [{ startAt: alertedAt, endAt: workedUntil, value: true as const }] : [];

function claimOf(
  hours: DutyHours,
  { person, at, endAt, terms, zone, alerts, roles }: Group,
  own: Timeline<true>,
  earlier: Timeline<unknown>,
): Claim {
  const fresh = without(own, earlier);
  const inHours = hours.inHoursOfAll(
    fresh,
    [...roles].map(({ rota }) => rota),
    terms,
  );
  const work: Work = {
    counted: lengthIn(fresh) - lengthIn(inHours),
    inHours: lengthIn(inHours),
    earlier: lengthIn(own) - lengthIn(fresh),
  };
  const wokenBy = wakingOf(alerts, terms, zone);
  const kind = wokenBy === undefined ? 'awake' : 'woken';
  return {
    ...{ person, at, groupEndAt: endAt, alerts, kind, wokenBy, work, terms, zone },
    roles: [...roles].map(({ name }) => name).toSorted(),
    days: terms[kind],
    extraDays: extraDays(work.counted, terms),
    until: Math.max(own.at(-1)?.endAt ?? 0, (alerts.at(-1) as Alert).alertedAt),
  };
}

const lengthIn = (timeline: Timeline<unknown>): number =>
  timeline.reduce((sum, { startAt, endAt }) => sum + endAt - startAt, 0);

/** The first alert that woke somebody: by their word, or without one by the clock. */
function wakingOf(alerts: readonly Alert[], terms: TimeOffTerms, zone: Zone): Claim['wokenBy'] {
  for (const alert of alerts) {
    if (alert.woken === true) return { alert, by: 'word' };
    if (alert.woken === undefined && isAsleep(terms, zone.wallOf(alert.alertedAt)))
      return { alert, by: 'clock' };
  }
  return undefined;
}

function isAsleep({ asleep: { from, to } }: TimeOffTerms, wall: number): boolean {
  const time = ((wall % DAY) + DAY) % DAY;
  return from < to ? from <= time && time < to : from <= time || time < to;
}

/** What work beyond the time that a claim includes earns. */
function extraDays(work: number, { extra }: TimeOffTerms): number {
  return roundedDays(extraPeriods(work, { extra }) * extra.days);
}

/** The periods of extra work, part ones as the policy says. */
export function extraPeriods(work: number, { extra }: Pick<TimeOffTerms, 'extra'>): number {
  const periods = Math.max(0, work - lengthOf(extra.after)) / lengthOf(extra.each);
  if (extra.part === 'exact') return periods;
  return extra.part === 'up' ? Math.ceil(periods) : Math.floor(periods);
}

/** Days with at most four decimals, as policies write them. */
export const roundedDays = (days: number): number => Math.round(days * 10_000) / 10_000;

/** The claims after which somebody has less rest than the policy asks for. */
function shortRests(
  hours: DutyHours,
  roles: readonly HeldRole[],
  claims: readonly Claim[],
  alerts: readonly Alert[],
): readonly ShortRest[] {
  const found: ShortRest[] = [];
  let lastWorkAt = Number.NEGATIVE_INFINITY;
  let next = 0;
  for (const [i, claim] of claims.entries()) {
    lastWorkAt = Math.max(lastWorkAt, claim.until);
    // Alerted again while still at work: the rest begins after that claim.
    if ((claims[i + 1]?.at ?? Number.POSITIVE_INFINITY) <= lastWorkAt) continue;
    while (next < alerts.length && (alerts[next] as Alert).alertedAt <= lastWorkAt) next++;
    const short = restAfter(hours, roles, claim, { lastWorkAt, alertAt: alerts[next]?.alertedAt });
    if (short !== undefined) found.push(short);
  }
  return found;
}

function restAfter(
  hours: DutyHours,
  roles: readonly HeldRole[],
  claim: Claim,
  { lastWorkAt, alertAt = Number.POSITIVE_INFINITY }: { lastWorkAt: Instant; alertAt: Instant | undefined },
): ShortRest | undefined {
  const startFrom = lastWorkAt + claim.terms.restHours * HOUR;
  const shiftAt = hours.nextInHours(roles, lastWorkAt, claim.terms) ?? Number.POSITIVE_INFINITY;
  const endsAt = Math.min(alertAt, shiftAt);
  if (endsAt >= startFrom) return undefined;
  return { claim, endedBy: shiftAt <= alertAt ? 'shift' : 'alert', endsAt, startFrom };
}
