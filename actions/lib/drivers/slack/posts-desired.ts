/** The posts that Slack should have planned: the announcements of the hand-overs of the next days. Pure. */
import { type HandOverPost, handOverPosts } from '../../messages/handover-post.ts';
import { type PostReference, referenceLine, referenceOf } from '../../messages/post-reference.ts';
import { slackMessage } from '../../messages/post-texts.ts';
import type { Handbook } from '../../model.ts';
import { DAY } from '../../time/date.ts';
import { lengthOf } from '../../time/duration.ts';
import type { Instant } from '../../timeline.ts';

/** How far ahead posts are planned; Slack takes them up to 120 days ahead. */
const AHEAD = 7 * DAY;

/** One post, in the channel of its team. */
export interface DesiredPost extends Pick<HandOverPost, 'team' | 'rota' | 'at' | 'postAt' | 'lines'> {
  readonly channel: string;
  readonly reference: PostReference;
  /** In Slack's markup, with the line of its reference. */
  readonly text: string;
}

/** The posts of all teams that want them whose hand-overs are ahead, also those whose time to be sent has passed. */
export const desiredPosts = (handbook: Handbook, source: string, now: Instant): readonly DesiredPost[] =>
  [...handbook.teams.values()].flatMap(({ id: team, slack }) => {
    if (slack?.handOver === undefined) return [];
    const { channel, handOver } = slack;
    const span = { startAt: now + 1, endAt: now + AHEAD + lengthOf(handOver.before) + DAY };
    return handOverPosts(handbook, team, handOver, span)
      .filter(({ postAt }) => postAt < now + AHEAD)
      .map((post) => {
        const reference = referenceOf(source, post.id, slackMessage(post));
        const text = slackMessage(post, referenceLine(reference));
        const { rota, at, lines } = post;
        // Slack counts whole seconds.
        const postAt = Math.floor(post.postAt / 1000) * 1000;
        return { team, rota, at, postAt, lines, channel, reference, text };
      });
  });
