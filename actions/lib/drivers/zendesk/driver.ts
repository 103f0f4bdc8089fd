/** The states of Zendesk that are converged: the members of groups. */
import type { Handbook } from '../../model.ts';
import type { StateDriver } from '../converge/driver.ts';
import { keyOfTarget } from '../converge/target.ts';
import { type ActualGroup, isFaultOfAll, readGroups } from './actual.ts';
import { changeMembers } from './apply.ts';
import type { Zendesk } from './client.ts';
import { type DesiredGroup, desiredGroups, withFormerMembers } from './desired.ts';
import { ZendeskFault } from './fault.ts';
import { type GroupTarget, groupTarget, hasStrangers, leaving } from './plan.ts';

/** The groups of one account; who is there and holds no role may have held one in a former handbook. */
export const zendeskStates = (
  client: Zendesk,
  former: () => readonly Handbook[] = () => [],
): StateDriver<GroupTarget> => ({
  service: 'Zendesk',
  targets: async (handbook, now, progress, keys) => {
    const desired = desiredGroups(handbook, now).filter(
      ({ group }) => keys?.has(keyOfTarget({ kind: 'group', id: String(group) })) ?? true,
    );
    const actual = await readGroups(client, desired, progress);
    const targets: GroupTarget[] = [];
    for (const own of desired) {
      const group = actual.get(own.group) ?? { kind: 'missing' };
      const known = hasStrangers(own, group) ? withFormerMembers(own, former()) : own;
      targets.push(await targetOf(client, known, group));
    }
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
