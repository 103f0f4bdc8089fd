/**
 * Out-of-hours work means being woken, so between two out-of-hours turns of one person lie turns of others, as many as
 * `policies/on-call.yaml` asks (dxw, "Claiming TOIL": rest after a disrupted night). Counted over all out-of-hours
 * roles (`needs: {on_call: true}`) with whole-turn overrides; a cover of some hours is no turn. Told at whoever put the
 * person into the second turn.
 */
import type { Assignment } from '../../model.ts';
import type { RoleCover } from '../../resolve/cover.ts';
import { DAY } from '../../time/date.ts';
import { formatDay } from '../../time/format.ts';
import { type Interval, spanAt } from '../../timeline.ts';
import { type Rule, seat, telling } from '../rule.ts';

interface Held extends Interval {
  readonly cover: RoleCover;
  readonly assignment: Assignment;
}

export const rest: Rule = {
  name: 'rest',
  severity: 'warning',
  asks: "are there enough turns between a person's out-of-hours turns?",
  playbook: 'dxw, Claiming TOIL',
  *check({ handbook, resolved, ahead }) {
    const { turnsBetween } = handbook.onCall.rest;
    const told = new Set<string>();
    for (const [person, turns] of heldTurns(resolved.roles.values())) {
      for (const [i, turn] of turns.entries()) {
        const before = turns[i - 1];
        if (before === undefined || turn.endAt <= ahead.startAt || turn.startAt >= ahead.endAt) continue;
        const between = turnsApart(before, turn);
        if (between >= turnsBetween || between < 0) continue;
        const { location } = telling(turn.assignment, before.assignment);
        const key = JSON.stringify([person, location]);
        if (told.has(key)) continue;
        told.add(key);
        const message = `${person} has the turn of ${seat(before.cover)} from ${on(before)} and of ${seat(turn.cover)} from ${on(turn)}; the policy asks ${turnsBetween} turn${turnsBetween === 1 ? '' : 's'} of others between them`;
        yield { location: location, message };
      }
    }
  },
};

const on = ({ cover, startAt }: Held): string => formatDay(cover.rota.zone.dayOf(startAt));

/** Whole turns of the first one's length that fit between two; an hour more or less does not count; negative when they overlap. */
const turnsApart = (before: Held, { startAt }: Held): number => {
  const days = Math.round((startAt - before.endAt) / DAY);
  return days < 0 ? -1 : Math.floor(days / Math.max(1, Math.round((before.endAt - before.startAt) / DAY)));
};

/** Every person's out-of-hours turns, in order of start. */
function heldTurns(covers: Iterable<RoleCover>): Map<string, Held[]> {
  const turns = new Map<string, Held[]>();
  for (const cover of covers) {
    if (!cover.role.needs.onCall || !cover.role.counts) continue;
    for (const { startAt, endAt } of cover.list) {
      const assignment = spanAt(cover.afterTurnOverrides, startAt)?.value;
      if (assignment === undefined) continue;
      const own = turns.get(assignment.person) ?? [];
      own.push({ cover, assignment, startAt, endAt });
      turns.set(assignment.person, own);
    }
  }
  for (const own of turns.values()) own.sort((one, other) => one.startAt - other.startAt);
  return turns;
}
