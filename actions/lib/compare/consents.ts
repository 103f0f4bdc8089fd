/**
 * What a change needs consent to, from whom, and why: time that changes, identities that change, and what the base
 * could not say. One list, from which status, comment, findings and reviewers are made. Pure.
 */
import type { PathLocation } from '../model.ts';
import type { Against } from './against.ts';
import { concernedTeams } from './concerned-teams.ts';
import type { Exception } from './exceptions.ts';
import type { IdentityChange } from './identity-change.ts';
import { hasLeftBy, placesIn } from './people.ts';
import { isFirstCall } from './planned-identity.ts';
import { teamOf, termsOf } from './terms.ts';
import { type Voices, voicesIn } from './voices.ts';

/** Why a consent is required. */
export type ConsentReason =
  /** Somebody's own time changes. */
  | { readonly kind: 'time'; readonly person: string; readonly changes: readonly Exception[] }
  /** The time of these people changes, whose delivery lead is asked. */
  | {
      readonly kind: 'delivery-lead';
      readonly of: readonly string[];
      readonly changes: readonly Exception[];
    }
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

/** Somebody whose time a change gives or takes. */
interface Concerned {
  readonly person: string;
  readonly exception: Exception;
}

/**
 * The people whose time changes, and then their delivery leads. Whoever is both is asked for each: the leads who could
 * allow the one are not always those who could allow the other.
 */
function timeConsents(against: Against, voices: Voices): readonly RequiredConsent[] {
  const { handbook, head, ahead, past } = against;
  const leadOf = (person: string) => (handbook.people.get(person) ?? head.people.get(person))?.deliveryLead;
  const own: Concerned[] = [];
  const led: (Concerned & { readonly lead: string })[] = [];
  for (const exception of [...ahead, ...past]) {
    const asked = new Set(termsOf(exception, against).flatMap(({ consent }) => consent));
    for (const person of [exception.before, exception.after]) {
      if (person === undefined) continue;
      const lead = asked.has('delivery-leads') ? leadOf(person) : undefined;
      // Whoever has no delivery lead speaks for themselves.
      if (asked.has('both-people') || (asked.has('delivery-leads') && lead === undefined))
        own.push({ person, exception });
      if (lead !== undefined) led.push({ person, exception, lead });
    }
  }
  return [
    ...[...Map.groupBy(own, (it) => it.person)].flatMap(([person, all]) =>
      spokenFor(person, all, against, voices, (_, changes) => ({ kind: 'time', person, changes })),
    ),
    ...[...Map.groupBy(led, (it) => it.lead)].flatMap(([lead, all]) =>
      spokenFor(lead, all, against, voices, (of, changes) => ({ kind: 'delivery-lead', of, changes })),
    ),
  ];
}

/**
 * The consents of one person, one for each circle of those who may give it. Where leads may speak for somebody, each
 * does so for the changes of their own team alone: what else is changed beside it gives nobody a word on it.
 */
function spokenFor(
  person: string,
  all: readonly Concerned[],
  against: Against,
  voices: Voices,
  reasonFor: (of: readonly string[], changes: readonly Exception[]) => ConsentReason,
): readonly RequiredConsent[] {
  const { kind } = voices.of(person);
  const own = kind === 'login' ? [person] : [];
  const leadsFor = (team: string) => [...new Set([...own, ...voices.leadsOf([team])])];
  const teamSpeaking = ({ exception }: Concerned) =>
    kind === 'unknown' || hasLeftBefore(person, exception, against) ? teamOf(exception.rota) : undefined;
  const byTeam = [...Map.groupBy(all, teamSpeaking)].map(
    ([team, concerned]) => [team === undefined ? own : leadsFor(team), concerned] as const,
  );
  return [...Map.groupBy(byTeam, ([anyOf]) => JSON.stringify(anyOf)).values()].map((groups) => {
    const concerned = groups.flatMap(([, it]) => it);
    const changes = [...new Set(concerned.map(({ exception }) => exception))];
    const of = [...new Set(concerned.map((it) => it.person))];
    const [[anyOf]] = groups as [(typeof byTeam)[number]];
    return { person, anyOf, reason: reasonFor(of, changes), cause: (changes[0] as Exception).cause };
  });
}

/** Whether somebody left before the comparison begins and only older cover changes: nobody can ask them any more. */
const hasLeftBefore = (person: string, { endAt }: Exception, { handbook, beganAt }: Against): boolean =>
  hasLeftBy(handbook.people.get(person), beganAt) && endAt <= beganAt;

/**
 * The changes of identity that somebody is asked about: a lead has agreed in its issue to what a request puts before
 * the chain of a service.
 */
export const identityAsked = ({ identity, pull }: Pick<Against, 'identity' | 'pull'>) =>
  pull?.isRequested === true ? identity.filter((it) => !isFirstCall(it)) : identity;

/**
 * Whoever an identity belongs to, or a lead, and a lead of each further team. The first leads of all have nobody above
 * them, and while there is no lead, neither has what only a lead agrees to: everybody who is on a rota agrees to it.
 */
function identityConsents(against: Against, voices: Voices): readonly RequiredConsent[] {
  const identity = identityAsked(against);
  const isLeaderless = voices.leadsOf([]).length === 0 && against.unreadBefore.length === 0;
  const isCommon = ({ concerned }: IdentityChange) => !concerned.some((it) => isHeard(it, against, voices));
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

/** Whether somebody has a login, and has not left. */
const isHeard = (person: string, { handbook, beganAt }: Against, voices: Voices): boolean =>
  voices.of(person).kind === 'login' && !hasLeftBy(handbook.people.get(person), beganAt);

function firstLeadConsents(
  against: Against,
  voices: Voices,
  changes: readonly IdentityChange[],
): readonly RequiredConsent[] {
  const cause = causeIn(changes[0] as IdentityChange);
  return everybodyIn(against, voices).map((person) => ({
    person,
    anyOf: voices.of(person).kind === 'login' ? [person] : [],
    reason: { kind: 'first-leads', changes },
    cause,
  }));
}

/**
 * Everybody with a place in a rota of the base, or, if nobody has one, all its people: of these, those who have a login
 * and have not left, if anybody does.
 */
function everybodyIn(against: Against, voices: Voices): readonly string[] {
  const { handbook } = against;
  const placed = [...placesIn(handbook).keys()].filter((person) => handbook.people.has(person));
  const all = placed.length > 0 ? placed : [...handbook.people.keys()];
  const heard = all.filter((person) => isHeard(person, against, voices));
  return heard.length > 0 ? heard : all;
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
  const byLeads = Map.groupBy(
    unreadBefore.filter((it) => !own.has(it)),
    (file) => JSON.stringify(leadsForFile(file, voices)),
  );
  const files = [...byLeads.values()].map((files): RequiredConsent => {
    const [file] = files as [string];
    return {
      person: undefined,
      anyOf: leadsForFile(file, voices),
      reason: { kind: 'unread-base', files },
      cause: { file, path: [] },
    };
  });
  return [...files, ...rotas];
}

/** Those who agree to a file that could not be read: the leads of its team, or any where it is of none. */
const leadsForFile = (file: string, voices: Voices): readonly string[] =>
  voices.leadsOf(/^rotas\/([^/]+)\//.exec(file)?.slice(1) ?? []);
