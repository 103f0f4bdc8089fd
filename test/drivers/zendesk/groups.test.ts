/** The members of groups in Zendesk: what is planned and done as the people who are on change. */
import { describe, expect, test } from 'vitest';
import { but } from '../../handbook.ts';
import { CANARY } from '../../zendesk/account.ts';
import {
  AMARA,
  type account,
  applied,
  BEN,
  CHI,
  DAYS,
  DEE,
  EVE,
  HOME,
  NIGHTS,
  OWNED,
  planned,
  REMOVES,
  STRANGER,
  started,
  WEEKS,
  withGroups,
} from '../../zendesk/kit.ts';
import { type Answer, TOKEN } from '../../zendesk/stand-in.ts';

const KEPT = `  ${STRANGER} (not in the handbook), added by hand in Zendesk; kept`;
const named = (group: number, counts = ''): string =>
  `${group === NIGHTS ? 'nights' : 'days'} group (${group})${counts}`;

describe('who is on', () => {
  test('is a member already: one request for each group, and nothing is written', async () => {
    const to = await started();
    const run = await planned(to, withGroups(), WEEKS.amara);
    expect(run.lines).toEqual(['Zendesk matches the handbook', named(NIGHTS, ': 1 kept'), KEPT]);
    expect(run.requests).toEqual({ reads: 2, writes: 0 });
    expect((await run.apply()).requests).toEqual({ reads: 2, writes: 0 });
    expect(to.violations).toEqual([]);
  });

  test('is added at a hand-over, and nobody is removed unless the handbook says so', async () => {
    const to = await started();
    const run = await planned(to, withGroups(), WEEKS.ben);
    const stays = '  amara holds none of its roles now and stays';
    expect(run.lines.slice(0, -1)).toEqual([
      '2 changes to make in Zendesk',
      named(NIGHTS, ': 1 to add, 1 kept'),
      '  add ben',
      KEPT,
      `${stays}; "removes: true" would remove them, and unassign their tickets`,
      named(DAYS, ': 1 to add'),
      '  add eve',
      '  dee holds none of its roles now and stays; "removes: true" would remove them, and unassign their tickets',
    ]);
    expect(await run.apply()).toMatchObject({
      outcome: 'verified',
      targets: [
        { id: String(NIGHTS), added: [String(BEN)], removed: [] },
        { id: String(DAYS), added: [String(EVE)], removed: [] },
      ],
    });
    expect(to.groups.members).toMatchObject({ [NIGHTS]: [STRANGER, AMARA, BEN], [DAYS]: [DEE, EVE] });
    expect(to.groups.tickets.map(({ assignee }) => assignee)).not.toContain(undefined);
    expect(to.violations).toEqual([]);
  });

  test('is added and read back before others are removed, whose tickets the plan counts', async () => {
    const to = await started();
    const text = withGroups({ nights: REMOVES });
    const run = await planned(to, text, WEEKS.ben);
    expect(run.lines).toContain('  remove amara, which unassigns 2 open tickets of theirs');
    expect((await run.apply()).outcome).toBe('verified');
    expect(to.groups.members[NIGHTS]).toEqual([STRANGER, BEN]);
    expect(to.groups.tickets.filter(({ group }) => group === NIGHTS).map((it) => it.assignee)).toEqual([
      undefined,
      undefined,
      AMARA,
      STRANGER,
    ]);
    const again = await planned(to, text, WEEKS.ben);
    expect(again.plan.writes).toBe(0);
    expect(to.violations).toEqual([]);
  });

  test('is nobody, so that the members stay as they are', async () => {
    const to = await started();
    const text = but(
      withGroups({ nights: OWNED }),
      'people: [amara, ben, chi]}',
      'people: [amara, ben, chi]}\n      - {first_turn: 2026-09-09, people: []}',
    );
    const run = await planned(to, text, WEEKS.ben);
    expect(run.lines.slice(1, 4)).toEqual([
      named(NIGHTS),
      '  nobody holds its roles now; its members stay as they are',
      named(DAYS, ': 1 to add'),
    ]);
    expect((await run.apply()).outcome).toBe('verified');
    expect(to.groups.members[NIGHTS]).toEqual([STRANGER, AMARA]);
  });

  test('includes every seat of a role, covers and extra time', async () => {
    const to = await started();
    const text = `${but(withGroups({ nights: REMOVES }), 'engineer:\n    rotation:\n      - {first_turn: 2026-09-02, people: [amara', 'engineer:\n    seats: 2\n    rotation:\n      - {first_turn: 2026-09-02, people: [amara')}overrides:
  - {role: engineer, person: ben, from: 2026-09-02T12:00, to: 2026-09-02T14:00, instead_of: dee}
`;
    await applied(to, text, WEEKS.amara);
    expect(to.groups.members).toMatchObject({ [NIGHTS]: [STRANGER, AMARA, BEN], [DAYS]: [BEN, DEE] });
  });
});

