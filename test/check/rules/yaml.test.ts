/**
 * Files that cannot be read; mistakes in YAML are in `load/source.test.ts`, links and sizes in
 * `git/working-tree.test.ts`.
 */
import { expect, test } from 'vitest';
import { yaml } from '../../../actions/lib/check/rules/yaml.ts';
import type { LoadCodes } from '../../../actions/lib/load/codes.ts';
import { checked, folk } from '../../handbook.ts';
import { type WordTable, worded } from '../word-table.ts';

const team = (path: string, text: string) => checked(`${folk('amara')}== ${path}\n${text}`);

test('a file of a known kind and in plain YAML is read', () => {
  expect(team('rotas/paas/team.yaml', 'name: PaaS\nleads: [amara]\n')).toEqual([]);
});

test('a text that is not YAML is reported where it stops being YAML', () => {
  expect(team('rotas/paas/team.yaml', 'name: PaaS\nleads: amara]\nleads: [amara]\n')).toEqual([
    'rotas/paas/team.yaml:3:1 this key appears twice; keep one of them [yaml]',
  ]);
});

test('a file of no known kind is reported at its first line', () => {
  expect(team('rotas/paas/team.yml', 'name: PaaS\nleads: [amara]\n')).toEqual([
    'rotas/paas/team.yml:1:1 this file ends in ".yml" and is not read; rename it to "team.yaml" [yaml]',
  ]);
});

const WORDS: WordTable<LoadCodes['yaml']> = {
  alias: [[{}, 'an alias ("*…") is not supported here; write the value out']],
  anchor: [[{}, 'an anchor ("&…") is not supported here; remove it']],
  'colon-in-text': [
    [{ key: undefined }, 'put this text in quotes; it has a ": " in it'],
    [
      { key: 'instead_of' },
      'put this text in quotes, or a comma before "instead_of" if that is a key; it has a ": " in it',
    ],
  ],
  directive: [[{}, 'a directive ("%…") is not supported here; remove the line']],
  'duplicate-key': [[{}, 'this key appears twice; keep one of them']],
  encoding: [[{}, 'this file is not UTF-8 text and is not read; save it as UTF-8']],
  'folder-not-listed': [[{ reason: 'EACCES' }, 'this folder cannot be listed (EACCES)']],
  'hard-link': [[{}, 'this is a hard link to a file with another name and is not read; put a copy here']],
  irregular: [[{}, 'this is not a regular file and is not read']],
  link: [[{}, 'this is a symbolic link and is not read; put the file itself here']],
  'merge-conflict': [[{}, 'a merge conflict was left here; choose one side and remove the conflict markers']],
  'name-form': [
    [
      {},
      'this file is not read; names of folders and files are lower-case words (letters and digits) joined by hyphens',
    ],
  ],
  'name-too-long': [[{}, 'this file has a name of over 64 characters; shorten it']],
  'no-colon': [[{ meant: 'channel:' }, 'this line has no ": "; write "channel:"']],
  'no-dash': [
    [{ meant: '- role: engineer' }, 'this line is in a list and has no "- "; write "- role: engineer"'],
  ],
  'no-such-place': [
    [
      {},
      'this file is of no known kind and is not read; rotas are in rotas/<team>/<rota>.yaml, and people in rotas/people.yaml',
    ],
  ],
  'no-such-policy': [
    [
      {
        files: ['notice.yaml', 'publishing.yaml', 'on-call.yaml', 'time-off.yaml', 'services.yaml'],
        folders: ['support-hours', 'holidays', 'service-levels', 'tickets', 'escalation'],
        nearest: undefined,
      },
      'this file is of no known kind and is not read; policies are notice.yaml, publishing.yaml, on-call.yaml, time-off.yaml, services.yaml and the folders support-hours, holidays, service-levels, tickets, escalation',
    ],
    [
      {
        files: ['notice.yaml', 'publishing.yaml', 'on-call.yaml', 'time-off.yaml', 'services.yaml'],
        folders: ['support-hours', 'holidays', 'service-levels', 'tickets', 'escalation'],
        nearest: 'holidays',
      },
      'this file is of no known kind and is not read; policies are notice.yaml, publishing.yaml, on-call.yaml, time-off.yaml, services.yaml and the folders support-hours, holidays, service-levels, tickets, escalation; did you mean "holidays"?',
    ],
  ],
  'not-a-folder': [[{}, 'this is not a regular folder and is not read']],
  'not-opened': [[{ reason: 'EACCES' }, 'this file cannot be opened (EACCES)']],
  'not-read': [[{ reason: 'EIO' }, 'this file cannot be read (EIO)']],
  'not-yaml': [[{ reason: 'Missing closing "quote' }, 'this is not YAML: Missing closing "quote']],
  'odd-space': [[{ sign: '00A0' }, 'this line is indented with a special space (U+00A0); use plain spaces']],
  'open-bracket': [
    [{ bracket: '[', closer: ']', swallowed: undefined }, 'this "[" is not closed; end it with "]"'],
    [
      { bracket: '{', closer: '}', swallowed: '#PNIA1' },
      'this "{" is not closed, because "#" begins a comment; put it in quotes: "#PNIA1"',
    ],
  ],
  'other-ending': [
    [
      {},
      'this file is of no known kind and is not read; a rota or policy ends in ".yaml", and notes end in ".md"',
    ],
  ],
  'other-key': [[{}, 'a key is plain text; put it in quotes']],
  'quote-in-quotes': [
    [
      { quote: "'", column: 21 },
      "the text in quotes ends at column 21; double the quote inside it ('') or put the whole in double quotes",
    ],
    [
      { quote: '"', column: 18 },
      'the text in quotes ends at column 18; write \\" for the quote inside it or put the whole in single quotes',
    ],
  ],
  'several-documents': [
    [{}, 'a second document begins here; one file holds one document, without "---" between'],
  ],
  'stray-bracket': [[{ bracket: '}' }, 'this "}" closes nothing; remove it']],
  'tab-indent': [[{}, 'this line is indented with a tab; use spaces']],
  tag: [[{}, 'a tag ("!…") is not supported here; write the value without it']],
  'too-deep': [[{}, 'this is nested too deeply to be read']],
  'too-many-files': [
    [
      { files: 20_001, most: 20_000 },
      'this handbook has 20001 files and is not read; it can have at most 20000',
    ],
  ],
  'too-much-text': [
    [{ mostMib: 64 }, 'this handbook has more than 64 MiB of text and is not read; remove old entries'],
  ],
  'too-large': [
    [{ mostKib: 256 }, 'this file is larger than 256 KiB and is not read; split it or remove old entries'],
  ],
  'yml-ending': [
    [{ name: 'people' }, 'this file ends in ".yml" and is not read; rename it to "people.yaml"'],
  ],
};

test.each(worded(yaml, WORDS))('%s: %s', (_, expected, made) => expect(made).toBe(expected));
