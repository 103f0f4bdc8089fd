/**
 * `instead_of` is what the author believed; when the rota underneath has changed since, the swap they agreed is not the
 * swap that would happen (GOV.UK PaaS, "Support roles": agree it in advance with a colleague). Compared where the rota
 * is on duty: a whole turn with rotation and agreed turns, hours also with whole turns. An override that touches no
 * duty does nothing, which is never what was meant. Whoever is assigned to a planned change inside the windows should
 * hold the role then; where somebody else came to hold it, that is a warning, so that swaps pass. Overrides from before
 * the published span are archive and not checked. Reported at the override or its `instead_of`.
 */
import { type Assignment, childLocation, type Override, type Role, type Rota } from '../../model.ts';
import type { RoleCover } from '../../resolve/cover.ts';
import { isWithinHolidayLists } from '../../resolve/holiday-horizon.ts';
import { byPerson, coverOf, resolveOver } from '../../resolve/resolve.ts';
import { clip, type Interval, restrict, type Timeline, without } from '../../timeline.ts';
import { type Context, type Objection, rule } from '../rule.ts';
import { spanWords, type ZonedSpan } from '../spans.ts';

interface Codes {
  readonly 'same-person': { readonly person: string };
  readonly 'beyond-holidays': Readonly<Record<string, never>>;
  readonly 'other-holder': ZonedSpan & {
    readonly role: string;
    /** Who holds the role; nobody is undefined. */
    readonly holder: string | undefined;
    readonly insteadOf: string;
  };
  readonly 'other-holder-of-change': ZonedSpan & {
    readonly role: string;
    readonly holder: string;
    readonly person: string;
    readonly change: string;
  };
  readonly 'no-duty-in-turn': ZonedSpan;
  readonly 'no-duty': ZonedSpan;
  readonly 'not-extra': ZonedSpan;
}

/** The code for an override that touches no duty, by its kind. */
const USELESS = { turn: 'no-duty-in-turn', hours: 'no-duty', extra: 'not-extra' } as const;

export const staleOverride = rule<Codes>({
  name: 'stale-override',
  severity: 'error',
  summary: 'Every override touches some duty, and its instead_of is still who is there.',
  playbook: 'GOV.UK PaaS, Support roles',
  *check(context) {
    for (const rota of context.handbook.rotas.values()) {
      for (const override of rota.overrides) {
        const role = rota.roles.get(override.role);
        if (role !== undefined) yield* stale(context, rota, role, override);
      }
    }
  },
  describe: {
    'same-person': ({ person }) =>
      `${person} takes over from ${person} here; name whom they take over from, or take the override out`,
    'beyond-holidays': () =>
      `the holiday list of this rota's support hours does not reach this, so nobody can say what it changes; extend the list with "rota holidays", or take this out until then`,
    'other-holder': ({ role, holder, insteadOf, ...span }) =>
      `${holder ?? 'nobody'} is ${role} ${spanWords(span)}, not ${insteadOf}; confirm this with ${holder ?? 'whoever is there'} again and correct instead_of`,
    'other-holder-of-change': ({ role, holder, person, change, ...span }) =>
      `${holder} is ${role} ${spanWords(span)}, not ${person}, who is assigned to ${change}; confirm this with ${holder} again and correct person`,
    'no-duty-in-turn': (span) =>
      `this rota has no duty in the turn ${spanWords(span)}; take the override out`,
    'no-duty': (span) =>
      `this rota has no duty ${spanWords(span)}; correct the times, or add "extra: true" without instead_of for time outside its windows`,
    'not-extra': (span) =>
      `${spanWords(span)} lies within the windows of this rota; take "extra" out and say instead_of whom`,
  },
});

function* stale(context: Context, rota: Rota, role: Role, override: Override): Iterable<Objection<Codes>> {
  const { person, insteadOf } = override.assignment;
  if (person === insteadOf) {
    yield {
      code: 'same-person',
      args: { person },
      location: childLocation(override.location, 'instead_of'),
    };
    return;
  }
  const beganAt = override.kind === 'turn' ? rota.zone.startOf(override.turnOn) : override.startAt;
  if (!isWithinHolidayLists(context.handbook, rota, { startAt: beganAt, endAt: beganAt + 1 })) {
    // Up to the horizon, `holidays-run-out` reports that the list ends.
    if (beganAt < context.ahead.endAt) return;
    yield { code: 'beyond-holidays', args: {}, location: override.location };
    return;
  }
  const found = coverAround(context, rota, role, override);
  if (found === undefined) return;
  const { cover, span } = found;
  const { change } = override.assignment;
  if (change !== undefined) {
    yield* elsewhere(rota, override, change, clip(cover.cover(), span));
    return;
  }
  const duty =
    override.kind === 'extra' ? without([{ ...span, value: true }], cover.duty) : clip(cover.duty, span);
  if (duty.length === 0) {
    const { startAt, endAt } = span;
    const args = { zone: rota.zone.name, startAt, endAt };
    yield { code: USELESS[override.kind], args, location: override.location };
    return;
  }
  // `known-names` reports somebody who does not exist.
  if (insteadOf === undefined || !context.handbook.people.has(insteadOf)) return;
  const beneath = byPerson(restrict(override.kind === 'turn' ? cover.turns : cover.afterTurnOverrides, duty));
  const other = beneath.find(({ value }) => value.person !== insteadOf);
  const wrong = other ?? without(duty, beneath)[0];
  if (wrong === undefined) return;
  yield {
    code: 'other-holder',
    args: {
      role: role.id,
      holder: other?.value.person,
      insteadOf,
      zone: rota.zone.name,
      startAt: Math.max(wrong.startAt, span.startAt),
      endAt: Math.min(wrong.endAt, span.endAt),
    },
    location: childLocation(override.location, 'instead_of'),
  };
}

/** A planned change inside the windows whose assignee no longer holds the role. */
function* elsewhere(
  rota: Rota,
  { role, assignment: { person }, location }: Override,
  change: string,
  cover: Timeline<Assignment>,
): Iterable<Objection<Codes>> {
  const [first] = byPerson(cover);
  if (first === undefined || cover.some(({ value }) => value.person === person)) return;
  const { startAt, endAt, value } = first;
  yield {
    code: 'other-holder-of-change',
    args: {
      role,
      holder: value.person,
      person,
      change: change.slice(change.indexOf('/') + 1),
      zone: rota.zone.name,
      startAt,
      endAt,
    },
    location,
    severity: 'warning',
  };
}

/**
 * The span of an override and the role resolved around it; undefined where it is archive, or lies on no turn or past
 * the holiday lists.
 */
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