describe('who stays', () => {
  test('is everybody whom somebody put there by hand, unless the group is ours as a whole', async () => {
    const to = await started();
    const run = await planned(to, withGroups({ nights: OWNED }), WEEKS.amara);
    expect(run.lines).toContain(
      `  remove ${STRANGER} (not in the handbook), which unassigns 1 open ticket of theirs`,
    );
    await run.apply();
    expect(to.groups.members[NIGHTS]).toEqual([AMARA]);
    expect(to.violations).toEqual([]);
  });

  test('is somebody of the handbook who never holds a role of the group', async () => {
    const to = await started({ members: { [NIGHTS]: [AMARA, DEE], [DAYS]: [DEE] } });
    await applied(to, withGroups({ nights: REMOVES }), WEEKS.ben);
    expect(to.groups.members[NIGHTS]).toEqual([BEN, DEE]);
  });

  test('is whoever is on again before the turn ends, so that a cover of an hour takes no tickets away', async () => {
    const to = await started({ members: { [NIGHTS]: [AMARA, CHI], [DAYS]: [DEE] } });
    const cover = `{role: engineer, person: ben, instead_of: amara, from: 2026-09-02T13:00, to: 2026-09-02T14:00}`;
    const text = but(
      withGroups({ nights: REMOVES }),
      'people: [amara, ben, chi]}\n',
      `people: [amara, ben, chi]}\noverrides:\n  - ${cover}\n`,
    );
    const run = await planned(to, text, WEEKS.amara);
    expect(run.lines.slice(0, 5)).toEqual([
      '2 changes to make in Zendesk',
      named(NIGHTS, ': 1 to add, 1 to remove'),
      '  add ben',
      '  remove chi, which unassigns 0 open tickets of theirs',
      '  amara holds none of its roles now and stays with the tickets, being on again before the turn ends',
    ]);
    await run.apply();
    expect(to.groups.members[NIGHTS]).toEqual([AMARA, BEN]);
    await applied(to, text, '2026-09-02T13:00:00Z');
    expect(to.groups.members[NIGHTS]).toEqual([AMARA]);
    await applied(to, text, WEEKS.ben);
    expect(to.groups.members[NIGHTS]).toEqual([BEN]);
    expect(to.groups.tickets.slice(0, 2).map(({ assignee }) => assignee)).toEqual([undefined, undefined]);
  });

  test('is everybody while those who are on have no user', async () => {
    const to = await started();
    const text = withGroups({ nights: REMOVES, people: { ben: 'name: Ben' } });
    expect((await planned(to, text, WEEKS.ben)).lines).toContain(
      '  amara holds none of its roles now and stays until everybody who does is a member',
    );
  });

  test('is whoever has it as the default group', async () => {
    const to = await started({
      users: [{ id: AMARA, home: NIGHTS }, { id: BEN }, { id: DEE }, { id: STRANGER }],
    });
    const run = await planned(to, withGroups({ nights: REMOVES }), WEEKS.ben);
    expect(run.lines).toContain(
      '  amara holds none of its roles now and stays, because it is their default group; choose another one for them in Zendesk',
    );
    expect(run.plan.targets[0]?.remove).toEqual([]);
    await run.apply();
    expect(to.groups.members[NIGHTS]).toEqual([STRANGER, AMARA, BEN]);
    expect(to.violations).toEqual([]);
  });

  test('is not somebody who only ever covered, once that is over', async () => {
    const to = await started({ members: { [NIGHTS]: [AMARA], [DAYS]: [DEE, CHI] } });
    const days = `{groups: {${DAYS}: {roles: [days/day/engineer], removes: true}}}`;
    const cover =
      '  - {role: engineer, person: chi, from: 2026-09-02T12:00, to: 2026-09-02T12:30, instead_of: dee}\n';
    await applied(to, `${withGroups({ days })}overrides:\n${cover}`, WEEKS.amara);
    expect(to.groups.members[DAYS]).toEqual([DEE]);
  });
});

