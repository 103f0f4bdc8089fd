/**
 * What service levels promise can be counted, and says where it is promised (dxw, "Service Level Agreement"; GovPress
 * support, "Ticket statuses": a status can stop a clock). Statuses that stop a clock exist for some service with the
 * level; a target is in working days in both clocks or in neither; working days have hours in which they end;
 * the default priority exists after every amendment: errors, since no instant could be given. A policy without a
 * source or the word example, a promise that no window counts, and figures that contradict each other are warnings.
 * Reported at the key that says it.
 */
import {
  type Clock,
  childLocation,
  type Handbook,
  type HoursTerms,
  type PathLocation,
  type Provenance,
  type ServiceLevel,
  type ServiceLevelTerms,
  TARGETS,
  type Target,
  USUAL_STATUSES,
} from '../../model.ts';
import type { Day } from '../../time/date.ts';
import { type Duration, durationText } from '../../time/duration.ts';
import { formatDate } from '../../time/format.ts';
import type { Interval } from '../../timeline.ts';
import {
  CLOCK_WORDS,
  CLOCKS,
  distinctTerms,
  leastLength,
  TARGET_NOUNS,
  termsAhead,
} from '../level-terms-ahead.ts';
import { type Objection, rule } from '../rule.ts';

/** What a figure is of: a target of a priority, or without one the first response to everything. */
interface Figure {
  readonly priority: string | undefined;
  readonly target: Target;
}

interface Codes {
  readonly 'unknown-status': {
    readonly status: string;
    /** The first of the services with these levels, and how many others there are. */
    readonly services: readonly string[];
    readonly more: number;
    readonly statuses: readonly string[];
  };
  readonly 'two-units': Figure & { readonly inHours: Duration; readonly outOfHours: Duration };
  readonly 'days-out-of-hours': Figure & { readonly amount: Duration };
  readonly 'no-working-time': Figure & {
    readonly amount: Duration;
    readonly clock: Clock;
    readonly hours: string;
    /** The first day of the amendment of the hours from which on it is so; undefined for always. */
    readonly fromOn: Day | undefined;
  };
  readonly 'no-default': { readonly defaultPriority: string; readonly priorities: readonly string[] };
  readonly 'no-source': Readonly<Record<string, never>>;
  readonly 'never-counted': { readonly clock: Clock; readonly priority: string };
  readonly 'solved-first': {
    readonly priority: string;
    readonly clock: Clock;
    readonly respond: Duration;
    readonly resolve: Duration;
  };
  readonly 'above-first-response': {
    readonly priority: string;
    readonly respond: Duration;
    readonly firstResponse: Duration;
  };
}

