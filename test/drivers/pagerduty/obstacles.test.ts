/** What prevents a plan, at the line of the handbook that names it. */
import { expect, test } from 'vitest';
import { describe as inWords } from '../../../actions/lib/check/describe.ts';
import type { ActualSchedule, ActualState } from '../../../actions/lib/drivers/pagerduty/actual.ts';
import { desiredState } from '../../../actions/lib/drivers/pagerduty/desired.ts';
import { obstacles } from '../../../actions/lib/drivers/pagerduty/obstacles.ts';
import { at, sound } from '../../handbook.ts';
import { PAAS } from '../../pagerduty/kit.ts';

const NOW = at('2026-11-21T12:00:00Z');
const FAR = at('2028-01-01T00:00:00Z');
const desired = desiredState(sound(PAAS), [], NOW);

const found = (nights: ActualSchedule, changes: Partial<ActualState> = {}) =>
  obstacles(desired, {
    users: new Set(desired.people.keys()),
    kinds: new Map(),
    schedules: new Map<string, ActualSchedule>([
      ['PDAYS01', { kind: 'layers', overrides: [] }],
      ['PNIGHTS', nights],
    ]),
    rendered: new Map(),
    services: new Map(),
    policies: new Map([['PPOLICY', { levels: [], repeats: 0, raw: {} }]]),
    ...changes,
  }).map((it) => ['path' in it.location ? it.location.path.join('.') : '', inWords(it)]);

const rotation = (id: string) => ({
  ...{ startAt: NOW, endAt: FAR, user: 'PINBOX1', override: undefined },
  source: { source: 'rotation' as const, id },
});

test.each<[what: string, nights: ActualSchedule]>([
  ['a schedule of layers', { kind: 'layers', overrides: [] }],
  ['one of shifts', { kind: 'shifts', assignments: [], rotations: new Set(), records: [] }],
  [
    'one over a rotation',
    { kind: 'shifts', assignments: [rotation('R1')], rotations: undefined, records: [] },
  ],
])('nothing: %s', (_, nights) => {
  expect(found(nights)).toEqual([]);
});

test('a schedule of a type that is not known', () => {
  expect(found({ kind: 'unknown', type: 'schedule_v4' })).toEqual([
    [
      'roles.engineer.pagerduty.schedule',
      'PagerDuty\'s PNIGHTS, which paas/nights/engineer names, is of the type "schedule_v4", which rota cannot write; name one that is made of layers or of shifts',
    ],
  ]);
});

test('rotations with several people on at once', () => {
  const assignments = [rotation('R1'), { ...rotation('R2'), user: 'PDEE001' }];
  const [[place, words] = []] = found({ kind: 'shifts', assignments, rotations: undefined, records: [] });
  expect(place).toBe('roles.engineer.pagerduty.schedule');
  expect(words).toContain('has rotations with several people on at once Sat 21 Nov 12:00 – Mon 23 Nov 09:00');
});

test('a schedule, a policy and a user that do not exist', () => {
  expect(
    found({ kind: 'missing' }, { policies: new Map(), users: new Set() }).map(([place]) => place),
  ).toEqual([
    'roles.engineer.pagerduty.schedule',
    'pagerduty.policy',
    ...Array(4).fill(expect.stringMatching(/^people\.\w+\.pagerduty$/)),
  ]);
});