describe('what prevents a change is said with the remedy, and the rest goes on', () => {
  test.each<[what: string, given: Parameters<typeof account>[0], text: string, line: string]>([
    [
      'a group that does not exist',
      { members: { [DAYS]: [DEE] } },
      withGroups(),
      `Zendesk has no group ${NIGHTS}; correct its number in rotas/nights/team.yaml`,
    ],
    [
      'a user who does not exist',
      { users: [AMARA, DEE].map((id) => ({ id })) },
      withGroups({ people: { ben: 'name: Ben, zendesk: 1' } }),
      'Zendesk has no user 1, who is ben and on; correct zendesk of ben in rotas/people.yaml',
    ],
    [
      'a user who was deleted',
      { users: [{ id: AMARA }, { id: DEE }, { id: BEN, active: false }] },
      withGroups(),
      `Zendesk has no user ${BEN}, who is ben and on; correct zendesk of ben in rotas/people.yaml`,
    ],
    [
      'an end user',
      { users: [{ id: AMARA }, { id: DEE }, { id: BEN, role: 'end-user' }] },
      withGroups(),
      `user ${BEN} of Zendesk, who is ben and on, is not an agent; make them one there, or correct zendesk of ben in rotas/people.yaml`,
    ],
    [
      'a suspended user',
      { users: [{ id: AMARA }, { id: DEE }, { id: BEN, suspended: true }] },
      withGroups(),
      `ben is on, and Zendesk's user ${BEN} is suspended, who can be given no tickets; unsuspend them there, or give the time to somebody else`,
    ],
    [
      'a member who was suspended',
      {
        users: [{ id: AMARA }, { id: DEE }, { id: BEN, suspended: true }],
        members: { [NIGHTS]: [AMARA, BEN], [DAYS]: [DEE] },
      },
      withGroups({ nights: REMOVES }),
      `ben is on, and Zendesk's user ${BEN} is suspended, who can be given no tickets; unsuspend them there, or give the time to somebody else`,
    ],
  ])('%s', async (_, given, text, line) => {
    const to = await started(given);
    // Days are dee's by then, who is to be added there.
    to.groups.byHand(DAYS, { remove: DEE });
    const days = but(text, 'people: [dee, eve]', 'people: [eve, dee]');
    const run = await planned(to, days, WEEKS.ben);
    expect(run.lines).toContain(`  ${line}`);
    expect(run.lines[0]).toBe('1 change to make in Zendesk, and 1 thing to fix first');
    expect((await run.apply()).outcome).toBe('verified');
    expect(to.groups.members[DAYS]).toEqual([DEE]);
    if (to.groups.members[NIGHTS] !== undefined) expect(to.groups.members[NIGHTS]).toContain(AMARA);
    expect(to.violations).toEqual([]);
  });

  test('somebody without a user: the others who are on are added, and those who are not removed', async () => {
    const to = await started();
    const text = withGroups({
      nights: `{groups: {${NIGHTS}: {roles: [nights/night/engineer, days/day/engineer], removes: true}}}`,
      people: { ben: 'name: Ben' },
    });
    const shared = but(text, 'people: [dee, eve]', 'people: [eve, dee]');
    const run = await planned(to, shared, WEEKS.ben);
    expect(run.lines).toContain(
      '  ben is on and has no user of Zendesk; add "zendesk: <number>" to ben in rotas/people.yaml',
    );
    await run.apply();
    expect(to.groups.members[NIGHTS]).toEqual([STRANGER, DEE]);
  });

  test('nobody is removed where nobody who is on has a user', async () => {
    const to = await started();
    await applied(to, withGroups({ nights: OWNED, people: { ben: 'name: Ben' } }), WEEKS.ben);
    expect(to.groups.members[NIGHTS]).toEqual([STRANGER, AMARA]);
  });

  test('of two who are on, one who cannot be a member keeps others from being removed', async () => {
    const to = await started({ users: [{ id: AMARA }, { id: BEN, suspended: true }, { id: DEE }] });
    const text = but(
      withGroups({
        nights: `{groups: {${NIGHTS}: {roles: [nights/night/engineer, days/day/engineer], removes: true}}}`,
      }),
      'people: [dee, eve]',
      'people: [eve, dee]',
    );
    const run = await planned(to, text, WEEKS.ben);
    expect(run.lines).toContain(
      '  amara holds none of its roles now and stays until everybody who does is a member',
    );
    expect((await run.apply()).outcome).toBe('verified');
    expect(to.groups.members[NIGHTS]).toEqual([STRANGER, AMARA, DEE]);
    expect(to.violations).toEqual([]);
  });
});

