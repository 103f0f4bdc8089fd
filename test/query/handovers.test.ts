/** Who hands over to whom, and when: with turns, with overrides, and from the windows of one rota to another's. */
import { expect, test } from 'vitest';
import { readFolder } from '../../actions/lib/git/working-tree.ts';
import { load } from '../../actions/lib/load/load.ts';
import type { Rota } from '../../actions/lib/model.ts';
import {
  announcedHandovers,
  type HandoverEvent,
  handoversIn,
  type Pass,
  withinRotas,
} from '../../actions/lib/query/handovers.ts';
import { meetingsOf, workingDayBefore } from '../../actions/lib/query/meetings.ts';
import { resolve } from '../../actions/lib/resolve/resolve.ts';
import { turnText } from '../../actions/lib/time/turn-name.ts';
import { indexFrom } from '../../actions/lib/timeline.ts';
import { aHandbook, at, between, but, loaded, local, SAMPLE, sound } from '../handbook.ts';

/** Regular hours and on-call hours of one team, as two rotas with hand-overs at different times. */
const TEAM = aHandbook({
  people: { amara: 'name: A', ben: 'name: B', chi: 'name: C', dee: 'name: D' },
  policies: {
    'support-hours/mp': `name: MP
timezone: Europe/London
holidays: none
windows:
  regular: [{days: working, from: "09:00", to: "16:00"}]
  on-call: [{days: working, from: "16:00", to: "22:00"}, {days: non-working, from: "07:00", to: "22:00"}]
`,
    'holidays/none':
      'name: None\ncomplete_from: 2026-01-01\ncomplete_until: 2027-12-31\nholidays: {2026-11-09: Founding}\n',
  },
  rotas: {
    'mp/team': 'name: MP',
    'mp/regular': `name: Regular
timezone: Europe/London
hours: mp
covers: [regular]
handover: {day: monday, time: "00:00"}
roles:
  engineer: {rotation: [{first_turn: 2026-10-05, people: [amara, ben]}]}
  second: {follows: {role: engineer, by: 1}}
  shadow: {counts: false, rotation: [{first_turn: 2026-10-05, people: [chi, dee]}]}
overrides:
  - {role: engineer, person: chi, instead_of: amara, from: 2026-11-04T12:00, to: 2026-11-05T12:00}
  - {role: engineer, person: dee, from: 2026-11-05T18:00, to: 2026-11-05T19:00, extra: true}
`,
    'mp/on-call': `name: On call
timezone: Europe/London
hours: mp
covers: [on-call]
handover: {day: wednesday, time: "16:00"}
roles:
  engineer: {rotation: [{first_turn: 2026-10-07, people: [amara, chi]}]}
`,
  },
});

const name = (person: string | undefined) => person ?? 'nobody';

/** One line each: when, where, what kind and in which turn, and each role with who hands over to whom. */
const printed = (handovers: readonly HandoverEvent[]): string[] =>
  handovers.map(({ rota, zone, at, kind, turn, passes }) => {
    const roles = passes.map(({ role, from, to, fromRota, fromRole }) => {
      const source = fromRota === rota && fromRole === role ? '' : ` (${fromRota}/${fromRole})`;
      return `${role} ${name(from)}${source} > ${name(to)}`;
    });
    const on = turn === undefined ? '-' : turnText(turn.on);
    return `${local(at, zone.name).slice(0, 16)} ${rota} ${kind} ${on}: ${roles.join(', ')}`;
  });

test('a hand-over is at the first duty of the next holder, with its kind, its turn and all its roles', () => {
  const span = between('2026-11-02T00:00Z', '2026-11-12T00:00Z');
  const all = handoversIn(sound(TEAM), span);
  expect(printed(withinRotas(all))).toEqual([
    '2026-11-02T09:00 mp/regular turn 2026-11-02: engineer ben > amara, second amara > ben',
    '2026-11-04T12:00 mp/regular cover 2026-11-02: engineer amara > chi',
    '2026-11-04T16:00 mp/on-call turn 2026-11-04: engineer chi > amara',
    '2026-11-05T12:00 mp/regular cover 2026-11-02: engineer chi > amara',
    // Monday is a holiday: the turn that began at midnight has its first duty on Tuesday.
    '2026-11-10T09:00 mp/regular turn 2026-11-09: engineer amara > ben, second ben > amara',
    '2026-11-11T16:00 mp/on-call turn 2026-11-11: engineer amara > chi',
  ]);
  expect(printed(all.filter(({ kind, passes }) => kind === 'daily' || passes.length > 1))).toEqual([
    '2026-11-02T09:00 mp/regular turn 2026-11-02: engineer ben > amara, second amara > ben',
    '2026-11-02T16:00 mp/on-call daily 2026-10-28: engineer amara (mp/regular/engineer) > chi, engineer ben (mp/regular/second) > chi',
    '2026-11-03T16:00 mp/on-call daily 2026-10-28: engineer amara (mp/regular/engineer) > chi, engineer ben (mp/regular/second) > chi',
    // In one hand-over: the turn of the rota itself, and what passes from the other rota.
    '2026-11-04T16:00 mp/on-call turn 2026-11-04: engineer chi > amara, engineer chi (mp/regular/engineer) > amara, engineer ben (mp/regular/second) > amara',
    '2026-11-05T16:00 mp/on-call daily 2026-11-04: engineer ben (mp/regular/second) > amara',
    '2026-11-06T16:00 mp/on-call daily 2026-11-04: engineer ben (mp/regular/second) > amara',
    '2026-11-10T09:00 mp/regular turn 2026-11-09: engineer amara > ben, second ben > amara',
    '2026-11-10T16:00 mp/on-call daily 2026-11-04: engineer ben (mp/regular/engineer) > amara',
    '2026-11-11T16:00 mp/on-call turn 2026-11-11: engineer amara > chi, engineer ben (mp/regular/engineer) > chi, engineer amara (mp/regular/second) > chi',
  ]);
});

