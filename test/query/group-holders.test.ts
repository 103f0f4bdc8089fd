/** Who belongs to a group by its roles: now, and at some time. */
import { expect, test } from 'vitest';
import { everHolders, holdersAt, holdersUntilTurnEnds } from '../../actions/lib/query/group-holders.ts';
import { aHandbook, at, NIGHTS_ROTA, sound } from '../handbook.ts';

const ids = ['amara', 'ben', 'chi', 'dee', 'eve', 'fay', 'gus'];
const HANDBOOK = sound(
  aHandbook({
    people: Object.fromEntries(ids.map((id) => [id, `name: ${id}`])),
    rotas: {
      'paas/team': 'name: PaaS',
      'paas/nights': `${NIGHTS_ROTA}      - {first_turn: 2027-01-06, people: [dee]}
    turns: {2026-09-16: eve}
  second:
    follows: {role: engineer, by: 1}
  lead:
    rotation: [{first_turn: 2026-09-02, people: [gus]}]
overrides:
  - {role: engineer, person: fay, from: 2026-09-03T10:00, to: 2026-09-03T12:00, instead_of: amara}
`,
    },
  }),
);

const holders = (roles: readonly string[], instant: string) => {
  const all = roles.map((role) => `paas/nights/${role}`);
  return [holdersAt(HANDBOOK, all, at(instant)), [...everHolders(HANDBOOK, all)].sort()];
};

test.each([
  ['by the rotation', ['engineer'], '2026-09-02T12:00:00Z', ['amara']],
  ['by a cover', ['engineer'], '2026-09-03T10:00:00Z', ['fay']],
  ['until a cover is over', ['engineer'], '2026-09-03T11:00:00Z', ['amara']],
  ['by an agreed turn', ['engineer'], '2026-09-16T12:00:00Z', ['eve']],
  ['before the first turn', ['engineer'], '2026-09-01T12:00:00Z', []],
])('now, %s', (_, roles, instant, now) => {
  // A cover is of 10:00 to 12:00 in London, which is an hour ahead of UTC then.
  expect(holders(roles, instant)).toEqual([now, ['amara', 'ben', 'chi', 'dee', 'eve', 'fay']]);
});

test('of several roles, each person once, and whoever is in the rotation that a role follows', () => {
  expect(holders(['second', 'lead', 'second'], '2026-09-02T12:00:00Z')).toEqual([
    ['ben', 'gus'],
    ['amara', 'ben', 'chi', 'dee', 'eve', 'gus'],
  ]);
});

test.each([
  // Fay covers Amara for two hours, and Ben's turn is the next.
  ['2026-09-03T08:00:00Z', ['amara', 'fay']],
  ['2026-09-03T10:00:00Z', ['amara', 'fay']],
  ['2026-09-03T11:00:00Z', ['amara']],
  ['2026-09-09T09:00:00Z', ['ben']],
  ['2026-09-01T12:00:00Z', []],
])('until the turn of %s ends: %j', (instant, expected) => {
  expect([...holdersUntilTurnEnds(HANDBOOK, ['paas/nights/engineer'], at(instant))].sort()).toEqual(expected);
});

test('of a role that does not exist, nobody', () => {
  expect(holders(['none'], '2026-09-02T12:00:00Z')).toEqual([[], []]);
});
