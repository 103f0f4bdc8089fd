/** The hidden line of a hand-over issue, by which a run recognises it and knows what it wrote last. Pure. */
import type { HandoverEvent } from '../query/handovers.ts';
import { DAY } from '../time/date.ts';
import { clockText, instantText } from '../time/format.ts';
import { turnText } from '../time/turn-name.ts';
import type { Instant } from '../timeline.ts';

/** What the issue of a hand-over says about itself. */
export interface HandoverRecord {
  /** The folder of its handbook in the repository, `.` for the whole of it: several may have issues there. */
  readonly folder: string;
  readonly rota: string;
  /** The name of the turn that begins, or for a daily hand-over `daily` and its local time; the same after it moves. */
  readonly key: string;
  readonly at: Instant;
  /** The logins that were assigned by a run; anybody else was assigned by hand. */
  readonly assigned: readonly string[];
  /** Whether it was closed because its hand-over is no more. */
  readonly isGone: boolean;
}

/** The name of a hand-over within its rota. */
export function handoverKey({ kind, turn, at, zone }: HandoverEvent): string {
  if (kind !== 'daily' && turn !== undefined) return turnText(turn.on);
  const wall = zone.wallOf(at);
  return `daily ${new Date(Math.floor(wall / DAY) * DAY).toISOString().slice(0, 10)}T${clockText(wall)}`;
}

const START = '<!-- rota-hand-over ';

/** The line that begins the body of an issue. */
export const recordLine = ({ folder, rota, key, at, assigned, isGone }: HandoverRecord): string => {
  const own = { rota, key, at: instantText(at), assigned, gone: isGone };
  return `${START}${forComment(JSON.stringify(folder === '.' ? own : { folder, ...own }))} -->`;
};

/** Folders are named by people, and nothing ends a comment within. */
const forComment = (json: string): string => json.replaceAll('>', '\\u003e');

/** Whether a line is that of a record, sound or not. */
export const isRecordLine = (line: string): boolean => line.startsWith(START);

/** The record in a body, wherever people wrote; undefined if that is of no hand-over, or somebody broke the line. */
export function recordIn(body: string): HandoverRecord | undefined {
  const line = body.split('\n').find(isRecordLine)?.trimEnd();
  if (line === undefined || !line.endsWith(' -->')) return undefined;
  try {
    const {
      folder = '.',
      rota,
      key,
      at: text,
      assigned,
      gone,
    } = JSON.parse(line.slice(START.length, -' -->'.length));
    const at = Date.parse(text);
    const isRecord = [folder, rota, key].every((it) => typeof it === 'string') && Number.isFinite(at);
    const logins: unknown = assigned;
    if (!isRecord || !Array.isArray(logins) || !logins.every((it) => typeof it === 'string'))
      return undefined;
    return { folder, rota, key, at, assigned: logins, isGone: gone === true };
  } catch {
    return undefined;
  }
}
