/**
 * The text of one file: the traps of YAML, each reported at its line and column, and the position of a path in the
 * data.
 */
import { describe, expect, test } from 'vitest';
import { Lines, parse } from '../../actions/lib/load/source.ts';
import type { Location } from '../../actions/lib/model.ts';
import { checked } from '../handbook.ts';
import { isNightly } from '../sampled.ts';

const faultsIn = (text: string): string[] =>
  parse(text).faults.map(({ offset, code, args }) => {
    const { line, column } = new Lines(text).find({ file: 'any.yaml', offset });
    return `${line}:${column} ${code}${Object.values(args)
      .map((it) => ` ${it}`)
      .join('')}`;
  });

const not = (reason: string) => `not-yaml ${reason}`;

describe('a text that means something other than it shows is rejected at its line', () => {
  test.each<[what: string, text: string, faults: string[]]>([
    ['an anchor', 'a: 1\nb: &x 2\n', ['2:4 anchor']],
    ['an anchor on a key', '&k a: 1\n', ['1:1 anchor']],
    ['an anchor on nothing', 'a: &x\nb: 1\n', ['1:4 anchor']],
    ['an alias', 'a: 1\nb: [*a]\n', ['2:5 alias']],
    ['an anchor and its alias', 'a: &x 1\nb: *x\n', ['1:4 anchor', '2:4 alias']],
    ['a list that holds itself', 'a: &x [1, *x]\n', ['1:4 anchor', '1:11 alias']],
    ['an alias as key', '*x : 1\n', ['1:1 other-key', '1:1 alias']],
    ['a merge of an alias', 'a: &x {b: 1}\nc:\n  <<: *x\n', ['1:4 anchor', '3:7 alias']],
    ['the tag !!str', 'a: !!str 1\n', ['1:4 tag']],
    ['the tag !!js/function', 'a: 1\nb: !!js/function "x"\n', ['2:4 tag']],
    ['the tag !foo', 'a: [1, !foo bar]\n', ['1:8 tag']],
    ['the tag ! of plain text', 'a: ! x\n', ['1:4 tag']],
    ['a tag on nothing', 'a: !!null\n', ['1:4 tag']],
    ['a tag on a key', '!!str a: 1\n', ['1:1 tag']],
    ['%YAML 1.1', '%YAML 1.1\n---\na: yes\n', ['1:1 directive']],
    ['%YAML 1.2', '%YAML 1.2\n---\na: yes\n', ['1:1 directive']],
    ['%YAML 1.3', '# hello\n%YAML 1.3\n---\na: yes\n', ['2:1 directive']],
    ['%TAG', '%TAG ! tag:example.org,2026:\n---\na: 1\n', ['1:1 directive']],
    ['an unknown directive', '%FOO bar\n---\na: 1\n', ['1:1 directive']],
    ['a second document', 'a: 1\n---\nb: 2\n', ['2:1 several-documents']],
    ['a second document, empty', 'a: 1\n---\n', ['2:1 several-documents']],
    ['a second document after an end', 'a: 1\n...\nb: 2\n', ['3:1 several-documents']],
    ['a key twice', 'a: 1\nb: 2\na: 3\n', ['3:1 duplicate-key']],
    ['a key three times', 'a: 1\na: 2\na: 3\n', ['2:1 duplicate-key', '3:1 duplicate-key']],
    ['a key twice in braces', '{a: 1, a: 2}\n', ['1:8 duplicate-key']],
    ['a key twice, once in quotes', 'x:\n  a: 1\n  "a": 2\n', ['3:3 duplicate-key']],
    ['a number twice, once in quotes', '1: a\n"1": b\n', ['2:1 duplicate-key']],
    ['__proto__ twice', '__proto__: 1\n__proto__: 2\n', ['2:1 duplicate-key']],
    ['a list as key', '? [a, b]\n: c\n', ['1:3 other-key']],
    ['a map as key', 'x: 1\n{a: 1}: b\n', ['2:1 other-key']],
    ['a tab that indents', 'a:\n\tb: 1\n', ['2:1 tab-indent']],
    ['a tab that indents after spaces', 'a:\n  b: 1\n\tc: 1\n', ['3:1 tab-indent']],
    ['a list that stays open', 'a: [1, 2\nb: 1\n', ['1:4 open-bracket [ ] undefined']],
    ['a map that stays open', 'a: {b: 1\n', ['1:4 open-bracket { } undefined']],
    ['a quote that stays open', 'a: "x\nb: 1\n', [`3:1 ${not('Missing closing "quote')}`]],
    ['an unknown escape', 'a: "\\q"\n', [`1:5 ${not('Invalid escape sequence \\q')}`]],
    ['two colons in a line', 'a: b: c\n', ['1:4 colon-in-text undefined']],
    ['an at sign', 'a: 1\nb: @x\n', [`2:4 ${not('Plain value cannot start with reserved character @')}`]],
  ])('%s', (_, text, faults) => {
    expect(faultsIn(text)).toEqual(faults);
    expect(parse(text).data).toBeUndefined();
  });

  test.each<[what: string, text: string, data: unknown]>([
    ['& * ! and % within text', 'a: "x & y"\nb: 2 * 3!\nc: 50%\n', { a: 'x & y', b: '2 * 3!', c: '50%' }],
    ['% at the start of a line of text', 'a: |\n  %YAML 1.1\n', { a: '%YAML 1.1\n' }],
    ['one document with its marks', '---\na: 1\n...\n', { a: 1 }],
    ['a tab that does not indent', 'a:\t1\n', { a: 1 }],
    [
      'keys that are no text elsewhere',
      'true: a\n1: b\n~: c\n: d\n',
      { true: 'a', 1: 'b', '~': 'c', '': 'd' },
    ],
    ['keys that are one number written in two ways', '01: a\n1: b\n', { '01': 'a', 1: 'b' }],
    ['a merge key, which merges nothing', 'a: {<<: {b: 1}}\n', { a: { '<<': { b: 1 } } }],
    ['no text at all', '', null],
    ['a comment alone', '# nothing yet\n', null],
    ['a document of nothing', '---\n', null],
  ])('%s is plain YAML', (_, text, data) => {
    expect(parse(text)).toEqual({ data, faults: [] });
  });

  test('an anchor before a block is reported on its own line', () => {
    expect(faultsIn('a: &x\n  b: *x\n').map((line) => line.split(':')[0])).toEqual(['1', '2']);
    expect(faultsIn('a: !foo\n  b: 1\n').map((line) => line.split(':')[0])).toEqual(['1']);
  });

  test('__proto__ is a key like any other and changes no prototype', () => {
    const { data } = parse('__proto__: {x: 1}\n');
    expect(Object.keys(data as object)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });
});

describe('a hostile text causes a few faults', () => {
  test('nine levels of aliases, which would be 387 million values', () => {
    const level = (name: string, of: string) => `${name}: &${name} [${Array(9).fill(of).join(', ')}]`;
    const bomb = [...'abcdefghi'].map((name, i) => level(name, i === 0 ? 'x' : `*${'abcdefghi'[i - 1]}`));
    const faults = faultsIn(`${bomb.join('\n')}\n`);
    expect(faults).toHaveLength(20);
    expect(faults.slice(0, 4)).toEqual(['1:4 anchor', '2:4 anchor', '2:8 alias', '2:12 alias']);
  });

  test.each<[what: string, text: string]>([
    ['100,000 open brackets', '['.repeat(100_000)],
    ['100,000 brackets, closed', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['100,000 dashes', `${'- '.repeat(100_000)}a\n`],
    ['2,000 maps in braces', `${'{a: '.repeat(2_000)}1${'}'.repeat(2_000)}\n`],
  ])('%s', (_, text) => {
    expect(faultsIn(text)).toEqual(['1:1 too-deep']);
    const found = checked(`== rotas/people.yaml\n${text}`);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^rotas\/people.yaml:1:\d+ this is nested too deeply to be read \[yaml\]$/);
  });

  test.each<[what: string, text: string, fault: string]>([
    ['in brackets', `name: R\nroles: {e: {}}\nlist: ${'['.repeat(10_000)}\n`, '3:7 too-deep'],
    ['in a quarter of a mebibyte of brackets', `a: ${'[{'.repeat(125_000)}`, '1:4 too-deep'],
    ['in dashes', `name: R\nroles:\n  ${'- '.repeat(10_000)}a\n`, '3:3 too-deep'],
  ])('nesting is reported where it begins: %s', (_, text, fault) => {
    expect(faultsIn(text)).toEqual([fault]);
  });

  test('lines that exceed the stack without nesting are reported for what they are', () => {
    const lines = Array.from({ length: 15_000 }, (_, i) => `k${i}: a: b\n`).join('');
    expect(faultsIn(lines)[0]).toMatch(/^1:5 colon-in-text/);
  });

  test('nesting that is too deep is reported at the same place, however deep the call stack already is', () => {
    const text = '['.repeat(20_000);
    const deeper = (steps: number): string[] => (steps === 0 ? faultsIn(text) : deeper(steps - 1));
    expect(deeper(500)).toEqual(faultsIn(text));
  });

  test('900 nested maps are all read or rejected', () => {
    const text = `${Array.from({ length: 900 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')} 1\n`;
    const found = checked(`== rotas/people.yaml\n${text}`);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/is not a key of|nested too deep/);
  });

  // Each key is compared with every other, so twice as many keys take four times as long.
  test('thousands of keys are read in time, with the duplicate reported', () => {
    const length = isNightly ? 20_000 : 5_000;
    const keys = Array.from({ length }, (_, i) => `k${i}: 1\n`).join('');
    expect(parse(keys).faults).toEqual([]);
    expect(faultsIn(`${keys}k7: 2\n`)).toEqual([`${length + 1}:1 duplicate-key`]);
  });

  test('40,000 positions are found one by one', () => {
    const list = new Lines('- a\n'.repeat(40_000));
    const map = new Lines(Array.from({ length: 10_000 }, (_, i) => `k${i}: 1\n`).join(''));
    for (let i = 0; i < 40_000; i++)
      expect(list.find({ file: 'any.yaml', path: [i] })).toEqual({ line: i + 1, column: 3 });
    for (let i = 0; i < 10_000; i++)
      expect(map.find({ file: 'any.yaml', path: [`k${i}`], key: true })).toEqual({ line: i + 1, column: 1 });
  });

  test('faults above the limit are dropped', () => {
    expect(faultsIn(`a: 1\n${'a: 1\n'.repeat(100)}`)).toHaveLength(20);
  });
});

