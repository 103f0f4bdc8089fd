/**
 * Compares the posts that Slack has planned with those that it should have. Slack cannot change a planned post: it is
 * deleted, and another one is added. What is about to be sent is left alone, and nothing is added in its place, so that
 * nobody is told twice. Pure.
 */
import { type PostReference, referenceIn } from '../../messages/post-reference.ts';
import { MINUTE } from '../../time/date.ts';
import { instantText } from '../../time/format.ts';
import type { Instant } from '../../timeline.ts';
import { type Item, listChange, type Note, type StateTarget } from '../converge/target.ts';
import type { DesiredPost } from './posts-desired.ts';
import { postRoom } from './posts-room.ts';
import { type Mentioned, plannedText, wantedText } from './posts-words.ts';
import type { ScheduledPost } from './responses.ts';

/** A planned post of this handbook. */
type OwnPost = ScheduledPost & { readonly reference: PostReference };

/** A planned post to delete, and one to add. */
interface PostRemoval extends Item {
  readonly post: OwnPost;
}
interface PostAddition extends Item {
  readonly post: DesiredPost;
}

/** The posts of one team. */
export interface PostsTarget extends StateTarget {
  readonly removals: readonly PostRemoval[];
  /** The soonest first. */
  readonly additions: readonly PostAddition[];
}

/** A team with a channel of Slack, whether or not it wants posts. */
export interface PostingTeam {
  readonly team: string;
  readonly channel: string;
}

/** The team of posts in a channel that no team has any more. */
export const FORMER_TEAM = 'no team';

/** Slack deletes nothing in the minute before it is sent, and a run takes some time itself. */
const FROZEN = 2 * MINUTE;

/** What is done about one hand-over. */
interface Match {
  readonly wanted: DesiredPost;
  readonly kept: readonly OwnPost[];
  readonly added: DesiredPost | undefined;
  readonly note: Note | undefined;
}

/** What a plan is made with. */
interface PlanOptions {
  /** That of our references. */
  readonly source: string;
  readonly now: Instant;
  readonly mentioned: Mentioned;
}

/** The targets of all teams, and of channels that were a team's before. */
export function postsTargets(
  teams: readonly PostingTeam[],
  desired: readonly DesiredPost[],
  actual: readonly ScheduledPost[],
  { source, now, mentioned }: PlanOptions,
): readonly PostsTarget[] {
  const own = ownPosts(desired, actual, source);
  const byId = Map.groupBy(own, ({ reference }) => reference.id);
  const matches = desired.map((it) => matchOf(it, byId.get(it.reference.id) ?? [], now));
  const left = new Set(matches.flatMap(({ kept }) => kept.map(({ id }) => id)));
  const others = own.filter(({ id }) => !left.has(id));
  const removed = others.filter((it) => !isFrozen(it, now));
  const teamOf = teamFinder(teams, desired);
  const gone = new Set(removed.map(({ id }) => id));
  const room = postRoom(actual.filter(({ id }) => !gone.has(id)));
  const parts = [
    ...teams.map((it) => ({ ...it, part: {} })),
    ...others.map((post) => ({
      ...teamOf(post),
      part: isFrozen(post, now) ? { note: tooLate(post) } : { removal: removalOf(post, mentioned) },
    })),
    ...matches
      .toSorted((one, other) => one.wanted.postAt - other.wanted.postAt)
      .map(({ wanted, added, note }) => ({
        ...wanted,
        part: { note, ...additionOf(added, room, mentioned) },
      })),
  ];
  return [...Map.groupBy(parts, ({ team, channel }) => targetId(teams, { team, channel }))].map(([id, all]) =>
    targetOf(
      id,
      (all[0] as PostingTeam).team,
      all.map(({ part }) => part),
    ),
  );
}

/**
 * The posts of this handbook. One of another source about a hand-over that is to be announced in its channel counts,
 * too: that is this handbook under another name, and a second post would tell the same.
 */
