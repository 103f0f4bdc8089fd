/**
 * Changes the members of a group: adds those who are on, reads them back, and only then removes others. A run that was
 * killed after any request can be repeated and comes to the same end, and the group has a member who is on throughout.
 */
import type { Zendesk } from './client.ts';
import { ZendeskFault } from './fault.ts';
import type { GroupTarget } from './plan.ts';
import type { Membership } from './responses.ts';

/** Carries out the change of one group; throws if somebody cannot be added, before anybody is removed. */
export async function changeMembers(client: Zendesk, target: GroupTarget): Promise<void> {
  const { group, on, add, remove } = target;
  const uncertain = new Map<number, ZendeskFault>();
  for (const user of add) {
    const fault = await added(client, group, user);
    if (fault !== undefined) uncertain.set(user, fault);
  }
  if (uncertain.size === 0 && remove.length === 0) return;
  const members = await membersNow(client, group);
  // Zendesk responds again, so the other groups go on.
  for (const [user, { message }] of uncertain) if (!members.has(user)) throw new Error(message);
  if (remove.length === 0) return;
  if (!on.some((user) => members.has(user)) || add.some((user) => !members.has(user)))
    throw new Error('somebody who is on is not a member yet, so nobody was removed; run it again');
  for (const user of remove) {
    const membership = members.get(user);
    // Somebody else may have removed them meanwhile, or made it their default group.
    if (membership !== undefined && !membership.isDefault) await client.removeMember(membership.id);
  }
}

/** The fault of an addition that may have been carried out nevertheless, or was before; others are thrown. */
async function added(client: Zendesk, group: number, user: number): Promise<ZendeskFault | undefined> {
  try {
    await client.addMember(group, user);
    return undefined;
  } catch (error) {
    if (!(error instanceof ZendeskFault)) throw error;
    const { status = 0, data } = error;
    // Zendesk responds with 422 to an addition of a member.
    if (data.kind !== 'answered' || status === 422 || status >= 500) return error;
    throw error;
  }
}

async function membersNow(client: Zendesk, group: number): Promise<ReadonlyMap<number, Membership>> {
  const members = await client.groupMembers(group);
  return new Map(members?.memberships.map((it) => [it.user, it]));
}
