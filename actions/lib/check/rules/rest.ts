/**
 * Out-of-hours work can mean being woken, so a person's out-of-hours turns are separated by as many turns of others as
 * `policies/on-call.yaml` requires. No playbook has this rule: dxw's only lets people rest after a bad night. Counts
 * all out-of-hours roles (`needs: {on_call: true}`) with their whole-turn overrides; a cover of some hours is not a
 * turn. Reported at the line that assigns the person to the second turn.
 * Two turns at once in roles that are on at different hours have none between them; in roles that are on at the same
 * hours, they are the concern of `double-booked`. Where roles of two teams meet, the stricter policy applies.
 */
import type { Assignment } from '../../model.ts';
import type { RoleCover } from '../../resolve/cover.ts';
import type { Turn } from '../../resolve/rotation.ts';
import { DAY } from '../../time/date.ts';
import { formatTurn, type TurnOn } from '../../time/turn-name.ts';
import { clip, type Instant, type Interval, indexFrom, restrict, spanAt } from '../../timeline.ts';
import { moreSpecific, seat } from '../duty.ts';
import { restTerms } from '../person-duties.ts';
import { type Context, type Objection, rule } from '../rule.ts';

/** A turn that somebody holds. It points to what there is, because a large handbook has hundreds of thousands. */
interface Held {
  readonly turn: Turn;
  readonly cover: RoleCover;
  readonly assignment: Assignment;
}

interface Codes {
  readonly 'too-close': {
    readonly person: string;
    /** The earlier turn and the later one. */
    readonly earlier: string;
    readonly earlierOn: TurnOn;
    readonly later: string;
    readonly laterOn: TurnOn;
    /** How many turns of others the policy requires between them. */
    readonly turnsBetween: number;
  };
}

export const rest = rule<Codes>({
  name: 'rest',
  severity: 'warning',
  summary: "A person's out-of-hours turns are separated by enough turns of others.",
  playbook: "this handbook's own policy",
  check: tooClose,
  describe: {
    'too-close': ({ person, earlier, earlierOn, later, laterOn, turnsBetween }) => {
      const [from, again] = [formatTurn(earlierOn), formatTurn(laterOn)];
      const turns = `${turnsBetween} turn${turnsBetween === 1 ? '' : 's'}`;
      return (
        `${person} has the turn of ${earlier} from ${from} and of ${later} from ${again}; ` +
        `the policy asks ${turns} of others between them`
      );
    },
  },
  advice: ['turnsBetween'],
});

function* tooClose({ handbook, resolved, ahead }: Context): Iterable<Objection<Codes>> {
  const reported = new Set<string>();
  const { onCall } = handbook;
  const most = Math.max(...[onCall, ...onCall.teams.values()].map((it) => it.rest.turnsBetween));
  for (const [person, turns] of heldTurns(resolved.roles.values())) {
    for (const [i, held] of turns.entries()) {
      const before = turns[i - 1];
      const { turn } = held;
      if (before === undefined || turn.endAt <= ahead.startAt || turn.startAt >= ahead.endAt) continue;
      const between = turnsApart(before, held, person);
      if (between >= most || between < 0) continue;
      const required = restTerms(handbook, [before.cover, held.cover]).map((it) => it.turnsBetween);
      const turnsBetween = Math.max(...required);
      if (between >= turnsBetween) continue;
      const { location } = moreSpecific(held.assignment, before.assignment);
      const key = JSON.stringify([person, location]);
      if (reported.has(key)) continue;
      reported.add(key);
      const earlier = seat(before.cover);
      const later = seat(held.cover);
      const args = { person, earlier, earlierOn: before.turn.on, later, laterOn: turn.on, turnsBetween };
      yield { code: 'too-close', args, location };
    }
  }
}

/**
 * How many whole turns of the first one's role fit between two. Rounded to days, so that a clock change does not
 * matter; negative when the two overlap and the person is on in both at once, or in only one of them.
 */
const turnsApart = (before: Held, held: Held, person: string): number => {
  const days = Math.round((held.turn.startAt - before.turn.endAt) / DAY);
  if (days < 0) return areApart(before, held, person) ? 0 : -1;
  return wholeTurnsBetween(before, held.turn.startAt);
};

/** Whether a person is on in both of two overlapping turns, and never in both at once. */
function areApart(before: Held, held: Held, person: string): boolean {
  if (before.cover === held.cover) return false;
  const [one = [], other = []] = [before, held].map((it) =>
    clip(it.cover.cover(), it.turn).filter(({ value }) => value.person === person),
  );
  return one.length > 0 && other.length > 0 && restrict(one, other).length === 0;
}

/** How many turns of the same role follow one until an instant; the last may lack half of itself, or half a day. */
function wholeTurnsBetween({ cover: { list }, turn }: Held, untilAt: Instant): number {
  const first = indexFrom(list, turn.startAt) + 1;
  let end = first;
  for (; end < list.length; end++) {
    const { startAt, endAt } = list[end] as Interval;
    if (endAt > untilAt + Math.min(DAY, endAt - startAt) / 2) break;
  }
  return end - first;
}

/** Every person's out-of-hours turns, in order of start. */
function heldTurns(covers: Iterable<RoleCover>): Map<string, Held[]> {
  const turns = new Map<string, Held[]>();
  for (const cover of covers) {
    if (!cover.role.needs.onCall || !cover.role.counts) continue;
    for (const turn of cover.list) {
      const assignment = spanAt(cover.afterTurnOverrides, turn.startAt)?.value;
      if (assignment === undefined) continue;
      const own = turns.get(assignment.person) ?? [];
      own.push({ cover, assignment, turn });
      turns.set(assignment.person, own);
    }
  }
  for (const own of turns.values()) own.sort((one, other) => one.turn.startAt - other.turn.startAt);
  return turns;
}
