/** A pull request that makes a list of holidays longer: whose time it gives, and whose it takes. */
import { describe, expect, test } from 'vitest';
import { compare } from '../../actions/lib/compare/compare.ts';
import { foundInPull } from '../found.ts';
import { aHandbook, at, but, loaded } from '../handbook.ts';

const NOW = '2026-12-05T12:00:00Z';
const list = (from: string, until: string, more = '') =>
  `name: Days\ncomplete_from: ${from}\ncomplete_until: ${until}\nholidays: {2026-12-25: Christmas Day${more}}`;

const KNOWN = list('2026-10-05', '2026-12-31');

const base = aHandbook({
  people: {
    amara: 'name: Amara, github: amara-o',
    ben: 'name: Ben, github: ben-a',
    mallory: 'name: Mallory, github: mallory-m',
    nia: 'name: Nia, github: nia-r',
  },
  policies: {
    notice: 'consent: [both-people]\ncorrection: {label: correction}',
    publishing: 'ahead: 8 weeks\nback: 1 week',
    'holidays/days': KNOWN,
    'support-hours/day':
      'name: Day\ntimezone: Europe/London\nholidays: days\nwindows:\n  day: [{days: working, from: "09:00", to: "17:00"}]',
  },
  rotas: {
    'paas/team': 'name: PaaS\nleads: [nia]',
    'paas/days': `name: Days
timezone: Europe/London
hours: day
handover: {day: wednesday, time: "10:00"}
roles:
  engineer:
    rotation: [{first_turn: 2026-09-02, people: [ben, mallory]}]
    turns: {2026-12-09: ben, 2027-01-13: amara}`,
  },
});

const longer = (text: string) =>
  but(text, KNOWN, list('2026-10-05', '2028-12-31', ', 2027-12-27: Christmas Day'));
const asked = (head: string, had = base) =>
  foundInPull('consent', had, head, NOW, { author: 'mallory-m' }).map(
    (line) => /consent\/(.*)$/.exec(line)?.[1] ?? line,
  );
const ofAmara = (head: string, had = base) => asked(head, had).filter((line) => line.includes('amara'));

/** The people who are asked for their time; a line for anything else. */
const peopleAsked = (head: string, had = base) =>
  asked(head, had).map((line) => /person: (\w+)/.exec(line)?.[1] ?? line);
const takenFromAmara = (text: string) => but(text, '2027-01-13: amara', '2027-01-13: mallory');
const KNOWS_MORE = list('2026-10-05', '2028-12-31', ', 2027-12-27: Christmas Day');
const HOURS = 'hours: day';
const otherHours = (text: string, holidays: string) =>
  but(
    `== policies/support-hours/week.yaml\nname: Week\ntimezone: Europe/London\n${holidays}windows:\n  day: [{days: working, from: "09:00", to: "17:00"}]\n${text}`,
    HOURS,
    'hours: week',
  );

test('alone gives nobody time and takes none', () => {
  expect(asked(longer(base))).toEqual([]);
});

describe('asks the person who loses a turn', () => {
  test.each<[what: string, passage: string, other: string]>([
    ['which was agreed', '2027-01-13: amara', '2027-01-13: mallory'],
    ['which is agreed no more', ', 2027-01-13: amara', ''],
  ])('%s', (_, passage, other) => {
    expect(ofAmara(longer(but(base, passage, other)))).not.toEqual([]);
  });

  test.each<[what: string, head: string]>([
    [
      'another list takes its place',
      longer(
        takenFromAmara(base)
          .replaceAll('holidays: days', 'holidays: more')
          .replace('policies/holidays/days', 'policies/holidays/more'),
      ),
    ],
    [
      'the list has a zone as well',
      but(takenFromAmara(base), KNOWN, `${KNOWS_MORE}\ntimezone: Europe/London`),
    ],
    [
      'the rota has other hours',
      `== policies/holidays/more.yaml\n${KNOWS_MORE}\n${otherHours(takenFromAmara(base), 'holidays: more\n')}`,
    ],
    ['the rota has hours without holidays', otherHours(takenFromAmara(base), '')],
    ['the rota has no hours', but(takenFromAmara(base), `${HOURS}\n`, '')],
    [
      'an amendment has other hours, a week after the list ends',
      `== policies/holidays/more.yaml\n${KNOWS_MORE}\n${but(
        otherHours(takenFromAmara(base), 'holidays: more\n'),
        'hours: week\n',
        'hours: day\namendments: [{first_day: 2027-01-08, hours: week}]\n',
      )}`,
    ],
    ['the rota is removed', base.slice(0, base.indexOf('== rotas/paas/days.yaml'))],
    [
      'all further days are holidays, which another pull request may change',
      but(
        takenFromAmara(base),
        KNOWN,
        list(
          '2026-10-05',
          '2027-01-31',
          [...Array(31).keys()].map((i) => `, 2027-01-${String(i + 1).padStart(2, '0')}: Day`).join(''),
        ),
      ),
    ],
  ])('also where %s', (_, head) => {
    expect(ofAmara(head).join()).toMatch('not-approved {person: amara}');
  });

  test('on record, where it begins earlier', () => {
    const had = but(base, '2026-12-09: ben', '2026-09-16: amara');
    const earlier = but(had, KNOWN, list('2026-01-01', '2026-12-31'));
    const head = but(earlier, '2026-09-16: amara', '2026-09-16: mallory');
    expect(ofAmara(head, had)).not.toEqual([]);
  });
});

