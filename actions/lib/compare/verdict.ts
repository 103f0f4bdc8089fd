/** Applies the policies of the base to a change: whether its notice is enough, and whose consent is missing. Pure. */
import type { Handbook, PathLocation, Person } from '../model.ts';
import { after, type Duration } from '../time/duration.ts';
import type { Instant } from '../timeline.ts';
import type { Against, Pull } from './against.ts';
import type { Exception } from './exceptions.ts';

/** Whether an exception is a short cover: one person for another, and as a whole no longer than the policy allows. */
const isShort = ({ zone, before, after: taker, whole }: Exception, { notice }: Handbook): boolean =>
  before !== undefined &&
  taker !== undefined &&
  whole.endAt <= after(zone, whole.startAt, notice.shortCover.longest);

/** Whether somebody has approved a pull request, or wrote it. */
const hasApproved = ({ author, approvals }: Pull, person: Person | undefined): boolean =>
  person?.github !== undefined &&
  [author, ...approvals].some((login) => login.toLowerCase() === person.github?.toLowerCase());

const teamOf = (rota: string): string => rota.slice(0, rota.indexOf('/'));

/** Whether a pull request is an emergency by policy: it has the label, and the approval that the policy names. */
function isEmergency({ handbook: { notice, teams, people }, pull, ahead }: Against): boolean {
  const { label, approvedBy } = notice.emergency;
  if (pull === undefined || !pull.labels.includes(label)) return false;
  const anyLead = (ids: Iterable<string>) =>
    [...ids].some((id) => (teams.get(id)?.leads ?? []).some((lead) => hasApproved(pull, people.get(lead))));
  const teamsOf = new Set(ahead.map(({ rota }) => teamOf(rota)));
  return approvedBy === 'policy-owners'
    ? anyLead(teams.keys())
    : [...teamsOf].every((team) => anyLead([team]));
}

/** Whether the notice of an exception is enough under the policy of the base. */
export type NoticeVerdict =
  | { readonly kind: 'enough' | 'short' | 'emergency' }
  | { readonly kind: 'late' | 'little'; readonly required: Duration }
  /** Enough from the request time that a planned change states, but too little from now. */
  | { readonly kind: 'requested'; readonly required: Duration; readonly requestedAt: Instant };

/** When the planned change behind an exception was requested, according to the file; infinity when there is none. */
export const requestOf = ({ change }: Exception, { head }: Against): Instant =>
  head.changes.get(change ?? '')?.requestedAt ?? Number.POSITIVE_INFINITY;

/** `late` is less than the minimum, `little` less than recommended; exactly the required notice is enough. */
export function verdictOf(exception: Exception, against: Against, now: Instant): NoticeVerdict {
  const { rotaChange, outOfHoursChange } = against.handbook.notice;
  const { minimum, recommended } = exception.extra
    ? { ...outOfHoursChange, recommended: undefined }
    : rotaChange;
  const isUnder = (required: Duration | undefined): required is Duration =>
    required !== undefined && after(exception.zone, now, required) > exception.startAt;
  if (!isUnder(minimum) && !isUnder(recommended)) return { kind: 'enough' };
  if (isShort(exception, against.handbook)) return { kind: 'short' };
  const requestedAt = requestOf(exception, against);
  if (
    isUnder(minimum) &&
    requestedAt <= now &&
    after(exception.zone, requestedAt, minimum) <= exception.startAt
  )
    return { kind: 'requested', required: minimum, requestedAt };
  if (isUnder(minimum))
    return isEmergency(against) ? { kind: 'emergency' } : { kind: 'late', required: minimum };
  return { kind: 'little', required: recommended as Duration };
}

/** Somebody whose consent to a change is missing. */
export interface MissingConsent {
  readonly person: string;
  /** The person whose delivery lead they are; undefined for somebody whose own time changes. */
  readonly leadOf: string | undefined;
  readonly cause: PathLocation;
}

/**
 * A person as the base defines them, so that a pull request cannot change who may consent; a new person as the head
 * does.
 */
export const personIn = ({ handbook, head }: Against, id: string): Person | undefined =>
  handbook.people.get(id) ?? head.people.get(id);

/** The people whose consent a pull request still needs, each once; none when reviews cannot be read. */
export function missingConsent(against: Against): readonly MissingConsent[] {
  const { handbook, ahead, past, pull } = against;
  if (pull === undefined) return [];
  const needed = new Map<string, MissingConsent>();
  const need = (person: string, leadOf: string | undefined, cause: PathLocation) => {
    if (!needed.has(person)) needed.set(person, { person, leadOf, cause });
  };
  const policy = handbook.notice.consent;
  for (const { before, after: taker, cause } of [...ahead, ...past]) {
    const people = [before, taker].filter((person) => person !== undefined);
    if (policy.includes('both-people')) for (const person of people) need(person, undefined, cause);
    if (!policy.includes('delivery-leads')) continue;
    for (const person of people) {
      const lead = personIn(against, person)?.deliveryLead;
      if (lead !== undefined) need(lead, person, cause);
    }
  }
  return [...needed.values()].filter(({ person }) => !hasApproved(pull, personIn(against, person)));
}

/** A rota that could not be compared, and the leads who can approve it. */
export interface UnreviewedRota {
  readonly rota: string;
  readonly leads: readonly string[];
}

/**
 * The rotas that could not be compared and that no lead has approved. The leads are those of the team in the base, else
 * of any team in the base, else of any team in the head. None when reviews cannot be read.
 */
export function unreviewedRotas(against: Against): readonly UnreviewedRota[] {
  const { handbook, head, pull, unread } = against;
  if (pull === undefined) return [];
  const leadsIn = ({ teams }: Handbook) => [...new Set([...teams.values()].flatMap(({ leads }) => leads))];
  return unread
    .map((rota) => {
      const own = handbook.teams.get(teamOf(rota))?.leads ?? [];
      return { rota, leads: [own, leadsIn(handbook), leadsIn(head)].find((it) => it.length > 0) ?? [] };
    })
    .filter(({ leads }) => !leads.some((lead) => hasApproved(pull, personIn(against, lead))));
}
