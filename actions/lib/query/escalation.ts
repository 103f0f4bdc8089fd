/**
 * Who is called for a service at an instant, in order. Takes a handbook and an instant, returns plain data for JSON.
 * Pure.
 */
import type { Escalation, Handbook, Level, Notified, Service } from '../model.ts';
import type { Resolved } from '../resolve/cover.ts';
import { coverOf, resolve, windowAt } from '../resolve/resolve.ts';
import { DAY, MINUTE } from '../time/date.ts';
import { elapsedOf } from '../time/duration.ts';
import { type Instant, spanAt } from '../timeline.ts';

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
