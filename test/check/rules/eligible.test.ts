/**
 * Who may hold a role, to the day: a person who may from the day of the shift on, and one who may from the day after.
 */
import { describe, expect, test } from 'vitest';
import { eligible as eligibleRule } from '../../../actions/lib/check/rules/eligible.ts';
import { foundBy, wordsOf } from '../../found.ts';
import { at } from '../../handbook.ts';

/**
 * A turn from Monday 7 December 10:00 to Monday 14 December 10:00, held by amara; ben holds the others, without rest.
 */
const shift = (amara: string, needs: string, more = '', now?: string): string[] =>
  foundBy(
    'eligible',
    `== rotas/people.yaml
people:
  amara: {name: Amara${amara}}
  ben: {name: Ben, skills: [dev, ops], vetted_on: 2020-01-01, on_call_since: 2020-01-01}
== rotas/team/rota.yaml
name: Rota
timezone: Europe/London
handover: {day: monday, time: "10:00"}
roles:
  lead:
    needs: {${needs}}
    rotation: [{first_turn: 2026-11-09, people: [ben]}]
    turns: {2026-12-07: amara}
${more}`,
    now,
  ).map((line) => line.replace('rotas/team/rota.yaml:', ''));

const TURN = 'role: team/rota/lead, startAt: 2026-12-07T10:00+00:00, endAt: 2026-12-14T10:00+00:00';

describe('amara is on a shift from 7 December to 10:00 on the 14th', () => {
  test.each<[amara: string, needs: string, code?: string, more?: string]>([
    ['', ''],
    ['', 'vetted: false, on_call: false, skills: []'],
    [', skills: [dev]', 'skills: [dev]'],
    [', skills: [ops]', 'skills: [dev]', 'lacks-skills', 'skills: [dev]'],
    [', skills: [Dev]', 'skills: [dev]', 'lacks-skills', 'skills: [dev]'],
    [', skills: [ops]', 'skills: [dev, ops]', 'lacks-skills', 'skills: [dev]'],
    ['', 'skills: [dev, ops]', 'lacks-skills', 'skills: [dev, ops]'],
    [', skills: [ops]', 'any_skill: [dev, ops]'],
    [', skills: [qa, dev]', 'any_skill: [dev, ops]'],
    [', skills: [qa]', 'any_skill: [dev, ops]', 'lacks-any-skill', 'skills: [dev, ops]'],
    ['', 'any_skill: [ops]', 'lacks-any-skill', 'skills: [ops]'],
    ['', 'any_skill: []'],
    [', skills: [ops]', 'skills: [ops], any_skill: [dev]', 'lacks-any-skill', 'skills: [dev]'],
    [', skills: [dev]', 'skills: [ops], any_skill: [dev]', 'lacks-skills', 'skills: [ops]'],
    [', vetted_on: 2026-12-07', 'vetted: true'],
    [', vetted_on: 2026-12-08', 'vetted: true', 'not-vetted'],
    ['', 'vetted: true', 'not-vetted'],
    [', on_call_since: 2026-12-07', 'on_call: true'],
    [', on_call_since: 2026-12-08', 'on_call: true', 'not-opted-in'],
    [', first_day: 2026-12-07', ''],
    [', first_day: 2026-12-08', '', 'not-started'],
    [', first_day: 2026-12-08, zone: Pacific/Auckland', '', 'not-started'],
    [', first_day: 2026-12-07, zone: Pacific/Auckland', ''],
    [', last_day: 2026-12-14, zone: Pacific/Auckland', ''],
    [', last_day: 2026-12-13, zone: Pacific/Auckland', '', 'has-left'],
    [', last_day: 2026-12-14', ''],
    [', last_day: 2026-12-13', '', 'has-left'],
  ])('"%s", needed "%s"', (amara, needs, code, more) => {
    const args = ['person: amara', TURN, ...(more === undefined ? [] : [more])].join(', ');
    expect(shift(amara, needs)).toEqual(code === undefined ? [] : [`8:25 ${code} {${args}}`]);
  });
});

