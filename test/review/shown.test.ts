/** What our comment says it shows: a commit has to change the same as of the time at which it was shown. */
import { describe, expect, test } from 'vitest';
import {
  changesSame,
  passingLabels,
  type ShownInput,
  type ShownReview,
  shownIn,
  shownOf,
  withShownLine,
} from '../../actions/lib/review/shown.ts';
import { aHandbook, at, but, compared, NIGHTS_ROTA } from '../handbook.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const ROTAS = 30;

const handbook = (people: string) =>
  aHandbook({
    policies: { publishing: 'ahead: 12 months\nback: 1 day' },
    rotas: {
      'paas/team': 'name: PaaS',
      ...Object.fromEntries(
        Array.from({ length: ROTAS }, (_, i) => [
          `paas/nights-${i}`,
          NIGHTS_ROTA.replace('[amara, ben, chi]', people),
        ]),
      ),
    },
  });

const BASE = handbook('[amara, ben, chi]');
const HEAD = handbook('[amara, chi, ben]');

const inputAt = (now: string, head = HEAD) => {
  const { against } = compared(BASE, head, now, {});
  if (against === undefined) throw new Error('there is nothing to compare with');
  return { against, commit: COMMIT, labels: [], now: at(now), writtenAt: at(now) };
};

const EARLY = {
  sameSince: 'start',
  isAuthorLate: false,
  isOffered: true,
  labelsSetAt: undefined,
  earlier: undefined,
} as const;
const NOTHING = { shown: undefined, wasJudged: false, ...EARLY };
const NOW = '2026-11-21T12:00:00Z';
const LATER = '2027-09-21T12:00:00Z';

const asWritten = (shown: ShownReview): ShownReview => {
  const read = shownIn(withShownLine('<!-- part -->\nText', shown), at(NOW));
  if (read === undefined) throw new Error('the line cannot be read');
  return read;
};

describe('a comment that shows many people and months', () => {
  const shown = shownOf(inputAt(NOW), NOTHING, true);
  const later = (input = inputAt(LATER)) =>
    shownOf(input, { shown: asWritten(shown), wasJudged: true, ...EARLY }, true);

  test('is short, and is read as it was written', () => {
    expect(withShownLine('<!-- part -->\nText', shown).length).toBeLessThan(5_000);
    expect(asWritten(shown)).toEqual(shown);
  });

  test('shows the same as months pass and come into view', () => {
    expect(later()).toEqual(shown);
  });

  test('shows the same when the base branch looks further ahead', () => {
    const further = (text: string) => text.replace('ahead: 12 months', 'ahead: 18 months');
    const { against } = compared(further(BASE), further(HEAD), NOW, {});
    if (against === undefined) throw new Error('there is nothing to compare with');
    expect(against.horizon).toBeGreaterThan(shown.horizon);
    expect(later({ against, commit: COMMIT, labels: [], now: at(NOW), writtenAt: at(NOW) })).toEqual(shown);
  });

  test('does not show what lay beyond it, also once that is over', () => {
    const short = (text: string) => text.replace('ahead: 12 months', 'ahead: 2 weeks');
    const rotations = (people: string) =>
      [`2027-02-03, people: [${people}]`, '2027-03-03, people: [amara, ben, chi]'].map(
        (entry) => `\n      - {first_turn: ${entry}}`,
      );
    const withTurns = (people: string) =>
      short(BASE).replaceAll('people: [amara, ben, chi]}', (it) => `${it}${rotations(people).join('')}`);
    const input = (now: string) => {
      const { against } = compared(withTurns('amara, ben, chi'), withTurns('chi, ben, amara'), now, {});
      if (against === undefined) throw new Error('there is nothing to compare with');
      return { against, commit: COMMIT, labels: [], now: at(now), writtenAt: at(now) };
    };
    const none = shownOf(input(NOW), NOTHING, true);
    const [before, after] = ['2026-11-28T12:00:00Z', '2027-04-20T12:00:00Z'].map(input);
    expect(after?.against.changes.every(({ endAt }) => endAt < at('2027-04-20T12:00:00Z'))).toBe(true);
    expect([before, after].map((it) => it && changesSame(it, none))).toEqual([true, false]);
  });

  test('does not show what another base makes of the commit', () => {
    const other = HEAD.replace('people: [amara, chi, ben]', 'people: [chi, amara, ben]');
    expect(later(inputAt(LATER, other)).isRevised).toBe(true);
  });

  test('does not show whose time comes into view, where it is none of theirs', () => {
    const from = HEAD.replace(
      '== rotas/paas/nights-1.yaml\n',
      (next) => `      - {first_turn: 2027-12-01, people: [amara]}\n${next}`,
    );
    const amended = asWritten(shownOf(inputAt(NOW, from), NOTHING, true));
    expect([from === HEAD, amended.digest]).toEqual([false, shown.digest]);
    const again = (now: string) =>
      shownOf(inputAt(now, from), { shown: amended, wasJudged: true, ...EARLY }, true).isRevised;
    expect([again(NOW), again(LATER)]).toEqual([false, true]);
  });

  test('that does not say whether its author offered it, as those of before, shows that they did', () => {
    const line = withShownLine('<!-- part -->\nText', { ...shown, isOffered: false });
    expect(shownIn(line, at(NOW))?.isOffered).toBe(false);
    expect(shownIn(line.replace('"isOffered":false,', ''), at(NOW))).toEqual(shown);
  });

  test('that has no digest, as those of before, shows nothing', () => {
    const line = withShownLine('<!-- part -->\nText', shown);
    expect(shownIn(line.replace('"digest":', '"keys2":'), at(NOW))).toBeUndefined();
    expect(shownIn(line.replace(/"at":\d+/, '"at":"2026-11-21"'), at(NOW))).toBeUndefined();
  });
});

