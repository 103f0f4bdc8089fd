/**
 * The note that somebody other than the author opened a pull request, by making an issue of theirs one. It is a review:
 * unlike a comment, nobody can delete it. No run edits it later. Pure.
 */
import { forMarkdown } from '../text/escape.ts';

/** How the note begins. */
export const OPENING_MARK = '<!-- rota-as-code: opened-by-other -->';

/** The text of the note, with the logins of the author and of the person who opened the pull request. */
export function openingNote(author: string, by: string): string {
  const [name, opener] = [author, by].map(forMarkdown);
  return (
    `${OPENING_MARK}\n\n${opener} turned an issue of ${name} into this pull request. GitHub shows ${name} as its ` +
    'author, but that is no agreement, and neither is a push. To agree, close this pull request and reopen it.'
  );
}
