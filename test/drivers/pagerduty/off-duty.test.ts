/** Whom a schedule reaches outside the hours of its role: written where PagerDuty reaches somebody else, or reported. */
import { describe, expect, test } from 'vitest';
import { planEntry } from '../../../actions/lib/drivers/pagerduty/entries.ts';
import { coverToWrite } from '../../../actions/lib/drivers/pagerduty/off-duty-plan.ts';
import { hasDrift } from '../../../actions/lib/drivers/pagerduty/plan.ts';
import { planLines, planMarkdown } from '../../../actions/lib/drivers/pagerduty/report.ts';
import { notComparedTexts } from '../../../actions/lib/drivers/pagerduty/service-text.ts';
import type { Handbook } from '../../../actions/lib/model.ts';
import { HOUR } from '../../../actions/lib/time/date.ts';
import { layered, overlay } from '../../../actions/lib/timeline.ts';
import { but, lines } from '../../handbook.ts';
import { accountFor } from '../../pagerduty/account.ts';
import { organisation, PAAS, shownOf } from '../../pagerduty/kit.ts';
import type { Written, WrittenLayer } from '../../pagerduty/state.ts';

const offDuty = (value: string, text = PAAS) =>
  but(text, '{schedule: PDAYS01}', `{schedule: PDAYS01, off_duty: ${value}}`);
const INBOX = offDuty('inbox');
const NOBODY = offDuty('nobody');

const layer = (user: string, start: string, end?: string): WrittenLayer => ({
  virtualStart: start,
  turnSeconds: 604_800,
  users: [user],
  ...(end !== undefined && { end }),
});
const ALWAYS = layer('PINBOX1', '2026-01-07T10:00:00Z');
/** Put into the schedule by hand, above the inbox. */
const CHRISTMAS = layer('PDEE001', '2026-12-25T00:00:00Z', '2026-12-26T00:00:00Z');

/** The usual account, with other layers on the schedule of the days. */
const account =
  (...layers: readonly WrittenLayer[]) =>
  (handbook: Handbook): Written => {
    const usual = accountFor(handbook);
    const schedules = usual.schedules?.map((it) => (it.id === 'PDAYS01' ? { ...it, layers } : it));
    return { ...usual, ...(schedules && { schedules }) };
  };

const bankHoliday = ['2026-12-28T00:00Z', '2026-12-29T12:00Z'] as const;

