/** Roles with seats as files state them: their names, and everything that contradicts their number, at its line. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roleText } from '../../actions/lib/model.ts';
import { but, checked, loaded, sound } from '../handbook.ts';
import { runs } from '../sampled.ts';

const DESK = 'rotas/paas/desk.yaml';

/** Two engineers at once, of three people; a second line that follows the first seat, and a shadow. */
const desk = `== rotas/people.yaml
people:
  amara: {name: Amara, pagerduty: PAMARA}
  ben: {name: Ben, pagerduty: PBEN}
  chi: {name: Chi, pagerduty: PCHI}
  dee: {name: Dee, pagerduty: PDEE}
== ${DESK}
name: Desk
timezone: Europe/London
hours: paas
handover: {day: monday, time: "09:00"}
roles:
  engineer:
    seats: 2
    rotation:
      - {first_turn: 2026-11-16, people: [amara, ben, chi]}
    turns: {2026-12-14: {engineer-2: dee}}
    pagerduty: {schedules: [PONE, PTWO]}
  second:
    counts: false
    follows: {role: engineer-1, by: 1}
overrides:
  - {role: engineer-1, turn: 2026-12-21, person: dee, instead_of: ben}
== policies/support-hours/paas.yaml
name: PaaS
timezone: Europe/London
windows: {day: [{days: working, from: "09:00", to: "17:00"}]}
covered_by: {day: [paas/desk/engineer]}
== policies/escalation/day.yaml
name: Day
applies_in: [day]
levels:
  - {notify: [paas/desk/engineer]}
pagerduty: {policy: PDAY}
== rotas/paas/planned-changes.yaml
changes: {}
`;

test('a role with seats is one role for each, in the order of its number', () => {
  const rota = sound(desk).rotas.get('paas/desk');
  const seats = [...(rota?.roles.values() ?? [])].map(({ id, seat, schedule }) => [id, seat, schedule]);
  expect(seats).toEqual([
    ['engineer-1', { of: 'engineer', number: 1, seats: 2 }, 'PONE'],
    ['engineer-2', { of: 'engineer', number: 2, seats: 2 }, 'PTWO'],
    ['second', undefined, undefined],
  ]);
  expect(checked(desk)).toEqual([]);
});

test('in covered_by and in chains its name means every seat, and the name of a seat that seat', () => {
  const named = (text: string) => {
    const { hours, escalations } = sound(text);
    const required = hours.get('paas')?.terms[0]?.coveredBy.map(({ anyOf }) => anyOf.flat().map(roleText));
    const notified = escalations
      .get('day')
      ?.levels[0]?.notify.map((it) => (it.kind === 'role' ? roleText(it.role) : it.kind));
    return [required, notified];
  };
  const all = ['paas/desk/engineer-1', 'paas/desk/engineer-2'];
  expect(named(desk)).toEqual([all.map((it) => [it]), all]);
  const one = but(
    but(desk, 'day: [paas/desk/engineer]', 'day: [paas/desk/engineer-2]'),
    'notify: [paas/desk/engineer]',
    'notify: [paas/desk/engineer-2]',
  );
  expect(named(one)).toEqual([[['paas/desk/engineer-2']], ['paas/desk/engineer-2']]);
});

test('one seat has a number too', () => {
  const one = but(but(desk, 'seats: 2', 'seats: 1'), '{schedules: [PONE, PTWO]}', '{schedules: [PONE]}');
  const { handbook, findings } = loaded(but(one, '{engineer-2: dee}', '{engineer-1: dee}'));
  expect(findings).toEqual([]);
  expect([...(handbook.rotas.get('paas/desk')?.roles.keys() ?? [])]).toEqual(['engineer-1', 'second']);
});

const TWO = 'engineer has 2 seats, and one of them is named here; write "engineer-1" or "engineer-2"';

