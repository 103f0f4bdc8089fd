/** A synthetic handbook of N rotas: eight people each, weekly turns, two roles, out-of-hours windows, 5 % overrides. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The instant at which the handbook is checked, and the year over which it is resolved. */
export const NOW = '2026-06-03T12:00:00Z';
export const YEAR = {
  startAt: Date.parse('2026-01-07T00:00:00Z'),
  endAt: Date.parse('2027-01-07T00:00:00Z'),
};

const ZONES = ['Europe/London', 'America/New_York', 'Australia/Sydney', 'Asia/Kolkata'] as const;
const WEEK = 7 * 86_400_000;
const FIRST_TURN = Date.parse('2026-01-07T00:00:00Z');

const day = (turn: number, days: number): string =>
  new Date(FIRST_TURN + turn * WEEK + days * 86_400_000).toISOString().slice(0, 10);

/** Writes the files below a folder, ten rotas per team. Dates are quoted, so every parser reads them as text. */
export function writeHandbook(root: string, rotas: number): void {
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const [i, zone] of ZONES.entries()) write(`policies/support-hours/hours-${i}.yaml`, hours(zone));
  write('policies/holidays/days.yaml', holidays());
  for (let team = 0; team * 10 < rotas; team++) {
    const own = Array.from({ length: Math.min(10, rotas - team * 10) }, (_, i) => team * 10 + i);
    write(`rotas/people/team-${team}.yaml`, `people:\n${own.flatMap((rota) => people(rota)).join('')}`);
    for (const rota of own) write(`rotas/team-${team}/rota-${rota}.yaml`, rotaFile(rota));
  }
}

const person = (rota: number, i: number): string => `p-${rota}-${i % 8}`;

const people = (rota: number): readonly string[] =>
  Array.from(
    { length: 8 },
    (_, i) => `  ${person(rota, i)}:
    name: Person ${rota} ${i}
    skills: [developer]
    vetted_on: "2020-01-01"
    on_call_since: "2020-01-01"
    email: p.${rota}.${i}@example.org
`,
  );

const hours = (zone: string): string => `name: Hours in ${zone}
timezone: ${zone}
holidays: days
windows:
  in-hours: [{days: working, from: "09:00", to: "17:00"}]
  out-of-hours: {outside: [in-hours]}
`;

const daysOff = [2025, 2026, 2027, 2028].flatMap((year) => [
  `  "${year}-01-01": New Year\n`,
  `  "${year}-12-25": Christmas\n`,
]);

const holidays = (): string => `name: Some days off
complete_from: "2025-01-01"
complete_until: "2028-12-31"
holidays:
${daysOff.join('')}`;

/** One cover of two hours in every twentieth turn of each role. */
const rotaFile = (rota: number): string => {
  const order = (from: number) => Array.from({ length: 8 }, (_, i) => person(rota, i + from)).join(', ');
  const covers = [0, 1, 2].flatMap((n) => {
    const turn = 2 + (rota % 5) + n * 20;
    return [
      ['engineer', turn],
      ['comms', turn + 4],
    ].map(
      ([role, seat]) => `  - role: ${role}
    person: ${person(rota, turn + 2)}
    instead_of: ${person(rota, Number(seat))}
    from: "${day(turn, 1)}T18:00"
    to: "${day(turn, 1)}T20:00"
    reason: family dinner
`,
    );
  });
  // Two covers at the same time need two people.
  const apart = covers.map((text, i) =>
    i % 2 === 0
      ? text
      : text.replace(
          /person: p-\d+-\d/,
          `person: ${person(rota, 2 + (rota % 5) + Math.floor(i / 2) * 20 + 3)}`,
        ),
  );
  return `# yaml-language-server: $schema=../../schemas/rota.schema.json
name: Rota ${rota}
timezone: ${ZONES[rota % 4]}
hours: hours-${rota % 4}
covers: [out-of-hours]
handover: {day: wednesday, time: "10:00"}
roles:
  engineer:
    needs: {skills: [developer], vetted: true, on_call: true}
    rotation:
      - first_turn: "${day(0, 0)}"
        people: [${order(0)}]
  comms:
    needs: {on_call: true}
    rotation:
      - first_turn: "${day(0, 0)}"
        people: [${order(4)}]
overrides:
${apart.join('')}`;
};
