/**
 * The one way out for text: whatever was written in YAML or came from a service passes one of these, by where it goes.
 * The schemas refuse the same characters on the way in; this holds even where they did not look.
 */
import { TRICKS } from './unsafe-characters.ts';

/** For one line of a terminal or a log: tricks become visible, and no runner reads a command in it. */
export const forTerminal = (text: string): string =>
  text
    .replace(TRICKS, (trick) => `\\u${trick.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('##[', '## [')
    .replace(/^(\s*)::/, '$1: :');

/** For a property of a calendar: one line, composed, of a length that clients show; the writer escapes `,` `;` and `\`. */
export function forCalendar(text: string): string {
  const plain = text.replace(TRICKS, ' ').normalize('NFC');
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
  text.replace(TRICKS, ' ').replace(/[&<>"']/g, (char) => ENTITIES[char] as string);

/** What GitHub would link or notify by, even where it is written as an entity. */
const BREAK = '<!-- -->';

/** For Markdown, in prose, lists and table cells: no markup, no HTML, no mention, no link, no reference to an issue. */
export const forMarkdown = (text: string): string =>
  text
    .replace(TRICKS, ' ')
    .replace(
      /[&<>"'`*_~|\\[\]{}!:/+=$^%]|(?<=\bwww)\.|^-|(?<=^\d+)[.)]/gi,
      (char) => `&#${char.charCodeAt(0)};`,
    )
    .replace(/(?<!&)#|@/g, (char) => char + BREAK)
    .replace(/\bGH-/gi, (word) => word + BREAK);
