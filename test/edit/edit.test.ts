// In a layout, «» marks what a swap inserts and ‹› what a cover inserts; the rest is the original file.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describe as inWords } from '../../actions/lib/check/describe.ts';
import {
  coverHours,
  type RequestedCover,
  type RequestedSwap,
  swapTurns,
} from '../../actions/lib/edit/edit.ts';
import type { EditOutcome } from '../../actions/lib/edit/outcome.ts';
import { load, type Texts } from '../../actions/lib/load/load.ts';
import { evaluate } from '../../actions/lib/pipeline.ts';
import { resolve } from '../../actions/lib/resolve/resolve.ts';
import { dateText, dayOf } from '../../actions/lib/time/date.ts';
import { spanAt } from '../../actions/lib/timeline.ts';
import { at, between, but, folk, texts } from '../handbook.ts';
import { isPaired, runs } from '../sampled.ts';

const NOW = at('2026-11-21T12:00:00Z');
const FILE = 'rotas/paas/nights.yaml';
const PEOPLE = but(
  folk('amara-osei', 'ben-adeyemi', 'chi-wong', 'dee-novak', '007'),
  'name: 007',
  'name: Bond',
);

const HEAD = `name: Nights
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles:
  engineer:
    rotation:
      - {first_turn: 2026-11-04, people: [amara-osei, ben-adeyemi, chi-wong]}
`;
const [ONE, OTHER] = [
  '{role: engineer, turn: 2026-12-02, person: chi-wong, instead_of: ben-adeyemi, reason: swap}',
  '{role: engineer, turn: 2026-12-09, person: ben-adeyemi, instead_of: chi-wong, reason: swap}',
];
const HOURS =
  '{role: engineer, person: dee-novak, instead_of: amara-osei, from: 2026-12-16T18:00, to: 2026-12-16T21:00, reason: cover}';
const OLD = '{role: engineer, turn: 2026-12-23, person: dee-novak, instead_of: ben-adeyemi, reason: leave}';
const OLDER = '{role: engineer, turn: 2026-12-30, person: dee-novak, instead_of: chi-wong}';

const swap: RequestedSwap = { rota: 'paas/nights', role: 'engineer', turns: ['2026-12-02', '2026-12-09'] };
const cover: RequestedCover = {
  rota: 'paas/nights',
  role: 'engineer',
  from: '2026-12-16T18:00',
  to: '2026-12-16T21:00',
  person: 'dee-novak',
};
const coverBack: RequestedCover = { ...cover, person: 'amara-osei' };

/** A handbook with this file of a rota; other files may follow, each after a line `== path`. */
const handbook = (rota: string, others = ''): Texts => ({
  texts: texts(PEOPLE + others).set(FILE, rota),
  findings: [],
});

const errorsOf = (given: Texts): string[] =>
  evaluate(given, NOW, () => {})
    .findings.filter(({ severity }) => severity === 'error')
    .map(inWords);

/** The text of the one file that an edit changes. */
function textOf(outcome: EditOutcome): string {
  if ('refusal' in outcome) throw new Error(JSON.stringify(outcome.refusal));
  expect(outcome.files.map(({ file }) => file)).toEqual([FILE]);
  return outcome.files[0]?.text ?? '';
}

/** The text that an edit returns, after asserting that it has no errors. */
function written(outcome: EditOutcome): string {
  const text = textOf(outcome);
  expect(errorsOf(handbook(text))).toEqual([]);
  return text;
}

const swapped = (rota: string, asked = swap): string => written(swapTurns(handbook(rota), NOW, asked));
const covered = (rota: string, asked = cover): string => written(coverHours(handbook(rota), NOW, asked));

/** Why an edit is refused: a message, or the errors it would add. */
function refusal(outcome: EditOutcome): string {
  if (!('refusal' in outcome)) throw new Error(`not refused: ${textOf(outcome)}`);
  const { refusal: why } = outcome;
  if (why.kind !== 'errors') return `${why.kind}: ${why.message}${'way' in why ? `; ${why.way}` : ''}`;
  return why.findings.map((finding) => `${inWords(finding)} [${finding.rule}]`).join('\n');
}

/** Who holds the engineer's seat at an instant. */
function holderAt(rota: string, iso: string): string | undefined {
  const { roles } = resolve(load(handbook(rota)).handbook, between('2026-11-01T00:00Z', '2027-06-01T00:00Z'));
  return spanAt(roles.get('paas/nights/engineer')?.cover() ?? [], at(iso))?.value.person;
}

