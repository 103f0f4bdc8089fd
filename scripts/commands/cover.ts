/** `rota cover`: a person takes some hours of a role, or everything that somebody has in some time. */
import type { Command } from 'commander';
import { coverHours, coverPerson } from '../../actions/lib/edit/edit.ts';
import { addEditOptions, type EditOptions, editRota } from '../edit-rota.ts';
import type { CommandAction } from '../invocation.ts';
import { UsageError } from '../terminal.ts';

interface CoverOptions extends EditOptions {
  readonly fromPerson?: string;
  readonly by?: string;
  readonly zone?: string;
}

export function addCover(command: Command, action: CommandAction): void {
  addEditOptions(
    command
      .usage('[options] <rota> <role> <from> <to> <person>')
      .argument(
        '[words...]',
        "a rota, a role of it, the start, such as 2026-12-03T18:00 in the rota's zone, the end, excluded, " +
          'and who takes them; with --from-person only the start and the end',
      )
      .option(
        '--from-person <person>',
        'cover everything that this person has from <from> to <to>, in all rotas',
      )
      .option('--by <person>', 'who takes it')
      .option('--zone <zone>', "the zone of the times, such as Europe/London (default: the rota's)"),
  ).action(
    action((invocation, words: readonly string[], options: CoverOptions) => {
      const { zone } = options;
      const everything = options.fromPerson !== undefined || options.by !== undefined;
      if (!everything) {
        const [rota, role, from, to, person] = listed(words, ['rota', 'role', 'from', 'to', 'person']);
        return editRota(invocation, options, (texts, now) =>
          coverHours(texts, now, { rota, role, from, to, person, zone }),
        );
      }
      const { fromPerson: person, by } = options;
      if (person === undefined || by === undefined)
        throw new UsageError('--from-person and --by go together: whose time is covered, and who takes it');
      const [from, to] = listed(words, ['from', 'to']);
      return editRota(invocation, options, (texts, now) =>
        coverPerson(texts, now, { person, by, from, to, zone }),
      );
    }),
  );
}

/** The words of a command line, one for each name. */
function listed<const Names extends readonly string[]>(
  words: readonly string[],
  names: Names,
): { readonly [Name in keyof Names]: string } {
  const missing = names[words.length];
  if (missing !== undefined) throw new UsageError(`missing required argument '${missing}'`);
  if (words.length > names.length)
    throw new UsageError(
      `there are ${words.length} arguments, and ${names.length} are expected: ${names.join(' ')}`,
    );
  return words as unknown as { readonly [Name in keyof Names]: string };
}
