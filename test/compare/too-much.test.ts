/** A few lines of YAML can ask for millions of spans: what is too much to compare is an error, and takes seconds. */
import { expect, test } from 'vitest';
import { foundInPull } from '../found.ts';
import { aHandbook, checked } from '../handbook.ts';

const NOW = '2026-12-01T12:00:00Z';
const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Services that are called by windows of which each day has 400. */
const services = (count: number): string => {
  const windows = Array.from({ length: 8 }, (_, w) =>
    Array.from(
      { length: 50 },
      (_stretch, i) =>
        `{days: every, from: "${clock((i * 8 + w) * 3)}", to: "${clock((i * 8 + w) * 3 + 1)}"}`,
    ),
  );
  const names = windows.map((_, w) => `w${w}`);
  return aHandbook({
    policies: {
      'support-hours/all': `name: All\ntimezone: Europe/London\nwindows:\n${windows.map((it, w) => `  w${w}: [${it.join(', ')}]`).join('\n')}`,
      'service-levels/all': `name: All\nhours: all\npriorities: {P1: {name: One, in_hours: {respond: 1 hour}}}\nclock: {${names.map((it) => `${it}: none`).join(', ')}}`,
      ...Object.fromEntries(
        ['amara', 'ben'].map((it) => [
          `escalation/${it}`,
          `name: Chain\napplies_in: [${names.join(', ')}]\nlevels: [{notify: [person: ${it}]}]`,
        ]),
      ),
      ...(count > 0 && {
        services: `services:\n${Array.from(
          { length: count },
          (_, s) =>
            `  s${s}: {name: S${s}, team: paas, service_level: all, escalation: {${names.map((it, w) => `${it}: ${(s >> w) % 2 === 0 ? 'ben' : 'amara'}`).join(', ')}}}`,
        ).join('\n')}`,
      }),
    },
  });
};

