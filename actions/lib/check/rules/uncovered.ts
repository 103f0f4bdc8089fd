/**
 * Support hours name in `covered_by` the roles that cover each window (dxw, "Support scheduling and the rota": a
 * developer is always dedicated to support). Each of these roles counts, and somebody holds it (or at least one of
 * several, with `any`) for every minute of the window from now to the horizon. Reported at the role in `covered_by`,
 * once, with the first gap.
 */
import { type CoverageRequirement, roleText } from '../../model.ts';
import type { Resolved, RoleCover } from '../../resolve/cover.ts';
import { coverOf, windowAt } from '../../resolve/resolve.ts';
import { clip, overlay, restrict, type Timeline, without } from '../../timeline.ts';
import { type Objection, rule } from '../rule.ts';
import { type FirstSpan, firstOf, firstWords } from '../spans.ts';

type Gap = FirstSpan & { readonly role: string; readonly window: string };

/** A gap in several roles, of which one would be enough. */
type SharedGap = FirstSpan & { readonly roles: readonly string[]; readonly window: string };

interface Codes {
  readonly gap: Gap;
  readonly 'gives-no-cover': Gap;
  readonly 'gap-in-all': SharedGap;
  readonly 'none-gives-cover': SharedGap;
}

export const uncovered = rule<Codes>({
  name: 'uncovered',
  severity: 'error',
  summary: 'Every minute of the windows in covered_by is covered, from now to the published horizon.',
  playbook: 'dxw, Support scheduling and the rota',
  *check({ handbook, resolved, ahead }) {
    for (const hours of handbook.hours.values()) {
      const windows = windowAt(resolved, hours.id) ?? [];
      for (const [i, { firstOn, coveredBy }] of hours.terms.entries()) {
        const nextOn = hours.terms[i + 1]?.firstOn;
        const range = {
          startAt: Number.isFinite(firstOn)
            ? Math.max(ahead.startAt, hours.zone.startOf(firstOn))
            : ahead.startAt,
          endAt: nextOn === undefined ? ahead.endAt : Math.min(ahead.endAt, hours.zone.startOf(nextOn)),
        };
        for (const requirement of coveredBy) {
          const sets = coversFor(resolved, requirement);
          if (sets === undefined) continue;
          const needed = windows.filter(({ value }) => value === requirement.window);
          const gaps = without(clip(needed, range), held(sets, requirement.isSeat));
          if (gaps.length > 0) yield gapIn(requirement, sets, firstOf(hours.zone, gaps));
        }
      }
    }
  },
  describe: {
    gap: ({ role, ...gap }) => sentence([role], gap, 'assign somebody'),
    'gives-no-cover': ({ role, ...gap }) =>
      sentence([role], gap, 'that role gives no cover (counts: false), so name another'),
    'gap-in-all': ({ roles, ...gap }) => sentence(roles, gap, 'assign somebody to one of them'),
    'none-gives-cover': ({ roles, ...gap }) =>
      sentence(roles, gap, 'none of these roles gives cover (counts: false), so name others'),
  },
});

const sentence = (
  roles: readonly string[],
  { window, ...first }: Omit<Gap, 'role'>,
  advice: string,
): string => `nobody is ${roles.join(' or ')} ${firstWords(first)} (${window}); ${advice}`;

/** Sets of covers, of which all of one set have to be held at a time. */
type CoverSets = readonly (readonly RoleCover[])[];

/** The covers that a requirement names; undefined where one of them could not be read. */
function coversFor(resolved: Resolved, { anyOf }: CoverageRequirement): CoverSets | undefined {
  const sets = anyOf.map((set) => set.flatMap((role) => coverOf(resolved, role) ?? []));
  return sets.some((set, i) => set.length < (anyOf[i]?.length ?? 0)) ? undefined : sets;
}

const held = (sets: CoverSets, isSeat: boolean): Timeline<unknown> =>
  sets.reduce<Timeline<unknown>>((all, set) => overlay(all, heldTogether(set, isSeat)), []);

/** When all roles of a set are held. Of several, which are seats, each is needed while it exists. */
function heldTogether(set: readonly RoleCover[], isSeat: boolean): Timeline<unknown> {
  const [first = [], ...others] = set.map((cover) => {
    if (!cover.role.counts) return [];
    return isSeat || set.length > 1 ? overlay(withoutSeat(cover), cover.cover()) : cover.cover();
  });
  return others.reduce<Timeline<unknown>>((all, other) => restrict(all, other), first);
}

/** The turns in which the role has fewer seats than this one's number. */
const withoutSeat = ({ role, list }: RoleCover): Timeline<unknown> =>
  list.flatMap(({ on, startAt, endAt, value }) => {
    const entry = role.rotation.findLast(({ firstOn }) => firstOn <= on);
    const isThere = value !== undefined || (entry?.seats ?? 1) >= (role.seat?.number ?? 1);
    return isThere ? [] : [{ startAt, endAt, value: true }];
  });

function gapIn(
  { anyOf, window, location }: CoverageRequirement,
  sets: CoverSets,
  first: FirstSpan,
): Objection<Codes> {
  const roles = anyOf.map((set) => set.map(roleText).join(' and '));
  const counts = sets.flat().some(({ role }) => role.counts);
  const [role, another] = roles;
  if (role !== undefined && another === undefined)
    return { code: counts ? 'gap' : 'gives-no-cover', args: { role, window, ...first }, location };
  return { code: counts ? 'gap-in-all' : 'none-gives-cover', args: { roles, window, ...first }, location };
}