describe('a comment that shows an exchange', () => {
  const rota = (overrides: string) =>
    aHandbook({
      rotas: { 'paas/team': 'name: PaaS', 'paas/nights': `${NIGHTS_ROTA}\noverrides:\n${overrides}` },
    });
  const cover = (person: string, from: string, to = from) =>
    `  - {role: engineer, person: ${person}, from: ${from}T19:00, to: ${to}T21:00}\n`;
  const judged = (base: string, head: string, now: string) => {
    const { against } = compared(rota(base), rota(head), now, {});
    if (against === undefined) throw new Error('there is nothing to compare with');
    return { against, commit: COMMIT, labels: [], now: at(now), writtenAt: at(now) };
  };
  // Chi has the turn of 18 November, and Amara that of 25 November.
  const before = cover('chi', '2026-12-30');
  const head = cover('amara', '2026-11-23') + cover('chi', '2026-11-30') + before;
  const shown = asWritten(shownOf(judged(before, head, NOW), NOTHING, true));
  const LATER_ON = '2026-12-02T12:00:00Z';
  const later = (base: string, changed: string, now: string) =>
    shownOf(judged(base, changed, now), { shown, wasJudged: true, ...EARLY }, true);

  test('shows both halves, which may be over', () => {
    for (const now of [NOW, '2026-11-23T20:00:00Z', '2026-11-25T12:00:00Z', '2026-12-02T12:00:00Z'])
      expect(later(before, head, now)).toBe(shown);
  });

  test.each([NOW, '2026-12-01T12:00:00Z'])('does not show the half of it, over or not: at %s', (now) => {
    const half = cover('chi', '2026-11-30') + before;
    expect(later(half, head, now).isRevised).toBe(true);
  });

  test('does not show whose record it changes', () => {
    const older = cover('ben', '2026-03-02') + before;
    expect(later(older, head, NOW).isRevised).toBe(true);
  });

  test('of the record does not show the half of it, or more of it, of the same people', () => {
    const [first, second] = [cover('amara', '2026-10-26'), cover('ben', '2026-11-02')];
    const record = asWritten(shownOf(judged(before, first + second + before, NOW), NOTHING, true));
    const now = (own: string, changed: string) =>
      shownOf(judged(own, changed, LATER_ON), { shown: record, wasJudged: true, ...EARLY }, true);
    expect(now(before, first + second + before)).toBe(record);
    expect(now(second + before, first + second + before).isRevised).toBe(true);
    const more = cover('amara', '2026-10-25', '2026-10-27');
    expect(now(before, more + second + before).isRevised).toBe(true);
  });

  test('shows the label of an emergency where there is too little notice, and anew when it changes', () => {
    const strict = (overrides: string) =>
      aHandbook({
        policies: { notice: 'rota_change: {minimum: 30 days}\nshort_cover: {longest: 1 hour}' },
        rotas: { 'paas/team': 'name: PaaS', 'paas/nights': `${NIGHTS_ROTA}\noverrides:\n${overrides}` },
      });
    const inputOf = (labels: readonly string[]): ShownInput => {
      const { against } = compared(strict(before), strict(head), NOW, {});
      if (against === undefined) throw new Error('there is nothing to compare with');
      return { against, commit: COMMIT, labels, now: at(NOW), writtenAt: at(NOW) };
    };
    const [plain, labelled] = [inputOf(['bug']), inputOf(['emergency-cover', 'bug'])];
    // With enough notice, whoever approves does not approve an emergency, whatever the labels say.
    const enough = shownOf(
      { ...judged(before, before + cover('chi', '2027-03-03'), NOW), labels: labelled.labels },
      NOTHING,
      true,
    );
    expect(enough.labels).toEqual([]);
    const first = asWritten(shownOf(labelled, NOTHING, true));
    expect([first.since, first.labels]).toEqual(['start', ['emergency-cover']]);
    const again = (own: ShownInput, was: ShownReview) =>
      shownOf(own, { shown: was, wasJudged: true, ...EARLY }, true);
    expect(again(labelled, first)).toBe(first);
    for (const [own, was, labels] of [
      [plain, first, []],
      [labelled, asWritten(shownOf(plain, NOTHING, true)), ['emergency-cover']],
    ] as const)
      expect(again(own, was)).toEqual({ ...was, labels, labelledSince: undefined });
  });

  test('does not show other times of the present month', () => {
    const moved = head.replaceAll('2026-11-23T19', '2026-11-23T20');
    expect(later(before, moved, NOW).isRevised).toBe(true);
  });
});