test('asks the person who had extra time where it now is time of the rota', () => {
  const extra =
    '\noverrides: [{role: engineer, person: ben, from: 2027-01-14T10:00, to: 2027-01-14T12:00, extra: true}]';
  const had = `${base.trimEnd()}${extra}\n`;
  expect(peopleAsked(longer(base), had)).toContain('ben');
});

const nightsOf = (text: string) =>
  but(
    but(text, `${HOURS}\n`, `${HOURS}\ncovers: [night]\n`),
    'windows:\n',
    'windows:\n  night: {outside: [day]}\n',
  );

describe('a list that is made longer late, when its holidays are near or over,', () => {
  const had = nightsOf(base);
  const head = (more: string) => but(had, KNOWN, list('2026-10-05', '2028-12-31', more));
  const found = (rules: readonly string[], text: string, now: string) =>
    rules.flatMap((rule) => foundInPull(rule, had, text, now, { author: 'mallory-m' }));

  test.each(['2026-12-30T12:00:00Z', '2027-01-08T12:00:00Z'])(
    'asks a lead of those who are on duty then because of them, and needs no notice: %s',
    (now) => {
      const marked = head(', 2027-01-01: New Year, 2027-01-11: Day, 2027-01-14: Day');
      expect(found(['consent'], head(''), now)).toEqual([]);
      const keys = '2027-01-01, 2027-01-11, 2027-01-14';
      expect(found(['consent'], marked, now)).toEqual([
        `policies/holidays/days.yaml:4:11 error identity-not-agreed {kind: holidays, id: days, keys: [${keys}], anyOf: [nia]}`,
      ]);
      expect(found(['notice', 'history'], marked, now)).toEqual([]);
    },
  );
});

test('a list that begins earlier asks a lead about holidays of rotas on record, and about no earlier ones', () => {
  const had = nightsOf(base);
  const earlier = (more: string) =>
    foundInPull('consent', had, but(had, KNOWN, list('2025-01-01', '2026-12-31', more)), NOW, {
      author: 'mallory-m',
    });
  expect(earlier(', 2025-12-25: Christmas Day')).toEqual([]);
  expect(earlier(', 2025-12-25: Christmas Day, 2026-09-03: Day')).toEqual([
    expect.stringContaining('{kind: holidays, id: days, keys: [2026-09-03], anyOf: [nia]}'),
  ]);
});

test('asks nobody about a holiday that both know, on the day on which the hours of a rota are amended', () => {
  const had =
    `== policies/holidays/more.yaml\n${list('2027-01-01', '2028-12-31', ', 2027-01-01: New Year').replace('2026-12-25: Christmas Day, ', '')}\n${otherHours(base, 'holidays: more\n')}`.replace(
      'hours: week\n',
      'hours: day\namendments: [{first_day: 2027-01-01, hours: week}]\n',
    );
  const renamed = but(
    had,
    'name: Days\ntimezone: Europe/London\nhours',
    'name: Other\ntimezone: Europe/London\nhours',
  );
  expect(asked(renamed, had)).toEqual([]);
});

test('asks the person who gets extra time on a day that the list does not cover', () => {
  const extra =
    '\noverrides: [{role: engineer, person: ben, from: 2027-01-14T10:00, to: 2027-01-14T12:00, extra: true}]\n';
  expect(peopleAsked(base.trimEnd() + extra)).toContain('ben');
});