test('whom services call, in windows of a few minutes each', () => {
  const found = foundInPull('new-calls', services(0), services(40), NOW).filter((line) =>
    line.includes('uncompared'),
  );
  expect(found).toEqual([
    expect.stringMatching(/^policies\/services\.yaml:\d+:\d+ error uncompared \{services: \[s\d/),
  ]);
});

const WEEKLY = '{day: wednesday, time: "10:00"}';
const HOURLY = `{every: day, times: [${Array.from({ length: 24 }, (_, hour) => `"${clock(hour * 60)}"`).join(', ')}]}`;
const nights = (handover: string, first: string, more = '', roles = ['engineer']) => `name: Nights
timezone: Europe/London
handover: ${handover}
roles:
${roles.map((role) => `  ${role}: {rotation: [{first_turn: ${first}, people: [amara, ben, chi]}]}\n`).join('')}${more}`;
const UNTIL_2099 =
  'overrides: [{role: engineer, from: 2027-01-06T10:00, to: 2099-01-07T10:00, person: amara}]\n';
/** Ten windows that a rota does not cover, of fifty stretches a day, and one that it does. */
const windows = ['w: [{days: every, from: "23:55", to: "23:58"}]'].concat(
  Array.from(
    { length: 10 },
    (_, w) =>
      `w${w}: [${Array.from({ length: 50 }, (_stretch, i) => `{days: every, from: "${clock((i * 10 + w) * 2)}", to: "${clock((i * 10 + w) * 2 + 1)}"}`).join(', ')}]`,
  ),
);
const LIGHT = 'hours: heavy\ncovers: [w]\n';

test.each<[what: string, base: string, head: string, found: RegExp]>([
  [
    'hand-overs by the hour since long ago',
    nights(WEEKLY, '2026-09-02'),
    nights(HOURLY, '2010-01-05T00:00'),
    /error uncompared \{/,
  ],
  [
    'hours of many windows since long ago',
    nights(WEEKLY, '2010-01-06'),
    nights(WEEKLY, '2010-01-06', LIGHT),
    /error uncompared \{/,
  ],
  [
    'hand-overs by the hour where a line of years ahead goes',
    nights(WEEKLY, '2026-09-02', UNTIL_2099),
    nights(HOURLY, '2026-12-02T00:00'),
    /error uncompared-ahead \{rota: paas\/nights, lastOn: 2099-01-07\}/,
  ],
  [
    'a line of years ahead where hand-overs by the hour go',
    nights(HOURLY, '2026-12-02T00:00'),
    nights(WEEKLY, '2026-12-02', UNTIL_2099),
    /error uncompared-ahead \{rota: paas\/nights, lastOn: 2099-01-07\}/,
  ],
])('a rota with %s', (_, base, head, found) => {
  const [was, is] = [base, head].map((rota) =>
    aHandbook({
      policies: {
        'support-hours/heavy': `name: Heavy\ntimezone: Europe/London\nwindows:\n${windows.map((it) => `  ${it}\n`).join('')}`,
      },
      rotas: { 'paas/team': 'name: PaaS', 'paas/nights': rota },
    }),
  ) as [string, string];
  const lines = foundInPull('history', was, is, NOW).filter((line) => line.includes('uncompared'));
  expect(lines).toEqual([expect.stringMatching(found)]);
});

test('a line of years ahead that only the base has not published is an error, however far the head publishes', () => {
  const [base, head] = [
    ['5 weeks', ''],
    ['520 weeks', UNTIL_2099.replace('2099', '2049')],
  ].map(([ahead, more]) =>
    aHandbook({
      policies: { publishing: `ahead: ${ahead}` },
      rotas: {
        'paas/team': 'name: PaaS',
        'paas/nights': nights(HOURLY, '2026-12-02T00:00', more, ['engineer', 'second']),
      },
    }),
  ) as [string, string];
  expect(foundInPull('history', base, head, NOW).map((line) => line.replace(/ \{.*/, ''))).toContain(
    'rotas/paas/nights.yaml:1:1 error uncompared-ahead',
  );
});

test.each([
  ['in time', '{notify: [person: amara]}', 0],
  ['too late', '{notify: [person: amara], escalate_after: 90 minutes}, {notify: [person: ben]}', 60],
])('services of many windows and priorities, whose chains are called %s', (_, levels, count) => {
  const names = Array.from({ length: 50 }, (_, w) => `w${w}`);
  const all = (text: (name: string, w: number) => string) => names.map(text).join('');
  const priorities = Array.from(
    { length: 20 },
    (_, p) => `  P${p}: {name: P${p}, in_hours: {respond: 1 hour}, out_of_hours: {respond: 1 hour}}\n`,
  );
  const text = aHandbook({
    policies: {
      'support-hours/all': `name: All\ntimezone: Europe/London\nwindows:\n${all(
        (name, w) => `  ${name}: [{days: every, from: "${clock(w * 20)}", to: "${clock(w * 20 + 9)}"}]\n`,
      )}`,
      'service-levels/all': `name: All\nhours: all\npriorities:\n${priorities.join('')}clock:\n${all((name) => `  ${name}: in_hours\n`)}`,
      'escalation/amara': `name: Chain\napplies_in: [${names.join(', ')}]\nlevels: [${levels}]`,
      services: `services:\n${Array.from(
        { length: 60 },
        (_, s) =>
          `  s${s}: {name: S${s}, team: paas, service_level: all, escalation: {${names.map((it) => `${it}: amara`).join(', ')}}}\n`,
      ).join('')}`,
    },
  });
  expect(checked(text, NOW).filter((line) => line.endsWith('[escalation-ends]'))).toHaveLength(count);
});

test('somebody in very many roles', () => {
  const roles = Array.from({ length: 50 }, (_, i) => `role-${i}`);
  const rotas = Array.from({ length: 20 }, (_, i) => [
    `paas/nights-${i}`,
    nights(WEEKLY, '2026-09-02', '', roles).replaceAll('[amara, ben, chi]', '[amara]'),
  ]);
  const text = aHandbook({ rotas: { 'paas/team': 'name: PaaS', ...Object.fromEntries(rotas) } });
  const found = checked(text, NOW).filter((line) => line.endsWith('[double-booked]'));
  expect(found).toHaveLength((20 * 19) / 2 + 980);
});

test('absences of somebody in very many roles', () => {
  const roles = Array.from({ length: 30 }, (_, i) => `role-${i}`);
  const days = Array.from({ length: 40 }, (_, i) =>
    new Date(Date.UTC(2026, 11, 10 + i)).toISOString().slice(0, 10),
  );
  const text = aHandbook({
    people: {
      amara: `name: Amara, away: [${days.map((day) => `{first_day: ${day}, last_day: ${day}}`).join(', ')}]`,
      ben: 'name: Ben',
    },
    rotas: {
      'paas/team': 'name: PaaS',
      'paas/nights': nights(HOURLY, '2026-12-02T00:00', '', roles).replaceAll(
        'amara, ben, chi',
        'amara, ben',
      ),
    },
  });
  const found = checked(text, NOW).filter((line) => line.endsWith('[away]'));
  expect(found).toHaveLength(40 * 20);
});

test('an override of decades that has not ended, in many roles', () => {
  const roles = Array.from({ length: 10 }, (_, i) => `role-${i}`);
  const lines = roles.map(
    (role) =>
      `  - {role: ${role}, from: 2000-01-05T10:00, to: 2026-12-09T10:00, person: amara, instead_of: ben}\n`,
  );
  const rota = nights(HOURLY, '2000-01-05T00:00', `overrides:\n${lines.join('')}`, roles);
  const text = aHandbook({ rotas: { 'paas/team': 'name: PaaS', 'paas/nights': rota } });
  const found = checked(text, NOW).filter((line) => line.endsWith('[stale-override]'));
  expect(found).toHaveLength(10);
});

test('rotas with lines of years ahead, each of which alone is not too much', () => {
  const rotas = (person: string) =>
    Object.fromEntries(
      Array.from({ length: 8 }, (_, i) => [
        `paas/nights-${i}`,
        nights(
          '{every: day, times: ["06:00", "14:00", "22:00"]}',
          '2026-12-02T06:00',
          UNTIL_2099.replace('amara', person),
          ['engineer', 'second'],
        ),
      ]),
    );
  const [was, is] = ['amara', 'ben'].map((it) =>
    aHandbook({ rotas: { 'paas/team': 'name: PaaS', ...rotas(it) } }),
  ) as [string, string];
  const found = foundInPull('history', was, is, NOW).map((line) => line.replace(/ \{.*/, ''));
  expect(found).toEqual([
    'rotas/paas/nights-6.yaml:1:1 error uncompared-ahead',
    'rotas/paas/nights-7.yaml:1:1 error uncompared-ahead',
  ]);
});

test('a rotation of many seats, people and entries, of which only the name changes', () => {
  const people = Array.from({ length: 29 }, (_, i) => `p${i}`);
  const roles = Array.from({ length: 4 }, (_, role) => {
    const entries = Array.from(
      { length: 40 },
      (_entry, i) =>
        `{first_turn: ${new Date(Date.UTC(2026, 8, 2 + 7 * i)).toISOString().slice(0, 10)}, people: [${people.join(', ')}]}`,
    );
    return `  r${role}: {seats: 20, counts: false, rotation: [${entries.join(', ')}]}\n`;
  });
  const rota = (name: string) =>
    aHandbook({
      people: Object.fromEntries(people.map((it) => [it, `name: ${it}`])),
      rotas: {
        'paas/team': 'name: PaaS',
        'paas/nights': `name: ${name}\ntimezone: Europe/London\nhandover: ${WEEKLY}\nroles:\n${roles.join('')}`,
      },
    });
  expect(foundInPull('consent', rota('Nights'), rota('At night'), NOW)).toEqual([]);
});

/** So many dates from the second of January of a year on, so many days apart. */
const dates = (count: number, first: number, days: number) =>
  Array.from({ length: count }, (_, i) =>
    new Date(Date.UTC(first, 0, 2 + i * days)).toISOString().slice(0, 10),
  );

test('amended hours with several lists of holidays, for a rota that is amended as often', () => {
  const lists = ['l0', 'l1', 'l2', 'l3'];
  const holidays = dates(1000, 2001, 3).map((day) => `"${day}": Day`);
  const amended = (keys: string) => dates(200, 2030, 1).map((day) => `{first_day: ${day}, ${keys}}`);
  const handbook = (name: string) =>
    aHandbook({
      policies: {
        ...Object.fromEntries(
          lists.map((id) => [
            `holidays/${id}`,
            `name: List\ncomplete_from: 2001-01-01\ncomplete_until: 2049-12-31\nholidays: {${holidays.join(', ')}}`,
          ]),
        ),
        'support-hours/days': `name: Days\ntimezone: Europe/London\nholidays: [${lists.join(', ')}]\nwindows: {day: [{days: every, from: "09:00", to: "17:00"}]}\namendments: [${amended('holidays: [l0, l1, l2]').join(', ')}]`,
      },
      rotas: {
        'paas/team': `name: ${name}`,
        'paas/nights': `${nights(WEEKLY, '2026-09-02')}hours: days\namendments: [${amended('covers: [day]').join(', ')}]\n`,
      },
    });
  expect(foundInPull('consent', handbook('PaaS'), handbook('Platform'), NOW)).toEqual([]);
});

test('a hundred chains that are in use in each window of hours with 48 windows a day', () => {
  const windows = Array.from({ length: 48 }, (_, w) => `w${w}`);
  const chains = Array.from({ length: 100 }, (_, c) => `c${c}`);
  const handbook = (name: string) =>
    aHandbook({
      policies: {
        'support-hours/all': `name: All\ntimezone: Europe/London\nwindows:\n${windows.map((it, w) => `  ${it}: [{days: every, from: "${clock(w * 30)}", to: "${clock((w * 30 + 30) % 1440)}"}]`).join('\n')}`,
        'service-levels/all': `name: All\nhours: all\npriorities: {P1: {name: One, in_hours: {respond: 1 hour}}}\nclock: {${windows.map((it) => `${it}: in_hours`).join(', ')}}`,
        ...Object.fromEntries(
          chains.map((it) => [
            `escalation/${it}`,
            `name: Chain\napplies_in: [${windows.join(', ')}]\nlevels: [{notify: [paas/nights/engineer]}]`,
          ]),
        ),
        services: `services:\n  s: {name: S, team: paas, service_level: all, escalation: {${windows.map((it) => `${it}: c0`).join(', ')}}}`,
      },
      rotas: {
        'paas/team': `name: ${name}`,
        'paas/nights': `${nights(WEEKLY, '2026-09-02')}hours: all\n`,
      },
    });
  expect(foundInPull('consent', handbook('PaaS'), handbook('Platform'), NOW)).toEqual([]);
});

test('a new rota of fifty roles, the windows of which are amended twice a week', () => {
  const windows = Array.from({ length: 50 }, (_, w) => `w${w}`);
  const roles = windows.map(
    (_, i) => `  r${i}: {counts: false, rotation: [{first_turn: 2026-12-02, people: [amara]}]}\n`,
  );
  const amendments = dates(200, 2026, 3).map((day, i) => {
    const covers = windows.filter((_, w) => (w + i) % 25 !== 0);
    return `  - {first_day: ${day}, covers: [${covers.join(', ')}]}\n`;
  });
  const base = aHandbook({
    policies: {
      notice: 'consent: [both-people]',
      publishing: 'ahead: 6 months',
      'support-hours/all': `name: All\ntimezone: Europe/London\nwindows:\n${windows.map((it, w) => `  ${it}: [{days: every, from: "${clock(w * 28)}", to: "${clock(w * 28 + 28)}"}]\n`).join('')}`,
    },
    rotas: { 'paas/team': 'name: PaaS', 'paas/nights': nights(WEEKLY, '2026-09-02') },
  });
  const rota = `== rotas/paas/all.yaml\nname: All\ntimezone: Europe/London\nhours: all\nhandover: {day: wednesday, time: "10:00"}\nroles:\n${roles.join('')}amendments:\n${amendments.join('')}`;
  const found = foundInPull('consent', base, `${base.trimEnd()}\n${rota}`, NOW, { author: 'somebody' });
  expect(found).toHaveLength(1);
});
