/** Which leads speak for somebody who is on no rota, is removed, or is new, and for a contact. */
import { describe, expect, test } from 'vitest';
import { hasLeftBy } from '../../actions/lib/compare/people.ts';
import { foundInPull } from '../found.ts';
import { aHandbook, at, but, checked, NIGHTS_ROTA } from '../handbook.ts';

const NOW = '2026-11-21T12:00:00Z';

const base = aHandbook({
  people: {
    amara: 'name: Amara, github: amara-o, delivery_lead: dee',
    ben: 'name: Ben, github: ben-a',
    chi: 'name: Chi, github: chi-w',
    dee: 'name: Dee, github: dee-k',
    gia: 'name: Gia, github: gia-g',
    hal: 'name: Hal, pagerduty: PHAL001',
    mallory: 'name: Mallory, github: mallory-m',
    nia: 'name: Nia, github: nia-r',
    olu: 'name: Olu, github: olu-a',
    pat: 'name: Pat, email: pat@example.org, delivery_lead: dee',
  },
  policies: {
    notice: 'rota_change: {minimum: 7 days}\nconsent: []',
    'support-hours/all': `name: All
timezone: Europe/London
windows:
  day: [{days: every, from: "09:00", to: "17:00"}]`,
    'service-levels/all':
      'name: All\nhours: all\npriorities: {P1: {name: One, in_hours: {respond: 1 hour}}}\nclock: {day: in_hours}\nexample: true',
    'escalation/night':
      'name: Night\napplies_in: [day]\nlevels: [{notify: [paas/nights/engineer], escalate_after: 5 minutes}, {notify: [{person: olu}]}]',
    'escalation/box':
      'name: Box\napplies_in: [day]\nlevels: [{notify: [{contact: inbox}, {contact: hals-phone}]}]',
    services: 'services:\n  desk: {name: Desk, team: paas, service_level: all, escalation: {day: box}}\n',
  },
  rotas: {
    'mal/team': 'name: Mal\nleads: [mallory]',
    'paas/team': 'name: PaaS\nleads: [nia]',
    'paas/nights': NIGHTS_ROTA,
  },
}).replace(
  'people:\n',
  'contacts:\n  inbox: {name: Inbox, pagerduty: PINBOX1}\n  hals-phone: {name: H, pagerduty: PHAL001}\n' +
    '  spare: {name: Spare, pagerduty: PSPARE1}\npeople:\n',
);

const INBOX = '  inbox: {name: Inbox, pagerduty: PINBOX1}\n';
const PAT = '  pat: {name: Pat, email: pat@example.org, delivery_lead: dee}\n';

const MALS_ROTA = `== rotas/mal/days.yaml
name: Days
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles:
  helper:
    rotation:
      - {first_turn: 2026-09-02, people: [mallory]}
`;

/** For each consent that is missing, the people any of whom may agree, where somebody unknown wrote it. */
const mayAgree = (head: string, own = base): string[] =>
  foundInPull('consent', own, head, NOW, { author: 'zed-z' })
    .map((line) => /anyOf: \[(.*)\]\}/.exec(line)?.[1] ?? line)
    .toSorted();

const added = (person: string, own = base) => but(own, 'people:\n', `people:\n  zoe: {${person}}\n`);

test('the handbook has no fault', () => {
  expect(checked(base)).toEqual([]);
});

describe('for somebody on no rota, whose login or account changes,', () => {
  test.each<[who: string, change: readonly [string, string], anyOf: string]>([
    ['leads of the teams whose chains call them', ['github: olu-a', 'github: mal-2'], 'olu, nia'],
    [
      'also by the account of a contact',
      ['name: Hal, pagerduty: PHAL001', 'name: Hal, pagerduty: PMAL002'],
      'nia',
    ],
    ['leads of those for whom they are delivery lead', ['github: dee-k', 'github: mal-2'], 'dee, nia'],
    ['any lead, where no team is concerned', ['github: gia-g', 'github: mal-2'], 'gia, mallory, nia'],
  ])('%s', (_, [passage, other], anyOf) => {
    expect(mayAgree(but(base, passage, other))).toEqual([anyOf]);
  });

  test('and of each, so that no team gains a voice by naming them as well', () => {
    for (const [passage, other] of [
      ['leads: [mallory]', 'leads: [mallory, nia, olu]'],
      ['name: Mallory, github: mallory-m', 'name: Mallory, github: mallory-m, delivery_lead: olu'],
    ] as const) {
      const own = but(base, passage, other) + MALS_ROTA;
      expect(mayAgree(but(own, 'github: olu-a', 'github: mal-2'), own)).toEqual(
        expect.arrayContaining(['olu, nia']),
      );
    }
    const own = but(base, 'leads: [mallory]', 'leads: [mallory, nia]');
    expect(mayAgree(but(own, 'github: nia-r', 'github: mal-2'), own)).toEqual(['nia', 'nia, mallory']);
  });
});

