/**
 * Vetting comes before support, and on call is opt-in (dxw, "Support and on call"). Everyone who holds a role from now
 * on has the skills it needs, has started, is vetted and opted in on the first day of the shift, and has not left by
 * its last day.
 * Reported once per person and role, at the line that assigns them.
 */
import type { Assignment, Handbook, Person } from '../../model.ts';
import { eachPossibleHolder, type RoleCover } from '../../resolve/cover.ts';
import { byPerson } from '../../resolve/resolve.ts';
import { clip, type Instant, type Interval, type Span } from '../../timeline.ts';
import { ineligibility, seat, upcoming } from '../duty.ts';
import { rule } from '../rule.ts';
import { type FirstSpan, firstOf, firstWords } from '../spans.ts';

interface OnShift extends FirstSpan {
  readonly person: string;
  readonly role: string;
}

interface Codes {
  readonly 'lacks-skills': OnShift & { readonly skills: readonly string[] };
  readonly 'lacks-any-skill': OnShift & { readonly skills: readonly string[] };
  readonly 'not-vetted': OnShift;
  readonly 'not-opted-in': OnShift;
  readonly 'not-started': OnShift;
  readonly 'has-left': OnShift;
}

export const eligible = rule<Codes>({
  name: 'eligible',
  severity: 'error',
  summary:
    "Everyone on a shift meets the role's needs on that day (skills, vetted, opted in), has started, and has not left.",
  playbook: 'dxw, Support and on call',
  *check({ handbook, resolved, ahead }) {
    // The same line can give somebody several seats of a role.
    const reported = new Set<string>();
    for (const cover of resolved.roles.values()) {
      if (areAllEligible(handbook, cover, resolved.span, ahead)) continue;
      const shifts = upcoming(byPerson(cover.cover()), ahead).flatMap((span) => {
        const person = handbook.people.get(span.value.person);
        if (person === undefined) return [];
        const why = ineligibility(cover, person, Math.max(span.startAt, ahead.startAt), span.endAt);
        return why === undefined ? [] : [{ ...span, person, why }];
      });
      const groups = Map.groupBy(shifts, ({ person, why }) => JSON.stringify([person.id, why]));
      for (const spans of groups.values()) {
        const [first] = spans;
        if (first === undefined) continue;
        const { person, why } = first;
        const args = { person: person.id, role: seat(cover), ...firstOf(cover.rota.zone, spans) };
        const { location } = offendingAssignment(cover, person, first);
        const line = JSON.stringify([location, why]);
        if (cover.role.seat !== undefined && reported.has(line)) continue;
        reported.add(line);
        yield why.kind === 'lacks-skills' || why.kind === 'lacks-any-skill'
          ? { code: why.kind, args: { ...args, skills: why.skills }, location }
          : { code: why.kind, args, location };
      }
    }
  },
  describe: {
    'lacks-skills': ({ skills, ...shift }) =>
      sentence(shift, `does not have the skill${skills.length > 1 ? 's' : ''} ${skills.join(', ')}`),
    'lacks-any-skill': ({ skills, ...shift }) =>
      sentence(shift, `has none of the skills ${skills.join(', ')} (any_skill)`),
    'not-vetted': (shift) => sentence(shift, 'is not vetted by then (vetted_on)'),
    'not-opted-in': (shift) =>
      sentence(shift, 'has not opted in to out-of-hours work by then (on_call_since)'),
    'not-started': (shift) => sentence(shift, 'has not started by then (first_day)'),
    'has-left': (shift) => sentence(shift, 'has left by then (last_day)'),
  },
});

/**
 * Whether nobody who may hold a role from now on can be ineligible. Skills depend on no time, and every day that counts
 * is one from which on, or up to which, somebody is eligible: whoever is on the first and on the last day of all they
 * may hold is in between.
 */
function areAllEligible({ people }: Handbook, cover: RoleCover, span: Interval, ahead: Interval): boolean {
  const whole = new Map<string, { startAt: Instant; endAt: Instant }>();
  eachPossibleHolder(cover, (person, from, to) => {
    if (to <= ahead.startAt || from >= span.endAt) return;
    const known = whole.get(person);
    const startAt = Math.max(from, ahead.startAt);
    const endAt = Math.min(to, span.endAt);
    if (known === undefined) whole.set(person, { startAt, endAt });
    else {
      known.startAt = Math.min(known.startAt, startAt);
      known.endAt = Math.max(known.endAt, endAt);
    }
  });
  for (const [id, { startAt, endAt }] of whole) {
    const person = people.get(id);
    if (person !== undefined && ineligibility(cover, person, startAt, endAt) !== undefined) return false;
  }
  return true;
}

const sentence = ({ person, role, ...first }: OnShift, why: string): string =>
  `${person} ${why}, and is ${role} ${firstWords(first)}; assign somebody else, or correct people`;

/** The part of a shift that the person may not hold: they may leave during a turn that an override gives them. */
const offendingAssignment = (cover: RoleCover, person: Person, span: Span<Assignment>): Assignment =>
  clip(cover.cover(), span).find(
    ({ startAt, endAt }) => ineligibility(cover, person, startAt, endAt) !== undefined,
  )?.value ?? span.value;
