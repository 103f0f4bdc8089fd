/** Pull requests as they are at present, as far as a verdict depends on that, and the tip of a branch, in one query. */
import type { Instant } from '../timeline.ts';
import type { Connection } from './connection.ts';
import { type Actor, loginOf } from './edits.ts';
import { queried } from './query.ts';

/** What a verdict depends on. */
export interface PresentPull {
  readonly isOpen: boolean;
  readonly isMerged: boolean;
  readonly isDraft: boolean;
  readonly headSha: string;
  readonly baseRef: string;
  readonly labels: readonly string[];
  /** When it was last closed, offered again, labelled or pushed to with force; undefined if it never was. */
  readonly changedAt: Instant | undefined;
  /**
   * The open pull requests of this repository into the same branch whose head is the commit that was asked about;
   * undefined where GitHub does not show them all.
   */
  readonly sharing: readonly number[] | undefined;
  /** Of everyone whose latest review approves, whichever commit; undefined where there are too many reviews to say. */
  readonly approvals: readonly { readonly login: string; readonly at: Instant }[] | undefined;
}

/** A branch and pull requests, by number, at one instant. */
export interface PresentState {
  /** The commit that the branch is at. */
  readonly tip: string;
  readonly pulls: ReadonlyMap<number, PresentPull>;
}

/** The fields of a pull request in an answer. */
interface PullNode {
  readonly state: string;
  readonly isDraft: boolean;
  readonly headRefOid: string;
  readonly baseRefName: string;
  readonly labels: { readonly nodes: readonly { readonly name: string }[] } | null;
  readonly timelineItems: { readonly nodes: readonly ({ readonly createdAt?: string } | null)[] | null };
  readonly reviews: {
    readonly totalCount: number;
    readonly nodes: readonly {
      readonly state: string;
      readonly submittedAt: string | null;
      readonly author: Actor | null;
    }[];
  } | null;
}

/** The fields of a commit in an answer: the pull requests that have it, also of forks and of the parent. */
interface CommitNode {
  readonly associatedPullRequests: {
    readonly totalCount: number;
    readonly nodes: readonly {
      readonly number: number;
      readonly state: string;
      readonly headRefOid: string;
      readonly baseRefName: string;
      readonly isCrossRepository: boolean;
      readonly baseRepository: { readonly nameWithOwner: string } | null;
    }[];
  } | null;
}

interface Answer {
  readonly repository:
    | ({
        readonly nameWithOwner: string;
        readonly tip: { readonly target: { readonly oid: string } | null } | null;
      } & Readonly<Record<`p${number}`, PullNode | null>> &
        Readonly<Record<`c${number}`, CommitNode | null>>)
    | null;
}

/** A pull request, and the commit that was its head. */
export interface PullHead {
  readonly number: number;
  readonly headSha: string;
}

/** The events of a pull request that a verdict depends on. */
const EVENTS = [
  ...['Closed', 'Reopened', 'ReadyForReview', 'Labeled', 'Unlabeled', 'BaseRefChanged'],
  ...['AutomaticBaseChangeSucceeded', 'HeadRefForcePushed'],
];

const eventTypes = EVENTS.map((it) => `${it.replaceAll(/(?<!^)[A-Z]/g, '_$&').toUpperCase()}_EVENT`);
const eventTimes = EVENTS.map((it) => `... on ${it}Event { createdAt }`);

// A comment neither adds nor withdraws an approval. GitHub allows a hundred labels.
const FIELDS = `state isDraft headRefOid baseRefName labels(first: 100) { nodes { name } }
  timelineItems(last: 1, itemTypes: [${eventTypes.join(', ')}]) { nodes { ${eventTimes.join(' ')} } }
  reviews(last: 100, states: [APPROVED, CHANGES_REQUESTED, DISMISSED]) {
    totalCount nodes { state submittedAt author { __typename login } }
  }`;

const COMMIT = `... on Commit { associatedPullRequests(first: 100) {
    totalCount nodes {
      number state headRefOid baseRefName isCrossRepository baseRepository { nameWithOwner }
    }
  } }`;

/** Reads a few pull requests, without those that GitHub does not show; throws where it does not show the branch. */
export async function presentState(
  connection: Connection,
  branch: string,
  heads: readonly PullHead[],
): Promise<PresentState> {
  const asked = heads
    .map(
      ({ number, headSha }) =>
        `p${number}: pullRequest(number: ${number}) { ${FIELDS} } c${number}: object(oid: "${headSha}") { ${COMMIT} }`,
    )
    .join(' ');
  const { repository } = await queried<Answer>(
    connection,
    `query ($owner: String!, $repo: String!, $ref: String!) {
      repository(owner: $owner, name: $repo) { nameWithOwner tip: ref(qualifiedName: $ref) { target { oid } } ${asked} }
    }`,
    { ...connection.at, ref: `refs/heads/${branch}` },
  );
  const tip = repository?.tip?.target?.oid;
  if (repository === null || tip === undefined) throw new Error(`GitHub does not show the branch ${branch}`);
  const own = repository.nameWithOwner.toLowerCase();
  const pulls = heads.flatMap(({ number, headSha }) => {
    const node = repository[`p${number}`];
    if (node === undefined || node === null) return [];
    const { totalCount, nodes } = repository[`c${number}`]?.associatedPullRequests ?? NONE;
    const sharing = nodes.filter(
      (it) =>
        it.number !== number &&
        it.state === 'OPEN' &&
        it.headRefOid === headSha &&
        it.baseRefName === branch &&
        !it.isCrossRepository &&
        it.baseRepository?.nameWithOwner.toLowerCase() === own,
    );
    const all = totalCount > nodes.length ? undefined : sharing.map((it) => it.number);
    return [[number, { ...pullIn(node), sharing: all }] as const];
  });
  return { tip, pulls: new Map(pulls) };
}

const NONE = { totalCount: 0, nodes: [] } as const;

const pullIn = ({
  state,
  isDraft,
  headRefOid,
  baseRefName,
  labels,
  reviews,
  timelineItems,
}: PullNode): Omit<PresentPull, 'sharing'> => ({
  isOpen: state === 'OPEN',
  isMerged: state === 'MERGED',
  isDraft,
  headSha: headRefOid,
  baseRef: baseRefName,
  labels: (labels?.nodes ?? []).map(({ name }) => name),
  changedAt: changedAtIn(timelineItems),
  approvals: approvalsIn(reviews),
});

const changedAtIn = ({ nodes }: PullNode['timelineItems']): Instant | undefined => {
  const { createdAt } = nodes?.at(-1) ?? {};
  return createdAt === undefined ? undefined : Date.parse(createdAt);
};

function approvalsIn(reviews: PullNode['reviews']): PresentPull['approvals'] {
  if (reviews === null || reviews.totalCount > reviews.nodes.length) return undefined;
  const latest = new Map(
    reviews.nodes.flatMap(({ author, ...review }) =>
      author === null
        ? []
        : [[loginOf(author).toLowerCase(), { ...review, login: loginOf(author) }] as const],
    ),
  );
  return [...latest.values()]
    .filter(({ state }) => state === 'APPROVED')
    .map(({ login, submittedAt }) => ({ login, at: Date.parse(submittedAt ?? '') }));
}
