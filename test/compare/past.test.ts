/** Where the past of a pull request ends: when it was opened or its head pushed, never when the check happens to run. */
import { describe, expect, test } from 'vitest';
import type { Pull } from '../../actions/lib/compare/against.ts';
import { comment } from '../../actions/lib/review/comment.ts';
import { reviewStatuses } from '../../actions/lib/review/statuses.ts';
import { aHandbook, at, compared, judged } from '../handbook.ts';

/** Chi is on from Wednesday 9 December at 10:00. */
const base = aHandbook({
  people: {
    amara: 'name: Amara, github: amara-o',
    ben: 'name: Ben, github: ben-a',
    chi: 'name: Chi, github: chi-w',
    nia: 'name: Nia, github: nia-r',
  },
  policies: {
    notice: 'rota_change: {minimum: 7 days}\nshort_cover: {longest: 4 hours}\nconsent: [both-people]',
  },
}).replace('name: PaaS\n', 'name: PaaS\nleads: [nia]\n');
const taken = (from: string, to: string) =>
  `${base}overrides: [{role: engineer, person: amara, from: ${from}, to: ${to}}]\n`;

/** From half past five on Thursday: opened at five, pushed at ten past, checked at a quarter to six. */
const REST = taken('2026-12-10T17:30', '2026-12-16T10:00');
const OPENED = '2026-12-10T17:00:00Z';
const PUSHED = '2026-12-10T17:10:00Z';
const LATER = '2026-12-10T17:45:00Z';
const EMERGENCY = { labels: ['emergency-cover'], approvals: ['amara-o', 'chi-w', 'nia-r'] };

const pull = (more: Partial<Pull> = {}, openedAt = OPENED, pushedAt = PUSHED): Partial<Pull> => ({
  author: 'amara-o',
  openedAt: at(openedAt),
  pushedAt: at(pushedAt),
  ...more,
});
const untimed = (more: Partial<Pull>) => pull({ ...more, openedAt: undefined, pushedAt: undefined });
const errors = (head: string, given: Partial<Pull>, now = LATER): string[] =>
  compared(base, head, now, given)
    .findings.filter(({ severity }) => severity === 'error')
    .map(({ rule, code }) => `${rule}/${code}`);

describe('an emergency cover that begins while it waits for its approvals', () => {
  test.each<[what: string, given: Partial<Pull>, now: string, ...found: string[]]>([
    ['passes before it begins', pull(EMERGENCY), '2026-12-10T17:29:00Z'],
    ['and after it has begun', pull(EMERGENCY), LATER],
    ['and a day later', pull(EMERGENCY), '2026-12-11T17:45:00Z'],
    ['also where only the opening is known', pull({ ...EMERGENCY, pushedAt: undefined }), LATER],
    ['not without the label', pull({ approvals: EMERGENCY.approvals }), LATER, 'notice/too-short'],
    ['not without the lead', pull({ ...EMERGENCY, approvals: ['chi-w'] }), LATER, 'notice/too-short'],
    ['not without both people', pull({ ...EMERGENCY, approvals: ['nia-r'] }), LATER, 'consent/not-approved'],
    [
      'not when it was pushed after it began',
      pull(EMERGENCY, OPENED, '2026-12-10T17:31:00Z'),
      LATER,
      'history/past-changed',
    ],
    [
      'not when it was opened after it began',
      pull(EMERGENCY, '2026-12-10T17:31:00Z', PUSHED),
      LATER,
      'history/past-changed',
    ],
    ['without these times, when it began within a day', untimed(EMERGENCY), LATER],
    ['within exactly a day', untimed(EMERGENCY), '2026-12-11T17:30:00Z'],
    ['not after more than a day', untimed(EMERGENCY), '2026-12-11T17:31:00Z', 'history/past-changed'],
    ['not when it is over', untimed(EMERGENCY), '2026-12-16T11:00:00Z', 'history/past-changed'],
    [
      'not without these times and the label',
      untimed({ approvals: EMERGENCY.approvals }),
      LATER,
      'history/past-changed',
      'notice/too-short',
    ],
    [
      'not without these times and the lead',
      untimed({ ...EMERGENCY, approvals: ['chi-w'] }),
      LATER,
      'history/past-changed',
      'notice/too-short',
    ],
    [
      'not without these times and both people',
      untimed({ ...EMERGENCY, approvals: ['nia-r'] }),
      LATER,
      'consent/not-approved',
      'history/past-changed',
    ],
  ])('%s', (_, given, now, ...found) => expect(errors(REST, given, now)).toEqual(found));

  test('begins the past no later than now, whatever the times say', () => {
    const { against } = compared(base, REST, LATER, pull({}, '2027-01-01T00:00:00Z', '2027-01-01T00:00:00Z'));
    expect(against?.pastUntil).toBe(at(LATER));
  });

  test('is said to have begun, and is not said to be past', () => {
    const { handbook, against, findings } = compared(base, REST, LATER, pull(EMERGENCY));
    if (against === undefined) throw new Error('there is nothing to compare with');
    const judgement = { handbook, against, findings, now: at(LATER), commit: '0123456789' };
    const text = comment(judgement);
    expect(text).toContain(
      '- 🚨 Chi → Amara, Thu 10 Dec 17:30 – Wed 16 Dec 10:00: this began after it was pushed, so that no notice is left; ' +
        'passed as an emergency',
    );
    expect(text).not.toContain('past');
    expect(reviewStatuses(judgement).map(({ state }) => state)).toEqual(['success', 'success']);
  });
});

test('a short cover that has begun since the push needs both people only', () => {
  const evening = taken('2026-12-10T17:30', '2026-12-10T20:00');
  expect(errors(evening, pull({ approvals: ['chi-w'] }))).toEqual([]);
  expect(errors(evening, pull())).toEqual(['consent/not-approved']);
});

test('the messages name the label, the lead, and the way on', () => {
  expect(judged('notice', base, REST, LATER, pull())).toEqual([
    'rotas/paas/nights.yaml:8:13 error: chi gives up paas/nights/engineer Thu 10 Dec 17:30 – Wed 16 Dec 10:00 to amara ' +
      'with no notice, because it began after the pull request was pushed; the policy asks 7 days, so choose a ' +
      'later turn or have it approved as an emergency, with the label "emergency-cover" and by nia',
  ]);
  expect(judged('history', base, REST, LATER)).toEqual([
    'rotas/paas/nights.yaml:8:13 error: chi gives up paas/nights/engineer Thu 10 Dec 17:30 – 17:45 to amara, which is ' +
      'past; write the change from a future day on, or for hours to come use rota cover paas/nights engineer FROM TO amara',
  ]);
});
