/**
 * Handbooks applied to PagerDuty over real HTTP: the resulting state, the order of requests, and the state after
 * failures.
 */
import { describe, expect, test } from 'vitest';
import { describe as inWords } from '../../../actions/lib/check/describe.ts';
import { refusalText } from '../../../actions/lib/drivers/pagerduty/refusal-text.ts';
import { DAY, HOUR, MINUTE } from '../../../actions/lib/time/date.ts';
import { without } from '../../../actions/lib/timeline.ts';
import { at, but } from '../../handbook.ts';
import { accountFor } from '../../pagerduty/account.ts';
import { NOT_COMPARED, type Organisation, organisation, PAAS, shownOf } from '../../pagerduty/kit.ts';
import { coverAt, coverOf } from '../../pagerduty/rendering.ts';
import { type Override, withPolicy, withSchedule, withUser } from '../../pagerduty/state.ts';
import { upgraded } from '../../pagerduty/upgrade.ts';

/** PAAS with overrides added to its night rota. */
const nights = (...lines: readonly string[]) =>
  but(
    PAAS,
    'overrides: []',
    `overrides:\n${lines.map((line) => `  - {role: engineer, ${line}}\n`).join('')}`,
  );

const SWAP = nights('turn: 2026-12-02, person: amara, instead_of: ben, reason: swap');
/** The afternoon of the shift in progress at noon on Saturday 21 November. */
const AFTERNOON = nights('person: amara, instead_of: ben, from: 2026-11-21T12:00, to: 2026-11-21T18:00');

/** The requests after the first `from` ones, in order: `POST PNIGHTS`. */
const requestsOf = (org: Organisation, from = 0): string[] =>
  org.requests
    .slice(from)
    .map(
      ({ method, path }) =>
        `${method} ${/\/(?:schedules|escalation_policies)\/(\w+)/.exec(path)?.[1] ?? path}`,
    );

const existing = (org: Organisation, id: string): readonly Override[] =>
  org.state.schedules.find((schedule) => schedule.id === id)?.overrides ?? [];

/** A manual change in PagerDuty's user interface. */
const byHand = (
  org: Organisation,
  schedule: string,
  user: string,
  start: string,
  end: string,
  id = 'QBYHAND',
): void =>
  org.change(`${user} by hand`, (state) =>
    withSchedule(state, schedule, (one) => ({
      ...one,
      overrides: [...one.overrides, { id, startAt: at(start), endAt: at(end), user }],
    })),
  );

const undo = (org: Organisation, schedule: string, id: string): void =>
  org.change(`${id} taken away`, (state) =>
    withSchedule(state, schedule, (one) => ({
      ...one,
      overrides: one.overrides.filter((each) => each.id !== id),
    })),
  );

/** An account whose schedules have no fallback layers. */
const bare = (handbook: Parameters<typeof accountFor>[0]) => {
  const account = accountFor(handbook);
  return { ...account, schedules: (account.schedules ?? []).map((one) => ({ ...one, layers: [] })) };
};

/** An account to which PAAS has been applied. */
async function pushed(text = PAAS, setting: Parameters<typeof organisation>[1] = {}): Promise<Organisation> {
  const org = await organisation(text, setting);
  const { audit } = await org.apply(text);
  expect(audit.trouble).toEqual([]);
  return org;
}

describe('a handbook is pushed for the first time', () => {
  test('and everyone is on as in the handbook, the inbox otherwise, up to the end of the last shifts', async () => {
    const org = await pushed();
    expect(org.cover('PNIGHTS', '2026-12-24T12:00Z', '2026-12-30T18:00Z')).toEqual([
      '2026-12-24T12:00+00:00 2026-12-24T17:00+00:00 PINBOX1',
      '2026-12-24T17:00+00:00 2026-12-29T09:00+00:00 PAMARA1',
      '2026-12-29T09:00+00:00 2026-12-29T17:00+00:00 PINBOX1',
      '2026-12-29T17:00+00:00 2026-12-30T09:00+00:00 PAMARA1',
      '2026-12-30T09:00+00:00 2026-12-30T17:00+00:00 PINBOX1',
      '2026-12-30T17:00+00:00 2026-12-30T18:00+00:00 PBEN001',
    ]);
    expect(org.cover('PNIGHTS', '2026-12-31T16:00Z', '2027-01-02T00:00Z')).toEqual([
      '2026-12-31T16:00+00:00 2026-12-31T17:00+00:00 PINBOX1',
      '2026-12-31T17:00+00:00 2027-01-01T09:00+00:00 PBEN001',
      '2027-01-01T09:00+00:00 2027-01-02T00:00+00:00 PINBOX1',
    ]);
  });

  test('on a bank holiday the day schedule falls back to the inbox, and the night engineer has the day', async () => {
    const org = await pushed();
    const christmas = ['2026-12-25T09:00Z', '2026-12-25T17:00Z'] as const;
    expect(org.cover('PDAYS01', ...christmas)).toEqual([
      '2026-12-25T09:00+00:00 2026-12-25T17:00+00:00 PINBOX1',
    ]);
    expect(org.cover('PNIGHTS', ...christmas)).toEqual([
      '2026-12-25T09:00+00:00 2026-12-25T17:00+00:00 PAMARA1',
    ]);
  });

  test('in this order: read, add and read back schedule by schedule, the policy, then who is on', async () => {
    const org = await organisation(PAAS);
    const { audit, shown } = await org.apply(PAAS);
    expect(requestsOf(org)).toEqual([
      ...['GET /schedules', 'GET /v3/schedules'],
      ...['GET PDAYS01', 'GET PNIGHTS', 'GET PPOLICY', 'GET /users', 'GET PDAYS01', 'GET PNIGHTS'],
      ...['POST PDAYS01', 'GET PDAYS01', 'POST PNIGHTS', 'GET PNIGHTS', 'PUT PPOLICY'],
      ...['GET /schedules', 'GET /v3/schedules'],
      ...['GET PDAYS01', 'GET PNIGHTS', 'GET PPOLICY', 'GET PDAYS01', 'GET PNIGHTS'],
    ]);
    expect(org.mostAtOnce).toBe(1);
    expect(audit.requests).toEqual({ reads: 17, writes: 3 });
    expect(shown).toContain('adding 33 overrides to paas/days/engineer');
    expect(shown).toContain('reading back who is on');
  });

  test('and a second push writes nothing and reads every schedule and policy once', async () => {
    const org = await pushed();
    const before = org.requests.length;
    const { plan, audit } = await org.apply(PAAS, { applied: [PAAS] });
    expect(requestsOf(org, before)).toEqual([
      ...['GET /schedules', 'GET /v3/schedules'],
      ...['GET PDAYS01', 'GET PNIGHTS', 'GET PPOLICY', 'GET /users'],
    ]);
    expect([plan.writes, audit.outcome, audit.requests.writes]).toEqual([0, 'verified', 0]);
    expect(audit.schedules).toEqual([]);
    expect(shownOf(plan)).toBe(
      `PagerDuty matches the handbook, up to Fri 1 Jan 00:00 UTC\n\n${NOT_COMPARED}`,
    );
  });

  test('a shift in progress with the right person is not changed, also minutes and days later', async () => {
    const org = await pushed();
    for (const later of [MINUTE, 7 * HOUR, 3 * DAY, 6 * DAY]) {
      org.clock.now += later;
      expect((await org.plan(PAAS)).writes).toBe(0);
    }
  });
});

