/**
 * Lists, opens, changes and closes the issues of hand-overs. An issue that may have been created, because GitHub's
 * answer was lost, is looked for before another one is created.
 */
import type { HandoverIssue } from '../messages/handover-issue.ts';
import type { Instant } from '../timeline.ts';
import type { Connection } from './connection.ts';
import { hasStatus, isLost } from './failures.ts';

interface IssueData {
  readonly number: number;
  readonly title: string;
  readonly body?: string | null | undefined;
  readonly state: string;
  readonly assignees?: readonly { readonly login: string }[] | null | undefined;
}

/** Which issues are listed. */
interface IssueChoice {
  /** Whether those are left out in which GitHub takes no comment of ours. */
  readonly isCommentable?: boolean;
}

const handoverIssueOf = ({ number, title, body, state, assignees }: IssueData): HandoverIssue => ({
  number,
  title,
  body: body ?? '',
  isOpen: state === 'open',
  assignees: (assignees ?? []).map(({ login }) => login),
});

/** The issues of hand-overs in one repository: those with a label that the author of our comments opened. */
export class HandoverIssues {
  readonly #connection: Connection;
  readonly #label: string;

  constructor(connection: Connection, label: string) {
    this.#connection = connection;
    this.#label = label;
  }

  /** Our issues that changed since an instant, open and closed. */
  async list(since: Instant, { isCommentable = false }: IssueChoice = {}): Promise<readonly HandoverIssue[]> {
    const { octokit, at, self } = this.#connection;
    const issues = await octokit.paginate(octokit.rest.issues.listForRepo, {
      ...at,
      labels: this.#label,
      state: 'all',
      since: new Date(since).toISOString(),
      per_page: 100,
    });
    return issues
      .filter(({ user, pull_request: pull }) => user?.login === self && pull === undefined)
      .filter(({ locked }) => !isCommentable || !locked)
      .map(handoverIssueOf);
  }

  /** Opens an issue without assignees; `find` gives the one that there may be already after a lost answer. */
  async create(
    { title, body }: Pick<HandoverIssue, 'title' | 'body'>,
    find: () => Promise<HandoverIssue | undefined>,
  ): Promise<HandoverIssue> {
    const { octokit, at } = this.#connection;
    const create = async () => {
      const issue = { ...at, title, body, labels: [this.#label], request: { retries: 0 } };
      return handoverIssueOf((await octokit.rest.issues.create(issue)).data);
    };
    return create().catch(async (error: unknown) => {
      if (!isLost(error)) throw error;
      return (await find()) ?? create();
    });
  }

  /** Changes an issue; returns those of the new assignees whom GitHub does not assign, for they have no access. */
  async update(
    { number, assignees: before }: HandoverIssue,
    { isOpen, assignees, ...texts }: Partial<Omit<HandoverIssue, 'number'>>,
  ): Promise<readonly string[]> {
    const { octokit, at } = this.#connection;
    const change = async (more: { readonly assignees?: readonly string[] }): Promise<HandoverIssue> => {
      const state = isOpen === undefined ? {} : { state: isOpen ? ('open' as const) : ('closed' as const) };
      const logins = more.assignees === undefined ? {} : { assignees: [...more.assignees] };
      const request = { ...at, issue_number: number, ...texts, ...state, ...logins };
      return handoverIssueOf((await octokit.rest.issues.update(request)).data);
    };
    if (assignees === undefined) {
      await change({});
      return [];
    }
    const { assignees: done } = await change({ assignees }).catch(async (error: unknown) => {
      if (!hasStatus(error, 422)) throw error;
      // One login that GitHub does not know makes it refuse all of them.
      let current: readonly string[] = before.filter((login) => assignees.includes(login));
      for (const login of assignees.filter((it) => !current.includes(it)))
        current = await change({ assignees: [...current, login] }).then(
          (issue) => issue.assignees,
          (failed: unknown) => {
            if (hasStatus(failed, 422)) return current;
            throw failed;
          },
        );
      return change({ assignees: current });
    });
    const known = new Set(done.map((login) => login.toLowerCase()));
    return assignees.filter((login) => !known.has(login.toLowerCase()));
  }
}
