/** Slack's limit on planned posts: at most so many for one channel in any five minutes. */
import { MINUTE } from '../../time/date.ts';
import type { Instant } from '../../timeline.ts';

const MOST_AT_ONCE = 30;
const AT_ONCE = 5 * MINUTE;

interface Timed {
  readonly channel: string;
  readonly postAt: Instant;
}

/** The room that planned posts, whosever they are, leave for others. */
export function postRoom(planned: readonly Timed[]): {
  /** Whether there is room for one more; if so, it is taken. */
  readonly take: (post: Timed) => boolean;
} {
  const times = new Map(
    [...Map.groupBy(planned, ({ channel }) => channel)].map(([channel, posts]) => [
      channel,
      posts.map(({ postAt }) => postAt),
    ]),
  );
  return {
    take: ({ channel, postAt }) => {
      const all = times.get(channel) ?? [];
      const near = all.filter((it) => Math.abs(it - postAt) < AT_ONCE);
      const begins = [postAt, ...near.filter((it) => it <= postAt)];
      const isFull = begins.some(
        (from) => near.filter((it) => it >= from && it < from + AT_ONCE).length >= MOST_AT_ONCE,
      );
      if (!isFull) times.set(channel, [...all, postAt]);
      return !isFull;
    },
  };
}
