/** Who is called from then on, for JSON output. Pure. */
import { isNone } from '../compare/priorities.ts';
import type { Reached } from '../compare/reached.ts';
import { HOUR } from '../time/date.ts';
import { instantText } from '../time/format.ts';
import type { Instant } from '../timeline.ts';

/** A call in JSON: for a service, or for a role with a schedule that no chain calls; `null` is the other. */
export interface CallEntry {
  readonly service: string | null;
  readonly role: string | null;
  /** Whom the call reaches. */
  readonly callee: { readonly kind: 'person' | 'role' | 'contact'; readonly id: string };
  /** The first time, in UTC, and whether they are called before others then. */
  readonly start: string;
  readonly first: boolean;
  readonly windows: readonly string[];
  /** The first time at which nothing called them before and they are not on duty; `null` where there is none. */
  readonly gains_from: string | null;
  /** In elapsed hours up to `gains_from`. */
  readonly notice_hours: number | null;
}

export function callEntry({ subject, callee, calls, gained }: Reached, now: Instant): CallEntry {
  const gainsAt = gained[0]?.startAt;
  const windows = new Set(calls.map(({ value }) => value.window).filter((it) => it !== ''));
  return {
    service: subject.kind === 'service' ? subject.id : null,
    role: subject.kind === 'role' ? subject.id : null,
    callee,
    start: instantText(calls[0]?.startAt ?? now),
    first: calls[0] !== undefined && !isNone(calls[0].value.first),
    windows: [...windows],
    gains_from: gainsAt === undefined ? null : instantText(gainsAt),
    notice_hours: gainsAt === undefined ? null : Math.round(((gainsAt - now) / HOUR) * 100) / 100,
  };
}
