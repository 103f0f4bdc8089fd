/**
 * What happened to a pull request apart from pushes, by GitHub's own record. A pull request itself shows only its
 * present base and state, and neither who chose them nor when.
 */
import type { Instant } from '../timeline.ts';
import type { Connection } from './connection.ts';

type PullEventKind = 'base_ref_changed' | 'closed' | 'reopened' | 'ready_for_review';

/** GitHub chooses another base itself, under another name, when the branch that was the base is deleted. */
const KINDS: ReadonlyMap<string, PullEventKind> = new Map([
  ['base_ref_changed', 'base_ref_changed'],
  ['automatic_base_change_succeeded', 'base_ref_changed'],
  ['closed', 'closed'],
  ['reopened', 'reopened'],
  ['ready_for_review', 'ready_for_review'],
]);

/** Something that happened to a pull request. A merge is `closed`, too. */
export interface PullEvent {
  readonly kind: PullEventKind;
  /** The login; undefined where GitHub does not know the account any more. */
  readonly by: string | undefined;
  readonly at: Instant;
}

/** An event as in a response. The description has an actor for each; one whose account was deleted has null. */
interface Listed {
  readonly id: number;
  readonly event: string;
  readonly actor: { readonly login: string } | null;
  readonly created_at: string;
}

/**
 * Who exchanged the base of a pull request, closed it, reopened it or declared it ready for review, and when; oldest
 * first, and all of them. Other events, such as labels, are left out.
 */
export async function pullEvents({ octokit, at }: Connection, number: number): Promise<readonly PullEvent[]> {
  const listed: readonly Listed[] = await octokit.paginate(octokit.rest.issues.listEvents, {
    ...at,
    issue_number: number,
    per_page: 100,
  });
  return listed
    .toSorted((one, other) => Date.parse(one.created_at) - Date.parse(other.created_at) || one.id - other.id)
    .flatMap(({ event, actor, created_at }) => {
      const kind = KINDS.get(event);
      return kind === undefined ? [] : [{ kind, by: actor?.login, at: Date.parse(created_at) }];
    });
}
