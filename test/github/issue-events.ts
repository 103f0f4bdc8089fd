/** GitHub's record of what happened to a pull request. */

/** One entry, in a test's state; nobody is named where GitHub does not know the account any more. */
export interface RecordedEvent {
  readonly id: number;
  readonly event:
    | 'base_ref_changed'
    | 'automatic_base_change_succeeded'
    | 'closed'
    | 'reopened'
    | 'ready_for_review'
    | 'merged'
    | 'head_ref_force_pushed'
    | 'labeled';
  readonly actor: string | null;
  readonly created_at: string;
  /** The label that was set. */
  readonly label?: string;
}

/** What the bodies are made of: the API address of the repository, and how an account is described. */
interface Bodies {
  readonly api: string;
  readonly user: (login: string) => object;
}

/** An entry as in a response. */
export const recordedEventBody = (
  { api, user }: Bodies,
  { id, event, actor, created_at, label }: RecordedEvent,
) => ({
  ...{ id, node_id: `EV_${id}`, url: `${api}/issues/events/${id}`, event, created_at },
  actor: actor === null ? null : user(actor),
  ...(label === undefined ? {} : { label: { name: label, color: 'ededed' } }),
  ...{ commit_id: null, commit_url: null, performed_via_github_app: null },
});
