/**
 * The room's front door: two states of a handbook to whose time changes between them, whatever way the YAML was
 * changed. Both are resolved over the same span and compared as timelines, role by role, never as text; rules of notice,
 * history and consent, and what is said on a pull request, ask only this. Pure.
 */
import type { Assignment, Handbook, Person, Rota, Spot } from '../model.ts';
import { roleOf, within } from '../model.ts';
import { byPerson, publishedSpan, type Resolved, resolve } from '../resolve/resolve.ts';
import { after, DAY, type Duration, elapsedOf, HOUR, MINUTE, spokenSpan, type Zone } from '../time.ts';
import { difference, type Instant, type Interval } from '../timeline.ts';

/** A span in which another person holds a role than before; nobody is undefined. */
export interface CoverChange extends Interval {
  readonly rota: string;
  readonly role: string;
  readonly zone: Zone;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Time outside the rota's windows, which has a notice of its own. */
  readonly extra: boolean;
  /** The planned change of the head, by its id, that asks for it. */
  readonly change: string | undefined;
  /** The line of the head that brings it about, as near as it can be told. */
  readonly cause: Spot;
}

/** Changes of one pair of people that belong together: the turn that was swapped, the evening that was covered. */
export interface Exception extends Omit<CoverChange, 'startAt' | 'endAt'> {
  readonly changes: readonly CoverChange[];
  /** The first and the last changed instant. */
  readonly startAt: Instant;
  readonly endAt: Instant;
  /** The same, with what the person gives up to anybody right before and after: a week shared out is still a week. */
  readonly whole: Interval;
}

/** What changes from one handbook to another, over the base's published span: time beyond its horizon is no change. */
export function compare(
  base: Handbook,
  head: Handbook,
  now: Instant,
  policies: readonly string[],
  pull: Pull | undefined,
): Against {
  const changes = changesBetween(base, head, publishedSpan(base, now));
  const shortest = elapsedOf(base.notice.shortCover.longest) ?? 0;
  const exceptions = (startAt: Instant, endAt: Instant) =>
    exceptionsIn(changesWithin(changes, { startAt, endAt }), shortest);
  return {
    handbook: base,
    head,
    changes,
    ahead: exceptions(now, Number.POSITIVE_INFINITY),
    past: exceptions(Number.NEGATIVE_INFINITY, now),
    policies,
    pull,
  };
}

/** Every change of cover within a span, in order of rota, role and start. A rota that one side could not read is left out. */
function changesBetween(base: Handbook, head: Handbook, span: Interval): readonly CoverChange[] {
  const [was, is] = [resolve(base, span), resolve(head, span)];
  const seats = [...new Set([...was.roles.keys(), ...is.roles.keys()])].toSorted();
  return seats.flatMap((seat) =>
    isUnread(seat, base, was) || isUnread(seat, head, is) ? [] : changesOf(seat, was, is),
  );
}

/** A role that is missing because its file, or the hours it names, could not be read, and not because it is gone. */
function isUnread(seat: string, handbook: Handbook, { roles }: Resolved): boolean {
  const { rota } = roleOf(seat);
  return (
    !roles.has(seat) &&
    (handbook.unread.has(`rota ${rota}`) || handbook.rotas.get(rota)?.roles.has(roleOf(seat).role) === true)
  );
}

const samePerson = (one: Assignment, other: Assignment): boolean => one.person === other.person;

function changesOf(seat: string, base: Resolved, head: Resolved): readonly CoverChange[] {
  const [was, is] = [base.roles.get(seat), head.roles.get(seat)];
  const rota = (is ?? was)?.rota as Rota;
  const changed = difference(byPerson(was?.cover ?? []), is?.cover ?? [], samePerson);
  if (changed.length === 0) return [];
  const general = causeOf(seat, base.handbook, head.handbook);
  return changed.map(({ startAt, endAt, value }) => ({
    ...roleOf(seat),
    zone: rota.zone,
    startAt,
    endAt,
    before: value.before?.person,
    after: value.after?.person,
    extra: (value.after ?? value.before)?.by === 'extra',
    change: value.after?.change,
    cause: value.after === undefined || value.after.by === 'rotation' ? general : value.after.spot,
  }));
}

