/**
 * What happened to a pull request apart from pushes, by GitHub's own record. A pull request itself shows only its
 * present base and state, and neither who chose them nor when.
 */
import type { Instant } from '../timeline.ts';
import { boundedList } from './bounded-list.ts';
import type { Connection } from './connection.ts';
import type { EventPayload } from './context.ts';

type PullEventKind =
  | 'base_ref_changed'
  | 'closed'
  | 'reopened'
  | 'ready_for_review'
  | 'labeled'
  | 'unlabeled'
  | 'head_ref_force_pushed';

/** By this GitHub itself chooses another base, when somebody deletes the branch that was the base. */
const AUTOMATIC = 'automatic_base_change_succeeded';

const KINDS: ReadonlyMap<string, PullEventKind> = new Map([
  ['base_ref_changed', 'base_ref_changed'],
  [AUTOMATIC, 'base_ref_changed'],
  ['closed', 'closed'],
  ['reopened', 'reopened'],
  ['ready_for_review', 'ready_for_review'],
  ['labeled', 'labeled'],
  ['unlabeled', 'unlabeled'],
  ['head_ref_force_pushed', 'head_ref_force_pushed'],
]);

/** Something that happened to a pull request. A merge is `closed`, too. */
export interface PullEvent {
  readonly kind: PullEventKind;
  /** The login; undefined where GitHub does not know the account any more, or did it itself. */
  readonly by: string | undefined;
  readonly at: Instant;
  /** The name of the label that was set, also when the pull request was opened, or removed. */
  readonly label?: string | undefined;
}

/** Whether somebody offered a pull request by it: reopened it, said that it is ready, or chose what it goes into. */
export const isOffer = ({ kind }: PullEvent): boolean => !NO_OFFERS.includes(kind);

/** What started a run is in the record of its pull request, unless that lags behind; undefined for other causes. */
function causeOf({ action, sender, label, changes, ...payload }: EventPayload): PullEvent | undefined {
  if (sender === undefined || action === undefined) return undefined;
  const at = Date.parse(payload.pull_request?.updated_at ?? '');
  const own = { by: sender.login, at };
  if (action === 'labeled' || action === 'unlabeled')
    // The event does not name a label that was deleted from the repository.
    return label === undefined ? undefined : { ...own, kind: action, label: label.name };
  if (action === 'reopened' || action === 'ready_for_review') return { ...own, kind: action };
  return action === 'edited' && changes?.base !== undefined
    ? { ...own, kind: 'base_ref_changed' }
    : undefined;
}

/** Whether what started a run is the opening of a pull request, or an event that is an offer. */
export function offersPull(payload: EventPayload): boolean {
  const cause = causeOf(payload);
  return cause === undefined ? payload.action === 'opened' : isOffer(cause);
}

/** How much newer than the event itself its payload may be, in milliseconds. */
const MOST_LATER = 2 * 60_000;

/** Whether the record of a pull request has what started a run that is about it. */
export function hasCause(events: readonly PullEvent[], payload: EventPayload): boolean {
  const cause = causeOf(payload);
  if (cause === undefined) return true;
  // Of an account that was deleted since, and of what GitHub did itself, the record names nobody or somebody else.
  const isBy = ({ kind, by }: PullEvent) =>
    by === undefined || kind === 'base_ref_changed' || by.toLowerCase() === cause.by?.toLowerCase();
  // The same may have happened before.
  const isIt = (it: PullEvent) => !(it.at < cause.at - MOST_LATER) && isBy(it);
  return events.some((it) => it.kind === cause.kind && it.label === cause.label && isIt(it));
}

const NO_OFFERS: readonly PullEventKind[] = ['closed', 'labeled', 'unlabeled', 'head_ref_force_pushed'];

/** An event as in a response. The description has an actor for each; one whose account was deleted has null. */
interface Listed {
  readonly id: number;
  readonly event: string;
  readonly actor: { readonly login: string } | null;
  readonly created_at: string;
  readonly label?: { readonly name: string };
}

/**
 * Who exchanged the base of a pull request, closed it, reopened it, declared it ready for review, set or removed a
 * label, or pushed to it with force, and when; oldest first, and all of them. Other events are left out. Throws
 * `TooLong` where there are more than are read.
 */
export async function pullEvents({ octokit, at }: Connection, number: number): Promise<readonly PullEvent[]> {
  const query = { ...at, issue_number: number, per_page: 100 };
  const pages = octokit.paginate.iterator(octokit.rest.issues.listEvents, query);
  const listed: readonly Listed[] = await boundedList(pages, { what: 'events', number });
  return listed
    .toSorted((one, other) => Date.parse(one.created_at) - Date.parse(other.created_at) || one.id - other.id)
    .flatMap(({ event, actor, created_at, label }) => {
      const kind = KINDS.get(event);
      if (kind === undefined) return [];
      const own = { kind, by: event === AUTOMATIC ? undefined : actor?.login, at: Date.parse(created_at) };
      return [label === undefined ? own : { ...own, label: label.name }];
    });
}
