/**
 * Recognises common mistakes in YAML from the text where parsing failed: what was meant, and what to write. Takes a
 * text and the errors of the parser, returns faults with our own codes. Pure; runs only on files with faults.
 *
 * Errors that the parser reports after a recognised mistake are dropped, because most of them follow from it.
 */

import { trimmedEnd } from '../text/trim.ts';
import type { Coded, TextCodes } from './codes.ts';
import { isKeyWithoutColon, isStrayBracket, isTextAfterQuotes, isUnclosedBracket } from './yaml-messages.ts';

/** A fault in the text itself, at a character offset. */
export type TextFault = Coded<TextCodes> & { readonly offset: number };

/** An error of the parser, from one character offset to another. */
export interface ParseError {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [number, number];
}

/** Recognised mistakes, and the offset from which the other errors are unreliable. */
interface Mistakes {
  readonly faults: readonly TextFault[];
  readonly unreliableFrom: number;
}

export const NO_MISTAKES: Mistakes = { faults: [], unreliableFrom: Number.POSITIVE_INFINITY };

/** A limit for one file; a hostile file has thousands. */
const MOST = 20;

/** Recognises the mistakes behind errors; `brackets` holds the offset of each outermost list or map in brackets. */
export function mistakesIn(
  text: string,
  errors: readonly ParseError[],
  brackets: readonly number[],
): Mistakes {
  const mark = /^(<{7}|={7}|>{7})(?=[ \r\n]|$)/m.exec(text);
  if (mark !== null) {
    const conflict: TextFault = { offset: mark.index, code: 'merge-conflict', args: {} };
    return { faults: [conflict], unreliableFrom: 0 };
  }
  const odd = oddIndents(text);
  if (odd.length > 0) return { faults: odd, unreliableFrom: 0 };
  const faults = new Map<number, TextFault>();
  const inOrder = errors.toSorted((one, other) => one.pos[0] - other.pos[0]);
  let mistakenLine = -1;
  for (const error of inOrder.slice(0, MOST)) {
    const { start } = lineAt(text, error.pos[0]);
    if (start === mistakenLine) continue;
    const [recognise, found] = recognised(text, error, brackets);
    for (const fault of found) faults.set(fault.offset, fault);
    if (found.length > 0) mistakenLine = start;
    if (recognise !== undefined && derails(text, recognise, found)) break;
  }
  const found = [...faults.values()].toSorted((one, other) => one.offset - other.offset);
  return found[0] === undefined
    ? NO_MISTAKES
    : { faults: found, unreliableFrom: lineAt(text, found[0].offset).start };
}

/** Lines indented with a space that YAML treats as a letter, which is common in text copied from a web page. */
export function oddIndents(text: string): readonly TextFault[] {
  // At the very start of a file, U+FEFF is the byte order mark.
  const odd = /^[ \t]*([\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]|(?<=[\s\S])\ufeff)/gm;
  return [...text.matchAll(odd)].slice(0, MOST).map(({ index, 0: indent, 1: space = '' }) => {
    const sign = space.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return { offset: index + indent.indexOf(space), code: 'odd-space', args: { sign } };
  });
}

type Recogniser = (text: string, error: ParseError, brackets: readonly number[]) => readonly TextFault[];

const tabIndent: Recogniser = (text, { pos }) => {
  const { start, line } = lineAt(text, pos[0]);
  const indent = /^ *\t/.exec(line)?.[0];
  return indent === undefined ? [] : [{ offset: start + indent.length - 1, code: 'tab-indent', args: {} }];
};

