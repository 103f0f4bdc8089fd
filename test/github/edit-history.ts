/**
 * GitHub's GraphQL API, as far as it shows issues, comments, who edited them when, pull requests as they are, and the
 * statuses of commits; by a slice of its schema.
 */
import { readFileSync } from 'node:fs';
import { buildSchema, execute, GraphQLError, parse, specifiedRules, validate } from 'graphql';
import {
  labelNode,
  type PageArguments,
  pageOf,
  type TimelineEntry,
  timelineNodes,
  timelinePage,
} from './issue-timeline.ts';

/** An edit of a body, in a test's state. */
export interface ContentEdit {
  readonly editor: string | null;
  readonly at: string;
}

/** Something that can be edited: an issue or a comment. */
interface Edited {
  readonly user: string;
  readonly body: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  /** Oldest first. */
  readonly edits: readonly ContentEdit[];
}
interface EditedComment extends Edited {
  readonly id: number;
}
interface EditedIssue extends Edited {
  readonly number: number;
  readonly title: string;
  readonly state: 'open' | 'closed';
  readonly labels: readonly string[];
  readonly locked: boolean;
  /** Oldest first. */
  readonly timeline: readonly TimelineEntry[];
  readonly comments: readonly EditedComment[];
}

/** What queries are about; `html` is the address of the repository. */
interface Queried {
  /** How an account belongs to the repository. */
  readonly association: (login: string) => string;
  readonly slug: string;
  readonly html: string;
  readonly issues: readonly EditedIssue[];
  readonly pulls: readonly QueriedPull[];
  readonly tipOf: (ref: string) => string | undefined;
  /** The pull requests that have a commit. */
  readonly pullsOf: (commit: string) => readonly QueriedPull[];
  /** By commit, oldest first. */
  readonly statuses: Readonly<Record<string, readonly StatusEntry[]>>;
}

/** A pull request in a test's state. */
interface QueriedPull extends Omit<Edited, 'edits'> {
  readonly number: number;
  readonly state: 'open' | 'closed';
  readonly merged_at: string | null;
  readonly draft?: boolean;
  readonly head: { readonly sha: string; readonly repo: string | null };
  readonly base: { readonly ref: string };
  readonly labels: readonly string[];
  readonly reviews: readonly {
    readonly id: number;
    readonly user: string;
    readonly state: string;
    readonly body: string;
    readonly submitted_at: string;
  }[];
  readonly comments: readonly EditedComment[];
  /** What happened to it, oldest first, by the names of the REST API. */
  readonly events: readonly { readonly id: number; readonly event: string; readonly created_at: string }[];
}

/** A status of a commit, in a test's state. */
interface StatusEntry {
  readonly id: number;
  readonly context: string;
  readonly state: string;
  readonly creator: string;
}

const schema = buildSchema(readFileSync(new URL('schema.graphql', import.meta.url), 'utf8'));

const idOf = (kind: string, id: number | string): string => Buffer.from(`${kind}:${id}`).toString('base64');

/** An account as GraphQL names it: without the suffix that logins of apps have in the REST API. */
const actor = (login: string | null) =>
  login === null
    ? null
    : {
        __typename: login.endsWith('[bot]') ? 'Bot' : 'User',
        id: idOf('User', login),
        login: login.replace(/\[bot\]$/, ''),
      };

interface Page {
  readonly first?: number;
  readonly last?: number;
}
const part = <Item>(all: readonly Item[], { first = 100, last }: Page) =>
  last === undefined ? all.slice(0, first) : all.slice(-last);

/** What was edited has the creation as an entry; what never was has none. The newest is first. */
function historyOf({ user, created_at, edits }: Edited, page: PageArguments) {
  const all = edits.length === 0 ? [] : [{ editor: user, at: created_at }, ...edits];
  const nodes = all.map((it, i) => ({
    id: `UCE_${created_at}_${String(999_999 - i)}`,
    editedAt: it.at,
    editor: actor(it.editor),
  }));
  return pageOf(nodes.toReversed(), page, ({ id }) => id);
}

type Associated = Pick<Queried, 'association'>;

