/** Changes for JSON: ids, instants in UTC, `null` for nobody, and notice in elapsed hours. */
import { expect, test } from 'vitest';
import type { CoverChange } from '../../actions/lib/compare/changes.ts';
import { changeEntry } from '../../actions/lib/query/cover-changes.ts';
import { at, compared } from '../handbook.ts';

const base = `
== rotas/people.yaml
people: {amara: {name: Amara}, ben: {name: Ben}}
== rotas/paas/nights.yaml
name: Nights
timezone: Europe/London
handover: {day: monday, time: "10:00"}
roles:
  engineer:
    rotation: [{first_turn: 2026-10-05, people: [amara]}]
`;
const head = `${base}      - {first_turn: 2026-10-26, people: []}
overrides:
  - {role: engineer, person: ben, from: 2026-10-20T10:00, to: 2026-10-20T12:30}
  - {role: engineer, person: ben, from: 2026-10-31T20:00, to: 2026-10-31T21:00, extra: true}
`.replace(
  'rotation: [{first_turn: 2026-10-05, people: [amara]}]',
  'rotation:\n      - {first_turn: 2026-10-05, people: [amara]}',
);

test('a change has the ids of the people before and after', () => {
  const { against } = compared(base, head, '2026-10-20T08:20:00Z');
  const now = at('2026-10-20T08:20:00Z');
  const [given, gone] = (against?.changes ?? []).map((change) => changeEntry(change, now));
  expect(given).toStrictEqual({
    rota: 'paas/nights',
    role: 'engineer',
    start: '2026-10-20T09:00:00Z',
    end: '2026-10-20T11:30:00Z',
    before: 'amara',
    after: 'ben',
    notice_hours: 0.67,
  });
  expect(gone).toMatchObject({
    start: '2026-10-26T10:00:00Z',
    before: 'amara',
    after: null,
    notice_hours: 145.67,
  });
});

test.each([
  ['2026-10-20T07:00:00Z', 2],
  ['2026-10-20T09:00:00Z', 0],
  ['2026-10-20T10:30:00Z', -1.5],
  ['2026-10-13T09:00:00Z', 168],
  ['2026-10-20T08:59:59.999Z', 0],
])('at %s its notice is %f hours', (when, hours) => {
  const [change] = compared(base, head, '2026-10-19T12:00:00Z').against?.changes ?? [];
  expect(changeEntry(change as CoverChange, at(when)).notice_hours).toBe(hours);
});

test('nobody before is null, too', () => {
  const [, back] = compared(head, base, '2026-10-20T08:20:00Z').against?.changes ?? [];
  expect(changeEntry(back as CoverChange, 0)).toMatchObject({ before: null, after: 'amara' });
});
