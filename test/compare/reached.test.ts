/** Who is called from then on: which calls are new, which of them give somebody time, and who has to agree. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Pull } from '../../actions/lib/compare/against.ts';
import { isNone } from '../../actions/lib/compare/priorities.ts';
import type { Reached } from '../../actions/lib/compare/reached.ts';
import { reachedIn } from '../../actions/lib/compare/reached-otherwise.ts';
import { PLAIN_NAMES, reachedText } from '../../actions/lib/compare/reached-words.ts';
import { reachVerdict } from '../../actions/lib/compare/verdict.ts';
import type { Handbook } from '../../actions/lib/model.ts';
import { callEntry } from '../../actions/lib/query/call-changes.ts';
import { escalationFor } from '../../actions/lib/query/escalation.ts';
import { resolve } from '../../actions/lib/resolve/resolve.ts';
import { DAY, HOUR } from '../../actions/lib/time/date.ts';
import { type Instant, spanAt, type Timeline } from '../../actions/lib/timeline.ts';
import { foundInPull } from '../found.ts';
import { aHandbook, at, but, compared, loaded, local } from '../handbook.ts';
import { runs } from '../sampled.ts';

const NOW = '2026-11-26T12:00:00Z';
const chain = (levels: string) => `name: Chain\napplies_in: [day, night]\nlevels: [${levels}]`;
const [ROLE, SHADOW] = ['paas/nights/engineer', 'paas/nights/shadow'];

const base = aHandbook({
  people: {
    amara: 'name: Amara, github: amara-o, pagerduty: PAMARA',
    ben: 'name: Ben, github: ben-a, pagerduty: PBEN',
    chi: 'name: Chi, github: chi-w, pagerduty: PCHI',
    dee: 'name: Dee, github: dee-n, pagerduty: PDEE, on_call_since: 2020-01-01',
    nia: 'name: Nia, github: nia-r, pagerduty: PNIA',
    oz: 'name: Oz, github: oz-k',
  },
  policies: {
    notice: `rota_change: {minimum: 7 days, recommended: 14 days}
short_cover: {longest: 1 day}
teams: {lax: {rota_change: {minimum: 1 hour}}}`,
    'support-hours/all': `name: All
timezone: Europe/London
windows:
  day: [{days: every, from: "09:00", to: "17:00"}]
  night: {outside: [day]}
  feast: [{days: [friday], from: "03:00", to: "03:01"}]
amendments:
  - first_day: 2026-12-10
    windows:
      day: [{days: every, from: "09:00", to: "17:00"}]
      night: {outside: [day, feast]}
      feast: [{days: [thursday], from: "20:00", to: "21:00"}]`,
    'service-levels/all':
      'name: All\nhours: all\npriorities: {P1: {name: One, in_hours: {respond: 1 hour}}}\nclock: {day: in_hours, night: none}',
    'escalation/main': chain(`{notify: [${ROLE}], escalate_after: 5 minutes}, {notify: [person: nia]}`),
    'escalation/other': chain('{notify: [person: dee]}'),
    services: `services:
  site: {name: Site, team: paas, service_level: all, escalation: {night: main}}
  desk: {name: Desk, team: paas, service_level: all, escalation: {day: main}}`,
  },
  rotas: {
    'paas/team': 'name: PaaS\nleads: [nia]',
    'lax/team': 'name: Lax\nleads: [oz]',
    'paas/nights': `name: Nights
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles:
  engineer:
    pagerduty: {schedule: PENGINEER}
    rotation: [{first_turn: 2026-09-02, people: [amara, ben, chi]}]
  shadow:
    counts: false
    pagerduty: {schedule: PSHADOW}
    rotation: [{first_turn: 2026-09-02, people: [dee, ben]}]
`,
  },
});

test('the handbook of these tests can be read', () => expect(loaded(base).findings).toEqual([]));

const reachedBy = (head: string, pull?: Partial<Pull>) =>
  compared(base, head, NOW, pull).against?.reached ?? [];
/** Each call, and from when on it gives somebody time that they did not have. */
const told = (head: string): readonly string[] =>
  reachedBy(head).map((it) => {
    const gains = it.gained[0] === undefined ? '' : ` | ${local(it.gained[0].startAt, 'Europe/London')}`;
    return `${reachedText(it, PLAIN_NAMES, at(NOW))}${gains}`.replaceAll(' Europe/London', '');
  });