const bodyOf = ({ association }: Associated, it: Edited) => ({
  author: actor(it.user),
  authorAssociation: association(it.user),
  body: it.body ?? '',
  createdAt: it.created_at,
  updatedAt: it.updated_at,
  lastEditedAt: it.edits.at(-1)?.at ?? null,
  editor: actor(it.edits.at(-1)?.editor ?? null),
  includesCreatedEdit: it.edits.length > 0,
  userContentEdits: (page: PageArguments) => historyOf(it, page),
});
const commentOf = (about: Associated, it: EditedComment) => ({
  ...{ __typename: 'IssueComment', id: idOf('IssueComment', it.id), fullDatabaseId: String(it.id) },
  ...bodyOf(about, it),
});
const issueOf = (about: Pick<Queried, 'association' | 'html'>, it: EditedIssue) => ({
  ...{ __typename: 'Issue', id: idOf('Issue', 2_000_000 + it.number) },
  ...{ number: it.number, url: `${about.html}/issues/${it.number}`, title: it.title },
  ...bodyOf(about, it),
  state: it.state.toUpperCase(),
  closedAt:
    it.state === 'closed'
      ? (it.timeline.findLast(({ kind }) => kind === 'ClosedEvent')?.at ?? it.updated_at)
      : null,
  locked: it.locked,
  labels: (page: PageArguments) => pageOf(it.labels.map(labelNode), page, ({ name }) => name),
  timelineItems: (page: Parameters<typeof timelinePage>[1]) =>
    timelinePage(
      [...timelineNodes(it.number, it.timeline, actor), ...it.comments.map((each) => commentOf(about, each))],
      page,
    ),
  comments: (page: Page) => ({
    totalCount: it.comments.length,
    nodes: part(it.comments, page).map((each) => commentOf(about, each)),
  }),
});

const pullNode = (about: Pick<Queried, 'association' | 'slug'>, it: QueriedPull) => ({
  ...{ __typename: 'PullRequest', id: idOf('PullRequest', 1_000_000 + it.number), number: it.number },
  ...bodyOf(about, { ...it, edits: [] }),
  state: it.merged_at === null ? it.state.toUpperCase() : 'MERGED',
  merged: it.merged_at !== null,
  isDraft: it.draft === true,
  headRefOid: it.head.sha,
  baseRefName: it.base.ref,
  isCrossRepository: it.head.repo !== about.slug,
  baseRepository: { id: idOf('Repository', about.slug), nameWithOwner: about.slug },
  labels: (page: PageArguments) => pageOf(it.labels.map(labelNode), page, ({ name }) => name),
  timelineItems: ({ itemTypes, ...page }: Page & { readonly itemTypes?: readonly string[] }) => {
    const all = it.events
      .map(({ id, event, created_at: createdAt }) => ({
        __typename: `${event.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())}Event`,
        ...{ type: `${event.toUpperCase()}_EVENT`, id: idOf('Event', id), createdAt },
      }))
      .filter(({ type }) => itemTypes === undefined || itemTypes.includes(type))
      .toSorted((one, other) => Date.parse(one.createdAt) - Date.parse(other.createdAt));
    return { totalCount: all.length, nodes: part(all, page) };
  },
  reviews: ({ states, ...page }: Page & { readonly states?: readonly string[] }) => {
    // What is not submitted yet is shown to its author alone.
    const all = it.reviews.filter(
      ({ state }) => state !== 'PENDING' && (states === undefined || states.includes(state)),
    );
    const nodes = part(all, page).map((review) => ({
      ...{ __typename: 'PullRequestReview', id: idOf('PullRequestReview', review.id) },
      ...{ author: actor(review.user), authorAssociation: about.association(review.user), body: review.body },
      ...{ state: review.state, submittedAt: review.submitted_at },
    }));
    return { totalCount: all.length, nodes };
  },
});

const unresolved = (what: string): GraphQLError =>
  new GraphQLError(`Could not resolve to ${what}.`, { extensions: { type: 'NOT_FOUND' } });

/** Which issues a query asks for. */
interface IssueChoice extends PageArguments {
  readonly states?: readonly string[];
  readonly labels?: readonly string[];
  readonly filterBy?: { readonly since?: string };
}

