/** Overrides: whole turns, hours and extra time, each in combination with the others and in order of precedence. */
import { describe, expect, test } from 'vitest';
import type { Assignment } from '../../actions/lib/model.ts';
import { resolve } from '../../actions/lib/resolve/resolve.ts';
import type { Timeline } from '../../actions/lib/timeline.ts';
import { between, folk, lines, shiftsOf, sound } from '../handbook.ts';

const handbook = (
  overrides: readonly string[],
  hours: string,
  people = 'amara-osei, ben-adeyemi, chi-wong',
) => `
${folk('amara-osei', 'ben-adeyemi', 'chi-wong', 'dee-novak', 'eli-shah')}
== policies/support-hours/office.yaml
name: Office
timezone: Europe/London
windows: {in-hours: [{days: every, from: "09:00", to: "17:00"}]}
== rotas/paas/support.yaml
name: Support
timezone: Europe/London
${hours}
handover: {day: wednesday, time: "10:00"}
roles:
  engineer: {rotation: [{first_turn: 2026-11-04, people: [${people}]}]}
  comms: {rotation: [{first_turn: 2026-11-04, people: [eli-shah]}]}
overrides:
${overrides.map((it) => `  - {role: engineer, ${it}, reason: agreed}`).join('\n')}
`;

const ALWAYS = '';
const OFFICE = 'hours: office';
const ENGINEER = 'paas/support/engineer';

const turn = (on: string, person: string, insteadOf: string) =>
  `turn: ${on}, person: ${person}, instead_of: ${insteadOf}`;
const part = (from: string, to: string, person: string, insteadOf: string) =>
  `from: ${from}, to: ${to}, person: ${person}, instead_of: ${insteadOf}`;
const extra = (from: string, to: string, person: string) =>
  `from: ${from}, to: ${to}, person: ${person}, extra: true`;

