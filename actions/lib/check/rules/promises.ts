/**
 * Promises that can be kept, and that fit together (GOV.UK PaaS, "Severity levels": the more severe an issue, the
 * sooner somebody responds). A service has a chain for every window in which its level promises something: an error,
 * since nobody would be called. A priority is not promised more than one above it, and a clock says of every window
 * which promise applies, or `none`: warnings. Reported at the service, at the promise and at the clock.
 */
import {
  type Clock,
  childLocation,
  type Handbook,
  type Priority,
  type ResponseTarget,
  type Service,
  type ServiceLevelTerms,
  type Target,
} from '../../model.ts';
import { levelTermsIn } from '../../resolve/level-terms.ts';
import { type Duration, durationText } from '../../time/duration.ts';
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

interface Codes {
  readonly 'no-chain': {
    readonly service: string;
    readonly windows: readonly string[];
    readonly serviceLevel: string;
    readonly priority: string;
  };
  /** `lower` and `higher` are what is promised to each; undefined is nothing. */
  readonly 'more-than-higher': {
    readonly priority: string;
    readonly above: string;
    readonly clock: Clock;
    readonly target: Target;
    readonly lower: Amount;
    readonly higher: Duration | undefined;
  };
  readonly 'no-clock': { readonly windows: readonly string[]; readonly hours: string };
  readonly 'never-critical': { readonly service: string };
}

export const promises = rule<Codes>({
  name: 'promises',
  severity: 'error',
  summary:
    'Every service has a chain for the windows in which its level promises something, no priority is promised more ' +
    'than a higher one, and every window has a clock or none.',
  playbook: 'GOV.UK PaaS, Severity levels',
  *check({ handbook, ahead }) {
    for (const service of handbook.services.values()) {
      yield* withoutChain(handbook, service, ahead);
      yield* neverCritical(handbook, service, ahead);
    }
    for (const level of handbook.serviceLevels.values()) {
      const terms = termsAhead(handbook, level, ahead);
      const priorities = distinctTerms(terms, ({ prioritiesLocation }) => prioritiesLocation);
      const clocks = distinctTerms(terms, ({ clockLocation }) => clockLocation);
      for (const own of priorities) yield* inverted(own);
      for (const own of clocks) yield* withoutClock(handbook, level.hours, own);
    }
  },
  describe: {
    'no-chain': ({ service, windows, serviceLevel, priority }) =>
      `${serviceLevel} promises ${priority} something in ${windows.join(' and ')}, and ${service} has no chain ` +
      `for that; add "${windows[0]}: <chain>" to escalation, or name a service level that promises nothing then`,
    'more-than-higher': ({ priority, above, clock, target, lower, higher }) =>
      `${priority} is promised ${TARGET_NOUNS[target]} ${amountText(lower)} ${CLOCK_WORDS[clock]}, ` +
      `and ${above}, which is more urgent, ${higher === undefined ? 'nothing' : `only ${amountText(higher)}`}; ` +
      'put the most urgent priority first, or correct one of them',
    'no-clock': ({ windows, hours }) =>
      `clock does not say what is promised in ${windows.join(' and ')} of ${hours}; ` +
      `write "${windows[0]}: none" if that is nothing`,
    'never-critical': ({ service }) =>
      `${service} has critical_reasons for the time out of hours, and nobody is called for it then; ` +
      'add a chain for a window whose clock is out_of_hours, or take critical_reasons out',
  },
});

const AT_ONCE = 'as soon as possible';

/** What is promised: a figure, or none. */
type Amount = Duration | typeof AT_ONCE;

const amountText = (amount: Amount): string =>
  amount === AT_ONCE ? AT_ONCE : `within ${durationText(amount)}`;

