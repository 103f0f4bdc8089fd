/**
 * Nobody on leave is on call; a planned absence is covered by trading turns (dxw, "Scheduling around out of office
 * time"). Reported at the absence, or at the override or agreed turn that assigns the person despite it. The message
 * names a colleague in the same role who is free, eligible and not away.
 */
import type { Absence, Assignment, Person } from '../../model.ts';
import type { RoleCover } from '../../resolve/cover.ts';
import { coversOf } from '../../resolve/resolve.ts';
import type { Day } from '../../time/date.ts';
import { formatDay } from '../../time/format.ts';
import { clip, type Interval, type Span } from '../../timeline.ts';
import { ineligibility, seat, seatsBeside, upcoming } from '../duty.ts';
import { type Context, type Objection, rule } from '../rule.ts';
import { type FirstSpan, firstOf, firstWords } from '../spans.ts';

interface Codes {
  readonly 'on-shift': FirstSpan & {
    readonly person: string;
    readonly role: string;
    /** The first and the last day of the absence. */
    readonly firstOn: Day;
    readonly lastOn: Day;
    /** Who could take the shift; undefined where nobody could. */
    readonly colleague: string | undefined;
  };
}

export const away = rule<Codes>({
  name: 'away',
  severity: 'error',
  summary: 'Nobody is on a shift on a day they are away; the finding names a colleague who could take it.',
  playbook: 'dxw, Scheduling around out of office time',
  *check(context) {
    for (const person of context.handbook.people.values()) {
      for (const absence of person.away) {
        for (const cover of coversOf(context.resolved, person.id))
          yield* missed(context, person, absence, cover);
      }
    }
  },
  describe: {
    'on-shift': ({ person, role, firstOn, lastOn, colleague, ...first }) => {
      const until = lastOn === firstOn ? '' : ` to ${formatDay(lastOn)}`;
      const advice =
        colleague === undefined ? 'nobody else in the rotation is free then' : `${colleague} could take it`;
      return `${person} is away ${formatDay(firstOn)}${until} and is ${role} ${firstWords(first)}; ${advice}`;
    },
  },
  advice: ['colleague'],
});

function* missed(
  context: Context,
  person: Person,
  absence: Absence,
  cover: RoleCover,
): Iterable<Objection<Codes>> {
  const { zone } = cover.rota;
  const { firstOn, lastOn } = absence;
  const days = { startAt: zone.startOf(firstOn), endAt: zone.startOf(lastOn + 1) };
  const spans = upcoming(clip(cover.cover(), days), context.ahead).filter(
    ({ value }) => value.person === person.id,
  );
  const [first] = spans;
  if (first === undefined) return;
  const { value: assignment } = spans.find(({ value }) => value.by !== 'rotation') ?? first;
  yield {
    code: 'on-shift',
    args: {
      person: person.id,
      role: seat(cover),
      firstOn,
      lastOn,
      ...firstOf(zone, spans),
      colleague: standIn(context, cover, first),
    },
    location: assignment.by === 'rotation' ? absence.location : assignment.location,
  };
}

/** The next person in the role's order who is eligible, not away and not in another counting role then. */
function standIn(
  context: Context,
  cover: RoleCover,
  { startAt, endAt, value }: Span<Assignment>,
): string | undefined {
  const turns = seatsBeside(context.resolved, cover).flatMap(({ list }) => list);
  const order = [...new Set(turns.flatMap(({ value: turn }) => turn?.person ?? []))];
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
    ({ role, cover }) => role.counts && clip(cover(), span).some(({ value }) => value.person === id),
  );
