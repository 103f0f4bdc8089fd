/** GitHub's record of who moved which branch, and its pages, which have cursors instead of numbers. */

/** One movement of a branch, in a test's state; nobody is named where GitHub does not know the account any more. */
export interface Activity {
  readonly id: number;
  readonly before: string;
  readonly after: string;
  /** In full: `refs/heads/main`. */
  readonly ref: string;
  readonly timestamp: string;
  readonly activity_type:
    | 'push'
    | 'force_push'
    | 'branch_creation'
    | 'branch_deletion'
    | 'pr_merge'
    | 'merge_queue_merge';
  readonly actor: string | null;
}

/** The commit before a branch was created and after it was deleted. */
export const NO_COMMIT = '0'.repeat(40);

const DAYS = { day: 1, week: 7, month: 30, quarter: 91, year: 365 } as const;

/** The activities that the query of a call asks for, newest first unless it asks for the oldest. */
export function activitiesFor(
  all: readonly Activity[],
  query: Readonly<Record<string, string | number>>,
  now: string,
): readonly Activity[] {
  const { ref, actor, activity_type: type, time_period: period, direction = 'desc' } = query;
  const days = DAYS[period as keyof typeof DAYS] ?? Number.POSITIVE_INFINITY;
  const found = all.filter(
    (it) =>
      (ref === undefined || it.ref === ref || it.ref === `refs/heads/${ref}`) &&
      (actor === undefined || it.actor?.toLowerCase() === String(actor).toLowerCase()) &&
      (type === undefined || it.activity_type === type) &&
      Date.parse(now) - Date.parse(it.timestamp) <= days * 86_400_000,
  );
  return direction === 'asc' ? found : found.toReversed();
}

const cursorOf = (id: number): string => Buffer.from(`cursor:${id}`).toString('base64url');

/** One page of activities, and the header with links to the pages around it. */
export function cursorPage(
  list: readonly { readonly id: number }[],
  address: string,
  query: Readonly<Record<string, string>>,
) {
  const { after, before, ...rest } = query;
  const size = Math.min(Number(rest.per_page ?? 30) || 30, 100);
  const place = (cursor: string) => list.findIndex(({ id }) => cursorOf(id) === cursor);
  const end = before === undefined ? undefined : Math.max(place(before), 0);
  const start = end === undefined ? (after === undefined ? 0 : place(after) + 1) : Math.max(end - size, 0);
  const part = list.slice(start, end ?? start + size);
  const link = (cursor: 'after' | 'before', it: { readonly id: number } | undefined, rel: string) =>
    it === undefined
      ? []
      : [`<${address}?${new URLSearchParams({ ...rest, [cursor]: cursorOf(it.id) })}>; rel="${rel}"`];
  const links = [
    ...(start + part.length < list.length ? link('after', part.at(-1), 'next') : []),
    ...(start > 0 ? link('before', part[0], 'prev') : []),
  ];
  return { part, headers: links.length === 0 ? {} : { link: links.join(', ') } };
}
