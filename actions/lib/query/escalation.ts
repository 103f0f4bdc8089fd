/**
 * Who is called for a service at an instant, in order. Takes a handbook and an instant, returns plain data for JSON.
 * Pure.
 */
import type { Handbook, Level, Notified, PlannedChange, Service } from '../model.ts';
import {
  type ChainLevel,
  type ChainStep,
  changesUnderWay,
  levelsFor,
  stepsOf,
  waitOf,
} from '../resolve/chain.ts';
import type { Resolved } from '../resolve/cover.ts';
import { coverOf, resolve, windowAt } from '../resolve/resolve.ts';
import { DAY, MINUTE } from '../time/date.ts';
import { type Instant, spanAt } from '../timeline.ts';

/** Someone who is called: a person named in the chain itself has no rota and role. */
interface Callee {
  readonly rota: string | null;
  readonly role: string | null;
  readonly person: string | null;
  /** An inbox or a desk, which is no person. */
  readonly contact?: string;
}

/**
 * The escalation chain of a service at an instant; without window and levels when the service is not supported then.
 * The people of a planned change that is under way come first, whatever the window.
 */
export interface EscalationSteps {
  readonly service: string;
  readonly window: string | null;
  /** Present when a priority was asked for. */
  readonly priority?: string;
  /** Present when the service has one. */
  readonly runbook?: string;
  readonly levels: readonly {
    /** Minutes since the first call; a level that reaches nobody takes no time. */
    readonly after_minutes: number;
    readonly notify: readonly Callee[];
    /** The priorities for which this level is called at all; every one when absent. */
    readonly only_for?: readonly string[];
    /** The priorities for which it is called at once. */
    readonly at_once_for?: readonly string[];
    /** The planned change whose people these are. */
    readonly change?: string;
  }[];
}

/** Who is called for a service at an instant, level by level, down to the last; for one priority or for all of them. */
export function escalationFor(
  handbook: Handbook,
  service: Service,
  at: Instant,
  priority?: string,
): EscalationSteps {
  const resolved = resolve(handbook, { startAt: at - 8 * DAY, endAt: at + 8 * DAY });
  const hours = handbook.serviceLevels.get(service.serviceLevel ?? '')?.hours;
  const window = hours === undefined ? undefined : spanAt(windowAt(resolved, hours) ?? [], at)?.value;
  const chain = handbook.escalations.get(service.escalation.get(window ?? '') ?? '');
  const changes = changesUnderWay(handbook, service.id, at);
  const first = changes.map(changeLevel);
  const taken = new Set(changes.flatMap(({ assigned }) => assigned.map(({ person }) => person)));
  const called = (level: Level) => level.notify.flatMap((it) => calleesOf(resolved, it, at));
  const own = chain === undefined ? [] : levelsFor(chain, priority);
  const levels = stepsAfter(taken, own, called).map(({ after, level }) => ({
    after_minutes: after / MINUTE,
    notify: called(level),
    ...(level.onlyFor === undefined ? {} : { only_for: level.onlyFor }),
    ...(level.atOnceFor.length === 0 ? {} : { at_once_for: level.atOnceFor }),
  }));
  return {
    service: service.id,
    window: window ?? null,
    ...(priority === undefined ? {} : { priority }),
    ...(service.guide.runbook === undefined ? {} : { runbook: service.guide.runbook }),
    levels: [...first, ...levels],
  };
}

const changeLevel = ({ id, assigned }: PlannedChange): EscalationSteps['levels'][number] => ({
  after_minutes: 0,
  notify: assigned.map(({ role, person }) => ({ ...role, person })),
  change: id,
});

/**
 * The steps of a chain after people who were called for a planned change: they have as long as the first level that
 * reaches somebody. A level that would only call the same people again is left out.
 */
function stepsAfter(
  taken: ReadonlySet<string>,
  levels: readonly ChainLevel[],
  called: (level: Level) => readonly Callee[],
): readonly ChainStep[] {
  const isTaken = (level: Level) => {
    const reached = called(level).filter((it) => !reachesNobody([it]));
    return reached.length > 0 && reached.every(({ person }) => taken.has(person ?? ''));
  };
  const isEmpty = (level: Level) => reachesNobody(called(level));
  const first = levels.find(({ level, isAtOnce }) => !isAtOnce && !isEmpty(level));
  const shift = taken.size === 0 || first === undefined ? 0 : waitOf(first.level);
  return stepsOf(levels, (level) => isEmpty(level) || isTaken(level))
    .filter(({ level }) => !isTaken(level))
    .map((step) => (step.isAtOnce ? step : { ...step, after: step.after + shift }))
    .toSorted((one, other) => one.after - other.after);
}

const reachesNobody = (called: readonly Callee[]): boolean =>
  called.every(({ person, contact }) => person === null && contact === undefined);

function calleesOf(resolved: Resolved, it: Notified, at: Instant): readonly Callee[] {
  if (it.kind === 'person') return [{ rota: null, role: null, person: it.person }];
  if (it.kind === 'contact') return [{ rota: null, role: null, person: null, contact: it.contact }];
  const held = spanAt(coverOf(resolved, it.role)?.cover() ?? [], at);
  return [{ ...it.role, person: held?.value.person ?? null }];
}
