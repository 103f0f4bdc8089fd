/**
 * Handbooks applied to shift-based schedules of PagerDuty over real HTTP: the resulting state, the order and the number
 * of requests, what people change by hand, upgrades, and failures.
 */
import { describe, expect, test } from 'vitest';
import { describe as inWords } from '../../../actions/lib/check/describe.ts';
import { planEntry } from '../../../actions/lib/drivers/pagerduty/entries.ts';
import { refusalText } from '../../../actions/lib/drivers/pagerduty/refusal-text.ts';
import { auditMarkdown } from '../../../actions/lib/drivers/pagerduty/report.ts';
import { DAY, HOUR, MINUTE } from '../../../actions/lib/time/date.ts';
import { at, but } from '../../handbook.ts';
import { accountFor } from '../../pagerduty/account.ts';
import { NOT_COMPARED, type Organisation, organisation, PAAS, shownOf } from '../../pagerduty/kit.ts';
import type { CustomShift } from '../../pagerduty/shift-state.ts';
import { type Schedule, withPolicy, withSchedule } from '../../pagerduty/state.ts';
import { upgraded } from '../../pagerduty/upgrade.ts';

const nights = (...lines: readonly string[]) =>
  but(
    PAAS,
    'overrides: []',
    `overrides:\n${lines.map((line) => `  - {role: engineer, ${line}}\n`).join('')}`,
  );

const SWAP = nights('turn: 2026-12-02, person: amara, instead_of: ben, reason: swap');
/** The afternoon of the shift in progress at noon on Saturday 21 November. */
const AFTERNOON = nights('person: amara, instead_of: ben, from: 2026-11-21T12:00, to: 2026-11-21T18:00');

type Handbook = Parameters<typeof accountFor>[0];

/** An account whose schedules are made of shifts, with a rotation of the inbox beneath where it is asked for. */
const accountOfShifts = (handbook: Handbook, beneath: 'nothing' | 'rotation' = 'nothing') => {
  const account = accountFor(handbook);
  const everyDay = {
    start: '2026-01-07T00:00',
    end: '2026-01-08T00:00',
    rule: 'FREQ=DAILY',
    users: ['PINBOX1'],
  };
  return {
    ...account,
    schedules: (account.schedules ?? []).map(({ id, name = id, timeZone = 'UTC' }) => ({
      ...{ id, name, timeZone },
      kind: 'v3' as const,
      rotations: beneath === 'nothing' ? [] : [{ id: `R${id}`, events: [everyDay] }],
    })),
  };
};

const ofShifts = { account: (handbook: Handbook) => accountOfShifts(handbook) };
const overRotations = { account: (handbook: Handbook) => accountOfShifts(handbook, 'rotation') };

async function pushed(setting: Parameters<typeof organisation>[1] = ofShifts, text = PAAS) {
  const org = await organisation(text, setting);
  expect((await org.apply(text)).audit.trouble).toEqual([]);
  return org;
}

const scheduleIn = (org: Organisation, id: string): Schedule => {
  const found = org.state.schedules.find((it) => it.id === id);
  if (found === undefined) throw new Error(`there is no ${id}`);
  return found;
};

const change = (org: Organisation, id: string, by: string, to: (one: Schedule) => Schedule): void =>
  org.change(by, (state) => withSchedule(state, id, to));

/** A custom shift that somebody makes in PagerDuty. */
const byHand = (org: Organisation, id: string, user: string, start: string, end: string): void =>
  change(org, id, `${user} by hand`, (one) => ({
    ...one,
    customShifts: [
      ...one.customShifts,
      { id: 'BYHAND', startAt: at(start), endAt: at(end), member: user, createdAt: 0 },
    ],
  }));

/** The requests after the first `from` ones: `POST PNIGHTS/custom_shifts`. */
const requestsOf = (org: Organisation, from = 0): string[] =>
  org.requests.slice(from).map(({ method, path }) => {
    const [, id, part] = /\/(?:schedules|escalation_policies)\/(\w+)(\/\w+)?/.exec(path) ?? [];
    return `${method} ${id === undefined ? path : `${id}${part ?? ''}`}`;
  });

const writesAfter = (org: Organisation, from: number): string[] =>
  requestsOf(org, from).filter((it) => !it.startsWith('GET'));