describe('round the clock', () => {
  const toEli = turn('2026-11-11', 'eli-shah', 'ben-adeyemi');
  const evening = part('2026-11-12T18:00', '2026-11-12T21:00', 'dee-novak', 'eli-shah');
  const covered = [
    '2026-11-04T10:00+00:00 2026-11-11T10:00+00:00 amara-osei',
    '2026-11-11T10:00+00:00 2026-11-12T18:00+00:00 eli-shah',
    '2026-11-12T18:00+00:00 2026-11-12T21:00+00:00 dee-novak',
    '2026-11-12T21:00+00:00 2026-11-18T10:00+00:00 eli-shah',
    '2026-11-18T10:00+00:00 2026-11-25T10:00+00:00 chi-wong',
  ];

  test.each<[string, string[], string[]]>([
    [
      'a whole turn',
      [turn('2026-11-11', 'dee-novak', 'ben-adeyemi')],
      [
        '2026-11-04T10:00+00:00 2026-11-11T10:00+00:00 amara-osei',
        '2026-11-11T10:00+00:00 2026-11-18T10:00+00:00 dee-novak',
        '2026-11-18T10:00+00:00 2026-11-25T10:00+00:00 chi-wong',
      ],
    ],
    [
      'a turn given to the person before is one shift across the hand-over',
      [turn('2026-11-11', 'amara-osei', 'ben-adeyemi')],
      [
        '2026-11-04T10:00+00:00 2026-11-18T10:00+00:00 amara-osei',
        '2026-11-18T10:00+00:00 2026-11-25T10:00+00:00 chi-wong',
      ],
    ],
    [
      'a swap of neighbouring turns',
      [turn('2026-11-04', 'ben-adeyemi', 'amara-osei'), turn('2026-11-11', 'amara-osei', 'ben-adeyemi')],
      [
        '2026-11-04T10:00+00:00 2026-11-11T10:00+00:00 ben-adeyemi',
        '2026-11-11T10:00+00:00 2026-11-18T10:00+00:00 amara-osei',
        '2026-11-18T10:00+00:00 2026-11-25T10:00+00:00 chi-wong',
      ],
    ],
    [
      'a swap that leaves one person two turns running',
      [turn('2026-11-04', 'chi-wong', 'amara-osei'), turn('2026-11-18', 'ben-adeyemi', 'chi-wong')],
      [
        '2026-11-04T10:00+00:00 2026-11-11T10:00+00:00 chi-wong',
        '2026-11-11T10:00+00:00 2026-11-25T10:00+00:00 ben-adeyemi',
      ],
    ],
    [
      'some hours',
      [part('2026-11-12T18:00', '2026-11-12T21:00', 'dee-novak', 'ben-adeyemi')],
      [
        '2026-11-04T10:00+00:00 2026-11-11T10:00+00:00 amara-osei',
        '2026-11-11T10:00+00:00 2026-11-12T18:00+00:00 ben-adeyemi',
        '2026-11-12T18:00+00:00 2026-11-12T21:00+00:00 dee-novak',
        '2026-11-12T21:00+00:00 2026-11-18T10:00+00:00 ben-adeyemi',
        '2026-11-18T10:00+00:00 2026-11-25T10:00+00:00 chi-wong',
      ],
    ],
    [
      'hours over a hand-over',
      [part('2026-11-11T09:00', '2026-11-11T12:00', 'dee-novak', 'amara-osei')],
      [
        '2026-11-04T10:00+00:00 2026-11-11T09:00+00:00 amara-osei',
        '2026-11-11T09:00+00:00 2026-11-11T12:00+00:00 dee-novak',
        '2026-11-11T12:00+00:00 2026-11-18T10:00+00:00 ben-adeyemi',
        '2026-11-18T10:00+00:00 2026-11-25T10:00+00:00 chi-wong',
      ],
    ],
    [
      'hours back to back',
      [
        part('2026-11-12T18:00', '2026-11-12T21:00', 'dee-novak', 'ben-adeyemi'),
        part('2026-11-12T21:00', '2026-11-13T08:00', 'dee-novak', 'ben-adeyemi'),
      ],
      [
        '2026-11-04T10:00+00:00 2026-11-11T10:00+00:00 amara-osei',
        '2026-11-11T10:00+00:00 2026-11-12T18:00+00:00 ben-adeyemi',
        '2026-11-12T18:00+00:00 2026-11-13T08:00+00:00 dee-novak',
        '2026-11-13T08:00+00:00 2026-11-18T10:00+00:00 ben-adeyemi',
        '2026-11-18T10:00+00:00 2026-11-25T10:00+00:00 chi-wong',
      ],
    ],
    [
      "hours before a person's own turn extend it",
      [part('2026-11-17T10:00', '2026-11-18T10:00', 'chi-wong', 'ben-adeyemi')],
      [
        '2026-11-04T10:00+00:00 2026-11-11T10:00+00:00 amara-osei',
        '2026-11-11T10:00+00:00 2026-11-17T10:00+00:00 ben-adeyemi',
        '2026-11-17T10:00+00:00 2026-11-25T10:00+00:00 chi-wong',
      ],
    ],
    ['hours take precedence over a whole turn', [toEli, evening], covered],
    ['hours take precedence over a whole turn that is written after them', [evening, toEli], covered],
    [
      'extra time has no effect on a rota that is always on duty',
      [extra('2026-11-12T18:00', '2026-11-12T21:00', 'dee-novak')],
      [
        '2026-11-04T10:00+00:00 2026-11-11T10:00+00:00 amara-osei',
        '2026-11-11T10:00+00:00 2026-11-18T10:00+00:00 ben-adeyemi',
        '2026-11-18T10:00+00:00 2026-11-25T10:00+00:00 chi-wong',
      ],
    ],
    [
      'an override of a turn that does not exist has no effect',
      [turn('2026-11-12', 'dee-novak', 'ben-adeyemi')],
      [
        '2026-11-04T10:00+00:00 2026-11-11T10:00+00:00 amara-osei',
        '2026-11-11T10:00+00:00 2026-11-18T10:00+00:00 ben-adeyemi',
        '2026-11-18T10:00+00:00 2026-11-25T10:00+00:00 chi-wong',
      ],
    ],
  ])('%s', (_, overrides, expected) => {
    const text = handbook(overrides, ALWAYS);
    expect(shiftsOf(text, ENGINEER, '2026-11-04T10:00Z', '2026-11-25T10:00Z')).toEqual(expected);
  });

  test('other roles are unaffected', () => {
    const text = handbook([turn('2026-11-11', 'dee-novak', 'ben-adeyemi')], ALWAYS);
    expect(shiftsOf(text, 'paas/support/comms', '2026-11-04T10:00Z', '2026-11-25T10:00Z')).toEqual([
      '2026-11-04T10:00+00:00 2026-11-25T10:00+00:00 eli-shah',
    ]);
  });

  test('hours over a change of the clocks follow local time', () => {
    const rota = handbook(
      [
        part('2027-03-28T00:30', '2027-03-28T02:30', 'dee-novak', 'amara-osei'),
        part('2027-10-31T00:30', '2027-10-31T01:30', 'dee-novak', 'amara-osei'),
        part('2027-10-31T01:30', '2027-10-31T02:30', 'eli-shah', 'amara-osei'),
      ],
      ALWAYS,
      'amara-osei',
    );
    expect(shiftsOf(rota, ENGINEER, '2027-03-28T00:00Z', '2027-03-28T06:00Z')).toEqual([
      '2027-03-28T00:00+00:00 2027-03-28T00:30+00:00 amara-osei',
      '2027-03-28T00:30+00:00 2027-03-28T02:30+01:00 dee-novak',
      '2027-03-28T02:30+01:00 2027-03-28T07:00+01:00 amara-osei',
    ]);
    expect(shiftsOf(rota, ENGINEER, '2027-10-30T23:00Z', '2027-10-31T03:00Z')).toEqual([
      '2027-10-31T00:00+01:00 2027-10-31T00:30+01:00 amara-osei',
      '2027-10-31T00:30+01:00 2027-10-31T01:30+01:00 dee-novak',
      '2027-10-31T01:30+01:00 2027-10-31T02:30+00:00 eli-shah',
      '2027-10-31T02:30+00:00 2027-10-31T03:00+00:00 amara-osei',
    ]);
  });
});