/** Brackets, and the quoted texts and comments in which brackets mean nothing. */
const BRACKETS =
  /(?<=[[{,:]\s*)(?:"[^"\\]*(?:\\[\s\S][^"\\]*)*"|'[^']*(?:''[^']*)*')|(?<=\s)#[^\n]*|[[\]{}]/g;
const CLOSER: Readonly<Record<string, string>> = { '[': ']', '{': '}' };

/** An unclosed bracket, reported where it was opened; the parser reports where it gave up. */
const openBracket: Recogniser = (text, { message, pos: [gaveUpAt] }, brackets) => {
  const from = isUnclosedBracket(message) ? brackets.findLast((start) => start < gaveUpAt) : undefined;
  if (from === undefined) return [];
  const to = gaveUpAt + (/[\]}]/.test(text[gaveUpAt] ?? '') ? 1 : 0);
  const open: number[] = [];
  const unclosed: number[] = [];
  let swallowed: string | undefined;
  for (const { 0: sign, index } of text.slice(from, to).matchAll(BRACKETS)) {
    if (sign in CLOSER) open.push(from + index);
    else if (/^#\S.*[\]}]/.test(sign)) swallowed = sign.split(/[\s,\]}]/, 1).join();
    else if (sign === ']' || sign === '}') {
      // A closing bracket that matches an earlier one leaves those in between open.
      const own = open.findLastIndex((it) => CLOSER[text[it] ?? ''] === sign);
      for (const it of open.splice(Math.max(own, 0)).slice(own === -1 ? 0 : 1)) unclosed.push(it);
    }
  }
  return [...open, ...unclosed].map((offset) => {
    const bracket = text[offset] ?? '';
    const closer = CLOSER[bracket] ?? '';
    return { offset, code: 'open-bracket', args: { bracket, closer, swallowed } };
  });
};

/** A closing bracket without an opening one on its line; after an error the parser also reports brackets that match. */
const strayBracket: Recogniser = (text, { message, pos: [offset] }) => {
  if (!isStrayBracket(message)) return [];
  const { start } = lineAt(text, offset);
  const signs = [...text.slice(start, offset).matchAll(BRACKETS)].map(([sign]) => sign);
  const opened = signs.filter((sign) => sign in CLOSER).length;
  const closed = signs.filter((sign) => sign === ']' || sign === '}').length;
  return opened > closed ? [] : [{ offset, code: 'stray-bracket', args: { bracket: text[offset] ?? '' } }];
};

/** A quoted text that contains the same quotes, reported where YAML ends it. */
const quoteInQuotes: Recogniser = (text, { message, pos: [after] }) => {
  const quote = text[after - 1];
  if (!isTextAfterQuotes(message) || (quote !== "'" && quote !== '"')) return [];
  const offset = after - 1;
  const column = offset - lineAt(text, offset).start + 1;
  return [{ offset, code: 'quote-in-quotes', args: { quote, column } }];
};

/** A text with a colon in it, which YAML reads as another key. */
const colonInText: Recogniser = (text, { code, pos: [offset] }) => {
  if (code !== 'BLOCK_AS_IMPLICIT_KEY' && code !== 'BLOCK_IN_FLOW') return [];
  const { start, line } = lineAt(text, offset);
  const isValue = /[:\-[,]\s+$/.test(line.slice(0, offset - start));
  const words = /^([^\s"'[{#](?:[^#:]|(?<!\s)#|:(?!\s))*):\s/.exec(line.slice(offset - start))?.[1];
  if (!isValue || words === undefined) return [];
  const key = code === 'BLOCK_IN_FLOW' ? /\s([a-z_]+)$/.exec(words)?.[1] : undefined;
  return [{ offset, code: 'colon-in-text', args: { key } }];
};

/** Lines meant as a key, with or without a value; YAML reads them as the beginning of the key below. */
const noColon: Recogniser = (text, { message, pos: [from, to] }) => {
  if (!isKeyWithoutColon(message)) return [];
  const first = lineAt(text, from);
  const indent = from - first.start;
  if (!/^\s*(- +)*$/.test(first.line.slice(0, indent))) return [];
  const faults: TextFault[] = [];
  for (let at = first; at.start <= Math.max(from, to - 1); at = lineAt(text, at.end + 1)) {
    const isAligned = at === first || at.line.search(/\S/) === indent;
    if (isAligned) faults.push(...colonMissing(at, indent));
    if (at.end >= text.length || faults.length === MOST) break;
  }
  return faults;
};

/** The same with a comment after it, where the parser ends the text; it reports the key below. */
const noColonAbove: Recogniser = (text, { code, pos: [offset] }) => {
  const here = lineAt(text, offset);
  if (!WITHOUT_START.has(code) || here.start === 0 || !/:(\s|$)/.test(here.line)) return [];
  const above = lineAt(text, here.start - 1);
  const indent = above.line.search(/[^\s-]/);
  if (!/\s#/.test(above.line) || indent === -1 || here.line.search(/\S/) < indent) return [];
  return colonMissing(above, indent);
};
const WITHOUT_START: ReadonlySet<string> = new Set(['UNEXPECTED_TOKEN', 'BAD_INDENT', 'MISSING_CHAR']);

function colonMissing({ start, line }: Line, indent: number): readonly TextFault[] {
  const meant = withColon(withoutComment(line.slice(indent)));
  return meant === undefined ? [] : [{ offset: start + indent, code: 'no-colon', args: { meant } }];
}

/** A line without a dash among the items of a list. */
const noDash: Recogniser = (text, { code, pos: [offset] }) => {
  if (code !== 'BAD_INDENT') return [];
  const here = lineAt(text, offset);
  const indent = here.line.search(/\S/);
  const sibling = text
    .slice(0, here.start)
    .split('\n')
    .findLast((line) => line.trim() !== '' && line.search(/\S/) <= indent);
  if (sibling === undefined || !/^ *- /.test(sibling) || sibling.indexOf('-') !== indent) return [];
  const meant = clipped(`- ${here.line.trim()}`);
  return [{ offset: here.start + indent, code: 'no-dash', args: { meant } }];
};

/**
 * `timezone: UTC` for `timezone UTC`, `timezone:UTC` and `timezone = UTC`, `roles:` for `roles`; undefined when there
 * is a colon.
 */
function withColon(line: string): string | undefined {
  if (/:([ \t]|$)/.test(line)) return undefined;
  const [, key, value = ''] =
    /^([\p{L}\p{N}][\p{L}\p{N}_-]*)(?:\s*[:=：]\s*|\s+|$)(.*)$/u.exec(line.trim()) ?? [];
  if (key === undefined) return undefined;
  return clipped(`${key}: ${value}`.trim());
}

/** The first key and its value, for a text that begins with a known key but has no colon after it. */
export function firstKey(text: string, known: readonly string[]): string | undefined {
  const words = text.split(/\s+/);
  const next = words.findIndex((word, i) => i > 0 && known.includes(word));
  const meant = withColon(words.slice(0, next === -1 ? undefined : next).join(' '));
  return known.includes(meant?.split(':', 1).join() ?? '') ? meant : undefined;
}

/** The text between typographic quotes, which mean nothing to YAML. */
export function betweenCurlyQuotes(text: string): string | undefined {
  if (!/^[“”„‟‘’‚]|[“”]$/.test(text)) return undefined;
  return clipped(trimmedEnd(text.replace(/^[“”„‟‘’‚]+/, ''), /[“”‘’]/));
}

/** The intended text when YAML reads it as a comment, as in `channel: #paas`. */
export function textInComment(rest: string): string | undefined {
  const text = /^\s*(#\S.*)/.exec(rest)?.[1];
  if (text === undefined) return undefined;
  return clipped(trimmedEnd(withoutComment(text), /[\s,\]}]/));
}

/** A line without the comment that a space sets off, nor the spaces before it. */
function withoutComment(line: string): string {
  const comment = line.search(/\s#/);
  return comment === -1 ? line : line.slice(0, comment).trimEnd();
}

const clipped = (text: string): string => (text.length > 100 ? `${text.slice(0, 100)}…` : text);

const RECOGNISERS: readonly Recogniser[] = [
  tabIndent,
  openBracket,
  strayBracket,
  quoteInQuotes,
  noDash,
  noColonAbove,
  noColon,
  colonInText,
];

type Recognised = readonly [recognise: Recogniser | undefined, found: readonly TextFault[]];

function recognised(text: string, error: ParseError, brackets: readonly number[]): Recognised {
  for (const recognise of RECOGNISERS) {
    const found = recognise(text, error, brackets);
    if (found.length > 0) return [recognise, found];
  }
  return [undefined, []];
}

/** Whether the parser misreads the lines below a mistake, so that it reports correct lines. */
function derails(text: string, recognise: Recogniser, found: readonly TextFault[]): boolean {
  if (recognise === strayBracket || recognise === noDash) return true;
  if (recognise !== noColon && recognise !== noColonAbove) return false;
  const { offset } = found.at(-1) as TextFault;
  const { start, end } = lineAt(text, offset);
  const below = end + Math.max(text.slice(end).search(/\S/), 0);
  return below - lineAt(text, below).start > offset - start;
}

/** A line: the offsets of its start and its end, and its text. */
interface Line {
  readonly start: number;
  readonly end: number;
  readonly line: string;
}

function lineAt(text: string, offset: number): Line {
  const newline = text.slice(0, offset).lastIndexOf('\n');
  const start = newline === -1 && text.startsWith('\ufeff') ? 1 : newline + 1;
  const next = text.indexOf('\n', offset);
  const end = next === -1 ? text.length : next;
  return { start, end, line: text.slice(start, end).trimEnd() };
}
