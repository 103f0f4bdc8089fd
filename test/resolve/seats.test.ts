/** Who sits in which seat: the next people of the list, turn by turn, in every zone and over both clock changes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resolve } from '../../actions/lib/resolve/resolve.ts';
import { DAY, dateText, dayOf } from '../../actions/lib/time/date.ts';
import { type Instant, spanAt } from '../../actions/lib/timeline.ts';
import { firstShowing } from '../clock-changes.ts';
import { at, between, folk, shiftsOf, sound } from '../handbook.ts';
import { runs } from '../sampled.ts';

const PEOPLE = ['amara', 'ben', 'chi', 'dee', 'eli', 'fay', 'gus'];

const rota = (zone: string, role: string, overrides = '') => `${folk(...PEOPLE)}== rotas/team/desk.yaml
name: Desk
timezone: ${zone}
handover: {day: monday, time: "01:30"}
roles:
  engineer:
${role}
${overrides}`;

const THREE = `    seats: 2
    rotation:
      - {first_turn: 2026-11-02, people: [amara, ben, chi]}
      - {first_turn: 2026-11-23, people: [chi, dee]}
      - {first_turn: 2026-12-07, people: []}`;

const seat = (number: number, text: string) =>
  shiftsOf(text, `team/desk/engineer-${number}`, '2026-10-01T00:00Z', '2026-12-20T00:00Z').map(
    (line) => `${line.slice(0, 10)} ${line.split(' ')[2]}`,
  );

describe('two seats', () => {
  test('have the next two of three people in each turn, and each entry begins with its first people', () => {
    const text = rota('Europe/London', THREE);
    expect(seat(1, text)).toEqual(['2026-11-02 amara', '2026-11-09 chi', '2026-11-16 ben', '2026-11-23 chi']);
    expect(seat(2, text)).toEqual(['2026-11-02 ben', '2026-11-09 amara', '2026-11-16 chi', '2026-11-23 dee']);
  });

  test('have agreed turns and overrides of their own', () => {
    const text = rota(
      'Europe/London',
      `${THREE}\n    turns: {2026-11-09: {engineer-1: eli}}`,
      `overrides:
  - {role: engineer-2, turn: 2026-11-16, person: fay, instead_of: chi}
  - {role: engineer-1, from: 2026-11-10T09:00, to: 2026-11-11T09:00, person: gus, instead_of: eli}
`,
    );
    expect(seat(1, text)).toEqual([
      '2026-11-02 amara',
      '2026-11-09 eli',
      '2026-11-10 gus',
      '2026-11-11 eli',
      '2026-11-16 ben',
      '2026-11-23 chi',
    ]);
    expect(seat(2, text)).toEqual(['2026-11-02 ben', '2026-11-09 amara', '2026-11-16 fay', '2026-11-23 dee']);
  });

  test('can each be followed by another role', () => {
    const text = rota(
      'Europe/London',
      `${THREE}\n  second: {counts: false, follows: {role: engineer-2, by: 1}}`,
    );
    expect(
      shiftsOf(text, 'team/desk/second', '2026-11-05T00:00Z', '2026-11-20T00:00Z').map(
        (line) => line.split(' ')[2],
      ),
    ).toEqual(['amara', 'chi', 'dee']);
  });
});

test('an entry may have more or fewer seats than the role', () => {
  const text = rota(
    'Europe/London',
    `    seats: 2
    rotation:
      - {first_turn: 2026-11-02, people: [amara, ben, chi]}
      - {first_turn: 2026-11-16, people: [amara, ben, chi, dee], seats: 3}
      - {first_turn: 2026-11-30, people: [eli, fay], seats: 1}`,
  );
  expect(seat(1, text).slice(0, 6)).toEqual([
    '2026-11-02 amara',
    '2026-11-09 chi',
    '2026-11-16 amara',
    '2026-11-23 dee',
    '2026-11-30 eli',
    '2026-12-07 fay',
  ]);
  expect(seat(2, text)).toEqual(['2026-11-02 ben', '2026-11-09 amara', '2026-11-16 ben', '2026-11-23 amara']);
  expect(seat(3, text)).toEqual(['2026-11-16 chi', '2026-11-23 ben']);
});

test('one seat is held by the people of its list, one by one', () => {
  const text = rota(
    'Europe/London',
    '    seats: 1\n    rotation: [{first_turn: 2026-11-02, people: [amara, ben]}]',
  );
  expect(seat(1, text).slice(0, 3)).toEqual(['2026-11-02 amara', '2026-11-09 ben', '2026-11-16 amara']);
});

test('turn n gives seat s to person n·k + s of the list, in every zone, whatever the clocks do', () => {
  const zones = ['Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'];
  const first = dayOf('2024-01-01') as number;
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 0, max: 300 }),
      (zone, seats, more, turn) => {
        const people = PEOPLE.slice(0, Math.min(7, seats + more - 1));
        const handbook = sound(
          rota(
            zone,
            `    seats: ${seats}\n    rotation: [{first_turn: 2024-01-01, people: [${people.join(', ')}]}]`,
          ),
        );
        const handover = (n: number): Instant => firstShowing(`${dateText(first + 7 * n)}T01:30`, zone);
        const [startAt, endAt] = [handover(turn), handover(turn + 1)];
        const { roles } = resolve(handbook, { startAt: startAt - DAY, endAt: endAt + DAY });
        const held = (instant: Instant) =>
          Array.from({ length: seats }, (_, i) => {
            const cover = roles.get(`team/desk/engineer-${i + 1}`)?.cover() ?? [];
            return spanAt(cover, instant)?.value.person;
          });
        const due = Array.from({ length: seats }, (_, i) => people[(turn * seats + i) % people.length]);
        expect(held(startAt)).toEqual(due);
        expect(held(endAt - 1)).toEqual(due);
        expect(new Set(due).size).toBe(seats);
        // Over the whole list everybody has the same number of seats.
        expect(held(endAt)).toEqual(due.map((_, i) => people[((turn + 1) * seats + i) % people.length]));
      },
    ),
    { numRuns: runs(150) },
  );
});

test('twenty seats of a list of five hundred are resolved as fast as twenty roles', () => {
  const many = Array.from({ length: 500 }, (_, i) => `p${i}`);
  const handbook = sound(`${folk(...many)}== rotas/team/desk.yaml
name: Desk
timezone: UTC
handover: {every: day, time: "09:00"}
roles: {engineer: {seats: 20, rotation: [{first_turn: 2026-01-01, people: [${many.join(', ')}]}]}}
`);
  const { roles } = resolve(handbook, between('2026-01-26T09:00Z', '2026-01-26T10:00Z'));
  const held = [...roles.values()].map(({ role, cover }) => [
    role.seat?.number,
    spanAt(cover(), at('2026-01-26T09:30Z'))?.value.person,
  ]);
  const sorted = held.toSorted(([one], [other]) => Number(one) - Number(other));
  expect(sorted).toEqual(Array.from({ length: 20 }, (_, i) => [i + 1, `p${i}`]));
});
