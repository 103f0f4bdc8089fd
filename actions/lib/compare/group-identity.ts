/**
 * Whose the groups of a chat or a helpdesk are: a group that a team names is written to from then on, and others may be
 * removed from it. Pure.
 */
import { type Handbook, isUnread, type MemberGroup, type PathLocation, type Team } from '../model.ts';
import { agreedByEach, type IdentityChange, keyChange } from './identity-change.ts';

/** The groups of a team, by what they are called in sentences. */
const groupsOf = (team: Team | undefined): ReadonlyMap<string, MemberGroup> =>
  new Map([
    ...[...(team?.slack?.userGroups ?? [])].map(([id, it]) => [`user group ${id}`, it] as const),
    ...[...(team?.zendeskGroups ?? [])].map(([id, it]) => [`Zendesk group ${id}`, it] as const),
  ]);

/** Groups that a team takes, gives up or fills otherwise; a lead of each team that had them so far is asked, too. */
export function* groupsTaken(base: Handbook, head: Handbook): Iterable<IdentityChange> {
  const owners = new Map<string, string[]>();
  for (const team of base.teams.values())
    for (const group of groupsOf(team).keys()) owners.set(group, [...(owners.get(group) ?? []), team.id]);
  for (const id of new Set([...base.teams.keys(), ...head.teams.keys()])) {
    if (isUnread(base, 'team', id) || isUnread(head, 'team', id)) continue;
    const [was, is] = [groupsOf(base.teams.get(id)), groupsOf(head.teams.get(id))];
    const file: PathLocation = { file: `rotas/${id}/team.yaml`, path: [] };
    for (const group of new Set([...was.keys(), ...is.keys()])) {
      const [before, after] = [was.get(group), is.get(group)];
      yield {
        ...{ kind: 'group', id, concerned: [] },
        keys: keyChange(group, textOf(before), textOf(after), after?.location ?? file),
        ...agreedByEach([id, ...(owners.get(group) ?? [])]),
      };
    }
  }
}

/** "paas/in-hours/engineer and paas/in-hours/comms, everybody else removed". */
function textOf(group: MemberGroup | undefined): string | undefined {
  if (group === undefined) return undefined;
  const { roles, owned, removes } = group;
  const removed = owned ? ', everybody else removed' : '';
  return `${roles.join(' and ')}${removes ? removed : ', nobody removed'}`;
}
