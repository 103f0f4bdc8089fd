/** Ids and instants of a state: ids depend only on a text, and instants are written as ISO 8601. */
import { createHash } from 'node:crypto';
import { instantOfText } from '../../actions/lib/time/zone.ts';
import type { Instant } from '../../actions/lib/timeline.ts';

/**
 * PagerDuty's three forms of an id: `P` and six characters for most objects, `Q` and thirteen for an override of
 * layers, `A` and twenty-five for a part of a shift-based schedule.
 */
type IdKind = 'P' | 'Q' | 'A';

export type Ids = (kind: IdKind) => string;

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
/** The parts of shift-based schedules have ids in base 32. */
const BASE_32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const LENGTHS = { P: 6, Q: 13, A: 25 } as const;

/** The id of a text, the same on every machine. */
export function idOf(kind: IdKind, text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, LENGTHS[kind]);
  const letters = kind === 'A' ? BASE_32 : LETTERS;
  return kind + [...bytes].map((byte) => letters[byte % letters.length]).join('');
}

export function idsFrom(seed: string): Ids {
  let issued = 0;
  return (kind) => idOf(kind, `${seed} ${issued++}`);
}

/** The instant of a text that a test has written. */
export function instant(text: string): Instant {
  const at = instantOfText(text);
  if (at === undefined) throw new Error(`"${text}" is no instant; write it as 2026-12-02T10:00:00Z`);
  return at;
}
