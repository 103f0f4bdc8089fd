/**
 * The last line of a post that is planned ahead inside Slack, by which it is recognised: Slack keeps of a scheduled
 * message only its channel, time and text, and returns the text changed, with names in place of emoji, for example. The
 * line names the handbook, the hand-over and a digest of the text. Pure.
 */
import { digestOf } from '../text/digest.ts';

/** What such a line says. */
export interface PostReference {
  /** The id of the hand-over. */
  readonly id: string;
  /** Equal for equal texts. */
  readonly content: string;
}

/** `source` is what the handbook is known by, such as its repository: several may post by one app. */
const sourceDigest = (source: string): string => digestOf({ source }).slice(0, 8);

/** The reference of a text without one. */
export const referenceOf = (id: string, text: string): PostReference => ({
  id,
  content: digestOf({ text }).slice(0, 8),
});

/** The line of a reference. */
export const referenceLine = (source: string, { id, content }: PostReference): string =>
  `Reference ${sourceDigest(source)}-${id}-${content}`;

const LINE = /(?:^|\n)_?Reference ([0-9a-f]{8})-([0-9a-f]{16})-([0-9a-f]{8})_?\s*$/;

/** The reference at the end of a text; undefined where the post is not one of this handbook. */
export function referenceIn(source: string, text: string): PostReference | undefined {
  const [, from, id, content] = LINE.exec(text) ?? [];
  if (id === undefined || content === undefined || from !== sourceDigest(source)) return undefined;
  return { id, content };
}
