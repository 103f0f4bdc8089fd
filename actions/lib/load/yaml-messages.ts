/**
 * Recognises messages of the `yaml` library where its codes are too coarse to identify a mistake. Only this file
 * depends on their wording; `test/load/yaml-messages.test.ts` fails when an update of the library changes it.
 */

/** A list or map in brackets that is not closed. */
export const isUnclosedBracket = (message: string): boolean => /^Flow (map|sequence)/.test(message);

/** A closing bracket without an opening one. */
export const isStrayBracket = (message: string): boolean => /^Unexpected flow-(map|seq)-end/.test(message);

/** Text after the closing quotes. */
export const isTextAfterQuotes = (message: string): boolean => message.startsWith('Unexpected scalar');

/** A line among keys without a colon. */
export const isKeyWithoutColon = (message: string): boolean => /^Implicit (map )?keys need/.test(message);

/** Nesting that exceeds the call stack of the parser. */
export const isTooDeep = (message: string): boolean => message.includes('call stack');

/** The parser's message without its full stop, as part of a sentence. */
export const reasonOf = (message: string): string => message.replace(/\.$/, '');
