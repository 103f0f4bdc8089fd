/**
 * Judging a planned change: notice to the second, working hours, windows, who is on call and whether they are
 * available.
 */
import { describe, expect, test } from 'vitest';
import { readFolder } from '../../actions/lib/git/working-tree.ts';
import { load, type Texts } from '../../actions/lib/load/load.ts';
import type { ChangeVerdict } from '../../actions/lib/requests/change.ts';
import { judge, readRequest } from '../../actions/lib/requests/request.ts';
import { at, but, SAMPLE } from '../handbook.ts';
import { type CHANGE, changeBody } from './bodies.ts';

const sample = readFolder(SAMPLE) ?? {
  texts: new Map<string, string>(),
  findings: [],
};

function judged(
  given: Partial<Record<keyof typeof CHANGE, string>>,
  requestedAt: string,
  texts: Texts = sample,
): ChangeVerdict {
  const { handbook } = load(texts);
  const request = readRequest(handbook, changeBody(given));
  if (request === undefined) throw new Error('this is no request');
  const issue = {
    number: 77,
    url: 'https://github.com/a/b/issues/77',
    author: 'x',
    labels: [],
    requestedAt: at(requestedAt),
  };
  const verdict = judge(texts, handbook, at(requestedAt), request, issue);
  if (verdict.of !== 'change') throw new Error('this is no change');
  return verdict.change;
}

const span = (start: string, end: string) => ({ 'Scheduled start': start, 'Scheduled end': end });

describe('notice is 48 elapsed hours', () => {
  test.each([
    ['2027-01-04T23:00:00Z', '2027-01-06T23:00', 'accepted'],
    ['2027-01-04T23:00:01Z', '2027-01-06T23:00', 'short-notice'],
    // Clocks go forward on 28 March at 01:00 UTC: two local days are 47 hours.
    ['2027-03-26T23:00:00Z', '2027-03-28T23:00', 'short-notice'],
    ['2027-03-26T22:00:00Z', '2027-03-28T23:00', 'accepted'],
    ['2027-03-26T22:00:01Z', '2027-03-28T23:00', 'short-notice'],
    // Clocks go back on 31 October at 01:00 UTC: two local days are 49 hours.
    ['2027-10-29T22:00:00Z', '2027-10-31T23:00', 'accepted'],
    ['2027-10-29T23:00:00Z', '2027-10-31T23:00', 'accepted'],
    ['2027-10-29T23:00:01Z', '2027-10-31T23:00', 'short-notice'],
  ])('asked for at %s, to begin %s: %s', (requestedAt, start, kind) => {
    const end = start.replace('23:00', '23:30');
    expect(judged(span(start, end), requestedAt).kind).toBe(kind);
  });
});

test('notice is that of the team of the service', () => {
  const own = (team: string) => {
    const file = 'policies/notice.yaml';
    const text = `${sample.texts.get(file)}teams: {${team}: {out_of_hours_change: {minimum: 5 hours}}}\n`;
    const times = span('2027-01-06T23:00', '2027-01-06T23:30');
    return judged(times, '2027-01-06T18:00:00Z', { ...sample, texts: new Map(sample.texts).set(file, text) })
      .kind;
  };
  expect(own('modernisation-platform')).toBe('accepted');
  expect(own('paas')).toBe('short-notice');
});

const onThen = (verdict: ChangeVerdict) =>
  verdict.timed?.onThen.map(({ line, role, person }) => `${line} ${role.rota}/${role.role} ${person}`);
const windows = (verdict: ChangeVerdict) => verdict.timed?.parts.map(({ value }) => value ?? 'none');

