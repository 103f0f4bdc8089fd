/**
 * Extracts `contract.json` from GitHub's OpenAPI description; run it when a list below gets a new operation or event.
 */
// npm install --prefix /tmp/openapi @octokit/openapi      (385 MB, so never a dependency)
// node test/github/slice.ts /tmp/openapi/node_modules/@octokit/openapi
// Descriptions, examples and x- keys are omitted; a repeated part is kept once, as a component shared-….
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const OPERATIONS = [
  'pulls/list',
  'pulls/get',
  'pulls/list-reviews',
  'pulls/create-review',
  'pulls/list-files',
  'issues/list-comments',
  'issues/list-comments-for-repo',
  'issues/create-comment',
  'issues/update-comment',
  'issues/delete-comment',
  'repos/create-commit-status',
  'repos/list-commit-statuses-for-ref',
  'repos/get-collaborator-permission-level',
  'pulls/create',
  'pulls/update',
  'pulls/request-reviewers',
  'issues/create',
  'issues/get',
  'issues/list-for-repo',
  'issues/list-events',
  'issues/update',
  'issues/get-label',
  'issues/create-label',
  'issues/list-labels-for-repo',
  'issues/add-labels',
  'issues/remove-label',
  'git/get-ref',
  'git/list-matching-refs',
  'git/create-ref',
  'git/update-ref',
  'git/get-commit',
  'git/create-commit',
  'git/create-tree',
  'repos/get-content',
  'repos/compare-commits',
  'repos/list-deployments',
  'repos/list-deployment-statuses',
  'actions/get-workflow-run',
  'actions/list-jobs-for-workflow-run',
  'repos/list-activities',
  'repos/list-pull-requests-associated-with-commit',
];
const EVENTS = [
  'pull-request-opened',
  'pull-request-synchronize',
  'pull-request-labeled',
  'pull-request-review-submitted',
  'merge-group-checks-requested',
  'pull-request-closed',
  'pull-request-edited',
  'push',
  'workflow-dispatch',
  'issues-opened',
  'issues-edited',
  'issues-reopened',
  'issues-closed',
  'issues-labeled',
  'issues-unlabeled',
  'issue-comment-created',
];
/** The API version of the description; removals in later versions are listed in its `x-github-breaking-changes`. */
const API_VERSION = '2022-11-28';
const WORDS =
  /^(description|examples?|summary|tags|externalDocs|title|deprecated|headers|links|discriminator|x-.*)$/;
/** A shorter repeated part, in characters, is not made a component. */
const WORTH_SHARING = 200;

type Json = string | number | boolean | null | readonly Json[] | Node;
interface Node {
  readonly [key: string]: Json;
}

const isNode = (value: Json | undefined): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Maps every part of a value; `names` is whether the keys of a part are property names rather than keywords. */
function mapped(value: Json, change: (part: Json, names: boolean) => Json, names = false): Json {
  const part = change(value, names);
  if (Array.isArray(part)) return part.map((item) => mapped(item, change));
  if (!isNode(part)) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, inner]) => [key, mapped(inner, change, !names && key === 'properties')]),
  );
}

const pruned = (value: Json): Json =>
  mapped(value, (part, names) => {
    if (names || !isNode(part)) return part;
    return Object.fromEntries(
      Object.entries(part)
        .filter(([key]) => !WORDS.test(key))
        .map(([key, inner]) => [key, key === 'content' && isNode(inner) ? onlyJson(inner) : inner]),
    );
  });

const onlyJson = (content: Node): Node => ({ 'application/json': content['application/json'] ?? {} });

function at(root: Json, ...path: readonly string[]): Node {
  const found = path.reduce<Json | undefined>((part, key) => (isNode(part) ? part[key] : undefined), root);
  if (!isNode(found)) throw new Error(`the description has no ${path.join(' ')}`);
  return found;
}

/** Every component that `roots` refer to directly or indirectly, pruned, by its path below `components`. */
function reached(description: Json, roots: readonly Json[]): Map<string, Json> {
  const found = new Map<string, Json>();
  const follow = (value: Json): void => {
    mapped(value, (part) => {
      const ref = isNode(part) ? part.$ref : undefined;
      if (typeof ref !== 'string') return part;
      const name = ref.replace('#/components/', '');
      if (found.has(name)) return part;
      const component = pruned(at(description, 'components', ...name.split('/')));
      found.set(name, component);
      follow(component);
      return part;
    });
  };
  for (const root of roots) follow(root);
  return found;
}