test('asks the person whose hours extra time takes on days that the list does not cover', () => {
  const extra = (hours: string) => `\noverrides: [{role: engineer, person: ben, ${hours}, extra: true}]\n`;
  const day = base.trimEnd() + extra('from: 2027-01-14T10:00, to: 2027-01-14T12:00');
  expect(new Set(peopleAsked(day))).toEqual(new Set(['amara', 'ben']));
  const night = base.trimEnd() + extra('from: 2027-01-14T18:00, to: 2027-01-14T20:00');
  expect(peopleAsked(night)).toEqual(['ben']);
});

test('names the list where a longer one also has another holiday on a known day', () => {
  const renamed = but(
    nightsOf(base),
    'name: Days\ntimezone: Europe/London\nhours',
    'name: Nights\ntimezone: Europe/London\nhours',
  );
  const head = but(renamed, KNOWN, list('2026-10-05', '2028-12-31', ', 2026-12-29: Day'));
  const found = foundInPull('consent', nightsOf(base), head, NOW, { author: 'mallory-m' });
  expect(found).toEqual(['policies/holidays/days.yaml:4:11 error not-approved {person: ben}']);
});

test('a lead is also asked about a holiday in a turn that goes on beyond the published span', () => {
  const had = but(nightsOf(base), KNOWN, list('2026-10-05', '2027-01-31'));
  const head = (more: string) =>
    foundInPull(
      'consent',
      had,
      but(had, list('2026-10-05', '2027-01-31'), list('2026-10-05', '2028-12-31', more)),
      NOW,
      {
        author: 'mallory-m',
      },
    );
  expect(head(', 2027-02-02: Day')).toEqual([expect.stringContaining('keys: [2027-02-02], anyOf: [nia]')]);
  expect(head(', 2027-03-02: Day')).toEqual([]);
});

describe('asks the person who would lose time if other days turned out to be holidays,', () => {
  test('a turn of a rota of holidays, where the list has none then', () => {
    const had = but(
      nightsOf(base),
      'night: {outside: [day]}',
      'night: [{days: holidays, from: "09:00", to: "17:00"}]',
    );
    expect(ofAmara(longer(takenFromAmara(had)), had).join()).toMatch('person: amara');
    expect(ofAmara(takenFromAmara(had), had).join()).toMatch('person: amara');
  });

  test.each<[what: string, role: string]>([
    ['by a written-out turn of a new role', 'turns: {2027-01-13: amara}'],
    ['by the rotation of a new role', 'rotation: [{first_turn: 2027-01-06, people: [ben, amara]}]'],
  ])('or get it, %s', (_, role) => {
    const had = but(
      nightsOf(base),
      'night: {outside: [day]}',
      'night: [{days: holidays, from: "09:00", to: "17:00"}]',
    );
    const head = `${had.trimEnd()}\n  driver: {${role}}\n`;
    expect(ofAmara(head, had).join()).toMatch('person: amara');
  });

  test('what is of a holiday in the days of the hours, and of another day in those of the rota', () => {
    const had = but(
      but(base, 'from: "09:00", to: "17:00"', 'from: "18:00", to: "08:00"'),
      '2027-01-13: amara}',
      '2027-01-13: mallory}\noverrides: [{role: engineer, person: amara, from: 2027-01-15T00:00, to: 2027-01-15T08:00}]',
    );
    const head = but(had, /\noverrides: .*/.exec(had)?.[0] ?? '', '').replace(
      KNOWN,
      list('2026-10-05', '2028-12-31', ', 2027-01-14: Day'),
    );
    expect(ofAmara(head, had).join()).toMatch('person: amara');
  });
});

test('asks for a time at an amendment of the hours that is of another day in the zone of the hours', () => {
  const had =
    `== policies/holidays/more.yaml\n${list('2026-12-01', '2028-12-31')}\n${otherHours(base, 'holidays: more\n')}`
      .replace('hours: week\n', 'hours: day\namendments: [{first_day: 2027-01-01, hours: week}]\n')
      .replace('name: Days\ntimezone: Europe/London', 'name: Days\ntimezone: America/New_York')
      .replaceAll('windows:\n', 'windows:\n  night: {outside: [day]}\n')
      .replace('2026-10-05', '2026-09-01')
      .replace('2026-12-09: ben', '2026-12-30: ben');
  const taken =
    'overrides: [{role: engineer, person: amara, from: 2026-12-31T19:00, to: 2027-01-01T00:00}]\n';
  const head = but(had, 'complete_until: 2026-12-31', 'complete_until: 2028-12-31');
  expect(peopleAsked(`${head.trimEnd()}\n${taken}`, had)).toContain('ben');
});