describe('a schedule of shifts', () => {
  test('gets one custom shift for each shift, and nobody is on otherwise', async () => {
    const org = await pushed();
    expect(scheduleIn(org, 'PNIGHTS').customShifts).toHaveLength(28);
    expect(org.cover('PNIGHTS', '2026-12-24T12:00Z', '2026-12-30T18:00Z')).toEqual([
      '2026-12-24T17:00+00:00 2026-12-29T09:00+00:00 PAMARA1',
      '2026-12-29T17:00+00:00 2026-12-30T09:00+00:00 PAMARA1',
      '2026-12-30T17:00+00:00 2026-12-30T18:00+00:00 PBEN001',
    ]);
    expect(org.state.policies[0]?.rules[0]?.targets).toEqual([
      { id: 'PDAYS01', type: 'schedule_v3_reference' },
      { id: 'PNIGHTS', type: 'schedule_v3_reference' },
    ]);
  });

  test('is read, added to and read back in this order', async () => {
    const org = await organisation(PAAS, ofShifts);
    await org.apply(PAAS);
    const records = (id: string) => [`GET ${id}/custom_shifts`, `GET ${id}/overrides`];
    expect(requestsOf(org)).toEqual([
      ...['GET /schedules', 'GET /v3/schedules'],
      ...['GET PDAYS01', ...records('PDAYS01'), 'GET PNIGHTS', ...records('PNIGHTS')],
      ...['GET PPOLICY', 'GET /users'],
      ...['POST PDAYS01/custom_shifts', ...records('PDAYS01')],
      ...['POST PNIGHTS/custom_shifts', ...records('PNIGHTS')],
      'PUT PPOLICY',
      ...['GET /schedules', 'GET /v3/schedules', 'GET PDAYS01', 'GET PNIGHTS', 'GET PPOLICY'],
    ]);
    expect(org.mostAtOnce).toBe(1);
  });

  test('and a second push writes nothing, and reads every schedule once', async () => {
    const org = await pushed();
    const before = org.requests.length;
    const { plan, audit } = await org.apply(PAAS, { applied: [PAAS] });
    expect(requestsOf(org, before)).toEqual([
      ...['GET /schedules', 'GET /v3/schedules'],
      ...['GET PDAYS01', 'GET PNIGHTS', 'GET PPOLICY', 'GET /users'],
    ]);
    expect([audit.outcome, audit.schedules]).toEqual(['verified', []]);
    expect(shownOf(plan)).toBe(
      `PagerDuty matches the handbook, up to Fri 1 Jan 00:00 UTC\n\n${NOT_COMPARED}`,
    );
  });

  test('minutes and days later nothing changes', async () => {
    const org = await pushed();
    for (const later of [MINUTE, 7 * HOUR, 3 * DAY, 6 * DAY]) {
      org.clock.now += later;
      expect((await org.plan(PAAS)).writes).toBe(0);
    }
  });

  test('with entries for time that nobody holds reads the same', async () => {
    const org = await pushed({ ...ofShifts, shifts: { holes: 'shown' } });
    expect((await org.plan(PAAS)).writes).toBe(0);
  });
});

