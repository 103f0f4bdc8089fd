/** Shifts for JSON: clipped to a span, in order, and under the names that may be published. */
import { describe, expect, test } from 'vitest';
import { inSeatOrder } from '../../actions/lib/model.ts';
import { publishedName, shiftEntry, shiftsWithin, sorted } from '../../actions/lib/query/shifts.ts';
import { resolve } from '../../actions/lib/resolve/resolve.ts';
import { at, between, loaded } from '../handbook.ts';

const handbook = `
== rotas/people.yaml
people:
  amara-osei: {name: Amara Osei}
  ben-adeyemi: {name: Ben Adeyemi}
== rotas/paas/desk.yaml
name: Desk
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles:
  engineer: {rotation: [{first_turn: 2026-12-02, people: [amara-osei, ben-adeyemi]}]}
overrides:
  - {role: engineer, person: ben-adeyemi, instead_of: amara-osei, from: 2026-12-08T18:00, to: 2026-12-09T10:00, reason: x}
`;

const within = (from: string, to: string): string[] => {
  const span = between(from, to);
  const roles = resolve(loaded(handbook).handbook, span).roles.values();
  return [...roles]
    .flatMap((cover) => shiftsWithin(cover, span))
    .map(shiftEntry)
    .map(({ person, start, end }) => `${start} ${end} ${person}`);
};

describe('the shifts within a span', () => {
  test.each([
    ['2026-12-01T00:00:00Z', '2026-12-02T10:00:00Z', []],
    [
      '2026-12-01T00:00:00Z',
      '2026-12-02T10:00:01Z',
      ['2026-12-02T10:00:00Z 2026-12-02T10:00:01Z amara-osei'],
    ],
    [
      '2026-12-03T00:00:00Z',
      '2026-12-04T00:00:00Z',
      ['2026-12-03T00:00:00Z 2026-12-04T00:00:00Z amara-osei'],
    ],
    [
      '2026-12-08T17:59:00Z',
      '2026-12-16T10:00:00Z',
      // An exception and the turn after it, of one person, are one shift across the hand-over.
      [
        '2026-12-08T17:59:00Z 2026-12-08T18:00:00Z amara-osei',
        '2026-12-08T18:00:00Z 2026-12-16T10:00:00Z ben-adeyemi',
      ],
    ],
    [
      '2026-12-08T18:00:00Z',
      '2026-12-08T18:00:01Z',
      ['2026-12-08T18:00:00Z 2026-12-08T18:00:01Z ben-adeyemi'],
    ],
  ])('from %s to %s are clipped to it', (from, to, expected) =>
    expect(within(from, to)).toStrictEqual(expected),
  );

  test('have ids and instants in UTC, in this order of keys', () => {
    const shift = {
      rota: 'paas/desk',
      role: 'engineer',
      person: 'amara-osei',
      startAt: at('2026-07-01T10:00:00+01:00'),
    };
    expect(JSON.stringify(shiftEntry({ ...shift, endAt: at('2026-07-02T10:00:00.999+01:00') }))).toBe(
      '{"rota":"paas/desk","role":"engineer","person":"amara-osei","start":"2026-07-01T09:00:00Z","end":"2026-07-02T09:00:00Z"}',
    );
  });
});

test('shifts are sorted by start, then rota, then role, by code unit and not by locale', () => {
  const shift = (startAt: number, rota: string, role: string) => ({
    rota,
    role,
    person: 'x',
    startAt,
    endAt: 9,
  });
  const mixed = [
    shift(2, 'a/a', 'a'),
    shift(1, 'b/a', 'a'),
    shift(1, 'a/z', 'b'),
    shift(1, 'a/z', 'a'),
    shift(1, 'a/a-b', 'z'),
  ];
  expect(sorted(mixed).map(({ startAt, rota, role }) => `${startAt} ${rota} ${role}`)).toStrictEqual([
    '1 a/a-b z',
    '1 a/z a',
    '1 a/z b',
    '1 b/a a',
    '2 a/a a',
  ]);
});

describe('a published name', () => {
  const named = (name: string, names: string) =>
    publishedName(
      loaded(
        `== rotas/people.yaml\npeople: {x: {name: ${JSON.stringify(name)}}}\n== policies/publishing.yaml\nnames: ${names}\n`,
      ).handbook,
      'x',
    );

  test.each([
    ['Amara Osei', 'AO'],
    ['Zoë Åkesson', 'ZÅ'],
    ['Aoife Ní Bhriain', 'ANB'],
    ["Siobhán O'Neil-Smith", 'SO'],
    ['mei lin tan', 'MLT'],
    ['Łukasz', 'Ł'],
    ['דנה כהן', 'דכ'],
    ['王 小明', '王小'],
    ['𐐨𐐩 𐐪', '𐐀𐐂'],
    ['Smith, John (JS)', 'SJJ'],
  ])('of %s is the whole in full, and %s in initials', (name, initials) => {
    expect([named(name, 'full'), named(name, 'initials')]).toStrictEqual([name, initials]);
  });

  test('of a name without letters is not empty, so that no seat looks unheld', () => {
    expect(named('😀 007', 'initials')).not.toBe('');
  });

  test('of somebody who is not in any file is the id', () => {
    expect(publishedName(loaded(handbook).handbook, 'nobody-known')).toBe('nobody-known');
  });
});

test('names of roles are in order of text, and of their number where they are seats', () => {
  const names = [
    'engineer-10',
    'lead',
    'engineer',
    'engineer-2',
    'engineer-02',
    'engineer-a',
    'engineer-2-b',
    '7',
  ];
  expect(names.toSorted(inSeatOrder)).toEqual([
    '7',
    'engineer',
    'engineer-02',
    'engineer-2',
    'engineer-10',
    'engineer-2-b',
    'engineer-a',
    'lead',
  ]);
  expect(inSeatOrder('engineer-2', 'engineer-2')).toBe(0);
});
