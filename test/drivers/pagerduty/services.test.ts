/** A service gets the policy of the chain of the window in force, and a plan says when it needs another. */
import { describe, expect, test } from 'vitest';
import { planEntry } from '../../../actions/lib/drivers/pagerduty/entries.ts';
import { refusalText } from '../../../actions/lib/drivers/pagerduty/refusal-text.ts';
import { planMarkdown } from '../../../actions/lib/drivers/pagerduty/report.ts';
import { cronTime } from '../../../actions/lib/drivers/pagerduty/runs.ts';
import { at, but } from '../../handbook.ts';
import { accountFor } from '../../pagerduty/account.ts';
import { organisation, PAAS, shownOf } from '../../pagerduty/kit.ts';
import { coverOf } from '../../pagerduty/rendering.ts';
import type { State } from '../../pagerduty/state.ts';
import { sampled } from '../../sampled.ts';

/** A chain for the days and one for the nights, and a service that needs both in turn. */
const TURNS = `${but(
  PAAS,
  'name: PaaS\napplies_in: [in-hours, out-of-hours]\nlevels:\n  - {notify: [paas/days/engineer, paas/nights/engineer], escalate_after: 15 minutes}\n  - {notify: [person: chi]}\n',
  'name: PaaS\napplies_in: [out-of-hours]\nlevels:\n  - {notify: [paas/nights/engineer]}\n',
)}== policies/escalation/days.yaml
name: Days
applies_in: [in-hours]
levels: [{notify: [paas/days/engineer]}]
pagerduty: {policy: PDAYPOL}
== policies/service-levels/paas.yaml
name: PaaS
hours: paas
priorities: {P1: {name: Down, in_hours: {respond: 1 hour}, out_of_hours: {respond: 1 hour}}}
clock: {in-hours: in_hours, out-of-hours: out_of_hours}
== policies/services.yaml
services:
  web:
    name: Web
    team: paas
    service_level: paas
    escalation: {in-hours: days, out-of-hours: paas}
    pagerduty: {service: PSERVI1}
`;

/** Saturday noon by default; the account begins with the policy of the days. */
const policyOf = (org: Awaited<ReturnType<typeof organisation>>) =>
  org.state.services.map(({ id, policy }) => [id, policy]);

describe('a service', () => {
  test('gets the policy of the window in force, after its levels and before anything is removed', async () => {
    const org = await organisation(TURNS);
    expect(policyOf(org)).toEqual([['PSERVI1', 'PDAYPOL']]);
    const { plan, audit } = await org.apply(TURNS);
    expect(audit.outcome).toBe('verified');
    expect(audit.services).toEqual([{ service: 'web', pagerduty: 'PSERVI1', policy: 'PPOLICY' }]);
    expect(policyOf(org)).toEqual([['PSERVI1', 'PPOLICY']]);
    const writes = org.requests
      .map(({ method, path }) => `${method} ${path}`)
      .filter((it) => !it.startsWith('GET'));
    expect(writes.filter((it) => it.startsWith('PUT'))).toEqual([
      'PUT /escalation_policies/PDAYPOL',
      'PUT /escalation_policies/PPOLICY',
      'PUT /services/PSERVI1',
    ]);
    expect(plan.writes).toBe(writes.filter((it) => it.startsWith('PUT')).length + added(plan));
    expect((await org.plan(TURNS, { applied: [TURNS] })).writes).toBe(0);
  });

  test.each([
    ['2026-11-23T08:58:59Z', 'PPOLICY'],
    ['2026-11-23T08:59:00Z', 'PDAYPOL'],
    ['2026-11-23T16:58:59Z', 'PDAYPOL'],
    ['2026-11-23T16:59:00Z', 'PPOLICY'],
    // A bank holiday by day.
    ['2026-12-28T12:00:00Z', 'PPOLICY'],
  ])('at %s has to have %s', async (now, policy) => {
    const org = await organisation(TURNS, { now, pace: 0 });
    await org.apply(TURNS);
    expect(policyOf(org)).toEqual([['PSERVI1', policy]]);
  });

  test('switches with each window, and nothing else changes', async () => {
    const org = await organisation(TURNS, { pace: 0 });
    await org.apply(TURNS);
    const seen: unknown[] = [];
    for (const now of ['2026-11-23T09:00Z', '2026-11-23T17:00Z', '2026-11-24T09:00Z']) {
      org.clock.now = at(now);
      const { plan, audit } = await org.apply(TURNS, { applied: [TURNS] });
      seen.push([plan.writes, audit.outcome, policyOf(org)[0]?.[1]]);
    }
    expect(seen).toEqual([
      [1, 'verified', 'PDAYPOL'],
      [1, 'verified', 'PPOLICY'],
      [1, 'verified', 'PDAYPOL'],
    ]);
  });

  test('keeps its policy while it is not supported', async () => {
    const days = but(TURNS, '{in-hours: days, out-of-hours: paas}', '{in-hours: days}');
    const org = await organisation(days);
    const { plan } = await org.apply(days);
    expect(policyOf(org)).toEqual([['PSERVI1', 'PDAYPOL']]);
    expect(plan.services[0]?.switches).toEqual([]);
  });

  test('one chain for all windows is never switched', async () => {
    const one = but(
      but(TURNS, '{in-hours: days, out-of-hours: paas}', '{in-hours: paas, out-of-hours: paas}'),
      'applies_in: [out-of-hours]\nlevels:\n  - {notify: [paas/nights/engineer]}',
      'applies_in: [in-hours, out-of-hours]\nlevels:\n  - {notify: [paas/days/engineer], escalate_after: 5 minutes}\n  - {notify: [paas/nights/engineer]}',
    );
    const org = await organisation(one);
    const { plan } = await org.apply(one);
    expect(plan.services.map(({ change, switches }) => [change, switches])).toEqual([[undefined, []]]);
    expect(shownOf(plan)).not.toContain('another policy');
  });

  test('whose id PagerDuty does not have is a finding', async () => {
    const org = await organisation(TURNS);
    const result = await org.readAndPlan(but(TURNS, 'PSERVI1', 'PSERVI2'));
    expect(result.kind === 'blocked' && result.findings.map(({ code, args }) => [code, args])).toEqual([
      ['unknown-service', { id: 'PSERVI2', service: 'web' }],
    ]);
  });

  test('that somebody gave another policy by hand is drift, and gets its own back', async () => {
    const org = await organisation(TURNS);
    await org.apply(TURNS);
    await org.send('PUT', '/services/PSERVI1', {
      service: {
        id: 'PSERVI1',
        type: 'service',
        escalation_policy: { id: 'PDAYPOL', type: 'escalation_policy_reference' },
      },
    });
    const plan = await org.plan(TURNS, { applied: [TURNS] });
    expect(plan.writes).toBe(1);
    expect(shownOf(plan)).toContain('  calls paas instead of days\n');
  });
});

