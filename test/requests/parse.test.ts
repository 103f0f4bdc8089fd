/** Bodies as GitHub creates them, and hostile ones: their values, or their faults, field by field. */
import { describe, expect, test } from 'vitest';
import { readFolder } from '../../actions/lib/git/working-tree.ts';
import { load } from '../../actions/lib/load/load.ts';
import { decisiveOf, meaningOf, readRequest } from '../../actions/lib/requests/request.ts';
import { SAMPLE } from '../handbook.ts';
import { bodyOf, CHANGE, changeBody, SWAP, swapBody } from './bodies.ts';

const texts = readFolder(SAMPLE) ?? {
  texts: new Map<string, string>(),
  findings: [],
};
const { handbook } = load(texts);

const read = (body: string, kind?: 'change' | 'swap') => {
  const request = readRequest(handbook, body, kind);
  if (request === undefined) throw new Error('this is no request');
  return request;
};

const faults = (body: string, kind?: 'change' | 'swap'): string[] =>
  read(body, kind).faults.map(({ field, message }) => `${field}: ${message}`);

test('a body as GitHub creates it is parsed into its values', () => {
  const { form, values, faults: found } = read(changeBody());
  expect([form.kind, found]).toEqual(['change', []]);
  expect(Object.fromEntries(values)).toEqual({
    service: 'modernisation-platform',
    summary: CHANGE.Summary,
    what: CHANGE['What changes'],
    start: '2027-01-06T23:00',
    end: '2027-01-07T01:00',
    zone: 'Europe/London',
    effect: CHANGE['Expected effect on services and users'],
    rollback: CHANGE['Rollback plan'],
    people: CHANGE['Who will be there'],
    channel: '#router-change',
  });
  const swap = read(swapBody());
  expect(Object.fromEntries(swap.values)).toEqual({
    seat: 'paas/in-hours/engineer',
    mine: '2027-03-01',
    theirs: '2027-03-08',
    colleague: 'ben-adeyemi',
    why: SWAP.Why,
  });
});