describe('a future swap', () => {
  test('is one edit for each changed shift', async () => {
    const org = await pushed();
    const ids = scheduleIn(org, 'PNIGHTS').customShifts.map(({ id }) => id);
    const before = org.requests.length;
    const { plan, audit } = await org.apply(SWAP, { applied: [PAAS] });
    expect(writesAfter(org, before)).toEqual(Array(5).fill('PUT PNIGHTS/custom_shifts'));
    expect(scheduleIn(org, 'PNIGHTS').customShifts.map(({ id }) => id)).toEqual(ids);
    expect([audit.outcome, plan.writes]).toEqual(['verified', 5]);
    const [own] = audit.schedules;
    expect([own?.kind, own?.added, own?.removed, own?.edited.length]).toEqual(['shifts', [], [], 5]);
    expect(own?.edited[0]).toEqual({
      id: expect.stringMatching(/^[A-Z2-7]{26}$/),
      user: 'PAMARA1',
      start: '2026-12-02T17:00:00Z',
      end: '2026-12-03T09:00:00Z',
    });
    expect((await org.plan(SWAP, { applied: [SWAP] })).writes).toBe(0);
  });

  test('is reported as shifts to change, and as data', async () => {
    const org = await pushed();
    const plan = await org.plan(SWAP, { applied: [PAAS] });
    expect(shownOf(plan).split('\n').slice(0, 4)).toEqual([
      '5 changes to make in PagerDuty, up to Fri 1 Jan 00:00 UTC',
      '',
      'paas/nights/engineer (PNIGHTS, Europe/London): 5 custom shifts to change',
      '  Wed 2 Dec 17:00 – Wed 9 Dec 09:00: amara instead of ben',
    ]);
    const { schedules } = planEntry(plan) as { schedules: readonly { edit: readonly object[] }[] };
    expect(schedules).toMatchObject([{ kind: 'shifts', add: [], remove: [], orphaned: [], together: [] }]);
    expect(schedules[0]?.edit[0]).toEqual({
      ...{ id: expect.any(String), user: 'PAMARA1', person: 'amara', before_user: 'PBEN001' },
      ...{ start: '2026-12-02T17:00:00Z', end: '2026-12-03T09:00:00Z' },
    });
  });

  test('has another digest than another swap of the same shifts, and than none', async () => {
    const org = await pushed();
    const other = nights('turn: 2026-12-02, person: chi, instead_of: ben, reason: swap');
    const digests = await Promise.all([PAAS, SWAP, other].map((it) => org.plan(it, { applied: [PAAS] })));
    expect(new Set(digests.map(({ digest }) => digest)).size).toBe(3);
  });

  test('whose shift begins before it is sent is a replacement', async () => {
    const org = await pushed();
    const ready = await org.prepare(SWAP, { applied: [PAAS] });
    org.clock.now = at('2026-12-02T16:59:30Z');
    const before = org.requests.length;
    const { audit } = await org.carryOut(ready);
    expect(audit.trouble).toEqual([]);
    expect(writesAfter(org, before)).toEqual([
      'POST PNIGHTS/custom_shifts',
      ...Array(4).fill('PUT PNIGHTS/custom_shifts'),
      'DELETE PNIGHTS/custom_shifts',
    ]);
    expect(org.cover('PNIGHTS', '2026-12-02T17:02Z', '2026-12-03T09:00Z')).toEqual([
      '2026-12-02T17:02+00:00 2026-12-03T09:00+00:00 PAMARA1',
    ]);
  });

  test('whose shift begins during the run stops it, and the next run completes it', async () => {
    const both = nights(
      'person: amara, instead_of: ben, from: 2026-11-23T17:00, to: 2026-11-24T09:00',
      'person: amara, instead_of: ben, from: 2026-12-03T20:00, to: 2026-12-03T21:00',
    );
    const org = await pushed({ ...ofShifts, pace: 45_000 });
    const ready = await org.prepare(both, { applied: [PAAS] });
    org.clock.now = at('2026-11-23T16:58:30Z');
    const { audit } = await org.carryOut(ready);
    expect(audit.trouble).toEqual([
      'paas/nights/engineer: the shift from 2026-11-23T17:00:00Z has begun in the meantime; run it again',
    ]);
    expect(audit.schedules.map(({ added, edited, removed }) => [added.length, edited, removed])).toEqual([
      [3, [], []],
    ]);
    expect((await org.apply(both, { applied: [PAAS, both] })).audit.trouble).toEqual([]);
  });
});

describe('a swap of a shift in progress', () => {
  test('begins shortly; both are on for a moment, and never nobody', async () => {
    const org = await pushed();
    const before = [org.requests.length, org.history.length] as const;
    const { audit, shown } = await org.apply(AFTERNOON, { applied: [PAAS] });
    expect(audit.trouble).toEqual([]);
    expect(shown).toContain('waiting until what was added has started');
    expect(writesAfter(org, before[0])).toEqual([
      'POST PNIGHTS/custom_shifts',
      'DELETE PNIGHTS/custom_shifts',
    ]);
    const [own] = org.cover('PNIGHTS', '2026-11-21T12:00:00Z', '2026-11-21T12:05:00Z');
    expect(own).toMatch(/PBEN001$/);
    expect(org.cover('PNIGHTS', '2026-11-21T12:01Z', '2026-11-23T09:00Z')).toEqual([
      '2026-11-21T12:01+00:00 2026-11-21T18:00+00:00 PAMARA1',
      '2026-11-21T18:00+00:00 2026-11-23T09:00+00:00 PBEN001',
    ]);
    expect((await org.plan(AFTERNOON, { applied: [AFTERNOON] })).writes).toBe(0);
  });
});