test('the edges of the span decide which hand-overs are in it, and nothing else', () => {
  const handbook = sound(TEAM);
  const whole = printed(handoversIn(handbook, between('2026-11-02T00:00Z', '2026-11-12T00:00Z')));
  const parts = [
    '2026-11-02T00:00Z',
    '2026-11-04T12:00Z',
    '2026-11-05T16:00Z',
    '2026-11-10T09:00Z',
    '2026-11-12T00:00Z',
  ];
  const pieces = parts.slice(1).flatMap((to, i) => handoversIn(handbook, between(parts[i] as string, to)));
  expect(printed(pieces)).toEqual(whole);
  expect(printed(handoversIn(handbook, between('2026-11-02T00:00Z', '2026-11-12T00:00Z'), 'mp'))).toEqual(
    whole,
  );
  expect(handoversIn(handbook, between('2026-11-02T00:00Z', '2026-11-12T00:00Z'), 'paas')).toEqual([]);
});

test.each([
  // Nobody before the first turn, and nobody after an entry without people.
  [
    'people: [amara, ben, chi]}',
    'people: [amara]}, {first_turn: 2026-09-09, people: []}]',
    [
      '2026-09-02T10:00 paas/nights turn 2026-09-02: engineer nobody > amara',
      '2026-09-09T10:00 paas/nights turn 2026-09-09: engineer amara > nobody',
    ],
  ],
  // The same person twice in a row hands nothing over.
  [
    'people: [amara, ben, chi]}',
    'people: [amara, amara, chi]}]',
    ['2026-09-02T10:00 paas/nights turn 2026-09-02: engineer nobody > amara'],
  ],
])('%s as %s', (passage, other, expected) => {
  const text = but(
    aHandbook(),
    `      - {first_turn: 2026-09-02, ${passage}`,
    `      [{first_turn: 2026-09-02, ${other}`,
  );
  const { handbook } = loaded(text);
  expect(printed(handoversIn(handbook, between('2026-09-01T00:00Z', '2026-09-16T00:00Z')))).toEqual(expected);
});

/** Two seats, by the order of the rotation: amara and ben, chi and amara, ben and chi, and so on. */
const SEATS = aHandbook({
  people: { amara: 'name: A', ben: 'name: B', chi: 'name: C', dee: 'name: D' },
  rotas: {
    'mp/team': 'name: MP',
    'mp/desk': `name: Desk
timezone: UTC
handover: {day: monday, time: "10:00"}
roles:
  agent: {seats: 2, rotation: [{first_turn: 2026-11-02, people: [amara, ben, chi]}]}
overrides:
`,
  },
});

test.each([
  [
    'only who leaves hands over, and to who comes',
    '',
    ['2026-11-09T10:00 mp/desk turn 2026-11-09: agent-1 ben (mp/desk/agent-2) > chi'],
  ],
  [
    'whoever takes a seat from outside the role',
    '  - {role: agent-2, person: dee, from: 2026-11-03T10:00, to: 2026-11-03T12:00}',
    [
      '2026-11-03T10:00 mp/desk cover 2026-11-02: agent-2 ben > dee',
      '2026-11-03T12:00 mp/desk cover 2026-11-02: agent-2 dee > ben',
      '2026-11-09T10:00 mp/desk turn 2026-11-09: agent-1 ben (mp/desk/agent-2) > chi',
    ],
  ],
  [
    'both stay, in the seats of each other',
    '  - {role: agent-1, person: ben, turn: 2026-11-09, instead_of: chi}',
    ['2026-11-16T10:00 mp/desk turn 2026-11-16: agent-2 amara > chi'],
  ],
  [
    'both leave',
    '  - {role: agent-2, person: dee, turn: 2026-11-09, instead_of: amara}',
    [
      '2026-11-09T10:00 mp/desk turn 2026-11-09: agent-1 amara > chi, agent-2 ben > dee',
      '2026-11-16T10:00 mp/desk turn 2026-11-16: agent-1 dee (mp/desk/agent-2) > ben',
    ],
  ],
] as const)('of a role with seats: %s', (_, override, expected) => {
  const text = override === '' ? but(SEATS, 'overrides:\n', '') : `${SEATS}${override}\n`;
  const until = expected.at(-1)?.startsWith('2026-11-16') ? '2026-11-17' : '2026-11-10';
  expect(printed(handoversIn(sound(text), between('2026-11-03T00:00Z', `${until}T00:00Z`)))).toEqual(
    expected,
  );
});

