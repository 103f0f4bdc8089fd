/** A complete plan: its report, its digest, and its refusals. */
import { describe, expect, test } from 'vitest';
import type { ActualState, ExistingRecord, Rendered } from '../../../actions/lib/drivers/pagerduty/actual.ts';
import { desiredState } from '../../../actions/lib/drivers/pagerduty/desired.ts';
import { planEntry } from '../../../actions/lib/drivers/pagerduty/entries.ts';
import { plan } from '../../../actions/lib/drivers/pagerduty/plan.ts';
import { refusalText } from '../../../actions/lib/drivers/pagerduty/refusal-text.ts';
import { planLines, planMarkdown } from '../../../actions/lib/drivers/pagerduty/report.ts';
import { deviations } from '../../../actions/lib/drivers/pagerduty/trouble.ts';
import { troubleText } from '../../../actions/lib/drivers/pagerduty/trouble-text.ts';
import { HOUR, MINUTE } from '../../../actions/lib/time/date.ts';
import { layered, overlay } from '../../../actions/lib/timeline.ts';
import { at, but, sound } from '../../handbook.ts';
import { NOT_COMPARED, PAAS, PRIORITIES } from '../../pagerduty/kit.ts';

const NOW = at('2026-11-21T12:00:00Z');
const HORIZON = at('2027-01-01T00:00:00Z');
const TERMS = {
  allow: [],
  mostWrites: 500,
  revision: 'abc',
  tip: 'abc',
  unreadable: [],
  unagreed: [],
  approved: undefined,
};
const INBOX = [{ startAt: NOW - 31 * 24 * HOUR, endAt: HORIZON + 366 * 24 * HOUR, value: 'PINBOX1' }];

const nights = (...written: readonly string[]) =>
  but(PAAS, 'overrides: []', `overrides:\n${written.map((it) => `  - {role: engineer, ${it}}\n`).join('')}`);

/** The actual state after a push at noon on 21 November and manual changes since. */
function actualAfter(
  text: string,
  byHand: readonly ExistingRecord[] = [],
  base: Rendered['base'] = INBOX,
): ActualState {
  const desired = desiredState(sound(text), [], NOW);
  const schedules = new Map(
    desired.seats.map(({ schedule, cover }) => [
      schedule,
      [
        ...cover.map(({ startAt, endAt, value }, i) => ({
          id: `Q${schedule}${i}`,
          startAt,
          endAt,
          user: value,
        })),
        ...(schedule === 'PNIGHTS' ? byHand : []),
      ],
    ]),
  );
  const [chain] = desired.chains;
  return {
    users: new Set(desired.people.keys()),
    kinds: new Map([...schedules.keys()].map((id) => [id, 'layers'])),
    schedules: new Map([...schedules].map(([id, overrides]) => [id, { kind: 'layers', overrides }])),
    rendered: new Map(
      [...schedules].map(([id, overrides]) => [
        id,
        {
          base,
          final: overlay(
            base,
            layered(overrides.map(({ startAt, endAt, user }) => ({ startAt, endAt, value: user }))),
          ),
        },
      ]),
    ),
    services: new Map(),
    policies: new Map([
      [
        'PPOLICY',
        {
          levels: (chain?.levels ?? []).map(({ targets, delayMinutes = 30 }, i) => ({
            targets,
            delayMinutes,
            raw: { id: `R${i}` },
          })),
          repeats: chain?.repeats ?? 0,
          raw: {},
        },
      ],
    ]),
  };
}

const planned = (text: string, found: ActualState, now = NOW, applied: readonly string[] = [PAAS]) =>
  plan(desiredState(sound(text), applied.map(sound), now), found, TERMS);
const shown = (it: ReturnType<typeof planned>) => planLines(it, 'plan', (_, text) => text);

const SWAP = nights('turn: 2026-12-02, person: amara, instead_of: ben');
const byHand = (start: string, end: string, user = 'PDEE001', id = 'QHAND'): ExistingRecord => ({
  id,
  user,
  startAt: at(start),
  endAt: at(end),
});

