/**
 * Control characters, line ends, direction marks, halves of characters and invisible ones: they forge lines or hide what
 * a text says. Between letters a zero-width non-joiner is spelling, as in Persian.
 */
export const TRICKS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]|(?<![\p{L}\p{M}])\u200c|\u200c(?!\p{L})/gu;
