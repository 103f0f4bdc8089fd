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
  type PathLocation,
  type Priority,
  type ResponseTarget,
  type Service,
  type ServiceLevelTerms,
} from '../../model.ts';
import { levelTermsIn } from '../../resolve/level-terms.ts';
import { DAY, HOUR } from '../../time/date.ts';
import { type Duration, durationText, elapsedOf } from '../../time/duration.ts';
import type { Interval } from '../../timeline.ts';
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
    readonly what: 'response' | 'update';
    readonly lower: Amount;
    readonly higher: Duration | undefined;
  };
  readonly 'no-clock': { readonly windows: readonly string[]; readonly hours: string };
}

export const promises = rule<Codes>({
  name: 'promises',
  severity: 'error',
  summary:
    'Every service has a chain for the windows in which its level promises something, no priority is promised more ' +
    'than a higher one, and every window has a clock or none.',
  playbook: 'GOV.UK PaaS, Severity levels',
  *check({ handbook, ahead }) {
    for (const service of handbook.services.values()) yield* withoutChain(handbook, service, ahead);
    for (const level of handbook.serviceLevels.values()) {
      // Terms that are over cannot be changed.
      const terms = levelTermsIn(handbook, level, ahead);
      const priorities = distinct(terms, ({ prioritiesLocation }) => prioritiesLocation);
      const clocks = distinct(terms, ({ clockLocation }) => clockLocation);
      for (const own of priorities) yield* inverted(own);
      for (const own of clocks) yield* withoutClock(handbook, level.hours, own);
    }
  },
  describe: {
    'no-chain': ({ service, windows, serviceLevel, priority }) =>
      `${serviceLevel} promises ${priority} something in ${windows.join(' and ')}, and ${service} has no chain ` +
      `for that; add "${windows[0]}: <chain>" to escalation, or name a service level that promises nothing then`,
    'more-than-higher': ({ priority, above, clock, what, lower, higher }) =>
      `${priority} is promised ${NOUNS[what]} ${amountText(lower)} ${WORDS[clock]}, ` +
      `and ${above}, which is more urgent, ${higher === undefined ? 'nothing' : `only ${amountText(higher)}`}; ` +
      'put the most urgent priority first, or correct one of them',
    'no-clock': ({ windows, hours }) =>
      `clock does not say what is promised in ${windows.join(' and ')} of ${hours}; ` +
      `write "${windows[0]}: none" if that is nothing`,
  },
});

const NOUNS = { response: 'a response', update: 'an update' } as const;
const WORDS: Readonly<Record<Clock, string>> = { in_hours: 'in hours', out_of_hours: 'out of hours' };
const CLOCKS: readonly Clock[] = ['in_hours', 'out_of_hours'];

const AT_ONCE = 'as soon as possible';

/** What is promised: a figure, or none. */
type Amount = Duration | typeof AT_ONCE;

const amountText = (amount: Amount): string =>
  amount === AT_ONCE ? AT_ONCE : `within ${durationText(amount)}`;

/** One of the terms for each place where a key is written: amendments keep what they do not change. */
const distinct = (
  terms: readonly ServiceLevelTerms[],
  locationOf: (terms: ServiceLevelTerms) => PathLocation,
): readonly ServiceLevelTerms[] => [
  ...new Map(terms.map((own) => [locationOf(own).path.join('/'), own])).values(),
];

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

type Less = Pick<Codes['more-than-higher'], 'above' | 'what' | 'lower' | 'higher'>;

/** The first priority above that is promised less than a target gives. An update that is not promised is no less. */
function promisedLess(above: readonly Priority[], own: ResponseTarget, clock: Clock): Less | undefined {
  const lower = responseOf(own);
  for (const { id, targets } of above) {
    const other = targets[clock];
    const higher = other === undefined ? undefined : responseOf(other);
    if (lower !== undefined && higher !== AT_ONCE && (higher === undefined || length(lower) < length(higher)))
      return { above: id, what: 'response', lower, higher };
    const [less, more] = [own.update, other?.update];
    if (less !== undefined && more !== undefined && length(less) < length(more))
      return { above: id, what: 'update', lower: less, higher: more };
  }
  return undefined;
}

/** How soon somebody responds; undefined where nothing is promised. */
const responseOf = ({ asSoonAsPossible, respond }: ResponseTarget): Amount | undefined =>
  asSoonAsPossible ? AT_ONCE : respond;

/** A duration to compare with others: a working hour is at least an hour, and a working day at least a day. */
function length(amount: Amount): number {
  if (amount === AT_ONCE) return 0;
  return elapsedOf(amount) ?? amount.count * (amount.unit === 'working day' ? DAY : HOUR);
}

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
