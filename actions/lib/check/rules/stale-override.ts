/**
 * `instead_of` records whom the author expected to replace; if the rota has changed since, the swap that happens is not
 * the swap that was agreed (GOV.UK PaaS, "Support roles": agree it in advance with a colleague). Compared over the
 * override's duty time: a whole turn against rotation and agreed turns, hours against whole-turn overrides too. An
 * override without duty time does nothing, which is never the intention. The person assigned to a planned change inside
 * the windows should hold the role then; if somebody else does, that is only a warning, so that swaps pass. What is
 * more than 400 days before the published span is not checked. Reported at the override or its `instead_of`.
 */

import { tooFarAhead } from '../../compare/far-entries.ts';
import { once } from '../../compare/once.ts';
import { type Assignment, childLocation, type Override, type Role, type Rota } from '../../model.ts';
import type { RoleCover } from '../../resolve/cover.ts';
import { isWithinHolidayLists } from '../../resolve/holiday-horizon.ts';
import { byPerson, coverOf, resolveOver } from '../../resolve/resolve.ts';
import { type TurnFinder, turnFinder } from '../../resolve/turn-finder.ts';
import { DAY } from '../../time/date.ts';
import { dayOfTurn } from '../../time/turn-name.ts';
import { clip, type Interval, restrict, type Timeline, without } from '../../timeline.ts';
import { type Context, type Objection, rule } from '../rule.ts';
import { spanWords, type ZonedSpan } from '../spans.ts';