describe('times that PagerDuty moves or rounds', () => {
  test('are read back and reported', async () => {
    const org = await pushed({ ...ofShifts, shifts: { roundMs: MINUTE } });
    const { audit } = await org.apply(AFTERNOON, { applied: [PAAS] });
    expect(audit.trouble).toEqual([]);
    const [moved, exact] = audit.schedules[0]?.added ?? [];
    expect(moved).toMatchObject({
      start: expect.stringMatching(/^2026-11-21T12:00:\d\dZ$/),
      asked: { start: expect.stringMatching(/^2026-11-21T12:00:\d\dZ$/), end: '2026-11-21T18:00:00Z' },
    });
    expect(moved?.asked?.start).not.toBe(moved?.start);
    expect(exact).not.toHaveProperty('asked');
    expect(auditMarkdown(audit)).toMatch(
      /^Done and verified, in 2 writes and \d+ reads\. PagerDuty moved the times of 1 new record, such as 2026-11-21T12:00:\d\dZ – 2026-11-21T18:00:00Z to 2026-11-21T12:00:\d\dZ – 2026-11-21T18:00:00Z\.$/,
    );
  });
});

describe('somebody changes it by hand', () => {
  test('a shift beside ours stays, and is drift: two are called', async () => {
    const org = await pushed();
    byHand(org, 'PNIGHTS', 'PDEE001', '2026-12-03T20:00Z', '2026-12-03T22:00Z');
    const { plan, audit } = await org.apply(PAAS, { applied: [PAAS] });
    expect(audit.outcome).toBe('verified');
    expect(shownOf(plan)).toBe(
      [
        'Nothing to change in PagerDuty, and 1 shift made by hand, up to Fri 1 Jan 00:00 UTC',
        '',
        'paas/nights/engineer (PNIGHTS, Europe/London): 1 made by hand',
        '  Thu 3 Dec 20:00 – 22:00: dee, added by hand in PagerDuty; kept',
        '  Thu 3 Dec 20:00 – 22:00: ben and dee are called together',
        '',
        NOT_COMPARED,
      ].join('\n'),
    );
    expect(plan.manualCount).toBe(1);
    expect(planEntry(plan)).toMatchObject({
      schedules: [
        {
          by_hand: [{ id: 'BYHAND', user: 'PDEE001', person: 'dee' }],
          together: [{ start: '2026-12-03T20:00:00Z', end: '2026-12-03T22:00:00Z', people: 'ben dee' }],
        },
      ],
    });
    expect(org.cover('PNIGHTS', '2026-12-03T17:00Z', '2026-12-04T09:00Z')).toEqual([
      '2026-12-03T17:00+00:00 2026-12-03T20:00+00:00 PBEN001',
      '2026-12-03T20:00+00:00 2026-12-03T22:00+00:00 PBEN001 + PDEE001',
      '2026-12-03T22:00+00:00 2026-12-04T09:00+00:00 PBEN001',
    ]);
  });

  test('an override on one of our shifts stays, and is reported', async () => {
    const org = await pushed();
    const shift = scheduleIn(org, 'PNIGHTS').customShifts.find(
      ({ startAt }) => startAt === at('2026-12-02T17:00Z'),
    );
    change(org, 'PNIGHTS', 'an override', (one) => ({
      ...one,
      shiftOverrides: [
        {
          ...{ id: 'BYHAND', startAt: at('2026-12-02T20:00Z'), endAt: at('2026-12-02T22:00Z'), createdAt: 0 },
          ...{ source: { customShiftId: shift?.id ?? '' }, overridden: 'PBEN001', overriding: 'PDEE001' },
        },
      ],
    }));
    const { plan, audit } = await org.apply(PAAS, { applied: [PAAS] });
    expect([audit.outcome, plan.writes, plan.manualCount]).toEqual(['verified', 0, 1]);
    expect(shownOf(plan)).toContain('Wed 2 Dec 20:00 – 22:00: dee, added by hand in PagerDuty; kept');
    expect(org.cover('PNIGHTS', '2026-12-02T19:00Z', '2026-12-02T21:00Z')[1]).toContain('PDEE001');
    const swap = shownOf(await org.plan(SWAP, { applied: [PAAS] }));
    expect(swap).toContain(
      'Wed 2 Dec 20:00 – 22:00: dee, added by hand in PagerDuty; its shift changes, which ends it',
    );
    expect(swap).toContain('Wed 2 Dec 20:00 – 22:00: amara instead of dee');
  });

  test('one of our shifts that is removed comes back, and one that is moved, too', async () => {
    const org = await pushed();
    change(org, 'PNIGHTS', 'removed and moved', (one) => ({
      ...one,
      customShifts: one.customShifts.flatMap((it, i): readonly CustomShift[] =>
        i === 1 ? [] : i === 2 ? [{ ...it, startAt: it.startAt + HOUR }] : [it],
      ),
    }));
    const { plan, audit } = await org.apply(PAAS, { applied: [PAAS] });
    expect([audit.outcome, plan.writes]).toEqual(['verified', 2]);
    expect((await org.plan(PAAS)).writes).toBe(0);
  });

  test('a policy that names it by its old type is no change, and is written with the new type', async () => {
    const org = await pushed();
    org.change('the old type', (state) =>
      withPolicy(state, 'PPOLICY', (policy) => ({
        ...policy,
        rules: policy.rules.map((rule) => ({
          ...rule,
          targets: rule.targets.map((it) =>
            it.type === 'schedule_v3_reference' ? { ...it, type: 'schedule_reference' as const } : it,
          ),
        })),
      })),
    );
    expect((await org.plan(PAAS)).policies).toEqual([]);
    await org.apply(but(PAAS, 'repeats: 2', 'repeats: 3'), { applied: [PAAS] });
    expect(org.state.policies[0]?.rules[0]?.targets.map(({ type }) => type)).toEqual([
      'schedule_v3_reference',
      'schedule_v3_reference',
    ]);
  });
});