test('days of a list of holidays that are over, or come into view, were shown', () => {
  const withHolidays = (days: string) =>
    `${aHandbook({
      policies: {
        'support-hours/all':
          'name: All\ntimezone: Europe/London\nholidays: england\nwindows: {day: [{days: working, from: "09:00", to: "17:00"}]}',
        'service-levels/all':
          'name: All\nhours: all\npriorities: {P1: {name: One, in_hours: {respond: 1 hour}}}\nclock: {day: in_hours}',
        'escalation/nights': 'name: Nights\napplies_in: [day]\nlevels: [{notify: [paas/nights/engineer]}]',
        services:
          'services: {website: {name: Website, team: paas, service_level: all, escalation: {day: nights}}}',
        'holidays/england': `name: England\ncomplete_from: 2026-01-01\ncomplete_until: 2028-12-31\nholidays: {${days}}`,
      },
    })}`;
  const [base, head, other] = [
    '2026-12-25: Christmas Day',
    '2026-12-25: Christmas Day, 2026-12-28: A, 2027-01-04: B, 2028-01-03: C',
    '2026-12-25: Christmas Day, 2026-12-28: A, 2027-01-05: B, 2028-01-03: C',
  ].map(withHolidays) as [string, string, string];
  const input = (now: string, text = head) => {
    const { against } = compared(base, text, now, {});
    if (against === undefined) throw new Error('there is nothing to compare with');
    return { against, commit: COMMIT, labels: [], now: at(now), writtenAt: at(now) };
  };
  const first = input(NOW);
  expect(first.against.identity.flatMap(({ keys }) => keys.map(({ key }) => key))).toEqual([
    '2026-12-28',
    '2027-01-04',
  ]);
  const shown = shownOf(first, NOTHING, true);
  for (const now of ['2027-01-02T12:00:00Z', '2027-12-12T12:00:00Z'])
    expect(shownOf(input(now), { shown, wasJudged: true, ...EARLY }, true)).toBe(shown);
  expect(shownOf(input(NOW, other), { shown, wasJudged: true, ...EARLY }, true)).not.toBe(shown);
});

