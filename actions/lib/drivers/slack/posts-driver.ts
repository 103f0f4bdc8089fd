/**
 * The planned posts of Slack as states: reads them, compares them, and carries out the difference of one team. Every
 * post is deleted before another takes its place, so that a run that is killed in between tells nobody twice.
 */
import { sourceDigest } from '../../messages/post-reference.ts';
import type { Handbook } from '../../model.ts';
import { MINUTE } from '../../time/date.ts';
import type { Instant } from '../../timeline.ts';
import type { StateDriver } from '../converge/driver.ts';
import { keyOfTarget } from '../converge/target.ts';
import type { Slack } from './client.ts';
import { SlackFault } from './fault.ts';
import { desiredPosts } from './posts-desired.ts';
import { FORMER_TEAM, type PostingTeam, type PostsTarget, postsTargets } from './posts-plan.ts';
import { mentionedIn } from './posts-words.ts';

/** What the driver works with. */
interface PostsContext {
  readonly client: Slack;
  /** What the handbook is known by, such as its repository: several may plan posts by one app. */
  readonly source: string;
  readonly clock: () => Instant;
}

/** Slack deletes nothing that it sends within a minute, and takes nothing for the past. */
const TOO_SOON = MINUTE;

export const postsDriver = ({ client, source, clock }: PostsContext): StateDriver<PostsTarget> => ({
  service: 'Slack',
  targets: async (handbook, now, progress, keys) => {
    progress('reading the posts that are planned');
    const actual = await client.scheduledPosts();
    // A post may have been sent since the run began.
    const at = Math.max(now, clock());
    const desired = desiredPosts(handbook, source, at);
    const options = { source: sourceDigest(source), now: at, mentioned: mentionedIn(handbook) };
    const targets = postsTargets(postingTeams(handbook), desired, actual, options);
    return keys === undefined ? targets : ofKeys(targets, keys);
  },
  carryOut: (target) => carryOut(target, client, clock),
  endsRun: (error) => error instanceof SlackFault && error.endsRun,
  counts: () => client.counts,
});

const postingTeams = ({ teams }: Handbook): readonly PostingTeam[] =>
  [...teams.values()].flatMap(({ id, slack }) =>
    slack === undefined ? [] : [{ team: id, channel: slack.channel }],
  );

/** Those of some keys; a channel of which nothing is left has nothing to change. */
function ofKeys(targets: readonly PostsTarget[], keys: ReadonlySet<string>): readonly PostsTarget[] {
  const byKey = new Map(targets.map((it) => [keyOfTarget(it), it]));
  return [...keys].map((key) => byKey.get(key) ?? nothingLeft(key));
}

const nothingLeft = (key: string): PostsTarget => ({
  team: FORMER_TEAM,
  kind: 'posts',
  id: key.replace('posts ', ''),
  change: undefined,
  kept: [],
  notes: [],
  obstacles: [],
  removals: [],
  additions: [],
});

async function carryOut(
  { removals, additions }: PostsTarget,
  client: Slack,
  clock: () => Instant,
): Promise<void> {
  /** Hand-overs of which a post is being sent. */
  const sent = new Set<string>();
  for (const { post } of removals) {
    const isSoon = () => post.postAt <= clock() + TOO_SOON;
    const isGone = isSoon() || (await client.deletePost(post.channel, post.id)) === 'gone';
    if (isGone && isSoon()) sent.add(post.reference.id);
  }
  for (const { post } of additions)
    if (!sent.has(post.reference.id) && post.postAt > clock()) await client.schedulePost(post);
}