const FROM = 'From Thu 26 Nov';
const FILLED = [
  `${FROM} 17:00 dee is called first for site (night), because ${SHADOW} fills its schedule in PagerDuty | 2026-11-26T17:00+00:00`,
  `From Wed 2 Dec 17:00 ben is called first for site (night), because ${SHADOW} fills its schedule in PagerDuty | 2026-12-16T17:00+00:00`,
  `${FROM} 12:00 dee is called first for desk (day), because ${SHADOW} fills its schedule in PagerDuty | 2026-11-26T12:00+00:00`,
  `From Wed 2 Dec 10:00 ben is called first for desk (day), because ${SHADOW} fills its schedule in PagerDuty | 2026-12-16T10:00+00:00`,
];
const BESIDE = `${FROM} 12:00 whoever is ${ROLE} is woken for ${SHADOW}, because ${ROLE} fills its schedule in PagerDuty`;
/** A schedule that neither role had. */
const SHARED = but(base, 'schedule: PSHADOW', 'schedule: PNEW').replace(
  'schedule: PENGINEER',
  'schedule: PNEW',
);
test.each<[what: string, head: string, told: readonly string[]]>([
  ['nothing', base, []],
  ['another name of a chain, or another time at a level', but(base, '5 minutes', '9 minutes'), []],
  [
    'a person who is named first',
    but(base, `{notify: [${ROLE}]`, `{notify: [person: dee], escalate_after: 5 minutes}, {notify: [${ROLE}]`),
    [
      `${FROM} 17:00 dee is called first for site (night) | 2026-11-26T17:00+00:00`,
      `${FROM} 12:00 dee is called first for desk (day) | 2026-11-26T12:00+00:00`,
    ],
  ],
  [
    'a person who is named last, for one service',
    but(base, 'night: main', 'night: other'),
    [`${FROM} 17:00 dee is called first for site (night) | 2026-11-26T17:00+00:00`],
  ],
  [
    'whoever was called after others',
    but(base, `{notify: [${ROLE}], escalate_after: 5 minutes}, `, ''),
    [
      `${FROM} 17:00 nia is called first for site (night)`,
      `${FROM} 12:00 nia is called first for desk (day)`,
    ],
  ],
  [
    'somebody who is on duty until Wednesday anyway',
    but(base, '[person: dee]', '[person: amara]').replace('night: main', 'night: other'),
    [`${FROM} 17:00 amara is called first for site (night) | 2026-12-02T17:00+00:00`],
  ],
  [
    'a role that counts, whose holders are on duty',
    but(base, '[person: dee]', `[${ROLE}]`).replace(
      'escalation: {day: main}',
      'escalation: {day: main, night: other}',
    ),
    [`${FROM} 17:00 whoever is ${ROLE} is called first for desk (night)`],
  ],
  [
    'a role that does not count, whose holders are not on duty',
    but(base, 'person: nia', SHADOW),
    [
      `${FROM} 17:00 dee is called for site after others (night) | 2026-11-26T17:00+00:00`,
      // On 2 December ben is on duty himself.
      `From Wed 2 Dec 17:00 ben is called for site after others (night) | 2026-12-16T17:00+00:00`,
      `${FROM} 12:00 dee is called for desk after others (day) | 2026-11-26T12:00+00:00`,
      `From Wed 2 Dec 10:00 ben is called for desk after others (day) | 2026-12-16T10:00+00:00`,
    ],
  ],
  [
    'a window from a later day on',
    but(base, 'escalation: {night: main}', 'escalation: {night: main, feast: other}'),
    ['From Thu 10 Dec 20:00 dee is called first for site (feast) | 2026-12-10T20:00+00:00'],
  ],
  [
    'somebody whose account another person takes',
    but(base, 'pagerduty: PNIA', 'pagerduty: PDEE'),
    [
      `${FROM} 17:00 dee is called for site after others (night), because nia has their account in PagerDuty | 2026-11-26T17:00+00:00`,
      `${FROM} 12:00 dee is called for desk after others (day), because nia has their account in PagerDuty | 2026-11-26T12:00+00:00`,
    ],
  ],
  ['a new account of the same person', but(base, 'pagerduty: PNIA', 'pagerduty: PNEW'), []],
  ['a new schedule of the same role', but(base, 'PENGINEER', 'PNEW'), []],
  [
    'the holders of a role that fills the schedule of another',
    but(base, 'schedule: PSHADOW', 'schedule: PENGINEER').replace('schedule: PENGINEER', 'schedule: PNEW'),
    FILLED,
  ],
  [
    'the same, where the policy in PagerDuty is written from the chain, with the schedule that the role has then',
    but(base, 'schedule: PSHADOW', 'schedule: PENGINEER')
      .replace('schedule: PENGINEER', 'schedule: PNEW')
      .replaceAll('name: Chain\n', 'name: Chain\npagerduty: {policy: PMAIN}\n'),
    [],
  ],
  ['the holders of a role that gets the same new schedule as another', SHARED, [...FILLED, BESIDE]],
  [
    'the same, where the policy in PagerDuty is written from the chain, with that schedule',
    SHARED.replaceAll('name: Chain\n', 'name: Chain\npagerduty: {policy: PMAIN}\n'),
    [...FILLED, BESIDE],
  ],
])('%s', (_, head, lines) => expect(told(head)).toEqual(lines));