test('other hours, or another chain, behind the same name were not shown', () => {
  const handbook = (level: string, hours = '"09:00"', chain = 'ben') =>
    aHandbook({
      people: { amara: 'name: Amara, github: amara-o', ben: 'name: Ben, github: ben-a', chi: 'name: Chi' },
      policies: {
        'support-hours/one': `name: One\ntimezone: Europe/London\nwindows: {day: [{days: every, from: "10:00", to: "17:00"}]}`,
        'support-hours/other': `name: Other\ntimezone: Europe/London\nwindows: {day: [{days: every, from: ${hours}, to: "17:00"}]}`,
        ...Object.fromEntries(
          ['one', 'other'].map((it) => [
            `service-levels/${it}`,
            `name: ${it}\nhours: ${it}\npriorities: {P1: {name: One, in_hours: {respond: 1 hour}}}\nclock: {day: in_hours}`,
          ]),
        ),
        'escalation/direct': `name: Direct\napplies_in: [day]\nlevels: [{notify: [person: ${chain}]}]`,
        services: `services: {website: {name: Website, team: paas, service_level: ${level}, escalation: {day: direct}}}`,
      },
    });
  const input = (base: string, head: string) => {
    const { against } = compared(base, head, NOW, {});
    if (against === undefined) throw new Error('there is nothing to compare with');
    return { against, commit: COMMIT, labels: [], now: at(NOW), writtenAt: at(NOW) };
  };
  const shown = shownOf(input(handbook('one'), handbook('other')), NOTHING, true);
  const again = (hours: string, chain?: string) =>
    shownOf(
      input(handbook('one', hours, chain), handbook('other', hours, chain)),
      {
        shown,
        wasJudged: true,
        ...EARLY,
      },
      true,
    );
  expect(again('"09:00"')).toBe(shown);
  expect(again('"00:00"').isRevised).toBe(true);
  expect(again('"09:00"', 'amara').isRevised).toBe(true);
});

test('times of the present month were shown, and are the same as it passes', () => {
  const from = (hour: number) =>
    HEAD.replace(
      '== rotas/paas/nights-1.yaml\n',
      (next) =>
        `overrides:\n  - {role: engineer, person: chi, from: 2026-11-28T${hour}:00, to: 2026-11-28T23:00}\n${next}`,
    );
  const shown = shownOf(inputAt(NOW, from(20)), NOTHING, true);
  const again = (now: string, hour: number) =>
    shownOf(inputAt(now, from(hour)), { shown, wasJudged: true, ...EARLY }, true);
  expect(HEAD === from(20)).toBe(false);
  for (const now of ['2026-11-27T12:00:00Z', '2026-11-30T12:00:00Z', '2026-12-01T12:00:00Z'])
    expect(again(now, 20)).toBe(shown);
  expect(again(NOW, 21)).not.toBe(shown);
});