describe('a word that YAML reads as another type', () => {
  const NUMBER = 'this is a number, and "name" is text; put it in quotes';
  const BOOLEAN = 'this is true or false, and "name" is text; put it in quotes';
  const NOTHING = 'nothing is here; it should be a name such as "Amara Osei"';

  test.each<[literal: string, value: unknown, asName: string | undefined]>([
    ['yes', 'yes', undefined],
    ['no', 'no', undefined],
    ['on', 'on', undefined],
    ['off', 'off', undefined],
    ['y', 'y', undefined],
    ['09:30', '09:30', undefined],
    ['1:30:00', '1:30:00', undefined],
    ['2026-11-04', '2026-11-04', undefined],
    ['1_000', '1_000', undefined],
    ['"0777"', '0777', undefined],
    ['true', true, BOOLEAN],
    ['False', false, BOOLEAN],
    ['0777', 777, NUMBER],
    ['0x1F', 31, NUMBER],
    ['1e3', 1000, NUMBER],
    ['.inf', Number.POSITIVE_INFINITY, NUMBER],
    ['.nan', Number.NaN, NUMBER],
    ['null', null, NOTHING],
    ['~', null, NOTHING],
    ['', null, NOTHING],
  ])('%s', (literal, value, asName) => {
    expect(parse(`a: ${literal}\n`).data).toEqual({ a: value });
    expect(checked(`== rotas/people.yaml\npeople:\n  amara: {name: ${literal}}\n`)).toEqual(
      asName === undefined ? [] : [`rotas/people.yaml:2:17 ${asName} [schema]`],
    );
  });
});

