/**
 * Reads issues and their comments, updates their labels and our comment, closes them, and looks up who has write
 * access. Every operation is idempotent.
 */
import type { IssueComment, RequestIssue } from '../requests/facts.ts';
import { canWrite } from './access.ts';
import { upsertComment, writeOnlyComment } from './comments.ts';
import type { Connection } from './connection.ts';
import { editedBy, editHistories } from './edits.ts';
import { hasStatus } from './failures.ts';

/** A label, created if the repository has none of this name. */
export interface Label {
  readonly name: string;
  readonly color: string;
  readonly description: string;
}

interface IssueData {
  readonly number: number;
  readonly node_id: string;
  readonly html_url: string;
  readonly body?: string | null | undefined;
  readonly user: { readonly login: string } | null;
  readonly labels: readonly (string | { readonly name?: string | undefined })[];
  readonly state: string;
  readonly created_at: string;
}

const issueOf = ({ user, body, labels, ...issue }: IssueData): RequestIssue => ({
  number: issue.number,
  nodeId: issue.node_id,
  url: issue.html_url,
  body: body ?? '',
  author: user?.login ?? '',
  labels: labels.flatMap((label) => (typeof label === 'string' ? label : (label.name ?? []))),
  state: issue.state === 'open' ? 'open' : 'closed',
  createdAt: Date.parse(issue.created_at),
  lastEditedAt: undefined,
});

/** An open issue as in the list of all. */
export interface OpenIssue {
  readonly number: number;
  readonly body: string;
  readonly labels: readonly string[];
}

const nameOf = (label: string | { readonly name?: string }): string =>
  typeof label === 'string' ? label : (label.name ?? '');