const LAYOUTS: Readonly<Record<string, string>> = {
  'no overrides yet': `${HEAD}«overrides:
  - ${ONE}
  - ${OTHER}
»‹overrides:
  - ${HOURS}
›`,

  'no overrides yet, keys set apart by blank lines': `name: Nights

${but(HEAD, 'name: Nights\n', '').replace('roles:', '\n# Whoever is called.\nroles:')}«
overrides:
  - ${ONE}
  - ${OTHER}
»‹
overrides:
  - ${HOURS}
›`,

  'no overrides yet, another list indented by four, comments at the end': `${HEAD}amendments:
    - first_day: 2027-03-01
      handover: {day: wednesday, time: "10:00"}
    # later: mondays
# the end
«overrides:
    - ${ONE}
    - ${OTHER}
»‹overrides:
    - ${HOURS}
›`,

  'no overrides yet, between the marks of a document': `---\n${HEAD}«overrides:
  - ${ONE}
  - ${OTHER}
»‹overrides:
  - ${HOURS}
›...
`,

  'items on one line each, with comments everywhere': `${HEAD}# Exceptions
overrides: # agreed on the channel
  # Christmas
  - ${OLD} # Dee has no children
  # New Year
  - ${OLDER} # neither then
«  - ${ONE}
  - ${OTHER}
»‹  - ${HOURS}
›  # more to come in January
# the end
`,

  'items as blocks': `${HEAD}overrides:
  - ${OLD}
  - role: engineer
    turn: 2026-12-30
    person: dee-novak # of the other team
    instead_of: chi-wong
    reason: >-
      a party,
      a long one
«  - role: engineer
    turn: 2026-12-02
    person: chi-wong
    instead_of: ben-adeyemi
    reason: swap
  - role: engineer
    turn: 2026-12-09
    person: ben-adeyemi
    instead_of: chi-wong
    reason: swap
»‹  - role: engineer
    person: dee-novak
    instead_of: amara-osei
    from: 2026-12-16T18:00
    to: 2026-12-16T21:00
    reason: cover
›`,

  "dashes at the key's column": `${HEAD}overrides:
- role: engineer
  turn: 2026-12-23
  person: dee-novak
  instead_of: ben-adeyemi
  # said by phone
«- role: engineer
  turn: 2026-12-02
  person: chi-wong
  instead_of: ben-adeyemi
  reason: swap
- role: engineer
  turn: 2026-12-09
  person: ben-adeyemi
  instead_of: chi-wong
  reason: swap
»‹- role: engineer
  person: dee-novak
  instead_of: amara-osei
  from: 2026-12-16T18:00
  to: 2026-12-16T21:00
  reason: cover
›# the end
`,

  'four spaces, and far from the dash': `${HEAD}overrides:
    -   role: engineer
        turn: 2026-12-23
        person: dee-novak
        instead_of: ben-adeyemi
«    -   role: engineer
        turn: 2026-12-02
        person: chi-wong
        instead_of: ben-adeyemi
        reason: swap
    -   role: engineer
        turn: 2026-12-09
        person: ben-adeyemi
        instead_of: chi-wong
        reason: swap
»‹    -   role: engineer
        person: dee-novak
        instead_of: amara-osei
        from: 2026-12-16T18:00
        to: 2026-12-16T21:00
        reason: cover
›`,

  'dashes on lines of their own': `${HEAD}overrides:
  -
    role: engineer
    turn: 2026-12-23
    person: dee-novak
    instead_of: ben-adeyemi
«  -
    role: engineer
    turn: 2026-12-02
    person: chi-wong
    instead_of: ben-adeyemi
    reason: swap
  -
    role: engineer
    turn: 2026-12-09
    person: ben-adeyemi
    instead_of: chi-wong
    reason: swap
»‹  -
    role: engineer
    person: dee-novak
    instead_of: amara-osei
    from: 2026-12-16T18:00
    to: 2026-12-16T21:00
    reason: cover
›`,

  'a comment beside the dash': `${HEAD}overrides:
  - # half-term
    role: engineer
    turn: 2026-12-23
    person: dee-novak
    instead_of: ben-adeyemi
«  - role: engineer
    turn: 2026-12-02
    person: chi-wong
    instead_of: ben-adeyemi
    reason: swap
  - role: engineer
    turn: 2026-12-09
    person: ben-adeyemi
    instead_of: chi-wong
    reason: swap
»‹  - role: engineer
    person: dee-novak
    instead_of: amara-osei
    from: 2026-12-16T18:00
    to: 2026-12-16T21:00
    reason: cover
›`,

  'in the middle of the file, with amendments below': `${HEAD}overrides:
  - ${OLD}
«  - ${ONE}
  - ${OTHER}
»‹  - ${HOURS}
›
amendments:
  - first_day: 2027-03-01
    handover: {day: wednesday, time: "10:00"}
`,

  'quoted dates and names': `${HEAD}overrides:
  - {"role": 'engineer', "turn": "2026-12-23", "person": 'dee-novak', "instead_of": "ben-adeyemi"}
«  - ${ONE}
  - ${OTHER}
»‹  - ${HOURS}
›`,

  'brackets on one line': `${HEAD}overrides: [${OLD}«, ${ONE}, ${OTHER}»‹, ${HOURS}›] # as agreed\n`,

  'brackets with room and a last comma': `${HEAD}overrides: [ ${OLD}«, ${ONE}, ${OTHER}»‹, ${HOURS}›, ]\n`,

  'brackets with nothing in them': `${HEAD}overrides: [«${ONE}, ${OTHER}»‹${HOURS}›] # none yet\n`,

  'brackets with nothing but room in them': `${HEAD}overrides: [«${ONE}, ${OTHER}»‹${HOURS}›  ]\n`,

  'brackets with nothing but a comment in them': `${HEAD}overrides: [«${ONE}, ${OTHER}»‹${HOURS}›
  # none yet
]
`,

  'brackets over many lines': `${HEAD}overrides: [
  ${OLD}, # Christmas
  # New Year, too
  ${OLDER}«,»‹,› # and so on
«  ${ONE},
  ${OTHER}
»‹  ${HOURS}
›  # more to come
]
`,

  'brackets over many lines, with a last comma': `${HEAD}overrides: [
    ${OLD}, # Christmas, and so on
«    ${ONE},
    ${OTHER},
»‹    ${HOURS},
›]
`,

  'brackets that close beside the last item': `${HEAD}overrides:
  [${OLD},
   ${OLDER}«,
   ${ONE},
   ${OTHER}»‹,
   ${HOURS}›] # that is all
`,
};

const was = (layout: string): string => layout.replaceAll(/«[^»]*»|‹[^›]*›/g, '');
const withSwap = (layout: string): string => layout.replaceAll(/‹[^›]*›/g, '').replaceAll(/[«»]/g, '');
const withCover = (layout: string): string => layout.replaceAll(/«[^»]*»/g, '').replaceAll(/[‹›]/g, '');

