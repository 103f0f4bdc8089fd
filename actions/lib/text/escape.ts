/**
 * Escaping of text by destination: all text from YAML or from a service passes through one of these functions before it
 * is output. The schemas reject the same characters on input; this module does not rely on that.
 */
import { UNSAFE_CHARACTERS } from './unsafe-characters.ts';

/** With unsafe characters as their code points, such as `\\u202e`: for messages, also where they are data. */
export const visible = (text: string): string =>
  text.replace(UNSAFE_CHARACTERS, (char) => {
    const code = (char.codePointAt(0) as number).toString(16).padStart(4, '0');
    return code.length > 4 ? `\\u{${code}}` : `\\u${code}`;
  });

/** For JSON that is printed: the same data, with unsafe characters as escapes. */
export const forJson = (json: string): string =>
  json.replace(UNSAFE_CHARACTERS, (char) =>
    char === '\n'
      ? char
      : Array.from(
          { length: char.length },
          (_, i) => `\\u${char.charCodeAt(i).toString(16).padStart(4, '0')}`,
        ).join(''),
  );

/**
 * For one line of a terminal or a log: unsafe characters become visible, and a runner of GitHub Actions finds no
 * workflow command in it.
 */
export const forTerminal = (text: string): string =>
  visible(text)
    .replaceAll('##[', '## [')
    .replace(/^(\s*)::/, '$1: :');

/**
 * For a calendar property: one line, in Unicode form NFC, of a length that clients show; the calendar writer escapes
 * `,` `;` and `\`.
 */
export function forCalendar(text: string): string {
  const plain = text.replace(UNSAFE_CHARACTERS, ' ').normalize('NFC');
  return plain.length <= 250 ? plain : [...plain].slice(0, 250).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For HTML, in text and in quoted attributes alike. */
export const forHtml = (text: string): string =>
  text.replace(UNSAFE_CHARACTERS, ' ').replace(/[&<>"']/g, (char) => ENTITIES[char] as string);

/** Splits what GitHub would turn into a link or a mention even when it is written as an entity. */
const BREAK = '<!-- -->';

/** For Markdown, in prose, lists and table cells: no markup, no HTML, no mention, no link, no reference to an issue. */
export const forMarkdown = (text: string): string =>
  text
    .replace(UNSAFE_CHARACTERS, ' ')
    .replace(
      /[&<>"'`*_~|\\[\]{}!:/+=$^%]|(?<=\bwww)\.|^-|(?<=^\d+)[.)]/gi,
      (char) => `&#${char.charCodeAt(0)};`,
    )
    .replace(/(?<!&)#|@/g, (char) => char + BREAK)
    .replace(/\bGH-/gi, (word) => word + BREAK);

/** Characters that look the same and mean nothing to a chat, for those that it has no escape for. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  '*': '\u2217',
  _: '\u02cd',
  '~': '\u223c',
  '`': '\u02cb',
  '@': '\uff20',
  ':': '\ua789',
  '.': '\u2024',
};

const alike = (char: string): string => LOOKALIKES[char] as string;

/**
 * The same text in which a chat or a mail program finds no mention, no address to link, and no name of an emoji: for a
 * mail as it is.
 */
export const forMail = (text: string): string =>
  text.replace(UNSAFE_CHARACTERS, ' ').replace(/@|:(?=\S)|(?<=[\p{L}\p{M}\p{N}])\.(?=[\p{L}\p{N}])/gu, alike);

/**
 * For a message or a topic in Slack: no mention, link, emoji or formatting comes alive. Slack has escapes for `&`, `<`
 * and `>` only (https://docs.slack.dev/messaging/formatting-message-text).
 */
export const forSlack = (text: string): string =>
  forMail(text)
    .replace(/^\s*>+/, (quote) => quote.replaceAll('>', '\u203a'))
    .replace(/[*_~`]/g, alike)
    .replace(/[&<>]/g, (char) => ENTITIES[char] as string);

/**
 * For a text run of an Adaptive Card, which has no Markdown: no mention, no link, and no date function or expression,
 * such as `{{DATE(…)}}` and `${…}`.
 */
export const forCard = (text: string): string =>
  forMail(text)
    .replace(/\{\{|\$\{|@\{/g, (mark) => [...mark].join(' '))
    .replace(/<(?=\/?at\b)/gi, '\u2039');
