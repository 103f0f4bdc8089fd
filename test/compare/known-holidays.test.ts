/** A pull request that makes a list of holidays longer: whose time it gives, and whose it takes. */
import { describe, expect, test } from 'vitest';
import { foundInPull } from '../found.ts';
import { aHandbook, but } from '../handbook.ts';

const NOW = '2026-12-05T12:00:00Z';
const list = (from: string, until: string, more = '') =>
  `name: Days\ncomplete_from: ${from}\ncomplete_until: ${until}\nholidays: {2026-12-25: Christmas Day${more}}`;

const KNOWN = list('2026-10-05', '2026-12-31');

const base = aHandbook({
  people: {
    amara: 'name: Amara, github: amara-o',
    ben: 'name: Ben, github: ben-a',
    mallory: 'name: Mallory, github: mallory-m',
    nia: 'name: Nia, github: nia-r',
  },
  policies: {
    notice: 'consent: [both-people]\ncorrection: {label: correction}',
    publishing: 'ahead: 8 weeks\nback: 1 week',
    'holidays/days': KNOWN,
    'support-hours/day':
      'name: Day\ntimezone: Europe/London\nholidays: days\nwindows:\n  day: [{days: working, from: "09:00", to: "17:00"}]',
  },
  rotas: {
    'paas/team': 'name: PaaS\nleads: [nia]',
    'paas/days': `name: Days
timezone: Europe/London
hours: day
handover: {day: wednesday, time: "10:00"}
roles:
  engineer:
    rotation: [{first_turn: 2026-09-02, people: [ben, mallory]}]
    turns: {2026-09-16: amara, 2027-01-13: amara}`,
  },
});

const longer = (text: string) =>
  but(text, KNOWN, list('2026-10-05', '2028-12-31', ', 2027-12-27: Christmas Day'));
const asked = (head: string) =>
  foundInPull('consent', base, head, NOW, { author: 'mallory-m' }).map(
    (line) => /consent\/(.*)$/.exec(line)?.[1] ?? line,
  );
const ofAmara = (head: string) => asked(head).filter((line) => line.includes('amara'));

test('alone gives nobody time and takes none', () => {
  expect(asked(longer(base)).filter((line) => !line.includes('holidays'))).toEqual([]);
});

describe('asks the person who loses a turn', () => {
  test.each<[what: string, passage: string, other: string]>([
    ['which was agreed', '2027-01-13: amara', '2027-01-13: mallory'],
    ['which is agreed no more', ', 2027-01-13: amara', ''],
  ])('%s', (_, passage, other) => {
    expect(ofAmara(longer(but(base, passage, other)))).not.toEqual([]);
  });

  test('also where another list takes its place', () => {
    const named = base
      .replaceAll('holidays: days', 'holidays: more')
      .replace('policies/holidays/days', 'policies/holidays/more');
    expect(ofAmara(longer(but(named, '2027-01-13: amara', '2027-01-13: mallory')))).not.toEqual([]);
  });

  test('on record, where it begins earlier', () => {
    const earlier = but(base, KNOWN, list('2026-01-01', '2026-12-31'));
    const head = but(earlier, '2026-09-16: amara', '2026-09-16: mallory');
    expect(ofAmara(head)).not.toEqual([]);
  });
});
