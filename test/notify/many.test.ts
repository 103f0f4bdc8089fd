/** The action for 1,000 people in 100 teams: within the limits of Slack, and with few requests where nothing changes. */
import { expect, onTestFinished, test } from 'vitest';
import { texts } from '../handbook.ts';
import { isNightly } from '../sampled.ts';
import { APP_SECRETS, runNotify } from './job.ts';
import { startScene, trafficOf, trafficSince, violationsOf } from './scene.ts';

const [TEAMS, PEOPLE] = [100, 1000];
/** The teams in which people swap. */
const SWAPPING = isNightly ? TEAMS : 20;
const HOME = 999_999;

const teams = Array.from({ length: TEAMS }, (_, i) => i);
const people = Array.from({ length: PEOPLE }, (_, i) => i);

/** Ten people each; on Wednesday the next one takes over. */
const rota = (team: number): string => `name: Support
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles:
  engineer:
    rotation:
      - {first_turn: 2026-09-02, people: [${people
        .filter((it) => it % TEAMS === team)
        .map((it) => `p${it}`)
        .join(', ')}]}
`;

const team = (i: number): string => `name: Team ${i}
slack:
  channel: C${i}
  topic: "On support: {t${i}/support/engineer}"
  user_groups: {S${i}A: [t${i}/support/engineer], S${i}B: [t${i}/support/engineer]}
  hand_over: {before: 15 minutes}
  news: true
zendesk: {groups: {${i + 1}: {roles: [t${i}/support/engineer], removes: true}}}
`;

const FILES = texts(
  [
    `== policies/messages.yaml\nnews: {by: [github, slack]}\n`,
    `== rotas/people.yaml\npeople:\n${people
      .map(
        (it) => `  p${it}: {name: Person ${it}, github: login-${it}, slack: U${it}, zendesk: ${1000 + it}}\n`,
      )
      .join('')}`,
    ...teams.map((i) => `== rotas/t${i}/team.yaml\n${team(i)}== rotas/t${i}/support.yaml\n${rota(i)}`),
  ].join(''),
);

/** In these teams, two people swap the turns of the next two weeks. */
const SWAPS = Object.fromEntries(
  teams.slice(0, SWAPPING).map((i) => [
    `rotas/t${i}/support.yaml`,
    `${rota(i)}overrides:
  - {role: engineer, turn: 2026-09-09, person: p${i + 2 * TEAMS}, instead_of: p${i + TEAMS}}
  - {role: engineer, turn: 2026-09-16, person: p${i + TEAMS}, instead_of: p${i + 2 * TEAMS}}
`,
  ]),
);

test('a first run, swaps and 100 hand-overs meet no limit; then a run reads each team once a service', async () => {
  const there = await startScene({
    other: {
      files: FILES,
      workspace: {
        users: Object.fromEntries(people.map((it) => [`U${it}`, 'active' as const])),
        groups: Object.fromEntries(
          teams.flatMap((i) => ['A', 'B'].map((it) => [`S${i}${it}`, { handle: `t${i}`, users: ['U999'] }])),
        ),
        channels: Object.fromEntries(teams.map((i) => [`C${i}`, { topic: '' }])),
      },
      groups: {
        users: people.map((it) => ({ id: 1000 + it, home: HOME })),
        members: Object.fromEntries([
          ...teams.map((i) => [i + 1, [1000 + i]] as const),
          [HOME, people.map((it) => 1000 + it)] as const,
        ]),
      },
    },
  });
  onTestFinished(there.stop);
  const run = async (what: string) => {
    const [before, startAt] = [trafficOf(there), there.slack.clock()];
    const { status, annotations } = await runNotify(there, { secrets: APP_SECRETS });
    const { requests, writes } = trafficSince(before, trafficOf(there));
    const minutes = (there.slack.clock() - startAt) / 60_000;
    const counts = Object.entries(requests).map(
      ([peer, count]) => `${peer} ${writes[peer as keyof typeof writes]} of ${count}`,
    );
    process.stdout.write(`${what}: writes of requests: ${counts.join(', ')}; ${minutes} min of waiting\n`);
    expect([status, annotations, there.slack.limited]).toEqual([0, [], []]);
    return { requests, writes };
  };
  await run('the first run');
  await there.goTo('2026-09-08T10:00:00Z');
  there.merge(7, SWAPS);
  await run(`${SWAPPING} swaps, told to ${2 * SWAPPING} people and ${SWAPPING} channels`);
  expect(there.slack.state.lines.filter((line) => line.startsWith('U'))).toHaveLength(2 * SWAPPING);
  await there.goTo('2026-09-09T09:03:00Z');
  await run('100 hand-overs');
  await there.goTo('2026-09-09T09:13:00Z');
  const { requests, writes } = await run('nothing to do');
  expect(writes).toEqual({ GitHub: 0, Slack: 0, Zendesk: 0 });
  // One list of user groups, one of planned posts, and each channel; each group of Zendesk.
  expect(requests.Slack).toBeLessThanOrEqual(2 + TEAMS);
  expect(requests.Zendesk).toBeLessThanOrEqual(TEAMS);
  expect(requests.GitHub).toBeLessThanOrEqual(10);
  expect(violationsOf(there)).toEqual([]);
});
