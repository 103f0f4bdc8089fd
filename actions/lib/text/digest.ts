/** What ties what was approved to what is done: a short name of plain data. The one home of hashing; pure. */
import { createHash } from 'node:crypto';

/** All of the SHA-256 of a text, in hexadecimal: for what somebody might try to make look alike. */
export const fingerprintOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The name under which git keeps a text. */
export const blobOf = (text: string): string =>
  createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0`)
    .update(text)
    .digest('hex');

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