test('short covers in the last days of a list that is renewed are short, as the turn goes on after it', () => {
  const covers = `overrides:
  - {role: engineer, person: amara, from: 2026-12-30T10:00, to: 2026-12-30T17:00}
  - {role: engineer, person: amara, from: 2026-12-31T09:00, to: 2026-12-31T17:00}
`;
  const had = but(base, 'consent: [both-people]', 'consent: [both-people]\nrota_change: {minimum: 7 days}');
  const notice = (text: string) =>
    foundInPull('notice', had, `${text.trimEnd()}\n${covers}`, '2026-12-28T12:00:00Z', {
      author: 'mallory-m',
    });
  expect(notice(longer(had))).toEqual([]);
});

describe('the record of years of forty roles', () => {
  const followers = Array.from(
    { length: 40 },
    (_, i) => `  second-${i}: {follows: {role: engineer, by: 1}}`,
  ).join('\n');
  const had = but(base, '2026-10-05', '2025-03-01')
    .replace('first_turn: 2026-09-02', 'first_turn: 2025-01-01')
    .replace(/(turns: .*)/, `$1\n${followers}`);
  const past = (head: string, now = NOW) => foundInPull('history', had, head, now, { author: 'mallory-m' });

  test.each<[what: string, from: string, to: string, now: string]>([
    ['longer', '2026-12-31', '2028-12-31', NOW],
    ['longer half a year before it ends', '2026-12-31', '2028-12-31', '2026-06-05T12:00:00Z'],
    ['complete for earlier days', '2025-03-01', '2025-01-01', NOW],
  ])('is not too much to compare where a list is made %s', (_, from, to, now) => {
    expect(past(but(had, from, to), now)).toEqual([]);
  });

  test('is lost, and said to be, where a list is complete for fewer days', () => {
    expect(past(but(had, '2025-03-01', '2026-10-05'))).not.toEqual([]);
  });
});

const turns = but(base, '{day: wednesday, time: "10:00"}', '{every: working_day, time: "09:00"}').replace(
  /people: \[ben, mallory\]}\]\n {4}turns: .*/,
  'people: [amara, ben, mallory]}]',
);

test('asks those whose turns of working days shift, where days before them become known', () => {
  const ended = (until: string) =>
    `== policies/holidays/old.yaml\n${list('2026-01-01', until).replace('2026-12-25', '2026-05-25')}\n${but(
      turns,
      'holidays: days\n',
      'holidays: old\namendments: [{first_day: 2026-10-05, holidays: days}]\n',
    )}`;
  const [was, is] = [ended('2026-09-28'), ended('2026-09-29')];
  expect(ofAmara(is, was)).not.toEqual([]);
  const past = foundInPull('history', was, is, NOW, { author: 'mallory-m' });
  expect(past.join()).toMatch('2026-10-0');
});

test('asks a lead, and nobody whose turns shift with a holiday of a longer list', () => {
  const head = but(turns, KNOWN, list('2026-10-05', '2028-12-31', ', 2027-01-11: Day'));
  expect(foundInPull('consent', turns, head, '2026-12-30T12:00:00Z', { author: 'mallory-m' })).toEqual([
    expect.stringContaining('{kind: holidays, id: days, keys: [2027-01-11], anyOf: [nia]}'),
  ]);
});

test('asks everybody whose turns shift with a holiday on a known day, also where the list becomes longer', () => {
  const head = but(turns, KNOWN, list('2026-10-05', '2028-12-31', ', 2026-12-31: Day'));
  const askedFrom = (known: string) => new Set(peopleAsked(head, but(turns, KNOWN, known)));
  const all = new Set(['amara', 'ben']);
  expect(askedFrom(list('2026-10-05', '2028-12-31'))).toEqual(all);
  expect(askedFrom(KNOWN)).toEqual(all);
});

test('a night across the end of a list is one change', () => {
  const had = nightsOf(base);
  const taken =
    '\noverrides: [{role: engineer, from: 2026-12-31T17:00, to: 2027-01-01T09:00, person: amara}]\n';
  const { changes } = compare(
    loaded(had).handbook,
    loaded(had.trimEnd() + taken).handbook,
    at(NOW),
    [],
    undefined,
  );
  expect(changes.map(({ startAt, endAt }) => [startAt, endAt])).toEqual([
    [at('2026-12-31T17:00Z'), at('2027-01-01T09:00Z')],
  ]);
});

