/** `rota give`: a person takes a whole turn. */
import type { Command } from 'commander';
import { giveTurn } from '../../actions/lib/edit/edit.ts';
import { addEditOptions, type EditOptions, editRota } from '../edit-rota.ts';
import type { CommandAction } from '../invocation.ts';

export function addGive(command: Command, action: CommandAction): void {
  addEditOptions(
    command
      .argument('<rota>', 'a rota such as paas/out-of-hours')
      .argument('<role>', 'a role of it, such as engineer')
      .argument('<turn>', 'a turn, named by the date of its hand-over')
      .argument('<person>', 'who takes it; to undo this, name who gave it away'),
  ).action(
    action((invocation, rota: string, role: string, turn: string, person: string, options: EditOptions) =>
      editRota(invocation, options, (texts, now) => giveTurn(texts, now, { rota, role, turn, person })),
    ),
  );
}
