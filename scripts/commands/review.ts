/** `rota review`: the comment that a pull request with these changes would get. */
import type { Command } from 'commander';
import { described } from '../../actions/lib/check/describe.ts';
import type { Against } from '../../actions/lib/compare/against.ts';
import { commitOf } from '../../actions/lib/git/git.ts';
import { evaluate } from '../../actions/lib/pipeline.ts';
import { callEntry } from '../../actions/lib/query/call-changes.ts';
import { comment } from '../../actions/lib/review/comment.ts';
import { reviewStatuses } from '../../actions/lib/review/statuses.ts';
import type { CommandAction, Invocation } from '../invocation.ts';
import { readPullFile, UNKNOWN_PULL } from '../pull-file.ts';
import { baseAt, textsIn } from '../read-handbook.ts';
import { EXIT, type ExitStatus } from '../terminal.ts';

const AFTER_HELP = `
The file of --pull is YAML or JSON, and each of its keys may be left out:
  author: amara-osei
  labels: [emergency-cover]
  approvals: [ben-adeyemi, nia-rhys]
  opened_at: 2026-12-02T10:00:00Z
  pushed_at: 2026-12-02T10:05:00Z
Without the two times it was opened when cover under way began, if it has all approvals and that is within a day;
otherwise now.`;

export function addReview(command: Command, action: CommandAction): void {
  command
    .requiredOption('--base <rev>', 'the branch, tag or commit to compare with, at the merge base')
    .option('--pull <file>', 'what GitHub would say about the pull request; without it, nobody has agreed')
    .addHelpText('after', AFTER_HELP)
    .action(action(review));
}

function review(
  { root, now, format, terminal }: Invocation,
  options: { readonly base: string; readonly pull?: string },
): ExitStatus {
  const texts = textsIn(root, terminal);
  const pull = options.pull === undefined ? UNKNOWN_PULL : readPullFile(options.pull);
  const base = baseAt(root, options.base);
  const { handbook, against, findings } = evaluate(texts, now, terminal.progress, base && { ...base, pull });
  terminal.progress('');
  const commit = commitOf(root, 'HEAD') ?? '';
  const judgement = { handbook, against: against as Against, findings, now, commit };
  const text = comment(judgement);
  const statuses = reviewStatuses(judgement);
  if (format === 'json') {
    const called = judgement.against.reached.map((it) => callEntry(it, now));
    terminal.printJson({ statuses, called, findings: described(findings), comment: text });
  } else terminal.printText(`${text}\n`);
  return statuses.some(({ state }) => state === 'failure') ? EXIT.findings : EXIT.ok;
}
