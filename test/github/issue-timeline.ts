/** What happened to an issue, as GitHub's GraphQL API lists it: labels, closing and re-opening, comments; page by page. */

/** One entry, in a test's state; nobody is named where GitHub does not know the account any more. */
export interface TimelineEntry {
  readonly kind: 'LabeledEvent' | 'UnlabeledEvent' | 'ClosedEvent' | 'ReopenedEvent' | 'TransferredEvent';
  readonly by: string | null;
  readonly at: string;
  /** Of the two about labels. */
  readonly label?: string;
}

/** A node of the timeline, with the values that the pages are made by. */
interface TimelineNode {
  readonly __typename: string;
  readonly id: string;
  readonly createdAt: string;
}

/** The arguments of a page. */
export interface PageArguments {
  readonly first?: number;
  readonly last?: number;
  readonly after?: string;
}

/** `LabeledEvent` is `LABELED_EVENT` where a query names the kinds that it wants. */
const itemType = (name: string): string => name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();

/** The entries as nodes, with an account as GraphQL names it. */
export const timelineNodes = (
  issue: number,
  entries: readonly TimelineEntry[],
  actor: (login: string | null) => object | null,
): readonly TimelineNode[] =>
  entries.map(({ kind, by, at, label }, i) => ({
    ...{ __typename: kind, id: `TL_${issue}_${i}`, actor: actor(by), createdAt: at },
    ...(label === undefined ? {} : { label: labelNode(label) }),
  }));

export const labelNode = (name: string) => ({ id: `LA_${Buffer.from(name).toString('base64')}`, name });

/** A page of a connection. The cursor names the node, so that nothing is skipped where an earlier one was deleted. */
export function pageOf<Node>(all: readonly Node[], page: PageArguments, key: (node: Node) => string) {
  const keys = all.map(key);
  const start = page.after === undefined ? 0 : keys.filter((it) => it <= (page.after ?? '')).length;
  const most = Math.min(page.first ?? page.last ?? 100, 100);
  const nodes = page.last === undefined ? all.slice(start, start + most) : all.slice(-most);
  const last = nodes.at(-1);
  return {
    totalCount: all.length,
    nodes,
    pageInfo: {
      endCursor: last === undefined ? null : key(last),
      hasNextPage: page.last === undefined && start + most < all.length,
    },
  };
}

/** One page of entries and comments together, oldest first, of the kinds that the query names. */
export function timelinePage(
  nodes: readonly TimelineNode[],
  { itemTypes, ...page }: PageArguments & { readonly itemTypes?: readonly string[] },
) {
  const wanted = nodes.filter(({ __typename: it }) => itemTypes?.includes(itemType(it)) !== false);
  const sorted = wanted.toSorted((one, other) => one.createdAt.localeCompare(other.createdAt));
  const ranks = new Map(sorted.map((node, i) => [node, String(i).padStart(6, '0')]));
  return pageOf(sorted, page, (node) => `${node.createdAt} ${ranks.get(node)}`);
}
