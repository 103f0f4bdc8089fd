/** Applies the policies of the base to a change: whether its notice is enough, and whose consent is missing. Pure. */
import { type Handbook, termsFor } from '../model.ts';
import { after, type Duration } from '../time/duration.ts';
import type { Zone } from '../time/zone.ts';
import type { Instant } from '../timeline.ts';
import type { Against } from './against.ts';
import { type RequiredConsent, requiredConsents } from './consents.ts';
import type { Exception } from './exceptions.ts';
import { hasLeftBy } from './people.ts';
import type { Reached } from './reached.ts';
import { type RequestTime, requestOf } from './request-time.ts';
import { teamOf, termsOf } from './terms.ts';
import { hasApproved, hasApprovedLabels, voicesIn } from './voices.ts';
import { isWholeTurn } from './words.ts';

/**
 * Days are those of the base: a pull request must not choose the zone that judges it. A new rota is judged in its own
 * zone and in those that the rotas of its team have, or, if it has none, those of all teams: in each it has to pass.
 */
const zonesOf = ({ rota, zone }: Pick<Exception, 'rota' | 'zone'>, { handbook }: Against): readonly Zone[] =>
  zonesKnown(handbook.rotas.get(rota)?.zone, zone, teamOf(rota), handbook);

/** The zone that the base has, or the one that a change brings and those of a team, or else of all. */
function zonesKnown(
  known: Zone | undefined,
  brought: Zone,
  team: string,
  handbook: Handbook,
): readonly Zone[] {
  if (known !== undefined) return [known];
  const teams = zonesByTeam.get(handbook) ?? teamZones(handbook);
  zonesByTeam.set(handbook, teams);
  const others = teams.get(team) ?? new Set([...teams.values()].flatMap((zones) => [...zones]));
  return [...new Set([brought, ...others])];
}

/** The zones of the rotas of each team, by base. */
const zonesByTeam = new WeakMap<Handbook, ReadonlyMap<string, ReadonlySet<Zone>>>();

function teamZones({ rotas }: Handbook): ReadonlyMap<string, ReadonlySet<Zone>> {
  const zones = new Map<string, Set<Zone>>();
  for (const { team, zone } of rotas.values()) zones.set(team, (zones.get(team) ?? new Set()).add(zone));
  return zones;
}

/** Whether there is anything to which somebody may have to agree. */
export const mayAsk = ({ ahead, past, identity, unread, unreadBefore }: Against): boolean =>
  [ahead, past, identity, unread, unreadBefore].some(({ length }) => length > 0);

/** The end of a short cover that begins at an instant, by whichever policy concerned allows the least. */
const shortUntil = (exception: Exception, against: Against, startAt: Instant): Instant =>
  Math.min(
    ...termsOf(exception, against).flatMap(({ shortCover }) =>
      zonesOf(exception, against).map((zone) => after(zone, startAt, shortCover.longest)),
    ),
  );

const isBetweenPeople = ({ before, after: taker }: Exception): boolean =>
  before !== undefined && taker !== undefined;

/** Whether an exception is a short cover: one person for another, and in sum no longer than the policies allow. */
const isShort = (exception: Exception, against: Against): boolean => {
  const { startAt, milliseconds } = exception.counted;
  return isBetweenPeople(exception) && startAt + milliseconds <= shortUntil(exception, against, startAt);
};

/** Whether it is the sum, or the turn, that decides: several spans, each of which alone would be a short cover. */
export const isCountedTogether = (exception: Exception, against: Against): boolean =>
  isBetweenPeople(exception) &&
  (exception.counted.spans > 1 || isWholeTurn(exception)) &&
  exception.spans.every(({ startAt, endAt }) => endAt <= shortUntil(exception, against, startAt));

/** The teams whose rotas change, or whose services give somebody time that they did not have. */
export const teamsChanged = ({ ahead, reached }: Pick<Against, 'ahead' | 'reached'>): ReadonlySet<string> =>
  new Set([
    ...ahead.map(({ rota }) => teamOf(rota)),
    ...reached.flatMap(({ gained, teams }) => (gained.length > 0 ? teams : [])),
  ]);

/** Whether a pull request is an emergency by the policy of every team that it changes: label and approval. */
const isEmergency = (against: Against): boolean =>
  against.pull !== undefined && emergenciesLacking(against).length === 0;

