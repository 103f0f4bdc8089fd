/**
 * The issue on which news are told that no merged pull request is near, as where people push to the main branch. It is
 * closed at once, as nobody has to do anything about it; its comments mention people all the same.
 */
import type { Connection } from '../github/connection.ts';
import { HandoverIssues } from '../github/handover-issues.ts';
import { Issues, type Label } from '../github/issues.ts';

const LABEL: Label = {
  name: 'news',
  color: 'ededed',
  description: 'Changes of support time without a pull request; kept by the workflow',
};
const TITLE = 'Changes of support time without a pull request';

/** The number of the issue for a handbook, which is opened if there is none. */
export async function issueForNews(connection: Connection, handbook: string): Promise<number> {
  const issues = new HandoverIssues(connection, LABEL.name);
  const mark = `<!-- rota-as-code: issue for news ${handbook === '' ? '' : `of ${handbook} `}-->`;
  const find = async () =>
    (await issues.list(0, { isCommentable: true }))
      .filter(({ body }) => body.startsWith(mark))
      .toSorted((one, other) => one.number - other.number)[0];
  const found = await find();
  if (found !== undefined) return found.number;
  await new Issues(connection).ensureLabels([LABEL]);
  const body = `${mark}\nEach comment tells what commits to the main branch changed for whom.`;
  const issue = await issues.create({ title: TITLE, body }, find);
  await issues.update(issue, { isOpen: false });
  return issue.number;
}
