/**
 * Rotation entries, agreed turns and whole-turn overrides are dated by the day of their hand-over; with any other date
 * they would silently begin later or not at all. After an amended hand-over each rotation needs a new entry, because
 * the turn in progress continues until there is one. Reported at the date, or at the amendment that lacks an entry.
 */
import { childLocation, type PathLocation, type Role, type Rota } from '../../model.ts';
import { isWithinHolidayLists } from '../../resolve/holiday-horizon.ts';
import { handoversAround } from '../../resolve/turn-finder.ts';
import { handoverOn, sameHandover } from '../../resolve/turn-ranges.ts';
import { formatDay } from '../../time/format.ts';
import { dayOfTurn, type TurnOn, turnText } from '../../time/turn-name.ts';
import { type Context, type Objection, rule } from '../rule.ts';

/** A name of no turn, and the nearest names; undefined where there is none. */
interface Misnamed {
  readonly role: string;
  readonly turnOn: TurnOn;
  readonly beforeOn: TurnOn | undefined;
  readonly afterOn: TurnOn | undefined;
}

interface Codes {
  readonly 'no-hand-over': Misnamed;
  readonly 'unlisted-day': Misnamed;
  /** `nextOn` is the first hand-over of the new kind. */
  readonly 'no-entry': { readonly role: string; readonly nextOn: TurnOn | undefined };
}

export const firstTurn = rule<Codes>({
  name: 'first-turn',
  severity: 'error',
  summary: 'First turns, agreed turns and whole-turn overrides fall on a hand-over day.',
  *check({ handbook }) {
    for (const rota of handbook.rotas.values()) {
      for (const role of rota.roles.values()) {
        for (const { firstOn, location } of role.rotation)
          yield* offDay(handbook, rota, role, firstOn, childLocation(location, 'first_turn'), undefined);
        for (const [on, { location }] of role.turns)
          yield* offDay(handbook, rota, role, on, { ...location, key: true }, role);
        yield* missingEntry(handbook, rota, role);
      }
      for (const override of rota.overrides) {
        const role = rota.roles.get(override.role);
        if (override.kind !== 'turn' || role === undefined) continue;
        yield* offDay(handbook, rota, role, override.turnOn, childLocation(override.location, 'turn'), role);
      }
    }
  },
  describe: {
    'no-hand-over': ({ role, turnOn, ...near }) =>
      `no turn of ${role} begins on ${turnText(turnOn)} (${formatDay(dayOfTurn(turnOn))})${nearText(near)}`,
    'unlisted-day': ({ role, turnOn, ...near }) =>
      `the holiday list of this rota's support hours does not reach ${turnText(turnOn)}, so it is unknown ` +
      `whether a turn of ${role} begins then; extend the list${nearText(near)}`,
    'no-entry': ({ role, nextOn }) =>
      `the hand-over changes here, and ${role} has no rotation entry from then on; add one whose first_turn ` +
      `is ${nextOn === undefined ? 'a hand-over of the new kind' : `${turnText(nextOn)}, or a later hand-over`}`,
  },
  advice: ['beforeOn', 'afterOn', 'nextOn'],
});

function nearText({ beforeOn, afterOn }: Pick<Misnamed, 'beforeOn' | 'afterOn'>): string {
  const names = [beforeOn, afterOn].filter((on) => on !== undefined).map(turnText);
  return names.length === 0
    ? ''
    : `; the nearest ${names.length === 1 ? 'hand-over is' : 'hand-overs are'} ${names.join(' and ')}`;
}

/** A turn of a role, or a rotation entry if `counting` is undefined, under a name under which it cannot begin. */
function* offDay(
  handbook: Context['handbook'],
  rota: Rota,
  { id }: Role,
  turnOn: TurnOn,
  location: PathLocation,
  counting: Role | undefined,
): Iterable<Objection<Codes>> {
  const { begins, before, after } = handoversAround(handbook, rota, counting, turnOn);
  if (begins) return;
  const args = { role: id, turnOn, beforeOn: before, afterOn: after };
  if (handoverOn(rota, turnOn).kind !== 'working-days') yield { code: 'no-hand-over', args, location };
  // Where the hours or their list could not be read, that is reported.
  else if (before === undefined && after === undefined) return;
  else {
    const startAt = rota.zone.startOf(dayOfTurn(turnOn));
    const isListed = isWithinHolidayLists(handbook, rota, { startAt, endAt: startAt + 1 });
    yield { code: isListed ? 'no-hand-over' : 'unlisted-day', args, location };
  }
}

function* missingEntry(handbook: Context['handbook'], rota: Rota, role: Role): Iterable<Objection<Codes>> {
  if (role.rotation.length === 0) return;
  for (const [i, { firstOn, handover, location }] of rota.terms.entries()) {
    const before = rota.terms[i - 1]?.handover;
    if (before === undefined || sameHandover(handover, before)) continue;
    const nextOn = rota.terms[i + 1]?.firstOn ?? Number.POSITIVE_INFINITY;
    if (role.rotation.some((entry) => entry.firstOn >= firstOn && entry.firstOn < nextOn)) continue;
    const { after } = handoversAround(handbook, rota, undefined, firstOn - 1 / 2);
    yield {
      code: 'no-entry',
      args: { role: role.id, nextOn: after },
      location: childLocation(location, 'handover'),
    };
  }
}
