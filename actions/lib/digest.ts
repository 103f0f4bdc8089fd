/** What ties what was approved to what is done: a short name of plain data. The one home of hashing; pure. */
import { createHash } from 'node:crypto';

/** Sixteen hexadecimal digits of plain data, the same for equal data whatever the order of its keys. */
export const digestOf = (data: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(ordered(data)))
    .digest('hex')
    .slice(0, 16);

function ordered(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(ordered);
  if (typeof data !== 'object' || data === null) return data;
  const entries = Object.entries(data).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, value]) => [key, ordered(value)]));
}
