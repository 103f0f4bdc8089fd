/**
 * What a change needs consent to, from whom, and why: time that changes, identities that change, and what the base
 * could not say. One list, from which status, comment, findings and reviewers are made. Pure.
 */
import type { Handbook, NoticeTerms, PathLocation } from '../model.ts';
import { DAY } from '../time/date.ts';
import type { Against } from './against.ts';
import { concernedTeams } from './concerned-teams.ts';
import type { Exception } from './exceptions.ts';
import type { IdentityChange } from './identity-change.ts';
import { placesIn } from './people.ts';
import { FIRST_CALL } from './planned-identity.ts';
import { teamOf, termsOf } from './terms.ts';
import { type Voices, voicesIn } from './voices.ts';

/** Why a consent is required. */
export type ConsentReason =
  /** Somebody's own time changes. */
  | { readonly kind: 'time'; readonly person: string; readonly changes: readonly Exception[] }
  /** The time of these people changes, whose delivery lead is asked. */
  | { readonly kind: 'delivery-lead'; readonly of: readonly string[] }
  /** Others are known, woken or asked from then on. */
  | { readonly kind: 'identity'; readonly change: IdentityChange }
  /** The first leads of all, to whom everybody on a rota agrees. */
  | { readonly kind: 'first-leads'; readonly changes: readonly IdentityChange[] }
  /** A rota could not be compared. */
  | { readonly kind: 'unread-rota'; readonly rota: string }
  /** Files of the base could not be read. */
  | { readonly kind: 'unread-base'; readonly files: readonly string[] };

/** A consent that is required. */
export interface RequiredConsent {
  /** The person who is asked, where it is one person's; a lead may speak for whoever has left or is not known. */
  readonly person: string | undefined;
  /** The ids of the people any of whom can agree; when it is empty, nobody can. */
  readonly anyOf: readonly string[];
  readonly reason: ConsentReason;
  readonly cause: PathLocation;
}

/**
 * Every consent that a change requires, whoever has agreed already; first what could not be read, because the rest
 * depends on it.
 */
export function requiredConsents(against: Against): readonly RequiredConsent[] {
  const voices = voicesIn(against);
  return [
    ...unreadConsents(against, voices),
    ...timeConsents(against, voices),
    ...identityConsents(against, voices),
  ];
}

/** The people whose time changes, each once, and then the delivery leads who are none of them. */
function timeConsents(against: Against, voices: Voices): readonly RequiredConsent[] {
  const { handbook, head, ahead, past } = against;
  const concernedBy = (who: NoticeTerms['consent'][number]): ReadonlyMap<string, readonly Exception[]> => {
    const concerned = new Map<string, Exception[]>();
    for (const exception of [...ahead, ...past]) {
      if (!termsOf(exception, against).some(({ consent }) => consent.includes(who))) continue;
      for (const person of [exception.before, exception.after])
        if (person !== undefined) {
          const own = concerned.get(person);
          if (own === undefined) concerned.set(person, [exception]);
          else own.push(exception);
        }
    }
    return concerned;
  };
  const consents = new Map<string, RequiredConsent>();
  const need = (person: string, reason: ConsentReason, changes: readonly Exception[]) => {
    const voice = voices.of(person).kind;
    const teams = changes.map(({ rota }) => teamOf(rota));
    const own = voice === 'login' ? [person] : [];
    const leads = voice === 'unknown' || hasLeftBefore(person, changes, against) ? voices.leadsOf(teams) : [];
    const anyOf = [...new Set([...own, ...leads])];
    consents.set(person, { person, anyOf, reason, cause: (changes[0] as Exception).cause });
  };
  for (const [person, changes] of concernedBy('both-people'))
    need(person, { kind: 'time', person, changes }, changes);
  const concerned = concernedBy('delivery-leads');
  const leadOf = (person: string) => (handbook.people.get(person) ?? head.people.get(person))?.deliveryLead;
  for (const [lead, people] of Map.groupBy(concerned.keys(), leadOf)) {
    // Whoever has no delivery lead speaks for themselves.
    if (lead === undefined)
      for (const person of people)
        if (!consents.has(person)) {
          const changes = concerned.get(person) ?? [];
          need(person, { kind: 'time', person, changes }, changes);
        }
    if (lead === undefined || consents.has(lead)) continue;
    need(
      lead,
      { kind: 'delivery-lead', of: people },
      people.flatMap((it) => concerned.get(it) ?? []),
    );
  }
  return [...consents.values()];
}

/** Whether somebody left before the comparison begins and only older cover changes: nobody can ask them any more. */
function hasLeftBefore(
  person: string,
  changes: readonly Exception[],
  { handbook, beganAt }: Against,
): boolean {
  const lastOn = handbook.people.get(person)?.lastOn;
  return (
    lastOn !== undefined && (lastOn + 1) * DAY <= beganAt && changes.every(({ endAt }) => endAt <= beganAt)
  );
}

