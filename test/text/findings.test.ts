/** Findings as lines: their form, their counts, and that their text cannot forge a line. */
import { expect, test } from 'vitest';
import { countOf, type DescribedFinding, findingLines, type Paint } from '../../actions/lib/text/findings.ts';

const finding = (more: Partial<DescribedFinding> = {}): DescribedFinding => ({
  rule: 'away',
  severity: 'error',
  message: 'chi-wong is away',
  file: 'rotas/people.yaml',
  line: 12,
  column: 7,
  ...more,
});

const unpainted: Paint = (_, text) => text;
const tagged: Paint = (look, text) => `<${look}>${text}</${look}>`;

test('a finding is one line: file, line and column, severity, message and rule', () => {
  expect(findingLines([finding(), finding({ severity: 'warning', rule: 'rest' })], unpainted)).toStrictEqual([
    'rotas/people.yaml:12:7: error: chi-wong is away [away]',
    'rotas/people.yaml:12:7: warning: chi-wong is away [rest]',
  ]);
});

test('its position, its severity and its rule are styled, and its message is not', () => {
  expect(findingLines([finding(), finding({ severity: 'warning' })], tagged)).toStrictEqual([
    '<bold>rotas/people.yaml:12:7</bold>: <red>error</red>: chi-wong is away <dim>[away]</dim>',
    '<bold>rotas/people.yaml:12:7</bold>: <yellow>warning</yellow>: chi-wong is away <dim>[away]</dim>',
  ]);
});

test.each([
  [
    { message: 'a\r\n::error::b\u001b[2J' },
    'rotas/people.yaml:12:7: error: a\\u000d\\u000a::error::b\\u001b[2J [away]',
  ],
  [{ message: 'no ##[group] here' }, 'rotas/people.yaml:12:7: error: no ## [group] here [away]'],
  [{ file: '::error::\n.yaml' }, ': :error::\\u000a.yaml:12:7: error: chi-wong is away [away]'],
])('a finding of %j stays one line without a command', (more, line) => {
  expect(findingLines([finding(more)], unpainted)).toStrictEqual([line]);
});

test.each([
  [0, 0, 'no findings'],
  [1, 0, '1 error'],
  [2, 0, '2 errors'],
  [0, 1, '1 warning'],
  [0, 3, '3 warnings'],
  [1, 1, '1 error and 1 warning'],
  [12, 2, '12 errors and 2 warnings'],
])('%i errors and %i warnings are counted', (errors, warnings, expected) => {
  const all = [
    ...Array.from({ length: errors }, () => finding()),
    ...Array.from({ length: warnings }, () => finding({ severity: 'warning' })),
  ];
  expect(countOf(all)).toBe(expected);
});
