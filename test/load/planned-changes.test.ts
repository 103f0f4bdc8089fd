/** Planned changes: the findings about the file, the cover they give, and their notice. */
import { describe, expect, test } from 'vitest';
import { resolve } from '../../actions/lib/resolve/resolve.ts';
import {
  at,
  between,
  but,
  checked,
  judged,
  loaded,
  shiftsOf,
  sound,
  everything as whole,
} from '../handbook.ts';

const FILE = 'rotas/paas/planned-changes.yaml';

/** Without PagerDuty, which requires an account for everybody. */
const everything = whole.replace('    pagerduty: {schedule: PSCHED1}\n', '');

describe('a fault is reported at its position', () => {
  test.each<[passage: string, other: string, ...expected: string[]]>([
    [
      'service: website',
      'service: webste',
      `${FILE}:3:14 there is no service "webste"; did you mean "website"? [known-names]`,
    ],
    [
      'person: chi-wong}\n==',
      'person: chi-wung}\n==',
      `${FILE}:11:46 there is no person "chi-wung"; did you mean "chi-wong"? [known-names]`,
    ],
    [
      'role: paas/nights/engineer, person',
      'role: paas/nights/enginer, person',
      `${FILE}:11:16 there is no role "enginer" in paas/nights; did you mean "engineer"? [known-names]`,
    ],
    [
      'timezone: Europe/London\n    from',
      'timezone: Europe/Londn\n    from',
      `${FILE}:5:15 there is no time zone "Europe/Londn"; did you mean "Europe/London"? [known-names]`,
    ],
    [
      'to: 2026-12-11T18:30',
      'to: 2026-12-11T10:30',
      `${FILE}:7:9 this ends at 2026-12-11T10:30, not after it begins (2026-12-11T11:00); give it a later end [times]`,
    ],
    [
      '2026-11-20T10:30:00Z',
      '2026-12-11T11:00:00Z',
      `${FILE}:8:19 this was requested at 2026-12-11T11:00:00Z, not before it begins (2026-12-11T11:00:00Z); write when it was requested [times]`,
    ],
    [
      '2026-11-20T10:30:00Z',
      '2026-02-30T10:30:00Z',
      `${FILE}:8:19 there is no 2026-02-30 in the calendar [times]`,
    ],
    [
      'summary: Move',
      'sumary: Move',
      `${FILE}:4:5 "sumary" is not a key of a planned change; did you mean "summary"? [schema]`,
    ],
    [
      'request: https://github.com/',
      'request: javascript://',
      `${FILE}:9:14 "javascript://example/handbook/issues/42" is not a request such as "https://github.com/example/handbook/issues/42" [schema]`,
    ],
  ])('%j, %j', (passage, other, ...expected) => {
    expect(checked(but(everything, passage, other))).toEqual(expected);
  });
});

test('outside the windows it is extra cover of the role; inside them the holder stays', () => {
  const on = (text: string) =>
    shiftsOf(text, 'paas/nights/engineer', '2026-12-11T08:00Z', '2026-12-11T20:00Z');
  const without = everything.replace(/== rotas\/paas\/planned-changes.yaml[\s\S]*?(?=^== )/m, '');
  const [morning, night] = [
    '2026-12-11T08:00+00:00 2026-12-11T09:00+00:00 ben-adeyemi',
    '2026-12-11T17:00+00:00 2026-12-11T20:00+00:00 ben-adeyemi',
  ];
  expect(on(without)).toEqual([morning, night]);
  expect(on(everything)).toEqual([morning, '2026-12-11T11:00+00:00 2026-12-11T17:00+00:00 chi-wong', night]);
});

test('a change of a rota that does not exist gives no cover', () => {
  const { handbook } = loaded(
    but(everything, 'role: paas/nights/engineer, person: chi', 'role: paas/days/engineer, person: chi'),
  );
  expect([...handbook.changes.keys()]).toEqual(['paas/issue-42']);
  expect(
    resolve(handbook, between('2026-12-11T08:00Z', '2026-12-11T20:00Z')).roles.has('paas/days/engineer'),
  ).toBe(false);
});

const second = (more: string) =>
  but(everything, '== policies/support-hours/paas.yaml', `${more}== policies/support-hours/paas.yaml`);
const again = (person: string) => `  issue-43:
    service: website
    summary: Move it back
    timezone: Europe/London
    from: 2026-12-11T12:00
    to: 2026-12-11T13:00
    requested_at: 2026-11-20T10:30:00Z
    assigned: [{role: paas/nights/engineer, person: ${person}}]
`;

