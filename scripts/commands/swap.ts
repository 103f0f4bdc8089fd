/** `rota swap`: swaps two turns of a role. */
import type { Command } from 'commander';
import { swapTurns } from '../../actions/lib/edit/edit.ts';
import { editRota } from '../edit-rota.ts';
import type { CommandAction } from '../invocation.ts';

export function addSwap(command: Command, action: CommandAction): void {
  command
    .argument('<rota>', 'a rota such as paas/out-of-hours')
    .argument('<role>', 'a role of it, such as engineer')
    .argument('<turn>', 'a turn, named by the date of its hand-over')
    .argument('<other>', 'the turn to swap it with; the same command again swaps them back')
    .action(
      action((invocation, rota: string, role: string, one: string, other: string) =>
        editRota(invocation, (texts, now) => swapTurns(texts, now, { rota, role, turns: [one, other] })),
      ),
    );
}