/** The issues of one repository. */
export class Issues {
  readonly #connection: Connection;
  readonly #octokit: Connection['octokit'];
  readonly #at: Connection['at'];

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#octokit = connection.octokit;
    this.#at = connection.at;
  }

  /** An issue; undefined for a pull request, and if it does not exist, or is in another repository by now. */
  async get(number: number): Promise<RequestIssue | undefined> {
    try {
      const { data } = await this.#octokit.rest.issues.get({ ...this.#at, issue_number: number });
      // Of one that was moved, GitHub answers with where it is, as far as that can be read.
      const { owner, repo } = this.#at;
      const isHere = data.repository_url.toLowerCase().endsWith(`/repos/${owner}/${repo}`.toLowerCase());
      const isIssue = data.pull_request === undefined && data.number === number && isHere;
      return isIssue ? issueOf(data) : undefined;
    } catch (error) {
      if (hasStatus(error, 404) || hasStatus(error, 410)) return undefined;
      throw error;
    }
  }

  /** All open issues, oldest first. */
  async open(): Promise<readonly OpenIssue[]> {
    const issues = await this.#octokit.paginate(this.#octokit.rest.issues.listForRepo, {
      ...this.#at,
      state: 'open',
      direction: 'asc',
      per_page: 100,
    });
    return issues.flatMap(({ number, body, labels, pull_request: pull }) =>
      pull === undefined ? { number, body: body ?? '', labels: labels.map(nameOf) } : [],
    );
  }

  /** The same issue and comments with who edited the issue and those of the comments that are `asked` for. */
  async withHistory(
    issue: RequestIssue,
    comments: readonly IssueComment[],
    asked: readonly IssueComment[],
  ): Promise<{ readonly issue: RequestIssue; readonly comments: readonly IssueComment[] }> {
    const ids = [issue, ...asked].map(({ nodeId }) => nodeId);
    const histories = await editHistories(this.#connection, ids);
    const ofIssue = histories.get(issue.nodeId);
    if (ofIssue === undefined) throw new Error(`GitHub does not say when issue ${issue.number} was edited`);
    return {
      issue: { ...issue, lastEditedAt: ofIssue.lastEditedAt },
      comments: comments.map((it) => ({ ...it, editedBy: editedBy(it.author, histories.get(it.nodeId)) })),
    };
  }

  /** All comments on an issue, oldest first. */
  async comments(number: number): Promise<readonly IssueComment[]> {
    const comments = await this.#octokit.paginate(this.#octokit.rest.issues.listComments, {
      ...this.#at,
      issue_number: number,
      per_page: 100,
    });
    return comments.map(({ id, node_id, user, body, created_at, updated_at }) => ({
      id,
      nodeId: node_id,
      author: user?.login ?? '',
      isBot: user?.type === 'Bot',
      body: body ?? '',
      createdAt: Date.parse(created_at),
      updatedAt: Date.parse(updated_at),
      editedBy: 'unknown',
    }));
  }

  /** Creates or edits our one comment that starts with a mark, except those that others edited. */
  upsertComment(
    number: number,
    mark: string,
    body: string,
    passedOver: ReadonlySet<number> = new Set(),
  ): Promise<void> {
    return upsertComment(this.#connection, number, {
      marks: [mark],
      bodyAfter: () => body,
      createsComment: true,
      passedOver,
    });
  }

  /**
   * Edits a comment of ours that was read before, or posts one that starts with a mark; once, also while another run
   * does.
   */
  writeOnlyComment(
    number: number,
    comment: { readonly mark: string; readonly body: string },
    old?: { readonly id: number; readonly body: string },
  ): Promise<void> {
    return writeOnlyComment(this.#connection, number, comment, old);
  }

  /** Adds labels, which the repository has, to an issue, and removes others. */
  async changeLabels(number: number, add: readonly string[], remove: readonly string[]): Promise<void> {
    const at = { ...this.#at, issue_number: number };
    if (add.length > 0) await this.#octokit.rest.issues.addLabels({ ...at, labels: [...add] });
    for (const name of remove)
      await this.#octokit.rest.issues.removeLabel({ ...at, name }).catch(unless(404));
  }

  /** Makes sure, one by one, that the repository has these few labels. */
  async ensureLabels(labels: readonly Label[]): Promise<void> {
    for (const label of labels) await this.#create(label);
  }

  /** Creates those of many labels that the repository does not have. */
  async createLabels(labels: readonly Label[]): Promise<void> {
    const { issues } = this.#octokit.rest;
    const all = await this.#octokit.paginate(issues.listLabelsForRepo, { ...this.#at, per_page: 100 });
    const known = new Set(all.map(({ name }) => name.toLowerCase()));
    for (const label of labels.filter(({ name }) => !known.has(name.toLowerCase())))
      await issues.createLabel({ ...this.#at, ...label }).catch(unless(422));
  }

  /** Sets one of our labels on an issue, or none, and removes the others. */
  async setLabel(issue: RequestIssue, desired: Label | undefined, ours: readonly Label[]): Promise<void> {
    const at = { ...this.#at, issue_number: issue.number };
    const others = ours.filter(({ name }) => name !== desired?.name && issue.labels.includes(name));
    for (const { name } of others)
      await this.#octokit.rest.issues.removeLabel({ ...at, name }).catch(unless(404));
    if (desired === undefined || issue.labels.includes(desired.name)) return;
    await this.#create(desired);
    await this.#octokit.rest.issues.addLabels({ ...at, labels: [desired.name] });
  }

  async #create(label: Label): Promise<void> {
    try {
      await this.#octokit.rest.issues.getLabel({ ...this.#at, name: label.name });
    } catch (error) {
      if (!hasStatus(error, 404)) throw error;
      // 422: another run has just created it.
      await this.#octokit.rest.issues.createLabel({ ...this.#at, ...label }).catch(unless(422));
    }
  }

  async close(number: number, reason: 'completed' | 'not_planned'): Promise<void> {
    await this.#octokit.rest.issues.update({
      ...this.#at,
      issue_number: number,
      state: 'closed',
      state_reason: reason,
    });
  }

  /** Whether a login has write access to the repository. */
  canWrite(login: string): Promise<boolean> {
    return canWrite(this.#connection, login);
  }
}

/** Ignores the one status that means that the desired state is already reached. */
const unless = (status: number) => (error: unknown) => {
  if (!hasStatus(error, status)) throw error;
};