describe('the clocks change', () => {
  const ROUND_THE_CLOCK = `
== rotas/people.yaml
people:
  amara: {name: Amara, pagerduty: PAMARA1}
  ben: {name: Ben, pagerduty: PBEN001}
== rotas/paas/on-call.yaml
name: On call
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles:
  engineer:
    rotation: [{first_turn: 2026-09-02, people: [amara, ben]}]
    pagerduty: {schedule: PROTA01}
== policies/publishing.yaml
ahead: 3 weeks
`;

  test('in autumn, and hand-over stays on Wednesday at 10:00', async () => {
    const org = await pushed(ROUND_THE_CLOCK, { now: '2026-10-15T08:00:00Z' });
    expect(org.cover('PROTA01', '2026-10-16T00:00Z', '2026-11-11T10:00Z')).toEqual([
      '2026-10-16T01:00+01:00 2026-10-21T10:00+01:00 PAMARA1',
      '2026-10-21T10:00+01:00 2026-10-28T10:00+00:00 PBEN001',
      '2026-10-28T10:00+00:00 2026-11-04T10:00+00:00 PAMARA1',
      '2026-11-04T10:00+00:00 2026-11-11T10:00+00:00 PBEN001',
    ]);
  });

  test('in spring, and hand-over stays on Wednesday at 10:00', async () => {
    const org = await pushed(ROUND_THE_CLOCK, { now: '2027-03-18T08:00:00Z' });
    expect(org.cover('PROTA01', '2027-03-19T00:00Z', '2027-04-07T09:00Z')).toEqual([
      '2027-03-19T00:00+00:00 2027-03-24T10:00+00:00 PAMARA1',
      '2027-03-24T10:00+00:00 2027-03-31T10:00+01:00 PBEN001',
      '2027-03-31T10:00+01:00 2027-04-07T10:00+01:00 PAMARA1',
    ]);
  });

  test.each([
    ['autumn', '2026-10-15T08:00:00Z'],
    ['spring', '2027-03-18T08:00:00Z'],
  ])('and in %s a second push writes nothing, before, between and after', async (_, now) => {
    const org = await pushed(ROUND_THE_CLOCK, { now });
    for (let day = 0; day < 13; day++) {
      org.clock.now += DAY;
      expect((await org.plan(ROUND_THE_CLOCK)).writes).toBe(0);
    }
  });
});

describe('a future swap', () => {
  test('is added and read back before the replaced override is removed', async () => {
    const org = await pushed();
    const before = org.requests.length;
    const { audit } = await org.apply(SWAP, { applied: [PAAS] });
    const [post, ...after] = requestsOf(org, before).slice(requestsOf(org, before).indexOf('POST PNIGHTS'));
    expect(post).toBe('POST PNIGHTS');
    expect(after.slice(0, 6)).toEqual(['GET PNIGHTS', ...Array(5).fill('DELETE PNIGHTS')]);
    expect(audit.outcome).toBe('verified');
    expect(org.cover('PNIGHTS', '2026-12-02T12:00Z', '2026-12-03T12:00Z')).toEqual([
      '2026-12-02T12:00+00:00 2026-12-02T17:00+00:00 PINBOX1',
      '2026-12-02T17:00+00:00 2026-12-03T09:00+00:00 PAMARA1',
      '2026-12-03T09:00+00:00 2026-12-03T12:00+00:00 PINBOX1',
    ]);
    expect((await org.plan(SWAP, { applied: [SWAP] })).writes).toBe(0);
  });

  test('on several schedules: nothing is removed before everything was added to all of them', async () => {
    const org = await pushed();
    const both = but(
      SWAP,
      'rotation: [{first_turn: 2026-09-02, people: [chi, dee]}]',
      'rotation: [{first_turn: 2026-09-02, people: [chi, dee]}]\n    turns: {2026-12-02: chi}',
    );
    const before = org.requests.length;
    await org.apply(both, { applied: [PAAS] });
    const order = requestsOf(org, before);
    expect(order.lastIndexOf('POST PNIGHTS')).toBeLessThan(order.findIndex((it) => it.startsWith('DELETE')));
    expect(order.lastIndexOf('POST PDAYS01')).toBeLessThan(order.findIndex((it) => it.startsWith('DELETE')));
    expect(order.filter((it) => it === 'DELETE PDAYS01').length).toBeGreaterThan(0);
  });

  test('is recorded in an audit with only ids and instants', async () => {
    const org = await pushed();
    const { plan, audit } = await org.apply(SWAP, { applied: [PAAS] });
    expect(audit).toMatchObject({
      revision: 'a'.repeat(40),
      digest: plan.digest,
      outcome: 'verified',
      trouble: [],
      horizon: '2027-01-01T00:00:00Z',
      policies: [],
    });
    const [own] = audit.schedules;
    expect([own?.added.length, own?.removed.length, own?.by_hand]).toEqual([5, 5, []]);
    expect(own?.added[0]).toEqual({
      id: expect.stringMatching(/^Q\w{13}$/),
      user: 'PAMARA1',
      start: '2026-12-02T17:00:00Z',
      end: '2026-12-03T09:00:00Z',
    });
    expect(JSON.stringify(audit)).not.toMatch(/Osei|Adeyemi|example\.org/);
  });
});

