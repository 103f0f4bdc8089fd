/** Who agrees to calls that are new where nothing else asks about them: whoever is called, and the leads of their roles. */
import { describe, expect, test } from 'vitest';
import { requiredConsents } from '../../actions/lib/compare/consents.ts';
import { aHandbook, but, compared, loaded } from '../handbook.ts';

const NOW = '2026-11-26T12:00:00Z';
const SECOND = ', escalate_after: 5 minutes}, {notify: [person: nia]}';
const chain = (levels: string) => `name: Chain\napplies_in: [day, night]\nlevels: [${levels}]`;
const rota = (counts: boolean) => `name: Week
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles: {engineer: {counts: ${counts}, rotation: [{first_turn: 2026-09-02, people: [amara]}]}}`;

/** A service of the team dxw, whose chains call roles of both teams. */
const base = aHandbook({
  people: {
    amara: 'name: Amara, github: amara-o',
    ben: 'name: Ben, github: ben-a',
    nia: 'name: Nia, github: nia-r',
    oz: 'name: Oz, github: oz-k',
  },
  policies: {
    'holidays/days':
      'name: Days\ncomplete_from: 2026-01-01\ncomplete_until: 2030-12-31\nholidays: {2026-12-25: Christmas Day}',
    'support-hours/all': `name: All
timezone: Europe/London
holidays: days
windows:
  day: [{days: working, from: "09:00", to: "17:00"}]
  night: {outside: [day]}`,
    'service-levels/all':
      'name: All\nhours: all\npriorities: {P1: {name: One, in_hours: {respond: 1 hour}}}\nclock: {day: in_hours, night: none}',
    'escalation/own': chain(
      '{notify: [dxw/week/engineer], escalate_after: 5 minutes}, {notify: [paas/week/engineer], escalate_after: 5 minutes}, {notify: [person: ben]}',
    ),
    'escalation/other': chain(`{notify: [dxw/week/engineer]${SECOND}`),
    'escalation/last': chain(
      '{notify: [dxw/week/engineer], escalate_after: 5 minutes}, {notify: [person: ben]}',
    ),
    services: `services:
  site: {name: Site, team: dxw, service_level: all, escalation: {day: own, night: other}, pagerduty: {service: PSITE01}}`,
  },
  rotas: {
    'dxw/team': 'name: dxw\nleads: [oz]',
    'paas/team': 'name: PaaS\nleads: [nia]',
    'dxw/week': rota(true),
    'paas/week': rota(true),
  },
});

/** Who is asked, each with why, apart from those of whom a lead of dxw is one. */
const asked = (head: string, from = base): readonly string[] =>
  requiredConsents(compared(from, head, NOW).against as NonNullable<ReturnType<typeof compared>['against']>)
    .filter(({ anyOf }) => !anyOf.includes('oz'))
    .map(({ anyOf, reason }) => {
      const { kind, id, keys } = reason.kind === 'identity' ? reason.change : { ...reason, id: '', keys: [] };
      return `${anyOf.join(' or ')}: ${kind} ${id} ${keys.map(({ key, after }) => `${key} ${after}`).join(', ')}`;
    });

test('a lead of another team is asked about the chain that goes on where a service gets another counterpart', () => {
  const two = but(
    base,
    '  site: {',
    '  desk: {name: Desk, team: dxw, service_level: all, escalation: {night: last}, pagerduty: {service: PDESK01}}\n  site: {',
  );
  const exchanged = two.replace('PSITE01', 'PX').replace('PDESK01', 'PSITE01').replace('PX', 'PDESK01');
  expect(asked(exchanged, two).filter((it) => it.startsWith('nia: chain own'))).toEqual([
    'nia: chain own paas/week/engineer called at other times',
  ]);
});

test('the handbook of these tests has no errors', () => expect(loaded(base).findings).toEqual([]));

describe('a role of another team', () => {
  const OWN = '{notify: [dxw/week/engineer], escalate_after: 5 minutes}, {notify: [paas/week/engineer]';
  const free = `== rotas/dxw/free.yaml\n${rota(true).replace('people: [amara]', 'people: []')}\n`;
  test.each<[what: string, head: string, line: RegExp]>([
    ['called earlier', but(base, OWN, '{notify: [paas/week/engineer]'), /^nia: chain own level 1 paas/],
    [
      'called first, because nobody is at the level before it',
      but(base, OWN, OWN.replace('dxw/week', 'dxw/free')).concat(free),
      /^nia: chain own paas\/week\/engineer called before others$/,
    ],
    [
      'called on in a window that has no chain any more',
      but(base, ', night: other', ''),
      /^nia: chain own paas\/week\/engineer called at other times$/,
    ],
  ])('%s: a lead of that team agrees', (_, head, line) =>
    expect(asked(head)).toContainEqual(expect.stringMatching(line)),
  );

  test('called on one more day, which is no holiday any more: no lead is asked about each chain', () =>
    expect(asked(but(base, '2026-12-25: Christmas Day', '2026-11-25: Yesterday'))).toEqual([
      'ben: chain own ben called at other times',
    ]));
});

describe('a person', () => {
  const earlier = but(
    base,
    '{notify: [dxw/week/engineer], escalate_after: 5 minutes}, {notify: [paas',
    '{notify: [person: ben], escalate_after: 5 minutes}, {notify: [paas',
  );

  test('who is called earlier by one chain is asked about it, whatever else asks them for the same service', () => {
    expect(asked(earlier)).toContain('ben: chain own ben called before others');
    expect(asked(but(earlier, 'night: other', 'night: last'))).toEqual(
      expect.arrayContaining([
        'ben: chain own ben called before others',
        'ben: service site ben called in night',
      ]),
    );
  });

  test('has one reason for each chain, with every way in which it calls them', () => {
    const twin = (text: string) =>
      text.replace(
        '  site:',
        '  a-twin: {name: Twin, team: dxw, service_level: all, escalation: {day: own}}\n  site:',
      );
    const head = but(twin(earlier), ', night: other', '');
    expect(asked(head)).toContain('ben: chain own ben called at other times, and before others');
  });
});
