/** Overrides that replace somebody who does not hold the role, or nobody, and overrides that are still correct. */
import { describe, expect, test } from 'vitest';
import { staleOverride as staleOverrideRule } from '../../../actions/lib/check/rules/stale-override.ts';
import { found as findingsIn, wordsOf } from '../../found.ts';
import { at, but, folk } from '../../handbook.ts';

const OVERRIDE = '  - {role: lead, turn: 2026-12-07, person: dee, instead_of: ben}\n';

/** Mondays: amara on 30 November, ben on 7 December, chi on the 14th, dee (agreed) on the 21st, ben on the 28th. */
const sound = `${folk('amara', 'ben', 'chi', 'dee')}== rotas/team/rota.yaml
name: Rota
timezone: Europe/London
hours: hours
handover: {day: monday, time: "10:00"}
roles:
  lead:
    rotation: [{first_turn: 2026-08-31, people: [chi, amara, ben]}]
    turns: {2026-12-21: dee}
overrides:
${OVERRIDE}== policies/support-hours/hours.yaml
name: Hours
timezone: Europe/London
holidays: none
windows:
  day: [{days: working, from: "09:00", to: "17:00"}]
== policies/holidays/none.yaml
name: None
complete_from: 2026-01-01
complete_until: 2028-12-31
holidays: {}
`;
const overriding = (line: string, now?: string): string[] =>
  findingsIn(but(sound, OVERRIDE, `  - {role: lead, ${line}}\n`), now).map((found) =>
    found.replace('rotas/team/rota.yaml:', ''),
  );

test('an override of the person whom the rotation assigns is fine', () => {
  expect(findingsIn(sound)).toEqual([]);
});

test('an override whose rotation has changed is reported at instead_of', () => {
  expect(findingsIn(but(sound, '[chi, amara, ben]', '[chi, dee, ben]'))).toEqual([]);
  expect(findingsIn(but(sound, '[chi, amara, ben]', '[chi, ben, amara]'))).toEqual([
    `rotas/team/rota.yaml:10:61 stale-override/other-holder {role: lead, holder: amara, insteadOf: ben, startAt: 2026-12-07T10:00+00:00, endAt: 2026-12-07T17:00+00:00}`,
  ]);
});

describe('a whole turn', () => {
  test.each<[line: string, ...found: string[]]>([
    ['turn: 2026-12-07, person: dee, instead_of: ben'],
    ['turn: 2026-12-07, person: dee'],
    [
      'turn: 2026-12-07, person: dee, instead_of: chi',
      `10:61 stale-override/other-holder {role: lead, holder: ben, insteadOf: chi, startAt: 2026-12-07T10:00+00:00, endAt: 2026-12-07T17:00+00:00}`,
    ],
    ['turn: 2026-12-21, person: ben, instead_of: dee'],
    [
      'turn: 2026-12-21, person: ben, instead_of: amara',
      `10:61 stale-override/other-holder {role: lead, holder: dee, insteadOf: amara, startAt: 2026-12-21T10:00+00:00, endAt: 2026-12-21T17:00+00:00}`,
    ],
    ['turn: 2026-12-07, person: ben, instead_of: ben', '10:61 stale-override/same-person {person: ben}'],
  ])('%s', (line, ...found) => {
    expect(overriding(line)).toEqual(found);
  });
});