describe('the windows of a change, and who is on call in them', () => {
  const early = '2026-12-01T12:00:00Z';
  test.each([
    // A Wednesday: regular support is from 09:00 to 16:00.
    [span('2027-01-06T09:00', '2027-01-06T16:00'), 'not-needed', ['regular']],
    [span('2027-01-06T15:59', '2027-01-06T16:01'), 'accepted', ['regular', 'on-call']],
    [span('2027-01-06T21:00', '2027-01-06T23:00'), 'accepted', ['on-call', 'none']],
    [span('2027-01-06T23:00', '2027-01-07T08:00'), 'accepted', ['none', 'on-call']],
    // New Year's Day has no working hours.
    [span('2027-01-01T10:00', '2027-01-01T11:00'), 'accepted', ['on-call']],
  ])('%j', (times, kind, parts) => {
    const verdict = judged(times, early);
    expect([verdict.kind, windows(verdict)]).toEqual([kind, parts]);
  });

  test('first and second line are those of the chain, at night those of the preceding chain', () => {
    const evening = [
      'first modernisation-platform/on-call/primary lukasz-zielinski',
      'second modernisation-platform/on-call/secondary sian-pritchard',
    ];
    expect(onThen(judged(span('2027-01-06T20:00', '2027-01-06T21:00'), early))).toEqual(evening);
    expect(onThen(judged(span('2027-01-06T23:00', '2027-01-06T23:30'), early))).toEqual(evening);
  });

  test('a level for some priorities is no line of support for a planned change', () => {
    const file = 'policies/escalation/modernisation-platform-on-call.yaml';
    const chain = but(
      sample.texts.get(file) ?? '',
      '  - notify: [modernisation-platform/on-call/secondary]\n',
      '  - {notify: [modernisation-platform/regular/engineer], escalate_after: 1 minute, only_for: [P1]}\n' +
        '  - notify: [modernisation-platform/on-call/secondary]\n',
    );
    const texts = { ...sample, texts: new Map([...sample.texts, [file, chain]]) };
    expect(onThen(judged(span('2027-01-06T20:00', '2027-01-06T21:00'), early, texts))).toEqual([
      'first modernisation-platform/on-call/primary lukasz-zielinski',
      'second modernisation-platform/on-call/secondary sian-pritchard',
    ]);
  });

  test('a service without out-of-hours support is referred to its team', () => {
    const service = { Service: 'Harbour Authority intranet (harbour-authority-intranet)' };
    expect(judged(service, early)).toMatchObject({
      kind: 'lacking',
      faults: [
        {
          field: 'Service',
          message:
            'harbour-authority-intranet has no support out of hours; arrange this with the team directly',
        },
      ],
    });
  });
});

test('a chain without roles has nobody to assign out of hours', () => {
  const CHAIN = 'policies/escalation/modernisation-platform-on-call.yaml';
  const text = (sample.texts.get(CHAIN) ?? '').replace(
    /levels:[\s\S]*repeats/,
    'levels:\n  - notify: [person: helene-marchetti]\nrepeats',
  );
  const texts = { ...sample, texts: new Map(sample.texts).set(CHAIN, text) };
  const verdict = judged(span('2027-01-06T20:00', '2027-01-06T21:00'), '2026-12-01T12:00:00Z', texts);
  expect(verdict).toMatchObject({
    kind: 'lacking',
    faults: [
      {
        field: 'Service',
        message:
          'modernisation-platform-on-call calls no role, so nobody can be assigned; arrange this with the team directly',
      },
    ],
  });
  const inHours = span('2027-01-06T10:00', '2027-01-06T11:00');
  expect(judged(inHours, '2026-12-01T12:00:00Z', texts).kind).toBe('not-needed');
});

test('a missing value and a late start are reported together', () => {
  const verdict = judged(
    { ...span('2027-01-06T23:00', '2027-01-06T23:30'), 'Rollback plan': '' },
    '2027-01-05T12:00:00Z',
  );
  expect(verdict.kind === 'lacking' && verdict.faults.map(({ field }) => field)).toEqual([
    'Rollback plan',
    'Scheduled start',
  ]);
});

describe('times that are not accepted', () => {
  test.each([
    [
      span('2027-01-06T23:00', '2027-01-06T23:00'),
      'Scheduled end: this ends at 2027-01-06T23:00, not after it begins (2027-01-06T23:00); give it a later end',
    ],
    [
      span('2026-11-30T23:00', '2026-12-01T23:00'),
      'Scheduled start: 2026-11-30T23:00 is in the past; choose a future time',
    ],
    [
      span('2027-03-28T01:30', '2027-03-28T03:00'),
      'Scheduled start: 2027-03-28T01:30 does not exist in Europe/London, where the clocks go forward over it; choose a time after the gap',
    ],
    [
      span('2027-01-06T23:00', '2027-03-06T23:00'),
      'Scheduled end: this takes over 31 days; request each part separately',
    ],
    [
      span('2098-01-06T23:00', '2098-01-07T23:00'),
      'Service: the holiday list of modernisation-platform does not cover 2098-01-07, so who is on call then is unknown; extend it with "rota holidays"',
    ],
  ])('%j', (times, told) => {
    const verdict = judged(times, '2026-12-01T12:00:00Z');
    expect(
      verdict.kind === 'lacking' && verdict.faults.map(({ field, message }) => `${field}: ${message}`),
    ).toEqual([told]);
  });
});