/** With which label a change passes as an emergency, and the people any of whom approve that. */
export interface Emergency {
  readonly label: string;
  readonly approvers: readonly string[];
}

/** How a change of a team could pass as an emergency by the policy of the base. */
export function emergencyIn(team: string, against: Against): Emergency {
  const { handbook } = against;
  const { label, approvedBy } = termsFor(handbook.notice, team).emergency;
  const teams = approvedBy === 'policy-owners' ? [...handbook.teams.keys()] : [team];
  const voices = voicesIn(against);
  const leads = new Set(teams.flatMap((id) => handbook.teams.get(id)?.leads ?? []));
  const approvers = [...leads].filter(
    (id) =>
      handbook.people.has(id) &&
      voices.of(id).kind === 'login' &&
      !hasLeftBy(handbook.people.get(id), against.beganAt),
  );
  return { label, approvers };
}

/** What each pull request still lacks, because every change says it. */
const lacking = new WeakMap<Against, readonly Emergency[]>();

/**
 * What a pull request still lacks to pass as an emergency: the label and the approval of every team whose rotas it
 * changes.
 */
export function emergenciesLacking(against: Against): readonly Emergency[] {
  const found = lacking.get(against) ?? [
    ...new Map(
      [...teamsChanged(against)]
        .map((team) => emergencyIn(team, against))
        .filter((it) => !isGiven(it, against))
        .map((it) => [JSON.stringify(it), it]),
    ).values(),
  ];
  lacking.set(against, found);
  return found;
}

/** Whether a pull request has the label and the approval of an emergency. */
function isGiven({ label, approvers }: Emergency, against: Against): boolean {
  const { pull } = against;
  if (pull?.labels.includes(label) !== true) return false;
  const voices = voicesIn(against);
  return approvers.some((id) => {
    const voice = voices.of(id);
    return voice.kind === 'login' && hasApprovedLabels(pull, voice.login);
  });
}

/** Whether the notice of an exception is enough under the policy of the base. */
export type NoticeVerdict =
  | { readonly kind: 'enough' | 'short' | 'emergency' }
  | { readonly kind: 'little'; readonly required: Duration }
  /** For extra time, with the request time that counted. */
  | { readonly kind: 'late'; readonly required: Duration; readonly request: RequestTime | undefined }
  /** Enough from the request time of a planned change, but too little from now. */
  | { readonly kind: 'requested'; readonly required: Duration; readonly request: RequestTime };

/** The one of some durations that ends last after a start, by days of some zones; undefined where all are over. */
const longestMissed = (
  zones: readonly Zone[],
  since: Instant,
  startAt: Instant,
  durations: readonly (Duration | undefined)[],
): Duration | undefined =>
  durations
    .flatMap((required) =>
      required === undefined ? [] : zones.map((zone) => ({ required, until: after(zone, since, required) })),
    )
    .filter(({ until }) => until > startAt)
    .toSorted((one, other) => other.until - one.until)[0]?.required;

/**
 * `late` is less than the minimum, `little` less than recommended; exactly the required notice is enough. Where two
 * teams are concerned, the notice of each is counted by itself: which is longer, 30 days or a month, depends on the
 * day.
 */
export function verdictOf(exception: Exception, against: Against, now: Instant): NoticeVerdict {
  const { startAt, extra } = exception;
  const zones = zonesOf(exception, against);
  const terms = termsOf(exception, against);
  const latest = (since: Instant, durations: readonly (Duration | undefined)[]) =>
    longestMissed(zones, since, startAt, durations);
  const minimums = terms.map(({ rotaChange, outOfHoursChange }) =>
    extra ? outOfHoursChange.minimum : rotaChange.minimum,
  );
  const minimum = latest(now, minimums);
  const recommended = extra
    ? undefined
    : latest(
        now,
        terms.map(({ rotaChange }) => rotaChange.recommended),
      );
  if (minimum === undefined && recommended === undefined) return { kind: 'enough' };
  if (isShort(exception, against)) return { kind: 'short' };
  if (minimum === undefined) return { kind: 'little', required: recommended as Duration };
  // Only extra time is requested: what somebody held within the windows has its notice from now.
  const request = extra ? requestOf(exception, against) : undefined;
  if (request === undefined || request.at > now)
    return isEmergency(against) ? { kind: 'emergency' } : { kind: 'late', required: minimum, request };
  const required = latest(request.at, minimums);
  if (required === undefined) return { kind: 'requested', required: minimum, request };
  return isEmergency(against) ? { kind: 'emergency' } : { kind: 'late', required, request };
}