describe('hours of a turn', () => {
  test.each<[line: string, ...found: string[]]>([
    ['person: dee, instead_of: ben, from: 2026-12-08T10:00, to: 2026-12-08T12:00'],
    [
      'person: dee, instead_of: amara, from: 2026-12-08T10:00, to: 2026-12-08T12:00',
      `10:43 stale-override/other-holder {role: lead, holder: ben, insteadOf: amara, startAt: 2026-12-08T10:00+00:00, endAt: 2026-12-08T12:00+00:00}`,
    ],
    ['person: dee, instead_of: amara, from: 2026-12-07T09:00, to: 2026-12-07T10:00'],
    [
      'person: dee, instead_of: amara, from: 2026-12-07T09:00, to: 2026-12-07T10:01',
      `10:43 stale-override/other-holder {role: lead, holder: ben, insteadOf: amara, startAt: 2026-12-07T10:00+00:00, endAt: 2026-12-07T10:01+00:00}`,
    ],
    [
      'person: dee, instead_of: ben, from: 2026-12-05T09:00, to: 2026-12-07T12:00',
      `10:43 stale-override/other-holder {role: lead, holder: amara, insteadOf: ben, startAt: 2026-12-07T09:00+00:00, endAt: 2026-12-07T10:00+00:00}`,
    ],
    ['person: dee, instead_of: amara, from: 2026-12-04T09:00, to: 2026-12-06T12:00'],
    [
      'person: dee, instead_of: amara, from: 2026-12-05T09:00, to: 2026-12-06T12:00',
      '10:5 stale-override/no-duty {startAt: 2026-12-05T09:00+00:00, endAt: 2026-12-06T12:00+00:00}',
    ],
    [
      'person: dee, instead_of: amara, from: 2026-12-04T17:00, to: 2026-12-04T18:00',
      '10:5 stale-override/no-duty {startAt: 2026-12-04T17:00+00:00, endAt: 2026-12-04T18:00+00:00}',
    ],
    ['person: dee, instead_of: amara, from: 2026-12-04T16:59, to: 2026-12-04T18:00'],
    ['person: dee, from: 2026-12-04T18:00, to: 2026-12-04T19:00, extra: true'],
    ['person: dee, from: 2026-12-04T16:00, to: 2026-12-04T17:01, extra: true'],
    [
      'person: dee, from: 2026-12-04T16:00, to: 2026-12-04T17:00, extra: true',
      '10:5 stale-override/not-extra {startAt: 2026-12-04T16:00+00:00, endAt: 2026-12-04T17:00+00:00}',
    ],
  ])('%s', (line, ...found) => {
    expect(overriding(line)).toEqual(found);
  });

  test('are taken from the person who took the whole turn', () => {
    const both = (person: string) =>
      overriding(
        `turn: 2026-12-07, person: dee, instead_of: ben}\n  - {role: lead, person: chi, instead_of: ${person}, from: 2026-12-08T10:00, to: 2026-12-08T12:00`,
      );
    expect(both('dee')).toEqual([]);
    expect(both('ben')).toEqual([
      `11:43 stale-override/other-holder {role: lead, holder: dee, insteadOf: ben, startAt: 2026-12-08T10:00+00:00, endAt: 2026-12-08T12:00+00:00}`,
    ]);
  });

  test('do not count for an override of the whole turn', () => {
    const both = (person: string) =>
      overriding(
        `person: chi, instead_of: dee, from: 2026-12-08T10:00, to: 2026-12-08T12:00}\n  - {role: lead, turn: 2026-12-07, person: dee, instead_of: ${person}`,
      );
    expect(both('ben')).toEqual([]);
    expect(both('chi')).toEqual([
      `11:61 stale-override/other-holder {role: lead, holder: ben, insteadOf: chi, startAt: 2026-12-07T10:00+00:00, endAt: 2026-12-07T17:00+00:00}`,
    ]);
  });
});

test('a turn in which the rota has no duty cannot be taken', () => {
  const weekend = but(
    sound,
    'handover: {day: monday, time: "10:00"}',
    'handover: {every: day, time: "00:00"}',
  );
  const turn = (day: string) =>
    findingsIn(but(weekend, 'turn: 2026-12-07, person: dee, instead_of: ben', `turn: ${day}, person: dee`));
  expect(turn('2026-12-04')).toEqual([]);
  expect(turn('2026-12-05')).toEqual([
    'rotas/team/rota.yaml:10:5 stale-override/no-duty-in-turn {startAt: 2026-12-05T00:00+00:00, endAt: 2026-12-06T00:00+00:00}',
  ]);
});