/** The first thing that reads differently than it did, among all that decides who holds a role; the role when none does. */
function causeOf(seat: string, base: Handbook, head: Handbook): Spot {
  const { rota: id, role: name } = roleOf(seat);
  const [was, is] = [base.rotas.get(id), head.rotas.get(id)];
  if (is === undefined) return { file: was?.spot.file ?? `rotas/${id}.yaml`, path: [] };
  const role = is.roles.get(name);
  if (was === undefined || role === undefined) return { ...within(is.spot, 'roles'), key: true };
  if (was.zone !== is.zone) return within(is.spot, 'timezone');
  const entry = role.rotation.find((it, i) => !alike(it, was.roles.get(name)?.rotation[i]));
  if (entry !== undefined) return entry.spot;
  const terms = is.terms.find((it, i) => !alike(it, was.terms[i]));
  if (terms !== undefined)
    return changedKey(terms, was.terms[is.terms.indexOf(terms)], ['handover', 'hours', 'covers']);
  return changedPolicy(is, base, head) ?? { ...role.spot, key: true };
}

/** The support hours or the holiday list behind a rota that changed. */
function changedPolicy(rota: Rota, base: Handbook, head: Handbook): Spot | undefined {
  for (const { hours: id } of rota.terms) {
    const [was, is] = [base.hours.get(id ?? ''), head.hours.get(id ?? '')];
    if (was === undefined || is === undefined) continue;
    if (was.zone !== is.zone) return within(is.spot, 'timezone');
    const terms = is.terms.find((it, i) => !alike(it, was.terms[i]));
    if (terms !== undefined)
      return changedKey(terms, was.terms[is.terms.indexOf(terms)], ['windows', 'workingDays', 'holidays']);
    for (const { holidays } of is.terms) {
      const list = head.holidays.get(holidays ?? '');
      if (list !== undefined && !alike(list, base.holidays.get(list.id)))
        return within(list.spot, 'holidays');
    }
  }
  return undefined;
}

const WRITTEN: Readonly<Record<string, string>> = { workingDays: 'working_days' };

function changedKey<T extends { readonly spot: Spot }>(
  is: T,
  was: T | undefined,
  keys: readonly (keyof T & string)[],
): Spot {
  const key = keys.find((it) => was === undefined || !alike(is[it], was[it]));
  return key === undefined ? is.spot : within(is.spot, WRITTEN[key] ?? key);
}

/** Whether two things say the same, wherever they stand. */
const alike = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one, plainly) === JSON.stringify(other, plainly);

function plainly(key: string, value: unknown): unknown {
  if (key === 'spot') return undefined;
  if (value instanceof Map) return [...value];
  if (value instanceof Set) return [...value];
  return value;
}

/**
 * Changes as exceptions: pieces of one pair of people belong together when one line brings them about, or when they are
 * no further apart than a short cover may be long, so that a week given away night by night is a week.
 */
function exceptionsIn(changes: readonly CoverChange[], shortest: number): readonly Exception[] {
  const exceptions: CoverChange[][] = [];
  const open = new Map<string, CoverChange[]>();
  for (const change of changes) {
    const { rota, role, before, after: taker, extra } = change;
    const pair = JSON.stringify([rota, role, before, taker, extra]);
    const last = open.get(pair)?.at(-1);
    if (
      last !== undefined &&
      (change.startAt - last.endAt <= shortest || alikeSpot(last.cause, change.cause))
    ) {
      open.get(pair)?.push(change);
    } else {
      const fresh = [change];
      open.set(pair, fresh);
      exceptions.push(fresh);
    }
  }
  const given = Map.groupBy(changes, giving);
  return exceptions.map((own) => {
    const [first, last] = [own[0], own.at(-1)] as [CoverChange, CoverChange];
    const whole = wholeOf(given.get(giving(first)) ?? [], first, last, shortest);
    return { ...first, endAt: last.endAt, changes: own, whole };
  });
}

const giving = ({ rota, role, before }: CoverChange): string => JSON.stringify([rota, role, before]);

