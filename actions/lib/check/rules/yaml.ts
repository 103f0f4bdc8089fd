/**
 * A file that cannot be read defines nothing, and a rota that is not read leaves its time uncovered. Found while
 * loading: links, names, sizes and encodings in `git/` and `load/identify.ts`, the text itself in `load/source.ts`.
 * Reported at the first line, or at the line where the text stops being YAML.
 */
import type { LoadCodes } from '../../load/codes.ts';
import { suggestion } from '../../text/suggest.ts';
import { loadFindings, rule } from '../rule.ts';

export const yaml = rule<LoadCodes['yaml']>({
  name: 'yaml',
  severity: 'error',
  summary: 'Every file is readable, inside the root, of a known kind and plain YAML.',
  check: (context) => loadFindings(context, 'yaml'),
  advice: ['nearest'],
  describe: {
    link: () => 'this is a symbolic link and is not read; put the file itself here',
    'hard-link': () => 'this is a hard link to a file with another name and is not read; put a copy here',
    irregular: () => 'this is not a regular file and is not read',
    'too-large': ({ mostKib }) =>
      `this file is larger than ${mostKib} KiB and is not read; split it or remove old entries`,
    'too-many-files': ({ files, most }) =>
      `this handbook has ${files} files and is not read; it can have at most ${most}`,
    'too-much-text': ({ mostMib }) =>
      `this handbook has more than ${mostMib} MiB of text and is not read; remove old entries`,
    encoding: () => 'this file is not UTF-8 text and is not read; save it as UTF-8',
    'not-a-folder': () => 'this is not a regular folder and is not read',
    'folder-not-listed': ({ reason }) => `this folder cannot be listed (${reason})`,
    'not-opened': ({ reason }) => `this file cannot be opened (${reason})`,
    'not-read': ({ reason }) => `this file cannot be read (${reason})`,
    'name-too-long': () => 'this file has a name of over 64 characters; shorten it',
    'yml-ending': ({ name }) => `this file ends in ".yml" and is not read; rename it to "${name}.yaml"`,
    'other-ending': () =>
      'this file is of no known kind and is not read; a rota or policy ends in ".yaml", and notes end in ".md"',
    'name-form': () =>
      'this file is not read; names of folders and files are lower-case words (letters and digits) joined by hyphens',
    'no-such-policy': ({ files, folders, nearest }) =>
      'this file is of no known kind and is not read; ' +
      `policies are ${files.join(', ')} and the folders ${folders.join(', ')}${suggestion(nearest)}`,
    'no-such-place': () =>
      'this file is of no known kind and is not read; ' +
      'rotas are in rotas/<team>/<rota>.yaml, and people in rotas/people.yaml',
    'merge-conflict': () => 'a merge conflict was left here; choose one side and remove the conflict markers',
    'odd-space': ({ sign }) => `this line is indented with a special space (U+${sign}); use plain spaces`,
    'tab-indent': () => 'this line is indented with a tab; use spaces',
    'open-bracket': ({ bracket, closer, swallowed }) =>
      swallowed === undefined
        ? `this "${bracket}" is not closed; end it with "${closer}"`
        : `this "${bracket}" is not closed, because "#" begins a comment; put it in quotes: "${swallowed}"`,
    'stray-bracket': ({ bracket }) => `this "${bracket}" closes nothing; remove it`,
    'quote-in-quotes': ({ quote, column }) =>
      `the text in quotes ends at column ${column}; ${
        quote === "'"
          ? "double the quote inside it ('') or put the whole in double quotes"
          : 'write \\" for the quote inside it or put the whole in single quotes'
      }`,
    'colon-in-text': ({ key }) => {
      const comma = key === undefined ? '' : `, or a comma before "${key}" if that is a key`;
      return `put this text in quotes${comma}; it has a ": " in it`;
    },
    'no-colon': ({ meant }) => `this line has no ": "; write "${meant}"`,
    'no-dash': ({ meant }) => `this line is in a list and has no "- "; write "${meant}"`,
    'duplicate-key': () => 'this key appears twice; keep one of them',
    'several-documents': () =>
      'a second document begins here; one file holds one document, without "---" between',
    'other-key': () => 'a key is plain text; put it in quotes',
    'too-deep': () => 'this is nested too deeply to be read',
    'not-yaml': ({ reason }) => `this is not YAML: ${reason}`,
    directive: () => 'a directive ("%…") is not supported here; remove the line',
    alias: () => 'an alias ("*…") is not supported here; write the value out',
    anchor: () => 'an anchor ("&…") is not supported here; remove it',
    tag: () => 'a tag ("!…") is not supported here; write the value without it',
  },
});