const BYTES: Readonly<Record<string, (text: string) => string>> = {
  'plain lines': (text) => text,
  'lines of Windows': (text) => text.replaceAll('\n', '\r\n'),
  'a byte order mark': (text) => `\uFEFF${text}`,
  'no end of the last line': (text) => text.replace(/\n$/, ''),
  'all three': (text) => `\uFEFF${text.replace(/\n$/, '').replaceAll('\n', '\r\n')}`,
};

/**
 * Every layout in plain lines, and in one other form chosen by the seed of the run; in the nightly run in all forms.
 */
const FORMS = Object.entries(BYTES).map(([name, bytes], form) => ({
  name,
  bytes,
  layouts: Object.entries(LAYOUTS).filter((_, i) => form === 0 || isPaired(i, form - 1, 4)),
}));

describe.each(FORMS)('$name', ({ bytes, layouts }) => {
  test.each(layouts)('a swap is added and undone: %s', (_name, layout) => {
    const before = bytes(was(layout));
    const after = swapped(before);
    expect(after).toBe(bytes(withSwap(layout)));
    expect(holderAt(after, '2026-12-02T10:00Z')).toBe('chi-wong');
    expect(holderAt(after, '2026-12-16T09:59Z')).toBe('ben-adeyemi');
    expect(swapped(after)).toBe(before);
    expect(swapped(after, { ...swap, turns: ['2026-12-09', '2026-12-02'] })).toBe(before);
  });

  test.each(layouts)('a cover is added and undone: %s', (_name, layout) => {
    const before = bytes(was(layout));
    const after = covered(before);
    expect(after).toBe(bytes(withCover(layout)));
    expect(holderAt(after, '2026-12-16T17:59Z')).toBe('amara-osei');
    expect(holderAt(after, '2026-12-16T18:00Z')).toBe('dee-novak');
    expect(holderAt(after, '2026-12-16T21:00Z')).toBe('amara-osei');
    expect(covered(after, coverBack)).toBe(before);
  });

  test.each(layouts)('a cover is cut, given back in part, and undone: %s', (_name, layout) => {
    const before = covered(bytes(was(layout)));
    const inner = { ...cover, from: '2026-12-16T19:00', to: '2026-12-16T20:00' };
    const cut = covered(before, { ...inner, person: 'ben-adeyemi' });
    expect(['18:00', '19:00', '20:00', '21:00'].map((time) => holderAt(cut, `2026-12-16T${time}Z`))).toEqual([
      'dee-novak',
      'ben-adeyemi',
      'dee-novak',
      'amara-osei',
    ]);
    expect(covered(cut, inner)).toBe(before);
    const open = covered(cut, { ...inner, person: 'amara-osei' });
    expect(holderAt(open, '2026-12-16T19:00Z')).toBe('amara-osei');
    expect(covered(open, coverBack)).toBe(bytes(was(layout)));
  });

  test.each(layouts)('a swap and a cover are undone in either order: %s', (_name, layout) => {
    const before = bytes(was(layout));
    expect(swapped(covered(swapped(before)), swap)).toBe(covered(before));
    expect(covered(swapped(covered(before)), coverBack)).toBe(swapped(before));
  });
});

test('a file that is indented as a whole keeps its indentation', () => {
  const indented = HEAD.replaceAll(/^(?=.)/gm, '  ');
  const after = swapped(indented);
  expect(after).toBe(`${indented}  overrides:\n    - ${ONE}\n    - ${OTHER}\n`);
  expect(swapped(after)).toBe(indented);
});