describe('a swap of a shift in progress', () => {
  test('begins shortly; the old override is cut there, and cover is never missing', async () => {
    const org = await pushed();
    const { audit, shown } = await org.apply(AFTERNOON, { applied: [PAAS] });
    expect(audit.trouble).toEqual([]);
    expect(shown).toContain('waiting until what was added has started');
    const now = org.clock.now;
    expect(org.cover('PNIGHTS', '2026-11-21T12:01Z', '2026-11-23T09:00Z')).toEqual([
      '2026-11-21T12:01+00:00 2026-11-21T18:00+00:00 PAMARA1',
      '2026-11-21T18:00+00:00 2026-11-23T09:00+00:00 PBEN001',
    ]);
    const [cut] = existing(org, 'PNIGHTS');
    expect([cut?.user, (cut?.endAt ?? 0) <= now]).toEqual(['PBEN001', true]);
    // The inbox is never on call again once somebody was on, including the second of the change.
    expect(org.cover('PNIGHTS', '2026-11-21T12:00:10Z', '2026-11-21T12:05Z').join()).not.toContain('PINBOX1');
    expect((await org.plan(AFTERNOON, { applied: [AFTERNOON] })).writes).toBe(0);
  });

  test('that is over in three seconds is not changed', async () => {
    const org = await pushed();
    org.clock.now = at('2026-11-21T17:59:57Z');
    const { audit } = await org.apply(AFTERNOON, { applied: [PAAS] });
    expect(audit.trouble).toEqual([]);
    expect(org.cover('PNIGHTS', '2026-11-21T17:00Z', '2026-11-23T09:00Z')).toEqual([
      '2026-11-21T17:00+00:00 2026-11-23T09:00+00:00 PBEN001',
    ]);
  });

  test('that was not pushed and is over in half a minute causes no change and no error', async () => {
    const org = await organisation(PAAS);
    org.clock.now = at('2026-11-24T08:59:30Z');
    expect((await org.apply(PAAS)).audit.trouble).toEqual([]);
  });

  test('when requests take so long that its start has passed by the time it is sent', async () => {
    const org = await pushed(PAAS, { pace: 9_000 });
    const { audit } = await org.apply(AFTERNOON, { applied: [PAAS] });
    expect(audit.trouble).toEqual([]);
    expect(org.cover('PNIGHTS', '2026-11-21T12:10Z', '2026-11-21T19:00Z')).toEqual([
      '2026-11-21T12:10+00:00 2026-11-21T18:00+00:00 PAMARA1',
      '2026-11-21T18:00+00:00 2026-11-21T19:00+00:00 PBEN001',
    ]);
  });

  test('that has partly passed before it is sent starts immediately, and cover is never missing', async () => {
    const soon = nights('person: amara, instead_of: ben, from: 2026-11-21T12:02, to: 2026-11-21T18:00');
    const org = await pushed(PAAS, { account: bare });
    org.clock.now = at('2026-11-21T12:00:30Z');
    const ready = await org.prepare(soon, { applied: [PAAS] });
    org.clock.now += 3 * MINUTE;
    const { audit, shown } = await org.carryOut(ready);
    expect(audit.trouble).toEqual([]);
    expect(shown).toContain('waiting until what was added has started');
    const span = { startAt: at('2026-11-21T12:00:30Z'), endAt: at('2026-11-23T09:00Z') };
    expect(without([{ ...span, value: true }], coverOf(org.state, 'PNIGHTS', span))).toEqual([]);
    expect(org.cover('PNIGHTS', '2026-11-21T12:04Z', '2026-11-21T19:00Z')).toEqual([
      '2026-11-21T12:04+00:00 2026-11-21T18:00+00:00 PAMARA1',
      '2026-11-21T18:00+00:00 2026-11-21T19:00+00:00 PBEN001',
    ]);
  });

  test('after many slow schedules is not sent with a start long past', async () => {
    const org = await pushed(PAAS, { pace: 40_000 });
    const both = but(AFTERNOON, 'people: [chi, dee]}]', 'people: [chi, dee]}]\n    turns: {2026-12-02: chi}');
    const { audit } = await org.apply(both, { applied: [PAAS] });
    expect(audit.trouble).toEqual([]);
  });
});

