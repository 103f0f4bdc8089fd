/** What cannot go to PagerDuty, each beside what can. */
import { describe, expect, test } from 'vitest';
import { found as findingsIn, foundBy } from '../../found.ts';
import { but, folk } from '../../handbook.ts';

const sound = `${folk('amara', 'ben', 'chi')
  .replace('amara: {', 'amara: {pagerduty: PAMARA1, ')
  .replace('ben: {', 'ben: {pagerduty: PBEN001, ')
  .replace('chi: {', 'chi: {pagerduty: PCHI001, ')}== rotas/team/rota.yaml
name: Rota
timezone: UTC
hours: hours
handover: {day: monday, time: "10:00"}
roles:
  engineer:
    rotation:
      - {first_turn: 2026-11-02, people: [amara, ben]}
    pagerduty: {schedule: PSCHED1}
  lead:
    rotation: [{first_turn: 2026-11-02, people: [chi]}]
    pagerduty: {schedule: PSCHED2}
== policies/support-hours/hours.yaml
name: Hours
timezone: UTC
windows:
  day: [{days: working, from: "09:00", to: "17:00"}]
== policies/escalation/day.yaml
name: Day
applies_in: [day]
levels:
  - {notify: [team/rota/engineer], escalate_after: 15 minutes}
  - {notify: [team/rota/lead]}
repeats: 9
pagerduty: {policy: PPOLICY}
`;
const found = (text: string) => foundBy('pagerduty', text);

test('a handbook in which everybody and everything is known there', () => {
  expect(findingsIn(sound)).toEqual([]);
});

describe('somebody on a shift that goes to PagerDuty without an account', () => {
  const without = but(sound, 'ben: {pagerduty: PBEN001, ', 'ben: {');
  test('is told once, at the person, with the first shift', () => {
    expect(found(without)).toEqual([
      'rotas/people.yaml:3:3 no-account {person: ben, role: team/rota/engineer, startAt: 2026-11-23T10:00+00:00, endAt: 2026-11-23T17:00+00:00, more: 83}',
    ]);
  });

  test('is none where the role goes nowhere', () => {
    const loose = but(
      but(without, '    pagerduty: {schedule: PSCHED1}\n', ''),
      '    pagerduty: {schedule: PSCHED2}\n',
      '',
    );
    expect(found(but(loose, 'pagerduty: {policy: PPOLICY}', ''))).toEqual([]);
  });

  test('is none whose shifts are all over, or beyond the horizon', () => {
    const over = but(
      without,
      'people: [amara, ben]}',
      'people: [ben]}\n      - {first_turn: 2026-11-16, people: [amara]}',
    );
    expect(found(over)).toEqual([]);
    const later = but(
      without,
      'people: [amara, ben]}',
      'people: [amara]}\n      - {first_turn: 2027-06-07, people: [ben]}',
    );
    expect(found(later)).toEqual([]);
  });

  test('is told of a cover of two hours too', () => {
    const cover = but(
      but(without, 'people: [amara, ben]}', 'people: [amara]}'),
      '== policies/support-hours/hours.yaml',
      'overrides:\n  - {role: engineer, person: ben, instead_of: amara, from: 2026-11-24T10:00, to: 2026-11-24T12:00}\n== policies/support-hours/hours.yaml',
    );
    expect(found(cover)).toEqual([
      'rotas/people.yaml:3:3 no-account {person: ben, role: team/rota/engineer, startAt: 2026-11-24T10:00+00:00, endAt: 2026-11-24T12:00+00:00}',
    ]);
  });
});

describe('an id that stands for two', () => {
  test.each<[what: string, passage: string, other: string, ...lines: string[]]>([
    [
      'a schedule',
      'PSCHED2',
      'PSCHED1',
      'rotas/team/rota.yaml:12:27 shared-id {id: PSCHED1, noun: schedule, other: team/rota/engineer, owner: team/rota/lead}',
    ],
    [
      'an account',
      'PBEN001',
      'PAMARA1',
      'rotas/people.yaml:3:20 shared-id {id: PAMARA1, noun: account, other: amara, owner: ben}',
    ],
    [
      'a policy',
      'pagerduty: {policy: PPOLICY}\n',
      'pagerduty: {policy: PPOLICY}\n== policies/escalation/other.yaml\nname: Other\napplies_in: [day]\nlevels:\n  - {notify: [team/rota/lead]}\npagerduty: {policy: PPOLICY}\n',
      'policies/escalation/other.yaml:5:21 shared-id {id: PPOLICY, noun: policy, other: day, owner: other}',
    ],
    [
      'none: a policy of its own',
      'pagerduty: {policy: PPOLICY}\n',
      'pagerduty: {policy: PPOLICY}\n== policies/escalation/other.yaml\nname: Other\napplies_in: [day]\nlevels:\n  - {notify: [team/rota/lead]}\npagerduty: {policy: POTHER1}\n',
    ],
  ])('%s', (_, passage, other, ...lines) => {
    expect(found(but(sound, passage, other))).toEqual(lines);
  });
});

describe('a chain that PagerDuty cannot hold', () => {
  test.each<[what: string, text: string, ...lines: string[]]>([
    ['none: all roles have schedules', sound],
    [
      'a role without a schedule',
      but(sound, '    pagerduty: {schedule: PSCHED2}\n', ''),
      'policies/escalation/day.yaml:5:15 role-without-schedule {role: team/rota/lead}',
    ],
    ['none: a person who has an account', but(sound, 'notify: [team/rota/lead]', 'notify: [person: chi]')],
    [
      'a person without an account',
      but(
        but(sound, 'notify: [team/rota/lead]', 'notify: [person: dee]'),
        'people:\n',
        'people:\n  dee: {name: Dee}\n',
      ),
      'policies/escalation/day.yaml:5:15 person-without-account {person: dee}',
    ],
  ])('%s', (_, text, ...lines) => {
    expect(found(text)).toEqual(lines);
  });

  test('is none where it has no policy', () => {
    const loose = but(
      but(sound, 'pagerduty: {policy: PPOLICY}', ''),
      '    pagerduty: {schedule: PSCHED2}\n',
      '',
    );
    expect(found(but(loose, 'repeats: 9', 'repeats: 10'))).toEqual([]);
  });

  test('one that names nobody known is told by another rule alone', () => {
    expect(found(but(sound, 'notify: [team/rota/lead]', 'notify: [person: nobody]'))).toEqual([]);
    expect(found(but(sound, 'notify: [team/rota/lead]', 'notify: [team/rota/nobody]'))).toEqual([]);
  });
});

test('more than PagerDuty takes of repeats, targets and short delays is told by the schema', () => {
  const targets = Array.from({ length: 11 }, (_, i) => `person: p${i}`).join(', ');
  for (const [passage, other] of [
    ['repeats: 9', 'repeats: 10'],
    ['notify: [team/rota/lead]', `notify: [${targets}]`],
    ['15 minutes', '0 minutes'],
    ['15 minutes', '1 working day'],
  ] as const)
    expect(foundBy('schema', but(sound, passage, other))).toHaveLength(1);
});
