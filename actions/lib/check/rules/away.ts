/**
 * Nobody on leave is on call; a planned absence is covered by trading turns (dxw, "Scheduling around out of office
 * time"). Reported at the absence, or at the override or agreed turn that assigns the person despite it; of very many
 * roles, for twenty. The message names a colleague in the same role who is free, eligible and not away.
 */
import { once } from '../../compare/once.ts';
import { type Assignment, childLocation, type PathLocation, type Person } from '../../model.ts';
import {
  type Away,
  absenceSpan,
  awayFrom,
  firstDayAway,
  isAvailable,
  lastDayAway,
  ownHolidayAt,
  zoneOfPerson,
} from '../../resolve/availability.ts';
import type { RoleCover } from '../../resolve/cover.ts';
import { coversOf } from '../../resolve/resolve.ts';
import { type Day, WEEKDAYS, weekdayOf } from '../../time/date.ts';
import { formatDay, formatInstant, formatSpan } from '../../time/format.ts';
import { zoneOf } from '../../time/zone.ts';
import { clip, type Instant, type Interval, restrict, type Span, type Timeline } from '../../timeline.ts';
import { ineligibility, seat, seatsBeside, upcoming } from '../duty.ts';
import { type Context, type Objection, rule } from '../rule.ts';
import { type FirstSpan, firstOf, firstWords } from '../spans.ts';

interface Clash extends FirstSpan {
  readonly person: string;
  readonly role: string;
  /** Who could take the shift; undefined where nobody could. */
  readonly colleague: string | undefined;
  /** True where times are shown in a zone of the person's that is not the rota's. */
  readonly isTheirZone?: true | undefined;
}

interface Codes {
  readonly 'on-shift': Clash & {
    /** The first and the last day of the absence; the last is undefined when the return is not known. */
    readonly firstOn: Day;
    readonly lastOn: Day | undefined;
  };
  readonly 'on-shift-then': Clash & {
    /** The hours of the absence; the end is undefined when the return is not known. */
    readonly fromAt: Instant;
    readonly untilAt: Instant | undefined;
  };
  readonly 'day-off': Clash;
  readonly 'own-holiday': Clash & { readonly holiday: string };
}

export const away = rule<Codes>({
  name: 'away',
  severity: 'error',
  summary:
    'Nobody is on a shift while they are away: on leave, on a weekday they do not work, on a holiday of their own; ' +
    'the finding names a colleague who could take it.',
  playbook: 'dxw, Scheduling around out of office time',
  *check(context) {
    const { handbook, resolved, ahead } = context;
    for (const person of handbook.people.values()) {
      if (person.away.length + person.works.length === 0 && person.holidays === undefined) continue;
      const reported = new Map<unknown, number>();
      for (const cover of coversOf(resolved, person.id)) {
        const order = once(() => peopleInOrder(context, cover));
        const held = cover.cover().filter(({ value }) => value.person === person.id);
        for (const it of awayFrom(handbook, person, cover, ahead)) {
          const key = keyOf(it);
          const count = reported.get(key) ?? 0;
          if (count >= MOST_ROLES) continue;
          const spans = upcoming(restrict(held, it.spans), ahead);
          if (spans.length === 0) continue;
          reported.set(key, count + 1);
          yield missed(context, person, it, { cover, order }, spans);
        }
      }
    }
  },
  describe: {
    'on-shift': ({ firstOn, lastOn, ...clash }) => {
      if (lastOn === undefined) return sentence(clash, `is away from ${formatDay(firstOn)} on`);
      return sentence(
        clash,
        `is away ${formatDay(firstOn)}${lastOn === firstOn ? '' : ` to ${formatDay(lastOn)}`}`,
      );
    },
    'on-shift-then': ({ fromAt, untilAt, ...clash }) => {
      const zone = zoneOf(clash.zone);
      const when =
        untilAt === undefined ? `from ${formatInstant(zone, fromAt)} on` : formatSpan(zone, fromAt, untilAt);
      return sentence(clash, `is away ${when}`);
    },
    'day-off': (clash) =>
      sentence(clash, `does not work on ${weekdayName(zoneOf(clash.zone).dayOf(clash.startAt))}`),
    'own-holiday': ({ holiday, ...clash }) => sentence(clash, `has a holiday (${holiday})`),
  },
  advice: ['colleague'],
});