test('somebody has left once their last day, of UTC, is over', () => {
  const person = { lastOn: at('2026-06-30T00:00Z') / 86_400_000 };
  expect(hasLeftBy(person, at('2026-06-30T23:59Z'))).toBe(false);
  expect(hasLeftBy(person, at('2026-07-01T00:00Z'))).toBe(true);
  expect(hasLeftBy(undefined, at('2026-07-01T00:00Z'))).toBe(false);
});

describe('for somebody on a rota, leads of each team', () => {
  test.each([
    ['that they lead as well', '2026-11-12'],
    ['that they lead, though they are on none now', '2024-11-12'],
  ])('%s', (_, on) => {
    const hour = `overrides: [{role: engineer, person: mallory, from: ${on}T18:00, to: ${on}T19:00}]`;
    const own = but(base, '== rotas/paas/nights.yaml\n', `== rotas/paas/nights.yaml\n${hour}\n`);
    for (const other of [', github: other', ''])
      expect(mayAgree(but(own, ', github: mallory-m', other), own)).toEqual(['mallory', 'mallory, nia']);
  });

  test('on whose rotas they are', () => {
    const own = `${base}${MALS_ROTA.replace('people: [mallory]', 'people: [mallory, chi]')}`;
    expect(mayAgree(but(own, 'github: chi-w', 'github: other'), own)).toEqual(['chi, mallory', 'chi, nia']);
  });

  test('but any of these, to whether they are vetted', () => {
    const own = `${base}${MALS_ROTA.replace('people: [mallory]', 'people: [mallory, chi]')}`;
    const vetted = but(own, 'github: chi-w', 'github: chi-w, vetted_on: 2026-01-01');
    expect(mayAgree(vetted, own)).toEqual(['mallory, nia']);
  });

  test('and that reaches them off duty by a contact with their account', () => {
    const account = but(base, 'name: Gia, github: gia-g', 'name: Gia, github: gia-g, pagerduty: PSPARE1');
    const schedule = '  engineer:\n    pagerduty: {schedule: PNIGHTS, off_duty: spare}\n';
    const own = but(account, '  engineer:\n', schedule);
    expect(mayAgree(but(own, ', github: gia-g', ''), own)).toEqual(['gia, nia']);
  });
});

test('a day of vetting is for leads of the rotas that somebody is on, whoever else names them', () => {
  const had = but(base, 'github: mallory-m', 'github: mallory-m, delivery_lead: amara') + MALS_ROTA;
  const vetted = but(had, 'github: amara-o', 'github: amara-o, vetted_on: 2026-01-01');
  expect(mayAgree(vetted, had)).toEqual(['nia']);
});

test.each<[what: string, from: string, to: string]>([
  ['goes', INBOX, ''],
  ['comes back, with another account', '', '  inbox: {name: Inbox, pagerduty: PMALLO1}\n'],
])('a lead of the team whose chain names a contact all along agrees when that %s', (_, from, to) => {
  const [had, head] = [from, to].map((text) => but(base, INBOX, text)) as [string, string];
  expect(mayAgree(head, had)).toEqual(['nia']);
  const [unnamed, then] = [had, head].map((text) => but(text, '{contact: inbox}, ', '')) as [string, string];
  expect(mayAgree(then, unnamed)).toEqual([]);
});

test('a lead of each team that names somebody who comes back agrees to their login and account', () => {
  const AMARA = '  amara: {name: Amara, github: amara-o, delivery_lead: dee}\n';
  const had = but(base, AMARA, '');
  const back = but(base, AMARA, '  amara: {name: Amara, github: mallory-m, pagerduty: PMALLO1}\n');
  expect(mayAgree(back, had)).toEqual(['nia']);
  expect(foundInPull('identity', had, back, NOW)).toEqual([
    expect.stringContaining('{kind: person, id: amara, key: name, after: Amara}'),
    expect.stringContaining('{kind: person, id: amara, key: github, after: mallory-m}'),
    expect.stringContaining('{kind: person, id: amara, key: pagerduty, after: PMALLO1}'),
  ]);
  const fresh = '  zoe: {name: Zoe, github: zoe-q}\n';
  expect(mayAgree(but(base, AMARA, AMARA + fresh))).toEqual([]);
});

