/** Digests of plain data, used to match what was approved with what is applied. The only module that hashes; pure. */
import { createHash } from 'node:crypto';

/** The full SHA-256 of a text, in hexadecimal: for texts that an attacker might try to imitate. */
export const fingerprintOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The id of a text as a git blob. */
export const blobOf = (text: string): string =>
  createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0`)
    .update(text)
    .digest('hex');

/** A digest of sixteen hexadecimal digits of plain data; it does not depend on the order of keys. */
export const digestOf = (data: unknown): string => wholeDigestOf(data).slice(0, 16);

/** The same as a full SHA-256: for data of which somebody might look for two with one digest. */
export const wholeDigestOf = (data: unknown): string => fingerprintOf(JSON.stringify(ordered(data)));

function ordered(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(ordered);
  if (typeof data !== 'object' || data === null) return data;
  const entries = Object.entries(data).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, value]) => [key, ordered(value)]));
}