describe('a manual change in PagerDuty', () => {
  test('is kept, takes precedence and is reported: an override from before the first push', async () => {
    const org = await organisation(PAAS);
    byHand(org, 'PNIGHTS', 'PDEE001', '2026-11-24T20:00Z', '2026-11-24T22:00Z');
    const { plan, audit } = await org.apply(PAAS);
    expect(audit.outcome).toBe('verified');
    expect(audit.schedules.at(-1)?.by_hand).toEqual([
      { id: 'QBYHAND', user: 'PDEE001', start: '2026-11-24T20:00:00Z', end: '2026-11-24T22:00:00Z' },
    ]);
    expect(shownOf(plan)).toContain('  Tue 24 Nov 20:00 – 22:00: dee, added by hand in PagerDuty; kept');
    expect(org.cover('PNIGHTS', '2026-11-24T17:00Z', '2026-11-25T09:00Z')).toEqual([
      '2026-11-24T17:00+00:00 2026-11-24T20:00+00:00 PBEN001',
      '2026-11-24T20:00+00:00 2026-11-24T22:00+00:00 PDEE001',
      '2026-11-24T22:00+00:00 2026-11-25T09:00+00:00 PBEN001',
    ]);
  });

  test('is kept: one made later over ours, also when that week is swapped', async () => {
    const org = await pushed();
    byHand(org, 'PNIGHTS', 'PDEE001', '2026-12-03T20:00Z', '2026-12-03T22:00Z');
    const { audit } = await org.apply(SWAP, { applied: [PAAS] });
    expect(audit.outcome).toBe('verified');
    expect(org.cover('PNIGHTS', '2026-12-03T17:00Z', '2026-12-04T09:00Z')).toEqual([
      '2026-12-03T17:00+00:00 2026-12-03T20:00+00:00 PAMARA1',
      '2026-12-03T20:00+00:00 2026-12-03T22:00+00:00 PDEE001',
      '2026-12-03T22:00+00:00 2026-12-04T09:00+00:00 PAMARA1',
    ]);
    expect((await org.plan(SWAP, { applied: [PAAS, SWAP] })).writes).toBe(0);
  });

  test('is removed again by the user: the gap is filled', async () => {
    const org = await organisation(PAAS);
    byHand(org, 'PNIGHTS', 'PDEE001', '2026-11-24T20:00Z', '2026-11-24T22:00Z');
    await org.apply(PAAS);
    undo(org, 'PNIGHTS', 'QBYHAND');
    const { plan } = await org.apply(PAAS, { applied: [PAAS] });
    expect(shownOf(plan)).toContain('  Tue 24 Nov 20:00 – 22:00: ben instead of inbox');
    expect(org.cover('PNIGHTS', '2026-11-24T17:00Z', '2026-11-25T09:00Z')).toEqual([
      '2026-11-24T17:00+00:00 2026-11-25T09:00+00:00 PBEN001',
    ]);
  });

  test('is reported from start to end, even if it began long ago and ends far beyond the range read', async () => {
    const org = await organisation(PAAS);
    byHand(org, 'PNIGHTS', 'PDEE001', '2026-01-01T00:00Z', '2029-01-01T00:00Z');
    const { manual } = (await org.plan(PAAS)).schedules[1] ?? {};
    expect(manual).toEqual([
      { id: 'QBYHAND', user: 'PDEE001', startAt: at('2026-01-01T00:00Z'), endAt: at('2029-01-01T00:00Z') },
    ]);
  });

  test('is kept: two that overlap, of which the earlier one was made last', async () => {
    const org = await organisation(PAAS);
    byHand(org, 'PNIGHTS', 'PDEE001', '2026-11-24T20:00Z', '2026-11-24T23:00Z', 'QFIRST');
    byHand(org, 'PNIGHTS', 'PCHI001', '2026-11-24T18:00Z', '2026-11-24T21:00Z', 'QSECOND');
    const { plan, audit } = await org.apply(PAAS);
    expect(audit.trouble).toEqual([]);
    expect(shownOf(plan)).not.toContain('dee instead of chi');
    expect(org.cover('PNIGHTS', '2026-11-24T17:00Z', '2026-11-25T00:00Z')).toEqual([
      '2026-11-24T17:00+00:00 2026-11-24T18:00+00:00 PBEN001',
      '2026-11-24T18:00+00:00 2026-11-24T21:00+00:00 PCHI001',
      '2026-11-24T21:00+00:00 2026-11-24T23:00+00:00 PDEE001',
      '2026-11-24T23:00+00:00 2026-11-25T00:00+00:00 PBEN001',
    ]);
  });

  test('is reverted: one of our overrides removed', async () => {
    const org = await pushed();
    const [, second] = existing(org, 'PNIGHTS');
    undo(org, 'PNIGHTS', second?.id ?? '');
    const before = org.writes.length;
    const { audit } = await org.apply(PAAS, { applied: [PAAS] });
    expect([audit.outcome, org.writes.length - before]).toEqual(['verified', 1]);
    expect((await org.plan(PAAS)).writes).toBe(0);
  });

  test('is reverted: one of our overrides cut in two', async () => {
    const org = await pushed();
    org.change('a piece less', (state) =>
      withSchedule(state, 'PNIGHTS', (one) => ({
        ...one,
        overrides: one.overrides.flatMap((each, i) =>
          i === 1
            ? [
                { ...each, endAt: each.startAt + HOUR },
                { ...each, id: 'QREST', startAt: each.startAt + 2 * HOUR },
              ]
            : [each],
        ),
      })),
    );
    const { plan } = await org.apply(PAAS, { applied: [PAAS] });
    expect([plan.writes, plan.manualCount]).toEqual([1, 0]);
    expect(org.cover('PNIGHTS', '2026-11-23T17:00Z', '2026-11-24T09:00Z')).toEqual([
      '2026-11-23T17:00+00:00 2026-11-24T09:00+00:00 PBEN001',
    ]);
  });

  test('of layers: reversed, as by a GET followed by a PUT; our overrides are not affected', async () => {
    const org = await pushed(PAAS, {
      mode: 'faithful',
      account: (handbook) => {
        const account = accountFor(handbook);
        const two = [
          { virtualStart: '2026-01-07T10:00:00Z', turnSeconds: 604_800, users: ['PINBOX1'] },
          { virtualStart: '2026-01-07T10:00:00Z', turnSeconds: 604_800, users: ['PDEE001'] },
        ];
        return { ...account, schedules: (account.schedules ?? []).map((one) => ({ ...one, layers: two })) };
      },
    });
    const span = ['2026-11-23T08:00Z', '2026-11-23T18:00Z'] as const;
    expect(org.cover('PNIGHTS', ...span)[1]).toContain('PDEE001');
    const { body } = await org.send('GET', '/schedules/PNIGHTS');
    expect((await org.send('PUT', '/schedules/PNIGHTS', body)).status).toBe(200);
    expect(org.cover('PNIGHTS', ...span)).toEqual([
      '2026-11-23T08:00+00:00 2026-11-23T09:00+00:00 PBEN001',
      '2026-11-23T09:00+00:00 2026-11-23T17:00+00:00 PINBOX1',
      '2026-11-23T17:00+00:00 2026-11-23T18:00+00:00 PBEN001',
    ]);
    expect((await org.plan(PAAS, { applied: [PAAS] })).writes).toBe(0);
    expect((await org.apply(SWAP, { applied: [PAAS] })).audit.outcome).toBe('verified');
  });

  test('of a policy: fields outside the model are kept, the others are reset to the chain', async () => {
    const org = await pushed();
    org.change('somebody edits the policy', (state) =>
      withPolicy(state, 'PPOLICY', (policy) => ({
        ...policy,
        description: 'Wakes people',
        handoffNotifications: 'always',
        services: [{ id: 'PSERVIC', name: 'Router' }],
        loops: 7,
        rules: policy.rules.map((rule) => ({ ...rule, strategy: 'round_robin' })),
      })),
    );
    const kept = org.state.policies[0];
    const { plan } = await org.apply(PAAS, { applied: [PAAS] });
    expect(shownOf(plan)).toContain(
      'paas (PPOLICY)\n  was paas/days/engineer and paas/nights/engineer, 15 min → chi, repeated 7 times\n  now paas/days/engineer and paas/nights/engineer, 15 min → chi, repeated 2 times',
    );
    expect(org.state.policies[0]).toEqual({ ...kept, loops: 2 });
  });
});

