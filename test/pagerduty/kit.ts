/**
 * A handbook and the stand-in that it is applied to, over real HTTP: the same steps as the command line, with the
 * stand-in's clock as the only one. Asserts only that no request or response violates PagerDuty's own document.
 */
import { expect, onTestFinished } from 'vitest';
import { describe } from '../../actions/lib/check/describe.ts';
import { apply } from '../../actions/lib/drivers/pagerduty/apply.ts';
import { PagerDuty } from '../../actions/lib/drivers/pagerduty/client.ts';
import { type DesiredState, desiredState } from '../../actions/lib/drivers/pagerduty/desired.ts';
import { type Audit, auditEntry } from '../../actions/lib/drivers/pagerduty/entries.ts';
import type { GuardOptions } from '../../actions/lib/drivers/pagerduty/guard.ts';
import type { Plan } from '../../actions/lib/drivers/pagerduty/plan.ts';
import { type PlanResult, readAndPlan } from '../../actions/lib/drivers/pagerduty/read-and-plan.ts';
import { refusalText } from '../../actions/lib/drivers/pagerduty/refusal-text.ts';
import { planLines } from '../../actions/lib/drivers/pagerduty/report.ts';
import type { Handbook } from '../../actions/lib/model.ts';
import type { Timeline } from '../../actions/lib/timeline.ts';
import { between, lines, sound } from '../handbook.ts';
import { accountFor } from './account.ts';
import { type Called, standIn } from './calls.ts';
import type { Settings } from './fake-pagerduty.ts';
import { coverOf } from './rendering.ts';
import { FULL, type Written } from './state.ts';

/** Office hours, and all other hours. */
export const SUPPORT_HOURS = `name: PaaS
timezone: Europe/London
holidays: england
windows:
  in-hours: [{days: working, from: "09:00", to: "17:00"}]
  out-of-hours: {outside: [in-hours]}
`;

/** Days and nights of one team, a chain over both, and a horizon of six weeks: the first of January. */
export const PAAS = `
== rotas/people.yaml
people:
  amara: {name: Amara Osei, email: amara.osei@example.org, pagerduty: PAMARA1}
  ben: {name: Ben Adeyemi, email: ben.adeyemi@example.org, pagerduty: PBEN001}
  chi: {name: Chi Wong, email: chi.wong@example.org, pagerduty: PCHI001}
  dee: {name: Dee Novak, email: dee.novak@example.org, pagerduty: PDEE001}
contacts:
  inbox: {name: The inbox, email: paas@example.org, pagerduty: PINBOX1}
== rotas/paas/days.yaml
name: Days
timezone: Europe/London
hours: paas
covers: [in-hours]
handover: {day: wednesday, time: "10:00"}
roles:
  engineer:
    rotation: [{first_turn: 2026-09-02, people: [chi, dee]}]
    pagerduty: {schedule: PDAYS01}
== rotas/paas/nights.yaml
name: Nights
timezone: Europe/London
hours: paas
covers: [out-of-hours]
handover: {day: wednesday, time: "10:00"}
roles:
  engineer:
    rotation: [{first_turn: 2026-09-02, people: [amara, ben]}]
    pagerduty: {schedule: PNIGHTS}
overrides: []
== policies/support-hours/paas.yaml
${SUPPORT_HOURS}== policies/holidays/england.yaml
name: England
complete_from: 2026-01-01
complete_until: 2030-12-31
holidays: {2026-12-25: Christmas Day, 2026-12-28: Boxing Day}
== policies/escalation/paas.yaml
name: PaaS
applies_in: [in-hours, out-of-hours]
levels:
  - {notify: [paas/days/engineer, paas/nights/engineer], escalate_after: 15 minutes}
  - {notify: [person: chi]}
repeats: 2
pagerduty: {policy: PPOLICY}
== policies/publishing.yaml
ahead: 2 weeks
`;

/** What a plan of this handbook does not look at. */
export const NOT_COMPARED =
  'times outside the hours of paas/days/engineer and paas/nights/engineer are not compared; ' +
  'write off_duty to say who is reached then';

/** A service with the chain above, and one priority. */
export const PRIORITIES = `== policies/service-levels/paas.yaml
name: PaaS
hours: paas
priorities: {P1: {name: Down, in_hours: {respond: 1 hour}, out_of_hours: {respond: 1 hour}}}
clock: {in-hours: in_hours, out-of-hours: out_of_hours}
== policies/services.yaml
services: {web: {name: Web, team: paas, service_level: paas, escalation: {in-hours: paas, out-of-hours: paas}}}
`;