describe('a schedule over a rotation', () => {
  test('gets overrides of its members, and the inbox is on otherwise', async () => {
    const org = await pushed(overRotations);
    const { customShifts, shiftOverrides } = scheduleIn(org, 'PNIGHTS');
    expect([customShifts.length, shiftOverrides.length]).toEqual([0, 28]);
    expect(new Set(shiftOverrides.map(({ overridden }) => overridden))).toEqual(new Set(['PINBOX1']));
    expect(org.cover('PNIGHTS', '2026-12-24T12:00Z', '2026-12-29T18:00Z')).toEqual([
      '2026-12-24T12:00+00:00 2026-12-24T17:00+00:00 PINBOX1',
      '2026-12-24T17:00+00:00 2026-12-29T09:00+00:00 PAMARA1',
      '2026-12-29T09:00+00:00 2026-12-29T17:00+00:00 PINBOX1',
      '2026-12-29T17:00+00:00 2026-12-29T18:00+00:00 PAMARA1',
    ]);
    const before = org.requests.length;
    expect((await org.apply(SWAP, { applied: [PAAS] })).audit.trouble).toEqual([]);
    expect(writesAfter(org, before)).toEqual(Array(5).fill('PUT PNIGHTS/overrides'));
  });

  test('that is a schedule of layers which somebody upgraded: nothing changes, and it is said', async () => {
    const org = await organisation(PAAS);
    await org.apply(PAAS);
    for (const id of ['PDAYS01', 'PNIGHTS'])
      org.change('upgraded', (state) => upgraded(state, id, org.clock.now));
    const before = org.requests.length;
    const plan = await org.plan(PAAS, { applied: [PAAS] });
    expect(requestsOf(org, before)).toHaveLength(6);
    expect(shownOf(plan).split('\n')).toEqual([
      'PagerDuty matches the handbook, up to Fri 1 Jan 00:00 UTC',
      '',
      ...['PDAYS01 (paas/days/engineer)', 'PNIGHTS (paas/nights/engineer)'].map(
        (it) =>
          `PagerDuty's ${it} is shift-based now, with a rotation beneath; overrides replace whom the rotation has on`,
      ),
      NOT_COMPARED,
    ]);
    const requests = org.requests.length;
    expect((await org.apply(SWAP, { applied: [PAAS] })).audit.trouble).toEqual([]);
    expect(writesAfter(org, requests)).toEqual(Array(5).fill('PUT PNIGHTS/overrides'));
  });

  test.each([1, 2, 4, 6, 9, 12, 15])(
    'that is upgraded at request %i of an apply: the next run completes it',
    async (nth) => {
      let seen = Number.NEGATIVE_INFINITY;
      const org: Organisation = await pushed({
        onRequest: () => {
          seen += 1;
          if (seen === nth) org.change('upgraded', (state) => upgraded(state, 'PNIGHTS', org.clock.now));
        },
      });
      seen = 0;
      await org.apply(AFTERNOON, { applied: [PAAS] }).catch(() => {});
      const { audit } = await org.apply(AFTERNOON, { applied: [PAAS, AFTERNOON] });
      expect(audit.trouble).toEqual([]);
      expect(org.cover('PNIGHTS', '2026-11-21T12:10Z', '2026-11-23T18:00Z')).toEqual([
        '2026-11-21T12:10+00:00 2026-11-21T18:00+00:00 PAMARA1',
        '2026-11-21T18:00+00:00 2026-11-23T09:00+00:00 PBEN001',
        '2026-11-23T09:00+00:00 2026-11-23T17:00+00:00 PINBOX1',
        '2026-11-23T17:00+00:00 2026-11-23T18:00+00:00 PBEN001',
      ]);
    },
  );

  test('whose rotation somebody removes: custom shifts take over, and its overrides are reported as left over', async () => {
    const org = await pushed(overRotations);
    change(org, 'PNIGHTS', 'no rotation', (one) => ({ ...one, rotations: [] }));
    const { plan, audit } = await org.apply(PAAS, { applied: [PAAS] });
    expect(audit.trouble).toEqual([]);
    expect(shownOf(plan)).toContain('28 custom shifts to add');
    expect(shownOf(plan)).toContain(
      'ben, by an override whose rotation or shift is gone; it does nothing, and cannot be removed',
    );
    const again = await org.plan(PAAS, { applied: [PAAS] });
    expect([again.writes, again.manualCount]).toEqual([0, 0]);
  });
});

