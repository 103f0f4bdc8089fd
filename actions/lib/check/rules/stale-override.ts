/**
 * `instead_of` is what the author believed; when the rota underneath has changed since, the swap they agreed is not the
 * swap that would happen (GOV.UK PaaS, "Support roles": agree it in advance with a colleague). Compared where the rota
 * is on duty: a whole turn with rotation and agreed turns, hours also with whole turns. An override that touches no
 * duty does nothing, which is never what was meant. Whoever is assigned to a planned change inside the windows should hold
 * the role then; where somebody else came to hold it, that is a warning, so that swaps pass. Overrides from before the published span are archive and rest.
 */
import { childLocation, type Override, type Role, type Rota } from '../../model.ts';
import type { RoleCover } from '../../resolve/cover.ts';
import { isWithinHolidayLists } from '../../resolve/holiday-horizon.ts';
import { byPerson, coverOf, resolveOver } from '../../resolve/resolve.ts';
import { formatSpan } from '../../time/format.ts';
import { clip, type Interval, restrict, without } from '../../timeline.ts';
import type { Context, Objection, Rule } from '../rule.ts';

export const staleOverride: Rule = {
  name: 'stale-override',
  severity: 'error',
  asks: 'is `instead_of` still who is there, and does the override touch any duty at all?',
  playbook: 'GOV.UK PaaS, Support roles',
  *check(context) {
    for (const rota of context.handbook.rotas.values()) {
      for (const override of rota.overrides) {
        const role = rota.roles.get(override.role);
        if (role !== undefined) yield* stale(context, rota, role, override);
      }
    }
  },
};

function* stale(context: Context, rota: Rota, role: Role, override: Override): Iterable<Objection> {
  const { person, insteadOf } = override.assignment;
  if (person === insteadOf) {
    yield {
      location: childLocation(override.location, 'instead_of'),
      message: `${person} takes over from ${person} here; name whom they take over from, or take the override out`,
    };
    return;
  }
  const beganAt = override.kind === 'turn' ? rota.zone.startOf(override.turnOn) : override.startAt;
  if (!isWithinHolidayLists(context.handbook, rota, { startAt: beganAt, endAt: beganAt + 1 })) {
    // Up to the horizon, that the list ends is `holidays-run-out`'s to tell.
    if (beganAt < context.ahead.endAt) return;
    yield {
      location: override.location,
      message: `the holiday list of this rota's support hours does not reach this, so nobody can say what it changes; extend the list with "rota holidays", or take this out until then`,
    };
    return;
  }
  const found = coverAround(context, rota, role, override);
  if (found === undefined) return;
  const { cover, span } = found;
  if (override.assignment.change !== undefined) {
    yield* elsewhere(rota, override, clip(cover.cover, span));
    return;
  }
  const duty =
    override.kind === 'extra' ? without([{ ...span, value: true }], cover.duty) : clip(cover.duty, span);
  if (duty.length === 0) {
    yield { location: override.location, message: uselessness(override, rota, span) };
    return;
  }
  // Somebody who does not exist is `known-names`' to tell.
  if (insteadOf === undefined || !context.handbook.people.has(insteadOf)) return;
  const beneath = byPerson(restrict(override.kind === 'turn' ? cover.turns : cover.afterTurnOverrides, duty));
  const other = beneath.find(({ value }) => value.person !== insteadOf);
  const wrong = other ?? without(duty, beneath)[0];
  if (wrong === undefined) return;
  const holder = other?.value.person ?? 'nobody';
  const when = formatSpan(
    rota.zone,
    Math.max(wrong.startAt, span.startAt),
    Math.min(wrong.endAt, span.endAt),
  );
  yield {
    location: childLocation(override.location, 'instead_of'),
    message: `${holder} is ${role.id} ${when}, not ${insteadOf}; agree this anew with ${holder === 'nobody' ? 'whoever is there' : holder} and correct instead_of`,
  };
}

/** Nobody waits for a change who is not there: inside the windows, the role is another person's by now. */
function* elsewhere(rota: Rota, override: Override, cover: RoleCover['cover']): Iterable<Objection> {
  const { person, change } = override.assignment;
  const [first] = byPerson(cover);
  if (first === undefined || cover.some(({ value }) => value.person === person)) return;
  const when = formatSpan(rota.zone, first.startAt, first.endAt);
  yield {
    location: override.location,
    severity: 'warning',
    message: `${first.value.person} is ${override.role} ${when}, not ${person}, who is assigned to ${change?.split('/').at(-1)}; agree it anew and correct person`,
  };
}

/** The span of an override and the role resolved around it; undefined where it is archive, or lies on no turn or past the holiday lists. */
function coverAround(
  { handbook, resolved }: Context,
  rota: Rota,
  role: Role,
  override: Override,
): { cover: RoleCover; span: Interval } | undefined {
  const known = coverOf(resolved, { rota: rota.id, role: role.id });
  if (known === undefined) return undefined;
  const near = spanOf(known, override);
  const inside =
    near !== undefined && near.startAt >= resolved.span.startAt && near.endAt <= resolved.span.endAt;
  if (inside) return { cover: known, span: near };
  const reach = reachOf(rota, override);
  if (reach.endAt <= resolved.span.startAt || !isWithinHolidayLists(handbook, rota, reach)) return undefined;
  const cover = resolveOver(handbook, known, reach);
  const span = cover === undefined ? undefined : spanOf(cover, override);
  if (cover === undefined || span === undefined) return undefined;
  // A turn whose hand-over was amended away may have no end.
  return { cover, span: { startAt: span.startAt, endAt: Math.min(span.endAt, reach.endAt) } };
}

function spanOf({ list }: RoleCover, override: Override): Interval | undefined {
  return override.kind === 'turn' ? list.find(({ on }) => on === override.turnOn) : override;
}

/** A span that surely holds the override: a turn is at most a week long but for amended hand-overs. */
const reachOf = ({ zone }: Rota, override: Override): Interval =>
  override.kind === 'turn'
    ? { startAt: zone.startOf(override.turnOn), endAt: zone.startOf(override.turnOn + 15) }
    : { startAt: override.startAt, endAt: override.endAt };

function uselessness(override: Override, { zone }: Rota, { startAt, endAt }: Interval): string {
  const when = formatSpan(zone, startAt, endAt);
  switch (override.kind) {
    case 'turn':
      return `this rota has no duty in the turn ${when}; take the override out`;
    case 'hours':
      return `this rota has no duty ${when}; correct the times, or add "extra: true" without instead_of for time outside its windows`;
    case 'extra':
      return `${when} lies within the windows of this rota; take "extra" out and say instead_of whom`;
  }
}