/** By night, the engineer's schedule is filled by another role. */
const SHIFTS = but(
  base,
  'name: Nights\ntimezone: Europe/London',
  'name: Nights\ntimezone: Europe/London\nhours: all\ncovers: [day]',
).concat(`== rotas/paas/late.yaml
name: Late
timezone: Europe/London
hours: all
covers: [night, feast]
handover: {day: wednesday, time: "10:00"}
roles:
  watch:
    pagerduty: {schedule: PENGINEER}
    rotation: [{first_turn: 2026-09-02, people: [oz]}]
`);
/** What the engineer's schedule reaches off duty is nobody of the handbook. */
const INBOX = but(
  SHIFTS.replace('people:\n', 'contacts: {inbox: {name: Inbox, pagerduty: PINBOX}}\npeople:\n'),
  '\n    pagerduty: {schedule: PENGINEER}\n    rotation: [{first_turn: 2026-09-02, people: [oz]}]',
  '\n    rotation: [{first_turn: 2026-09-02, people: [oz]}]',
).replace('{schedule: PENGINEER}', '{schedule: PENGINEER, off_duty: inbox}');
const NAMED = (text: string) => text.replaceAll('name: Chain\n', 'name: Chain\npagerduty: {policy: PMAIN}\n');

test('whoever moves before a level is called earlier, although its role gets another id', () => {
  const head = but(
    but(
      base,
      '    pagerduty: {schedule: PENGINEER}\n    rotation: [{first_turn: 2026-09-02, people: [amara, ben, chi]}]',
      '    pagerduty: {schedule: PENGINEER}\n    rotation: [{first_turn: 2026-09-03, people: [chi, amara, ben]}]',
    ),
    '  engineer:\n',
    '  duty:\n',
  ).replace(
    `{notify: [${ROLE}], escalate_after: 5 minutes}, {notify: [person: nia]}`,
    '{notify: [person: nia], escalate_after: 5 minutes}, {notify: [paas/nights/duty]}',
  );
  expect(told(head).filter((it) => it.includes(' nia '))).toEqual([
    `${FROM} 17:00 nia is called first for site (night)`,
    `${FROM} 12:00 nia is called first for desk (day)`,
  ]);
});