describe.each<[why: string, cases: [passage: string, other: string, ...found: string[]][]]>([
  [
    'the number of seats',
    [
      ['seats: 2', 'seats: 0', `${DESK}:7:12 0 is out of bounds; "seats" is at least 1 [schema]`],
      ['seats: 2', 'seats: 21', `${DESK}:7:12 21 is out of bounds; "seats" is at most 20 [schema]`],
      ['seats: 2', 'seats: 1.5', `${DESK}:7:12 this is a number, and "seats" is a whole number [schema]`],
      ['seats: 2', 'seats: [2]', `${DESK}:7:12 this is a list, and "seats" is a whole number [schema]`],
      ['seats: 2', 'seats:', `${DESK}:7:11 nothing is here; it should be seats such as "2" [schema]`],
    ],
  ],
  [
    'a list with too few people',
    [
      [
        'people: [amara, ben, chi]',
        'people: [amara]',
        `${DESK}:9:42 one person cannot hold 2 seats at once; name at least 2 different people, or write "seats: 1" [schema]`,
      ],
      [
        'people: [amara, ben, chi]',
        'people: [amara, amara, amara]',
        `${DESK}:9:42 one person cannot hold 2 seats at once; name at least 2 different people, or write "seats: 1" [schema]`,
      ],
    ],
  ],
  [
    'the seats of an entry',
    [
      [
        'people: [amara, ben, chi]}',
        'people: [amara, ben, chi], seats: 0}',
        `${DESK}:9:68 0 is out of bounds; "seats" is at least 1 [schema]`,
      ],
      [
        'people: [amara, ben, chi]}',
        'people: [amara, ben, chi], seats: 21}',
        `${DESK}:9:68 21 is out of bounds; "seats" is at most 20 [schema]`,
      ],
      [
        'people: [amara, ben, chi]}',
        'people: [amara, ben, chi]}\n      - {first_turn: 2027-01-04, people: [amara, ben], seats: 3}',
        `${DESK}:10:42 2 people cannot hold 3 seats at once; name at least 3 different people, or write "seats: 2" [schema]`,
        `${DESK}:12:28 engineer has 3 seats; write a schedule for each: "schedules: [PONE, PTWO, …]" [schema]`,
      ],
      [
        '    follows: {role: engineer-1, by: 1}',
        '    rotation: [{first_turn: 2026-11-16, people: [dee], seats: 1}]',
        `${DESK}:14:56 an entry has seats only in a role that has; write "seats: 1" under second, whose one seat is then second-1 [schema]`,
      ],
    ],
  ],
  [
    'a role that follows',
    [
      [
        '    counts: false\n    follows',
        '    counts: false\n    seats: 2\n    follows',
        `${DESK}:14:5 "seats" and "follows" exclude each other; write a role for each seat, such as "second-a: {follows: {role: engineer-1, by: 1}}" [schema]`,
      ],
      ['{role: engineer-1, by: 1}', '{role: engineer, by: 1}', `${DESK}:14:21 ${TWO} [known-names]`],
      ['{role: engineer-1, by: 1}', '{role: engineer-3, by: 1}', `${DESK}:14:21 ${TWO} [known-names]`],
    ],
  ],
  [
    'an override',
    [
      ['{role: engineer-1, turn', '{role: engineer, turn', `${DESK}:16:12 ${TWO} [known-names]`],
      ['{role: engineer-1, turn', '{role: engineer-3, turn', `${DESK}:16:12 ${TWO} [known-names]`],
      [
        '{role: engineer-1, turn',
        '{role: second-1, turn',
        `${DESK}:16:12 there is no role "second-1" in this rota; did you mean "second"? [known-names]`,
      ],
    ],
  ],
  [
    'an agreed turn',
    [
      [
        '{engineer-2: dee}',
        'dee',
        `${DESK}:10:25 this turn is of several seats; write which of them: {engineer-1: dee} [schema]`,
      ],
      ['{engineer-2: dee}', '[dee]', `${DESK}:10:25 this is a list, and an id is text [schema]`],
      [
        '{engineer-2: dee}',
        '5',
        `${DESK}:10:25 this is a number, and an id is text; put it in quotes [schema]`,
      ],
      [
        '{engineer-2: dee}',
        '{}',
        `${DESK}:10:25 this has too few entries; agreed seats needs at least one entry [schema]`,
      ],
      ['{engineer-2: dee}', '{engineer-3: dee}', `${DESK}:10:26 ${TWO} [known-names]`],
      [
        '{engineer-2: dee}',
        '{engineer-1: dee, engineer-2: dee}',
        `${DESK}:10:55 dee has engineer-1 in this turn already; name somebody else [schema]`,
      ],
      [
        '{engineer-2: dee}',
        '{engineer-2: de}',
        `${DESK}:10:38 there is no person "de"; did you mean "dee"? [known-names]`,
      ],
      [
        '    follows: {role: engineer-1, by: 1}',
        '    turns: {2026-12-14: {second-1: dee}}',
        `${DESK}:14:25 second has no seats; write "dee" alone, or add "seats" [schema]`,
      ],
    ],
  ],
  [
    'schedules',
    [
      [
        '{schedules: [PONE, PTWO]}',
        '{schedules: [PONE]}',
        `${DESK}:11:28 engineer has 2 seats; write a schedule for each: "schedules: [PONE, …]" [schema]`,
      ],
      [
        '{schedules: [PONE, PTWO]}',
        '{schedule: PONE}',
        `${DESK}:11:17 engineer has 2 seats; write a schedule for each: "schedules: [PONE, …]" [schema]`,
      ],
      [
        '    counts: false\n',
        '    counts: false\n    pagerduty: {schedules: [PTHREE]}\n',
        `${DESK}:14:17 second has no seats; write "schedule: PTHREE", or add "seats" [schema]`,
      ],
      [
        '{schedules: [PONE, PTWO]}',
        '{schedules: [PONE, PONE]}',
        `${DESK}:11:35 PONE is already the schedule of paas/desk/engineer-1; give paas/desk/engineer-2 its own [pagerduty]`,
      ],
    ],
  ],
  [
    'a name',
    [
      [
        '  second:\n',
        '  engineer-2:\n',
        `${DESK}:12:3 "engineer-2" is a seat of engineer, which has seats; give this role another name [known-names]`,
      ],
      [
        'day: [paas/desk/engineer]',
        'day: [paas/desk/engineer-3]',
        `policies/support-hours/paas.yaml:4:20 ${TWO} [known-names]`,
      ],
      [
        'notify: [paas/desk/engineer]',
        'notify: [paas/desk/engineer-3]',
        `policies/escalation/day.yaml:4:15 ${TWO} [known-names]`,
      ],
    ],
  ],
])('%s', (_, cases) => {
  test.each(cases)('%s → %s', (passage, other, ...found) => {
    expect(checked(but(desk, passage, other))).toEqual(found);
  });
});

