/** What our comment says it shows: a commit is judged at the grain at which it was shown. */
import { describe, expect, test } from 'vitest';
import { type ShownReview, shownIn, shownOf, withShownLine } from '../../actions/lib/review/shown.ts';
import { aHandbook, at, compared, NIGHTS_ROTA } from '../handbook.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const ROTAS = 30;

const handbook = (people: string) =>
  aHandbook({
    policies: { publishing: 'ahead: 12 months\nback: 1 day' },
    rotas: {
      'paas/team': 'name: PaaS',
      ...Object.fromEntries(
        Array.from({ length: ROTAS }, (_, i) => [
          `paas/nights-${i}`,
          NIGHTS_ROTA.replace('[amara, ben, chi]', people),
        ]),
      ),
    },
  });

const BASE = handbook('[amara, ben, chi]');
const HEAD = handbook('[amara, chi, ben]');

const inputAt = (now: string, head = HEAD) => {
  const { against } = compared(BASE, head, now, {});
  if (against === undefined) throw new Error('there is nothing to compare with');
  return { against, commit: COMMIT, labels: [], now: at(now) };
};

const NOTHING = { shown: undefined, wasJudged: false };
const NOW = '2026-11-21T12:00:00Z';
/** Ten months later, of the months that were shown, few enough are left for a key for each pair. */
const LATER = '2027-09-21T12:00:00Z';

const asWritten = (shown: ShownReview, line = (text: string) => text): ShownReview => {
  const read = shownIn(line(withShownLine('<!-- part -->\nText', shown)), at(NOW));
  if (read === undefined) throw new Error('the line cannot be read');
  return read;
};

describe('a comment that shows many people and months', () => {
  const shown = shownOf(inputAt(NOW), NOTHING);

  test('has a key for a month, and says so', () => {
    expect(shown.grain).toBe('month');
    expect(shown.keys.size).toBeLessThan(400);
    expect(asWritten(shown)).toEqual(shown);
  });

  test('shows the same as months pass, when a key for each pair would do', () => {
    const read = asWritten(shown);
    const later = (own: ShownReview) => shownOf(inputAt(LATER), { shown: own, wasJudged: true });
    expect(later(read)).toBe(read);
    // Without the grain it would be compared with keys that it never had.
    expect(later({ ...read, grain: undefined }).isRevised).toBe(true);
  });

  test('does not show what another base makes of the commit', () => {
    const other = HEAD.replace('people: [amara, chi, ben]', 'people: [chi, amara, ben]');
    expect(shownOf(inputAt(LATER, other), { shown: asWritten(shown), wasJudged: true }).isRevised).toBe(true);
  });

  test('is read without its grain, as comments of before are', () => {
    const read = asWritten(shown, (text) => text.replace('"grain":"month",', ''));
    expect(read).toEqual({ ...shown, grain: undefined });
    expect(shownOf(inputAt(NOW), { shown: read, wasJudged: true })).toBe(read);
    expect(asWritten(shown, (text) => text.replace('"month"', '"century"')).grain).toBeUndefined();
  });
});

test('days of a list of holidays that are over, or come into view, were shown', () => {
  const withHolidays = (days: string) =>
    `${aHandbook({
      policies: {
        'support-hours/all':
          'name: All\ntimezone: Europe/London\nholidays: england\nwindows: {day: [{days: working, from: "09:00", to: "17:00"}]}',
        'service-levels/all':
          'name: All\nhours: all\npriorities: {P1: {name: One, in_hours: {respond: 1 hour}}}\nclock: {day: in_hours}',
        'escalation/nights': 'name: Nights\napplies_in: [day]\nlevels: [{notify: [paas/nights/engineer]}]',
        services:
          'services: {website: {name: Website, team: paas, service_level: all, escalation: {day: nights}}}',
        'holidays/england': `name: England\ncomplete_from: 2026-01-01\ncomplete_until: 2028-12-31\nholidays: {${days}}`,
      },
    })}`;
  const [base, head, other] = [
    '2026-12-25: Christmas Day',
    '2026-12-25: Christmas Day, 2026-12-28: A, 2027-01-04: B, 2028-01-03: C',
    '2026-12-25: Christmas Day, 2026-12-28: A, 2027-01-05: B, 2028-01-03: C',
  ].map(withHolidays) as [string, string, string];
  const input = (now: string, text = head) => {
    const { against } = compared(base, text, now, {});
    if (against === undefined) throw new Error('there is nothing to compare with');
    return { against, commit: COMMIT, labels: [], now: at(now) };
  };
  const first = input(NOW);
  expect(first.against.identity.flatMap(({ keys }) => keys.map(({ key }) => key))).toEqual([
    '2026-12-28',
    '2027-01-04',
  ]);
  const shown = shownOf(first, NOTHING);
  for (const now of ['2027-01-02T12:00:00Z', '2027-12-12T12:00:00Z'])
    expect(shownOf(input(now), { shown, wasJudged: true })).toBe(shown);
  expect(shownOf(input(NOW, other), { shown, wasJudged: true })).not.toBe(shown);
});