test('nobody holds the role before the first turn, whatever instead_of names', () => {
  const empty = but(sound, 'first_turn: 2026-08-31', 'first_turn: 2026-12-14');
  expect(findingsIn(but(empty, ', instead_of: ben', ''))).toEqual([]);
  expect(findingsIn(empty)).toEqual([
    'rotas/team/rota.yaml:10:61 stale-override/other-holder {role: lead, insteadOf: ben, startAt: 2026-12-07T10:00+00:00, endAt: 2026-12-07T17:00+00:00}',
  ]);
});

test('an override before the published span is not reported; one in it, or after it, is', () => {
  const wrong = (day: string, person: string) =>
    overriding(`turn: ${day}, person: dee, instead_of: ${person}`);
  expect(wrong('2026-09-14', 'chi')).toEqual([]);
  expect(wrong('2026-10-05', 'ben')).toEqual([]);
  expect(wrong('2026-10-05', 'chi')).toEqual([
    `10:61 stale-override/other-holder {role: lead, holder: ben, insteadOf: chi, startAt: 2026-10-05T10:00+01:00, endAt: 2026-10-05T17:00+01:00}`,
  ]);
  expect(wrong('2028-12-04', 'amara')).toEqual([]);
  expect(wrong('2028-12-04', 'chi')).toEqual([
    `10:61 stale-override/other-holder {role: lead, holder: amara, insteadOf: chi, startAt: 2028-12-04T10:00+00:00, endAt: 2028-12-04T17:00+00:00}`,
  ]);
});

