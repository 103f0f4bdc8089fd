/**
 * Who is called from then on, also if other days turned out to be holidays: those that the head alone knows can be
 * chosen by this pull request, or by a later one, so that they hide no calls. Pure.
 */
import { overlay } from '../timeline.ts';
import { knownOtherwise, withKnownHours } from './known-holidays.ts';
import { type NewlyReached, type Reached, reachedBetween, type Sides } from './reached.ts';
import { calleeKey } from './service-calls.ts';

/** Everybody who is called from then on, once for each subject, with all times at which they may be. */
export function reachedIn({ base, head, span }: Sides): NewlyReached {
  const found = reachedBetween({ base: withKnownHours(base, head), head, span });
  const otherwise = knownOtherwise(base, head, span).flatMap(
    ({ was, is }) => reachedBetween({ base: was, head: is, span }).reached,
  );
  if (otherwise.length === 0) return found;
  const keyOf = ({ subject, callee }: Reached) => `${subject.kind} ${subject.id} ${calleeKey(callee)}`;
  const together = Map.groupBy([...found.reached, ...otherwise], keyOf);
  return { ...found, reached: [...together.values()].map((all) => all.reduce(asOne)) };
}

/** The calls of one person for one subject, found twice, in one. */
function asOne(one: Reached, other: Reached): Reached {
  const first = Math.min(...[one, other].flatMap(({ gained }) => gained[0]?.startAt ?? []));
  return {
    ...one,
    calls: overlay(other.calls, one.calls),
    gained: overlay(other.gained, one.gained),
    counted: {
      startAt: Number.isFinite(first) ? first : one.counted.startAt,
      milliseconds: Math.max(one.counted.milliseconds, other.counted.milliseconds),
    },
  };
}