test('for a contact, leads of the teams that call it, or any', () => {
  const own = `${base}== policies/escalation/mine.yaml
name: Mine
applies_in: [day]
levels: [{notify: [mal/days/helper, {contact: inbox}]}]
${MALS_ROTA}`;
  expect(mayAgree(but(own, 'PINBOX1', 'PMALBOX'), own)).toEqual(['mallory', 'nia']);
  expect(mayAgree(but(base, 'PINBOX1', 'PMALBOX'))).toEqual(['nia']);
  expect(mayAgree(but(base, 'PSPARE1', 'PMALBOX'))).toEqual(['mallory, nia']);
});

describe('somebody who is removed, without a login or an account,', () => {
  test('is missed by a lead, and not by a delivery lead alone', () => {
    expect(mayAgree(but(base, PAT, ''))).toEqual(['dee, mallory, nia', 'mallory, nia']);
    expect(foundInPull('identity', base, but(base, PAT, ''), NOW)).toEqual([
      expect.stringContaining('{kind: person, id: pat, key: delivery_lead, before: dee}'),
      expect.stringContaining('{kind: person, id: pat, key: name, before: Pat}'),
    ]);
  });

  test('and is by everybody on a rota, where there is no lead', () => {
    const bare = PAT.replace(', delivery_lead: dee', '');
    const own = but(base, PAT, bare).replace('leads: [mallory]', '').replace('leads: [nia]', '');
    const found = foundInPull('consent', own, but(own, bare, ''), NOW, { author: 'ben-a' });
    expect(found.map((line) => /person: \w+/.exec(line)?.[0])).toEqual(['person: amara', 'person: chi']);
  });
});

describe('somebody new who is vetted', () => {
  test('needs a lead, of each team on whose rotas they are', () => {
    expect(mayAgree(added('name: Zoe, github: zoe-z, vetted_on: 2026-01-01'))).toEqual(['mallory, nia']);
    const placed = added('name: Zoe, github: zoe-z, vetted_on: 2026-01-01');
    expect(mayAgree(but(placed, 'people: [amara, ben, chi]', 'people: [amara, ben, chi, zoe]'))).toEqual([
      'nia',
    ]);
  });

  test('needs them for a record of onboarding as well', () => {
    expect(mayAgree(added('name: Zoe, github: zoe-z, onboarded: {paas: {vpn: 2026-01-01}}'))).toEqual([
      'mallory, nia',
    ]);
  });

  test('needs nobody, if they are not, or are somebody by another id', () => {
    expect(mayAgree(added('name: Zoe, github: zoe-z'))).toEqual([]);
    const own = added('name: Zoe, github: zoe-z, vetted_on: 2026-01-01');
    expect(mayAgree(but(own, 'zoe:', 'zoe-z:'), own)).toEqual([]);
  });

  test('is no other by two who claim one login', () => {
    const own = added('name: Zoe, github: zoe-z');
    const both =
      '  one: {name: One, github: zoe-z, vetted_on: 2026-01-01}\n  two: {name: Two, github: zoe-z, vetted_on: 2026-01-01}\n';
    const found = foundInPull('identity', own, but(own, '  zoe: {name: Zoe, github: zoe-z}\n', both), NOW);
    expect(
      found.filter((line) => line.includes('key: vetted_on')).map((line) => /id: \w+/.exec(line)?.[0]),
    ).toEqual(expect.arrayContaining(['id: one', 'id: two']));
  });
});

describe('somebody without a login, whose word alone would count,', () => {
  const named = (person: string) =>
    `${base}${MALS_ROTA}`.replace('people: [mallory]', `people: [mallory, ${person}]`);
  const called = (person: string) =>
    `${base}== policies/escalation/mine.yaml\nname: Mine\napplies_in: [day]\nlevels: [{notify: [{person: ${person}}]}]\n`;

  test('is spoken for by the leads to whom they matter, and not by the one who newly calls or names them', () => {
    expect(mayAgree(called('hal'))).toEqual(['nia']);
    // Mallory agrees for herself.
    expect(
      mayAgree(named('hal').replace('2026-09-02, people: [mallory', '2029-01-03, people: [mallory')),
    ).toEqual(['mallory', 'nia']);
    expect(mayAgree(but(base, 'name: Hal,', 'name: Hal, github: mal-2,'))).toEqual(['nia']);
  });

  test('by any lead, where they matter to no team, and by nobody else where they have one', () => {
    expect(mayAgree(called('pat'))).toEqual(['mallory, nia']);
    expect(mayAgree(called('gia'))).toEqual(['gia']);
  });
});