test('of an override that goes on into the published span, what is more than 400 days before that is not checked', () => {
  const since2024 = but(
    but(sound, 'first_turn: 2026-08-31, people: [chi, amara, ben]', 'first_turn: 2024-01-01, people: [ben]'),
    'complete_from: 2026-01-01',
    'complete_from: 2020-01-01',
  );
  const from = (day: string, text = since2024) => {
    const line = `  - {role: lead, from: ${day}T10:00, to: 2026-10-07T10:00, person: dee, instead_of: ben}\n`;
    return findingsIn(but(text, OVERRIDE, line)).map((found) => found.replace(/ \{.*/, ''));
  };
  const others = but(since2024, 'people: [ben]}', 'people: [chi]}, {first_turn: 2025-06-02, people: [ben]}');
  expect([from('2024-03-04'), from('2024-03-04', others), from('2025-05-26', others)]).toEqual([[], [], []]);
  const later = but(others, '2025-06-02', '2026-03-02');
  expect(from('2024-03-04', later)).toEqual(['rotas/team/rota.yaml:10:89 stale-override/other-holder']);
  const idle = but(
    since2024,
    'overrides:\n',
    'amendments: [{first_day: 2025-06-02, covers: [idle]}]\noverrides:\n',
  );
  const windows = `  idle: [{days: holidays, from: "09:00", to: "17:00"}]\n== policies/holidays`;
  const hours = but(idle, '== policies/holidays', windows);
  expect(from('2024-03-04', hours)).toEqual([]);
  expect(from('2026-03-02', hours)).toEqual(['rotas/team/rota.yaml:11:5 stale-override/no-duty']);
});

test('a turn without an end, because its hand-over was amended away, is checked for the longest length of a turn', () => {
  const amended = but(
    but(sound, 'turn: 2026-12-07, person: dee, instead_of: ben', 'turn: 2026-12-14, person: dee'),
    'handover: {day: monday, time: "10:00"}\n',
    'handover: {day: monday, time: "10:00"}\namendments: [{first_day: 2026-12-15, handover: {day: tuesday, time: "10:00"}}]\n',
  );
  const never = but(amended, 'windows:\n  day: [{days: working,', 'windows:\n  day: [{days: holidays,');
  expect(findingsIn(never)).toContain(
    'rotas/team/rota.yaml:11:5 stale-override/no-duty-in-turn {startAt: 2026-12-14T10:00+00:00, endAt: 2026-12-29T00:00+00:00}',
  );
});

test('an override after the end of the holiday list is not compared, and is reported as such', () => {
  expect(overriding('turn: 2029-01-08, person: dee, instead_of: amara')).toEqual([
    '10:5 stale-override/beyond-holidays {}',
  ]);
  const short = but(sound, OVERRIDE, '  - {role: lead, turn: 2027-01-11, person: dee, instead_of: amara}\n');
  expect(findingsIn(but(short, 'complete_until: 2028-12-31', 'complete_until: 2026-12-31'))).toEqual([
    expect.stringContaining(' holidays-run-out/ends-early '),
  ]);
  expect(overriding('person: dee, from: 2029-01-08T10:00, to: 2029-01-08T12:00, extra: true')).toHaveLength(
    1,
  );
  expect(overriding('turn: 2028-12-25, person: dee, instead_of: dee-who-is-nobody')).toEqual([
    expect.stringContaining(' known-names/'),
  ]);
  expect(overriding('person: dee, instead_of: amara, from: 2028-12-30T10:00, to: 2029-01-01T10:00')).toEqual(
    [],
  );
});

const format = wordsOf(staleOverrideRule);
test.each([
  [
    format({
      code: 'other-holder',
      args: {
        role: 'lead',
        holder: 'amara',
        insteadOf: 'ben',
        zone: 'Europe/London',
        startAt: at('2026-12-07T10:00Z'),
        endAt: at('2026-12-07T17:00Z'),
      },
    }),
    'amara is lead Mon 7 Dec 10:00 – 17:00, not ben; confirm this with amara again and correct instead_of',
  ],
  [
    format({
      code: 'other-holder',
      args: {
        role: 'lead',
        insteadOf: 'ben',
        zone: 'Europe/London',
        startAt: at('2026-12-07T10:00Z'),
        endAt: at('2026-12-07T17:00Z'),
        holder: undefined,
      },
    }),
    'nobody is lead Mon 7 Dec 10:00 – 17:00, not ben; correct instead_of',
  ],
  [
    format({ code: 'same-person', args: { person: 'ben' } }),
    'ben takes over from ben here; name whom they take over from, or remove the override',
  ],
  [
    format({
      code: 'no-duty',
      args: { zone: 'Europe/London', startAt: at('2026-12-05T09:00Z'), endAt: at('2026-12-06T12:00Z') },
    }),
    'this rota has no duty Sat 5 Dec 09:00 – Sun 6 Dec 12:00; correct the times, or add "extra: true" without instead_of for time outside its windows',
  ],
  [
    format({
      code: 'not-extra',
      args: { zone: 'Europe/London', startAt: at('2026-12-04T16:00Z'), endAt: at('2026-12-04T17:00Z') },
    }),
    'Fri 4 Dec 16:00 – 17:00 is within the windows of this rota; remove "extra" and add instead_of',
  ],
  [
    format({
      code: 'no-duty-in-turn',
      args: { zone: 'Europe/London', startAt: at('2026-12-05T00:00Z'), endAt: at('2026-12-06T00:00Z') },
    }),
    'this rota has no duty in the turn Sat 5 Dec 00:00 – Sun 6 Dec 00:00; remove the override',
  ],
  [
    format({ code: 'beyond-holidays', args: {} }),
    'the holiday list of this rota\'s support hours ends before this, so its effect is unknown; extend the list with "rota holidays", or remove this until then',
  ],
  [
    format({
      code: 'other-holder-of-change',
      args: {
        role: 'engineer',
        holder: 'ben',
        person: 'dee',
        change: 'issue-42',
        zone: 'Europe/London',
        startAt: at('2026-12-11T12:00Z'),
        endAt: at('2026-12-11T13:00Z'),
      },
    }),
    'ben is engineer Fri 11 Dec 12:00 – 13:00, not dee, who is assigned to issue-42; confirm this with ben again and correct person',
  ],
])('its message: %s', (text, words) => expect(text).toBe(words));