describe('a file without content', () => {
  test.each(['', '# a comment\n', '\n\n', '---\n'])('%j is empty', (text) => {
    expect(checked(`== rotas/paas/team.yaml\n${text}`)).toEqual([
      'rotas/paas/team.yaml:1:1 nothing is here; it should be a team [schema]',
    ]);
  });
});

describe('a byte order mark and CRLF change nothing', () => {
  const faulty = 'naem: PaaS\nleads: [1]\nchanel: "#paas"\n';
  const found = [
    'rotas/paas/team.yaml:1:1 "naem" is not a key of a team; did you mean "name"? [schema]',
    'rotas/paas/team.yaml:2:9 this is a number, and a lead is text; put it in quotes [schema]',
    'rotas/paas/team.yaml:3:1 "chanel" is not a key of a team; did you mean "channel"? [schema]',
  ];
  const broken = 'people:\n  amara: {name: Amara}\n  ben: {name: Ben}}\n';

  test.each<[what: string, as: (text: string) => string]>([
    ['LF', (text) => text],
    ['CRLF', (text) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', (text) => `\ufeff${text}`],
    ['both', (text) => `\ufeff${text.replaceAll('\n', '\r\n')}`],
  ])('%s', (_, as) => {
    expect(checked(`== rotas/paas/team.yaml\n${as(faulty)}`)).toEqual(found);
    expect(faultsIn(as(broken))).toEqual(faultsIn(broken));
    expect(parse(as('a: |\n  x\n  y\n')).data).toEqual({ a: 'x\ny\n' });
  });
});

describe('the position of a location', () => {
  const text = `name: Amara
roles:
  engineer:
    rotation:
      - first_turn: 2026-11-04
        people: [amara, ben]
      - {first_turn: 2027-01-06, people: [chi]}
    counts:
empty: {}
list:
  - a
  -
  - - b
"a key": 1
a/b~c: 2
`;
  const found = (place: Location) => {
    const { line, column } = new Lines(text).find(place);
    return `${line}:${column}`;
  };

  test.each<[what: string, path: (string | number)[], value: string, key: string]>([
    ['a value', ['name'], '1:7', '1:1'],
    ['a block, by its key', ['roles'], '2:1', '2:1'],
    ['a block in a block', ['roles', 'engineer', 'rotation'], '4:5', '4:5'],
    ['an item that is a block', ['roles', 'engineer', 'rotation', 0], '5:9', '5:9'],
    ['a value within an item', ['roles', 'engineer', 'rotation', 0, 'first_turn'], '5:21', '5:9'],
    ['a list in brackets', ['roles', 'engineer', 'rotation', 0, 'people'], '6:17', '6:9'],
    ['an item in brackets', ['roles', 'engineer', 'rotation', 0, 'people', 1], '6:25', '6:25'],
    ['an item in braces', ['roles', 'engineer', 'rotation', 1], '7:9', '7:9'],
    ['a value in braces', ['roles', 'engineer', 'rotation', 1, 'first_turn'], '7:22', '7:10'],
    [
      'an index as text, as ajv gives it',
      ['roles', 'engineer', 'rotation', '1', 'people', '0'],
      '7:43',
      '7:43',
    ],
    ['a key without value', ['roles', 'engineer', 'counts'], '8:12', '8:5'],
    ['an empty map', ['empty'], '9:8', '9:1'],
    ['an item without value', ['list', 1], '12:4', '12:4'],
    ['a list in a list', ['list', 2, 0], '13:7', '13:7'],
    ['a key in quotes', ['a key'], '14:10', '14:1'],
    ['a key with signs that pointers escape', ['a/b~c'], '15:8', '15:1'],
    ['the whole file', [], '1:1', '1:1'],
    ['a missing key, at the map that lacks it', ['empty', 'x'], '9:8', '9:8'],
    ['a missing key of an item', ['roles', 'engineer', 'rotation', 1, 'x'], '7:9', '7:9'],
    ['a missing item', ['roles', 'engineer', 'rotation', 7], '4:5', '4:5'],
    ['a missing key far up', ['roles', 'nobody', 'rotation', 0], '2:1', '2:1'],
    ['a missing key at the top', ['x'], '1:1', '1:1'],
    ['a path through text', ['name', 'x', 0], '1:7', '1:7'],
    ['a name that every object inherits', ['constructor'], '1:1', '1:1'],
  ])('%s', (_, path, value, key) => {
    expect(found({ file: 'any.yaml', path })).toBe(value);
    expect(found({ file: 'any.yaml', path, key: true })).toBe(key);
  });

  test('an offset, in a text of any kind', () => {
    expect([0, 5, 12, 13, text.length].map((offset) => found({ file: 'any.yaml', offset }))).toEqual([
      '1:1',
      '1:6',
      '2:1',
      '2:2',
      '16:1',
    ]);
    expect(new Lines('[').find({ file: 'any.yaml', path: ['a', 0] })).toEqual({ line: 1, column: 1 });
    expect(new Lines('').find({ file: 'any.yaml', path: ['a'] })).toEqual({ line: 1, column: 1 });
  });
});
