/** The states of Zendesk that are converged: the members of groups. */
import type { StateDriver } from '../converge/driver.ts';
import { keyOfTarget } from '../converge/target.ts';
import { type ActualGroup, isFaultOfAll, readGroups } from './actual.ts';
import { changeMembers } from './apply.ts';
import type { Zendesk } from './client.ts';
import { type DesiredGroup, desiredGroups } from './desired.ts';
import { ZendeskFault } from './fault.ts';
import { type GroupTarget, groupTarget, leaving } from './plan.ts';

/** The groups of one account. */
export const zendeskStates = (client: Zendesk): StateDriver<GroupTarget> => ({
  service: 'Zendesk',
  targets: async (handbook, now, progress, keys) => {
    const desired = desiredGroups(handbook, now).filter(
      ({ group }) => keys?.has(keyOfTarget({ kind: 'group', id: String(group) })) ?? true,
    );
    const actual = await readGroups(client, desired, progress);
    const targets: GroupTarget[] = [];
    for (const own of desired)
      targets.push(await targetOf(client, own, actual.get(own.group) ?? { kind: 'missing' }));
    return targets;
  },
  carryOut: (target) => changeMembers(client, target),
  endsRun: isFaultOfAll,
  counts: () => client.counts,
});

/** Counts the tickets of whoever would be removed. */
async function targetOf(client: Zendesk, desired: DesiredGroup, actual: ActualGroup): Promise<GroupTarget> {
  const openTickets = new Map<number, number>();
  try {
    for (const user of leaving(desired, actual))
      openTickets.set(user, await client.openTickets(desired.group, user));
  } catch (error) {
    if (!(error instanceof ZendeskFault) || isFaultOfAll(error)) throw error;
    return groupTarget(desired, { kind: 'unread', message: error.message }, openTickets);
  }
  return groupTarget(desired, actual, openTickets);
}