test('in the sample, every pass is a change of the holder, and every change while on duty is a pass', () => {
  const { handbook } = load({ texts: readFolder(SAMPLE)?.texts ?? new Map(), findings: [] });
  const span = between('2026-11-01T00:00Z', '2026-12-15T00:00Z');
  const handovers = withinRotas(handoversIn(handbook, span));
  const keys = handovers.map(({ rota, at }) => `${rota} ${at}`);
  expect(new Set(keys).size).toBe(keys.length);
  const passes = new Map<string, Pass>(
    handovers.flatMap((it) => it.passes.map((pass) => [`${it.rota}/${pass.role} ${it.at}`, pass] as const)),
  );
  let seen = 0;
  for (const [id, { cover, duty, role }] of resolve(handbook, { ...span, startAt: at('2026-08-01T00:00Z') })
    .roles) {
    if (!role.counts) continue;
    const own = cover().filter(({ value }) => value.by !== 'extra');
    const holderAt = (instant: number) => {
      const found = own[indexFrom(own, instant)];
      return found !== undefined && found.startAt <= instant ? found.value.person : undefined;
    };
    const edges = new Set([...own, ...duty].flatMap(({ startAt, endAt }) => [startAt, endAt]));
    let last: { person: string | undefined } | undefined;
    for (const instant of [...edges].toSorted((one, other) => one - other)) {
      const on = duty[indexFrom(duty, instant)];
      if (on === undefined || on.startAt > instant) continue;
      const person = holderAt(instant);
      if (last !== undefined && last.person !== person && instant >= span.startAt && instant < span.endAt) {
        expect([id, instant, passes.get(`${id} ${instant}`)]).toMatchObject([
          id,
          instant,
          { from: last.person, to: person },
        ]);
        seen++;
      }
      last = { person };
    }
  }
  expect(seen).toBe(passes.size);
  expect(seen).toBeGreaterThan(20);
});

test('from rota to rota only where the team wants it, whichever chat it posts to', () => {
  const span = between('2026-11-02T00:00Z', '2026-11-12T00:00Z');
  const kinds = (team: string) => {
    const text = but(
      TEAM,
      'name: MP\n== rotas/mp/regular.yaml',
      `name: MP\n${team}\n== rotas/mp/regular.yaml`,
    );
    return new Set(announcedHandovers(sound(text), span).map(({ kind }) => kind));
  };
  const [some, all] = [new Set(['turn', 'cover']), new Set(['turn', 'daily', 'cover'])];
  expect(kinds('leads: [amara]')).toEqual(some);
  expect(kinds('slack: {channel: C0MP, hand_over: {before: 15 minutes}}')).toEqual(some);
  expect(kinds('slack: {channel: C0MP, hand_over: {before: 15 minutes, daily: true}}')).toEqual(all);
  expect(kinds('microsoft_teams: {hand_over: {before: 15 minutes, daily: true}}')).toEqual(all);
});

test('the meeting is on the day of the hand-over, the stand-up on the next working day', () => {
  const text = but(
    TEAM,
    'name: Regular\n',
    'name: Regular\nhandover_meeting: {time: "09:30", duration: 30 minutes, where: Room 3}\nstandup: {time: "10:00", duration: 15 minutes}\n',
  );
  const handbook = sound(text);
  const rota = handbook.rotas.get('mp/regular') as Rota;
  const days = (instant: string) => {
    const { meeting, standup } = meetingsOf(handbook, rota, at(instant));
    return [meeting, standup].map(
      (it) => it && `${local(it.startAt, 'Europe/London').slice(0, 16)} ${it.where}`,
    );
  };
  // Monday 9 November is a holiday.
  expect(days('2026-11-06T09:00Z')).toEqual(['2026-11-06T09:30 Room 3', '2026-11-10T10:00 undefined']);
  expect(days('2026-11-10T09:00Z')).toEqual(['2026-11-10T09:30 Room 3', '2026-11-11T10:00 undefined']);
  expect(meetingsOf(handbook, handbook.rotas.get('mp/on-call') as Rota, at('2026-11-11T16:00Z'))).toEqual({
    meeting: undefined,
    standup: undefined,
  });
  expect(workingDayBefore(handbook, rota, rota.zone.dayOf(at('2026-11-10T09:00Z')))).toBe(
    rota.zone.dayOf(at('2026-11-06T09:00Z')),
  );
});
