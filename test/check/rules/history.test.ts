/**
 * Changes of the past by an override or by an edit in place; entries before the published span; the label for
 * corrections.
 */
import { describe, expect, test } from 'vitest';
import { history as historyRule } from '../../../actions/lib/check/rules/history.ts';
import type { Pull } from '../../../actions/lib/compare/against.ts';
import { day, found as findingsIn, foundInPull, wordsOf } from '../../found.ts';
import { aHandbook, at, but } from '../../handbook.ts';

const NIGHTS = 'rotas/paas/nights.yaml';

/** Wednesdays at 10:00: amara 4 November, ben 11 November, chi 18 November, …, ben 2 December, chi 9 December, … */
const base = aHandbook({
  policies: { notice: 'consent: []\ncorrection: {label: history-correction}' },
});
const strict = but(base, 'correction: {label: history-correction}\n', '');
const NOW = '2026-12-10T12:00:00Z';

const turn = (on: string, person: string, text = base) =>
  `${text}overrides: [{role: engineer, turn: ${on}, person: ${person}}]\n`;
const past = (change: string, label = ', label: history-correction') =>
  `${NIGHTS}:8:13 error past-changed {rota: paas/nights, role: engineer, ${change}${label}}`;
const handed = (from: string, span: string, to: string) =>
  past(`before: ${from}, after: ${to}, ${span}`).replace(':8:13 ', ':3:11 ');
const gone = (person: string, span: string) => past(`before: ${person}, ${span}`).replace(':8:13 ', ':1:1 ');
const history = (head: string, own = base, pull?: Partial<Pull>, now = NOW) =>
  foundInPull('history', own, head, now, pull);

const swapped = turn('2026-12-02', 'amara');
const BEN = 'before: ben, after: amara, startAt: 2026-12-02T10:00+00:00, endAt: 2026-12-09T10:00+00:00';

test('the handbooks of these tests are sound', () => {
  expect(findingsIn(base, NOW)).toEqual([]);
  expect(findingsIn(swapped, NOW)).toEqual([]);
});

describe('cover before now', () => {
  test.each<[what: string, head: string, ...found: string[]]>([
    ['that stays as it was', base],
    ['of a turn that is over', swapped, past(BEN)],
    [
      'of the turn in progress, up to now',
      turn('2026-12-09', 'amara'),
      past('before: chi, after: amara, startAt: 2026-12-09T10:00+00:00, endAt: 2026-12-10T12:00+00:00'),
    ],
    ['of the turn to come', turn('2026-12-16', 'ben')],
    [
      'of an hour',
      `${base}overrides: [{role: engineer, person: amara, from: 2026-12-10T11:00, to: 2026-12-10T12:00}]\n`,
      past('before: chi, after: amara, startAt: 2026-12-10T11:00+00:00, endAt: 2026-12-10T12:00+00:00'),
    ],
    [
      'of an hour that begins now',
      `${base}overrides: [{role: engineer, person: amara, from: 2026-12-10T12:00, to: 2026-12-10T13:00}]\n`,
    ],
    [
      'by an edit in place',
      but(base, '[amara, ben, chi]', '[amara, chi, ben]'),
      `${NIGHTS}:7:9 error past-changed {rota: paas/nights, role: engineer, before: ben, after: chi, startAt: 2026-11-11T10:00+00:00, endAt: 2026-12-09T10:00+00:00, label: history-correction}`,
      `${NIGHTS}:7:9 error past-changed {rota: paas/nights, role: engineer, before: chi, after: ben, startAt: 2026-11-01T00:00+00:00, endAt: 2026-12-10T12:00+00:00, label: history-correction}`,
    ],
    [
      'by an edit from a day to come on',
      but(base, 'chi]}\n', 'chi]}\n      - {first_turn: 2026-12-16, people: [amara, chi, ben]}\n'),
    ],
    [
      'by a hand-over moved in place',
      but(base, 'time: "10:00"', 'time: "09:00"'),
      handed('amara', 'startAt: 2026-11-11T09:00+00:00, endAt: 2026-12-02T10:00+00:00', 'ben'),
      handed('ben', 'startAt: 2026-11-18T09:00+00:00, endAt: 2026-12-09T10:00+00:00', 'chi'),
      handed('chi', 'startAt: 2026-11-04T09:00+00:00, endAt: 2026-11-25T10:00+00:00', 'amara'),
    ],
    [
      'by a hand-over amended from a day to come on',
      `${but(base, 'chi]}\n', 'chi]}\n      - {first_turn: 2026-12-21, people: [amara, ben, chi]}\n')}amendments: [{first_day: 2026-12-21, handover: {day: monday, time: "09:00"}}]\n`,
    ],
    [
      'by the removal of a rota',
      base.slice(0, base.indexOf(`== ${NIGHTS}`)),
      gone('amara', 'startAt: 2026-11-25T10:00+00:00, endAt: 2026-12-02T10:00+00:00'),
      gone('amara', 'startAt: 2026-11-04T10:00+00:00, endAt: 2026-11-11T10:00+00:00'),
      gone('ben', 'startAt: 2026-11-11T10:00+00:00, endAt: 2026-11-18T10:00+00:00'),
      gone('ben', 'startAt: 2026-12-02T10:00+00:00, endAt: 2026-12-09T10:00+00:00'),
      gone('chi', 'startAt: 2026-11-01T00:00+00:00, endAt: 2026-11-04T10:00+00:00'),
      gone('chi', 'startAt: 2026-11-18T10:00+00:00, endAt: 2026-11-25T10:00+00:00'),
      gone('chi', 'startAt: 2026-12-09T10:00+00:00, endAt: 2026-12-10T12:00+00:00'),
    ],
  ])('%s', (_, head, ...found) => expect(history(head)).toEqual(found));
});

