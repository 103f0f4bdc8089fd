/**
 * Finds where somebody new goes into a rotation: at the end of its list, from the hand-over on at which the list begins
 * again, so that everybody keeps their turns until the first turn of the newcomer. Pure.
 */
import type { Handbook, Role, Rota, RotationEntry } from '../model.ts';
import { turnsOf } from '../resolve/rotation.ts';
import { DAY } from '../time/date.ts';
import { dayOfTurn, type TurnOn } from '../time/turn-name.ts';
import type { Instant } from '../timeline.ts';

/** Where the list of a rotation is to have one more person. */
export interface RotationPlace {
  /** The people of the list as it is, in order. */
  readonly people: readonly string[];
  /** The turn with which the longer list begins, and when that is. */
  readonly on: TurnOn;
  readonly startAt: Instant;
  /** The first turn of whoever is added. */
  readonly firstOn: TurnOn;
  readonly firstAt: Instant;
  readonly firstEndAt: Instant;
}

/** How long a list may take from its first person to its last. */
const LONGEST_ROUND = 3 * 366 * DAY;

/** Why nobody can be added to a role by a rule. */
export type NoPlace = 'seats' | 'no-list' | 'single-turns' | 'no-round';

/** The first beginning of a role's newest list at or after an instant; why there is none otherwise. */
export function rotationPlace(
  handbook: Handbook,
  { rota, role }: { readonly rota: Rota; readonly role: Role },
  notBefore: Instant,
): RotationPlace | NoPlace {
  const entry = role.rotation.at(-1);
  if (role.seat !== undefined) return 'seats';
  if (entry === undefined || entry.people.length === 0) return 'no-list';
  if (isSingleTurns(role, entry)) return 'single-turns';
  const people = entry.people.map(({ person }) => person);
  const since = rota.zone.startOf(dayOfTurn(entry.firstOn));
  const endAt = Math.max(since, notBefore) + LONGEST_ROUND;
  const turns = turnsOf(handbook, rota, role, { startAt: since, endAt }).filter(
    ({ on }) => on >= entry.firstOn,
  );
  for (let i = people.length; i < turns.length; i += people.length) {
    const [start, first] = [turns[i], turns[i + people.length]];
    if (start === undefined || first === undefined || !Number.isFinite(first.endAt)) break;
    if (start.startAt < notBefore) continue;
    const { on, startAt } = start;
    return { people, on, startAt, firstOn: first.on, firstAt: first.startAt, firstEndAt: first.endAt };
  }
  return 'no-round';
}

/** Whether every entry is the turn of one person, of several: then the next one is decided when it comes. */
const isSingleTurns = ({ rotation }: Role, { people }: RotationEntry): boolean =>
  people.length === 1 && rotation.length > 1 && rotation.every((it) => it.people.length <= 1);
