/** The desired state by a handbook: whose shifts, how far ahead, with which ids; and which overrides count as ours. */
import { describe, expect, test } from 'vitest';
import { desiredAtLastApply, desiredState } from '../../../actions/lib/drivers/pagerduty/desired.ts';
import { HOUR } from '../../../actions/lib/time/date.ts';
import { aHandbook, at, but, lines, sound } from '../../handbook.ts';
import { PAAS, PRIORITIES, SUPPORT_HOURS } from '../../pagerduty/kit.ts';

const NOW = at('2026-11-21T12:00:00Z');
const desired = (text: string, applied: readonly string[] = [], now = NOW) =>
  desiredState(sound(text), applied.map(sound), now);
const seatOn = (text: string, schedule: string, applied: readonly string[] = []) => {
  const seat = desired(text, applied).seats.find((it) => it.schedule === schedule);
  if (seat === undefined) throw new Error(`nothing is desired of ${schedule}`);
  return seat;
};
const coverOn = (text: string, schedule: string) => lines(seatOn(text, schedule).cover, 'Europe/London');

describe('the desired cover', () => {
  test('is that of each role with a schedule, from now on, by user id', () => {
    expect(desired(PAAS).seats.map(({ role, schedule }) => `${role} ${schedule}`)).toEqual([
      'paas/days/engineer PDAYS01',
      'paas/nights/engineer PNIGHTS',
    ]);
    expect(coverOn(PAAS, 'PNIGHTS').slice(0, 2)).toEqual([
      '2026-11-21T12:00+00:00 2026-11-23T09:00+00:00 PBEN001',
      '2026-11-23T17:00+00:00 2026-11-24T09:00+00:00 PBEN001',
    ]);
  });

  test('contains shifts that begin before the horizon, to their ends', () => {
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

  test('of one person round the clock extends as far as the holidays are known', () => {
    expect(coverOn(LONE, 'PLEAD01')).toEqual(['2026-11-21T12:00+00:00 2027-01-11T00:00+00:00 PAMARA1']);
  });

  test('of one shift is the part within the holiday lists of the hours in force then', () => {
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

  test('of one person round the clock extends at most a month beyond the horizon', () => {
    const far = but(LONE, 'complete_until: 2027-01-10', 'complete_until: 2030-12-31');
    expect(coverOn(far, 'PLEAD01')).toEqual(['2026-11-21T12:00+00:00 2027-02-01T00:00+00:00 PAMARA1']);
  });

  test('does not include a person without an account', () => {
    const without = but(
      PAAS,
      'email: ben.adeyemi@example.org, pagerduty: PBEN001',
      'email: ben.adeyemi@example.org',
    );
    expect(coverOn(without, 'PNIGHTS')[0]).toBe('2026-11-25T17:00+00:00 2026-11-26T09:00+00:00 PAMARA1');
  });
});

describe('roles that share a schedule', () => {
  const shared = but(PAAS, 'PNIGHTS', 'PDAYS01');

  test('have their cover on it, one after the other, and are one target of a level', () => {
    const { seats, chains } = desired(shared);
    expect(seats.map(({ role, schedule }) => `${role} ${schedule}`)).toEqual([
      'paas/days/engineer and paas/nights/engineer PDAYS01',
    ]);
    expect(coverOn(shared, 'PDAYS01').slice(0, 3)).toEqual([
      '2026-11-21T12:00+00:00 2026-11-23T09:00+00:00 PBEN001',
      '2026-11-23T09:00+00:00 2026-11-23T17:00+00:00 PDEE001',
      '2026-11-23T17:00+00:00 2026-11-24T09:00+00:00 PBEN001',
    ]);
    expect(chains[0]?.levels[0]?.targets).toEqual([{ type: 'schedule_reference', id: 'PDAYS01' }]);
  });
});

test('the seats of a role have a schedule each, and are a target each of a level that calls the role', () => {
  const seats = but(PAAS, '{schedule: PNIGHTS}', '{schedules: [PNIGHTS, PNIGHT2]}\n    seats: 2');
  const { seats: schedules, chains } = desired(seats);
  expect(schedules.map(({ role, schedule }) => `${role} ${schedule}`)).toEqual([
    'paas/days/engineer PDAYS01',
    'paas/nights/engineer-1 PNIGHTS',
    'paas/nights/engineer-2 PNIGHT2',
  ]);
  expect(coverOn(seats, 'PNIGHT2')[0]).toBe('2026-11-21T12:00+00:00 2026-11-23T09:00+00:00 PBEN001');
  expect(chains[0]?.levels[0]?.targets.map(({ id }) => id)).toEqual(['PDAYS01', 'PNIGHTS', 'PNIGHT2']);
});

describe('the first undecided time', () => {
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

describe('chains', () => {
  test('with a policy have levels, delays and repeats, with roles as schedules and people as users', () => {
    expect(desired(PAAS).chains).toMatchObject([
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

  test('call a contact as a user', () => {
    const [chain] = desired(but(PAAS, '[person: chi]', '[contact: inbox]')).chains;
    expect(chain?.levels[1]?.targets).toEqual([{ type: 'user_reference', id: 'PINBOX1' }]);
    expect([...desired(but(PAAS, '[person: chi]', '[contact: inbox]')).people.keys()]).toContain('PINBOX1');
  });

  test('leave out levels for some priorities, and call in its turn a level that some have at once', () => {
    const some = but(
      PAAS + PRIORITIES,
      '  - {notify: [person: chi]}\n',
      '  - {notify: [person: dee], escalate_after: 5 minutes, only_for: [P1]}\n' +
        '  - {notify: [person: chi], at_once_for: [P1]}\n',
    );
    const [chain] = desired(some).chains;
    expect(
      chain?.levels.map(({ delayMinutes, targets }) => [delayMinutes, targets.map(({ id }) => id)]),
    ).toEqual([
      [15, ['PDAYS01', 'PNIGHTS']],
      [undefined, ['PCHI001']],
    ]);
    expect(chain?.unwritten).toEqual([
      { chain: 'paas', level: 2, kind: 'only-for', priorities: ['P1'] },
      { chain: 'paas', level: 3, kind: 'at-once-for', priorities: ['P1'] },
    ]);
  });

  test('without a policy are left out', () => {
    expect(desired(but(PAAS, 'pagerduty: {policy: PPOLICY}', '')).chains).toEqual([]);
  });
});

describe('the users to look up', () => {
  test('are those who are on or called, and nobody else', () => {
    expect([...desired(PAAS).people.keys()].toSorted()).toEqual(['PAMARA1', 'PBEN001', 'PCHI001', 'PDEE001']);
    const apart = but(PAAS, 'pagerduty: {schedule: PDAYS01}', '').replace(
      '[paas/days/engineer, paas/nights/engineer]',
      '[paas/nights/engineer]',
    );
    expect([...desired(apart).people.keys()].toSorted()).toEqual(['PAMARA1', 'PBEN001', 'PCHI001']);
  });

  test('all have a name, including the inbox and people of earlier revisions', () => {
    const before = PAAS.replaceAll('dee', 'dora').replaceAll('PDEE001', 'PDORA01');
    const { names } = desired(PAAS, [before]);
    expect([names.get('PINBOX1'), names.get('PDORA01'), names.get('PDEE001')]).toEqual([
      'inbox',
      'dora',
      'dee',
    ]);
  });
});

describe('the applied cover', () => {
  test('is kept with its role, by revision', () => {
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

  test('extends a year beyond the horizon, so that overrides are still recognised after the horizon moves back', () => {
    expect((seatOn(PAAS, 'PNIGHTS', [PAAS]).applied[0] ?? []).at(-1)?.endAt).toBeGreaterThan(
      at('2027-12-30T00:00Z'),
    );
  });

  test('of a schedule that is no longer named is all ours, and nothing is desired there', () => {
    const moved = PAAS.replaceAll('PDAYS01', 'POTHERS');
    const seat = seatOn(moved, 'PDAYS01', [PAAS]);
    expect([seat.isNamed, seat.cover, seat.current, seat.applied.length]).toEqual([false, [], [], 1]);
    expect(seatOn(moved, 'POTHERS', [PAAS]).isNamed).toBe(true);
  });
});

describe('the desired state at the last run on the 1st or the 20th', () => {
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
    'with %i days ahead it never ends before now, or beyond what was pushed',
    (days) => {
      const handbook = sound(`== policies/publishing.yaml\nahead: ${days} days\n`);
      const isRun = (now: number) => /-(01|20)T04:11:00/.test(new Date(now).toISOString());
      let pushed: number | undefined;
      // The hours around the runs are enough; minutes would show no more.
      for (let now = at('2026-12-20T04:11:00Z'); now < at('2029-03-02T00:00Z'); now += HOUR) {
        const { horizon } = desiredAtLastApply(handbook, [], now);
        if (pushed !== undefined) expect([now < horizon, horizon <= pushed]).toEqual([true, true]);
        if (isRun(now)) pushed = desiredState(handbook, [], now).horizon;
      }
      expect(pushed).toBeDefined();
    },
  );
});
