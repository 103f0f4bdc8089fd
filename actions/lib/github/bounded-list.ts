/** Reads lists of a pull request that anybody who may write can make as long as they like. */

/** More than any pull request has that nobody fills on purpose. */
export const MOST_ENTRIES = 1000;

/** A list that is longer than is read, and is never read in part: what matters may be in the rest. */
export class TooLong extends Error {
  constructor({ number, what }: ListOfPull, most: number) {
    super(`#${number} has more than ${most} ${what}`);
  }
}

/** What is listed, and of which issue or pull request. */
interface ListOfPull {
  readonly what: 'comments' | 'events' | 'reviews';
  readonly number: number;
}

/** The entries of a list, page by page; throws `TooLong` once there are too many. */
export async function* boundedPages<Entry>(
  pages: AsyncIterable<{ readonly data: readonly Entry[] }>,
  list: ListOfPull,
  most = MOST_ENTRIES,
): AsyncGenerator<readonly Entry[]> {
  let count = 0;
  for await (const { data } of pages) {
    count += data.length;
    if (count > most) throw new TooLong(list, most);
    yield data;
  }
}

/** The whole list, bounded likewise. */
export async function boundedList<Entry>(
  pages: AsyncIterable<{ readonly data: readonly Entry[] }>,
  list: ListOfPull,
): Promise<readonly Entry[]> {
  const all: Entry[] = [];
  for await (const page of boundedPages(pages, list)) all.push(...page);
  return all;
}
