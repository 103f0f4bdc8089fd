/**
 * Texts that anybody can write on GitHub, of the length that it allows and four times that: each is read to its end.
 * Nothing here measures time: where work grows with the square of a text's length, these tests take minutes.
 */
import { describe, expect, test } from 'vitest';
import { stateIn } from '../../actions/lib/requests/stored-state.ts';
import { forCalendar, forHtml, forMarkdown, forTerminal } from '../../actions/lib/text/escape.ts';
import { at } from '../handbook.ts';
import { CHANGE, CLAIM, changeBody, claimBody, SWAP, swapBody } from './bodies.ts';
import { world, ZOE } from './joining.ts';
import { commented, opened, ran, shownIn } from './machine.ts';

const LENGTHS = [65_536, 262_144];

const UNITS = [
  ...[
    ' ',
    '\n',
    '\r\n',
    '\t',
    '\u00a0',
    '\u200c',
    '\u202e',
    '\u2028',
    '\u0301',
    '😀',
    'a',
    '1',
    '#',
    '>',
    '`',
  ],
  ...[
    '|',
    '<',
    '&',
    '@',
    '-',
    '/',
    '.',
    ':',
    '"',
    "'",
    '[',
    ']',
    '\\',
    '::',
    '##[',
    'GH-',
    'www.',
    '&#',
    '<!-- ',
  ],
  ...[
    '# ',
    '> # ',
    '\n#',
    ' \n',
    '### \n',
    '### Service\n',
    '_No response_\n',
    'http://a',
    'a\u200c',
    '1.',
    '-\n',
  ],
  ...['/approve\n', '/approve ', '\n<!-- state '],
];

/** Runs of each unit, alone, and between other characters. */
const RUNS = UNITS.flatMap((unit) =>
  LENGTHS.flatMap((length) => {
    const run = unit.repeat(length / unit.length);
    return [run, `x${run}x`];
  }),
);

test.each<[of: string, read: (text: string) => unknown]>([
  ['a terminal', forTerminal],
  ['a calendar', forCalendar],
  ['HTML', forHtml],
  ['Markdown', forMarkdown],
])('a text is escaped for %s', (_, read) => {
  for (const text of RUNS) expect(read(text)).toEqual(expect.any(String));
});

test('a state is not read from a long comment', () => {
  const within = { startAt: at('2026-11-01T00:00:00Z'), endAt: at('2026-12-01T00:00:00Z') };
  for (const text of RUNS)
    for (const body of [text, `<!-- rota-as-code: request -->\n<!-- state ${text} -->`])
      expect(stateIn(body, within)).toBeUndefined();
});

describe('a request', () => {
  test.each([
    ...Object.keys(CHANGE).map((field) => [field, (text: string) => changeBody({ [field]: text })] as const),
    ...Object.keys(SWAP).map((field) => [field, (text: string) => swapBody({ [field]: text })] as const),
    ...Object.keys(CLAIM).map((field) => [field, (text: string) => claimBody({ [field]: text })] as const),
  ])('is answered whatever is in the field "%s"', (_, bodyWith) => {
    for (const text of RUNS) {
      // A body of the greatest length that is parsed, and one that is too long.
      for (const value of [text.slice(0, 60_000), text])
        expect(shownIn(ran(opened(bodyWith(value), 'ana-h')))).toMatch(/\S/);
    }
  });

  test.each(Object.keys(ZOE))('to join is answered whatever is in the field "%s"', (field) => {
    for (const text of RUNS)
      for (const value of [text.slice(0, 90), text.slice(0, 60_000), text])
        expect(shownIn(ran(world({ [field]: value })))).toMatch(/\S/);
  });

  test('to join is judged whatever is said to be done', () => {
    const asked = ran(world());
    for (const text of RUNS)
      for (const said of [`/done ${text}`, `/done vpn${text}`])
        expect(shownIn(ran(commented(asked, 'lee-h', said)))).toMatch(/\S/);
  });

  test('is judged whatever the comments on it', () => {
    const judged = ran(opened(changeBody(), 'ana-h'));
    for (const text of RUNS)
      for (const body of [text, `/approve${text}`, `/decline ${text}`])
        expect(shownIn(ran(commented(judged, 'lee-h', body)))).toMatch(/\S/);
  });

  test('is judged whatever the login of its author', () => {
    for (const login of RUNS) expect(shownIn(ran(opened(changeBody(), login)))).toMatch(/\S/);
  });
});