function* withoutChain(handbook: Handbook, service: Service, ahead: Interval): Iterable<Objection<Codes>> {
  const level = handbook.serviceLevels.get(service.serviceLevel ?? '');
  if (level === undefined) return;
  const missing = levelTermsIn(handbook, level, ahead).flatMap(({ clock: clocks, priorities }) =>
    [...clocks].flatMap(([window, clock]) => {
      const promised = [...priorities.values()].find(({ targets }) => targets[clock] !== undefined);
      return promised === undefined || service.escalation.has(window)
        ? []
        : [{ window, priority: promised.id }];
    }),
  );
  const [first] = missing;
  if (first === undefined) return;
  const windows = [...new Set(missing.map(({ window }) => window))];
  const args = { service: service.id, windows, serviceLevel: level.id, priority: first.priority };
  yield { code: 'no-chain', args, location: { ...service.location, key: true } };
}

function* inverted({ priorities, prioritiesLocation }: ServiceLevelTerms): Iterable<Objection<Codes>> {
  for (const clock of CLOCKS) {
    const above: Priority[] = [];
    for (const priority of priorities.values()) {
      const own = priority.targets[clock];
      const found = own === undefined ? undefined : promisedLess(above, own, clock);
      if (own !== undefined && found !== undefined) {
        const args = { priority: priority.id, clock, ...found };
        const at = childLocation(prioritiesLocation, priority.id, clock);
        yield { code: 'more-than-higher', severity: 'warning', args, location: at };
      }
      above.push(priority);
    }
  }
}

type Less = Pick<Codes['more-than-higher'], 'above' | 'target' | 'lower' | 'higher'>;

/** The first priority above that is promised less. An update or a solution that is not promised is no less. */
function promisedLess(above: readonly Priority[], own: ResponseTarget, clock: Clock): Less | undefined {
  const lower = responseOf(own);
  for (const { id, targets } of above) {
    const other = targets[clock];
    const higher = other === undefined ? undefined : responseOf(other);
    if (lower !== undefined && higher !== AT_ONCE && (higher === undefined || length(lower) < length(higher)))
      return { above: id, target: 'respond', lower, higher };
    for (const target of ['update', 'resolve'] as const) {
      const [less, more] = [own[target], other?.[target]];
      if (less !== undefined && more !== undefined && length(less) < length(more))
        return { above: id, target, lower: less, higher: more };
    }
  }
  return undefined;
}

/** How soon somebody responds; undefined where nothing is promised. */
const responseOf = ({ asSoonAsPossible, respond }: ResponseTarget): Amount | undefined =>
  asSoonAsPossible ? AT_ONCE : respond;

const length = (amount: Amount): number => (amount === AT_ONCE ? 0 : leastLength(amount));

function* withoutClock(
  { hours }: Handbook,
  id: string,
  { clock, clockLocation, unpromised }: ServiceLevelTerms,
): Iterable<Objection<Codes>> {
  const windows = new Set(hours.get(id)?.terms.flatMap((terms) => [...terms.windows.keys()]));
  const missing = [...windows].filter((it) => !clock.has(it) && !unpromised.includes(it));
  if (missing.length === 0) return;
  yield {
    code: 'no-clock',
    severity: 'warning',
    args: { windows: missing, hours: id },
    location: { ...clockLocation, key: true },
  };
}

/** Reasons for a critical incident out of hours where no chain is for a window out of hours. */
function* neverCritical(handbook: Handbook, service: Service, ahead: Interval): Iterable<Objection<Codes>> {
  const level = handbook.serviceLevels.get(service.serviceLevel ?? '');
  const isMissing = level === undefined && service.serviceLevel !== undefined;
  if (service.criticalReasons.length === 0 || isMissing) return;
  const terms = level === undefined ? [] : termsAhead(handbook, level, ahead);
  const windows = [...service.escalation.keys()];
  if (windows.some((window) => terms.some(({ clock }) => clock.get(window) === 'out_of_hours'))) return;
  const location = { ...childLocation(service.location, 'critical_reasons'), key: true } as const;
  yield { code: 'never-critical', severity: 'warning', args: { service: service.id }, location };
}