describe('in office hours', () => {
  test.each<[string, string[], string[]]>([
    [
      'hours apply only where the rota is on duty',
      [part('2026-11-12T16:00', '2026-11-13T10:00', 'dee-novak', 'ben-adeyemi')],
      [
        '2026-11-12T09:00+00:00 2026-11-12T16:00+00:00 ben-adeyemi',
        '2026-11-12T16:00+00:00 2026-11-12T17:00+00:00 dee-novak',
        '2026-11-13T09:00+00:00 2026-11-13T10:00+00:00 dee-novak',
        '2026-11-13T10:00+00:00 2026-11-13T17:00+00:00 ben-adeyemi',
      ],
    ],
    [
      'extra time in the night',
      [extra('2026-11-12T23:00', '2026-11-13T01:00', 'dee-novak')],
      [
        '2026-11-12T09:00+00:00 2026-11-12T17:00+00:00 ben-adeyemi',
        '2026-11-12T23:00+00:00 2026-11-13T01:00+00:00 dee-novak',
        '2026-11-13T09:00+00:00 2026-11-13T17:00+00:00 ben-adeyemi',
      ],
    ],
    [
      'extra time over the end of a window leaves the window to its holder',
      [extra('2026-11-12T16:00', '2026-11-12T19:00', 'dee-novak')],
      [
        '2026-11-12T09:00+00:00 2026-11-12T17:00+00:00 ben-adeyemi',
        '2026-11-12T17:00+00:00 2026-11-12T19:00+00:00 dee-novak',
        '2026-11-13T09:00+00:00 2026-11-13T17:00+00:00 ben-adeyemi',
      ],
    ],
    [
      'extra time around a window is before and after it',
      [extra('2026-11-12T08:00', '2026-11-12T18:00', 'dee-novak')],
      [
        '2026-11-12T08:00+00:00 2026-11-12T09:00+00:00 dee-novak',
        '2026-11-12T09:00+00:00 2026-11-12T17:00+00:00 ben-adeyemi',
        '2026-11-12T17:00+00:00 2026-11-12T18:00+00:00 dee-novak',
        '2026-11-13T09:00+00:00 2026-11-13T17:00+00:00 ben-adeyemi',
      ],
    ],
    [
      'extra time of the holder makes the shift longer',
      [extra('2026-11-12T17:00', '2026-11-12T19:00', 'ben-adeyemi')],
      [
        '2026-11-12T09:00+00:00 2026-11-12T19:00+00:00 ben-adeyemi',
        '2026-11-13T09:00+00:00 2026-11-13T17:00+00:00 ben-adeyemi',
      ],
    ],
    [
      'extra time follows hours that end with the window',
      [
        part('2026-11-12T16:00', '2026-11-12T19:00', 'chi-wong', 'ben-adeyemi'),
        extra('2026-11-12T16:00', '2026-11-12T19:00', 'dee-novak'),
      ],
      [
        '2026-11-12T09:00+00:00 2026-11-12T16:00+00:00 ben-adeyemi',
        '2026-11-12T16:00+00:00 2026-11-12T17:00+00:00 chi-wong',
        '2026-11-12T17:00+00:00 2026-11-12T19:00+00:00 dee-novak',
        '2026-11-13T09:00+00:00 2026-11-13T17:00+00:00 ben-adeyemi',
      ],
    ],
    [
      'a whole turn applies to its windows',
      [turn('2026-11-11', 'dee-novak', 'ben-adeyemi')],
      [
        '2026-11-12T09:00+00:00 2026-11-12T17:00+00:00 dee-novak',
        '2026-11-13T09:00+00:00 2026-11-13T17:00+00:00 dee-novak',
      ],
    ],
  ])('%s', (_, overrides, expected) => {
    const text = handbook(overrides, OFFICE);
    expect(shiftsOf(text, ENGINEER, '2026-11-12T00:00Z', '2026-11-14T00:00Z')).toEqual(expected);
  });

  test('extra time does not fill a window that nobody holds', () => {
    const text = handbook([extra('2026-11-12T16:00', '2026-11-12T19:00', 'dee-novak')], OFFICE, '');
    expect(shiftsOf(text, ENGINEER, '2026-11-12T00:00Z', '2026-11-14T00:00Z')).toEqual([
      '2026-11-12T17:00+00:00 2026-11-12T19:00+00:00 dee-novak',
    ]);
  });
});

