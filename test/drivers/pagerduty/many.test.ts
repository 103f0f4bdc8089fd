/** A large organisation without changes, or with one swap: the number of requests. */
import { expect, test } from 'vitest';
import { but } from '../../handbook.ts';
import { accountFor } from '../../pagerduty/account.ts';
import { organisation } from '../../pagerduty/kit.ts';

const COUNT = 100;
const PEOPLE = 150;

const ids = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);

const LARGE = [
  '== rotas/people.yaml\npeople:\n',
  ...ids(PEOPLE).map((i) => `  person-${i}: {name: Person ${i}, pagerduty: PUSER${i}}\n`),
  ...ids(COUNT).map(
    (i) => `== rotas/team-${i}/rota.yaml
name: Rota ${i}
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles:
  engineer:
    rotation: [{first_turn: 2026-09-02, people: [person-${i}, person-${PEOPLE - COUNT + i}]}]
    pagerduty: {schedule: PSCHED${i}}
== policies/escalation/team-${i}.yaml
name: Team ${i}
applies_in: [in-hours]
levels:
  - {notify: [team-${i}/rota/engineer], escalate_after: 15 minutes}
  - {notify: [person: person-${i}]}
pagerduty: {policy: PPOLICY${i}}
`,
  ),
  `== policies/support-hours/hours.yaml
name: Hours
timezone: Europe/London
windows: {in-hours: [{days: every, from: "00:00", to: "00:00"}]}
== policies/publishing.yaml
ahead: 2 weeks
`,
].join('');

/** Schedules of the account that the handbook does not name. */
const OTHERS = 150;
const BENEATH = {
  id: 'RBENEATH',
  events: [
    {
      ...{ start: '2026-01-07T00:00', end: '2026-01-08T00:00', rule: 'FREQ=DAILY' },
      users: ['PINBOX1'],
    },
  ],
};

type Handbook = Parameters<typeof accountFor>[0];
const accountOf =
  (isOfShifts: (i: number) => boolean, rotations: readonly (typeof BENEATH)[]) => (handbook: Handbook) => {
    const account = accountFor(handbook);
    const others = ids(OTHERS).map((i) => ({
      id: `POTHER${i}`,
      kind: i % 2 === 0 ? ('v2' as const) : ('v3' as const),
    }));
    const own = (account.schedules ?? []).map((one, i) =>
      isOfShifts(i) ? { ...one, kind: 'v3' as const, layers: [], rotations } : one,
    );
    return { ...account, schedules: [...own, ...others] };
  };

test.each([
  ['of layers', () => false, [], [2, 1]],
  ['of shifts', () => true, [], [1, 2]],
  ['of shifts over a rotation', () => true, [BENEATH], [1, 2]],
  ['of either kind', (i: number) => i % 2 === 0, [], [2, 2]],
] as const)(
  '100 schedules %s, 100 policies, 150 people: no writes, and one read each beside the lists',
  async (_, isOfShifts, rotations, lists) => {
    const org = await organisation(LARGE, { pace: 1, account: accountOf(isOfShifts, rotations) });
    expect((await org.apply(LARGE, { options: { allow: ['many-writes'] } })).audit.outcome).toBe('verified');
    const before = org.requests.length;
    const { plan, audit } = await org.apply(LARGE, { applied: [LARGE] });
    const reads = 202 + lists[0] + lists[1];
    expect([plan.writes, audit.outcome, audit.requests]).toEqual([0, 'verified', { reads, writes: 0 }]);
    const requests = org.requests
      .slice(before)
      .map(({ method, path }) => `${method} ${path.replaceAll(/PSCHED\d+|PPOLICY\d+/g, '#')}`);
    const count = (...what: readonly string[]) => requests.filter((it) => what.includes(it)).length;
    expect([
      count('GET /schedules/#/overrides', 'GET /v3/schedules/#'),
      count('GET /escalation_policies/#'),
      count('GET /users'),
      count('GET /schedules'),
      count('GET /v3/schedules'),
    ]).toEqual([100, 100, 2, ...lists]);
    expect(requests).toHaveLength(reads);
    expect(org.mostAtOnce).toBe(1);
  },
);

test('a swap of two turns on a schedule of shifts is one edit for each of them', async () => {
  const swapped = but(
    LARGE,
    '    pagerduty: {schedule: PSCHED7}\n',
    '    pagerduty: {schedule: PSCHED7}\n    turns: {2026-12-02: person-7, 2026-12-09: person-57}\n',
  );
  const org = await organisation(LARGE, { pace: 1, account: accountOf(() => true, []) });
  await org.apply(LARGE, { options: { allow: ['many-writes'] } });
  const before = org.writes.length;
  const { plan, audit } = await org.apply(swapped, { applied: [LARGE] });
  expect([plan.writes, audit.outcome]).toEqual([2, 'verified']);
  expect(org.writes.slice(before).map(({ method, path }) => `${method} ${path.split('/')[3]}`)).toEqual([
    'PUT PSCHED7',
    'PUT PSCHED7',
  ]);
});