describe('a change over a hand-over', () => {
  const early = '2026-12-01T12:00:00Z';
  const messages = (verdict: ChangeVerdict) =>
    verdict.kind === 'lacking' ? verdict.faults.map(({ message }) => message) : [];
  const parted = 'before this ends; request the part before and the part after separately';

  test('is refused, with the hand-over at which to split it', () => {
    expect(messages(judged(span('2027-01-09T23:00', '2027-01-13T01:00'), early))).toEqual([
      `modernisation-platform/on-call/primary is handed over from lukasz-zielinski to daniel-nguyen Mon 11 Jan 16:00, ${parted}`,
      `modernisation-platform/on-call/secondary is handed over from sian-pritchard to folasade-ajayi Mon 11 Jan 16:00, ${parted}`,
    ]);
  });

  test.each([
    ['2027-01-09T23:00', '2027-01-11T16:00', ['lukasz-zielinski', 'sian-pritchard']],
    ['2027-01-11T16:00', '2027-01-13T01:00', ['daniel-nguyen', 'folasade-ajayi']],
  ])('is accepted in its parts: %s to %s', (start, end, people) => {
    const verdict = judged(span(start, end), early);
    expect([verdict.kind, verdict.timed?.onThen.map(({ person }) => person)]).toEqual(['accepted', people]);
  });

  test('is refused where somebody covers for an hour of it', () => {
    const ROTA = 'rotas/modernisation-platform/on-call.yaml';
    const cover =
      'overrides: [{role: primary, person: jack-thornbury, instead_of: lukasz-zielinski, from: 2027-01-06T20:00, to: 2027-01-06T21:00}]';
    const text = `${sample.texts.get(ROTA)}\n${cover}\n`;
    const covered = { ...sample, texts: new Map(sample.texts).set(ROTA, text) };
    expect(messages(judged(span('2027-01-06T19:00', '2027-01-06T23:30'), early, covered))).toEqual([
      `modernisation-platform/on-call/primary is handed over from lukasz-zielinski to jack-thornbury Wed 6 Jan 20:00, ${parted}`,
    ]);
  });
});

describe('somebody who is not available', () => {
  const PEOPLE = 'rotas/people/modernisation-platform.yaml';
  const early = '2026-12-01T12:00:00Z';
  const sick = (given: string): Texts => {
    const text = but(
      sample.texts.get(PEOPLE) ?? '',
      '    github: lukasz-zielinski\n',
      `    github: lukasz-zielinski\n${given}`,
    );
    return { ...sample, texts: new Map(sample.texts).set(PEOPLE, text) };
  };

  test('is reported, and nothing is written', () => {
    const away = sick('    away: [{first_day: 2027-01-06, last_day: 2027-01-07}]\n');
    const verdict = judged({}, early, away);
    expect(verdict).toMatchObject({ kind: 'accepted', edit: undefined });
    expect(verdict.timed?.troubles.join()).toMatch(/lukasz-zielinski is away Wed 6 Jan to Thu 7 Jan/);
    expect(judged({}, early).timed?.troubles).toEqual([]);
  });

  test('is reported in the evening too, where the handbook already has that fault', () => {
    const away = sick('    away: [{first_day: 2027-01-06, last_day: 2027-01-06}]\n');
    const verdict = judged(span('2027-01-06T20:00', '2027-01-06T21:00'), early, away);
    expect(verdict.timed?.troubles).toEqual(['lukasz-zielinski is away Wed 6 Jan to Wed 6 Jan']);
  });

  test('because of another seat is reported', () => {
    const desk = `name: Desk
timezone: Europe/London
handover: {day: monday, time: "09:00"}
roles: {clerk: {rotation: [{first_turn: 2026-11-02, people: [lukasz-zielinski]}]}}
`;
    const texts = { ...sample, texts: new Map(sample.texts).set('rotas/paas/desk.yaml', desk) };
    expect(judged({}, early, texts).timed?.troubles).toEqual([
      'lukasz-zielinski is modernisation-platform/on-call/primary and paas/desk/clerk at once, Wed 6 Jan 23:00 – Thu 7 Jan 01:00; give one of them to somebody else',
    ]);
  });
});
