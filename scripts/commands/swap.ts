/** `rota swap`: swaps two turns, of one role or of two. */
import type { Command } from 'commander';
import { type RequestedSwap, swapTurns } from '../../actions/lib/edit/edit.ts';
import { roleOf } from '../../actions/lib/model.ts';
import { addEditOptions, type EditOptions, editRota } from '../edit-rota.ts';
import type { CommandAction } from '../invocation.ts';
import { UsageError } from '../terminal.ts';

export function addSwap(command: Command, action: CommandAction): void {
  addEditOptions(
    command
      .argument(
        '<rota>',
        'a rota such as paas/out-of-hours; or one of its roles, such as paas/out-of-hours/engineer',
      )
      .argument('<role>', 'a role of it, such as engineer; or the turn of the first role')
      .argument('<turn>', 'a turn, named by the date of its hand-over; or the other role')
      .argument('<other>', 'the turn to swap it with; the same command again swaps them back'),
  ).action(
    action((invocation, one: string, two: string, three: string, four: string, options: EditOptions) =>
      editRota(invocation, options, (texts, now) =>
        swapTurns(texts, now, requestedSwap(one, two, three, four)),
      ),
    ),
  );
}

/** Two turns of one role, `ROTA ROLE TURN TURN`; or of two roles, `ROTA/ROLE TURN ROTA/ROLE TURN`. */
function requestedSwap(one: string, two: string, three: string, four: string): RequestedSwap {
  const areSeats = [one, three].map((it) => it.split('/').length === 3);
  if (areSeats.includes(true) && areSeats.includes(false))
    throw new UsageError('write it as ROTA ROLE TURN TURN, or as ROTA/ROLE TURN ROTA/ROLE TURN');
  if (areSeats[0] === true) return { ...roleOf(one), turns: [two, four], other: roleOf(three) };
  return { rota: one, role: two, turns: [three, four] };
}
