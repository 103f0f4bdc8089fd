const CONTROLS = String.raw`\u0000-\u001f\u007f-\u009f`;
const MARKS = String.raw`\u00ad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f`;
const UNPAIRED = String.raw`\ud800-\udfff`;
const SPECIALS = String.raw`\ufeff\ufff9-\ufffb`;
/** Of hieroglyphs, of shorthand, of musical notation, and tags, which spell hidden text. */
const ASTRAL = String.raw`\u{13430}-\u{1343f}\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e007f}`;
const STRAY_NON_JOINER = String.raw`(?<![\p{L}\p{M}])\u200c|\u200c(?!\p{L})`;

/** A part of an emoji. */
const PICTURE = String.raw`\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f`;
/** A mark that is of one script, such as a virama; an accent is of several. */
const SIGN = String.raw`(?!\p{Script=Inherited})\p{M}`;
const JOINS_NOTHING = String.raw`(?<!${SIGN})(?<![${PICTURE}])\u200d`;
const JOINS_NO_PICTURE = String.raw`(?<=[${PICTURE}])\u200d(?!\p{Extended_Pictographic})`;

/**
 * Control characters, line breaks, direction marks, unpaired surrogates and invisible characters: they can forge lines
 * or hide text. A zero-width non-joiner between letters is allowed, because some languages, such as Persian, spell with
 * it; a zero-width joiner after a sign of a script, as in Malayalam, and between the parts of an emoji.
 */
export const UNSAFE_CHARACTERS = new RegExp(
  `[${CONTROLS}${MARKS}${UNPAIRED}${SPECIALS}${ASTRAL}]|${STRAY_NON_JOINER}|${JOINS_NOTHING}|${JOINS_NO_PICTURE}`,
  'gu',
);