describe('a contact off duty', () => {
  test('that PagerDuty falls back to is never written, and a run without changes reads each schedule twice', async () => {
    const org = await organisation(INBOX);
    const first = await org.apply(INBOX);
    expect(first.audit.outcome).toBe('verified');
    expect(first.plan.schedules.flatMap(({ add }) => add.filter(({ user }) => user === 'PINBOX1'))).toEqual(
      [],
    );
    const before = org.requests.length;
    const { plan } = await org.apply(INBOX, { applied: [INBOX] });
    expect(plan.writes).toBe(0);
    const paths = org.requests.slice(before).map(({ method, path }) => `${method} ${path.split('?')[0]}`);
    expect(paths.filter((it) => it.includes('PDAYS01'))).toEqual([
      'GET /schedules/PDAYS01/overrides',
      'GET /schedules/PDAYS01',
    ]);
    expect(paths.filter((it) => it.includes('PNIGHTS'))).toEqual(['GET /schedules/PNIGHTS/overrides']);
    expect(shownOf(plan)).toBe(
      'PagerDuty matches the handbook, up to Fri 1 Jan 00:00 UTC\n\n' +
        'times outside the hours of paas/nights/engineer are not compared; write off_duty to say who is reached then',
    );
  });

  test('on a bank holiday has the daytime, and the night person is on by day', async () => {
    const org = await organisation(INBOX, { account: account(layer('PDEE001', '2026-01-07T10:00:00Z')) });
    await org.apply(INBOX);
    expect(org.cover('PDAYS01', ...bankHoliday)).toEqual([
      '2026-12-28T00:00+00:00 2026-12-29T09:00+00:00 PINBOX1',
      '2026-12-29T09:00+00:00 2026-12-29T12:00+00:00 PCHI001',
    ]);
    expect(org.cover('PNIGHTS', '2026-12-28T00:00Z', '2026-12-29T09:00Z')).toEqual([
      '2026-12-28T00:00+00:00 2026-12-29T09:00+00:00 PAMARA1',
    ]);
  });

  test('over a layer of somebody put there by hand for a day is drift, and written', async () => {
    const org = await organisation(INBOX, { account: account(ALWAYS, CHRISTMAS) });
    const { plan, audit } = await org.apply(INBOX);
    const added = plan.schedules.flatMap(({ add }) => add.filter(({ user }) => user === 'PINBOX1'));
    expect(added).toHaveLength(1);
    expect(hasDrift(plan)).toBe(true);
    expect(planLines(plan, 'drift', (_, text) => text)).toContain(
      '  Fri 25 Dec 00:00 – Sat 26 Dec 00:00: inbox instead of dee',
    );
    expect(audit.outcome).toBe('verified');
    expect(org.cover('PDAYS01', '2026-12-24T17:00Z', '2026-12-29T09:00Z')).toEqual([
      '2026-12-24T17:00+00:00 2026-12-29T09:00+00:00 PINBOX1',
    ]);
    expect((await org.plan(INBOX, { applied: [INBOX] })).writes).toBe(0);
  });

  test('is written for every time that the layers do not give it, once, also as the horizon moves', async () => {
    const org = await organisation(INBOX, { account: account(layer('PDEE001', '2026-01-07T10:00:00Z')) });
    await org.apply(INBOX);
    expect((await org.plan(INBOX, { applied: [INBOX] })).writes).toBe(0);
    org.clock.now += 30 * 24 * HOUR;
    const later = await org.apply(INBOX, { applied: [INBOX] });
    expect(later.audit.outcome).toBe('verified');
    expect(later.plan.schedules.flatMap(({ remove, manual }) => [...remove, ...manual])).toEqual([]);
    expect((await org.plan(INBOX, { applied: [INBOX] })).writes).toBe(0);
    expect(org.cover('PDAYS01', '2026-12-31T17:00Z', '2027-01-04T09:00Z')).toEqual([
      '2026-12-31T17:00+00:00 2027-01-01T09:00+00:00 PINBOX1',
      '2027-01-01T09:00+00:00 2027-01-01T17:00+00:00 PDEE001',
      '2027-01-01T17:00+00:00 2027-01-04T09:00+00:00 PINBOX1',
    ]);
  });

  test('does not part a swap into days: the nights between are told with them', async () => {
    const org = await organisation(INBOX);
    await org.apply(INBOX);
    const swap = but(INBOX, 'people: [chi, dee]}]', 'people: [chi, dee]}]\n    turns: {2026-12-02: chi}');
    const shown = shownOf(await org.plan(swap, { applied: [INBOX] })).split('\n');
    expect(shown.filter((line) => line.includes('instead of'))).toEqual([
      '  Wed 2 Dec 10:00 – Wed 9 Dec 10:00: chi instead of dee',
    ]);
  });

  test('that the handbook no longer names is taken out again', async () => {
    const org = await organisation(INBOX, { account: account(ALWAYS, CHRISTMAS) });
    await org.apply(INBOX);
    const { plan, audit } = await org.apply(PAAS, { applied: [INBOX] });
    expect(plan.schedules.flatMap(({ remove }) => remove.map(({ user }) => user))).toEqual(['PINBOX1']);
    expect(audit.outcome).toBe('verified');
  });

  test('that is another person of the account by hand stays and is told', async () => {
    const org = await organisation(INBOX);
    await org.apply(INBOX);
    await org.send('POST', '/schedules/PDAYS01/overrides', {
      overrides: [
        {
          start: '2026-12-28T10:00:00Z',
          end: '2026-12-28T12:00:00Z',
          user: { id: 'PDEE001', type: 'user_reference' },
        },
      ],
    });
    const plan = await org.plan(INBOX, { applied: [INBOX] });
    expect([plan.writes, plan.manualCount]).toEqual([0, 1]);
  });

  test('who has no user in PagerDuty is a finding', async () => {
    const org = await organisation(but(INBOX, 'PINBOX1', 'PINBOX2'));
    const result = await org.readAndPlan(but(INBOX, 'PINBOX1', 'PINBOX3'));
    expect(result.kind === 'blocked' && result.findings.map(({ code, args }) => [code, args])).toEqual([
      ['unknown-user', { user: 'PINBOX3', person: 'inbox' }],
    ]);
  });
});

