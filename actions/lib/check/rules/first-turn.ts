/**
 * A rotation entry, an agreed turn and a whole-turn override are named by the day of their hand-over; on any other day
 * they would silently begin later or not at all. After an amended hand-over each rotation needs an entry of the new
 * kind, because until then the turn in progress goes on. Told at the date, or at the amendment that lacks an entry.
 */
import { childLocation, type PathLocation, type Role, type Rota } from '../../model.ts';
import { handoversAround } from '../../resolve/holiday-horizon.ts';
import { type Day, dateText, WEEKDAYS } from '../../time/date.ts';
import { formatDay } from '../../time/format.ts';
import type { Objection, Rule } from '../rule.ts';

export const firstTurn: Rule = {
  name: 'first-turn',
  severity: 'error',
  asks: 'do first turns, agreed turns and whole-turn overrides fall on a hand-over day?',
  *check({ handbook }) {
    for (const rota of handbook.rotas.values()) {
      for (const role of rota.roles.values()) {
        for (const { firstOn, location } of role.rotation)
          yield* offDay(rota, role, firstOn, childLocation(location, 'first_turn'), true);
        for (const [on, { location }] of role.turns)
          yield* offDay(rota, role, on, { ...location, key: true });
        yield* missingEntry(rota, role);
      }
      for (const override of rota.overrides) {
        const role = rota.roles.get(override.role);
        if (override.kind !== 'turn' || role === undefined) continue;
        yield* offDay(rota, role, override.turnOn, childLocation(override.location, 'turn'));
      }
    }
  },
};

function* offDay(
  rota: Rota,
  role: Role,
  on: Day,
  location: PathLocation,
  entry = false,
): Iterable<Objection> {
  const { begins, before, after } = handoversAround(rota, entry ? undefined : role, on);
  if (begins) return;
  const message = `no turn of ${role.id} begins on ${dateText(on)} (${formatDay(on)}); hand-overs near it are ${dateText(before)} and ${dateText(after)}`;
  yield { location, message };
}

function* missingEntry(rota: Rota, role: Role): Iterable<Objection> {
  if (role.rotation.length === 0) return;
  for (const [i, { firstOn, handover, location }] of rota.terms.entries()) {
    const before = rota.terms[i - 1]?.handover;
    if (before === undefined || handover.times.every((time, day) => time === before.times[day])) continue;
    const nextOn = rota.terms[i + 1]?.firstOn ?? Number.POSITIVE_INFINITY;
    if (role.rotation.some((entry) => entry.firstOn >= firstOn && entry.firstOn < nextOn)) continue;
    const days = WEEKDAYS.filter((_, day) => handover.times[day] !== undefined).join(' or ');
    const message = `the hand-over changes here, and ${role.id} has no rotation entry from then on; add one whose first_turn is a ${days}`;
    yield { location: childLocation(location, 'handover'), message };
  }
}
