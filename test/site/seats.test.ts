/** What is published of a role that several people hold at once: every seat, by its name. */
import { expect, test } from 'vitest';
import { folk, published, texts } from '../handbook.ts';

const files = published(
  texts(`${folk('amara', 'ben', 'chi')}== rotas/team/desk.yaml
name: Desk
timezone: UTC
handover: {day: monday, time: "10:00"}
roles:
  helper:
    seats: 2
    rotation:
      - {first_turn: 2026-11-16, people: [amara, ben, chi]}
== policies/publishing.yaml
ahead: 2 weeks
`),
);

const text = (path: string): string => {
  const found = files.get(path);
  if (found === undefined) throw new Error(`${path} is not published`);
  return found;
};

test('the data have a row for each seat', () => {
  const who = JSON.parse(text('who.json')) as readonly { role: string; person: string }[];
  expect(who.map(({ role, person }) => `${role} ${person}`)).toEqual(['helper-1 amara', 'helper-2 ben']);
  const shifts = JSON.parse(text('shifts.json')) as readonly { role: string; person: string }[];
  expect(shifts.slice(0, 4).map(({ role, person }) => `${role} ${person}`)).toEqual([
    'helper-1 amara',
    'helper-2 ben',
    'helper-1 chi',
    'helper-2 amara',
  ]);
});

test('the calendar of the rota has the shifts of both seats, that of a person those of all their seats', () => {
  const summaries = (path: string) =>
    [...text(path).matchAll(/^SUMMARY:(.*)\r?$/gm)].map(([, summary = '']) => summary.trim());
  const rota = summaries('calendars/rotas/team/desk.ics');
  expect(rota.filter((it) => it.includes('helper-1')).length).toBe(
    rota.filter((it) => it.includes('helper-2')).length,
  );
  const amara = summaries('calendars/people/amara.ics').join('\n');
  expect(amara).toContain('helper-1');
  expect(amara).toContain('helper-2');
});

test('the page of the team has both seats', () => {
  const page = text('teams/team.html');
  expect(page).toContain('helper-1');
  expect(page).toContain('helper-2');
});

test('ten seats and more are in the order of their numbers, in data, calendars and pages', () => {
  const ids = [...'abcdefghijkl'].map((letter) => `person-${letter}`);
  const many = published(
    texts(`${folk(...ids)}== rotas/team/desk.yaml
name: Desk
timezone: Asia/Kathmandu
handover: {day: monday, time: "10:00"}
roles:
  deputy: {rotation: [{first_turn: 2026-11-16, people: [person-l]}]}
  helper:
    seats: 11
    rotation:
      - {first_turn: 2026-11-16, people: [${ids.join(', ')}]}
== policies/publishing.yaml
ahead: 2 weeks
`),
  );
  const numbers = (path: string) => [
    ...new Set([...(many.get(path) ?? '').matchAll(/helper-(\d+)/g)].map(([, number]) => Number(number))),
  ];
  const inOrder = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
  for (const path of ['who.json', 'shifts.json', 'calendars/all.ics', 'index.html', 'teams/team.html'])
    expect(numbers(path), path).toEqual(inOrder);
});