describe('what is behind the names of', () => {
  const files = {
    people: {
      amara: 'name: Amara, github: amara-o, pagerduty: PAMARA',
      ben: 'name: Ben, github: ben-a, pagerduty: PBEN, delivery_lead: nia',
      chi: 'name: Chi, github: chi-w, reach: {phone: "020 7946 0100"}',
      nia: 'name: Nia, github: nia-r',
      oz: 'name: Oz, github: oz-k',
    },
    policies: {
      'support-hours/all': `name: All
timezone: Europe/London
holidays: england
windows: {day: [{days: working, from: "09:00", to: "17:00"}], night: {outside: [day]}}`,
      'service-levels/all':
        'name: All\nhours: all\npriorities: {P1: {name: One, in_hours: {respond: 1 hour}}}\nclock: {day: in_hours}',
      'escalation/one': `name: One
applies_in: [day]
levels:
  - {notify: [person: amara, contact: desk], escalate_after: 10 minutes}
  - {notify: [paas/nights/engineer]}`,
      'escalation/two': 'name: Two\napplies_in: [night]\nlevels: [{notify: [contact: desk]}]',
      services: `services:
  website: {name: Website, team: paas, service_level: all, escalation: {day: one}}
  archive: {name: Archive, team: paas, service_level: all, escalation: {night: two}}`,
      'holidays/england':
        'name: England\ncomplete_from: 2026-01-01\ncomplete_until: 2028-12-31\nholidays: {2026-12-25: Christmas Day}',
    },
    rotas: {
      'paas/team': 'name: PaaS\nleads: [nia]',
      'paas/planned-changes': `changes:
  up:
    {service: archive, summary: Up, timezone: Europe/London, from: 2026-12-12T18:00, to: 2026-12-12T22:00,
      requested_at: 2026-11-01T10:00:00Z, assigned: [{role: paas/nights/engineer, person: chi}]}`,
      'paas/nights': NIGHTS_ROTA,
    },
  };
  const text = aHandbook(files).replace(
    '== rotas/paas/team.yaml',
    '== rotas/people/desks.yaml\ncontacts:\n  desk: {name: Desk, pagerduty: PDESK}\n== rotas/paas/team.yaml',
  );
  const edited = (own: string, edits: readonly Edit[]) =>
    edits.reduce((it, [passage, other]) => but(it, passage, other), own);
  const judgedOf = (change: readonly Edit[], behind: readonly Edit[]) => {
    const base = edited(text, behind);
    const { against } = compared(base, edited(base, change), NOW, {});
    if (against === undefined) throw new Error('there is nothing to compare with');
    return { against, commit: COMMIT, labels: [], now: at(NOW), writtenAt: at(NOW) };
  };
  const isStillShown = (change: readonly Edit[], behind: readonly Edit[]) => {
    const shown = shownOf(judgedOf(change, []), NOTHING, true);
    if (judgedOf(change, []).against.identity.length === 0) throw new Error('no identity changes');
    return shownOf(judgedOf(change, behind), { shown, wasJudged: true, ...EARLY }, true) === shown;
  };

  const CALLED: Edit = ['notify: [paas/nights/engineer]', 'notify: [paas/nights/engineer, person: ben]'];
  const MORE_SERVICES: Edit = [
    'service_level: all, escalation: {night: two}',
    'service_level: all, escalation: {day: one, night: two}',
  ];
  const DESK: Edit = ['pagerduty: PDESK', 'pagerduty: PBOX'];
  const HOLIDAY: Edit = [
    '{2026-12-25: Christmas Day}',
    '{2026-12-25: Christmas Day, 2026-12-24: Christmas Eve}',
  ];
  const LEADS: Edit = ['leads: [nia]', 'leads: [nia, oz]'];
  const FIRST: Edit = ['to: 2026-12-12T22:00', 'to: 2026-12-12T23:00'];

  test.each<[what: string, change: Edit, behind: Edit]>([
    ['a chain that newly calls somebody: its services', CALLED, MORE_SERVICES],
    ['how long its levels have', CALLED, ['10 minutes', '1 minute']],
    ['for which priorities it calls at all', CALLED, ['engineer]}\n', 'engineer], only_for: [P1]}\n']],
    ['the account of a contact', CALLED, DESK],
    ['the account of a person', CALLED, ['PAMARA', 'PAMARA2']],
    ['the holidays of the hours in which it calls', CALLED, HOLIDAY],
    ['the windows of these', CALLED, ['from: "09:00"', 'from: "00:00"']],
    ['a service: the account of a contact', MORE_SERVICES, DESK],
    ['the leads of its team', MORE_SERVICES, LEADS],
    ['a holiday: whom its services call', HOLIDAY, MORE_SERVICES],
    [
      'a contact: the chains that call it',
      DESK,
      ['notify: [paas/nights/engineer]', 'notify: [contact: desk]'],
    ],
    ['the services of these', DESK, MORE_SERVICES],
    ['leads: their logins', LEADS, ['oz-k', 'oz-other']],
    ['a delivery lead: the login', ['delivery_lead: nia', 'delivery_lead: oz'], ['oz-k', 'oz-other']],
    ['a planned change: who is assigned', FIRST, ['person: chi', 'person: amara']],
    [
      'whom a schedule reaches off duty: the account of the contact',
      ['  engineer:\n', '  engineer:\n    pagerduty: {schedule: PENGINEER, off_duty: desk}\n'],
      DESK,
    ],
    [
      'a contact: the roles that reach it off duty',
      DESK,
      ['  engineer:\n', '  engineer:\n    pagerduty: {schedule: PENGINEER, off_duty: desk}\n'],
    ],
    [
      'a chain: whether PagerDuty keeps its policy after the windows of a service',
      CALLED,
      ['escalation: {day: one}', 'escalation: {day: one}, pagerduty: {service: PWEB001}'],
    ],
    ['a number, of which the comment shows the end', ['0100"', '0900"'], ['020 7946', '020 7111']],
  ])('%s', (_, change, behind) => {
    expect(isStillShown([change], [])).toBe(true);
    expect(isStillShown([change], [behind])).toBe(false);
  });

  test('two changes, of which another pull request takes back one', () => {
    expect(isStillShown([CALLED, LEADS], [])).toBe(true);
    const shown = shownOf(judgedOf([CALLED, LEADS], []), NOTHING, true);
    const left = shownOf(judgedOf([CALLED], []), { shown, wasJudged: true, ...EARLY }, true);
    expect([left === shown, left.isRevised]).toEqual([false, true]);
  });

  test.each<[what: string, change: Edit, behind: Edit]>([
    ['a chain: what other services call', CALLED, ['name: Two', 'name: Two\nrepeats: 3']],
    ['its own name', CALLED, ['name: One\napplies', 'name: First\napplies']],
    [
      'a service: the days of another list',
      MORE_SERVICES,
      [
        '== rotas/people.yaml',
        '== policies/holidays/other.yaml\nname: Other\ncomplete_from: 2026-01-01\ncomplete_until: 2028-12-31\nholidays: {2026-12-24: Eve}\n== rotas/people.yaml',
      ],
    ],
    ['leads: who is new', LEADS, ['  amara:', '  dee: {name: Dee, github: dee-n}\n  amara:']],
  ])('%s decides nothing of it', (_, change, behind) => {
    expect(isStillShown([change], [behind])).toBe(true);
  });
});

