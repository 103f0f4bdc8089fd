/**
 * The values of plain texts, which `js-yaml` splits: whatever it is given, the values are those of `yaml`, which finds
 * no fault in the text; everything else is left to `yaml`.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainValues } from '../../actions/lib/load/plain-values.ts';
import { parse, parseWhole, yamlLines } from '../../actions/lib/load/source.ts';
import { runs } from '../sampled.ts';

const tests = join(import.meta.dirname, '..');
const FILES = globSync('**/*.{yaml,yml}', { cwd: tests })
  .toSorted()
  .map((file) => readFileSync(join(tests, file), 'utf8'));

/** Checks a text; returns whether it is plain. */
function isPlainAndSame(text: string): boolean {
  const values = plainValues(text);
  if (values === undefined) return false;
  // `toEqual` ignores the order of keys, and has values that are not those of JSON.
  expect({ text, values, order: JSON.stringify(values) }).toStrictEqual({
    text,
    values: parseWhole(text).data,
    order: JSON.stringify(parseWhole(text).data),
  });
  expect({ text, faults: parseWhole(text).faults }).toEqual({ text, faults: [] });
  return true;
}

test('nearly every file of the tests is plain, and has the values that yaml makes', () => {
  expect(FILES.length).toBeGreaterThan(400);
  const plain = FILES.filter(isPlainAndSame);
  expect(plain.length).toBeGreaterThan(FILES.length * 0.9);
});

test('a plain text has its values without yaml', () => {
  const text = `# A comment
name: R&D – nights, "so called" # and another
people: [amara-osei, 'ben', "chi", {who: dee}]
since: 2026-12-02
at: 2026-12-02T18:00
until: 2026-12-02T18:00:00Z
from: 09:00
for: 30 minutes
count: 12
yes: true
no: false
nothing:
empty: ""
`;
  expect(plainValues(text)).toStrictEqual({
    name: 'R&D – nights, "so called"',
    people: ['amara-osei', 'ben', 'chi', { who: 'dee' }],
    since: '2026-12-02',
    at: '2026-12-02T18:00',
    until: '2026-12-02T18:00:00Z',
    from: '09:00',
    for: '30 minutes',
    count: 12,
    yes: true,
    no: false,
    nothing: null,
    empty: '',
  });
  expect(isPlainAndSame(text)).toBe(true);
});

describe('what is left to yaml', () => {
  test.each<[what: string, text: string]>([
    ['no text', ''],
    ['a comment alone', '# nothing\n'],
    ['a list', '- a\n'],
    ['a scalar', 'a\n'],
    ['an anchor', 'a: &x 1\n'],
    ['an alias', 'a: *x\n'],
    ['a tag', 'a: !!str 1\n'],
    ['a directive', '%YAML 1.2\n---\na: 1\n'],
    ['a mark of a document', '---\na: 1\n'],
    ['several documents', 'a: 1\n---\nb: 1\n'],
    ['the end of a document', 'a: 1\n...\n'],
    ['a key twice', 'a: 1\na: 2\n'],
    ['a key twice, once in quotes', 'a: 1\n"a": 2\n'],
    ['__proto__', '__proto__: {a: 1}\n'],
    ['a merge key', 'a: {<<: {b: 1}}\n'],
    ['a list as key', '? [a]\n: 1\n'],
    ['an explicit key', '? a\n: 1\n'],
    ['a key of nothing', ': 1\n'],
    ['the key ~', '~: 1\n'],
    ['a tab', 'a:\t1\n'],
    ['a carriage return', 'a: 1\r\n'],
    ['a byte order mark', '\ufeffa: 1\n'],
    ['a line separator', 'a: "\u2028"\n'],
    ['a no-break space', 'a: \u00a0x\n'],
    ['half of a surrogate pair', 'a: "\ud800"\n'],
    ['a control character', 'a: "\u0007"\n'],
    ['a block scalar', 'a: |\n  x\n'],
    ['a folded scalar', 'a: >-\n  x\n'],
    ['a scalar of several lines', 'a: x\n  y\n'],
    ['a quoted scalar of several lines', 'a: "x\n  y"\n'],
    ['an escape', 'a: "\\n"\n'],
    ['a quote in quotes', "a: 'it''s'\n"],
    ['a number that begins with 0', 'a: 0777\n'],
    ['a number with a fraction', 'a: 1.5\n'],
    ['a negative number', 'a: -1\n'],
    ['a number with an exponent', 'a: 1e3\n'],
    ['a hexadecimal number', 'a: 0x1F\n'],
    ['a number with too many digits', 'a: 12345678901234567890\n'],
    ['infinity', 'a: .inf\n'],
    ['another spelling of true', 'a: True\n'],
    ['another spelling of null', 'a: NULL\n'],
    ['the word null', 'a: null\n'],
    ['~', 'a: ~\n'],
    ['text behind a bracket', 'a:\n- [a, b]c: 1\n'],
    ['text behind a quote', 'a:\n- "x" y: 1\n'],
    ['what is no comment behind a quote', 'a: "x"# y\n'],
    ['the same in a list', 'a: ["x"#y]\n'],
    ['the same behind a key', '"a"#y: 1\n'],
    ['text right behind a quote', 'a:\n- \'s\'""  : b\n'],
    ['a comment right behind a quote', 'a:\n- "q"#b: 1\n'],
    ['a value in another line than its key', 'a:\n  b\n'],
    ['a value behind a comment', 'a:\n# c\n b\n'],
    ['an item in another line than its dash', 'a:\n-\n  b\n'],
    ['two colons in a line', 'a: b: c\n'],
    ['a reserved character', 'a: @x\n'],
    ['brackets that stay open', 'a: [1, 2\nb: 1\n'],
    ['a dash beside a key', 'a: 1\n- b\n'],
    ['a line that is out of line', 'a:\n  b: 1\n c: 2\n'],
    ['nesting that is deep', `a: ${'['.repeat(60)}${']'.repeat(60)}\n`],
  ])('%s', (_, text) => expect(plainValues(text)).toBeUndefined());
});

