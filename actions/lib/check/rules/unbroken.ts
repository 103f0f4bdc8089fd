/**
 * Nobody is on for days without a break, and between two duties there is time to rest: `longest_unbroken` and
 * `hours_between` of `rest` in `policies/on-call.yaml`; without a key there is no limit, and no playbook sets one.
 * Both count over all rotas of a person and in all counting roles. Shifts that touch or overlap are without a break.
 * Two duties are shifts in different roles, or in turns of one role that others separate: the days of one turn, and of
 * two turns in a row, are one duty, in whichever seats. Where roles of several teams meet, the strictest of their
 * policies applies. Reported once for each person, or each pair of roles, at the line that assigns them.
 */
import { type Handbook, writtenRole } from '../../model.ts';
import { after, type Duration, durationText, elapsedOf } from '../../time/duration.ts';
import { formatInstant } from '../../time/format.ts';
import { zoneOf } from '../../time/zone.ts';
import { type Interval, indexFrom } from '../../timeline.ts';
import { moreSpecific, seat } from '../duty.ts';
import { byLength, countingSeats, type Duty, dutiesOf, restTerms, zoneFor } from '../person-duties.ts';
import { type Context, type Objection, rule } from '../rule.ts';
import { type FirstSpan, firstOf, firstWords } from '../spans.ts';

interface Times extends FirstSpan {
  readonly person: string;
  /** True where times are shown in a zone of the person's that is not the rota's. */
  readonly isTheirZone?: true | undefined;
}

interface Codes {
  readonly 'too-long': Times & {
    /** The roles that make up the first of these times. */
    readonly roles: readonly string[];
    readonly longest: Duration;
  };
  /** The span is the time between the two duties, which may be empty. */
  readonly 'too-soon': Times & {
    readonly earlier: string;
    readonly later: string;
    readonly hoursBetween: Duration;
  };
}

export const unbroken = rule<Codes>({
  name: 'unbroken',
  severity: 'warning',
  summary:
    'Nobody is on for longer than longest_unbroken, or with less than hours_between two duties, over all their rotas.',
  playbook: "this handbook's own policy",
  *check(context) {
    const { onCall } = context.handbook;
    const policies = [onCall, ...onCall.teams.values()].map(({ rest }) => rest);
    if (policies.every((it) => it.longestUnbroken === undefined && it.hoursBetween === undefined)) return;
    for (const person of context.resolved.people().keys()) {
      const seats = countingSeats(context.resolved, person);
      const duties = dutiesOf(seats, person);
      yield* tooLong(context, person, duties);
      yield* tooSoon(context, person, duties);
    }
  },
  describe: {
    'too-long': ({ person, roles, longest, isTheirZone, ...first }) =>
      `${person} is on without a break ${firstWords(first)}${zoneNote(first.zone, isTheirZone)} ` +
      `(${roles.join(', ')}); ` +
      `the policy allows ${durationText(longest)}, so give a part of it to somebody else`,
    'too-soon': ({ person, earlier, later, hoursBetween, zone, isTheirZone, startAt, endAt, more }) => {
      const [until, from] = [startAt, endAt].map((at) => formatInstant(zoneOf(zone), at));
      const again = more === 0 ? '' : ` (and ${more} more time${more === 1 ? '' : 's'})`;
      return (
        `${person} is ${earlier} until ${until} and ${later} from ${from}${zoneNote(zone, isTheirZone)}${again}; ` +
        `the policy asks ${durationText(hoursBetween)} between them`
      );
    },
  },
});

const zoneNote = (zone: string, isTheirZone: true | undefined): string =>
  isTheirZone === true ? ` (${zone})` : '';

/** Spans in the zone of a person, or without one of the rota that they begin in. */
const shownTo = (handbook: Handbook, person: string, { cover }: Duty, spans: readonly Interval[]) => {
  const zone = zoneFor(handbook, person, cover);
  return { ...firstOf(zone, spans), ...(zone === cover.rota.zone ? {} : { isTheirZone: true as const }) };
};

/** Shifts without a break between them. */
interface Run extends Interval {
  readonly duties: readonly Duty[];
}

