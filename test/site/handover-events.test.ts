/** Calendars of hand-overs: meetings and stand-ups, what to keep free of, and the busy flavour of a person's calendar. */
import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { everything, published, texts } from '../handbook.ts';

/** In-hours turns from Wednesday to Wednesday, beside the rota of nights; Dee has an afternoon of Ben's week. */
const HANDBOOK = `${everything}
== rotas/paas/days.yaml
name: Days
timezone: Europe/London
hours: paas
covers: [in-hours]
handover: {day: wednesday, time: "10:00"}
handover_meeting: {time: "09:30", duration: 30 minutes, where: "Room 3, upstairs"}
standup: {time: "09:45", duration: 15 minutes}
roles:
  comms:
    rotation: [{first_turn: 2026-11-18, people: [amara-osei, ben-adeyemi]}, {first_turn: 2026-12-09, people: []}]
  learner: {counts: false, rotation: [{first_turn: 2026-11-18, people: [chi-wong]}, {first_turn: 2026-11-25, people: []}]}
overrides:
  - {role: comms, person: dee-novak, instead_of: ben-adeyemi, from: 2026-11-26T13:00, to: 2026-11-26T17:00}
`;

const output = published(texts(HANDBOOK));

/** The events of a calendar that a test names, one line each. */
function events(path: string, kind: RegExp, all = output): string[] {
  const calendar = new ICAL.Component(ICAL.parse(all.get(`calendars/${path}.ics`) ?? '') as unknown[]);
  return calendar.getAllSubcomponents('vevent').flatMap((event) => {
    const value = (name: string) => String(event.getFirstPropertyValue(name));
    const line = `${value('dtstart')} ${value('dtend')} ${value('summary')}`;
    return kind.test(value('summary')) ? line : [];
  });
}

const MEETINGS = /: GOV\.UK PaaS, Days$/;

test('meetings and stand-ups are in the calendars of rota and team, and of those who come', () => {
  const days = events('rotas/paas/days', MEETINGS);
  expect(days).toEqual([
    '2026-11-18T09:30:00Z 2026-11-18T10:00:00Z Hand-over meeting: GOV.UK PaaS, Days',
    '2026-11-25T09:30:00Z 2026-11-25T10:00:00Z Hand-over meeting: GOV.UK PaaS, Days',
    '2026-11-26T09:45:00Z 2026-11-26T10:00:00Z Stand-up: GOV.UK PaaS, Days',
    '2026-12-02T09:30:00Z 2026-12-02T10:00:00Z Hand-over meeting: GOV.UK PaaS, Days',
    '2026-12-03T09:45:00Z 2026-12-03T10:00:00Z Stand-up: GOV.UK PaaS, Days',
    '2026-12-09T09:30:00Z 2026-12-09T10:00:00Z Hand-over meeting: GOV.UK PaaS, Days',
    '2026-12-10T09:45:00Z 2026-12-10T10:00:00Z Stand-up: GOV.UK PaaS, Days',
  ]);
  expect(events('teams/paas', MEETINGS)).toEqual(days);
  expect(events('people/amara-osei', MEETINGS)).toEqual(
    days.filter((_, i) => [0, 1, 2, 3, 5, 6].includes(i)),
  );
  expect(events('people/ben-adeyemi', MEETINGS)).toEqual(days.filter((_, i) => [1, 3, 4].includes(i)));
  // Somebody who covers some hours hands over no turn.
  expect(events('people/dee-novak', MEETINGS)).toEqual([]);
  expect(output.get('calendars/rotas/paas/days.ics')?.replaceAll('\r\n ', '')).toContain(
    'DESCRIPTION:Hand-over meeting: GOV.UK PaaS\\, Days\\nWed 25 Nov 09:30 – 10:00\\, Europe/London\\n' +
      'Amara Osei hands over to Ben Adeyemi (comms)\\nWhere: Room 3\\, upstairs\r\n',
  );
});

test('a meeting keeps its UID when it moves, and when other people come', () => {
  const uids = (text: string) =>
    [...(published(texts(text)).get('calendars/rotas/paas/days.ics') ?? '').matchAll(/UID:(\S+)/g)].map(
      ([, uid]) => uid,
    );
  const moved = HANDBOOK.replace('{time: "09:30"', '{time: "11:15"').replace(
    '[amara-osei, ben-adeyemi]}, {',
    '[chi-wong, ben-adeyemi]}, {',
  );
  expect(new Set(uids(moved))).toEqual(new Set(uids(HANDBOOK)));
});

test('their own calendar says what to keep free of, for the turns of which they have half or more', () => {
  const notes = /^On support/;
  expect(events('people/amara-osei', notes)).toEqual([
    '2026-11-18T10:00:00Z 2026-11-25T10:00:00Z On support: keep free of interview panels',
    '2026-12-02T10:00:00Z 2026-12-09T10:00:00Z On support: keep free of interview panels',
  ]);
  expect(events('people/ben-adeyemi', notes)).toEqual([
    '2026-11-25T10:00:00Z 2026-12-02T10:00:00Z On support: keep free of interview panels',
  ]);
  for (const path of ['people/dee-novak', 'people/chi-wong', 'rotas/paas/days', 'teams/paas', 'all'])
    expect(events(path, notes), path).toEqual([]);
  expect(output.get('calendars/people/ben-adeyemi.ics')?.replaceAll('\r\n ', '')).toContain(
    'DESCRIPTION:GOV.UK PaaS\\, Days (comms)\\nKeep free of: interview panels\\nFine: sifting applications\r\n',
  );
});

test('the busy flavour has the same events, of which in-hours shifts that count take time', () => {
  const shifts = (path: string) => (output.get(path) ?? '').match(/BEGIN:VEVENT[\s\S]*?END:VEVENT/g) ?? [];
  for (const id of ['amara-osei', 'ben-adeyemi', 'chi-wong', 'dee-novak']) {
    const [plain, busy] = [shifts(`calendars/people/${id}.ics`), shifts(`calendars/people/${id}-busy.ics`)];
    expect(busy.length).toBe(plain.length);
    for (const [i, event] of busy.entries()) {
      const isInHours = / on call: GOV\.UK PaaS\\, Days/.test(event.replaceAll('\r\n ', ''));
      expect(event.includes('TRANSP:OPAQUE') && event.includes('BUSYSTATUS:BUSY')).toBe(isInHours);
      expect(event.replace('TRANSP:OPAQUE', 'TRANSP:TRANSPARENT').replace('STATUS:BUSY', 'STATUS:FREE')).toBe(
        plain[i],
      );
    }
  }
  // Nia holds no role, and neither a team nor a rota has one.
  expect([...output.keys()].filter((path) => path.endsWith('-busy.ics'))).toHaveLength(4);
});

test('somebody whose id is the name of that calendar keeps it for their shifts', () => {
  const named = HANDBOOK.replace('  nia-rhys: {', '  amara-osei-busy: {name: Other}\n  nia-rhys: {');
  const all = published(texts(named));
  expect(all.get('calendars/people/amara-osei-busy.ics')).toContain('X-WR-CALNAME:On call: Other\r\n');
  expect(events('people/amara-osei-busy', /./, all)).toEqual([]);
});
