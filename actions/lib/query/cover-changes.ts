/** Changes of cover for JSON output. Pure. */
import type { CoverChange } from '../compare/changes.ts';
import { HOUR } from '../time/date.ts';
import { instantText } from '../time/format.ts';
import type { Instant } from '../timeline.ts';

/**
 * A change in JSON: ids, instants in UTC, notice in elapsed hours, negative in the past. `null` is nobody, or somebody
 * who keeps the role, which does not count as cover then, or only as extra time.
 */
export interface ChangeEntry {
  readonly rota: string;
  readonly role: string;
  readonly start: string;
  readonly end: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly notice_hours: number;
}

export const changeEntry = (
  { rota, role, startAt, endAt, before, after }: CoverChange,
  now: Instant,
): ChangeEntry => ({
  rota,
  role,
  start: instantText(startAt),
  end: instantText(endAt),
  before: before ?? null,
  after: after ?? null,
  notice_hours: Math.round(((startAt - now) / HOUR) * 100) / 100,
});