describe('before any write', () => {
  const findings = async (org: Organisation, text = PAAS) => {
    const result = await org.readAndPlan(text);
    expect(org.writes).toEqual([]);
    return result.kind === 'blocked' ? result.findings.map(inWords) : [];
  };

  test.each<[what: string, change: (one: Schedule) => Partial<Schedule>]>([
    [
      'several rotations',
      ({ rotations }) => ({
        rotations: rotations.flatMap((it) => [
          it,
          { id: 'ROTHER', events: it.events.map((event) => ({ ...event, members: ['PDEE001'] })) },
        ]),
      }),
    ],
    [
      'one rotation, with all its members',
      ({ rotations }) => ({
        rotations: rotations.map((it) => ({
          ...it,
          events: it.events.map((event) => ({
            ...event,
            strategy: 'every',
            members: ['PINBOX1', 'PDEE001'],
          })),
        })),
      }),
    ],
  ])('several people on at once are a finding: %s', async (_, to) => {
    const org = await organisation(PAAS, overRotations);
    change(org, 'PNIGHTS', 'more people', (one) => ({ ...one, ...to(one) }));
    expect(await findings(org)).toEqual([
      expect.stringMatching(
        /^PagerDuty's PNIGHTS, which paas\/nights\/engineer names, has rotations with several people on at once Sat 21 Nov 12:00 – Mon 23 Nov 09:00 and 27 more times,/,
      ),
    ]);
  });

  test('a chain that ends at a schedule with nothing beneath is a finding', async () => {
    const alone = but(PAAS, ', escalate_after: 15 minutes}\n  - {notify: [person: chi]}', '}');
    expect(await findings(await organisation(alone, ofShifts), alone)).toEqual([
      "paas ends at PagerDuty's PDAYS01, which has shifts only: in a gap between them nobody would be called; add a last level with a person or a contact",
    ]);
    expect(await findings(await organisation(alone, overRotations), alone)).toEqual([]);
  });

  test('a role that is not decided to the horizon is refused where nothing lies beneath', async () => {
    const short = but(
      PAAS,
      'rotation: [{first_turn: 2026-09-02, people: [amara, ben]}]',
      'turns: {2026-11-18: ben, 2026-11-25: amara, 2026-12-02: ben, 2026-12-09: amara, 2026-12-16: ben, 2026-12-23: amara}',
    );
    const texts = async (setting: Parameters<typeof organisation>[1]) =>
      (await (await organisation(short, setting)).plan(short)).refusals.map(refusalText);
    expect(await texts(overRotations)).toEqual([]);
    expect(await texts(ofShifts)).toEqual([
      "nobody is decided for paas/nights/engineer from Wed 30 Dec 17:00 on, before the horizon (Fri 1 Jan 00:00), and nobody else is on PagerDuty's PNIGHTS, which has shifts only; add turns or a rotation entry, or, if this is intended, allow undecided",
    ]);
  });

  test('a role that is dropped, with nothing beneath, loses its cover', async () => {
    const org = await pushed();
    const dropped = but(
      but(PAAS, 'pagerduty: {schedule: PNIGHTS}', ''),
      '[paas/days/engineer, paas/nights/engineer]',
      '[paas/days/engineer]',
    );
    const plan = await org.plan(dropped, { applied: [PAAS] });
    expect(plan.refusals.map(refusalText)).toEqual([
      expect.stringMatching(
        /^paas\/nights\/engineer would have nobody in PagerDuty's PNIGHTS Sat 21 Nov 12:00 – Mon 23 Nov 09:00 and 27 more times, where somebody is now; put somebody on in the handbook, or in PagerDuty by hand, or, if this is intended, allow lost-cover$/,
      ),
    ]);
  });

  test('a nearer horizon removes nothing that was pushed beyond it, and a swap there is an edit', async () => {
    const far = but(PAAS, 'ahead: 2 weeks', 'ahead: 20 weeks');
    const org = await pushed(ofShifts, far);
    expect((await org.plan(PAAS, { applied: [far] })).writes).toBe(0);
    const later = nights('turn: 2027-02-03, person: ben, instead_of: amara');
    const { plan, audit } = await org.apply(later, { applied: [far] });
    expect([
      audit.outcome,
      plan.schedules.map(({ add, edit, remove }) => [add, edit, remove].map((it) => it.length)),
    ]).toEqual([
      'verified',
      [
        [0, 0, 0],
        [0, 5, 0],
      ],
    ]);
  });
});

