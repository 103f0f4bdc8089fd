/**
 * Changes of who somebody is: by which login they agree, which account is woken for them, who may agree as a lead, and
 * whom a chain calls. No shift changes, yet other people decide or are called from then on. Pure.
 */
import { type Handbook, isUnread, type PathLocation } from '../model.ts';
import { DAY } from '../time/date.ts';
import type { Interval } from '../timeline.ts';
import { newOwners } from './account-owners.ts';
import { chainChanges } from './chain-identity.ts';
import { type ConcernedTeams, concernedTeams } from './concerned-teams.ts';
import { groupsTaken } from './group-identity.ts';
import { holidayChanges } from './holiday-identity.ts';
import { type IdentityChange, keyChange } from './identity-change.ts';
import { namesakes } from './namesakes.ts';
import { isOfPeople } from './newcomer-identity.ts';
import { hasLeftBy } from './people.ts';
import { comingBack, contactChanges, peopleChanges } from './person-identity.ts';
import { policyChanges } from './policy-identity.ts';
import { schedulesTaken } from './schedule-identity.ts';
import { serviceChanges } from './service-identity.ts';
import { newUsers } from './shared-identity.ts';
import { sharedLists } from './shared-lists.ts';

/** The files that could not be read, wholly or in part, of both sides. */
export interface UnreadFiles {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/**
 * Every change of identity. What one side could not read, and somebody new, is none; a new team's leads are one. Of
 * lists of holidays, only days that lie ahead count; on whose rotas people are, and whether they have left, is asked of
 * the whole span.
 */
export function identityChanges(
  base: Handbook,
  head: Handbook,
  unread: UnreadFiles,
  { span, ahead }: { readonly span: Interval; readonly ahead: Interval },
): readonly IdentityChange[] {
  let teams: ConcernedTeams | undefined;
  const asked = () => {
    teams ??= concernedTeams(base, span);
    return teams;
  };
  // Whichever zone has the days.
  const today = Math.floor(ahead.startAt / DAY) - 1;
  const changes = [
    ...peopleChanges(base, head, asked),
    ...(unread.before.some(isOfPeople) ? [] : comingBack(base, head, asked)),
    ...leadChanges(base, head, unread.before.length + unread.after.length === 0),
    ...schedulesTaken(base, head),
    ...groupsTaken(base, head),
    ...chainChanges(base, head),
    ...serviceChanges(base, head),
    ...contactChanges(base, head, asked),
    ...newOwners(base, head),
    ...namesakes(base, head),
    ...holidayChanges(base, head, ahead),
    ...newUsers(base, head, today),
    ...sharedLists(base, head, today),
    ...policyChanges(base, head, [...unread.before, ...unread.after]),
  ];
  // Somebody who has left cannot be asked: leads of the teams that they mattered to agree.
  const isGone = (id: string) => hasLeftBy(base.people.get(id), span.startAt);
  const spokenFor = (it: IdentityChange): IdentityChange => {
    const [first] = it.concerned;
    const isAlone = it.teams === undefined && first !== undefined && it.concerned.every(isGone);
    return isAlone ? { ...it, ...asked().ofPerson(first) } : it;
  };
  return changes.filter(({ keys }) => keys.length > 0).map(spokenFor);
}

/** A lead who is no person of the handbook, as far as it could be read, leads nobody until they become one. */
function* leadChanges(base: Handbook, head: Handbook, isWhole: boolean): Iterable<IdentityChange> {
  for (const id of new Set([...base.teams.keys(), ...head.teams.keys()])) {
    if (isUnread(base, 'team', id) || isUnread(head, 'team', id)) continue;
    const [was, is] = [base, head].map(({ teams, people }) =>
      (teams.get(id)?.leads ?? []).filter((lead) => !isWhole || people.has(lead)).toSorted(),
    ) as [string[], string[]];
    const location: PathLocation = { file: `rotas/${id}/team.yaml`, path: ['leads'] };
    const text = (leads: readonly string[]) => (leads.length === 0 ? undefined : leads.join(', '));
    yield {
      kind: 'leads',
      id,
      keys: keyChange('leads', text(was), text(is), location),
      concerned: [],
      teams: [id],
    };
  }
}