/** From the first to the last of what one person gives up in a role without a longer pause. */
function wholeOf(
  alike: readonly CoverChange[],
  first: CoverChange,
  last: CoverChange,
  shortest: number,
): Interval {
  let { startAt } = first;
  let { endAt } = last;
  for (const it of alike)
    if (it.startAt >= startAt && it.startAt - endAt <= shortest) endAt = Math.max(endAt, it.endAt);
  for (const it of alike.toReversed())
    if (it.endAt <= endAt && startAt - it.endAt <= shortest) startAt = Math.min(startAt, it.startAt);
  return { startAt, endAt };
}

const alikeSpot = (one: Spot, other: Spot): boolean =>
  one.file === other.file && one.path.join('/') === other.path.join('/') && one.path.length > 0;

/** The part of changes that lies within a span. */
const changesWithin = (
  changes: readonly CoverChange[],
  { startAt, endAt }: Interval,
): readonly CoverChange[] =>
  changes.flatMap((change) => {
    const part = { startAt: Math.max(change.startAt, startAt), endAt: Math.min(change.endAt, endAt) };
    return part.startAt < part.endAt ? [{ ...change, ...part }] : [];
  });

/** Whether an exception is a short cover: one person for another, no longer as a whole than the policy says. */
const isShort = ({ zone, before, after: taker, whole }: Exception, { notice }: Handbook): boolean =>
  before !== undefined &&
  taker !== undefined &&
  whole.endAt <= after(zone, whole.startAt, notice.shortCover.longest);

/** What is known of a pull request, by GitHub's word. Logins are compared without regard to case. */
export interface Pull {
  readonly author: string;
  readonly labels: readonly string[];
  /** Whose latest review of the head commit approves it. */
  readonly approvals: readonly string[];
}

/** The state that a handbook is compared with. */
export interface Against {
  /** The base: its policy is the judge. */
  readonly handbook: Handbook;
  /** How it would be. */
  readonly head: Handbook;
  /** Whose cover changes, from the start of the base's published span to its horizon. */
  readonly changes: readonly CoverChange[];
  /** The same with what belongs together as one, from now on and before now. */
  readonly ahead: readonly Exception[];
  readonly past: readonly Exception[];
  /** Files below `policies/` that do not read as they did. */
  readonly policies: readonly string[];
  /** Undefined where no pull request is at hand. */
  readonly pull: Pull | undefined;
}

/** "amara-osei gives up Wed 2 Dec 17:00 – Wed 9 Dec 09:00 to ben-adeyemi", in whatever case somebody is nobody. */
export function changeText(exception: Exception): string {
  const { rota, role, zone, before, after: taker, startAt, endAt } = exception;
  const what = `${rota}/${role} ${spokenSpan(zone, startAt, endAt)}`;
  if (taker === undefined) return `${before} is no longer ${what} (nobody is)`;
  if (before === undefined) return `${taker} is ${what} (nobody was)`;
  return `${before} gives up ${what} to ${taker}`;
}

/** Changes that far apart are not one turn, and are not told as if all between them changed too. */
const FAR = 5 * DAY;

/** "Wed 2 Dec 17:00 – Wed 9 Dec 09:00", and in how many stretches where days lie between. */
export function spanText({ zone, startAt, endAt, changes }: Exception): string {
  const stretches = changes.filter(
    (it, i) => i === 0 || it.startAt - (changes[i - 1] as CoverChange).endAt > FAR,
  ).length;
  return `${spokenSpan(zone, startAt, endAt)}${stretches > 1 ? ` in ${stretches} stretches` : ''}`;
}

/** "3 days'", "23 hours'", "no": local days from two days on, hours below. */
export function noticeText(zone: Zone, now: Instant, startAt: Instant): string {
  const days = Math.floor((zone.wallOf(startAt) - zone.wallOf(now)) / DAY);
  if (days >= 2) return `${days} days'`;
  const minutes = Math.floor((startAt - now) / MINUTE);
  if (minutes < 1) return 'no';
  if (minutes < 60) return `${minutes} minute${minutes === 1 ? "'s" : "s'"}`;
  const hours = Math.floor((startAt - now) / HOUR);
  return `${hours} hour${hours === 1 ? "'s" : "s'"}`;
}

