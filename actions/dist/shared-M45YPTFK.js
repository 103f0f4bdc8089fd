import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// actions/lib/digest.ts
import { createHash } from "node:crypto";
var fingerprintOf = (text) => createHash("sha256").update(text).digest("hex");
var blobOf = (text) => createHash("sha1").update(`blob ${Buffer.byteLength(text)}\0`).update(text).digest("hex");
var digestOf = (data) => createHash("sha256").update(JSON.stringify(ordered(data))).digest("hex").slice(0, 16);
function ordered(data) {
  if (Array.isArray(data)) return data.map(ordered);
  if (typeof data !== "object" || data === null) return data;
  const entries = Object.entries(data).toSorted(([one], [other]) => one < other ? -1 : 1);
  return Object.fromEntries(entries.map(([key, value]) => [key, ordered(value)]));
}

export {
  fingerprintOf,
  blobOf,
  digestOf
};