describe('an existing override', () => {
  const third = (turns: [string, string]): RequestedSwap => ({ ...swap, turns });

  test('gets another person, and keeps everything else', () => {
    const once = swapped(HEAD);
    const twice = swapped(once, third(['2026-12-02', '2026-12-16']));
    expect(twice).toBe(
      but(once, 'turn: 2026-12-02, person: chi-wong', 'turn: 2026-12-02, person: amara-osei') +
        '  - {role: engineer, turn: 2026-12-16, person: chi-wong, instead_of: amara-osei, reason: swap}\n',
    );
    expect(swapped(twice, third(['2026-12-02', '2026-12-16']))).toBe(once);
  });

  test('of hours of a swapped turn is then for the new holder, and for the first again after swapping back', () => {
    const before = covered(HEAD, { ...cover, from: '2026-12-03T18:00', to: '2026-12-03T21:00' });
    const after = swapped(before);
    expect(after).toBe(
      `${but(before, 'instead_of: ben-adeyemi', 'instead_of: chi-wong')}  - ${ONE}\n  - ${OTHER}\n`,
    );
    expect(swapped(after)).toBe(before);
    const unsaid = before.replace('instead_of: ben-adeyemi, ', '');
    expect(swapped(unsaid)).toBe(`${unsaid}  - ${ONE}\n  - ${OTHER}\n`);
  });

  test('is removed when its turn returns to its holder, while the other turn stays swapped', () => {
    const once = swapped(HEAD);
    const twice = swapped(once, third(['2026-12-02', '2026-12-23']));
    expect(twice).toBe(
      `${HEAD}overrides:\n  - ${OTHER}\n  - {role: engineer, turn: 2026-12-23, person: chi-wong, instead_of: ben-adeyemi, reason: swap}\n`,
    );
  });

  test('of the same hours gets another person, in the same quotes', () => {
    const quoted = but(covered(HEAD), 'person: dee-novak', "person: 'dee-novak' ");
    const other = covered(quoted, { ...cover, person: 'ben-adeyemi' });
    expect(other).toBe(but(quoted, "'dee-novak'", "'ben-adeyemi'"));
    expect(covered(other)).toBe(quoted);
  });

  test('takes precedence over agreed turns, whose holder is its instead_of', () => {
    const agreed = `${HEAD}    turns: {2026-12-02: amara-osei}\n`;
    expect(swapped(agreed)).toBe(
      `${agreed}overrides:
  - {role: engineer, turn: 2026-12-02, person: chi-wong, instead_of: amara-osei, reason: swap}
  - {role: engineer, turn: 2026-12-09, person: amara-osei, instead_of: chi-wong, reason: swap}
`,
    );
  });

  test('of a whole turn gives a cover its instead_of', () => {
    const asked = { ...cover, from: '2026-12-02T18:00', to: '2026-12-02T21:00' };
    expect(covered(swapped(HEAD), asked)).toContain('person: dee-novak, instead_of: chi-wong');
  });

  test('quotes a person whose name looks like a number', () => {
    const after = covered(HEAD, { ...cover, person: '007' });
    expect(after).toContain('person: "007", instead_of: amara-osei');
    const other = covered(after, { ...cover, person: 'ben-adeyemi' });
    expect(other).toContain('person: "ben-adeyemi"');
    expect(covered(but(other, '"ben-adeyemi"', 'ben-adeyemi'), { ...cover, person: '007' })).toBe(after);
  });

  test('of another role is another override', () => {
    const two = `${HEAD}  second:
    counts: false
    rotation: [{first_turn: 2026-11-04, people: [dee-novak]}]
overrides:
  - {role: second, turn: 2026-12-02, person: amara-osei, instead_of: dee-novak}
  - {role: second, person: ben-adeyemi, instead_of: dee-novak, from: 2026-12-16T18:00, to: 2026-12-16T21:00}
`;
    expect(swapped(two)).toBe(`${two}  - ${ONE}\n  - ${OTHER}\n`);
    expect(swapped(swapped(two))).toBe(two);
    expect(covered(two)).toBe(`${two}  - ${HOURS}\n`);
    expect(covered(covered(two), coverBack)).toBe(two);
  });

  test('of a follower leaves the followed role alone', () => {
    const two = `${HEAD}  second:\n    counts: false\n    follows: {role: engineer, by: 1}\n`;
    const after = swapped(two, { ...swap, role: 'second' });
    expect(after).toBe(
      `${two}overrides:
  - {role: second, turn: 2026-12-02, person: amara-osei, instead_of: chi-wong, reason: swap}
  - {role: second, turn: 2026-12-09, person: chi-wong, instead_of: amara-osei, reason: swap}
`,
    );
  });
});

describe('comments, when a swap that others wrote is undone', () => {
  const listed = (list: string): string => `${HEAD}overrides:\n${list}amendments: []\n`;
  const hours = but(HOURS, ', reason: cover', '');
  const cases: Readonly<Record<string, readonly [string, string]>> = {
    'that of the entry goes with it, that of the next stays': [
      `  - ${OLD}\n  # dinner\n  # with the family\n  - ${hours} # late\n  # New Year\n  - ${OLDER}\n`,
      `  - ${OLD}\n  # New Year\n  - ${OLDER}\n`,
    ],
    'one above the first entry stays while there are others': [
      `  # by date\n  - ${hours}\n  - ${OLDER}\n`,
      `  # by date\n  - ${OLDER}\n`,
    ],
    'one that is set apart stays': [
      `  - ${OLD}\n  # the rest is dinners\n\n  - ${hours}\n  - ${OLDER}\n`,
      `  - ${OLD}\n  # the rest is dinners\n\n  - ${OLDER}\n`,
    ],
    'one that hangs on the entry above stays': [
      `  - ${OLD}\n    # she said so\n  - ${hours}\n    # he said so\n  - ${OLDER}\n`,
      `  - ${OLD}\n    # she said so\n  - ${OLDER}\n`,
    ],
  };
  test.each(Object.entries(cases))('%s', (_, [before, after]) => {
    expect(covered(listed(before), coverBack)).toBe(listed(after));
  });

  const inBrackets: Readonly<Record<string, readonly [string, string]>> = {
    'first of several': [`[${hours}, ${OLD}]`, `[${OLD}]`],
    'between two': [`[ ${OLD}, ${hours}, ${OLDER} ]`, `[ ${OLD}, ${OLDER} ]`],
    'the only one, with room': [`[ ${hours} ]`, '[]'],
    'the only one, with a comma': [`[${hours},]`, '[]'],
    'the only one, on its line': [`[\n  ${hours},\n]`, '[]'],
    'the only one, below a comment': [`[\n  # dinners\n  ${hours}\n]`, '[\n  # dinners\n]'],
    'the last, behind a comment with a comma': [
      `[\n  ${OLD}, # one, two\n  # dinner\n  ${hours} # three, four\n]`,
      `[\n  ${OLD} # one, two\n]`,
    ],
    'beside the bracket, below a comment': [`[\n  ${OLD}, # one\n  ${hours}]`, `[\n  ${OLD} # one\n]`],
    'on the line of the first': [`[${hours},\n  ${OLD}]`, `[\n  ${OLD}]`],
  };
  test.each(Object.entries(inBrackets))('in brackets: %s', (_, [before, after]) => {
    expect(covered(`${HEAD}overrides: ${before}\n`, coverBack)).toBe(`${HEAD}overrides: ${after}\n`);
  });

  test('the last entry of a list is removed with its key and the blank line before it', () => {
    const apart = HEAD.replace('roles:', '\nroles:');
    const before = `${apart}\noverrides: # dinners\n  # one\n  - ${hours}\n\namendments: []\n`;
    expect(covered(before, coverBack)).toBe(`${apart}\namendments: []\n`);
  });
});

