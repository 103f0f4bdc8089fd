/**
 * Changes of the past by an override or by an edit in place, however old; new entries that change nothing; the label for
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
      `${NIGHTS}:7:9 error past-changed {rota: paas/nights, role: engineer, before: ben, after: chi, startAt: 2026-09-09T10:00+01:00, endAt: 2026-12-09T10:00+00:00, label: history-correction}`,
      `${NIGHTS}:7:9 error past-changed {rota: paas/nights, role: engineer, before: chi, after: ben, startAt: 2026-09-16T10:00+01:00, endAt: 2026-12-10T12:00+00:00, label: history-correction}`,
    ],
    [
      'by an edit from a day to come on',
      but(base, 'chi]}\n', 'chi]}\n      - {first_turn: 2026-12-16, people: [amara, chi, ben]}\n'),
    ],
    [
      'by a hand-over moved in place',
      but(base, 'time: "10:00"', 'time: "09:00"'),
      handed('amara', 'startAt: 2026-09-09T09:00+01:00, endAt: 2026-12-02T10:00+00:00', 'ben'),
      past('after: amara, startAt: 2026-09-02T09:00+01:00, endAt: 2026-09-02T10:00+01:00').replace(
        ':8:13 ',
        ':3:11 ',
      ),
      handed('ben', 'startAt: 2026-09-16T09:00+01:00, endAt: 2026-12-09T10:00+00:00', 'chi'),
      handed('chi', 'startAt: 2026-09-23T09:00+01:00, endAt: 2026-11-25T10:00+00:00', 'amara'),
    ],
    [
      'by a hand-over amended from a day to come on',
      `${but(base, 'chi]}\n', 'chi]}\n      - {first_turn: 2026-12-21, people: [amara, ben, chi]}\n')}amendments: [{first_day: 2026-12-21, handover: {day: monday, time: "09:00"}}]\n`,
    ],
    [
      'by the removal of a rota',
      base.slice(0, base.indexOf(`== ${NIGHTS}`)),
      ...Object.entries({
        amara: ['11-25', '12-02', '11-04', '11-11', '10-14', '10-21', '09-02', '09-09', '09-23', '09-30'],
        ben: ['11-11', '11-18', '10-21', '10-28', '12-02', '12-09', '09-30', '10-07', '09-09', '09-16'],
        chi: ['09-16', '09-23', '11-18', '11-25', '10-28', '11-04', '10-07', '10-14', '12-09', '12-10'],
      }).flatMap(([person, days]) => {
        const time = (day = '') =>
          `2026-${day}T${day === '12-10' ? '12' : '10'}:00${day < '10-26' ? '+01:00' : '+00:00'}`;
        return [0, 2, 4, 6, 8].map((i) =>
          gone(person, `startAt: ${time(days[i])}, endAt: ${time(days[i + 1])}`),
        );
      }),
    ],
  ])('%s', (_, head, ...found) => expect(history(head).toSorted()).toEqual(found.toSorted()));
});

describe('before the start of the published span, which is 1 November', () => {
  const hours = (from: string, to: string) =>
    `${base}overrides: [{role: engineer, person: amara, from: ${from}, to: ${to}}]\n`;
  const lost = `${NIGHTS}:8:13 error expired {beganOn: 2026-11-01}`;
  const OLD = 'before: ben, after: amara, startAt: 2026-10-21T10:00+01:00, endAt: 2026-10-28T10:00+00:00';
  const evening = (day: string, before?: string) =>
    past(
      `${before === undefined ? '' : `before: ${before}, `}after: amara, startAt: ${day}T18:00, endAt: ${day}T20:00`,
    );
  test.each<[what: string, head: string, ...found: string[]]>([
    ['cover is on record', turn('2026-10-21', 'amara'), past(OLD)],
    [
      'hours are, too, also where nobody was on duty',
      hours('2025-12-12T18:00', '2025-12-12T20:00'),
      evening('2025-12-12').replaceAll('0:00', '0:00+00:00').replaceAll('8:00', '8:00+00:00'),
    ],
    [
      'and a minute more is one change',
      hours('2026-10-31T18:00', '2026-11-01T00:01'),
      past('before: chi, after: amara, startAt: 2026-10-31T18:00+00:00, endAt: 2026-11-01T00:01+00:00'),
    ],
    [
      'so are agreed turns',
      but(base, '[amara, ben, chi]}\n', '[amara, ben, chi]}\n    turns: {2026-10-21: amara}\n'),
      past(OLD).replace(':8:13 ', ':8:25 '),
    ],
    [
      'and a turn that goes on after it',
      turn('2026-10-28', 'amara'),
      past('before: chi, after: amara, startAt: 2026-10-28T10:00+00:00, endAt: 2026-11-04T10:00+00:00'),
    ],
    ['what is new and changes nothing usually has the wrong year', turn('2026-10-21', 'ben'), lost],
    [
      'a turn that nobody held is a change',
      turn('2025-10-22', 'amara'),
      past('after: amara, startAt: 2025-10-22T10:00+01:00, endAt: 2025-10-29T10:00+00:00'),
    ],
  ])('%s', (_, head, ...found) => expect(history(head)).toEqual(found));

  test('the base defines from when on a new entry may change nothing', () => {
    const far = `${base}== policies/publishing.yaml\nback: 9 weeks\n`;
    const [policy, head] = [far.slice(far.indexOf('== policies/publishing')), turn('2026-10-21', 'ben')];
    expect(history(head, far)).toEqual([]);
    expect(history(head + policy, base)).toEqual([lost]);
  });

  test('what is written otherwise with the very same cover is not new', () => {
    const agreed = (person: string) =>
      but(base, '[amara, ben, chi]}\n', `[amara, ben, chi]}\n    turns: {2026-10-21: ${person}}\n`);
    const two = hours('2026-10-21T18:00', '2026-10-21T19:00').concat(
      '  - {role: engineer, person: amara, from: 2026-10-21T19:00, to: 2026-10-21T20:00}\n',
    );
    const one = hours('2026-10-21T18:00', '2026-10-21T20:00');
    for (const [head, was] of [
      [turn('2026-10-21', 'amara'), agreed('amara')],
      [agreed('amara'), turn('2026-10-21', 'amara')],
      [two, one],
      [one, two],
    ] as const)
      expect(history(head, was)).toEqual([]);
    // Ben is on by rotation, so that this changes nothing either, but it is more, or another week.
    expect(history(turn('2026-10-21', 'ben'), one.replaceAll('amara, from', 'ben, from'))).toEqual([lost]);
    expect(history(turn('2026-09-30', 'ben'), turn('2026-10-21', 'ben'))).toEqual([lost]);
  });

  test('what was written there before may stay, and be part of a new rota, but not be removed', () => {
    const old = turn('2026-10-21', 'amara');
    expect(history(old, old)).toEqual([]);
    const removed = history(base, old);
    expect(removed).toHaveLength(1);
    expect(removed[0]).toContain(
      ' past-changed {rota: paas/nights, role: engineer, before: amara, after: ben',
    );
    const other = old.slice(old.indexOf('name: Nights'));
    const fresh = history(`${base}== rotas/paas/more.yaml\n${other}`);
    expect(fresh).not.toContainEqual(expect.stringContaining(' expired '));
    expect(fresh).not.toContainEqual(expect.stringContaining('startAt: 2026-10-2'));
  });

  test('the label for corrections lets it pass', () => {
    for (const person of ['amara', 'ben'])
      expect(history(turn('2026-10-21', person), base, { labels: ['history-correction'] })).toEqual([]);
  });

  test('what is more than fifty years of roles is too much at once, whatever the label', () => {
    const rotas = (person: string) =>
      ['more', 'most', 'nights'].reduce(
        (own, id) => `${own}== rotas/paas/${id}.yaml\n${OLD_ROTA.replace('amara', person)}`,
        base.slice(0, base.indexOf(`== ${NIGHTS}`)),
      );
    const found = history(rotas('ben'), rotas('amara'), { labels: ['history-correction'] });
    expect(found).toEqual([
      'rotas/paas/nights.yaml:1:1 error uncompared {rota: paas/nights, beganOn: 2026-11-01}',
    ]);
  });
});

/** Since 2 January 2002, one person a day. */
const OLD_ROTA = base
  .slice(base.indexOf('name: Nights'))
  .replace('2026-09-02, people: [amara, ben, chi]', '2002-01-02, people: [amara]');

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
  [
    format({ code: 'uncompared', args: { rota: 'paas/nights', beganOn: day('2026-11-01') } }),
    'cover of paas/nights before Sun 1 Nov 2026 may change, and this is too much to compare at once; change the past of fewer rotas, or fewer years',
  ],
  [
    format({ code: 'uncompared-ahead', args: { rota: 'paas/nights', lastOn: day('2099-01-07') } }),
    'what paas/nights has up to Wed 7 Jan 2099 may change, and this is too much to compare at once; remove what is years away in a pull request of its own, and change fewer rotas at once',
  ],
])('its message: %s', (text, words) => expect(text).toBe(words));
