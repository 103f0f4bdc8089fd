/** A handbook of two teams with groups in Zendesk, an account for it, and runs of a plan and an apply. */
import { applyStates } from '../../actions/lib/drivers/converge/apply.ts';
import { type StateAudit, stateAudit } from '../../actions/lib/drivers/converge/entries.ts';
import { planStates, type StatePlan } from '../../actions/lib/drivers/converge/plan.ts';
import { statePlanLines } from '../../actions/lib/drivers/converge/report.ts';
import { authorizationOf } from '../../actions/lib/drivers/zendesk/access.ts';
import { Zendesk } from '../../actions/lib/drivers/zendesk/client.ts';
import { zendeskStates } from '../../actions/lib/drivers/zendesk/driver.ts';
import type { GroupTarget } from '../../actions/lib/drivers/zendesk/plan.ts';
import { aHandbook, at, NIGHTS_ROTA, sound } from '../handbook.ts';
import type { GroupSettings } from './groups.ts';
import { ENVIRONMENT, type ZendeskStandIn, zendeskStandIn } from './stand-in.ts';

/** The group of nights, that of days, and the default group of everybody. */
export const [NIGHTS, DAYS, HOME] = [360_001, 360_002, 360_009];
export const [AMARA, BEN, CHI, DEE, EVE] = [9001, 9002, 9003, 9004, 9005];
/** Somebody who is in no handbook. */
export const STRANGER = 800;

/** In these weeks amara, ben and chi are on at night; by day, dee is in the first and the third, and eve in the second. */
export const WEEKS = {
  amara: '2026-09-02T12:00:00Z',
  ben: '2026-09-09T12:00:00Z',
  chi: '2026-09-16T12:00:00Z',
} as const;

interface Given {
  /** What `zendesk` has in the file of the team of nights, and of that of days. */
  readonly nights?: string;
  readonly days?: string;
  readonly people?: Readonly<Record<string, string>>;
}

/** A handbook with the two groups; nobody is removed unless it says so. */
export const withGroups = ({
  nights = `{groups: {${NIGHTS}: {roles: [nights/night/engineer]}}}`,
  days = `{groups: {${DAYS}: {roles: [days/day/engineer]}}}`,
  people = {},
}: Given = {}): string =>
  aHandbook({
    people: {
      amara: `name: Amara, zendesk: ${AMARA}`,
      ben: `name: Ben, zendesk: ${BEN}`,
      chi: `name: Chi, zendesk: ${CHI}`,
      dee: `name: Dee, zendesk: ${DEE}`,
      eve: `name: Eve, zendesk: ${EVE}`,
      ...people,
    },
    rotas: {
      'nights/team': `name: Nights\nzendesk: ${nights}`,
      'nights/night': NIGHTS_ROTA,
      'days/team': `name: Days\nzendesk: ${days}`,
      'days/day': NIGHTS_ROTA.replace('[amara, ben, chi]', '[dee, eve]').replace('Nights', 'Days'),
    },
  });

/** Nights, from which people are removed. */
export const REMOVES = `{groups: {${NIGHTS}: {roles: [nights/night/engineer], removes: true}}}`;
export const OWNED = `{groups: {${NIGHTS}: {roles: [nights/night/engineer], removes: true, owned: true}}}`;

/** An account in which amara and dee are on, a stranger is in the group of nights, and amara has tickets. */
export const account = (given: Partial<GroupSettings> = {}): GroupSettings => ({
  users: [AMARA, BEN, CHI, DEE, EVE, STRANGER].map((id) => ({ id, home: HOME })),
  members: { [NIGHTS]: [AMARA, STRANGER], [DAYS]: [DEE], [HOME]: [AMARA, BEN, CHI, DEE, EVE, STRANGER] },
  tickets: [
    { group: NIGHTS, assignee: AMARA, status: 'open' },
    { group: NIGHTS, assignee: AMARA, status: 'hold' },
    { group: NIGHTS, assignee: AMARA, status: 'solved' },
    { group: HOME, assignee: AMARA, status: 'open' },
    { group: NIGHTS, assignee: STRANGER, status: 'new' },
  ],
  ...given,
});

export const started = (
  given: Partial<GroupSettings> = {},
  more: Partial<Parameters<typeof zendeskStandIn>[0]> = {},
): Promise<ZendeskStandIn> => zendeskStandIn({ groups: account(given), ...more });

const COMMIT = 'c'.repeat(40);

/** One run: a plan at an instant, which can be applied. */
export interface Run {
  readonly plan: StatePlan<GroupTarget>;
  /** The plan as it is printed. */
  readonly lines: readonly string[];
  readonly requests: { readonly reads: number; readonly writes: number };
  readonly apply: () => Promise<StateAudit>;
}

export async function planned(to: ZendeskStandIn, text: string, now: string): Promise<Run> {
  const handbook = sound(text);
  const client = new Zendesk({
    url: to.url,
    authorization: authorizationOf(ENVIRONMENT),
    patienceMs: 1,
  });
  const driver = zendeskStates(client);
  const options = { allow: [], mostWrites: 100, revision: COMMIT, tip: COMMIT, approved: undefined };
  const targets = await driver.targets(handbook, at(now), () => {});
  const plan = planStates('Zendesk', at(now), targets, options);
  return {
    plan,
    lines: statePlanLines(plan, 'plan', (_, line) => line).filter((line) => line !== ''),
    requests: client.counts,
    apply: async () =>
      stateAudit(await applyStates(plan, driver, { handbook, clock: () => at(now), progress: () => {} })),
  };
}

/** A run to its end, which must not be refused. */
export async function applied(to: ZendeskStandIn, text: string, now: string): Promise<StateAudit> {
  const run = await planned(to, text, now);
  if (run.plan.refusals.length > 0) throw new Error('the plan is refused');
  return run.apply();
}