describe('before the start of the published span, which is 1 November', () => {
  const hours = (from: string, to: string) =>
    `${base}overrides: [{role: engineer, person: amara, from: ${from}, to: ${to}}]\n`;
  const lost = `${NIGHTS}:8:13 error expired {beganOn: 2026-11-01}`;
  test.each<[what: string, head: string, ...found: string[]]>([
    ['cover may change, and what is new there usually has the wrong year', turn('2026-10-21', 'amara'), lost],
    ['hours are archive as well', hours('2025-12-12T18:00', '2025-12-12T20:00'), lost],
    ['up to the very instant at which it begins', hours('2026-10-31T18:00', '2026-11-01T00:00'), lost],
    [
      'and a minute more is past',
      hours('2026-10-31T18:00', '2026-11-01T00:01'),
      past('before: chi, after: amara, startAt: 2026-11-01T00:00+00:00, endAt: 2026-11-01T00:01+00:00'),
    ],
    [
      'so are agreed turns',
      but(base, '[amara, ben, chi]}\n', '[amara, ben, chi]}\n    turns: {2026-10-21: amara}\n'),
      lost.replace(':8:13 ', ':8:25 '),
    ],
    [
      'cover is archive, up to that day',
      turn('2026-10-28', 'amara'),
      past('before: chi, after: amara, startAt: 2026-11-01T00:00+00:00, endAt: 2026-11-04T10:00+00:00'),
    ],
  ])('%s', (_, head, ...found) => expect(history(head)).toEqual(found));

  test('the base defines how far back it goes', () => {
    const far = `${base}== policies/publishing.yaml\nback: 9 weeks\n`;
    const [policy, head] = [far.slice(far.indexOf('== policies/publishing')), turn('2026-10-21', 'amara')];
    expect(history(head, far)).toHaveLength(1);
    expect(history(head + policy, base)).toEqual([lost]);
  });

  test('what was written there before may stay, be removed, and be part of a new rota', () => {
    const old = turn('2026-10-21', 'amara');
    expect(history(old, old)).toEqual([]);
    expect(history(base, old)).toEqual([]);
    const other = old.slice(old.indexOf('name: Nights'));
    expect(history(`${base}== rotas/paas/more.yaml\n${other}`)).not.toContainEqual(
      expect.stringContaining(' expired '),
    );
  });

  test('the label for corrections lets it pass', () => {
    expect(history(turn('2026-10-21', 'amara'), base, { labels: ['history-correction'] })).toEqual([]);
  });
});

describe('the label for corrections', () => {
  const labels = ['history-correction'];
  test.each<[what: string, own: string, head: string, pull: Partial<Pull> | undefined, ...found: string[]]>([
    ['lets it through', base, swapped, { labels }],
    ['lets it pass together with others', base, swapped, { labels: ['rota', ...labels] }],
    ['is missing', base, swapped, { labels: ['rota'] }, past(BEN)],
    ['can be nowhere without a pull request', base, swapped, undefined, past(BEN)],
    [
      'is nothing where the policy names none',
      strict,
      turn('2026-12-02', 'amara', strict),
      { labels },
      past(BEN, ''),
    ],
    ['is nothing where the head alone names it', strict, swapped, { labels }, past(BEN, '')],
    [
      'is the one of the base',
      base,
      but(swapped, 'label: history-correction', 'label: anything'),
      { labels: ['anything'] },
      past(BEN),
    ],
    ['of an emergency is another', base, swapped, { labels: ['emergency-cover'] }, past(BEN)],
  ])('%s', (_, own, head, pull, ...found) => expect(history(head, own, pull)).toEqual(found));
});