interface Codes {
  readonly 'same-person': { readonly person: string };
  readonly 'beyond-holidays': Readonly<Record<string, never>>;
  readonly 'other-holder': ZonedSpan & {
    readonly role: string;
    /** Who holds the role; undefined for nobody. */
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

/** The code for an override without duty time, by its kind. */
const USELESS = { turn: 'no-duty-in-turn', hours: 'no-duty', extra: 'not-extra' } as const;

export const staleOverride = rule<Codes>({
  name: 'stale-override',
  severity: 'error',
  summary:
    'Every override covers some duty, and its instead_of names the person who would hold the role without it.',
  playbook: 'GOV.UK PaaS, Support roles',
  *check(context) {
    const { handbook, ahead } = context;
    const far = tooFarAhead(handbook, ahead.endAt);
    for (const rota of handbook.rotas.values()) {
      if (far.has(rota.id)) continue;
      for (const [id, overrides] of Map.groupBy(rota.overrides, ({ role }) => role)) {
        const role = rota.roles.get(id);
        if (role === undefined) continue;
        const find = turnFinder(handbook, rota, role);
        const boundsOf = (override: Override) => spanWithin(rota, override, find);
        const beyond = once(() => coverBeyond(context, rota, role, overrides.map(boundsOf)));
        for (const override of overrides) yield* stale(context, rota, role, override, { boundsOf, beyond });
      }
    }
  },
  describe: {
    'same-person': ({ person }) =>
      `${person} takes over from ${person} here; name whom they take over from, or remove the override`,
    'beyond-holidays': () =>
      "the holiday list of this rota's support hours ends before this, so its effect is unknown; " +
      'extend the list with "rota holidays", or remove this until then',
    'other-holder': ({ role, holder, insteadOf, ...span }) => {
      const advice = holder === undefined ? '' : `confirm this with ${holder} again and `;
      return `${holder ?? 'nobody'} is ${role} ${spanWords(span)}, not ${insteadOf}; ${advice}correct instead_of`;
    },
    'other-holder-of-change': ({ role, holder, person, change, ...span }) =>
      `${holder} is ${role} ${spanWords(span)}, not ${person}, who is assigned to ${change}; ` +
      `confirm this with ${holder} again and correct person`,
    'no-duty-in-turn': (span) => `this rota has no duty in the turn ${spanWords(span)}; remove the override`,
    'no-duty': (span) =>
      `this rota has no duty ${spanWords(span)}; ` +
      'correct the times, or add "extra: true" without instead_of for time outside its windows',
    'not-extra': (span) =>
      `${spanWords(span)} is within the windows of this rota; remove "extra" and add instead_of`,
  },
});

function* stale(
  context: Context,
  rota: Rota,
  role: Role,
  override: Override,
  search: Search,
): Iterable<Objection<Codes>> {
  const { person, insteadOf } = override.assignment;
  if (person === insteadOf) {
    yield {
      code: 'same-person',
      args: { person },
      location: childLocation(override.location, 'instead_of'),
    };
    return;
  }
  const beganAt = override.kind === 'turn' ? rota.zone.startOf(dayOfTurn(override.turnOn)) : override.startAt;
  if (!isWithinHolidayLists(context.handbook, rota, { startAt: beganAt, endAt: beganAt + 1 })) {
    // Up to the horizon, `holidays-run-out` reports that the list ends.
    if (beganAt < context.ahead.endAt) return;
    yield { code: 'beyond-holidays', args: {}, location: override.location };
    return;
  }
  const found = coverAround(context, rota, role, override, search);
  if (found === undefined) return;
  const { change } = override.assignment;
  if (change === undefined) yield* otherHolder(context, rota, override, found);
  else yield* otherAssignee(rota, override, change, clip(found.cover.cover(), found.span));
}

/** An override without duty, or one that replaces somebody else than the person it names. */
function* otherHolder(
  { handbook }: Context,
  rota: Rota,
  override: Override,
  { cover, span, isCut }: Around,
): Iterable<Objection<Codes>> {
  const { insteadOf } = override.assignment;
  const duty =
    override.kind === 'extra' ? without([{ ...span, value: true }], cover.duty) : clip(cover.duty, span);
  if (duty.length === 0) {
    // What it does may be before that.
    if (isCut) return;
    const { startAt, endAt } = span;
    const args = { zone: rota.zone.name, startAt, endAt };
    yield { code: USELESS[override.kind], args, location: override.location };
    return;
  }
  // `known-names` reports somebody who does not exist.
  if (insteadOf === undefined || !handbook.people.has(insteadOf)) return;
  const replaced = byPerson(
    restrict(override.kind === 'turn' ? cover.turns : cover.afterTurnOverrides, duty),
  );
  const other = replaced.find(({ value }) => value.person !== insteadOf);
  const wrong = other ?? without(duty, replaced)[0];
  if (wrong === undefined) return;
  yield {
    code: 'other-holder',
    args: {
      role: override.role,
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
function* otherAssignee(
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

/** The span of an override that is checked, whether it begins before that, and its role resolved over it. */
interface Around {
  readonly cover: RoleCover;
  readonly span: Interval;
  readonly isCut: boolean;
}

/** Undefined where the override is from before the published span, on no turn, or after the holiday lists end. */
function coverAround(
  { handbook, resolved }: Context,
  rota: Rota,
  role: Role,
  override: Override,
  { boundsOf, beyond }: Search,
): Around | undefined {
  const known = coverOf(resolved, { rota: rota.id, role: role.id });
  if (known === undefined) return undefined;
  const near = spanOf(known, override);
  const inside =
    near !== undefined && near.startAt >= resolved.span.startAt && near.endAt <= resolved.span.endAt;
  if (inside) return { cover: known, span: near, isCut: false };
  const bounds = boundsOf(override);
  if (bounds.endAt <= resolved.span.startAt || !isWithinHolidayLists(handbook, rota, bounds))
    return undefined;
  const cover = beyond();
  const span = cover === undefined ? undefined : spanOf(cover, override);
  if (cover === undefined || span === undefined) return undefined;
  const startAt = Math.max(span.startAt, resolved.span.startAt - LONGEST);
  // A turn whose hand-over was amended away may have no end.
  const checked = { startAt, endAt: Math.min(span.endAt, bounds.endAt) };
  return { cover, span: checked, isCut: startAt > span.startAt };
}

/** Where the overrides of a role are. */
interface Search {
  /** A span that contains an override. */
  readonly boundsOf: (override: Override) => Interval;
  /** The role over all that the published span leaves out of them; undefined when its hours could not be read. */
  readonly beyond: () => RoleCover | undefined;
}

/** One cover for all of a role's overrides, because each for itself would take quadratic time. */
function coverBeyond(
  { handbook, resolved }: Context,
  rota: Rota,
  role: Role,
  spans: readonly Interval[],
): RoleCover | undefined {
  const known = coverOf(resolved, { rota: rota.id, role: role.id });
  if (known === undefined) return undefined;
  let { startAt, endAt } = resolved.span;
  for (const bounds of spans) {
    if (bounds.endAt <= resolved.span.startAt) continue;
    startAt = Math.min(startAt, Math.max(bounds.startAt, resolved.span.startAt - LONGEST));
    endAt = Math.max(endAt, bounds.endAt);
  }
  return resolveOver(handbook, known, { startAt, endAt });
}

function spanOf({ list }: RoleCover, override: Override): Interval | undefined {
  return override.kind === 'turn' ? list.find(({ on }) => on === override.turnOn) : override;
}

/** A span that contains the override; a turn whose hand-over was amended away may have no end. */
function spanWithin(rota: Rota, override: Override, find: TurnFinder): Interval {
  if (override.kind !== 'turn') return { startAt: override.startAt, endAt: override.endAt };
  const turn = find(override.turnOn);
  const day = dayOfTurn(override.turnOn);
  const startAt = rota.zone.startOf(day);
  return {
    startAt,
    endAt: turn !== undefined && turn.endAt < startAt + LONGEST ? turn.endAt : rota.zone.startOf(day + 15),
  };
}

/** Longer than any turn, which has 52 weeks at most; so far before the published span overrides are checked. */
const LONGEST = 400 * DAY;