export const serviceLevels = rule<Codes>({
  name: 'service-levels',
  severity: 'error',
  summary:
    'Everything that a service level promises can be counted: statuses that pause it exist, working days have ' +
    'working hours and are not mixed with other units, and it says where it is promised.',
  playbook: 'dxw, Service Level Agreement',
  *check({ handbook, ahead }) {
    for (const level of handbook.serviceLevels.values()) {
      if (isWithoutSource(level)) yield withoutSource(level);
      const terms = termsAhead(handbook, level, ahead);
      yield* unknownStatuses(handbook, level, terms);
      for (const own of distinctTerms(terms, ({ prioritiesLocation }) => prioritiesLocation)) {
        yield* uncountable(own);
        yield* solvedFirst(own);
      }
      yield* withoutWorkingTime(handbook, level, terms, ahead);
      for (const own of distinctTerms(
        terms,
        ({ prioritiesLocation }) => prioritiesLocation,
        ({ clockLocation }) => clockLocation,
      ))
        yield* neverCounted(own);
      for (const own of distinctTerms(
        terms,
        ({ prioritiesLocation }) => prioritiesLocation,
        ({ firstResponseLocation }) => firstResponseLocation,
      ))
        yield* aboveFirstResponse(own);
      yield* withoutDefault(level, terms);
    }
  },
  describe: {
    'unknown-status': ({ status, services, more, statuses }) =>
      `no ticket of ${services.join(', ')}${more === 0 ? '' : ` and ${more} more`} is ever in the status ` +
      `"${status}"; their statuses are ${statuses.join(', ')}`,
    'two-units': ({ inHours, outOfHours, ...figure }) =>
      `${promiseText(figure)} within ${durationText(inHours)} in hours and within ${durationText(outOfHours)} ` +
      'out of hours, which cannot be counted together; write the same number of days in both, or minutes or hours ' +
      'in both',
    'days-out-of-hours': ({ amount, ...figure }) =>
      `${promiseText(figure)} within ${durationText(amount)} out of hours only, so that it ends out of hours, too; ` +
      'write it under in_hours if it ends in working hours',
    'no-working-time': ({ amount, clock, hours, fromOn, ...figure }) =>
      `${promiseText(figure)} within ${durationText(amount)}, and no window of ${hours} counts as ${clock}` +
      `${fromOn === undefined ? '' : ` from ${formatDate(fromOn)} on`}; write "<window>: ${clock}" in clock`,
    'no-default': ({ defaultPriority, priorities }) =>
      `from here on there is no priority "${defaultPriority}", which is still the default_priority; ` +
      `write "default_priority: ${priorities.at(-1)}", or another, beside first_day`,
    'no-source': () =>
      'nothing says where this is promised; write "source: <the agreement>", or "example: true" for figures of ' +
      'your own',
    'never-counted': ({ clock, priority }) =>
      `${priority} is promised something ${CLOCK_WORDS[clock]}, and no window counts as ${clock}; ` +
      `write "<window>: ${clock}", or take the promise out`,
    'solved-first': ({ priority, clock, respond, resolve }) =>
      `${priority} is solved within ${durationText(resolve)} ${CLOCK_WORDS[clock]}, before somebody has to respond ` +
      `within ${durationText(respond)}; correct one of them`,
    'above-first-response': ({ priority, respond, firstResponse }) =>
      `everything gets a first response within ${durationText(firstResponse)}, so the ${durationText(respond)} of ` +
      `${priority} never apply; correct one of them`,
  },
});

const promiseText = ({ priority, target }: Figure): string =>
  priority === undefined ? 'a first response is promised' : `${priority} is promised ${TARGET_NOUNS[target]}`;

const isUnsaid = ({ isExample, source }: Provenance): boolean => !isExample && source === undefined;

/** Whether some figure says neither itself nor by its policy where it comes from. */
const isWithoutSource = ({ origin, terms }: ServiceLevel): boolean =>
  isUnsaid(origin) &&
  terms.some(
    ({ firstResponse, priorities }) =>
      firstResponse !== undefined ||
      [...priorities.values()].some((own) => Object.keys(own.targets).length > 0 && isUnsaid(own.origin)),
  );

const withoutSource = ({ location }: ServiceLevel): Objection<Codes> => ({
  code: 'no-source',
  severity: 'warning',
  args: {},
  location: { ...childLocation(location, 'name'), key: true },
});

/** How many services, and how many statuses, a finding names at most. */
const MOST_SERVICES = 3;
const MOST_STATUSES = 20;

/** Statuses that stop a clock and that no ticket can have; unknown where a service or its policy was not read. */
function* unknownStatuses(
  handbook: Handbook,
  { id }: ServiceLevel,
  terms: readonly ServiceLevelTerms[],
): Iterable<Objection<Codes>> {
  const served = [...handbook.services.values()].filter(({ serviceLevel }) => serviceLevel === id);
  if (served.length === 0 || handbook.unread.some(({ kind }) => kind === 'services')) return;
  const policies = served.map(({ tickets }) =>
    tickets === undefined ? USUAL_STATUSES : handbook.ticketPolicies.get(tickets)?.statuses.keys(),
  );
  if (policies.includes(undefined)) return;
  const known = new Set(policies.flatMap((it) => [...(it ?? [])]));
  const services = served.slice(0, MOST_SERVICES).map((service) => service.id);
  const args = {
    services,
    more: served.length - services.length,
    statuses: [...known].slice(0, MOST_STATUSES),
  };
  for (const { pauses, pausesLocation } of distinctTerms(terms, (own) => own.pausesLocation))
    for (const target of TARGETS)
      for (const [i, status] of [...pauses[target]].entries()) {
        if (known.has(status)) continue;
        const location = childLocation(pausesLocation, target, i);
        yield { code: 'unknown-status', args: { status, ...args }, location };
      }
}