describe('an edit reports who takes time over from whom', () => {
  test('for a swap', () => {
    expect(
      swapTurns(handbook(swapped(HEAD)), NOW, { ...swap, turns: ['2026-12-02', '2026-12-16'] }),
    ).toMatchObject({
      transfers: [
        { turn: '2026-12-02', person: 'amara-osei', insteadOf: 'chi-wong' },
        { turn: '2026-12-16', person: 'chi-wong', insteadOf: 'amara-osei' },
      ],
    });
  });

  test('for a cover that is undone', () => {
    expect(coverHours(handbook(covered(HEAD)), NOW, coverBack)).toMatchObject({
      transfers: [
        { from: '2026-12-16T18:00', to: '2026-12-16T21:00', person: 'amara-osei', insteadOf: 'dee-novak' },
      ],
    });
  });
});

describe('turns of other lengths', () => {
  const other = (handover: string, first: string) =>
    HEAD.replace('{day: wednesday, time: "10:00"}', handover).replace('2026-11-04', first);
  const [fortnight, month, shifts] = [
    other('{day: wednesday, time: "10:00", weeks: 2}', '2026-11-04'),
    other('{date: last, time: "10:00"}', '2026-11-30'),
    other('{every: day, times: ["06:00", "18:00"]}', '2026-11-04T06:00'),
  ];

  test.each([
    [
      fortnight,
      '2026-12-02',
      '2026-12-16',
      ['2026-12-02T10:00Z', '2026-12-16T09:59Z'],
      ['amara-osei', 'amara-osei'],
    ],
    [month, '2026-12-31', '2027-01-31', ['2026-12-31T10:00Z', '2027-01-31T09:59Z'], ['chi-wong', 'chi-wong']],
    [
      shifts,
      '2026-12-02T06:00',
      '2026-12-02T18:00',
      ['2026-12-02T17:59Z', '2026-12-02T18:00Z', '2026-12-03T06:00Z'],
      ['amara-osei', 'chi-wong', 'ben-adeyemi'],
    ],
  ])('are swapped whole, and back again', (text, one, two, instants, holders) => {
    const asked = { ...swap, turns: [one, two] as const };
    const after = swapped(text, asked);
    expect(after).toContain(`turn: ${one}, `);
    expect(instants.map((instant) => holderAt(after, instant))).toEqual(holders);
    expect(swapped(after, asked)).toBe(text);
  });

  test.each([
    [fortnight, '2026-12-09', '2026-12-02 (Wed 2 Dec)'],
    [month, '2026-12-30', '2026-12-31 (Thu 31 Dec)'],
    [shifts, '2026-12-02T12:30', '2026-12-02T18:00 (Wed 2 Dec)'],
    [shifts, '2026-12-02', '2026-12-02T06:00 (Wed 2 Dec)'],
    [HEAD, '2026-12-02T10:00', '2026-12-02 (Wed 2 Dec)'],
  ])('are named as the rota names them', (text, turn, name) => {
    const asked = { ...swap, turns: [turn, '2026-12-16'] as const };
    expect(refusal(swapTurns(handbook(text), NOW, asked))).toContain(`; the nearest hand-over is ${name}`);
  });
});