/** Replaces repeated schemas with references to a shared component. */
function shared(parts: readonly Json[]): (value: Json, added: Map<string, Json>) => Json {
  const times = new Map<string, number>();
  for (const part of parts)
    mapped(part, (inner, names) => {
      if (!names && isNode(inner) && 'type' in inner) {
        const text = JSON.stringify(inner);
        times.set(text, (times.get(text) ?? 0) + 1);
      }
      return inner;
    });
  const fold = (value: Json, added: Map<string, Json>, isWhole: 'whole' | 'part'): Json => {
    let depth = 0;
    return mapped(value, (part, names) => {
      depth += 1;
      const text = JSON.stringify(part);
      if (names || !isNode(part) || text.length < WORTH_SHARING || (times.get(text) ?? 0) < 2) return part;
      if (depth === 1 && isWhole === 'whole') return part;
      const name = `schemas/shared-${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
      if (!added.has(name)) {
        added.set(name, null);
        added.set(name, fold(part, added, 'whole'));
      }
      return { $ref: `#/components/${name}` };
    });
  };
  return (value, added) => fold(value, added, 'whole');
}

/** One line for each operation, event and component, sorted, for readable diffs. */
function written(document: Node): string {
  const lines = (value: Json, depth: number): string => {
    if (depth === 0 || !isNode(value)) return JSON.stringify(value);
    const inner = Object.keys(value).sort();
    return `{\n${inner.map((key) => `${JSON.stringify(key)}: ${lines(value[key] ?? null, depth - 1)}`).join(',\n')}\n}`;
  };
  const parts = Object.entries(document).map(
    ([key, value]) =>
      `${JSON.stringify(key)}: ${lines(value, key === 'x-webhooks' || key === 'x-source' ? 1 : 2)}`,
  );
  return `{\n${parts.join(',\n')}\n}\n`;
}

function main(folder: string): void {
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
  const file = 'generated/api.github.com.json';
  const description = JSON.parse(read(file)) as Node;
  const { name, version, license } = JSON.parse(read('package.json')) as Readonly<Record<string, string>>;

  const paths: Record<string, Record<string, Json>> = {};
  for (const [path, methods] of Object.entries(at(description, 'paths')))
    for (const [method, operation] of Object.entries(isNode(methods) ? methods : {}))
      if (isNode(operation) && OPERATIONS.includes(String(operation.operationId))) {
        paths[path] ??= {};
        paths[path][method] = pruned(operation);
      }
  const cut = Object.values(paths).flatMap((methods) => Object.keys(methods)).length;
  if (cut !== OPERATIONS.length) throw new Error(`${cut} of ${OPERATIONS.length} operations were found`);
  const events = Object.fromEntries(
    EVENTS.map((event) => {
      const requestBody = pruned(at(description, 'x-webhooks', event, 'post', 'requestBody'));
      return [event, { post: { requestBody } }] as const;
    }),
  );

  const found = reached(description, [paths, events]);
  const share = shared([...found.values()]);
  const components: Record<string, Record<string, Json>> = {};
  const added = new Map<string, Json>();
  for (const [path, component] of found) added.set(path, share(component, added));
  for (const [path, component] of added) {
    const [kind = '', id = ''] = path.split('/');
    components[kind] ??= {};
    components[kind][id] = component;
  }
  writeFileSync(
    new URL('contract.json', import.meta.url),
    written({
      'x-source': {
        api_version: API_VERSION,
        package: `${name}@${version}`,
        file,
        license: license ?? '',
        license_text: read('LICENSE').trim(),
        changes: 'sliced, pruned and folded by slice.ts',
      },
      openapi: description.openapi ?? '',
      info: { title: 'GitHub v3 REST API, a slice', version: version ?? '' },
      paths,
      'x-webhooks': events,
      components,
    }),
  );
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('name the folder of @octokit/openapi; see the top of this file');
main(folder);
