/** Who is on duty now, for tickets: computed once for all tickets of a run. Pure. */
import type { Handbook, RoleRef, Service } from '../model.ts';
import { escalationFor } from '../query/escalation.ts';
import type { Resolved } from '../resolve/cover.ts';
import { coverOf, padded, resolve } from '../resolve/resolve.ts';
import { type Instant, spanAt } from '../timeline.ts';

/** Who holds roles, and who is called for services, at one instant; by their ids. */
export class DutyNow {
  readonly #handbook: Handbook;
  readonly #now: Instant;
  readonly #called = new Map<string, readonly string[]>();
  #resolved: Resolved | undefined;

  constructor(handbook: Handbook, now: Instant) {
    this.#handbook = handbook;
    this.#now = now;
  }

  /** Whoever holds a role now. */
  holderOf(role: RoleRef): readonly string[] {
    this.#resolved ??= resolve(this.#handbook, padded({ startAt: this.#now, endAt: this.#now + 1 }));
    const held = spanAt(coverOf(this.#resolved, role)?.cover() ?? [], this.#now);
    return held === undefined ? [] : [held.value.person];
  }

  /**
   * Whoever is called first for a service now; nobody where it is not supported. Without a priority, levels that are
   * only for some are left out: nobody has said yet that it is one of them.
   */
  firstCalled(service: Service, priority: string | undefined): readonly string[] {
    const key = JSON.stringify([service.id, priority]);
    const known = this.#called.get(key);
    if (known !== undefined) return known;
    const { levels } = escalationFor(this.#handbook, service, this.#now, priority);
    const called = levels
      .filter(({ only_for: only }) => priority !== undefined || only === undefined)
      .map(({ after_minutes: after, notify }) => ({
        after,
        people: notify.flatMap(({ person }) => person ?? []),
      }));
    const first = called.find(({ people }) => people.length > 0);
    const atFirst = called.filter(({ after }) => after === first?.after).flatMap((it) => it.people);
    const people = [...new Set(atFirst)];
    this.#called.set(key, people);
    return people;
  }
}