const added = ({
  schedules,
}: Awaited<ReturnType<Awaited<ReturnType<typeof organisation>>['plan']>>): number =>
  schedules.reduce((sum, { add, remove }) => sum + add.length + remove.length, 0);

describe('the plan', () => {
  const SWITCHES = [
    'Mon 23 Nov 09:00 days, Mon 23 Nov 17:00 paas, Tue 24 Nov 09:00 days, Tue 24 Nov 17:00 paas',
  ];
  test('says when another policy is due', async () => {
    const org = await organisation(TURNS);
    const plan = await org.plan(TURNS);
    const shown = shownOf(plan);
    expect(shown).toContain(
      [
        'web (PSERVI1, Europe/London)',
        '  calls paas instead of days',
        `  another policy is due 54 times: ${SWITCHES} and 50 more; apply has to run at each, or up to a minute before`,
        '',
      ].join('\n'),
    );
    expect(planMarkdown(plan, 'plan')).toContain('- calls paas instead of days');
    expect(planEntry(plan)).toMatchObject({
      services: [
        {
          service: 'web',
          pagerduty: 'PSERVI1',
          before: 'PDAYPOL',
          after: 'PPOLICY',
          without_run: null,
        },
      ],
    });
  });

  test.each<[what: string, lines: readonly string[], missed: number, text: string | undefined]>([
    [
      'twice a month',
      ['11 4 1,20 * *'],
      54,
      'no run of the workflow is due at any of these times, the first Mon 23 Nov 09:00;',
    ],
    [
      'in the morning only',
      ['0 9 * * 1-5'],
      27,
      'no run of the workflow is due at 27 of these times, the first Mon 23 Nov 17:00;',
    ],
    ['at each', ['58 8 * * *', '0 9,17 * * 1-5'], 0, undefined],
    ['a minute before each', ['59 8,16 * * mon-fri'], 0, undefined],
    ['two minutes before each', ['58 8,16 * * *'], 54, 'at any of these times'],
  ])('with runs %s says which are missing', async (_, cron, missed, text) => {
    const runs = cron.flatMap((line) => cronTime(line) ?? []);
    const org = await organisation(TURNS);
    const plan = await org.plan(TURNS, { options: { runs } });
    expect(plan.services[0]?.missed).toHaveLength(missed);
    if (text === undefined) expect(shownOf(plan)).not.toContain('no run of the workflow');
    else expect(shownOf(plan)).toContain(text);
  });
});

