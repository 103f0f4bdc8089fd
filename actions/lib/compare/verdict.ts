/** Applies the policies of the base to a change: whether its notice is enough, and whose consent is missing. Pure. */
import { type NoticeTerms, termsFor } from '../model.ts';
import { after, type Duration } from '../time/duration.ts';
import type { Instant } from '../timeline.ts';
import type { Against } from './against.ts';
import { type RequiredConsent, requiredConsents } from './consents.ts';
import type { Exception } from './exceptions.ts';
import { type RequestTime, requestOf } from './request-time.ts';
import { teamOf, termsOf } from './terms.ts';
import { hasApproved, voicesIn } from './voices.ts';
import { isWholeTurn } from './words.ts';

/** Whether an exception is a short cover: one person for another, and in sum no longer than the policy allows. */
const isShort = ({ zone, before, after: taker, counted }: Exception, { shortCover }: NoticeTerms): boolean =>
  before !== undefined &&
  taker !== undefined &&
  counted.startAt + counted.milliseconds <= after(zone, counted.startAt, shortCover.longest);

/** Whether it is the sum, or the turn, that decides: several spans, each of which alone would be a short cover. */
export const isCountedTogether = (exception: Exception, against: Against): boolean => {
  const { zone, before, after: taker, spans, counted } = exception;
  const { longest } = termsOf(exception, against).shortCover;
  return (
    before !== undefined &&
    taker !== undefined &&
    (counted.spans > 1 || isWholeTurn(exception)) &&
    spans.every(({ startAt, endAt }) => endAt <= after(zone, startAt, longest))
  );
};

/** The teams whose rotas change. */
export const teamsChanged = ({ ahead }: Pick<Against, 'ahead'>): ReadonlySet<string> =>
  new Set(ahead.map(({ rota }) => teamOf(rota)));

/** Whether each pull request is an emergency, because every change asks for it. */
const emergencies = new WeakMap<Against, boolean>();

/** Whether a pull request is an emergency by the policy of every team whose rotas it changes: label and approval. */
function isEmergency(against: Against): boolean {
  const found = emergencies.get(against) ?? hasEmergencyApproval(against);
  emergencies.set(against, found);
  return found;
}

/** With which label a change passes as an emergency, and the people any of whom approve that. */
export interface Emergency {
  readonly label: string;
  readonly approvers: readonly string[];
}

/** How a change could pass as an emergency by the policy of the base. */
export function emergencyOf({ rota }: Pick<Exception, 'rota'>, against: Against): Emergency {
  const { handbook } = against;
  const { label, approvedBy } = termsFor(handbook.notice, teamOf(rota)).emergency;
  const teams = approvedBy === 'policy-owners' ? [...handbook.teams.keys()] : [teamOf(rota)];
  const voices = voicesIn(against);
  const leads = new Set(teams.flatMap((id) => handbook.teams.get(id)?.leads ?? []));
  const approvers = [...leads].filter((id) => handbook.people.has(id) && voices.of(id).kind === 'login');
  return { label, approvers };
}

function hasEmergencyApproval(against: Against): boolean {
  const { handbook, pull } = against;
  if (pull === undefined) return false;
  const voices = voicesIn(against);
  const hasAgreed = (id: string) => {
    const voice = voices.of(id);
    return voice.kind === 'login' && handbook.people.has(id) && hasApproved(pull, voice.login);
  };
  const anyLead = (ids: Iterable<string>) =>
    [...ids].some((id) => (handbook.teams.get(id)?.leads ?? []).some(hasAgreed));
  return [...teamsChanged(against)].every((team) => {
    const { label, approvedBy } = termsFor(handbook.notice, team).emergency;
    return (
      pull.labels.includes(label) && anyLead(approvedBy === 'policy-owners' ? handbook.teams.keys() : [team])
    );
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

/** `late` is less than the minimum, `little` less than recommended; exactly the required notice is enough. */
export function verdictOf(exception: Exception, against: Against, now: Instant): NoticeVerdict {
  const { startAt, extra } = exception;
  // Days are those of the base: a pull request must not choose the zone that judges it.
  const zone = against.handbook.rotas.get(exception.rota)?.zone ?? exception.zone;
  const terms = termsOf({ ...exception, zone }, against, now);
  const { rotaChange, outOfHoursChange } = terms;
  const { minimum, recommended } = extra ? { ...outOfHoursChange, recommended: undefined } : rotaChange;
  const isUnder = (required: Duration | undefined): required is Duration =>
    required !== undefined && after(zone, now, required) > startAt;
  if (!isUnder(minimum) && !isUnder(recommended)) return { kind: 'enough' };
  if (isShort(exception, terms)) return { kind: 'short' };
  if (!isUnder(minimum)) return { kind: 'little', required: recommended as Duration };
  // Only extra time is requested: what somebody held within the windows has its notice from now.
  const request = extra ? requestOf(exception, against) : undefined;
  if (request !== undefined && request.at <= now && after(zone, request.at, minimum) <= startAt)
    return { kind: 'requested', required: minimum, request };
  return isEmergency(against) ? { kind: 'emergency' } : { kind: 'late', required: minimum, request };
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
  missingConsent(against).length === 0 &&
  against.ahead.every((it) => verdictOf(it, against, now).kind !== 'late');

/** The logins of everybody whose consent is missing, or of any of whom one is. */
export function loginsAsked(against: Against): readonly string[] {
  const voices = voicesIn(against);
  const people = new Set(missingConsent(against).flatMap(({ anyOf }) => anyOf));
  return [...people].flatMap((person) => {
    const voice = voices.of(person);
    return voice.kind === 'login' ? [voice.login] : [];
  });
}
