/** What a handbook wants of PagerDuty: whose shifts, how far, by which ids; and what is known as ours. */
import { describe, expect, test } from 'vitest';
import { desiredAtLastApply, desiredState } from '../../../actions/lib/drivers/pagerduty/desired.ts';
import { HOUR } from '../../../actions/lib/time/date.ts';
import { aHandbook, at, but, lines, sound } from '../../handbook.ts';
import { PAAS, SUPPORT_HOURS } from '../../pagerduty/kit.ts';

const NOW = at('2026-11-21T12:00:00Z');
const wanted = (text: string, applied: readonly string[] = [], now = NOW) =>
  desiredState(sound(text), applied.map(sound), now);
const seatOn = (text: string, schedule: string, applied: readonly string[] = []) => {
  const seat = wanted(text, applied).seats.find((it) => it.schedule === schedule);
  if (seat === undefined) throw new Error(`nothing is wanted of ${schedule}`);
  return seat;
};
const coverOn = (text: string, schedule: string) => lines(seatOn(text, schedule).cover, 'Europe/London');

describe('whose shifts', () => {
  test('of each role with a schedule, from now, by the ids of accounts', () => {
    expect(wanted(PAAS).seats.map(({ role, schedule }) => `${role} ${schedule}`)).toEqual([
      'paas/days/engineer PDAYS01',
      'paas/nights/engineer PNIGHTS',
    ]);
    expect(coverOn(PAAS, 'PNIGHTS').slice(0, 2)).toEqual([
      '2026-11-21T12:00+00:00 2026-11-23T09:00+00:00 PBEN001',
      '2026-11-23T17:00+00:00 2026-11-24T09:00+00:00 PBEN001',
    ]);
  });

  test('that begin before the horizon, to their ends', () => {
    expect(coverOn(PAAS, 'PNIGHTS').at(-1)).toBe('2026-12-31T17:00+00:00 2027-01-01T09:00+00:00 PBEN001');
  });

  const LONE = aHandbook({
    people: { amara: 'name: Amara, pagerduty: PAMARA1' },
    policies: {
      'support-hours/paas': SUPPORT_HOURS,
      'holidays/england': `name: England
complete_from: 2026-01-01
complete_until: 2027-01-10
holidays: {2026-12-25: Christmas Day}`,
      publishing: 'ahead: 2 weeks',
    },
    rotas: {
      'paas/lead': `name: Lead
timezone: Europe/London
hours: paas
handover: {day: wednesday, time: "10:00"}
roles:
  lead:
    rotation: [{first_turn: 2026-09-02, people: [amara]}]
    pagerduty: {schedule: PLEAD01}`,
    },
  });

  test('of one person round the clock, as far as the holidays are known', () => {
    expect(coverOn(LONE, 'PLEAD01')).toEqual(['2026-11-21T12:00+00:00 2027-01-11T00:00+00:00 PAMARA1']);
  });

  test('of one shift, the part in which the lists of the hours in force then reach', () => {
    const always = but(
      LONE,
      'roles:',
      'amendments: [{first_day: 2027-01-05, hours: always, covers: [all]}]\nroles:',
    );
    const text = `${always}== policies/support-hours/always.yaml
name: Always
timezone: Europe/London
windows:
  all: [{days: every, from: "00:00", to: "00:00"}]
`;
    expect(coverOn(text, 'PLEAD01')).toEqual(['2026-11-21T12:00+00:00 2027-02-01T00:00+00:00 PAMARA1']);
    const bygone = but(text, 'complete_from: 2026-01-01', 'complete_from: 2026-12-01');
    expect(coverOn(bygone, 'PLEAD01')).toEqual(['2026-12-01T00:00+00:00 2027-02-01T00:00+00:00 PAMARA1']);
  });

  test('of one person round the clock, a month beyond the horizon at the most', () => {
    const far = but(LONE, 'complete_until: 2027-01-10', 'complete_until: 2030-12-31');
    expect(coverOn(far, 'PLEAD01')).toEqual(['2026-11-21T12:00+00:00 2027-02-01T00:00+00:00 PAMARA1']);
  });

  test('not of somebody without an account', () => {
    const without = but(
      PAAS,
      'email: ben.adeyemi@example.org, pagerduty: PBEN001',
      'email: ben.adeyemi@example.org',
    );
    expect(coverOn(without, 'PNIGHTS')[0]).toBe('2026-11-25T17:00+00:00 2026-11-26T09:00+00:00 PAMARA1');
  });
});

describe('until when it is decided', () => {
  const ending = but(
    PAAS,
    'rotation: [{first_turn: 2026-09-02, people: [amara, ben]}]',
    'turns: {2026-11-18: ben, 2026-11-25: amara}',
  );
  test.each([
    ['nobody is left out', PAAS, undefined],
    ['turns run out', ending, '2026-12-02T17:00Z'],
    [
      'of a role that gives no cover nobody asks',
      but(ending, 'engineer:\n    turns', 'engineer:\n    counts: false\n    turns')
        .replace('paas/nights/engineer], escalate', 'paas/days/engineer], escalate')
        .replace('[paas/days/engineer, paas/days/engineer]', '[paas/days/engineer]'),
      undefined,
    ],
  ])('%s', (_, text, iso) => {
    expect(seatOn(text, 'PNIGHTS').undecidedAt).toBe(iso === undefined ? undefined : at(iso));
  });
});

