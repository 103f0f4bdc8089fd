/**
 * The note on a pull request that somebody else made of an issue of its author: a review, which nothing of ours edits
 * later and nobody can delete, as a comment can be. Pure.
 */
import { forMarkdown } from '../text/escape.ts';

/** How the note begins. */
export const OPENING_MARK = '<!-- rota-as-code: opened-by-other -->';

/** The note, with the login of the author and of whoever opened it. */
export const openingNote = (author: string, by: string): string =>
  `${OPENING_MARK}\n\n${forMarkdown(by)} made this pull request of an issue of ${forMarkdown(author)}, who is its ` +
  'author by that. That is no agreement of theirs, and neither is a push: if they agree, they close it and reopen it.';
