/** A whole handbook with faults: all are reported in one run, none twice, and no fault hides another. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { described } from '../../actions/lib/check/describe.ts';
import { load } from '../../actions/lib/load/load.ts';
import { evaluate } from '../../actions/lib/pipeline.ts';
import { at, but, checked, everything, folk, loaded, resolvedShifts, texts } from '../handbook.ts';

const NOW = at('2026-11-21T12:00:00Z');

describe('all faults are reported in one run', () => {
  test('two in one file, others in other files, in order of file, line and column', () => {
    const faulty = [
      ['timezone: Europe/London\nhours', 'timezone: Europe/Lundon\nhours'],
      ['instead_of: amara-osei, reason: swap', 'instead_off: amara-osei, why: swap'],
      ['leads: [nia-rhys]', 'leads: [nia-rhys'],
      ['first_day: 2026-12-17', 'first_day: 2026-11-31'],
      ['{notify: [person: nia-rhys]}', '{notify: [person: nia]}'],
      ['names: full', 'names: none'],
    ].reduce((text, [passage = '', other = '']) => but(text, passage, other), everything);
    expect(checked(faulty)).toEqual([
      'policies/escalation/nights.yaml:6:23 there is no person "nia"; did you mean "nia-rhys"? [known-names]',
      'policies/publishing.yaml:2:8 "none" is not one of full and initials [schema]',
      'rotas/paas/nights.yaml:2:11 there is no time zone "Europe/Lundon"; did you mean "Europe/London"? [known-names]',
      'rotas/paas/nights.yaml:19:59 "instead_off" is not a key of an override of a turn; did you mean "instead_of"? [schema]',
      'rotas/paas/nights.yaml:19:84 "why" is not a key of an override of a turn; its keys are role, turn, person, instead_of and reason [schema]',
      'rotas/paas/team.yaml:2:8 this "[" is not closed; end it with "]" [yaml]',
      'rotas/people.yaml:17:21 there is no 2026-11-31 in the calendar [times]',
    ]);
  });

  test('with the same messages, whatever the order of the files', () => {
    const faulty = but(but(everything, 'leads: [nia-rhys]', 'leads: [nia]'), 'github:', 'gihtub:');
    const forward = texts(faulty);
    const back = new Map([...forward].toReversed());
    const [one, other] = [forward, back].map((files) =>
      evaluate({ texts: files, findings: [] }, NOW, () => {}),
    );
    expect(other?.findings).toEqual(one?.findings);
    expect(one?.findings).toHaveLength(2);
  });

  test('each once, even when two rules or two places find it', () => {
    expect(
      checked(but(everything, '- {role: engineer, turn', '- {role: engineer, role: second, turn')),
    ).toEqual(['rotas/paas/nights.yaml:19:22 this key appears twice; keep one of them [yaml]']);
  });

  test('a handbook without any file has nothing wrong with it', () => {
    expect(checked('')).toEqual([]);
    expect(load({ texts: new Map(), findings: [] }).handbook.notice.publishedAhead).toEqual({
      count: 13,
      unit: 'week',
    });
  });
});

describe('a fault does not hide other findings', () => {
  const absence = 'away: [{first_day: 2026-12-05, last_day: 2026-12-06}], vetted_on';
  const amaraAway = but(
    everything,
    '    vetted_on: 2025-02-03\n    on_call_since: 2025-06-01\n    delivery_lead',
    `    ${absence}: 2025-02-03\n    on_call_since: 2025-06-01\n    delivery_lead`.replace(
      '}], ',
      '}]\n    ',
    ),
  );
  const conflict =
    'rotas/people.yaml:7:12 amara-osei is away Sat 5 Dec to Sun 6 Dec and is paas/nights/engineer Sat 5 Dec 00:00 – 09:00 and 2 more times; chi-wong could take it [away]';

  test('alone', () => {
    expect(checked(amaraAway)).toEqual([conflict]);
  });

  test.each<[what: string, passage: string, other: string, found: string]>([
    [
      'another person',
      'nia-rhys: {name: Nia Rhys, ',
      'nia-rhys: {nmae: Nia Rhys, ',
      'rotas/people.yaml:21:14 "nmae" is not a key of a person; did you mean "name"? [schema]',
    ],
    [
      'another person of the rota',
      'name: Dee Novak',
      'name: ""',
      'rotas/people.yaml:20:21 "" is not a name such as "Amara Osei" [schema]',
    ],
    [
      'another absence',
      'last_day: 2026-12-20',
      'last_day: 2026-12-32',
      'rotas/people.yaml:18:43 there is no 2026-12-32 in the calendar [times]',
    ],
    [
      'the contacts',
      'inbox: {name: Inbox',
      'inbox: {name: 7',
      'rotas/people.yaml:23:17 this is a number, and "name" is text; put it in quotes [schema]',
    ],
    [
      'the team',
      'leads: [nia-rhys]',
      'leads: [',
      'rotas/paas/team.yaml:2:8 this "[" is not closed; end it with "]" [yaml]',
    ],
    [
      'a policy',
      'turns_between: 1',
      'turns_betwen: 1',
      'policies/on-call.yaml:1:8 "turns_betwen" is not a key of "rest"; did you mean "turns_between"? [schema]',
    ],
    [
      'the chain',
      'repeats: 2',
      'repeat: 2',
      'policies/escalation/nights.yaml:7:1 "repeat" is not a key of an escalation chain; did you mean "repeats"? [schema]',
    ],
    [
      'the service',
      'name: Website',
      'nmae: Website',
      'policies/services.yaml:2:13 "nmae" is not a key of a service; did you mean "name"? [schema]',
    ],
  ])('in %s', (_, passage, other, found) => {
    expect(checked(but(amaraAway, passage, other))).toEqual(
      found.startsWith('rotas/people') ? [conflict, found] : [found, conflict],
    );
  });

  test('in one rota, of two', () => {
    const rota = (id: string, person: string, colour = '') => `== rotas/team/${id}.yaml
name: Rota
timezone: UTC
handover: {day: monday, time: "10:00"}
roles: {lead: {rotation: [{first_turn: 2026-11-03, people: [${person}]}]}}
${colour}`;
    const first =
      'no turn of lead begins on 2026-11-03 (Tue 3 Nov); the nearest hand-overs are 2026-11-02 and 2026-11-09 [first-turn]';
    const colour =
      '"colour" is not a key of a rota; its keys are name, timezone, hours, covers, handover, handover_meeting, standup, roles, overrides and amendments [schema]';
    expect(checked(folk('amara', 'ben') + rota('a', 'amara') + rota('b', 'ben'))).toEqual([
      `rotas/team/a.yaml:4:40 ${first}`,
      `rotas/team/b.yaml:4:40 ${first}`,
    ]);
    expect(checked(folk('amara', 'ben') + rota('a', 'amara', 'colour: red\n') + rota('b', 'ben'))).toEqual([
      `rotas/team/a.yaml:5:1 ${colour}`,
      `rotas/team/b.yaml:4:40 ${first}`,
    ]);
  });
});

describe('a fault causes no other finding', () => {
  const unclosed = 'this "[" is not closed; end it with "]" [yaml]';
  const twice = 'this key appears twice; keep one of them [yaml]';

  test.each<[what: string, passage: string, other: string, found: string]>([
    [
      'a rota that is not YAML, which support hours require and a chain calls',
      'name: Nights\ntimezone',
      'name: Nights\nname: Days\ntimezone',
      `rotas/paas/nights.yaml:2:1 ${twice}`,
    ],
    [
      'a rota without one of its keys',
      'name: Nights\ntimezone',
      'timezone',
      'rotas/paas/nights.yaml:1:1 "name" is missing from a rota [schema]',
    ],
    [
      'a role that is faulty',
      'by: 1',
      'bye: 1',
      'rotas/paas/nights.yaml:14:31 "bye" is not a key of "follows"; did you mean "by"? [schema]',
    ],
    [
      'support hours that are not YAML',
      'holidays: england',
      'holidays: [england',
      `policies/support-hours/paas.yaml:3:11 ${unclosed}`,
    ],
    [
      'support hours with a faulty window',
      'days: non-working',
      'days: nonworking',
      'policies/support-hours/paas.yaml:7:19 "nonworking" is not one of working, non-working, every and holidays; did you mean "non-working"? [schema]',
    ],
    [
      'holidays that are not YAML',
      'name: England',
      'name: [England',
      `policies/holidays/england.yaml:1:7 ${unclosed}`,
    ],
    [
      'holidays with a faulty day',
      '2026-12-28: Boxing',
      '2026-12-28: <b>Boxing',
      'policies/holidays/england.yaml:6:15 "<" and ">" are not allowed in a name; remove them [schema]',
    ],
    [
      'service levels that are not YAML',
      'clock: {in-hours',
      'name: {in-hours',
      `policies/service-levels/paas.yaml:6:1 ${twice}`,
    ],
    [
      'people that are not YAML',
      'name: Amara Osei',
      'name: Amara Osei\n    name: Amara',
      `rotas/people.yaml:4:5 ${twice}`,
    ],
    [
      'a person who is on a rota',
      'name: Amara Osei',
      'nam: Amara Osei',
      'rotas/people.yaml:3:5 "nam" is not a key of a person; did you mean "name"? [schema]',
    ],
    [
      'a person who leads a team and ends a chain',
      'name: Nia Rhys',
      'name: ""',
      'rotas/people.yaml:20:20 "" is not a name such as "Amara Osei" [schema]',
    ],
    [
      'a chain that a service names',
      'name: Nights\napplies_in',
      'name: 7\napplies_in',
      'policies/escalation/nights.yaml:1:7 this is a number, and "name" is text; put it in quotes [schema]',
    ],
  ])('%s', (_, passage, other, found) => {
    expect(checked(but(everything, passage, other))).toEqual([found]);
  });

  test('nor does a newcomer whose colleague could not be read', () => {
    const pair = (name: string) => `== rotas/people.yaml
people:
  amara: {name: Amara, on_call_since: 2026-11-20}
  ben: {name: ${name}, on_call_since: 2020-01-01}
== rotas/team/rota.yaml
name: Rota
timezone: UTC
handover: {day: monday, time: "10:00"}
roles:
  lead: {needs: {on_call: true}, rotation: [{first_turn: 2026-11-23, people: [amara]}]}
  second: {rotation: [{first_turn: 2026-11-23, people: [ben]}]}
== policies/on-call.yaml
rest: {turns_between: 0}
`;
    expect(checked(pair('Ben'))).toEqual([]);
    expect(checked(pair('""'))).toEqual([
      'rotas/people.yaml:3:15 "" is not a name such as "Amara Osei" [schema]',
    ]);
  });

  test('only what could not be read is listed as unread', () => {
    const faulty = [
      ['name: Nights\ntimezone', 'nmae: Nights\ntimezone'],
      ['name: Amara Osei', 'name: 7'],
      ['name: England', 'name: ['],
    ].reduce((text, [passage = '', other = '']) => but(text, passage, other), everything);
    const { handbook, unreadFiles } = loaded(faulty);
    expect(unreadFiles).toEqual([
      'policies/holidays/england.yaml',
      'rotas/paas/nights.yaml',
      'rotas/people.yaml',
    ]);
    expect(handbook.unread).toEqual([
      { kind: 'holidays', id: 'england' },
      { kind: 'people', id: 'amara-osei' },
      { kind: 'rota', id: 'paas/nights' },
    ]);
    expect([...handbook.people.keys()]).toEqual(['ben-adeyemi', 'chi-wong', 'dee-novak', 'nia-rhys']);
    expect([...handbook.hours.keys()]).toEqual(['paas']);
    expect(handbook.rotas.size + handbook.holidays.size).toBe(0);
  });
});

test.each<[what: string, text: string, ...files: string[]]>([
  ['no file of a sound handbook', everything],
  [
    'a policy of the whole handbook',
    but(everything, 'rota_change: {', 'rota_change: {{'),
    'policies/notice.yaml',
  ],
  ['a file with an unknown key', but(everything, 'contacts:\n', 'contact:\n'), 'rotas/people.yaml'],
  [
    'a file that names hours that do not exist',
    but(everything, 'hours: paas\ncovers', 'hours: pas\ncovers'),
    'rotas/paas/nights.yaml',
  ],
  [
    'a misnamed file, as far as its name shows what it is',
    `${everything}== rotas/People.yml\npeople: {}\n== rotas/notes.txt\nx\n`,
    'rotas/People.yml',
  ],
  [
    'no file that only names somebody who does not exist',
    but(everything, 'leads: [nia-rhys]', 'leads: [nia]'),
  ],
])('unread, wholly or in part, is %s', (_, text, ...files) =>
  expect(loaded(text).unreadFiles).toEqual(files),
);

test('unread is a file that could not be opened', () => {
  const location = { file: 'rotas/paas', offset: 0 };
  const finding = { rule: 'yaml', code: 'link', severity: 'error', args: {}, location } as const;
  expect(load({ texts: texts(everything), findings: [finding] }).unreadFiles).toEqual(['rotas/paas']);
});

describe('a misnamed file causes no other finding', () => {
  const YML = (name: string) => `this file ends in ".yml" and is not read; rename it to "${name}.yaml"`;
  const WORDS =
    'this file is not read; names of folders and files are lower-case words (letters and digits) joined by hyphens';
  const ENDING =
    'this file is of no known kind and is not read; a rota or policy ends in ".yaml", and notes end in ".md"';
  const POLICIES =
    'this file is of no known kind and is not read; policies are notice.yaml, publishing.yaml, on-call.yaml, time-off.yaml, messages.yaml, services.yaml and the folders support-hours, holidays, service-levels, tickets, escalation, onboarding';

  test.each<[path: string, other: string, message: string]>([
    ['rotas/people.yaml', 'rotas/people.yml', YML('people')],
    ['rotas/people.yaml', 'rotas/People.yaml', WORDS],
    ['rotas/people.yaml', 'rotas/people.YAML', ENDING],
    ['rotas/people.yaml', 'rotas/people/paas.yml', YML('paas')],
    ['rotas/people.yaml', 'rotas/people/PaaS people.yaml', WORDS],
    ['rotas/people.yaml', 'policies/people.yaml', POLICIES],
    ['rotas/paas/nights.yaml', 'rotas/paas/nights.yml', YML('nights')],
    ['rotas/paas/nights.yaml', 'rotas/PaaS/Nights.yml', YML('Nights')],
    ['policies/support-hours/paas.yaml', 'policies/support-hours/paas.yml', YML('paas')],
    ['policies/support-hours/paas.yaml', 'policies/support_hours/paas.yaml', WORDS],
    [
      'policies/support-hours/paas.yaml',
      'policies/support-hour/paas.yaml',
      `${POLICIES}; did you mean "support-hours"?`,
    ],
    ['policies/holidays/england.yaml', 'policies/holidays/England.yaml', WORDS],
    [
      'policies/holidays/england.yaml',
      'policies/holiday/england.yaml',
      `${POLICIES}; did you mean "holidays"?`,
    ],
    ['policies/service-levels/paas.yaml', 'policies/service levels/paas.yaml', WORDS],
    ['policies/escalation/nights.yaml', 'policies/escalation/nights.yml', YML('nights')],
    ['policies/services.yaml', 'policies/services.yml', YML('services')],
  ])('%s as %s', (path, other, message) => {
    expect(checked(but(everything, `== ${path}\n`, `== ${other}\n`))).toEqual([
      `${other}:1:1 ${message} [yaml]`,
    ]);
  });

  test('but one that also exists under its correct name is read', () => {
    const both = `${but(everything, 'hours: paas\ncovers', 'hours: pas\ncovers')}== rotas/paas/nights.yml\nname: x\n`;
    expect(checked(both)).toEqual([
      'rotas/paas/nights.yaml:3:8 there is no support hours "pas"; did you mean "paas"? [known-names]',
      `rotas/paas/nights.yml:1:1 ${YML('nights')} [yaml]`,
    ]);
    expect(loaded(`${everything}== rotas/paas/nights.yml\nname: x\n`).handbook.unread).toEqual([]);
  });

  test('and people who are in another file are not reported as unknown', () => {
    const parted = but(everything, '  nia-rhys: {name: Nia Rhys, pagerduty: PNIA1}\n', '');
    expect(checked(`${parted}== rotas/people/leads.yml\npeople: {nia-rhys: {name: Nia Rhys}}\n`)).toEqual([
      `rotas/people/leads.yml:1:1 ${YML('leads')} [yaml]`,
    ]);
  });
});

describe('names that every object has', () => {
  const called = `== rotas/people.yaml
people:
  constructor: {name: Constance R., vetted_on: 2020-01-01, away: [{first_day: 2026-12-08, last_day: 2026-12-08}]}
  ben: {name: Ben, vetted_on: 2020-01-01, delivery_lead: constructor}
== rotas/constructor/team.yaml
name: Team
leads: [constructor]
== rotas/constructor/constructor.yaml
name: Rota
timezone: UTC
hours: constructor
covers: [constructor]
handover: {day: monday, time: "10:00"}
roles:
  constructor:
    needs: {vetted: true}
    rotation: [{first_turn: 2026-11-02, people: [ben, constructor]}]
    turns: {2026-12-14: ben}
overrides:
  - {role: constructor, person: constructor, instead_of: ben, from: 2026-12-01T10:00, to: 2026-12-01T12:00}
== policies/support-hours/constructor.yaml
name: Hours
timezone: UTC
windows: {constructor: [{days: [tuesday], from: "09:00", to: "17:00"}]}
covered_by: {constructor: [constructor/constructor/constructor]}
`;

  test('constructor is a person, a team, a rota, a role, a window and support hours', () => {
    expect(checked(called)).toEqual([
      'rotas/people.yaml:2:67 constructor is away Tue 8 Dec and is constructor/constructor/constructor Tue 8 Dec 09:00 – 17:00; ben could take it [away]',
    ]);
    const role = 'constructor/constructor/constructor';
    expect(resolvedShifts(called, role, '2026-11-30T00:00:00Z', '2026-12-16T00:00:00Z')).toEqual([
      '2026-12-01T09:00+00:00 2026-12-01T10:00+00:00 ben',
      '2026-12-01T10:00+00:00 2026-12-01T12:00+00:00 constructor',
      '2026-12-01T12:00+00:00 2026-12-01T17:00+00:00 ben',
      '2026-12-08T09:00+00:00 2026-12-08T17:00+00:00 constructor',
      '2026-12-15T09:00+00:00 2026-12-15T17:00+00:00 ben',
    ]);
  });

  test('constructor is unknown where it is not defined', () => {
    const text = but(
      but(everything, 'leads: [nia-rhys]', 'leads: [constructor]'),
      'holidays: england',
      'holidays: constructor',
    );
    expect(checked(text)).toEqual([
      'policies/support-hours/paas.yaml:3:11 there is no holiday list "constructor" [known-names]',
      'rotas/paas/team.yaml:2:9 there is no person "constructor" [known-names]',
    ]);
  });

  test.each(['__proto__', 'toString', 'hasOwnProperty', '__defineGetter__'])(
    '%s is no id, of anything',
    (id) => {
      const none = `"${id}" is not an id such as "amara-osei" [schema]`;
      expect(checked(but(everything, '  inbox: {', `  ${id}: {`))).toEqual([
        `rotas/people.yaml:22:3 ${none}`,
      ]);
      expect(
        checked(
          but(
            everything,
            'people:\n  amara-osei:',
            `people:\n  ${id}: {name: X, away: [], constructor: {}}\n  amara-osei:`,
          ),
        ),
      ).toContain(`rotas/people.yaml:2:3 ${none}`);
      expect(checked(but(everything, '  shadow:', `  ${id}:`))).toContain(
        `rotas/paas/nights.yaml:15:3 ${none}`,
      );
      expect(checked(but(everything, 'leads: [nia-rhys]', `leads: [${id}]`))).toContain(
        `rotas/paas/team.yaml:2:9 there is no person "${id}" [known-names]`,
      );
    },
  );

  test('__proto__ is not a window either', () => {
    expect(checked(but(everything, 'outside: [in-hours, waking]', 'outside: [in-hours, __proto__]'))).toEqual(
      ['policies/support-hours/paas.yaml:8:35 there is no window "__proto__" [known-names]'],
    );
  });

  test('and __proto__ changes no prototype', () => {
    const poison = '{name: X, polluted: true, skills: [developer], vetted_on: 2020-01-01}';
    const { handbook } = loaded(
      `== rotas/people.yaml\n__proto__: {polluted: true}\npeople:\n  __proto__: ${poison}\n  amara: {name: Amara, __proto__: ${poison}}\n  ben: {name: Ben}\n`,
    );
    expect([...handbook.people.values()].map(({ id, skills, vettedOn }) => [id, skills, vettedOn])).toEqual([
      ['ben', [], undefined],
    ]);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

test('thousands of unknown keys cause a limited number of findings', () => {
  const wrong = Array.from({ length: 4_000 }, (_, i) => `key-${i}: 1\n`).join('');
  const found = checked(`== rotas/paas/team.yaml\nname: PaaS\n${wrong}`);
  expect(found[0]).toBe(
    'rotas/paas/team.yaml:1:1 this file breaks its schema in more than 2000 places; 100 of them are reported [schema]',
  );
  expect(found[1]).toBe(
    'rotas/paas/team.yaml:2:1 "key-0" is not a key of a team; its keys are name, leads, channel, needs, slack, microsoft_teams, zendesk, checklists and on_support [schema]',
  );
  expect(found.length).toBeLessThan(200);
});

describe('whatever is done to the files', () => {
  const files = [...texts(everything)];
  const sign = fc.constantFrom(
    ...'{}[],:&*!|>\'"%@`#?-\\\t\n\r\0 <~/.0129aTz',
    '\u202e',
    '\ufeff',
    '\ud800',
    '💥',
    '- ',
    ': ',
    '__proto__: ',
    '<<: *a',
    '&a ',
    '!!str ',
    '\n---\n',
    '2026-02-30',
    '.nan',
  );
  const edit = fc.record({
    file: fc.nat(files.length - 1),
    what: fc.constantFrom('delete', 'double', 'insert', 'cut', 'move'),
    where: fc.double({ min: 0, max: 1, noNaN: true }),
    size: fc.nat(12),
    sign,
    lines: fc.boolean(),
  });

  /** The text with some letters, or some lines, taken out, doubled or put in. */
  function mutated(
    text: string,
    { what, where, size, sign: put, lines }: typeof edit extends fc.Arbitrary<infer T> ? T : never,
  ): string {
    const parts = lines ? text.split(/(?<=\n)/) : [...text];
    const from = Math.floor(where * parts.length);
    const chosen = parts.slice(from, from + size + 1);
    switch (what) {
      case 'delete':
        return parts.toSpliced(from, size + 1).join('');
      case 'double':
        return parts.toSpliced(from, 0, ...chosen).join('');
      case 'insert':
        return parts.toSpliced(from, 0, put).join('');
      case 'cut':
        return parts.slice(0, from).join('');
      case 'move':
        return [...parts.toSpliced(from, size + 1), ...chosen].join('');
    }
  }

  test('nothing is thrown, and every finding is at a line of its file', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        const changed = new Map(files);
        for (const one of edits) {
          const [path = ''] = files[one.file] ?? [];
          changed.set(path, mutated(changed.get(path) ?? '', one));
        }
        const { findings } = evaluate({ texts: changed, findings: [] }, NOW, () => {});
        for (const { file, line, column, message } of described(findings)) {
          const lines = changed.get(file)?.split('\n');
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines?.length ?? 0);
          expect(column).toBeGreaterThanOrEqual(1);
          expect(column).toBeLessThanOrEqual((lines?.[line - 1]?.length ?? 0) + 1);
          expect(message).not.toMatch(/undefined|NaN|\[object|Infinity/);
        }
      }),
      { numRuns: 500 },
    );
  });
});
