/** `rota cover`: a person takes some hours of a role. */
import type { Command } from 'commander';
import { coverHours } from '../../actions/lib/edit/edit.ts';
import { editRota } from '../edit-rota.ts';
import type { CommandAction } from '../invocation.ts';

export function addCover(command: Command, action: CommandAction): void {
  command
    .argument('<rota>', 'a rota such as paas/out-of-hours')
    .argument('<role>', 'a role of it, such as engineer')
    .argument('<from>', "the start, such as 2026-12-03T18:00 in the rota's zone")
    .argument('<to>', 'the end, excluded')
    .argument('<person>', 'who takes them, such as dee-novak')
    .action(
      action((invocation, rota: string, role: string, from: string, to: string, person: string) =>
        editRota(invocation, (texts, now) => coverHours(texts, now, { rota, role, from, to, person })),
      ),
    );
}