describe('the impossible is refused', () => {
  const turns = (one: string, other = '2026-12-09'): Partial<RequestedSwap> => ({ turns: [one, other] });
  test.each<[Partial<RequestedSwap>, string]>([
    [{ rota: 'paas/night' }, 'wrong-use: there is no rota "paas/night"; did you mean "paas/nights"?'],
    [{ role: 'enginer' }, 'wrong-use: paas/nights has no role "enginer"; did you mean "engineer"?'],
    [
      turns('2.12.2026'),
      'wrong-use: "2.12.2026" is not a date; write the hand-over of a turn as 2026-12-02, or as 2026-12-02T18:00 where a day has several',
    ],
    [turns('2027-02-29'), 'wrong-use: there is no 2027-02-29 in the calendar'],
    [turns('2026-12-09'), 'impossible: 2026-12-09 is one turn; a swap needs two'],
    [
      turns('2026-11-18'),
      'impossible: the turn of 2026-11-18 began Wed 18 Nov 10:00; only turns that have not begun change hands as a whole; for the rest of it: rota cover paas/nights engineer 2026-11-21T12:00 2026-11-25T10:00 chi-wong',
    ],
    [
      turns('2026-12-01'),
      'impossible: no turn of engineer begins on 2026-12-01 (Tue 1 Dec); the nearest hand-over is 2026-12-02 (Wed 2 Dec)',
    ],
    [
      turns('2026-12-02', '2026-12-05'),
      'impossible: no turn of engineer begins on 2026-12-05 (Sat 5 Dec); the nearest hand-over is 2026-12-02 (Wed 2 Dec)',
    ],
    [turns('2026-12-30'), 'impossible: chi-wong holds both turns; there is nothing to swap'],
  ])('swap %o', (asked, message) => {
    expect(refusal(swapTurns(handbook(HEAD), NOW, { ...swap, ...asked }))).toBe(message);
  });

  test('a turn that begins at this instant has begun', () => {
    const beginsAt = at('2026-12-02T10:00:00Z');
    expect(refusal(swapTurns(handbook(HEAD), beginsAt, swap))).toContain('the turn of 2026-12-02 began');
    expect(swapTurns(handbook(HEAD), beginsAt - 1, swap)).toHaveProperty('files');
  });

  test('a turn that nobody holds', () => {
    const empty = `${HEAD}      - {first_turn: 2026-12-09, people: []}\n`;
    expect(refusal(swapTurns(handbook(empty), NOW, swap))).toBe(
      'impossible: nobody holds the turn of 2026-12-09 as engineer; a swap needs two people; to fill it: rota give paas/nights engineer 2026-12-09 PERSON',
    );
  });

  test.each<[Partial<RequestedCover>, string]>([
    [{ person: 'dee-nowak' }, 'wrong-use: there is no person "dee-nowak"; did you mean "dee-novak"?'],
    [
      { from: '2026-12-16 18:00' },
      'wrong-use: "2026-12-16 18:00" is not a local date-time; write it as 2026-12-03T18:00',
    ],
    [
      { to: '2026-12-16T24:00' },
      'wrong-use: "2026-12-16T24:00" is not a local date-time; write it as 2026-12-03T18:00',
    ],
    [{ to: '2027-02-29T10:00' }, 'wrong-use: there is no 2027-02-29 in the calendar'],
    [
      { to: '2026-12-16T18:00' },
      'impossible: this ends at 2026-12-16T18:00, not after it begins (2026-12-16T18:00); give it a later end',
    ],
    [
      { from: '2026-11-21T11:59' },
      'impossible: 2026-11-21T11:59 is in the past; only hours to come can be covered; begin it at 2026-11-21T12:00',
    ],
    [
      { from: '2027-03-28T01:30', to: '2027-03-28T03:00' },
      'impossible: 2027-03-28T01:30 does not exist in Europe/London, where the clocks go forward over it; choose a time after the gap',
    ],
    [{ person: 'amara-osei' }, 'impossible: amara-osei is engineer then already; there is nothing to cover'],
  ])('cover %o', (asked, message) => {
    expect(refusal(coverHours(handbook(HEAD), NOW, { ...cover, ...asked }))).toBe(message);
  });

  test('a cover that is there already', () => {
    expect(refusal(coverHours(handbook(covered(HEAD)), NOW, cover))).toBe(
      'impossible: dee-novak is engineer then already; there is nothing to cover',
    );
  });

  test('a cover of hours that begin now is not in the past', () => {
    expect(covered(HEAD, { ...cover, from: '2026-11-21T12:00', to: '2026-11-21T13:00' })).toContain('12:00');
  });

  const DAYS = `== policies/support-hours/days.yaml
name: Days
timezone: Europe/London
holidays: england
windows: {day: [{days: working, from: "09:00", to: "17:00"}]}
== policies/holidays/england.yaml
name: England
complete_from: 2026-01-01
complete_until: 2027-12-31
holidays: {2026-12-25: Christmas Day}
`;
  const days = handbook(but(HEAD, 'handover:', 'hours: days\nhandover:'), DAYS);

  test('a cover outside all duty, while one that is partly inside is fine', () => {
    expect(refusal(coverHours(days, NOW, cover))).toBe(
      'impossible: paas/nights has no duty Wed 16 Dec 18:00 – 21:00; there is nothing to cover',
    );
    expect(coverHours(days, NOW, { ...cover, from: '2026-12-16T16:00' })).toHaveProperty('files');
  });

  test('time past the end of a holiday list', () => {
    const asked: RequestedSwap = { ...swap, turns: ['2026-12-02', '2027-12-29'] };
    expect(refusal(swapTurns(days, NOW, asked))).toBe(
      'impossible: the holiday list of the support hours of paas/nights does not cover 2027-12-29 to 2028-01-05; extend it with "rota holidays"',
    );
    expect(
      refusal(coverHours(days, NOW, { ...cover, from: '2028-01-03T10:00', to: '2028-01-03T11:00' })),
    ).toContain('does not cover 2028-01-03 to 2028-01-03');
  });

  test.each([
    ['a key that is not known', `${HEAD}overides: []\n`],
    [
      'a person who is not known',
      `${HEAD}  second:\n    rotation: [{first_turn: 2026-11-04, people: [eve]}]\n`,
    ],
    [
      'an override that is stale',
      `${HEAD}overrides:\n  - ${but(OLD, 'instead_of: ben-adeyemi', 'instead_of: chi-wong')}\n`,
    ],
    [
      'a hand-over that never comes',
      `${HEAD}amendments:\n  - {first_day: 2026-12-10, handover: {day: monday, time: "10:00"}}\n`,
    ],
  ])('a file with errors of its own: %s', (_, rota) => {
    const message =
      'impossible: rotas/paas/nights.yaml has errors; fix what "rota check" reports about it first';
    expect(refusal(swapTurns(handbook(rota), NOW, swap))).toBe(message);
    expect(refusal(coverHours(handbook(rota), NOW, cover))).toBe(message);
  });

  test('a hand-over that never comes, of a rota with hours', () => {
    const never = '\namendments:\n  - {first_day: 2026-12-10, handover: {day: monday, time: "10:00"}}\n';
    const given = handbook(`${days.texts.get(FILE)}${never}`, DAYS);
    expect(refusal(swapTurns(given, NOW, swap))).toContain('rotas/paas/nights.yaml has errors');
  });

  test('a list that would need another layout', () => {
    const before = `${HEAD}overrides: [${but(HOURS, ', reason: cover', '')} , # dinner\n  ${OLD}]\n`;
    expect(refusal(coverHours(handbook(before), NOW, coverBack))).toContain('edit its overrides by hand');
  });

  test('a file in one pair of braces that has no list of overrides', () => {
    const lines = HEAD.split('\n');
    const braces = `{${lines.slice(0, 3).join(', ')}, roles: {engineer: {rotation: [${lines[6]?.trim().slice(2)}]}}}`;
    expect(refusal(swapTurns(handbook(braces), NOW, swap))).toBe(
      'impossible: rotas/paas/nights.yaml is laid out in a way that this command does not support; edit its overrides by hand',
    );
    const listed = `${braces.slice(0, -1)}, overrides: []}`;
    expect(swapped(listed)).toBe(`${braces.slice(0, -1)}, overrides: [${ONE}, ${OTHER}]}`);
    expect(swapped(swapped(listed))).toBe(listed);
  });
});