test('asks nobody of a rota whose hours come to know nothing more', () => {
  const amended = but(base, 'windows:', 'amendments: [{first_day: 2026-12-20, holidays: more}]\nwindows:');
  const had = `== policies/holidays/more.yaml\n${KNOWS_MORE}\n${otherHours(amended, 'holidays: days\n')}`;
  const renamed = but(had, 'name: Days\ntimezone', 'name: Other days\ntimezone');
  expect(foundInPull('consent', had, renamed, NOW, { author: 'mallory-m' })).toEqual([]);
});

describe('asks nobody for days that stay unknown before others', () => {
  const more = (until: string) => list('2027-01-20', until).replace('2026-12-25', '2027-03-26');
  const MORE = more('2027-06-30');
  const withMore = (text: string) => `== policies/holidays/more.yaml\n${MORE}\n${text}`;
  test.each<[what: string, had: string]>([
    [
      'under amended hours',
      withMore(but(base, 'windows:', 'amendments: [{first_day: 2027-01-20, holidays: more}]\nwindows:')),
    ],
    [
      'under other hours',
      withMore(
        but(
          otherHours(base, 'holidays: more\n'),
          'hours: week\n',
          'hours: day\namendments: [{first_day: 2027-01-20, hours: week}]\n',
        ),
      ),
    ],
  ])('%s', (_, had) => {
    const head = but(had, MORE, more('2028-06-30'));
    expect(asked(head, had)).toEqual([]);
  });
});

describe('asks about days that neither knows, as nobody would be asked once a list has them:', () => {
  const LATE = but(base, KNOWN, list('2026-09-01', '2027-06-30'));
  const override = (from: string, person: string) =>
    `${LATE.trimEnd()}\noverrides: [{role: engineer, from: ${from}, to: 2027-09-01T09:00, person: ${person}}]\n`;

  test.each<[what: string, head: string, who: readonly string[]]>([
    ['an override across the end of a list', override('2027-06-30T10:00', 'amara'), ['amara', 'ben']],
    [
      'an agreed turn after it',
      but(LATE, '2027-01-13: amara', '2027-01-13: amara, 2028-01-19: amara'),
      ['amara', 'ben'],
    ],
  ])('%s', (_, head, who) => {
    expect(peopleAsked(head, LATE)).toEqual(who);
  });

  test('the record before a list begins', () => {
    const head = but(
      base,
      'first_turn: 2026-09-02, people: [ben, mallory]',
      'first_turn: 2026-09-02, people: [ben, nia]',
    );
    expect(foundInPull('history', base, head, NOW, { author: 'mallory-m' }).join()).toMatch('2026-09');
  });
});

test.each([
  ['ends before the other', '2026-10-05', '2027-06-30'],
  ['begins after the other', '2026-12-01', '2028-12-31'],
])(
  'a rota whose hours have two lists, one of which %s, asks nobody to give it another name',
  (_, from, until) => {
    const had =
      `== policies/holidays/own.yaml\n${list(from, until)}\n${but(base, 'holidays: days', 'holidays: [days, own]')}`.replace(
        KNOWN,
        list('2026-09-01', '2028-12-31'),
      );
    const head = but(
      had,
      'name: Days\ntimezone: Europe/London\nhours',
      'name: Other\ntimezone: Europe/London\nhours',
    );
    expect(
      ['consent', 'history'].flatMap((rule) => foundInPull(rule, had, head, NOW, { author: 'mallory-m' })),
    ).toEqual([]);
  },
);

describe('gives nobody calls', () => {
  const called = (list: string) =>
    [
      but(base, KNOWN, list),
      '== policies/service-levels/all.yaml\nname: All\nhours: day\nexample: true\nclock: {day: in_hours}\npriorities: {P1: {name: One, in_hours: {respond: 1 hour}}}\n',
      '== policies/escalation/main.yaml\nname: Main\napplies_in: [day]\nlevels: [{notify: [paas/days/engineer], escalate_after: 5 minutes}, {notify: [{person: ben}]}]\n',
      '== policies/services.yaml\nservices:\n  desk: {name: Desk, team: paas, service_level: all, escalation: {day: main}}\n',
    ].join('');
  test.each(['2026-12-05T12:00:00Z', '2027-01-04T12:00:00Z'])('as of %s', (now) => {
    const pull = { author: 'nia-r' };
    const [was, is] = [called(KNOWN), called(KNOWS_MORE)];
    expect(
      ['consent', 'notice', 'new-calls'].flatMap((rule) => foundInPull(rule, was, is, now, pull)),
    ).toEqual([]);
  });
});