describe('a policy that reaches nobody', () => {
  const account = (handbook: Parameters<typeof accountFor>[0]) => {
    const usual = accountFor(handbook);
    const schedules = usual.schedules?.map((it) => ({ ...it, layers: [] }));
    return { ...usual, ...(schedules && { schedules }) };
  };

  test('is given to no service, whatever is allowed', async () => {
    const nobody = but(
      TURNS,
      'people: [amara, ben]}]\n    pagerduty',
      'people: []}]\n    counts: false\n    pagerduty',
    );
    const org = await organisation(nobody, { account });
    const allow = ['lost-cover', 'emptied-level', 'many-writes', 'undecided'];
    const plan = await org.plan(nobody, { options: { allow } });
    expect(plan.refusals).toEqual([
      {
        kind: 'service-reaches-nobody',
        reason: 'reaches-nobody',
        service: 'web',
        chain: 'paas',
        policy: 'PPOLICY',
      },
    ]);
    expect(shownOf(plan)).toContain(
      'refused: web would get the policy PPOLICY of paas, which reaches nobody now, so it is not given; cover a role of the chain, or call a person at its last level [reaches-nobody]',
    );
  });

  test('for some time before the next switch is refused, unless it is allowed', async () => {
    const gap = but(
      but(TURNS, '{in-hours: days, out-of-hours: paas}', '{out-of-hours: paas}'),
      'rotation: [{first_turn: 2026-09-02, people: [amara, ben]}]',
      'rotation: [{first_turn: 2026-09-02, people: [amara, ben]}, {first_turn: 2026-12-23, people: []}]',
    );
    const org = await organisation(gap, {
      account: (handbook) => ({ ...account(handbook), services: [{ id: 'PSERVI1', policy: 'PDAYPOL' }] }),
    });
    const plan = await org.plan(gap);
    const refusal = plan.refusals.find(({ kind }) => kind === 'service-loses-cover');
    expect(refusal && refusalText(refusal)).toBe(
      'web would get the policy PPOLICY of paas, which reaches nobody Wed 23 Dec 17:00 – Thu 24 Dec 09:00 and 4 more times; call a person at its last level, or, if this is intended, allow lost-cover',
    );
    const allowed = await org.plan(gap, { options: { allow: ['lost-cover'] } });
    expect(allowed.refusals.filter(({ kind }) => kind === 'service-loses-cover')).toEqual([]);
  });
});

describe('killed at each request, and run again', () => {
  /** At nine the service changes to the days, whose chain and schedule change at the same time. */
  const BEFORE_NINE = '2026-11-23T08:59:20Z';
  const next = but(
    but(
      TURNS,
      'levels: [{notify: [paas/days/engineer]}]',
      'levels: [{notify: [paas/days/engineer]}]\nrepeats: 3',
    ),
    'people: [chi, dee]}]',
    'people: [chi, dee]}]\n    turns: {2026-11-18: chi}',
  );
  const account = (handbook: Parameters<typeof accountFor>[0]) => {
    const usual = accountFor(handbook);
    const schedules = usual.schedules?.map((it) => ({ ...it, layers: [] }));
    return { ...usual, ...(schedules && { schedules }) };
  };
  const atNine = async () => {
    const org = await organisation(TURNS, { account });
    await org.apply(TURNS, { options: { allow: ['lost-cover'] } });
    org.clock.now = at(BEFORE_NINE);
    return org;
  };
  const run = (org: Awaited<ReturnType<typeof organisation>>) =>
    org
      .apply(next, { applied: [TURNS, next] })
      .then(({ audit }) => audit.outcome === 'verified')
      .catch(() => false);

  /** Whether somebody is reached by the policy that the service has in a state, at an instant. */
  const reaches = (state: State, now: number): boolean => {
    const policy = state.policies.find(({ id }) => id === state.services[0]?.policy);
    const targets = policy?.rules.flatMap((rule) => rule.targets) ?? [];
    return targets.some(({ id }) => coverOf(state, id, { startAt: now, endAt: now + 1000 }).length > 0);
  };
  /** States in which nobody is reached, although the first one reaches somebody then, or the service has its new policy. */
  const silent = ({ history }: Awaited<ReturnType<typeof organisation>>, from: number) => {
    const first = history[from];
    return history
      .slice(from)
      .filter(({ state, at: now }) => !reaches(state, now))
      .filter(
        ({ state, at: now }) =>
          (first !== undefined && reaches(first.state, now)) || state.services[0]?.policy === 'PDAYPOL',
      )
      .map(({ by, at: now }) => `${by} ${new Date(now).toISOString()}`);
  };

  test.each(['before', 'after'] as const)(
    '%s its effect: the policy reaches somebody at all times',
    async (effect) => {
      const clean = await atNine();
      const before = clean.requests.length;
      expect(await run(clean)).toBe(true);
      const count = clean.requests.length - before;
      expect(policyOf(clean)).toEqual([['PSERVI1', 'PDAYPOL']]);
      for (const from of sampled(
        Array.from({ length: count }, (_, i) => i + 1),
        6,
      )) {
        const org = await atNine();
        const states = org.history.length - 1;
        org.stopServing({ from, effect });
        expect([from, await run(org)]).toEqual([from, false]);
        org.serveAgain();
        expect([from, await run(org), policyOf(org)]).toEqual([from, true, policyOf(clean)]);
        expect([from, silent(org, states)]).toEqual([from, []]);
        expect([from, (await org.plan(next, { applied: [TURNS, next] })).writes]).toEqual([from, 0]);
      }
    },
  );
});
