/** Whom a chain calls, and the teams behind them. Pure. */
import type { Escalation, Handbook, Notified } from '../model.ts';

/** Everything that a chain calls. */
export const targetsOf = (chain: Escalation | undefined): readonly Notified[] =>
  (chain?.levels ?? []).flatMap(({ notify }) => notify);

/** The teams of the roles among what is called, as far as a handbook has them. */
export const teamsOf = ({ rotas }: Handbook, targets: readonly Notified[]): readonly string[] =>
  targets.flatMap((it) => (it.kind === 'role' ? (rotas.get(it.role.rota)?.team ?? []) : []));
