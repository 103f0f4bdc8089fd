/**
 * Extracts `schema.graphql` from GitHub's public GraphQL schema; run it when the list below gets a new type or field.
 */
// npm install --prefix /tmp/openapi @octokit/graphql-schema      (7 MB)
// node test/github/graphql-slice.ts /tmp/openapi/node_modules/@octokit/graphql-schema
// Descriptions, directives and everything that is not listed are omitted.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DefinitionNode, Kind, parse, print, visit } from 'graphql';

/** The fields of whatever somebody wrote. */
const COMMENT = [
  ...['id', 'author', 'authorAssociation', 'body', 'createdAt', 'lastEditedAt', 'updatedAt', 'editor'],
  'userContentEdits',
];

/** The types that our queries use, with the fields; a scalar has none. */
const USED: Readonly<Record<string, readonly string[]>> = {
  Query: ['id', 'node', 'nodes', 'repository'],
  PullRequestConnection: ['totalCount', 'nodes', 'pageInfo'],
  PullRequestOrder: [],
  PullRequestOrderField: [],
  Repository: ['id', 'nameWithOwner', 'issue', 'issues', 'object', 'pullRequest', 'ref'],
  Ref: ['id', 'target'],
  PullRequest: [
    ...COMMENT,
    ...[
      'number',
      'state',
      'merged',
      'isDraft',
      'headRefOid',
      'baseRefName',
      'isCrossRepository',
      'baseRepository',
      'labels',
      'reviews',
      'timelineItems',
    ],
  ],
  PullRequestTimelineItems: [],
  PullRequestTimelineItemsItemType: [],
  PullRequestTimelineItemsConnection: ['totalCount', 'nodes', 'pageInfo'],
  ReadyForReviewEvent: ['id', 'actor', 'createdAt'],
  BaseRefChangedEvent: ['id', 'actor', 'createdAt'],
  AutomaticBaseChangeSucceededEvent: ['id', 'actor', 'createdAt'],
  HeadRefForcePushedEvent: ['id', 'actor', 'createdAt'],
  PullRequestState: [],
  PullRequestReview: [...COMMENT, 'state', 'submittedAt'],
  PullRequestReviewConnection: ['totalCount', 'nodes', 'pageInfo'],
  PullRequestReviewState: [],
  GitObject: ['id', 'oid'],
  GitObjectID: [],
  Commit: ['id', 'oid', 'status', 'associatedPullRequests'],
  Status: ['id', 'contexts'],
  StatusContext: ['id', 'context', 'creator', 'state'],
  StatusState: [],
  IssueConnection: ['totalCount', 'nodes', 'pageInfo'],
  IssueFilters: [],
  IssueOrder: [],
  IssueOrderField: [],
  IssueState: [],
  PageInfo: ['endCursor', 'hasNextPage'],
  Label: ['id', 'name'],
  LabelConnection: ['totalCount', 'nodes', 'pageInfo'],
  LabelOrder: [],
  LabelOrderField: [],
  IssueTimelineItems: [],
  IssueTimelineItemsItemType: [],
  IssueTimelineItemsConnection: ['totalCount', 'nodes', 'pageInfo'],
  LabeledEvent: ['id', 'actor', 'createdAt', 'label'],
  UnlabeledEvent: ['id', 'actor', 'createdAt', 'label'],
  ClosedEvent: ['id', 'actor', 'createdAt'],
  ReopenedEvent: ['id', 'actor', 'createdAt'],
  TransferredEvent: ['id', 'actor', 'createdAt'],
  BigInt: [],
  Node: ['id'],
  CommentAuthorAssociation: [],
  Comment: COMMENT,
  Issue: [
    ...COMMENT,
    ...['number', 'url', 'closedAt', 'comments', 'title', 'state', 'locked', 'labels', 'timelineItems'],
  ],
  IssueCommentConnection: ['totalCount', 'nodes'],
  IssueCommentOrder: [],
  IssueCommentOrderField: [],
  OrderDirection: [],
  URI: [],
  IssueComment: [...COMMENT, 'fullDatabaseId', 'includesCreatedEdit'],
  UserContentEditConnection: ['totalCount', 'nodes', 'pageInfo'],
  UserContentEdit: ['id', 'editedAt', 'editor'],
  Actor: ['login'],
  Bot: ['id', 'login'],
  User: ['id', 'login'],
  DateTime: [],
};

const isUsed = (definition: DefinitionNode): boolean =>
  'name' in definition && definition.name !== undefined && definition.name.value in USED;

function sliced(schema: string): string {
  const document = parse(schema);
  const definitions = document.definitions.filter(isUsed).map((definition) =>
    visit(definition, {
      FieldDefinition: (field, _key, _parent, _path, ancestors) => {
        const type = ancestors.find((it) => 'kind' in it && 'name' in it) as
          | { name: { value: string } }
          | undefined;
        const kept = USED[type?.name.value ?? ''] ?? [];
        return kept.includes(field.name.value) ? undefined : null;
      },
      Directive: () => null,
      StringValue: () => null,
      NamedType: (named, key, parent) =>
        Array.isArray(parent) && typeof key === 'number' && !(named.name.value in USED) ? null : undefined,
    }),
  );
  return print({ kind: Kind.DOCUMENT, definitions });
}

const [folder] = process.argv.slice(2);
if (folder === undefined)
  throw new Error('name the folder of @octokit/graphql-schema; see the top of this file');
const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
const { name, version } = JSON.parse(read('package.json')) as Readonly<Record<string, string>>;
const license = read('LICENSE.md')
  .trim()
  .split('\n')
  .map((line) => `# ${line}`.trimEnd());
writeFileSync(
  new URL('schema.graphql', import.meta.url),
  [
    `# GitHub's public GraphQL schema, a slice of ${name}@${version} (schema.graphql) made by graphql-slice.ts.`,
    '#',
    ...license,
    '',
    sliced(read('schema.graphql')),
    '',
  ].join('\n'),
);