test('the id of a role with seats leaves room for their numbers', () => {
  const long = 'e'.repeat(63);
  const roles = `roles: {${long}: {seats: 2, rotation: [{first_turn: 2026-11-16, people: [amara, ben]}]}}\n`;
  const text = desk.replace(/roles:\n[\s\S]*?== policies/, `${roles}== policies`);
  expect(checked(text).filter((line) => line.startsWith(`${DESK}:5`))).toEqual([
    `${DESK}:5:9 this has 63 characters; id of a role with seats has at most 62 [schema]`,
  ]);
});

test('a planned change names a seat', () => {
  const change = (role: string) =>
    but(
      desk,
      'changes: {}',
      `changes:
  issue-1:
    service: desk
    summary: Move
    timezone: Europe/London
    from: 2026-12-08T20:00
    to: 2026-12-08T22:00
    requested_at: 2026-11-20T10:30:00Z
    assigned: [{role: paas/desk/${role}, person: ben}]`,
    );
  const services = '== policies/services.yaml\nservices: {desk: {name: Desk, team: paas}}\n';
  expect(checked(change('engineer-2') + services)).toEqual([]);
  expect(checked(change('engineer') + services)).toEqual([
    `rotas/paas/planned-changes.yaml:9:23 ${TWO} [known-names]`,
  ]);
});

test('whatever is written in place of a value, the answer is findings', () => {
  const words = desk.split(/(?=[ [{:,\n])/);
  const value = fc.constantFrom(
    '2',
    '-1',
    'null',
    '[]',
    '{}',
    '[[engineer-1]]',
    '{engineer-1: [amara]}',
    'engineer',
    'engineer-1',
    'engineer-99999999999',
    '__proto__',
    'true',
    '"09:00 Europe/London"',
    '2026-12-14',
    '{any: [paas/desk/engineer]}',
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(words.length - 1), value), { maxLength: 3 }), (changes) => {
      const text = [...words];
      for (const [i, other] of changes)
        text[i] = `${/^\s/.test(text[i] ?? '') ? ' ' : (text[i] ?? '')[0]}${other}`;
      expect(Array.isArray(checked(text.join('')))).toBe(true);
    }),
    { numRuns: runs(300) },
  );
});
