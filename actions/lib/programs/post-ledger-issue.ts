/**
 * Keeps the record of what webhooks announced in one issue on GitHub, which is closed at once, as nobody has to do
 * anything about it. The workflow lets its runs wait for one another, so that no two write the record at a time.
 */
import type { Connection } from '../github/connection.ts';
import { HandoverIssues } from '../github/handover-issues.ts';
import { Issues, type Label } from '../github/issues.ts';
import type { HandoverIssue } from '../messages/handover-issue.ts';
import { LEDGER_MARK, ledgerEntries, ledgerText, type PostLedger } from '../messages/post-ledger.ts';

const LABEL: Label = {
  name: 'hand-over-posts',
  color: 'ededed',
  description: 'What webhooks announced; kept by the workflow',
};
const TITLE = 'Announced hand-overs';

/** The record in the issue of a repository. */
export function issueLedger(connection: Connection): PostLedger {
  const issues = new HandoverIssues(connection, LABEL.name);
  let kept: HandoverIssue | undefined;
  /** Where there are several, the first one is written. */
  const find = async (): Promise<readonly HandoverIssue[]> =>
    (await issues.list(0))
      .filter(({ body }) => body.startsWith(LEDGER_MARK))
      .toSorted((one, other) => one.number - other.number);
  const create = async (body: string): Promise<HandoverIssue> => {
    await new Issues(connection).ensureLabels([LABEL]);
    return issues.create({ title: TITLE, body }, async () => (await find())[0]);
  };
  return {
    read: async () => {
      const found = await find();
      kept = found[0];
      return found.flatMap(({ body }) => ledgerEntries(body));
    },
    write: async (entries) => {
      const body = ledgerText(entries);
      const issue = kept ?? (await create(body));
      if (issue.body !== body || issue.isOpen) await issues.update(issue, { body, isOpen: false });
      kept = { ...issue, body, isOpen: false };
    },
  };
}
