/** Overlays overrides on the turns of a role, in order of precedence: whole turns, then hours, then extra time. */
import type { Assignment, Override, Role, Rota } from '../model.ts';
import {
  clip,
  type Interval,
  layered,
  merge,
  overlay,
  restrict,
  type Span,
  type Timeline,
  without,
} from '../timeline.ts';
import type { Turn } from './rotation.ts';

/**
 * Who holds a role, layer by layer. `cover` is the result; the `instead_of` of an override is compared with the layers
 * below it.
 */
export interface Layers {
  /** By rotation and agreed turns, on duty or not. */
  readonly turns: Timeline<Assignment>;
  /** With whole-turn overrides, on duty or not. */
  readonly afterTurnOverrides: Timeline<Assignment>;
  /** With all overrides, on duty only, and extra time; by far the longest, and computed when it is called. */
  readonly cover: () => Timeline<Assignment>;
}

/** Overlays a role's overrides on its turns; `duty` has a value wherever the rota is on duty `within` a span. */
export function layersOf(
  rota: Rota,
  role: Role,
  turns: readonly Turn[],
  duty: Timeline<unknown>,
  within: Interval,
): Layers {
  const held = merge(turns.filter((turn): turn is Turn & Span<Assignment> => turn.value !== undefined));
  const own = rota.overrides.filter((override) => override.role === role.id);
  if (own.length === 0) return { turns: held, afterTurnOverrides: held, cover: () => restrict(held, duty) };
  const afterTurnOverrides = overlay(held, layered(turnSpans(own, turns)));
  const cover = () => {
    const hours = overlay(afterTurnOverrides, layered(own.flatMap((override) => span(override, 'hours'))));
    const extra = layered(own.flatMap((override) => span(override, 'extra')));
    return overlay(restrict(hours, duty), without(clip(extra, within), duty));
  };
  return { turns: held, afterTurnOverrides, cover };
}

const span = (override: Override, kind: 'hours' | 'extra') =>
  override.kind === kind
    ? [{ startAt: override.startAt, endAt: override.endAt, value: override.assignment }]
    : [];

/** The whole turns that overrides give. Apart, because `cover` keeps everything that the functions beside it use. */
function turnSpans(own: readonly Override[], turns: readonly Turn[]): readonly Span<Assignment>[] {
  const given = own.filter((override) => override.kind === 'turn');
  if (given.length === 0) return [];
  const turnOn = new Map(turns.map((turn) => [turn.on, turn]));
  return given.flatMap((override) => {
    const turn = turnOn.get(override.turnOn);
    return turn === undefined
      ? []
      : [{ startAt: turn.startAt, endAt: turn.endAt, value: override.assignment }];
  });
}