describe('the report', () => {
  test('nothing to do', () => {
    expect(shown(planned(PAAS, actualAfter(PAAS)))).toEqual([
      'PagerDuty matches the handbook, up to Fri 1 Jan 00:00 UTC',
      '',
      NOT_COMPARED,
    ]);
  });

  test('a swap, as one time from its first hour to its last', () => {
    expect(shown(planned(SWAP, actualAfter(PAAS)))).toEqual([
      '10 changes to make in PagerDuty, up to Fri 1 Jan 00:00 UTC',
      '',
      'paas/nights/engineer (PNIGHTS, Europe/London): 5 overrides to add, 5 to remove',
      '  Wed 2 Dec 17:00 – Wed 9 Dec 09:00: amara instead of ben',
      '',
      NOT_COMPARED,
      '',
      expect.stringMatching(/^digest [0-9a-f]{16}$/),
    ]);
  });

  test('hours in the middle of a shift', () => {
    const hours = nights('person: amara, instead_of: ben, from: 2026-12-02T20:00, to: 2026-12-02T21:00');
    expect(shown(planned(hours, actualAfter(PAAS))).slice(2, 4)).toEqual([
      'paas/nights/engineer (PNIGHTS, Europe/London): 3 overrides to add, 1 to remove',
      '  Wed 2 Dec 20:00 – 21:00: amara instead of ben',
    ]);
  });

  test('two exchanges of the same pair with a shift of the one between them are two lines', () => {
    const two = nights(
      'person: amara, instead_of: ben, from: 2026-12-02T17:00, to: 2026-12-03T09:00',
      'person: amara, instead_of: ben, from: 2026-12-04T17:00, to: 2026-12-05T09:00',
    );
    expect(shown(planned(two, actualAfter(PAAS))).slice(3, 5)).toEqual([
      '  Wed 2 Dec 17:00 – Thu 3 Dec 09:00: amara instead of ben',
      '  Fri 4 Dec 17:00 – Sat 5 Dec 09:00: amara instead of ben',
    ]);
  });

  test('manual overrides of a known and an unknown user', () => {
    const found = actualAfter(PAAS, [
      byHand('2026-12-03T20:00Z', '2026-12-03T22:00Z'),
      byHand('2026-12-04T20:00Z', '2026-12-04T22:00Z', 'PSTRANGER', 'QSTR'),
    ]);
    expect(shown(planned(PAAS, found))).toEqual([
      'Nothing to change in PagerDuty, and 2 overrides made by hand, up to Fri 1 Jan 00:00 UTC',
      '',
      'paas/nights/engineer (PNIGHTS, Europe/London): 2 made by hand',
      '  Thu 3 Dec 20:00 – 22:00: dee, added by hand in PagerDuty; kept',
      '  Fri 4 Dec 20:00 – 22:00: PSTRANGER (not in the handbook), added by hand in PagerDuty; kept',
      '',
      NOT_COMPARED,
    ]);
  });

  test('names are escaped', () => {
    const found = actualAfter(PAAS, [byHand('2026-12-03T20:00Z', '2026-12-03T22:00Z', 'P<b>*x*</b>')]);
    expect(planMarkdown(planned(PAAS, found), 'plan')).not.toContain('<b>');
  });

  test('what PagerDuty cannot say of priorities, although the policy matches', () => {
    const some = but(
      PAAS + PRIORITIES,
      '  - {notify: [person: chi]}\n',
      '  - {notify: [person: chi], at_once_for: [P1]}\n  - {notify: [person: dee], only_for: [P1]}\n',
    );
    const it = planned(some, actualAfter(PAAS));
    const lines = [
      "level 2 of paas is called at once for P1; PagerDuty's policies know no priorities, so it is called in its turn there",
      "level 3 of paas is only for P1; PagerDuty's policies know no priorities, so it is not written there",
    ];
    expect(shown(it)).toEqual([
      'PagerDuty matches the handbook, up to Fri 1 Jan 00:00 UTC',
      '',
      ...lines,
      NOT_COMPARED,
    ]);
    expect(planMarkdown(it, 'plan')).toContain('- level 3 of paas is only for P1');
    expect(planEntry(it)).toMatchObject({
      writes: 0,
      unwritten: [
        { chain: 'paas', level: 2, kind: 'at-once-for', priorities: ['P1'] },
        { chain: 'paas', level: 3, kind: 'only-for', priorities: ['P1'] },
      ],
    });
  });

  test('as data: ids, people, instants, and no start for an immediate start', () => {
    const now = nights('person: amara, instead_of: ben, from: 2026-11-21T12:00, to: 2026-11-21T18:00');
    expect(planEntry(planned(now, actualAfter(PAAS)))).toMatchObject({
      now: '2026-11-21T12:00:00Z',
      horizon: '2027-01-01T00:00:00Z',
      revision: 'abc',
      writes: 3,
      schedules: [
        {
          role: 'paas/nights/engineer',
          schedule: 'PNIGHTS',
          add: [
            { user: 'PAMARA1', person: 'amara', start: null, end: '2026-11-21T18:00:00Z' },
            { user: 'PBEN001', person: 'ben', start: '2026-11-21T18:00:00Z', end: '2026-11-23T09:00:00Z' },
          ],
          remove: [
            {
              id: 'QPNIGHTS0',
              user: 'PBEN001',
              person: 'ben',
              start: '2026-11-21T12:00:00Z',
              end: '2026-11-23T09:00:00Z',
            },
          ],
          by_hand: [],
          cover: [
            { start: '2026-11-21T12:00:00Z', end: '2026-11-21T18:00:00Z', before: 'ben', after: 'amara' },
          ],
        },
      ],
      policies: [],
      refusals: [],
    });
  });
});