/**
 * The notice of calls that give somebody time that they did not have. A chain has no date, so that they begin with the
 * merge: notice counts from when the pull request was there as it is, and whoever waits for so long has given it.
 */
export function reachVerdict(reached: Reached, against: Against, now: Instant): NoticeVerdict {
  const { gained, counted, teams, zone, judgedIn } = reached;
  const { handbook } = against;
  const startAt = gained[0]?.startAt;
  if (startAt === undefined) return { kind: 'enough' };
  const terms = teams.map((team) => termsFor(handbook.notice, team));
  const zones = zonesKnown(judgedIn, zone, teams[0], handbook);
  const since = toldSince(against, now);
  const missed = (durations: readonly (Duration | undefined)[]) =>
    longestMissed(zones, since, startAt, durations);
  const minimum = missed(terms.map(({ rotaChange }) => rotaChange.minimum));
  const recommended = missed(terms.map(({ rotaChange }) => rotaChange.recommended));
  if (minimum === undefined && recommended === undefined) return { kind: 'enough' };
  const shortUntil = terms.flatMap(({ shortCover }) =>
    zones.map((it) => after(it, counted.startAt, shortCover.longest)),
  );
  if (counted.startAt + counted.milliseconds <= Math.min(...shortUntil)) return { kind: 'short' };
  if (minimum === undefined) return { kind: 'little', required: recommended as Duration };
  if (isEmergency(against)) return { kind: 'emergency' };
  return { kind: 'late', required: minimum, request: undefined };
}

/** Since when a pull request has been there as it is, by GitHub's clock; now, where nothing says so. */
export function toldSince({ pull }: Against, now: Instant): Instant {
  if (pull?.pushedAt === undefined) return now;
  const { pushedAt, openedAt = pushedAt, offeredAt = pushedAt, meantAt = pushedAt } = pull;
  return Math.min(now, Math.max(pushedAt, openedAt, offeredAt, meantAt));
}

/** How many changes have too little notice, of time that somebody holds and of calls. */
export const lateCount = (against: Against, now: Instant): number =>
  against.ahead.filter((it) => verdictOf(it, against, now).kind === 'late').length +
  against.reached.filter((it) => reachVerdict(it, against, now).kind === 'late').length;

/**
 * The changes and calls that have less than the minimum of notice as of an instant, also where they pass as an
 * emergency.
 */
export function withTooLittleNotice(against: Against, at: Instant): readonly (Exception | Reached)[] {
  const isLate = ({ kind }: NoticeVerdict) => kind === 'late' || kind === 'emergency';
  return [
    ...against.ahead.filter((it) => isLate(verdictOf(it, against, at))),
    ...against.reached.filter((it) => isLate(reachVerdict(it, against, at))),
  ];
}

/** What a pull request still needs somebody's consent to; none when reviews cannot be read. */
export function missingConsent(against: Against): readonly RequiredConsent[] {
  const { pull } = against;
  if (pull === undefined) return [];
  const voices = voicesIn(against);
  return requiredConsents(against).filter(
    ({ anyOf }) =>
      !anyOf.some((person) => {
        const voice = voices.of(person);
        return voice.kind === 'login' && hasApproved(pull, voice.login);
      }),
  );
}

/** Whether every change ahead has its notice, or what lets it pass without, and everybody asked has agreed. */
export const hasPassed = (against: Against, now: Instant): boolean =>
  missingConsent(against).length === 0 && lateCount(against, now) === 0;

/** The logins of everybody whose consent is missing, or of any of whom one is. */
export function loginsAsked(against: Against): readonly string[] {
  const voices = voicesIn(against);
  const people = new Set(missingConsent(against).flatMap(({ anyOf }) => anyOf));
  return [...people].flatMap((person) => {
    const voice = voices.of(person);
    return voice.kind === 'login' ? [voice.login] : [];
  });
}
