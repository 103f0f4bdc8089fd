/** Escaping by destination: what each function leaves unchanged, and what it makes harmless. */
import { describe, expect, test } from 'vitest';
import {
  forCalendar,
  forCard,
  forHtml,
  forMarkdown,
  forSlack,
  forTerminal,
} from '../../actions/lib/text/escape.ts';

const plain = [
  'Zoë Åkesson',
  'דנה כהן',
  'مهدی\u200cپور',
  '👩‍👩‍👧 Łukasz',
  '👩🏽\u200d🚒 🏳️\u200d🌈',
  'രമണന്\u200d',
  'क्\u200dष',
  'a, b; c\\d "e" \'f\'',
  'C:: ##x [y] #[z',
  '',
];

describe('for a terminal or a log', () => {
  test.each(plain)('%j is unchanged', (text) => expect(forTerminal(text)).toBe(text));

  test.each([
    ['a\r\nb', 'a\\u000d\\u000ab'],
    ['\u001b[31mred\u001b[0m', '\\u001b[31mred\\u001b[0m'],
    ['\u009b31m', '\\u009b31m'],
    ['a\u0000b\tc\u007f', 'a\\u0000b\\u0009c\\u007f'],
    ['half\ud800 \u200cof\u200c', 'half\\ud800 \\u200cof\\u200c'],
    ['Ama\u200dra\u200d', 'Ama\\u200dra\\u200d'],
    ['Zoe\u0308\u200d 👩\u200dx', 'Zoe\u0308\\u200d 👩\\u200dx'],
    ['a\u{13431}b\u{e0041}', 'a\\u{13431}b\\u{e0041}'],
    ['a\u202egpj.exe\u2066', 'a\\u202egpj.exe\\u2066'],
    ['soft\u00adhyphen\u200b\ufeff', 'soft\\u00adhyphen\\u200b\\ufeff'],
    ['a\u2028b\u2029c\u0085d', 'a\\u2028b\\u2029c\\u0085d'],
    ['::error::x', ': :error::x'],
    ['a ::error::x', 'a ::error::x'],
    ['a\n::error::x', 'a\\u000a::error::x'],
    ['##[group]x', '## [group]x'],
    ['a ##[error]x##[endgroup]', 'a ## [error]x## [endgroup]'],
  ])('%j becomes %j', (text, shown) => expect(forTerminal(text)).toBe(shown));

  test.each([' ::error::x', '   ::add-mask::x'])(
    '%j is not a command, although a runner skips leading blanks',
    (text) => expect(forTerminal(text)).not.toMatch(/^\s*::/),
  );
});

describe('for a calendar', () => {
  test.each(plain)('%j is unchanged', (text) => expect(forCalendar(text)).toBe(text));

  test.each([
    ['a\r\nBEGIN:VEVENT', 'a  BEGIN:VEVENT'],
    ['a\u0085b\u2028c\u2029d\u0000e', 'a b c d e'],
    ['a\u202eb\u200fc', 'a b c'],
    ['Zoe\u0308 A\u030akesson', 'Zoë Åkesson'],
    ['x'.repeat(251), 'x'.repeat(250)],
  ])('%j becomes %j', (text, shown) => expect(forCalendar(text)).toBe(shown));

  test('a long text is cut between characters, never inside one', () => {
    expect(forCalendar(`x${'😀'.repeat(125)}`).isWellFormed()).toBe(true);
  });
});

describe('for a page', () => {
  test.each(plain.slice(0, 4))('%j is unchanged', (text) => expect(forHtml(text)).toBe(text));

  test.each([
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['Tom & "Jerry" \'s', 'Tom &amp; &quot;Jerry&quot; &#39;s'],
    ['&lt;', '&amp;lt;'],
    ['a\u202eb\r\nc', 'a b  c'],
  ])('%j becomes %j', (text, shown) => expect(forHtml(text)).toBe(shown));
});

describe('for Markdown', () => {
  test.each(plain.slice(0, 7))('%j is unchanged', (text) => expect(forMarkdown(text)).toBe(text));

  test.each([...'&<>"\'`*_~|\\[]{}!:/+=$^%'])('%j becomes an entity', (char) =>
    expect(forMarkdown(`a${char}b`)).toBe(`a&#${char.charCodeAt(0)};b`),
  );

  test.each([
    ['#12 and GH-12', '#<!-- -->12 and GH-<!-- -->12'],
    ['@amara-o', '@<!-- -->amara-o'],
    ['www.example.org, WWW.example.org', 'www&#46;example.org, WWW&#46;example.org'],
    ['- a - b', '&#45; a - b'],
    ['1. a 2. b', '1&#46; a 2. b'],
    ['12) a', '12&#41; a'],
    ['a\u202eb\r\nc', 'a b  c'],
  ])('%j becomes %j', (text, shown) => expect(forMarkdown(text)).toBe(shown));
});

describe('for Slack', () => {
  test.each(plain.slice(0, 7))('%j is unchanged', (text) => expect(forSlack(text)).toBe(text));

  test.each([
    ['Tom & <b>', 'Tom &amp; &lt;b&gt;'],
    ['<!channel> <@U01ABC> <https://x|y>', '&lt;!channel&gt; &lt;\uff20U01ABC&gt; &lt;https\ua789//x|y&gt;'],
    ['@here', '\uff20here'],
    ['*a* _b_ ~c~ `d`', '\u2217a\u2217 \u02cdb\u02cd \u223cc\u223c \u02cbd\u02cb'],
    [':fire: at: nine', '\ua789fire: at: nine'],
    ['GOV.UK, v. 2.', 'GOV\u2024UK, v. 2.'],
    ['www.example.org/a', 'www\u2024example\u2024org/a'],
    ['> quoted > not', '\u203a quoted &gt; not'],
    ['&amp;', '&amp;amp;'],
    ['a\u202eb\r\nc', 'a b  c'],
  ])('%j becomes %j', (text, shown) => expect(forSlack(text)).toBe(shown));
});

describe('for a card of Teams', () => {
  test.each(plain.slice(0, 7))('%j is unchanged', (text) => expect(forCard(text)).toBe(text));

  test.each([
    ['**a** <b> & [c](d)', '**a** <b> & [c](d)'],
    ['<at>Zoë</at> @here', '\u2039at>Zoë\u2039/at> \uff20here'],
    ['{{DATE(2026-01-01)}} \u0024{x}', '{ {DATE(2026-01-01)}} $ {x}'],
    ['https://example.org', 'https\ua789//example\u2024org'],
    ['a\u202eb\r\nc', 'a b  c'],
  ])('%j becomes %j', (text, shown) => expect(forCard(text)).toBe(shown));
});