/**
 * The input of a plan: the handbooks that were applied before, and options that differ from a run on the main branch.
 */
interface Given {
  readonly applied?: readonly string[];
  readonly options?: Partial<GuardOptions>;
}

const OPTIONS: GuardOptions = {
  allow: [],
  mostWrites: 500,
  revision: 'a'.repeat(40),
  tip: 'a'.repeat(40),
  unreadable: [],
  unagreed: [],
  approved: undefined,
};

interface Pushed {
  readonly plan: Plan;
  readonly audit: Audit;
  /** The progress messages. */
  readonly shown: readonly string[];
}

export interface Organisation extends Called {
  readAndPlan(text: string, given?: Given): Promise<PlanResult>;
  plan(text: string, given?: Given): Promise<Plan>;
  /** Plans and applies, starting from PagerDuty's current state. */
  apply(text: string, given?: Given): Promise<Pushed>;
  /** Applies a plan that was made before. */
  carryOut(planned: Planned): Promise<Pushed>;
  /** Makes a plan to apply later. */
  prepare(text: string, given?: Given): Promise<Planned>;
  /** Who is on call, by user id, one line per span. */
  cover(schedule: string, from: string, to: string): string[];
}

interface Planned {
  readonly plan: Plan;
  readonly desired: DesiredState;
}

type Setting = Partial<Omit<Settings, 'now' | 'remembers'>> & {
  readonly now?: string;
  readonly account?: (handbook: Handbook) => Written;
  readonly key?: string;
  /** Milliseconds that each request takes. */
  readonly pace?: number;
  /** Milliseconds that our clock is ahead of PagerDuty's. */
  readonly skew?: number;
};

/** A handbook's account at PagerDuty, before the first apply. */
export async function organisation(
  text: string,
  {
    account = (handbook) => accountFor(handbook),
    key = FULL,
    pace = 137,
    skew = 0,
    onRequest,
    ...given
  }: Setting = {},
): Promise<Organisation> {
  const started: Called = await standIn({
    limit: { requests: 100_000, windowMs: 60_000 },
    ...given,
    remembers: account(sound(text)),
    onRequest: (call) => {
      started.clock.now += pace;
      onRequest?.(call);
    },
  });
  onTestFinished(() => expect(started.violations).toEqual([]));
  const { clock } = started;
  const here = () => clock.now + skew;
  // A new client each time, as in each run of the command line.
  const clientOf = () => new PagerDuty({ url: started.url, key, patienceMs: 1, clock: here });
  const desiredIn = (one: string, { applied = [] }: Given) =>
    desiredState(sound(one), applied.map(sound), here());

  const make = async (one: string, given: Given, client = clientOf()) => {
    const desired = desiredIn(one, given);
    const result = await readAndPlan(client, desired, { ...OPTIONS, ...given.options }, () => {});
    return { desired, result };
  };
  const planned = async (one: string, given: Given, client = clientOf()): Promise<Planned> => {
    const { desired, result } = await make(one, given, client);
    if (result.kind === 'blocked') throw new Error(result.findings.map(describe).join('\n'));
    return { desired, plan: result.plan };
  };
  const carryOut = async ({ plan, desired }: Planned, client = clientOf()): Promise<Pushed> => {
    if (plan.refusals.length > 0) throw new Error(plan.refusals.map(refusalText).join('\n'));
    const shown: string[] = [];
    const applied = await apply(plan, desired, {
      client,
      clock: here,
      wait: async (ms) => {
        clock.now += ms;
      },
      progress: (doing) => shown.push(doing),
    });
    return { plan, audit: auditEntry(applied), shown };
  };
  return Object.assign(Object.create(started) as Called, {
    readAndPlan: async (one: string, given: Given = {}) => (await make(one, given)).result,
    plan: async (one: string, given: Given = {}) => (await planned(one, given)).plan,
    prepare: (one: string, given: Given = {}) => planned(one, given),
    carryOut: (it: Planned) => carryOut(it),
    apply: async (one: string, given: Given = {}) => {
      const client = clientOf();
      return carryOut(await planned(one, given, client), client);
    },
    cover: (schedule: string, from: string, to: string) =>
      inLondon(coverOf(started.state, schedule, between(from, to))),
  });
}

/** A timeline in London's time. */
const inLondon = (timeline: Timeline<string>): string[] => lines(timeline, 'Europe/London');

/** A plan as printed on a terminal without colours. */
export const shownOf = (plan: Plan): string => planLines(plan, 'plan', (_, text) => text).join('\n');