describe('a level that reaches nobody any more lets the next be called first, where', () => {
  test.each<[what: string, base: string, from: string, to: string]>([
    [
      'a role leaves the schedule',
      SHIFTS,
      '    pagerduty: {schedule: PENGINEER}\n    rotation: [{first_turn: 2026-09-02, people: [oz]}]',
      '    pagerduty: {schedule: POTHER}\n    rotation: [{first_turn: 2026-09-02, people: [oz]}]',
    ],
    [
      'it has none any more',
      SHIFTS,
      '    pagerduty: {schedule: PENGINEER}\n    rotation: [{first_turn: 2026-09-02, people: [oz]}]',
      '    rotation: [{first_turn: 2026-09-02, people: [oz]}]',
    ],
    [
      'the called role gets another',
      SHIFTS,
      '{schedule: PENGINEER}\n    rotation: [{first_turn: 2026-09-02, people: [amara',
      '{schedule: POTHER}\n    rotation: [{first_turn: 2026-09-02, people: [amara',
    ],
    ['it reaches no contact off duty any more', INBOX, ', off_duty: inbox', ''],
    [
      'it is off duty for less time, and held by nobody',
      but(INBOX, '[amara, ben, chi]', '[]'),
      'covers: [day]',
      'covers: [day, night]',
    ],
  ])('%s', (_, own, from, to) => {
    const reached = compared(NAMED(own), NAMED(but(own, from, to)), NOW).against?.reached ?? [];
    expect(reached.map((it) => reachedText(it, PLAIN_NAMES, at(NOW)))).toEqual([
      `${FROM} 17:00 Europe/London nia is called first for site (night)`,
    ]);
  });
});

test.each<[what: string, pagerduty: string, called: readonly string[]]>([
  ['has the policy of the one before in PagerDuty', ', pagerduty: {service: PSITE01}', ['nia', ROLE]],
  ['calls nobody of the handbook otherwise', '', []],
])('a window that loses its chain %s', (_, pagerduty, called) => {
  const own = but(base, 'escalation: {night: main}}', `escalation: {day: main, night: other}${pagerduty}}`);
  const head = but(own, '{day: main, night: other}', '{day: main}');
  const reached = compared(own, head, NOW).against?.reached ?? [];
  expect(reached.map(({ callee }) => callee.id).toSorted()).toEqual(called);
  expect(reached.flatMap(({ gained }) => gained.slice(0, 1)).map(({ startAt }) => startAt)).toEqual(
    called.length === 0 ? [] : [at('2026-11-26T17:00:00Z')],
  );
});

test.each([
  ['the contact gets their account', 'pagerduty: PINBOX', 'pagerduty: POZ'],
  ['their account becomes that of the contact', 'pagerduty: POZ', 'pagerduty: PINBOX'],
])('the person who has the account of a contact is called when %s', (_, from, to) => {
  const own = but(base, 'people:\n', 'contacts: {inbox: {name: Inbox, pagerduty: PINBOX}}\npeople:\n')
    .replace('github: oz-k', 'github: oz-k, pagerduty: POZ')
    .replace('[person: dee]', '[contact: inbox]')
    .replace('{day: main}', '{day: other}');
  const reached = compared(own, but(own, from, to), NOW).against?.reached ?? [];
  expect(reached.map((it) => reachedText(it, PLAIN_NAMES, at(NOW)))).toEqual([
    `${FROM} 12:00 Europe/London oz is called first for desk (day), because inbox has their account in PagerDuty`,
  ]);
  expect(reached[0]?.gained[0]?.startAt).toBe(at(NOW));
});