describe('what a team needs', () => {
  const team = (needs: string) => `== rotas/team/team.yaml\nname: Team\nneeds: {${needs}}\n`;

  test.each<[amara: string, team: string, role: string, code?: string]>([
    ['', 'vetted: true', '', 'not-vetted'],
    [', vetted_on: 2026-12-07', 'vetted: true', ''],
    ['', 'vetted: true', 'vetted: false'],
    ['', 'vetted: true', 'skills: []', 'not-vetted'],
    ['', 'vetted: false', 'vetted: true', 'not-vetted'],
    ['', 'on_call: true', '', 'not-opted-in'],
    ['', 'skills: [dev]', '', 'lacks-skills'],
    ['', 'skills: [dev]', 'skills: []'],
    ['', 'any_skill: [dev, ops]', '', 'lacks-any-skill'],
    [', skills: [ops]', 'any_skill: [dev]', 'any_skill: [ops]'],
  ])('"%s", needed by the team "%s" and by the role "%s"', (amara, needs, role, code) => {
    const codes = shift(amara, role, team(needs)).map((line) => line.split(' ')[1]);
    expect(codes).toEqual(code === undefined ? [] : [code]);
  });

  test('is not needed of a role that does not count, nor by another team', () => {
    const text = (more: string, folder = 'team') => `== rotas/people.yaml
people: {amara: {name: Amara}}
== rotas/${folder}/team.yaml
name: Team
needs: {vetted: true}
== rotas/team/rota.yaml
name: Rota
timezone: UTC
handover: {day: monday, time: "10:00"}
roles: {lead: {${more}rotation: [{first_turn: 2026-11-02, people: [amara]}]}}
`;
    expect(foundBy('eligible', text('')).length).toBe(1);
    expect(foundBy('eligible', text('counts: false, '))).toEqual([]);
    expect(foundBy('eligible', text('', 'other'))).toEqual([]);
  });

  test.each([
    ['vetted: yes', 'needs: {vetted: yes}'],
    ['skills: dev', 'needs: {skills: dev}'],
    ['any_skill: [a, a]', 'needs: {any_skill: [a, a]}'],
    ['anyskill: [a]', 'needs: {anyskill: [a]}'],
  ])('is read by the same schema as what a role needs: %s', (needs) => {
    const text = (file: string) => foundBy('schema', file).map((line) => line.replace(/^\S+ /, ''));
    const role = text(`== rotas/t/r.yaml
name: R
timezone: UTC
handover: {day: monday, time: "10:00"}
roles: {lead: {needs: {${needs}}}}
`);
    expect(text(team(needs))).toEqual(role);
    expect(role.length).toBe(1);
  });
});

test('somebody in several seats of a role is reported once a line', () => {
  const [only, ...more] = foundBy(
    'eligible',
    `== rotas/people.yaml
people:
  amara: {name: Amara}
  ben: {name: Ben, vetted_on: 2020-01-01}
  chi: {name: Chi, vetted_on: 2020-01-01}
== rotas/team/rota.yaml
name: Rota
timezone: UTC
handover: {day: monday, time: "10:00"}
roles:
  lead: {seats: 2, needs: {vetted: true}, rotation: [{first_turn: 2026-11-02, people: [amara, ben, chi]}]}
`,
  );
  expect(only).toContain('person: amara, role: team/rota/lead-');
  expect(more).toEqual([]);
});

test('a shift that ends at midnight ends on the day before', () => {
  const until = (to: string, lastDay: string) =>
    foundBy(
      'eligible',
      `== rotas/people.yaml
people:
  amara: {name: Amara, last_day: ${lastDay}}
== rotas/team/rota.yaml
name: Rota
timezone: America/New_York
handover: {day: monday, time: "10:00"}
roles: {lead: {rotation: [{first_turn: 2026-11-02, people: []}]}}
overrides:
  - {role: lead, person: amara, from: 2026-12-08T10:00, to: ${to}}
`,
    );
  expect(until('2026-12-09T00:00', '2026-12-08')).toEqual([]);
  expect(until('2026-12-09T00:01', '2026-12-09')).toEqual([]);
  expect(until('2026-12-09T00:01', '2026-12-08')).toEqual([
    'rotas/team/rota.yaml:6:5 has-left {person: amara, role: team/rota/lead, startAt: 2026-12-08T10:00-05:00, endAt: 2026-12-09T00:01-05:00}',
  ]);
});

test('a person is reported once for a role, at the first line that assigns them', () => {
  const override = (person: string) =>
    `overrides:\n  - {role: lead, turn: 2026-12-21, person: ${person}}\n  - {role: lead, turn: 2026-11-30, person: ${person}}\n`;
  expect(shift(', skills: [dev]', 'skills: [dev]', override('amara'))).toEqual([]);
  expect(shift('', 'skills: [dev]', override('amara'))).toEqual([
    '11:5 lacks-skills {person: amara, role: team/rota/lead, startAt: 2026-11-30T10:00+00:00, endAt: 2026-12-14T10:00+00:00, more: 1, skills: [dev]}',
  ]);
});

test('a role that does not count is checked too, at the line that follows another role', () => {
  const shadow = (needs: string) =>
    shift(
      ', vetted_on: 2020-01-01',
      'vetted: true',
      `  shadow: {counts: false, needs: ${needs}, follows: {role: lead, by: 1}}\n`,
    );
  expect(shadow('{vetted: true}')).toEqual([]);
  expect(shadow('{skills: [dev]}')).toEqual([
    '9:60 lacks-skills {person: amara, role: team/rota/shadow, startAt: 2026-11-30T10:00+00:00, endAt: 2026-12-07T10:00+00:00, skills: [dev]}',
  ]);
});

describe('what is entirely in the past is not reported', () => {
  test('a shift that is over', () => {
    const later = (now: string) => shift('', 'vetted: true', '', now);
    expect(later('2026-12-14T09:59:00Z')).toEqual([`8:25 not-vetted {person: amara, ${TURN}}`]);
    expect(later('2026-12-14T10:00:00Z')).toEqual([]);
  });

  test('a shift in progress, whose unvetted first turn is over', () => {
    const twice = (now: string) =>
      shift(
        ', vetted_on: 2026-12-14',
        'vetted: true',
        'overrides: [{role: lead, turn: 2026-12-14, person: amara}]\n',
        now,
      );
    expect(twice('2026-12-13T23:59:00Z')).toHaveLength(1);
    expect(twice('2026-12-14T00:00:00Z')).toEqual([]);
  });
});

