/** Whom a chain calls, and the teams behind them. Pure. */
import type { Escalation, Handbook, Notified, RoleRef } from '../model.ts';

/** Everything that a chain calls. */
export const targetsOf = (chain: Escalation | undefined): readonly Notified[] =>
  (chain?.levels ?? []).flatMap(({ notify }) => notify);

/** The teams of the roles among what is called, as far as a handbook has them. */
export const teamsOf = ({ rotas }: Handbook, targets: readonly Notified[]): readonly string[] =>
  targets.flatMap((it) => (it.kind === 'role' ? (rotas.get(it.role.rota)?.team ?? []) : []));

/** The team whose lead is asked about calls to a role: that of the base, or of a new rota if the base has that team. */
export function teamAsked(base: Handbook, head: Handbook, { rota }: RoleRef): string | undefined {
  const known = base.rotas.get(rota)?.team;
  const team = head.rotas.get(rota)?.team ?? '';
  return known ?? (base.teams.has(team) ? team : undefined);
}

/** The teams whose leads are asked about calls to the roles among some targets. */
export const teamsAsked = (base: Handbook, head: Handbook, targets: readonly Notified[]): readonly string[] =>
  targets.flatMap((it) => (it.kind === 'role' ? (teamAsked(base, head, it.role) ?? []) : []));