type Edit = readonly [passage: string, other: string];

describe('an approval of time in a role that is no cover', () => {
  interface Caller {
    readonly first?: string;
    readonly later?: string;
    readonly chain?: string;
    readonly from?: string;
  }
  const text = (
    { first = 'paas/nights/engineer', later = 'person: amara', chain = 'mine', from = '10:00' }: Caller,
    person: string,
  ) =>
    aHandbook({
      policies: {
        'support-hours/day': `name: Day\ntimezone: Europe/London\nwindows: {day: [{days: every, from: "${from}", to: "17:00"}]}`,
        'service-levels/all':
          'name: All\nhours: day\npriorities: {P1: {name: One, in_hours: {respond: 1 hour}}}\nclock: {day: in_hours}',
        'escalation/mine': `name: Mine\napplies_in: [day]\nlevels: [{notify: [${first}], escalate_after: 5 minutes}, {notify: [${later}]}]`,
        'escalation/other':
          'name: Other\napplies_in: [day]\nlevels: [{notify: [paas/nights/shadow], escalate_after: 5 minutes}, {notify: [person: amara]}]',
        services: `services:\n  website: {name: Website, team: paas, service_level: all, escalation: {day: ${chain}}}`,
      },
      rotas: {
        'paas/team': 'name: PaaS',
        'paas/nights': `${NIGHTS_ROTA}  shadow:\n    counts: false\n    rotation: [{first_turn: 2026-09-02, people: [${person}]}]`,
      },
    });
  const input = (caller: Caller) => {
    const { against } = compared(text(caller, 'chi'), text(caller, 'ben'), NOW, {});
    if (against === undefined) throw new Error('there is nothing to compare with');
    if (against.changes.length === 0) throw new Error('nothing changes');
    return { against, commit: COMMIT, labels: [], now: at(NOW), writtenAt: at(NOW) };
  };
  const isRevised = (before: Caller, after: Caller) => {
    const shown = shownOf(input(before), NOTHING, true);
    return shownOf(input(after), { shown, wasJudged: false, ...EARLY }, true) !== shown;
  };
  const shadow = { first: 'paas/nights/shadow' };
  test.each<[what: string, before: Caller, after: Caller]>([
    ['a chain comes to call that role', {}, shadow],
    ['a service comes to use a chain that calls it', {}, { chain: 'other' }],
    ['it is called first, no longer last', { later: 'paas/nights/shadow' }, shadow],
    ['it is called in longer hours', shadow, { ...shadow, from: '06:00' }],
  ])('lapses when %s', (_, before, after) => {
    expect(isRevised(before, after)).toBe(true);
    expect(isRevised(after, after)).toBe(false);
  });
  test('lapses when PagerDuty keeps the policy after the hours of a service', () => {
    const own = input(shadow);
    const [was, is] = ['', ', pagerduty: {service: PWEB001}'].map((id) => {
      const files = [text(shadow, 'chi'), text(shadow, 'ben')].map((it) =>
        but(it, '{day: mine}', `{day: mine}${id}`),
      );
      const { against } = compared(files[0] ?? '', files[1] ?? '', NOW, {});
      return against && { ...own, against };
    });
    if (was === undefined || is === undefined) throw new Error('there is nothing to compare with');
    const shown = shownOf(was, NOTHING, true);
    const again = (it: ShownInput) => shownOf(it, { shown, wasJudged: false, ...EARLY }, true) === shown;
    expect([again(was), again(is)]).toEqual([true, false]);
  });
  test('lasts while what does not call it changes', () => {
    expect(isRevised({}, { later: 'person: chi', from: '06:00' })).toBe(false);
  });
});

