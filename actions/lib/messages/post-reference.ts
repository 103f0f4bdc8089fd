/**
 * The last line of a post that is planned ahead inside Slack, by which it is recognised: Slack keeps of a planned
 * message only its channel, time and text, and returns the text changed, with names in place of emoji, for example. The
 * line names the handbook, the hand-over and a digest of the text. Pure.
 */
import { digestOf } from '../text/digest.ts';

/** What such a line says. */
export interface PostReference {
  /** A digest of what the handbook is known by: several may post by one app. */
  readonly source: string;
  /** The id of the hand-over. */
  readonly id: string;
  /** Equal for equal texts. */
  readonly content: string;
}

/** What the handbook in a folder of a repository is known by; `.` is the whole of it. */
export const sourceName = (repository: string, folder: string): string =>
  folder === '.' ? repository : `${repository}/${folder}`;

/** The source of references for what the handbook is known by, such as its repository. */
export const sourceDigest = (name: string): string => digestOf({ name }).slice(0, 8);

/** The reference of a text without one. */
export const referenceOf = (name: string, id: string, text: string): PostReference => ({
  source: sourceDigest(name),
  id,
  content: digestOf({ text }).slice(0, 8),
});

/** The line of a reference. */
export const referenceLine = ({ source, id, content }: PostReference): string =>
  `Reference ${source}-${id}-${content}`;

const LINE = /(?:^|\n)Reference ([0-9a-f]{8})-([0-9a-f]{16})-([0-9a-f]{8})\s*$/;

/** The reference at the end of a text, if there is one. */
export function referenceIn(text: string): PostReference | undefined {
  const [, source, id, content] = LINE.exec(text) ?? [];
  return source === undefined || id === undefined || content === undefined
    ? undefined
    : { source, id, content };
}