test('as JSON, with the first time that somebody gains', () => {
  const [entry] = reachedBy(
    but(base, '[person: dee]', '[person: amara]').replace('night: main', 'night: other'),
  );
  expect(entry && callEntry(entry, at(NOW))).toEqual({
    ...{ service: 'site', role: null, callee: { kind: 'person', id: 'amara' } },
    ...{ start: '2026-11-26T17:00:00Z', first: true, windows: ['night'] },
    ...{ gains_from: '2026-12-02T17:00:00Z', notice_hours: 149 },
  });
});

describe('notice of calls', () => {
  const tonight = but(base, 'night: main', 'night: other');
  const later = but(base, 'escalation: {night: main}', 'escalation: {night: main, feast: other}');
  const pull = (pushedAt: string, more: Partial<Pull> = {}): Partial<Pull> => ({
    pushedAt: at(pushedAt),
    ...more,
  });
  const verdicts = (head: string, own: Partial<Pull> | undefined) => {
    const { against } = compared(base, head, NOW, own);
    return (against?.reached ?? []).map((it) => against && reachVerdict(it, against, at(NOW)).kind);
  };
  const fresh = (team: string, person = 'dee') =>
    but(
      base,
      'services:\n',
      `services:\n  new: {name: New, team: ${team}, service_level: all, escalation: {night: other}}\n`,
    ).replace('[person: dee]', `[person: ${person}]`);
  // Seven days before five in the afternoon, to the second.
  test.each<[what: string, head: string, pull: Partial<Pull> | undefined, verdicts: readonly string[]]>([
    ['none without a pull request', tonight, undefined, ['late']],
    ['a second too little', tonight, pull('2026-11-19T17:00:01Z'), ['late']],
    [
      'exactly the minimum, from the push to the first call',
      tonight,
      pull('2026-11-19T17:00:00Z'),
      ['little'],
    ],
    ['as much as is recommended', tonight, pull('2026-11-12T17:00:00Z'), ['enough']],
    [
      'a pull request that was opened since',
      tonight,
      pull('2026-11-12T17:00:00Z', { openedAt: at(NOW) }),
      ['late'],
    ],
    [
      'one that was a draft until now',
      tonight,
      pull('2026-11-12T17:00:00Z', { offeredAt: at(NOW) }),
      ['late'],
    ],
    ['a push of the future counts as now', tonight, pull('2027-11-12T17:00:00Z'), ['late']],
    ['a window that begins in a fortnight', later, undefined, ['enough']],
    [
      'an emergency',
      tonight,
      pull(NOW, { labels: ['emergency-cover'], approvals: ['nia-r'] }),
      ['emergency'],
    ],
    ['an emergency without approval', tonight, pull(NOW, { labels: ['emergency-cover'] }), ['late']],
    ['a new service, by the terms of its team', fresh('lax', 'oz'), undefined, ['enough']],
    [
      'a new service that calls somebody of another team, by those as well',
      fresh('lax', 'ben'),
      undefined,
      ['late'],
    ],
    [
      'the same as an emergency, with a lead of the team of the service alone',
      fresh('lax', 'ben'),
      pull(NOW, { labels: ['emergency-cover'], approvals: ['oz-k'] }),
      ['late'],
    ],
    [
      'the same as an emergency, with a lead of each team',
      fresh('lax', 'ben'),
      pull(NOW, { labels: ['emergency-cover'], approvals: ['oz-k', 'nia-r'] }),
      ['emergency'],
    ],
    [
      'who is called anyway',
      but(base, '[person: dee]', '[person: nia]').replace('night: main', 'night: other'),
      undefined,
      ['enough'],
    ],
  ])('%s', (_, head, own, kinds) => expect(verdicts(head, own)).toEqual(kinds));

  test('a short cover needs none: all that somebody gains, for whatever service', () => {
    const once = later.replace('2026-12-10', '2026-11-26').replace(
      /(?=== policies\/service-levels)/,
      `  - first_day: 2026-11-27
    windows:
      day: [{days: every, from: "09:00", to: "17:00"}]
      night: {outside: [day]}
      feast: [{days: [friday], from: "12:00", to: "12:01"}]
`,
    );
    // The nights of the weeks after have a gap less, with notice enough.
    expect(verdicts(once, undefined)).toEqual(['enough', 'enough', 'short']);
    const both = but(once, 'escalation: {day: main}', 'escalation: {day: other}');
    expect(verdicts(both, undefined)).toEqual(['enough', 'enough', 'late', 'late']);
  });
});