describe('time passes', () => {
  test('and a shift begins during the run', async () => {
    const org = await organisation(PAAS, { now: '2026-11-23T16:59:00Z', pace: 30_000 });
    expect((await org.apply(PAAS)).audit.trouble).toEqual([]);
    expect(org.cover('PNIGHTS', '2026-11-23T17:10Z', '2026-11-24T10:00Z')).toEqual([
      '2026-11-23T17:10+00:00 2026-11-24T09:00+00:00 PBEN001',
      '2026-11-24T09:00+00:00 2026-11-24T10:00+00:00 PINBOX1',
    ]);
  });

  test('beyond the horizon the layers take over, and the next run fills in', async () => {
    const org = await pushed();
    org.clock.now = at('2027-01-04T20:00:00Z');
    expect(org.cover('PNIGHTS', '2027-01-04T20:00Z', '2027-01-05T09:00Z')).toEqual([
      '2027-01-04T20:00+00:00 2027-01-05T09:00+00:00 PINBOX1',
    ]);
    const { plan, audit } = await org.apply(PAAS, { applied: [PAAS] });
    expect([audit.outcome, plan.schedules.map(({ remove }) => remove.length)]).toEqual(['verified', [0, 0]]);
    expect(org.cover('PNIGHTS', '2027-01-04T20:01Z', '2027-01-05T09:00Z')).toEqual([
      '2027-01-04T20:01+00:00 2027-01-05T09:00+00:00 PBEN001',
    ]);
  });

  test('at the start of a month only new shifts are added', async () => {
    const org = await pushed();
    org.clock.now = at('2026-12-18T12:00:00Z');
    const { plan } = await org.apply(PAAS, { applied: [PAAS] });
    const starts = plan.schedules.flatMap(({ add }) => add.map(({ startAt }) => startAt ?? 0));
    expect(Math.min(...starts)).toBeGreaterThanOrEqual(at('2027-01-01T00:00:00Z'));
    expect(plan.schedules.flatMap(({ remove }) => remove)).toEqual([]);
  });

  test('a smaller "ahead" keeps what was pushed beyond it, and the old value adds nothing', async () => {
    const far = but(PAAS, 'ahead: 2 weeks', 'ahead: 20 weeks');
    const org = await pushed(far);
    expect(shownOf(await org.plan(PAAS, { applied: [far] }))).toBe(
      `PagerDuty matches the handbook, up to Fri 1 Jan 00:00 UTC\n\n${NOT_COMPARED}`,
    );
    expect((await org.plan(far, { applied: [PAAS] })).writes).toBe(0);
    // A swap beyond the nearer horizon is still recognised as ours and corrected.
    const later = but(
      far,
      'overrides: []',
      'overrides:\n  - {role: engineer, turn: 2027-02-03, person: ben, instead_of: amara}\n',
    );
    const { audit } = await org.apply(later, { applied: [PAAS] });
    expect(audit.outcome).toBe('verified');
    expect((await org.plan(later, { applied: [later] })).manualCount).toBe(0);
  });
});

describe('the handbook drops', () => {
  const withoutDays = but(
    but(PAAS, 'pagerduty: {schedule: PDAYS01}', ''),
    'notify: [paas/days/engineer, paas/nights/engineer]',
    'notify: [paas/nights/engineer]',
  );

  test('a role: its overrides are removed, and its schedule falls back to its layers', async () => {
    const org = await pushed();
    const { plan, audit } = await org.apply(withoutDays, { applied: [PAAS] });
    expect(audit.outcome).toBe('verified');
    expect(existing(org, 'PDAYS01')).toEqual([]);
    expect(shownOf(plan)).toContain('paas/days/engineer (PDAYS01, Europe/London): 33 overrides to remove');
    expect(org.cover('PDAYS01', '2026-11-23T09:00Z', '2026-11-23T10:00Z').join()).toContain('PINBOX1');
    expect((await org.plan(withoutDays, { applied: [PAAS, withoutDays] })).writes).toBe(0);
  });

  test('a role whose schedule is still used manually: manual overrides are kept', async () => {
    const org = await pushed();
    byHand(org, 'PDAYS01', 'PBEN001', '2026-11-24T10:00Z', '2026-11-24T12:00Z');
    await org.apply(withoutDays, { applied: [PAAS] });
    expect(existing(org, 'PDAYS01').map(({ id }) => id)).toEqual(['QBYHAND']);
  });

  test('a role whose schedule was also deleted in PagerDuty', async () => {
    const org = await pushed();
    org.change('deleted', (state) => ({
      ...state,
      schedules: state.schedules.filter(({ id }) => id !== 'PDAYS01'),
    }));
    const { audit } = await org.apply(withoutDays, { applied: [PAAS] });
    expect(audit.outcome).toBe('verified');
  });

  test('one schedule for another: the new one is filled, the old one emptied', async () => {
    const moved = PAAS.replaceAll('PDAYS01', 'POTHERS');
    const org = await organisation(PAAS, {
      account: (handbook) => {
        const account = accountFor(handbook);
        const days = account.schedules?.find(({ id }) => id === 'PDAYS01');
        return {
          ...account,
          schedules: [...(account.schedules ?? []), { ...days, id: 'POTHERS', name: 'Others' }],
        };
      },
    });
    await org.apply(PAAS);
    const before = org.requests.length;
    const { audit } = await org.apply(moved, { applied: [PAAS] });
    expect(audit.outcome).toBe('verified');
    expect([existing(org, 'PDAYS01').length, existing(org, 'POTHERS').length]).toEqual([0, 33]);
    const order = requestsOf(org, before);
    expect(order.indexOf('PUT PPOLICY')).toBeLessThan(order.indexOf('DELETE PDAYS01'));
    expect(order.indexOf('POST POTHERS')).toBeLessThan(order.indexOf('PUT PPOLICY'));
  });

  test('one schedule for another during a shift: the chain notifies the new one only when somebody is on', async () => {
    const moved = PAAS.replaceAll('PDAYS01', 'POTHERS');
    const org = await organisation(PAAS, {
      now: '2026-11-24T12:00:00Z',
      account: (handbook) => {
        const account = bare(handbook);
        const [days] = account.schedules;
        return {
          ...account,
          schedules: [...account.schedules, { ...days, id: 'POTHERS', name: 'Others', layers: [] }],
        };
      },
    });
    await org.apply(PAAS);
    const before = org.history.length;
    const { audit } = await org.apply(moved, { applied: [PAAS], options: { allow: ['lost-cover'] } });
    expect(audit.trouble).toEqual([]);
    const called = org.history.slice(before).find(({ by }) => by.startsWith('PUT'));
    expect(called === undefined ? undefined : coverAt(called.state, 'POTHERS', called.at)).toBe('PDEE001');
  });

  test('the schedules of two roles, and exchanges them', async () => {
    const swapped = PAAS.replaceAll('PDAYS01', 'PXXXXXX')
      .replaceAll('PNIGHTS', 'PDAYS01')
      .replaceAll('PXXXXXX', 'PNIGHTS');
    const org = await pushed();
    const { audit } = await org.apply(swapped, { applied: [PAAS] });
    expect(audit.outcome).toBe('verified');
    expect(existing(org, 'PDAYS01').filter(({ endAt }) => endAt > org.clock.now)).toHaveLength(28);
    expect((await org.plan(swapped, { applied: [swapped] })).manualCount).toBe(0);
  });
});

