/** Judges pull requests at one commit, each with the word that it carries. `post-review.ts` posts what comes of it. */
import type { Against, Pull } from '../compare/against.ts';
import type { OwnComment } from '../github/comments.ts';
import type { SetStatus } from '../github/commit-statuses.ts';
import type { Approval, PullRequest } from '../github/pulls.ts';
import type { PullOf } from '../pipeline.ts';
import { showsAll } from '../review/consent-part.ts';
import type { Judgement } from '../review/judgement.ts';
import { passingLabels, type ShownReview, shownOf } from '../review/shown.ts';
import {
  draftStatuses,
  type ReviewStatus,
  reviewStatuses,
  skippedStatuses,
  worstStatuses,
} from '../review/statuses.ts';
import type { Instant } from '../timeline.ts';
import { EarlierStatuses } from './earlier-statuses.ts';
import { type JudgedCommit, readFacts } from './pull-facts.ts';
import { firstCallsIn, isOurs, labelsSetAt, shownInput, withEarlyWords, wordOf } from './pull-word.ts';
import type { ReviewAccess } from './review-access.ts';
import { skipsRuns } from './skipped-runs.ts';

/** A judged pull request, and what is to be posted. */
export interface PullReview {
  readonly judged: Judgement;
  readonly statuses: readonly ReviewStatus[];
  /** The statuses of the commit, where they were read before it was judged. */
  readonly earlier: readonly SetStatus[] | undefined;
  /** The other pull requests with this head that the statuses are of, too. */
  readonly sharing: readonly JudgedPull[];
  /** The approvals that it had when it was judged, whether they count or not. */
  readonly approvals: readonly Approval[];
  /** When it had last been closed, offered again, labelled or pushed to with force. */
  readonly changedAt: Instant | undefined;
  /** Our comment as it was, and what it is to show. */
  readonly old: OwnComment | undefined;
  readonly shown: ShownReview;
  /** The tip of the default branch, where it was read. */
  readonly tip: string | undefined;
}

/** A pull request as it was when a verdict was found that is of it, too. */
export interface JudgedPull extends Pick<PullReview, 'approvals' | 'changedAt'> {
  readonly pull: PullRequest;
}

/** All open pull requests, and what was found of those that share a head with another, each once for all of them. */
export interface OpenPulls {
  readonly all: readonly PullRequest[];
  readonly shared: Map<string, Promise<SharedVerdict>>;
}

/** What the verdict about another pull request with the same head takes of one. */
interface SharedVerdict extends JudgedPull {
  readonly statuses: readonly ReviewStatus[];
}

/** Judges one commit, given what GitHub says about its pull request. */
export type Judge = (pull: Pull | PullOf | undefined) => Judgement;

/**
 * Judges a commit of a pull request. Where it is the head of other pull requests into the default branch too, the
 * statuses are the worst of all, because they belong to the commit. Those from forks are passed over: they merge the
 * same commit, and anybody can open one. `open` is given where all open pull requests are judged. A commit for which
 * GitHub starts no run is no success.
 */
export async function judgePull(
  access: ReviewAccess,
  pull: PullRequest,
  given: JudgedCommit,
  judge: Judge,
  open?: OpenPulls,
): Promise<PullReview> {
  const { pulls, defaultBranch } = access;
  const { commit, into } = given;
  const earlier = new EarlierStatuses(access.statuses, commit);
  const own = await judgeWithWord(access, pull, given, judge, earlier);
  const known = open?.all.filter(({ headSha }) => headSha === commit);
  const having = pull.isFork ? [] : (known ?? (await pulls.withHead(commit)));
  const others = having.filter(
    ({ number, baseRef, isFork }) => number !== pull.number && baseRef === defaultBranch && !isFork,
  );
  const verdictOf = async (other: PullRequest): Promise<SharedVerdict> => {
    const { judged, approvals, changedAt } = await judgeWithWord(access, other, given, judge, earlier);
    return { pull: other, approvals, changedAt, statuses: statusesOf(other, judged) };
  };
  const sharing: SharedVerdict[] = [];
  for (const other of others) {
    const key = `${other.number} ${commit} ${into}`;
    // What has changed since is seen before anything is green by it.
    const verdict = open?.shared.get(key) ?? verdictOf(other);
    open?.shared.set(key, verdict);
    sharing.push(await verdict);
  }
  const ownStatuses = statusesOf(pull, own.judged);
  const worst = worstStatuses([
    { number: pull.number, statuses: ownStatuses },
    ...sharing.map((it) => ({ number: it.pull.number, statuses: it.statuses })),
  ]);
  const statuses = skipsRuns(access.root, commit) ? skippedStatuses(worst) : worst;
  return { ...own, statuses, earlier: earlier.read, sharing };
}

const statusesOf = ({ isDraft }: PullRequest, judged: Judgement): readonly ReviewStatus[] =>
  isDraft ? draftStatuses(reviewStatuses(judged)) : reviewStatuses(judged);

/** Judges a commit with the word of one pull request. */
export async function judgeWithWord(
  access: ReviewAccess,
  pull: PullRequest,
  given: JudgedCommit,
  judge: Judge,
  statuses = new EarlierStatuses(access.statuses, given.commit),
): Promise<Omit<PullReview, 'statuses' | 'earlier' | 'sharing'>> {
  const read = await readFacts(access, pull, given, statuses);
  let judged = judge((against) => wordOf(read, against));
  const { against } = judged;
  // Somebody new agrees by the login that the pull request gives them, and may be a private member, too.
  const people = [against.handbook, judged.handbook].flatMap((it) => [...it.people.values()]);
  const logins = new Set(people.map(({ github }) => github?.toLowerCase()));
  const isKnown = (login: string) => !pull.isFork && logins.has(login.toLowerCase());
  const facts = { ...read, approvals: await access.pulls.withAccess(read.approvals, isKnown) };
  const addresses = [...requestsIn(against), ...(isOurs(facts) ? firstCallsIn(against) : [])];
  if (facts.approvals !== read.approvals) judged = judge((against) => wordOf(facts, against));
  if (addresses.length > 0) {
    const merged = given.mergedAt === undefined ? {} : { mergedAt: pull.mergedAt ?? given.mergedAt };
    const sides = { pull: pull.number, base: against.handbook, head: judged.handbook, ...merged };
    const requests = await access.requests(sides, [...new Set(addresses)]);
    judged = judge((against) => wordOf(facts, against, requests));
  }
  const input = shownInput(facts, judged.against);
  const before = {
    ...withEarlyWords(facts, judged.against),
    labelsSetAt: labelsSetAt(facts, passingLabels(input)),
  };
  const { old, approvals, tip } = facts;
  const changedAt = facts.events.at(-1)?.at;
  return { judged, old, approvals, changedAt, tip, shown: shownOf(input, before, showsAll(judged)) };
}

/** The addresses of the requests whose time can decide whether a change has enough notice. */
const requestsIn = ({ ahead, head }: Against): readonly string[] =>
  ahead.flatMap(({ change }) => head.changes.get(change ?? '')?.request ?? []);
