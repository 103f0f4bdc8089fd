/**
 * Somebody on leave is nobody on call. "The developers affected are expected to trade slots in the rota to accommodate
 * known absences" (dxw, "Scheduling around out of office time"). Told at the absence, or at the override or agreed turn
 * that put the person there in spite of it; names a colleague of the role who is free, eligible and there.
 */
import type { Absence, Assignment, Person } from '../../model.ts';
import type { RoleCover } from '../../resolve/cover.ts';
import { coversOf } from '../../resolve/resolve.ts';
import { formatDay } from '../../time/format.ts';
import { clip, type Interval, type Span } from '../../timeline.ts';
import { type Context, firstOf, ineligibility, type Objection, type Rule, seat, upcoming } from '../rule.ts';

export const away: Rule = {
  name: 'away',
  severity: 'error',
  asks: 'is nobody on a shift on a day they are away? It names a colleague who could take it',
  playbook: 'dxw, Scheduling around out of office time',
  *check(context) {
    for (const person of context.handbook.people.values()) {
      for (const absence of person.away) {
        for (const cover of coversOf(context.resolved, person.id))
          yield* missed(context, person, absence, cover);
      }
    }
  },
};

function* missed(context: Context, person: Person, absence: Absence, cover: RoleCover): Iterable<Objection> {
  const { zone } = cover.rota;
  const days = { startAt: zone.startOf(absence.firstOn), endAt: zone.startOf(absence.lastOn + 1) };
  const spans = upcoming(clip(cover.cover, days), context.ahead).filter(
    ({ value }) => value.person === person.id,
  );
  const [first] = spans;
  if (first === undefined) return;
  const until = absence.lastOn === absence.firstOn ? '' : ` to ${formatDay(absence.lastOn)}`;
  const colleague = standIn(context, cover, first);
  const hint =
    colleague === undefined ? 'nobody else in the rotation is free then' : `${colleague} could take it`;
  const placed: Span<Assignment> = spans.find(({ value }) => value.by !== 'rotation') ?? first;
  yield {
    location: placed.value.by === 'rotation' ? absence.location : placed.value.location,
    message: `${person.id} is away ${formatDay(absence.firstOn)}${until} and is ${seat(cover)} ${firstOf(zone, spans)}; ${hint}`,
  };
}

/** The next in the role's order who is eligible, not away and in no other counting role then. */
function standIn(
  context: Context,
  cover: RoleCover,
  { startAt, endAt, value }: Span<Assignment>,
): string | undefined {
  const order = [...new Set(cover.list.flatMap(({ value: turn }) => turn?.person ?? []))];
  const next = order.indexOf(value.person) + 1;
  return [...order.slice(next), ...order.slice(0, next)].find((id) => {
    const colleague = context.handbook.people.get(id);
    return (
      id !== value.person &&
      colleague !== undefined &&
      ineligibility(cover, colleague, startAt, endAt) === undefined &&
      !colleague.away.some((absence) => isAwayIn(absence, cover, { startAt, endAt })) &&
      !isBusyIn(context, id, { startAt, endAt })
    );
  });
}

const isAwayIn = ({ firstOn, lastOn }: Absence, { rota: { zone } }: RoleCover, span: Interval): boolean =>
  zone.startOf(firstOn) < span.endAt && zone.startOf(lastOn + 1) > span.startAt;

const isBusyIn = ({ resolved }: Context, id: string, span: Interval): boolean =>
  coversOf(resolved, id).some(
    ({ role, cover }) => role.counts && clip(cover, span).some(({ value }) => value.person === id),
  );