describe('what the rules call an error is refused', () => {
  const person = (id: string, more: string): string => but(PEOPLE, `name: ${id},`, `name: ${id}, ${more},`);
  const given = (rota: string, people = PEOPLE): Texts => ({
    texts: texts(people).set(FILE, rota),
    findings: [],
  });
  const AWAY = 'away: [{first_day: 2026-12-04, last_day: 2026-12-04}]';

  test('away', () => {
    expect(refusal(swapTurns(given(HEAD, person('chi-wong', AWAY)), NOW, swap))).toBe(
      'chi-wong is away Fri 4 Dec and is paas/nights/engineer Fri 4 Dec 00:00 – Sat 5 Dec 00:00; amara-osei could take it [away]',
    );
  });

  test('eligible', () => {
    const asks = but(HEAD, '    rotation:', '    needs: {skills: [go]}\n    rotation:');
    const able = ['amara-osei', 'ben-adeyemi', 'chi-wong'].reduce(
      (people, id) => but(people, `name: ${id},`, `name: ${id}, skills: [go],`),
      PEOPLE,
    );
    expect(refusal(coverHours(given(asks, able), NOW, cover))).toBe(
      'dee-novak does not have the skill go, and is paas/nights/engineer Wed 16 Dec 18:00 – 21:00; assign somebody else, or correct people [eligible]',
    );
  });

  test('double-booked', () => {
    const two = `${HEAD}  second:\n    rotation: [{first_turn: 2026-11-04, people: [dee-novak]}]\n`;
    expect(refusal(coverHours(given(two), NOW, cover))).toBe(
      'dee-novak is paas/nights/engineer and paas/nights/second at once, Wed 16 Dec 18:00 – 21:00; give one of them to somebody else [double-booked]',
    );
  });

  test('beyond what is published, too', () => {
    const away = 'away: [{first_day: 2028-12-01, last_day: 2028-12-31}]';
    const asked: RequestedSwap = { ...swap, turns: ['2026-12-02', '2028-12-13'] };
    expect(refusal(swapTurns(given(HEAD, person('ben-adeyemi', away)), NOW, asked))).toContain('[away]');
  });

  test('an error that the edit fixes, or an unrelated one, does not block it', () => {
    const often =
      'away: [{first_day: 2026-12-02, last_day: 2026-12-03}, {first_day: 2026-12-23, last_day: 2026-12-23}]';
    const before = given(HEAD, person('ben-adeyemi', often));
    expect(errorsOf(before)).toHaveLength(2);
    const outcome = swapTurns(before, NOW, swap);
    if ('refusal' in outcome) throw new Error(refusal(outcome));
    expect(textOf(outcome)).toBe(`${HEAD}overrides:\n  - ${ONE}\n  - ${OTHER}\n`);
    expect(errorsOf(given(textOf(outcome), person('ben-adeyemi', often)))).toHaveLength(1);
  });

  test('an error that now concerns one time fewer is not a new one', () => {
    const asks = but(HEAD, '    rotation:', '    needs: {skills: [go]}\n    rotation:');
    const able = ['amara-osei', 'ben-adeyemi', 'dee-novak'].reduce(
      (people, id) => but(people, `name: ${id},`, `name: ${id}, skills: [go],`),
      PEOPLE,
    );
    const before = given(asks, able);
    expect(errorsOf(before)[0]).toContain(' and 9 more times; ');
    const asked = { ...cover, from: '2026-12-30T10:00', to: '2027-01-06T10:00' };
    const outcome = coverHours(before, NOW, asked);
    if ('refusal' in outcome) throw new Error(refusal(outcome));
    expect(errorsOf(given(textOf(outcome), able))[0]).toContain(' and 8 more times; ');
  });

  test('a warning does not block it', () => {
    const asks = but(HEAD, '    rotation:', '    needs: {on_call: true}\n    rotation:');
    const outcome = swapTurns(given(asks), NOW, { ...swap, turns: ['2026-12-02', '2026-12-16'] });
    if ('refusal' in outcome) throw new Error(refusal(outcome));
    const rules = (rota: string) => evaluate(given(rota), NOW, () => {}).findings.map(({ rule }) => rule);
    expect([rules(asks), new Set(rules(textOf(outcome)))]).toEqual([[], new Set(['rest'])]);
  });

  test('nor does an error caused by an agreed turn in the same file', () => {
    const agreed = `${HEAD}    turns: {2026-12-02: dee-novak}\n`;
    const away = given(agreed, person('dee-novak', AWAY));
    expect(errorsOf(away)).toHaveLength(1);
    expect(swapTurns(away, NOW, swap)).toHaveProperty('files');
  });

  test('an error that only gives other advice than before is not a new one', () => {
    const before = given(
      `${HEAD}  second:\n    rotation: [{first_turn: 2026-11-04, people: [dee-novak, '007']}]\n`,
      person('dee-novak', 'away: [{first_day: 2026-12-16, last_day: 2026-12-16}]'),
    );
    const outcome = coverHours(before, NOW, { ...cover, person: '007' });
    if ('refusal' in outcome) throw new Error(refusal(outcome));
    const after: Texts = { ...before, texts: new Map(before.texts).set(FILE, textOf(outcome)) };
    expect([before, after].map((it) => errorsOf(it)[0]?.split('; ')[1])).toEqual([
      '007 could take it',
      'nobody else in the rotation is free then',
    ]);
  });
});