/** Of an absence, a pattern of work or holidays, so many roles are reported. */
const MOST_ROLES = 20;

/** What an absence is written as, which is the same for all roles. */
const keyOf = ({ reason }: Away): unknown =>
  reason.kind === 'absence' ? reason.absence : reason.kind === 'weekday' ? reason.pattern : reason.kind;

/** A role, and who has turns of it. */
interface Seat {
  readonly cover: RoleCover;
  readonly order: () => readonly string[];
}

/** `Fridays`. */
function weekdayName(day: Day): string {
  const name = WEEKDAYS[weekdayOf(day)] as string;
  return `${name[0]?.toUpperCase()}${name.slice(1)}s`;
}

function sentence({ person, role, colleague, isTheirZone, ...first }: Clash, why: string): string {
  const advice =
    colleague === undefined ? 'nobody else in the rotation is free then' : `${colleague} could take it`;
  const zone = isTheirZone === true ? ` (${first.zone})` : '';
  return `${person} ${why} and is ${role} ${firstWords(first)}${zone}; ${advice}`;
}

function missed(
  context: Context,
  person: Person,
  { reason }: Away,
  { cover, order }: Seat,
  spans: Timeline<Assignment>,
): Objection<Codes> {
  const zone = zoneOfPerson(person, cover.rota);
  const first = spans[0] as Span<Assignment>;
  const { value: assignment } = spans.find(({ value }) => value.by !== 'rotation') ?? first;
  const who = { person: person.id, role: seat(cover) };
  const clash = {
    ...firstOf(zone, spans),
    colleague: standIn(context, cover, order(), first),
    ...(zone === cover.rota.zone ? {} : { isTheirZone: true as const }),
  };
  const at = (own: PathLocation): PathLocation => (assignment.by === 'rotation' ? own : assignment.location);
  switch (reason.kind) {
    case 'absence': {
      const { absence } = reason;
      const location = at(absence.location);
      if (absence.kind === 'days') {
        const days = { firstOn: firstDayAway(absence), lastOn: lastDayAway(absence) };
        return { code: 'on-shift', args: { ...who, ...days, ...clash }, location };
      }
      const { startAt: fromAt, endAt } = absenceSpan(zone, absence);
      const untilAt = Number.isFinite(endAt) ? endAt : undefined;
      return { code: 'on-shift-then', args: { ...who, fromAt, untilAt, ...clash }, location };
    }
    case 'weekday':
      return { code: 'day-off', args: { ...who, ...clash }, location: at(reason.pattern.location) };
    case 'holiday': {
      const holiday = ownHolidayAt(context.handbook, person, cover.rota, first.startAt) ?? '';
      const location = at(childLocation(person.location, 'holidays'));
      return { code: 'own-holiday', args: { ...who, holiday, ...clash }, location };
    }
  }
}

/** Whoever has turns of a role, in the order of their first ones. */
function peopleInOrder({ resolved }: Context, cover: RoleCover): readonly string[] {
  const turns = seatsBeside(resolved, cover).flatMap(({ list }) => list);
  return [...new Set(turns.flatMap(({ value: turn }) => turn?.person ?? []))];
}

/** The next person in the role's order who is eligible, not away and not in another counting role then. */
function standIn(
  context: Context,
  cover: RoleCover,
  order: readonly string[],
  { startAt, endAt, value }: Span<Assignment>,
): string | undefined {
  const next = order.indexOf(value.person) + 1;
  return [...order.slice(next), ...order.slice(0, next)].find((id) => {
    const colleague = context.handbook.people.get(id);
    return (
      id !== value.person &&
      colleague !== undefined &&
      ineligibility(cover, colleague, startAt, endAt) === undefined &&
      isAvailable(context.handbook, colleague, cover, { startAt, endAt }) &&
      !isBusyIn(context, id, { startAt, endAt })
    );
  });
}

const isBusyIn = ({ resolved }: Context, id: string, span: Interval): boolean =>
  coversOf(resolved, id).some(
    ({ role, cover }) => role.counts && clip(cover(), span).some(({ value }) => value.person === id),
  );