const format = wordsOf(historyRule);
test.each([
  [
    format({
      code: 'past-changed',
      args: {
        rota: 'paas/nights',
        role: 'engineer',
        before: 'ben',
        after: 'amara',
        zone: 'Europe/London',
        startAt: at('2026-12-02T10:00Z'),
        endAt: at('2026-12-09T10:00Z'),
        nowAt: at('2026-12-10T12:00Z'),
        label: 'history-correction',
      },
    }),
    'ben gives up paas/nights/engineer Wed 2 Dec 10:00 – Wed 9 Dec 10:00 to amara, which is past; write the change from a future day on, or for hours to come use rota cover paas/nights engineer FROM TO amara, or correct the past with the label "history-correction"',
  ],
  [
    format({
      code: 'past-changed',
      args: {
        rota: 'paas/nights',
        role: 'engineer',
        before: 'ben',
        after: 'chi',
        zone: 'Europe/London',
        startAt: at('2026-11-11T10:00Z'),
        endAt: at('2026-12-09T10:00Z'),
        spans: [
          { startAt: at('2026-11-11T10:00Z'), endAt: at('2026-11-18T10:00Z') },
          { startAt: at('2026-12-02T10:00Z'), endAt: at('2026-12-09T10:00Z') },
        ],
        nowAt: at('2026-12-10T12:00Z'),
        label: 'history-correction',
      },
    }),
    'ben gives up paas/nights/engineer Wed 11 Nov 10:00 – Wed 18 Nov 10:00 and Wed 2 Dec 10:00 – Wed 9 Dec 10:00 to chi, which is past; write the change from a future day on, or for hours to come use rota cover paas/nights engineer FROM TO chi, or correct the past with the label "history-correction"',
  ],
  [
    format({
      code: 'past-changed',
      args: {
        rota: 'paas/nights',
        role: 'engineer',
        before: 'amara',
        zone: 'Europe/London',
        startAt: at('2026-11-25T10:00Z'),
        endAt: at('2026-12-02T10:00Z'),
        nowAt: at('2026-12-10T12:00Z'),
        label: 'history-correction',
        after: undefined,
      },
    }),
    'amara is no longer paas/nights/engineer Wed 25 Nov 10:00 – Wed 2 Dec 10:00 (nobody is), which is past; write the change from a future day on, or correct the past with the label "history-correction"',
  ],
  [
    format({
      code: 'past-changed',
      args: {
        rota: 'paas/more',
        role: 'engineer',
        after: 'amara',
        zone: 'Europe/London',
        startAt: at('2026-11-04T10:00Z'),
        endAt: at('2026-12-02T10:00Z'),
        spans: [
          { startAt: at('2026-11-04T10:00Z'), endAt: at('2026-11-11T10:00Z') },
          { startAt: at('2026-11-25T10:00Z'), endAt: at('2026-12-02T10:00Z') },
        ],
        nowAt: at('2026-12-10T12:00Z'),
        label: 'history-correction',
        before: undefined,
      },
    }),
    'amara is paas/more/engineer Wed 4 Nov 10:00 – Wed 11 Nov 10:00 and Wed 25 Nov 10:00 – Wed 2 Dec 10:00 (nobody was), which is past; write the change from a future day on, or correct the past with the label "history-correction"',
  ],
  [
    format({
      code: 'past-changed',
      args: {
        rota: 'paas/nights',
        role: 'engineer',
        before: 'ben',
        after: 'amara',
        zone: 'Europe/London',
        startAt: at('2026-12-02T10:00Z'),
        endAt: at('2026-12-09T10:00Z'),
        nowAt: at('2026-12-10T12:00Z'),
        label: undefined,
      },
    }),
    'ben gives up paas/nights/engineer Wed 2 Dec 10:00 – Wed 9 Dec 10:00 to amara, which is past; write the change from a future day on, or for hours to come use rota cover paas/nights engineer FROM TO amara',
  ],
  [
    format({ code: 'expired', args: { beganOn: day('2026-11-01') } }),
    'this is new, is before Sun 1 Nov 2026 and changes nothing any more; correct its year, or remove it',
  ],
])('its message: %s', (text, words) => expect(text).toBe(words));
