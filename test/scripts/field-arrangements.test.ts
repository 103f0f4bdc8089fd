/** Arrangements that teams asked other tools for, from their files to what the commands print. */
import { expect, test } from 'vitest';
import { texts } from '../handbook.ts';
import { rotaInProcess } from '../in-process.ts';
import { folder } from '../process.ts';

const PEOPLE = ['gil-moor', 'hana-ek', 'ivo-tan', 'jo-wren'];

/** A folder with a handbook of people and these rotas. */
const team = (rotas: string, more: Readonly<Record<string, string>> = {}): string =>
  folder(
    texts(
      `== rotas/people.yaml\npeople:\n${PEOPLE.map(
        (id) => `  ${id}: {name: ${id}, on_call_since: 2024-01-01${more[id] ?? ''}}\n`,
      ).join('')}${rotas}`,
    ),
  );

const run = async (root: string, now: string, ...words: readonly string[]) => {
  const { status, stdout, stderr } = await rotaInProcess(root, [...words, '--now', now]);
  return { status, text: `${stdout}${stderr}` };
};

/** Who is on when, as JSON has it. */
async function shiftsIn(root: string, now: string, ...words: readonly string[]): Promise<readonly string[]> {
  const { text } = await run(root, now, 'shifts', ...words, '--format', 'json');
  return (JSON.parse(text) as Record<'rota' | 'person' | 'start' | 'end', string>[]).map(
    ({ rota, person, start, end }) => `${rota} ${person} ${start} ${end}`,
  );
}

test('a fortnight each is one turn: nobody has two turns running, and two of them are swapped whole', async () => {
  const root = team(`== rotas/kiln/call.yaml
name: Call
timezone: Europe/Berlin
handover: {day: monday, time: "09:00", weeks: 2}
roles:
  engineer:
    needs: {on_call: true}
    rotation:
      - {first_turn: 2026-11-02, people: [gil-moor, hana-ek, ivo-tan]}
`);
  const now = '2026-11-05T12:00:00Z';
  expect(await run(root, now, 'check', '--strict')).toMatchObject({ status: 0 });
  expect(await run(root, now, 'swap', 'kiln/call', 'engineer', '2026-11-30', '2026-12-14')).toMatchObject({
    status: 0,
  });
  const december = ['--from', '2026-11-30T08:00:00Z', '--to', '2026-12-28T08:00:00Z'];
  expect(await shiftsIn(root, now, 'kiln/call', ...december)).toEqual([
    'kiln/call gil-moor 2026-11-30T08:00:00Z 2026-12-14T08:00:00Z',
    'kiln/call ivo-tan 2026-12-14T08:00:00Z 2026-12-28T08:00:00Z',
  ]);
  // A week within a fortnight is no turn.
  expect(await run(root, now, 'swap', 'kiln/call', 'engineer', '2026-12-07', '2026-12-14')).toMatchObject({
    status: 1,
    text: expect.stringContaining('2026-11-30'),
  });
});

test('of somebody who is away for three weeks, one colleague takes everything in all rotas', async () => {
  const away = { 'gil-moor': ', away: [{first_day: 2026-12-21, last_day: 2027-01-10}]' };
  const rota = (
    name: string,
    day: string,
    firstTurn: string,
    more = '',
  ): string => `== rotas/kiln/${name}.yaml
name: ${name}
timezone: Europe/London
handover: {day: ${day}, time: "10:00"}
roles:
  engineer:
${more}    rotation:
      - {first_turn: ${firstTurn}, people: [gil-moor, hana-ek, ivo-tan]}
`;
  const root = team(
    `${rota('front', 'monday', '2026-11-30')}${rota('back', 'thursday', '2026-12-03', '    counts: false\n')}`,
    away,
  );
  const now = '2026-11-26T12:00:00Z';
  expect(await run(root, now, 'check')).toMatchObject({ status: 1 });
  const cover = ['cover', '--from-person', 'gil-moor', '--by', 'jo-wren', '2026-12-21', '2027-01-11'];
  expect(await run(root, now, ...cover)).toMatchObject({ status: 0 });
  expect(await run(root, now, 'check')).toMatchObject({ status: 0 });
  const leave = ['--from', '2026-12-21', '--to', '2027-01-11'];
  expect(await shiftsIn(root, now, '--person', 'jo-wren', ...leave)).toEqual([
    'kiln/front jo-wren 2026-12-21T10:00:00Z 2026-12-28T10:00:00Z',
    'kiln/back jo-wren 2026-12-24T10:00:00Z 2026-12-31T10:00:00Z',
  ]);
  expect(await shiftsIn(root, now, '--person', 'gil-moor', ...leave)).toEqual([]);
});