/** What documents are made of, well formed or not. */
const TOKENS = [
  ...['a', 'b', 'key', 'x y', '"q"', "'s'", '"a: b"', '""', "''", '1', '01', '1.5', '-1', '2026-01-02'],
  ...['10:00', 'true', 'null', '~', '', ' ', '  ', '    ', '\n', '\n  ', '\n    ', '\n- ', '\n  - '],
  ...['\n   - ', ': ', ': ', ':', '- ', '[', ']', '{', '}', ', ', ',', '[a, b]', '{a: b}', '#', ' # c'],
  ...['\n# c\n', 'a: b\n', '  c: d\n', '? ', '?', '-', '--', '---', '...', '.', '<<', '=', '(x)', '/p', 'é'],
  ...[
    "it's",
    'a#b',
    'a:b',
    'https://x.y/z',
    '8 hours',
    '"x" y',
    '"x":1',
    "x'y",
    '\\',
    'key: [a,\n',
    '@',
    '%',
  ],
  ...['key: {a: 1,\n  b: 2}', 'key: [\n  a\n]', '&', '*', '!', '|', '>', '\t', '\r\n', '`', '–', '__proto__'],
];
const token = fc.constantFrom(...TOKENS);
const soup = fc.array(token, { maxLength: 14 }).map((tokens) => tokens.join(''));

/** Lines of a file with some characters replaced. */
const brokenFile = fc
  .record({
    file: fc.constantFrom(...FILES),
    from: fc.nat(),
    lines: fc.integer({ min: 3, max: 30 }),
    edits: fc.array(fc.record({ at: fc.nat(), length: fc.nat({ max: 4 }), token }), { maxLength: 3 }),
  })
  .map(({ file, from, lines, edits }) => {
    const all = file.split('\n');
    const first = from % all.length;
    const text = all.slice(first, first + lines).join('\n');
    return edits.reduce((one, { at, length, token: other }) => {
      const cut = at % (one.length + 1);
      return one.slice(0, cut) + other + one.slice(cut + length);
    }, text);
  });

/** Data as it is written to files, in every layout. */
const written = fc
  .record({
    data: fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>, {
      maxKeys: 6,
    }),
    braces: fc.constantFrom(undefined, 'all' as const, 'items' as const),
    quoted: fc.boolean(),
  })
  .map(({ data, braces, quoted }) =>
    yamlLines(data, { ...(braces && { braces }), quoted: () => quoted }).join('\n'),
  );

test.each([
  ['of tokens', soup, 3000],
  ['of tokens in a map', soup.map((text) => `a:${text}`), 3000],
  ['of broken files', brokenFile, 1500],
  ['of any data', written, 600],
] as const)('documents %s have the values that yaml makes, or none', (_, texts, count) => {
  let plain = 0;
  fc.assert(
    fc.property(texts, (text) => {
      if (isPlainAndSame(text)) plain++;
      expect(parse(text)).toEqual(parseWhole(text));
    }),
    { numRuns: runs(count) },
  );
  expect(plain).toBeGreaterThan(5);
});
