/** Computes when an escalation chain is in use, for which priorities, and whom each of its levels calls then. Pure. */
import type { Escalation, Handbook, Level, Role, ServiceLevel } from '../model.ts';
import { type ChainLevel, levelsFor } from '../resolve/chain.ts';
import { byPerson, coverOf, windowAt } from '../resolve/resolve.ts';
import type { Zone } from '../time/zone.ts';
import { clip, combine, merge, overlay, restrict, type Timeline } from '../timeline.ts';
import type { Context } from './rule.ts';

/**
 * When a chain is in use: the windows it applies in, by the support hours of the services that name it, or else of the
 * rotas that it calls. Undefined without support hours.
 */
export function inUse(
  { handbook, resolved, ahead }: Context,
  chain: Escalation,
): { mask: Timeline<unknown>; zone: Zone } | undefined {
  const served = [...handbook.services.values()]
    .filter(({ escalation }) => [...escalation.values()].includes(chain.id))
    .flatMap(({ serviceLevel }) => handbook.serviceLevels.get(serviceLevel ?? '')?.hours ?? []);
  const own = hoursOfRoles(handbook, chain);
  const hours = [...new Set(served.length > 0 ? served : own)].flatMap((id) => handbook.hours.get(id) ?? []);
  const [first] = hours;
  if (first === undefined) return undefined;
  const windows = hours.map(({ id }) =>
    (windowAt(resolved, id) ?? []).filter(({ value }) => chain.appliesIn.includes(value)),
  );
  const mask = windows.reduce<Timeline<string>>((all, one) => overlay(all, one), []);
  return {
    mask: clip(
      merge(mask, () => true),
      ahead,
    ),
    zone: first.zone,
  };
}

/** The support hours of the rotas that a chain calls. */
const hoursOfRoles = ({ rotas }: Handbook, { levels }: Escalation): readonly string[] =>
  levels
    .flatMap(({ notify }) =>
      notify.flatMap((it) => (it.kind === 'role' ? (rotas.get(it.role.rota)?.terms ?? []) : [])),
    )
    .flatMap(({ hours }) => hours ?? []);

/** A window in which a service names a chain. */
interface ChainUse {
  readonly hours: string;
  readonly window: string;
  /** The priorities that are promised something then; only `undefined` where no priority is. */
  readonly priorities: readonly (string | undefined)[];
}

/** By chain, every window in which a service names it. */
export function usesByChain({ services, serviceLevels }: Handbook): ReadonlyMap<string, readonly ChainUse[]> {
  const uses = [...services.values()].flatMap(({ escalation, serviceLevel }) => {
    const level = serviceLevels.get(serviceLevel ?? '');
    if (level === undefined) return [];
    return [...escalation].map(([window, chain]) => {
      return { chain, hours: level.hours, window, priorities: promisedIn(level, window) };
    });
  });
  return Map.groupBy(uses, ({ chain }) => chain);
}

/** A window of support hours that a chain serves, with the priorities of all services that name it then. */
export interface ServedWindow {
  readonly window: string;
  readonly zone: Zone;
  readonly mask: Timeline<unknown>;
  readonly priorities: readonly (string | undefined)[];
}

/** The windows that a chain serves, by support hours; without a service, those of the rotas that it calls. */
export function servedWindows(
  { handbook, resolved, ahead }: Context,
  chain: Escalation,
  named: readonly ChainUse[] = [],
): readonly ServedWindow[] {
  const own = hoursOfRoles(handbook, chain).flatMap((hours) =>
    chain.appliesIn.map((window): ChainUse => ({ hours, window, priorities: [undefined] })),
  );
  const uses = (named.length > 0 ? named : own).filter(({ window }) => chain.appliesIn.includes(window));
  return [...Map.groupBy(uses, ({ hours, window }) => `${hours}/${window}`).values()].flatMap((same) => {
    const [{ window, hours: id }] = same as [ChainUse];
    const hours = handbook.hours.get(id);
    if (hours === undefined) return [];
    const spans = (windowAt(resolved, id) ?? []).filter(({ value }) => value === window);
    const priorities = [...new Set(same.flatMap((use) => use.priorities))];
    return [{ window, zone: hours.zone, mask: clip(spans, ahead), priorities }];
  });
}

