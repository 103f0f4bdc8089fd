/**
 * Two exceptions of one kind for the same time in the same role: whichever won, somebody who agreed to be there is not.
 * A whole turn and some hours of it do not clash, the hours win. Told at the later of the two.
 */
import type { Override, Rota } from '../../model.ts';
import { dateText, spokenSpan } from '../../time.ts';
import type { Objection, Rule } from '../rule.ts';

export const clashingOverrides: Rule = {
  name: 'clashing-overrides',
  severity: 'error',
  asks: 'do two overrides of one kind overlap in a role?',
  *check({ handbook }) {
    for (const rota of handbook.rotas.values()) {
      const groups = Map.groupBy(rota.overrides, ({ role, kind }) => `${role} ${kind}`);
      for (const group of groups.values()) yield* clashes(rota, group);
    }
  },
};

function* clashes(rota: Rota, group: readonly Override[]): Iterable<Objection> {
  const sorted = group.toSorted((one, other) => startOf(one) - startOf(other));
  for (const [i, override] of sorted.entries()) {
    const before = sorted[i - 1];
    if (before === undefined) continue;
    if (override.kind === 'turn') {
      if (before.kind !== 'turn' || before.turnOn !== override.turnOn) continue;
      const message = `${before.assignment.person} already takes the turn of ${dateText(override.turnOn)} by another override; keep one of them`;
      yield { place: override.spot, message };
    } else if (before.kind !== 'turn' && before.endAt > override.startAt) {
      const when = spokenSpan(rota.zone, override.startAt, Math.min(before.endAt, override.endAt));
      const message = `${before.assignment.person} is already put there ${when} by another override; shorten one of them`;
      yield { place: override.spot, message };
    }
  }
}

const startOf = (override: Override): number =>
  override.kind === 'turn' ? override.turnOn : override.startAt;