describe('nobody off duty', () => {
  test('whoever the layers have on is drift, told with what to do, and nothing is written', async () => {
    const org = await organisation(NOBODY, { account: account(CHRISTMAS) });
    await org.apply(NOBODY);
    const plan = await org.plan(NOBODY, { applied: [NOBODY] });
    expect([plan.writes, plan.strangerCount, hasDrift(plan)]).toEqual([0, 1, true]);
    const shown = planLines(plan, 'drift', (_, text) => text);
    expect(shown.slice(0, 4)).toEqual([
      'PagerDuty differs from the handbook: 1 time off duty with somebody on',
      '',
      'paas/days/engineer (PDAYS01, Europe/London): 1 time off duty with somebody on',
      '  Fri 25 Dec 00:00 – Sat 26 Dec 00:00: dee is on off duty, by PagerDuty itself; take them out of the schedule there, or name a contact in off_duty',
    ]);
    expect(planMarkdown(plan, 'drift')).toContain('dee is on off duty, by PagerDuty');
    expect(planEntry(plan)).toMatchObject({
      schedules: [
        {
          off_duty: [{ people: 'dee', start: '2026-12-25T00:00:00Z', end: '2026-12-26T00:00:00Z' }],
        },
      ],
      not_compared: ['paas/nights/engineer'],
    });
  });

  test('an override by hand is told once, as such', async () => {
    const org = await organisation(NOBODY, { account: account(CHRISTMAS) });
    await org.apply(NOBODY);
    await org.send('POST', '/schedules/PDAYS01/overrides', {
      overrides: [
        {
          start: '2026-12-25T00:00:00Z',
          end: '2026-12-26T00:00:00Z',
          user: { id: 'PBEN001', type: 'user_reference' },
        },
      ],
    });
    const plan = await org.plan(NOBODY, { applied: [NOBODY] });
    expect([plan.manualCount, plan.strangerCount]).toEqual([1, 0]);
  });

  test('a schedule without layers matches', async () => {
    const org = await organisation(NOBODY, { account: account() });
    await org.apply(NOBODY);
    expect(hasDrift(await org.plan(NOBODY, { applied: [NOBODY] }))).toBe(false);
  });
});

/** The schedule of the days as one of shifts, with a rotation beneath or without. */
const shifts =
  (...rotations: readonly string[]) =>
  (handbook: Handbook): Written => {
    const usual = accountFor(handbook);
    const rotation = (user: string) => ({
      id: `R${user}`,
      events: [
        {
          start: '2026-01-07T00:00',
          end: '2026-01-08T00:00',
          rule: 'FREQ=DAILY;INTERVAL=1',
          users: [user],
        },
      ],
    });
    const schedules = usual.schedules?.map((it) =>
      it.id === 'PDAYS01'
        ? { id: it.id, kind: 'v3' as const, timeZone: 'Europe/London', rotations: rotations.map(rotation) }
        : it,
    );
    return { ...usual, ...(schedules && { schedules }) };
  };