describe('the chains', () => {
  test('with a policy: levels, delays and repeats, roles as schedules and people as users', () => {
    expect(wanted(PAAS).chains).toMatchObject([
      {
        chain: 'paas',
        policy: 'PPOLICY',
        repeats: 2,
        levels: [
          {
            delayMinutes: 15,
            targets: [
              { type: 'schedule_reference', id: 'PDAYS01' },
              { type: 'schedule_reference', id: 'PNIGHTS' },
            ],
          },
          { delayMinutes: undefined, targets: [{ type: 'user_reference', id: 'PCHI001' }] },
        ],
      },
    ]);
  });

  test('without one are nothing to PagerDuty', () => {
    expect(wanted(but(PAAS, 'pagerduty: {policy: PPOLICY}', '')).chains).toEqual([]);
  });
});

describe('what is looked for', () => {
  test('those who are on or called, and nobody else', () => {
    expect([...wanted(PAAS).people.keys()].toSorted()).toEqual(['PAMARA1', 'PBEN001', 'PCHI001', 'PDEE001']);
    const apart = but(PAAS, 'pagerduty: {schedule: PDAYS01}', '').replace(
      '[paas/days/engineer, paas/nights/engineer]',
      '[paas/nights/engineer]',
    );
    expect([...wanted(apart).people.keys()].toSorted()).toEqual(['PAMARA1', 'PBEN001', 'PCHI001']);
  });

  test('everybody has a name, the inbox and those of earlier revisions too', () => {
    const before = PAAS.replaceAll('dee', 'dora').replaceAll('PDEE001', 'PDORA01');
    const { names } = wanted(PAAS, [before]);
    expect([names.get('PINBOX1'), names.get('PDORA01'), names.get('PDEE001')]).toEqual([
      'inbox',
      'dora',
      'dee',
    ]);
  });
});

describe('what was applied', () => {
  test('is kept with its role, a revision each', () => {
    const swapped = but(
      PAAS,
      'overrides: []',
      'overrides:\n  - {role: engineer, turn: 2026-12-02, person: amara, instead_of: ben}\n',
    );
    const { applied, current } = seatOn(swapped, 'PNIGHTS', [PAAS, swapped]);
    expect(applied).toHaveLength(2);
    expect(applied[1]).toEqual(current);
    expect(applied[0]).not.toEqual(current);
  });

  test('reaches a year beyond the horizon, so that a horizon drawn in forgets nothing', () => {
    expect((seatOn(PAAS, 'PNIGHTS', [PAAS]).applied[0] ?? []).at(-1)?.endAt).toBeGreaterThan(
      at('2027-12-30T00:00Z'),
    );
  });

  test('of a schedule that nobody names any more, nothing is wanted there and all of it is ours', () => {
    const moved = PAAS.replaceAll('PDAYS01', 'POTHERS');
    const seat = seatOn(moved, 'PDAYS01', [PAAS]);
    expect([seat.isNamed, seat.cover, seat.current, seat.applied.length]).toEqual([false, [], [], 1]);
    expect(seatOn(moved, 'POTHERS', [PAAS]).isNamed).toBe(true);
  });
});

describe('what the workflow has pushed on the 1st or the 20th', () => {
  test.each([
    ['2026-12-01T04:11:00Z', '2027-01-01T00:00Z', 'that of 20 November, until the next has run'],
    ['2026-12-01T04:11:01Z', '2027-01-01T00:00Z', 'that of 1 December'],
    ['2026-12-20T04:11:00Z', '2027-01-01T00:00Z', 'that of 1 December, until the next has run'],
    ['2026-12-20T04:11:01Z', '2027-02-01T00:00Z', 'that of 20 December'],
    ['2027-01-01T00:30:00Z', '2027-02-01T00:00Z', 'that of 20 December, in another year'],
  ])('at %s ends on %s, the horizon of a run: %s', (now, horizon) => {
    expect(desiredAtLastApply(sound(PAAS), [], at(now)).horizon).toBe(at(horizon));
  });

  test.each([14, 15, 17, 28, 31, 56, 182])(
    'with %i days ahead it never ends before now, nor beyond what was pushed',
    (days) => {
      const handbook = sound(`== policies/publishing.yaml\nahead: ${days} days\n`);
      const isRun = (now: number) => /-(01|20)T04:11:00/.test(new Date(now).toISOString());
      let pushed: number | undefined;
      // Minutes would show no more than the hours around the runs do.
      for (let now = at('2026-12-20T04:11:00Z'); now < at('2029-03-02T00:00Z'); now += HOUR) {
        const { horizon } = desiredAtLastApply(handbook, [], now);
        if (pushed !== undefined) expect([now < horizon, horizon <= pushed]).toEqual([true, true]);
        if (isRun(now)) pushed = desiredState(handbook, [], now).horizon;
      }
      expect(pushed).toBeDefined();
    },
  );
});
