/** Slack as a service with states: topics of channels and members of user groups. */
import type { Handbook } from '../../model.ts';
import type { StateDriver } from '../converge/driver.ts';
import { keyOfTarget } from '../converge/target.ts';
import { readSlack } from './actual.ts';
import { changeTarget } from './apply.ts';
import type { Slack } from './client.ts';
import { desiredSlack, withFormerHolders } from './desired.ts';
import { SlackFault } from './fault.ts';
import { slackTargets, strangersIn, TOPIC, USER_GROUP } from './plan.ts';

/** The states of one workspace; who is there and holds no role may have held one in a former handbook. */
export const slackStates = (client: Slack, former: () => readonly Handbook[] = () => []): StateDriver => ({
  service: 'Slack',
  targets: async (handbook, now, progress, keys) => {
    const all = desiredSlack(handbook, now);
    const isAsked = (kind: string, id: string) => keys?.has(keyOfTarget({ kind, id })) ?? true;
    const desired = {
      ...all,
      topics: all.topics.filter(({ channel }) => isAsked(TOPIC, channel)),
      groups: all.groups.filter(({ group }) => isAsked(USER_GROUP, group)),
    };
    const actual = await readSlack(client, desired, progress);
    const groups = desired.groups.map((it) =>
      strangersIn(it, actual).length === 0 ? it : withFormerHolders(it, former()),
    );
    return slackTargets({ ...desired, groups }, actual);
  },
  carryOut: (target) => changeTarget(client, target),
  endsRun: (error) => error instanceof SlackFault && error.endsRun,
  counts: () => client.counts,
});
