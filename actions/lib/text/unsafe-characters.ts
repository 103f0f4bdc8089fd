/**
 * Control characters, line breaks, direction marks, unpaired surrogates and invisible characters: they can forge lines
 * or hide text. A zero-width non-joiner between letters is allowed, because some languages, such as Persian, spell with
 * it.
 */
export const UNSAFE_CHARACTERS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]|(?<![\p{L}\p{M}])\u200c|\u200c(?!\p{L})/gu;
