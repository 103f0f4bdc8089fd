/** A list of holidays that teams share: whose lead agrees to further days of it, and to who goes by it. */
import { describe, expect, test } from 'vitest';
import { foundInPull } from '../found.ts';
import { aHandbook, but, NIGHTS_ROTA } from '../handbook.ts';

const NOW = '2026-12-05T12:00:00Z';
const JANUARY = ', 2027-01-04: Day, 2027-01-05: Day';
const list = (name: string, until: string, more = '') =>
  `name: ${name}\ncomplete_from: 2026-09-01\ncomplete_until: ${until}\nholidays: {2026-12-25: Christmas Day${more}}`;
const hours = (name: string, holidays: string) =>
  `name: ${name}\ntimezone: Europe/London\nholidays: ${holidays}\nwindows:\n  day: [{days: working, from: "09:00", to: "17:00"}]\n  night: {outside: [day]}`;
const rota = (own: string, people: string) =>
  NIGHTS_ROTA.replace('handover', `hours: ${own}\ncovers: [night]\nhandover`).replace(
    /people: \[.*?\]/,
    `people: [${people}]`,
  );

/** Nia leads paas, whose nights go by one list; Mallory leads mal, whose nights and service go by others. */
const base = aHandbook({
  people: {
    amara: 'name: Amara, github: amara-o',
    ben: 'name: Ben, github: ben-a',
    mallory: 'name: Mallory, github: mallory-m',
    nia: 'name: Nia, github: nia-r',
  },
  policies: {
    notice: 'consent: [both-people]',
    publishing: 'ahead: 8 weeks\nback: 1 week',
    'holidays/days': list('Days', '2026-12-31'),
    'holidays/mal': list('Mal', '2026-12-31'),
    'holidays/other': list('Other', '2027-12-31', JANUARY),
    'support-hours/day': hours('Day', 'days'),
    'support-hours/mal': hours('Mal', 'mal'),
    'support-hours/other': hours('Other', 'other'),
    'service-levels/other':
      'name: Other\nhours: other\npriorities: {P1: {name: One, in_hours: {respond: 1 hour}}}\nclock: {day: in_hours, night: none}',
    'escalation/mal': 'name: Mal\napplies_in: [day]\nlevels: [{notify: [{person: mallory}]}]',
    services: 'services:\n  mal: {name: Mal, team: mal, service_level: other, escalation: {day: mal}}\n',
  },
  rotas: {
    'mal/team': 'name: Mal\nleads: [mallory]',
    'mal/nights': rota('mal', 'mallory'),
    'paas/team': 'name: PaaS\nleads: [nia]',
    'paas/nights': rota('day', 'ben, amara'),
  },
});

/** For each change of identity, what changes and who may agree, where Mallory wrote the pull request, or another. */
const asked = (head: string, had = base, author = 'mallory-m') =>
  foundInPull('consent', had, head, NOW, { author })
    .map((line) => /\{kind: holidays, id: (.*)\}/.exec(line)?.[1] ?? line)
    .toSorted();

const days = list('Days', '2026-12-31');
const longer = (text: string) => but(text, days, list('Days', '2027-12-31', JANUARY));
const ofPaas = 'anyOf: [nia]';
const further = `days, keys: [2027-01-04, 2027-01-05], ${ofPaas}`;
const toMal = (text: string) => but(text, hours('Mal', 'mal'), hours('Mal', 'days'));

describe('a lead of the rotas’ team agrees to their further holidays', () => {
  test('where a list is made longer', () => {
    expect(asked(longer(base))).toEqual([further]);
  });

  test('where the rotas go by a list of services instead, which stays as it is', () => {
    const head = but(base, hours('Day', 'days'), hours('Day', 'other'));
    expect(asked(head)).toEqual([`other, keys: [2027-01-04, 2027-01-05], ${ofPaas}`]);
  });

  test('also where a rota of the author comes to go by the list at the same time', () => {
    expect(asked(longer(toMal(base)))).toEqual([further, `days, keys: [mal/nights], ${ofPaas}`].toSorted());
  });

  test('also where a service of another team goes by the list', () => {
    const had = but(base, hours('Other', 'other'), hours('Other', 'days'));
    expect(asked(longer(had), had)).toEqual([further]);
  });

  test('or of any other that had the same list before', () => {
    const had = toMal(base);
    expect(asked(longer(had), had)).toEqual([]);
    const renamed = but(had, '== policies/holidays/days.yaml', '== policies/holidays/bank.yaml');
    const head = longer(renamed).replaceAll('holidays: days', 'holidays: bank');
    expect(asked(head, had)).toEqual([]);
  });

  test('once, where services of the same team go by the list', () => {
    const had = but(
      but(base, hours('Other', 'other'), hours('Other', 'days')),
      'mal, service_level: other, escalation: {day: mal}',
      'paas, service_level: other, escalation: {day: mal}',
    );
    expect(asked(longer(had), had)).toEqual([
      expect.stringContaining(`days, keys: [complete_until, 2027-01-04, 2027-01-05], `),
    ]);
  });
});

