/**
 * Who is on, until when and who is next; and who is called, in order, for a service. Takes a handbook and an instant,
 * returns plain data for JSON. Pure.
 */
import type { Escalation, Handbook, Level, Notified, Service } from '../model.ts';
import type { Resolved, RoleCover } from '../resolve/cover.ts';
import { isWithinHolidayLists } from '../resolve/holiday-horizon.ts';
import { byPerson, coverOf, eachRole, resolve, windowAt } from '../resolve/resolve.ts';
import { DAY, MINUTE } from '../time/date.ts';
import { elapsedOf } from '../time/duration.ts';
import { instantText } from '../time/format.ts';
import { type Instant, type Interval, indexFrom, spanAt } from '../timeline.ts';

/** Ids and instants such as `2026-12-02T17:00:00Z`; null for nobody, and for an end that is more than 400 days away. */
export interface WhoEntry {
  readonly rota: string;
  readonly role: string;
  readonly person: string | null;
  readonly from: string | null;
  readonly until: string | null;
  readonly next: { readonly person: string; readonly from: string } | null;
}

/** The span that `who` searches for the ends of a shift and for the next one. */
const around = (at: Instant): Interval => ({ startAt: at - 400 * DAY, endAt: at + 400 * DAY });

/** Who holds every role of a handbook, or of one rota, at an instant. */
export const who = (handbook: Handbook, at: Instant): readonly WhoEntry[] =>
  Array.from(eachRole(handbook, around(at)), (cover) => entryOf(handbook, cover, at));

function entryOf(handbook: Handbook, { rota, role, cover }: RoleCover, at: Instant): WhoEntry {
  const shifts = byPerson(cover());
  const { startAt, endAt } = around(at);
  // A shift may continue beyond the edge of what is known.
  const isEdge = (value: Instant) =>
    value <= startAt ||
    value >= endAt ||
    !isWithinHolidayLists(handbook, rota, { startAt: value - 1, endAt: value + 1 });
  const instant = (value: Instant | undefined) =>
    value === undefined || isEdge(value) ? null : instantText(value);
  const index = indexFrom(shifts, at);
  const now = spanAt(shifts, at);
  const next = shifts[now === undefined ? index : index + 1];
  return {
    rota: rota.id,
    role: role.id,
    person: now?.value.person ?? null,
    from: instant(now === undefined ? shifts[index - 1]?.endAt : now.startAt),
    until: instant(now === undefined ? next?.startAt : now.endAt),
    next: next === undefined ? null : { person: next.value.person, from: instantText(next.startAt) },
  };
}

/**
 * The escalation chain of a service at an instant; without window and levels when the service is not supported then.
 */
export interface EscalationSteps {
  readonly service: string;
  readonly window: string | null;
  readonly levels: readonly {
    /** Minutes since the first call. */
    readonly after_minutes: number;
    /** A person named in the chain itself has no rota and role. */
    readonly notify: readonly {
      readonly rota: string | null;
      readonly role: string | null;
      readonly person: string | null;
    }[];
  }[];
}

/** Who is called for a service at an instant, level by level, down to the last. */
export function escalationFor(handbook: Handbook, service: Service, at: Instant): EscalationSteps {
  const resolved = resolve(handbook, { startAt: at - 8 * DAY, endAt: at + 8 * DAY });
  const hours = handbook.serviceLevels.get(service.serviceLevel ?? '')?.hours;
  const window = hours === undefined ? undefined : spanAt(windowAt(resolved, hours) ?? [], at)?.value;
  const chain = handbook.escalations.get(service.escalation.get(window ?? '') ?? '');
  const levels = (chain === undefined ? [] : stepsOf(chain)).map(({ after, level }) => ({
    after_minutes: after / MINUTE,
    notify: level.notify.map((it) => notified(resolved, it, at)),
  }));
  return { service: service.id, window: window ?? null, levels };
}

/** The levels of a chain, each with the milliseconds from the first call to its own. */
export function stepsOf({ levels }: Escalation): readonly { after: number; level: Level }[] {
  let after = 0;
  return levels.map((level) => {
    const step = { after, level };
    after += (level.escalateAfter && elapsedOf(level.escalateAfter)) ?? 0;
    return step;
  });
}

function notified(
  resolved: Resolved,
  it: Notified,
  at: Instant,
): EscalationSteps['levels'][number]['notify'][number] {
  if (it.kind === 'person') return { rota: null, role: null, person: it.person };
  const held = spanAt(coverOf(resolved, it.role)?.cover() ?? [], at);
  return { ...it.role, person: held?.value.person ?? null };
}