test('every layer keeps the one below, and each person the line that assigns them', () => {
  const text = handbook(
    [
      turn('2026-11-11', 'eli-shah', 'ben-adeyemi'),
      part('2026-11-12T16:00', '2026-11-12T18:00', 'dee-novak', 'eli-shah'),
      extra('2026-11-12T20:00', '2026-11-12T21:00', 'chi-wong'),
    ],
    OFFICE,
  );
  const span = between('2026-11-12T12:00Z', '2026-11-13T00:00Z');
  const cover = resolve(sound(text), span).roles.get(ENGINEER);
  if (cover === undefined) throw new Error('no role');
  const linesOf = (layer: Timeline<Assignment>) =>
    lines(
      layer.map(({ startAt, endAt, value: { person, by, insteadOf, location } }) => ({
        startAt,
        endAt,
        value: `${person} by ${by} at ${location.path.join('.')} instead of ${insteadOf ?? 'nobody'}`,
      })),
      'Europe/London',
    );
  expect(linesOf(cover.turns)).toEqual([
    '2026-11-11T10:00+00:00 2026-11-18T10:00+00:00 ben-adeyemi by rotation at roles.engineer.rotation.0.people.1 instead of nobody',
  ]);
  expect(linesOf(cover.afterTurnOverrides)).toEqual([
    '2026-11-11T10:00+00:00 2026-11-18T10:00+00:00 eli-shah by override at overrides.0 instead of ben-adeyemi',
  ]);
  expect(linesOf(cover.cover())).toEqual([
    '2026-11-12T12:00+00:00 2026-11-12T16:00+00:00 eli-shah by override at overrides.0 instead of ben-adeyemi',
    '2026-11-12T16:00+00:00 2026-11-12T17:00+00:00 dee-novak by override at overrides.1 instead of eli-shah',
    '2026-11-12T20:00+00:00 2026-11-12T21:00+00:00 chi-wong by extra at overrides.2 instead of nobody',
  ]);
});