/** A service of paas goes by their list; its chain calls somebody of paas, or whoever has the nights of mal. */
const calling = (text: string, target: string) =>
  but(
    text,
    'services:\n',
    'services:\n  site: {name: Site, team: paas, service_level: day, escalation: {day: site}}\n',
  ) +
  `== policies/service-levels/day.yaml
name: Day
hours: day
priorities: {P1: {name: One, in_hours: {respond: 1 hour}}}
clock: {day: in_hours, night: none}
== policies/escalation/site.yaml
name: Site
applies_in: [day]
levels: [{notify: [${target}]}]
`;

describe('a lead of a team that goes by a list agrees to another team that does', () => {
  const ofMal = `days, keys: [mal/nights], ${ofPaas}`;
  const service = (text: string) => but(text, hours('Other', 'other'), hours('Other', 'days'));
  const usedBy = `days, keys: [used by], ${ofPaas}`;
  const alone = calling(base, 'person: ben');
  const together = calling(base, 'mal/nights/engineer');

  test.each<[what: string, asked: string, head: string, had?: string]>([
    ['through a rota, by its hours', ofMal, toMal(base)],
    [
      'through a new rota',
      `days, keys: [mal/new], ${ofPaas}`,
      `${base}== rotas/mal/new.yaml\n${rota('day', 'mallory')}\n`,
    ],
    ['through a rota, where services call that team', ofMal, toMal(together), together],
    ['through a service', usedBy, service(base)],
    ['through a service, where another comes to call that team', usedBy, service(together), alone],
    ['which a service comes to call', usedBy, together, alone],
  ])('%s', (_, found, head, had = base) => {
    expect(asked(head, had)).toContainEqual(found);
  });

  test('and nobody to a list that no team goes by', () => {
    expect(asked(but(free, hours('Mal', 'mal'), hours('Mal', 'free')), free)).toEqual([]);
  });
});

const free = `${base}== policies/holidays/free.yaml\n${list('Free', '2026-12-31')}\n`;

