/**
 * Rotation entries, agreed turns and whole-turn overrides are dated by the day of their hand-over; with any other date
 * they would silently begin later or not at all. After an amended hand-over each rotation needs a new entry, because
 * the turn in progress continues until there is one. Reported at the date, or at the amendment that lacks an entry.
 */
import { childLocation, type PathLocation, type Role, type Rota, writtenRole } from '../../model.ts';
import { handoversAround } from '../../resolve/holiday-horizon.ts';
import { type Day, dateText, WEEKDAYS, type Weekday } from '../../time/date.ts';
import { formatDay } from '../../time/format.ts';
import { type Objection, rule } from '../rule.ts';

interface Codes {
  readonly 'no-hand-over': {
    readonly role: string;
    readonly turnOn: Day;
    /** The nearest hand-overs. */
    readonly beforeOn: Day;
    readonly afterOn: Day;
  };
  readonly 'no-entry': { readonly role: string; readonly weekdays: readonly Weekday[] };
}

export const firstTurn = rule<Codes>({
  name: 'first-turn',
  severity: 'error',
  summary: 'First turns, agreed turns and whole-turn overrides fall on a hand-over day.',
  *check({ handbook }) {
    for (const rota of handbook.rotas.values()) {
      for (const role of rota.roles.values()) {
        // The seats of a role share its entries.
        const isFirst = (role.seat?.number ?? 1) === 1;
        for (const { firstOn, location } of isFirst ? role.rotation : [])
          yield* offDay(rota, role, firstOn, childLocation(location, 'first_turn'), undefined);
        for (const [on, { location }] of role.turns)
          yield* offDay(rota, role, on, { ...location, key: true }, role);
        if (isFirst) yield* missingEntry(rota, role);
      }
      for (const override of rota.overrides) {
        const role = rota.roles.get(override.role);
        if (override.kind !== 'turn' || role === undefined) continue;
        yield* offDay(rota, role, override.turnOn, childLocation(override.location, 'turn'), role);
      }
    }
  },
  describe: {
    'no-hand-over': ({ role, turnOn, beforeOn, afterOn }) =>
      `no turn of ${role} begins on ${dateText(turnOn)} (${formatDay(turnOn)}); ` +
      `the nearest hand-overs are ${dateText(beforeOn)} and ${dateText(afterOn)}`,
    'no-entry': ({ role, weekdays }) =>
      `the hand-over changes here, and ${role} has no rotation entry from then on; ` +
      `add one whose first_turn is a ${weekdays.join(' or ')}`,
  },
  advice: ['beforeOn', 'afterOn', 'weekdays'],
});

/** A turn of a role, or a rotation entry if `counting` is undefined, on a day on which it cannot begin. */
function* offDay(
  rota: Rota,
  role: Role,
  turnOn: Day,
  location: PathLocation,
  counting: Role | undefined,
): Iterable<Objection<Codes>> {
  const { begins, before, after } = handoversAround(rota, counting, turnOn);
  if (begins) return;
  yield {
    code: 'no-hand-over',
    args: { role: nameIn(role, counting), turnOn, beforeOn: before, afterOn: after },
    location,
  };
}

/** Entries are those of the role as written, turns those of a seat. */
const nameIn = (role: Role, counting: Role | undefined): string =>
  counting === undefined ? writtenRole(role) : role.id;

function* missingEntry(rota: Rota, role: Role): Iterable<Objection<Codes>> {
  if (role.rotation.length === 0) return;
  for (const [i, { firstOn, handover, location }] of rota.terms.entries()) {
    const before = rota.terms[i - 1]?.handover;
    if (before === undefined || handover.times.every((time, day) => time === before.times[day])) continue;
    const nextOn = rota.terms[i + 1]?.firstOn ?? Number.POSITIVE_INFINITY;
    if (role.rotation.some((entry) => entry.firstOn >= firstOn && entry.firstOn < nextOn)) continue;
    const weekdays = WEEKDAYS.filter((_, day) => handover.times[day] !== undefined);
    yield {
      code: 'no-entry',
      args: { role: writtenRole(role), weekdays },
      location: childLocation(location, 'handover'),
    };
  }
}
