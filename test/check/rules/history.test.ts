/** The past rewritten, by an override as by an edit in place; what is archive; and the label that corrects a wrong record. */
import { describe, expect, test } from 'vitest';
import type { Pull } from '../../../actions/lib/compare/against.ts';
import { aHandbook, but, checked, judged } from '../../handbook.ts';

const NIGHTS = 'rotas/paas/nights.yaml';

/** Wednesdays at 10:00: amara 4 November, ben 11 November, chi 18 November, …, ben 2 December, chi 9 December, … */
const base = aHandbook({
  policies: { notice: 'consent: []\ncorrection: {label: history-correction}' },
});
const strict = but(base, 'correction: {label: history-correction}\n', '');
const NOW = '2026-12-10T12:00:00Z';

const turn = (on: string, person: string, text = base) =>
  `${text}overrides: [{role: engineer, turn: ${on}, person: ${person}}]\n`;
const past = (span: string, more = ', or correct the past with the label "history-correction"') =>
  `${NIGHTS}:8:13 error: ${span}, which is past; write the change from a day to come on${more}`;
const handed = (from: string, span: string, to: string) =>
  past(`${from} gives up paas/nights/engineer ${span} to ${to}`).replace(':8:13 ', ':3:11 ');
const gone = (person: string, span: string) =>
  past(`${person} is no longer paas/nights/engineer ${span} (nobody is)`).replace(':8:13 ', ':1:1 ');
const history = (head: string, own = base, pull?: Partial<Pull>, now = NOW) =>
  judged('history', own, head, now, pull);

const swapped = turn('2026-12-02', 'amara');
const BEN = 'ben gives up paas/nights/engineer Wed 2 Dec 10:00 – Wed 9 Dec 10:00 to amara';

test('the handbooks of these tests are sound', () => {
  expect(checked(base, NOW)).toEqual([]);
  expect(checked(swapped, NOW)).toEqual([]);
});

describe('cover before now', () => {
  test.each<[what: string, head: string, ...found: string[]]>([
    ['that stays as it was', base],
    ['of a turn that is over', swapped, past(BEN)],
    [
      'of the turn in progress, up to now',
      turn('2026-12-09', 'amara'),
      past('chi gives up paas/nights/engineer Wed 9 Dec 10:00 – Thu 10 Dec 12:00 to amara'),
    ],
    ['of the turn to come', turn('2026-12-16', 'ben')],
    [
      'of an hour',
      `${base}overrides: [{role: engineer, person: amara, from: 2026-12-10T11:00, to: 2026-12-10T12:00}]\n`,
      past('chi gives up paas/nights/engineer Thu 10 Dec 11:00 – 12:00 to amara'),
    ],
    [
      'of an hour that begins now',
      `${base}overrides: [{role: engineer, person: amara, from: 2026-12-10T12:00, to: 2026-12-10T13:00}]\n`,
    ],
    [
      'by an edit in place',
      but(base, '[amara, ben, chi]', '[amara, chi, ben]'),
      `${NIGHTS}:7:9 error: ben gives up paas/nights/engineer Wed 11 Nov 10:00 – Wed 9 Dec 10:00 in 2 stretches to chi, which is past; write the change from a day to come on, or correct the past with the label "history-correction"`,
      `${NIGHTS}:7:9 error: chi gives up paas/nights/engineer Sun 1 Nov 00:00 – Thu 10 Dec 12:00 in 3 stretches to ben, which is past; write the change from a day to come on, or correct the past with the label "history-correction"`,
    ],
    [
      'by an edit from a day to come on',
      but(base, 'chi]}\n', 'chi]}\n      - {first_turn: 2026-12-16, people: [amara, chi, ben]}\n'),
    ],
    [
      'by a hand-over moved in place',
      but(base, 'time: "10:00"', 'time: "09:00"'),
      handed('amara', 'Wed 11 Nov 09:00 – Wed 2 Dec 10:00 in 2 stretches', 'ben'),
      handed('ben', 'Wed 18 Nov 09:00 – Wed 9 Dec 10:00 in 2 stretches', 'chi'),
      handed('chi', 'Wed 4 Nov 09:00 – Wed 25 Nov 10:00 in 2 stretches', 'amara'),
    ],
    [
      'by a hand-over amended from a day to come on',
      `${but(base, 'chi]}\n', 'chi]}\n      - {first_turn: 2026-12-21, people: [amara, ben, chi]}\n')}amendments: [{first_day: 2026-12-21, handover: {day: monday, time: "09:00"}}]\n`,
    ],
    [
      'by a rota that goes',
      base.slice(0, base.indexOf(`== ${NIGHTS}`)),
      gone('amara', 'Wed 25 Nov 10:00 – Wed 2 Dec 10:00'),
      gone('amara', 'Wed 4 Nov 10:00 – Wed 11 Nov 10:00'),
      gone('ben', 'Wed 11 Nov 10:00 – Wed 18 Nov 10:00'),
      gone('ben', 'Wed 2 Dec 10:00 – Wed 9 Dec 10:00'),
      gone('chi', 'Sun 1 Nov 00:00 – Wed 4 Nov 10:00'),
      gone('chi', 'Wed 18 Nov 10:00 – Wed 25 Nov 10:00'),
      gone('chi', 'Wed 9 Dec 10:00 – Thu 10 Dec 12:00'),
    ],
  ])('%s', (_, head, ...found) => expect(history(head)).toEqual(found));
});