describe('who was long ago on a rota is asked before it names them again,', () => {
  const entry = (firstTurn: string, person: string) =>
    `      - {first_turn: ${firstTurn}, people: [${person}]}\n`;
  const had = (entries: string) => `${base}${MALS_ROTA.replace('rotation:\n', `rotation:\n${entries}`)}`;
  test.each<[what: string, again: string]>([
    [
      'though somebody else takes that turn',
      `${entry('2027-02-03', 'ben')}${entry('2027-02-10', 'mallory')}overrides: [{role: helper, turn: 2027-02-03, person: mallory}]\n`,
    ],
    ['also beyond the published span', entry('2029-01-03', 'ben')],
  ])('%s', (_, again) => {
    const own = had(entry('2025-03-05', 'ben'));
    expect(mayAgree(own + again, own)).toEqual(['ben']);
  });

  const LATER = entry('2029-01-03', 'ben');
  const others = Array.from({ length: 40 }, () => 'mallory').join(', ');
  test.each<[what: string, entries: string, again: string, asked: readonly string[]]>([
    [
      'where their last turn within the span is over',
      entry('2026-11-11', 'ben') + entry('2026-11-18', 'mallory'),
      LATER,
      ['ben'],
    ],
    [
      'where they have their last turn in two weeks',
      entry('2026-12-02', 'ben') + entry('2026-12-09', 'mallory'),
      LATER,
      ['ben'],
    ],
    [
      'where the entry begins within the span, and their turns of it after that',
      entry('2026-11-11', 'ben') + entry('2026-11-18', 'mallory'),
      entry('2026-12-02', `${others}, ben`),
      ['ben'],
    ],
    ['unless it named them beyond it already', entry('2028-12-06', 'ben'), LATER, []],
  ])('beyond the published span, %s', (_, entries, again, asked) => {
    const own = had('') + entries;
    expect(mayAgree(own + again, own)).toEqual(asked);
  });
});

describe('somebody is of the team in which they were last, and not of one of long ago,', () => {
  const days = (rota: string) =>
    `${base}${MALS_ROTA.replace('rotation:', 'rotation:\n      - {first_turn: 2025-01-01, people: [gia]}')}${rota}`;
  test.each<[what: string, handover: string, rotation: string]>([
    [
      'by an agreed turn of half a year that is not over',
      '{day: wednesday, time: "10:00", weeks: 26}',
      '    turns: {2026-07-01: gia}\n    rotation: [{first_turn: 2025-07-02, people: [nia]}]',
    ],
    [
      'on duty until some days ago',
      '{day: wednesday, time: "10:00"}',
      '    rotation: [{first_turn: 2026-11-04, people: [gia]}, {first_turn: 2026-11-11, people: [nia]}]',
    ],
  ])('%s', (_, handover, rotation) => {
    const long = `== rotas/paas/long.yaml
name: Long
timezone: Europe/London
handover: ${handover}
roles:
  holder:
${rotation}
`;
    const own = days(long);
    expect(mayAgree(but(own, 'github: gia-g', 'github: mal-2'), own)).toEqual(['gia, nia']);
  });
});

test('who enters a rotation beyond the published span is asked about that, too, where they take some time within it', () => {
  const own = but(`${base}${MALS_ROTA}`, 'consent: []', 'consent: [both-people]').concat(
    '== policies/publishing.yaml\nback: 1 month\nahead: 1 month\n',
  );
  const [weeks, week, minute] = [
    '      - {first_turn: 2026-12-02, people: [mallory, mallory, mallory, mallory, mallory, mallory, ben]}\n',
    ['2026-12-02, people: [ben]', '2026-12-09, people: [mallory]', '2029-01-03, people: [ben]']
      .map((entry) => `      - {first_turn: ${entry}}\n`)
      .join(''),
    'overrides: [{role: helper, person: ben, from: 2026-12-10T10:00, to: 2026-12-10T10:01}]\n',
  ];
  const named = (more: string) =>
    foundInPull('identity', own, own.replace('== policies/publishing', `${more}$&`), NOW, {
      author: 'mallory-m',
    });
  const line = [expect.stringContaining('kind: named, id: mal/days, key: ben')];
  expect([named(weeks), named(week), named(`${weeks}${minute}`)]).toEqual([line, line, line]);
});