test.each([
  ['with CRLF', changeBody().replaceAll('\n', '\r\n')],
  ['with spaces at the ends of its headings', changeBody().replaceAll(/^(### .*)$/gm, '$1  ')],
  ['with blank lines around its responses', changeBody().replaceAll('\n\n', '\n\n\n')],
])('%s it says the same', (_, body) => {
  expect(meaningOf(read(body))).toBe(meaningOf(read(changeBody())));
});

test.each([
  ['a service', changeBody({ Service: 'Platform (2024) (modernisation-platform)' }), changeBody()],
  ['a person', swapBody({ 'With whom': 'Benjamin Adeyemi-Smith (ben-adeyemi)' }), swapBody()],
  ['a person, by an accent', swapBody({ 'With whom': 'Bén Adeyemi (ben-adeyemi)' }), swapBody()],
])('with the name that %s had before, it says the same', (_, before, now) => {
  expect([faults(before), meaningOf(read(before))]).toEqual([[], meaningOf(read(now))]);
});

describe('a request has another meaning, and somebody else may have to be there, after an edit of', () => {
  const made = [
    [changeBody(), (label: string, value: string) => changeBody({ [label]: value })],
    [swapBody(), (label: string, value: string) => swapBody({ [label]: value })],
  ] as const;
  test.each<[label: string, value: string, form: 0 | 1, isDecisive: boolean]>([
    ['Summary', 'Something else', 0, false],
    ['What changes', 'Something else', 0, false],
    ['Service', 'PaaS (paas)', 0, true],
    ['Scheduled start', '2027-01-06T23:30', 0, true],
    ['Scheduled end', '2027-01-07T01:30', 0, true],
    ['Time zone', 'UTC', 0, true],
    ['Who will be there', 'Three of us.', 0, true],
    ['Why', 'Something else', 1, false],
    ['Rota and role', 'paas/out-of-hours/primary', 1, true],
    ['My turn', '2027-03-15', 1, true],
    ['Their turn', '2027-03-22', 1, true],
    ['With whom', 'Chi Wong (chi-wong)', 1, true],
  ])('%s', (label, value, form, isDecisive) => {
    const [plain, with_] = made[form];
    const [one, other] = [read(plain), read(with_(label, value))];
    expect(meaningOf(one)).not.toBe(meaningOf(other));
    expect(decisiveOf(one) !== decisiveOf(other)).toBe(isDecisive);
  });
});

describe('other headings, fences and comments stay text', () => {
  test.each([
    '### Notes\n\nfirst',
    '```\n### Not a field\n```',
    '<!-- hidden -->',
    '@everyone ::error::x ##[add-mask]y',
    '- [x] done\n\n> quoted',
  ])('%j', (text) => {
    const { values, faults: found } = read(changeBody({ 'What changes': text }));
    expect([values.get('what'), found]).toEqual([text, []]);
  });
});

const TWICE = 'appears 2 times; keep one, and rephrase such a line in a text';

describe.each<[what: string, cases: readonly (readonly [body: string, ...told: string[]])[]]>([
  [
    'nothing typed into a text poses as a field',
    [
      [
        changeBody({ 'What changes': 'x\n\n### Service\n\nother' }),
        `Service: the heading "### Service" ${TWICE}`,
      ],
      [
        changeBody({ 'Who will be there': '```\n### Time zone\n\nUTC\n```' }),
        `Time zone: the heading "### Time zone" ${TWICE}`,
      ],
      [
        changeBody({ 'What changes': '<!--\n### Slack channel\n\n#a\n-->' }),
        `Slack channel: the heading "### Slack channel" ${TWICE}`,
      ],
      [
        swapBody({ Why: 'x\n\n### With whom\n\nChi Wong (chi-wong)' }),
        `With whom: the heading "### With whom" ${TWICE}`,
      ],
      [
        changeBody({ 'What changes': 'x\n ## Rollback plan\nnone' }),
        'Rollback plan: line 12 looks like the heading of this field but is not; rephrase it',
      ],
      [
        changeBody({ 'What changes': 'x\n### Servicе\ny' }),
        'Service: line 12 looks like the heading of this field but is not; rephrase it',
      ],
      [
        changeBody({ 'What changes': 'x\n### Ser\u200cvice\ny' }),
        'Service: line 12 looks like the heading of this field but is not; rephrase it',
      ],
      [
        changeBody({ 'What changes': 'x\n### Ser\u200bvice\ny' }),
        'Service: line 12 looks like the heading of this field but is not; rephrase it',
      ],
    ],
  ],
  [
    'each label appears once, in order',
    [
      [
        changeBody().replace('### Rollback plan', '### Rollback'),
        'Rollback plan: the heading "### Rollback plan" is missing; put it back, with the response below',
      ],
      [
        bodyOf({
          Service: CHANGE.Service,
          'What changes': 'x',
          Summary: 'y',
          ...Object.fromEntries(Object.entries(CHANGE).slice(3)),
        }),
        'What changes: this is where "Summary" should be; keep the fields in the order of the form',
      ],
    ],
  ],
  [
    'a choice is among the choices',
    [
      [
        changeBody({ Service: 'Modernisation Platform (modernization-platform)' }),
        'Service: "Modernisation Platform (modernization-platform)" is not among the choices; did you mean "Modernisation Platform (modernisation-platform)"?',
      ],
      [changeBody({ Service: '' }), 'Service: nothing is chosen; choose one'],
      [
        changeBody({ 'Time zone': 'Mars/Olympus' }),
        'Time zone: "Mars/Olympus" is not among the choices; choose one from the list',
      ],
      // Another person's id behind a name, or the other way round.
      [
        swapBody({ 'With whom': 'Ben Adeyemi (amara-osei)' }),
        'With whom: "Ben Adeyemi (amara-osei)" is not among the choices; choose one from the list',
      ],
      [
        swapBody({ 'With whom': 'ben-adeyemi' }),
        'With whom: "ben-adeyemi" is not among the choices; did you mean "Ben Adeyemi (ben-adeyemi)"?',
      ],
      [
        swapBody({ 'With whom': 'Ben Adeyemi (bеn-adeyemi)' }),
        'With whom: "Ben Adeyemi (bеn-adeyemi)" only looks like "Ben Adeyemi (ben-adeyemi)", and has other characters; choose it from the list',
      ],
      [
        swapBody({ 'With whom': 'Bеn Adeyemi (amara-osei)' }),
        'With whom: "Bеn Adeyemi (amara-osei)" is not among the choices; choose one from the list',
      ],
      [
        changeBody({ 'Time zone': 'Greenwich (UTC)' }),
        'Time zone: "Greenwich (UTC)" is not among the choices; choose one from the list',
      ],
      [
        swapBody({ 'With whom': 'Nobody (no-body)' }),
        'With whom: "Nobody (no-body)" is not among the choices; choose one from the list',
      ],
    ],
  ],
  [
    'a date is a date',
    [
      [
        changeBody({ 'Scheduled start': '6 January' }),
        'Scheduled start: "6 January" is not a date and time such as "2026-12-09T23:00"',
      ],
      [
        changeBody({ 'Scheduled start': '2027-02-30T10:00' }),
        'Scheduled start: there is no 2027-02-30 in the calendar',
      ],
      [
        changeBody({ 'Scheduled start': '２０２７-01-06T23:00' }),
        'Scheduled start: "２０２７-01-06T23:00" is not a date and time such as "2026-12-09T23:00"',
      ],
      [
        swapBody({ 'My turn': '2027-03-01\n2027-03-08' }),
        'My turn: this has more than one line; write it on one line',
      ],
    ],
  ],
  [
    'a turn is a date, or date and time',
    [
      [swapBody({ 'My turn': '1 March' }), 'My turn: "1 March" is not a date such as "2026-12-02"'],
      [swapBody({ 'My turn': '2027-02-30' }), 'My turn: there is no 2027-02-30 in the calendar'],
      [swapBody({ 'My turn': '2027-02-30T18:00' }), 'My turn: there is no 2027-02-30 in the calendar'],
      [
        swapBody({ 'My turn': '2027-03-01T24:00' }),
        'My turn: "2027-03-01T24:00" is not a date such as "2026-12-02"',
      ],
      [swapBody({ 'My turn': '2027-03-01 18:00' })],
    ],
  ],
  [
    'a line is a line of what can be seen',
    [
      [changeBody({ Summary: 'a\u202eb' }), 'Summary: this has an invisible character; type the text again'],
      [changeBody({ Summary: '<b>x</b>' }), 'Summary: this has angle brackets; remove them'],
      [
        changeBody({ Summary: 'x'.repeat(101) }),
        'Summary: this has 101 characters, and it has at most 100; shorten it',
      ],
      [
        changeBody({ 'Slack channel': '#сhange' }),
        'Slack channel: "#сhange" is not a channel such as "#support"',
      ],
      [
        changeBody({ 'What changes': 'x\u0000y' }),
        'What changes: this has an invisible character; type the text again',
      ],
    ],
  ],
])('%s', (_, cases) => {
  test.each(cases)('%j', (body, ...expected) => {
    expect(faults(body)).toEqual(expected);
  });
});

test('all faults of all fields are reported together', () => {
  const body = changeBody({ Service: 'x', Summary: '', 'Scheduled end': 'y' });
  expect(read(body).faults.map(({ field }) => field)).toEqual(['Service', 'Summary', 'Scheduled end']);
});

test.each(['', 'Hello', '### Notes\n\nx', '## Service\n\nx', 'x\n\n### Service\n\ny'])(
  '%j is no request',
  (body) => {
    expect(readRequest(handbook, body)).toBeUndefined();
  },
);

test('a known request stays one, even if its first line changes', () => {
  expect(faults(`x\n${changeBody()}`, 'change')).toEqual([
    'This request: there is text above the first field; remove it',
  ]);
});

describe('a body of 200 kB', () => {
  const [long] = [200_000];
  test.each([
    ['of one line', 'x'.repeat(long)],
    ['of hashes', '#'.repeat(long)],
    ['of headings', '### Service\n'.repeat(long / 12)],
    ['of blanks', `${' '.repeat(long)}x`],
  ])('%s is refused as a whole', (_, text) => {
    const [fault, ...more] = read(`### Service\n\n${text}`).faults;
    expect([fault?.field, more]).toEqual(['This request', []]);
    expect(fault?.message).toMatch(/^this has 200\d\d\d characters, and a request has at most 65536/);
  });
});

test('a body of the largest size that GitHub allows is parsed quickly, whatever it contains', () => {
  for (const line of ['#'.repeat(190), '> # # '.repeat(30), `${' '.repeat(100)}#x`, '### Service']) {
    const text = `${line}\n`.repeat(Math.floor(60_000 / (line.length + 1)));
    expect(read(changeBody({ 'What changes': text })).faults.length).toBeGreaterThanOrEqual(0);
  }
}, 5_000);