describe('on a schedule of shifts', () => {
  test('the contact has custom shifts where nothing lies beneath, and a run without changes reads it once', async () => {
    const org = await organisation(INBOX, { account: shifts() });
    const { plan, audit } = await org.apply(INBOX);
    expect(audit.outcome).toBe('verified');
    expect(plan.schedules[0]?.add.filter(({ user }) => user === 'PINBOX1').length).toBeGreaterThan(20);
    expect(org.cover('PDAYS01', ...bankHoliday)).toEqual([
      '2026-12-28T00:00+00:00 2026-12-29T09:00+00:00 PINBOX1',
      '2026-12-29T09:00+00:00 2026-12-29T12:00+00:00 PCHI001',
    ]);
    const before = org.requests.length;
    expect((await org.plan(INBOX, { applied: [INBOX] })).writes).toBe(0);
    expect(org.requests.slice(before).filter(({ path }) => path.includes('PDAYS01'))).toHaveLength(1);
  });

  test('the contact is not written where a rotation has it, and is where it has somebody else', async () => {
    const org = await organisation(INBOX, { account: shifts('PINBOX1') });
    const { plan, audit } = await org.apply(INBOX);
    expect(audit.outcome).toBe('verified');
    expect(plan.schedules[0]?.add.filter(({ user }) => user === 'PINBOX1')).toEqual([]);
    const other = await organisation(INBOX, { account: shifts('PDEE001') });
    await other.apply(INBOX);
    expect(other.cover('PDAYS01', ...bankHoliday)).toEqual(org.cover('PDAYS01', ...bankHoliday));
    expect((await other.plan(INBOX, { applied: [INBOX] })).writes).toBe(0);
  });

  test('nobody off duty: a rotation that has somebody is drift', async () => {
    const org = await organisation(NOBODY, { account: shifts('PDEE001') });
    await org.apply(NOBODY);
    const plan = await org.plan(NOBODY, { applied: [NOBODY] });
    expect([plan.writes, plan.strangerCount > 20]).toEqual([0, true]);
  });
});

describe('what is written over what lies beneath', () => {
  const span = (value: string, from: number, to: number) => ({
    startAt: from * HOUR,
    endAt: to * HOUR,
    value,
  });
  const horizon = { startAt: 0, endAt: 20 * HOUR };
  const desired = {
    cover: [span('amara', 4, 8)],
    offDuty: {
      reaches: { kind: 'contact', user: 'inbox' },
      time: [span('', 0, 4), span('', 8, 12), span('', 16, 24)].map((it) => ({
        ...it,
        value: true as const,
      })),
    },
  } as unknown as Parameters<typeof coverToWrite>[0];
  const hours = (all: ReturnType<typeof coverToWrite>) =>
    lines(all, 'UTC').map((line) => line.replaceAll(/1970-01-0(\d)T(\d\d):00\+00:00/g, '$1/$2'));

  test.each<[what: string, beneath: ReturnType<typeof span>[] | undefined, ...expected: string[]]>([
    ['nothing that is known', undefined, '1/04 1/08 amara'],
    ['nobody', [], '1/00 1/04 inbox', '1/04 1/08 amara', '1/08 1/12 inbox', '1/16 2/00 inbox'],
    ['the contact throughout', [span('inbox', 0, 20)], '1/04 1/08 amara'],
    [
      'the contact up to the horizon, as far as it is known',
      [span('inbox', 0, 19)],
      '1/04 1/08 amara',
      '1/19 2/00 inbox',
    ],
    [
      'somebody else for a while',
      [span('inbox', 0, 9), span('dee', 9, 10), span('inbox', 10, 20)],
      '1/04 1/08 amara',
      '1/09 1/10 inbox',
    ],
  ])('%s', (_, beneath, ...expected) => {
    const written = coverToWrite(desired, beneath, horizon);
    expect(hours(written)).toEqual(expected);
    if (beneath !== undefined) expect(hours(overlay(layered(beneath), written)).at(-1)).toMatch(/inbox$/);
  });
});

test('many roles without off_duty are counted', () => {
  const of = (...roles: readonly string[]) =>
    notComparedTexts({ notCompared: roles } as unknown as Parameters<typeof notComparedTexts>[0]);
  const words = (roles: string) =>
    `times outside the hours of ${roles} are not compared; write off_duty to say who is reached then`;
  expect(of()).toEqual([]);
  expect(of('a/b/c')).toEqual([words('a/b/c')]);
  expect(of('a/b/c', 'a/b/d', 'a/b/e')).toEqual([words('a/b/c, a/b/d and a/b/e')]);
  expect(of('a/b/c', 'a/b/d', 'a/b/e', 'a/b/f')).toEqual([words('a/b/c, a/b/d, a/b/e and 1 more role')]);
  expect(of('a/b/c', 'a/b/d', 'a/b/e', 'a/b/f', 'a/b/g')).toEqual([
    words('a/b/c, a/b/d, a/b/e and 2 more roles'),
  ]);
});