test('an approval of a chain that newly calls a role lapses with other times of whoever holds that role', () => {
  const text = (chain: string, from: string) =>
    aHandbook({
      people: {
        amara: 'name: Amara, github: amara-o',
        ben: 'name: Ben, github: ben-a',
        chi: 'name: Chi, github: chi-w',
      },
      policies: {
        'support-hours/day': `name: Day\ntimezone: Europe/London\nwindows: {day: [{days: every, from: "10:00", to: "17:00"}]}`,
        'service-levels/all':
          'name: All\nhours: day\npriorities: {P1: {name: One, in_hours: {respond: 1 hour}}}\nclock: {day: in_hours}',
        'escalation/mine': `name: Mine\napplies_in: [day]\nlevels: [{notify: [${chain}], escalate_after: 5 minutes}, {notify: [person: amara]}]`,
        services: 'services: {site: {name: Site, team: paas, service_level: all, escalation: {day: mine}}}',
      },
      rotas: {
        'paas/team': 'name: PaaS',
        'paas/nights': `${NIGHTS_ROTA}  shadow:\n    counts: false\n    rotation: [{first_turn: ${from}, people: [chi]}]`,
      },
    });
  const input = (from: string) => {
    const { against } = compared(
      text('paas/nights/engineer', from),
      text('paas/nights/shadow', from),
      NOW,
      {},
    );
    if (against === undefined) throw new Error('there is nothing to compare with');
    if (against.reached.length === 0) throw new Error('nobody is called');
    return { against, commit: COMMIT, labels: [], now: at(NOW), writtenAt: at(NOW) };
  };
  const shown = shownOf(input('2027-03-03'), NOTHING, true);
  const again = (from: string) => shownOf(input(from), { shown, wasJudged: false, ...EARLY }, true);
  expect(again('2027-03-03')).toBe(shown);
  expect(again('2027-02-03').isRevised).toBe(true);
});

test('an approval of time that becomes in hours lapses with other windows that the policy counts as in hours', () => {
  const text = (day: string, inHours: string) =>
    aHandbook({
      policies: {
        'time-off': `in_hours: [${inHours}]`,
        'support-hours/all': `name: All
timezone: Europe/London
windows:
  day: [{days: every, from: "09:00", to: "${day}"}]
  evening: [{days: every, from: "${day}", to: "22:00"}]
  night: {outside: [day, evening]}`,
      },
      rotas: {
        'paas/team': 'name: PaaS',
        'paas/nights': but(NIGHTS_ROTA, 'handover:', 'hours: all\nhandover:'),
      },
    });
  const input = (inHours: string) => {
    const { against } = compared(text('17:00', inHours), text('18:00', inHours), NOW, {});
    if (against === undefined) throw new Error('there is nothing to compare with');
    return { against, commit: COMMIT, labels: [], now: at(NOW), writtenAt: at(NOW) };
  };
  const shown = shownOf(input('day'), NOTHING, true);
  const again = (inHours: string) =>
    shownOf(input(inHours), { shown, wasJudged: false, ...EARLY }, true).isRevised;
  expect(input('day').against.identity.map(({ kind }) => kind)).toEqual(['time-off']);
  expect([again('day'), again('day, night')]).toEqual([false, true]);
});