/** Whether somebody has approved a pull request, or wrote it. */
const agrees = ({ author, approvals }: Pull, person: Person | undefined): boolean =>
  person?.github !== undefined &&
  [author, ...approvals].some((login) => login.toLowerCase() === person.github?.toLowerCase());

/** Whether a pull request is an emergency by policy: it has the label, and the approval that the policy names. */
function isEmergency({ handbook: { notice, teams, people }, pull, ahead }: Against): boolean {
  const { label, approvedBy } = notice.emergency;
  if (pull === undefined || !pull.labels.includes(label)) return false;
  const anyLead = (ids: Iterable<string>) =>
    [...ids].some((id) => (teams.get(id)?.leads ?? []).some((lead) => agrees(pull, people.get(lead))));
  const teamsOf = new Set(ahead.map(({ rota }) => rota.slice(0, rota.indexOf('/'))));
  return approvedBy === 'policy-owners'
    ? anyLead(teams.keys())
    : [...teamsOf].every((team) => anyLead([team]));
}

/** What an exception's notice comes to, by the policy of the base. */
export type Verdict =
  | { readonly kind: 'enough' | 'short' | 'emergency' }
  | { readonly kind: 'late' | 'little'; readonly asked: Duration }
  /** Enough by when a planned change says it was asked for, and too little from now. */
  | { readonly kind: 'requested'; readonly asked: Duration; readonly requestedAt: Instant };

/** When the planned change behind an exception was asked for, by the file's word; never, where none is. */
export const requestOf = ({ change }: Exception, { head }: Against): Instant =>
  head.changes.get(change ?? '')?.requestedAt ?? Number.POSITIVE_INFINITY;

/** Late is under the minimum, little is under what is recommended; exactly as much as is asked is enough. */
export function verdictOf(exception: Exception, against: Against, now: Instant): Verdict {
  const { rotaChange, outOfHoursChange } = against.handbook.notice;
  const { minimum, recommended } = exception.extra
    ? { ...outOfHoursChange, recommended: undefined }
    : rotaChange;
  const isUnder = (asked: Duration | undefined): asked is Duration =>
    asked !== undefined && after(exception.zone, now, asked) > exception.startAt;
  if (!isUnder(minimum) && !isUnder(recommended)) return { kind: 'enough' };
  if (isShort(exception, against.handbook)) return { kind: 'short' };
  const requestedAt = requestOf(exception, against);
  if (
    isUnder(minimum) &&
    requestedAt <= now &&
    after(exception.zone, requestedAt, minimum) <= exception.startAt
  )
    return { kind: 'requested', asked: minimum, requestedAt };
  if (isUnder(minimum))
    return isEmergency(against) ? { kind: 'emergency' } : { kind: 'late', asked: minimum };
  return { kind: 'little', asked: recommended as Duration };
}

/** Somebody who has not agreed to a change yet, and why they are asked. */
export interface Missing {
  readonly person: string;
  readonly because: string;
  readonly cause: Spot;
}

/** Somebody as the base knows them, so that a pull request cannot change who may agree; somebody new as the head does. */
export const personIn = ({ handbook, head }: Against, id: string): Person | undefined =>
  handbook.people.get(id) ?? head.people.get(id);

/** Whose agreement a pull request still lacks, each once; nobody's where reviews cannot be read. */
export function missingConsent(against: Against): readonly Missing[] {
  const { handbook, ahead, past, pull } = against;
  if (pull === undefined) return [];
  const asked = new Map<string, Missing>();
  const ask = (person: string, because: string, cause: Spot) => {
    if (!asked.has(person)) asked.set(person, { person, because, cause });
  };
  const policy = handbook.notice.consent;
  for (const { before, after: taker, cause } of [...ahead, ...past]) {
    const people = [before, taker].filter((person) => person !== undefined);
    if (policy.includes('both-people')) for (const person of people) ask(person, 'their time changes', cause);
    if (!policy.includes('delivery-leads')) continue;
    for (const person of people) {
      const lead = personIn(against, person)?.deliveryLead;
      if (lead !== undefined) ask(lead, `delivery lead of ${person}`, cause);
    }
  }
  return [...asked.values()].filter(({ person }) => !agrees(pull, personIn(against, person)));
}
