/**
 * When planned changes were requested as they are, by GitHub's clock: `requested_at` in a file is only text, which is
 * compared with the issue that it names.
 */
import type { Connection } from '../github/connection.ts';
import { issuesAt } from '../github/request-issues.ts';
import type { Handbook } from '../model.ts';
import { requestedAtIn } from '../requests/read-issue.ts';
import type { Instant } from '../timeline.ts';

/**
 * The times for the addresses of requests in a handbook, in one query. An address has none if it is not that of an
 * issue of this repository which requests, by our form, every planned change that names it, with the people who are on
 * call then, and was not closed before it was merged. A time is never before the issue was last reopened or
 * moved here, as nobody could object to it until then.
 */
export async function requestTimes(
  connection: Connection,
  now: Instant,
  handbook: Handbook,
  addresses: readonly string[],
  { mergedAt }: { readonly mergedAt?: Instant | undefined } = {},
): Promise<ReadonlyMap<string, Instant>> {
  const context = { handbook, now, self: connection.self };
  const times = new Map<string, Instant>();
  const issues = await issuesAt(connection, addresses);
  for (const address of addresses) {
    const found = issues.find(({ issue }) => issue.url.toLowerCase() === address.toLowerCase());
    const changes = [...handbook.changes.values()].filter(({ request }) => request === address);
    if (found === undefined) continue;
    const { closedAt } = found;
    if (closedAt !== undefined && (mergedAt === undefined || closedAt < mergedAt)) continue;
    const all = changes.map((it) => requestedAtIn(context, it, found));
    const known = all.flatMap((it) => it ?? []);
    if (known.length > 0 && known.length === all.length)
      times.set(address, Math.max(...known, found.offeredAt ?? Number.NEGATIVE_INFINITY));
  }
  return times;
}