describe('our clock differs from PagerDuty’s', () => {
  test.each([5, 4, 1, -1, -4, -5])(
    'by %i seconds: a swap in progress leaves no second without cover',
    async (seconds) => {
      const org = await pushed(PAAS, { skew: seconds * 1000, account: bare });
      const from = org.clock.now;
      const { audit } = await org.apply(AFTERNOON, { applied: [PAAS] });
      expect(audit.trouble).toEqual([]);
      const span = { startAt: from, endAt: at('2026-11-23T09:00Z') };
      expect(without([{ ...span, value: true }], coverOf(org.state, 'PNIGHTS', span))).toEqual([]);
      expect(existing(org, 'PNIGHTS').filter(({ endAt }) => endAt === at('2026-11-21T18:00Z'))).toHaveLength(
        1,
      );
      org.clock.now += MINUTE;
      const { writes, manualCount } = await org.plan(AFTERNOON, { applied: [AFTERNOON] });
      expect([writes, manualCount]).toEqual([0, 0]);
    },
  );

  test.each([
    [10, '9 seconds ahead of'],
    [300, '5 minutes ahead of'],
    [(30 * DAY) / 1000, '30 days ahead of'],
    [-7, '7 seconds behind'],
    [(-4 * HOUR) / 1000, '4 hours behind'],
  ])('by %i seconds: nothing is written', async (seconds, apart) => {
    const org = await organisation(PAAS, { skew: seconds * 1000, pace: 0 });
    const { audit } = await org.apply(PAAS);
    expect([audit.outcome, audit.trouble]).toEqual([
      'failed',
      [
        `the clock here is ${apart} PagerDuty's, so nothing was written; correct it, do not set another time as now, and run it again`,
      ],
    ]);
    expect(org.writes).toEqual([]);
  });

  test('only by rounding to seconds and by response times: that is not a skew', async () => {
    const org = await organisation(PAAS, { skew: 5_500, pace: 20_000 });
    expect((await org.apply(PAAS)).audit.trouble).toEqual([]);
  });
});

describe('a chain stops calling a schedule', () => {
  /** Without a person at any level and without fallback layers. */
  const DAY_AND_NIGHT = but(
    but(PAAS, ', escalate_after: 15 minutes}\n  - {notify: [person: chi]}', '}'),
    'applies_in: [in-hours, out-of-hours]',
    'applies_in: [in-hours]',
  );
  const BY_DAY = but(DAY_AND_NIGHT, 'days/engineer, paas/nights/engineer]', 'days/engineer]');
  const UNREACHED = (when: string) =>
    `paas would reach nobody through PagerDuty's PPOLICY ${when}, where it reaches somebody now; call a person at its last level, or, if this is intended, allow lost-cover`;
  const refusalsOf = async (org: Organisation, text: string) =>
    (await org.plan(text, { applied: [DAY_AND_NIGHT] })).refusals.map(refusalText);
  const calls = (org: Organisation, ...targets: readonly { type: string; id: string }[]): void =>
    org.change('by hand', (state) =>
      withPolicy(state, 'PPOLICY', (one) => ({
        ...one,
        rules: one.rules.map((rule) => ({ ...rule, targets: targets as typeof rule.targets })),
      })),
    );

  /** The policy notified the inbox at first, at every hour. */
  const started = async () => {
    const org = await organisation(DAY_AND_NIGHT, { account: bare });
    expect((await org.apply(DAY_AND_NIGHT, { options: { allow: ['lost-cover'] } })).audit.trouble).toEqual(
      [],
    );
    return org;
  };

  test('and notifies nobody by night: refused, although every schedule keeps its people', async () => {
    const org = await started();
    expect(await refusalsOf(org, BY_DAY)).toEqual([
      UNREACHED('Sat 21 Nov 12:00 – Mon 23 Nov 09:00 and 27 more times'),
    ]);
    const { plan } = await org.apply(BY_DAY, {
      applied: [DAY_AND_NIGHT],
      options: { allow: ['lost-cover'] },
    });
    expect(plan.policies).toHaveLength(1);
  });

  test('with an inbox layer, or with a person: somebody is notified, and nothing more is read', async () => {
    const org = await organisation(DAY_AND_NIGHT);
    await org.apply(DAY_AND_NIGHT);
    expect(await refusalsOf(org, BY_DAY)).toEqual([]);
    const last = but(
      BY_DAY,
      'days/engineer]}',
      'days/engineer], escalate_after: 5 minutes}\n  - {notify: [person: chi]}',
    );
    const other = await started();
    const before = other.requests.length;
    expect(await refusalsOf(other, last)).toEqual([]);
    expect(requestsOf(other, before)).toEqual([
      ...['GET /schedules', 'GET /v3/schedules'],
      ...['GET PDAYS01', 'GET PNIGHTS', 'GET PPOLICY', 'GET /users'],
    ]);
  });

  test('that is not in the handbook: who is on there is read too', async () => {
    const org = await started();
    org.change('a schedule of theirs', (state) => {
      const own = state.schedules.find(({ id }) => id === 'PNIGHTS');
      if (own === undefined) throw new Error('there are no nights');
      const theirs = {
        id: 'QTHEIRS',
        user: 'PDEE001',
        startAt: at('2026-12-05T20:00Z'),
        endAt: at('2026-12-05T21:00Z'),
      };
      return {
        ...state,
        schedules: [...state.schedules, { ...own, id: 'PTHEIRS', name: 'Theirs', overrides: [theirs] }],
      };
    });
    const [days, theirs] = ['PDAYS01', 'PTHEIRS'].map((id) => ({ type: 'schedule_reference', id }));
    if (days === undefined || theirs === undefined) throw new Error('there are two');
    calls(org, days, theirs);
    expect(await refusalsOf(org, BY_DAY)).toEqual([UNREACHED('Sat 5 Dec 20:00 – 21:00')]);
    org.change('it becomes one of shifts', (state) => upgraded(state, 'PTHEIRS', org.clock.now));
    expect(await refusalsOf(org, BY_DAY)).toEqual([UNREACHED('Sat 5 Dec 20:00 – 21:00')]);
  });

  test('that was empty: it notified nobody, so nothing is lost', async () => {
    const org = await started();
    calls(org, { type: 'schedule_reference', id: 'PDAYS01' });
    const order = but(BY_DAY, 'repeats: 2', 'repeats: 3');
    expect(await refusalsOf(org, order)).toEqual([]);
  });
});

