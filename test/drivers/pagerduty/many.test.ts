/** A large organisation without changes: the number of requests. */
import { expect, test } from 'vitest';
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

test('100 schedules, 100 policies, 150 people: no writes and 204 reads', async () => {
  const org = await organisation(LARGE, { pace: 1 });
  expect((await org.apply(LARGE, { options: { allow: ['many-writes'] } })).audit.outcome).toBe('verified');
  const before = org.requests.length;
  const { plan, audit } = await org.apply(LARGE, { applied: [LARGE] });
  expect([plan.writes, audit.outcome, audit.requests]).toEqual([0, 'verified', { reads: 204, writes: 0 }]);
  const requests = org.requests
    .slice(before)
    .map(({ method, path }) => `${method} ${path.replaceAll(/PSCHED\d+|PPOLICY\d+/g, '#')}`);
  const count = (what: string) => requests.filter((it) => it === what).length;
  expect([
    count('GET /schedules/#/overrides'),
    count('GET /escalation_policies/#'),
    count('GET /users'),
    count('GET /schedules'),
    count('GET /v3/schedules'),
  ]).toEqual([100, 100, 2, 1, 1]);
  expect(requests).toHaveLength(204);
  expect(org.mostAtOnce).toBe(1);
});
