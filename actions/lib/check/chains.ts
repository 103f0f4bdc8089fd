/** Computes when an escalation chain is in use, and whom each of its levels calls then. Pure. */
import type { Escalation, Level } from '../model.ts';
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
  const own = chain.levels
    .flatMap(({ notify }) =>
      notify.flatMap((it) => (it.kind === 'role' ? (handbook.rotas.get(it.role.rota)?.terms ?? []) : [])),
    )
    .flatMap(({ hours }) => hours ?? []);
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

/** Whom a level calls at each instant; an empty list where nobody holds its roles. */
export function called(
  { resolved }: Context,
  { notify }: Level,
  mask: Timeline<unknown>,
): Timeline<readonly string[]> {
  const nobody: Timeline<readonly string[]> = mask.map((span) => ({ ...span, value: [] }));
  return notify.reduce((people, it) => {
    const held: Timeline<{ readonly person: string }> =
      it.kind === 'person'
        ? mask.map((span) => ({ ...span, value: it }))
        : restrict(byPerson(coverOf(resolved, it.role)?.cover() ?? []), mask);
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
