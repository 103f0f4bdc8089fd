/** `rota news`: the messages that a merge gives. */
import type { Command } from 'commander';
import type { Against } from '../../actions/lib/compare/against.ts';
import { compare } from '../../actions/lib/compare/compare.ts';
import { load } from '../../actions/lib/load/load.ts';
import { messageOf, type News, newsOf } from '../../actions/lib/messages/news.ts';
import type { Base } from '../../actions/lib/pipeline.ts';
import { forTerminal } from '../../actions/lib/text/escape.ts';
import type { CommandAction, Invocation } from '../invocation.ts';
import { baseAt, textsIn } from '../read-handbook.ts';
import { EXIT, type ExitStatus } from '../terminal.ts';

export function addNews(command: Command, action: CommandAction): void {
  command
    .requiredOption('--base <rev>', 'the branch, tag or commit to compare with, at the merge base')
    .action(action(news));
}

function news({ root, now, format, terminal }: Invocation, { base }: { readonly base: string }): ExitStatus {
  const head = load(textsIn(root, terminal));
  const { texts } = baseAt(root, base) as Base;
  const against = compare(load(texts).handbook, head.handbook, now, [], undefined);
  const all = newsOf(against, now);
  if (format === 'json') terminal.printJson(all.map(messageOf));
  else terminal.print(...newsLines(all, against));
  return unreadStatus(against, terminal);
}

function newsLines(all: readonly News[], { handbook, head }: Against): readonly string[] {
  if (all.length === 0) return ['There is no news.'];
  return all.flatMap(({ kind, to, text }, i) => {
    const name =
      kind === 'team-channel'
        ? head.teams.get(to)?.name
        : (head.people.get(to) ?? handbook.people.get(to))?.name;
    const lines = [`To ${name ?? to} (${kind}):`, ...text.split('\n').map((it) => `  ${it}`)];
    return [...(i === 0 ? [] : ['']), ...lines.map(forTerminal)];
  });
}

/** What could not be read may change somebody's time, too. */
function unreadStatus({ unread }: Against, { warn }: Invocation['terminal']): ExitStatus {
  if (unread.length === 0) return EXIT.ok;
  warn(`rota: news of ${unread.join(', ')} is unknown, because a file could not be read; see "rota check"`);
  return EXIT.findings;
}