test('other hours, or another chain, behind the same name were not shown', () => {
  const handbook = (level: string, hours = '"09:00"', chain = 'ben') =>
    aHandbook({
      people: { amara: 'name: Amara, github: amara-o', ben: 'name: Ben, github: ben-a', chi: 'name: Chi' },
      policies: {
        'support-hours/one': `name: One\ntimezone: Europe/London\nwindows: {day: [{days: every, from: "10:00", to: "17:00"}]}`,
        'support-hours/other': `name: Other\ntimezone: Europe/London\nwindows: {day: [{days: every, from: ${hours}, to: "17:00"}]}`,
        ...Object.fromEntries(
          ['one', 'other'].map((it) => [
            `service-levels/${it}`,
            `name: ${it}\nhours: ${it}\npriorities: {P1: {name: One, in_hours: {respond: 1 hour}}}\nclock: {day: in_hours}`,
          ]),
        ),
        'escalation/direct': `name: Direct\napplies_in: [day]\nlevels: [{notify: [person: ${chain}]}]`,
        services: `services: {website: {name: Website, team: paas, service_level: ${level}, escalation: {day: direct}}}`,
      },
    });
  const input = (base: string, head: string) => {
    const { against } = compared(base, head, NOW, {});
    if (against === undefined) throw new Error('there is nothing to compare with');
    return { against, commit: COMMIT, labels: [], now: at(NOW) };
  };
  const shown = shownOf(input(handbook('one'), handbook('other')), NOTHING);
  const again = (hours: string, chain?: string) =>
    shownOf(input(handbook('one', hours, chain), handbook('other', hours, chain)), {
      shown,
      wasJudged: true,
    });
  expect(again('"09:00"')).toBe(shown);
  expect(again('"00:00"').isRevised).toBe(true);
  expect(again('"09:00"', 'amara').isRevised).toBe(true);
});

test('the times of the present month were shown, are the same as it passes, and not at other hours', () => {
  const override = '  - {role: engineer, person: chi, from: 2026-11-28T20:00, to: 2026-11-29T06:00}\n';
  const sides = (zone: string) => {
    const own = aHandbook({
      policies: { publishing: 'ahead: 12 weeks\nback: 1 week' },
      rotas: { 'paas/team': 'name: PaaS', 'paas/nights': NIGHTS_ROTA.replace('Europe/London', zone) },
    });
    return { own, head: `${own}${own.includes('overrides:') ? '' : '\noverrides:\n'}${override}` };
  };
  const input = (now: string, zone = 'Europe/London') => {
    const { own, head } = sides(zone);
    const { against } = compared(own, head, now, {});
    if (against === undefined) throw new Error('there is nothing to compare with');
    expect(against.changes).not.toEqual([]);
    return { against, commit: COMMIT, labels: [], now: at(now) };
  };
  for (const since of ['2026-10-20T12:00:00Z', NOW]) {
    const shown = shownOf(input(since), NOTHING);
    const again = (now: string, zone?: string) => shownOf(input(now, zone), { shown, wasJudged: true });
    for (const now of [NOW, '2026-11-28T21:00:00Z', '2026-12-01T12:00:00Z']) expect(again(now)).toBe(shown);
    expect(again(NOW, 'America/New_York').isRevised).toBe(true);
    const before = { ...shown, keys: new Set([...shown.keys].filter((key) => key !== 'present')) };
    expect(shownOf(input(NOW), { shown: before, wasJudged: true })).toBe(before);
  }
});