describe('the digest', () => {
  const digest = (text: string, now = NOW, found = actualAfter(PAAS)) => planned(text, found, now).digest;

  test('stays the same during a shift, also for a swap of that shift', () => {
    const afternoon = nights('person: amara, instead_of: ben, from: 2026-11-21T12:00, to: 2026-11-21T18:00');
    for (const text of [SWAP, afternoon])
      for (const later of [MINUTE, HOUR, 5 * HOUR]) expect(digest(text, NOW + later)).toBe(digest(text));
  });

  test('does not change with this program, so that an approval stays valid across versions', () => {
    const later = but(SWAP, 'repeats: 2', 'repeats: 3');
    expect([digest(PAAS), digest(SWAP), digest(later)]).toEqual([
      'd6483b3a0d21e6b5',
      '0abfad828cb5ab8c',
      'f94fe538a22f3a5e',
    ]);
  });

  test('differs for each different change', () => {
    const others = [
      PAAS,
      SWAP,
      nights('turn: 2026-12-02, person: chi, instead_of: ben'),
      nights('turn: 2026-12-16, person: amara, instead_of: ben'),
      nights('person: amara, instead_of: ben, from: 2026-12-02T20:00, to: 2026-12-02T21:00'),
      nights('person: amara, instead_of: ben, from: 2026-12-02T20:00, to: 2026-12-02T21:01'),
      but(PAAS, 'repeats: 2', 'repeats: 3'),
      but(PAAS, '15 minutes', '16 minutes'),
      but(PAAS, '{notify: [person: chi]}', '{notify: [person: dee]}'),
      but(PAAS, 'schedule: PNIGHTS', 'schedule: POTHERS'),
    ];
    expect(new Set(others.map((text) => digest(text))).size).toBe(others.length);
  });

  test('depends on the overrides to remove, but not on manual overrides', () => {
    const found = actualAfter(PAAS);
    const overrides = found.schedules.get('PNIGHTS');
    const renamed =
      overrides?.kind === 'layers' ? overrides.overrides.map((it) => ({ ...it, id: `X${it.id}` })) : [];
    const other = {
      ...found,
      schedules: new Map([...found.schedules, ['PNIGHTS', { kind: 'layers' as const, overrides: renamed }]]),
    };
    expect(digest(SWAP, NOW, other)).not.toBe(digest(SWAP));
    const later = actualAfter(PAAS, [byHand('2026-12-20T20:00Z', '2026-12-20T22:00Z')]);
    expect(digest(SWAP, NOW, later)).toBe(digest(SWAP));
  });

  test('covers only changes, not a schedule without changes', () => {
    const without = but(
      but(SWAP, 'pagerduty: {schedule: PDAYS01}', ''),
      '[paas/days/engineer, paas/nights/engineer]',
      '[paas/nights/engineer]',
    );
    const found = actualAfter(without);
    const ladder = actualAfter(without).policies;
    const own = planned(
      without,
      {
        ...actualAfter(PAAS),
        policies: ladder,
        schedules: new Map(
          [...found.schedules, ...actualAfter(PAAS).schedules].filter(([id]) => id === 'PNIGHTS'),
        ),
      },
      NOW,
      [
        but(
          but(PAAS, 'pagerduty: {schedule: PDAYS01}', ''),
          '[paas/days/engineer, paas/nights/engineer]',
          '[paas/nights/engineer]',
        ),
      ],
    );
    expect(own.digest).toBe(planned(SWAP, actualAfter(PAAS)).digest);
  });
});