describe('properties', () => {
  const TURNS = Array.from({ length: 8 }, (_, week) => dateText((dayOf('2026-11-25') as number) + 7 * week));
  const holders = (rota: string): (string | undefined)[] => TURNS.map((on) => holderAt(rota, `${on}T12:00Z`));
  const pair = fc.tuple(fc.nat(TURNS.length - 1), fc.nat(TURNS.length - 1));
  const START: readonly string[] = [
    'no overrides yet',
    "dashes at the key's column",
    'in the middle of the file, with amendments below',
    'brackets on one line',
    'brackets over many lines, with a last comma',
  ].map((name) =>
    // Their own exceptions are of later turns, so that no swap undoes what others wrote.
    was(LAYOUTS[name] as string).replaceAll('2026-12-23', '2027-02-24'),
  );

  const EDITS = [
    [swapped, swapped],
    [covered, (text: string) => covered(text, coverBack)],
  ] as const;

  test('any swaps give the requested cover, and undone in reverse they restore the original bytes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...START), fc.array(pair, { maxLength: 6 }), (before, pairs) => {
        const done: RequestedSwap[] = [];
        let text = before;
        const wanted = holders(before);
        for (const [one, other] of pairs) {
          if (wanted[one] === wanted[other]) continue;
          const asked: RequestedSwap = { ...swap, turns: [TURNS[one] as string, TURNS[other] as string] };
          text = swapped(text, asked);
          [wanted[one], wanted[other]] = [wanted[other], wanted[one]];
          expect(holders(text)).toEqual(wanted);
          done.push(asked);
        }
        for (const asked of done.toReversed()) text = swapped(text, asked);
        expect(text).toBe(before);
      }),
      { numRuns: runs(40) },
    );
  });

  /** An override of a turn that is later than all that is swapped here, as pairs of key and value. */
  function later(i: number): string[] {
    const turn = dateText((dayOf('2027-01-27') as number) + 7 * i);
    const person = ['amara-osei', 'ben-adeyemi', 'chi-wong'][i % 3];
    return ['role: engineer', `turn: ${turn}`, 'person: dee-novak', `instead_of: ${person}`];
  }

  const item = fc.record({
    block: fc.boolean(),
    above: fc.constantFrom('', '# why', '# why, and\n# how'),
    beside: fc.constantFrom('', ' # agreed, of course', '   '),
    below: fc.constantFrom('', '\n', '# apart\n\n'),
  });
  const byDashes = fc
    .record({
      items: fc.array(item, { maxLength: 4 }),
      margin: fc.nat(6),
      gap: fc.integer({ min: 1, max: 4 }),
      key: fc.constantFrom('', ' # exceptions', ' '),
      tail: fc.constantFrom('', '\n', '# the end\n', '\namendments: []\n', '   # deep\n'),
      apart: fc.boolean(),
      bytes: fc.constantFrom(...Object.values(BYTES)),
    })
    .map(({ items, margin, gap, key, tail, apart, bytes }) => {
      const indent = ' '.repeat(margin);
      const list = items.map(({ block, above, beside, below }, i) => {
        const pairs = later(i);
        const own = block ? pairs.join(`${beside}\n${indent} ${' '.repeat(gap)}`) : `{${pairs.join(', ')}}`;
        const comments = above === '' ? '' : `${above.replaceAll(/^/gm, indent)}\n`;
        return `${comments}${indent}-${' '.repeat(gap)}${own}${beside}\n${below.replace(/^#/, `${indent}#`)}`;
      });
      const head = apart ? HEAD.replace('roles:', '\nroles:') : HEAD;
      return bytes(`${head}${list.length === 0 ? '' : `overrides:${key}\n${list.join('')}`}${tail}`);
    });

  test('in any block layout, an edit only adds lines, and undone it restores the original bytes', () => {
    fc.assert(
      fc.property(byDashes, (before) => {
        for (const [edit, undo] of EDITS) {
          const after = edit(before);
          expect(undo(after)).toBe(before);
          const lines = before.split(/\r?\n/);
          for (const line of after.split(/\r?\n/)) if (line === lines[0]) lines.shift();
          expect(lines).toEqual([]);
        }
      }),
      { numRuns: runs(100) },
    );
  });

  const space = fc.constantFrom('', ' ', '\n    ', ' # note, [x]\n  ', '\n  # a, b\n  ', '\n\n  ');
  const inBrackets = fc
    .record({
      items: fc.array(fc.tuple(space, space), { maxLength: 4 }),
      comma: fc.constantFrom('', ','),
      inner: space,
      tail: fc.constantFrom('\n', ' # agreed\n', '\n# the end\n', '\n\namendments: []\n'),
      bytes: fc.constantFrom(...Object.values(BYTES)),
    })
    .map(({ items, comma, inner, tail, bytes }) => {
      const list = items.map(([left, right], i) => `${left}{${later(i).join(', ')}}${right}`).join(',');
      return bytes(`${HEAD}overrides: [${list}${list === '' ? '' : comma}${inner}]${tail}`);
    })
    // A comment does not begin next to a bracket or a comma.
    .filter((text) => errorsOf(handbook(text)).length === 0);

  test('in any flow layout, an edit undone restores the original bytes', () => {
    fc.assert(
      fc.property(inBrackets, (before) => {
        for (const [edit, undo] of EDITS) expect(undo(edit(before))).toBe(before);
      }),
      { numRuns: runs(100) },
    );
  });

  test('any covers that do not overlap, undone in any order, restore the original bytes', () => {
    const slots = fc.uniqueArray(fc.nat(9), { maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...START), slots, fc.infiniteStream(fc.nat()), (before, hours, order) => {
        const asked = hours.map((hour) => ({
          ...cover,
          from: `2026-12-17T1${hour}:00`,
          to: `2026-12-17T1${hour}:30`,
        }));
        const after = asked.reduce(covered, before);
        const undone = asked.map((it) => ({ ...it, person: 'amara-osei' }));
        const shuffled = undone
          .map((it) => ({ it, by: order.next().value as number }))
          .toSorted((one, other) => one.by - other.by)
          .map(({ it }) => it);
        expect(shuffled.reduce(covered, after)).toBe(before);
      }),
      { numRuns: runs(40) },
    );
  });
});