describe('something does not exist in PagerDuty', () => {
  test.each<[what: string, change: Parameters<Organisation['change']>[1], message: RegExp]>([
    [
      'a person who was removed there',
      (state) => withUser(state, 'PBEN001', (user) => ({ ...user, deletedAt: at('2026-11-01T00:00Z') })),
      /^PagerDuty has no user PBEN001, the id given for ben; put the id of their account here, or take them off the rota$/,
    ],
    [
      'a person who is called by a chain only',
      (state) => withUser(state, 'PCHI001', (user) => ({ ...user, deletedAt: at('2026-11-01T00:00Z') })),
      /^PagerDuty has no user PCHI001, the id given for chi;/,
    ],
    [
      'a schedule',
      (state) => ({ ...state, schedules: state.schedules.filter(({ id }) => id !== 'PNIGHTS') }),
      /^PagerDuty has no schedule PNIGHTS, which paas\/nights\/engineer names; create one there and put its id here$/,
    ],
    [
      'a policy',
      (state) => ({ ...state, policies: [] }),
      /^PagerDuty has no escalation policy PPOLICY, which paas names; create one there and put its id here$/,
    ],
  ])('%s: it is detected before any write', async (_, change, message) => {
    const org = await organisation(PAAS);
    org.change('gone', change);
    const result = await org.readAndPlan(PAAS);
    expect(result.kind === 'blocked' && result.findings.map(inWords)).toEqual([
      expect.stringMatching(message),
    ]);
    expect(org.writes).toEqual([]);
  });

  test('a person whose shifts are all over is not looked up', async () => {
    const gone = but(
      PAAS,
      'people: [amara, ben]}]',
      'people: [ben]}, {first_turn: 2026-09-09, people: [amara]}]',
    );
    const org = await organisation(gone);
    org.change('gone', (state) =>
      withUser(state, 'PBEN001', (user) => ({ ...user, deletedAt: at('2026-11-01T00:00Z') })),
    );
    expect((await org.readAndPlan(gone)).kind).toBe('planned');
  });
});