/** Oldest first, as our queries ask for them; by number, as the cursor does not change when others are deleted. */
function issuesFor(
  { issues, ...about }: Pick<Queried, 'association' | 'html' | 'issues'>,
  choice: IssueChoice,
) {
  const { states, labels, filterBy } = choice;
  const found = issues.filter(
    (it) =>
      states?.includes(it.state.toUpperCase()) !== false &&
      (labels === undefined || labels.some((name) => it.labels.includes(name))) &&
      (filterBy?.since === undefined || Date.parse(it.updated_at) >= Date.parse(filterBy.since)),
  );
  const sorted = found.toSorted((one, other) => one.number - other.number);
  const page = pageOf(sorted, choice, ({ number }) => String(number).padStart(9, '0'));
  return { ...page, nodes: page.nodes.map((it) => issueOf(about, it)) };
}

/** A commit with the newest status of each context, whose case GitHub ignores. */
const commitNode = (about: Queried, oid: string, statuses: readonly StatusEntry[]) => ({
  ...{ __typename: 'Commit', id: idOf('Commit', oid), oid },
  associatedPullRequests: (page: PageArguments) =>
    pageOf(
      about.pullsOf(oid).map((it) => pullNode(about, it)),
      page,
      ({ number }) => String(number).padStart(9, '0'),
    ),
  status: statuses.length === 0 ? null : { id: idOf('Status', oid), contexts: newestOf(statuses) },
});

const newestOf = (statuses: readonly StatusEntry[]) =>
  [...new Map(statuses.map((it) => [it.context.toLowerCase(), it])).values()].map((it) => ({
    ...{ id: idOf('StatusContext', it.id), context: it.context },
    ...{ state: it.state.toUpperCase(), creator: actor(it.creator) },
  }));

const rootOf = (about: Queried) => {
  const { slug, issues, pulls, statuses } = about;
  const all = [
    ...issues.map((it) => issueOf(about, it)),
    ...[...issues, ...pulls].flatMap(({ comments }) => comments.map((it) => commentOf(about, it))),
  ];
  const node = ({ id }: { readonly id: string }) =>
    all.find((it) => it.id === id) ?? unresolved(`a node with the global id of '${id}'`);
  return {
    node,
    nodes: ({ ids }: { readonly ids: readonly string[] }) => ids.map((id) => node({ id })),
    repository: ({ owner, name }: { readonly owner: string; readonly name: string }) =>
      `${owner}/${name}`.toLowerCase() === slug.toLowerCase()
        ? {
            id: idOf('Repository', slug),
            nameWithOwner: slug,
            issue: ({ number }: { readonly number: number }) => {
              const found = issues.find((it) => it.number === number);
              return found === undefined
                ? unresolved(`an Issue with the number of ${number}`)
                : issueOf(about, found);
            },
            pullRequest: ({ number }: { readonly number: number }) => {
              const found = pulls.find((it) => it.number === number);
              return found === undefined
                ? unresolved(`a PullRequest with the number of ${number}`)
                : pullNode(about, found);
            },
            ref: ({ qualifiedName }: { readonly qualifiedName: string }) => {
              const oid = about.tipOf(qualifiedName);
              return oid === undefined
                ? null
                : {
                    id: idOf('Ref', qualifiedName),
                    target: { __typename: 'Commit', id: idOf('Commit', oid), oid },
                  };
            },
            issues: (choice: IssueChoice) => issuesFor(about, choice),
            object: ({ oid }: { readonly oid: string }) =>
              statuses[oid] === undefined && !pulls.some(({ head }) => head.sha === oid)
                ? null
                : commitNode(about, oid, statuses[oid] ?? []),
          }
        : unresolved(`a Repository with the name '${owner}/${name}'`),
  };
};

/** The response to a query, and what the schema finds wrong with it. */
export async function graphQlAnswer(
  given: unknown,
  about: Queried,
): Promise<{ readonly body: object; readonly faults: readonly string[] }> {
  const { query = '', variables = {} } = (given ?? {}) as { query?: string; variables?: object };
  const document = parse(query);
  const faults = validate(schema, document, specifiedRules).map(({ message }) => message);
  if (faults.length > 0) return { body: { errors: faults.map((message) => ({ message })) }, faults };
  const rootValue = rootOf(about);
  const { data, errors } = await execute({ schema, document, variableValues: { ...variables }, rootValue });
  // GitHub has the type of an error beside its message.
  const told = errors?.map(({ message, path, extensions }) => ({ ...extensions, path, message }));
  const body = { data, ...(told === undefined ? {} : { errors: told }) };
  return { body: JSON.parse(JSON.stringify(body)) as object, faults: [] };
}
