/** Swaps and covers of one seat of a role that several people hold at once. */
import { expect, test } from 'vitest';
import { coverHours, swapTurns } from '../../actions/lib/edit/edit.ts';
import type { EditOutcome } from '../../actions/lib/edit/outcome.ts';
import { at, folk, texts } from '../handbook.ts';

const NOW = at('2026-11-21T12:00:00Z');

/** From Monday 16 November: amara and ben, chi and dee, amara and ben, … */
const given = {
  texts: texts(`${folk('amara', 'ben', 'chi', 'dee')}== rotas/team/desk.yaml
name: Desk
timezone: UTC
handover: {day: monday, time: "10:00"}
roles:
  helper:
    seats: 2
    rotation:
      - {first_turn: 2026-11-16, people: [amara, ben, chi, dee]}
`),
  findings: [],
};

const swap = (role: string): EditOutcome =>
  swapTurns(given, NOW, { rota: 'team/desk', role, turns: ['2026-11-30', '2026-12-07'] });

test('a swap of a seat writes overrides of the seat', () => {
  const outcome = JSON.stringify(swap('helper-2'));
  expect(outcome).not.toContain('refusal');
  expect(outcome).toContain('{role: helper-2, turn: 2026-11-30, person: dee, instead_of: ben, reason: swap}');
  expect(outcome).toContain('{role: helper-2, turn: 2026-12-07, person: ben, instead_of: dee, reason: swap}');
});

test('a cover of a seat by somebody in the other seat is refused, because it leaves one seat empty', () => {
  const cover = (person: string) =>
    JSON.stringify(
      coverHours(given, NOW, {
        rota: 'team/desk',
        role: 'helper-1',
        from: '2026-12-01T10:00',
        to: '2026-12-01T12:00',
        person,
      }),
    );
  expect(cover('dee')).toContain('{role: helper-1, person: dee, instead_of: amara, from: 2026-12-01T10:00');
  expect(cover('ben')).toContain('refusal');
});

test.each(['helper', 'helper-3', 'helper-0'])('a role with seats is named by seat, not as %s', (role) => {
  expect(JSON.stringify(swap(role))).toContain('helper has 2 seats; name one of them: helper-1, helper-2');
});