describe('a failure during the run', () => {
  test('one of many overrides is refused: nothing is removed, and the person and the reason are reported', async () => {
    const org = await pushed();
    org.fault({ kind: 'refused item', item: 1 }, { method: 'POST' });
    const before = existing(org, 'PNIGHTS');
    const { audit } = await org.apply(SWAP, { applied: [PAAS] });
    expect(audit.outcome).toBe('failed');
    expect(audit.trouble).toEqual([
      'paas/nights/engineer: PagerDuty refused the override for PAMARA1 from 2026-12-03T17:00:00Z: Refused by the test',
      'nothing was removed, and what was added is in force; fix this and run it again',
    ]);
    expect(org.writes.filter(({ method }) => method === 'DELETE')).toEqual([]);
    expect(existing(org, 'PNIGHTS')).toEqual(expect.arrayContaining([...before]));
    const again = await org.apply(SWAP, { applied: [PAAS, SWAP] });
    expect([again.audit.outcome, again.audit.schedules[0]?.added.length]).toEqual(['verified', 1]);
  });

  test('one is refused on the first schedule: overrides are still added to the second, and nothing is removed', async () => {
    const org = await organisation(PAAS);
    org.fault({ kind: 'refused item', item: 0 }, { method: 'POST', path: /PDAYS01/ });
    const { audit } = await org.apply(PAAS);
    expect(audit.outcome).toBe('failed');
    expect(existing(org, 'PNIGHTS')).toHaveLength(28);
    expect(org.state.policies[0]?.loops).toBe(0);
  });

  test('an error after many were added: they are read back, and none is added twice', async () => {
    const org = await organisation(PAAS);
    org.fault({ kind: 'outage', effect: 'after' }, { method: 'POST' });
    const { audit } = await org.apply(PAAS);
    expect(audit.trouble).toEqual([]);
    expect(existing(org, 'PDAYS01')).toHaveLength(33);
    expect(org.writes.filter(({ method }) => method === 'POST')).toHaveLength(2);
  });

  test('an error before they were added: missing ones are sent again', async () => {
    const org = await organisation(PAAS);
    org.fault({ kind: 'outage', effect: 'before' }, { method: 'POST' });
    const { audit } = await org.apply(PAAS);
    expect(audit.trouble).toEqual([]);
    expect(existing(org, 'PDAYS01')).toHaveLength(33);
    expect(org.writes.filter(({ method }) => method === 'POST')).toHaveLength(3);
  });

  test('PagerDuty lists accepted overrides late: they are read again, and nothing is sent twice', async () => {
    const org = await organisation(PAAS);
    org.fault({ kind: 'lag' }, { method: 'GET', path: /PNIGHTS\/overrides/, nth: 2, times: 2 });
    const { audit } = await org.apply(PAAS);
    expect(audit.trouble).toEqual([]);
    expect(audit.schedules[1]?.added).toHaveLength(28);
    expect(existing(org, 'PNIGHTS')).toHaveLength(28);
  });

  test('PagerDuty never lists accepted overrides: this is reported, and nothing was sent twice', async () => {
    const org = await organisation(PAAS);
    org.fault({ kind: 'lag' }, { method: 'GET', path: /PNIGHTS\/overrides/, nth: 2, times: 100 });
    const { audit } = await org.apply(PAAS);
    expect(audit.trouble).toEqual([
      'paas/nights/engineer: PagerDuty accepted 28 overrides but does not list them',
    ]);
    expect(requestsOf(org).filter((it) => it === 'POST PNIGHTS')).toHaveLength(1);
    expect(existing(org, 'PNIGHTS')).toHaveLength(28);
  });

  test('the second of several batches is lost: only that batch is sent again', async () => {
    const far = but(PAAS, 'ahead: 2 weeks', 'ahead: 20 weeks');
    const org = await organisation(far);
    org.fault({ kind: 'drop', effect: 'before' }, { method: 'POST', nth: 2 });
    const { audit } = await org.apply(far);
    expect(audit.trouble).toEqual([]);
    const days = existing(org, 'PDAYS01');
    expect(days.length).toBeGreaterThan(100);
    expect(new Set(days.map(({ startAt }) => startAt)).size).toBe(days.length);
    const sizes = org.writes
      .filter(({ method, path }) => method === 'POST' && path.includes('PDAYS01'))
      .map(({ body }) => (body as { overrides: unknown[] }).overrides.length);
    expect(Math.max(...sizes)).toBe(50);
  });

  test('a permanent outage: it is reported, nothing is removed, and a later run completes the apply', async () => {
    const org = await pushed();
    org.fault({ kind: 'outage', effect: 'before' }, { method: 'POST', times: 100 });
    const { audit } = await org.apply(SWAP, { applied: [PAAS] });
    expect(audit.trouble).toEqual([
      expect.stringMatching(
        /^PagerDuty responded to POST schedules\/PNIGHTS\/overrides with 500: .*; run it again/,
      ),
    ]);
    expect(org.writes.filter(({ method }) => method === 'DELETE')).toEqual([]);
  });

  test('an error after the removal of a shift in progress: the run continues', async () => {
    const org = await pushed();
    org.fault({ kind: 'outage', effect: 'after' }, { method: 'DELETE' });
    const { audit } = await org.apply(AFTERNOON, { applied: [PAAS] });
    expect(audit.trouble).toEqual([]);
    expect((await org.plan(AFTERNOON, { applied: [AFTERNOON] })).writes).toBe(0);
  });

  test('an error after the removal of a future shift: the run continues', async () => {
    const org = await pushed();
    org.fault({ kind: 'outage', effect: 'after' }, { method: 'DELETE' });
    expect((await org.apply(SWAP, { applied: [PAAS] })).audit.trouble).toEqual([]);
  });

  test('somebody removes an override that was just added: verification reports it', async () => {
    const org: Organisation = await pushed(PAAS, {
      onRequest: ({ method }) => {
        if (method !== 'DELETE') return;
        const added = existing(org, 'PNIGHTS').find(
          ({ user, startAt }) => user === 'PAMARA1' && startAt === at('2026-12-02T17:00Z'),
        );
        if (added !== undefined) undo(org, 'PNIGHTS', added.id);
      },
    });
    const { audit } = await org.apply(SWAP, { applied: [PAAS] });
    expect(audit.outcome).toBe('failed');
    expect(audit.trouble).toEqual([
      'paas/nights/engineer: 1 change still to make',
      'paas/nights/engineer: Wed 2 Dec 17:00 – Thu 3 Dec 09:00 PagerDuty has inbox instead of amara',
      'check PagerDuty, then run it again',
    ]);
  });

  test('somebody changes the policy during the run: verification reports it', async () => {
    const org: Organisation = await organisation(PAAS, {
      onRequest: ({ method, path }) => {
        const isReadBack = method === 'GET' && path.includes('PPOLICY') && org.writes.length > 0;
        if (isReadBack)
          org.change('by hand', (state) => withPolicy(state, 'PPOLICY', (one) => ({ ...one, loops: 5 })));
      },
    });
    const { audit } = await org.apply(PAAS);
    expect(audit.trouble).toEqual([
      "paas: PagerDuty's PPOLICY differs from what was sent",
      'check PagerDuty, then run it again',
    ]);
  });

  test('somebody adds an override by hand during the run: it is accepted', async () => {
    const org: Organisation = await pushed(PAAS, {
      onRequest: ({ method }) => {
        if (method === 'DELETE' && !existing(org, 'PNIGHTS').some(({ id }) => id === 'QBYHAND'))
          byHand(org, 'PNIGHTS', 'PDEE001', '2026-12-10T20:00Z', '2026-12-10T22:00Z');
      },
    });
    expect((await org.apply(SWAP, { applied: [PAAS] })).audit.trouble).toEqual([]);
  });

  test('somebody adds an override where we add one, between plan and apply: no cover is lost, and the next plan reports it', async () => {
    const org = await pushed();
    const ready = await org.prepare(SWAP, { applied: [PAAS] });
    byHand(org, 'PNIGHTS', 'PDEE001', '2026-12-03T20:00Z', '2026-12-03T22:00Z');
    expect((await org.carryOut(ready)).audit.trouble).toEqual([]);
    const next = await org.plan(SWAP, { applied: [PAAS, SWAP] });
    expect([next.writes, next.manualCount]).toEqual([0, 1]);
    expect(next.schedules.flatMap(({ cover }) => cover)).toEqual([]);
  });

  test('a schedule is upgraded between plan and apply: nothing is changed, and the next run completes it', async () => {
    const org = await pushed();
    const ready = await org.prepare(SWAP, { applied: [PAAS] });
    org.change('upgraded', (state) => upgraded(state, 'PNIGHTS', org.clock.now));
    const before = org.state;
    const { audit } = await org.carryOut(ready);
    expect(audit.trouble).toEqual([
      "paas/nights/engineer: PagerDuty's PNIGHTS was turned into another kind of schedule during the run; run it again",
    ]);
    expect(org.state).toEqual(before);
    expect((await org.apply(SWAP, { applied: [PAAS] })).audit.trouble).toEqual([]);
  });

  test('a read-only key: nothing is changed, and the remedy is reported', async () => {
    const org = await organisation(PAAS, { key: 'read-only-key' });
    const { audit } = await org.apply(PAAS);
    expect(audit.trouble).toEqual([
      'PagerDuty responded to POST schedules/PDAYS01/overrides with 403: Access Denied; the key may not do this; a plan needs a key that reads, and apply one that writes',
    ]);
  });
});