test('two changes at the same time have the same person, or clash', () => {
  expect(checked(second(again('chi-wong')))).toEqual([]);
  expect(checked(second(again('dee-novak')))).toEqual([
    `${FILE}:19:16 another planned change already assigns chi-wong Fri 11 Dec 12:00 – 13:00; assign chi-wong in both [clashing-overrides]`,
  ]);
});

test('extra time of somebody who is also assigned to a change at that time is no clash, whichever begins first', () => {
  const extra = (from: string, to: string) =>
    but(
      everything,
      'overrides:\n',
      `overrides:\n  - {role: engineer, person: chi-wong, from: ${from}, to: ${to}, extra: true}\n`,
    );
  expect(checked(extra('2026-12-11T10:30', '2026-12-11T12:00'))).toEqual([]);
  expect(checked(extra('2026-12-11T12:00', '2026-12-11T14:00'))).toEqual([]);
});

test('a person assigned inside the windows who no longer holds the role is a warning', () => {
  const text = but(everything, 'from: 2026-12-11T11:00', 'from: 2026-12-11T17:30').replace(
    'engineer, person: chi-wong}',
    'engineer, person: dee-novak}',
  );
  expect(checked(text)).toEqual([
    `${FILE}:11:9 ben-adeyemi is engineer Fri 11 Dec 17:30 – 18:30, not dee-novak, who is assigned to issue-42; confirm this with ben-adeyemi again and correct person [stale-override]`,
  ]);
});

describe('notice counts from the time of the request', () => {
  const base = everything.replace(/== rotas\/paas\/planned-changes.yaml[\s\S]*?(?=^== )/m, '');
  const change =
    "chi-wong is paas/nights/engineer Fri 11 Dec 11:00 – 17:00 (nobody was) with 23 hours' notice";
  test.each<[now: string, requestedAt: string, ...expected: string[]]>([
    ['2026-12-09T11:00:00Z', '2026-12-09T10:59:00Z'],
    [
      '2026-12-10T12:00:00Z',
      '2026-12-09T11:00:00Z',
      `${FILE}:11:9 warning: ${change}, counted from now, and enough counted from requested_at (2026-12-09T11:00:00Z); compare requested_at with the request`,
    ],
    [
      '2026-12-10T12:00:00Z',
      '2026-12-09T11:00:01Z',
      `${FILE}:11:9 error: ${change} (counted from requested_at, 2026-12-09T11:00:01Z); the policy asks 48 hours, so choose a later turn or have it approved as an emergency, with the label "emergency-cover" and by a lead`,
    ],
    [
      '2026-12-10T12:00:00Z',
      '2026-12-10T12:00:01Z',
      `${FILE}:11:9 error: ${change} (requested_at is in the future); the policy asks 48 hours, so choose a later turn or have it approved as an emergency, with the label "emergency-cover" and by a lead`,
    ],
  ])('at %s, requested at %s', (now, requestedAt, ...expected) => {
    const head = but(everything, '2026-11-20T10:30:00Z', requestedAt);
    expect(judged('notice', base, head, now)).toEqual(expected);
  });

  const [early, late] = ['2026-12-05T10:00:00Z', '2026-12-10T10:00:00Z'];
  test.each<[what: string, from: string, first: string, second: string, severities: readonly string[]]>([
    ['that touches it', '12:00', early, late, ['warning', 'error']],
    ['that it touches', '12:00', late, early, ['error', 'warning']],
    ['on the same day', '13:00', early, late, ['warning', 'error']],
    ['before it on the same day', '13:00', late, early, ['error', 'warning']],
  ])('and not from the time of another request, %s', (_, from, first, other, severities) => {
    const two = second(
      again('chi-wong')
        .replace('T13:00', 'T14:00')
        .replace('T12:00', `T${from}`)
        .replace('2026-11-20T10:30:00Z', other),
    );
    const head = but(but(two, 'T18:30', 'T12:00'), '2026-11-20T10:30:00Z', first);
    const found = judged('notice', base, head, '2026-12-10T12:00:00Z');
    expect(found.map((line) => /:\d+ (\w+): chi-wong is/.exec(line)?.[1])).toEqual(severities);
  });
});

test('it is decoded with its instants', () => {
  const change = sound(everything).changes.get('paas/issue-42');
  expect([change?.team, change?.startAt, change?.endAt, change?.requestedAt]).toEqual([
    'paas',
    at('2026-12-11T11:00:00Z'),
    at('2026-12-11T18:30:00Z'),
    at('2026-11-20T10:30:00Z'),
  ]);
});
