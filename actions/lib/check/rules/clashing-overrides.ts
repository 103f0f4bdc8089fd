/**
 * Two overrides of one kind do not overlap in a role: only one of them could apply, although both people agreed. An
 * override of hours does not clash with one of the whole turn, which it takes precedence over; nor does a planned
 * change clash with an override that assigns the same person. Reported at the later of the two.
 */
import type { Override, Rota } from '../../model.ts';
import { coverOf } from '../../resolve/resolve.ts';
import { type TurnFinder, turnFinder } from '../../resolve/turn-finder.ts';
import { dayOfTurn, type TurnOn, turnText } from '../../time/turn-name.ts';
import { type Context, type Objection, rule } from '../rule.ts';
import { spanWords, type ZonedSpan } from '../spans.ts';

type Origin = 'override' | 'planned change';

interface Codes {
  readonly 'same-turn': { readonly person: string; readonly turnOn: TurnOn };
  readonly 'same-hours': ZonedSpan & {
    /** Whom the earlier one assigns. */
    readonly person: string;
    readonly earlier: Origin;
    readonly later: Origin;
  };
}

export const clashingOverrides = rule<Codes>({
  name: 'clashing-overrides',
  severity: 'error',
  summary: 'Overrides of one kind do not overlap in a role.',
  *check(context) {
    for (const rota of context.handbook.rotas.values()) {
      const finders = new Map<string, TurnFinder>();
      const current = rota.overrides.filter(
        (override) => endOf(context, rota, override, finders) > context.ahead.startAt,
      );
      const groups = Map.groupBy(current, ({ role, kind }) => `${role} ${kind}`);
      for (const group of groups.values()) yield* clashes(rota, group);
    }
  },
  describe: {
    'same-turn': ({ person, turnOn }) =>
      `another override already gives the turn of ${turnText(turnOn)} to ${person}; keep one of them`,
    'same-hours': ({ person, earlier, later, ...span }) => {
      const advice = later === 'override' ? 'shorten one of them' : `assign ${person} in both`;
      return `another ${earlier} already assigns ${person} ${spanWords(span)}; ${advice}`;
    },
  },
  advice: ['later'],
});

function* clashes(rota: Rota, group: readonly Override[]): Iterable<Objection<Codes>> {
  const sorted = group.toSorted((one, other) => startOf(one) - startOf(other));
  let longest: Override | undefined;
  for (const override of sorted) {
    if (longest !== undefined) yield* clash(rota, longest, override);
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

/** The clash of an override with one that begins before it. */
function* clash(rota: Rota, before: Override, override: Override): Iterable<Objection<Codes>> {
  const { person } = before.assignment;
  const at = { location: override.location, related: [before.location] };
  if (override.kind === 'turn') {
    if (before.kind === 'turn' && before.turnOn === override.turnOn)
      yield { code: 'same-turn', args: { person, turnOn: override.turnOn }, ...at };
    return;
  }
  if (before.kind === 'turn' || before.endAt <= override.startAt) return;
  const earlier = originOf(before);
  const later = originOf(override);
  const isPlanned = earlier === 'planned change' || later === 'planned change';
  if (isPlanned && person === override.assignment.person) return;
  const span = { startAt: override.startAt, endAt: Math.min(before.endAt, override.endAt) };
  yield { code: 'same-hours', args: { person, earlier, later, zone: rota.zone.name, ...span }, ...at };
}

const originOf = ({ assignment: { change } }: Override): Origin =>
  change === undefined ? 'override' : 'planned change';

const startOf = (override: Override): number =>
  override.kind === 'turn' ? override.turnOn : override.startAt;

/** When an override ends; one of no turn, which is reported, ends after a week. `finders` are kept by role. */
function endOf(
  { handbook, resolved }: Context,
  rota: Rota,
  override: Override,
  finders: Map<string, TurnFinder>,
): number {
  if (override.kind !== 'turn') return override.endAt;
  const { role: id, turnOn } = override;
  const cover = coverOf(resolved, { rota: rota.id, role: id });
  const turn = cover?.list.find(({ on }) => on === turnOn);
  if (turn !== undefined) return turn.endAt;
  const role = rota.roles.get(id);
  const find = finders.get(id) ?? (role === undefined ? () => undefined : turnFinder(handbook, rota, role));
  finders.set(id, find);
  return find(turnOn)?.endAt ?? rota.zone.startOf(dayOfTurn(turnOn) + 8);
}
