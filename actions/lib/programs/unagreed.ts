/** What has reached the default branch although somebody whose word it needs has not agreed. Pure. */
import type { Against } from '../compare/against.ts';
import { concernedTeams } from '../compare/concerned-teams.ts';
import { leadsAsked, type RequiredConsent } from '../compare/consents.ts';
import type { Exception } from '../compare/exceptions.ts';
import { sameLogin } from '../compare/people.ts';
import type { Reached } from '../compare/reached.ts';
import { emergencyIn, missingConsent, reachVerdict, teamsChanged, verdictOf } from '../compare/verdict.ts';
import { type Voices, voicesIn } from '../compare/voices.ts';
import type { UnagreedChange } from '../drivers/pagerduty/guard.ts';
import type { JudgedMerge } from './judge-merges.ts';

/** A part of a push to which somebody has not agreed, or whose notice was too short. */
export interface UnagreedMerge extends UnagreedChange {
  /** The logins of those who can allow it, as the base has them. */
  readonly leadLogins: readonly string[];
}

type Judged = Pick<JudgedMerge, 'name' | 'judged'>;

/** Those of the judged parts to which somebody has not agreed. */
export const unagreedIn = (merges: readonly Judged[]): readonly UnagreedMerge[] =>
  merges.flatMap((it) => unagreed(it, { late: [], lateCalls: [], unknown: [] }));

/**
 * Those that are not to be applied: what nobody agreed to, what came with too little notice, and what could not be
 * compared or read, so that nobody was asked.
 */
export const heldIn = (merges: readonly Judged[]): readonly UnagreedMerge[] =>
  merges.flatMap((it) =>
    unagreed(it, { late: lateIn(it), lateCalls: lateCallsIn(it), unknown: unknownIn(it) }),
  );

/** What else than a word is missing. */
interface Missing {
  readonly late: readonly Exception[];
  readonly lateCalls: readonly Reached[];
  readonly unknown: readonly Unknown[];
}

/** Something about which nobody could be asked, and whose leads can allow it; those of any team where it is of none. */
interface Unknown {
  readonly what: string;
  readonly teams: readonly string[];
}

/** The services of which there was too much to compare, and the files that could not be read any more. */
function unknownIn({ judged: { against } }: Judged): readonly Unknown[] {
  const { handbook, head, uncomparedServices, unreadAfter, unreadBefore } = against;
  const teamOfFile = (file: string) => /^rotas\/([^/]+)\//.exec(file)?.[1] ?? '';
  return [
    ...uncomparedServices.map((id) => ({
      what: `calls for ${id}, which are too many to compare`,
      teams: [handbook, head].flatMap(({ services }) => services.get(id)?.team ?? []),
    })),
    ...unreadAfter
      .filter((file) => !unreadBefore.includes(file))
      .map((file) => ({ what: `${file}, which could not be read`, teams: [teamOfFile(file)] })),
  ];
}

/** The changes whose notice was too short when they were merged, and that no emergency lets pass. */
const lateIn = ({ judged: { against, now } }: Judged): readonly Exception[] =>
  against.ahead.filter((it) => verdictOf(it, against, now).kind === 'late');

/** The same of those who are called from then on. */
const lateCallsIn = ({ judged: { against, now } }: Judged): readonly Reached[] =>
  against.reached.filter((it) => reachVerdict(it, against, now).kind === 'late');

function unagreed(
  { name, judged: { against } }: Judged,
  { late, lateCalls, unknown }: Missing,
): readonly UnagreedMerge[] {
  const consents = missingConsent(against);
  if (consents.length + late.length + lateCalls.length + unknown.length === 0) return [];
  const missing = [
    ...consents.map(whoText),
    ...late.map(({ rota }) => `a lead, to the short notice of ${rota}`),
    ...lateCalls.map(({ subject }) => `a lead, to the short notice of calls for ${subject.id}`),
    ...unknown.map(({ what }) => `a lead, to ${what}`),
  ];
  const givers = [
    ...consents.map((it) => whoCanAllow(it, against)),
    // As on a pull request, an emergency is one of every team that changes.
    ...(late.length + lateCalls.length === 0 ? [] : [...teamsChanged(against)]).map((team) =>
      whoCanHurry(team, against),
    ),
    ...unknown.flatMap(({ teams }) => teams.map((team) => voicesIn(against).leadsOf([team]))),
  ];
  const leads = besideAuthor(common(givers), against);
  return [{ name, missing: [...new Set(missing)], leads, leadLogins: loginsOf(leads, voicesIn(against)) }];
}

/** The logins of people, as far as they have one of their own. */
export const loginsOf = (people: readonly string[], voices: Voices): readonly string[] =>
  people.flatMap((id) => {
    const voice = voices.of(id);
    return voice.kind === 'login' ? [voice.login] : [];
  });

/**
 * Who can allow what one consent is missing for: whoever could give it, or a lead of every team concerned. Where it is
 * one person's alone, that is a lead of the teams that they concern.
 */
function whoCanAllow({ person, anyOf, reason }: RequiredConsent, against: Against): readonly string[] {
  const voices = voicesIn(against);
  const leadsOfEach = (teams: Iterable<string>) =>
    common([...new Set(teams)].map((team) => voices.leadsOf([team])));
  switch (reason.kind) {
    case 'time':
    case 'delivery-lead':
      return [...anyOf, ...leadsOfEach(reason.changes.map(teamIn))];
    case 'identity': {
      const { concerned } = reason.change;
      if (!anyOf.every((it) => concerned.includes(it))) return anyOf;
      const { handbook, beganAt, horizon } = against;
      const { ofPerson } = concernedTeams(handbook, { startAt: beganAt, endAt: horizon });
      return [...anyOf, ...common(anyOf.flatMap((it) => leadsAsked(ofPerson(it), voices)))];
    }
    default:
      return person === undefined ? anyOf : [...anyOf, ...voices.leadsOf([])];
  }
}

/** Who can allow too little notice in a team: where it has no leads, those of any team. */
function whoCanHurry(team: string, against: Against): readonly string[] {
  const { approvers } = emergencyIn(team, against);
  return approvers.length > 0 ? approvers : voicesIn(against).leadsOf([team]);
}

const teamIn = ({ rota }: Exception): string => rota.slice(0, rota.indexOf('/'));

/** Those who are in every list. */
const common = ([first = [], ...others]: readonly (readonly string[])[]): readonly string[] => [
  ...new Set(first.filter((id) => others.every((it) => it.includes(id)))),
];

/** Without whoever pushed or wrote it, if there is anybody else. */
function besideAuthor(people: readonly string[], against: Against): readonly string[] {
  const author = against.pull?.author ?? '';
  const voices = voicesIn(against);
  const others = people.filter((id) => loginsOf([id], voices).every((login) => !sameLogin(login, author)));
  return others.length > 0 ? others : people;
}

const whoText = ({ person, anyOf }: RequiredConsent): string =>
  person ?? (anyOf.length > 0 ? `one of ${anyOf.join(', ')}` : 'a lead');

/** The error on the run of the default branch. */
export const unagreedText = ({ name, missing, leads }: UnagreedMerge): string =>
  `${name} is on the default branch, and these have not agreed to it: ${missing.join(', ')}; ` +
  (leads.length > 0
    ? `revert it, or let a lead (${leads.join(' or ')}) have it applied to PagerDuty`
    : 'revert it: nobody of the handbook before it can agree to all of it alone');