describe('who has to agree', () => {
  const asked = (head: string) =>
    foundInPull('consent', base, head, NOW, { author: 'mallory' }).flatMap(
      (line) => /anyOf: (\[.*?\])/.exec(line)?.[1] ?? [],
    );
  test.each<[what: string, head: string, person: string]>([
    [
      'whoever is called before others',
      but(base, `{notify: [${ROLE}], escalate_after: 5 minutes}, `, ''),
      '[nia]',
    ],
    ['whoever shadows', but(base, 'person: nia', SHADOW), '[dee]'],
    ['whose account another person takes', but(base, 'pagerduty: PNIA', 'pagerduty: PDEE'), '[dee]'],
    [
      'whose role fills another schedule',
      but(base, 'schedule: PENGINEER', 'schedule: PNEW').replace('PSHADOW', 'PENGINEER'),
      '[dee]',
    ],
  ])('%s', (_, head, person) => expect(asked(head)).toContain(person));

  test('somebody is asked about each chain, whatever else asks them', () => {
    const head = but(base, `{notify: [${ROLE}], escalate_after: 5 minutes}, `, '');
    const both = but(head, '[person: dee]', '[person: nia]').replace(
      'night: main}}',
      'night: main, feast: other}}',
    );
    const reasons = foundInPull('consent', base, both, NOW, { author: 'mallory' }).join('\n');
    expect(reasons).toContain('{kind: chain, id: main, keys: [nia], anyOf: [nia]}');
    expect(reasons).toContain('{kind: chain, id: other, keys: [nia], anyOf: [nia]}');
  });
});

describe('for more priorities', () => {
  const both = `person: nia, ${SHADOW}`;
  const narrow = but(
    but(base, '[person: dee]', `[${both}]`),
    '{notify: [person: nia]}',
    `{notify: [${both}], only_for: [P1], escalate_after: 5 minutes}, {notify: [person: oz]}`,
  );
  const without = (head: string) => compared(narrow, head, NOW, { author: 'mallory' });

  test.each<[what: string, head: string]>([
    ['by the same chain', but(narrow, ' only_for: [P1],', '')],
    ['by another chain of the service', but(narrow, 'night: main', 'night: other')],
  ])('%s, everybody is told and asked who is called anyway, and needs no notice', (_, head) => {
    const reached = without(head).against?.reached.filter(({ callee }) => callee.kind === 'person') ?? [];
    expect(new Set(reached.map(({ callee }) => callee.id))).toEqual(new Set(['nia', 'dee', 'ben']));
    expect(reached.flatMap(({ gained }) => gained)).toEqual([]);
    expect(reached.map((it) => reachedText(it, PLAIN_NAMES, at(NOW)))[0]).toContain('for more priorities');
    const asked = foundInPull('consent', narrow, head, NOW, { author: 'mallory' }).join();
    for (const person of ['nia', 'dee', 'ben']) expect(asked).toContain(`anyOf: [${person}]`);
  });

  test('fewer are nothing new', () =>
    expect(compared(but(narrow, ' only_for: [P1],', ''), narrow, NOW).against?.reached).toEqual([]));
});

