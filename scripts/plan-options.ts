/** The options that `rota plan` and `rota apply` have for every service: what is allowed, how much, and which plan. */
import { type Command, InvalidArgumentError, Option } from 'commander';

/** Adds them; `reasons` can be allowed, `mostWrites` is the default, and `name` is that of the service in commands. */
export const addPlanOptions = (
  command: Command,
  {
    reasons,
    mostWrites,
    name,
  }: { readonly reasons: readonly string[]; readonly mostWrites: number; readonly name: string },
): Command =>
  command
    .option('--api <url>', 'another address of its API, such as that of a stand-in')
    .addOption(
      new Option('--allow <reason...>', 'a reason for which the plan is not refused')
        .choices([...reasons])
        .default([]),
    )
    .addOption(
      new Option('--most-writes <n>', 'the most changes to make at once')
        .argParser(count)
        .default(mostWrites),
    )
    .addOption(
      new Option(
        '--approved <digest>',
        'the digest of the approved plan; any other plan is refused',
      ).argParser((text) => digest(text, name)),
    );

function count(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('Write it as a number from 0 to 999999.');
  return Number(text);
}

function digest(text: string, name: string): string {
  if (!/^[0-9a-f]{16}$/.test(text))
    throw new InvalidArgumentError(
      `Write all 16 letters and digits of it, as "rota plan ${name}" prints them.`,
    );
  return text;
}