describe('faults', () => {
  test('of one group leave the other to go on', async () => {
    const to = await started();
    to.fault(`groups/${NIGHTS}`, { status: 500 }, 6);
    const run = await planned(to, withGroups(), WEEKS.ben);
    expect(run.lines).toContain(
      `  Zendesk responded to GET groups/${NIGHTS}/memberships.json with 500; run it again when it is back`,
    );
    expect((await run.apply()).targets).toMatchObject([{ id: String(DAYS) }]);
    expect(to.groups.members).toMatchObject({ [NIGHTS]: [STRANGER, AMARA], [DAYS]: [DEE, EVE] });
  });

  test.each([
    ['the users', 'show_many'],
    ['the tickets', 'search/count'],
  ])('of %s are said, and nothing is changed without them', async (_, path) => {
    const to = await started();
    to.fault(path, { status: 403 }, 9);
    const run = await planned(to, withGroups({ nights: REMOVES }), WEEKS.ben);
    expect(run.lines.join()).toContain('with 403; the token may not read this');
    await run.apply();
    expect(to.groups.members[NIGHTS]).toEqual([STRANGER, AMARA]);
  });

  test('of the token end the run', async () => {
    const to = await started();
    to.fault('groups', { status: 401 });
    await expect(planned(to, withGroups(), WEEKS.ben)).rejects.toThrow('with 401; check ZENDESK_EMAIL');
    expect(to.requests).toHaveLength(1);
  });

  test('of a token that may only read are reported of each group', async () => {
    const to = await started();
    to.fault('POST', { status: 403, body: CANARY }, 9);
    const audit = await applied(to, withGroups({ nights: REMOVES }), WEEKS.ben);
    expect(audit.trouble).toHaveLength(2);
    expect(audit.trouble[0]).toContain(`nights group (${NIGHTS}): Zendesk responded to POST`);
    expect(JSON.stringify(audit)).not.toMatch(new RegExp(`${TOKEN}|${CANARY}`));
    expect(to.groups.members[NIGHTS]).toEqual([STRANGER, AMARA]);
  });

  test.each<[what: string, answer: Answer, outcome: string]>([
    ['an addition whose response is lost is read back', 'lost', 'verified'],
    ['an addition that was not carried out is reported', 'drop', 'failed'],
    ['an addition in an outage is reported', { status: 503 }, 'failed'],
    ['the rate limit is waited out', { status: 429, headers: { 'retry-after': '0' } }, 'verified'],
  ])('%s', async (_, answer, outcome) => {
    const to = await started();
    to.fault('POST', answer);
    const audit = await applied(to, withGroups({ nights: REMOVES }), WEEKS.ben);
    expect(audit.outcome).toBe(outcome);
    expect(audit.trouble).toHaveLength(outcome === 'failed' ? 1 : 0);
    // The other group is changed all the same.
    expect(to.groups.members[DAYS]).toEqual([DEE, EVE]);
    expect(to.groups.members[NIGHTS]).toEqual([STRANGER, outcome === 'failed' ? AMARA : BEN]);
    expect(to.violations).toEqual([]);
  });

  test('a limit of a few requests at once changes nothing of the end', async () => {
    const to = await started({}, { groupRequestsAtOnce: 2 });
    expect((await applied(to, withGroups({ nights: REMOVES }), WEEKS.ben)).outcome).toBe('verified');
    expect(to.groups.members[NIGHTS]).toEqual([STRANGER, BEN]);
  });
});

describe('what somebody does between the plan and the apply', () => {
  const text = withGroups({ nights: REMOVES });

  test('an addition by hand is taken as done', async () => {
    const to = await started();
    const run = await planned(to, text, WEEKS.ben);
    to.groups.byHand(NIGHTS, { add: BEN });
    expect((await run.apply()).outcome).toBe('verified');
    expect(to.groups.members[NIGHTS]).toEqual([STRANGER, BEN]);
  });

  test('a removal of whoever is on leaves the others in the group', async () => {
    const to = await started({ members: { [NIGHTS]: [AMARA, BEN], [DAYS]: [EVE] } });
    const run = await planned(to, text, WEEKS.ben);
    to.groups.byHand(NIGHTS, { remove: BEN });
    const { trouble } = await run.apply();
    expect(trouble).toEqual([
      `nights group (${NIGHTS}): somebody who is on is not a member yet, so nobody was removed; run it again`,
    ]);
    expect(to.groups.members[NIGHTS]).toEqual([AMARA]);
  });

  test('whoever makes it their default group stays', async () => {
    const to = await started();
    const run = await planned(to, text, WEEKS.ben);
    to.groups.change({ id: AMARA, home: NIGHTS });
    await run.apply();
    expect(to.groups.members[NIGHTS]).toEqual([STRANGER, AMARA, BEN]);
    expect(to.violations).toEqual([]);
  });

  test('a group that is deleted is reported, and the other changed', async () => {
    const to = await started();
    const run = await planned(to, text, WEEKS.ben);
    to.groups.delete(NIGHTS);
    const { trouble, targets } = await run.apply();
    expect(trouble).toHaveLength(1);
    expect(targets).toMatchObject([{ id: String(DAYS) }]);
  });
});

test('no text of Zendesk is in a plan', async () => {
  const to = await started({ members: { [NIGHTS]: [STRANGER], [DAYS]: [CHI], [HOME]: [] } });
  const run = await planned(to, withGroups({ nights: OWNED }), WEEKS.ben);
  expect(JSON.stringify([run.plan, run.lines])).not.toMatch(new RegExp(`${TOKEN}|${CANARY}`));
});