test('for any two chains, calls are those that `who` prints, and time is gained where nothing called before', () => {
  const target = fc.constantFrom(ROLE, SHADOW, 'person: nia', 'person: dee', 'person: oz', 'contact: box');
  const level = fc
    .tuple(fc.uniqueArray(target, { minLength: 1, maxLength: 2 }), fc.constantFrom(5, 9))
    .map(([to, minutes]) => `{notify: [${to.join(', ')}], escalate_after: ${minutes} minutes}`);
  const chains = fc.array(level, { minLength: 1, maxLength: 3 }).map((all) => chain(all.join(', ')));
  const windows = fc.constantFrom(
    '{day: one}',
    '{night: two}',
    '{day: one, night: two}',
    '{day: two, night: two, feast: one}',
  );
  const holed = but(
    base,
    '{first_turn: 2026-09-02, people: [dee, ben]}',
    '{first_turn: 2026-09-02, people: [dee, ben]}, {first_turn: 2026-12-02, people: []}',
  );
  const handbook = (one: string, two: string, escalation: string): Handbook =>
    loaded(
      `${but(holed, 'people:\n', 'contacts: {box: {name: Box}}\npeople:\n').replace('{night: main}', escalation)}` +
        `== policies/escalation/one.yaml\n${one}\n== policies/escalation/two.yaml\n${two}\n`,
    ).handbook;
  const span = { startAt: at(NOW), endAt: at(NOW) + 21 * DAY };
  const instants = fc.array(fc.integer({ min: 0, max: 21 * 24 - 1 }), { minLength: 8, maxLength: 8 });
  fc.assert(
    fc.property(chains, chains, chains, chains, windows, windows, instants, (a, b, c, d, was, is, hours) => {
      const [before, after] = [handbook(a, b, was), handbook(c, d, is)];
      const { reached: all } = reachedIn({ base: before, head: after, span });
      for (const hour of hours) {
        const instant = span.startAt + hour * HOUR;
        expect(atInstant(all, instant)).toEqual(expected(before, after, instant));
      }
    }),
    { numRuns: runs(60) },
  );
});

/** The people who gain time at an instant, and those who are called first for `site` and were not. */
function atInstant(all: readonly Reached[], instant: Instant) {
  const people = all.filter(({ callee }) => callee.kind === 'person');
  const own = (of: (it: Reached) => Timeline<Reached['calls'][number]['value']>, isFirst: boolean) =>
    people.flatMap((it) => {
      const call = spanAt(of(it), instant)?.value;
      return call !== undefined && (!isFirst || (!isNone(call.first) && it.subject.id === 'site'))
        ? it.callee.id
        : [];
    });
  return {
    gained: [...new Set(own((it) => it.gained, false))].toSorted(),
    first: own((it) => it.calls, true).toSorted(),
  };
}

/** The same from what `who` prints for each service. */
function expected(before: Handbook, after: Handbook, instant: Instant) {
  const called = (handbook: Handbook, ids: readonly string[], isFirst: boolean) =>
    new Set(
      ids.flatMap((id) => {
        const service = handbook.services.get(id);
        if (service === undefined) return [];
        const { levels } = escalationFor(handbook, service, instant);
        const reached = levels.map((it) => it.notify.filter(({ role, rota }) => `${rota}/${role}` !== ROLE));
        const isHeld = (i: number) =>
          levels[i]?.notify.some(({ person, contact }) => person !== null || contact !== undefined);
        const first = levels.findIndex((_, i) => isHeld(i));
        return (isFirst ? (reached[first] ?? []) : reached.flat()).flatMap(({ person }) => person ?? []);
      }),
    );
  const duty = resolve(after, { startAt: instant, endAt: instant + 1 })
    .roles.get(ROLE)
    ?.cover()[0]?.value.person;
  const services = [...after.services.keys()];
  const anyway = called(before, services, false);
  const [firstBefore, first] = [called(before, ['site'], true), called(after, ['site'], true)];
  return {
    gained: [...called(after, services, false)].filter((it) => !anyway.has(it) && it !== duty).toSorted(),
    first: [...first].filter((it) => !firstBefore.has(it)).toSorted(),
  };
}
