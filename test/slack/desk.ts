/** A small handbook with states in Slack, its workspace, and what a run of the driver leaves. */

import { expect } from 'vitest';
import { applyStates } from '../../actions/lib/drivers/converge/apply.ts';
import { stateAudit } from '../../actions/lib/drivers/converge/entries.ts';
import { planStates, type StatePlan } from '../../actions/lib/drivers/converge/plan.ts';
import { statePlanLines } from '../../actions/lib/drivers/converge/report.ts';
import { slackStates } from '../../actions/lib/drivers/slack/driver.ts';
import type { Handbook } from '../../actions/lib/model.ts';
import type { Instant } from '../../actions/lib/timeline.ts';
import { at, loaded } from '../handbook.ts';
import { type SlackStandIn, slackStandIn, type Workspace } from './stand-in.ts';

/** A Wednesday on which Ben has taken over from Amara; Chi is away from PaaS, and was in an hour of overrides. */
export const NOON = at('2026-12-02T12:00Z');

export const DESK = `== rotas/people.yaml
people:
  amara: {name: Amara Osei, slack: U0AMARA}
  ben: {name: Ben Adeyemi, slack: U0BEN}
  chi: {name: Chi Wong, slack: U0CHI}
  dee: {name: Dee Novak}
  eve: {name: Eve Klein, slack: U0EVE}
== policies/support-hours/office.yaml
name: Office
timezone: Europe/London
windows: {office: [{days: [monday, tuesday, wednesday, thursday, friday], from: "09:00", to: "17:00"}]}
== rotas/paas/team.yaml
name: PaaS
slack:
  channel: C0PAAS
  topic: "On: {paas/nights/engineer}, {paas/office/comms}"
  user_groups:
    S0OPS: [paas/nights/engineer, paas/office/comms]
    S0COMMS: [paas/office/comms]
== rotas/paas/nights.yaml
name: Nights
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles:
  engineer:
    rotation: [{first_turn: 2026-11-25, people: [amara, ben]}]
overrides:
  - {role: engineer, from: "2026-11-26T10:00", to: "2026-11-26T12:00", person: chi, instead_of: amara}
== rotas/paas/office.yaml
name: Office
timezone: Europe/London
hours: office
handover: {day: monday, time: "09:00"}
roles:
  comms:
    rotation: [{first_turn: 2026-11-23, people: [eve, dee]}]
`;

/** Everything as it was a week ago, with somebody whom somebody added by hand. */
const WORKSPACE: Workspace = {
  users: {
    U0AMARA: 'active',
    U0BEN: 'active',
    U0CHI: 'active',
    U0EVE: 'active',
    U0HAND: 'active',
    U0GONE: 'deactivated',
  },
  groups: {
    S0OPS: { handle: 'ops', users: ['U0AMARA', 'U0HAND'] },
    S0COMMS: { handle: 'comms', users: ['U0EVE'] },
  },
  channels: { C0PAAS: { topic: 'On: Amara Osei, Eve Klein' } },
};

const TIP = { revision: 'a', tip: 'a', allow: [], mostWrites: 999, approved: undefined };
const plain = (_: string, text: string) => text;

/** The workspace with the changes of a test. */
export const workspace = (change: (it: SlackStandIn['state']) => void = () => {}): Promise<SlackStandIn> =>
  slackStandIn(WORKSPACE).then((slack) => {
    change(slack.state);
    return slack;
  });

export function handbookIn(text: string): Handbook {
  const { handbook, findings } = loaded(text);
  expect(findings).toEqual([]);
  return handbook;
}

/** A plan of what the handbook wants at an instant. */
export async function planOf(
  slack: SlackStandIn,
  text = DESK,
  now: Instant = NOON,
): Promise<{ readonly plan: StatePlan; readonly lines: readonly string[] }> {
  const targets = await slackStates(slack.client()).targets(handbookIn(text), now, () => {});
  const plan = planStates('Slack', now, targets, TIP);
  return { plan, lines: statePlanLines(plan, 'plan', plain).filter((it) => !it.startsWith('digest')) };
}

/** Plans and applies; the audit, or the error that ended the run. */
export async function applied(slack: SlackStandIn, text = DESK, now: Instant = NOON) {
  const driver = slackStates(slack.client());
  const handbook = handbookIn(text);
  const targets = await driver.targets(handbook, now, () => {});
  const plan = planStates('Slack', now, targets, TIP);
  const result = await applyStates(plan, driver, { handbook, clock: () => now, progress: () => {} });
  return stateAudit(result);
}