function* tooLong(
  { handbook, ahead }: Context,
  person: string,
  duties: readonly Duty[],
): Iterable<Objection<Codes>> {
  const runs = runsIn(duties).filter(({ startAt, endAt }) => endAt > ahead.startAt && startAt < ahead.endAt);
  const long = runs.flatMap((run) => {
    const limit = limitOf(handbook, run);
    const [{ cover }] = run.duties as readonly [Duty];
    const zone = zoneFor(handbook, person, cover);
    return limit === undefined || run.endAt <= after(zone, run.startAt, limit) ? [] : [{ run, limit }];
  });
  const [first] = long;
  if (first === undefined) return;
  const { run, limit: longest } = first;
  const roles = [...new Set(run.duties.map(({ cover }) => seat(cover)))];
  const { location } = run.duties.map(({ value }) => value).reduce((one, other) => moreSpecific(other, one));
  const runsShown = long.map((it) => it.run);
  const spans = shownTo(handbook, person, run.duties[0] as Duty, runsShown);
  yield { code: 'too-long', args: { person, roles, longest, ...spans }, location };
}

function runsIn(duties: readonly Duty[]): readonly Run[] {
  const runs: { startAt: number; endAt: number; duties: Duty[] }[] = [];
  for (const duty of duties) {
    const last = runs.at(-1);
    if (last !== undefined && duty.startAt <= last.endAt) {
      last.duties.push(duty);
      last.endAt = Math.max(last.endAt, duty.endAt);
    } else runs.push({ startAt: duty.startAt, endAt: duty.endAt, duties: [duty] });
  }
  return runs;
}

/** The shortest limit among the teams whose roles meet. */
function limitOf(handbook: Handbook, { duties }: Run): Duration | undefined {
  const limits = restTerms(
    handbook,
    duties.map(({ cover }) => cover),
  ).flatMap(({ longestUnbroken }) => longestUnbroken ?? []);
  return byLength(limits)[0];
}

/** Duties of one person with too few hours between them. */
interface Pair extends Interval {
  readonly before: Duty;
  readonly duty: Duty;
  readonly hoursBetween: Duration;
}

function* tooSoon(context: Context, person: string, duties: readonly Duty[]): Iterable<Objection<Codes>> {
  const pairs = Map.groupBy(pairsOf(context, duties), ({ before, duty }) =>
    JSON.stringify([seat(before.cover), seat(duty.cover)]),
  );
  for (const all of pairs.values()) {
    const [{ before, duty, hoursBetween }] = all as [Pair];
    const { location } = moreSpecific(duty.value, before.value);
    const roles = { earlier: seat(before.cover), later: seat(duty.cover) };
    const spans = shownTo(context.handbook, person, duty, all);
    yield { code: 'too-soon', args: { person, ...roles, hoursBetween, ...spans }, location };
  }
}

function* pairsOf({ handbook, ahead }: Context, duties: readonly Duty[]): Iterable<Pair> {
  let before: Duty | undefined;
  for (const duty of duties) {
    if (before !== undefined && duty.endAt > ahead.startAt && duty.startAt < ahead.endAt) {
      const gap = duty.startAt - before.endAt;
      const hoursBetween = requiredBetween(handbook, before, duty);
      if (hoursBetween !== undefined && gap >= 0 && gap < (elapsedOf(hoursBetween) ?? 0))
        yield { startAt: before.endAt, endAt: duty.startAt, before, duty, hoursBetween };
    }
    if (before === undefined || duty.endAt >= before.endAt) before = duty;
  }
}

/** The longest rest that a team of two shifts asks for; undefined for shifts of one duty. */
const requiredBetween = (handbook: Handbook, before: Duty, duty: Duty): Duration | undefined =>
  isOneDuty(before, duty)
    ? undefined
    : byLength(
        restTerms(handbook, [before.cover, duty.cover]).flatMap(({ hoursBetween }) => hoursBetween ?? []),
      ).at(-1);

/** Whether two shifts are in one role, its seats included, and in one turn or in two that follow each other. */
function isOneDuty(before: Duty, duty: Duty): boolean {
  const isOneRole =
    before.cover.rota === duty.cover.rota && writtenRole(before.cover.role) === writtenRole(duty.cover.role);
  if (!isOneRole) return false;
  const { list } = duty.cover;
  return indexFrom(list, duty.startAt) - indexFrom(list, before.endAt - 1) <= 1;
}
