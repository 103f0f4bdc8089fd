/**
 * The room's front door: two states of a handbook to whose time changes between them, whatever way the YAML was
 * changed. Both are resolved over the same span and compared as timelines, role by role, never as text; rules of notice,
 * history and consent, and what is said on a pull request, ask only this. Pure.
 */
import type { Assignment, Handbook, Rota, Spot } from '../model.ts';
import { roleOf } from '../model.ts';
import { byPerson, publishedSpan, type Resolved, resolve } from '../resolve/resolve.ts';
import { DAY, elapsedOf, HOUR, MINUTE, spokenDay, spokenSpan, type Zone } from '../time.ts';
import { difference, type Instant, type Interval } from '../timeline.ts';
import { causeOf } from './cause.ts';
import { missingConsent, personIn, requestOf, verdictOf } from './verdict.ts';

export { missingConsent, personIn, requestOf, verdictOf };

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
  const span = publishedSpan(base, now);
  const changes = changesBetween(base, head, span);
  const shortest = elapsedOf(base.notice.shortCover.longest) ?? 0;
  const exceptions = (startAt: Instant, endAt: Instant) =>
    exceptionsIn(changesWithin(changes, { startAt, endAt }), shortest);
  return {
    handbook: base,
    head,
    changes,
    ahead: exceptions(now, Number.POSITIVE_INFINITY),
    past: exceptions(Number.NEGATIVE_INFINITY, now),
    horizon: span.endAt,
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
  /** Up to when they were compared; what lies beyond is compared when it comes near. */
  readonly horizon: Instant;
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

/** "Mon 31 May 2027": the last day that was compared. */
export function horizonText({ horizon }: Against): string {
  const last = new Date(horizon - 1);
  return `${spokenDay(Math.floor(last.getTime() / DAY))} ${last.getUTCFullYear()}`;
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
