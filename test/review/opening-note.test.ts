import { expect, test } from 'vitest';
import { OPENING_MARK, openingNote } from '../../actions/lib/review/opening-note.ts';

test('the note names both accounts, without markup of theirs, and says how to agree', () => {
  expect(openingNote('mallory-muir', 'a_b[bot]')).toBe(
    `${OPENING_MARK}\n\na&#95;b&#91;bot&#93; turned an issue of mallory-muir into this pull request. GitHub shows ` +
      'mallory-muir as its author, but that is no agreement, and neither is a push. To agree, close this pull request ' +
      'and reopen it.',
  );
});