describe('a lead of the team of a rota agrees that it comes to a list', () => {
  const toList = (text: string, id: string) => but(text, hours('Day', 'days'), hours('Day', id));

  test.each<[what: string, asked: readonly string[], head: string, had?: string]>([
    ['that another team goes by', [`mal, keys: [paas/nights], ${ofPaas}`], toList(base, 'mal')],
    ['beside its own', [`mal, keys: [paas/nights], ${ofPaas}`], toList(base, '[days, mal]')],
    [
      'that the rotas of two teams come to',
      [`free, keys: [mal/nights, paas/nights], ${ofPaas}`],
      but(toList(free, 'free'), hours('Mal', 'mal'), hours('Mal', 'free')),
      free,
    ],
    ['and nobody if no other team does', [], toList(free, 'free'), free],
    [
      'nor if the same teams shared another',
      [],
      toMal(free).replaceAll('holidays: days', 'holidays: free'),
      toMal(free),
    ],
  ])('%s', (_, found, head, had = base) => {
    expect(asked(head, had)).toEqual(found);
  });

  test('that it shared once, and left', () => {
    const left = (holidays: string) =>
      but(
        base,
        hours('Day', 'days'),
        `${hours('Day', 'mal')}\namendments: [{first_day: 2026-10-01, ${holidays}}]`,
      );
    const had = left('holidays: days');
    const head = left('holidays: mal');
    const shared = `mal, keys: [paas/nights], ${ofPaas}`;
    expect(asked(head, had)).toEqual([shared]);
    expect(asked(but(head, list('Mal', '2026-12-31'), list('Mal', '2027-12-31', JANUARY)), had)).toEqual([
      `mal, keys: [2027-01-04, 2027-01-05], ${ofPaas}`,
      shared,
    ]);
  });

  test('or of one that has it then, if its own went by it on other days alone', () => {
    const early = (until: string, more = '') =>
      list('Days', until, more).replace('complete_from: 2026-09-01', 'complete_from: 2020-01-01');
    const had = but(
      but(base, list('Days', '2026-12-31'), early('2026-12-31')),
      hours('Day', 'days'),
      `${hours('Day', 'other')}\namendments: [{first_day: 2026-11-01, holidays: days}]`,
    );
    const long = '\namendments: [{first_day: 2020-02-01, holidays: mal}]';
    const once = but(had, hours('Mal', 'mal'), `${hours('Mal', 'days')}${long}`);
    const again = `${once}== policies/support-hours/again.yaml\n${hours('Again', 'days')}\n== rotas/mal/again.yaml\n${rota('again', 'mallory')}\n`;
    expect(asked(again, once)).toEqual([`days, keys: [mal/again], ${ofPaas}`]);
  });

  test('nor is one of a team that goes by the list on other days asked about further holidays for it', () => {
    const on = (id: string, before: string, after: string) =>
      `${hours(id, before)}\namendments: [{first_day: 2027-01-05, holidays: ${after}}]`;
    const had = but(
      but(base, hours('Day', 'days'), on('Day', 'other', 'days')),
      hours('Mal', 'mal'),
      on('Mal', 'days', 'other'),
    );
    expect(asked(longer(had), had)).toEqual([`days, keys: [2027-01-05], ${ofPaas}`]);
  });

  test('not if it shared another with the same teams, whoever writes that', () => {
    const more = (team: string, own: string, people: string) =>
      `== rotas/${team}/more.yaml\n${rota(own, people)}\n`;
    const had =
      toMal(free) +
      more('paas', 'free', 'ben') +
      more('mal', 'free', 'mallory') +
      `== policies/support-hours/free.yaml\n${hours('Free', 'free')}\n`;
    const head = but(had, more('paas', 'free', 'ben'), more('paas', 'day', 'ben'));
    expect(asked(head, had, 'dee')).toEqual([]);
  });

  test('not of a new team, which has no lead yet', () => {
    const head =
      `${base}== rotas/new/team.yaml\nname: New\nleads: [amara]\n` +
      `== rotas/new/nights.yaml\n${rota('day', 'amara')}\n`;
    expect(asked(head, base, 'dee').filter((line) => line.startsWith('days'))).toEqual([
      `days, keys: [new/nights], ${ofPaas}`,
    ]);
  });
});

test('a day that has begun at the end of the published span, where the list is at home, is asked about', () => {
  const had = but(
    but(base, 'name: Other\ncomplete_from', 'name: Other\ntimezone: Pacific/Auckland\ncomplete_from'),
    'name: Other\ntimezone: Europe/London',
    'name: Other\ntimezone: America/New_York',
  );
  const [last, after] = ['2027-02-01', '2027-02-02'].map((day) =>
    foundInPull('identity', had, but(had, JANUARY, `${JANUARY}, ${day}: Day`), NOW),
  );
  expect(last).toEqual([
    expect.stringContaining('{kind: holidays, id: other, key: 2027-02-01, after: holiday}'),
  ]);
  expect(after).toEqual([]);
});

test.each(['2027-01-30', '2027-01-31', '2027-02-01', '2027-02-02', '2027-02-03'])(
  'a further holiday at the end of the published span is asked about, in whichever zone the list is: %s',
  (day) => {
    const [short, long] = [
      list('Other', '2027-01-29', JANUARY),
      list('Other', '2027-12-31', `${JANUARY}, ${day}: Day`),
    ];
    const had = but(
      but(
        but(base, list('Other', '2027-12-31', JANUARY), `${short}\ntimezone: Pacific/Auckland`),
        'name: Other\ntimezone: Europe/London',
        'name: Other\ntimezone: America/New_York',
      ),
      rota('mal', 'mallory'),
      rota('other', 'mallory'),
    );
    expect(asked(but(had, short, long), had, 'dee')).toContainEqual(
      expect.stringMatching(/^other, keys: \[.*2027-0/),
    );
  },
);
