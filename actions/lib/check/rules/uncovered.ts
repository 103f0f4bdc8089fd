/**
 * Support hours name in `covered_by` the roles that cover each window (dxw, "Support scheduling and the rota": a
 * developer is always dedicated to support). Each of these roles counts, and somebody holds it (or at least one of
 * several, with `any`) for every minute of the window from now to the horizon. Reported at the role in `covered_by`,
 * once, with the first gap.
 */
import { type CoverageRequirement, roleText } from '../../model.ts';
import { isAvailable } from '../../resolve/availability.ts';
import type { Resolved, RoleCover } from '../../resolve/cover.ts';
import { coverOf, coversOf, windowAt } from '../../resolve/resolve.ts';
import { clip, type Interval, overlay, restrict, type Timeline, without } from '../../timeline.ts';
import { ineligibility } from '../duty.ts';
import { type Context, type Objection, rule } from '../rule.ts';
import { type FirstSpan, firstOf, firstWords } from '../spans.ts';

type Gap = FirstSpan & { readonly role: string; readonly window: string };

/** A gap in several roles, of which one would be enough. */
type SharedGap = FirstSpan & { readonly roles: readonly string[]; readonly window: string };

interface Codes {
  readonly gap: Gap;
  readonly 'gives-no-cover': Gap;
  /** `free` are the people of these rotations who are eligible, not away and without another duty then. */
  readonly 'gap-in-all': SharedGap & { readonly free: readonly string[] };
  readonly 'none-gives-cover': SharedGap;
}

export const uncovered = rule<Codes>({
  name: 'uncovered',
  severity: 'error',
  summary: 'Every minute of the windows in covered_by is covered, from now to the published horizon.',
  playbook: 'dxw, Support scheduling and the rota',
  *check(context) {
    const { handbook, resolved, ahead } = context;
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
          if (gaps.length > 0) yield gapIn(context, requirement, sets, firstOf(hours.zone, gaps));
        }
      }
    }
  },
  describe: {
    gap: ({ role, ...gap }) => sentence([role], gap, 'assign somebody'),
    'gives-no-cover': ({ role, ...gap }) =>
      sentence([role], gap, 'that role gives no cover (counts: false), so name another'),
    'gap-in-all': ({ roles, free, ...gap }) => {
      const have = free.length === 1 ? 'has' : 'have';
      const who = free.length === 0 ? '' : `; ${listed(free)} ${have} no other duty then`;
      return `${sentence(roles, gap, 'assign somebody to one of them')}${who}`;
    },
    'none-gives-cover': ({ roles, ...gap }) =>
      sentence(roles, gap, 'none of these roles gives cover (counts: false), so name others'),
  },
  advice: ['free'],
});

/** "amara, ben and chi"; of many people the first ones. */
function listed(people: readonly string[]): string {
  const shown = people.length > MOST_SHOWN ? [...people.slice(0, MOST_SHOWN), 'others'] : people;
  return shown.length === 1 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

const MOST_SHOWN = 4;

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
  context: Context,
  { anyOf, window, location }: CoverageRequirement,
  sets: CoverSets,
  first: FirstSpan,
): Objection<Codes> {
  const roles = anyOf.map((set) => set.map(roleText).join(' and '));
  const counts = sets.flat().some(({ role }) => role.counts);
  const [role, another] = roles;
  if (role !== undefined && another === undefined)
    return { code: counts ? 'gap' : 'gives-no-cover', args: { role, window, ...first }, location };
  const args = { roles, window, ...first };
  if (!counts) return { code: 'none-gives-cover', args, location };
  return { code: 'gap-in-all', args: { ...args, free: freePeople(context, sets.flat(), first) }, location };
}

/** The people of several rotations, in their order, who could hold one of the roles, and are neither away nor busy. */
function freePeople({ handbook, resolved }: Context, covers: readonly RoleCover[], gap: Interval): string[] {
  const free = covers.flatMap((cover) =>
    cover.list.flatMap(({ value }) => {
      const person = handbook.people.get(value?.person ?? '');
      const isFit =
        person !== undefined &&
        cover.role.counts &&
        ineligibility(cover, person, gap.startAt, gap.endAt) === undefined &&
        isAvailable(handbook, person, cover, gap);
      return isFit ? [person.id] : [];
    }),
  );
  const isBusy = (person: string) =>
    coversOf(resolved, person).some(({ role, cover }) => {
      return role.counts && clip(cover(), gap).some(({ value }) => value.person === person);
    });
  return [...new Set(free)].filter((person) => !isBusy(person));
}
