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

interface Answer {
  readonly repository:
    | ({ readonly tip: { readonly target: { readonly oid: string } | null } | null } & Readonly<
        Record<`p${number}`, PullNode | null>
      >)
    | null;
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

/** Reads a few pull requests, without those that GitHub does not show; throws where it does not show the branch. */
export async function presentState(
  connection: Connection,
  branch: string,
  numbers: readonly number[],
): Promise<PresentState> {
  const asked = numbers.map((it) => `p${it}: pullRequest(number: ${it}) { ${FIELDS} }`).join(' ');
  const { repository } = await queried<Answer>(
    connection,
    `query ($owner: String!, $repo: String!, $ref: String!) {
      repository(owner: $owner, name: $repo) { tip: ref(qualifiedName: $ref) { target { oid } } ${asked} }
    }`,
    { ...connection.at, ref: `refs/heads/${branch}` },
  );
  const tip = repository?.tip?.target?.oid;
  if (repository === null || tip === undefined) throw new Error(`GitHub does not show the branch ${branch}`);
  const pulls = numbers.flatMap((number) => {
    const node = repository[`p${number}`];
    return node === undefined || node === null ? [] : [[number, pullIn(node)] as const];
  });
  return { tip, pulls: new Map(pulls) };
}

const pullIn = ({
  state,
  isDraft,
  headRefOid,
  baseRefName,
  labels,
  reviews,
  timelineItems,
}: PullNode): PresentPull => ({
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
