/**
 * The messages of the `yaml` library that are relied on, because its codes are too coarse to know a mistake by. All that
 * depends on its wording is here; `test/load/yaml-messages.test.ts` pins it for an update of the library.
 */

/** A list or map in brackets that does not end. */
export const isUnclosedBracket = (message: string): boolean => /^Flow (map|sequence)/.test(message);

/** A bracket that closes none. */
export const isStrayBracket = (message: string): boolean => /^Unexpected flow-(map|seq)-end/.test(message);

/** A text that goes on behind its closing quotes. */
export const isTextAfterQuotes = (message: string): boolean => message.startsWith('Unexpected scalar');

/** A line among keys that has no colon. */
export const isKeyWithoutColon = (message: string): boolean => /^Implicit (map )?keys need/.test(message);

/** Nesting deeper than the parser's own calls can go. */
export const isTooDeep = (message: string): boolean => message.includes('call stack');

/** The parser's reason as a part of a sentence. */
export const reasonOf = (message: string): string => message.replace(/\.$/, '');
