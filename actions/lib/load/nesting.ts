/** Finds where nesting begins that is too deep for the parser. Pure. */

/** More levels than any file needs. */
const MOST_LEVELS = 60;

/**
 * The offset at which more than 60 levels of brackets, dashes or indentation begin; undefined if there are none.
 * Brackets in quotes and comments count too, because this only helps to find the place.
 */
export function nestingStart(text: string): number | undefined {
  const found = [bracketStart(text), dashStart(text), indentStart(text)].filter((it) => it !== undefined);
  return found.length === 0 ? undefined : Math.min(...found);
}

/** So many open brackets are in no text or comment that somebody writes. */
const MOST_BRACKETS = 2_000;

/** Whether brackets are nested so deep that the parser would take a second to find that it cannot read them. */
export const isHopelesslyNested = (text: string): boolean =>
  text.length > MOST_BRACKETS && bracketStart(text, MOST_BRACKETS) !== undefined;

/** The outermost of more open brackets than a number. */
function bracketStart(text: string, most = MOST_LEVELS): number | undefined {
  const open: number[] = [];
  for (const { 0: bracket, index } of text.matchAll(/[[\]{}]/g)) {
    if (bracket === '[' || bracket === '{') open.push(index);
    else open.pop();
    if (open.length > most) return open[0];
  }
  return undefined;
}

/** More than 60 dashes, or other marks of nested entries, in one line. */
const dashStart = (text: string): number | undefined => /(?:[-?:][ \t]+){61}/.exec(text)?.index;

/** The line from which more than 60 lines are each indented deeper than one before it. */
function indentStart(text: string): number | undefined {
  const levels: { indent: number; start: number }[] = [];
  for (const { 1: margin = '', index } of text.matchAll(/^( *)[^\s#]/gm)) {
    while ((levels.at(-1)?.indent ?? -1) >= margin.length) levels.pop();
    levels.push({ indent: margin.length, start: index + margin.length });
    if (levels.length > MOST_LEVELS) return levels[0]?.start;
  }
  return undefined;
}
