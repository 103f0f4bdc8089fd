/**
 * The messages of the `yaml` library on which `load/yaml-messages.ts` relies. When an update of the library makes this
 * fail, its messages have changed: fix the recognisers there, and nothing else.
 */
import { expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import {
  isKeyWithoutColon,
  isStrayBracket,
  isTextAfterQuotes,
  isTooDeep,
  isUnclosedBracket,
  reasonOf,
} from '../../actions/lib/load/yaml-messages.ts';

const RECOGNISERS = { isUnclosedBracket, isStrayBracket, isTextAfterQuotes, isKeyWithoutColon, isTooDeep };

test.each<[what: string, text: string, code: string, message: string, known: keyof typeof RECOGNISERS]>([
  [
    'an unclosed list',
    'a: [1, 2\nb: 1\n',
    'BAD_INDENT',
    'Flow sequence in block collection must be sufficiently indented and end with a ]',
    'isUnclosedBracket',
  ],
  [
    'an unclosed map',
    'a: {b: 1\nc: 1\n',
    'BAD_INDENT',
    'Flow map in block collection must be sufficiently indented and end with a }',
    'isUnclosedBracket',
  ],
  [
    'a list that is unclosed to the end',
    '[1, 2',
    'MISSING_CHAR',
    'Flow sequence must end with a ]',
    'isUnclosedBracket',
  ],
  [
    'a stray end of a list',
    'a: ]\n',
    'UNEXPECTED_TOKEN',
    'Unexpected flow-seq-end token in YAML stream: "]"',
    'isStrayBracket',
  ],
  [
    'a stray end of a map',
    'a: }\n',
    'UNEXPECTED_TOKEN',
    'Unexpected flow-map-end token in YAML stream: "}"',
    'isStrayBracket',
  ],
  [
    'a text after quotes',
    "a: 'it's so'\n",
    'UNEXPECTED_TOKEN',
    'Unexpected scalar at node end',
    'isTextAfterQuotes',
  ],
  [
    'a line without a colon',
    'a\nb: 1\n',
    'MULTILINE_IMPLICIT_KEY',
    'Implicit keys need to be on a single line',
    'isKeyWithoutColon',
  ],
  [
    'a line without a colon at the end',
    'a: 1\nb\n',
    'MISSING_CHAR',
    'Implicit map keys need to be followed by map values',
    'isKeyWithoutColon',
  ],
  [
    'a nesting too deep',
    '['.repeat(100_000),
    'RESOURCE_EXHAUSTION',
    'Maximum call stack size exceeded',
    'isTooDeep',
  ],
])('%s', (_, text, code, message, known) => {
  const { errors } = parseDocument(text, { version: '1.2', prettyErrors: false, stringKeys: true });
  const [first] = errors;
  expect([first?.code, first?.message]).toEqual([code, message]);
  const recognised = Object.entries(RECOGNISERS).filter(([, recognises]) => recognises(message));
  expect(recognised.map(([name]) => name)).toEqual([known]);
});

test('a reason has no full stop', () => {
  const { errors } = parseDocument('a: @x\n', { prettyErrors: false });
  expect(errors.map(({ message }) => reasonOf(message))).toEqual([
    'Plain value cannot start with reserved character @',
  ]);
});