/** How a figure is counted: calendar days, working days, or an amount of counted time. */
const countingOf = ({ unit }: Duration): string =>
  unit === 'day' || unit === 'working day' ? unit : 'amount';

/** Targets whose two clocks cannot be counted together. */
function* uncountable({ priorities, prioritiesLocation }: ServiceLevelTerms): Iterable<Objection<Codes>> {
  for (const { id: priority, targets } of priorities.values()) {
    for (const target of TARGETS) {
      const inHours = targets.in_hours?.[target];
      const outOfHours = targets.out_of_hours?.[target];
      if (outOfHours === undefined) continue;
      const location = childLocation(prioritiesLocation, priority, 'out_of_hours', target);
      const counting = countingOf(outOfHours);
      if (inHours === undefined) {
        if (counting === 'working day')
          yield {
            code: 'days-out-of-hours',
            severity: 'warning',
            args: { priority, target, amount: outOfHours },
            location,
          };
      } else if (
        countingOf(inHours) !== counting ||
        (counting !== 'amount' && inHours.count !== outOfHours.count)
      )
        yield { code: 'two-units', args: { priority, target, inHours, outOfHours }, location };
    }
  }
}

function* solvedFirst({ priorities, prioritiesLocation }: ServiceLevelTerms): Iterable<Objection<Codes>> {
  for (const { id: priority, targets } of priorities.values())
    for (const clock of CLOCKS) {
      const { respond, resolve } = targets[clock] ?? {};
      if (respond === undefined || resolve === undefined) continue;
      if (leastLength(resolve) >= leastLength(respond)) continue;
      const location = childLocation(prioritiesLocation, priority, clock, 'resolve');
      yield {
        code: 'solved-first',
        severity: 'warning',
        args: { priority, clock, respond, resolve },
        location,
      };
    }
}

interface Bounded extends Figure {
  readonly amount: Duration;
  /** Without any window of this clock it is never due. */
  readonly clock: Clock;
  readonly location: PathLocation;
}

/** The first response, and every figure in working days: by the hours of a clock in which they end. */
function* boundedOf(terms: ServiceLevelTerms): Iterable<Bounded> {
  const { firstResponse: first, firstResponseLocation, priorities, prioritiesLocation } = terms;
  if (first !== undefined) {
    const figure = { priority: undefined, target: 'respond', amount: first } as const;
    yield { ...figure, clock: 'in_hours', location: firstResponseLocation };
  }
  for (const { id: priority, targets } of priorities.values())
    for (const target of TARGETS) {
      const clock = CLOCKS.find((it) => targets[it]?.[target] !== undefined) ?? 'in_hours';
      const amount = targets[clock]?.[target];
      if (amount?.unit !== 'working day') continue;
      const location = childLocation(prioritiesLocation, priority, clock, target);
      yield { priority, target, amount, clock, location };
    }
}