/** The priorities that may go through a chain; only `undefined` where none is promised anything. */
export const prioritiesOf = (uses: readonly ChainUse[] = []): readonly (string | undefined)[] =>
  uses.length === 0 ? [undefined] : [...new Set(uses.flatMap(({ priorities }) => priorities))];

/** The priorities of a service level that are promised something in a window; only `undefined` if there are none. */
function promisedIn({ terms }: ServiceLevel, window: string): readonly (string | undefined)[] {
  const promised = terms.flatMap(({ clock, priorities }) => {
    const own = clock.get(window);
    return [...priorities.values()].filter(({ targets }) => own !== undefined && targets[own] !== undefined);
  });
  return promised.length === 0 ? [undefined] : [...new Set(promised.map(({ id }) => id))];
}

/** The different ways through a chain, each with one of the priorities that take it. */
export function waysThrough(
  chain: Escalation,
  priorities: readonly (string | undefined)[],
): readonly { readonly priority: string | undefined; readonly levels: readonly ChainLevel[] }[] {
  const ways = new Map<string, { priority: string | undefined; levels: readonly ChainLevel[] }>();
  for (const priority of priorities) {
    const levels = levelsFor(chain, priority);
    const key = levels.map(({ index, isAtOnce }) => `${index}${isAtOnce ? '!' : ''}`).join(' ');
    if (!ways.has(key)) ways.set(key, { priority, levels });
  }
  return [...ways.values()];
}

/** Every priority that a chain itself names, and `undefined` for all the others. */
export const namedPriorities = ({ levels }: Escalation): readonly (string | undefined)[] => [
  undefined,
  ...new Set(levels.flatMap(({ onlyFor = [], atOnceFor }) => [...onlyFor, ...atOnceFor])),
];

/** Whether somebody or something is called at a level whenever the chain is in use. */
export const isAlwaysReached = ({ notify }: Level): boolean => notify.some(({ kind }) => kind !== 'role');

/** Whether a level names a role that could not be read, so that it is unknown whom it calls. */
export const isUnknown = ({ resolved }: Context, { notify }: Level): boolean =>
  notify.some((it) => it.kind === 'role' && coverOf(resolved, it.role) === undefined);

/** When somebody holds a role of a level: one that counts, or, to see whether the level is passed over, any. */
export const heldTime = (
  { resolved }: Context,
  { notify }: Level,
  isHolding: (role: Role) => boolean = ({ counts }) => counts,
): Timeline<unknown> =>
  notify.reduce<Timeline<unknown>>((all, it) => {
    const cover = it.kind === 'role' ? coverOf(resolved, it.role) : undefined;
    const held = cover !== undefined && isHolding(cover.role) ? cover.cover() : [];
    return overlay(
      all,
      merge<unknown>(held, () => true),
    );
  }, []);

/** Whom a level calls at each instant; an empty list where nobody holds its roles. */
export function called(
  { resolved }: Context,
  { notify }: Level,
  mask: Timeline<unknown>,
): Timeline<readonly string[]> {
  const nobody: Timeline<readonly string[]> = mask.map((span) => ({ ...span, value: [] }));
  return notify.reduce((people, it) => {
    const held: Timeline<{ readonly person: string }> =
      it.kind === 'role'
        ? restrict(byPerson(coverOf(resolved, it.role)?.cover() ?? []), mask)
        : mask.map((span) => ({ ...span, value: { person: it.kind === 'person' ? it.person : it.contact } }));
    return combine(
      people,
      held,
      (before = [], holder) => (holder === undefined ? before : [...before, holder.person]),
      sameList,
    );
  }, nobody);
}

/** Whether two lists name the same people in the same order. */
export const sameList = (one: readonly string[], other: readonly string[]): boolean =>
  one.join() === other.join();