describe('before the start of the published span, which is 1 November', () => {
  const hours = (from: string, to: string) =>
    `${base}overrides: [{role: engineer, person: amara, from: ${from}, to: ${to}}]\n`;
  const lost = `${NIGHTS}:8:13 error: this is new, lies before Sun 1 Nov 2026 and changes nothing any more; correct its year, or leave it out`;
  test.each<[what: string, head: string, ...found: string[]]>([
    ['cover is archive, and what is new there mostly has the wrong year', turn('2026-10-21', 'amara'), lost],
    ['hours are archive as well', hours('2025-12-12T18:00', '2025-12-12T20:00'), lost],
    ['up to the very instant at which it begins', hours('2026-10-31T18:00', '2026-11-01T00:00'), lost],
    [
      'and a minute more is past',
      hours('2026-10-31T18:00', '2026-11-01T00:01'),
      past('chi gives up paas/nights/engineer Sun 1 Nov 00:00 – 00:01 to amara'),
    ],
    [
      'so are agreed turns',
      but(base, '[amara, ben, chi]}\n', '[amara, ben, chi]}\n    turns: {2026-10-21: amara}\n'),
      lost.replace(':8:13 ', ':8:25 '),
    ],
    [
      'cover is archive, up to that day',
      turn('2026-10-28', 'amara'),
      past('chi gives up paas/nights/engineer Sun 1 Nov 00:00 – Wed 4 Nov 10:00 to amara'),
    ],
  ])('%s', (_, head, ...found) => expect(history(head)).toEqual(found));

  test('the base says how far back it goes', () => {
    const far = `${base}== policies/publishing.yaml\nback: 9 weeks\n`;
    const [policy, head] = [far.slice(far.indexOf('== policies/publishing')), turn('2026-10-21', 'amara')];
    expect(history(head, far)).toHaveLength(1);
    expect(history(head + policy, base)).toEqual([lost]);
  });

  test('what was written there before may stay, go, and come with a new rota', () => {
    const old = turn('2026-10-21', 'amara');
    expect(history(old, old)).toEqual([]);
    expect(history(base, old)).toEqual([]);
    const other = old.slice(old.indexOf('name: Nights'));
    expect(history(`${base}== rotas/paas/more.yaml\n${other}`)).not.toContainEqual(
      expect.stringContaining('is new'),
    );
  });

  test('the label that corrects the past lets it through', () => {
    expect(history(turn('2026-10-21', 'amara'), base, { labels: ['history-correction'] })).toEqual([]);
  });
});

describe('the label that corrects the past', () => {
  const labels = ['history-correction'];
  test.each<[what: string, own: string, head: string, pull: Partial<Pull> | undefined, ...found: string[]]>([
    ['lets it through', base, swapped, { labels }],
    ['lets it through beside others', base, swapped, { labels: ['rota', ...labels] }],
    ['is not there', base, swapped, { labels: ['rota'] }, past(BEN)],
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