function ownPosts(
  desired: readonly DesiredPost[],
  actual: readonly ScheduledPost[],
  source: string,
): readonly OwnPost[] {
  const wanted = new Set(desired.map(({ channel, reference }) => `${channel} ${reference.id}`));
  return actual.flatMap((post): OwnPost[] => {
    const reference = referenceIn(post.text);
    if (reference === undefined) return [];
    const isOwn = reference.source === source || wanted.has(`${post.channel} ${reference.id}`);
    return isOwn ? [{ ...post, reference }] : [];
  });
}

/** A piece of a target. */
interface Part {
  readonly removal?: PostRemoval;
  readonly addition?: PostAddition;
  readonly note?: Note | undefined;
  readonly obstacle?: Note;
}

const isFrozen = ({ postAt }: ScheduledPost, now: Instant): boolean => postAt <= now + FROZEN;

/**
 * Slack lists no post that was sent. One whose time has passed is not added any more, so that nobody is told twice;
 * only a shorter time before hand-overs, on the day of one, can announce it once more.
 */
function matchOf(wanted: DesiredPost, existing: readonly OwnPost[], now: Instant): Match {
  const frozen = existing.filter((it) => isFrozen(it, now));
  const { channel, reference } = wanted;
  const isRight = (it: OwnPost) => it.channel === channel && it.reference.content === reference.content;
  if (frozen.length > 0) {
    const note = frozen.every(isRight) ? undefined : tooLate(frozen[0] as OwnPost);
    return { wanted, kept: frozen, added: undefined, note };
  }
  // Where the time to announce it is a past one now, a post that is still to come stays at its own.
  const later = existing.find(({ postAt }) => postAt < wanted.at)?.postAt;
  const postAt = wanted.postAt > now + FROZEN ? wanted.postAt : later;
  const match = existing.find((it) => it.postAt === postAt && isRight(it));
  const added = postAt === undefined || match !== undefined ? undefined : { ...wanted, postAt };
  return { wanted, kept: match === undefined ? [] : [match], added, note: undefined };
}

const tooLate = ({ postAt }: ScheduledPost): Note => ({
  code: 'about-to-be-sent',
  message: `the post of ${instantText(postAt)} is about to be sent and cannot be changed any more`,
});

const removalOf = (post: OwnPost, mentioned: Mentioned): PostRemoval => ({
  id: post.id,
  text: plannedText(post, mentioned),
  post,
});

function additionOf(
  post: DesiredPost | undefined,
  room: ReturnType<typeof postRoom>,
  mentioned: Mentioned,
): Part {
  if (post === undefined) return {};
  const { reference, postAt } = post;
  const text = wantedText(post, mentioned);
  if (room.take(post))
    return { addition: { id: `${reference.id}-${reference.content}-${postAt / 1000}`, text, post } };
  const message =
    `the ${text} has no room, as Slack takes 30 posts for a channel in five minutes; ` +
    'give the teams channels of their own, or other times before their hand-overs';
  return { obstacle: { code: 'too-many-posts', message } };
}

/** The team of a planned post: that of its hand-over, or else one that has the channel. */
function teamFinder(
  teams: readonly PostingTeam[],
  desired: readonly DesiredPost[],
): (post: OwnPost) => PostingTeam {
  const byId = new Map(desired.map(({ reference, team, channel }) => [reference.id, { team, channel }]));
  const byChannel = new Map(teams.toReversed().map((it) => [it.channel, it]));
  return ({ reference, channel }) =>
    byId.get(reference.id) ?? byChannel.get(channel) ?? { team: FORMER_TEAM, channel };
}

/** The channel, with the team where several share it. */
const targetId = (teams: readonly PostingTeam[], { team, channel }: PostingTeam): string =>
  teams.filter((it) => it.channel === channel).length > 1 ? `${channel} ${team}` : channel;

function targetOf(id: string, team: string, parts: readonly Part[]): PostsTarget {
  const of = <K extends keyof Part>(key: K) =>
    parts.flatMap((part): NonNullable<Part[K]>[] => (part[key] === undefined ? [] : [part[key]]));
  const [removals, additions] = [of('removal'), of('addition')];
  return {
    team,
    kind: 'posts',
    id,
    change: listChange(additions, removals, undefined),
    kept: [],
    notes: of('note'),
    obstacles: of('obstacle'),
    removals,
    additions,
  };
}