test('an approval of being called after others lapses where nobody is called before', () => {
  const text = (covers: string, more: string) =>
    aHandbook({
      people: { amara: 'name: Amara', ben: 'name: Ben', chi: 'name: Chi', dee: 'name: Dee, github: dee-k' },
      policies: {
        'support-hours/all': `name: All\ntimezone: Europe/London\nwindows:\n  day: [{days: every, from: "00:00", to: "12:00"}]\n  night: {outside: [day]}`,
        'service-levels/all':
          'name: All\nhours: all\npriorities: {P1: {name: One, in_hours: {respond: 1 hour}}}\nclock: {day: in_hours, night: in_hours}',
        'escalation/mine': `name: Mine\napplies_in: [day, night]\nlevels: [{notify: [paas/nights/engineer], escalate_after: 5 minutes}${more}]`,
        services:
          'services: {site: {name: Site, team: paas, service_level: all, escalation: {day: mine, night: mine}}}',
      },
      rotas: {
        'paas/team': 'name: PaaS',
        'paas/nights': but(NIGHTS_ROTA, 'handover:', `hours: all\ncovers: [${covers}]\nhandover:`),
      },
    });
  const input = (covers: string) => {
    const { against } = compared(text(covers, ''), text(covers, ', {notify: [person: dee]}'), NOW, {});
    if (against === undefined) throw new Error('there is nothing to compare with');
    return { against, commit: COMMIT, labels: [], now: at(NOW), writtenAt: at(NOW) };
  };
  const shown = shownOf(input('day, night'), NOTHING, true);
  const again = (covers: string) => shownOf(input(covers), { shown, wasJudged: false, ...EARLY }, true);
  expect(again('day, night')).toBe(shown);
  expect(again('day').isRevised).toBe(true);
});

test('an approval of the contact that a role has off duty lapses with other hours of the role', () => {
  const text = (offDuty: string, covers: string) =>
    `${aHandbook({
      people: { amara: 'name: Amara', ben: 'name: Ben, pagerduty: PBEN', chi: 'name: Chi' },
      policies: {
        'support-hours/day': `name: Day\ntimezone: Europe/London\nwindows:\n  day: [{days: every, from: "10:00", to: "17:00"}]\n  night: {outside: [day]}`,
      },
      rotas: {
        'paas/team': 'name: PaaS',
        'paas/nights': but(NIGHTS_ROTA, 'handover:', `hours: day\ncovers: [${covers}]\nhandover:`).replace(
          '  engineer:\n',
          `  engineer:\n    pagerduty: {schedule: PSCHED${offDuty}}\n`,
        ),
      },
    })}== rotas/people/contacts.yaml\ncontacts: {inbox: {name: Inbox, pagerduty: PBEN}}\n`;
  const input = (covers: string) => {
    const { against } = compared(text('', covers), text(', off_duty: inbox', covers), NOW, {});
    if (against === undefined) throw new Error('there is nothing to compare with');
    return { against, commit: COMMIT, labels: [], now: at(NOW), writtenAt: at(NOW) };
  };
  const shown = shownOf(input('day, night'), NOTHING, true);
  const again = (covers: string) => shownOf(input(covers), { shown, wasJudged: false, ...EARLY }, true);
  expect(again('day, night')).toBe(shown);
  expect(again('day').isRevised).toBe(true);
});

test('the label of an emergency of calls that are in force now stays shown since it was, in every run', () => {
  const text = (first: string) =>
    aHandbook({
      policies: {
        'support-hours/always':
          'name: Always\ntimezone: Europe/London\nwindows: {all: [{days: every, from: "00:00", to: "00:00"}]}',
        'service-levels/all':
          'name: All\nhours: always\npriorities: {P1: {name: One, in_hours: {respond: 1 hour}}}\nclock: {all: in_hours}',
        'escalation/mine': `name: Mine\napplies_in: [all]\nlevels: [{notify: [${first}]}]`,
        services: 'services: {site: {name: Site, team: paas, service_level: all, escalation: {all: mine}}}',
      },
    });
  const input = (now: string) => {
    const { against } = compared(text('paas/nights/engineer'), text('person: ben'), now, {});
    if (against === undefined) throw new Error('there is nothing to compare with');
    return { against, commit: COMMIT, labels: ['emergency-cover'], now: at(now), writtenAt: at(now) };
  };
  const shown = shownOf(input(NOW), NOTHING, true);
  expect([shown.labels, shown.late.length]).toEqual([['emergency-cover'], 1]);
  const later = input('2026-11-21T12:10:00Z');
  expect(shownOf(later, { shown, wasJudged: false, ...EARLY }, true)).toBe(shown);
});

test('the label of corrections lets nothing pass where nothing is past', () => {
  const labelled = { ...inputAt(NOW), labels: ['history-correction'] };
  const { against } = labelled;
  const notice = { ...against.handbook.notice, correction: 'history-correction' };
  const corrected = { ...against, past: [], handbook: { ...against.handbook, notice } };
  expect(passingLabels({ ...labelled, against: corrected })).toEqual([]);
  const past = corrected.ahead.slice(0, 1);
  expect(passingLabels({ ...labelled, against: { ...corrected, past } })).toEqual(['history-correction']);
});