describe('a failure during the run', () => {
  const shifts = (org: Organisation, id = 'PDAYS01') => scheduleIn(org, id).customShifts;

  test.each([
    ['an error after they were added', { kind: 'outage', effect: 'after' }, 2],
    ['an error before they were added', { kind: 'outage', effect: 'before' }, 3],
    ['a lost answer', { kind: 'drop', effect: 'after' }, 2],
  ] as const)('%s: shifts are read back, and none is added twice', async (_, fault, posts) => {
    const org = await organisation(PAAS, ofShifts);
    org.fault(fault, { method: 'POST' });
    expect((await org.apply(PAAS)).audit.trouble).toEqual([]);
    expect(shifts(org)).toHaveLength(33);
    expect(requestsOf(org).filter((it) => it.startsWith('POST'))).toHaveLength(posts);
  });

  test.each([
    ['nothing', 'by field', 0],
    ['those before', 'as list', 1],
    ['the others', 'by field', 32],
  ] as const)('one of many is refused, and PagerDuty keeps %s', async (bulk, errors, left) => {
    const org = await organisation(PAAS, { ...ofShifts, shifts: { bulk, errors } });
    org.fault({ kind: 'refused item', item: 1 }, { method: 'POST', path: /PDAYS01/ });
    const { audit } = await org.apply(PAAS);
    expect(audit.trouble[0]).toMatch(
      /^paas\/days\/engineer: PagerDuty refused the custom shift for PDEE001 from 2026-11-\d\dT09:00:00Z: (Invalid Input Provided \(.*start_time.*Refused by the test.*\)|no reason given)$/,
    );
    expect(audit.trouble.at(-1)).toBe(
      'nothing was removed, and what was added is in force; fix this and run it again',
    );
    expect(shifts(org)).toHaveLength(left);
    expect(audit.schedules.find(({ schedule }) => schedule === 'PDAYS01')?.added.length ?? 0).toBe(left);
    expect((await org.apply(PAAS, { applied: [PAAS] })).audit.trouble).toEqual([]);
    expect(shifts(org)).toHaveLength(33);
  });

  test('PagerDuty lists accepted shifts late: they are read again, and nothing is sent twice', async () => {
    const org = await organisation(PAAS, ofShifts);
    org.fault({ kind: 'lag' }, { method: 'GET', path: /PNIGHTS\/custom_shifts/, nth: 2, times: 2 });
    expect((await org.apply(PAAS)).audit.trouble).toEqual([]);
    expect(shifts(org, 'PNIGHTS')).toHaveLength(28);
  });

  test('PagerDuty lists other overrides than it has on call: nothing is planned', async () => {
    const org = await pushed(overRotations);
    change(org, 'PNIGHTS', 'by hand', (one) => {
      const [first, ...others] = one.shiftOverrides;
      return {
        ...one,
        shiftOverrides:
          first === undefined ? [] : [{ ...first, id: 'BYHAND', overriding: 'PDEE001' }, ...others],
      };
    });
    org.fault({ kind: 'lag' }, { path: /PNIGHTS\/overrides/ });
    await expect(org.plan(PAAS, { applied: [PAAS] })).rejects.toThrow(
      'PagerDuty lists other shifts of PNIGHTS than it has on call; run it again',
    );
    expect((await org.plan(PAAS, { applied: [PAAS] })).manualCount).toBe(1);
  });

  test('PagerDuty never lists accepted shifts: this is reported', async () => {
    const org = await organisation(PAAS, ofShifts);
    org.fault({ kind: 'lag' }, { method: 'GET', path: /PNIGHTS\/custom_shifts/, nth: 2, times: 100 });
    expect((await org.apply(PAAS)).audit.trouble).toEqual([
      'paas/nights/engineer: PagerDuty accepted 28 custom shifts but does not list them',
    ]);
  });

  test('batches have at most 50 shifts, and a lost one is sent again alone', async () => {
    const far = but(PAAS, 'ahead: 2 weeks', 'ahead: 20 weeks');
    const org = await organisation(far, ofShifts);
    org.fault({ kind: 'drop', effect: 'before' }, { method: 'POST', nth: 2 });
    expect((await org.apply(far)).audit.trouble).toEqual([]);
    const days = shifts(org);
    expect(days.length).toBeGreaterThan(100);
    expect(new Set(days.map(({ startAt }) => startAt)).size).toBe(days.length);
    const sizes = org.writes
      .filter(({ method, path }) => method === 'POST' && path.includes('PDAYS01'))
      .map(({ body }) => (body as { custom_shifts: unknown[] }).custom_shifts.length);
    expect(Math.max(...sizes)).toBe(50);
  });

  test.each(['PUT', 'DELETE'])('an error after a %s: the run continues', async (method) => {
    const org = await pushed();
    org.fault({ kind: 'outage', effect: 'after' }, { method, path: /custom_shifts/ });
    const next = method === 'PUT' ? SWAP : AFTERNOON;
    expect((await org.apply(next, { applied: [PAAS] })).audit.trouble).toEqual([]);
    expect((await org.plan(next, { applied: [next] })).writes).toBe(0);
  });

  test('somebody removes a shift that was just edited: verification reports it', async () => {
    let isArmed = false;
    const org: Organisation = await pushed({
      ...ofShifts,
      onRequest: ({ method, path }) => {
        const isReadBack = method === 'GET' && path.endsWith('/PNIGHTS');
        if (!isArmed || !isReadBack || org.writes.at(-1)?.method !== 'PUT') return;
        change(org, 'PNIGHTS', 'by hand', (one) => ({
          ...one,
          customShifts: one.customShifts.filter(({ startAt }) => startAt !== at('2026-12-02T17:00Z')),
        }));
      },
    });
    isArmed = true;
    const { audit } = await org.apply(SWAP, { applied: [PAAS] });
    expect(audit.trouble).toEqual([
      'paas/nights/engineer: 1 change still to make',
      'paas/nights/engineer: Wed 2 Dec 17:00 – Thu 3 Dec 09:00 PagerDuty has nobody instead of amara',
      'check PagerDuty, then run it again',
    ]);
  });
});
