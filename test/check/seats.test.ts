/** What the rules about turns and people say of a role with seats: once for what the seats share, and per seat else. */
import { describe, expect, test } from 'vitest';
import type { Service } from '../../actions/lib/model.ts';
import { escalationFor } from '../../actions/lib/query/escalation.ts';
import { found, foundBy } from '../found.ts';
import { at, but, checked, sound } from '../handbook.ts';

const DESK = 'rotas/team/desk.yaml';

/** Two helpers out of four, who are on call; Chi is new. */
const desk = `== rotas/people.yaml
people:
  amara: {name: Amara, on_call_since: 2020-01-01}
  ben: {name: Ben, on_call_since: 2020-01-01}
  chi: {name: Chi, on_call_since: 2026-11-16}
  dee: {name: Dee, on_call_since: 2020-01-01}
== ${DESK}
name: Desk
timezone: UTC
handover: {day: monday, time: "10:00"}
roles:
  helper:
    seats: 2
    needs: {on_call: true}
    rotation:
      - {first_turn: 2026-11-16, people: [amara, ben, chi, dee]}
== policies/on-call.yaml
rest: {turns_between: 1}
`;

test('a sound role with seats has no findings', () => {
  expect(found(desk)).toEqual([]);
});

test('an entry that begins on no hand-over day is reported once, as the role', () => {
  expect(foundBy('first-turn', but(desk, 'first_turn: 2026-11-16', 'first_turn: 2026-11-17'))).toEqual([
    `${DESK}:9:22 no-hand-over {role: helper, turnOn: 2026-11-17, beforeOn: 2026-11-16, afterOn: 2026-11-23}`,
  ]);
});

test('a role that is not decided far enough ahead is reported once, and a seat by its agreed turns does not hide it', () => {
  const agreed = but(
    desk,
    '    rotation:\n      - {first_turn: 2026-11-16, people: [amara, ben, chi, dee]}',
    '    turns: {2026-11-16: {helper-1: amara, helper-2: ben}, 2026-11-23: {helper-1: chi}}',
  );
  const open = foundBy('decided-ahead', agreed);
  expect(open).toHaveLength(1);
  expect(open[0]).toContain(`${DESK}:5:3 undecided {role: team/desk/helper, startAt: 2026-11-`);
});

test('whoever is free in another seat of the role could take over from somebody away', () => {
  const away = but(
    but(
      desk,
      'amara: {name: Amara,',
      'amara: {name: Amara, away: [{first_day: 2026-12-01, last_day: 2026-12-02}],',
    ),
    'chi: {name: Chi,',
    'chi: {name: Chi, last_day: 2026-11-30,',
  );
  expect(checked(away).filter((line) => line.includes('[away]'))).toEqual([
    'rotas/people.yaml:2:31 amara is away Tue 1 Dec to Wed 2 Dec and is team/desk/helper-1 Tue 1 Dec 00:00 – Thu 3 Dec 00:00; dee could take it [away]',
  ]);
});

test('a newcomer is beside the other seat', () => {
  expect(foundBy('new-to-on-call', desk)).toEqual([]);
  const alone = foundBy(
    'new-to-on-call',
    but(desk, 'dee: {name: Dee, on_call_since: 2020-01-01}', 'dee: {name: Dee, on_call_since: 2026-11-16}'),
  );
  expect(alone.map((line) => line.slice(0, 71))).toEqual([
    expect.stringContaining('alone {person: chi, role: team/desk/helper-1'),
    expect.stringContaining('alone {person: dee, role: team/desk/helper-2'),
  ]);
});

test('rest is counted over all seats', () => {
  expect(foundBy('rest', but(desk, '[amara, ben, chi, dee]', '[amara, ben, chi]'))).toHaveLength(3);
  expect(foundBy('rest', but(desk, '[amara, ben, chi, dee]', '[amara, ben, chi]'))[0]).toContain(
    'too-close {person: amara, earlier: team/desk/helper-',
  );
});

describe('a level that calls the role', () => {
  const chain = (notify: string) => `${desk}== policies/support-hours/always.yaml
name: Always
timezone: UTC
windows: {always: [{days: every, from: "00:00", to: "00:00"}]}
== policies/service-levels/desk.yaml
name: Desk
hours: always
priorities: {P1: {name: Critical, out_of_hours: {respond: 1 hour}}}
clock: {always: out_of_hours}
example: true
== policies/escalation/desk.yaml
name: Desk
applies_in: [always]
levels: [{notify: [${notify}]}]
== policies/services.yaml
services: {desk: {name: Desk, team: team, service_level: desk, escalation: {always: desk}}}
== rotas/team/team.yaml
name: Team
`;

  test('calls whoever holds its seats, each by the name of the seat', () => {
    const handbook = sound(chain('team/desk/helper'));
    const { levels } = escalationFor(
      handbook,
      handbook.services.get('desk') as Service,
      at('2026-11-23T12:00Z'),
    );
    expect(levels.map(({ notify }) => notify)).toEqual([
      [
        { rota: 'team/desk', role: 'helper-1', person: 'chi' },
        { rota: 'team/desk', role: 'helper-2', person: 'dee' },
      ],
    ]);
    expect(found(chain('team/desk/helper'))).toEqual([]);
  });

  test('calls somebody twice who is in the level beside their seat', () => {
    const twice = foundBy('escalation-ends', chain('team/desk/helper, person: amara'));
    expect(twice).toHaveLength(1);
    expect(twice[0]).toContain('called-twice {level: 1, person: amara');
    expect(foundBy('escalation-ends', chain('team/desk/helper, team/desk/helper-1'))[0]).toContain(
      'called-twice',
    );
  });
});
