/**
 * Two exceptions of one kind for the same time in the same role: whichever won, somebody who agreed to be there is not.
 * A whole turn and some hours of it do not clash, the hours win; nor does a planned change for which that person is there
 * anyway. Told at the later of the two.
 */
import type { Override, Rota } from '../../model.ts';
import { coverOf } from '../../resolve/resolve.ts';
import { dateText } from '../../time/date.ts';
import { formatSpan } from '../../time/format.ts';
import type { Context, Objection, Rule } from '../rule.ts';

export const clashingOverrides: Rule = {
  name: 'clashing-overrides',
  severity: 'error',
  asks: 'do two overrides of one kind overlap in a role?',
  *check(context) {
    for (const rota of context.handbook.rotas.values()) {
      const current = rota.overrides.filter(
        (override) => endOf(context, rota, override) > context.ahead.startAt,
      );
      const groups = Map.groupBy(current, ({ role, kind }) => `${role} ${kind}`);
      for (const group of groups.values()) yield* clashes(rota, group);
    }
  },
};

function* clashes(rota: Rota, group: readonly Override[]): Iterable<Objection> {
  const sorted = group.toSorted((one, other) => startOf(one) - startOf(other));
  let longest: Override | undefined;
  for (const override of sorted) {
    const message = longest === undefined ? undefined : clash(rota, longest, override);
    if (message !== undefined) yield { location: override.location, message };
    if (
      longest?.kind === 'turn' ||
      override.kind === 'turn' ||
      longest === undefined ||
      override.endAt > longest.endAt
    ) {
      longest = override;
    }
  }
}

/** How an override clashes with one that begins before it, in words. */
function clash(rota: Rota, before: Override, override: Override): string | undefined {
  const { person } = before.assignment;
  if (override.kind === 'turn') {
    if (before.kind !== 'turn' || before.turnOn !== override.turnOn) return undefined;
    return `${person} already takes the turn of ${dateText(override.turnOn)} by another override; keep one of them`;
  }
  if (before.kind === 'turn') return undefined;
  if (before.endAt <= override.startAt) return undefined;
  const { change } = override.assignment;
  const isPlanned = change !== undefined || before.assignment.change !== undefined;
  if (isPlanned && person === override.assignment.person) return undefined;
  const when = formatSpan(rota.zone, override.startAt, Math.min(before.endAt, override.endAt));
  return `${person} is already put there ${when} by another ${before.assignment.change === undefined ? 'override' : 'planned change'}; ${change === undefined ? 'shorten one of them' : `let ${person} be there for both`}`;
}

const startOf = (override: Override): number =>
  override.kind === 'turn' ? override.turnOn : override.startAt;

/** When an override is over; a turn that is not to be seen is a week at the most. */
function endOf({ resolved }: Context, rota: Rota, override: Override): number {
  if (override.kind !== 'turn') return override.endAt;
  const turn = coverOf(resolved, { rota: rota.id, role: override.role })?.list.find(
    ({ on }) => on === override.turnOn,
  );
  return turn?.endAt ?? rota.zone.startOf(override.turnOn + 8);
}