/**
 * The changes of identity that somebody is asked about: a lead has agreed in its issue to what a request puts before
 * the chain of a service.
 */
export const identityAsked = ({ identity, pull }: Pick<Against, 'identity' | 'pull'>) =>
  pull?.isRequested === true
    ? identity.filter(({ keys }) => keys.every(({ key }) => key !== FIRST_CALL))
    : identity;

/**
 * Whoever an identity belongs to, or a lead, and a lead of each further team. The first leads of all have nobody above
 * them, and while there is no lead, neither has what only a lead agrees to: everybody who is on a rota agrees to it.
 */
function identityConsents(against: Against, voices: Voices): readonly RequiredConsent[] {
  const identity = identityAsked(against);
  const isLeaderless = voices.leadsOf([]).length === 0 && against.unreadBefore.length === 0;
  const isCommon = ({ concerned, teams }: IdentityChange) => teams !== undefined && concerned.length === 0;
  const first = isLeaderless ? identity.filter(isCommon) : [];
  const rest = isLeaderless ? identity.filter((it) => !isCommon(it)) : identity;
  const { ofPerson } = concernedTeams(against.handbook, { startAt: against.beganAt, endAt: against.horizon });
  const leadsFor = (person: string) => leadsAsked(ofPerson(person), voices);
  return [
    ...rest.flatMap((change) => {
      const cause = causeIn(change);
      return whoAgrees(change, voices, leadsFor).map(
        (anyOf): RequiredConsent => ({
          person: undefined,
          anyOf,
          reason: { kind: 'identity', change },
          cause,
        }),
      );
    }),
    ...(first.length > 0 ? firstLeadConsents(against, voices, first) : []),
  ];
}

/**
 * For each consent that a change of identity needs, the people any of whom can give it; the same people once. For whom
 * no lead may agree, the leads of those to whom they matter do, where they have no login: whoever newly calls or names
 * them must not speak for them alone.
 */
function whoAgrees(
  { concerned, teams, byEach, alsoTeams = [] }: IdentityChange,
  voices: Voices,
  leadsFor: (person: string) => readonly (readonly string[])[],
) {
  const own = concerned.filter((person) => voices.of(person).kind === 'login');
  const leads = () => {
    if (teams !== undefined) return leadsAsked({ teams, byEach }, voices);
    return own.length > 0 ? [[]] : concerned.flatMap(leadsFor);
  };
  const all = [
    ...leads().map((it) => [...new Set([...own, ...it])]),
    ...alsoTeams.map((team) => voices.leadsOf([team])),
  ];
  return [...new Map(all.map((anyOf) => [JSON.stringify(anyOf), anyOf])).values()];
}

/** The leads who may agree for some teams: any of one list, or of each. */
export const leadsAsked = (
  { teams, byEach }: Pick<IdentityChange, 'byEach'> & { readonly teams: readonly string[] },
  voices: Voices,
): readonly (readonly string[])[] =>
  byEach === true && teams.length > 0 ? teams.map((team) => voices.leadsOf([team])) : [voices.leadsOf(teams)];

const causeIn = ({ keys }: IdentityChange): PathLocation =>
  (keys[0] as IdentityChange['keys'][number]).location;

function firstLeadConsents(
  { handbook }: Against,
  voices: Voices,
  changes: readonly IdentityChange[],
): readonly RequiredConsent[] {
  const cause = causeIn(changes[0] as IdentityChange);
  return everybodyIn(handbook).map((person) => ({
    person,
    anyOf: voices.of(person).kind === 'login' ? [person] : [],
    reason: { kind: 'first-leads', changes },
    cause,
  }));
}

/** Everybody with a place in a rota of the base; if nobody has one, all its people. */
function everybodyIn(handbook: Handbook): readonly string[] {
  const placed = [...placesIn(handbook).keys()].filter((person) => handbook.people.has(person));
  return placed.length > 0 ? placed : [...handbook.people.keys()];
}

function unreadConsents(against: Against, voices: Voices): readonly RequiredConsent[] {
  const { handbook, head, unread, unreadBefore } = against;
  const rotas = unread.map((rota): RequiredConsent => {
    const file = (head.rotas.get(rota) ?? handbook.rotas.get(rota))?.location.file ?? `rotas/${rota}.yaml`;
    return {
      person: undefined,
      anyOf: voices.leadsOf([teamOf(rota)]),
      reason: { kind: 'unread-rota', rota },
      cause: { file, path: [] },
    };
  });
  // A lead of its team already agrees to a rota that could not be compared.
  const own = new Set(unread.map((rota) => `rotas/${rota}.yaml`));
  const files = unreadBefore.filter((it) => !own.has(it));
  const [file] = files;
  if (file === undefined) return rotas;
  const reason: ConsentReason = { kind: 'unread-base', files };
  const teams = files.flatMap((it) => /^rotas\/([^/]+)\//.exec(it)?.[1] ?? []);
  return [{ person: undefined, anyOf: voices.leadsOf(teams), reason, cause: { file, path: [] } }, ...rotas];
}
