/** Seats that are added, removed or renamed in a pull request: a change of cover, with the notice and history of one. */
import { describe, expect, test } from 'vitest';
import { foundInPull } from '../found.ts';
import { compared, folk, local } from '../handbook.ts';

const NOW = '2026-11-21T12:00:00Z';
const DESK = 'rotas/team/desk.yaml';

/** Turns from Monday 16 November; the notice is a week. */
const desk = (role: string, more = '') => `${folk('amara', 'ben', 'chi')}== ${DESK}
name: Desk
timezone: UTC
handover: {day: monday, time: "10:00"}
roles:
  helper:
${role
  .split('\n')
  .map((line) => `    ${line}\n`)
  .join('')}${more}== policies/notice.yaml
rota_change: {minimum: 7 days}
`;

const list = (people: string, first = '2026-11-16') =>
  `rotation: [{first_turn: ${first}, people: [${people}]}]`;
const one = desk(list('amara'));
const two = desk(`seats: 2\n${list('amara, ben')}`);
const three = desk(`seats: 3\n${list('amara, ben, chi')}`);

const changes = (base: string, head: string) =>
  (compared(base, head, NOW).against?.changes ?? []).map(
    ({ role, before, after, startAt, cause }) =>
      `${role} ${before ?? '-'} → ${after ?? '-'} ${local(startAt, 'UTC').slice(0, 10)} ${cause.path.join('.')}`,
  );

describe('the cover that changes is that of the seats', () => {
  test.each<[what: string, base: string, head: string, ...expected: string[]]>([
    ['nothing', two, two],
    ['a seat more than one person', one, two, 'helper-2 - → ben 2026-11-16 roles.helper.seats'],
    ['a seat more', two, three, 'helper-3 - → chi 2026-11-16 roles.helper.seats'],
    ['a seat less', three, two, 'helper-3 chi → - 2026-11-16 roles.helper.seats'],
    ['one person instead of two', two, one, 'helper-2 ben → - 2026-11-16 roles.helper'],
    ['one seat instead of one person', one, desk(`seats: 1\n${list('amara')}`)],
    [
      'the order of the seats',
      two,
      desk(`seats: 2\n${list('ben, amara')}`),
      'helper-1 amara → ben 2026-11-16 roles.helper.rotation.0',
      'helper-2 ben → amara 2026-11-16 roles.helper.rotation.0',
    ],
    [
      'a seat more from a day on, by an entry with its own number',
      desk(`seats: 2\nrotation:\n  - {first_turn: 2026-11-16, people: [amara, ben]}`),
      desk(
        `seats: 2\nrotation:\n  - {first_turn: 2026-11-16, people: [amara, ben]}\n  - {first_turn: 2026-12-07, people: [amara, ben, chi], seats: 3}`,
      ),
      'helper-3 - → chi 2026-12-07 roles.helper.rotation.1',
    ],
    [
      'a seat less from a day on',
      desk(`seats: 2\nrotation:\n  - {first_turn: 2026-11-16, people: [amara, ben]}`),
      desk(
        `seats: 2\nrotation:\n  - {first_turn: 2026-11-16, people: [amara, ben]}\n  - {first_turn: 2026-12-07, people: [amara], seats: 1}`,
      ),
      'helper-2 ben → - 2026-12-07 roles.helper.rotation.1',
    ],
    [
      'other people from a day on',
      desk(`seats: 2\nrotation:\n  - {first_turn: 2026-11-16, people: [amara, ben]}`),
      desk(
        `seats: 2\nrotation:\n  - {first_turn: 2026-11-16, people: [amara, ben]}\n  - {first_turn: 2026-12-07, people: [amara, chi]}`,
      ),
      'helper-2 ben → chi 2026-12-07 roles.helper.rotation.1',
    ],
  ])('%s', (_, base, head, ...expected) => {
    expect(changes(base, head)).toEqual(expected);
  });
});

test('it needs the notice of a rota, and leaves the past as it was', () => {
  const soon = (first: string) => desk(`seats: 2\n${list('amara, ben', first)}`);
  const base = (first: string) => desk(list('amara', first));
  expect(foundInPull('notice', base('2026-11-30'), soon('2026-11-30'), NOW)).toEqual([]);
  expect(foundInPull('notice', base('2026-11-23'), soon('2026-11-23'), NOW)).toHaveLength(1);
  const [past, ...more] = foundInPull('history', one, two, NOW);
  expect(past).toContain(`${DESK}:6:12 error past-changed {rota: team/desk, role: helper-2, after: ben`);
  expect(more).toEqual([]);
});

test('a role that gets seats takes its agreed turns and overrides along', () => {
  const written = (role: string, turn: string, seat: string) =>
    desk(
      role,
      `    turns: {2026-11-16: ${turn}}
overrides:
  - {role: ${seat}, person: chi, instead_of: ben, from: 2026-11-17T10:00, to: 2026-11-18T10:00}
`,
    );
  const base = written(list('amara'), 'ben', 'helper');
  const head = written(`seats: 1\n${list('amara')}`, '{helper-1: ben}', 'helper-1');
  expect(compared(base, head, NOW).findings).toEqual([]);
  expect(changes(base, head)).toEqual([]);
});

test('a schedule that stays with the first seat is no change of who is woken, and that of a new seat is', () => {
  const base = desk(`${list('amara')}\npagerduty: {schedule: PONE}`);
  const head = desk(`seats: 2\n${list('amara, ben')}\npagerduty: {schedules: [PONE, PTWO]}`);
  const other = desk(`seats: 2\n${list('amara, ben')}\npagerduty: {schedules: [PTWO, PONE]}`);
  const found = foundInPull('identity', base, head, NOW);
  expect(found).toEqual([expect.stringContaining('desk/helper-2, key: schedule, after: PTWO}')]);
  expect(foundInPull('identity', base, other, NOW)).toHaveLength(2);
  expect(foundInPull('identity', base, other, NOW)[0]).toContain(`${DESK}:8:29`);
});