describe('refusals', () => {
  test('a swap of hours without a fallback layer is no loss of cover: somebody else is on', () => {
    expect(planned(SWAP, actualAfter(PAAS, [], [])).refusals).toEqual([]);
  });

  test('a role that is dropped, without a fallback layer', () => {
    const dropped = but(
      but(PAAS, 'pagerduty: {schedule: PNIGHTS}', ''),
      '[paas/days/engineer, paas/nights/engineer]',
      '[paas/days/engineer]',
    );
    const plan = planned(dropped, actualAfter(PAAS, [], []));
    const [refusal] = plan.refusals;
    const count = (all: boolean) => planLines(plan, 'plan', (_, text) => text, all).length;
    expect(count(true) - count(false)).toBe(28);
    const { refusals } = planEntry(plan) as { refusals: { times?: object[] }[] };
    expect(refusals[0]?.times).toHaveLength(28);
    expect([refusal?.reason, refusal && refusalText(refusal)]).toEqual([
      'lost-cover',
      expect.stringMatching(
        /^paas\/nights\/engineer would have nobody in PagerDuty's PNIGHTS Sat 21 Nov 12:00 – Mon 23 Nov 09:00 and 27 more times, where somebody is now; /,
      ),
    ]);
    expect(planned(dropped, actualAfter(PAAS)).refusals).toEqual([]);
  });

  test('a kept manual override is no loss of cover', () => {
    const dropped = but(
      but(PAAS, 'pagerduty: {schedule: PNIGHTS}', ''),
      '[paas/days/engineer, paas/nights/engineer]',
      '[paas/days/engineer]',
    );
    const found = actualAfter(PAAS, [byHand('2026-11-21T11:00Z', '2027-01-02T00:00Z')], []);
    expect(planned(dropped, found).refusals).toEqual([]);
  });
});

describe('deviations after an apply', () => {
  const left = (text: string, found: ActualState, applied: readonly string[] = [PAAS]) => {
    const desired = desiredState(sound(text), applied.map(sound), NOW);
    return deviations(desired, found).map((it) => troubleText(it, desired.names));
  };

  test('none, if everything is as planned', () => {
    expect(left(SWAP, actualAfter(SWAP))).toEqual([]);
    expect(left(PAAS, actualAfter(PAAS, [byHand('2026-12-03T20:00Z', '2026-12-03T22:00Z')]))).toEqual([]);
  });

  test('everything, before the apply', () => {
    expect(left(SWAP, actualAfter(PAAS))).toEqual([
      'paas/nights/engineer: 10 changes still to make',
      ...[
        'Wed 2 Dec 17:00 – Thu 3 Dec 09:00',
        'Thu 3 Dec 17:00 – Fri 4 Dec 09:00',
        'Fri 4 Dec 17:00 – Mon 7 Dec 09:00',
        'Mon 7 Dec 17:00 – Tue 8 Dec 09:00',
        'Tue 8 Dec 17:00 – Wed 9 Dec 09:00',
      ].map((when) => `paas/nights/engineer: ${when} PagerDuty has ben instead of amara`),
    ]);
  });

  test('one minute in which the rendering has somebody else than the overrides', () => {
    const found = actualAfter(PAAS);
    const { base = [], final = [] } = found.rendered.get('PNIGHTS') ?? {};
    const minute = layered([
      { startAt: at('2026-12-03T20:00Z'), endAt: at('2026-12-03T20:01Z'), value: 'PCHI001' },
    ]);
    const odd = {
      ...found,
      rendered: new Map([...found.rendered, ['PNIGHTS', { base, final: overlay(final, minute) }]]),
    };
    expect(left(PAAS, odd)).toEqual([
      'paas/nights/engineer: Thu 3 Dec 20:00 – 20:01 PagerDuty has chi instead of ben',
    ]);
  });

  test('a policy that differs from what was sent, or was deleted', () => {
    expect(left(but(PAAS, 'repeats: 2', 'repeats: 3'), actualAfter(PAAS))).toEqual([
      "paas: PagerDuty's PPOLICY differs from what was sent",
    ]);
    expect(left(PAAS, { ...actualAfter(PAAS), policies: new Map() })).toHaveLength(1);
  });
});