test('leads of teams whose turns somebody has as a follower, earlier or later than they are written', () => {
  const turns = (by: number, ...on: readonly string[]) =>
    `${MALS_ROTA.replace('[mallory]', '[mallory, vic]')}== rotas/paas/days.yaml
name: Days
timezone: Europe/London
handover: {day: wednesday, time: "10:00", weeks: 4}
roles:
  engineer:
    rotation: [{first_turn: 2026-06-10, people: [amara]}]
    turns: {${on.map((it) => `${it}: vic`).join(', ')}}
  second: {follows: {role: engineer, by: ${by}}}
`;
  const asked = (by: number, on: string) => {
    const had = added('name: Vic, github: vic-t', base).replace('  zoe:', '  vic:') + turns(by, on);
    return mayAgree(but(had, 'github: vic-t', 'github: mal-2'), had);
  };
  expect(asked(-2, '2026-08-05')).toEqual(['vic, mallory', 'vic, nia']);
  expect(asked(1, '2027-06-09')).toEqual(['vic, mallory', 'vic, nia']);
  expect(asked(-1, '2026-06-10')).toEqual(['vic, mallory']);
});

test('leads of teams whose turn goes on for months, as its hand-over is amended before the next entry begins', () => {
  const had =
    added('name: Vic, github: vic-t').replace('  zoe:', '  vic:') +
    `${MALS_ROTA.replace('[mallory]', '[mallory, vic]')}== rotas/paas/days.yaml
name: Days
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles:
  engineer:
    rotation: [{first_turn: 2026-06-03, people: [amara]}, {first_turn: 2027-02-01, people: [amara]}]
    turns: {2026-08-12: vic}
amendments: [{first_day: 2026-08-15, handover: {day: monday, time: "10:00"}}]
`;
  expect(mayAgree(but(had, 'github: vic-t', 'github: mal-2'), had)).toEqual(['vic, mallory', 'vic, nia']);
});

test('a week that is written out for years ahead at another team makes it one of those concerned, and old ones do not', () => {
  const had = (line: string) =>
    added('name: Vic, github: vic-t').replace('  zoe:', '  vic:') +
    MALS_ROTA.replace('[mallory]', '[mallory, vic]') +
    line;
  const agree = (line: string) => {
    const own = had(`== rotas/paas/days.yaml
name: Days
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles:
  engineer:
    rotation: [{first_turn: 2026-06-03, people: [amara]}]
${line}`);
    return mayAgree(but(own, 'github: vic-t', 'github: mal-2'), own);
  };
  expect(agree('    turns: {2029-08-01: vic}\n')).toEqual(['vic, mallory', 'vic, nia']);
  expect(agree('overrides: [{role: engineer, turn: 2029-08-01, person: vic}]\n')).toEqual([
    'vic, mallory',
    'vic, nia',
  ]);
  expect(agree('    turns: {2026-08-12: vic}\n')).toEqual(['vic, mallory']);
  const led = base + MALS_ROTA.replace('    rotation:', '    turns: {2029-08-01: amara}\n    rotation:');
  expect(mayAgree(but(led, 'github: dee-k', 'github: mal-2'), led)).toEqual(['dee, mallory', 'dee, nia']);
});

test('an old turn is not within the published span because hand-overs are rarer in years to come', () => {
  const later = `      - {first_turn: 2030-01-02, people: [mallory]}
amendments: [{first_day: 2030-01-02, handover: {day: wednesday, time: "10:00", weeks: 26}}]
`;
  const own = base + MALS_ROTA.replace('    rotation:', '    turns: {2026-09-09: ben}\n    rotation:');
  const named = (more: string) =>
    foundInPull(
      'identity',
      own + more,
      `${own}      - {first_turn: 2026-12-16, people: [ben]}\n${more}`,
      NOW,
      { author: 'mallory-m' },
    );
  const line = [expect.stringContaining('kind: named, id: mal/days, key: ben')];
  expect([named(''), named(later)]).toEqual([line, line]);
});
