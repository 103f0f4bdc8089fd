/**
 * Rotation entries, agreed turns and whole-turn overrides are dated by the day of their hand-over; with any other date
 * they would silently begin later or not at all. After an amended hand-over each rotation needs a new entry within 400
 * days, because the turn in progress continues until there is one; a role with agreed turns alone needs one of these
 * where turns are weeks long, as they are counted from it. Reported at the date, or at the amendment that lacks one.
 */
import { childLocation, type Location, type Role, type Rota, writtenRole } from '../../model.ts';
import { isWithinHolidayLists } from '../../resolve/holiday-horizon.ts';
import { handoverFinder } from '../../resolve/turn-finder.ts';
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
  readonly 'no-turn': { readonly role: string; readonly nextOn: TurnOn | undefined };
}

export const firstTurn = rule<Codes>({
  name: 'first-turn',
  severity: 'error',
  summary: 'First turns, agreed turns and whole-turn overrides fall on a hand-over day.',
  *check({ handbook }) {
    for (const rota of handbook.rotas.values()) {
      const entries = handoverFinder(handbook, rota, undefined);
      const finders = new Map(
        [...rota.roles].map(([id, role]) => [id, handoverFinder(handbook, rota, role)]),
      );
      for (const [id, role] of rota.roles) {
        const misnamed = (on: TurnOn, location: Location) =>
          offDay(handbook, rota, id, on, location, finders.get(id));
        // The seats of a role share its entries.
        const isFirst = (role.seat?.number ?? 1) === 1;
        for (const { firstOn, location } of isFirst ? role.rotation : []) {
          const at = childLocation(location, 'first_turn');
          yield* offDay(handbook, rota, writtenRole(role), firstOn, at, entries);
        }
        for (const [on, { location }] of role.turns) yield* misnamed(on, { ...location, key: true });
        for (const override of rota.overrides)
          if (override.kind === 'turn' && override.role === id)
            yield* misnamed(override.turnOn, childLocation(override.location, 'turn'));
        if (isFirst) yield* missingEntry(rota, role, entries);
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
      `is ${nextText(nextOn)}`,
    'no-turn': ({ role, nextOn }) =>
      `the hand-over changes here, and ${role} has no agreed turn from then on, so its last turn never ` +
      `ends; agree one that begins on ${nextText(nextOn)}`,
  },
  advice: ['beforeOn', 'afterOn', 'nextOn'],
});

function nearText({ beforeOn, afterOn }: Pick<Misnamed, 'beforeOn' | 'afterOn'>): string {
  const names = [beforeOn, afterOn].filter((on) => on !== undefined).map(turnText);
  return names.length === 0
    ? ''
    : `; the nearest ${names.length === 1 ? 'hand-over is' : 'hand-overs are'} ${names.join(' and ')}`;
}

const nextText = (on: TurnOn | undefined): string =>
  on === undefined ? 'a hand-over of the new kind' : `${turnText(on)}, or a later hand-over`;

type Find = ReturnType<typeof handoverFinder>;

/** In days, longer than any turn, which has 52 weeks at most. */
const LONGEST = 400;

/** A turn or a rotation entry of a role, under a name under which it cannot begin. */
function* offDay(
  handbook: Context['handbook'],
  rota: Rota,
  role: string,
  turnOn: TurnOn,
  location: Location,
  find: Find | undefined,
): Iterable<Objection<Codes>> {
  const { begins = true, before, after } = find?.(turnOn) ?? {};
  if (begins) return;
  const args = { role, turnOn, beforeOn: before, afterOn: after };
  if (handoverOn(rota, turnOn).kind !== 'working-days') yield { code: 'no-hand-over', args, location };
  // Where the hours or their list could not be read, that is reported.
  else if (before === undefined && after === undefined) return;
  else {
    const startAt = rota.zone.startOf(dayOfTurn(turnOn));
    const isListed = isWithinHolidayLists(handbook, rota, { startAt, endAt: startAt + 1 });
    yield { code: isListed ? 'no-hand-over' : 'unlisted-day', args, location };
  }
}

function* missingEntry(rota: Rota, role: Role, find: Find): Iterable<Objection<Codes>> {
  const isTurnsOnly = role.rotation.length === 0;
  const begins = isTurnsOnly ? [...role.turns.keys()] : role.rotation.map(({ firstOn }) => firstOn);
  if (begins.length === 0) return;
  for (const [i, { firstOn, handover, location }] of rota.terms.entries()) {
    const before = rota.terms[i - 1]?.handover;
    if (before === undefined || sameHandover(handover, before)) continue;
    if (isTurnsOnly && handover.kind !== 'weeks') continue;
    const nextOn = Math.min(rota.terms[i + 1]?.firstOn ?? Number.POSITIVE_INFINITY, firstOn + LONGEST);
    if (begins.some((on) => on >= firstOn && on < nextOn)) continue;
    yield {
      code: isTurnsOnly ? 'no-turn' : 'no-entry',
      args: { role: writtenRole(role), nextOn: find(firstOn - 1 / 2).after },
      location: childLocation(location, 'handover'),
    };
  }
}