test('a shift from several lines is reported at the faulty one: a person leaves before the end of a turn taken over', () => {
  const amara = ', last_day: 2026-12-15';
  const took = 'overrides:\n  - {role: lead, turn: 2026-12-14, person: amara, instead_of: ben}\n';
  const joined = 'role: team/rota/lead, startAt: 2026-12-07T10:00+00:00, endAt: 2026-12-21T10:00+00:00';
  expect(shift(amara, '', took)).toEqual([`10:5 has-left {person: amara, ${joined}}`]);
  expect(shift(', skills: [ops]', 'skills: [dev]', took)).toEqual([
    `8:25 lacks-skills {person: amara, ${joined}, skills: [dev]}`,
  ]);
});

const format = wordsOf(eligibleRule);
test.each([
  [
    format({
      code: 'lacks-skills',
      args: {
        person: 'amara',
        role: 'team/rota/lead',
        zone: 'Europe/London',
        startAt: at('2026-12-07T10:00Z'),
        endAt: at('2026-12-14T10:00Z'),
        more: 0,
        skills: ['dev'],
      },
    }),
    'amara does not have the skill dev, and is team/rota/lead Mon 7 Dec 10:00 – Mon 14 Dec 10:00; assign somebody else, or correct people',
  ],
  [
    format({
      code: 'lacks-skills',
      args: {
        person: 'amara',
        role: 'team/rota/lead',
        zone: 'Europe/London',
        startAt: at('2026-12-07T10:00Z'),
        endAt: at('2026-12-14T10:00Z'),
        more: 0,
        skills: ['dev', 'ops'],
      },
    }),
    'amara does not have the skills dev, ops, and is team/rota/lead Mon 7 Dec 10:00 – Mon 14 Dec 10:00; assign somebody else, or correct people',
  ],
  [
    format({
      code: 'lacks-skills',
      args: {
        person: 'amara',
        role: 'team/rota/lead',
        zone: 'Europe/London',
        startAt: at('2026-11-30T10:00Z'),
        endAt: at('2026-12-14T10:00Z'),
        more: 1,
        skills: ['dev'],
      },
    }),
    'amara does not have the skill dev, and is team/rota/lead Mon 30 Nov 10:00 – Mon 14 Dec 10:00 and 1 more time; assign somebody else, or correct people',
  ],
  [
    format({
      code: 'lacks-any-skill',
      args: {
        person: 'amara',
        role: 'team/rota/lead',
        zone: 'Europe/London',
        startAt: at('2026-12-07T10:00Z'),
        endAt: at('2026-12-14T10:00Z'),
        more: 0,
        skills: ['dev', 'ops'],
      },
    }),
    'amara has none of the skills dev, ops (any_skill), and is team/rota/lead Mon 7 Dec 10:00 – Mon 14 Dec 10:00; assign somebody else, or correct people',
  ],
  [
    format({
      code: 'not-vetted',
      args: {
        person: 'amara',
        role: 'team/rota/lead',
        zone: 'Europe/London',
        startAt: at('2026-12-07T10:00Z'),
        endAt: at('2026-12-14T10:00Z'),
        more: 0,
      },
    }),
    'amara is not vetted by then (vetted_on), and is team/rota/lead Mon 7 Dec 10:00 – Mon 14 Dec 10:00; assign somebody else, or correct people',
  ],
  [
    format({
      code: 'not-opted-in',
      args: {
        person: 'amara',
        role: 'team/rota/lead',
        zone: 'Europe/London',
        startAt: at('2026-12-07T10:00Z'),
        endAt: at('2026-12-14T10:00Z'),
        more: 0,
      },
    }),
    'amara has not opted in to out-of-hours work by then (on_call_since), and is team/rota/lead Mon 7 Dec 10:00 – Mon 14 Dec 10:00; assign somebody else, or correct people',
  ],
  [
    format({
      code: 'not-started',
      args: {
        person: 'amara',
        role: 'team/rota/lead',
        zone: 'Europe/London',
        startAt: at('2026-12-07T10:00Z'),
        endAt: at('2026-12-14T10:00Z'),
        more: 0,
      },
    }),
    'amara has not started by then (first_day), and is team/rota/lead Mon 7 Dec 10:00 – Mon 14 Dec 10:00; assign somebody else, or correct people',
  ],
  [
    format({
      code: 'has-left',
      args: {
        person: 'amara',
        role: 'team/rota/lead',
        zone: 'Europe/London',
        startAt: at('2026-12-07T10:00Z'),
        endAt: at('2026-12-14T10:00Z'),
        more: 0,
      },
    }),
    'amara has left by then (last_day), and is team/rota/lead Mon 7 Dec 10:00 – Mon 14 Dec 10:00; assign somebody else, or correct people',
  ],
])('its message: %s', (text, words) => expect(text).toBe(words));