/** Figures that are never due, because no window has their clock: by the hours and their amendments. */
function* withoutWorkingTime(
  handbook: Handbook,
  { hours: id, terms: all }: ServiceLevel,
  terms: readonly ServiceLevelTerms[],
  { startAt }: Interval,
): Iterable<Objection<Codes>> {
  const hours = handbook.hours.get(id);
  if (hours === undefined) return;
  const today = hours.zone.dayOf(startAt);
  const reported = new Set<string>();
  for (const own of terms) {
    const { from, to } = daysOf(all, own);
    const there = hours.terms.filter((it) => {
      const days = daysOf(hours.terms, it);
      return Math.max(days.from, from, today) < Math.min(days.to, to);
    });
    for (const { location, ...figure } of boundedOf(own)) {
      const idle = there.find((it) => !hasWindow(it, own, figure.clock));
      const place = location.path.join('/');
      if (idle === undefined || reported.has(place)) continue;
      reported.add(place);
      const fromOn = idle.firstOn > Math.max(from, today) ? idle.firstOn : undefined;
      yield { code: 'no-working-time', args: { ...figure, hours: id, fromOn }, location };
    }
  }
}

/** From which day until before which some terms apply. */
function daysOf<T extends { readonly firstOn: Day }>(
  all: readonly T[],
  own: T,
): { readonly from: Day; readonly to: Day } {
  const next = all[all.indexOf(own) + 1];
  return { from: own.firstOn, to: next?.firstOn ?? Number.POSITIVE_INFINITY };
}

const hasWindow = ({ windows }: HoursTerms, { clock }: ServiceLevelTerms, own: Clock): boolean =>
  [...windows.keys()].some((window) => clock.get(window) === own);

/** Promises whose clock no window has; `no-working-time` is about those in working days and the first response. */
function* neverCounted(terms: ServiceLevelTerms): Iterable<Objection<Codes>> {
  for (const clock of CLOCKS) {
    if ([...terms.clock.values()].includes(clock)) continue;
    if ([...boundedOf(terms)].some((it) => it.clock === clock)) continue;
    const promised = [...terms.priorities.values()].find(({ targets }) => targets[clock] !== undefined);
    if (promised === undefined) continue;
    const args = { clock, priority: promised.id };
    const location = { ...terms.clockLocation, key: true } as const;
    yield { code: 'never-counted', severity: 'warning', args, location };
  }
}

/** Responses that the first response to everything always precedes; only figures of one unit are compared. */
function* aboveFirstResponse({
  firstResponse,
  priorities,
  prioritiesLocation,
}: ServiceLevelTerms): Iterable<Objection<Codes>> {
  if (firstResponse === undefined) return;
  for (const { id: priority, targets } of priorities.values()) {
    const respond = targets.in_hours?.respond;
    if (respond === undefined || countingOf(respond) !== countingOf(firstResponse)) continue;
    if (leastLength(respond) <= leastLength(firstResponse)) continue;
    const location = childLocation(prioritiesLocation, priority, 'in_hours', 'respond');
    const args = { priority, respond, firstResponse };
    yield { code: 'above-first-response', severity: 'warning', args, location };
  }
}

/**
 * Amendments that replace the priorities and keep a default that is not among them. One that is written with or after
 * its priorities is a name like others, which `known-names` is about.
 */
function* withoutDefault(
  { terms: all }: ServiceLevel,
  terms: readonly ServiceLevelTerms[],
): Iterable<Objection<Codes>> {
  for (const [i, own] of all.entries()) {
    const before = all[i - 1];
    const { defaultPriority, priorities, prioritiesLocation } = own;
    if (defaultPriority === undefined || priorities.has(defaultPriority)) continue;
    if (before === undefined || hasSame(before, own, PRIORITIES) || !hasSame(before, own, DEFAULT)) continue;
    if (!terms.some((it) => hasSame(it, own, PRIORITIES) && hasSame(it, own, DEFAULT))) continue;
    const args = { defaultPriority, priorities: [...priorities.keys()] };
    yield { code: 'no-default', args, location: { ...prioritiesLocation, key: true } };
  }
}

const PRIORITIES = 'prioritiesLocation';
const DEFAULT = 'defaultPriorityLocation';

/** Whether two terms have a key from the same place. */
const hasSame = (
  one: ServiceLevelTerms,
  other: ServiceLevelTerms,
  key: typeof PRIORITIES | typeof DEFAULT,
): boolean => one[key].path.join('/') === other[key].path.join('/');
